"""Files of rows, chunk by chunk in bounded memory: CSV, Parquet and JSON lines.

What a file cannot say by its types is read as people type it: a cell of CSV holds 是 or ``true``, ``3``, 2025/6/30 or
``2025-06-30``, 未知 or nothing, or on one line a record or a finding with its source.  A line of JSON is a case.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from ..bilingual import say
from ..errors import CaseError, InputError, Problem, Span, did_you_mean, system_said
from ..policy import Policy
from .as_case import facts_of, readable
from .cells import Cells, distinct, read_cells
from .csv_rows import header, row_chunks

_KEPT_BY = "keep_by_option"
SUFFIXES = (".csv", ".parquet", ".jsonl", ".ndjson")


@dataclass(frozen=True)
class Chunk:
    """Rows of a file: their facts by id, the facts whose cells are JSON text, the columns to keep.

    ``refused`` says by row of the chunk what is wrong with one that is no case at all.
    """

    facts: pl.DataFrame
    encoded: frozenset[str]
    kept: pl.DataFrame
    refused: Mapping[int, CaseError] = field(default_factory=dict)


def kind_of(path: Path, written: bool = False) -> str:
    """Return the kind of a file, read or ``written``, by its name.  Raises InputError for one that is not known."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        excel = suffix.startswith(".xls")
        excels = say("for_excel" if written else "from_excel")
        hint = excels if excel else did_you_mean(suffix, SUFFIXES) or say("name_endings", names=SUFFIXES)
        message = say("no_format", suffix=suffix) if suffix else say("no_ending")
        raise InputError([Problem(Span(str(path)), "unknown-format", message, hint)])
    return "jsonl" if suffix == ".ndjson" else suffix[1:]


def must_be_readable(path: Path) -> None:
    """Raise InputError for a file that cannot be opened."""
    try:
        path.open("rb").close()
    except OSError as error:
        problem = Problem(Span(str(path)), "cannot-read", system_said(error), say("name_file_there"))
        raise InputError([problem]) from None


def rows_in(path: Path) -> int | None:
    """Return how many rows a file has, where it says so itself.  Raises InputError for one that cannot be read."""
    must_be_readable(path)
    if kind_of(path) != "parquet":
        return None
    with _reading(path):
        return int(pl.scan_parquet(path).select(pl.len()).collect().item())


def names_in(path: Path) -> list[str] | None:
    """Return the names of the columns of a file; None for JSON lines, of which each names its own facts."""
    kind = kind_of(path)
    if kind == "jsonl":
        return None
    with _reading(path):
        return pl.scan_parquet(path).collect_schema().names() if kind == "parquet" else header(path)


def chunks(path: Path, policy: Policy, keep: tuple[str, ...], start: int, rows: int) -> Iterator[Chunk]:
    """Yield the rows from ``start`` on, so many at a time.

    Raises CaseError with every column that gives no fact, InputError for a file that cannot be read.
    """
    kind = kind_of(path)
    read: Callable[..., Iterator[Chunk]] = {"csv": _csv, "parquet": _parquet, "jsonl": _jsonl}[kind]
    with _reading(path):
        yield from read(path, policy, keep, start, rows)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Say of a file what cannot be read of it.  Raises InputError."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        said = str(error).partition("\n")[0] or type(error).__name__
        message = system_said(error) if isinstance(error, OSError) else say("unreadable", said=said)
        problem = Problem(Span(str(path)), "cannot-read", message, say("is_it_a", kind=kind_of(path)))
        raise InputError([problem]) from None


def _some(facts: dict[str, str]) -> dict[str, str]:
    """Return the columns that give facts.  Raises CaseError when there are none: every row would say nothing."""
    if not facts:
        raise CaseError([Problem(Span("keep"), "no-facts", say("no_fact_columns"), say("leave_one_fact"))])
    return facts


# --- Parquet ---------------------------------------------------------------------------------------------------------


def _parquet(path: Path, policy: Policy, keep: tuple[str, ...], start: int, rows: int) -> Iterator[Chunk]:
    scan = pl.scan_parquet(path)
    facts = _some(facts_of(policy, scan.collect_schema(), keep, _KEPT_BY))
    while (frame := scan.slice(start, rows).collect()).height:
        yield Chunk(readable(frame, facts), frozenset(), frame.select(keep))
        start += rows


# --- CSV -------------------------------------------------------------------------------------------------------------


