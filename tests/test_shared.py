"""One policy for many: threads, forked and spawned processes, and what is pickled on the way."""

from __future__ import annotations

import multiprocessing
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import rudong_rules
from good import GOOD, THIRD_LEAVE
from rudong_rules import Policy
from rudong_rules.errors import CaseError
from rudong_rules.record import rule_digests

POLICY = rudong_rules.load(GOOD)
CASES: tuple[dict[str, Any], ...] = (
    {},
    {"ill": True},
    {"ill": True, "employment": "temporary"},
    THIRD_LEAVE,
    {**THIRD_LEAVE, "days_asked": 40},
)


def outcomes(policy: Policy) -> list[str]:
    """Everything that a policy says of the cases."""
    return [policy.decide(case).to_json() for case in CASES]


EXPECTED = outcomes(POLICY)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_policy_comes_back_from_a_pickle_by_digest(protocol: int) -> None:
    again = pickle.loads(pickle.dumps(POLICY, protocol))
    assert rule_digests(again) == rule_digests(POLICY)
    assert outcomes(again) == EXPECTED


@pytest.mark.parametrize("case", CASES)
def test_a_case_a_verdict_and_an_opinion_come_back_from_a_pickle(case: dict[str, Any]) -> None:
    read = POLICY.reader.read(case)
    again = pickle.loads(pickle.dumps(read))
    assert again.model_dump(exclude_unset=True) == read.model_dump(exclude_unset=True)
    assert POLICY.decide(again).to_json() == POLICY.decide(case).to_json()
    opinion = POLICY.decide(case)
    for worked_out in (False, True):
        if worked_out:
            assert opinion.data
        assert pickle.loads(pickle.dumps(opinion)).to_json() == POLICY.decide(case).to_json()
        verdict = opinion["grant"]
        assert pickle.loads(pickle.dumps(verdict)).to_json() == verdict.to_json()
        assert pickle.loads(pickle.dumps(verdict.data)) == verdict.data


def test_a_case_of_another_vocabulary_is_refused_after_a_pickle_too() -> None:
    other = pickle.loads(pickle.dumps(rudong_rules.load().reader.read({"title": "x"})))
    with pytest.raises(CaseError, match="a case is a mapping of facts"):
        POLICY.decide(other)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_say_what_this_one_says(method: str) -> None:
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(outcomes, [POLICY] * 4) == [EXPECTED] * 4


def test_threads_on_a_new_policy_say_what_one_thread_says() -> None:
    """Everything is worked out lazily, so the first decisions are where threads could meet."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for _ in range(5):
            policy = pickle.loads(pickle.dumps(POLICY))
            with ThreadPoolExecutor(8) as pool:
                assert list(pool.map(outcomes, [policy] * 16)) == [EXPECTED] * 16
    finally:
        sys.setswitchinterval(before)


def test_a_policy_cannot_be_changed_through_what_it_shows() -> None:
    for shown in (POLICY.regulations, POLICY.headers, POLICY.questions, POLICY.readings()):
        with pytest.raises(TypeError):
            shown["x"] = None  # type: ignore[index]
