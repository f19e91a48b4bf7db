"""Circuits of bits: the rails of every row as the engine has them, folded as far as rows are alike."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import polars as pl
import pytest

from laws.strategies import some_questions
from populations import POLICY
from rudong_rules.engines.fixpoint import least_model
from rudong_rules.frame.bits import bits_of, columns_of, columns_with, sides, words_for
from rudong_rules.frame.circuit import ALWAYS, NEVER, Circuit, Node
from rudong_rules.frame.gates import Sheet
from rudong_rules.program import Gate, Program, Rails, bits, members

QUESTIONS = [asked for asked in some_questions(760, 5) if asked.decision in ("tolerance", "promotion")]


def holding(circuit: Circuit, wanted: list[Node], frame: pl.DataFrame) -> list[list[bool]]:
    """Return in which rows of Boolean columns each node holds."""
    plan = circuit.plan(wanted)
    found = plan.run(bits_of(frame.select(columns_of(plan.inputs))), words_for(frame.height))
    decoded = columns_with({str(place): words for place, words in enumerate(found)}, frame.height)
    return [decoded[name].to_list() for name in decoded.columns]


def sheet_of(program: Program, known: list[Rails]) -> tuple[Sheet, Circuit, pl.DataFrame]:
    """Return a program over rows that make rails known: a column for every atom that some row knows."""
    circuit, states = Circuit(), (None, True, False)
    atoms = sorted({rail >> 1 for one in known for rail in members(one)})
    columns = {f"atom {atom}": [states[one >> 2 * atom & 3] for one in known] for atom in atoms}
    rails: dict[int, Node] = {}
    for atom in atoms:
        rails[2 * atom], rails[2 * atom + 1] = sides(circuit, f"atom {atom}")
    return Sheet(program, rails, circuit), circuit, pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Boolean))


@pytest.mark.parametrize("decision", ["tolerance", "promotion"])
def test_every_rail_holds_where_the_engine_says(decision: str) -> None:
    asked = [one for one in QUESTIONS if one.decision == decision]
    program, known = asked[0].known()[0], [one.decide().known.sound for one in asked]
    sheet, circuit, frame = sheet_of(program, known)
    models = [least_model(program, one) for one in known]
    for rail, rows in enumerate(holding(circuit, sheet.held, frame)):
        assert rows == [bool(model >> rail & 1) for model in models]


def test_some_of_several_are_counted_on_both_rails() -> None:
    # d is two of a, b, c.
    program = Program(
        tuple("abcd"), (Gate(6, 2, (0, 2, 4)), Gate(7, 2, (1, 3, 5))), {name: n for n, name in enumerate("abcd")}
    )
    rows = product((None, True, False), repeat=3)
    known = [bits(2 * atom | (value is False) for atom, value in enumerate(row) if value is not None) for row in rows]
    sheet, circuit, frame = sheet_of(program, known)
    for rail, held in zip((6, 7), holding(circuit, sheet.held[6:], frame), strict=True):
        assert held == [bool(least_model(program, one) >> rail & 1) for one in known]


def test_what_is_the_same_in_every_row_is_folded_away() -> None:
    circuit = Circuit()
    a, b = circuit.given("a"), circuit.given("b")
    both, either = circuit.all_of((a, b)), circuit.any_of((a, b))
    assert (circuit.all_of(()), circuit.any_of(())) == (ALWAYS, NEVER)
    assert (circuit.all_of((a, ALWAYS)), circuit.any_of((a, NEVER)), circuit.any_of((a, a))) == (a, a, a)
    assert (circuit.all_of((a, NEVER)), circuit.any_of((a, ALWAYS))) == (NEVER, ALWAYS)
    # a, or a and b, is a; a, and a or b, is a; both and a are both.
    assert (circuit.any_of((a, both)), circuit.all_of((either, a)), circuit.all_of((a, both))) == (a, a, both)
    assert circuit.any_of((b, either)) == either
    assert (circuit.without(a, NEVER), circuit.without(NEVER, a)) == (a, NEVER)
    assert (circuit.without(a, a), circuit.without(a, ALWAYS)) == (NEVER, NEVER)
    assert (circuit.at_least(0, [a]), circuit.at_least(2, [a]), circuit.at_least(1, [a])) == (ALWAYS, NEVER, a)
    # Written otherwise, it is the same node.
    assert circuit.all_of((b, a)) == both
    assert circuit.at_least(2, [a, b, ALWAYS]) == either


def test_a_plan_reads_nothing_on_which_what_is_wanted_does_not_rest() -> None:
    circuit = Circuit()
    a, b = circuit.given("a"), circuit.given("b")
    circuit.all_of((a, b))
    assert circuit.plan([a, ALWAYS]).inputs == ("a",)
    words: Any = np.array([5], np.uint64)
    assert [found.tolist() for found in circuit.plan([a, a, NEVER]).run({"a": words}, 1)] == [[5], [5], [0]]


@pytest.mark.parametrize("rows", [0, 1, 63, 64, 65, 262_144, 262_145, 600_000])
def test_rows_are_worked_on_block_by_block(rows: int) -> None:
    circuit, place = Circuit(), np.arange(rows)
    columns = {name: place % every == 0 for name, every in {"a": 2, "b": 3, "c": 5}.items()}
    a, b, c = (sides(circuit, name)[0] for name in columns)
    wanted = [circuit.at_least(2, [a, b, c]), circuit.without(a, circuit.any_of((b, c)))]
    how_many = sum((one.astype(int) for one in columns.values()), np.zeros(rows, int))
    expected = [(how_many >= 2).tolist(), (columns["a"] & (how_many == 1)).tolist()]
    assert holding(circuit, wanted, pl.DataFrame(columns)) == expected


def test_the_policy_is_one_circuit_for_all_decisions() -> None:
    sheet = Sheet(POLICY.program, {}, Circuit())
    silent = least_model(POLICY.program, 0)
    assert all(node == (ALWAYS if silent >> rail & 1 else NEVER) for rail, node in enumerate(sheet.held))
