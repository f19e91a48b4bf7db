"""Gates as expressions: the same ones run in polars and, through narwhals, in any other engine."""

from __future__ import annotations

from itertools import product
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest

from laws.strategies import some_questions
from rudong_rules.engines.fixpoint import least_model
from rudong_rules.frame.gates import Sheet, holds, state
from rudong_rules.program import Gate, Program, bits

QUESTIONS = [asked for asked in some_questions(760, 5) if asked.decision in ("tolerance", "promotion")]


@pytest.mark.parametrize("engine", ["polars", "pyarrow", "duckdb"])
@pytest.mark.parametrize("decision", ["tolerance", "promotion"])
def test_every_rail_holds_where_the_engine_says(decision: str, engine: str) -> None:
    asked = [one for one in QUESTIONS if one.decision == decision]
    program, known = asked[0].known()[0], [one.decide().grounds[0] for one in asked]
    always = known[0]
    for one in known:
        always &= one
    given = 0
    for one in known:
        given |= one
    sheet = Sheet(program, always, given)
    goals = [rail for _, rail in sheet_goals(decision)]
    assert sheet.inputs(goals)
    states = (None, True, False)
    columns = {state(atom): [states[one >> 2 * atom & 3] for one in known] for atom in sheet.inputs(goals)}
    frame: Any = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Boolean))
    if engine == "polars":
        for stage in sheet.forward(goals, pl):
            frame = frame.with_columns(stage)
    else:
        table = frame.to_arrow()
        wide = nw.from_native(table if engine == "pyarrow" else duckdb.from_arrow(table))
        for stage in sheet.forward(goals, nw):
            wide = wide.with_columns(*stage)
        frame = wide.collect().to_polars() if isinstance(wide, nw.LazyFrame) else wide.to_polars()
    for rail in goals:
        value = sheet.value(rail)
        got = [value] * len(known) if isinstance(value, bool) else frame[holds(value)].to_list()
        assert got == [bool(least_model(program, one) >> rail & 1) for one in known]


@pytest.mark.parametrize("engine", ["polars", "pyarrow", "duckdb"])
def test_some_of_several_are_counted_on_both_rails(engine: str) -> None:
    # d is two of a, b, c.
    program = Program(
        tuple("abcd"), (Gate(6, 2, (0, 2, 4)), Gate(7, 2, (1, 3, 5))), {name: n for n, name in enumerate("abcd")}
    )
    sheet = Sheet(program, 0, bits(range(6)))
    rows = list(product((None, True, False), repeat=3))
    frame: Any = pl.DataFrame(rows, schema=dict.fromkeys(map(state, range(3)), pl.Boolean), orient="row")
    table = frame.to_arrow()
    frame = nw.from_native(frame if engine == "polars" else table if engine == "pyarrow" else duckdb.from_arrow(table))
    for stage in sheet.forward([6, 7], nw):
        frame = frame.with_columns(*stage)
    got = (frame.collect() if isinstance(frame, nw.LazyFrame) else frame).to_polars()
    wanted = [
        least_model(program, bits(2 * atom | (value is False) for atom, value in enumerate(row) if value is not None))
        for row in rows
    ]
    for rail in (6, 7):
        assert got[holds(rail)].to_list() == [bool(model >> rail & 1) for model in wanted]


def sheet_goals(decision: str) -> tuple[tuple[str, int], ...]:
    from populations import POLICY

    return POLICY.questions[decision].rungs


def test_what_is_the_same_in_every_row_is_folded_away() -> None:
    def sheet(gates: list[Gate], known: int, given: int) -> Sheet:
        atoms = tuple("abcdefgh")
        return Sheet(Program(atoms, tuple(gates), {name: n for n, name in enumerate(atoms)}), known, given)

    true, open_ = bits([0]), bits([2, 4])
    assert sheet([Gate(10, 1, (0, 2))], true, open_).value(10) is True
    assert sheet([Gate(10, 2, (6, 2))], true, open_).value(10) is False
    assert sheet([Gate(10, 2, (0, 2))], true, open_).value(10) == 2
    # a, or a and b, is a; the rail 1, which equals True, is a rail.
    assert sheet([Gate(10, 2, (2, 4)), Gate(12, 1, (2, 10))], true, open_).value(12) == 2
    assert sheet([Gate(10, 2, (1, 2))], 0, bits([1, 2])).value(10) == 10
