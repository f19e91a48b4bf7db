"""What the oracles of careers are given: a person's record on a day, with lists that say whether they are complete.

Entries dated after the day are left out before an oracle sees them; an undated one has happened by the day of the case,
and whether by an earlier day is not sure.  A list is complete up to the day of the case: asked for a later day, it
holds what happened until then and may lack what came after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Generic, Protocol, TypeVar

from oracle.logic import Event, Matter, Truth, agree, all_of, any_of, no


class Counted(Protocol):
    """An entry, and whether it counts on the day: True, or None where that is not sure."""

    @property
    def sure(self) -> Truth:
        """Whether it counts."""


E = TypeVar("E", bound=Counted)


def is_one(value: object, options: Iterable[object]) -> Truth:
    """Whether a value is one of the options; not known while the value is not."""
    return None if value is None else value in options


@dataclass(frozen=True)
class Listed(Generic[E]):
    """The entries that count on the day, or may; whether there are no others, and until which day there are none."""

    entries: tuple[E, ...] = ()
    complete: bool = False
    until: date | None = None

    def some(self, test: Callable[[E], Truth]) -> Truth:
        """Whether an entry passes the test: one that is not listed may, unless the list is complete."""
        found = any_of(*(all_of(entry.sure, test(entry)) for entry in self.entries))
        return found if found or self.complete else None


@dataclass(frozen=True)
class Assessment:
    """The annual assessment of one year."""

    year: int
    grade: str | None = None
    unfit_votes: int | None = None
    votes: int | None = None
    votes_of: str | None = None
    sure: Truth = True

    @property
    def share(self) -> Fraction | None:
        """The share of votes for incompetent, exact; no votes are no share of any number."""
        if self.unfit_votes == 0:
            return Fraction(0)
        return None if self.unfit_votes is None or self.votes is None else Fraction(self.unfit_votes, self.votes)


@dataclass(frozen=True)
class Honour:
    """An honour, prize or merit."""

    kind: str
    giver: str | None = None
    for_year: int | None = None
    for_three_years: bool | None = None
    for_outstanding_work: bool | None = None
    awarded_for: frozenset[str] | None = None
    county_consented: bool | None = None
    sure: Truth = True


@dataclass(frozen=True)
class Adjustment:
    """An organisational adjustment, with the sanction imposed at the same time."""

    kind: str
    matter: str | None = None
    decided_on: date | None = None
    announced_on: date | None = None
    removed_on: date | None = None
    moved_on: date | None = None
    on_exempted_error: bool | None = None
    on_tolerated_error: bool | None = None
    revoked: bool | None = None
    revoked_on: date | None = None
    re_promoted: bool | None = None
    re_promoted_on: date | None = None
    with_discipline: bool | None = None
    discipline_from: date | None = None
    discipline_until: date | None = None
    discipline_months: int | None = None
    sure: Truth = True


@dataclass(frozen=True)
class Protected:
    """A matter recognised as tolerated or found untrue, and the grounds that fail without it."""

    conclusion: str
    decisive_for: frozenset[str] | None = None
    sure: Truth = True


@dataclass(frozen=True)
class Incident:
    """A mass incident or public safety incident."""

    kind: str
    especially_grave: bool | None = None
    day: date | None = None
    sure: Truth = True


@dataclass(frozen=True)
class Step(Event):
    """A step of the adjustment procedure."""

    talk: frozenset[str] | None = None
    proposal: frozenset[str] | None = None
    proposed_by: str | None = None
    collective: bool | None = None
    spoken_by: str | None = None
    sure: Truth = True


@dataclass(frozen=True)
class Career(Matter):
    """All that is known of a person on a day."""

    day: date | None = None
    assessments: Listed[Assessment] = field(default_factory=Listed)
    honours: Listed[Honour] = field(default_factory=Listed)
    adjustments: Listed[Adjustment] = field(default_factory=Listed)
    protected_matters: Listed[Protected] = field(default_factory=Listed)
    incidents: Listed[Incident] = field(default_factory=Listed)
    steps: Listed[Step] = field(default_factory=Listed)

    def number(self, name: str) -> int | Fraction | None:
        """A number of the case."""
        value = self.facts.get(name)
        assert value is None or isinstance(value, int | Fraction)
        return value

    @property
    def year(self) -> int | None:
        """The assessment year relied on."""
        value = self.number("assessment_year")
        assert value is None or isinstance(value, int)
        return value

    def assessed(self, year: int | None, test: Callable[[Assessment], Truth]) -> Truth:
        """Whether the assessment of a year passes the test.  There is one a year: if listed, no other can be."""
        for one in self.assessments.entries:
            if one.year == year:
                return all_of(one.sure, test(one))
        return self.assessments.some(lambda one: all_of(None if year is None else False, test(one)))

    def graded(self, year: int, grades: Sequence[str]) -> Truth:
        """Whether the grade of a year is one of these; while it is not sure that it counts only that it is none."""
        listed = {one.year: all_of(is_one(one.grade, grades), one.sure) for one in self.assessments.entries}
        return listed.get(year, False if self.assessments.complete else None)

    @property
    def year_over(self) -> Truth:
        """Whether the assessment year relied on is over on the day."""
        return None if self.day is None or self.year is None else self.day.year > self.year

    def since(self, name: str) -> Truth:
        """Whether a day of the case has come."""
        start = self.facts.get(name)
        assert start is None or isinstance(start, date)
        return not_before(self.day, start)

    def protected(self, ground: str, reading: str) -> Truth:
        """对给予容错免责的干警，……不受影响；对反映问题失实或受到诬告的干警及时澄清正名（容错 七（三）、八（一））。

        Whether a ground fails once exempted and untrue matters are left out.  What 七（三） reaches is a ``reading``,
        except for what it lists itself (``""``); what was found untrue is no ground under any.
        """

        def decisive(one: Protected) -> Truth:
            return None if one.decisive_for is None else ground in one.decisive_for

        def tolerated(one: Protected) -> Truth:
            lenient = self.read("protected_persons", exempted_only=False, also_lenient=one.conclusion == "lenient")
            return all_of(any_of(one.conclusion == "exempted", lenient), decisive(one))

        untrue = self.protected_matters.some(lambda one: all_of(one.conclusion == "untrue", decisive(one)))
        exempted = self.protected_matters.some(tolerated)
        return any_of(untrue, self.read(reading, included=exempted, not_included=False) if reading else exempted)


def grade_on_protected_alone(c: Career) -> Truth:
    """其本人在各类考核……等方面不受影响（容错 七（三））: a year was not graded excellent on exempted or untrue matters alone."""
    return c.protected("grade", "")


def untrue_report_not_listed(c: Career) -> Truth:
    """反映问题失实（容错 八（一））: the matters listed, this one among them (含本次), name none that was found untrue."""
    return all_of(c["report_untrue"], no(c.protected_matters.some(lambda one: one.conclusion == "untrue")))


def tolerated_error_not_listed(c: Career) -> Truth:
    """对给予容错免责的干警（容错 七（三））: the matters listed, this one among them (含本次), name none so concluded upon."""

    def left_out(conclusion: str) -> Truth:
        return no(c.protected_matters.some(lambda one: one.conclusion == conclusion))

    return any_of(*(all_of(c.choice("recognition", one), left_out(one)) for one in ("exempted", "lenient")))


def not_before(day: date | None, first: date | None) -> Truth:
    """Whether a day is the first one or later."""
    return None if day is None or first is None else day >= first


def within(day: date | None, first: date | None, last: date | None) -> Truth:
    """Whether a day lies in a period, its first and last day included."""
    return all_of(not_before(day, first), not_before(last, day))


__all__ = [
    "Adjustment", "Assessment", "Career", "Honour", "Incident", "Listed", "Protected", "Step",
    "agree", "is_one", "not_before", "tolerated_error_not_listed",
    "untrue_report_not_listed", "within",
]  # fmt: skip
