"""The cases that a search has come upon: one of them may show the next thing too, and looking costs less than a search.

A case shows something when the engine says so, here as elsewhere; that none of these does says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..program import Rails
from .witness import Side, Witness


class Seen:
    """Cases by the atoms of a program, and what each makes known and comes to under some rules and readings."""

    def __init__(self) -> None:
        self._cases: dict[tuple[str, ...], list[Witness]] = {}
        self._known: dict[Any, Rails | None] = {}
        self._models: dict[Any, Rails | None] = {}

    def add(self, sides: Sequence[Side], witness: Witness) -> None:
        """Keep a case."""
        for atoms in {side.rules.program.atoms for side in sides}:
            self._cases.setdefault(atoms, []).append(witness)

    def showing(self, alternatives: Sequence[Sequence[Side]]) -> Witness | None:
        """Return a case seen before in which all sides of an alternative hold, the last such case."""
        settings = {id(side): (type(side), side.rules, *side.settings) for sides in alternatives for side in sides}
        for witness in reversed(self._cases.get(alternatives[0][0].rules.program.atoms, []) if alternatives else []):
            for sides in alternatives:
                for side in sides:
                    model = self._model_of(witness, side, settings[id(side)])
                    if model is None or not side.met(model):
                        break
                else:
                    return witness
        return None

    def _known_of(self, witness: Witness, side: Side) -> Rails | None:
        key = id(witness), side.settings
        if key not in self._known:
            self._known[key] = side.known(witness.case, witness.readings)
        return self._known[key]

    def _model_of(self, witness: Witness, side: Side, setting: Any) -> Rails | None:
        key = id(witness), setting
        if key not in self._models:
            self._models[key] = side.model(self._known_of(witness, side))
        return self._models[key]
