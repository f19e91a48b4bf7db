"""Case → known rails: what the facts of a case say of each atom on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from .cases import CaseBase, Determination
from .measures import Bounds, Entries, Entry, View, answer, bounds, compare, number
from .program import Program, Rails, false_rail, true_rail
from .ruleset import Test
from .verdict_data import Source
from .vocabulary import Record, Vocabulary

_MEASURED = ("int", "fraction", "date")


class Facts:
    """Says which rails the facts of a case make known."""

    def __init__(self, vocabulary: Vocabulary, tests: Mapping[str, Test]) -> None:
        self.vocabulary = vocabulary
        self.tests = tests
        self._measures = {name: measure.value for name, measure in vocabulary.measures.items()}

    def known(self, case: CaseBase, program: Program, as_of: date | None) -> Rails:
        """Return the rails that the case makes known on the day, as one set."""
        day = as_of or case.as_of
        rails, index = 0, program.index
        findings, scalars = self.vocabulary.findings, self.vocabulary.scalars
        for name in case.model_fields_set:
            if name in findings:
                for value in _standing(getattr(case, name), day):
                    rails |= 1 << 2 * index[name] + (not value) if name in index else 0
            elif name in scalars and scalars[name].type == "choice":
                for value in _standing(getattr(case, name), day):
                    rails |= self._chosen(name, value, index)
        if self.tests:
            rails |= self._measured(self.view(case, as_of), index)
        return rails

    def _chosen(self, name: str, value: str, index: Mapping[str, int]) -> Rails:
        rails = 0
        for option in self.vocabulary.scalars[name].options:
            atom = index.get(f"{name}={option}")
            if atom is not None:
                rails |= 1 << (true_rail(atom) if option == value else false_rail(atom))
        return rails

    def _measured(self, view: View, index: Mapping[str, int]) -> Rails:
        rails = 0
        for name, test in self.tests.items():
            if name in index:
                result = (
                    compare(bounds(test.left, view), test.sign, bounds(test.right, view))
                    if test.sign
                    else answer(test.left, view)
                )
                if result is not None:
                    rails |= 1 << 2 * index[name] + (not result)
        return rails

    def sources(self, case: CaseBase, day: date | None, atom: str) -> tuple[Source, ...]:
        """Return where the fact behind an atom comes from: the determinations that count on ``day``."""
        name = atom.partition("=")[0]
        given = getattr(case, name, None) if name in case.model_fields_set else None
        if not isinstance(given, Determination | tuple):
            return ()
        return tuple(
            Source(
                value=str(one.value).lower() if isinstance(one.value, bool) else str(one.value),
                determined_by=one.determined_by,
                determined_on=one.determined_on.isoformat() if one.determined_on else "",
                evidence=one.evidence,
            )
            for one in _counting(given, day)
        )

    def view(self, case: CaseBase, as_of: date | None) -> View:
        """Return the case as measures see it on the day: entries dated after it are left out."""
        day = as_of or case.as_of
        scalars: dict[str, Bounds] = {}
        choices: dict[str, str] = {}
        for name, scalar in self.vocabulary.scalars.items():
            value = getattr(case, name)
            if scalar.type == "choice":
                standing = _standing(value, day)
                if len(standing) == 1:
                    choices[name] = standing[0]
            elif value is None:
                scalars[name] = Bounds(scalar.min, scalar.max)
            else:
                scalars[name] = Bounds.exactly(number(value))
        records = {
            name: _entries(record, getattr(case, name), case, day) for name, record in self.vocabulary.records.items()
        }
        today = Bounds.exactly(day) if day else Bounds()
        view = View(scalars, choices, records, self._measures, self.vocabulary.tables, today)
        for name, record in self.vocabulary.records.items():
            if record.computed and records[name].items:
                items = tuple(_computed(record, entry, view) for entry in records[name].items)
                records[name] = replace(records[name], items=items)
        return view


def _entries(record: Record, listed: Any, case: CaseBase, day: date | None) -> Entries:
    """Return the entries that count on ``day``.  A complete list is so up to the day of the case, not beyond."""
    if listed is None:
        return Entries()
    items = []
    for entry in listed.entries:
        values = {
            key: number(value) if value is not None and record.fields[key].type == "fraction" else value
            for key, value in entry
        }
        dated: Any = values.get(record.dated_by)
        if day is None or dated is None or dated <= day:
            items.append(values)
    complete = listed.complete and not (day and case.as_of and day > case.as_of)
    return Entries(tuple(items), complete, record.ordered_by, tuple(record.unique))


def _computed(record: Record, entry: Entry, view: View) -> Entry:
    """Return an entry with its computed columns; one that is not known exactly stays unknown."""
    own = {key: Bounds.exactly(v) for key, v in entry.items() if v is not None and record.fields[key].type in _MEASURED}
    chosen = {key: v for key, v in entry.items() if v is not None and record.fields[key].type == "choice"}
    inside = replace(view, scalars={**view.scalars, **own}, choices={**view.choices, **chosen})
    found = {key: bounds(column.value, inside) for key, column in record.computed.items()}
    return {**entry, **{key: b.low for key, b in found.items() if b.low is not None and b.low == b.high}}


def _standing(given: Any, day: date | None) -> list[Any]:
    """Return the distinct values of a fact that stand on ``day``."""
    if given is None:
        return []
    if not isinstance(given, Determination | tuple):
        return [given]
    return list(dict.fromkeys(one.value for one in _counting(given, day) if one.value is not None))


def _counting(given: Determination | tuple[Determination, ...], day: date | None) -> list[Determination]:
    """Return the determinations that count on ``day``: each organ's latest one, and every undated one."""
    every = given if isinstance(given, tuple) else (given,)
    made = [one for one in every if one.determined_on is None or day is None or one.determined_on <= day]
    latest: dict[str, date] = {}
    for one in made:
        if one.determined_on is not None:
            latest[one.determined_by] = max(latest.get(one.determined_by, one.determined_on), one.determined_on)
    return [one for one in made if one.determined_on in (None, latest.get(one.determined_by))]
