"""The order in which facts, events and rules are written does not matter."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rudong_rules
from laws.strategies import POLICY, Asked, Facts, asked
from rudong_rules import Policy, Verdict
from rudong_rules.policy import shipped_policies

SHUFFLED = {"rules", "readings", "vocabulary", "decisions"}


# --- facts and events --------------------------------------------------------------------------------------------


@st.composite
def _reordered(draw: st.DrawFn, *, lists: bool) -> tuple[Asked, Asked]:
    """Draw a question and the same with its facts, or the entries of its lists, in another order."""
    question = draw(asked(disputed=True))
    random = draw(st.randoms(use_true_random=False))
    case: Facts = dict(question.case)
    if lists:
        for name in POLICY.rules.vocabulary.records:
            if name in case:
                entries = list(case[name]["entries"])
                random.shuffle(entries)
                case[name] = case[name] | {"entries": entries}
    else:
        names = list(case)
        random.shuffle(names)
        case = {name: case[name] for name in names}
    return question, Asked(case, question.decision, question.readings, question.as_of)


@given(_reordered(lists=False))
def test_the_order_of_facts_does_not_matter(pair: tuple[Asked, Asked]) -> None:
    first, second = (question.decide().to_json() for question in pair)
    assert first == second


@given(_reordered(lists=True))
def test_the_order_of_events_in_a_log_does_not_matter(pair: tuple[Asked, Asked]) -> None:
    first, second = (_but_for_entries(question.decide()) for question in pair)
    assert first == second


def _but_for_entries(verdict: Verdict) -> dict[str, Any]:
    """What a verdict says; what the entries of a list lack is told in the order in which they are written."""
    said = verdict.data.model_dump(exclude={"digests"})
    for fact in (*said["missing"], *(fact for one in said.get("open", ()) for fact in one["nearest"])):
        if fact.pop("lacks", ()):
            del fact["question"], fact["en"]
    return said


# --- rules -------------------------------------------------------------------------------------------------------


def _shuffled(text: str, random: Random) -> str:
    """A YAML file with the entries of each mapping, two levels deep, in another order; entries keep their own text."""
    return _shuffled_blocks(text, 0, random)


def _shuffled_blocks(text: str, depth: int, random: Random) -> str:
    blocks = re.split(rf"(?m)^(?=(?:  ){{{depth}}}[^\s#-])", text)
    head, entries = blocks[0], [block if block.endswith("\n") else block + "\n" for block in blocks[1:]]
    if depth < 1:
        entries = [_shuffled_blocks(entry, depth + 1, random) for entry in entries]
    if depth == 0 or not head.startswith(("measures:", "tables:")):
        random.shuffle(entries)
    return head + "".join(entries)


@pytest.fixture(scope="module", params=[1, 2, 3])
def reordered_policy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The shipped policy, from files in which the rules stand in another order."""
    folder = tmp_path_factory.mktemp("policies")
    shutil.copytree(shipped_policies(), folder, dirs_exist_ok=True)
    for path in sorted(folder.rglob("*.yaml")):
        if SHUFFLED & {path.stem, path.parent.name}:
            path.write_text(_shuffled(path.read_text("utf-8"), Random(request.param)), "utf-8")
    policy = rudong_rules.load(folder)
    assert list(policy.rules.rules) != list(POLICY.rules.rules)
    return policy


def _said(verdict: Verdict) -> dict[str, Any]:
    """What a verdict says, apart from the way to it, which starts at the rule that is written first."""
    return {
        "outcome": verdict.outcome,
        "status": verdict.status,
        "possible": verdict.possible,
        "modality": verdict.modality,
        "profile": {fact.name: fact.state for fact in verdict.profile},
        "duties": {(duty.id, duty.state) for duty in verdict.duties},
        "missing": {fact.name for fact in verdict.missing},
        "contradictions": {fact.name for fact in verdict.contradictions},
    }


@given(question=asked(disputed=True))
def test_the_order_of_rules_does_not_matter(reordered_policy: Policy, question: Asked) -> None:
    other = reordered_policy.decide(question.case, question.decision, readings=question.readings, as_of=question.as_of)
    assert _said(other) == _said(question.decide())


def test_the_order_of_rules_does_not_change_what_there_is(reordered_policy: Policy) -> None:
    for kind in ("rules", "readings", "decisions", "duties", "conclusions"):
        assert set(getattr(reordered_policy.rules, kind)) == set(getattr(POLICY.rules, kind))
    assert set(reordered_policy.program.atoms) >= {*POLICY.rules.vocabulary.findings, *POLICY.rules.rules}
    assert isinstance(shipped_policies(), Path)
