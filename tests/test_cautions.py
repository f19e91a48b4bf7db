"""A conclusion that is a caution: a verdict warns of it when it holds, with its clauses; `why` tells its ground."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest

import rudong_rules
from rudong_rules import explain
from rudong_rules.explain_data import WhyData
from rudong_rules.explanations import Why
from rudong_rules.layout import markdown
from rudong_rules.render import document
from rudong_rules.render_explain import document as explained
from rudong_rules.trials import attempt, read_all, scenario_files
from rudong_rules.verdict_data import VerdictData

POLICY = rudong_rules.load()
ROOT = Path(__file__).parents[1]
SCENARIOS = ROOT / "tests" / "scenarios"
AGAINST: dict[str, Any] = {
    "employment": "established", "criminal_liability": True, "report_untrue": False, "recognition": "exempted",
}  # fmt: skip
"""The party group tolerates what 三（三）4 excludes."""
ALLOWED = {**AGAINST, "recognition": "refused"}
WARNED = "党组认定予以容错，但不符合容错规定"


def test_a_verdict_warns_that_a_recognition_is_against_the_text_and_cites_what_it_is_against() -> None:
    verdict = POLICY.decide(AGAINST, "disposition")
    (caution,) = verdict.cautions
    assert (verdict.outcome, caution.name, caution.label) == ("exempted", "recognition_against_text", WARNED)
    refs = [one.ref for one in caution.citations]
    assert refs[0] == "tolerance:5.2"
    assert "tolerance:3.3.4" in refs
    # The outcome rests on the recognition alone, and cites no more than before.
    assert "tolerance:3.3.4" not in verdict.cited
    assert "tolerance:3.3.4" in [one.ref for one in verdict.texts]
    assert VerdictData.model_validate_json(verdict.to_json()) == verdict.data


@pytest.mark.parametrize(("lang", "heading"), [("zh", "注意"), ("en", "Note")])
def test_it_stands_below_the_outcome_with_its_own_sign(lang: Literal["zh", "en"], heading: str) -> None:
    data = POLICY.decide(AGAINST, "disposition").data
    top, note, *others = document(data, lang)
    assert (top.level, note.title) == (1, heading)
    (line,) = note.lines
    assert line.mark == "⚠"
    assert "三（三）4" in line.text
    signs = [one.mark for section in others for one in section.lines if data.cautions[0].label in one.text]
    assert signs == (["⚠"] if lang == "zh" else [])
    assert "⚠ " + data.cautions[0].label in markdown(document(data))
    cited = [one.text for section in others for one in section.lines if one.strong]
    assert [one for one in cited if one.endswith("三（三）4")]


def test_a_page_shows_it_and_the_text_of_its_clauses() -> None:
    page = POLICY.decide(AGAINST, "disposition").to_html()
    assert '<section class="notes">' in page
    assert 'class="mark caution"' in page
    assert POLICY.glossary.citation("tolerance:3.3.4").text in page
    assert "须注意" in page
    assert 'class="notes"' not in POLICY.decide(ALLOWED, "disposition").to_html()


def test_an_opinion_points_to_it_where_it_lists_the_outcomes() -> None:
    opinion = POLICY.decide(AGAINST)
    (line,) = [one.text for one in document(opinion.data)[0].lines if one.text.startswith("责任处理")]
    assert line == "责任处理：党组已认定：免除相关责任（⚠ 见“注意”）"


def test_without_a_caution_a_verdict_is_written_as_ever() -> None:
    verdict = POLICY.decide(ALLOWED, "disposition")
    assert verdict.cautions == ()
    assert "cautions" not in verdict.data.model_dump()


@pytest.mark.parametrize("full", [False, True])
def test_why_tells_its_ground(full: bool) -> None:
    found = explain.why(POLICY, AGAINST, "disposition", full=full)
    assert isinstance(found, Why)
    (note,) = [one for one in explained(found, full=full) if one.title == "注意"]
    assert (note.lines[0].mark, note.lines[0].depth) == ("⚠", 0)
    assert any("应承担刑事责任" in one.text for one in note.lines)
    assert "tolerance:3.3.4" in [one.ref for one in found.citations]
    assert WhyData.model_validate_json(found.model_dump_json()).cautions == found.cautions
    assert '<section class="notes">' in found.to_html()
    assert explain.why(POLICY, ALLOWED, "disposition").cautions == ()


VETOED: dict[str, Any] = {
    "employment": "established", "report_untrue": False, "fault_exists": True, "political_problem": True,
    "recognition": "exempted",
}  # fmt: skip
"""What refuses tolerance here, the veto, is an exclusion by reading alone."""


def test_the_readings_on_which_a_caution_rests_are_listed() -> None:
    verdict = POLICY.decide(VETOED, "disposition")
    assert [one.name for one in verdict.cautions] == ["recognition_against_text"]
    assert ("veto", "exclusion") in [(one.id, one.option) for one in verdict.readings]
    assert [one.name for one in verdict.derivation if one.name.startswith("reading:veto")] == []
    listed = [one["id"] for one in json.loads(verdict.to_json())["readings"]]
    assert listed == [one.id for one in verdict.readings]
    question = POLICY.rules.readings["veto"].question
    assert question in markdown(document(verdict.data))
    assert question in verdict.to_html()
    other = POLICY.decide(VETOED, "disposition", readings={"veto": "guideline"})
    assert (other.outcome, other.cautions) == (verdict.outcome, ())
    assert "veto" not in [one.id for one in other.readings]


def test_the_readings_that_are_listed_alone_give_the_same_cautions() -> None:
    seen = 0
    for located in read_all(scenario_files([SCENARIOS], ROOT)):
        verdict = attempt(located, POLICY, "fixpoint").verdict
        if verdict is not None and verdict.cautions:
            seen += 1
            alone = dict.fromkeys(POLICY.rules.readings) | {one.id: one.option for one in verdict.readings}
            again = POLICY.decide(verdict.given.case, verdict.decision, as_of=verdict.as_of, readings=alone)
            assert (again.cautions, again.outcome) == (verdict.cautions, verdict.outcome), located.span
    assert seen > 15


def test_every_caution_of_the_regulations_is_named() -> None:
    cautions = {name for name, one in POLICY.rules.conclusions.items() if one.caution}
    assert cautions == {
        "recognition_against_text", "lenience_without_ground", "recognition_not_as_logged", "untrue_report_not_listed",
        "commendation_refused_on_protected_alone", "merit_refused_on_protected_alone", "grade_on_protected_alone",
        "consent_against_record", "merit_without_consent", "commendation_without_consent",
        "not_untrue_before_established", "incentives_not_yet_in_force",
        "tolerated_error_not_listed", "taken_before_inquiry", "appeal_before_conclusion",
        "mobility_not_yet_in_force", "adjusted_though_not_unfit", "revocation_not_listed",
        "applied_before_decision", "decision_not_listed", "revocation_not_logged", "exempted_error_not_listed",
        "adjusted_before_issue", "barred_before_issue", "pay_before_issue", "steps_before_issue",
        "source_not_of_the_ground",
        "forbidden_conduct", "result_before_year_end", "grade_before_year_end",
        "commendation_without_grade", "merit_without_three_years", "merit_on_used_years",
    }  # fmt: skip


def test_a_grade_refused_on_an_exempted_error_alone_is_told_with_the_clauses_that_protect_it() -> None:
    matters = {"complete": True, "entries": [{"conclusion": "exempted", "decisive_for": ["grade"]}]}
    years = {"complete": True, "entries": [{"year": 2025, "grade": "competent"}]}
    (caution,) = POLICY.decide(
        {"assessment_year": 2025, "assessments": years, "honours": {"complete": True}, "protected_matters": matters},
        "honours",
    ).cautions
    assert (caution.name, [one.short for one in caution.citations]) == (
        "grade_on_protected_alone", ["容错 七（三）", "容错 八（一）"],
    )  # fmt: skip


def test_an_exempted_error_that_the_whole_list_does_not_name_is_told_with_the_clause_that_protects_it() -> None:
    case = {"recognition": "exempted", "protected_matters": {"complete": True, "entries": []}}
    (caution,) = POLICY.decide(case, "honours").cautions
    assert (caution.name, [one.short for one in caution.citations]) == ("tolerated_error_not_listed", ["容错 七（三）"])


_UNFIT = {"kind": "transfer", "matter": "unfit", "decided_on": "2024-01-20", "revoked": False}
_REVOKED = {"event": "revoked", "date": "2024-03-01"}
_DECIDED = {"event": "decided", "date": "2024-01-20", "collective": True}


@pytest.mark.parametrize(
    ("name", "case", "decision", "clauses"),
    [
        ("mobility_not_yet_in_force", {"mobility_issued_on": "2024-07-01"}, "promotion_bar", ["第十六条"]),
        (
            "revocation_not_listed",
            {
                "adjustments": {"complete": True, "entries": [_UNFIT]},
                "adjustment_events": {"complete": True, "entries": [_REVOKED]},
            },
            "promotion_bar", ["第十条末段1"],
        ),
        (
            "adjusted_though_not_unfit",
            {
                "adjustment_matter": "unfit", "unfit_recognition": "fit",
                "adjustment_events": {"complete": True, "entries": [_DECIDED]},
            },
            "adjustment_procedure", ["第十条（2）", "第十条（3）", "第四条"],
        ),
        (
            "applied_before_decision",
            {
                "adjustment_matter": "unfit",
                "adjustment_events": {"complete": True, "entries": [{"event": "appealed", "date": "2024-02-01"}]},
            },
            "adjustment_procedure", ["第十条末段1", "第四条"],
        ),
    ],
)  # fmt: skip
def test_what_of_an_adjustment_does_not_fit_is_told_with_its_clause(
    name: str, case: dict[str, Any], decision: str, clauses: list[str]
) -> None:
    (caution,) = POLICY.decide(case, decision, as_of="2024-06-01").cautions
    assert caution.name == name
    assert [one.short for one in caution.citations] == [f"能上能下 {clause}" for clause in clauses]


def test_a_caution_cites_its_own_clauses_and_its_profile_those_of_the_decision_too() -> None:
    verdict = POLICY.decide({"mobility_issued_on": "2024-07-01"}, "integrity_of_process", as_of="2024-06-01")
    (caution,) = verdict.cautions
    assert tuple(one.ref for one in caution.citations) == ("mobility:16",)
    assert verdict.cited == (*POLICY.rules.clauses["decisions:integrity_of_process"], "mobility:16")
