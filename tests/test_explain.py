"""Why, why not, what if and ask, in the library and on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

import rudong_rules
from commands import Command
from rudong_rules import CaseError, Interview, what_if, why, why_not
from rudong_rules.explanations import WhatIf, Why, WhyNot
from rudong_rules.source import read_document

CASES = Path(__file__).parents[1] / "examples" / "cases"
POLICY = rudong_rules.load()


def test_a_why_holds_one_ground_and_full_all() -> None:
    case = {
        "employment": "established", "report_untrue": False, "fault_exists": True, "criminal_liability": True,
        "other_exclusion": True,
    }  # fmt: skip
    brief, full = (why(POLICY, case, "tolerance", full=full) for full in (False, True))
    assert brief.outcome is not None
    assert brief.outcome.outcome == "not_tolerated"
    assert "other_exclusion" not in brief.model_dump_json()
    assert "other_exclusion" in full.model_dump_json()
    assert brief.steps + brief.hidden == full.steps


def test_a_why_not_names_the_fact_that_would_have_had_to_be_different() -> None:
    case = read_document(CASES / "01_eligible_pilot.yaml").data
    barred = {**case, "为单位谋取不正当利益": True}
    found = why_not(POLICY, barred, "tolerance", "may_tolerate")
    assert (found.state, found.unknown.ways, found.different.complete) == ("false", (), True)
    first = found.different.ways[0].needs
    assert [(need.name, need.values[0].value, need.now[0].value) for need in first] == [("gain_unit", "false", "true")]
    assert WhyNot.model_validate_json(found.model_dump_json()) == found


def test_what_is_known_of_one_choice_says_nothing_of_another() -> None:
    case = read_document(CASES / "03_not_met_arbitrary.yaml").data
    given = {POLICY.reader.names[name] for name in case}
    ways = why_not(POLICY, case, "tolerance", "may_tolerate").different.ways
    unknown = [need for way in ways for need in way.needs if need.name not in given]
    assert {need.name for need in unknown} & {name for name, s in POLICY.rules.vocabulary.scalars.items() if s.options}
    assert all(need.now == () for need in unknown)


def test_a_why_not_of_the_outcome_says_that_it_holds() -> None:
    case = read_document(CASES / "01_eligible_pilot.yaml").data
    assert why_not(POLICY, case, "tolerance", "may_tolerate").state == "true"


def test_an_unknown_outcome_is_refused_with_a_hint() -> None:
    with pytest.raises(CaseError, match="did you mean may_tolerate"):
        why_not(POLICY, {}, "tolerance", "may_tolarate")


def test_a_what_if_tells_what_moved_and_through_which_steps() -> None:
    case = read_document(CASES / "01_eligible_pilot.yaml").data
    found = what_if(POLICY, case, "tolerance", {"gain_unit": True})
    assert found.outcome is not None
    assert found.outcome_after is not None
    assert (found.outcome.outcome, found.outcome_after.outcome) == ("may_tolerate", "not_met")
    assert {"gain_unit", "condition_2"} <= {one["name"] for one in _all(found.model_dump()["gained"])}
    assert [one.name for one in found.moved if one.what == "profile"] == ["condition_2"]


def _all(nodes: list[dict]) -> list[dict]:  # type: ignore[type-arg]
    return [one for node in nodes for one in (node, *_all(list(node["because"])))]


def test_a_what_if_of_nothing_moves_nothing() -> None:
    case = read_document(CASES / "15_career_of_five_years.yaml").data
    for decision in POLICY.questions:
        found = what_if(POLICY, case, decision, {})
        assert (found.moved, found.gained, found.lost) == ((), (), ())


def test_a_reading_and_the_day_can_be_changed() -> None:
    case = read_document(CASES / "10_adjustment_two_years.yaml").data
    found = what_if(POLICY, case, "adjustment", {"reading:gap_year": None, "as_of": "2030-01-01"})
    assert found.as_of_after == "2030-01-01"
    assert [change.name for change in found.changes] == ["reading:gap_year", "as_of"]


def test_an_interview_goes_back_and_resumes() -> None:
    interview = Interview(POLICY, "tolerance")
    first = interview.next()
    assert first is not None
    interview.not_known(first.fact)
    second = interview.next()
    assert second is not None
    assert second.fact != first.fact
    resumed = Interview(POLICY, "tolerance", interview.case).next()
    assert resumed == second
    assert interview.back()
    assert interview.next() == first
    assert not interview.back()


def test_an_answer_that_cannot_be_is_not_taken() -> None:
    interview = Interview(POLICY, "tolerance")
    with pytest.raises(CaseError):
        interview.answer("employment", "nobody")
    assert interview.case == {}


# --- on the command line ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "model"),
    [
        ("why 02_barred_gain.yaml -d tolerance", Why),
        ("why-not 02_barred_gain.yaml may_tolerate -d tolerance", WhyNot),
        ("what-if 02_barred_gain.yaml -d tolerance -s reform_pretext=false", WhatIf),
    ],
)
def test_the_commands_print_in_every_form(words: str, model: type[Why], command: Command) -> None:
    words = words.replace("reform_pretext", "以改革创新为名")
    found = model.model_validate_json(command.done(f"{words} -f json", CASES))
    assert found.outcome is not None
    for form in ("text", "md"):
        assert found.outcome.label in command.done(f"{words} -f {form} --full", CASES)
        assert found.outcome.en in command.done(f"{words} -f {form} --lang en", CASES)


def test_a_change_that_is_none_is_refused(command: Command) -> None:
    outcome = command("what-if 02_barred_gain.yaml -d tolerance -s nothing --lang en", CASES)
    assert outcome.code == 2
    assert outcome.err == "--set: bad-change: 'nothing' is no change\n  hint: write FACT=VALUE, each fact once\n"
