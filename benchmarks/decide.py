"""What one verdict costs, next to plain ``if``s and to other rule engines; ``--soak`` looks for errors and leaks.

Before any timing all contestants must return the same outcomes: on the two cases, and on every change of one fact that
the regulation decides.  Timings are interleaved, each round timing every contestant once on each case; the garbage
collector stays on, as it is in use.  The ratio is of the bests, which a busy machine moves least.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path

from contestants import CASES, CONTESTANTS, TOLERABLE, Case, Decide, variants, without

import rudong_rules
from rudong_rules.errors import EngineUnavailableError

BATCH_SECONDS = 0.005
FRESH_RUNS = 5
KEEPING = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""A process that may keep compiled modules, as everybody's may: the best run finds those of the first."""
SOAK_CASES, SOAK_THREADS, SOAK_GROWTH_MIB = 20_000, 4, 20.0
SOAK_SWITCH_SECONDS = 0.0005
"""How often threads change in a soak: ten times as often as usual, so that a race shows."""


def available() -> tuple[dict[str, Decide], dict[str, str]]:
    """Return the contestants that run here, and of the others why not."""
    ready: dict[str, Decide] = {}
    missing: dict[str, str] = {}
    for label, (distribution, make) in CONTESTANTS.items():
        try:
            ready[label] = make()
        except EngineUnavailableError:
            missing[label] = "not installed: durable-rules"
        except ImportError:
            missing[label] = f"not installed: {distribution}"
    return ready, missing


def installed(distribution: str) -> str:
    """Return the version of a distribution; Python's own for none."""
    try:
        return version(distribution) if distribution else f"Python {platform.python_version()}"
    except PackageNotFoundError:
        return "?"


def check(ready: Mapping[str, Decide]) -> int:
    """Raise AssertionError unless all contestants agree.  Returns on how many cases they do.

    The clauses that the others cite must be equal, and among those that ``rudong_rules`` cites.  Where a fact is left
    out, what the three-valued ifs decide nevertheless must be right.
    """
    whole, knowing = ready["rudong_rules, fixpoint"], ready["three-valued ifs"]
    for name, case in CASES.items():
        outcomes = {label: decide(case)[0] for label, decide in ready.items()}
        assert {*outcomes.values()} == {name}, f"of the case {name}: {outcomes}"
        cited = {label: sorted(decide(case)[1]) for label, decide in ready.items() if "rudong" not in label}
        assert all(refs == cited["plain ifs"] for refs in cited.values()), f"of the case {name}: {cited}"
        assert {*cited["plain ifs"]} <= {*whole(case)[1]}, f"{cited['plain ifs']} is not within {whole(case)[1]}"
    decided = [case for case in variants() if whole(case)[0] is not None]
    for case in decided:
        outcomes = {label: decide(case)[0] for label, decide in ready.items()}
        assert len({*outcomes.values()}) == 1, f"of {dict(case.items() - TOLERABLE.items())}: {outcomes}"
    for case in chain.from_iterable(map(without, TOLERABLE)):
        known = knowing(case)[0]
        assert known in (None, whole(case)[0]), f"of {[*case]}: {known}"
    return len(CASES) + len(decided)


def batch(decide: Decide, case: Case, calls: int) -> float:
    """Return the µs a call over so many calls in a row."""
    start = time.perf_counter()
    for _ in range(calls):
        decide(case)
    return (time.perf_counter() - start) / calls * 1e6


def interleaved(ready: Mapping[str, Decide], rounds: int) -> dict[tuple[str, str], list[float]]:
    """Return the µs a call, one for each round, by contestant and case.  Every round starts with another contestant."""
    pairs = [(label, name) for label in ready for name in CASES]
    calls = {(p, n): max(1, int(BATCH_SECONDS * 1e6 / batch(ready[p], CASES[n], 20))) for p, n in pairs}
    times: dict[tuple[str, str], list[float]] = {pair: [] for pair in pairs}
    for nth in range(rounds):
        turn = nth % len(pairs)
        for label, name in pairs[turn:] + pairs[:turn]:
            times[label, name].append(batch(ready[label], CASES[name], calls[label, name]))
    return times


def verdict_rows(rounds: int) -> list[list[str]]:
    """Return the table of contestants: version, then best, median and ratio of the bests for each case."""
    ready, missing = available()
    agreed = check(ready)
    print(f"Cases of {len(TOLERABLE)} facts; {len(ready)} contestants agree on {agreed} of them.\n")
    times = interleaved(ready, rounds)
    base = next(iter(CONTESTANTS))
    rows = [["", "", *(cell for name in CASES for cell in ("", name, ""))]]
    rows.append(["one verdict", "version", *["best µs", "median µs", "best x ifs"] * len(CASES)])
    for label, (distribution, _) in CONTESTANTS.items():
        if label in missing:
            rows.append([label, missing[label]])
            continue
        row = [label, installed(distribution)]
        for name in CASES:
            took, ifs = times[label, name], times[base, name]
            row += [f"{min(took):.2f}", f"{statistics.median(took):.2f}", f"{min(took) / min(ifs):.0f}"]
        rows.append(row)
    return rows


def fresh(code: str) -> str:
    """Return the ms of what ``code`` times in a new process and prints in seconds: the best of several."""
    command = [sys.executable, "-c", f"from time import perf_counter as now\n{code}"]
    runs = [
        subprocess.run(command, check=True, capture_output=True, text=True, env=KEEPING).stdout
        for _ in range(FRESH_RUNS)
    ]
    return f"{min(map(float, runs)) * 1e3:.1f}"


