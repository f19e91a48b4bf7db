"""What a case brings with it besides an outcome: duties and rights, and periods with their first and last day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from .given import Given
from .program import Rails, false_rail, true_rail
from .questions import Question
from .ruleset import DUTY_STATES, Period
from .selecting import Entry, matches
from .verdict_data import DutyState, DutyStatus, PeriodState
from .wheres import alternatives


def duties(question: Question, model: Rails) -> tuple[DutyState, ...]:
    """Return the duties and rights of a decision that a model knows to be arisen, discharged or violated."""
    rules, index = question.rules, question.program.index
    found = []
    for name in question.decision.duties:
        duty = rules.duties[name]
        holds = {state for state in DUTY_STATES if model >> true_rail(index[f"duty:{name}:{state}"]) & 1}
        state: DutyStatus = "standing" if duty.standing else "open"
        if "breached" in holds:
            state = "breached"
        elif "done" in holds:
            state = "done"
        elif "owed" in holds and duty.modality == "shall" and not duty.standing:
            state = "owed"
        unbroken = model >> false_rail(index[f"duty:{name}:breached"]) & 1
        if holds:
            found.append(
                DutyState(
                    id=name, label=duty.label, en=duty.en, who=duty.who, who_en=duty.who_en,
                    modality=duty.modality, state=state, breach_open=state in ("owed", "done") and not unbroken,
                    clauses=question.glossary.names(rules.clauses[f"duties:{name}"]),
                )
            )  # fmt: skip
    return tuple(found)


def periods(question: Question, given: Given, chosen: Mapping[str, str | None]) -> tuple[PeriodState, ...]:
    """Return the periods that entries have brought about under the readings chosen, first to last.

    None that ends before it begins; a day that is not known is an empty string.
    """
    rules, view, found = question.rules, given.view(), []
    for name in question.decision.periods:
        period = rules.periods[name]
        fields, wheres = period_fields(period, chosen), list(alternatives(period.where, chosen))
        for entry in view.records[period.of].items:
            begins, ends = (_iso(entry, field) for field in fields)
            fits = all(matches(entry, where, view) for where in wheres)
            if fits and not (begins and ends and ends < begins):
                found.append(
                    PeriodState(
                        id=name, label=period.label, en=period.en, first=begins, last=ends,
                        open_ended=period.last is None,
                        clauses=question.glossary.names(rules.clauses[f"periods:{name}"]),
                    )
                )  # fmt: skip
    return first_to_last(found)


def first_to_last(periods: Iterable[PeriodState]) -> tuple[PeriodState, ...]:
    """Return periods in the order of their days; a day that is not known comes after all others."""
    return tuple(sorted(periods, key=lambda one: (one.first or "9999", one.last or "9999")))


def period_fields(period: Period, chosen: Mapping[str, str | None]) -> tuple[str | None, str | None]:
    """Return the fields of an entry that say when a period begins and ends; None where a reading left open decides."""
    return _column(period.first, chosen), _column(period.last, chosen)


def _column(ends: Any, chosen: Mapping[str, str | None]) -> str | None:
    """Return the field that the readings choose for the end of a period; None while they leave it open, or for none."""
    if not isinstance(ends, dict):
        return ends if ends is None else str(ends)
    ((reading, options),) = ends["by_reading"].items()
    taken = chosen[reading]
    return None if taken is None else _column(options[taken], chosen)


def _iso(entry: Entry, column: str | None) -> str:
    value = entry.get(column) if column else None
    return value.isoformat() if isinstance(value, date) else ""
