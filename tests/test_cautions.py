"""A conclusion that is a caution: a verdict warns of it when it holds, with its clauses; `why` tells its ground."""

from __future__ import annotations

from typing import Any, Literal

import pytest

import rudong_rules
from rudong_rules import explain
from rudong_rules.explain_data import WhyData
from rudong_rules.explanations import Why
from rudong_rules.render import document, markdown
from rudong_rules.render_explain import document as explained
from rudong_rules.verdict_data import VerdictData

POLICY = rudong_rules.load()
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


def test_every_caution_of_the_regulations_is_named() -> None:
    cautions = {name for name, one in POLICY.rules.conclusions.items() if one.caution}
    assert cautions == {
        "recognition_against_text", "lenience_without_ground", "refused_on_protected_alone", "untrue_report_not_listed",
    }  # fmt: skip
