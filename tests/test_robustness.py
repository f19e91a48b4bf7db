"""Whether a verdict holds however the open questions of the text are read."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

import rudong_rules
from rudong_rules import every_reading, robustness
from rudong_rules.scenarios import read_scenarios
from told import TRANSFERRED

POLICY = rudong_rules.load()


def test_an_outcome_that_rests_on_no_reading_holds_under_all() -> None:
    found = robustness(POLICY, {"employment": "dispatched", "exercises_functions": False}, "tolerance")
    assert found.holds
    assert found.turns == ()
    assert found.outcome is not None
    assert found.outcome.outcome == "out_of_scope"


def test_the_last_day_of_a_bar_turns_with_the_reading_of_it_and_with_no_other() -> None:
    found = robustness(POLICY, TRANSFERRED, "promotion_bar")
    assert not found.holds
    assert [(turn.reading, turn.option, turn.outcome and turn.outcome.outcome) for turn in found.turns] == [
        ("bar_last_day", "free", "free")
    ]


def test_a_day_later_the_other_starts_of_the_bar_turn_it() -> None:
    found = robustness(POLICY, {**TRANSFERRED, "as_of": "2026-03-03"}, "promotion_bar")
    assert {(turn.reading, turn.option) for turn in found.turns} == {
        ("bar_start", "announcement"), ("bar_start", "removal")
    }  # fmt: skip


@pytest.mark.parametrize("day", ["2025-06-01", "2026-02-28", "2026-03-10", "2026-03-11"])
def test_what_holds_holds_under_every_combination(day: str) -> None:
    case = {**TRANSFERRED, "as_of": day}
    outcome = POLICY.decide(case, "promotion_bar").outcome
    names = ("bar_start", "bar_last_day", "longer_effect")
    combinations = product(*(POLICY.rules.readings[name].options for name in names))
    every = {
        POLICY.decide(case, "promotion_bar", readings=dict(zip(names, chosen, strict=True))).outcome
        for chosen in combinations
    }
    assert robustness(POLICY, case, "promotion_bar").holds == (every == {outcome})


def test_nothing_decided_holds_nothing() -> None:
    found = robustness(POLICY, {}, "tolerance")
    assert not found.holds
    assert found.outcome is None


@pytest.mark.parametrize("day", ["2026-02-28", "2026-03-01", "2026-03-03", "2026-03-10"])
def test_every_combination_is_counted_under_its_outcome(day: str) -> None:
    case = {**TRANSFERRED, "as_of": day}
    found = robustness(POLICY, case, "promotion_bar")
    options = [POLICY.rules.readings[name].options for name in found.readings]
    every = [
        POLICY.decide(case, "promotion_bar", readings=dict(zip(found.readings, taken, strict=True))).outcome
        for taken in product(*options)
    ]
    assert found.combinations == len(every)
    counted = {share.outcome and share.outcome.outcome: share.combinations for share in found.outcomes}
    assert counted == {outcome: every.count(outcome) for outcome in every}


def test_options_that_turn_an_outcome_together_do_not_alone() -> None:
    path = Path(__file__).parent / "scenarios" / "adjustment" / "article_7_runs.yaml"
    found = [(one.case, robustness(POLICY, one.case, "adjustment")) for one in read_scenarios(path)]
    sets = [(case, robust, one) for case, robust in found for one in robust.together]
    assert {tuple(each.reading for each in one.options) for _, _, one in sets} >= {("gap_year", "mixed_grades")}
    for case, robust, one in sets:
        taken: dict[str, str | None] = {each.reading: each.option for each in one.options}
        outcome = POLICY.decide(case, "adjustment", readings=taken).outcome
        assert outcome == (one.outcome and one.outcome.outcome)
        for name in taken:
            fewer = {other: option for other, option in taken.items() if other != name}
            kept = POLICY.decide(case, "adjustment", readings=fewer).outcome
            assert kept == (robust.outcome and robust.outcome.outcome)


def test_what_is_counted_is_said_in_one_line() -> None:
    found = robustness(POLICY, {**TRANSFERRED, "as_of": "2026-03-03"}, "promotion_bar")
    told = f"影响结论的解释有 {len(found.readings)} 项，各取其一共有 {found.combinations} 种组合"
    assert sum(one.combinations for one in found.outcomes) == found.combinations > 1
    assert found._repr_markdown_().count(told) == 1
    assert told in found.to_html()
    assert f"readings that bear on the outcome: {len(found.readings)};" in found.to_html("en")


@pytest.mark.parametrize("day", ["2025-06-01", "2026-03-01", "2026-03-03", "2026-03-11"])
def test_of_too_many_combinations_the_options_that_turn_it_alone_are_told(
    day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = {**TRANSFERRED, "as_of": day}
    verdict = POLICY.decide(case, "promotion_bar")
    whole = verdict.robustness()
    monkeypatch.setattr(every_reading, "MAX_COMBINATIONS", 0)
    found = verdict.robustness()
    assert (found.complete, found.combinations, found.outcomes, found.together) == (False, 0, (), ())
    assert {(one.reading, one.option, one.outcome) for one in found.turns} == {
        (one.reading, one.option, one.outcome) for one in whole.turns
    }
    assert found.holds <= whole.holds
    left_open = POLICY.decide(case, "promotion_bar", readings=dict.fromkeys(POLICY.rules.readings))
    assert found.holds == (left_open.outcome == verdict.outcome)
