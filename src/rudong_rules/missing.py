"""The facts that can still settle an outcome, what needs fewest others first, each with the question to ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from .alone import alone, open_facts
from .given import Given
from .lacking import asking, lacks
from .program import Rail, Rails, members
from .questions import Question
from .verdict_data import Fact


class Open(NamedTuple):
    """A case with what is ``known`` of a question, and of what nothing more can be learnt.

    ``unanswerable`` are the atoms of the questions that no fact can answer any more, ``denied`` the facts that are
    both asserted and denied.
    """

    question: Question
    given: Given
    known: Rails
    unanswerable: Collection[int]
    denied: Collection[str]

    def missing(self, goals: tuple[Rail, ...] | None = None, most: int | None = None) -> tuple[tuple[Fact, ...], int]:
        """Return the facts, unknown or denied, that can settle an outcome, or one of ``goals``, beside what is known.

        ``most`` is how many are told, those that need fewest others; how many more there are is returned beside them.
        """
        sets = self.sets(goals)
        sizes = sorted(_sizes(self.question, self.given, sets).items(), key=lambda one: one[1])
        told = tuple(
            _fact(self.question, self.given, name, size, sets, name in self.denied) for name, size in sizes[:most]
        )
        return told, len(sizes) - len(told)

    def sets(self, goals: tuple[Rail, ...] | None = None) -> Mapping[int, tuple[Rails, ...]]:
        """Return the atoms that can still settle an outcome, or one of ``goals``, each with the rails that it takes."""
        inputs = tuple(atom for atom in self.question.inputs if atom not in self.unanswerable)
        return self.question.settling(self.known, inputs, goals)


def _sizes(question: Question, given: Given, sets: Mapping[int, Iterable[Rails]]) -> dict[str, int]:
    """Return how many facts each fact takes in all, itself among them, to settle what sets of answers settle.

    A list is one fact, however many questions are put to it, and so is what is learnt of it beside other facts.
    """
    atoms = question.program.atoms

    @cache
    def reads(atom: int) -> tuple[str, ...]:
        return open_facts(given, question, atom)

    @cache
    def can(fact: str, atom: int) -> bool:
        return len(reads(atom)) == 1 or alone(given, question, atoms[atom], fact)

    def told(fact: str, atom: int, rails: Rails) -> int:
        """Return how many facts make all rails known, the atom's by one fact and what it needs."""
        found = {fact} if can(fact, atom) else {fact, *reads(atom)}
        others = dict.fromkeys(rail >> 1 for rail in members(rails) if rail >> 1 != atom and rail >> 1 < len(atoms))
        # What only one fact can answer comes first: it may answer the rest too.
        for other in sorted(others, key=lambda one: len(reads(one))):
            facts = reads(other)
            if not found.issuperset(facts) and not any(can(one, other) for one in facts if one in found):
                one = next((one for one in facts if can(one, other)), None)
                found.update(facts if one is None else (one,))
        return len(found)

    smallest: dict[str, int] = {}
    for atom, ways in sets.items():
        for fact in reads(atom):
            if not given.gives(fact) and smallest.get(fact) != 1:
                size = min(told(fact, atom, rails) for rails in ways)
                smallest[fact] = min(size, smallest.get(fact, size))
    return smallest


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
