"""What settles a duty or a conclusion that is open beside an outcome: said with it, and true."""

from __future__ import annotations

from typing import Any

import pytest

import rudong_rules
from laws.strategies import VALUES
from rudong_rules import Verdict, VerdictData
from rudong_rules.layout import markdown, text
from rudong_rules.render import document
from rudong_rules.verdict_data import DutyState
from rudong_rules.wording import Lang
from told import FORMED, SLANDER

POLICY = rudong_rules.load()
GAIN: dict[str, Any] = {
    "employment": "established", "report_untrue": False, "fault_exists": True, "pretext_reform": True,
    "abuse_for_gain": True, "harmed_interests": True, "public_spirit": False,
}  # fmt: skip


def opened(verdict: Verdict) -> dict[str, tuple[tuple[str, ...], int]]:
    """The names of the nearest facts of what is open, and how many each takes."""
    return {
        one.name: (tuple(fact.name for fact in one.nearest), one.nearest[0].settles_with if one.nearest else 0)
        for one in verdict.open
    }


def test_a_conclusion_that_is_open_beside_an_outcome_says_which_facts_settle_it() -> None:
    verdict = POLICY.decide(GAIN, "tolerance")
    assert verdict.outcome == "not_tolerated"
    found = opened(verdict)
    assert found["condition_6"] == (("grave_consequence", "extremely_bad_effect", "grave_mass_incident"), 1)
    assert set(found) == {fact.name for fact in verdict.profile if fact.state == "unknown"}


def test_a_fact_that_settles_a_conclusion_alone_does() -> None:
    for case in ({}, GAIN, SLANDER):
        for decision in POLICY.questions:
            for one in POLICY.decide(case, decision).open:
                for fact in one.nearest:
                    if one.kind == "conclusion" and fact.settles_with == 1 and fact.name in VALUES:
                        tried = [POLICY.decide({**case, fact.name: value}, decision) for value in VALUES[fact.name]]
                        assert any(verdict.fact(one.name).state != "unknown" for verdict in tried), (decision, one.name)


def test_a_duty_that_is_open_beside_a_violated_one_says_which_fact_settles_it() -> None:
    verdict = POLICY.decide(FORMED, "tolerance_procedure", as_of="2024-04-30")
    assert verdict.outcome == "violated"
    open_ = [duty.id for duty in verdict.duties if duty.state == "open" and duty.modality == "shall"]
    assert open_
    assert all(opened(verdict)[name] == (("events",), 1) for name in open_)
    assert not opened(verdict).keys() & {duty.id for duty in verdict.duties if duty.modality == "may"}


def test_a_duty_of_which_no_fact_tells_says_so() -> None:
    verdict = POLICY.decide(SLANDER, "rights_protection")
    assert verdict.outcome is not None
    found = opened(verdict)
    assert found["feedback_on_report"] == ((), 0)
    assert found["clear_name"] == (("events",), 1)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["待查明：容错纠错程序中发生过哪些事项？记录是否完整？〔events〕", "案情中没有反映是否已办的事实项"]),
        ("en", ["to be found out: Log of the procedure〔events〕", "no fact of a case tells whether it was met"]),
    ],
)
def test_it_is_said_below_the_duty_as_text_as_markdown_and_on_a_page(lang: Lang, said: list[str]) -> None:
    verdict = POLICY.decide(SLANDER, "rights_protection")
    sections = document(verdict.data, lang)
    for shown in (text(sections), markdown(sections), verdict.to_html(lang)):
        assert all(shown.count(one.replace("_", "\\_")) + shown.count(one) for one in said)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "待查明（任何一项即可能查清）：是否直接酿成严重后果？〔grave_consequence〕；"),
        ("en", "to be found out, any one of which may settle it: "),
    ],
)
def test_it_is_said_below_the_conclusion_and_not_beside_the_facts_that_settle_the_outcome(
    lang: Lang, said: str
) -> None:
    def written(case: dict[str, Any], full: bool = False) -> str:
        return markdown(document(POLICY.decide(case, "tolerance").data, lang, full)).replace("\\", "")

    assert said in written(GAIN)
    assert said not in written({})
    assert said in written({}, full=True)


def test_it_is_data_that_comes_back_and_is_left_out_where_there_is_none() -> None:
    data = POLICY.decide(GAIN, "tolerance").data
    assert data.open
    assert VerdictData.model_validate_json(data.model_dump_json()) == data
    assert POLICY.decide(dict(reversed(GAIN.items())), "tolerance").data.model_dump_json() == data.model_dump_json()
    assert '"open":' not in POLICY.decide({}, "mobility_in_force").data.model_dump_json().replace('"open":false', "")


def test_it_is_not_looked_for_before_it_is_asked_for() -> None:
    verdict = POLICY.decide(GAIN, "tolerance")
    assert verdict.outcome
    assert verdict.citations
    assert verdict.duties == ()
    assert "open" not in vars(verdict)


def test_a_fact_that_needs_others_is_none_of_the_nearest() -> None:
    """Whether tolerance was recognized settles it alone; what the matters rest on needs that known beside."""
    verdict = POLICY.decide({"proposed_method": "ordered_resignation"}, "adjustment")
    (one,) = (one for one in verdict.open if one.name == "tolerated_error_not_listed")
    assert ([fact.name for fact in one.nearest], one.more) == (["recognition"], 1)


def test_a_duty_that_is_met_may_be_violated_all_the_same_and_says_so() -> None:
    """Heard after the conclusion, as far as the log goes: whether nobody was heard before it, a complete log tells."""
    steps = [
        {"event": "opened", "date": "2026-01-02"},
        {"event": "recognition", "date": "2026-02-01", "collective": True},
        {"event": "department_heard", "date": "2026-02-10"},
    ]
    case: dict[str, Any] = {
        "as_of": "2026-03-01",
        "employment": "established",
        "report_untrue": False,
        "fault_exists": True,
    }

    def heard(complete: bool) -> tuple[Verdict, DutyState]:
        told = {"events": {"complete": complete, "entries": steps}}
        verdict = POLICY.decide(case | told, "tolerance_procedure")
        return verdict, next(duty for duty in verdict.duties if duty.id == "hear_department")

    verdict, duty = heard(complete=False)
    assert (duty.state, duty.breach_open) == ("done", True)
    assert duty.model_dump()["breach_open"]
    assert [fact.name for one in verdict.open if one.name == "hear_department" for fact in one.nearest] == ["events"]
    for shown, said in (
        (verdict.to_text(), "已办（是否违反未查明）"),
        (verdict.to_html("en"), "not known whether it was violated"),
    ):
        assert said in shown
    verdict, duty = heard(complete=True)
    assert (duty.state, duty.breach_open) == ("breached", False)
    assert "breach_open" not in duty.model_dump()
    assert "hear_department" not in {one.name for one in verdict.open}


def test_of_an_open_outcome_only_what_the_readings_taken_ask_stands_in_the_way() -> None:
    entry = {"kind": "demotion", "matter": "unfit", "decided_on": "2024-03-20"}
    case = {"as_of": "2026-03-20", "adjustments": {"complete": True, "entries": [entry]}}
    told = {
        full: rudong_rules.why_not(POLICY, case, "promotion_bar", "free", full=full).to_text() for full in (False, True)
    }
    assert "自党组决定起" in told[False]
    assert "宣布日期" not in told[False]
    assert "宣布日期" in told[True]
