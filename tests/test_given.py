"""A case of bare facts is turned into rails as it is; every other case is read first.  Both ways say the same."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import rudong_rules
from rudong_rules import CaseError, Interview
from rudong_rules.engines.fixpoint import least_model

POLICY = rudong_rules.load()
VOCABULARY = POLICY.rules.vocabulary
CHOICES = {name: list(scalar.options) for name, scalar in VOCABULARY.scalars.items() if scalar.type == "choice"}
BARE: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from([*VOCABULARY.findings, *CHOICES]), st.none(), max_size=40
).flatmap(
    lambda names: st.fixed_dictionaries(
        {name: st.sampled_from(CHOICES[name]) if name in CHOICES else st.booleans() for name in names}
    )
)


@given(BARE)
def test_bare_facts_make_known_what_the_case_read_from_them_does(case: dict[str, Any]) -> None:
    read = POLICY.reader.read(case)
    for question in POLICY.questions.values():
        known = question.asked.bare.rails(case)
        # What says something of the decision that does not ask for it, and may be denied unseen, is read.
        assert (known is None) == any(name in VOCABULARY.findings.keys() - question.asked.bare.true for name in case)
        assert known in (None, POLICY.rails.known(read, question.asked, None).claimed)


@given(BARE)
def test_the_short_way_of_bare_facts_leads_to_the_same_model(case: dict[str, Any]) -> None:
    for name, question in POLICY.questions.items():
        known = question.asked.bare.rails(case)
        if known is not None:
            verdict = POLICY.decide(case, name)
            assert verdict.known.claimed == known | question.default_rails
            assert verdict.models.claimed == least_model(question.program, verdict.known.claimed)


@pytest.mark.parametrize(
    "case",
    [
        {"title": "a title"},
        {"as_of": "2026-01-01"},
        {"出于公心": True},
        {"public_spirit": 1},
        {"public_spirit": "true"},
        {"public_spirit": None},
        {"public_spirit": {"value": True}},
        {"employment": "nobody"},
        {"employment": True},
        {"loss": ["none"]},
        {"assessment_year": 2025},
        {"events": []},
        {"nothing": True},
        {1: True},
    ],
)
def test_anything_but_bare_facts_by_id_is_read_first(case: dict[Any, Any]) -> None:
    assert POLICY.questions["tolerance"].asked.bare.rails(case) is None


def test_what_the_caller_does_to_the_case_afterwards_does_not_change_the_verdict() -> None:
    case: dict[str, Any] = {"employment": "dispatched", "exercises_functions": False}
    verdict = POLICY.decide(case, "tolerance")
    before = POLICY.decide(dict(case), "tolerance").to_json()
    case["exercises_functions"] = True
    case["nonsense"] = object()
    assert verdict.to_json() == before


def test_a_verdict_that_was_sent_elsewhere_is_on_the_case_as_it_was() -> None:
    case: dict[str, Any] = {"employment": "established", "honours": {"complete": True, "entries": []}}
    verdict = POLICY.decide(case, "honours")
    case["honours"]["entries"].append({"kind": "praise"})
    again = pickle.loads(pickle.dumps(verdict))
    assert again.given.case.honours.entries == ()
    assert again.to_json() == verdict.to_json()


def test_what_the_caller_does_to_an_answer_afterwards_is_no_answer() -> None:
    interview, answer = Interview(POLICY, "honours"), {"complete": True, "entries": list[Any]()}
    interview.answer("honours", answer)
    answer["entries"].append("nothing")  # type: ignore[attr-defined]
    interview.case["honours"]["entries"].append("nothing")
    assert interview.case == {"honours": {"complete": True, "entries": []}}


def test_a_day_asked_for_is_the_day_of_the_verdict() -> None:
    day = date(2026, 1, 31)
    assert POLICY.decide({"employment": "dispatched"}, "tolerance", as_of=day).as_of == "2026-01-31"
    assert POLICY.decide({"employment": "dispatched"}, "tolerance").as_of is None


REVOKED = {
    "kind": "transfer",
    "matter": "unfit",
    "decided_on": "2025-06-01",
    "revoked": False,
    "revoked_on": "2026-01-01",
}


@pytest.mark.parametrize(
    ("case", "code", "said"),
    [
        ({"excellent_count": 50, "assessed_count": 40}, "impossible", "excellent_count: 50 is more than"),
        (
            {"assessments": [{"year": 2025, "grade": grade} for grade in ("excellent", "incompetent")]},
            "entry-twice",
            "year",
        ),
        ({"as_of": "2026-02-01", "adjustments": [REVOKED]}, "impossible", "adjustments.entries.0.revoked: "),
    ],
)
def test_what_cannot_be_true_is_no_case_however_it_is_made(case: dict[str, Any], code: str, said: str) -> None:
    with pytest.raises(CaseError) as caught:
        POLICY.decide(case, "adjustment")
    assert [problem.code for problem in caught.value.problems] == [code]
    with pytest.raises(ValidationError, match=said):
        POLICY.Case.model_validate(case)


@pytest.mark.parametrize(
    "change",
    [
        {"employment": "nobody"}, {"criminal_liability": "yes"}, {"as_of": "2026-99-99"}, {"assessed_count": object()},
        {"assessments": [{"year": 2025}, {"year": 2025}]}, {"excellent_count": 50}, {"criminal_liabilty": True},
    ],
)  # fmt: skip
def test_a_case_that_was_copied_with_other_values_is_read_anew(change: dict[str, Any]) -> None:
    case = POLICY.Case.model_validate({"employment": "established", "assessed_count": 40})
    again = POLICY.decide(case.model_copy(update={"assessments": []}), "adjustment").given.case
    assert again == POLICY.reader.read({"employment": "established", "assessed_count": 40, "assessments": []})
    with pytest.raises(CaseError):
        POLICY.decide(case.model_copy(update=change), "adjustment")


def test_a_fact_that_a_copy_gives_under_its_label_counts() -> None:
    label = VOCABULARY.findings["other_exclusion"].label
    case = POLICY.Case.model_validate({"employment": "established", "report_untrue": False})
    assert POLICY.decide(case.model_copy(update={label: True}), "tolerance").outcome == "not_tolerated"
