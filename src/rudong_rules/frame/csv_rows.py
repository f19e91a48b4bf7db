"""CSV as rows of text, each with the line on which it begins; what is no row, or no CSV, is told by its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from ..bilingual import say
from ..errors import CaseError, InputError, Problem, Span, shown
from ..source import not_utf8

LONGEST = 1 << 24
"""Characters of one cell."""
_OTHERS = (";", "\t", "|")
"""What may stand between columns where a comma should, and in no name of a column."""
Row = list[str | None]


@dataclass(frozen=True)
class Rows:
    """Some rows as wide as the header, an empty cell None; ``refused`` says by place which are no rows, and why."""

    rows: list[Row]
    refused: Mapping[int, CaseError]


def header(path: Path) -> list[str]:
    """Return the names of the columns.  Raises InputError for a file that does not begin with names."""
    with _reader(path) as reader:
        names, line = _named(path, reader)
        _, first = _filled(path, reader)
    unnamed = [nth for nth, cell in enumerate(first or (), 1) if nth > len(names) and cell.strip()]
    if unnamed:
        raise InputError(_no_name(path, line, nth) for nth in unnamed)
    return names


def row_chunks(path: Path, start: int, size: int) -> Iterator[Rows]:
    """Yield the rows from ``start`` on, so many at a time; blank lines are none.

    Raises InputError for a file that is no CSV, before the first row: nothing is done by halves.
    """
    names = header(path)
    for _ in _rows(path, len(names)):
        pass
    rows = islice(_rows(path, len(names)), start, None)
    while chunk := list(islice(rows, size)):
        refused = {place: why for place, (_, why) in enumerate(chunk) if why is not None}
        yield Rows([row for row, _ in chunk], refused)


def _rows(path: Path, width: int) -> Iterator[tuple[Row, CaseError | None]]:
    with _reader(path) as reader:
        _named(path, reader)
        # A blank line of a table of one column is a cell that says nothing.
        following = _filled if width > 1 else _next
        while True:
            line, cells = following(path, reader)
            if cells is None:
                return
            # Spreadsheets write the columns beside a table that nobody has filled in.
            found = width if len(cells) > width and _blank(cells[width:]) else len(cells)
            why = None if found == width or not cells else _ragged(path, line, found, width)
            row: Row = [cell or None for cell in cells[:width]]
            yield row + [None] * (width - len(row)), why


def _ragged(path: Path, line: int, found: int, width: int) -> CaseError:
    message = say("ragged", found=found, width=width)
    return CaseError([Problem(Span(str(path), line, 1), "ragged-row", message, say("mend_row"))])


def _named(path: Path, reader: Any) -> tuple[list[str], int]:
    """Return the first row as names of columns, without spaces around and empty ones behind them, and its line.

    Raises InputError with all that is wrong with them.
    """
    line, cells = _filled(path, reader)  # Blank lines before the names say nothing.
    names = [name.strip() for name in cells or ()]
    while names and not names[-1]:
        names.pop()
    if cells is None:
        raise InputError([Problem(Span(str(path)), "empty", say("empty_file"), say("name_columns"))])
    if len(names) == 1 < len(cells) - 1:
        message = say("title_row", title=shown(names[0]))
        raise InputError([Problem(Span(str(path), line, 1), "title-row", message, say("names_first"))])
    if len(names) == 1 and any(sign in names[0] for sign in _OTHERS):
        raise InputError([Problem(Span(str(path), line, 1), "no-commas", say("no_commas"), say("put_commas"))])
    problems = []
    for nth, name in enumerate(names, 1):
        if not name:
            problems.append(_no_name(path, line, nth))
        elif name in names[: nth - 1]:
            message = say("name_twice", name=name)
            problems.append(Problem(Span(str(path), line, 1), "column-twice", message, say("keep_one_column")))
    if problems:
        raise InputError(problems)
    return names, line


def _filled(path: Path, reader: Any) -> tuple[int, list[str] | None]:
    """Return the next row in which something stands, as :func:`_next` does."""
    line, cells = _next(path, reader)
    while cells is not None and _blank(cells):
        line, cells = _next(path, reader)
    return line, cells


def _next(path: Path, reader: Any) -> tuple[int, list[str] | None]:
    """Return the line on which the next row begins, and its cells; None at the end."""
    line = reader.line_num + 1
    with _told(path, line):
        return line, next(reader, None)


def _no_name(path: Path, line: int, nth: int) -> Problem:
    return Problem(Span(str(path), line, 1), "no-name", say("no_name", nth=nth), say("name_column"))


def _blank(cells: list[str]) -> bool:
    return not any(cell.strip() for cell in cells)


@contextmanager
def _reader(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        yield csv.reader(text, strict=True)


@contextmanager
def _told(path: Path, line: int) -> Iterator[None]:
    """Say of a row that begins on a line what keeps it from being read.  Raises InputError.

    How long a cell may be is a setting of the whole process: it is ours for the one row, and then as before.
    """
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    except csv.Error as error:
        long = "field limit" in str(error)
        message = say("cell_too_long", most=LONGEST) if long else say("open_quote")
        hint = say("shorten") if long else say("close_quotes")
        raise InputError(
            [Problem(Span(str(path), line, 1), "too-large" if long else "open-quote", message, hint)]
        ) from None
    except UnicodeDecodeError as error:
        problem = not_utf8(Span(str(path)), error.object[error.start])
        raise InputError([replace(problem, hint=say("save_csv_as_utf8"))]) from None
    finally:
        csv.field_size_limit(before)
