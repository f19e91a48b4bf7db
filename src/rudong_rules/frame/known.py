"""The columns of a frame as facts: which rails each row makes known, and which rows cannot be read so.

A finding that is a Boolean column is two rails as it stands, and those of what follows from it; a choice that is a
column of text is two rails for each of its options.  All else — numbers, dates, records, findings with their source —
is read by the ordinary reader and measured by the ordinary :class:`~rudong_rules.facts.Facts`, once for each distinct
value: columns that one measure reads, and findings that follow from one another, are taken together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import reduce
from operator import or_

import polars as pl

from ..case_model import MAX_TITLE
from ..errors import CaseError
from ..policy import Policy
from ..program import Program, Rail, Rails, false_rail, members, true_rail
from ..vocabulary import Assertion
from .as_case import decoded, infinite, is_text
from .bits import sides
from .circuit import ALWAYS, Circuit, Node
from .findings import Findings
from .groups import Group, grouped, linked

INVALID = "invalid row"
"""The column that says which rows cannot be read."""
_STATES = (None, True, False)
"""What the rails of an atom come to as one value: neither, the true one, the false one."""
_MEMO = 100_000
"""How many distinct values of one group are remembered from batch to batch."""


class Known:
    """Reads the rails of one program from frames with the same columns.

    ``columns`` maps each fact to the type of its column; ``encoded`` are the facts whose cells are JSON text.
    ``rails`` says where each rail is known, ``denied`` where a row says, or implies, one thing and another, as nodes of
    ``circuit``, whose inputs are the bits of the columns that :meth:`read` returns.
    """

    def __init__(
        self, policy: Policy, program: Program, columns: Mapping[str, pl.DataType], as_of: date | None,
        circuit: Circuit, encoded: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self._policy, self._as_of, self._encoded = policy, as_of, encoded
        vocabulary = policy.rules.vocabulary
        self._asked = policy.rails.asked(program)
        follows = vocabulary.follows()
        near = linked(vocabulary, follows, columns)
        findings = [
            name for name in columns
            if name in vocabulary.findings and all(columns[one] == pl.Boolean for one in near[name])
        ]  # fmt: skip
        choices = [
            name for name in columns
            if getattr(vocabulary.scalars.get(name), "type", "") == "choice" and is_text(columns[name])
            and name not in encoded
        ]  # fmt: skip
        self._groups = grouped(policy, self._asked, [*columns], {*findings, *choices}, near)
        self._columns, self._choices = dict(columns), choices
        self._titled = columns.get("title") == pl.String
        self._memo: dict[tuple[int, str], tuple[bool, bool, Rails]] = {}

        said: dict[Assertion, Node] = {}
        for name in findings:
            said[name, True], said[name, False] = sides(circuit, name)
        own = Findings(said, program, self._asked.findings, follows, circuit)
        self._options = {
            atom: self._is(name, option) for name in choices for option in vocabulary.scalars[name].options
            if (atom := program.index.get(f"{name}={option}")) is not None
        }  # fmt: skip
        self.rails: dict[Rail, Node] = dict.fromkeys(members(self._silent()), ALWAYS) | own.rails
        for atom in (*self._options, *(rail >> 1 for group in self._groups for rail in group.rails)):
            self.rails[true_rail(atom)], self.rails[false_rail(atom)] = sides(circuit, _state(atom))
        groups = (sides(circuit, _denied(number))[0] for number in range(len(self._groups)))
        self.denied: Node = circuit.any_of((own.denied, *groups))

    @property
    def has_groups(self) -> bool:
        """Whether there are columns that are read by the ordinary reader."""
        return bool(self._groups)

    def _silent(self) -> Rails:
        """Return what the tests that read no column make known of every row."""
        read = {id(test) for group in self._groups for test in group.asked.tests}
        rest = tuple(test for test in self._asked.tests if id(test) not in read)
        case = self._policy.Case()
        return self._policy.rails.known(case, replace(self._asked, tests=rest), self._as_of).sound

    # --- reading a batch ---------------------------------------------------------------------------------------------

    def read(self, batch: pl.DataFrame, wanted: Iterable[str]) -> pl.DataFrame:
        """Return, as Boolean columns, which rows of a batch cannot be read (INVALID), and the columns ``wanted``."""
        frame = batch.with_columns(one.alias(_state(atom)) for atom, one in self._options.items())
        invalid = [wrong for name in self._choices if (wrong := self._no_option(name)) is not None]
        numbers = (infinite(pl.col(name), kind) for name, kind in self._columns.items())
        invalid += [wrong for wrong in numbers if wrong is not None]
        if self._titled:
            invalid.append(pl.col("title").str.len_chars().fill_null(0) > MAX_TITLE)
        for number, group in enumerate(self._groups):
            text = _text(group.facts).alias("group text")
            distinct = batch.select(text).unique().to_series()
            found = [self._value(number, group, one) for one in distinct]
            atoms = dict.fromkeys(rail >> 1 for rail in group.rails)
            told = {
                f"invalid {number}": [one for one, *_ in found], _denied(number): [one for _, one, _ in found],
                **{_state(atom): [_STATES[rails >> 2 * atom & 3] for *_, rails in found] for atom in atoms},
            }  # fmt: skip
            answers = pl.DataFrame({"group text": distinct, **told}, schema_overrides=dict.fromkeys(told, pl.Boolean))
            frame = frame.with_columns(text).join(answers, on="group text", how="left", maintain_order="left")
            frame = frame.drop("group text")
            invalid.append(pl.col(f"invalid {number}"))
        wrong = reduce(or_, invalid, pl.lit(False)).fill_null(False)
        # A literal alone would be one row.
        return frame.with_columns(wrong.alias(INVALID)).select(INVALID, *wanted)

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
        claimed, sound = self._policy.rails.known(case, group.asked, self._as_of)
        return False, claimed != sound, sound


def _text(names: Iterable[str]) -> pl.Expr:
    """Return the cells of some columns as one text of JSON."""
    return pl.struct(list(names)).struct.json_encode()


def _state(atom: int) -> str:
    """Return the name of the column that says what is known of an atom: true, false or null."""
    return f"atom {atom}"


def _denied(number: int) -> str:
    """Return the name of the column that says where a group says, or implies, one thing and another."""
    return f"denied {number}"
