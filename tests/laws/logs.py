"""Random logs of the tolerance procedure: the usual course with events left out, moved and added, or any events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from oracle.logic import Event

FIRST_DAY = date(2024, 1, 1)
COURSE = (
    "opened", "considered", "heard_at_opening", "application", "accepted", "department_heard", "others_heard",
    "heard_at_further_stage", "counterparts_heard", "preliminary_conclusion", "heard_at_preliminary",
    "preliminary_opinion", "consultation", "instructions_asked", "reported_upward", "revised_opinion", "proposal",
    "upper_review", "upper_reviewed", "recognition", "feedback_person", "feedback_department", "published", "appeal", "review",
    "review_feedback", "talk", "criticism", "visit", "rectified", "remedied", "rectification_reported", "name_cleared",
    "opinion_cause_found", "opinion_guided",
)  # fmt: skip
"""All events, in an order in which a procedure may go."""

PARTIES = frozenset({"discipline_group", "political_department", "own_department"})


@dataclass(frozen=True)
class Log:
    """A log of the procedure, and whether it is complete."""

    entries: tuple[Event, ...]
    complete: bool

    def as_fact(self) -> dict[str, Any]:
        """The log as a case writes it."""
        return {"complete": self.complete, "entries": [_written(event) for event in self.entries]}

    def until(self, day: date | None) -> Log:
        """The log without what happened after the day."""
        counts = tuple(e for e in self.entries if day is None or e.day is None or e.day <= day)
        return Log(counts, self.complete)


def _written(event: Event) -> dict[str, Any]:
    line = {
        "event": event.kind,
        "date": event.day.isoformat() if event.day else None,
        "order": event.order,
        "agreed": event.agreed,
        "participants": None if event.participants is None else sorted(event.participants),
        "collective": event.collective,
    }
    return {name: value for name, value in line.items() if value is not None}


@st.composite
def _event(draw: st.DrawFn, kind: str, day: int) -> Event:
    """Draw an event of the kind on about the day; what it says may be incomplete."""
    agreed, participants, collective = None, None, None
    if kind == "consultation":
        agreed = draw(st.sampled_from([True, False, None]))
        participants = draw(st.sampled_from([PARTIES, PARTIES, None, PARTIES - {"own_department"}, frozenset()]))
    if kind == "recognition":
        collective = draw(st.sampled_from([True, True, False, None]))
    when = FIRST_DAY + timedelta(days=day)
    dated = draw(st.sampled_from([when, when, when, when, None]))
    return Event(kind, dated, draw(st.sampled_from([None, 1, 2])), agreed, participants, collective)


@st.composite
def logs(draw: st.DrawFn, only: tuple[str, ...] = ()) -> Log:
    """Draw a log; with ``only``, of events of these kinds."""
    steps: list[tuple[str, int]] = []
    usual = not only and draw(st.booleans())
    if usual:
        left_out = draw(st.sets(st.integers(0, len(COURSE) - 1), max_size=draw(st.sampled_from([2, 20]))))
        steps = [(kind, day) for day, kind in enumerate(COURSE) if day not in left_out]
        if draw(st.booleans()):
            place = draw(st.integers(0, len(steps) - 1))
            steps[place] = (steps[place][0], draw(st.integers(0, len(COURSE))))
    days, kinds = len(COURSE), [*COURSE, "consultation", "recognition"]
    if not usual:
        # Many events of few kinds, so that they meet.
        some = st.lists(st.sampled_from(COURSE), min_size=1, max_size=3)
        days, kinds = 3, [*only] or [*draw(some), "recognition"]
    steps += draw(st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, days)), max_size=2 if usual else 6))
    dated = usual and draw(st.booleans())
    events = [
        Event(kind, FIRST_DAY + timedelta(days=day), None, True, PARTIES, True) if dated else draw(_event(kind, day))
        for kind, day in steps
    ]
    return Log(tuple(events), draw(st.booleans()))
