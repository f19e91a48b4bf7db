"""What a verdict cites is enough: the facts of its derivation alone, and the readings it relies on, settle it again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from laws.strategies import OPTIONS, POLICY, Asked, asked, settled
from rudong_rules import Verdict
from rudong_rules.derivation import support


def _cited_facts(verdict: Verdict) -> set[str]:
    """The names of the facts among the steps of the derivation, or, where one follows from others, of those too.

    For a comparison those from which it is computed.
    """
    steps = [step for step in verdict.derivation if step.kind == "fact"]
    behind = {name for step in steps for name in POLICY.glossary.facts_behind(step.name)}
    return behind | {
        POLICY.reader.names[one.follows_from] for step in steps for one in step.sources if one.follows_from
    }


@given(settled())
def test_the_cited_facts_alone_give_the_same_outcome(question: Asked) -> None:
    verdict = question.decide()
    cited = _cited_facts(verdict)
    alone = replace(question, case={name: value for name, value in question.case.items() if name in cited})
    assert alone.decide().outcome == verdict.outcome


@given(settled())
def test_the_cited_readings_alone_give_the_same_outcome(question: Asked) -> None:
    verdict = question.decide()
    relied_on = {used.id: used.option for used in verdict.readings}
    alone = replace(question, readings={name: relied_on.get(name) for name in OPTIONS})
    assert alone.decide().outcome == verdict.outcome


@given(asked(disputed=True))
def test_after_its_own_clauses_an_outcome_cites_those_of_its_steps(question: Asked) -> None:
    verdict = question.decide()
    goals, model = verdict.goals, verdict.explained
    key = f"outcome:{verdict.decision}={verdict.outcome}" if verdict.outcome else f"decisions:{verdict.decision}"
    own = POLICY.rules.clauses[key] if verdict.outcome or verdict.status == "profile" else ()
    steps = [ref for rail, _ in support(verdict.question.program, model, goals) for ref in verdict.question.cites[rail]]
    assert list(verdict.cited) == list(dict.fromkeys([*own, *steps]))


@given(asked(ladders=True))
def test_a_cited_fact_says_what_the_case_says(question: Asked) -> None:
    for step in question.decide().derivation:
        if step.kind == "fact" and step.name in question.case:
            assert step.value == question.case[step.name]


@given(asked())
def test_every_step_rests_on_earlier_steps(question: Asked) -> None:
    for place, step in enumerate(question.decide().derivation):
        assert all(premise < place for premise in step.because)
        assert step.kind in ("rule", "outcome", "duty") or not step.because


@given(settled())
def test_an_outcome_cites_a_clause_and_the_text_stands_in_the_regulation(question: Asked) -> None:
    verdict = question.decide()
    assert verdict.citations
    for citation in verdict.citations:
        regulation = POLICY.regulations[citation.ref.partition(":")[0]]
        assert citation.text in regulation.text
