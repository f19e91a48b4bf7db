"""The pydantic fact model of a vocabulary, and the reader that turns data into a case or says all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    create_model,
)
from pydantic_core import PydanticCustomError

from . import periods
from .bilingual import both_names, called, listed, say
from .bounds import number
from .complaints import colon_hint, complain, keys_at
from .errors import MAX_PROBLEMS, CaseError, Problem, Span, shown
from .labels import Labels
from .source import Document, Loc
from .vocabulary import Finding, Named, Record, RecordField, Scalar, Vocabulary

MAX_ITEMS = 1_000
MAX_DIGITS = 18
_TAGS = ("=bare", "=one", "=many")
"""The forms of a fact; no id holds an equals sign, so they are told apart from keys."""


def _day(value: Any) -> Any:
    """Read YYYY-MM-DD; anything that is no text is left for pydantic to refuse."""
    if not isinstance(value, str):
        return value
    try:
        return periods.day(value)
    except ValueError:
        raise PydanticCustomError("bad-date", "no date") from None


def _exact(value: Any) -> Any:
    try:
        found = str(number(value))
        again = number(found)
    except ValueError:
        again = date.min
    if isinstance(again, date):
        raise PydanticCustomError("not-exact", "no exact number")
    return found


def _whole(value: int) -> int:
    if abs(value) >= 10**MAX_DIGITS:
        raise PydanticCustomError("int_type", "too long a number")
    return value


def _within(low: int | None, high: int | None) -> AfterValidator:
    def check(value: str) -> str:
        exact: Any = number(value)
        if low is not None and exact < low:
            raise PydanticCustomError("greater_than_equal", "too low", {"ge": low})
        if high is not None and exact > high:
            raise PydanticCustomError("less_than_equal", "too high", {"le": high})
        return value

    return AfterValidator(check)


Day = Annotated[date, BeforeValidator(_day)]
Exact = Annotated[str, BeforeValidator(_exact, json_schema_input_type=int | str)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Determination(_Closed):
    """A finding with its source: its value, the organ, the day, the evidence."""

    value: bool | None = None
    determined_by: str = Field(default="", max_length=200)
    determined_on: Day | None = None
    evidence: str = Field(default="", max_length=10_000)


class CaseBase(_Closed):
    """The part of every case that does not depend on the vocabulary: a title and the day it describes."""

    _reader: ClassVar[CaseReader | None] = None
    """What made the model of a vocabulary, which has no name of its own to be pickled by."""

    title: str = Field(default="", max_length=1_000)
    as_of: Day | None = None

    def __reduce__(self) -> Any:
        if self._reader is None:
            return super().__reduce__()
        return _again, (self._reader, self.model_dump(mode="json", exclude_unset=True))


def _again(reader: CaseReader, written: dict[str, Any]) -> CaseBase:
    return reader.model.model_validate(written)


def _form(value: Any) -> str:
    return "=one" if isinstance(value, dict | BaseModel) else "=many" if isinstance(value, list | tuple) else "=bare"


def _determinable(value_type: Any, full: type[BaseModel]) -> Any:
    """Return the type of a fact that is given bare, with its source, or as several determinations."""
    many = Annotated[tuple[full, ...], Field(strict=False, max_length=100)]  # type: ignore[valid-type]
    return Annotated[
        Annotated[value_type | None, Tag("=bare")] | Annotated[full, Tag("=one")] | Annotated[many, Tag("=many")],
        Discriminator(_form),
    ]


def _choice(options: Mapping[str, Named]) -> Any:
    ids = {named.label: key for key, named in options.items()} | {key: key for key in options}
    both = [both_names(key, named.label, named.en) for key, named in options.items()]
    known = [*(label for _, label in both), *(name for name, _ in both)]

    def read(value: Any) -> Any:
        if isinstance(value, str) and value in ids:
            return ids[value]
        raise PydanticCustomError("unknown-option", "no option", {"known": known})

    return Annotated[Literal[tuple(options)], BeforeValidator(read)]


def _plain(kind: Scalar | RecordField) -> Any:
    """Return the type of a value without its source."""
    match kind.type:
        case "int":
            return Annotated[int, Field(ge=kind.min, le=kind.max), AfterValidator(_whole)]
        case "fraction":
            return Exact if kind.min is kind.max is None else Annotated[Exact, _within(kind.min, kind.max)]
        case "date":
            return Day
        case "choice":
            return _choice(kind.options)
        case "choices":
            return Annotated[tuple[_choice(kind.options), ...], Field(strict=False, max_length=100)]  # type: ignore[misc]
        case "bool":
            return bool
        case _:
            return Annotated[str, Field(max_length=10_000)]


def _record(name: str, record: Record) -> Any:
    fields: dict[str, Any] = {
        key: (_plain(f), ...) if f.required else (_plain(f) | None, None) for key, f in record.fields.items()
    }
    entry = create_model(f"{name}_entry", __base__=_Closed, **fields)
    entries = Annotated[tuple[entry, ...], Field(strict=False, max_length=MAX_ITEMS)]
    return create_model(name, __base__=_Closed, complete=(bool, False), entries=(entries, ()))


def case_model(vocabulary: Vocabulary) -> type[CaseBase]:
    """Return the pydantic model of a case: one optional field per finding, scalar and record, by id."""
    determinable = _determinable(bool, Determination)
    fields: dict[str, Any] = {name: (determinable, _field(finding)) for name, finding in vocabulary.findings.items()}
    for name, scalar in vocabulary.scalars.items():
        kind = _plain(scalar)
        if scalar.type == "choice":
            full = create_model(f"{name}_determination", __base__=Determination, value=(kind | None, None))
            fields[name] = (_determinable(kind, full), _field(scalar))
        else:
            fields[name] = (kind | None, _field(scalar))
    for name, record in vocabulary.records.items():
        fields[name] = (_record(name, record) | None, _field(record))
    return create_model("Case", __base__=CaseBase, __doc__="A case: what is known of one person and matter.", **fields)


def _field(thing: Finding | Scalar | Record) -> Any:
    return Field(default=None, title=thing.label, description=thing.question)


def taken(name: str, inside: type[BaseModel] = CaseBase) -> bool:
    """Return whether a field of that name would hide what every case (or entry) has already."""
    return hasattr(inside, name) or name in inside.model_fields or name.startswith(("model_validate", "model_dump"))


class CaseReader:
    """Reads cases of one vocabulary.  ``labels`` are what facts, columns and options may be called."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.labels = Labels(vocabulary)

    def __reduce__(self) -> tuple[type[CaseReader], tuple[Vocabulary]]:
        return type(self), (self.vocabulary,)

    @property
    def names(self) -> Mapping[str, str]:
        """Every id and Chinese label of a fact, and the id that it names."""
        return self.labels.names

    @cached_property
    def model(self) -> type[CaseBase]:
        """The pydantic model of a case, built when somebody needs it: bare facts are decided without."""
        model = case_model(self.vocabulary)
        model._reader = self
        return model

    def read(self, data: Any, document: Document | None = None) -> CaseBase:
        """Return the case that ``data`` (a dict, or a case read already by this vocabulary) describes.

        Raises CaseError with every problem; places come from ``document`` when there is one.
        """
        if isinstance(data, self.model):
            return data
        if isinstance(data, CaseBase) and data._reader and data._reader.vocabulary == self.vocabulary:
            # A case that was pickled comes back with a model of its own.
            return _again(self, data.model_dump(mode="json", exclude_unset=True))
        problems: list[Problem] = []

        def report(loc: Loc, code: str, message: str, hint: str = "") -> None:
            problems.append(Problem(_place(document, loc, code), code, message, hint))
            if len(problems) >= MAX_PROBLEMS:
                raise CaseError(problems)

        if not isinstance(data, Mapping):
            report((), "wrong-type", say("no_mapping"), colon_hint(data) or say("write_mapping"))
            raise CaseError(problems)
        written, keys = self.labels.by_id(data, report)

        def told(loc: Loc, code: str, message: str, hint: str = "") -> None:
            """Report what is wrong at a place of the model."""
            report(self.labels.as_written(data, keys, loc), code, self.labels.about(loc, code, message), hint)

        for name in self.vocabulary.records:
            if written.get(name) is not None and not isinstance(written[name], dict | BaseModel):
                told((name,), "wrong-type", say("not_list", value=shown(written[name])), say("entry_a_line"))
                written[name] = None
        try:
            case = self.model.model_validate(written)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                loc = tuple(part for part in one["loc"] if part not in _TAGS)
                told(loc, *complain(one, *self._known(loc, written)))
            raise CaseError(problems) from None
        impossible = (*_beyond(self.vocabulary.scalars, case), *_impossible(self.vocabulary.records, case))
        for problem in (*_future(case), *impossible):
            told(*problem)
        if problems:
            raise CaseError(problems)
        return case

    def _known(self, loc: Loc, data: Any) -> tuple[list[str], dict[str, str]]:
        """Return what may still be written at a place of data by id, and what the keys there are called."""
        labels = self.labels.around(loc)
        names = {key: called(key, label) for key, (label, _) in labels.items()}
        for part in loc[:-1]:
            inside = (
                part in data if isinstance(data, dict) else isinstance(data, list | tuple) and isinstance(part, int)
            )
            data = data[part] if inside else {}
        every = keys_at(self.model, loc[:-1])
        left = [key for key in every if not isinstance(data, dict) or key not in data] or every
        written = [both_names(key, *labels[key])[0] if key in labels else key for key in left]
        return [*written, *(both_names(key, *labels[key])[1] for key in left if key in labels)], dict(names)


