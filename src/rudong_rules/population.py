"""A population: real cases, one a row, and how many of them an edit of the policy changes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .comparison import OPEN, readable
from .errors import CaseError, InputError, Problem, Span
from .policy import Policy
from .source import Document, parse_document, read_text
from .vocabulary import Vocabulary

REFUSED = "refused"
"""What a policy makes of a row that is no case to it."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How many rows had one outcome and have another now; ``rows`` are the places of the first few."""

    decision: str
    was: str
    now: str
    count: int
    rows: tuple[str, ...]


def read_population(path: Path, vocabulary: Vocabulary) -> list[Document]:
    """Return the rows of a file: CSV with a header, or one JSON case a line.  Raises InputError with every problem."""
    text = read_text(path)
    documents = list(_csv_rows(text, path, vocabulary)) if path.suffix == ".csv" else _json_rows(text, path)
    if not documents:
        raise InputError([Problem(Span(str(path)), "empty", "there is no row", "write a case a line")])
    return documents


def _json_rows(text: str, path: Path) -> list[Document]:
    found: list[Document] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found.append(parse_document(line, f"{path}:{number}"))
            except InputError as error:
                problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def _csv_rows(text: str, path: Path, vocabulary: Vocabulary) -> Iterator[Document]:
    """Yield the rows of CSV: an empty cell is unknown, true and false are those of YAML, whole numbers are digits."""
    scalars = vocabulary.scalars
    names = {scalars[name].label: name for name in scalars} | {name: name for name in scalars}
    reader = csv.DictReader(io.StringIO(text))
    for row in reader:
        if None in row or None in row.values():
            place = Span(str(path), reader.line_num, 1)
            raise InputError([Problem(place, "bad-row", "the row has not as many cells as the header", "mend it")])
        case = {}
        for key, cell in row.items():
            whole = key in names and scalars[names[key]].type == "int"
            value: Any = {"true": True, "false": False}.get(cell, cell)
            case[key] = int(cell) if whole and cell.isdecimal() else value
        yield Document(f"{path}:{reader.line_num}", {k: v for k, v in case.items() if v != ""}, {})


def shifts(base: Policy, head: Policy, rows: Sequence[Document], decisions: Iterable[str]) -> list[Shift]:
    """Return how many rows change, by decision and pair of outcomes, most first.

    Raises InputError when a row has a fact that neither policy knows.
    """
    known = {**base.reader.names, **head.reader.names}
    unknown: list[Problem] = [
        Problem(row.key_span((name,)), "unknown-fact", f"there is no fact {name!r}")
        for row in rows
        for name in (row.data if isinstance(row.data, dict) else {"": ""})
        if name not in known
    ]
    if unknown:
        raise InputError(unknown)
    found: list[Shift] = []
    for decision in decisions:
        counts: Counter[tuple[str, str]] = Counter()
        places: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            pair = _outcome(base, row, decision), _outcome(head, row, decision)
            if pair[0] != pair[1]:
                counts[pair] += 1
                places.setdefault(pair, []).append(row.file)
        found += [Shift(decision, *pair, count, tuple(places[pair][:5])) for pair, count in counts.most_common()]
    return found


def _outcome(policy: Policy, row: Document, decision: str) -> str:
    try:
        verdict = policy.decide(readable(policy, row.data), decision)
    except CaseError:
        return REFUSED
    return verdict.outcome or (OPEN if verdict.status == "undetermined" else verdict.status)
