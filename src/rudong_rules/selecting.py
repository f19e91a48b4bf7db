"""The entries of a list that a ``where`` chooses: those that fit, those that may, and whether there can be others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from .bounds import COMPARISONS, UNKNOWN, Bounds, compare
from .expressions import Expression

Entry = Mapping[str, Any]
MAYBE = "?"
"""The key of an entry of which it is not known whether it counts on the day."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a record that count at the day in question, and whether the list is known to hold them all.

    ``ordered_by`` names the field that tells the order of entries of one day; no two entries agree in all ``unique``
    fields; up to the day ``until`` no entry is left out, though later ones may be.
    """

    items: tuple[Entry, ...] = ()
    complete: bool = False
    ordered_by: str = ""
    unique: tuple[str, ...] = ()
    until: date | None = None


class Seen(Protocol):
    """A case of which entries are chosen: its lists, and what is known of what their columns are compared with."""

    @property
    def records(self) -> Mapping[str, Entries]:
        """The lists of the case by name."""

    def bounds(self, expression: Expression) -> Bounds:
        """Return what is known of a measure."""


def matches(entry: Entry, where: Mapping[str, Any], view: Seen) -> bool | None:
    """Return whether an entry fits ``where``; None if that is not known.

    ``where`` maps a field to a value, a list of values or a comparison; under ``any_of`` stand alternatives to fit.
    """
    answer: bool | None = None if MAYBE in entry else True
    for name, wanted in where.items():
        if name == "any_of":
            fits = [matches(entry, one, view) for one in wanted]
            one = True if True in fits else None if None in fits else False
        else:
            one = _fits(entry.get(name), wanted, view)
        if one is False:
            return False
        answer = answer if one else None
    return answer


def _fits(actual: Any, wanted: Any, view: Seen) -> bool | None:
    if actual is None:
        return None
    if isinstance(wanted, dict):
        if "all_of" in wanted:
            return set(wanted["all_of"]) <= set(actual)
        tests = [compare(Bounds.exactly(actual), COMPARISONS[op], view.bounds(right)) for op, right in wanted.items()]
        return False if False in tests else None if None in tests else True
    options = wanted if isinstance(wanted, list) else [wanted]
    if isinstance(actual, tuple):
        return any(option in actual for option in options)
    return actual in options


def select(arguments: Mapping[str, Any], view: Seen, key: str = "where") -> tuple[list[Entry], list[Entry], bool]:
    """Return the entries that fit, those that may fit too, and whether there can be no others."""
    entries = view.records.get(arguments.get("of") or arguments["in"], Entries())
    where = arguments.get(key, {})
    fitting, possible = [], []
    for entry in entries.items:
        fit = matches(entry, where, view)
        if fit:
            fitting.append(entry)
        elif fit is None:
            possible.append(entry)
    return fitting, possible, entries.complete or where.get("any_of") == [] or _pinned(where, entries, view)


def _pinned(where: Mapping[str, Any], entries: Entries, view: Seen) -> bool:
    """Return whether ``where`` asks for one entry that is there: no two entries agree in all ``unique`` fields."""
    wanted = {}
    for name in entries.unique:
        value = where.get(name)
        at = view.bounds(value["equals"]) if isinstance(value, dict) and set(value) == {"equals"} else UNKNOWN
        if at.low is None or at.low != at.high:
            return False
        wanted[name] = at.low
    return bool(wanted) and any(all(entry.get(n) == value for n, value in wanted.items()) for entry in entries.items)


def known_in(entries: Iterable[Entry], name: str) -> list[Any]:
    """Return the values that entries are known to have in a column."""
    return [entry[name] for entry in entries if entry.get(name) is not None]
