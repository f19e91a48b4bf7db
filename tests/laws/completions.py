"""Finding a completion of a case in which a fact matters: known with it, not known without it.

The package finds such sets by counting the cheapest way up; this goes a random way up and takes away what it can.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from laws.strategies import POLICY, VALUES, Asked, Facts
from rudong_rules.engines.fixpoint import least_model
from rudong_rules.program import Gate, Rail, Rails, bits, members

TRIES = 4_000


class Completions:
    """Looks for completions of one question."""

    def __init__(self, question: Asked) -> None:
        self.program, self.known = question.known()
        self.goals = bits(rail for _, rail in POLICY.questions[question.decision].rungs)
        self.model = least_model(self.program, self.known)
        self.parents: dict[Rail, list[Gate]] = {}
        for gate in self.program.gates:
            for rail in gate.body:
                self.parents.setdefault(rail, []).append(gate)
        inputs, self.implied = POLICY.questions[question.decision].inputs, POLICY.questions[question.decision].implied
        self.open = [rail for atom in inputs if not self.known >> 2 * atom & 3 for rail in (2 * atom, 2 * atom + 1)]

        self.asked = sorted({self._fact(rail) for rail in self.open})

    def atoms_of(self, fact: str) -> list[Rail]:
        """The open rails that a fact can make known."""
        atoms = self.program.atoms
        return [rail for rail in self.open if fact in POLICY.glossary.facts_behind(atoms[rail >> 1])]

    def find(self, fact: str, random: Random) -> tuple[Rail, Rails] | None:
        """A rail of the fact, and a set of rails with which it settles an outcome that is not settled without it."""
        rails = self.atoms_of(fact)
        for _ in range(TRIES):
            rail = random.choice(rails)
            said = self.implied.get(rail, 1 << rail)
            # It may matter by what follows from it alone.
            start = random.choice([one for one in members(said) if one in self.open])
            way = self._way_up(start, random)
            support = None if way is None else self._support(way, start, random)
            if support is None or not self._consistent([*members(support), *members(said)]):
                continue
            without = least_model(self.program, self.known | support)
            if not without & self.goals and least_model(self.program, self.known | support | said) & self.goals:
                return rail, support
        return None

    def _way_up(self, rail: Rail, random: Random) -> Rails | None:
        """The other rails that carry ``rail`` up to an outcome by a random way."""
        others: Rails = 0
        while not self.goals >> rail & 1:
            ways = [gate for gate in self.parents.get(rail, ()) if not self.model >> gate.head & 1]
            if not ways:
                return None
            gate = random.choice(ways)
            rest = [one for one in gate.body if one != rail]
            random.shuffle(rest)
            rest.sort(key=lambda one: not self.model >> one & 1)
            others |= bits(rest[: gate.need - 1])
            rail = gate.head
        return others

    def _support(self, wanted: Rails, given: Rail, random: Random) -> Rails | None:
        """A set of open rails, none of which can be spared, that makes ``wanted`` hold together with ``given``."""
        kept = set(self.open) - {given ^ 1}
        if not self._carries(kept, wanted):
            return None
        for name in random.sample(self.asked, len(self.asked)):
            # Of the answers to one question only one is kept, if one is enough.
            answers = self._answers(name, given)
            random.shuffle(answers)
            kept = next((rest for answer in answers if self._carries(rest := kept - answer, wanted)), kept)
        left = random.sample(sorted(kept - {given}), len(kept) - 1)
        size = len(left)
        while size:
            for start in range(0, len(left), size):
                spared = set(left[start : start + size])
                if self._carries(kept - spared, wanted):
                    kept -= spared
            left = [rail for rail in left if rail in kept]
            size //= 4
        return bits(kept - {given})

    def _answers(self, name: str, given: Rail) -> list[set[Rail]]:
        """For each answer to a question, the rails that it rules out; all answers agree with ``given``."""
        own = [rail for rail in self.open if self._fact(rail) == name]
        answers: list[set[Rail]] = []
        for value in VALUES[name] if name in VALUES and name not in self.program.index else (False, True):
            yes = {rail for rail in own if self._says(rail, name, value)}
            answers.append(set(own) - yes)
        return [ruled_out for ruled_out in answers if given not in ruled_out]

    def _says(self, rail: Rail, name: str, value: object) -> bool:
        """Whether a rail says no more than that the fact has the value."""
        atom = self.program.atoms[rail >> 1]
        return (not rail & 1) == (value if atom == name else atom == f"{name}={value}")

    def _carries(self, rails: Iterable[Rail], wanted: Rails) -> bool:
        return least_model(self.program, self.known | bits(rails)) & wanted == wanted

    def _consistent(self, rails: Iterable[Rail]) -> bool:
        """Whether no atom is both true and false, and no choice two options or none at all."""
        found = set(rails)
        if any(rail ^ 1 in found for rail in found):
            return False
        return all(self._options(name, found) for name in {self._fact(rail) for rail in found})

    def _fact(self, rail: Rail) -> str:
        """The single-valued fact that an open rail is about, or the comparison itself."""
        atom = self.program.atoms[rail >> 1]
        return atom if atom in POLICY.rules.tests else atom.partition("=")[0]

    def _options(self, name: str, rails: Iterable[Rail]) -> list[object]:
        """The values of a fact that agree with the rails; None for what is no single value."""
        said = {self.program.atoms[rail >> 1]: not rail & 1 for rail in rails if self._fact(rail) == name}
        if name in said:
            return [said[name] if name in VALUES else None]
        return [v for v in VALUES[name] if all((atom == f"{name}={v}") == yes for atom, yes in said.items())]

    def as_facts(self, rails: Iterable[Rail]) -> Facts | None:
        """Facts that make at least the rails known; None when they hang on more than single values."""
        found = list(rails)
        facts = {name: self._options(name, found)[0] for name in sorted({self._fact(rail) for rail in found})}
        return None if None in facts.values() else facts
