"""What the oracles are given of a random career: the entries and findings that count on the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from laws.strategies import DEFAULTS, Asked, Facts
from oracle.careers import Adjustment, Assessment, Career, Counted, Honour, Incident, Listed, Protected, Step
from oracle.logic import Truth, with_what_follows

E = TypeVar("E", bound=Counted)


def career(asked: Asked) -> Career:
    """The career as an oracle sees it on the day."""
    case = asked.case
    own = _day(case.get("as_of"))
    day = asked.as_of or own

    def listed(name: str, dated: str, make: Callable[[Facts, Truth], E], year: str = "") -> Listed[E]:
        given = case.get(name)
        if given is None:
            return Listed()
        undated = True if day is None or (own is not None and day >= own) else None
        entries = [
            make(entry, undated if entry.get(dated) is None else True)
            for entry in given["entries"]
            if _counts(_day(entry.get(dated)), day) and not (day and entry.get(year, 0) > day.year)
        ]
        whole: bool = given["complete"]
        beyond = own is not None and day is not None and day > own
        return Listed(tuple(entries), whole and not beyond, own if whole else None)

    facts = {name: _value(name, value, day) for name, value in case.items()}
    return Career(
        with_what_follows({name: value for name, value in facts.items() if value is not None}),
        DEFAULTS | asked.readings,
        day=day,
        assessments=listed("assessments", "determined_on", _assessment, "year"),
        honours=listed("honours", "granted_on", _honour, "for_year"),
        adjustments=listed("adjustments", "decided_on", _adjustment),
        protected_matters=listed("protected_matters", "recognised_on", _protected),
        incidents=listed("incidents", "date", _incident),
        steps=listed("adjustment_events", "date", _step),
    )


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None


def _counts(dated: date | None, day: date | None) -> bool:
    return dated is None or day is None or dated <= day


def _value(name: str, given: Any, day: date | None) -> Any:
    """A fact on the day: of several determinations by one organ the latest that counts."""
    if name.endswith("issued_on"):
        return _day(given)
    if name == "excellent_share_limit":
        return Fraction(given)
    if isinstance(given, Mapping):
        given = [given] if "value" in given else None
    if isinstance(given, list):
        made = [one for one in given if _counts(_day(one["determined_on"]), day)]
        return max(made, key=lambda one: str(one["determined_on"]))["value"] if made else None
    return given


def _assessment(entry: Facts, sure: Truth) -> Assessment:
    return Assessment(**{name: value for name, value in entry.items() if name != "determined_on"}, sure=sure)


def _honour(entry: Facts, sure: Truth) -> Honour:
    read = {name: value for name, value in entry.items() if name not in ("granted_on", "awarded_for")}
    awarded = entry.get("awarded_for")
    return Honour(**read, awarded_for=None if awarded is None else frozenset(awarded), sure=sure)


def _adjustment(entry: Facts, sure: Truth) -> Adjustment:
    dates = ("_on", "_from", "_until")
    read: dict[str, Any] = {name: _day(value) if name.endswith(dates) else value for name, value in entry.items()}
    return Adjustment(**read, sure=sure)


def _protected(entry: Facts, sure: Truth) -> Protected:
    decisive = entry.get("decisive_for")
    return Protected(entry["conclusion"], None if decisive is None else frozenset(decisive), sure)


def _incident(entry: Facts, sure: Truth) -> Incident:
    return Incident(entry["kind"], entry.get("especially_grave"), _day(entry.get("date")), sure)


def _step(entry: Facts, sure: Truth) -> Step:
    talk, proposal = entry.get("talk_content"), entry.get("proposal_content")
    return Step(
        entry["event"],
        _day(entry.get("date")),
        entry.get("order"),
        talk=None if talk is None else frozenset(talk),
        proposal=None if proposal is None else frozenset(proposal),
        proposed_by=entry.get("proposed_by"),
        collective=entry.get("collective"),
        spoken_by=entry.get("spoken_by"),
        sure=sure,
    )
