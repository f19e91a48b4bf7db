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
from .bounds import number
from .complaints import complain, keys_at
from .errors import MAX_PROBLEMS, CaseError, Problem, Span, did_you_mean, shown
from .source import Document, Loc, Report
from .vocabulary import Finding, Named, Record, RecordField, Scalar, Vocabulary

RESERVED = {"标题": "title", "日期": "as_of"}
"""What every case may say, by its Chinese name."""
_FACTS = "rudong-rules schema lists the facts"
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

    def read(value: Any) -> Any:
        if isinstance(value, str) and value in ids:
            return ids[value]
        raise PydanticCustomError("unknown-option", "no option", {"known": list(ids)})

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
    """Reads cases of one vocabulary.  ``names`` maps every id and Chinese label of a fact to its id."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        named: dict[str, Any] = {**vocabulary.findings, **vocabulary.scalars, **vocabulary.records}
        self.names: dict[str, str] = {thing.label: key for key, thing in named.items()} | RESERVED
        self.names |= {key: key for key in (*RESERVED.values(), *named)}

    def __reduce__(self) -> tuple[type[CaseReader], tuple[Vocabulary]]:
        return type(self), (self.vocabulary,)

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
            report((), "wrong-type", "a case is a mapping of facts", "write name: value")
            raise CaseError(problems)
        written, keys = self._by_id(data, report)
        try:
            case = self.model.model_validate(written)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                loc = tuple(part for part in one["loc"] if part not in _TAGS)
                known = (*keys_at(self.model, loc[:-1]), *self._column_labels(loc))
                report(self._as_written(data, keys, loc), *complain(one, known))
            raise CaseError(problems) from None
        for loc, code, message, hint in (*_future(case), *_impossible(self.vocabulary.records, case)):
            report(self._as_written(data, keys, loc), code, message, hint)
        if problems:
            raise CaseError(problems)
        return case

    def _by_id(self, data: Mapping[Any, Any], report: Report) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the facts by id, and the key under which each was written."""
        written, keys = dict[str, Any](), dict[str, str]()
        for key, value in data.items():
            name = self.names.get(key) if isinstance(key, str) else None
            if name is None:
                loc = (key if isinstance(key, str) else shown(key),)
                word = key if isinstance(key, str) else loc[0]
                report(loc, "unknown-fact", f"there is no fact {shown(word)}", did_you_mean(key, self.names) or _FACTS)
            elif name in written:
                report((key,), "fact-twice", f"{key!r} and {keys[name]!r} are the same fact", "give it once")
            else:
                written[name], keys[name] = self._canonical(name, key, value, report), key
        return written, keys

    def _canonical(self, name: str, key: str, value: Any, report: Report) -> Any:
        """Return a record with ids in place of the Chinese labels of its columns."""
        record = self.vocabulary.records.get(name)
        if record is None:
            return value
        bare = isinstance(value, list | tuple)
        if bare:
            value = {"entries": value}
        if value is not None and not isinstance(value, dict | BaseModel):
            report((key,), "wrong-type", f"{shown(value)} is not a list", "write one entry a line: - {column: value}")
            return None
        if not isinstance(value, dict) or not isinstance(value.get("entries"), list | tuple):
            return value
        ids = {f.label: column for column, f in record.fields.items()} | {column: column for column in record.fields}
        entries = []
        for nth, entry in enumerate(value["entries"]):
            if not isinstance(entry, dict):
                entries.append(entry)
                continue
            row: dict[Any, Any] = {}
            for column, cell in entry.items():
                if ids.get(column, column) in row:
                    loc = (key, nth, column) if bare else (key, "entries", nth, column)
                    report(loc, "fact-twice", f"{shown(column)} is given twice, by id and by label", "give it once")
                row[ids.get(column, column)] = cell
            entries.append(row)
        return {**value, "entries": entries}

    def _column_labels(self, loc: Loc) -> list[str]:
        record = self.vocabulary.records.get(str(loc[0])) if len(loc) == 4 else None
        return [field.label for field in record.fields.values()] if record else []

    def _as_written(self, data: Mapping[Any, Any], keys: Mapping[str, str], loc: Loc) -> Loc:
        """Return a place of the model as the place in the data: labels for ids, no ``entries`` above a bare list."""
        found: list[str | int] = []
        here: Any = data
        record = self.vocabulary.records.get(str(loc[0])) if loc else None
        for depth, part in enumerate(loc):
            if depth == 0:
                part = keys.get(str(part), part)
            elif part == "entries" and isinstance(here, list | tuple):
                continue
            elif record and depth > 2 and isinstance(here, dict) and part not in here and part in record.fields:
                label = record.fields[str(part)].label
                part = label if label in here else part
            found.append(part)
            inside = part in here if isinstance(here, Mapping) else isinstance(here, list | tuple) and part != "entries"
            here = here[part] if inside else None
        return tuple(found)


def _impossible(records: Mapping[str, Record], case: CaseBase) -> Iterator[tuple[Loc, str, str, str]]:
    """Yield what cannot be true of the entries of the lists: (place, code, message, hint)."""
    for name, record in records.items():
        listed, seen = getattr(case, name), dict[tuple[Any, ...], int]()
        for nth, entry in enumerate(listed.entries if listed else ()):
            key = tuple(getattr(entry, column) for column in record.unique)
            if key and None not in key and seen.setdefault(key, nth) != nth:
                labels = (record.fields[column].label for column in record.unique)
                what = "、".join(f"{label} {value}" for label, value in zip(labels, key, strict=True))
                message = f"{record.label}: {what} stands at entry {seen[key] + 1} too"
                yield (name, "entries", nth), "entry-twice", message, "keep one"
            for limit in record.limits:
                part, whole = getattr(entry, limit.field), getattr(entry, limit.at_most)
                if None not in (part, whole) and _value(part) > _value(whole):
                    names = record.fields[limit.field].label, record.fields[limit.at_most].label
                    message = f"{names[0]} {part} is more than {names[1]} {whole}"
                    yield (name, "entries", nth), "impossible", message, "mend the numbers"


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
                message = f"{one.determined_on} lies after the day of the case, {case.as_of}"
                yield loc, "future", message, "mend the date or as_of"


def _place(document: Document | None, loc: Loc, code: str) -> Span:
    if document is None:
        return Span(".".join(["case", *map(str, loc)]))
    return document.key_span(loc) if code in ("unknown-fact", "fact-twice", "unknown-key") else document.span(loc)
