"""What makes good, in a procedure of tolerance, that one alone concluded or that a step was missed, in plain Python.

Written from the text, like ``oracle.procedure``, whose duties ask it; the docstrings quote the clause.
"""

from __future__ import annotations

from collections.abc import Callable

from oracle.logic import Event, Matter, Truth, all_of, any_of, no
from oracle.orders import Test, closed, in_order, missed, of_kind, unfollowed

# --- what one alone concluded --------------------------------------------------------------------------------------


def _recognitions(m: Matter) -> list[Event]:
    return [event for event in m.log if event.kind == "recognition"]


def _anew(m: Matter, first: Event, until: Event | None = None) -> Truth:
    """Whether the party group concluded together after a conclusion, and before it was told."""
    later = [
        all_of(event.collective, first.before(event), True if until is None else event.before(until))
        for event in _recognitions(m)
    ]
    return closed(m, any_of(*later))


def _left_alone(m: Matter) -> Truth:
    """Whether the party group never took anew what one alone concluded."""
    left = [all_of(no(event.collective), no(_anew(m, event))) for event in _recognitions(m)]
    return any_of(*left, False if m.complete else None)


def _told_first(m: Matter) -> Truth:
    """党组集体研究作出……结论后，……反馈……公开：whether what one alone concluded was told before it was taken anew."""
    told = [event for event in m.log if event.kind in ("feedback_person", "feedback_department", "published")]
    early = [
        all_of(no(event.collective), event.before(one), no(_anew(m, event, one)))
        for event in _recognitions(m)
        for one in told
    ]
    return any_of(*early, False if m.complete else None)


def _one_alone(m: Matter) -> Truth:
    return closed(m, any_of(*(no(event.collective) for event in _recognitions(m))))


def not_collective(m: Matter) -> Truth:
    """由院党组审核把关并集体研究认定。Whether what one alone concluded violates that: what makes it good is a reading."""
    left = _left_alone(m)
    return m.read(
        "recognition_taken_anew",
        before_feedback=any_of(left, _told_first(m)),
        any_time=left,
        never=_one_alone(m),
    )


# --- what a recognition missed, and what makes it good ------------------------------------------------------------

RECOGNISED = of_kind("recognition")
TOLD = of_kind("feedback_person", "feedback_department", "published")


def together(event: Event) -> Truth:
    return all_of(RECOGNISED(event), event.collective)


def _not_made_good(m: Matter, again: Truth, told: Truth) -> Truth:
    """Whether no conclusion of the party group together, after the step that was missed, makes the miss good.

    ``again`` says that there is none; ``told``, 党组集体研究作出……结论后，……反馈……公开, that something was told without it.
    """
    return any_of(again, m.read("recognition_taken_anew", before_feedback=told, any_time=False, never=True))


def recognised_without(m: Matter, step: str, apart: Test | None = None) -> Truth:
    """Whether a recognition came before a step that it had to follow, and nothing made that good.

    A step does not serve what comes after an event that sets it ``apart``.
    """
    needed = of_kind(step)
    again = no(in_order(m, needed, together, apart=apart))
    told = missed(m, needed, TOLD, through=together, apart=apart)
    return all_of(missed(m, needed, RECOGNISED, apart=apart), _not_made_good(m, again, told))


Asked = Callable[[Callable[[Test], Truth]], Truth]
"""The answer to a question about the step needed; which steps will do may be a reading."""


def recognised_unanswered(m: Matter, cause: Test, asked: Asked, *, always: bool) -> Truth:
    """Whether a recognition lacks the step that a cause before it asks for, and nothing made that good.

    With ``always`` every recognition needs such a step, cause or no cause.
    """
    lacked = asked(lambda needed: in_order(m, cause, RECOGNISED, apart=needed))
    told = asked(lambda needed: in_order(m, cause, TOLD, through=RECOGNISED, apart=needed))
    stale = asked(lambda needed: missed(m, needed, TOLD, through=together))
    if always:
        lacked = any_of(lacked, asked(lambda needed: missed(m, needed, RECOGNISED)))
    else:
        stale = all_of(stale, asked(lambda needed: in_order(m, needed, TOLD, apart=together)))
    told = any_of(told, stale)
    # While a cause is not concluded upon yet, one conclusion together after the step and no cause between will do.
    again = any_of(
        no(asked(lambda needed: in_order(m, needed, together, apart=cause))),
        all_of(
            no(unfollowed(m, cause, together)),
            asked(lambda needed: unfollowed(m, cause, together, through=needed)),
        ),
    )
    return all_of(lacked, _not_made_good(m, again, told))
