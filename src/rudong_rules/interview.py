"""An interview: asks for the fact that narrows an outcome most, until nothing can change it any more.

>>> import rudong_rules
>>> interview = rudong_rules.Interview(rudong_rules.load(), "mobility_in_force")
>>> [question.fact for question in interview][:1]
['as_of']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal

from .alone import alone, open_facts
from .case_model import CaseBase
from .columns import wanted
from .derivation import open_atoms
from .errors import CaseError
from .events import entry_words
from .given import day_asked, fact_named
from .lacking import asking, lacks
from .many import least_models
from .minimal import additions
from .naming import Names
from .needs import inputs_of
from .policy import Policy
from .program import members, opposite
from .settling import fewest, settling
from .verdict import Verdict
from .vocabulary import Finding, Record, Scalar

AnswerKind = Literal["yes_no", "int", "fraction", "date", "choice", "record"]
_LOOKED_AT = 4
"""How many facts are looked at together for whether they can matter, those first that leave fewest outcomes."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question: the fact, what to ask, and what an answer may be (``options`` of a choice, ``record`` of a list).

    ``listed`` is a list that the case gives already, of which something is still lacking.
    """

    fact: str
    text: str
    label: str
    en: str
    kind: AnswerKind
    options: Mapping[str, Any]
    record: Record | None = None
    listed: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class _Step:
    """A case so far, the facts that were asked for, and what is worked out of it once.

    ``gaps`` says of the lists that were looked at whether an entry lacks what can matter.
    """

    case: dict[str, Any]
    answered: frozenset[str]
    decide: Callable[..., Verdict]
    gaps: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict on the case."""
        return self.decide(deepcopy(self.case))

    @cached_property
    def open(self) -> set[int]:
        """The unknown inputs on which the outcome can still come to rest."""
        question, known = self.verdict.question, self.verdict.known.sound
        live = open_atoms(question.program, self.verdict.models.sound, question.goals)
        return {atom for atom in question.inputs if atom in live and not known >> 2 * atom & 3}

    @cached_property
    def measures(self) -> list[Any]:
        """The measures on which the outcome can still come to rest."""
        tests = (test for true, _, test in self.verdict.question.asked.tests if true.bit_length() - 1 >> 1 in self.open)
        return [side for test in tests for side in (test.left, test.right)]


