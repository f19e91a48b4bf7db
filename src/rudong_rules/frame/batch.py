"""A file decided chunk by chunk: bounded memory, and nothing lost or done twice when it is interrupted.

Beside the output stands a folder of parts while the work goes on.  A part is the rows of one chunk: its output, its
rejects, and a note with counts and digests, which is written last and makes the part count.  Started again, the work
goes on after the last part that counts.  At the end the parts become one file, which takes its name at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from .. import __version__
from ..bilingual import say
from ..case_model import CaseBase
from ..errors import CaseError, InputError, Problem, Span, system_said
from ..policy import Policy
from ..wording import Lang
from .api import PROBLEM, SHOWN, Column, column_twice
from .chunks import ChunkDecider
from .files import Chunk, chunks, kind_of, must_be_readable
from .summary import SAMPLE, Summary, counts
from .words import DecidedWords

ROWS = 1 << 17
"""Rows of one part."""


@dataclass(frozen=True)
class Job:
    """What is to be decided, and how; with ``labels`` the output is in words of ``lang``, for people."""

    policy: Policy
    source: Path
    output: Path
    decisions: tuple[str, ...]
    show: tuple[Column, ...] = ()
    readings: Mapping[str, str | None] = field(default_factory=dict)
    as_of: date | None = None
    keep: tuple[str, ...] = ()
    rows: int = ROWS
    lang: Lang = "en"
    labels: bool = False

    @property
    def words(self) -> DecidedWords | None:
        """What puts the output into words; None where it is for programs."""
        return DecidedWords(self.policy, self.decisions, self.lang) if self.labels else None

    @property
    def parts(self) -> Path:
        """The folder of parts beside the output."""
        return self.output.with_name(f"{self.output.name}.parts")

    @property
    def rejects(self) -> Path:
        """The file of invalid rows beside the output."""
        return self.output.with_name(f"{self.output.name}.rejects.jsonl")

    def identity(self) -> dict[str, Any]:
        """Return all that the output depends on: parts made otherwise are not to be mixed with ours."""
        pinned = self.policy.digests(CaseBase())
        return {
            "source": _digest(self.source), "format": kind_of(self.output), "text": pinned.text, "rules": pinned.rules,
            "decisions": list(self.decisions), "show": list(self.show), "readings": dict(self.readings),
            "as_of": self.as_of.isoformat() if self.as_of else None, "keep": list(self.keep), "rows": self.rows,
            "lang": self.lang, "labels": self.labels, "library": __version__, "polars": pl.__version__,
            "sample": SAMPLE,
        }  # fmt: skip


def run(job: Job, progress: Callable[[int], None] = lambda rows: None) -> Summary:
    """Decide the whole file and return what came of it; ``progress`` is told of rows done, first of those found done.

    Raises CaseError with every problem of the columns, decisions and readings, InputError for files that cannot be
    read or written and for parts of another job.
    """
    summary = Summary()
    must_be_readable(job.source)
    _refuse_names_twice(job)
    try:
        done = _resume(job, summary)
        progress(summary.rows)
        # Whoever did not think of asking is told of cautions too.
        show = tuple(one for one in SHOWN if one in (*job.show, "cautions"))
        decider = ChunkDecider(job.policy, job.decisions, show, job.readings, job.as_of, job.lang)
        try:
            for chunk in chunks(job.source, job.policy, job.keep, summary.rows, job.rows):
                note = _write(job, done, summary.rows, chunk, decider)
                summary.add(note)
                done += 1
                progress(note["rows"])
            if not done:
                raise CaseError([Problem(Span(str(job.source)), "no-rows", say("no_rows"), say("case_a_line"))])
        except InputError:
            if not done:  # Nothing is lost, and whoever mends the input may ask for another job.
                shutil.rmtree(job.parts, ignore_errors=True)
            raise
        summary.search(job.policy, job.readings, job.as_of)
        _finish(job, done)
    except OSError as error:
        name = str(error.filename or job.output)
        raise InputError([Problem(Span(name), "cannot-write", system_said(error), say("name_file_to_make"))]) from None
    return summary


def _refuse_names_twice(job: Job) -> None:
    """Refuse columns that would stand in the output twice.  Raises CaseError."""
    written, rejected = _columns(job), ["row", *job.keep, PROBLEM]
    twice = [name for name in dict.fromkeys(job.keep) if written.count(name) > 1 or rejected.count(name) > 1]
    if twice:
        raise CaseError([column_twice(name, "--keep") for name in twice])


# --- parts -----------------------------------------------------------------------------------------------------------


def _resume(job: Job, summary: Summary) -> int:
    """Return how many parts count already, their rows added up."""
    job_file = job.parts / "job.json"
    identity = job.identity()
    if job_file.exists():
        if _said(job_file) != identity:
            raise InputError([Problem(Span(str(job.parts)), "other-job", say("other_job"), say("remove_folder"))])
    else:
        job.parts.mkdir(exist_ok=True)
        _write_whole(job_file, json.dumps(identity, ensure_ascii=False, indent=1, sort_keys=True).encode())
    done = 0
    while (note := _note(job, done)) is not None:
        summary.add(note)
        done += 1
    return done


def _names(job: Job, number: int) -> tuple[Path, Path, Path]:
    stem = f"{number:08d}"
    return tuple(job.parts / f"{stem}.{ending}" for ending in (kind_of(job.output), "rejects.jsonl", "json"))  # type: ignore[return-value]


def _note(job: Job, number: int) -> Mapping[str, Any] | None:
    """Return the note of a part that counts: its files are as they were written."""
    output, rejects, note = _names(job, number)
    said = _said(note)
    try:
        counts = isinstance(said, dict) and said.get("digests") == [_digest(output), _digest(rejects)]
    except OSError:
        return None
    return said if counts else None


def _said(file: Path) -> Any:
    """Return what a file of JSON says; None for one that cannot be read."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _write(job: Job, number: int, first: int, chunk: Chunk, decider: ChunkDecider) -> Mapping[str, Any]:
    decided = decider.decide(chunk)
    rows = pl.DataFrame({"row": pl.int_range(first + 1, first + decided.height + 1, eager=True)})
    told = pl.concat([rows, chunk.kept, decided.select(PROBLEM)], how="horizontal")
    refused = told.filter(pl.col(PROBLEM).is_not_null())
    output, rejects, note = _names(job, number)
    words, answers = job.words, decided.select(_added(job))
    if words is not None:
        answers, rows = words.table(answers).rename(words.heading), rows.rename(words.heading)
    _write_table(pl.concat([rows, chunk.kept, answers], how="horizontal"), output)
    _write_whole(rejects, "".join(_line(row) for row in refused.iter_rows(named=True)).encode())
    said = {**counts(job.decisions, first, chunk, decided), "digests": [_digest(output), _digest(rejects)]}
    _write_whole(note, json.dumps(said, ensure_ascii=False, sort_keys=True).encode())
    return said


