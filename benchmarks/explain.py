"""What explanations cost on the shipped cases: why-not of every outcome, what-if of every yes/no fact, robustness.

Each is timed as ``timeit`` does it, with the garbage collector off: a full collection, which some call has to bear,
takes as long as half a bound and depends on what else the process holds.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rudong_rules
from rudong_rules import robustness
from rudong_rules.source import read_document

CASES = sorted((Path(__file__).parents[1] / "examples" / "cases").glob("*.yaml"))


def took(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the milliseconds that some work takes, and its result."""
    gc.disable()
    start = time.perf_counter()
    result = work()
    spent = time.perf_counter() - start
    gc.enable()
    return spent * 1e3, result


def main() -> None:
    """Print the median, the worst and how many are above the bound, for each question and case."""
    policy = rudong_rules.load()
    policy.decide({})
    print(f"{'case':42} {'question':9} {'runs':>5} {'median ms':>10} {'worst ms':>9} {'above':>6} {'not all sets':>13}")
    for path in CASES:
        case = policy.reader.read(read_document(path).data)
        times: dict[str, list[float]] = {"why_not": [], "what_if": [], "robust": []}
        partial = 0
        for name, question in policy.questions.items():
            verdict = policy.decide(case, name)
            for outcome, _ in question.rungs:
                if outcome != verdict.outcome:
                    ms, found = took(lambda case=case, n=name, o=outcome: rudong_rules.why_not(policy, case, n, o))
                    times["why_not"].append(ms)
                    partial += not (found.unknown.complete and found.different.complete)
            for fact in case.model_fields_set & policy.rules.vocabulary.findings.keys():
                changes = {fact: getattr(case, fact) is not True}
                times["what_if"].append(
                    took(lambda case=case, n=name, c=changes: rudong_rules.what_if(policy, case, n, c))[0]
                )
            times["robust"].append(took(lambda case=case, n=name: robustness(policy, case, n))[0])
        for what, bound in (("why_not", 50), ("what_if", 50), ("robust", 200)):
            own = times[what] or [0.0]
            above = sum(ms > bound for ms in own)
            sets = partial if what == "why_not" else ""
            row = f"{statistics.median(own):10.1f} {max(own):9.1f} {above:6} {sets:>13}"
            print(f"{path.stem:42} {what:9} {len(own):5} {row}")


if __name__ == "__main__":
    main()
