"""The schema of rules, decisions, readings and what is not encoded.  No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from .logic import Condition, Test
from .vocabulary import Named, Schema, Vocabulary, says, tag
from .wheres import readings_in

DUTY_CONDITIONS = ("due", "done", "breached")
"""What the conditions of a duty say: that it has arisen, was done, was violated."""
DUTY_STATES = (*DUTY_CONDITIONS, "owed")
"""What can be asked of a duty; owed is what is due and not done."""
Modality = Literal["shall", "may", "must_not", "none"]
Clauses = Annotated[
    Annotated[str, Tag("=text")] | Annotated[list[str], Tag("=list")],
    Discriminator(lambda value: tag(value, list, "=list", "=text")),
]
"""One clause or several; none is an empty list."""


Reason = Annotated[str, says(4)]


class RegulationFile(Named):
    """``regulation.yaml``: the regulation's short name (``label``), the digest of its text, who interprets it.

    Without ``interpreted_by_en`` the organ has its Chinese name alone.
    """

    sha256: str
    interpreted_by: str
    interpreted_by_en: str = ""
    clause: str


class Conclusion(Named):
    """A conclusion that several rules share; of a ``caution`` that holds a reader of the verdict is warned."""

    caution: bool = False


class Rule(Conclusion):
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
    """A question that the text leaves open, its options, the default and the reason for it, which may be told twice."""

    clause: Clauses
    question: str
    en: str
    options: dict[str, Option]
    default: str
    reason: str
    reason_en: str = ""


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

    Without ``done`` it is never known to be discharged, without ``breached`` it cannot be violated.  Each of the three
    holds only ``within`` what the duty is about.  A ``standing`` duty is a practice and no step of one case: it is
    shown, never owed.
    """

    who: str
    who_en: str
    clause: Clauses
    modality: Literal["shall", "may"] = "shall"
    standing: bool = False
    within: Any = None
    due: Any
    done: Any = None
    breached: Any = None


class Period(Named):
    """A stretch of time that an entry of a record brings about: each entry that fits ``where`` has one.

    ``where`` may ask by reading (:mod:`wheres`); while one is left open, an entry fits that fits under every option.
    ``first`` and ``last`` name date fields of the entry, both days included; either may be ``{by_reading: {id: {option:
    field, …}}}``.  Without ``last`` the period is open.
    """

    clause: Clauses
    of: str
    where: Any = {}
    first: Any
    last: Any = None

    def readings(self, chosen: Mapping[str, str | None] | None = None) -> Iterator[tuple[str, list[str]]]:
        """Yield each reading on which the entries or the ends depend, with its options: all, or that which is taken."""
        yield from ((reading, taken) for _, reading, taken in readings_in(self.where, chosen))
        ends = [self.first, self.last]
        while ends:
            end = ends.pop()
            if isinstance(end, dict):
                ((reading, options),) = end["by_reading"].items()
                taken = [option for option in options if chosen is None or chosen[reading] == option]
                yield reading, taken
                ends += [options[option] for option in taken]


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

    conclusions: dict[str, Conclusion] = {}
    rules: dict[str, Rule] = {}


class DecisionsFile(Schema):
    """``decisions.yaml``: what a verdict answers, and what follows: duties and periods; groups of decisions."""

    decisions: dict[str, Decision] = {}
    duties: dict[str, Duty] = {}
    periods: dict[str, Period] = {}
    groups: dict[str, Group] = {}


class NotEncoded(Schema):
    """Why a clause, or the ``quote`` of a part of it, is not executable; the reason may be told in English too."""

    kind: Literal["purpose", "principle", "exhortation", "delegation", "institution", "title"]
    reason: Reason
    reason_en: str = ""
    quote: str = ""


Found = Literal[
    "unreachable", "ladder_gap", "dead_rule", "redundant_rule", "shadowed_rule", "contradiction", "modality_clash",
    "idle_reading", "invariant", "inexact",
]  # fmt: skip
"""What the checker can find, by the name under which it is accepted."""


class Invariant(Named):
    """What no case may break: a condition that is ``never`` true, one that is ``always``, or a fact that never harms.

    ``more`` maps findings and choices to what they are before and after, ``decision`` is then never worse after than
    before by ``best_first``; outcomes that are not listed there are not compared.  It holds under ``any`` combination
    of readings, or by ``default``.
    """

    clause: Clauses
    never: Any = None
    always: Any = None
    more: dict[str, list[bool | str]] = {}
    decision: str = ""
    best_first: list[str] = []
    readings: Literal["any", "default"] = "any"

    @model_validator(mode="after")
    def _one_form(self) -> Invariant:
        if sum((self.never is not None, self.always is not None, bool(self.more))) != 1:
            raise PydanticCustomError("one-form", "one of never, always and more")
        return self


class Act(Named):
    """One act of which several decisions (``of``) speak: none may require or allow what another forbids."""

    clause: Clauses
    of: list[str] = Field(min_length=2)


class Accepted(Schema):
    """Why something that the checker finds (``finding``), ``of`` which rules or decisions, stands as it is.

    The reason may be told in English too.
    """

    finding: Found
    of: list[str] = Field(min_length=1)
    reason: Reason
    reason_en: str = ""


class ChecksFile(Schema):
    """``checks.yaml``: what the checker is to prove, what it may find, and the facts of a ``typical`` case."""

    invariants: dict[str, Invariant] = {}
    acts: dict[str, Act] = {}
    accepted: dict[str, Accepted] = {}
    typical: dict[str, bool | int | str] = {}


@dataclass(frozen=True)
class Checks:
    """What ``checks.yaml`` says, checked: ``conditions`` of invariants by id, ``tests`` the questions in them."""

    invariants: dict[str, Invariant] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    accepted: dict[str, Accepted] = field(default_factory=dict)
    typical: dict[str, bool | int | str] = field(default_factory=dict)
    conditions: dict[str, Condition] = field(default_factory=dict)
    tests: dict[str, Test] = field(default_factory=dict)


@dataclass(frozen=True)
class RuleSet:
    """Everything that the YAML files say, checked and with conditions parsed.

    ``clauses`` maps ``section:id`` to the references of the clauses that the thing embodies; ``conditions`` maps
    ``rule:``, ``rung:`` and ``duty:`` names to their conditions; ``tests`` maps the atoms of measures to questions.
    ``checks`` decide no case and are no part of the digest of the rules.
    """

    vocabulary: Vocabulary
    rules: dict[str, Rule]
    conclusions: dict[str, Conclusion]
    readings: dict[str, Reading]
    decisions: dict[str, Decision]
    duties: dict[str, Duty]
    periods: dict[str, Period]
    groups: dict[str, Group]
    not_encoded: dict[str, NotEncoded]
    clauses: dict[str, tuple[str, ...]]
    conditions: dict[str, Condition]
    tests: dict[str, Test]
    checks: Checks = field(default_factory=Checks, repr=False)

    def concluded_by(self) -> dict[str, list[str]]:
        """Return the ids of the rules that conclude each conclusion, in the order of the files."""
        found: dict[str, list[str]] = {}
        for name, rule in self.rules.items():
            found.setdefault(rule.concludes or name, []).append(name)
        return found
