"""What the log of the tolerance procedure says of its order: what happened, before what, with what between.

Three-valued like ``oracle.logic``: what is not in a log that may lack events is not known.
"""

from __future__ import annotations

from collections.abc import Callable

from oracle.logic import Event, Matter, Truth, all_of, any_of, no

Test = Callable[[Event], Truth]


def of_kind(*kinds: str) -> Test:
    return lambda event: event.kind in kinds


def either(one: Test, other: Test) -> Test:
    return lambda event: any_of(one(event), other(event))


def closed(m: Matter, found: Truth) -> Truth:
    """What is not in the log did not happen, if the log is complete."""
    return found if found or m.complete else None


def happened(m: Matter, *kinds: str) -> Truth:
    """Whether there is such an event."""
    return closed(m, any(event.kind in kinds for event in m.log))


def some(m: Matter, test: Test) -> Truth:
    """Whether there is an event of which this holds."""
    return closed(m, any_of(*(test(event) for event in m.log)))


def answered(m: Matter, first: str, *then: str) -> Truth:
    """Whether there is a ``then`` event, and one after every ``first`` event."""
    thens = [event for event in m.log if event.kind in then]
    answers = [closed(m, any_of(*(e.before(t) for t in thens))) for e in m.log if e.kind == first]
    return all_of(happened(m, *then), *answers, True if m.complete else None)


def between(m: Matter, one: Event, test: Test, other: Event) -> Truth:
    """Whether such an event lies between two others."""
    inner = (event for event in m.log if event is not one and event is not other)
    return closed(m, any_of(*(all_of(test(e), one.before(e), e.before(other)) for e in inner)))


def in_order(m: Matter, first: Test, then: Test, *, through: Test | None = None, apart: Test | None = None) -> Truth:
    """Whether such an event came before another, ``through`` an event between the two and with none ``apart`` there."""
    pairs = ((one, other) for one in m.log for other in m.log)
    return closed(m, any_of(*(all_of(first(a), then(b), _as_asked(m, a, b, through, apart)) for a, b in pairs)))


def missed(m: Matter, needed: Test, then: Test, *, through: Test | None = None, apart: Test | None = None) -> Truth:
    """Whether an event came with no needed one before it, ``through`` an event between and with none ``apart`` there."""

    def had(event: Event) -> Truth:
        earlier = (all_of(needed(one), _as_asked(m, one, event, through, apart)) for one in m.log)
        return closed(m, any_of(*earlier))

    late = [all_of(then(event), no(had(event))) for event in m.log]
    return any_of(*late, False if m.complete else None)


def unfollowed(m: Matter, first: Test, then: Test, *, through: Test | None = None) -> Truth:
    """Whether no such event came after one of the first, ``through`` an event between the two."""

    def had(event: Event) -> Truth:
        return closed(m, any_of(*(all_of(then(one), _as_asked(m, event, one, through, None)) for one in m.log)))

    return any_of(*(all_of(first(event), no(had(event))) for event in m.log), False if m.complete else None)


def _as_asked(m: Matter, one: Event, other: Event, through: Test | None, apart: Test | None) -> Truth:
    order = False if one is other else one.before(other)
    if order is False:
        return False
    inner = True if through is None else between(m, one, through, other)
    outer = True if apart is None else no(between(m, one, apart, other))
    return all_of(order, inner, outer)
