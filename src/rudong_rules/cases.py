"""The pydantic fact model of a vocabulary, and the reader that turns data into a case or says all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, ValidationError, create_model
from pydantic_core import PydanticCustomError

from .errors import CaseError, Problem, Span, did_you_mean
from .measures import number
from .source import Document, Loc
from .vocabulary import Finding, Named, Record, RecordField, Scalar, Vocabulary

RESERVED = ("title", "as_of")
MAX_ITEMS = 1_000


def _day(value: Any) -> Any:
    """Read YYYY-MM-DD; anything that is no such text is left for pydantic to refuse."""
    if not isinstance(value, str):
        return value
    try:
        if len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("bad-date", "{value} is no date", {"value": value[:40]}) from None


def _exact(value: Any) -> Any:
    try:
        found = number(value)
    except (ValueError, ZeroDivisionError):
        found = None
    if found is None or isinstance(found, date):
        raise PydanticCustomError("not-exact", "{value} is no exact number", {"value": str(value)[:40]})
    return str(found)


Day = Annotated[date, BeforeValidator(_day)]
Exact = Annotated[str, BeforeValidator(_exact)]


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

    title: str = Field(default="", max_length=1_000)
    as_of: Day | None = None


def _form(value: Any) -> str:
    return "one" if isinstance(value, dict | BaseModel) else "many" if isinstance(value, list | tuple) else "bare"


def _determinable(value_type: Any, full: type[BaseModel]) -> Any:
    """Return the type of a fact that is given bare, with its source, or as several determinations."""
    many = Annotated[tuple[full, ...], Field(strict=False, max_length=100)]  # type: ignore[valid-type]
    return Annotated[
        Annotated[value_type | None, Tag("bare")] | Annotated[full, Tag("one")] | Annotated[many, Tag("many")],
        Discriminator(_form),
    ]


def _choice(options: Mapping[str, Named]) -> Any:
    ids = {named.label: key for key, named in options.items()}
    return Annotated[Literal[tuple(options)], BeforeValidator(lambda v: ids.get(v, v) if isinstance(v, str) else v)]


def _plain(kind: Scalar | RecordField) -> Any:
    """Return the type of a value without its source."""
    match kind.type:
        case "int":
            return Annotated[int, Field(ge=kind.min, le=kind.max)]
        case "fraction":
            return Exact
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
    fields: dict[str, Any] = {}
    for name, finding in vocabulary.findings.items():
        fields[name] = (_determinable(bool, Determination), _field(finding))
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


class CaseReader:
    """Reads cases of one vocabulary.  ``names`` maps every id and Chinese label of a fact to its id."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.model = case_model(vocabulary)
        named: dict[str, Any] = {**vocabulary.findings, **vocabulary.scalars, **vocabulary.records}
        self.names: dict[str, str] = {key: key for key in (*RESERVED, *named)}
        self.names |= {thing.label: key for key, thing in named.items()}
        self.names |= {"标题": "title", "日期": "as_of"}

    def read(self, data: Any, document: Document | None = None) -> CaseBase:
        """Return the case that ``data`` (a dict, or a case already read) describes.

        Raises CaseError with every problem; places come from ``document`` when there is one.
        """
        if isinstance(data, self.model):
            return data
        problems: list[Problem] = []

        def report(loc: Loc, code: str, message: str, hint: str = "") -> None:
            problems.append(Problem(_place(document, loc, code), code, message, hint))

        if not isinstance(data, Mapping):
            report((), "wrong-type", "a case is a mapping of facts", "write name: value")
            raise CaseError(problems)
        written, renamed = {}, dict[str, str]()
        for key, value in data.items():
            name = self.names.get(key) if isinstance(key, str) else None
            if name is None:
                report(
                    (key,), "unknown-fact", f"there is no fact {str(key)[:80]!r}", did_you_mean(str(key), self.names)
                )
            elif name in written:
                report((key,), "fact-twice", f"{key!r} and {renamed[name]!r} are the same fact", "give it once")
            else:
                written[name], renamed[name] = self._canonical(name, value), key
        case: CaseBase | None = None
        try:
            case = self.model.model_validate(written)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                loc = tuple(part for part in one["loc"] if part not in ("one", "many", "bare"))
                report((renamed.get(str(loc[0]), loc[0]), *loc[1:]) if loc else (), *_explain(one))
        if case is not None:
            for name, nth, day in _future(case):
                loc = (renamed[name], *nth)
                report(loc, "future", f"{day} lies after the day of the case, {case.as_of}", "mend the date or as_of")
            for name, record in self.vocabulary.records.items():
                listed = getattr(case, name)
                for nth_entry, code, message, hint in _impossible(record, listed.entries if listed else ()):
                    report((renamed.get(name, name), "entries", nth_entry), code, message, hint)
        if problems or case is None:
            raise CaseError(problems)
        return case

    def _canonical(self, name: str, value: Any) -> Any:
        """Return a record with ids in place of the Chinese labels of its columns."""
        record = self.vocabulary.records.get(name)
        if record is None:
            return value
        if isinstance(value, list):
            value = {"entries": value}
        if not isinstance(value, dict) or not isinstance(value.get("entries"), list):
            return value
        ids = {f.label: key for key, f in record.fields.items()}
        entries = [{ids.get(k, k): v for k, v in e.items()} if isinstance(e, dict) else e for e in value["entries"]]
        return {**value, "entries": entries}