def _csv(path: Path, policy: Policy, keep: tuple[str, ...], start: int, rows: int) -> Iterator[Chunk]:
    names = header(path)
    facts = _some(facts_of(policy, dict.fromkeys(names, pl.Null()), keep, _KEPT_BY))
    for found in row_chunks(path, start, rows):
        cells = dict(zip(names, map(list, zip(*found.rows, strict=True)), strict=True))
        columns = [
            read_cells(policy, fact, name, _without(pl.Series(fact, cells[name], dtype=pl.String), found.refused))
            for name, fact in facts.items()
        ]
        encoded = frozenset(one.values.name for one in columns if one.encoded)
        kept = pl.DataFrame({name: cells[name] for name in keep}, schema=dict.fromkeys(keep, pl.String))
        refused = {**found.refused, **_unreadable(columns)}
        yield Chunk(pl.DataFrame([one.values for one in columns]), encoded, kept, refused)


def _unreadable(columns: list[Cells]) -> dict[int, CaseError]:
    """Return the rows with cells that cannot be read, each with all of their problems."""
    wrong: dict[int, list[Problem]] = {}
    for one in columns:
        for place, error in one.refused.items():
            wrong.setdefault(place, []).extend(error.problems)
    return {place: CaseError(problems) for place, problems in wrong.items()}


def _without(cells: pl.Series, refused: Mapping[int, CaseError]) -> pl.Series:
    """Return cells without those of rows that are none: in the wrong column they say anything."""
    return cells.scatter(list(refused), None) if refused else cells


# --- JSON lines ------------------------------------------------------------------------------------------------------


def _jsonl(path: Path, policy: Policy, keep: tuple[str, ...], start: int, rows: int) -> Iterator[Chunk]:
    with path.open(encoding="utf-8-sig") as lines:
        for _ in islice(lines, start):
            pass
        while batch := list(islice(lines, rows)):
            yield _cases(batch, policy, keep)


def _cases(lines: list[str], policy: Policy, keep: tuple[str, ...]) -> Chunk:
    names = policy.reader.names
    refused: dict[int, CaseError] = {}
    cases: list[dict[str, Any]] = []
    kept: list[dict[str, Any]] = []
    for place, line in enumerate(lines):
        case: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        try:
            written = _object(line)
            rest = {name: written.pop(name, None) for name in keep} if isinstance(written, dict) else {}
            case = {names[name]: cell for name, cell in written.items()} if isinstance(written, dict) else {}
            if not isinstance(written, dict) or len(case) != len(written):
                policy.reader.read(written)
        except ValueError as error:
            message = say("row_no_json", said=error.args[0])
            refused[place] = CaseError([Problem(Span(say("case_itself")), "not-json", message)])
        except KeyError:
            case, refused[place] = {}, _complaint(policy, written)
        except CaseError as error:
            case, refused[place] = {}, error
        cases.append(case)
        kept.append(rest)
    cells: dict[str, list[Any]] = {}
    for place, case in enumerate(cases):
        for fact, cell in case.items():
            if fact not in cells:
                cells[fact] = [None] * len(cases)
            cells[fact][place] = cell
    columns = {fact: _column(policy, fact, found) for fact, found in cells.items()}
    encoded = frozenset(fact for fact, (_, is_json) in columns.items() if is_json)
    texts = {name: [_as_text(row.get(name)) for row in kept] for name in keep}
    frame = pl.DataFrame([one for one, _ in columns.values()] or {"title": [None] * len(lines)})
    return Chunk(frame, encoded, pl.DataFrame(texts, schema=dict.fromkeys(keep, pl.String)), refused)


def _object(line: str) -> Any:
    """Return what a line of JSON says; no key twice, no NaN.  Raises ValueError."""

    def refuse(constant: str) -> Any:
        raise ValueError(say("json_constant", name=constant))

    try:
        return json.loads(line, object_pairs_hook=distinct, parse_constant=refuse)
    except RecursionError:
        raise ValueError(say("json_deep")) from None
    except json.JSONDecodeError as error:
        raise ValueError(
            say("json_at" if line.strip() else "json_blank", place=error.pos + 1, said=str(error))
        ) from None


def _complaint(policy: Policy, written: Any) -> CaseError:
    try:
        policy.reader.read(written)
    except CaseError as error:
        return error
    raise AssertionError("a name that is no fact was taken for one")


def _column(policy: Policy, fact: str, cells: list[Any]) -> tuple[pl.Series, bool]:
    """Return cells of JSON in their type where all have it, else as texts of JSON and that they are."""
    if fact in policy.rules.vocabulary.findings and all(cell is None or isinstance(cell, bool) for cell in cells):
        return pl.Series(fact, cells, dtype=pl.Boolean), False
    choice = getattr(policy.rules.vocabulary.scalars.get(fact), "type", "") == "choice"
    if (choice or fact in ("title", "as_of")) and all(cell is None or isinstance(cell, str) for cell in cells):
        return pl.Series(fact, cells, dtype=pl.String), False
    texts = [None if cell is None else json.dumps(cell, ensure_ascii=False) for cell in cells]
    return pl.Series(fact, texts, dtype=pl.String), True


def _as_text(cell: Any) -> str | None:
    return cell if cell is None or isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
