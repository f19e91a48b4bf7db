"""Tables that show themselves: what a policy holds, and what comes of a grid of cases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from types import MappingProxyType
from typing import Any, Self, SupportsIndex, overload

from rich.cells import cell_len, set_cell_size

from .bilingual import say
from .errors import NotInstalledError, Problem, RowError, Span, UnknownNameError, shown, spoken
from .wording import CONTROLS, Lang, apart, pick

Row = Mapping[str, Any]
_WIDTH, _WIDEST, _ROWS = 118, 40, 60
"""How wide a table as text is, how wide a column of it, and how many rows it has."""


class Table(Sequence[Row]):
    """Rows of plain values, or tuples of them, under named columns.  Immutable; shows itself in a notebook.

    Tables of one kind are equal by their columns and rows.
    """

    def __init__(self, columns: Mapping[str, tuple[str, str]], rows: Sequence[Row]) -> None:
        self._columns, self._rows = dict(columns), tuple(rows)

    @property
    def columns(self) -> Mapping[str, tuple[str, str]]:
        """The columns, each with its name in Chinese and in English."""
        return MappingProxyType(self._columns)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Self: ...

    def __getitem__(self, place: int | slice) -> Row | Self:
        if not isinstance(place, slice | SupportsIndex):
            raise RowError(say("row_by_number", key=shown(place), column=next(iter(self.columns), "column")))
        return self._with(self._rows[place]) if isinstance(place, slice) else _own(self._rows[place])

    def _with(self, rows: Iterable[Row]) -> Self:
        """Return some of the rows as a table that is otherwise the same."""
        part = copy(self)
        part._rows = tuple(rows)
        return part

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table) or type(self) is not type(other):
            return NotImplemented
        return [*self._columns.items()] == [*other._columns.items()] and self._rows == other._rows

    def __hash__(self) -> int:
        return hash((*self._columns.items(), len(self._rows)))  # A cell may be a list, which has no hash.

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return map(_own, self._rows)

    def find(self, words: str) -> Self:
        """Return the rows in which a cell contains the words, in capitals or not."""
        sought = words.casefold()
        return self._with(
            row for row in self._rows if any(sought in _text(row[name]).casefold() for name in self._searched())
        )

    def _searched(self) -> Iterable[str]:
        """Return the columns in which words are looked for."""
        return self._columns

    def where(self, **wanted: Any) -> Self:
        """Return the rows whose columns have these values.  Raises UnknownNameError for what is no column."""
        if wrong := sorted(wanted.keys() - self.columns.keys()):
            every = say("expected", names=tuple(self.columns))
            raise UnknownNameError(
                Problem(Span("table"), "unknown-column", say("no_column", name=name), every) for name in wrong
            )
        return self._with(row for row in self._rows if all(self._has(row, name, one) for name, one in wanted.items()))

    def _has(self, row: Row, name: str, wanted: Any) -> bool:
        """Return whether a column of a row has a value."""
        return bool(row[name] == wanted)

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as records."""
        return [dict(row) for row in self]

    def to_json(self) -> str:
        """Return the rows as JSON; the same rows always give the same bytes.  What JSON has no form for is text."""
        return json.dumps(self.records(), ensure_ascii=False, indent=2, default=str) + "\n"

    def frame(self) -> Any:
        """Return the rows as a polars frame.  Raises NotInstalledError with what to install."""
        try:
            import polars
        except ImportError:
            raise NotInstalledError(say("frames_need", library="polars")) from None
        schema = dict.fromkeys(self.columns) if self._rows else dict.fromkeys(self.columns, polars.String)
        # What is a tuple in a row is a list in a frame.
        rows = [{k: list(v) if isinstance(v, tuple) else v for k, v in row.items()} for row in self]
        frame = polars.DataFrame(rows, schema=list(schema) if self._rows else schema, infer_schema_length=None)
        nothing = polars.List(polars.Null)  # What no list holds anything of holds texts, as it would.
        return frame.with_columns(polars.col(nothing).cast(polars.List(polars.String)))

    def heads(self, lang: Lang = "zh") -> list[str]:
        """Return the names of the columns.  Raises MisuseError for a language that there is not."""
        return [pick(*names, spoken(lang)) for names in self.columns.values()]

    def _cells(self) -> list[list[str]]:
        return [[_text(row[name]) for name in self.columns] for row in self]

    def _repr_html_(self) -> str:
        from . import html  # few look here

        return html.framed(html.table(self.heads(), self._cells(), "list"))

    def _repr_markdown_(self) -> str:
        from .layout import escaped  # rich is slow to import, and few look here

        def line(cells: Sequence[str]) -> str:
            return f"| {' | '.join(escaped(cell) for cell in cells)} |"

        return "\n".join(
            [line(self.heads()), line(["---"] * len(self.columns)).replace("\\", ""), *map(line, self._cells())]
        )

    def __str__(self) -> str:
        """Return the rows as text: the columns that fit, cut where they are long, and what is left out."""
        width, heads = 0, self.heads()
        lines: list[str] = []
        shown = [[cell.translate(CONTROLS) for cell in row] for row in (heads, *self._cells()[:_ROWS])]
        wide = [min(_WIDEST, max(cell_len(row[place]) for row in shown)) for place in range(len(heads))]
        fitting = 0
        while fitting < len(heads) and width + wide[fitting] <= _WIDTH:
            width += wide[fitting] + 2
            fitting += 1
        for row in shown:
            cells = (set_cell_size(_cut(row[place], wide[place]), wide[place]) for place in range(fitting))
            lines.append("  ".join(cells).rstrip())
        if len(self) > _ROWS:
            lines.append(f"……另有 {len(self) - _ROWS} 行")
        if fitting < len(heads):
            lines.append(f"另有栏目：{apart(heads[fitting:], '、')}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {len(self)} rows: {', '.join(self.columns)}>"


def _text(cell: Any) -> str:
    if isinstance(cell, tuple):
        return apart(map(str, cell), "、")
    return "" if cell is None else str(cell)


def _cut(text: str, width: int) -> str:
    """Return text with an ellipsis where it is longer than ``width`` columns."""
    return text if cell_len(text) <= width else f"{set_cell_size(text, width - 1).rstrip()}…"


def _own(row: Row) -> Row:
    """Return a row for somebody to keep: a dict as a copy, for the table is shared; others cannot be changed."""
    return dict(row) if isinstance(row, dict) else row
