"""A reading that is left open is named where it can still make a difference, with what comes of each option."""

from __future__ import annotations

from pathlib import Path

import pytest

import rudong_rules
from good import GOOD, THIRD_LEAVE, copy_of_good
from rudong_rules import Verdict, VerdictData
from rudong_rules.layout import markdown, text
from rudong_rules.render import document
from rudong_rules.source import read_document
from rudong_rules.wording import Lang

POLICY = rudong_rules.load()
EXAMPLES = Path(__file__).parents[1] / "examples" / "cases"
ELIGIBLE, BARRED, TOLERATED = "01_eligible_pilot", "11_bar_beats_merit", "13_exempted_error_is_no_ground"


def decided(example: str, decision: str, *left_open: str) -> Verdict:
    case = read_document(EXAMPLES / f"{example}.yaml").data
    return POLICY.decide(case, decision, readings=dict.fromkeys(left_open))


def ways(verdict: Verdict) -> dict[str, dict[str, str | None]]:
    """What each option of each reading comes to."""
    return {
        one.id: {way.option: way.outcome.outcome if way.outcome else None for way in one.options}
        for one in verdict.left_open
    }


def test_a_reading_that_keeps_an_outcome_open_is_named_with_what_its_options_come_to() -> None:
    verdict = decided(BARRED, "promotion", "bar_last_day")
    assert (verdict.outcome, verdict.missing) == (None, ())
    assert ways(verdict) == {"bar_last_day": {"barred": "barred", "free": None}}


def test_two_readings_of_which_neither_settles_it_alone_are_both_named() -> None:
    verdict = decided(ELIGIBLE, "tolerance", "act_without_decision", "opening_requirements")
    assert ways(verdict) == {
        "opening_requirements": {"definition": None, "further": None},
        "act_without_decision": {"met": None, "unknown": None, "unmet": "not_met"},
    }
    assert ways(decided(ELIGIBLE, "tolerance", "act_without_decision"))["act_without_decision"]["met"] == "may_tolerate"


@pytest.mark.parametrize(
    ("example", "decision", "reading"),
    [
        (ELIGIBLE, "tolerance", "bar_last_day"),
        (TOLERATED, "adjustment", "grounds_protected"),
        (ELIGIBLE, "tolerance", ""),
    ],
    ids=["of another decision", "of no matter to this case", "none"],
)
def test_a_reading_on_which_nothing_turns_is_not_named(example: str, decision: str, reading: str) -> None:
    verdict = decided(example, decision, *filter(None, [reading]))
    assert verdict.left_open == ()
    assert "left_open" not in verdict.to_json()


def test_a_profile_names_what_turns_on_a_reading() -> None:
    """Its periods too, whose days no gate tells."""
    verdict = decided(BARRED, "promotion_bar", "bar_start")
    (one,) = verdict.left_open
    assert [thing.name for thing in one.turns if thing.name in verdict.question.decision.periods] == [
        "no_promotion_period"
    ]


def test_a_reading_on_which_a_period_alone_depends_is_named_for_it(tmp_path: Path) -> None:
    another = "whose_leave:\n" + (GOOD / "leave" / "readings.yaml").read_text(encoding="utf-8").split("\n", 1)[1]
    asked = "{by_reading: {whose_leave: {counts: {approved: true}, does_not: {}}}}"
    changes = [
        ("leave/readings.yaml", "third_leave:", f"{another}third_leave:"),
        ("leave/decisions.yaml", "where: {approved: true}", f"where: {asked}"),
    ]
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies", changes))
    leave = {"kind": "sick", "start": "2025-02-03", "days": 2, "approved": False}
    case = THIRD_LEAVE | {"leaves": {"complete": True, "entries": [leave]}}
    (one,) = policy.decide(case, "grant", readings={"whose_leave": None}).left_open
    assert (one.id, len(one.turns)) == ("whose_leave", 1)
    assert not any("whose_leave" in atom for atom in policy.questions["grant"].program.index)


LINES: dict[Lang, list[str]] = {
    "zh": [
        "届满之日（对应日）当天是否仍不得提拔？〔bar_last_day〕",
        "仍不得〔barred〕 → 影响期内，不得提拔或不得担任高于原职务层次的职务",
        "已可以〔free〕 → 尚不能得出结论",
        "随之而定：能上能下第十一条的限制及于本次拟任",
    ],
    "en": [
        "Is the corresponding day itself still barred?〔bar_last_day〕",
        "still barred〔barred〕 → barred while the bar of mobility article 11 runs",
        "free on it〔free〕 → undetermined",
        "turns on it: a bar of mobility article 11 reaches this move",
    ],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_shown_in_text_in_markdown_and_on_a_page(lang: Lang) -> None:
    verdict = decided(BARRED, "promotion", "bar_last_day")
    sections = document(verdict.data, lang)
    title = {"zh": "存疑的解释", "en": "Readings left open"}[lang]
    (found,) = [section for section in sections if section.title == title]
    assert [line.text for line in found.lines] == LINES[lang]
    page = verdict.to_html(lang=lang)
    for told in (text(sections), markdown(sections), page):
        assert title in told
    assert LINES[lang][1].partition(" → ")[2] in page


@pytest.mark.parametrize(
    ("example", "decision", "reading", "turns"),
    [
        ("02_barred_gain", "tolerance", "veto", {"veto": ["vetoed"]}),
        (TOLERATED, "adjustment", "general_procedure",
         {"general_procedure": ["verify", "propose_where_adjusted", "decide_collectively"]}),
        ("02_barred_gain", "tolerance", "some_loss", {}),
    ],
    ids=["a conclusion", "duties", "nothing"],
)  # fmt: skip
def test_beside_an_outcome_a_reading_is_named_for_what_turns_on_it(
    example: str, decision: str, reading: str, turns: dict[str, list[str]]
) -> None:
    """The outcome stands whatever is chosen, and no option tells it again."""
    verdict = decided(example, decision, reading)
    assert verdict.outcome
    assert {one.id: [thing.name for thing in one.turns] for one in verdict.left_open} == turns
    assert not any("〕 → " in line.text for section in document(verdict.data) for line in section.lines)


def test_an_option_comes_to_nothing_on_facts_that_are_denied() -> None:
    organs = [{"value": True, "determined_by": "甲"}, {"value": False, "determined_by": "乙"}]
    case = {"employment": "established", "report_untrue": False, "political_problem": organs}
    (one,) = POLICY.decide(case, "tolerance", readings={"veto": None}).left_open
    assert [way.outcome for way in one.options] == [None, None]


def test_it_is_kept_as_json() -> None:
    verdict = decided(BARRED, "promotion", "bar_last_day")
    assert VerdictData.model_validate_json(verdict.to_json()) == verdict.data


@pytest.mark.parametrize("show", ["to_markdown", "to_html"])
def test_why_it_is_open_names_the_reading_too(show: str) -> None:
    told = getattr(decided(BARRED, "promotion", "bar_last_day").why(), show)()
    assert "存疑的解释" in told
    assert LINES["zh"][1].partition(" → ")[2] in told
