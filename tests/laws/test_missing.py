"""What a verdict asks for can still matter, and what it says settles the outcome alone does."""

from __future__ import annotations

from functools import cache
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from laws.completions import Completions
from laws.strategies import POLICY, VALUES, Asked, asked
from rudong_rules.program import members

SINGLE = {name for name, scalar in POLICY.rules.vocabulary.scalars.items() if scalar.type == "choice"} | {
    *POLICY.rules.vocabulary.findings
}
"""The facts of which all values can be tried."""


@cache
def _used(decision: str) -> frozenset[str]:
    """The facts that a decision uses."""
    inputs, atoms = POLICY.questions[decision].inputs, POLICY.questions[decision].program.atoms
    return frozenset(fact for atom in inputs for fact in POLICY.glossary.facts_behind(atoms[atom]))


@given(asked(ladders=True), st.data())
def test_each_missing_fact_can_still_matter(question: Asked, data: st.DataObject) -> None:
    missing = question.decide().missing
    assume(missing)
    fact = data.draw(st.sampled_from([one.name for one in missing]))
    completions = Completions(question)
    found = completions.find(fact, Random(0))
    assert found is not None, f"no completion was found in which {fact} matters"
    rail, support = found
    rest, own = completions.as_facts(members(support)), completions.as_facts([rail])
    if rest is not None and own is not None and fact not in rest:
        completed = question.with_facts(rest)
        if completed.decide().outcome is None:
            assert completed.with_facts(own).decide().outcome is not None


@given(asked(ladders=True))
def test_once_determined_nothing_is_missing(question: Asked) -> None:
    verdict = question.decide()
    if verdict.outcome is not None:
        assert verdict.missing == ()


@given(asked(ladders=True))
def test_nothing_that_is_known_is_asked_for(question: Asked) -> None:
    for fact in question.decide().missing:
        assert fact.state == "unknown"
        assert fact.name not in question.case or fact.name in POLICY.rules.vocabulary.records


@given(asked(ladders=True))
def test_a_fact_that_settles_alone_settles(question: Asked) -> None:
    for fact in question.decide().missing:
        if fact.settles_with == 1 and fact.name in SINGLE:
            tried = (question.with_facts({fact.name: value}).decide() for value in VALUES[fact.name])
            assert any(verdict.outcome is not None for verdict in tried), fact.name


@given(asked(ladders=True), st.data())
def test_a_fact_that_can_settle_alone_is_asked_for_first(question: Asked, data: st.DataObject) -> None:
    verdict = question.decide()
    unknown = sorted(_used(question.decision) & SINGLE - set(question.case))
    assume(verdict.outcome is None and unknown)
    fact = data.draw(st.sampled_from(unknown))
    tried = (question.with_facts({fact: value}).decide() for value in VALUES[fact])
    # An answer that denies what is known (political_problem without any fault) is none that anybody is asked for.
    if any(one.outcome is not None and set(one.contradictions) <= set(verdict.contradictions) for one in tried):
        sizes = {one.name: one.settles_with for one in verdict.missing}
        assert sizes.get(fact) == 1
        assert verdict.missing[0].settles_with == 1
