"""Random careers: what is known of a person over the years, and the day and the readings under which it is judged.

Everything is dated around one anchor, mostly whole months from it and a day off at most, so that periods are judged on
their first and last days; the anchors are ends of months, leap days among them.  Careers are sparse, dense, or quiet:
most findings denied, so that the few that hold decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from laws.strategies import POLICY, VALUES, Asked, Facts, readings, within_limits
from oracle.bars import months_later
from rudong_rules.vocabulary import RecordField

INCENTIVES = (
    "honours", "promotion", "material_reward", "training_priority", "rights_protection", "assessment_lead",
    "incentives_in_force",
)  # fmt: skip
MOBILITY = (
    "adjustment", "promotion_bar", "pay_effect", "adjustment_procedure", "re_promotion", "integrity_of_process",
    "mobility_in_force",
)  # fmt: skip
LISTS = ("assessments", "honours", "adjustments", "protected_matters", "incidents", "adjustment_events")

ANCHORS = (
    date(2023, 6, 15), date(2024, 2, 29), date(2024, 2, 28), date(2023, 2, 28), date(2024, 3, 31), date(2023, 12, 31),
    date(2024, 1, 1), date(2023, 8, 30),
)  # fmt: skip
_FROM = (0, 0, 0, 0, 0, -12, -24, -6, 1, 6, 12, 13)
UNTIL = (12, 24, 0, 6, 18, 36, 1, 11, 23)
"""Where things start, and where they end or are judged, in months from the anchor."""
_NUMBERS: dict[str, tuple[Any, ...]] = {
    "assessed_count": (20, 19, 21),
    "excellent_count": (3, 4, 0),
    "excellent_share_limit": ("3/20", "1/5", "0.15"),
}
_WEIGHTED: dict[str, tuple[str, ...]] = {
    "adjustment_matter": ("unfit", "unfit", "unfit", "unfit", "unfit", "unfit", "health", "other"),
    "unfit_recognition": ("unfit", "unfit", "pending", "fit"),
    "proposed_move": ("higher_post", "higher_post", "higher_rank", "key_post", "same_level"),
    "merit_consent": ("pending", "given", "refused"),
}
_EVEN = (
    "department_head", "deputy_head", "branch_secretary", "warned", "report_untrue", "other_assessment_on_file",
    "performance_outstanding", "work_needs", "examined_fit", "civil_servant",
)  # fmt: skip
"""What is as often so as not, even where most is denied: without it nothing else is reached."""

_COURSE = (
    "started", "verified", "public_heard", "talk_before", "proposed", "views_heard", "decided", "announced",
    "formalities", "legal_procedure", "review_applied", "appealed", "review_concluded", "appeal_concluded", "care_talk",
)  # fmt: skip
"""The usual course of an adjustment; the log may hold the other events too."""


def _single_facts() -> tuple[str, ...]:
    """The facts of one value on which the decisions rest."""
    behind = POLICY.glossary.facts_behind
    questions = [POLICY.questions[decision] for decision in (*INCENTIVES, *MOBILITY)]
    used = {fact for question in questions for atom in question.inputs for fact in behind(question.program.atoms[atom])}
    return tuple(name for name in VALUES if name in used)


SINGLE = _single_facts()
_FIELDS = {name: POLICY.rules.vocabulary.records[name].fields for name in LISTS}


def _near(draw: st.DrawFn, anchor: date, months_off: Sequence[int] = _FROM) -> str:
    months, days = draw(st.sampled_from(months_off)), draw(st.sampled_from([0, 0, 0, 1, -1, 2]))
    return (months_later(anchor, months) + timedelta(days=days)).isoformat()


# --- single facts ------------------------------------------------------------------------------------------------


def _facts(draw: st.DrawFn, anchor: date) -> Facts:
    """Draw the facts of one value, one byte each: of 256, how many say nothing, and how many of the rest deny."""
    silent, denied = draw(st.sampled_from([(230, 128), (0, 128), (40, 128), (3, 250), (20, 236)]))
    facts: Facts = {}
    said, valued = (draw(st.binary(min_size=len(SINGLE), max_size=len(SINGLE))) for _ in range(2))
    for chance, two, name in zip(said, valued, SINGLE, strict=True):
        if chance < silent:
            continue
        values = _WEIGHTED.get(name, VALUES[name])
        if name == "assessment_year":
            facts[name] = anchor.year - two % 2
        elif name in _NUMBERS:
            facts[name] = _NUMBERS[name][two % 3]
        elif name.endswith("issued_on"):
            facts[name] = _near(draw, anchor, UNTIL)
        elif values == (False, True):
            facts[name] = two >= (128 if name in _EVEN else denied)
        else:
            facts[name] = values[two % len(values)]
    return facts


def _sourced(draw: st.DrawFn, facts: Facts, anchor: date) -> Facts:
    """Give some findings a day on which the party group made them, and some an earlier one that it replaced."""
    for name in draw(st.lists(st.sampled_from(SINGLE), max_size=4, unique=True)):
        value = facts.get(name)
        if not isinstance(value, bool):
            continue
        found = [{"value": value, "determined_by": "党组", "determined_on": anchor.isoformat()}]
        if draw(st.booleans()):
            before = (anchor - timedelta(days=40)).isoformat()
            found.append({"value": not value, "determined_by": "党组", "determined_on": before})
        facts[name] = found if len(found) > 1 else found[0]
    for narrow, wide in (
        ("other_assessment_excellent", "other_assessment_on_file"),
        ("report_untrue", "facts_established"),
        ("branch_secretary", "party_member"),
    ):
        # Who was assessed excellent on some day was assessed; of what was found untrue the facts were established; who was
        # the secretary of a branch was a member.
        if facts.get(narrow) and facts.get(wide) is not True:
            facts.pop(wide, None)
    return facts


# --- lists -------------------------------------------------------------------------------------------------------


def _entry(draw: st.DrawFn, name: str, anchor: date, gaps: int, **given: Any) -> Facts:
    """Draw an entry; of eight values that may be missing, as many are as ``gaps`` says."""
    entry: Facts = {}
    for column, body in _FIELDS[name].items():
        if not body.required and gaps and draw(st.integers(1, 8)) <= gaps:
            continue
        if column in given:
            value = given[column]
        elif body.type == "date":
            value = _near(draw, anchor, UNTIL if column.endswith("_until") else _FROM)
        elif body.type == "bool":
            value = draw(st.booleans())
        elif body.type == "choices":
            options = sorted(body.options)
            value = draw(st.sampled_from([options, options, options[:1], options[1:], []]))
        elif body.type == "choice":
            value = draw(st.sampled_from(sorted(body.options)))
        else:
            continue
        if value is not None:
            entry[column] = value
    return within_limits(POLICY.rules.vocabulary.records[name], entry)


def _assessments(draw: st.DrawFn, anchor: date, gaps: int) -> list[Facts]:
    """Some of the years around the anchor, often of one grade."""
    usual = draw(st.sampled_from(["excellent", "excellent", "basic", "competent"]))
    found = []
    rarity = draw(st.sampled_from([8, 8, 8, 4, 1]))
    for year in range(anchor.year - 4, anchor.year + 1):
        if draw(st.integers(1, 8)) > rarity:
            continue
        others = ("basic", "incompetent", "ungraded", "competent")
        grade = draw(st.sampled_from([usual, usual, usual, usual, usual, usual, *others]))
        votes = draw(st.sampled_from([3, 14, 15, 16]))
        unfit = draw(st.sampled_from([0, 1, 5, votes // 3, votes // 3 + 1]))
        given = {"year": year, "grade": grade, "votes": votes, "unfit_votes": min(unfit, votes)}
        late = draw(st.sampled_from([None, None, None, None, _near(draw, anchor)]))
        found.append(_entry(draw, "assessments", anchor, gaps, **given, determined_on=late))
    return found


def _honours(draw: st.DrawFn, anchor: date, gaps: int) -> list[Facts]:
    found = []
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2, 3]))):
        year = draw(st.integers(anchor.year - 4, anchor.year + 1))
        kind = draw(st.sampled_from(["third_merit", "third_merit", *sorted(_FIELDS["honours"]["kind"].options)]))
        for_three = draw(st.sampled_from([True, True, False]))
        found.append(_entry(draw, "honours", anchor, gaps, kind=kind, for_year=year, for_three_years=for_three))
    return found


def _adjustments(draw: st.DrawFn, anchor: date, gaps: int) -> list[Facts]:
    found = []
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2, 3]))):
        matter = draw(st.sampled_from(["unfit", "unfit", "unfit", *sorted(_FIELDS["adjustments"]["matter"].options)]))
        exempted, tolerated = (draw(st.sampled_from([False, False, False, True])) for _ in range(2))
        months = draw(st.sampled_from([0, 6, 12, 13, 18, 23, 24, 25, 36]))
        revoked, re_promoted = (draw(st.sampled_from([False, False, False, True])) for _ in range(2))
        given = {"matter": matter, "discipline_months": months, "revoked": revoked, "re_promoted": re_promoted}
        given |= {"on_exempted_error": exempted, "on_tolerated_error": tolerated}
        if not revoked:
            given["revoked_on"] = None
        if not re_promoted:
            given["re_promoted_on"] = None
        found.append(_entry(draw, "adjustments", anchor, gaps, **given))
    return found


def _protected_matters(draw: st.DrawFn, anchor: date, gaps: int) -> list[Facts]:
    found = []
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        options = sorted(_FIELDS["protected_matters"]["decisive_for"].options)
        decisive = draw(st.lists(st.sampled_from(["commendation", "merit", *options]), max_size=4, unique=True))
        decisive = draw(st.sampled_from([decisive, decisive, options]))
        found.append(_entry(draw, "protected_matters", anchor, gaps, decisive_for=decisive))
    return found


def _incidents(draw: st.DrawFn, anchor: date, gaps: int) -> list[Facts]:
    return [_entry(draw, "incidents", anchor, gaps) for _ in range(draw(st.sampled_from([0, 1, 2, 2, 3, 3, 4])))]


def _adjustment_events(draw: st.DrawFn, anchor: date, gaps: int) -> list[Facts]:
    """The usual course, a day a step, with steps left out, moved and added; or any events."""
    every = sorted(_FIELDS["adjustment_events"]["event"].options)
    steps: list[tuple[str, int]] = []
    usual = draw(st.booleans())
    if usual:
        skipped = draw(st.sets(st.integers(0, len(_COURSE) - 1), max_size=draw(st.sampled_from([0, 2, 13]))))
        until = draw(st.sampled_from([len(_COURSE), len(_COURSE), 7, 5, 2]))
        steps = [(kind, day) for day, kind in enumerate(_COURSE) if day not in skipped and day < until]
    more = st.tuples(st.sampled_from(every), st.integers(0, len(_COURSE) if usual else 3))
    steps += draw(st.lists(more, max_size=2 if usual else 6))
    found = []
    for kind, day in steps:
        good = usual and draw(st.integers(0, 5)) > 0
        given: Facts = {"event": kind, "date": (anchor + timedelta(days=day - 6)).isoformat()}
        given["order"] = draw(st.sampled_from([None, 1, 2]))
        given |= {"collective": True, "spoken_by": "party_group", "proposed_by": "political_department"} if good else {}
        given |= {"talk_content": ["reasons", "heard"], "proposal_content": ["reason", "method"]} if good else {}
        found.append(_entry(draw, "adjustment_events", anchor, gaps, **given))
    return found


_DRAWN = {
    "assessments": _assessments, "honours": _honours, "adjustments": _adjustments,
    "protected_matters": _protected_matters, "incidents": _incidents, "adjustment_events": _adjustment_events,
}  # fmt: skip


# --- careers -----------------------------------------------------------------------------------------------------


@st.composite
def careers(draw: st.DrawFn, *, complete: bool = False, decisions: Sequence[str] = ("honours",)) -> Asked:
    """Draw a career with the day and the readings under which it is judged; ``complete`` leaves no gaps."""
    anchor = draw(st.sampled_from(ANCHORS))
    case: Facts = _sourced(draw, _facts(draw, anchor), anchor - timedelta(days=30))
    gaps = 0 if complete else draw(st.sampled_from([0, 0, 1, 3]))
    for name, drawn in _DRAWN.items():
        if complete or draw(st.integers(0, 7)) < 7:
            whole = complete or draw(st.integers(0, 3)) < 3
            case[name] = {"complete": whole, "entries": drawn(draw, anchor, gaps)}
    if draw(st.integers(0, 7)) < 7:
        case["as_of"] = _near(draw, anchor, UNTIL)
    case = _dated(case)
    if case.get("as_of", "9999")[:4] < str(case.get("assessment_year", "")):
        del case["assessment_year"]
    as_of = draw(st.sampled_from([None, None, None, date.fromisoformat(_near(draw, anchor, UNTIL))]))
    return Asked(case, draw(st.sampled_from(list(decisions))), draw(readings()), as_of)


def _dated(case: Facts) -> Facts:
    """The case without determinations that its own day has not seen."""
    day = case.get("as_of")
    return {name: value for name, value in case.items() if day is None or not _later(value, day)}


def _later(value: Any, day: str) -> bool:
    every = value if isinstance(value, list) else [value]
    return any(isinstance(one, Mapping) and one.get("determined_on", "") > day for one in every)


def about(career: Asked, decision: str) -> Asked:
    """The same career, with another question asked of it."""
    return replace(career, decision=decision)


# --- less and more -----------------------------------------------------------------------------------------------


@st.composite
def grown(draw: st.DrawFn) -> tuple[Asked, Asked]:
    """Draw a career of which less is known, and one of which more is.

    Less is known with an answer left out, a column of an entry, or a reading; with a list that may not be complete;
    with an entry left out of such a list.  A day or year after that of the case stays: an undated entry lies before it.
    """
    more = draw(careers())
    last = more.case.get("as_of", "9999")
    rarity = draw(st.sampled_from([2, 8, 30]))

    def forgotten() -> bool:
        return draw(st.integers(1, rarity)) == rarity

    case: Facts = {}
    for name, value in more.case.items():
        if name == "as_of":
            case[name] = value
        elif name in LISTS:
            case[name] = _less_of(value, _FIELDS[name], last, forgotten)
        elif not forgotten():
            case[name] = value
    left_open = {name: None if forgotten() else option for name, option in more.readings.items()}
    return replace(more, case=case, readings=left_open), more


def _later_than(last: str, value: Any) -> bool:
    return value > last if isinstance(value, str) else type(value) is int and value > int(last[:4])


def _less_of(listed: Facts, fields: Mapping[str, RecordField], last: str, forgotten: Callable[[], bool]) -> Facts:
    complete = listed["complete"] and not forgotten()
    entries = [
        {
            column: value
            for column, value in entry.items()
            if fields[column].required or _later_than(last, value) or not forgotten()
        }
        for entry in listed["entries"]
        if complete or not forgotten()
    ]
    return {"complete": complete, "entries": entries}
