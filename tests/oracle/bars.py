"""Articles 10 (end), 11 and 12 of the mobility regulation (能上能下实施细则): what an adjustment bars, and until when.

Written from the text: every period is counted from its first day to the corresponding day, by calendar arithmetic.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
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


def stands(c: Career, a: Adjustment) -> Truth:
    """申请复核或者……提出申诉。复核、申诉期间不停止调整决定的执行: it stands until the day on which it is revoked.

    Of which nobody said that it was never revoked, it is not known; a day that is still to come revokes nothing yet.  Or,
    by reading, what was revoked never stood.
    """
    return c.read(
        "revocation_effect",
        until_revoked=any_of(no(a.revoked), no(not_before(c.day, a.revoked_on))),
        from_start=no(a.revoked),
    )


def revoked(c: Career, a: Adjustment) -> Truth:
    """Whether it was revoked by the day, or, by reading, at all."""
    by_the_day = all_of(a.revoked, not_before(c.day, a.revoked_on))
    return c.read("revocation_effect", until_revoked=by_the_day, from_start=a.revoked)


def on_protected_error(c: Career, a: Adjustment) -> Truth:
    """对给予容错免责的干警，……不受影响（容错 七（三））: whether it was only on errors that this protects.

    Whether 免责 leaves out whoever was treated leniently is a reading.
    """
    either = any_of(a.on_exempted_error, a.on_tolerated_error)
    return c.read("protected_persons", exempted_only=a.on_exempted_error, also_lenient=either)


def of_article_11(c: Career, a: Adjustment) -> Truth:
    """因不适宜担任现职……的；引咎辞职、责令辞职的……；降职的……: of which of the three parts 因不适宜担任现职 speaks is a reading."""
    unfit = is_one(a.matter, ["unfit"])
    later_part = a.kind in ("blame_resignation", "ordered_resignation", "demotion")
    return c.read("unfit_scope", all_parts=unfit, first_only=any_of(unfit, later_part))


def for_unfitness(c: Career, a: Adjustment) -> Truth:
    """因不适宜担任现职……的；仅以容错免责事项为由的调整不影响提拔（容错 七（三）: 在……提拔任用……等方面不受影响）。"""
    return all_of(of_article_11(c, a), no(on_protected_error(c, a)))


def unfit(c: Career, a: Adjustment) -> Truth:
    """An adjustment for being unfit that stands on the day, and keeps from promotion."""
    return all_of(for_unfitness(c, a), stands(c, a))


def adjusted(c: Career) -> Truth:
    """Whether there was an adjustment for being unfit."""
    return c.adjustments.some(lambda a: unfit(c, a))


def revoked_adjustment(c: Career) -> Truth:
    """干部本人对调整决定不服的，可以……申请复核或者……提出申诉: one that was revoked counts no more."""
    return c.adjustments.some(lambda a: all_of(of_article_11(c, a), revoked(c, a)))


def exempted_adjustment(c: Career) -> Truth:
    """对给予容错免责的干警，……在……提拔任用……等方面不受影响（容错 七（三））。"""
    return c.adjustments.some(lambda a: all_of(of_article_11(c, a), on_protected_error(c, a)))


Runs = Callable[[Adjustment, date | None, bool], Truth]
"""Whether something of an adjustment runs, counted from a day, with the corresponding day barred or free."""


def _by_readings(c: Career, runs: Runs) -> Truth:
    """What holds by each way of counting: from which day, and whether the corresponding day is barred."""

    def counted(start: str, barred: bool) -> Truth:
        return c.adjustments.some(lambda a: all_of(unfit(c, a), runs(a, getattr(a, start), barred)))

    def by_last_day(start: str) -> Truth:
        return c.read("bar_last_day", barred=counted(start, True), free=counted(start, False))

    return c.read("bar_start", **{option: by_last_day(start) for option, start in STARTS.items()})


def _bar_runs(c: Career, kinds: dict[str, int]) -> Truth:
    def runs(a: Adjustment, first: date | None, barred: bool) -> Truth:
        return a.kind in kinds and within(c.day, first, last_day(first, kinds[a.kind], barred=barred))

    return _by_readings(c, runs)


def promotion_barred(c: Career) -> Truth:
    """因不适宜担任现职调离岗位、改任非领导职务、免职的，一年内不得提拔；……降职的，两年内不得提拔。"""
    return _bar_runs(c, NO_PROMOTION)


def above_former_barred(c: Career) -> Truth:
    """引咎辞职、责令辞职的，两年内不得担任高于原职务层次的职务。"""
    return _bar_runs(c, NOT_ABOVE_FORMER)


def discipline_longer(c: Career) -> Truth:
    """同时受到党纪政纪处分的，按照影响期长的规定执行: the sanction runs, and its effect is the longer of the two.

    By its end: the sanction's last day comes after the last day that the article bars.  By its length: its months are
    more, and it runs from the day from which the bar does.
    """

    def later_end(a: Adjustment, first: date | None, barred: bool) -> Truth:
        if a.kind not in BARS:
            return False
        bar = last_day(first, BARS[a.kind], barred=barred)
        later = None if bar is None or a.discipline_until is None else a.discipline_until > bar
        own = within(c.day, a.discipline_from, a.discipline_until)
        return all_of(a.with_discipline, not_before(c.day, first), own, later)

    def longer_length(a: Adjustment, first: date | None, barred: bool) -> Truth:
        if a.kind not in BARS:
            return False
        longer = None if a.discipline_months is None else a.discipline_months > BARS[a.kind]
        last = last_day(first, a.discipline_months, barred=barred)
        return all_of(a.with_discipline, within(c.day, first, last), longer)

    # Of several adjustments one may have the longer effect by its end and another by its length.
    ends, lasts = _by_readings(c, later_end), _by_readings(c, longer_length)
    return c.read("longer_effect", later_end=ends, longer_length=lasts)


def discipline_runs(c: Career) -> Truth:
    """同时受到党纪政纪处分的：whether that sanction is itself in effect on the day, whatever became of the adjustment."""

    def runs(a: Adjustment) -> Truth:
        imposed = all_of(of_article_11(c, a), a.with_discipline)
        return all_of(imposed, within(c.day, a.discipline_from, a.discipline_until))

    return c.adjustments.some(runs)


def promotion_bar(c: Career) -> Ladder:
    """第十一条: no promotion at all; beside a bar above the former level the longer effect; then what runs apart."""
    return {
        "no_promotion": promotion_barred(c),
        "discipline_governs": discipline_longer(c),
        "not_above_former": above_former_barred(c),
        "discipline_apart": discipline_runs(c),
        "free": True,
    }


# --- the periods -------------------------------------------------------------------------------------------------


class Period(NamedTuple):
    """A period; an end is None where it is not known, or left open by a reading."""

    name: str
    first: date | None
    last: date | None


def _until_revoked(a: Adjustment, last: date | None) -> date | None:
    """复核、申诉期间不停止调整决定的执行: what was revoked had bound until the day before, unless it had ended already."""
    return None if last is None or a.revoked_on is None else min(last, a.revoked_on - timedelta(days=1))


def _bound_before(c: Career, a: Adjustment, first: date | None) -> Truth:
    """Whether an adjustment that is revoked by now had been in effect for a day before; by reading none ever was."""
    before = None if first is None or a.revoked_on is None else first < a.revoked_on
    bound = all_of(a.sure, revoked(c, a), before)
    return c.read("revocation_effect", until_revoked=bound, from_start=False)


def bar_periods(c: Career) -> list[Period]:
    """The periods of article 11 that the adjustments have brought about; an end that a reading leaves open is None."""
    start, end = (c.readings[name] for name in ("bar_start", "bar_last_day"))
    found = []
    for a in c.adjustments.entries:
        if a.kind in BARS and all_of(for_unfitness(c, a), _bound_before(c, a, a.decided_on)) is True:
            kind = "no_promotion_until_revoked" if a.kind in NO_PROMOTION else "not_above_former_until_revoked"
            since: date | None = getattr(a, STARTS[start]) if start else None
            until = last_day(since, BARS[a.kind], barred=end == "barred") if end else None
            ended = _until_revoked(a, until)
            if since is None or ended is None or since <= ended:  # Revoked before it began, it never bound.
                found.append(Period(kind, since, ended))
        counts = unfit(c, a)
        first: date | None = getattr(a, STARTS[start]) if start else None
        if a.kind in BARS and all_of(a.sure, counts):
            name = "no_promotion_period" if a.kind in NO_PROMOTION else "not_above_former_period"
            found.append(Period(name, first, last_day(first, BARS[a.kind], barred=end == "barred") if end else None))
        # 处分 stands by itself; its length counted from the adjustment asks for one that counts.
        imposed = all_of(a.sure, of_article_11(c, a), a.with_discipline)
        if c.read("longer_effect", later_end=imposed, longer_length=False):
            found.append(Period("discipline_period", a.discipline_from, a.discipline_until))
        if c.read("longer_effect", later_end=False, longer_length=all_of(imposed, counts)):
            last = last_day(first, a.discipline_months, barred=end == "barred") if end else None
            found.append(Period("discipline_length_period", first, last))
    return found


# --- 十末段 pay ---------------------------------------------------------------------------------------------------


def next_month(day: date | None) -> date | None:
    """The first day of the month after."""
    return None if day is None else months_later(day.replace(day=1), 1)


def changes_pay(c: Career, a: Adjustment) -> Truth:
    """从干部调整岗位的次月起，调整其级别和工资待遇。Only 等方面 (容错 七（三）) can reach level and pay: a reading."""
    exempted = c.read("grounds_protected", included=no(on_protected_error(c, a)), not_included=True)
    return all_of(is_one(a.matter, ["unfit"]), exempted)


def pay_effect(c: Career) -> Ladder:
    """从干部调整岗位的次月起，调整其级别和工资待遇。"""

    def changed(a: Adjustment) -> Truth:
        return all_of(changes_pay(c, a), stands(c, a), not_before(c.day, next_month(a.moved_on)))

    def moved(a: Adjustment) -> Truth:
        return all_of(changes_pay(c, a), stands(c, a), not_before(c.day, a.moved_on))

    def undone(a: Adjustment) -> Truth:
        first = next_month(a.moved_on)
        before = None if first is None or a.revoked_on is None else first < a.revoked_on
        return all_of(changes_pay(c, a), revoked(c, a), not_before(c.day, first), before)

    return {
        "changed": c.adjustments.some(changed),
        "not_yet": c.adjustments.some(moved),
        "revoked": c.adjustments.some(undone),
        "unaffected": True,
    }


def pay_periods(c: Career) -> list[Period]:
    """Level and pay as adjusted, without end, or until the day before the revocation."""
    found = []
    for a in c.adjustments.entries:
        first = next_month(a.moved_on)
        if all_of(a.sure, changes_pay(c, a), stands(c, a)):
            found.append(Period("pay_period", first, None))
        if all_of(changes_pay(c, a), _bound_before(c, a, first)):
            found.append(Period("pay_until_revoked", first, _until_revoked(a, date.max)))
    return found


# --- 十二 ---------------------------------------------------------------------------------------------------------


def bar_to_begin(c: Career) -> Truth:
    """干部调整影响期满后: of an adjustment that stands the bar begins on a day still to come.  The decision lies behind."""

    def to_come(day: str) -> Truth:
        return c.adjustments.some(lambda a: all_of(unfit(c, a), a.kind in BARS, no(not_before(c.day, getattr(a, day)))))

    return c.read("bar_start", decision=False, announcement=to_come("announced_on"), removal=to_come("removed_on"))


def promoted_since(c: Career) -> Truth:
    """干部调整影响期满后，……可以按有关规定程序提拔任职: whether this is asked once, or at every promotion, is a reading.

    Once: no adjustment that counts is left after which nobody was promoted again before the day; of the promotion of
    the day itself the conditions are asked.
    """

    def unspent(a: Adjustment) -> Truth:
        to_come = all_of(a.re_promoted, not_before(a.re_promoted_on, c.day))
        return all_of(unfit(c, a), any_of(no(a.re_promoted), to_come))

    return c.read("conditions_asked", every_time=False, once=no(c.adjustments.some(unspent)))


def re_promotion(c: Career) -> Ladder:
    """干部调整影响期满后，对德才表现和工作实绩突出，因工作需要且经考察符合任职条件的，可以按有关规定程序提拔任职。

    Whether a promotion that no bar forbids (引咎辞职、责令辞职的，两年内: up to the former level) needs them before is a reading.
    """
    three, below = c.every("performance_outstanding", "work_needs", "examined_fit"), above_former_barred(c)
    return {
        "not_adjusted": no(adjusted(c)),
        "still_barred": promotion_barred(c),
        "discipline_governs": discipline_longer(c),
        "up_to_former_lacking": c.read("conditions_within_bar", after_only=False, within_too=all_of(below, no(three))),
        "up_to_former_only": below,
        "discipline_apart": discipline_runs(c),
        "bar_not_begun": bar_to_begin(c),
        "promoted_since": promoted_since(c),
        "possible": three,
        "conditions_lacking": True,
    }