def _place(document: Document | None, loc: Loc, code: str) -> Span:
    """Return where a place of the data stands: in its file, or else by the names on the way to it."""
    if document is not None:
        return document.key_span(loc) if code in ("unknown-fact", "fact-twice", "unknown-key") else document.span(loc)
    return Span(say("in_case", way=".".join(["case", *map(str, loc)])) if loc else say("case_itself"))


def _impossible(records: Mapping[str, Record], case: CaseBase) -> Iterator[tuple[Loc, str, str, str]]:
    """Yield what cannot be true of the entries of the lists: (place, code, message, hint)."""
    for name, record in records.items():
        told, seen = getattr(case, name), dict[tuple[Any, ...], int]()
        for nth, entry in enumerate(told.entries if told else ()):
            key = tuple(getattr(entry, column) for column in record.unique)
            if key and None not in key and seen.setdefault(key, nth) != nth:
                cells = zip(record.unique, key, strict=True)
                what = tuple(say("cell", id=one, label=record.fields[one].label, value=value) for one, value in cells)
                message = say("entry_twice", what=what, place=seen[key] + 1)
                yield (name, "entries", nth), "entry-twice", message, say("keep_one")
            for limit in record.limits:
                part, whole = getattr(entry, limit.field), getattr(entry, limit.at_most)
                if None not in (part, whole) and limit.broken(_value(part), _value(whole)):
                    loc, other = (name, "entries", nth, limit.field), record.fields[limit.at_most]
                    above = _above(part, listed(limit.at_most, other.label, other.en), whole)
                    yield loc, "impossible", *above


