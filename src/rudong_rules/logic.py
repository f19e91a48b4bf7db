"""Conditions as data: what a rule asks once its YAML is read.  No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from .expressions import inputs


class Atom(NamedTuple):
    """A yes/no question by its name in the program."""

    name: str


class Constant(NamedTuple):
    """True, False, or None for what can never be known."""

    value: bool | None


class Not(NamedTuple):
    """The negation of a condition."""

    part: Condition


class AtLeast(NamedTuple):
    """At least ``n`` of the parts: all when n is their number, any when it is one."""

    n: int
    parts: tuple[Condition, ...]


class ByReading(NamedTuple):
    """The condition that the chosen option of a reading names; known without a choice where all options agree."""

    reading: str
    options: tuple[tuple[str, Condition], ...]


Condition = Atom | Constant | Not | AtLeast | ByReading


@dataclass(frozen=True, slots=True)
class Test:
    """A question about a measure: a comparison with ``sign``, or the measure's own answer when ``sign`` is empty."""

    left: Any
    sign: str = ""
    right: Any = None

    def reads(self, measures: Mapping[str, Any]) -> set[str]:
        """Return the names of the facts that the question reads, ``as_of`` included; ``measures`` by their ids."""
        return inputs(self.left, measures) | inputs(self.right, measures)
