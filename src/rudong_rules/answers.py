"""Yes/no questions about the entries of a record: whether something happened, who took part, what came before what.

The answer is True, False or None (not known).  More facts never change an answer that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .expressions import Expression, as_where
from .measures import View
from .selecting import Entries, Entry, select

Before = Callable[[Entry, Entry], bool | None]
"""Whether one entry comes before another, or comes before it as a question asks; None if that is not known."""


def _happened(arguments: Mapping[str, Any], view: View) -> bool | None:
    fitting, possible, complete = select(arguments, view)
    return True if fitting else False if complete and not possible else None


def _took_part(arguments: Mapping[str, Any], view: View) -> bool | None:
    return _happened(as_where(arguments), view)


def _order(
    arguments: Mapping[str, Any], view: View
) -> tuple[list[Entry], list[Entry], list[Entry], list[Entry], Before]:
    """Return the ``first`` entries (fitting, possible), the ``then`` entries (fitting, possible) and their order.

    One comes before the other as asked if no ``without`` entry lies between the two, and a ``with`` entry does.  An
    entry that is of both kinds does not come before itself.
    """
    firsts, maybe_firsts, _ = select(arguments, view, "first")
    thens, maybe_thens, _ = select(arguments, view, "then")
    between = {key: select(arguments, view, key) for key in ("without", "with") if key in arguments}
    earlier, settled = _earlier(arguments, view), _settled(arguments, view)

    def before(first: Entry, then: Entry) -> bool | None:
        order = False if first is then else earlier(first, then)
        if order is False or not between:
            return order
        said: list[bool | None] = [order]
        for key, (fitting, possible, closed) in between.items():
            found = _lies_between(first, then, fitting, possible, earlier)
            found = None if found is False and not closed and not settled(then) else found
            said.append(found if key == "with" or found is None else not found)
        return False if False in said else None if None in said else True

    return firsts, maybe_firsts, thens, maybe_thens, before


def _earlier(arguments: Mapping[str, Any], view: View) -> Before:
    name, order = arguments.get("date", "date"), view.records.get(arguments["in"], Entries()).ordered_by

    def earlier(first: Entry, then: Entry) -> bool | None:
        """Whether one entry comes before another; on one day only their order within it can tell."""
        if first.get(name) is None or then.get(name) is None:
            return None
        if first[name] != then[name]:
            return bool(first[name] < then[name])
        if first.get(order) is None or then.get(order) is None or first[order] == then[order]:
            return None
        return bool(first[order] < then[order])

    return earlier


def _lies_between(
    first: Entry, then: Entry, fitting: list[Entry], possible: list[Entry], earlier: Before
) -> bool | None:
    """Whether one of the entries lies between two others; these two themselves do not."""
    said = [
        (earlier(first, one), earlier(one, then), sure)
        for entries, sure in ((fitting, True), (possible, False))
        for one in entries
        if one is not first and one is not then
    ]
    if any(after and before and sure for after, before, sure in said):
        return True
    return None if any(after is not False and before is not False for after, before, _ in said) else False


def _happened_before(arguments: Mapping[str, Any], view: View) -> bool | None:
    """Whether some ``first`` entry comes before some ``then`` entry."""
    firsts, maybe_firsts, thens, maybe_thens, before = _order(arguments, view)
    if any(before(first, then) for first in firsts for then in thens):
        return True
    pairs = (before(first, then) for first in firsts + maybe_firsts for then in thens + maybe_thens)
    complete = view.records.get(arguments["in"], Entries()).complete
    return False if complete and all(one is False for one in pairs) else None


def _settled(arguments: Mapping[str, Any], view: View) -> Callable[[Entry], bool]:
    """Return a function that tells whether no entry can be added before a given one."""
    entries, name = view.records.get(arguments["in"], Entries()), arguments.get("date", "date")

    def settled(then: Entry) -> bool:
        day = then.get(name)
        return entries.complete or (entries.until is not None and day is not None and day <= entries.until)

    return settled


def _preceded(arguments: Mapping[str, Any], view: View) -> bool | None:
    """Whether a ``first`` entry comes before every ``then`` entry."""
    firsts, maybe_firsts, thens, maybe_thens, before = _order(arguments, view)
    complete, settled = view.records.get(arguments["in"], Entries()).complete, _settled(arguments, view)
    return _every(thens, maybe_thens, firsts, maybe_firsts, lambda then, first: before(first, then), complete, settled)


def _followed(arguments: Mapping[str, Any], view: View) -> bool | None:
    """Whether a ``then`` entry comes after every ``first`` entry."""
    firsts, maybe_firsts, thens, maybe_thens, before = _order(arguments, view)
    complete = view.records.get(arguments["in"], Entries()).complete
    return _every(firsts, maybe_firsts, thens, maybe_thens, before, complete, lambda _: complete)


def _every(
    each: list[Entry], maybe_each: list[Entry], some: list[Entry], maybe_some: list[Entry],
    related: Before, complete: bool, settled: Callable[[Entry], bool],
) -> bool | None:  # fmt: skip
    """Whether each entry has some entry that is related to it; ``settled`` tells that no further one can be."""

    def one(entry: Entry) -> bool | None:
        if any(related(entry, other) for other in some):
            return True
        return False if settled(entry) and all(related(entry, other) is False for other in some + maybe_some) else None

    if any(one(entry) is False for entry in each):
        return False
    return True if complete and all(one(entry) for entry in each + maybe_each) else None


def entries_behind(expression: Expression, view: View) -> list[Entry]:
    """Return the entries on which the answer to a question rests, as far as it rests on some that are there.

    They are those that happened; of a right order both ends; of an order that is broken those that lack the other.
    """
    if isinstance(expression, str):
        return entries_behind(view.measures[expression], view)
    ((operator, arguments),) = expression.items()
    said = QUESTIONS[operator](arguments, view)
    if said is None:
        return []
    if operator in ("happened", "took_part"):
        return select(as_where(arguments), view)[0]
    firsts, _, thens, _, before = _order(arguments, view)
    if operator == "happened_before":
        pairs = [(first, then) for first in firsts for then in thens if before(first, then)]
        return _each_once(entry for pair in pairs for entry in pair) if said else []
    each, others = (thens, firsts) if operator == "preceded" else (firsts, thens)

    def related(one: Entry, other: Entry) -> bool | None:
        return before(other, one) if operator == "preceded" else before(one, other)

    if said:
        kept = [other for other in others if any(related(one, other) for one in each)]
        return _each_once((*kept, *each) if operator == "preceded" else (*each, *kept))
    return [one for one in each if not any(related(one, other) for other in others)]


def nothing_asked(expression: Expression, view: View) -> bool:
    """Return whether a question about each entry of a kind is a yes for want of any such entry."""
    if isinstance(expression, str):
        return nothing_asked(view.measures[expression], view)
    ((operator, arguments),) = expression.items()
    if operator not in ("preceded", "followed") or not QUESTIONS[operator](arguments, view):
        return False
    fitting, possible, _ = select(arguments, view, "then" if operator == "preceded" else "first")
    return not fitting and not possible


def _each_once(entries: Iterable[Entry]) -> list[Entry]:
    return list({id(entry): entry for entry in entries}.values())


QUESTIONS: dict[str, Callable[[Any, View], bool | None]] = {
    "happened": _happened, "took_part": _took_part,
    "happened_before": _happened_before, "preceded": _preceded, "followed": _followed,
}  # fmt: skip
"""The operators that answer yes or no."""


def answer(expression: Expression, view: View) -> bool | None:
    """Return True, False or None (not known) for a question, which must have passed :func:`measure_checks.kind_of`."""
    if isinstance(expression, str):
        return answer(view.measures[expression], view)
    ((operator, arguments),) = expression.items()
    return QUESTIONS[operator](arguments, view)