# --- files -----------------------------------------------------------------------------------------------------------


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=str) + "\n"


def _write_table(table: pl.DataFrame, path: Path) -> None:
    """Write a part: Parquet as it is, lines of CSV without a header, lines of JSON."""
    unfinished = path.with_suffix(".tmp")
    if path.suffix == ".parquet":
        table.write_parquet(unfinished)
    elif path.suffix == ".jsonl":
        table.write_ndjson(unfinished)
    else:
        _flat(table).write_csv(unfinished, include_header=False)
    _settle(unfinished, path)


def _flat(table: pl.DataFrame) -> pl.DataFrame:
    """Return lists as text: CSV has none."""
    lists = [name for name, kind in table.schema.items() if isinstance(kind, pl.List)]
    return table.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join(" ") for name in lists)


def _write_whole(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f"{path.name}.tmp")
    unfinished.write_bytes(content)
    _settle(unfinished, path)


def _settle(unfinished: Path, path: Path) -> None:
    """Give a file its name once all of it is on the disk."""
    with unfinished.open("rb+") as written:
        os.fsync(written.fileno())
    unfinished.replace(path)


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _finish(job: Job, parts: int) -> None:
    """Make one file of all parts."""
    unfinished = job.output.with_name(f"{job.output.name}.tmp")
    files = [_names(job, number) for number in range(parts)]
    if kind_of(job.output) == "parquet":
        pl.scan_parquet([output for output, _, _ in files]).sink_parquet(unfinished, maintain_order=True)
    else:
        header = _header(job) if kind_of(job.output) == "csv" else b""
        _join((output for output, _, _ in files), unfinished, header)
    rejects = job.rejects.with_name(f"{job.rejects.name}.tmp")
    _join((rejected for _, rejected, _ in files), rejects)
    _settle(rejects, job.rejects)
    _settle(unfinished, job.output)
    shutil.rmtree(job.parts)


def _header(job: Job) -> bytes:
    written = pl.DataFrame(schema=dict.fromkeys(_columns(job), pl.String)).write_csv()
    # Excel takes a table for UTF-8 only where it is marked as such.
    return written.encode("utf-8-sig" if job.labels else "utf-8")


def _columns(job: Job) -> list[str]:
    """Return the names of the columns of the output."""
    heading = job.words.heading if job.words else str
    return [heading("row"), *job.keep, *map(heading, _added(job))]


def _added(job: Job) -> list[str]:
    """Return the columns of what was decided that are asked for."""
    return [f"{name}_{column}" for name in job.decisions for column in ("outcome", *job.show)]


def _join(parts: Iterator[Path], whole: Path, header: bytes = b"") -> None:
    with whole.open("wb") as target:
        target.write(header)
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, target)
