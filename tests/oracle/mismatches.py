"""What of an adjustment does not fit together, by article 10 of the mobility regulation: written from the text."""

from __future__ import annotations

from datetime import date

from oracle.adjustment import CARRIED_OUT, CONCLUDED, PROPOSED_OR_DECIDED, UNDONE
from oracle.bars import BARS, changes_pay, for_unfitness, next_month, of_article_11, stands
from oracle.careers import Adjustment, Career, Step, is_one, not_before
from oracle.logic import Truth, all_of, any_of, no
from oracle.mobility import matter_covered
from oracle.steps import answered, between, happened, missed, of_kind


def adjusted_though_not_unfit(c: Career) -> Truth:
    """对不适宜担任现职干部提出调整建议: proposed or decided on of somebody who is not, and neither undone nor started again since."""
    undone = answered(c, PROPOSED_OR_DECIDED, UNDONE)
    another = c.steps.some(lambda step: all_of(PROPOSED_OR_DECIDED(step), no(_begun_anew(c, step))))
    return all_of(matter_covered(c), c.choice("unfit_recognition", "pending", "fit"), no(undone), another)


def _begun_anew(c: Career, step: Step) -> Truth:
    """Whether an adjustment was started after a step, and what the step was for carried out in between."""
    starts = [
        all_of(one.kind == "started", step.before(one), between(c, step, of_kind(*CARRIED_OUT), one))
        for one in c.steps.entries
    ]
    found = any_of(*starts)
    return found if found or c.steps.complete else None


def applied_before_decision(c: Career) -> Truth:
    """干部本人对调整决定不服的，可以……申请复核或者……提出申诉: what was applied for before there was one."""
    return all_of(matter_covered(c), missed(c, of_kind("decided"), of_kind(*CONCLUDED)))


def revocation_not_listed(c: Career) -> Truth:
    """A decision was revoked on 复核 or 申诉, and none of the adjustments listed is, or none for unfitness."""
    unfit = c.adjustments.some(lambda a: all_of(is_one(a.matter, ["unfit"]), a.revoked))
    missing = any_of(no(c.adjustments.some(lambda a: a.revoked)), all_of(matter_covered(c), no(unfit)))
    return all_of(happened(c, "revoked"), missing)


def decision_not_listed(c: Career) -> Truth:
    """作出调整决定: decided on and not undone by the log, and no adjustment of that day is listed as for unfitness."""
    listed = c.adjustments.some(lambda a: all_of(is_one(a.matter, ["unfit"]), _last_decided_on(c, a.decided_on)))
    return all_of(matter_covered(c), _decision_stands(c), no(listed))


def revocation_not_logged(c: Career) -> Truth:
    """复核……申诉: the adjustment of the day of the last decision is listed as revoked, and the log has its decision stand."""

    def revoked(a: Adjustment) -> Truth:
        by_now = all_of(a.revoked, not_before(c.day, a.revoked_on))
        return all_of(is_one(a.matter, ["unfit"]), by_now, _last_decided_on(c, a.decided_on))

    return all_of(matter_covered(c), _decision_stands(c), c.adjustments.some(revoked))


def _decision_stands(c: Career) -> Truth:
    return all_of(happened(c, "decided"), no(answered(c, of_kind("decided"), UNDONE)))


def _last_decided_on(c: Career, day: date | None) -> Truth:
    """Whether the last decision of the log was taken on a day; one that the log may lack came no earlier than the last it has."""
    decisions = [step for step in c.steps.entries if step.kind == "decided"]
    days = [step.day for step in decisions if step.day]
    if day is None:
        return None
    if days and day < max(days):
        return False
    settled = c.steps.complete and len(days) == len(decisions)
    return (day in days) if settled else None


def exempted_error_not_listed(c: Career) -> Truth:
    """对给予容错免责的干警（容错 七（三））: adjusted on such errors alone, it is said, and none of the matters listed is one.

    What never counted, or does no more, is not asked for its errors.
    """

    def listed(*conclusions: str) -> Truth:
        return c.protected_matters.some(lambda one: one.conclusion in conclusions)

    def standing(a: Adjustment) -> Truth:
        return all_of(of_article_11(c, a), stands(c, a))

    exempted = c.adjustments.some(lambda a: all_of(standing(a), a.on_exempted_error))
    tolerated = c.adjustments.some(lambda a: all_of(standing(a), any_of(a.on_exempted_error, a.on_tolerated_error)))
    return any_of(
        all_of(exempted, no(listed("exempted"))),
        all_of(tolerated, no(listed("exempted", "lenient"))),
    )


def _before_issue(c: Career, day: date | None) -> Truth:
    """自印发之日起施行: earlier than that day, once the rules are in force."""
    issued = c.facts.get("mobility_issued_on")
    assert issued is None or isinstance(issued, date)
    return all_of(c.since("mobility_issued_on"), no(not_before(day, issued)))


def adjusted_before_issue(c: Career) -> Truth:
    """Adjusted as unfit, by the reading of whom 十一 means, before the rules by which it bars were issued."""

    def early(a: Adjustment) -> Truth:
        return all_of(of_article_11(c, a), stands(c, a), _before_issue(c, a.decided_on))

    return all_of(c.since("mobility_issued_on"), c.adjustments.some(early))


def _bound(c: Career, a: Adjustment, first: date | None) -> Truth:
    """Whether an adjustment stands, or had been in effect for a day when it was revoked; by reading none of these was."""
    before = None if first is None or a.revoked_on is None else first < a.revoked_on
    return any_of(stands(c, a), c.read("revocation_effect", until_revoked=before, from_start=False))


def barred_before_issue(c: Career) -> Truth:
    """一年内不得提拔 …… by a decision of before the issue; what was revoked since had barred until then (十末段)."""

    def early(a: Adjustment) -> Truth:
        bars = all_of(a.kind in BARS, for_unfitness(c, a), _bound(c, a, a.decided_on))
        return all_of(bars, _before_issue(c, a.decided_on))

    return all_of(c.since("mobility_issued_on"), c.adjustments.some(early))


def pay_before_issue(c: Career) -> Truth:
    """从干部调整岗位的次月起，调整其级别和工资待遇, by a decision of before the issue."""

    def early(a: Adjustment) -> Truth:
        changes = all_of(changes_pay(c, a), _bound(c, a, next_month(a.moved_on)))
        return all_of(changes, _before_issue(c, a.decided_on))

    return all_of(c.since("mobility_issued_on"), c.adjustments.some(early))


def steps_before_issue(c: Career) -> Truth:
    """A step of 十 was taken before the rules that ask for it were issued."""
    early = c.steps.some(lambda step: _before_issue(c, step.day))
    return all_of(matter_covered(c), c.since("mobility_issued_on"), early)
