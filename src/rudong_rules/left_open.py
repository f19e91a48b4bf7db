"""Readings that were left open and can still make a difference: what comes of each option, and what turns on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .consequences import periods
from .derivation import open_atoms
from .engines.fixpoint import least_model
from .given import Given
from .program import Rails, reading_of, true_rail
from .questions import Question
from .ruleset import DUTY_STATES
from .verdict_data import LeftOpen, PeriodState, Possible, Turning, WayToRead

_Chosen = Mapping[str, str | None]


def left_open(question: Question, given: Given, known: Rails, model: Rails, chosen: _Chosen) -> tuple[LeftOpen, ...]:
    """Return the readings left open on which the outcome may still turn, or on which something turns by itself.

    ``model`` is the least model of what is ``known``; ``chosen`` are the options taken, None where none was.
    """
    open_ = [name for name, option in chosen.items() if option is None]
    own = _own(question) if open_ else frozenset()
    names = [name for name in open_ if name in own]
    bearing = _bearing(question, model) if names else frozenset()
    every = [(name, _left_open(question, given, known, chosen, name)) for name in names]
    return tuple(one for name, one in every if name in bearing or one.turns)


def _own(question: Question) -> frozenset[str]:
    """Return the readings on which something in a decision depends."""
    periods_ = (question.rules.periods[name] for name in question.decision.periods)
    dated = (reading for period in periods_ for reading, _ in period.readings())
    return frozenset((*map(reading_of, question.program.index), *dated))


def _bearing(question: Question, model: Rails) -> frozenset[str]:
    """Return the readings on which an outcome can still come to rest; none where there is one: it rules out others."""
    atoms = open_atoms(question.program, model, question.goals)
    return frozenset(reading_of(question.program.atoms[atom]) for atom in atoms)


def _left_open(question: Question, given: Given, known: Rails, chosen: _Chosen, name: str) -> LeftOpen:
    reading = question.rules.readings[name]
    models = {
        option: least_model(question.program, known | question.reading_rails({name: option}))
        for option in reading.options
    }
    ways = (
        WayToRead(option=option, option_label=one.label, option_en=one.en, outcome=_outcome(question, models[option]))
        for option, one in reading.options.items()
    )
    shown = [periods(question, given, {**chosen, name: option}) for option in reading.options]
    turns = (*_turning(question, [*models.values()]), *_moving(question, shown))
    return LeftOpen(id=name, question=reading.question, en=reading.en, options=tuple(ways), turns=turns)


def _outcome(question: Question, model: Rails) -> Possible | None:
    outcome = question.outcome(model)
    return question.possible(outcome) if outcome else None


def _turning(question: Question, models: list[Rails]) -> Iterator[Turning]:
    """Yield the conclusions of the profile and the duties that do not stand alike in all models."""
    index = question.program.index

    def differs(name: str) -> bool:
        return len({model >> true_rail(index[name]) & 3 for model in models}) > 1

    for name in question.decision.profile:
        if differs(name):
            thing = question.glossary.describe(name)
            yield Turning(name=name, label=thing.label, en=thing.en)
    for name in question.decision.duties:
        if any(differs(f"duty:{name}:{state}") for state in DUTY_STATES):
            duty = question.rules.duties[name]
            yield Turning(name=name, label=duty.label, en=duty.en)


def _moving(question: Question, shown: list[tuple[PeriodState, ...]]) -> Iterator[Turning]:
    """Yield the periods that are not shown alike everywhere."""
    for name in question.decision.periods:
        if len({tuple(one for one in each if one.id == name) for each in shown}) > 1:
            period = question.rules.periods[name]
            yield Turning(name=name, label=period.label, en=period.en)
