"""A case that makes things hold, and no fact too many: whether it does is for the engine to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import z3

from ..derivation import derive
from ..engines.fixpoint import least_model
from ..errors import CaseError
from ..program import Rails, bits, members
from .formulas import Formulas, Rules, Term, Value, conj, goal_rails, is_reading, known_false, variable

Facts = dict[str, Any]
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

    def known(self, case: Facts, readings: Mapping[str, str | None]) -> Rails | None:
        """Return the rails that the case and the readings make known, None for a case that the policy refuses."""
        policy = self.rules.policy
        names = policy.reader.names
        facts = {name: value for name, value in {**case, **self.facts}.items() if name in names}
        known = self.rules.asked.bare.rails(facts)
        if known is None:
            try:
                read = policy.reader.read(facts)
            except CaseError:
                return None
            known = policy.rails.known(read, self.rules.asked, None)
        return known | self._reading_rails({**readings, **self.readings})

    def _reading_rails(self, taken: Mapping[str, str | None]) -> Rails:
        rails = 0
        index, options = self.rules.program.index, self.rules.policy.rules.readings
        for name in self.rules.readings:
            option = taken.get(name)
            for one in options[name].options if option is not None else ():
                atom = index.get(f"reading:{name}={one}")
                if atom is not None:
                    rails |= (1 if one == option else 2) << 2 * atom
        return rails

    def holds(self, case: Facts, readings: Mapping[str, str | None]) -> bool:
        """Return whether the engine finds every goal, on facts of which none is contradicted."""
        known = self.known(case, readings)
        if known is None or known & known >> 1 & self.rules.true_rails:
            return False
        return self._met(known)

    def _met(self, known: Rails) -> bool:
        goals = bits(goal_rails(self.rules, self.goals))
        return least_model(self.rules.program, known) & goals == goals

    def term(self, formulas: Formulas) -> Term:
        """Return what must be true of complete facts for it to hold."""
        return conj([formulas[rail] for rail in goal_rails(self.rules, self.goals)])

    def needed(self, case: Facts, readings: Mapping[str, str | None]) -> set[str]:
        """Return the atoms of the facts and readings on which the goals rest."""
        known = self.known(case, readings) or 0
        model = least_model(self.rules.program, known)
        steps = derive(self.rules.program, model, goal_rails(self.rules, self.goals))
        return {self.rules.program.atoms[rail >> 1] for rail in members(known & bits(step.rail for step in steps))}


class Gap(Side):
    """That none of the goals can ever be known, whatever else comes to be known."""

    def _met(self, known: Rails) -> bool:
        open_rails = sum(3 << 2 * atom for atom in self.rules.inputs if not known >> 2 * atom & 3)
        return not least_model(self.rules.program, known | open_rails) & bits(goal_rails(self.rules, self.goals))

    def term(self, formulas: Formulas) -> Term:
        """Return when all questions are answered and no goal holds."""
        rails = goal_rails(self.rules, self.goals)
        never = [z3.Not(term) for rail in rails if (term := formulas[rail]) is not False]
        if any(formulas[rail] is True for rail in rails):
            return False
        tests = [name for name in formulas.inputs(rails) if name in self.rules.tests]
        return conj([*never, *(z3.Or(variable(name), known_false(name)) for name in tests)])

    def needed(self, case: Facts, readings: Mapping[str, str | None]) -> set[str]:
        """Return every fact: that nothing follows does not rest on any in particular."""
        return set(self.rules.program.index)


class Clash(Side):
    """That something is both true and false."""

    def _met(self, known: Rails) -> bool:
        model = least_model(self.rules.program, known)
        return bool(model & model >> 1 & self.rules.true_rails)

    def needed(self, case: Facts, readings: Mapping[str, str | None]) -> set[str]:
        """Return every fact."""
        return set(self.rules.program.index)


@dataclass(frozen=True)
class Witness:
    """A case, and the readings taken for it besides those that the sides take themselves."""

    case: Facts
    readings: Readings

    def holds(self, sides: Sequence[Side]) -> bool:
        """Return whether the engine confirms it on all sides."""
        return all(side.holds(self.case, self.readings) for side in sides)


def smallest(witness: Witness, sides: Sequence[Side], typical: Mapping[str, Any]) -> Witness:
    """Return a witness from which no fact, entry or column can be taken, with default readings where they do.

    Facts that differ from the typical case go first, so that what stays is as near to it as may be.
    """
    case, readings = dict(witness.case), dict(witness.readings)
    for name, option in witness.readings.items():
        default = _default(sides, name)
        if option != default and Witness(case, {**readings, name: default}).holds(sides):
            readings[name] = default
    needed = set().union(*(side.needed(case, readings) for side in sides))
    kept = {name.partition("=")[0] for name in needed if not is_reading(name)}
    plain = {name for name, value in case.items() if isinstance(value, bool | str) and not _computed(name, sides)}
    small = {name: value for name, value in case.items() if name in kept or name not in plain}
    case = small if Witness(small, readings).holds(sides) else case
    for name in sorted(case, key=lambda name: (typical.get(name) == case[name], name == "as_of")):
        less = {key: value for key, value in case.items() if key != name}
        if Witness(less, readings).holds(sides):
            case = less
    shrunk = True
    while shrunk:
        shrunk = False
        for less in _lesser(case):
            if Witness(less, readings).holds(sides):
                case, shrunk = less, True
                break
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


def _lesser(case: Facts) -> Iterator[Facts]:
    """Yield the case with one entry, one column of an entry, or the completeness of one list less."""
    for name, value in case.items():
        if not isinstance(value, dict):
            continue
        entries = value["entries"]
        for nth in range(len(entries)):
            yield {**case, name: {**value, "entries": [*entries[:nth], *entries[nth + 1 :]]}}
        if value["complete"]:
            yield {**case, name: {**value, "complete": False}}
        for nth, entry in enumerate(entries):
            for column, cell in entry.items():
                for option in cell if isinstance(cell, list) else ():
                    less = {**entry, column: [one for one in cell if one != option]}
                    yield {**case, name: {**value, "entries": [*entries[:nth], less, *entries[nth + 1 :]]}}
                less = {key: cell for key, cell in entry.items() if key != column}
                yield {**case, name: {**value, "entries": [*entries[:nth], less, *entries[nth + 1 :]]}}
