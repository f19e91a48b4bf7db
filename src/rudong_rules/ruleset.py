"""The schema of rules, decisions, readings and what is not encoded.  No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from .vocabulary import Named, Schema, Vocabulary, tag

Modality = Literal["shall", "may", "must_not", "none"]
Clauses = Annotated[
    Annotated[str, Tag("=text")] | Annotated[list[str], Tag("=list")],
    Discriminator(lambda value: tag(value, list, "=list", "=text")),
]
"""One clause or several; none is an empty list."""


class RegulationFile(Named):
    """``regulation.yaml``: the regulation's short name (``label``), the digest of its text, who interprets it."""

    sha256: str
    interpreted_by: str
    clause: str


class Rule(Named):
    """A conclusion and its condition; it concludes the atom of its own id unless ``concludes`` names another.

    ``outside`` names the norm outside these texts that the clause points to (按规定).
    """

    clause: Clauses
    when: Any
    unless: Any = None
    concludes: str = ""
    outside: Named | None = None


class Option(Named):
    """One way to read a clause."""


class Reading(Schema):
    """A question that the text leaves open, its options, the default and the reason for it."""

    clause: Clauses
    question: str
    en: str
    options: dict[str, Option]
    default: str
    reason: str


class Rung(Named):
    """One outcome of a ladder: the first rung whose condition holds is the outcome.

    ``clause`` may be an empty list where each ground for the outcome cites its own; ``outside`` as in a rule.
    """

    modality: Modality
    clause: Clauses
    when: Any
    outside: Named | None = None


class Duty(Named):
    """Who must (``shall``) or may do what: ``due`` when it arises, ``done`` once discharged, ``breached`` if violated.

    Without ``done`` it is never known to be discharged, without ``breached`` it cannot be violated.  A ``standing``
    duty is a practice and no step of one case: it is shown, never owed.
    """

    who: str
    who_en: str
    clause: Clauses
    modality: Literal["shall", "may"] = "shall"
    standing: bool = False
    due: Any
    done: Any = None
    breached: Any = None


class Period(Named):
    """A stretch of time that an entry of a record brings about: each entry that fits ``where`` has one.

    ``first`` and ``last`` name date fields of the entry, both days included; either may be ``{by_reading: {id: {option:
    field, …}}}``.  Without ``last`` the period is open.
    """

    clause: Clauses
    of: str
    where: dict[str, Any] = {}
    first: Any
    last: Any = None


class Group(Named):
    """Decisions that a clause names together."""

    clause: Clauses


class Decision(Named):
    """A question that a verdict answers: a ladder of outcomes, a profile of conclusions, duties and periods."""

    question: str
    clause: Clauses
    group: str = ""
    ladder: dict[str, Rung] = {}
    profile: list[str] = []
    duties: list[str] = []
    periods: list[str] = []


class RulesFile(Schema):
    """``rules.yaml``: rules by id, and the names of conclusions that several rules share."""

    conclusions: dict[str, Named] = {}
    rules: dict[str, Rule]


class DecisionsFile(Schema):
    """``decisions.yaml``."""

    decisions: dict[str, Decision]
    duties: dict[str, Duty] = {}
    periods: dict[str, Period] = {}
    groups: dict[str, Group] = {}


class NotEncoded(Schema):
    """Why a clause, or the ``quote`` of a part of it, is not executable."""

    kind: Literal["purpose", "principle", "exhortation", "delegation", "institution", "title"]
    reason: str = Field(min_length=4)
    quote: str = ""


# --- conditions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Atom:
    """A yes/no question by its name in the program."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """True, False, or None for what can never be known."""

    value: bool | None


@dataclass(frozen=True, slots=True)
class Not:
    """The negation of a condition."""

    part: Condition


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``n`` of the parts: all when n is their number, any when it is one."""

    n: int
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class ByReading:
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


@dataclass(frozen=True)
class RuleSet:
    """Everything that the YAML files say, checked and with conditions parsed.

    ``clauses`` maps ``section:id`` to the references of the clauses that the thing embodies; ``conditions`` maps
    ``rule:``, ``rung:`` and ``duty:`` names to their conditions; ``tests`` maps the atoms of measures to questions.
    """

    vocabulary: Vocabulary
    rules: dict[str, Rule]
    conclusions: dict[str, Named]
    readings: dict[str, Reading]
    decisions: dict[str, Decision]
    duties: dict[str, Duty]
    periods: dict[str, Period]
    groups: dict[str, Group]
    not_encoded: dict[str, NotEncoded]
    clauses: dict[str, tuple[str, ...]]
    conditions: dict[str, Condition]
    tests: dict[str, Test]

    def concluded_by(self) -> dict[str, list[str]]:
        """Return the ids of the rules that conclude each conclusion, in the order of the files."""
        found: dict[str, list[str]] = {}
        for name, rule in self.rules.items():
            found.setdefault(rule.concludes or name, []).append(name)
        return found
