"""The schema of ``vocabulary.yaml``: what can be known of a case, in the regulation's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar
from unicodedata import east_asian_width

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

T = TypeVar("T")
TAGS = ("=text", "=list", "=number")
"""The forms of a value that may be written in two ways; no id holds an equals sign."""


def tag(value: Any, kind: type, yes: str, no: str) -> str:
    """Return ``yes`` for a value of the kind, or else ``no``: errors then speak of one form, not of all."""
    return yes if isinstance(value, kind) else no


Cell = Annotated[
    Annotated[int, Tag("=number")] | Annotated[str, Tag("=text")],
    Discriminator(lambda value: tag(value, str, "=text", "=number")),
]
"""A cell of a table: a whole number, or a fraction or date as text."""


Assertion = tuple[str, bool]
"""A finding with an answer to it."""
_Step = tuple[str, bool | None]
"""The same, or that the answer is not yes, whatever it is."""


class Schema(BaseModel):
    """The base of everything that is written in YAML: strict types, no unknown keys, immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


def says(least: int) -> AfterValidator:
    """Return what asks of a text that it says something: so many letters, or half as many Chinese characters."""

    def long_enough(text: str) -> str:
        if sum(2 if east_asian_width(character) in "WF" else 1 for character in text) < least:
            raise PydanticCustomError("says-too-little", "too short", {"least": least})
        return text

    return AfterValidator(long_enough)


class Named(Schema):
    """A thing with a Chinese label and an English one."""

    label: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Poles(Schema):
    """The two sides between which a finding tells apart, in the regulation's own words: if it holds, and if not."""

    favourable: str
    unfavourable: str


class Finding(Named):
    """A yes/no question that people or organs determine (认定): true, false or unknown.

    ``quote`` are the words of ``clause`` that the finding stands for; the loader checks that they stand there.
    ``implies`` names the findings that hold wherever this one does (应承担刑事责任 is 触犯国家法律法规), ``excludes``
    those that hold nowhere beside it (集体研究 is no 个人专断), which need not name this one in turn.  With ``poles``
    no is an answer of its own (假公济私 is more than not 出于公心), and does not follow from what denies the yes.
    """

    question: str
    clause: str = Field(min_length=1)
    quote: str = Field(min_length=1)
    determined_by: str = ""
    determined_by_en: str = ""
    poles: Poles | None = None
    implies: list[str] = []
    excludes: list[str] = []


class Bound(Schema):
    """That a value cannot be above another one: ``at_most`` names it.

    With ``by: year`` the value is a year, which cannot be after that of the day named.
    """

    at_most: str
    by: Literal["value", "year"] = "value"

    def broken(self, value: Any, most: Any) -> bool:
        """Return whether a value is above the other."""
        return bool(value > (most.year if self.by == "year" else most))


class Scalar(Named):
    """A single value: an integer, an exact fraction, a date, or a choice among ``options``.

    ``limit`` names another scalar, or ``as_of``, that it cannot be above.
    """

    type: Literal["int", "fraction", "date", "choice"]
    question: str
    options: dict[str, Named] = {}
    min: int | None = None
    max: int | None = None
    limit: Bound | None = None
    clause: str = ""
    quote: str = ""
    determined_by: str = ""
    determined_by_en: str = ""


class RecordField(Named):
    """A column of a record; ``choices`` holds several options at once (who took part).

    ``implies`` names the yes/no columns that no entry denies in which this one is true, or, where it is no yes/no
    column, given: with a day of revocation nothing was not revoked.
    """

    type: Literal["int", "fraction", "date", "choice", "choices", "bool", "text"]
    options: dict[str, Named] = {}
    min: int | None = None
    max: int | None = None
    required: bool = False
    implies: list[str] = []


class ComputedField(Named):
    """A column that is computed for each entry: an expression over the entry's own fields."""

    type: Literal["int", "fraction", "date"]
    value: Any


class Limit(Bound):
    """A field of an entry that cannot be above another one: votes against, above all votes."""

    field: str


