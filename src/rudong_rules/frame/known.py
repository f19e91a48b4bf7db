"""The columns of a frame as facts: which rails each row makes known, and which rows cannot be read so.

A finding that is a Boolean column is two rails as it stands, and those of what follows from it; a choice that is a
column of text is two rails for each of its options.  All else — numbers, dates, records, findings with their source —
is read by the ordinary reader and measured by the ordinary :class:`~rudong_rules.facts.Facts`, once for each distinct
value: columns that one measure reads, and findings that follow from one another, are taken together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property, reduce
from operator import or_
from typing import Any

import polars as pl

from .. import expressions
from ..bilingual import called, say
from ..complaints import nearest
from ..errors import CaseError, Problem, Span, did_you_mean, shown
from ..facts import Asked
from ..policy import Policy
from ..program import Program, Rails, bits, members
from ..vocabulary import Vocabulary
from .gates import state

INVALID, DENIED = "invalid row", "denied row"
"""The columns that say which rows cannot be read, and in which something is both asserted and denied."""
_STATES = (None, True, False)
"""What the rails of an atom come to as one value: neither, the true one, the false one."""
_TITLE = 1_000
"""Characters of a title, as in ``case_model.CaseBase``."""
_MEMO = 100_000
"""How many distinct values of one group are remembered from batch to batch."""


@dataclass(frozen=True)
class Group:
    """Columns that are read together, and the part of what is asked that they answer."""

    facts: tuple[str, ...]
    asked: Asked
    rails: tuple[int, ...]


class Known:
    """Reads the rails of one program from frames with the same columns.

    ``columns`` maps each fact to the type of its column; ``encoded`` are the facts whose cells are JSON text.
    """

    def __init__(
        self, policy: Policy, program: Program, columns: Mapping[str, pl.DataType], as_of: date | None,
        encoded: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self._policy, self._program, self._as_of, self._encoded = policy, program, as_of, encoded
        vocabulary = policy.rules.vocabulary
        self._asked = policy.rails.asked(program)
        self._linked = _linked(vocabulary, columns)
        self._findings = [
            name for name in columns
            if name in vocabulary.findings and all(columns[one] == pl.Boolean for one in self._linked[name])
        ]  # fmt: skip
        self._choices = [
            name for name in columns
            if getattr(vocabulary.scalars.get(name), "type", "") == "choice" and _is_text(columns[name])
            and name not in encoded
        ]  # fmt: skip
        plain = {*self._findings, *self._choices}
        hard = [name for name in columns if name not in plain and name not in ("title", "as_of")]
        self._groups = self._grouped(hard, columns)
        self.constant: Rails = self._silent(columns)
        self.given: Rails = 0
        for values in (self._asked.findings[name] for name in self._findings):
            self.given |= values[True] | values[False]
        for choice in (self._asked.choices[name] for name in self._choices):
            for rails in choice.values():
                self.given |= rails
        for group in self._groups:
            for rail in group.rails:
                self.given |= 1 << rail
        self._columns = dict(columns)
        self._titled = columns.get("title") == pl.String
        self._memo: dict[tuple[int, str], tuple[bool, bool, Rails]] = {}

    # --- which columns are read together -----------------------------------------------------------------------------

    def _read(self, test: Any) -> set[str]:
        measures = {name: one.value for name, one in self._policy.rules.vocabulary.measures.items()}
        found: set[str] = set(expressions.inputs(test.left, measures)) | set(expressions.inputs(test.right, measures))
        return found

    def _grouped(self, hard: list[str], columns: Mapping[str, Any]) -> list[Group]:
        dated = ("as_of",) if "as_of" in columns else ()
        tests: dict[tuple[str, ...], list[tuple[Rails, Rails, Any]]] = {}
        for one in self._asked.tests:
            inputs = self._read(one[2])
            read = tuple(name for name in columns if name in inputs and name != "as_of")
            if read:
                tests.setdefault(read + dated, []).append(one)
            elif dated and "as_of" in inputs:
                tests.setdefault(dated, []).append(one)
        scalars = self._policy.rules.vocabulary.scalars
        for name, limit in ((name, scalars[name].limit) for name in columns if name in scalars):
            if limit is not None and limit.at_most != "as_of" and limit.at_most in columns:
                # What breaks a limit is refused, whether or not anything asked reads the two together.
                tests.setdefault((*(one for one in columns if one in (name, limit.at_most)), *dated), [])
        covered = {name for read in tests for name in read}
        alone: dict[tuple[str, ...], list[Any]] = {
            (*self._linked.get(name, (name,)), *dated): [] for name in hard if name not in covered
        }
        if dated and "as_of" not in covered and not alone:
            alone[dated] = []
        groups = []
        first = set(self._findings) | set(self._choices)
        for facts, mine in {**tests, **alone}.items():
            new = [name for name in facts if name not in first]
            first.update(new)
            asked = replace(
                self._asked, tests=tuple(mine),
                findings={name: self._asked.findings[name] for name in new if name in self._asked.findings},
                choices={name: self._asked.choices[name] for name in new if name in self._asked.choices},
            )  # fmt: skip
            every = 0
            made: list[Mapping[Any, Rails]] = [*asked.findings.values(), *asked.choices.values()]
            for values in made:
                for rails in values.values():
                    every |= rails
            for true, false, _ in mine:
                every |= true | false
            groups.append(Group(facts, asked, tuple(members(every))))
        return groups

    def _silent(self, columns: Mapping[str, Any]) -> Rails:
        """Return what the tests that read no column make known of every row."""
        read = {id(test) for group in self._groups for test in group.asked.tests}
        rest = tuple(test for test in self._asked.tests if id(test) not in read)
        case = self._policy.Case()
        return self._policy.rails.known(case, replace(self._asked, tests=rest), self._as_of)

    # --- reading a batch ---------------------------------------------------------------------------------------------

    def read(self, batch: pl.DataFrame) -> pl.LazyFrame:
        """Return the batch with the columns INVALID, DENIED and what groups say of atoms, as Boolean columns.

        What is both asserted and denied makes nothing known, here and in :meth:`states`.
        """
        frame = batch.lazy()
        invalid = [wrong for name in self._choices if (wrong := self._no_option(name)) is not None]
        denied = [reduce(or_, yes) & reduce(or_, no) for yes, no in self._disputed.values()]
        if self._titled:
            invalid.append(pl.col("title").str.len_chars().fill_null(0) > _TITLE)
        for number, group in enumerate(self._groups):
            text = _text(group.facts).alias("group text")
            distinct = batch.select(text).unique().to_series()
            found = [self._value(number, group, one) for one in distinct]
            atoms = dict.fromkeys(rail >> 1 for rail in group.rails)
            table = {state(atom): [_STATES[rails >> 2 * atom & 3] for *_, rails in found] for atom in atoms}
            told = {f"invalid {number}": [one for one, *_ in found], f"denied {number}": [one for _, one, _ in found]}
            answers = pl.DataFrame(
                {"group text": distinct, **told, **table}, schema_overrides=dict.fromkeys((*told, *table), pl.Boolean)
            )
            frame = frame.with_columns(text).join(
                answers.lazy(), on="group text", how="left", maintain_order="left"
            ).drop("group text")  # fmt: skip
            invalid.append(pl.col(f"invalid {number}"))
            denied.append(pl.col(f"denied {number}"))
        both = ((INVALID, invalid), (DENIED, denied))
        return frame.with_columns(reduce(or_, where, pl.lit(False)).fill_null(False).alias(n) for n, where in both)

    def states(self, wanted: Iterable[int]) -> list[pl.Expr]:
        """Return the columns of the atoms that plain columns make known, of those wanted."""
        found = []
        for atom in wanted:
            name, _, option = self._program.atoms[atom].partition("=")
            yes, no = self._told(2 * atom), self._told(2 * atom + 1)
            if option and name in self._choices:
                found.append(self._is(name, option).alias(state(atom)))
            elif self._tellers.get(2 * atom) == [(name, True)] and self._tellers.get(2 * atom + 1) == [(name, False)]:
                found.append(pl.col(name).alias(state(atom)))
            elif yes or no:
                true, false = (reduce(or_, told, pl.lit(False)).fill_null(False) for told in (yes, no))
                both_known = pl.when(true & ~false).then(True).when(false & ~true).then(False)
                found.append(both_known.alias(state(atom)))
        return found

    @cached_property
    def _tellers(self) -> dict[int, list[tuple[str, bool]]]:
        """The plain findings that can make each rail known, each with the value by which it does."""
        found: dict[int, list[tuple[str, bool]]] = {}
        for name in self._findings:
            for value, rails in self._asked.findings[name].items():
                for rail in members(rails):
                    found.setdefault(rail, []).append((name, value))
        return found

    def _told(self, rail: int) -> list[pl.Expr]:
        """Return, for each plain finding that can make a rail known, where it does, null where nothing is known."""
        return [pl.col(name) if value else ~pl.col(name) for name, value in self._tellers.get(rail, [])]

    @cached_property
    def _disputed(self) -> dict[int, tuple[list[pl.Expr], list[pl.Expr]]]:
        """The atoms of which a plain finding can deny what follows from another: where they are true, and false."""
        linked = {rail >> 1 for rail, tellers in self._tellers.items() if len(tellers) > 1}
        both = {atom: (self._told(2 * atom), self._told(2 * atom + 1)) for atom in sorted(linked)}
        return {atom: (yes, no) for atom, (yes, no) in both.items() if yes and no}

    def _words(self, name: str, options: Iterable[str]) -> list[str]:
        """Return how options may be written in a column: by id or label, of an enumeration what it can hold."""
        named = self._policy.rules.vocabulary.scalars[name].options
        words = [word for option in options for word in dict.fromkeys((option, named[option].label))]
        kind = self._columns[name]
        held = set(kind.categories) if isinstance(kind, pl.Enum) else None
        return words if held is None else [word for word in words if word in held]

    def _is(self, name: str, option: str) -> pl.Expr:
        words = self._words(name, [option])
        given = pl.col(name)
        return reduce(or_, (given == word for word in words)) if words else pl.when(given.is_not_null()).then(False)

    def _no_option(self, name: str) -> pl.Expr | None:
        """Return where a choice is none of its options; None where its type leaves it no other."""
        words = self._words(name, self._policy.rules.vocabulary.scalars[name].options)
        kind = self._columns[name]
        if isinstance(kind, pl.Enum) and len(words) == len(kind.categories):
            return None
        return ~pl.col(name).cast(pl.String).is_in(words).fill_null(True)

    def _value(self, number: int, group: Group, text: str) -> tuple[bool, bool, Rails]:
        """Return of rows with this value whether they are invalid, whether denied, and what it makes known."""
        key = (number, text)
        found = self._memo.get(key)
        if found is None:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            self._memo[key] = found = self._look(group, text)
        return found

    def _look(self, group: Group, text: str) -> tuple[bool, bool, Rails]:
        try:
            case = self._policy.reader.read(decoded(json.loads(text), self._encoded))
        except CaseError:
            return True, False, 0
        known = self._policy.rails.known(case, group.asked, self._as_of)
        both = bits(rail for rail in group.rails if known >> rail & 1 and known >> (rail ^ 1) & 1)
        return False, bool(both), known & ~both


def _linked(vocabulary: Vocabulary, columns: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each column that is a finding, those that are linked with it by what follows, itself included.

    Two are linked by what follows from both, too, whether or not that is a column.
    """
    near: dict[str, set[str]] = {name: set() for name in vocabulary.findings}
    for (one, _), follow in vocabulary.follows().items():
        for two, _ in follow:
            near[one].add(two)
            near[two].add(one)
    findings = [name for name in columns if name in vocabulary.findings]
    found: dict[str, tuple[str, ...]] = {}
    for name in findings:
        reached, waiting = {name}, [name]
        while waiting:
            further = near[waiting.pop()] - reached
            reached |= further
            waiting += further
        found[name] = tuple(one for one in findings if one in reached)
    return found


