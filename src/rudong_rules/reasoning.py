"""The derivation as it is shown: steps from facts to outcome, inner conditions folded into the rule they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from .derivation import Step, others
from .given import Given
from .program import Rail, Rails
from .questions import Question, is_inner
from .verdict_data import DerivationStep


def shown_steps(question: Question, given: Given, model: Rails, steps: Iterable[Step]) -> tuple[DerivationStep, ...]:
    """Return the steps of a derivation in a model, premises first, each once."""
    place: dict[Rail, dict[int, int]] = {}
    shown: list[DerivationStep] = []
    for rail, premises in steps:
        because: dict[int, int] = {}
        # A step that folded conditions share stands where it comes first, with what would do in its place there.
        for premise in premises:
            for n, also in place[premise].items():
                because.setdefault(n, also)
        if because:
            because[[*because][-1]] += others(question.program, model, rail, premises)
        name = question.program.atoms[rail >> 1]
        if is_inner(name):
            place[rail] = because
            continue
        thing = question.glossary.step(name, "false" if rail & 1 else "true")
        place[rail] = {len(shown): 0}
        shown.append(
            DerivationStep(
                name=name, label=thing.label, en=thing.en, value=not rail & 1, kind=thing.kind,
                clauses=question.glossary.names(thing.clauses), because=tuple(because),
                sources=given.sources(name) if thing.kind == "fact" else (), also=tuple(because.values()),
            )
        )  # fmt: skip
    return tuple(shown)
