"""The facts of some rules as what they can make known: for each value of each fact, the rails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..program import Rail, Rails, bits, members
from .rules import Rules

Unit = tuple[tuple[Rail, ...], ...]
"""The values of a fact, each with the rails that it makes known."""


def units(rules: Rules) -> dict[str, Unit]:
    """Return the facts of some rules: for each value of each, the rails that it makes known."""
    found: dict[str, Unit] = {}
    used = bits(2 * atom for atom in rules.inputs) * 3
    told: dict[str, Mapping[Any, Rails]] = {**rules.asked.findings, **rules.asked.choices}
    for name, by_value in told.items():
        values = tuple(dict.fromkeys(tuple(members(rails & used)) for rails in by_value.values()))
        if any(values):
            found[name] = values
    for name in rules.tests:
        atom = rules.program.index[name]
        found[name] = ((2 * atom,), (2 * atom + 1,))
    return found


def reading_units(rules: Rules) -> dict[str, Unit]:
    """Return the readings of some rules as facts."""
    index, found = rules.program.index, dict[str, Unit]()
    for name in rules.readings:
        atoms = {o: index.get(f"reading:{name}={o}") for o in rules.policy.rules.readings[name].options}
        found[f"reading:{name}"] = tuple(
            tuple(2 * atom | (option != taken) for option, atom in atoms.items() if atom is not None) for taken in atoms
        )
    return found
