"""Whether a verdict holds however the open questions of the text are read: under every combination of readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from math import prod
from typing import Any, NamedTuple

from .case_model import CaseBase
from .engines.fixpoint import least_model
from .explanations import Robustness
from .many import Cases, least_models
from .policy import Policy
from .program import Rail, Rails, members
from .questions import Question
from .verdict import Verdict
from .verdict_data import ClauseName, Possible, Share, Taken, Together, Turn

MAX_COMBINATIONS = 1 << 14
"""Beyond so many combinations only the readings of which each one alone turns the outcome are looked for."""


def robustness(
    policy: Policy,
    case: CaseBase | Mapping[str, Any],
    decision: str,
    *,
    as_of: date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
) -> Robustness:
    """Return how far the verdict on a case depends on readings.  Raises CaseError as ``Policy.decide`` does."""
    chosen = policy.readings(readings)
    verdict = policy.decide(case, decision, as_of=as_of, readings=readings)
    question, own = verdict.question, verdict.outcome
    facts = verdict.grounds[0] & ~_reading_rails(question)
    live = _live(question, facts)
    complete = prod(len(options) for options in live.values()) <= MAX_COMBINATIONS
    if complete:
        table = _table(question, facts, live)
        found = {tuple(options.values()): (outcome, options) for options, outcome in table}
        every = [outcome for outcome, _ in found.values()]
        changes = [
            ({name: option for name, option in options.items() if option != chosen[name]}, outcome)
            for outcome, options in found.values()
            if outcome != own
        ]
        holds = own is not None and set(every) == {own}
    else:
        every, changes = [], list(_single(verdict, facts, live, chosen))
        holds = own is not None and own == _outcome(question, least_model(question.program, facts))
    smallest = _smallest(changes)
    names = [*question.decision.ladder, None]
    words = question.decision
    turned = dict.fromkeys(name for options, _ in smallest for name in options)
    open_ = dict.fromkeys(clause.ref for name in turned for clause in _clauses(question, name))
    return Robustness(
        decision=question.name, label=words.label, en=words.en, title=verdict.given.title, as_of=verdict.as_of,
        status=verdict.status, citations=tuple(map(policy.glossary.citation, open_)),
        outcome=_possible(question, own), holds=holds, complete=complete,
        turns=tuple(
            Turn(**_taken(question, *next(iter(options.items()))).model_dump(), outcome=_possible(question, outcome))
            for options, outcome in smallest
            if len(options) == 1
        ),
        together=tuple(
            Together(
                options=tuple(_taken(question, name, option) for name, option in options.items()),
                outcome=_possible(question, outcome),
            )
            for options, outcome in smallest
            if len(options) > 1
        ),
        readings=tuple(table[0][0]) if complete and table else (), combinations=len(every),
        outcomes=tuple(
            Share(outcome=_possible(question, name), combinations=every.count(name)) for name in names if name in every
        ),
    )  # fmt: skip


class _Column(NamedTuple):
    """A reading among combinations: each option holds in runs of ``stride`` of them, one after the other."""

    options: tuple[str, ...]
    stride: int

    def cases(self, option: str, every: Cases) -> Cases:
        """The combinations that take an option."""
        run, period = (1 << self.stride) - 1, self.stride * len(self.options)
        return every // ((1 << period) - 1) * (run << self.stride * self.options.index(option))


def _reading_rails(question: Question) -> Rails:
    return sum(3 << 2 * atom for name, atom in question.program.index.items() if name.startswith("reading:"))


def _live(question: Question, facts: Rails) -> dict[str, tuple[str, ...]]:
    """The readings that can still reach the outcome on these facts, each with its options.

    What holds with every reading left open needs none; what does not with all their options at once can never hold.
    """
    program = question.program
    sure = least_model(program, facts)
    may = least_model(program, facts | _reading_rails(question))
    needed = set(members(question.outcomes & may & ~sure))
    names: set[str] = set()
    for rail, gates in program.backwards:
        if rail in needed:
            for gate, body in gates:
                if (body & may).bit_count() >= gate.need:
                    needed.update(members(body & may & ~sure))
    for rail in needed:
        name = program.atoms[rail >> 1]
        if name.startswith("reading:"):
            names.add(name.removeprefix("reading:").partition("=")[0])
    return {name: tuple(reading.options) for name, reading in question.rules.readings.items() if name in names}


def _table(
    question: Question, facts: Rails, live: Mapping[str, tuple[str, ...]]
) -> list[tuple[dict[str, str], str | None]]:
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


def _single(
    verdict: Verdict, facts: Rails, live: Mapping[str, tuple[str, ...]], chosen: Mapping[str, str | None]
) -> Iterator[tuple[dict[str, str], str | None]]:
    """The changes of one option that turn the outcome."""
    question = verdict.question
    for name, options in live.items():
        for option in options:
            known = facts | question.reading_rails({**chosen, name: option})
            outcome = _outcome(question, least_model(question.program, known))
            if option != chosen[name] and outcome != verdict.outcome:
                yield {name: option}, outcome


def _smallest(changes: list[tuple[dict[str, str], str | None]]) -> list[tuple[dict[str, str], str | None]]:
    """The changes that hold no smaller ones."""
    kept: list[tuple[dict[str, str], str | None]] = []
    for options, outcome in sorted(changes, key=lambda change: len(change[0])):
        if not any(smaller.items() <= options.items() for smaller, _ in kept):
            kept.append((options, outcome))
    return kept


def _outcome(question: Question, model: Rails) -> str | None:
    return next((name for name, rail in question.rungs if model >> rail & 1), None)


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
