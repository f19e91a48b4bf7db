"""The facts that can still settle an outcome, what needs fewest others first, each with the question to ask."""

from __future__ import annotations

from collections.abc import Collection

from .alone import needs
from .given import Given
from .lacking import asking, lacks
from .program import Rails
from .questions import Question
from .verdict_data import Fact


def missing(
    question: Question, given: Given, known: Rails, unanswerable: Collection[int], denied: Collection[str]
) -> tuple[Fact, ...]:
    """Return the facts, unknown or ``denied``, that can settle an outcome beside what is ``known``.

    ``unanswerable`` are the atoms of the questions that no fact can answer any more.
    """
    sizes = question.settling(known, tuple(atom for atom in question.inputs if atom not in unanswerable))
    smallest: dict[str, int] = {}
    for atom, size in sorted(sizes.items(), key=lambda item: item[1]):
        for fact in question.glossary.facts_behind(question.program.atoms[atom]):
            if not given.gives(fact) and size < smallest.get(fact, size + 1):
                whole = size + needs(given, question, atom, fact)
                smallest[fact] = min(whole, smallest.get(fact, whole))
    found = sorted(smallest.items(), key=lambda one: one[1])
    return tuple(_fact(question, given, name, size, sizes, name in denied) for name, size in found)


def _fact(question: Question, given: Given, name: str, size: int, atoms: Collection[int], denied: bool) -> Fact:
    """Return a missing fact: of a list that is given, what its entries lack."""
    named, asked = question.glossary.facts[name], question.glossary.question(name)
    lacking, en = lacks(given, question, name, atoms), named.en
    if lacking:
        record = question.rules.vocabulary.records[name]
        asked, en = asking(record, given.view().records[name].complete, lacking)
    return Fact(
        name=name, label=named.label, en=en, question=asked, settles_with=size, lacks=lacking,
        state="contradicted" if denied else "unknown",
    )  # fmt: skip
