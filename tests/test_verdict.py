"""A verdict as it is handed over: facts with their state and sources, the ends of periods, the bytes of its JSON."""

from __future__ import annotations

import json
import pickle
import re
from datetime import date
from typing import Any

import pytest

import rudong_rules
from good import GOOD
from rudong_rules import UnknownNameError

POLICY, LEAVE = rudong_rules.load(), rudong_rules.load(GOOD)
DISPUTED: dict[str, Any] = {
    "public_spirit": [
        {"value": True, "determined_by": "政治部"},
        {"value": False, "determined_by": "派驻纪检组", "evidence": "谈话笔录"},
    ],
    "responsible": True,
}


def barred(**more: Any) -> dict[str, Any]:
    """A case of one person adjusted, of whom nothing else is known."""
    entry = {"matter": "unfit", "kind": "transfer", "on_exempted_error": False, "revoked": False, **more}
    return {"as_of": "2024-06-01", "adjustments": {"complete": True, "entries": [entry]}}


def test_a_fact_tells_its_names_its_question_its_state_and_who_says_so() -> None:
    fact = POLICY.decide(DISPUTED, "tolerance").fact("public_spirit")
    finding = POLICY.rules.vocabulary.findings["public_spirit"]
    assert (fact.name, fact.label, fact.en) == ("public_spirit", finding.label, finding.en)
    assert fact.question == finding.question
    assert fact.state == "contradicted"
    assert [(one.value, one.determined_by, one.evidence) for one in fact.sources] == [
        ("true", "政治部", ""),
        ("false", "派驻纪检组", "谈话笔录"),
    ]


@pytest.mark.parametrize(
    ("case", "state"),
    [
        ({}, "unknown"),
        ({"public_spirit": True, "responsible": True}, "unknown"),
        ({"public_spirit": False}, "false"),
        (DISPUTED, "contradicted"),
    ],
)
def test_a_conclusion_has_the_state_of_what_it_rests_on_and_no_sources(case: dict[str, Any], state: str) -> None:
    fact = POLICY.decide(case, "tolerance").fact("condition_2")
    assert fact.state == state
    assert fact.sources == ()


def test_a_name_that_the_decision_does_not_use_has_no_state() -> None:
    with pytest.raises(KeyError, match="decision 'tolerance' uses nothing called 'promotion_barred'"):
        POLICY.decide({}, "tolerance").fact("promotion_barred")


def test_verdicts_are_equal_when_decision_case_day_readings_and_rules_are() -> None:
    case = {"gain_self": True, "as_of": "2026-01-01"}
    verdict = POLICY.decide(case, "tolerance")
    label, day = POLICY.reader.labels.labelled(case), date(2026, 1, 1)
    for same in (
        POLICY.decide(label, "tolerance"), POLICY.decide(case, "容错认定", as_of=day), POLICY.decide(case)["tolerance"],
        pickle.loads(pickle.dumps(verdict)), rudong_rules.load().decide(case, "tolerance"),
    ):  # fmt: skip
        assert same is not verdict
        assert (same, hash(same), same.data) == (verdict, hash(verdict), verdict.data)
    others = [
        POLICY.decide(case, "disposition"), POLICY.decide({**case, "gain_self": False}, "tolerance"),
        POLICY.decide(case, "tolerance", as_of=date(2026, 1, 2)), LEAVE.decide({}, "grant"),
        POLICY.decide(case, "tolerance", readings={"main_basis": None}),
    ]  # fmt: skip
    assert len({verdict, *others}) == 6
    assert verdict != verdict.data
    assert POLICY.decide(case) == POLICY.decide(label)
    assert hash(POLICY.decide(case)) == hash(POLICY.decide(label))
    assert POLICY.decide(case) != POLICY.decide({})


def test_a_fact_of_a_verdict_is_named_by_id_or_label() -> None:
    verdict = POLICY.decide({"gain_self": True}, "tolerance")
    assert verdict.fact(verdict.fact("gain_self").label) == verdict.fact("gain_self")
    assert verdict.fact("gain_self").state == "true"
    with pytest.raises(UnknownNameError, match="did you mean gain_self"):
        verdict.fact("gain_sef")
    inner = next(name for name in verdict.question.program.index if "#" in name)
    with pytest.raises(UnknownNameError):
        verdict.fact(inner)


