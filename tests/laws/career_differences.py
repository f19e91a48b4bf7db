"""Where engine and oracle of careers are known to differ: a case each, and why the text is with the oracle.

Each case fails until the policy is mended; until then :func:`around` takes out of random careers what the difference
turns on.  Whoever mends one deletes its line here, and its lines there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from laws.strategies import DEFAULTS, Asked, Facts, Readings
from oracle import adjustment, bars, incentives, mobility
from oracle.careers import Career
from oracle.logic import Truth
from oracle.tolerance import Ladder, holds

Answer = Callable[[Career], Truth]


class Difference(NamedTuple):
    """A case that engine and oracle see differently, the atom that shows it, and the judgement."""

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
    """A complete log of one event a day, with nothing lacking in any."""
    said: dict[str, Facts] = {
        "proposed": {"proposal_content": ["reason", "method"]},
        "decided": {"collective": True},
        "talk_before": {"talk_content": ["reasons", "heard"]},
        "announced": {"spoken_by": "party_group"},
    }
    return {
        "adjustment_events": _all(
            [{"event": kind, "date": f"2024-01-{day:02}", **said.get(kind, {})} for day, kind in enumerate(kinds, 1)]
        )
    }


_RESIGNED: Facts = {
    "kind": "blame_resignation", "matter": "unfit", "on_exempted_error": False, "decided_on": "2024-01-10",
    "announced_on": "2024-01-10", "removed_on": "2024-01-10", "with_discipline": True, "discipline_months": 12,
    "discipline_from": "2024-01-10", "discipline_until": "2025-01-10",
}  # fmt: skip
_USUAL: Readings = {"general_procedure": "usual"}
_EXCELLENT: Facts = {"other_assessment_excellent": True}

DIFFERENCES = (
    # incentives
    Difference(
        "training_priority", "assessment_on_file", incentives.assessment_on_file, _EXCELLENT, {},
        "四, 九（二）: who was assessed excellent has an assessment on file",
    ),
    Difference(
        "honours", "excellent_three_years", incentives.excellent_three_years,
        {"assessment_year": 2023, "honours": _all([{"kind": "third_merit", "giver": "county", "for_year": 2022}])}, {},
        "六（一）: with a merit for 2022 no new run of three can end in 2023, whatever the grades",
    ),
    Difference(
        "honours", "duty:report_for_consent:due", incentives.report_for_consent,
        {
            "assessment_year": 2023, "assessments": _years(y2022="basic", y2023="excellent"), "honours": _all([]),
            "merit_consent": "pending", "commendation_consent": "refused",
            "protected_matters": _all([{"conclusion": "exempted", "decisive_for": ["honour"]}]),
        }, {},
        "六（一）, 容错 七（三）: the outcome says 应重新报批, so reporting again is owed",
    ),
    # mobility 五 to 九
    Difference(
        "adjustment", "method_allowed", mobility.method_allowed, {"other_method_recognised": True}, {},
        "五: a method listed is allowed, and here any other is",
    ),
    Difference(
        "adjustment", "source_listed", mobility.source_listed, {"other_source_recognised": True}, {},
        "五: a source listed is allowed, and here any other is",
    ),
    Difference(
        "adjustment", "basic_two_years", mobility.basic_two_years,
        {"assessment_year": 2023, "assessments": _years(y2021="basic", y2022="basic", y2023="ungraded")},
        {"gap_year": "skips"},
        "七（二）: the reading asks of a year in between (中间); the year relied on must itself have the grade",
    ),
    Difference(
        "adjustment", "several_in_a_year", mobility.several_in_a_year, {"incidents": _all([{"kind": "mass"}])}, {},
        "八（二）: one incident in all, whenever it was, is not several",
    ),
    Difference(
        "adjustment", "grave_two_years", mobility.grave_two_years,
        {"incidents": _all([{"kind": "mass", "especially_grave": True}])}, {},
        "八（二）: one incident in all, whenever it was, is not two years running",
    ),
    # mobility 十
    *(
        Difference(
            "adjustment_procedure", f"duty:{duty}:breached", _breached(duty), log, _USUAL,
            "一般按照以下程序进行: this option says that only a step with 应当 is violated; this one has none",
        )
        for duty, log in (
            ("decide_collectively", {"adjustment_events": _all([{"event": "decided", "collective": False}])}),
            ("formalities", _log("formalities")),
        )
    ),
    Difference(
        "adjustment_procedure", "duty:decide_collectively:breached", _breached("decide_collectively"),
        _log("announced"), {},
        "十（3）（4）: a decision was announced that the party group never took",
    ),
    Difference(
        "adjustment_procedure", "duty:keep_executing:breached", _breached("keep_executing"),
        _log("review_applied", "review_concluded", "appealed", "suspended", "review_concluded"), {},
        "十末段: 复核、申诉期间: suspended while the appeal was under way, whatever was concluded before and after",
    ),
    Difference(
        "adjustment_procedure", "duty:keep_executing:breached", _breached("keep_executing"),
        _log("review_applied", "review_concluded", "suspended", "appealed"), {},
        "十末段: 复核、申诉期间: suspended after the review and before the appeal, during neither",
    ),
    Difference(
        "adjustment_procedure", "duty:keep_executing:breached", _breached("keep_executing"),
        {"as_of": "2024-03-01"} | _log("review_applied", "suspended"), {},
        "十末段: the log is complete until March: nothing of April can have concluded the review in January",
        date(2024, 4, 1),
    ),
    Difference(
        "adjustment_procedure", "duty:talk_before_proposal:due", lambda c: adjustment.talk_before_proposal(c).due,
        _log("proposed"), {},
        "十（2）: 提出调整建议前，应当谈话: where there is a proposal the talk was due, recognised or not",
    ),
    # mobility 十一, 十二
    Difference(
        "promotion_bar", "discipline_runs", bars.discipline_runs,
        {"as_of": "2024-03-01", "adjustments": _all([_RESIGNED | {"discipline_from": "2024-04-01"}])}, {},
        "十一: the sanction takes effect in April, as the period listed says; in March its rules do not govern yet",
    ),
)  # fmt: skip


DIFFERENT_DUES = {"report_for_consent"}
DIFFERENT_STATES = {("talk_before_proposal", "due")}
"""Duties, and states of a step, of which the random careers do not ask."""

DIFFERENT_UNLESS_BINDING = {("decide_collectively", "breached"), ("formalities", "breached")}
"""The same, unless every step of the procedure is read to bind."""


# --- going round them --------------------------------------------------------------------------------------------


def around(career: Asked) -> Asked:
    """The career without what the known differences turn on."""
    case, chosen = dict(career.case), DEFAULTS | career.readings
    if _says(case.get("other_assessment_excellent")):
        case["other_assessment_on_file"] = True
    for choice, finding in (
        ("proposed_method", "other_method_recognised"),
        ("finding_source", "other_source_recognised"),
    ):
        if choice not in case:
            case.pop(finding, None)
    _merits(case)
    _incidents(case)
    _sanctions(case)
    _steps(case, beyond=career.as_of is not None and career.as_of.isoformat() > case.get("as_of", ""))
    if _grade_of(case) in (None, "ungraded"):
        chosen["gap_year"] = "breaks"
    return replace(career, case=case, readings=chosen)


def _says(value: object) -> bool:
    """Whether a finding may be true on some day."""
    return bool(value)


def _entries(case: Facts, name: str) -> list[Facts]:
    return list(case[name]["entries"]) if name in case else []


def _grade_of(case: Facts) -> str | None:
    """The grade of the year relied on, where it counts on every day."""
    entries = _entries(case, "assessments")
    return next(
        (e.get("grade") for e in entries if e["year"] == case.get("assessment_year") and "determined_on" not in e), None
    )


def _merits(case: Facts) -> None:
    """Merits play no part where a year may be missing."""
    if "assessments" not in case or not case["assessments"]["complete"]:
        merits = [e for e in _entries(case, "honours") if e["kind"] == "third_merit"]
        if merits:
            rest = [e for e in _entries(case, "honours") if e["kind"] != "third_merit"]
            case["honours"] = case["honours"] | {"entries": rest}


def _incidents(case: Facts) -> None:
    """Where an incident has no date the list is not complete."""
    entries = _entries(case, "incidents")
    if any("date" not in e for e in entries):
        case["incidents"] = {"complete": False, "entries": entries}


def _steps(case: Facts, *, beyond: bool) -> None:
    """What is announced was decided on a day before; and nothing is suspended but in a case with one review.

    Nor is it in one that is judged ``beyond`` its own day.
    """
    if "adjustment_events" not in case:
        return
    entries = _entries(case, "adjustment_events")
    decided = min((e["date"] for e in entries if e["event"] == "decided" and "date" in e), default="9999")
    applied = [e.get("date", "9999") for e in entries if e["event"] in ("review_applied", "appealed")]
    concluded = [e.get("date", "") for e in entries if e["event"] == "review_concluded"]
    one_review = not beyond and len(applied) == 1 and all(day > applied[0] for day in concluded)
    kept = [
        e
        for e in entries
        if (e["event"] != "announced" or decided < e.get("date", "")) and (e["event"] != "suspended" or one_review)
    ]
    case["adjustment_events"] = case["adjustment_events"] | {"entries": kept}


def _sanctions(case: Facts) -> None:
    """Every sanction takes effect with the decision."""
    if "adjustments" in case:
        moved = []
        for entry in _entries(case, "adjustments"):
            moved.append({name: value for name, value in entry.items() if name != "discipline_from"})
            if "decided_on" in entry:
                moved[-1]["discipline_from"] = entry["decided_on"]
        case["adjustments"] = case["adjustments"] | {"entries": moved}
