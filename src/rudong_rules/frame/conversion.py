"""Frames that others made as polars frames, column by column where one will not become a column at all.

Cells of several kinds side by side, and kinds that polars does not have, come out of pyarrow and polars as errors that
name no column.  They are told here as what is wrong with the column that they stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import Any

import polars as pl

from ..bilingual import Text, say
from ..errors import CaseError, Problem

Refuse = Callable[[str, str], Problem]
"""From the name of a column and what stands in it to what is wrong with it: that it should be something else."""
_SAID, _KINDS, _LOOKED_AT = 120, 4, 100_000
_WRONG = (Exception, pl.exceptions.PanicException)


def of_pandas(frame: Any, unread: Collection[str], refuse: Refuse) -> pl.DataFrame:
    """Return a pandas frame; columns that are ``unread`` are null.  Raises CaseError with every column that is none."""
    read = frame.loc[:, [str(name) not in unread for name in frame.columns]]
    # Objects among which there are none have no type.
    empty = [str(name) for name in read.columns if read[name].dtype == object and read[name].isna().all()]
    return _whole(
        frame.columns, len(frame), unread,
        lambda: pl.from_pandas(read, nan_to_null=True).with_columns(pl.lit(None).alias(name) for name in empty),
        lambda name: pl.from_pandas(read[[name]], nan_to_null=True),
        lambda name, error: refuse(str(name), _cells(read[name], error)),
    )  # fmt: skip


def of_arrow(table: Any, unread: Collection[str], refuse: Refuse) -> pl.DataFrame:
    """Return an Arrow table; columns that are ``unread`` are null.  Raises CaseError with every column that is none."""
    read = table.select([name for name in table.column_names if name not in unread])
    # Of these polars does not tell in an exception alone.
    if strange := [field for field in read.schema if _strange(field.type)]:
        raise CaseError([refuse(field.name, str(field.type)) for field in strange])
    return _whole(
        table.column_names, table.num_rows, unread,
        lambda: pl.DataFrame(pl.from_arrow(read)),
        lambda name: pl.from_arrow(read.select([name])),
        lambda name, _: refuse(name, str(read.schema.field(name).type)),
    )  # fmt: skip


def _whole(
    names: Iterable[Any], rows: int, unread: Collection[str], convert: Callable[[], pl.DataFrame],
    one: Callable[[Any], Any], refused: Callable[[Any, BaseException], Problem],
) -> pl.DataFrame:  # fmt: skip
    try:
        frame = convert()
    except _WRONG:
        problems = [refused(name, error) for name, error in _errors(names, unread, one)]
        if not problems:
            raise
        raise CaseError(problems) from None
    left = [str(name) for name in names if str(name) in unread]
    if not left:
        return frame
    empty = pl.DataFrame({name: pl.Series([None] * rows, dtype=pl.Null) for name in left})
    return frame.hstack(empty) if frame.width else empty


def _errors(
    names: Iterable[Any], unread: Collection[str], one: Callable[[Any], Any]
) -> Iterator[tuple[Any, BaseException]]:
    """Yield the columns that cannot be converted alone, with what is said of each."""
    for name in names:
        if str(name) not in unread:
            try:
                one(name)
            except _WRONG as error:
                yield name, error


def _cells(column: Any, error: BaseException) -> Text:
    """Return what stands in a column of Python objects: several kinds side by side, or one that nobody knows."""
    kinds = list(dict.fromkeys(type(cell).__name__ for cell in islice(column, _LOOKED_AT) if cell is not None))
    if "float" in kinds and len(kinds) > 1:  # Mostly what pandas has for null.
        kinds.remove("float")
    if len(kinds) > 1:
        return say("cells_side_by_side", kinds=tuple(kinds[:_KINDS]))
    said = str(error).partition("\n")[0][:_SAID]
    return say("cells_unknown", kind=kinds[0] if kinds else str(column.dtype), said=said)


def _strange(kind: Any) -> bool:
    """Return whether a type of Arrow, or one inside it, makes polars give up instead of saying so."""
    import pyarrow as pa

    if pa.types.is_union(kind) or pa.types.is_interval(kind) or pa.types.is_decimal256(kind):
        return True
    return any(_strange(kind.field(place).type) for place in range(kind.num_fields))
