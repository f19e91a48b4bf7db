"""Least model → verdict: the outcome or those not ruled out, and what it rests on.

:class:`Verdict` works its parts out when they are asked for; ``data`` is the whole as plain data.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .alone import unanswerable
from .consequences import duties, periods
from .decided import Decided
from .derivation import Step, derive, open_atoms
from .left_open import left_open
from .missing import Open
from .notes import no_answer, notes
from .program import members, true_rail
from .questions import is_inner
from .reasoning import shown_steps
from .shown import Shown
from .still_open import still_open
from .verdict_data import (
    Caution,
    Citation,
    DerivationStep,
    DutyState,
    Event,
    Fact,
    LeftOpen,
    Note,
    Outside,
    PeriodState,
    ReadingUsed,
    State,
    StillOpen,
    VerdictData,
)  # fmt: skip

if TYPE_CHECKING:
    from .explanations import Robustness, WhatIf, Why, WhyNot


class Verdict(Decided, Shown):
    """What a decision comes to for one case, in words and clauses.  Immutable; made by ``Policy.decide``.

    A verdict holds on to its ``policy``, to explain itself (``why``, ``why_not``, ``what_if``, ``robustness``): send
    ``data`` or ``to_json()`` to files and other processes.
    """

    @property
    def modality(self) -> str:
        """shall, may, must_not or none; none without an outcome."""
        return self.question.decision.ladder[self.outcome].modality if self.outcome else "none"

    # --- what it rests on --------------------------------------------------------------------------------------------

    @cached_property
    def _steps(self) -> list[Step]:
        return derive(self.question.program, self.explained, self.goals)

    @cached_property
    def derivation(self) -> tuple[DerivationStep, ...]:
        """The steps from facts to outcome, premises first, each once; inner conditions are folded into their rule."""
        return shown_steps(self.question, self.given, self.explained, self._steps)

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The references of the clauses that the verdict rests on, the outcome's first."""
        clauses = self.question.rules.clauses
        own: tuple[str, ...] = clauses[f"outcome:{self.decision}={self.outcome}"] if self.outcome else ()
        if self.status == "profile":
            own = clauses[f"decisions:{self.decision}"]
        return self.question.citing(own, self.explained, self.goals)

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The clauses that the verdict rests on, with their text."""
        return tuple(map(self.question.glossary.citation, self.cited))

    @cached_property
    def readings(self) -> tuple[ReadingUsed, ...]:
        """The readings that the derivation relies on, then those on which what it warns of relies."""
        program = self.question.program
        warned = derive(program, self.models.sound, [true_rail(program.index[one.name]) for one in self.cautions])
        used: dict[str, ReadingUsed] = {}
        for rail, _ in (*self._steps, *warned):
            atom = program.atoms[rail >> 1]
            if atom.startswith("reading:") and not rail & 1:
                name, _, option = atom.removeprefix("reading:").partition("=")
                reading = self.question.rules.readings[name]
                taken = reading.options[option]
                used[name] = ReadingUsed(
                    id=name, question=reading.question, en=reading.en, option=option, option_label=taken.label,
                    option_en=taken.en, is_default=option == reading.default, reason=reading.reason,
                    reason_en=reading.reason_en,
                )  # fmt: skip
        return tuple(used.values())

    # --- what is open ------------------------------------------------------------------------------------------------

    @cached_property
    def facts_known(self) -> int:
        """How many of the facts that this decision uses the case gives."""
        known = {atom for atom in self.question.inputs if self.known.claimed >> 2 * atom & 3}
        behind = self.question.glossary.facts_behind
        return len({fact for atom in known for fact in behind(self.question.program.atoms[atom])} - {"as_of"})

    @cached_property
    def missing(self) -> tuple[Fact, ...]:
        """The facts, unknown or contradicted, that can still settle the outcome; what needs fewest others first."""
        if self.outcome is not None or not self.question.rungs:
            return ()
        return self.lacking.missing()[0]

    @property
    def lacking(self) -> Open:
        """What is known, and of what nothing more can be learnt: where facts are looked for that settle something."""
        return Open(self.question, self.given, self.known.sound, self.unanswerable, self._denied)

    @cached_property
    def open(self) -> tuple[StillOpen, ...]:
        """Of the duties and conclusions that are open, the facts that can still settle each, the nearest first."""
        return still_open(self.lacking, self.duties, self.profile)

    @cached_property
    def left_open(self) -> tuple[LeftOpen, ...]:
        """The readings left open on which the outcome may turn or something else does, with what comes of each."""
        return left_open(self.question, self.given, self.known.sound, self.models.sound, self.chosen)

    @cached_property
    def unanswerable(self) -> frozenset[int]:
        """The atoms of the questions that have no answer although all that they read is given."""
        return unanswerable(self.given, self.question, self.known.claimed)

    @cached_property
    def unanswered(self) -> tuple[Fact, ...]:
        """The questions that could settle the outcome and have no answer although all that they read is given."""
        if self.outcome is not None or not self.unanswerable:
            return ()
        question = self.question
        # Not what only an option of a reading that was not taken asks, as far as the search for the others goes.
        live = question.settling(self.known.sound, question.inputs)
        live_atoms = live.keys() or open_atoms(question.program, self.models.sound, question.goals)
        return tuple(self.fact(question.program.atoms[atom]) for atom in sorted(self.unanswerable & live_atoms))

    @cached_property
    def _denied(self) -> frozenset[str]:
        """The findings and choices of which something is said that does not count: it is contradicted, or follows."""
        dropped, atoms = self.known.claimed & ~self.known.sound, self.question.program.atoms
        return frozenset(atoms[rail >> 1].partition("=")[0] for rail in members(dropped))

    @cached_property
    def contradictions(self) -> tuple[Fact, ...]:
        """The facts of this decision that are both asserted and denied, and by whom."""
        if self.known.sound == self.known.claimed:
            return ()
        program, follow = self.question.program, self.question.asked.findings
        both = self.question.contradicted(self.known.claimed) & self.question.true_rails
        own = [program.atoms[rail >> 1] for rail in members(both)]
        # What this decision does not ask for may say something that it does.
        others = sorted(name for name in self.given.denied.difference(own) if any(follow.get(name, {}).values()))
        return (*map(self.fact, own), *(self._fact(name, "contradicted") for name in others))

    def fact(self, name: str) -> Fact:
        """Return any atom of the decision with its state: a finding, a conclusion, a comparison, by id or label.

        Raises UnknownNameError, a KeyError, for what this decision does not use.
        """
        if name not in self.question.program.index or is_inner(name):
            name = self.question.names.the(name)
        return self._fact(name, self.state(self.question.program.index[name]))

    def _fact(self, name: str, state: State) -> Fact:
        thing = self.question.glossary.describe(name)
        sources = self.given.sources(name) if thing.kind == "fact" else ()
        return Fact(name=name, label=thing.label, en=thing.en, state=state, question=thing.question, sources=sources)

    @cached_property
    def profile(self) -> tuple[Fact, ...]:
        """The conclusions that the decision always reports, each with its state."""
        return tuple(self.fact(name) for name in self.question.decision.profile)

    @cached_property
    def cautions(self) -> tuple[Caution, ...]:
        """The conclusions of the profile that hold and are a caution, each with the clauses that it rests on."""
        question, found = self.question, []
        for name in question.cautions:
            rail = true_rail(question.program.index[name])
            if self.models.sound >> rail & 1:
                own = question.glossary.describe(name)
                cited = tuple(map(question.glossary.citation, question.citing(own.clauses, self.models.sound, [rail])))
                found.append(Caution(name=name, label=own.label, en=own.en, citations=cited))
        return tuple(found)

    @cached_property
    def duties(self) -> tuple[DutyState, ...]:
        """The duties and rights that have arisen, or are already discharged or violated."""
        return duties(self.question, self.models.sound)

    @cached_property
    def periods(self) -> tuple[PeriodState, ...]:
        """The periods that the case's entries have brought about, first to last; none that ends before it begins."""
        return periods(self.question, self.given, self.chosen)

    @cached_property
    def outside(self) -> tuple[Outside, ...]:
        """The norms outside these texts to which the outcome and the rules that hold for it point."""
        rules = self.question.rules
        rung = self.question.decision.ladder[self.outcome] if self.outcome else None
        held = [step.name for step in self.derivation if step.kind == "rule" and step.value]
        named = [rung.outside if rung else None, *(rules.rules[n].outside for n in held if n in rules.rules)]
        return tuple(dict.fromkeys(Outside(label=one.label, en=one.en) for one in named if one))

    # --- why, and what else ------------------------------------------------------------------------------------------

    def why(self, *, full: bool = False) -> Why:
        """Return why it is what it is: one ground none of whose facts can be spared, or all when ``full``."""
        from .explain import why_of

        return why_of(self, full)

    def why_not(self, outcome: str, *, full: bool = False) -> WhyNot:
        """Return what stands in the way of an outcome, and the minimal sets of facts that would bring it about.

        As :func:`rudong_rules.why_not`.  Raises UnknownNameError for an outcome that the decision does not have.
        """
        from .explain import why_not_of

        return why_not_of(self, outcome, full)

    def what_if(self, changes: Mapping[str, Any], *, full: bool = False) -> WhatIf:
        """Return it beside what changes of its case, day and readings would come to, and what moved.

        ``changes`` are as for :func:`rudong_rules.what_if`.  Raises CaseError for the changed case, and for what is
        changed twice, by id and by label.
        """
        from .counterfactual import what_if_of

        return what_if_of(self, changes, full)

    def robustness(self) -> Robustness:
        """Return how far it depends on readings."""
        from .every_reading import robustness_of

        return robustness_of(self)

    # --- as data -----------------------------------------------------------------------------------------------------

    @cached_property
    def data(self) -> VerdictData:
        """The whole verdict as plain data."""
        decision = self.question.decision
        rung = decision.ladder[self.outcome] if self.outcome else None
        group = self.question.rules.groups[decision.group] if decision.group else None
        possible = tuple(map(self.question.possible, self.possible))
        return VerdictData(
            decision=self.decision, label=decision.label, en=decision.en, group=group.label if group else "",
            group_en=group.en if group else "", title=self.given.title,
            status=self.status, outcome=self.outcome, outcome_label=rung.label if rung else "",
            outcome_en=rung.en if rung else "", modality=self.modality, possible=possible, as_of=self.as_of,
            citations=self.citations, derivation=self.derivation, profile=self.profile,
            facts_known=self.facts_known, missing=self.missing, contradictions=self.contradictions,
            duties=self.duties, open=self.open, left_open=self.left_open, periods=self.periods, outside=self.outside,
            readings=self.readings, cautions=self.cautions, notes=self.notes, digests=self.given.digests(),
        )  # fmt: skip

    # --- for people --------------------------------------------------------------------------------------------------

    @cached_property
    def texts(self) -> tuple[Citation, ...]:
        """Every clause that the verdict names, with its text: those cited, and those of its steps, duties, periods."""
        data, glossary = self.data, self.question.glossary
        things: list[DerivationStep | DutyState | PeriodState] = [*data.derivation, *data.duties, *data.periods]
        warned = (clause.ref for caution in data.cautions for clause in caution.citations)
        named = (*self.cited, *warned, *(clause.ref for thing in things for clause in thing.clauses))
        return tuple(map(glossary.citation, dict.fromkeys(named)))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The dated entries of the lists that this decision reads, first to last."""
        read = self.question.facts
        return self.given.events([name for name in self.question.rules.vocabulary.records if name in read])

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What of the case read here does not count on the day, which lists are open, and what has no answer."""
        told = notes(self.given.case, self.given.day, self.question.read, self.question.rules.vocabulary)
        return (*told, *map(no_answer, self.unanswered))

    def __repr__(self) -> str:
        return f"<Verdict {self.decision}: {self.outcome or self.status}>"