def _impossible(record: Record, entries: Iterable[Any]) -> Iterator[tuple[int, str, str, str]]:
    """Yield what cannot be true of a list: (entry, code, message, hint)."""
    seen: dict[tuple[Any, ...], int] = {}
    for nth, entry in enumerate(entries):
        key = tuple(getattr(entry, field) for field in record.unique)
        if key and None not in key and seen.setdefault(key, nth) != nth:
            what = "、".join(
                f"{record.fields[field].label} {value}" for field, value in zip(record.unique, key, strict=True)
            )
            yield nth, "entry-twice", f"{record.label}: {what} stands at entry {seen[key] + 1} too", "keep one"
        for limit in record.limits:
            part: Any = getattr(entry, limit.field)
            whole: Any = getattr(entry, limit.at_most)
            if None not in (part, whole) and _value(part) > _value(whole):
                names = record.fields[limit.field].label, record.fields[limit.at_most].label
                yield nth, "impossible", f"{names[0]} {part} is more than {names[1]} {whole}", "mend the numbers"


def _value(given: Any) -> Any:
    return given if isinstance(given, date) else number(given)


def _future(case: CaseBase) -> Iterator[tuple[str, Loc, date]]:
    """Yield every determination dated after the case's own day: (fact, place below it, day)."""
    if case.as_of is None:
        return
    for name in case.model_fields_set:
        given = getattr(case, name)
        several: Iterable[Any] = enumerate(given) if isinstance(given, tuple) else [(None, given)]
        for nth, one in several:
            if isinstance(one, Determination) and one.determined_on and one.determined_on > case.as_of:
                yield name, ("determined_on",) if nth is None else (nth, "determined_on"), one.determined_on


def _place(document: Document | None, loc: Loc, code: str) -> Span:
    if document is None:
        return Span(".".join(["case", *map(str, loc)]))
    return document.key_span(loc) if code in ("unknown-fact", "fact-twice", "unknown-key") else document.span(loc)


def _explain(error: Any) -> tuple[str, str, str]:
    """Return (code, message, hint) for an error of pydantic, in words that teach the mend."""
    kind, value, context = error["type"], error.get("input"), error.get("ctx", {})
    shown = repr(value)[:60]
    match kind:
        case "bad-date" | "date_type" | "date_from_datetime_parsing":
            return "bad-date", f"{str(value)[:40]!r} is not a date that exists", "write YYYY-MM-DD"
        case "not-exact":
            return "not-exact", f"{shown} is not an exact number", 'write an integer, or a fraction in quotes: "1/3"'
        case "bool_type":
            return "wrong-type", f"{shown} is neither true nor false", "write true, false, or leave the fact out"
        case "int_type":
            return "wrong-type", f"{shown} is not a whole number", "write digits only"
        case "literal_error":
            return "unknown-option", f"{shown} is not an option", f"expected {context['expected']}"
        case "extra_forbidden":
            return "unknown-key", f"{str(error['loc'][-1])!r} does not belong here", "remove it"
        case "missing":
            return "missing", f"{error['loc'][-1]!r} is missing", "add it"
        case "greater_than_equal" | "less_than_equal":
            limit = context.get("ge", context.get("le"))
            return "out-of-range", f"{shown} is {'below' if 'ge' in context else 'above'} {limit}", ""
        case "too_long" | "string_too_long":
            return "too-large", f"more than {context['max_length']} items or characters", "shorten it"
        case _:
            return "wrong-type", error["msg"], ""
