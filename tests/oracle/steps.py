"""Steps of a procedure and their order in a log that may lack some: what happened, before what, with what between.

Three-valued like ``oracle.logic``; a log is complete until its day, and a step of it may not be sure to count.
"""

from __future__ import annotations

from collections.abc import Callable

from oracle.careers import Career, Step
from oracle.logic import Truth, all_of, any_of, no

Test = Callable[[Step], Truth]


def of_kind(*kinds: str) -> Test:
    return lambda step: step.kind in kinds


def happened(c: Career, *kinds: str) -> Truth:
    return c.steps.some(of_kind(*kinds))


def some(c: Career, test: Test) -> Truth:
    return c.steps.some(test)


def closed(c: Career, step: Step) -> bool:
    """Whether no step before this one is left out: until the day of the case none is, if the list is complete."""
    until = c.steps.until
    return c.steps.complete or (until is not None and step.day is not None and step.day <= until)


def between(c: Career, one: Step, test: Test, other: Step) -> Truth:
    """Whether such a step lies between two others."""
    steps = [step for step in c.steps.entries if step is not one and step is not other]
    found = any_of(*(all_of(step.sure, test(step), one.before(step), step.before(other)) for step in steps))
    return found if found or closed(c, other) else None


def had(c: Career, needed: Test, step: Step, ends: Test | None = None) -> Truth:
    """Whether a needed step came before this one, with no end between the two."""

    def serves(one: Step) -> Truth:
        return True if ends is None else no(between(c, one, ends, step))

    found = any_of(*(all_of(needed(one), one.before(step), serves(one)) for one in c.steps.entries))
    return found if found or closed(c, step) else None


def missed(c: Career, needed: Test, then: Test, ends: Test | None = None) -> Truth:
    """Whether one of these steps was taken with no needed one before it."""
    return c.steps.some(lambda step: all_of(then(step), no(had(c, needed, step, ends))))


def answered(c: Career, first: Test, then: Test, ends: Test | None = None) -> Truth:
    """Whether such a step came after every ``first``, with no end between the two."""

    def serves(step: Step, one: Step) -> Truth:
        return True if ends is None else no(between(c, step, ends, one))

    def unanswered(step: Step) -> Truth:
        found = any_of(*(all_of(then(one), step.before(one), serves(step, one)) for one in c.steps.entries))
        return all_of(first(step), no(found if found or c.steps.complete else None))

    return no(c.steps.some(unanswered))


def either(one: Test, other: Test) -> Test:
    return lambda step: any_of(one(step), other(step))


def apart(c: Career, first: Test, then: Test, ends: Test, through: Test | None = None) -> Truth:
    """Whether such a step came before another with no end between the two, and with a step that lies between them."""

    def pair(one: Step, other: Step) -> Truth:
        inner = True if through is None else between(c, one, through, other)
        return all_of(first(one), one.before(other), no(between(c, one, ends, other)), inner)

    def reached(other: Step) -> Truth:
        found = any_of(*(all_of(one.sure, pair(one, other)) for one in c.steps.entries))
        return all_of(then(other), found if found or closed(c, other) else None)

    return c.steps.some(reached)
