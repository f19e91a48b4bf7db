"""A verdict as JSON: read back it is the same, and the same case gives the same bytes in every process."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from hypothesis import given, settings

from laws.strategies import POLICY, Asked, asked, some_questions
from rudong_rules import OpinionData, VerdictData

SCRIPT = """
import json, sys, rudong_rules
policy = rudong_rules.load()
for case, decision in json.load(sys.stdin):
    sys.stdout.write(policy.decide(case, decision).to_json())
"""


@given(asked(disputed=True))
def test_a_verdict_comes_back_from_json_as_it_was(question: Asked) -> None:
    verdict = question.decide()
    assert VerdictData.model_validate_json(verdict.to_json()) == verdict.data


@settings(max_examples=settings().max_examples // 5)
@given(asked(disputed=True))
def test_an_opinion_comes_back_from_json_as_it_was(question: Asked) -> None:
    opinion = POLICY.decide(question.case, readings=question.readings, as_of=question.as_of)
    read = OpinionData.model_validate_json(opinion.to_json())
    assert read.verdicts == tuple(verdict.data for verdict in opinion.values())
    assert read.duties == opinion.duties


@given(asked(disputed=True))
def test_the_same_case_gives_the_same_bytes_twice(question: Asked) -> None:
    assert question.decide().to_json() == question.decide().to_json()


def test_the_same_cases_give_the_same_bytes_in_two_processes() -> None:
    questions = some_questions(60, seed=1)
    cases = json.dumps([(question.case, question.decision) for question in questions])
    found = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT], input=cases, capture_output=True, check=True, encoding="utf-8",
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert found[0] == found[1] == "".join(question.decide().to_json() for question in questions)
