"""Articles 10 (end), 11 and 12 of the mobility regulation (能上能下实施细则): what an adjustment bars, and until when.

Written from the text: every period is counted from its first day to the corresponding day, by calendar arithmetic.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from oracle.careers import Adjustment, Career, is_one, not_before, within
from oracle.logic import Truth, all_of, any_of, no
from oracle.tolerance import Ladder

NO_PROMOTION = {"transfer": 12, "non_leading": 12, "removal": 12, "demotion": 24}
"""调离岗位、改任非领导职务、免职的，一年内不得提拔；……降职的，两年内不得提拔。"""
NOT_ABOVE_FORMER = {"blame_resignation": 24, "ordered_resignation": 24}
"""引咎辞职、责令辞职的，两年内不得担任高于原职务层次的职务。"""
BARS = NO_PROMOTION | NOT_ABOVE_FORMER
STARTS = {"decision": "decided_on", "announcement": "announced_on", "removal": "removed_on"}


def months_later(start: date, months: int) -> date:
    """The corresponding day, or the last of its month where there is none (民法典第二百零二条)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def last_day(start: date | None, months: int | None, *, barred: bool) -> date | None:
    """The last day of a period: the corresponding day, if that is still barred, or else the day before."""
    if start is None or months is None:
        return None
    return months_later(start, months) - timedelta(days=0 if barred else 1)


def unfit(a: Adjustment) -> Truth:
    """因不适宜担任现职……的；仅以容错免责事项为由的调整不影响提拔（容错 七（三））。"""
    return all_of(is_one(a.matter, ["unfit"]), no(a.on_exempted_error))


def adjusted(c: Career) -> Truth:
    """Whether there was an adjustment for being unfit."""
    return c.adjustments.some(unfit)


def exempted_adjustment(c: Career) -> Truth:
    """对给予容错免责的干警，……在……提拔任用……等方面不受影响（容错 七（三））。"""
    return c.adjustments.some(lambda a: all_of(is_one(a.matter, ["unfit"]), a.on_exempted_error))


def _runs(c: Career, kinds: dict[str, int], start: str, barred: bool, length: str) -> Truth:
    """Whether a bar of these kinds runs under one option of each reading."""

    def one(a: Adjustment) -> Truth:
        if a.kind not in kinds:
            return False
        first: date | None = getattr(a, start)
        own = within(c.day, first, last_day(first, kinds[a.kind], barred=barred))
        sanction = last_day(first, a.discipline_months, barred=barred)
        longer = within(c.day, first, a.discipline_until if length == "later_end" else sanction)
        return all_of(unfit(a), any_of(own, all_of(a.with_discipline, longer)))

    return c.adjustments.some(one)


def _bar_runs(c: Career, kinds: dict[str, int]) -> Truth:
    """同时受到党纪政纪处分的，按照影响期长的规定执行：the bar runs while the longer of the two does."""

    def by_length(start: str, barred: bool) -> Truth:
        return c.read(
            "longer_effect",
            **{length: _runs(c, kinds, start, barred, length) for length in ("later_end", "longer_length")},
        )

    def by_last_day(start: str) -> Truth:
        return c.read("bar_last_day", barred=by_length(start, True), free=by_length(start, False))

    return c.read("bar_start", **{option: by_last_day(start) for option, start in STARTS.items()})


def promotion_barred(c: Career) -> Truth:
    """因不适宜担任现职调离岗位、改任非领导职务、免职的，一年内不得提拔；……降职的，两年内不得提拔。"""
    return _bar_runs(c, NO_PROMOTION)


def above_former_barred(c: Career) -> Truth:
    """引咎辞职、责令辞职的，两年内不得担任高于原职务层次的职务。"""
    return _bar_runs(c, NOT_ABOVE_FORMER)


def discipline_runs(c: Career) -> Truth:
    """同时受到党纪政纪处分的：whether that sanction is itself in effect on the day."""
    return c.adjustments.some(
        lambda a: all_of(unfit(a), a.with_discipline, within(c.day, a.discipline_from, a.discipline_until))
    )


def promotion_bar(c: Career) -> Ladder:
    """第十一条，较重的在前。"""
    return {
        "no_promotion": promotion_barred(c),
        "discipline_governs": discipline_runs(c),
        "not_above_former": above_former_barred(c),
        "free": True,
    }


# --- the periods -------------------------------------------------------------------------------------------------


class Period(NamedTuple):
    """A period; an end is None where it is not known, or left open by a reading."""

    name: str
    first: date | None
    last: date | None


def bar_periods(c: Career) -> list[Period]:
    """The periods of article 11 that the adjustments have brought about; an end that a reading leaves open is None."""
    start, end, length = (c.readings[name] for name in ("bar_start", "bar_last_day", "longer_effect"))
    found = []
    for a in c.adjustments.entries:
        if all_of(a.sure, unfit(a)) is not True:
            continue
        first: date | None = getattr(a, STARTS[start]) if start else None
        if a.kind in BARS:
            name = "no_promotion_period" if a.kind in NO_PROMOTION else "not_above_former_period"
            found.append(Period(name, first, last_day(first, BARS[a.kind], barred=end == "barred") if end else None))
        if a.with_discipline:
            last = last_day(first, a.discipline_months, barred=end == "barred") if end else None
            by_length = {"later_end": (a.discipline_from, a.discipline_until), "longer_length": (first, last)}
            found.append(Period("discipline_period", *by_length[length] if length else (None, None)))
    return found


# --- 十末段 pay ---------------------------------------------------------------------------------------------------


def next_month(day: date | None) -> date | None:
    """The first day of the month after."""
    return None if day is None else months_later(day.replace(day=1), 1)


def pay_effect(c: Career) -> Ladder:
    """从干部调整岗位的次月起，调整其级别和工资待遇。Only a move on an exempted error alone does not (容错 七（三）)."""

    def changed(a: Adjustment) -> Truth:
        return all_of(unfit(a), not_before(c.day, next_month(a.moved_on)))

    def moved(a: Adjustment) -> Truth:
        return all_of(unfit(a), not_before(c.day, a.moved_on))

    return {"changed": c.adjustments.some(changed), "not_yet": c.adjustments.some(moved), "unaffected": True}


def pay_periods(c: Career) -> list[Period]:
    """Level and pay as adjusted, without end."""
    return [
        Period("pay_period", next_month(a.moved_on), None) for a in c.adjustments.entries if all_of(a.sure, unfit(a))
    ]


# --- 十二 ---------------------------------------------------------------------------------------------------------


def re_promotion(c: Career) -> Ladder:
    """干部调整影响期满后，对德才表现和工作实绩突出，因工作需要且经考察符合任职条件的，可以按有关规定程序提拔任职。"""
    return {
        "not_adjusted": no(adjusted(c)),
        "still_barred": promotion_barred(c),
        "discipline_governs": discipline_runs(c),
        "up_to_former_only": above_former_barred(c),
        "possible": c.every("performance_outstanding", "work_needs", "examined_fit"),
        "conditions_lacking": True,
    }
