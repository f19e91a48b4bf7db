"""Boolean columns as words of bits, a bit a row, and back: 64 rows are worked on at once.

Polars keeps them so itself; its expressions are not used on them because three values cost several times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from .circuit import Circuit, Node, Words


def sides(circuit: Circuit, column: str) -> tuple[Node, Node]:
    """Return where a Boolean column is true and where it is false, as nodes that rest on its bits."""
    given = circuit.given(_given(column))
    is_true = circuit.all_of((given, circuit.given(_true(column))))
    return is_true, circuit.without(given, is_true)


def columns_of(inputs: Iterable[str]) -> list[str]:
    """Return the columns whose bits are these inputs of a circuit."""
    return list(dict.fromkeys(name.rpartition(" ")[0] for name in inputs))


def words_for(rows: int) -> int:
    """Return how many words hold a bit for each row."""
    return -(-rows // 64)


def bits_of(frame: pl.DataFrame) -> dict[str, Words]:
    """Return the bits of Boolean columns, by the names of the inputs that :func:`sides` makes."""
    everywhere = np.full(words_for(frame.height), ~np.uint64(0))
    found: dict[str, Words] = {}
    for name, column in zip(frame.columns, frame.rechunk().to_arrow().columns, strict=True):
        for array in column.chunks:  # One, or none of no rows.
            is_given, is_true = array.buffers()
            found[_true(name)] = _words(is_true, array.offset, len(array))
            found[_given(name)] = everywhere if is_given is None else _words(is_given, array.offset, len(array))
    return found


def columns_with(words: Mapping[str, Words], rows: int) -> pl.DataFrame:
    """Return bits as Boolean columns of so many rows."""
    arrays = [pa.Array.from_buffers(pa.bool_(), rows, [None, pa.py_buffer(one)]) for one in words.values()]
    return pl.DataFrame(pl.from_arrow(pa.Table.from_arrays(arrays, list(words))))


def _words(buffer: Any, offset: int, rows: int) -> Words:
    """Return the bits of an Arrow buffer from an offset on, as words that begin with the first row."""
    if offset % 64 == 0 and rows % 64 == 0:
        return np.frombuffer(buffer, np.uint64, rows // 64, offset // 8)
    octets = np.frombuffer(buffer, np.uint8)[offset // 8 : -(-(offset + rows) // 8)]
    padded = np.zeros(8 * (words_for(rows) + 1), np.uint8)
    padded[: len(octets)] = octets
    words = padded.view(np.uint64)
    shift = np.uint64(offset % 8)
    return words[:-1] >> shift | words[1:] << np.uint64(64) - shift if shift else words[:-1]


def _true(column: str) -> str:
    """Return the name of the bits that say where a column is true; where it is null they say nothing."""
    return f"{column} true"


def _given(column: str) -> str:
    """Return the name of the bits that say where a column is not null."""
    return f"{column} given"
