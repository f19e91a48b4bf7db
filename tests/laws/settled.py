"""Cases that engine and oracle of careers once decided differently, each with what the text says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from laws.strategies import Facts, Readings
from oracle import adjustment, bars, excellent_years, incentives, mobility
from oracle.careers import Career
from oracle.logic import Truth
from oracle.tolerance import Ladder, holds

Answer = Callable[[Career], Truth]


class Settled(NamedTuple):
    """A case, the atom that showed the difference, the oracle of it, and what the text says."""

    decision: str
    atom: str
    oracle: Answer
    case: Facts
    chosen: Readings
    judgement: str
    as_of: date | None = None


def _rung(ladder: Callable[[Career], Ladder], name: str) -> Answer:
    return lambda c: holds(ladder(c), name)


def _breached(duty: str) -> Answer:
    return lambda c: adjustment.duties(c)[duty].breached


def _years(**grades: str) -> dict[str, Any]:
    """A complete list of assessments, by year (``y2023="basic"``)."""
    return _all([{"year": int(year[1:]), "grade": grade} for year, grade in grades.items()])


def _all(entries: list[Facts]) -> dict[str, Any]:
    return {"complete": True, "entries": entries}


def _log(*kinds: str) -> Facts:
    """A complete log of one event a day of an adjustment for unfitness, with nothing lacking in any."""
    said: dict[str, Facts] = {
        "proposed": {"proposed_by": "political_department", "proposal_content": ["reason", "method"]},
        "decided": {"collective": True},
        "talk_before": {"talk_content": ["reasons", "heard"]},
        "announced": {"spoken_by": "party_group"},
    }
    steps = [{"event": kind, "date": f"2024-01-{day:02}", **said.get(kind, {})} for day, kind in enumerate(kinds, 1)]
    return {"adjustment_matter": "unfit", "adjustment_events": _all(steps)}


_RESIGNED: Facts = {
    "kind": "blame_resignation", "matter": "unfit", "on_exempted_error": False, "revoked": False,
    "decided_on": "2024-01-10", "announced_on": "2024-01-10", "removed_on": "2024-01-10",
    "with_discipline": True, "discipline_months": 12, "discipline_from": "2024-01-10", "discipline_until": "2025-01-10",
}  # fmt: skip
_USUAL: Readings = {"general_procedure": "usual"}
_EXCELLENT: Facts = {"other_assessment_excellent": True}

SETTLED = (
    # incentives
    Settled(
        "training_priority", "assessment_on_file", incentives.assessment_on_file, _EXCELLENT, {},
        "四, 九（二）: who was assessed excellent has an assessment on file",
    ),
    Settled(
        "honours", "excellent_three_years", excellent_years.excellent_three_years,
        {
            "assessment_year": 2023,
            "honours": _all([{"kind": "third_merit", "giver": "county", "for_year": 2022, "for_three_years": True}]),
        }, {},
        "六（一）: with a merit for 2022 no new run of three can end in 2023, whatever the grades",
    ),
    Settled(
        "honours", "duty:report_for_consent:due", incentives.report_for_consent,
        {
            "assessment_year": 2023, "assessments": _years(y2022="basic", y2023="excellent"), "honours": _all([]),
            "merit_consent": "pending", "commendation_consent": "refused",
            "protected_matters": _all([{"conclusion": "exempted", "decisive_for": ["commendation"]}]),
        }, {},
        "六（一）, 容错 七（三）: the consent is the county's, and no clause says that what it refused is reported again",
    ),
    # mobility 五 to 九
    Settled(
        "adjustment", "method_allowed", mobility.method_allowed, {"other_method_recognised": True}, {},
        "五: a method listed is allowed, and here any other is",
    ),
    Settled(
        "adjustment", "source_listed", mobility.source_listed, {"other_source_recognised": True}, {},
        "五: a source listed is allowed, and here any other is",
    ),
    Settled(
        "adjustment", "basic_two_years", mobility.basic_two_years,
        {"assessment_year": 2023, "assessments": _years(y2021="basic", y2022="basic", y2023="ungraded")},
        {"gap_year": "skips"},
        "七（二）: the reading asks of a year in between (中间); the year relied on must itself have the grade",
    ),
    Settled(
        "adjustment", "several_in_a_year", mobility.several_in_a_year, {"incidents": _all([{"kind": "mass"}])}, {},
        "八（二）: one incident in all, whenever it was, is not several",
    ),
    Settled(
        "adjustment", "grave_two_years", mobility.grave_two_years,
        {"incidents": _all([{"kind": "mass", "especially_grave": True}])}, {},
        "八（二）: one incident in all, whenever it was, is not two years running",
    ),
    # mobility 十
    *(
        Settled(
            "adjustment_procedure", f"duty:{duty}:breached", _breached(duty), log, _USUAL,
            "一般按照以下程序进行: this option says that only a step with 应当 is violated; this one has none",
        )
        for duty, log in (
            ("decide_collectively", _log() | {"adjustment_events": _all([{"event": "decided", "collective": False}])}),
            ("formalities", _log("formalities")),
        )
    ),
    Settled(
        "adjustment_procedure", "duty:decide_collectively:breached", _breached("decide_collectively"),
        _log("announced"), {},
        "十（3）（4）: a decision was announced that the party group never took",
    ),
    Settled(
        "adjustment_procedure", "duty:keep_executing:breached", _breached("keep_executing"),
        _log("review_applied", "review_concluded", "appealed", "suspended", "appeal_concluded"), {},
        "十末段: 复核、申诉期间: suspended while the appeal was under way, whatever was concluded before and after",
    ),
    Settled(
        "adjustment_procedure", "duty:keep_executing:breached", _breached("keep_executing"),
        _log("review_applied", "review_concluded", "suspended", "appealed"), {},
        "十末段: 复核、申诉期间: suspended after the review and before the appeal, during neither",
    ),
    Settled(
        "adjustment_procedure", "duty:keep_executing:breached", _breached("keep_executing"),
        {"as_of": "2024-03-01"} | _log("review_applied", "suspended"), {},
        "十末段: the log is complete until March: nothing of April can have concluded the review in January",
        date(2024, 4, 1),
    ),
    Settled(
        "adjustment_procedure", "duty:talk_before_proposal:due", lambda c: adjustment.talk_before_proposal(c).due,
        _log("proposed"), {},
        "十（2）: 提出调整建议前，应当谈话: where there is a proposal the talk was due, recognised or not",
    ),
    # mobility 十一, 十二
    Settled(
        "promotion_bar", "discipline_longer", bars.discipline_longer,
        {
            "as_of": "2024-06-01",
            "adjustments": _all([
                _RESIGNED | {"discipline_until": "2026-06-30"},
                _RESIGNED | {"discipline_months": 36, "discipline_until": "2024-02-10"},
            ]),
        }, {"longer_effect": None},
        "十一: by its end one sanction is the longer, by its length the other; whichever is read, one is",
    ),
    Settled(
        "promotion_bar", "discipline_runs", bars.discipline_runs,
        {"as_of": "2024-03-01", "adjustments": _all([_RESIGNED | {"discipline_from": "2024-04-01"}])}, {},
        "十一: the sanction takes effect in April, as the period listed says; in March its rules do not govern yet",
    ),
)  # fmt: skip
