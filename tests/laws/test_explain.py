"""What an explanation says is so: decided again with its facts alone, and with each of its sets."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from laws.strategies import POLICY, VALUES, Asked, asked, coherent, facts
from rudong_rules import Interview, why, why_not
from rudong_rules.engines.fixpoint import least_model
from rudong_rules.explain_data import Need, Way, every_node
from rudong_rules.program import bits

PLAIN = tuple(VALUES)
Answers = dict[str, set[str]]
"""The values of which any will do, for each fact of a set."""
FOLLOWS = POLICY.rules.vocabulary.follows()


# Of what is drawn a fifth is decided: enough of what is drawn until thirty are.
@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much])
@given(asked(ladders=True))
def test_the_facts_of_a_why_give_the_outcome_and_none_can_be_spared(question: Asked) -> None:
    verdict = question.decide()
    assume(verdict.outcome is not None)
    found = why(POLICY, question.case, question.decision, as_of=question.as_of, readings=question.readings)
    program, silent = verdict.question.program, verdict.question.asked.silent
    used = {
        2 * program.index[node.name] + (node.state == "false")
        for node in every_node(found.because)
        if node.kind in ("fact", "reading")
    }
    goal = bits(rail for name, rail in verdict.question.rungs if name == verdict.outcome)
    assert least_model(program, bits(used)) & goal
    for rail in used:
        assert not least_model(program, bits(used - {rail})) & goal or silent >> rail & 1


def said(way: Way, case: dict[str, Any]) -> dict[str, Any] | None:
    """The case with each need of a set given; None when a need is no single-valued fact."""
    if any(need.name not in VALUES for need in way.needs):
        return None
    return {**case, **{need.name: value_of(need) for need in way.needs}}


def value_of(need: Need) -> Any:
    value = need.values[0].value
    return {"true": True, "false": False}.get(value, value)


@settings(max_examples=25)
@given(asked(ladders=True), st.data())
def test_each_set_of_a_why_not_brings_the_outcome_about(question: Asked, data: st.DataObject) -> None:
    verdict = question.decide()
    outcome = data.draw(st.sampled_from([name for name, _ in verdict.question.rungs]))
    assume(outcome != verdict.outcome)
    day, chosen = question.as_of, question.readings
    found = why_not(POLICY, question.case, question.decision, outcome, as_of=day, readings=chosen)
    assert found.unknown.ways == () or found.state != "false"
    sets = [*found.unknown.ways, *found.different.ways]
    for way in sets:
        changed = said(way, question.case)
        if changed is None or any(isinstance(question.case.get(need.name), list | dict) for need in way.needs):
            continue
        # A choice that measures read too may make more known than the set says.
        assert POLICY.decide(changed, question.decision, as_of=day, readings=chosen).outcome == outcome
    # No set says all that another says, by itself or by what follows from it.
    said_by = [{need.name: {value.value for value in need.values} for need in way.needs} for way in sets]
    assert not any(_says(_following(more) | more, one) for one, more in permutations(said_by, 2))


def _says(more: Answers, one: Answers) -> bool:
    """Whether a set says all that another says; of a choice the fewer values say the more."""
    return all(name in more and more[name] <= values for name, values in one.items())


def _following(said_of: Answers) -> Answers:
    """What follows from the findings that a set names, by the vocabulary."""
    known = ((name, values == {"true"}) for name, values in said_of.items() if values in ({"true"}, {"false"}))
    return {name: {str(value).lower()} for one in known for name, value in FOLLOWS.get(one, ())}


@settings(max_examples=8)
@given(facts(), st.sampled_from(["tolerance", "rights_protection", "honours", "tolerance_protection", "disposition"]))
def test_an_interview_comes_to_the_verdict_on_the_whole_case(hidden: dict[str, Any], decision: str) -> None:
    whole = POLICY.decide(hidden, decision)
    interview = Interview(POLICY, decision)
    for question in interview:
        assert question.fact not in interview.case
        interview.answer(question.fact, hidden.get(question.fact))
    assert interview.verdict.outcome == whole.outcome


def test_an_interview_asks_less_than_half_of_the_questions() -> None:
    random = Random(7)
    shares = []
    for _ in range(12):
        hidden = coherent({name: random.choice(VALUES[name]) for name in PLAIN})
        interview = Interview(POLICY, random.choice(["tolerance", "disposition", "rights_protection"]))
        inputs, atoms = interview.verdict.question.inputs, interview.verdict.question.program.atoms
        every = {fact for atom in inputs for fact in POLICY.glossary.facts_behind(atoms[atom])}
        count = 0
        for question in interview:
            interview.answer(question.fact, hidden.get(question.fact))
            count += 1
        assert interview.verdict.outcome == POLICY.decide(hidden, interview.decision).outcome
        shares.append(count / len(every))
    print(f"asked {sum(shares) / len(shares):.0%} of the questions")
    assert sum(shares) / len(shares) < 0.5
