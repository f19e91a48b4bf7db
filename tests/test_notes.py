"""What a verdict tells of the case on its day: what does not count, and lists that are complete no longer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from good import THIRD_LEAVE, copy_of_good
from rudong_rules.interview import Interview
from rudong_rules.render import document
from rudong_rules.verdict_data import VerdictData

POLICY = rudong_rules.load()
CASE: dict[str, Any] = {
    "as_of": "2026-03-16",
    "assessments": {"complete": True, "entries": [{"year": 2025, "grade": "excellent"}, {"year": 2030}]},
    "commendation_consent": {"value": "given", "determined_by": "县委", "determined_on": "2026-03-01"},
    "honours": [{"kind": "commendation", "granted_on": "2027-01-01"}, {"kind": "award"}],
    "incidents": {"complete": True, "entries": []},
}
LATER = "年度考核：{} 以后的不计（考核年度 2030）", "奖励表彰：{} 以后的不计（2027-01-01 的嘉奖）"
OPEN = "年度考核：只说明到 2026-03-16 为止齐全，此后有没有未查明"


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (None, [one.format("2026-03-16") for one in LATER]),
        (date(2026, 3, 16), [one.format("2026-03-16") for one in LATER]),
        (date(2026, 6, 1), [LATER[0].format("2026-06-01"), OPEN, LATER[1].format("2026-06-01")]),
        (date(2030, 1, 1), [OPEN]),
        (date(2026, 2, 1), ["嘉奖报批结果：2026-02-01 以后的认定不计", *(one.format("2026-02-01") for one in LATER)]),
    ],
)  # fmt: skip
def test_a_verdict_says_what_does_not_count_on_its_day_and_which_lists_are_open(
    as_of: date | None, told: list[str]
) -> None:
    verdict = POLICY.decide(CASE, "honours", as_of=as_of)
    assert [one.label for one in verdict.notes] == told
    for lang, heading in (("zh", "注意"), ("en", "Note")):
        (section,) = [one for one in document(verdict.data, lang) if one.title == heading]  # type: ignore[arg-type]
        assert len(section.lines) == len(told)
    assert VerdictData.model_validate_json(verdict.to_json()) == verdict.data
    assert told[0] in verdict.to_html()
    other = next(iter(verdict.question.decision.ladder))
    explained: list[Any] = [verdict.why(), verdict.why_not(other), verdict.robustness()]
    assert all(answer.notes == verdict.notes and told[0] in answer.to_text() for answer in explained)
    assert all(told[0] in answer.to_html() for answer in explained)


def test_of_a_change_the_notes_on_the_verdict_after_it_are_told() -> None:
    changed = POLICY.decide(CASE, "honours").what_if({"honours": None})
    before, after = (one.format("2026-03-16") for one in LATER[::-1])
    assert [one.label for one in changed.notes] == [after, before]
    assert [one.label for one in changed.notes_after] == [after]
    for shown in (changed.to_text(), changed.to_html()):
        assert after in shown
        assert before not in shown


def test_without_anything_to_note_a_verdict_is_written_as_ever() -> None:
    for case, as_of in (({}, None), ({"assessments": CASE["assessments"]}, None), ({**CASE, "honours": []}, None)):
        decision = "honours" if case is not CASE and "as_of" not in case else "tolerance"
        verdict = POLICY.decide(case, decision, as_of=as_of)
        assert verdict.notes == ()
        assert "notes" not in verdict.data.model_dump()
        assert '"notes"' not in verdict.to_json()


ORGAN = {"determined_by": "法院", "determined_on": "2026-01-22"}
WITHOUT = "应承担刑事责任：写了认定主体、日期或者依据，没有写认定的结果，按未查明"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (ORGAN, [WITHOUT]), ({**ORGAN, "value": None}, [WITHOUT]), ({"evidence": "判决书"}, [WITHOUT]),
        ({**ORGAN, "value": True}, []), ({"value": None}, []), (None, []), ({}, []),
        # After what was found before it withdraws that.
        ([{**ORGAN, "value": True}, {"determined_by": "法院", "determined_on": "2026-02-01", "value": None}], []),
    ],
)  # fmt: skip
def test_a_source_without_a_value_says_nothing_and_is_noted(given: Any, told: list[str]) -> None:
    """Whoever forgot the value reads it, also where the outcome does not wait for it."""
    verdict = POLICY.decide({"employment": "established", "criminal_liability": given}, "tolerance")
    assert [one.label for one in verdict.notes] == told


@pytest.mark.parametrize(
    ("given", "noted"),
    [({"complete": True}, True), ({"complete": True, "entries": []}, False), ([], False), ({}, False)],
)
def test_a_complete_list_of_which_no_entries_are_written_is_taken_as_said_and_noted(given: Any, noted: bool) -> None:
    """Whoever forgot them reads it."""
    verdict = POLICY.decide({"adjustments": given, "as_of": "2026-06-30"}, "promotion_bar")
    told = "组织调整：写明已列全，没有写出各项，按一项也没有"
    assert [one.label for one in verdict.notes] == [told] * noted
    assert (verdict.outcome == "free") is (isinstance(given, dict) and "complete" in given)


# --- what has no answer ----------------------------------------------------------------------------------------------


@pytest.fixture
def without_temporary(tmp_path: Path) -> rudong_rules.Policy:
    """The tiny policy whose table says nothing of temporary employment."""
    lacking = ("leave/vocabulary.yaml", "{established: 30, temporary: 15}", "{established: 30}")
    return rudong_rules.load(copy_of_good(tmp_path / "policies", [lacking]))


ONE_LEAVE = {"complete": True, "entries": THIRD_LEAVE["leaves"]["entries"][:1]}
TEMPORARY = THIRD_LEAVE | {"employment": "temporary", "leaves": ONE_LEAVE}


def test_a_question_that_no_fact_can_answer_is_told_and_not_asked_for(without_temporary: rudong_rules.Policy) -> None:
    verdict = without_temporary.decide(TEMPORARY, "grant")
    assert verdict.outcome is None
    assert verdict.missing == ()
    (told,) = (one for one in verdict.notes if "没有给出答案" in one.label)
    assert told.en == (
        "days asked for > table entry for kind of employment: all that it takes is given, and the rules have no "
        "answer; those who may interpret them have to give one"
    )
    assert [one.name for one in verdict.unanswered] == ["days_asked > lookup(table=allowance, key=employment)"]


def test_a_list_that_is_given_whole_is_not_asked_for_again(tmp_path: Path) -> None:
    """Of no leaves there is no last one, and no rule says what holds then."""
    lacking = ("leave/vocabulary.yaml", ", none: 2000-01-01", "")
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies", [lacking]))
    none = {"complete": True, "entries": []}
    verdict = policy.decide(THIRD_LEAVE | {"days_asked": 40, "leaves": none}, "grant")
    assert (verdict.outcome, verdict.missing) == (None, ())
    assert [one.name for one in verdict.unanswered] == ["days_before > 365"]


def test_only_the_options_that_are_taken_are_said_to_have_no_answer(tmp_path: Path) -> None:
    few = "{any: [{measure: days_before, less_than: 200}, {measure: leaves_in_a_year, more_than: 2}]}"
    edits = [
        ("leave/vocabulary.yaml", ", none: 2000-01-01", ""),
        ("leave/rules.yaml", "{measure: leaves_in_a_year, at_least: 2}", "{measure: days_before, less_than: 100}"),
        ("leave/rules.yaml", "{measure: leaves_in_a_year, more_than: 2}", few),
    ]
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies", edits))
    case = THIRD_LEAVE | {"leaves": {"complete": True, "entries": []}}
    assert [one.name for one in policy.decide(case, "grant").unanswered] == ["days_before < 100", "days_before > 365"]
    other = policy.decide(case, "grant", readings={"third_leave": "does_not"})
    assert [one.name for one in other.unanswered] == ["days_before < 200", "days_before > 365"]


NO_ANSWER = "规则没有给出答案"


def test_why_repeats_what_has_no_answer(without_temporary: rudong_rules.Policy) -> None:
    why = rudong_rules.why(without_temporary, TEMPORARY, "grant")
    assert why.notes == without_temporary.decide(TEMPORARY, "grant").notes
    assert [NO_ANSWER in told for told in (why.to_text(), why.to_html(), why.to_markdown())] == [True, True, True]
    assert NO_ANSWER not in rudong_rules.why(without_temporary, THIRD_LEAVE, "grant").to_text()


def test_what_has_no_answer_brings_nothing_about_unless_what_it_reads_were_different(
    without_temporary: rudong_rules.Policy,
) -> None:
    found = rudong_rules.why_not(without_temporary, TEMPORARY, "grant", "may_grant")
    name = "days_asked > lookup(table=allowance, key=employment)"
    assert (found.unknown.ways, found.unknown.complete) == ((), True)
    assert name in [need.name for way in found.different.ways for need in way.needs]


def test_it_is_asked_for_while_something_that_it_reads_is_not_given(without_temporary: rudong_rules.Policy) -> None:
    case = {name: value for name, value in TEMPORARY.items() if name != "days_asked"}
    verdict = without_temporary.decide(case, "grant")
    assert verdict.unanswered == ()
    assert "days_asked" in [one.name for one in verdict.missing]


def test_an_interview_ends_where_no_answer_helps(without_temporary: rudong_rules.Policy) -> None:
    assert list(Interview(without_temporary, "grant", TEMPORARY)) == []
