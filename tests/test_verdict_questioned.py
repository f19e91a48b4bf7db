"""A verdict explains itself: its own case, day and readings, whatever became of what it was made of."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from typing import Any

import pytest

import rudong_rules
from rudong_rules import CaseError, UnknownNameError, Verdict, robustness, what_if, why, why_not
from told import TRANSFERRED

POLICY = rudong_rules.load()
BARRED: dict[str, Any] = {**TRANSFERRED, "as_of": "2030-01-01"}
ASKED: dict[str, Any] = {"as_of": date(2026, 3, 1), "readings": {"bar_last_day": "free"}}
"""The day and the readings that are asked for are not the case's own, nor the defaults; both matter."""


def verdict() -> Verdict:
    return POLICY.decide(BARRED, "promotion_bar", **ASKED)


def test_a_verdict_explains_itself_as_it_was_decided() -> None:
    found = verdict()
    assert (found.outcome, found.as_of) == ("free", "2026-03-01")
    assert found.why() == why(POLICY, BARRED, "promotion_bar", **ASKED) != why(POLICY, BARRED, "promotion_bar")
    assert found.why(full=True) == why(POLICY, BARRED, "promotion_bar", full=True, **ASKED) != found.why()
    for full in (False, True):
        other = why_not(POLICY, BARRED, "promotion_bar", "no_promotion", full=full, **ASKED)
        assert found.why_not("no_promotion", full=full) == other
    assert found.robustness() == robustness(POLICY, BARRED, "promotion_bar", **ASKED)
    assert {one.option for one in found.robustness().turns} >= {"barred"}


@pytest.mark.parametrize(
    "changes",
    [
        {}, {"as_of": None}, {"as_of": "2026-02-28"}, {"as_of": datetime(2026, 2, 28)}, {"adjustments": None},
        {"reading:bar_last_day": "barred"}, {"reading:bar_start": "removal", "as_of": "2026-03-09"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("full", [False, True])
def test_a_verdict_says_what_a_change_of_its_own_case_comes_to(changes: dict[str, Any], full: bool) -> None:
    found = verdict().what_if(changes, full=full)
    assert found == what_if(POLICY, BARRED, "promotion_bar", changes, full=full, **ASKED)
    assert (found.as_of, found.outcome and found.outcome.outcome) == ("2026-03-01", "free")


def test_what_becomes_of_the_mapping_afterwards_is_none_of_its_business() -> None:
    case: dict[str, Any] = {"employment": "established", "criminal_liability": True, "report_untrue": False}
    found = POLICY.decide(case, "tolerance")
    kept = why(POLICY, dict(case), "tolerance")
    case["criminal_liability"] = False
    assert found.why() == kept
    assert found.what_if({}).outcome == kept.outcome


def test_it_still_explains_itself_in_another_process() -> None:
    again: Verdict = pickle.loads(pickle.dumps(verdict()))
    assert again == verdict()
    assert again.why() == verdict().why()
    assert again.what_if({"as_of": "2026-02-28"}) == verdict().what_if({"as_of": "2026-02-28"})


def test_what_it_does_not_know_it_refuses() -> None:
    with pytest.raises(UnknownNameError, match="no_promotions"):
        verdict().why_not("no_promotions")
    with pytest.raises(CaseError, match="no_such_fact"):
        verdict().what_if({"no_such_fact": True})


def test_each_verdict_of_an_opinion_explains_itself() -> None:
    opinion = POLICY.decide(BARRED, **ASKED)
    assert opinion["promotion_bar"].why() == verdict().why()
