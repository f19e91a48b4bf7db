"""Laws: bits say of every row what the columns do, and a circuit what its gates do, however it is folded."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rudong_rules.frame.bits import bits, columns_of, columns_with, sides, size
from rudong_rules.frame.circuit import ALWAYS, NEVER, Circuit, Node

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
    found = plan.run(bits(frame.select(columns_of(plan.inputs))), size(frame.height))
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
