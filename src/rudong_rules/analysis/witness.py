"""A case that makes things hold, and no fact too many: whether it does is for the engine to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import z3

from ..derivation import derive
from ..engines.fixpoint import least_model
from ..errors import CaseError
from ..program import Rails, bits, members, reading_rails
from .domain import Value
from .figures import negated
from .formulas import Formulas
from .rules import Rules, goal_rails, is_reading
from .terms import Term, answered, conj, disj

CaseFacts = dict[str, Any]
Readings = dict[str, str | None]


@dataclass(frozen=True)
class Side:
    """What must hold of a case under some rules: every goal, an atom with the value that must be known of it.

    ``readings`` are those taken (None: left open), all others are chosen by the search, for all sides alike; ``facts``
    are findings and choices that are what they are on this side, whatever they are on the others.
    """

    rules: Rules
    goals: tuple[tuple[str, bool], ...]
    readings: Mapping[str, str | None] = field(default_factory=dict)
    facts: Mapping[str, Value] = field(default_factory=dict)

    complete: ClassVar[bool] = False
    """Whether a case must give all that questions about lists and numbers read."""

    def known(self, case: CaseFacts, readings: Mapping[str, str | None]) -> Rails | None:
        """Return the rails that the case and the readings make known, None for a case that the policy refuses."""
        return self.with_readings(self.told(case), readings)

    def with_readings(self, told: Rails | None, readings: Mapping[str, str | None]) -> Rails | None:
        """Return what a case tells and what the readings make known besides."""
        taken, rules = {**readings, **self.readings}, self.rules
        own = {name: taken.get(name) for name in rules.readings}
        return None if told is None else told | reading_rails(rules.program.index, rules.policy.rules.readings, own)

    def told(self, case: CaseFacts) -> Rails | None:
        """Return the rails that facts make known; None for a case that is refused or contradicts itself."""
        policy = self.rules.policy
        names = policy.reader.names
        facts = {name: value for name, value in {**case, **self.facts}.items() if name in names}
        told = self.rules.asked.bare.rails(facts)
        if told is None:
            try:
                read = policy.reader.read(facts)
            except CaseError:
                return None
            told, sound = policy.rails.known(read, self.rules.asked, None)
            if told != sound:
                return None
        return told

    def model(self, known: Rails | None) -> Rails | None:
        """Return what the engine makes of what is known; None for a case that is refused or contradicts itself."""
        if known is None or known & known >> 1 & self.rules.true_rails:
            return None
        return least_model(self.rules.program, known | self._imagined(known))

    def _imagined(self, known: Rails) -> Rails:
        """Return the rails that are taken to be known besides."""
        return 0

    def met(self, model: Rails) -> bool:
        """Return whether every goal holds in a model."""
        return self._goals & model == self._goals

    @cached_property
    def asking(self) -> Any:
        """All on which it depends what a case tells: what is asked, and facts."""
        return id(self.rules.asked), tuple(sorted(self.facts.items()))

    @cached_property
    def settings(self) -> Any:
        """All on which it depends what a case makes known: what it tells, and the readings taken."""
        return self.asking, tuple((name, self.readings[name]) for name in self.rules.readings if name in self.readings)

    @cached_property
    def _goals(self) -> Rails:
        return bits(goal_rails(self.rules, self.goals))

    def term(self, formulas: Formulas) -> Term:
        """Return what must be true of complete facts for it to hold."""
        return conj([formulas[rail] for rail in goal_rails(self.rules, self.goals)])

    def needed(self, case: CaseFacts, readings: Mapping[str, str | None]) -> set[str]:
        """Return the atoms of the facts and readings on which the goals rest."""
        known = self.known(case, readings) or 0
        model = least_model(self.rules.program, known)
        steps = derive(self.rules.program, model, goal_rails(self.rules, self.goals))
        return {self.rules.program.atoms[rail >> 1] for rail in members(known & bits(step.rail for step in steps))}


class Gap(Side):
    """That none of the goals can ever be known, whatever else comes to be known."""

    def _imagined(self, known: Rails) -> Rails:
        """Return both rails of every fact that is not known: whatever may come to be known."""
        return sum(3 << 2 * atom for atom in self.rules.inputs if not known >> 2 * atom & 3)

    def met(self, model: Rails) -> bool:
        """Return whether no goal holds in a model."""
        return not model & self._goals

    def term(self, formulas: Formulas) -> Term:
        """Return when all questions are answered and no goal holds."""
        rails = goal_rails(self.rules, self.goals)
        tests = (answered(name) for name in formulas.inputs(rails) if name in self.rules.tests)
        return conj([*self.never(formulas), *tests])

    def never(self, formulas: Formulas) -> list[Term]:
        """Return that no goal holds."""
        terms = [formulas[rail] for rail in goal_rails(self.rules, self.goals)]
        return [negated(term) for term in terms]

    def needed(self, case: CaseFacts, readings: Mapping[str, str | None]) -> set[str]:
        """Return every fact: that nothing follows does not rest on any in particular."""
        return set(self.rules.program.index)


class Stuck(Gap):
    """That none of the goals is known although all that is asked about is given: a question has no answer.

    A table that lacks an option has none, nor has the latest of no entries.  The case is to give all that they read.
    """

    complete = True

    def _imagined(self, known: Rails) -> Rails:
        """Return both rails of every finding and choice that is not known: no question gets another answer."""
        return super()._imagined(known) & ~bits(
            self.rules.rail(name, told) for name in self.rules.tests for told in (True, False)
        )

    def term(self, formulas: Formulas) -> Term:
        """Return when no goal holds and some question has no answer."""
        rails = goal_rails(self.rules, self.goals)
        tests = [z3.Not(answered(name)) for name in formulas.inputs(rails) if name in self.rules.tests]
        return conj([*self.never(formulas), disj(tests)])

    def unanswered(self, case: CaseFacts, readings: Mapping[str, str | None]) -> list[str]:
        """Return the questions behind the goals that a case leaves without an answer though it gives what they read."""
        behind = self.rules.program.slice(goal_rails(self.rules, self.goals)).compact().index
        known, measures = self.known(case, readings) or 0, self.rules.policy.rules.vocabulary.defined()
        return [
            name for name, test in self.rules.tests.items()
            if name in behind and not known >> self.rules.rail(name) & 3 and test.reads(measures) <= case.keys()
        ]  # fmt: skip


class Clash(Side):
    """That something is both true and false."""

    def met(self, model: Rails) -> bool:
        """Return whether something is both true and false in a model."""
        return bool(model & model >> 1 & self.rules.true_rails)

    def needed(self, case: CaseFacts, readings: Mapping[str, str | None]) -> set[str]:
        """Return every fact."""
        return set(self.rules.program.index)


@dataclass(frozen=True)
class Witness:
    """A case, and the readings taken for it besides those that the sides take themselves."""

    case: CaseFacts
    readings: Readings

    def holds(self, sides: Sequence[Side]) -> bool:
        """Return whether the engine finds the goals of all sides, on facts of which none is contradicted."""
        told: dict[Any, Rails | None] = {}
        for side in sides:
            if side.asking not in told:
                told[side.asking] = side.told(self.case)
            model = side.model(side.with_readings(told[side.asking], self.readings))
            if model is None or not side.met(model):
                return False
        return True


def resting(witness: Witness, sides: Sequence[Side]) -> Witness:
    """Return a witness without the findings and choices on which no goal rests, with default readings where they do."""
    case, readings = dict(witness.case), dict(witness.readings)
    for name, option in witness.readings.items():
        default = _default(sides, name)
        if option != default and Witness(case, {**readings, name: default}).holds(sides):
            readings[name] = default
    needed = set().union(*(side.needed(case, readings) for side in sides))
    kept = {name.partition("=")[0] for name in needed if not is_reading(name)}
    plain = {name for name, value in case.items() if isinstance(value, bool | str) and not _computed(name, sides)}
    small = Witness({name: value for name, value in case.items() if name in kept or name not in plain}, readings)
    return small if small.holds(sides) else Witness(case, readings)


def smallest(witness: Witness, sides: Sequence[Side], typical: Mapping[str, Any]) -> Witness:
    """Return a witness from which no fact, entry or column can be taken, with default readings where they do.

    Facts that differ from the typical case go first, so that what stays is as near to it as may be.
    """
    small = resting(witness, sides)
    case, readings = small.case, small.readings
    complete = any(side.complete for side in sides)
    spare = [name for name in case if not complete or not (isinstance(case[name], dict) or _computed(name, sides))]
    for name in sorted(spare, key=lambda name: (typical.get(name) == case[name], name == "as_of")):
        less = {key: value for key, value in case.items() if key != name}
        if Witness(less, readings).holds(sides):
            case = less
    for parts in (_entries_of, _columns_of, _entries_of):
        for part in parts(case):
            if complete and len(part) != _AN_ENTRY:
                continue
            less = _without(case, part)
            if Witness(less, readings).holds(sides):
                case = less
    return Witness(case, readings)


def _default(sides: Sequence[Side], reading: str) -> str | None:
    readings = sides[0].rules.policy.rules.readings
    return readings[reading].default if reading in readings else None


def _computed(name: str, sides: Sequence[Side]) -> bool:
    """Return whether a fact may serve a measure: then the atoms do not say whether it is needed."""
    return (
        any(
            name in side.rules.asked.looked_up
            or getattr(side.rules.policy.rules.vocabulary.scalars.get(name), "type", "choice") != "choice"
            for side in sides
        )
        or name == "as_of"
    )


_AN_ENTRY = 2
"""The length of what says where an entry stands."""
Part = tuple[str, *tuple[Any, ...]]
"""Where something stands in a case: a list, which entry, which column, which option of it.  A list alone: that it is
complete."""


def _entries_of(case: CaseFacts) -> list[Part]:
    """Return the entries of all lists and the completeness of each; the last first, so that taking one moves none."""
    found: list[Part] = []
    for name, value in case.items():
        if isinstance(value, dict):
            found += [(name, nth) for nth in reversed(range(len(value["entries"])))]
            found += [(name,)] if value["complete"] else []
    return found


def _columns_of(case: CaseFacts) -> list[Part]:
    """Return the columns of all entries, of those with several options each option before."""
    found: list[Part] = []
    for name, *nth in _entries_of(case):
        for column, cell in case[name]["entries"][nth[0]].items() if nth else ():
            found += [(name, *nth, column, option) for option in cell] if isinstance(cell, list) else []
            found.append((name, *nth, column))
    return found


def _without(case: CaseFacts, part: Part) -> CaseFacts:
    """Return a case without a part of it."""
    name, *place = part
    listed = case[name]
    if not place:
        return {**case, name: {**listed, "complete": False}}
    nth, *column = place
    entries = list(listed["entries"])
    entry = entries.pop(nth)
    if column:
        key, *option = column
        cell = {key: [one for one in entry[key] if one != option[0]]} if option else {}
        entries.insert(nth, {**{k: v for k, v in entry.items() if k != key}, **cell})
    return {**case, name: {**listed, "entries": entries}}