def test_a_contradicted_fact_is_to_be_found_out_as_such() -> None:
    said = [{"value": True, "determined_by": "甲"}, {"value": False, "determined_by": "乙"}]
    verdict = POLICY.decide({"employment": "established", "criminal_liability": said}, "tolerance")
    states = {fact.name: fact.state for fact in verdict.missing}
    assert verdict.status == "contradicted"
    assert states["criminal_liability"] == "contradicted"
    # What only follows from it is as contradicted as it is; nothing else is.
    follow = {name for name, _ in POLICY.rules.vocabulary.follows()["criminal_liability", True]}
    assert {name for name, state in states.items() if state == "contradicted"} - follow == {"criminal_liability"}
    assert {states[name] for name in follow & states.keys()} == {"contradicted"}
    assert all(verdict.fact(name).state == states[name] for name in follow & states.keys())
    assert {state for name, state in states.items() if name not in {"criminal_liability", *follow}} == {"unknown"}


def test_what_all_options_of_a_reading_say_is_not_asked_for_once_one_is_taken() -> None:
    """Whether collective decision was set aside settles an exclusion with five more facts, not with what others ask."""
    needed = {fact.name: fact.settles_with for fact in POLICY.decide({}, "tolerance").missing}
    assert needed["no_collective"] == 6


@pytest.mark.parametrize(
    ("reading", "first", "last"),
    [
        ("decision", "2024-01-31", "2025-01-31"),
        ("announcement", "2024-02-29", "2025-02-28"),
        ("removal", "2024-03-15", "2025-03-15"),
    ],
)
def test_a_period_begins_where_the_reading_says(reading: str, first: str, last: str) -> None:
    case = barred(decided_on="2024-01-31", announced_on="2024-02-29", removed_on="2024-03-15")
    verdict = POLICY.decide(case, "promotion_bar", readings={"bar_start": reading})
    (period,) = (one for one in verdict.periods if one.id == "no_promotion_period")
    assert (period.first, period.last, period.open_ended) == (first, last, False)


def test_a_period_has_no_days_while_its_reading_is_open_or_its_date_unknown() -> None:
    left_open = POLICY.decide(barred(decided_on="2024-01-31"), "promotion_bar", readings={"bar_start": None})
    undated = POLICY.decide(barred(), "promotion_bar")
    for verdict in (left_open, undated):
        assert {(one.first, one.last) for one in verdict.periods if one.id == "no_promotion_period"} == {("", "")}


@pytest.mark.parametrize(
    ("log", "outcome"),
    [
        ([{"event": "decided", "date": "2024-03-01", "collective": False}], "violated"),
        ([{"event": "started", "date": "2024-03-01"}], "owed"),
        ([], "in_order"),
    ],
)
def test_the_procedure_of_adjustment_names_the_norms_on_formalities_review_and_appeal(log: Any, outcome: str) -> None:
    """第十条（5）, 末段: 按照有关规定, 按照有关法律法规规定的程序."""
    logged = {"complete": True, "entries": log}
    case = {"as_of": "2024-06-01", "adjustment_matter": "unfit", "adjustment_events": logged}
    verdict = POLICY.decide(case, "adjustment_procedure")
    named = [one.label for one in verdict.outside]
    assert (verdict.outcome, named) == (
        outcome,
        ["任免程序、申请复核和提出申诉的有关规定；选举和依法任免的，有关法律法规规定的程序"],
    )


def test_an_outcome_that_speaks_of_other_rules_names_them() -> None:
    """按照有关规定 in a label is told beside it: which rules these are."""
    elsewhere = re.compile("按[^，；：]*规定|有关规定")
    rungs = [rung for decision in POLICY.rules.decisions.values() for rung in decision.ladder.values()]
    assert [rung.label for rung in rungs if elsewhere.search(rung.label) and not rung.outside] == []


def test_the_json_is_sorted_indented_in_plain_characters_and_ends_its_line() -> None:
    verdict = POLICY.decide({"employment": "established"}, "tolerance", as_of=date(2024, 2, 29))
    text = verdict.to_json()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert text.startswith('{\n  "as_of": "2024-02-29",\n')
    assert "容错" in text
