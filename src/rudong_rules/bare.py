"""A case of nothing but bare findings and choices by id → known rails, without reading it into the model first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from .program import Rails


@dataclass(frozen=True, slots=True)
class Bare:
    """What each bare value makes known: a finding that is true, one that is false, an option of a choice.

    ``silent`` are the rails that a case without facts makes known.
    """

    silent: Rails
    true: Mapping[str, Rails]
    false: Mapping[str, Rails]
    chosen: Mapping[str, Mapping[str, Rails]]

    def rails(self, data: Mapping[str, Any]) -> Rails | None:
        """Return the rails of a case; None for one of anything else, which must be read first."""
        found, true, false, chosen = self.silent, self.true, self.false, self.chosen
        try:
            for name, value in data.items():
                if value is True:
                    found |= true[name]
                elif value is False:
                    found |= false[name]
                elif value.__class__ is str:
                    found |= chosen[name][value]
                else:
                    return None
        except KeyError:
            return None
        return found

    def every(self) -> Rails:
        """Return all rails that bare facts can make known."""
        tables = (self.true, self.false, *self.chosen.values())
        return reduce(or_, (rails for table in tables for rails in table.values()), self.silent)

    def each(self, change: Callable[[Rails], Rails]) -> Bare:
        """Return the same with every set of rails changed."""

        nothing = change(0)

        def changed(every: Mapping[str, Rails]) -> dict[str, Rails]:
            # Most facts of a policy make nothing known in one decision.
            return {name: change(rails) if rails else nothing for name, rails in every.items()}

        options = {name: changed(every) for name, every in self.chosen.items()}
        return Bare(change(self.silent), changed(self.true), changed(self.false), options)
