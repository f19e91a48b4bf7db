"""Frames of other kinds, as batches of the embedded one: the same kind comes back.

What is lazy stays so: a polars plan runs inside its own engine, Spark maps its Arrow batches on the executors, with
the very code that decides a polars frame here.  DuckDB is read in Arrow batches; the result lies in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

import narwhals as nw
import polars as pl

from ..bilingual import say
from ..errors import CaseError, MisuseError, Problem, Span
from .api import column_twice
from .conversion import Refuse, of_arrow, of_pandas

Rows = Callable[[pl.DataFrame], pl.DataFrame]
"""Rows in, the same rows with more columns out."""
Planned = Callable[[pl.DataFrame], Rows]
"""From a frame without rows, which shows the columns and their types, to what decides its rows."""
Read = Callable[[Any], pl.DataFrame]
"""From a frame of another kind to a polars frame."""
_BATCH = 1 << 17


def decide_kind(frame: Any, plan: Planned, unread: Collection[str], refuse: Refuse) -> Any:
    """Return a frame of any kind with the columns that are added to a polars frame.

    Columns that are ``unread`` may hold anything.  Raises CaseError for a frame of an unknown kind, one with two
    columns of one name, columns that are none for polars, of which ``refuse`` makes problems, and what ``plan`` raises
    for columns that it cannot read.
    """
    try:
        known = nw.from_native(frame, pass_through=True)
    except nw.exceptions.DuplicateError:
        names = getattr(frame, "column_names", frame.columns)  # Of an Arrow table the columns are their cells.
        twice = [name for name, times in Counter(map(str, names)).items() if times > 1]
        raise CaseError([column_called_twice(name) for name in twice]) from None
    if not isinstance(known, nw.DataFrame | nw.LazyFrame):
        message = say("unknown_frame", name=f"{type(frame).__module__}.{type(frame).__qualname__}")
        raise CaseError([Problem(Span("frame"), "unknown-frame", message, say("pass_frame"))])
    kind = known.implementation
    if kind.is_polars():
        return _polars(frame, plan)
    if kind.is_pandas():
        return _pandas(frame, plan, partial(of_pandas, unread=unread, refuse=refuse))
    read = partial(of_arrow, unread=unread, refuse=refuse)
    if kind.is_pyarrow():
        return _widened(frame, plan(read(frame.slice(0, 0))), read)
    if kind.is_duckdb():
        return _duckdb(frame, plan, read)
    if kind.is_pyspark():
        return _spark(frame, plan, read)
    message = say("unsupported_frame", name=str(kind))
    raise CaseError([Problem(Span("frame"), "unknown-frame", message, say("convert_frame"))])


def _polars(frame: pl.DataFrame | pl.LazyFrame, plan: Planned) -> pl.DataFrame | pl.LazyFrame:
    if isinstance(frame, pl.DataFrame):
        return plan(frame.clear())(frame)
    empty = pl.DataFrame(schema=frame.collect_schema())
    rows = plan(empty)
    return frame.map_batches(rows, schema=rows(empty).schema, streamable=True)


def _pandas(frame: Any, plan: Planned, read: Read) -> Any:
    import pandas as pd

    given = read(frame)
    added = plan(given.clear())(given).select(pl.exclude(given.columns)).to_pandas()
    return pd.concat([frame, added.set_axis(frame.index)], axis=1)  # Row by row: an index may repeat.


def _duckdb(relation: Any, plan: Planned, read: Read) -> Any:
    import pyarrow as pa

    nothing = relation.limit(0).to_arrow_table()
    rows = plan(read(nothing))
    empty = _widened(nothing, rows, read)
    _must_differ(nothing.column_names, empty.column_names)
    batches = [_widened(pa.Table.from_batches([batch]), rows, read) for batch in relation.to_arrow_reader(_BATCH)]
    return _beside(relation, pa.concat_tables(batches or [empty]))


def _beside(relation: Any, table: Any) -> Any:
    """Return an Arrow table as a relation on the connection of another one.

    DuckDB reads the Python variable only where no table or view is called so.  Raises MisuseError where one is.
    """
    rudong_rules_decided = table  # noqa: F841  (the name in the query)
    listed = relation.query("rudong_rules_given", "SELECT table_name FROM information_schema.tables").fetchall()
    if any(name.casefold() == "rudong_rules_decided" for (name,) in listed):
        raise MisuseError(say("table_in_the_way", name="rudong_rules_decided"))
    return relation.query("rudong_rules_given", "SELECT * FROM rudong_rules_decided")


def _spark(frame: Any, plan: Planned, read: Read) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
    from pyspark.sql.types import StructType

    nothing = to_arrow_schema(frame.schema).empty_table()
    names = set(nothing.column_names)
    added = [field for field in _widened(nothing, plan(read(nothing)), read).schema if field.name not in names]
    _must_differ(names, [field.name for field in added])
    schema = StructType([*frame.schema.fields, *from_arrow_schema(added)])
    wide = to_arrow_schema(schema)

    def decide(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        rows = plan(read(nothing))
        for batch in batches:
            yield from _widened(pa.Table.from_batches([batch]), rows, read).cast(wide).combine_chunks().to_batches()

    return frame.mapInArrow(decide, schema)


def _widened(table: Any, rows: Rows, read: Read) -> Any:
    """Return an Arrow table with the columns that are added, as plain strings and lists of them."""
    import pyarrow as pa

    given = read(table)
    added = rows(given).select(pl.exclude(given.columns)).to_arrow()
    for field in added.schema:
        kind = pa.list_(pa.string()) if pa.types.is_large_list(field.type) else pa.string()
        table = table.append_column(pa.field(field.name, kind), added[field.name].cast(kind))
    return table


def _must_differ(given: Collection[str], decided: Collection[str]) -> None:
    """Refuse columns that are called like those added but for capitals, where an engine takes both for one.

    Raises CaseError with each.
    """
    taken = {name.casefold() for name in decided if name not in given}
    if twice := [name for name in given if name.casefold() in taken]:
        raise CaseError([column_twice(name, say("column", name=name)) for name in twice])


def column_called_twice(name: str) -> Problem:
    """Return the problem of a frame with two columns of one name."""
    return Problem(Span(say("column", name=name)), "column-twice", say("called_twice"), say("keep_one_column"))
