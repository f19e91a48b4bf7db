"""Lists of names by row, made once for each distinct pattern: which Boolean columns are true, as whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

import polars as pl

_CODE_BITS = 8
_WORD_BITS = 64
_MEMO = 200_000

Listed = Callable[[int, list[int]], list[str]]
"""From the place of a row's category, and the places of its columns that are true, to its list."""


class Patterns:
    """Tells rows apart by which ``columns`` are true, and by the category in a column ``code`` where there is one.

    ``words`` packs both into columns called after ``name``; equal words have equal lists, which ``listed`` makes.
    """

    def __init__(
        self, name: str, columns: Sequence[str], kind: pl.DataType, listed: Listed, code: str | None = None
    ) -> None:
        self.words = list(_packed(name, columns, code))
        self._names = [word.meta.output_name() for word in self.words]
        self._count, self._kind, self._listed = len(columns), kind, listed
        self._memo: dict[tuple[int, ...], list[str]] = {}

    def lists(self, packed: pl.DataFrame) -> pl.Series:
        """Return the list of every row of a frame with the words."""
        words = packed.select(self._names)
        distinct = words.unique()
        found = pl.Series("listed", [self._decoded(row) for row in distinct.iter_rows()], dtype=pl.List(self._kind))
        places = distinct.with_row_index("place")
        return found.gather(words.join(places, on=self._names, how="left", maintain_order="left")["place"])

    def _decoded(self, words: tuple[int, ...]) -> list[str]:
        if words not in self._memo:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            room = _WORD_BITS - _CODE_BITS
            held = [n for n in range(self._count) if words[n // room] >> (_CODE_BITS + n % room) & 1]
            self._memo[words] = self._listed(words[0] & (1 << _CODE_BITS) - 1, held)
        return self._memo[words]


def _packed(name: str, columns: Sequence[str], code: str | None) -> Iterator[Any]:
    """Yield whole numbers that hold the code and then a bit for each column."""
    room = _WORD_BITS - _CODE_BITS
    first = pl.lit(0, dtype=pl.UInt64) if code is None else pl.col(code).to_physical().cast(pl.UInt64)
    for nth, start in enumerate(range(0, max(1, len(columns)), room)):
        part = columns[start : start + room]
        octets = [_octet(part[at : at + 8]).cast(pl.UInt64) * (1 << (_CODE_BITS + at)) for at in range(0, len(part), 8)]
        yield reduce(or_, octets, first).alias(f"{name} word {nth}")


def _octet(columns: Sequence[str]) -> Any:
    """Return up to eight Boolean columns as one small number."""
    return reduce(or_, (pl.col(name).cast(pl.UInt8) * (1 << bit) for bit, name in enumerate(columns)))
