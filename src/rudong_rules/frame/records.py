"""Long tables, a row for each entry, as record columns of a frame of persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..bilingual import say
from ..complaints import nearest
from ..errors import CaseError, Problem, Span, shown
from .api import column_twice, need_packages, several

if TYPE_CHECKING:
    import polars as pl

_HERE = Span("with_records")


def with_records(frame: Any, tables: Mapping[str, Any], *, on: str, complete: str | Iterable[str] = ()) -> Any:
    """Return a frame with a record column for each long table: its rows with the same ``on`` are the entries.

    ``tables`` are by record (``{"assessments": …}``, or its label) and of the kind of ``frame``: polars (eager or
    lazy), pandas, whose index stays, or pyarrow.  The records in ``complete``, named as in ``tables``, hold all entries
    of everyone, so that a person without rows has none; of the others it is only known what is there.  Whether there is
    such a record is said by :func:`decide_frame`, which knows the policy.

    Raises CaseError with everything that does not fit: tables of another kind, a column ``on`` that is not in each of
    them and in the frame, a record that the frame has already, a name in ``complete`` of which there is no table.
    """
    need_packages()
    import polars as pl

    if not isinstance(tables, Mapping):
        message = say("not_mapping", value=shown(tables))
        raise CaseError([Problem(_HERE, "wrong-type", message, say("tables_by_record"))])
    wide, every = _lazy(frame, _HERE), frozenset(several(complete))
    long = {name: _lazy(table, Span(say("table_called", name=name))) for name, table in tables.items()}
    problems = [
        Problem(_HERE, "unknown-table", say("no_table", name=name), nearest(name, tables))
        for name in sorted(every - tables.keys())
    ]
    problems += _misfits(wide, long, on)
    if problems:
        raise CaseError(problems)
    for name, table in long.items():
        columns = [column for column in table.collect_schema().names() if column != on]
        entries = table.group_by(on).agg(pl.struct(columns).alias(name))
        wide = wide.join(entries, on=on, how="left", maintain_order="left")
        if name in every:
            listed = pl.col(name).fill_null([])
            wide = wide.with_columns(pl.struct(complete=pl.lit(True), entries=listed).alias(name))
    return _like(frame, wide)


def _misfits(wide: pl.LazyFrame, long: Mapping[str, pl.LazyFrame], on: str) -> Iterator[Problem]:
    """Yield what keeps tables from becoming columns of a frame."""
    import polars as pl

    own = wide.collect_schema()
    if on not in own.names():
        yield _no_column(_HERE, on, own)
    for name, table in long.items():
        place, columns = Span(say("table_called", name=name)), table.collect_schema()
        if name in own:
            yield column_twice(name, "with_records")
        if on not in columns.names():
            yield _no_column(place, on, columns)
        elif len(columns) == 1:
            yield Problem(place, "no-columns", say("only_column", name=on), say("columns_of_record"))
        elif on in own:
            try:
                wide.join(table, on=on).collect_schema()
            except pl.exceptions.SchemaError:
                message = say("other_kind", name=on, wide=str(own[on]), long=str(columns[on]))
                yield Problem(place, "wrong-type", message, say("make_alike"))


def _no_column(place: Span, name: Any, columns: Iterable[str]) -> Problem:
    return Problem(place, "unknown-column", say("no_column_called", name=shown(name)), nearest(name, columns))


def _lazy(frame: Any, place: Span) -> pl.LazyFrame:
    import narwhals as nw
    import polars as pl

    from .conversion import of_arrow, of_pandas

    if isinstance(frame, pl.LazyFrame):
        return frame

    def refuse(name: str, kind: str) -> Problem:
        message = say("no_column_of_cells", name=name, kind=kind)
        return Problem(place, "wrong-type", message, say("give_one_form"))

    try:
        known = nw.from_native(frame, pass_through=True)
    except nw.exceptions.DuplicateError:
        raise CaseError([Problem(place, "column-twice", say("some_called_twice"), say("keep_one_column"))]) from None
    if isinstance(known, nw.DataFrame) and known.implementation.is_pandas():
        return of_pandas(frame, (), refuse).lazy()
    if isinstance(known, nw.DataFrame) and known.implementation.is_pyarrow():
        return of_arrow(frame, (), refuse).lazy()
    if isinstance(known, nw.DataFrame):
        return known.to_polars().lazy()
    message = say("no_table_in_memory", name=type(frame).__qualname__)
    raise CaseError([Problem(place, "unknown-frame", message, say("collect_structs"))])


def _like(frame: Any, wide: pl.LazyFrame) -> Any:
    """Return what came of a frame as one of its kind."""
    import polars as pl

    if isinstance(frame, pl.LazyFrame):
        return wide
    found, module = wide.collect(), type(frame).__module__.partition(".")[0]
    if module == "pandas":
        return found.to_pandas().set_index(frame.index)
    return found.to_arrow() if module == "pyarrow" else found
