"""Case → known rails: what the facts of a case say of each atom on a day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any, NamedTuple

from .answers import answer
from .bare import Bare
from .bounds import Bounds, compare, number
from .case_model import CaseBase, Determination
from .logic import Test
from .measures import View, bounds
from .program import Program, Rails, false_rail, true_rail
from .selecting import MAYBE, Entries, Entry
from .verdict_data import Source
from .vocabulary import Assertion, Record, Vocabulary

_MEASURED = ("int", "fraction", "date")


@dataclass(frozen=True, slots=True)
class Asked:
    """What facts make known in one program: rails by value for every finding and choice; questions about measures.

    ``own`` are both rails of each finding; ``looked_up`` are the choices that measures read too; ``silent`` are the
    rails that the measures make known of a case without facts; ``bare`` is all this for cases that give no measure
    anything.
    """

    findings: Mapping[str, Mapping[bool, Rails]]
    choices: Mapping[str, Mapping[str, Rails]]
    own: Mapping[str, Rails]
    looked_up: frozenset[str]
    tests: tuple[tuple[Rails, Rails, Test], ...]
    silent: Rails
    bare: Bare


class Claimed(NamedTuple):
    """The rails that facts make known: all that is ``claimed``, and what of it is ``sound``.

    Not sound is what is said of a fact that is contradicted, nor what follows from nothing else.
    """

    claimed: Rails
    sound: Rails


class Facts:
    """Says which rails the facts of a case make known."""

    def __init__(self, vocabulary: Vocabulary, tests: Mapping[str, Test]) -> None:
        self.vocabulary = vocabulary
        self.tests = tests
        self._measures = vocabulary.defined()
        self._empty = CaseBase()
        self._choices = frozenset(name for name, scalar in vocabulary.scalars.items() if scalar.type == "choice")
        self._follow = vocabulary.follows()
        self._rest_on = _inverse(self._follow)

    def asked(self, program: Program) -> Asked:
        """Return what the facts can make known in a program."""
        index = program.index

        def rails(atom: str) -> dict[bool, Rails]:
            number = index.get(atom)
            return {True: 0, False: 0} if number is None else {True: 1 << 2 * number, False: 2 << 2 * number}

        alone = {name: rails(name) for name in self.vocabulary.findings}
        findings = {name: {value: self._closed(name, value, alone) for value in (True, False)} for name in alone}
        own = {name: each[True] | each[False] for name, each in alone.items()}
        choices: dict[str, dict[str, Rails]] = {}
        for name, scalar in self.vocabulary.scalars.items():
            if scalar.type == "choice":
                each = {option: rails(f"{name}={option}") for option in scalar.options}
                denied = sum(one[False] for one in each.values())
                choices[name] = {option: denied ^ one[False] | one[True] for option, one in each.items()}
        tests = tuple(
            (1 << true_rail(index[name]), 1 << false_rail(index[name]), test)
            for name, test in self.tests.items()
            if name in index
        )
        read = set().union(*(self._read[name] for name in self.tests if name in index))
        looked_up = frozenset(read & set(choices))
        silent = self._measured(self.view(self._empty, None), tests)
        # What contradicts a finding that the program does not ask for shows in no rail: such a case is read.
        seen = {
            name: values for name, values in findings.items() if name in index or not (values[True] | values[False])
        }
        bare = Bare(
            silent,
            {name: values[True] for name, values in seen.items()},
            {name: values[False] for name, values in seen.items()},
            {name: options for name, options in choices.items() if name not in looked_up},
        )
        return Asked(findings, choices, own, looked_up, tests, silent, bare)

    @cached_property
    def _read(self) -> dict[str, set[str]]:
        """What the measures of each test read."""
        return {name: test.reads(self._measures) for name, test in self.tests.items()}

    def _closed(self, name: str, value: bool, alone: Mapping[str, Mapping[bool, Rails]]) -> Rails:
        """Return the rails of a finding and of all that follows from it."""
        known = alone[name][value]
        for other, told in self._follow[name, value]:
            known |= alone[other][told]
        return known

    def known(
        self, case: CaseBase, asked: Asked, as_of: date | None, view: Callable[[], View] | None = None
    ) -> Claimed:
        """Return the rails that the case makes known on the day.

        ``view`` gives the case as measures see it, for a caller who has it already.
        """
        day = as_of or case.as_of
        denied = self.denied(case, day)
        claimed = sound = self._measured(view() if view else self.view(case, as_of), asked.tests) if asked.tests else 0
        for name, values in self._stand(case, day):
            each: Mapping[Any, Rails] | None = asked.findings.get(name) or asked.choices.get(name)
            if each is not None:
                told = [each[value] for value in values]
                claimed |= reduce(or_, told)
                if name not in denied:
                    sound |= told[0]
                elif name in asked.choices:
                    sound |= reduce(and_, told)  # Two options rule out a third alike.
        return Claimed(claimed, sound & ~reduce(or_, (asked.own.get(name, 0) for name in denied), 0))

    def _stand(self, case: CaseBase, day: date | None) -> Iterator[tuple[str, list[Any]]]:
        """Yield each finding and choice of a case with the values that stand on a day, if any do."""
        for name in case.model_fields_set:
            if name in self.vocabulary.findings or name in self._choices:
                values = _standing(getattr(case, name), day)
                if values:
                    yield name, values

    def denied(self, case: CaseBase, day: date | None) -> frozenset[str]:
        """Return the findings and choices of which a case says, or implies, one thing and another on a day."""
        several, said = set[str](), set[Assertion]()
        for name, values in self._stand(case, day):
            if len(values) > 1:
                several.add(name)
            if name in self.vocabulary.findings:
                for value in values:
                    said |= {(name, value), *self._follow[name, value]}
        return frozenset(several.union(name for name, value in said if (name, not value) in said))

    def _measured(self, view: View, tests: Iterable[tuple[Rails, Rails, Test]]) -> Rails:
        known = 0
        for true, false, test in tests:
            result = answered(test, view)
            if result is not None:
                known |= true if result else false
        return known

    def sources(self, case: CaseBase, day: date | None, atom: str, denied: Collection[str]) -> tuple[Source, ...]:
        """Return where the fact behind an atom comes from: the determinations that count on ``day``.

        ``denied`` are the facts that are contradicted on that day.

        A finding may follow from another one that is given, in full or bare; that one's sources then say so, those of
        one that is contradicted only where nothing else tells, or this one is contradicted too.  A bare value of its
        own is named only where what follows is otherwise.
        """
        name = atom.partition("=")[0]
        given = getattr(case, name, None) if name in case.model_fields_set else None
        own, found, disputed = list(_sources(given, day)), list[Source](), list[Source]()
        for value in (True, False):
            for other, said in sorted(self._rest_on.get((name, value), frozenset())):
                if other not in case.model_fields_set:
                    continue
                finding = self.vocabulary.findings[other]
                words = {
                    "value": _written(value), "follows_from": finding.label, "follows_from_en": finding.en,
                    "follows_from_value": _written(said),
                }  # fmt: skip
                told = _sources(getattr(case, other), day)
                into = disputed if other in denied and name not in denied else found
                into += [one.model_copy(update=words) for one in told if one.value == _written(said)]
        if not own and not found:
            found = disputed
        bare = not isinstance(given, Determination | tuple)
        if bare and {one.value for one in found} <= {one.value for one in own}:
            own = []
        return (*own, *found)

    def view(self, case: CaseBase, as_of: date | None) -> View:
        """Return the case as measures see it on the day: entries dated after it are left out."""
        day = as_of or case.as_of
        scalars: dict[str, Bounds] = {}
        choices: dict[str, str] = {}
        for name, scalar in self.vocabulary.scalars.items():
            value = getattr(case, name, None)
            if scalar.type == "choice":
                standing = _standing(value, day)
                if len(standing) == 1:
                    choices[name] = standing[0]
            elif value is None:
                scalars[name] = Bounds(scalar.min, scalar.max)
            else:
                scalars[name] = Bounds.exactly(number(value))
        records = {
            name: _entries(record, getattr(case, name, None), case, day)
            for name, record in self.vocabulary.records.items()
        }
        today = Bounds.exactly(day) if day else Bounds()
        view = View(scalars, choices, records, self._measures, self.vocabulary.tables, today)
        for name, record in self.vocabulary.records.items():
            if record.computed and records[name].items:
                items = tuple(_computed(record, entry, view) for entry in records[name].items)
                records[name] = replace(records[name], items=items)
        return view


def answered(test: Test, view: View) -> bool | None:
    """Return the answer to a question about a measure; None while it is not known."""
    if test.sign:
        return compare(bounds(test.left, view), test.sign, bounds(test.right, view))
    return answer(test.left, view)


def _entries(record: Record, listed: Any, case: CaseBase, day: date | None) -> Entries:
    """Return the entries that count on ``day``, or may.  A complete list is so up to the day of the case, not beyond.

    An entry without its own day lies before the day of the case; whether it lies before an earlier day is not known.
    """
    if listed is None:
        return Entries()
    items = []
    for entry in listed.entries:
        values = {
            key: number(value) if value is not None and record.fields[key].type == "fraction" else value
            for key, value in entry
        }
        if day and record.after(values, day):
            continue
        undated = record.dated_by and values[record.dated_by] is None
        maybe = undated and day and not (case.as_of and day >= case.as_of)
        items.append({**values, MAYBE: True} if maybe else values)
    complete = listed.complete and not (day and case.as_of and day > case.as_of)
    until = case.as_of if listed.complete else None
    return Entries(tuple(items), complete, record.ordered_by, tuple(record.unique), until)


def _computed(record: Record, entry: Entry, view: View) -> Entry:
    """Return an entry with its computed columns; one that is not known exactly stays unknown."""
    types = {key: column.type for key, column in record.fields.items()}
    own = {
        key: Bounds(column.min, column.max) if entry.get(key) is None else Bounds.exactly(entry[key])
        for key, column in record.fields.items()
        if column.type in _MEASURED
    }
    chosen = {key: v for key, v in entry.items() if v is not None and types.get(key) == "choice"}
    inside = replace(view, scalars={**view.scalars, **own}, choices={**view.choices, **chosen})
    found = {key: bounds(column.value, inside) for key, column in record.computed.items()}
    return {**entry, **{key: one.value for key, one in found.items() if one.value is not None}}


def _inverse(follow: Mapping[Assertion, frozenset[Assertion]]) -> dict[Assertion, frozenset[Assertion]]:
    """Return, for every answer that follows from others, those others."""
    found: dict[Assertion, set[Assertion]] = {}
    for said, others in follow.items():
        for other in others:
            found.setdefault(other, set()).add(said)
    return {said: frozenset(others) for said, others in found.items()}


def _sources(given: Any, day: date | None) -> tuple[Source, ...]:
    """Return who gave a fact which value; of a bare value only the value is known."""
    if not isinstance(given, Determination | tuple):
        return () if given is None else (Source(value=_written(given)),)
    return tuple(
        Source(
            value=_written(one.value),
            determined_by=one.determined_by,
            determined_on=one.determined_on.isoformat() if one.determined_on else "",
            evidence=one.evidence,
        )
        for one in _counting(given, day)
    )


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


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