class Record(Named):
    """A list of entries (assessments by year, events) that says itself whether it is ``complete``.

    ``dated_by`` names the date field by which ``as_of`` leaves entries out, ``ordered_by`` the whole number that tells
    the order of entries of one day; no two entries agree in all ``unique`` fields, and none breaks a limit.
    An entry without its day lies after a day that some field, which cannot be above its day, is above.
    ``named`` gives names to entries that many conditions speak of: each stands for a ``where`` (:mod:`entry_names`).
    """

    question: str
    fields: dict[str, RecordField]
    computed: dict[str, ComputedField] = {}
    named: dict[str, dict[str, Any]] = {}
    dated_by: str = ""
    ordered_by: str = ""
    unique: list[str] = []
    limits: list[Limit] = []

    def after(self, entry: Mapping[str, Any], day: date) -> bool:
        """Return whether an entry is known to lie after a day: by its date, or without one by a limit of it."""
        dated = entry.get(self.dated_by)
        if dated is not None:
            return bool(dated > day)
        known = (limit for limit in self.limits if limit.at_most == self.dated_by)
        return any(entry.get(one.field) is not None and one.broken(entry[one.field], day) for one in known)

    def denied(self, entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield each column of an entry that is true or given, with a column that it implies and the entry denies."""
        for name, column in self.fields.items():
            if column.implies and entry.get(name) not in (None, False):
                yield from ((name, other) for other in column.implies if entry.get(other) is False)

    @cached_property
    def columns(self) -> dict[str, RecordField]:
        """Every column by name, the computed ones as if they had been given."""
        computed = {
            name: RecordField(label=column.label, en=column.en, type=column.type)
            for name, column in self.computed.items()
        }
        return self.fields | computed


class Measure(Named):
    """A number, date or yes/no computed from scalars and records; ``value`` is an expression of ``measures``."""

    value: Any


class Vocabulary(Schema):
    """Everything that can be known of a case, by id."""

    findings: dict[str, Finding] = {}
    scalars: dict[str, Scalar] = {}
    records: dict[str, Record] = {}
    measures: dict[str, Measure] = {}
    tables: dict[str, dict[str, Cell]] = {}

    def defined(self) -> dict[str, Any]:
        """Return the measures as they are defined, by id."""
        return {name: measure.value for name, measure in self.measures.items()}

    def follows(self) -> dict[Assertion, frozenset[Assertion]]:
        """Return, for every answer to a finding, the answers to others that follow from it, directly or not.

        To deny a finding is to deny all that imply it; to find it, to deny all that it excludes or that exclude it.
        But what only one organ may determine (``determined_by``) is denied by no answer to another finding; nor is what
        tells two poles apart by the denial of what it implies, since its no is the other pole, which goes further.
        """
        steps = self._steps()
        reserved = {(name, False) for name, finding in self.findings.items() if finding.determined_by}
        found: dict[Assertion, frozenset[Assertion]] = {}
        for name in self.findings:
            for said in ((name, True), (name, False)):
                others = {(other, value) for other, value in reached(said, steps) if value is not None}
                found[said] = frozenset(others - {said} - (reserved - {(name, False)}))
        return found

    def _steps(self) -> dict[_Step, set[_Step]]:
        """Return what each answer says of other findings directly; ``None`` is that one with two poles is not yes."""
        steps: dict[_Step, set[_Step]] = {
            (name, value): set() for name in self.findings for value in (True, False, None)
        }
        not_yes = {name: (name, None if finding.poles else False) for name, finding in self.findings.items()}
        for name, finding in self.findings.items():
            steps[name, False].add(not_yes[name])
            for other in finding.implies:
                steps[name, True].add((other, True))
                steps[not_yes[other]].add(not_yes[name])
            for other in finding.excludes:
                steps[name, True].add((other, False))
                steps[other, True].add((name, False))
        return steps


def reached(start: T, steps: Mapping[T, Set[T]]) -> set[T]:
    """Return all that is reached from a start by any number of steps, itself included."""
    found, waiting = {start}, [start]
    while waiting:
        further = steps[waiting.pop()] - found
        found |= further
        waiting += further
    return found