def decoded(row: Mapping[str, Any], encoded: Iterable[str] = ()) -> dict[str, Any]:
    """Return a row as a case: without nulls, cells of JSON text read; one that is no JSON stays as it is."""
    case = {name: _plain(value) for name, value in row.items() if value is not None}
    for name in encoded:
        if isinstance(case.get(name), str):
            try:
                case[name] = json.loads(case[name])
            except ValueError:
                continue
    return case


def _plain(value: Any) -> Any:
    """Return a cell as it would stand in a case: nulls inside records are left out, a whole float is a number."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _text(names: Iterable[str]) -> pl.Expr:
    """Return the cells of some columns as one text of JSON."""
    return pl.struct(list(names)).struct.json_encode()


def _is_text(kind: pl.DataType) -> bool:
    return kind in (pl.String, pl.Categorical) or isinstance(kind, pl.Enum)


def facts_of(policy: Policy, schema: Mapping[str, pl.DataType], keep: Iterable[str]) -> dict[str, str]:
    """Return the fact that each column gives, by column.  Raises CaseError with every column that gives none.

    A column bears the id or the Chinese label of a fact; those in ``keep`` are passed on unread.
    """
    vocabulary, names = policy.rules.vocabulary, policy.reader.names
    found: dict[str, str] = {}
    problems = []
    unread = set(keep)
    for name in unread - set(schema):
        problems.append(Problem(Span("keep"), "unknown-column", say("no_column", name=name), nearest(name, schema)))
    for name, kind in schema.items():
        span = Span(say("column", name=name))
        if name in unread:
            continue
        fact = names.get(name)
        if fact is None:
            hint = did_you_mean(name, policy.reader.labels.written) or say("keep_no_facts")
            problems.append(Problem(span, "unknown-fact", say("no_fact", word=shown(name)), hint))
        elif fact in found.values():
            message = say("gives_once_more", name=name, fact=policy.reader.labels.called[fact])
            problems.append(Problem(span, "fact-twice", message, say("keep_one_column")))
        else:
            found[name] = fact
            wrong = _wrong_type(vocabulary, fact, kind)
            if wrong:
                message = say(wrong[0], kind=str(kind), fact=policy.reader.labels.called[fact])
                problems.append(Problem(span, "wrong-type", message, wrong[1]))
    if problems:
        raise CaseError(problems)
    return found


def _wrong_type(vocabulary: Any, fact: str, kind: pl.DataType) -> tuple[str, str] | None:
    """Return the message of what a column is for and a hint of what it should hold, where no cell can be read."""
    nested = isinstance(kind, pl.Struct | pl.List | pl.Array)
    if kind == pl.Null:
        return None
    if fact == "title":
        return None if kind == pl.String else ("for_title", say("make_text"))
    day = kind in (pl.Date, pl.String) or isinstance(kind, pl.Datetime)
    if fact == "as_of":
        return None if day else ("for_day", say("make_date"))
    if fact in vocabulary.findings:
        return None if kind == pl.Boolean or nested else ("for_finding", say("make_boolean"))
    if fact in vocabulary.records:
        return None if nested else ("for_record", say("make_list"))
    scalar = vocabulary.scalars[fact]
    if scalar.type == "choice":
        options = tuple(called(name, option.label) for name, option in scalar.options.items())
        return None if _is_text(kind) or nested else ("for_choice", say("make_option", names=options))
    if scalar.type == "date":
        return None if day else ("for_date", say("make_date"))
    fits = kind.is_integer() or kind.is_float() or (scalar.type == "fraction" and kind == pl.String)
    return None if fits else ("for_number", say("make_whole" if scalar.type == "int" else "make_fraction"))


def readable(frame: pl.DataFrame, facts: Mapping[str, str]) -> pl.DataFrame:
    """Return the columns that give facts, by id, in forms that the reader takes.

    A float that is whole is a whole number, and midnight a day: frames that know no null for the one, or no date, hold
    them so.
    """
    columns = []
    schema = frame.schema
    for name, fact in facts.items():
        kind, column = schema[name], pl.col(name)
        if isinstance(kind, pl.Datetime):
            column = pl.when(column.dt.time() == time()).then(column.dt.strftime("%Y-%m-%d")).otherwise(
                column.cast(pl.String)
            )  # fmt: skip
        elif kind.is_float():
            column = column.fill_nan(None)
        columns.append(column.alias(fact))
    # A frame without columns forgets how many rows it has.
    return frame.select(columns) if columns else pl.DataFrame({"title": [None] * frame.height})
