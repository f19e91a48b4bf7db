"""A grid decided in one pass is the grid decided row by row."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laws.strategies import OPTIONS, POLICY, VALUES, Asked, asked
from rudong_rules.vocabulary import Scalar

_SCALARS = POLICY.rules.vocabulary.scalars


def _in_one_pass(name: str) -> bool:
    scalar: Scalar | None = _SCALARS.get(name)
    return name in POLICY.rules.vocabulary.findings or (scalar is not None and scalar.type == "choice")


@st.composite
def grids(draw: st.DrawFn) -> tuple[Asked, dict[str, list[Any]]]:
    """A question, and axes of facts that it uses and of readings."""
    one = draw(asked(disputed=True))
    question = POLICY.questions[one.decision]
    behind = (question.glossary.facts_behind(question.program.atoms[atom]) for atom in question.inputs)
    facts = [fact for names in behind for fact in names if _in_one_pass(fact)]
    names = draw(st.lists(st.sampled_from(facts or ["gain_self"]), unique=True, min_size=1, max_size=3))
    grid: dict[str, list[Any]] = {name: [*VALUES[name], None] for name in names}
    if draw(st.booleans()):
        reading = draw(st.sampled_from(sorted(OPTIONS)))
        grid[f"reading:{reading}"] = [*OPTIONS[reading], None]
    return one, grid


@settings(max_examples=60)
@given(grids())
def test_both_ways_give_the_same_table(made: tuple[Asked, dict[str, list[Any]]]) -> None:
    one, grid = made
    quick = POLICY.scenarios(one.case, grid, one.decision, readings=one.readings)
    with patch("rudong_rules.grids.axis_of", return_value=None):
        slow = POLICY.scenarios(one.case, grid, one.decision, readings=one.readings)
    columns = (
        *grid,
        "outcome",
        "label",
        "modality",
        "cautions",
    )  # What is missing is searched for in the same way by both.
    assert [[row[name] for name in columns] for row in quick] == [[row[name] for name in columns] for row in slow]


def test_a_grid_of_findings_is_decided_in_one_pass() -> None:
    with patch.object(type(POLICY), "decide", side_effect=AssertionError("row by row")):
        grid = POLICY.scenarios({}, {"gain_self": [True, False]}, "tolerance")
        assert len({row["outcome"] for row in grid}) == 1
        with pytest.raises(AssertionError, match="row by row"):
            POLICY.scenarios({}, {"as_of": ["2025-01-01"]}, "tolerance")
