"""A case of which everything is open: its numbers, days and lists of a few entries as variables of the solver.

What is asked about becomes a variable; the rest stays out.  The case of a model is read off the variables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import z3

from ..vocabulary import Record, RecordField, Scalar, Vocabulary
from .days import as_day, new_day, year_of
from .figures import UnsupportedError
from .reasons import COMPUTED
from .terms import Term
from .written import value_of, written, written_entry


class Slot:
    """A place for an entry of a record: whether it is taken, and its columns as far as somebody asked for them."""

    def __init__(self, name: str, record: Record, place: int) -> None:
        self.record, self.id = record, f"{name}[{place}]"
        self.taken = z3.Bool(self.id)
        self.columns: dict[str, Any] = {}


class SymbolicCase:
    """A case with lists of at most ``size`` entries; ``texts`` are those with which columns of text are compared."""

    def __init__(self, vocabulary: Vocabulary, size: int, texts: Sequence[str]) -> None:
        self.vocabulary, self.size, self.texts = vocabulary, size, texts
        self.kinds: list[Term] = []
        """What is true of each variable by its type."""
        self._as_of: Any = None
        self._scalars: dict[str, Any] = {}
        self._slots: dict[str, list[Slot]] = {}

    def today(self) -> Any:
        """Return the day of the case."""
        if self._as_of is None:
            self._as_of, bounds = new_day("as_of")
            self.kinds += bounds
        return self._as_of

    def scalar(self, name: str) -> Any:
        """Return a scalar."""
        if name not in self._scalars:
            self._scalars[name] = self._made(name, self.vocabulary.scalars[name])
        return self._scalars[name]

    def slots_of(self, name: str) -> list[Slot]:
        """Return the places of a list."""
        if name not in self._slots:
            record = self.vocabulary.records[name]
            self._slots[name] = [Slot(name, record, place) for place in range(self.size)]
        return self._slots[name]

    def column(self, slot: Slot, name: str) -> Any:
        """Return a column of an entry.  Raises UnsupportedError for one that is computed."""
        if name not in slot.record.fields:
            raise UnsupportedError(COMPUTED.format(name))
        if name not in slot.columns:
            slot.columns[name] = self._made(f"{slot.id}.{name}", slot.record.fields[name])
        return slot.columns[name]

    def ask_like(self, other: SymbolicCase) -> None:
        """Ask about all that is asked about in the same case as another policy reads it, as far as this one knows it.

        One name is one variable in both: what only one of them asked about, the other would write as it likes.
        """
        if other._as_of is not None:
            self.today()
        for name in other._scalars:
            if name in self.vocabulary.scalars:
                self.scalar(name)
        for name, slots in other._slots.items():
            for slot, like in zip(self.slots_of(name), slots, strict=True) if name in self.vocabulary.records else ():
                for column in (*like.columns, *like.record.unique):
                    if column in slot.record.fields:
                        self.column(slot, column)

    def _made(self, name: str, kind: Scalar | RecordField) -> Any:
        """Return a new variable of a kind, and note what its values are."""
        if kind.type == "bool":
            return z3.Bool(name)
        if kind.type == "choices":
            return {option: z3.Bool(f"{name}∋{option}") for option in kind.options}
        if kind.type == "date":
            day, bounds = new_day(name)
            self.kinds += bounds
            return day
        found = z3.Real(name) if kind.type == "fraction" else z3.Int(name)
        if kind.type == "choice":
            self.kinds.append(z3.And(found >= 0, found < len(kind.options)))
        elif kind.type == "text":
            self.kinds.append(z3.And(found >= 0, found <= len(self.texts)))
        else:
            bounds = [found >= kind.min] if kind.min is not None else [found >= -1_000_000]
            self.kinds += [*bounds, found <= (kind.max if kind.max is not None else 1_000_000)]
        return found

    def limits(self) -> Iterator[Term]:
        """Yield what is true in every case of the variables together: no entry twice, nothing beyond its limit."""
        for slots in self._slots.values():
            record = slots[0].record
            yield from (z3.Implies(after.taken, before.taken) for before, after in pairwise(slots))
            for slot in slots:
                yield from self._within(slot)
            for nth, slot in enumerate(slots):
                if self._as_of is not None and record.dated_by in slot.columns:
                    yield slot.columns[record.dated_by] <= self._as_of
                for other in slots[:nth] if record.unique else ():
                    same = [self.column(slot, name) == self.column(other, name) for name in record.unique]
                    yield z3.Not(z3.And(slot.taken, other.taken, *same))
        for name, term in self._scalars.items():
            limit = self.vocabulary.scalars[name].limit
            if limit is None:
                continue
            most = self._as_of if limit.at_most == "as_of" else self._scalars.get(limit.at_most)
            if most is not None:
                yield term <= (year_of(most) if limit.by == "year" else most)

    def _within(self, slot: Slot) -> Iterator[Term]:
        """Yield the limits between columns that were asked about: what a case leaves out breaks none."""
        for limit in slot.record.limits:
            if limit.field in slot.columns and limit.at_most in slot.columns:
                part, whole = slot.columns[limit.field], slot.columns[limit.at_most]
                yield part <= (year_of(whole) if limit.by == "year" else whole)
        for name, column in slot.record.fields.items():
            if column.type == "bool" and name in slot.columns:
                implied = [slot.columns[other] for other in column.implies if other in slot.columns]
                yield from (z3.Implies(slot.columns[name], other) for other in implied)
        if self._as_of is not None and slot.record.dated_by not in slot.columns:
            for limit in slot.record.limits:
                if limit.at_most == slot.record.dated_by and limit.field in slot.columns:
                    most = year_of(self._as_of) if limit.by == "year" else self._as_of
                    yield slot.columns[limit.field] <= most

    def dated(self) -> None:
        """Ask about the day of every entry: one without its day may count or not."""
        for slots in self._slots.values():
            for slot in slots if slots[0].record.dated_by else ():
                self.column(slot, slot.record.dated_by)

    def at_most(self, count: int) -> list[Term]:
        """Return that no list has more than ``count`` entries."""
        return [z3.Not(slots[count].taken) for slots in self._slots.values() if count < self.size]

    def case(self, model: Any) -> dict[str, Any]:
        """Return the facts that a model gives to the lists and numbers that were asked about."""
        found: dict[str, Any] = {}
        if self._as_of is not None:
            found["as_of"] = as_day(value_of(model, self._as_of)).isoformat()
        for name, term in self._scalars.items():
            found[name] = written(model, term, self.vocabulary.scalars[name], self.texts)
        for name, slots in self._slots.items():
            entries = [
                written_entry(model, slot.record, slot.columns, self.texts)
                for slot in slots
                if model.eval(slot.taken, model_completion=True)
            ]
            found[name] = {"complete": True, "entries": entries}
        return found
