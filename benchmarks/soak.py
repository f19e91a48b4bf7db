"""Long runs on one policy: memory stays flat, and eight threads say what one says.

Memory is first read after a warm-up, when everything that is worked out lazily is there.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from contestants import CASES, variants
from decide import SOAK_GROWTH_MIB, resident

import rudong_rules

THREADS = 8


def soak(name: str, decide: Callable[[int], None], number: int) -> bool:
    """Decide so many times, and return whether memory stayed flat."""
    for nth in range(min(2_000, number)):
        decide(nth)
    first, start = resident(), time.perf_counter()
    for nth in range(number):
        decide(nth)
    last = resident()
    seconds = time.perf_counter() - start
    print(f"{name}: {number:,} decisions in {seconds:.1f} s, memory {first:.1f} → {last:.1f} MiB ({last - first:+.1f})")
    return last - first <= SOAK_GROWTH_MIB


def main() -> int:
    """Run all three and return 1 when one of them failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fixpoint", type=int, default=1_000_000)
    options.add_argument("--durable", type=int, default=200_000)
    options.add_argument("--threads", type=int, default=100_000, help="decisions of each of the eight threads")
    chosen = options.parse_args()
    policy = rudong_rules.load()
    cases = [*CASES.values(), *islice(variants(), 200)]
    good = True

    def one(engine: str) -> Callable[[int], None]:
        def decide(nth: int) -> None:
            policy.decide(cases[nth % len(cases)], "tolerance", engine=engine).cited  # noqa: B018

        return decide

    for engine, number in (("fixpoint", chosen.fixpoint), ("durable", chosen.durable)):
        if number:
            good &= soak(engine, one(engine), number)
    if chosen.threads:

        def answers(thread: int) -> int:
            wrong = 0
            for nth in range(thread, thread + chosen.threads):
                verdict = policy.decide(cases[nth % len(cases)], "tolerance")
                wrong += (verdict.outcome, verdict.cited) != expected[nth % len(cases)]
            return wrong

        each = [policy.decide(case, "tolerance") for case in cases]
        expected = [(verdict.outcome, verdict.cited) for verdict in each]
        sys.setswitchinterval(0.0005)
        start = time.perf_counter()
        with ThreadPoolExecutor(THREADS) as pool:
            wrong = sum(pool.map(answers, range(THREADS)))
        seconds = time.perf_counter() - start
        print(f"{THREADS} threads x {chosen.threads:,} decisions in {seconds:.1f} s: {wrong} differ from one thread's")
        good &= not wrong
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
