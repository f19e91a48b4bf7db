"""Of the duties and conclusions of which it is not known how they stand, the facts that can still settle each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from .missing import Open
from .program import Rail, opposite, true_rail
from .ruleset import Duty
from .verdict_data import DutyState, Fact, StillOpen

NEAREST = 3
"""How many facts are told of each: none that needs more others than the first does."""


def still_open(lacking: Open, duties: Iterable[DutyState], profile: Iterable[Fact]) -> tuple[StillOpen, ...]:
    """Return the open duties and conclusions, each with the nearest of the facts that can settle it.

    Those are left out of which no such fact is found, but for a duty of which no fact tells at all.  A right is
    neither met nor violated, and never open.
    """
    return tuple(_found(lacking, duties, profile))


def _found(lacking: Open, duties: Iterable[DutyState], profile: Iterable[Fact]) -> Iterator[StillOpen]:
    index = lacking.question.program.index
    sought: list[tuple[Literal["duty", "conclusion"], str, list[Rail]]] = []
    for fact in profile:
        if fact.state == "unknown":
            rail = true_rail(index[fact.name])
            sought.append(("conclusion", fact.name, [rail, opposite(rail)]))
    for duty in duties:
        if duty.state == "open" and duty.modality != "may":
            states = ("owed", "done", "breached")
            sought.append(("duty", duty.id, [true_rail(index[f"duty:{duty.id}:{state}"]) for state in states]))
        elif duty.breach_open:
            breached = true_rail(index[f"duty:{duty.id}:breached"])
            sought.append(("duty", duty.id, [breached, opposite(breached)]))
    for kind, name, rails in sought:
        facts, more = lacking.missing(tuple(rails), NEAREST)
        if not facts and kind == "duty" and _untold(lacking.question.rules.duties[name]):
            yield StillOpen(kind=kind, name=name)
        elif facts:
            near = tuple(fact for fact in facts if fact.settles_with == facts[0].settles_with)
            yield StillOpen(kind=kind, name=name, nearest=near, more=more + len(facts) - len(near))


def _untold(duty: Duty) -> bool:
    """Return whether no fact tells how a duty stands."""
    return duty.done is None and duty.breached is None
