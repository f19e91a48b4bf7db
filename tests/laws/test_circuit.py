"""Laws: bits say of every row what columns do, circuits what their gates do, and sheets what engines and support do."""

from __future__ import annotations

from itertools import product
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rudong_rules.derivation import support
from rudong_rules.engines.fixpoint import least_model
from rudong_rules.frame.bits import bits_of, columns_of, columns_with, sides, words_for
from rudong_rules.frame.circuit import ALWAYS, NEVER, Circuit, Node
from rudong_rules.frame.gates import Sheet
from rudong_rules.program import Gate, Program, bits

COLUMNS = ("a", "b", "c", "d")
CELLS = st.sampled_from([None, True, False])


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    """Draw Boolean columns as they come: whole, in chunks, or cut out of others at any row."""
    rows = draw(st.integers(1, 200))
    frame = pl.DataFrame(
        {name: draw(st.lists(CELLS, min_size=rows, max_size=rows)) for name in COLUMNS},
        schema=dict.fromkeys(COLUMNS, pl.Boolean),
    )
    start = draw(st.integers(0, rows))
    cut = frame.slice(start, draw(st.integers(0, rows)))
    return pl.concat([cut, frame], rechunk=False) if draw(st.booleans()) else cut


def rows_in(nodes: list[Node], circuit: Circuit, frame: pl.DataFrame) -> list[set[int]]:
    """Return the rows in which each node holds."""
    plan = circuit.plan(nodes)
    found = plan.run(bits_of(frame.select(columns_of(plan.inputs))), words_for(frame.height))
    held = columns_with({str(place): words for place, words in enumerate(found)}, frame.height)
    return [set(column.arg_true()) for column in held.iter_columns()]


@given(frames())
def test_bits_say_where_columns_are_true_and_where_they_are_false(frame: pl.DataFrame) -> None:
    circuit = Circuit()
    nodes = [node for name in COLUMNS for node in sides(circuit, name)]
    wanted = [
        {row for row, cell in enumerate(frame[name]) if cell is value} for name in COLUMNS for value in (True, False)
    ]
    assert rows_in(nodes, circuit, frame) == wanted


@given(frames(), st.data())
def test_a_circuit_holds_where_its_gates_say(frame: pl.DataFrame, data: Any) -> None:
    every = set(range(frame.height))
    circuit = Circuit()
    nodes: list[tuple[Node, set[int]]] = [(NEVER, set()), (ALWAYS, every)]
    for name in COLUMNS:
        true, false = sides(circuit, name)
        nodes += [(side, {row for row, cell in enumerate(frame[name]) if cell is value})
                  for side, value in ((true, True), (false, False))]  # fmt: skip
    for _ in range(data.draw(st.integers(1, 12))):
        some = data.draw(st.lists(st.sampled_from(nodes), max_size=5))
        parts, rows = [node for node, _ in some], [held for _, held in some]
        match data.draw(st.sampled_from(["all", "any", "enough", "without"])):
            case "all":
                nodes.append((circuit.all_of(parts), every.intersection(*rows)))
            case "any":
                nodes.append((circuit.any_of(parts), set().union(*rows)))
            case "enough":
                need = data.draw(st.integers(0, 6))
                nodes.append(
                    (circuit.at_least(need, parts), {row for row in every if sum(row in one for one in rows) >= need})
                )
            case _:
                (one, held), (two, other) = data.draw(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)))
                nodes.append((circuit.without(one, two), held - other))
    assert rows_in([node for node, _ in nodes], circuit, frame) == [held for _, held in nodes]


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Draw gates on four inputs and on one another, several for most heads, of all, any and some of their bodies."""
    gates: list[Gate] = []
    for head in range(8, 8 + draw(st.integers(1, 8))):
        for _ in range(draw(st.integers(1, 3))):
            body = tuple(draw(st.lists(st.integers(0, head - 1), max_size=4, unique=True)))
            gates.append(Gate(head, draw(st.integers(0, len(body))), body))
    names = tuple(f"atom {number}" for number in range(8))
    return Program(names, tuple(gates), {name: number for number, name in enumerate(names)})


@given(programs())
def test_a_sheet_holds_what_engines_do_and_rests_on_what_support_does(program: Program) -> None:
    rows = list(product((None, True, False), repeat=4))
    frame = pl.DataFrame(rows, schema=dict.fromkeys(program.atoms[:4], pl.Boolean), orient="row")
    models = [
        least_model(program, bits(2 * atom | (not cell) for atom, cell in enumerate(row) if cell is not None))
        for row in rows
    ]
    circuit = Circuit()
    known = dict(enumerate(node for name in program.atoms[:4] for node in sides(circuit, name)))
    sheet = Sheet(program, known, circuit)
    for rail, held in enumerate(rows_in(sheet.held, circuit, frame)):
        assert held == {row for row, model in enumerate(models) if model >> rail & 1}
    goal = program.gates[-1].head
    needed = list(sheet.resting([goal], frozenset(program.by_head)))
    held_in = rows_in([node for _, node in needed], circuit, frame)
    for row, model in enumerate(models):
        wanted = [rail for rail, _ in support(program, model, [goal])] if model >> goal & 1 else []
        assert [rail for (rail, _), where in zip(needed, held_in, strict=True) if row in where] == wanted
