"""Whole populations: what a row costs, next to the same decision written by hand for polars, DuckDB and numpy.

(a) ``tolerance``, the outcome alone.  (b) All decisions, with cited clauses.  (c) Time and memory from 10⁴ rows up.

The contestants know the regulation under its default readings, written out by hand over the same columns; before any
timing all must return the same outcomes on every row of a sample.  Every size runs in a process of its own, so that
its memory is its own.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from by_hand import STATES, in_duckdb, in_numpy, in_polars, with_contradictions, with_what_follows

import rudong_rules
from rudong_rules.frame import decide_frame

POLICY = rudong_rules.load()
DOC = Path(__file__).parents[1] / "docs" / "performance.md"
START, END = "<!-- population -->", "<!-- /population -->"


def population(rows: int, given: float, seed: int = 1, closed: bool = True) -> pl.DataFrame:
    """Return cases in which every finding and choice of the policy is at random, known in a share of them.

    When ``closed``, what follows from a finding stands beside it: most that is written by hand knows no implications.
    """
    random = np.random.default_rng(seed)
    vocabulary = POLICY.rules.vocabulary
    columns = []
    for name in vocabulary.findings:
        draw = random.integers(0, 1 << 16, rows, dtype=np.uint16)
        known = pl.Series(draw < given * (1 << 16))
        columns.append(pl.select(pl.when(known).then(pl.Series(draw & 1 == 1)).alias(name)).to_series())
    for name, scalar in vocabulary.scalars.items():
        if scalar.type == "choice":
            options = list(scalar.options)
            codes = random.integers(0, len(options), rows, dtype=np.uint8)
            columns.append(pl.Series(name, codes).cat.to(pl.Enum(options)))
    frame = pl.DataFrame(columns)
    if not closed:
        return frame
    told = {name: said for (name, value), said in vocabulary.follows().items() if value and said}
    for name, said in told.items():
        frame = frame.with_columns(pl.when(name).then(value).otherwise(one).alias(one) for one, value in said)
    for _ in range(2):
        for name, said in told.items():
            if not vocabulary.findings[name].determined_by:
                denied = pl.any_horizontal(pl.col(one) != value for one, value in said)
                frame = frame.with_columns(pl.when(denied).then(False).otherwise(name).alias(name))
    return frame


# --- measuring -------------------------------------------------------------------------------------------------------


def ours(frame: pl.DataFrame) -> pl.Series:
    """Decide with the whole policy."""
    found: pl.Series = decide_frame(POLICY, frame, decisions=["tolerance"])["tolerance_outcome"]
    return found


def like_ours(frame: pl.DataFrame) -> pl.Series:
    """Decide by hand with all that the policy knows of these facts: what follows, and what contradicts itself."""
    return in_polars(with_contradictions(frame.lazy()), pl.col("contradicted"))


def decided(outcomes: pl.Series) -> pl.Series:
    """Return outcomes with null where there is none; which of these rest on contradictions is for the engine."""
    return outcomes.cast(pl.String).replace({"undetermined": None, "contradicted": None})


def check(frame: pl.DataFrame, raw: pl.DataFrame) -> None:
    """Raise AssertionError unless all contestants return the same outcomes.

    Of the ``raw`` rows those that know what follows do, wherever nothing is contradicted, and the one that knows what
    contradicts itself on all.
    """
    told = ours(raw).cast(pl.String)
    sound = told != "contradicted"
    assert in_polars(with_what_follows(raw.lazy())).cast(pl.String).filter(sound).equals(told.filter(sound))
    assert sound.any()
    assert not sound.all()
    assert decided(like_ours(raw)).equals(decided(told))
    wanted = ours(frame).cast(pl.String).to_list()
    for found in (in_polars(frame.lazy()), in_polars(with_what_follows(frame.lazy())), like_ours(frame)):
        assert found.cast(pl.String).to_list() == wanted
    assert in_duckdb(frame.to_arrow()).column("o").to_pylist() == wanted
    assert [STATES[code] for code in in_numpy(frame)] == wanted


def peak_mib() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def contest(rows: int, rounds: int, given: float) -> list[dict[str, Any]]:
    """Return (a): the best of interleaved rounds by contestant."""
    check(population(20_000, given, seed=2), population(20_000, 0.3, seed=3, closed=False))
    frame = population(rows, given)
    table = frame.to_arrow()
    contestants: dict[str, tuple[str, Callable[[], Any]]] = {
        "rudong_rules.frame (whole policy)": ("", lambda: ours(frame)),
        "polars, by hand": ("polars", lambda: in_polars(frame.lazy())),
        "polars, by hand, with what follows": ("polars", lambda: in_polars(with_what_follows(frame.lazy()))),
        "polars, by hand, with what contradicts itself too": ("polars", lambda: like_ours(frame)),
        "DuckDB SQL, by hand": ("duckdb", lambda: in_duckdb(table)),
        "numpy bit masks, by hand": ("numpy", lambda: in_numpy(frame)),
    }
    best = dict.fromkeys(contestants, float("inf"))
    for nth in range(rounds):
        turn = nth % len(contestants)
        for name in [*contestants][turn:] + [*contestants][:turn]:
            start = time.perf_counter()
            contestants[name][1]()
            best[name] = min(best[name], time.perf_counter() - start)
    return [
        {"what": name, "version": version(dist or "polars"), "rows": rows, "seconds": best[name]}
        for name, (dist, _) in contestants.items()
    ]  # fmt: skip


def everything(rows: int, given: float) -> dict[str, Any]:
    """Return (b): all decisions with cited clauses."""
    frame = population(rows, given)
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        decide_frame(POLICY, frame, show=["cites"])
        best = min(best, time.perf_counter() - start)
    return {
        "what": f"{len(POLICY.questions)} decisions, cited",
        "given": given,
        "rows": rows,
        "seconds": best,
        "mib": peak_mib(),
    }


def grown(rows: int, given: float, folder: Path) -> dict[str, Any]:
    """Return (c): one size through ``batch``, Parquet to Parquet, with the peak memory of the process."""
    from rudong_rules.frame.batch import Job, run

    source = folder / f"population_{rows}.parquet"
    job = Job(POLICY, source, folder / f"decided_{rows}.parquet", ("tolerance",), ("cites",), dict(POLICY.readings()))
    start = time.perf_counter()
    summary = run(job)
    assert summary.rows == rows
    return {"rows": rows, "seconds": time.perf_counter() - start, "mib": peak_mib()}


def made(rows: int, given: float, folder: Path) -> dict[str, Any]:
    """Write the population of one size, a million rows at a time."""
    import pyarrow.parquet as pq

    writer = None
    for nth, start in enumerate(range(0, rows, 1_000_000)):
        part = population(min(1_000_000, rows - start), given, seed=nth).with_columns(pl.col(pl.Enum).cast(pl.String))
        table = part.to_arrow()
        writer = writer or pq.ParquetWriter(folder / f"population_{rows}.parquet", table.schema)
        writer.write_table(table, row_group_size=131_072)
    assert writer is not None
    writer.close()
    return {}


def alone(task: str, *values: Any) -> Any:
    """Return what a task comes to in a process of its own."""
    command = [sys.executable, __file__, "--task", json.dumps([task, *map(str, values)])]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def report(found: dict[str, Any]) -> str:
    """Return the tables as Markdown."""
    here = f"Python {platform.python_version()}, polars {pl.__version__}, {found['cores']} cores"
    lines = [f"Measured with {here}; `python benchmarks/population.py` repeats it.", ""]
    hand = next(row["seconds"] for row in found["a"] if row["what"] == "polars, by hand")
    lines += [f"**(a) `tolerance`, the outcome of {found['a'][0]['rows']:,} rows** (best of interleaved rounds)", ""]
    lines += ["| | version | seconds | rows a second | rate, polars by hand = 1 |", "|---|---|--:|--:|--:|"]
    for row in found["a"]:
        rate = row["rows"] / row["seconds"]
        lines.append(
            f"| {row['what']} | {row['version']} | {row['seconds']:.2f} | {rate:,.0f} | {hand / row['seconds']:.2f} |"
        )
    lines += ["", "**(b) all decisions, with the clauses cited**", ""]
    lines += ["| facts known | rows | seconds | cases a second | peak MiB |", "|--:|--:|--:|--:|--:|"]
    for row in found["b"]:
        rate = row["rows"] / row["seconds"]
        lines.append(
            f"| {row['given']:.0%} | {row['rows']:,} | {row['seconds']:.2f} | {rate:,.0f} | {row['mib']:,.0f} |"
        )
    lines += ["", "**(c) `batch`, Parquet to Parquet: `tolerance` with citations**", ""]
    lines += ["| rows | seconds | rows a second | peak MiB |", "|--:|--:|--:|--:|"]
    for row in found["c"]:
        rate = row["rows"] / row["seconds"]
        lines.append(f"| {row['rows']:,} | {row['seconds']:.2f} | {rate:,.0f} | {row['mib']:,.0f} |")
    return "\n".join(lines) + "\n"


def chart(found: dict[str, Any], path: Path) -> None:
    """Draw (c): seconds by rows, both logarithmic."""
    import altair as alt

    axis = alt.Scale(type="log")
    line = alt.Chart(alt.Data(values=found["c"])).mark_line(point=True).encode(
        x=alt.X("rows:Q", scale=axis, title="rows"), y=alt.Y("seconds:Q", scale=axis, title="seconds, batch")
    )  # fmt: skip
    line.properties(width=420, height=260, title="Time grows with the rows").save(str(path))


def main() -> None:
    """Measure, print, and write into docs/performance.md when asked to."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rows", type=int, default=5_000_000, help="rows of (a)")
    options.add_argument("--rounds", type=int, default=4)
    options.add_argument("--largest", type=int, default=10_000_000, help="rows of the last step of (c)")
    options.add_argument("--write", action="store_true", help="write docs/performance.md and its chart")
    options.add_argument("--task", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.task:
        task, *values = json.loads(given.task)
        tasks: dict[str, Callable[[], Any]] = {
            "contest": lambda: contest(int(values[0]), int(values[1]), 0.9),
            "everything": lambda: everything(int(values[0]), float(values[1])),
            "made": lambda: made(int(values[0]), 0.9, Path(values[1])),
            "grown": lambda: grown(int(values[0]), 0.9, Path(values[1])),
        }
        print(json.dumps(tasks[task]()))
        return
    import os
    import tempfile

    sizes = [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size <= given.largest]
    found: dict[str, Any] = {"cores": os.cpu_count(), "a": alone("contest", given.rows, given.rounds)}
    found["b"] = [alone("everything", 1_000_000, share) for share in (0.5, 0.9, 1.0)]
    found["c"] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            alone("made", size, folder)
            found["c"].append(alone("grown", size, folder))
    text = report(found)
    print(text)
    if given.write:
        document = DOC.read_text(encoding="utf-8") if DOC.exists() else f"# Performance\n\n{START}\n{END}\n"
        before, _, rest = document.partition(START)
        _, _, after = rest.partition(END)
        DOC.write_text(f"{before}{START}\n{text}\n![time by rows](population.svg)\n{END}{after}", encoding="utf-8")
        chart(found, DOC.with_name("population.svg"))


if __name__ == "__main__":
    main()
