"""Whether a verdict holds however the open questions of the text are read: under every combination of readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from math import prod
from typing import NamedTuple

from .engines.fixpoint import least_model
from .explain_parts import Case, Readings, header
from .explanations import Robustness
from .many import Cases, least_models
from .policy import Policy
from .program import Rail, Rails, members, reading_of
from .questions import Question
from .robustness_data import Share, Taken, Together, Turn
from .verdict import Verdict
from .verdict_data import ClauseName, Possible

MAX_COMBINATIONS = 1 << 14
"""Beyond so many combinations only the readings of which each one alone turns the outcome are looked for."""

_Options = dict[str, str]
_Came = tuple[_Options, str | None]
"""Options of readings, and the outcome that comes of them."""


class _Found(NamedTuple):
    """What was found of other readings: ``turning`` are the options, unlike those chosen, that turn the outcome.

    ``outcomes`` are those of every combination of ``readings``, where all were looked at (``complete``).
    """

    holds: bool
    complete: bool
    turning: Sequence[_Came]
    readings: tuple[str, ...] = ()
    outcomes: tuple[str | None, ...] = ()


def robustness(
    policy: Policy, case: Case, decision: str, *, as_of: date | str | None = None, readings: Readings = None
) -> Robustness:
    """Return how far the verdict on a case depends on readings.  Raises CaseError as ``Policy.decide`` does."""
    return robustness_of(policy.decide(case, decision, as_of=as_of, readings=readings))


def robustness_of(verdict: Verdict) -> Robustness:
    """Return how far a verdict depends on readings."""
    question = verdict.question
    facts = verdict.known.sound & ~question.every_reading
    live = _live(question, facts)
    few = prod(map(len, live.values())) <= MAX_COMBINATIONS
    return _data(verdict, _all(verdict, facts, live) if few else _one_by_one(verdict, facts, live))


def _all(verdict: Verdict, facts: Rails, live: Mapping[str, tuple[str, ...]]) -> _Found:
    """Return what comes of every combination of readings."""
    table = _table(verdict.question, facts, live)
    turning = [
        ({name: option for name, option in options.items() if option != verdict.chosen[name]}, outcome)
        for options, outcome in table
        if outcome != verdict.outcome
    ]
    holds = verdict.outcome is not None and not turning
    return _Found(holds, True, turning, tuple(table[0][0]), tuple(outcome for _, outcome in table))


def _one_by_one(verdict: Verdict, facts: Rails, live: Mapping[str, tuple[str, ...]]) -> _Found:
    """Return what comes of each option while all other readings keep theirs, and whether it takes no reading at all."""
    question, turning = verdict.question, list[_Came]()
    others = ((name, option) for name, own in live.items() for option in own if option != verdict.chosen[name])
    for name, option in others:
        known = facts | question.reading_rails({**verdict.chosen, name: option})
        outcome = question.outcome(least_model(question.program, known))
        if outcome != verdict.outcome:
            turning.append(({name: option}, outcome))
    alone = question.outcome(least_model(question.program, facts))
    return _Found(alone is not None and alone == verdict.outcome, False, turning)


def _data(verdict: Verdict, found: _Found) -> Robustness:
    question = verdict.question
    smallest = _smallest(found.turning)
    turned = dict.fromkeys(name for options, _ in smallest for name in options)
    open_ = dict.fromkeys(clause.ref for name in turned for clause in _clauses(question, name))
    told = [
        ([_taken(question, *one) for one in options.items()], _possible(question, outcome))
        for options, outcome in smallest
    ]
    counts = Counter(found.outcomes)
    return Robustness(
        **header(verdict), holds=found.holds, complete=found.complete,
        turns=tuple(Turn(**dict(taken[0]), outcome=outcome) for taken, outcome in told if len(taken) == 1),
        together=tuple(Together(options=tuple(taken), outcome=outcome) for taken, outcome in told if len(taken) > 1),
        readings=found.readings, combinations=len(found.outcomes),
        outcomes=tuple(
            Share(outcome=_possible(question, name), combinations=counts[name])
            for name in (*question.decision.ladder, None)
            if name in counts
        ),
        citations=tuple(map(question.glossary.citation, open_)),
    )  # fmt: skip


class _Column(NamedTuple):
    """A reading among combinations: each option holds in runs of ``stride`` of them, one after the other."""

    options: tuple[str, ...]
    stride: int

    def cases(self, option: str, every: Cases) -> Cases:
        """The combinations that take an option."""
        run, period = (1 << self.stride) - 1, self.stride * len(self.options)
        return every // ((1 << period) - 1) * (run << self.stride * self.options.index(option))


def _live(question: Question, facts: Rails) -> dict[str, tuple[str, ...]]:
    """The readings that can still reach the outcome on these facts, each with its options.

    What holds with every reading left open needs none; what does not with all their options at once can never hold.
    """
    program = question.program
    sure = least_model(program, facts)
    may = least_model(program, facts | question.every_reading)
    needed = set(members(question.outcomes & may & ~sure))
    for rail, gates in program.backwards:
        if rail in needed:
            for gate, body in gates:
                if (body & may).bit_count() >= gate.need:
                    needed.update(members(body & may & ~sure))
    names = {reading_of(program.atoms[rail >> 1]) for rail in needed}
    return {name: tuple(reading.options) for name, reading in question.rules.readings.items() if name in names}


def _table(question: Question, facts: Rails, live: Mapping[str, tuple[str, ...]]) -> list[_Came]:
    """The outcome under every combination of the readings on which it depends."""
    columns: dict[str, _Column] = {}
    stride = 1
    for name, options in live.items():
        columns[name] = _Column(options, stride)
        stride *= len(options)
    every = (1 << stride) - 1
    known: dict[Rail, Cases] = dict.fromkeys(members(facts), every)
    for name, column in columns.items():
        for option in column.options:
            atom = question.program.index.get(f"reading:{name}={option}")
            if atom is not None:
                known[2 * atom] = column.cases(option, every)
                known[2 * atom + 1] = every ^ known[2 * atom]
    held = least_models(question.program, known, every)
    outcomes = {name: held.get(rail, 0) for name, rail in question.rungs}
    # A reading on which nothing depends takes its first option.
    matter = {name: column for name, column in columns.items() if not _idle(column, outcomes, every)}
    found = []
    for taken in product(*(column.options for column in matter.values())):
        place = sum(c.stride * c.options.index(option) for c, option in zip(matter.values(), taken, strict=True))
        outcome = next((name for name, cases in outcomes.items() if cases >> place & 1), None)
        found.append((dict(zip(matter, taken, strict=True)), outcome))
    return found


def _idle(column: _Column, outcomes: Mapping[str, Cases], every: Cases) -> bool:
    """Whether every option of a reading gives the same outcomes."""
    slices = [(column.cases(option, every), column.stride * nth) for nth, option in enumerate(column.options)]
    return all(len({(cases & own) >> shift for own, shift in slices}) == 1 for cases in outcomes.values())


def _smallest(changes: Iterable[_Came]) -> list[_Came]:
    """The changes that hold no smaller ones."""
    kept: list[_Came] = []
    for options, outcome in sorted(changes, key=lambda change: len(change[0])):
        if not any(smaller.items() <= options.items() for smaller, _ in kept):
            kept.append((options, outcome))
    return kept


def _taken(question: Question, name: str, option: str) -> Taken:
    reading = question.rules.readings[name]
    words = reading.options[option]
    return Taken(
        reading=name, question=reading.question, en=reading.en, option=option, option_label=words.label,
        option_en=words.en, clauses=_clauses(question, name),
    )  # fmt: skip


def _clauses(question: Question, reading: str) -> tuple[ClauseName, ...]:
    """The clauses that leave a question open."""
    option = next(iter(question.rules.readings[reading].options))
    return question.glossary.names(question.glossary.describe(f"reading:{reading}={option}").clauses)


def _possible(question: Question, outcome: str | None) -> Possible | None:
    return None if outcome is None else question.possible(outcome)