def whole_command(command: Sequence[str | Path]) -> str:
    """Return the ms of a command from start to exit, the best of several; "not available" when it fails."""
    best = float("inf")
    for _ in range(FRESH_RUNS):
        start = time.perf_counter()
        try:
            subprocess.run(command, check=True, capture_output=True, env=KEEPING)
        except (OSError, subprocess.CalledProcessError):
            return "not available"
        best = min(best, time.perf_counter() - start)
    return f"{best * 1e3:.1f}"


def fresh_rows() -> list[list[str]]:
    """Return the table of what a new process pays."""
    script = Path(sys.executable).with_name("rudong-rules")
    timed = "start = now(); {}; print(now() - start)"
    imported = "import pydantic, rudong_rules.policy\n"
    loaded = f"import rudong_rules\npolicy = rudong_rules.load()\ncase = {TOLERABLE!r}\n"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case.json"
        file.write_text(json.dumps(TOLERABLE), encoding="utf-8")
        return [
            [f"in a fresh process, best of {FRESH_RUNS}", "ms"],
            ["import rudong_rules", fresh(timed.format("import rudong_rules"))],
            ["import all that load() needs", fresh(timed.format("import rudong_rules.policy"))],
            # Whoever uses pydantic has paid for it before: it looks for its plugins in all that is installed.
            ["the first model of pydantic in a process", fresh(imported + timed.format("pydantic.TypeAdapter(int)"))],
            [
                "rudong_rules.load(), all imported",
                fresh(f"{imported}pydantic.TypeAdapter(int)\n{timed.format('rudong_rules.load()')}"),
            ],
            ["the first decide", fresh(loaded + timed.format("policy.decide(case, 'tolerance').cited"))],
            ["python -c pass, whole", whole_command([sys.executable, "-c", "pass"])],
            [
                "rudong-rules decide CASE -d tolerance, whole",
                whole_command([script, "decide", file, "-d", "tolerance"]),
            ],
            ["rudong-rules decide CASE (all decisions), whole", whole_command([script, "decide", file])],
        ]


def show(rows: Sequence[Sequence[str]]) -> None:
    """Print rows as aligned columns, the first two to the left."""
    full = max(map(len, rows))
    widths = [max(len(row[n]) for row in rows if n < len(row)) for n in range(full)]
    for row in rows:
        cells = [cell.rjust(widths[n]) if n > 1 else cell.ljust(widths[n]) for n, cell in enumerate(row)]
        print("  ".join(cells).rstrip())
    print()


def resident() -> float:
    """Return the resident memory in use, in MiB; the peak where the system does not tell the present.

    Freed memory is given back to the system first (where the C library can), so that growth is a leak.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def soak(cases: int) -> int:
    """Decide many cases on durable-rules from several threads.  Returns 1 on an error or on growth, else 0.

    Memory is first read after every thread has decided each distinct case: all that is built lazily is there then.
    """
    policy = rudong_rules.load()
    given = [*CASES.values(), *variants()]

    def answer(case: Case, engine: str) -> tuple[str | None, tuple[str, ...]]:
        verdict = policy.decide(case, "tolerance", engine=engine)
        return verdict.outcome, verdict.cited

    expected = [answer(case, "fixpoint") for case in given]

    def wrong(numbers: range) -> list[str]:
        """Decide the cases of these numbers, and return what went wrong."""
        problems = []
        for nth in numbers:
            which = nth % len(given)
            try:
                found = answer(given[which], "durable")
            except Exception as error:
                problems.append(f"case {nth}: {error!r}")
            else:
                if found != expected[which]:
                    (outcome, cited), (right, rightly) = found, expected[which]
                    problems.append(f"case {nth}: {outcome} on {len(cited)} clauses, not {right} on {len(rightly)}")
        return problems

    together = threading.Barrier(SOAK_THREADS)

    def warm(_: int) -> list[str]:
        together.wait()
        return wrong(range(len(given)))

    errors = wrong(range(len(given)))
    sys.setswitchinterval(SOAK_SWITCH_SECONDS)
    with ThreadPoolExecutor(SOAK_THREADS) as pool:
        errors += chain.from_iterable(pool.map(warm, range(SOAK_THREADS)))
        first, start = resident(), time.perf_counter()
        errors += chain.from_iterable(pool.map(wrong, [range(n, cases, SOAK_THREADS) for n in range(SOAK_THREADS)]))
        seconds, last = time.perf_counter() - start, resident()
    for problem in errors[:10]:
        print(problem)
    print(f"{cases} cases on durable from {SOAK_THREADS} threads in {seconds:.1f} s: {len(errors)} errors")
    print(f"resident memory in MiB: first {first:.1f}, last {last:.1f}, {last - first:+.1f}")
    return int(bool(errors) or last - first > SOAK_GROWTH_MIB)


def main() -> int:
    """Run the benchmark or the soak, and return the exit code."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--soak", action="store_true", help=f"decide {SOAK_CASES} cases on durable from threads")
    options.add_argument("--rounds", type=int, default=50, help="how often each contestant is timed (50)")
    chosen = options.parse_args()
    if chosen.soak:
        return soak(SOAK_CASES)
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors")
    show(verdict_rows(chosen.rounds))
    show(fresh_rows())
    return 0


if __name__ == "__main__":
    sys.exit(main())
