"""The pydantic model of a case: what type each fact of a vocabulary has, bare or with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Protocol

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from . import periods
from .bilingual import both_names
from .bounds import number
from .vocabulary import Finding, Named, Record, RecordField, Scalar, Vocabulary

MAX_TITLE = 1_000
MAX_ITEMS = 1_000
MAX_DIGITS = 18
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
"""The days between which a case may lie: what is further off is a slip of the pen, on which nothing may be decided."""
TAGS = ("=bare", "=one", "=many")
"""The forms of a fact; no id holds an equals sign, so they are told apart from keys."""


def _day(value: Any) -> Any:
    """Read YYYY-MM-DD, and a midnight, as databases give days; all else is left for pydantic to refuse."""
    if not isinstance(value, str):
        return periods.of_midnight(value)
    try:
        return periods.day(value)
    except ValueError:
        raise PydanticCustomError("bad-date", "no date") from None


def _near(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("far-day", "too far off")
    return day


def _plain_decimal(value: Decimal) -> str:
    """Return a decimal as a case writes it; one of many digits as it is, which no case can hold."""
    short = value.is_finite() and abs(value.adjusted()) <= MAX_DIGITS and len(value.as_tuple().digits) <= MAX_DIGITS
    return f"{value:f}" if short else str(value)


def _exact(value: Any) -> Any:
    try:
        found = str(number(_plain_decimal(value) if isinstance(value, Decimal) else value))
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


Day = Annotated[date, BeforeValidator(_day), AfterValidator(_near)]
Exact = Annotated[str, BeforeValidator(_exact, json_schema_input_type=int | str)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Determination(_Closed):
    """A finding with its source: its value, the organ, the day, the evidence."""

    value: bool | None = None
    determined_by: str = Field(default="", max_length=200)
    determined_on: Day | None = None
    evidence: str = Field(default="", max_length=10_000)


BY_ID = {"names": "ids"}
"""The context in which data is validated that has no labels for facts and columns any more."""


class Reader(Protocol):
    """What made the model of a vocabulary, and makes it again."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary."""

    @property
    def model(self) -> type[CaseBase]:
        """The model of a case of the vocabulary."""

    def by_id(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return data with ids in place of labels.  Raises ValueError for a fact that is given under both."""

    def check(self, case: CaseBase) -> None:
        """Raise ValueError with all that cannot be true of a case."""


class CaseBase(_Closed):
    """The part of every case that does not depend on the vocabulary: a title and the day it describes."""

    _reader: ClassVar[Reader | None] = None
    """What made the model of a vocabulary, which has no name of its own to be pickled by."""

    title: str = Field(default="", max_length=MAX_TITLE)
    as_of: Day | None = None

    if TYPE_CHECKING:  # Which facts there are, and under which labels, is known once a policy is loaded.

        def __init__(self, **facts: Any) -> None:
            """Take facts by id or label."""

        def __getattr__(self, fact: str) -> Any:
            """Return what is said of a fact, by id."""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any, info: ValidationInfo) -> Any:
        """Take labels for facts and columns, unless whoever reads the case has put ids in their place."""
        if info.context is BY_ID or cls._reader is None or not isinstance(data, Mapping):
            return data
        return cls._reader.by_id(data)

    @model_validator(mode="after")
    def _possible(self, info: ValidationInfo) -> CaseBase:
        """Refuse what cannot be true, unless whoever reads the case tells it by its place."""
        if info.context is not BY_ID and self._reader is not None:
            self._reader.check(self)
        return self

    def written(self) -> dict[str, Any]:
        """Return what is said of the case by id, as what is no model, and under its own name what is no fact."""
        found: dict[str, Any] = _written(self)
        return found

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Show what is said of the case, not all that might be."""
        return ((name, value) for name, value in super().__repr_args__() if name in self.model_fields_set)

    def __reduce__(self) -> Any:
        if self._reader is None:
            return super().__reduce__()
        return _again, (self._reader, self.written())


def _written(value: Any) -> Any:
    """Return a value with models as mappings, whoever made them: what is copied may hold what nobody has looked at."""
    if isinstance(value, BaseModel):
        inside = {**value.__dict__, **(value.__pydantic_extra__ or {})}
        said = value.model_fields_set | (inside.keys() - type(value).model_fields.keys())
        return {name: _written(one) for name, one in inside.items() if name in said}
    if isinstance(value, list | tuple):
        return type(value)(map(_written, value))
    return {key: _written(one) for key, one in value.items()} if isinstance(value, dict) else value


def _again(reader: Reader, written: dict[str, Any]) -> CaseBase:
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
        raise PydanticCustomError("unknown-option", "no option; one of {known}", {"known": known})

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
