"""Mutations of the real files against everything that reads foreign bytes, for so many seconds.

Every input must be accepted or refused with a documented error, within SLOW seconds of the processor and MEMORY bytes.
The first input of each failure is kept.  ``--seed`` repeats a run.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import rudong_rules
from good import GOOD
from hostile import Target, case_seeds, case_target, policy_seeds, policy_target, record_seeds, record_target
from mutations import mutated

SLOW = 2.0
MEMORY = 2 * 1024**3


def targets(folder: Path) -> dict[str, tuple[Target, list[bytes], int]]:
    """Return the targets by name, each with its seeds and how many inputs it gets in a round."""
    good, shipped = rudong_rules.load(GOOD), rudong_rules.load()
    (folder / "policy").mkdir()
    return {
        "case": (case_target(good), [one for one in case_seeds(True) if len(one) < 5_000], 200),
        "case of the regulations": (case_target(shipped), case_seeds(False), 4),
        "policy": (policy_target(folder / "policy"), policy_seeds(), 4),
        "records": (record_target(good, folder), record_seeds(good), 20),
    }


def main() -> int:
    """Run, print what was seen, and return 1 when a promise was broken."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--only", help="one target")
    options.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="folder for what failed")
    chosen = options.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    random, end, failures = Random(chosen.seed), time.monotonic() + chosen.seconds, set[str]()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        every = targets(Path(name))
        counts = {one: [0, 0, 0.0] for one in every if chosen.only in (None, one)}
        while time.monotonic() < end:
            for one, count in counts.items():
                target, seeds, share = every[one]
                for _ in range(share):
                    raw = mutated(random, random.choice(seeds), seeds)
                    start = time.process_time()
                    try:
                        count[1] += target(raw)
                        failed = ""
                    except Exception as error:
                        last = traceback.extract_tb(error.__traceback__)[-1]
                        failed = (
                            f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {str(error)[:200]}"
                        )
                        group = f"{one} {type(error).__name__} {last.filename} {last.lineno}"
                    took = time.process_time() - start
                    if not failed and took > SLOW:
                        failed = group = f"{one} took {took:.1f} s"
                    count[0] += 1
                    count[2] = max(count[2], took)
                    if failed and group not in failures:
                        failures.add(group)
                        chosen.keep.mkdir(exist_ok=True)
                        (chosen.keep / f"{chosen.seed}-{len(failures)}").write_bytes(raw)
                        print(f"{one}: {failed}", flush=True)
    for one, (tried, accepted, slowest) in counts.items():
        print(f"{one}: {tried:,} inputs, {accepted:,} accepted, slowest {slowest * 1e3:.0f} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    total = sum(int(count[0]) for count in counts.values())
    print(f"{total:,} inputs, {len(failures)} failures, peak {peak:.0f} MiB, seed {chosen.seed}")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