class Interview:
    """Asks for the facts of a case.  ``case`` is the case so far, as ``Policy.decide`` reads it.

    A fact that is not known is None in it, and so is one that a saved case holds as null: it is not asked again.
    A list that is given is asked for once more while its entries lack what can matter, or it does not say whether it is
    complete; an answer then is the whole list.  Iterating yields the next question until none is left; answer it with
    :meth:`answer` or :meth:`not_known`, or else it is taken as not known, and a list as it is given.
    """

    def __init__(
        self, policy: Policy, decision: str, case: CaseBase | Mapping[str, Any] | None = None, *,
        as_of: date | str | None = None, readings: Mapping[str, str | None] | None = None,
    ) -> None:  # fmt: skip
        self.policy, self.decision = policy, policy.decisions.the(decision)
        self._as_of = day_asked(as_of)
        decide = partial(policy.decide, decision=self.decision, as_of=self._as_of, readings=readings)
        read = policy.reader.read(case or {})
        self._steps = [_Step(read.model_dump(mode="json", exclude_unset=True), frozenset(), decide)]

    def __repr__(self) -> str:
        return f"<Interview {self.decision}: {len(self._steps) - 1} answered>"

    @property
    def _now(self) -> _Step:
        return self._steps[-1]

    @property
    def case(self) -> dict[str, Any]:
        """The case so far; it is the caller's own."""
        return deepcopy(self._now.case)

    @property
    def verdict(self) -> Verdict:
        """The verdict so far; ``verdict.possible`` are the outcomes that may still come."""
        return self._now.verdict

    def answer(self, fact: str, value: Any) -> None:
        """Take an answer about a fact, which is named by id or label.

        Raises CaseError for no fact, and for a value that the fact cannot have, and then takes nothing.
        """
        name = self._id(fact)
        case = {**self._now.case, name: deepcopy(value)}
        self.policy.reader.read(case)
        self._steps.append(replace(self._now, case=case, answered=self._now.answered | {name}, gaps={}))

    def not_known(self, fact: str) -> None:
        """Take "not known" for an answer; a list that is given stays as it is.  Raises CaseError for no fact."""
        self.answer(fact, self._now.case.get(self._id(fact)))

    def _id(self, fact: str) -> str:
        """Return the id of a fact; a text that is none is left to the reader, which refuses it with a hint."""
        return self.policy.reader.names.get(fact_named("fact", fact), fact)

    @cached_property
    def _lists(self) -> Names:
        records = self.policy.rules.vocabulary.records
        return Names("list", {name: (one.label, one.en) for name, one in records.items()})

    def back(self) -> bool:
        """Take back the last answer; False when there is none."""
        if len(self._steps) > 1:
            self._steps.pop()
            return True
        return False

    def check(self, fact: str, entries: Sequence[Mapping[str, Any]]) -> None:
        """Raise CaseError for entries that a list cannot have; a column that is still lacking is no mistake yet.

        A list is named by id or label, here and below.
        """
        fact = self._lists.the(fact)
        try:
            self.policy.reader.read({**self._now.case, fact: {"entries": list(entries)}})
        except CaseError as error:
            wrong = [problem for problem in error.problems if problem.code != "missing"]
            if wrong:
                raise CaseError(wrong) from None

    def columns(self, fact: str, entry: Mapping[str, Any], before: Sequence[Mapping[str, Any]] = ()) -> tuple[str, ...]:
        """Return the columns still to be asked of an entry: those without which it is none, then those that matter.

        ``entry`` is what is known of it, None where a column is not known, ``before`` are the entries before it.
        Raises CaseError for an entry that cannot be.
        """
        fact = self._lists.the(fact)
        record = self.policy.rules.vocabulary.records[fact]
        needed = tuple(name for name, column in record.fields.items() if column.required and entry.get(name) is None)
        if needed:
            return needed
        views = []
        for entries in ([*before, entry], [entry]):
            case = self.policy.reader.read({**self._now.case, fact: {"entries": entries}})
            views.append(self.policy.rails.view(case, self._as_of))
        if not views[1].records[fact].items:
            return ()  # It is dated after the day.
        (known,) = views[1].records[fact].items
        matter = wanted(fact, known, self._now.measures, views[0], self.policy.rules.vocabulary) | {*record.unique}
        return tuple(name for name in record.fields if name in matter and name not in entry)

    def named(self, fact: str, entry: Mapping[str, Any]) -> tuple[str, str]:
        """Return in Chinese and English what an entry of a list is, by its day and kind.  Raises CaseError."""
        fact = self._lists.the(fact)
        (read,) = getattr(self.policy.reader.read({fact: {"entries": [entry]}}), fact).entries
        return entry_words(self.policy.rules.vocabulary.records[fact], [dict(read)])

    def __iter__(self) -> Iterator[Asking]:
        while (question := self.next()) is not None:
            before = len(self._steps)
            yield question
            if len(self._steps) == before and question.fact not in self._now.answered:
                self.not_known(question.fact)

    def next(self) -> Asking | None:
        """Return the next question, or None when no answer can change the outcome any more.

        A decision that only reports conclusions (a profile) has no outcome, and asks nothing.
        """
        verdict = self.verdict
        if verdict.outcome is not None or not verdict.question.rungs:
            return None
        atoms = self._atoms(verdict)
        left = self._left(verdict, list(atoms))
        sizes = self._relevant(verdict, sorted(atoms, key=left.__getitem__))
        if not sizes:
            return None
        return self._asking(atoms[min(sizes, key=lambda atom: (left[atom], sizes[atom]))], verdict)

    # --- choosing ----------------------------------------------------------------------------------------------------

    def _atoms(self, verdict: Verdict) -> dict[int, str]:
        """The unknown inputs of the decision that a fact not yet asked for may make known, with that fact."""
        question, known = verdict.question, verdict.known.sound
        found: dict[int, str] = {}
        for atom in question.inputs:
            if not known >> 2 * atom & 3:
                behind = question.glossary.facts_behind(question.program.atoms[atom])
                asked = [fact for fact in behind if self._open(fact)]
                if asked and self._answers(verdict, atom, asked):
                    found[atom] = asked[0]
        return found

    def _answers(self, verdict: Verdict, atom: int, asked: Sequence[str]) -> bool:
        """Return whether what may still be asked for can answer an input: a day cannot while an entry lacks its own."""
        question, given = verdict.question, verdict.given
        if asked != ["as_of"] or open_facts(given, question, atom) == ("as_of",):
            return True
        return alone(given, question, question.program.atoms[atom], "as_of")

    def _open(self, fact: str) -> bool:
        if fact in self._now.answered or (fact == "as_of" and self._as_of is not None):
            return False
        if fact not in self._now.case:
            return True
        listed = self._now.case[fact] if fact in self.policy.rules.vocabulary.records else None
        return listed is not None and ("complete" not in listed or self._lacks_cells(fact))

    def _lacks_cells(self, fact: str) -> bool:
        """Return whether an entry of a list that is given lacks a cell that can matter and of which nothing is said."""
        gaps = self._now.gaps
        if fact not in gaps:
            entries = self._now.case[fact].get("entries", ())
            gaps[fact] = any(self.columns(fact, one, entries[:nth]) for nth, one in enumerate(entries))
        return gaps[fact]

    def _relevant(self, verdict: Verdict, atoms: Sequence[int]) -> dict[int, int]:
        """Return the first of the inputs that can still settle the outcome, with how many facts each takes in all."""
        question, known = verdict.question, verdict.known.sound
        unknown = [atom for atom in question.inputs if not known >> 2 * atom & 3]
        if len(unknown) == len(atoms):
            for start in range(0, len(atoms), _LOOKED_AT):
                some = atoms[start : start + _LOOKED_AT]
                sets = settling(
                    question.ladder, known, question.goals, question.inputs, question.choices,
                    among=some, ranks=question.ranks,
                )  # fmt: skip
                if sets:
                    return fewest(sets, question.choices)
        # Some facts are not to be had, or the quick search saw no way: look for sets of those that are.
        every = inputs_of(verdict)
        choices = tuple(c for c in every.choices if any(atom in atoms for atom in c))
        own = tuple(atom for atom in every.atoms if atom in atoms or known >> 2 * atom & 3)
        inputs = replace(every, atoms=own, choices=choices)
        found: dict[int, int] = {}
        for goal in question.goals:
            for one in additions(inputs, goal).sets:
                size = len(inputs.touched(one))
                for atom in {rail >> 1 for rail in members(one)} & set(atoms):
                    found[atom] = min(size, found.get(atom, size))
        return {atom: found[atom] for atom in atoms if atom in found}

    def _left(self, verdict: Verdict, atoms: Sequence[int]) -> dict[int, int]:
        """Return for each input how many outcomes stay possible after its two answers; none once they are settled."""
        question = verdict.question
        every = (1 << 2 * len(atoms)) - 1
        known = dict.fromkeys(members(verdict.known.sound), every)
        for nth, atom in enumerate(atoms):
            for side in (0, 1):
                known[2 * atom + side] = known.get(2 * atom + side, 0) | 1 << 2 * nth + side
        held = least_models(question.program, known, every)
        settled = 0
        for goal in question.goals:
            settled |= held.get(goal, 0)
        still = [every & ~settled & ~held.get(opposite(goal), 0) for goal in question.goals]
        return {atom: sum((one >> 2 * nth & 3).bit_count() for one in still) for nth, atom in enumerate(atoms)}

    def _asking(self, fact: str, verdict: Verdict) -> Asking:
        thing = self.policy.glossary.facts[fact]
        text, en = self.policy.glossary.question(fact), thing.en
        kind: AnswerKind = "date"
        listed = None
        if isinstance(thing, Finding):
            kind = "yes_no"
        elif isinstance(thing, Record):
            kind, listed = "record", self._now.case.get(fact)
            if lacking := lacks(verdict.given, verdict.question, fact, self._now.open):
                text, en = asking(thing, verdict.given.view().records[fact].complete, lacking)
        elif isinstance(thing, Scalar):
            kind = thing.type
        return Asking(
            fact, text, thing.label, en, kind, thing.options if isinstance(thing, Scalar) else {},
            thing if isinstance(thing, Record) else None, listed,
        )  # fmt: skip