def _beyond(scalars: Mapping[str, Scalar], case: CaseBase) -> Iterator[tuple[Loc, str, str, str]]:
    """Yield every single value that is above what it cannot be above: (place, code, message, hint)."""
    for name, scalar in scalars.items():
        if scalar.limit and name in case.model_fields_set:
            value, most = getattr(case, name), getattr(case, scalar.limit.at_most)
            if None not in (value, most) and scalar.limit.broken(_value(value), _value(most)):
                other = scalars.get(scalar.limit.at_most)
                whole = listed(scalar.limit.at_most, other.label, other.en) if other else say("as_of")
                yield (name,), "impossible", *_above(value, whole, most)


def _above(value: Any, whole: str, most: Any) -> tuple[str, str]:
    """Return what is said of a value above another one, and how to mend it."""
    if isinstance(value, date):
        return say("day_after_day", value=value, whole=whole, most=most), say("mend_days")
    if isinstance(most, date):
        return say("year_after_day", value=value, whole=whole, most=most), say("mend_days")
    return say("part_above_whole", value=value, whole=whole, most=most), say("mend_numbers")


def _value(given: Any) -> Any:
    return given if isinstance(given, date) else number(given)


def _future(case: CaseBase) -> Iterator[tuple[Loc, str, str, str]]:
    """Yield every determination that is dated after the case's own day."""
    if case.as_of is None:
        return
    for name in case.model_fields_set:
        given = getattr(case, name)
        several: Iterable[Any] = enumerate(given) if isinstance(given, tuple) else [(None, given)]
        for nth, one in several:
            if isinstance(one, Determination) and one.determined_on and one.determined_on > case.as_of:
                loc: Loc = (name, "determined_on") if nth is None else (name, nth, "determined_on")
                message = say("future", day=one.determined_on, as_of=case.as_of)
                yield loc, "future", message, say("mend_day")
