"""Least model → verdict: the outcome or those still possible, and what it rests on.

:class:`Verdict` works its parts out when they are asked for; :class:`VerdictData` is the whole as plain data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from .derivation import Step, derive, relevant
from .program import Rail, Rails, members, true_rail

if TYPE_CHECKING:
    from .facts import CaseBase
    from .policy import Policy

State = Literal["true", "false", "unknown", "contradicted"]
Status = Literal["determined", "undetermined", "contradicted", "profile"]
_STATES: tuple[State, State, State, State] = ("unknown", "true", "false", "contradicted")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Citation(_Data):
    """A clause that the verdict rests on: its reference, both printed forms and its exact text."""

    ref: str
    citation: str
    short: str
    text: str


class Fact(_Data):
    """A question about the case and its state; ``question`` is what to ask while it is unknown."""

    name: str
    label: str
    en: str
    state: State
    question: str = ""
    settles_with: int = 0
    """For a missing fact: with how many facts in all it can settle the outcome; 1 means alone."""


class DerivationStep(_Data):
    """A step of the derivation: ``name`` is known to be ``value`` because of the steps numbered in ``because``."""

    name: str
    label: str
    en: str
    value: bool
    kind: Literal["fact", "reading", "rule", "outcome", "duty"]
    clauses: tuple[str, ...]
    because: tuple[int, ...]


class DutyState(_Data):
    """A duty or right that has arisen: who, what, and whether it is done, owed or breached."""

    id: str
    label: str
    en: str
    who: str
    who_en: str
    modality: str
    state: Literal["owed", "done", "breached", "open"]
    clauses: tuple[str, ...]


class ReadingUsed(_Data):
    """A reading that the verdict relied on: the question, the option taken, and whether it is the default."""

    id: str
    question: str
    en: str
    option: str
    option_label: str
    option_en: str
    is_default: bool


class Digests(_Data):
    """SHA-256 of the texts, of the rules and of the case, and the versions that decided."""

    text: str
    rules: str
    case: str
    library: str
    rule_language: str


class VerdictData(_Data):
    """A verdict as data; ``VerdictData.model_validate_json(verdict.to_json())`` gives it back."""

    decision: str
    label: str
    en: str
    status: Status
    outcome: str | None
    outcome_label: str
    outcome_en: str
    modality: str
    possible: tuple[str, ...]
    as_of: str | None
    citations: tuple[Citation, ...]
    derivation: tuple[DerivationStep, ...]
    profile: tuple[Fact, ...]
    missing: tuple[Fact, ...]
    contradictions: tuple[Fact, ...]
    duties: tuple[DutyState, ...]
    readings: tuple[ReadingUsed, ...]
    digests: Digests


class Verdict:
    """What a decision comes to for one case.  Immutable; made by ``Policy.decide``."""

    def __init__(
        self, policy: Policy, decision: str, known: Rails, model: Rails, sound: Rails, case: CaseBase, day: str | None
    ):
        self._policy = policy
        self._known = known
        self._model = model
        self._sound = sound
        self._case = case
        self.decision = decision
        self.as_of = day
        self.program = policy.programs[decision]
        self._rungs = policy.rungs[decision]

    # --- the outcome -------------------------------------------------------------------------------------------------

    @cached_property
    def outcome(self) -> str | None:
        """The id of the outcome that is known to hold on facts that nobody contradicts, or None."""
        return next((name for name, rail in self._rungs if self._sound >> rail & 1), None)

    @cached_property
    def status(self) -> Status:
        """``contradicted`` when an outcome holds only on facts that are also denied."""
        if not self._rungs:
            return "profile"
        if self.outcome is not None:
            return "determined"
        return "contradicted" if any(self._model >> rail & 1 for _, rail in self._rungs) else "undetermined"

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """The outcomes that are not ruled out: the outcome alone once there is one."""
        if self.outcome is not None:
            return (self.outcome,)
        return tuple(name for name, rail in self._rungs if not self._sound >> (rail + 1) & 1)

    @property
    def modality(self) -> str:
        """shall, may, must_not or none; none without an outcome."""
        return self._policy.rules.decisions[self.decision].ladder[self.outcome].modality if self.outcome else "none"

    # --- what it rests on --------------------------------------------------------------------------------------------

    @cached_property
    def _goals(self) -> tuple[Rail, ...]:
        """The rails to be explained: the outcome's; both sides of what is contradicted; a profile's known rails."""
        if self.outcome is not None:
            return tuple(rail for name, rail in self._rungs if name == self.outcome)
        if self.status == "contradicted":
            return tuple(rail for _, r in self._rungs for rail in (r, r + 1) if self._model >> rail & 1)
        atoms = [self.program.index[name] for name in self._policy.rules.decisions[self.decision].profile]
        if self.status == "profile":
            return tuple(rail for atom in atoms for rail in (2 * atom, 2 * atom + 1) if self._sound >> rail & 1)
        return ()

    @cached_property
    def _steps(self) -> list[Step]:
        model = self._model if self.status == "contradicted" else self._sound
        known = self._known if self.status == "contradicted" else self._known & self._sound
        steps: dict[Rail, Step] = {}
        for goal in self._goals:
            steps |= {step.rail: step for step in derive(self.program, known, model, goal)}
        return list(steps.values())

    @cached_property
    def derivation(self) -> tuple[DerivationStep, ...]:
        """The steps from facts to outcome, premises first, each once; inner conditions are folded into their rule."""
        describe, place, shown = self._policy.describe, dict[Rail, tuple[int, ...]](), list[DerivationStep]()
        for rail, premises in self._steps:
            because = tuple(dict.fromkeys(n for premise in premises for n in place[premise]))
            name = self.program.atoms[rail >> 1]
            if _inner(name):
                place[rail] = because
                continue
            thing = describe(name)
            place[rail] = (len(shown),)
            shown.append(
                DerivationStep(
                    name=name, label=thing.label, en=thing.en, value=not rail & 1, kind=thing.kind,
                    clauses=thing.clauses, because=because,
                )
            )  # fmt: skip
        return tuple(shown)

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The references of the clauses that the verdict rests on, the outcome's first."""
        own = self._policy.rules.clauses[f"outcome:{self.decision}={self.outcome}"] if self.outcome else ()
        if self.status == "profile":
            own = self._policy.rules.clauses[f"decisions:{self.decision}"]
        names = [self.program.atoms[step.rail >> 1] for step in reversed(self._steps)]
        refs = [ref for name in names if not _inner(name) for ref in self._policy.describe(name).clauses]
        return tuple(dict.fromkeys([*own, *refs]))

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The clauses that the verdict rests on, with their text."""
        clauses = [self._policy.clause(ref) for ref in self.cited]
        return tuple(Citation(ref=c.ref, citation=c.citation, short=c.short_citation, text=c.text) for c in clauses)

    @cached_property
    def readings(self) -> tuple[ReadingUsed, ...]:
        """The readings that the derivation relies on."""
        used = []
        for step in self.derivation:
            if step.kind == "reading" and step.value:
                name, _, option = step.name.removeprefix("reading:").partition("=")
                reading = self._policy.rules.readings[name]
                used.append(
                    ReadingUsed(
                        id=name, question=reading.question, en=reading.en, option=option,
                        option_label=reading.options[option].label, option_en=reading.options[option].en,
                        is_default=option == reading.default,
                    )
                )  # fmt: skip
        return tuple(used)

    # --- what is open ------------------------------------------------------------------------------------------------

    @cached_property
    def missing(self) -> tuple[Fact, ...]:
        """The unknown facts that can still settle the outcome, the one that needs fewest others first."""
        if self.outcome is not None or not self._rungs:
            return ()
        atoms = [self.program.index[name] for name in self._policy.inputs if name in self.program.index]
        goals = tuple(rail for _, rail in self._rungs)
        sizes = relevant(self.program, self._known & self._sound, goals, atoms)
        merged: dict[str, int] = {}
        for atom, size in sorted(sizes.items(), key=lambda item: item[1]):
            for source in self._policy.sources(self.program.atoms[atom]):
                merged.setdefault(source, size)
        return tuple(self._policy.question(name, size) for name, size in merged.items())

    @cached_property
    def contradictions(self) -> tuple[Fact, ...]:
        """The facts of this decision that are both asserted and denied."""
        both = self._known & self._known >> 1 & self._policy.true_rails
        own = {rail >> 1 for gate in self.program.gates for rail in (*gate.body, gate.head)}
        return tuple(self.fact(self.program.atoms[rail >> 1]) for rail in members(both) if rail >> 1 in own)

    def fact(self, name: str) -> Fact:
        """Return the state of any atom of the decision: a finding, a conclusion, a comparison."""
        thing, atom = self._policy.describe(name), self.program.index[name]
        state = _STATES[self._model >> 2 * atom & 3]
        return Fact(name=name, label=thing.label, en=thing.en, state=state, question=thing.question)

    @cached_property
    def profile(self) -> tuple[Fact, ...]:
        """The conclusions that the decision always reports, each with its state."""
        return tuple(self.fact(name) for name in self._policy.rules.decisions[self.decision].profile)

    @cached_property
    def duties(self) -> tuple[DutyState, ...]:
        """The duties and rights that have arisen or are already discharged or violated."""
        found = []
        for name in self._policy.rules.decisions[self.decision].duties:
            duty = self._policy.rules.duties[name]
            holds = {
                state: self._sound >> true_rail(self.program.index[f"duty:{name}:{state}"]) & 1
                for state in ("due", "done", "breached")
            }
            owed = self._sound >> true_rail(self.program.index[f"duty:{name}:owed"]) & 1
            if any(holds.values()):
                state: Literal["owed", "done", "breached", "open"] = (
                    "breached" if holds["breached"] else "done" if holds["done"] else "owed" if owed else "open"
                )
                found.append(
                    DutyState(
                        id=name, label=duty.label, en=duty.en, who=duty.who, who_en=duty.who_en, modality=duty.modality,
                        state=state, clauses=self._policy.rules.clauses[f"duties:{name}"],
                    )
                )  # fmt: skip
        return tuple(found)

    # --- as data -----------------------------------------------------------------------------------------------------

    @cached_property
    def data(self) -> VerdictData:
        """The whole verdict as plain data."""
        decision = self._policy.rules.decisions[self.decision]
        rung = decision.ladder[self.outcome] if self.outcome else None
        return VerdictData(
            decision=self.decision, label=decision.label, en=decision.en, status=self.status, outcome=self.outcome,
            outcome_label=rung.label if rung else "", outcome_en=rung.en if rung else "", modality=self.modality,
            possible=self.possible, as_of=self.as_of, citations=self.citations, derivation=self.derivation,
            profile=self.profile, missing=self.missing, contradictions=self.contradictions, duties=self.duties,
            readings=self.readings, digests=self._policy.digests(self._case),
        )  # fmt: skip

    def to_json(self) -> str:
        """Return the verdict as JSON; the same case always gives the same bytes."""
        return json.dumps(self.data.model_dump(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    def __repr__(self) -> str:
        return f"<Verdict {self.decision}: {self.outcome or self.status}>"


def _inner(name: str) -> bool:
    """Return whether an atom is a part of a condition, which a derivation folds into what it belongs to."""
    return "/" in name or name == "unknown" or name.startswith("rung:")


def outcome_rails(names: Iterable[tuple[str, int]]) -> tuple[tuple[str, Rail], ...]:
    """Return (outcome, its true rail) for (outcome, atom) pairs."""
    return tuple((name, true_rail(atom)) for name, atom in names)


def without_contradicted(known: Rails, true_rails: Rails) -> Rails:
    """Return the known rails without those of atoms that are known both ways."""
    both = known & known >> 1 & true_rails
    return known & ~(both | both << 1)
