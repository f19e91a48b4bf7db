"""Errors of pydantic → problems in words that teach the mend: what is wrong, what was expected."""

from __future__ import annotations

import re
import types
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from .bilingual import Hint, Text, in_full, say
from .errors import did_you_mean, shown
from .source import Loc

_QUOTED = re.compile("'([^']*)'")
_TYPES: dict[str, tuple[str, str]] = {
    "bool_type": ("not_bool", "write_bool"),
    "int_type": ("not_whole", "write_whole"),
    "string_type": ("not_text", "write_text"),
    "string_unicode": ("not_text", "surrogate"),
    "dict_type": ("not_mapping", "write_mapping"),
    "model_type": ("not_mapping", "write_mapping"),
    "model_attributes_type": ("not_mapping", "write_mapping"),
    "list_type": ("not_list", "write_list"),
    "tuple_type": ("not_list", "write_list"),
}
"""What pydantic calls a wrong type, with the message and the hint of it."""
_DAY_0 = date(1899, 12, 30)
"""The day that spreadsheets count from."""
_SERIAL = re.compile("[2-7][0-9]{4}")
"""What they count to from 1954 to 2119."""
_YEAR_MONTH_DAY = re.compile(r"(\d{4}) *[-/.年] *(\d{1,2}) *[-/.月] *(\d{1,2}) *日?")
_ONE_DIGIT = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_IN_DIGITS = re.compile(r"([12]\d{3})(\d\d)(\d\d)")
_YEAR = re.compile(r"(\d{1,18}) *年度?")
_THOUSANDS = re.compile(r"\d{1,3}([,，]\d{3}){1,5}")
_FULL = ("［", "｛", "【")
"""Brackets as an input method for Chinese gives them."""
_FEW = 20
"""How many words a hint lists that are all there are."""
_FEWEST = 8
"""How many words of the rule language a hint lists without choosing among them."""


def complain(error: Any, known: Iterable[str] = (), names: Mapping[str, str] | None = None) -> tuple[str, Text, Hint]:
    """Return (code, message, hint) for one error.

    ``known`` are the keys that may stand where an unknown one does, ``names`` says what those are called that people
    know by another name than their key.
    """
    kind, context, given = error["type"], error.get("ctx", {}), error.get("input")
    last, value = str(error["loc"][-1] if error["loc"] else ""), shown(given)
    if _is_nothing(given):
        code = "bad-date" if "date" in kind else kind if kind == "not-exact" else "wrong-type"
        return code, say("no_value", value=value), say("leave_it_out")
    if kind in _TYPES:
        wrong, hint = _TYPES[kind]
        if kind == "string_type" and type(given) is int:
            return "wrong-type", say(wrong, value=value), say("quote_digits", digits=str(given))
        usual = _number_hint(given) if kind == "int_type" else say(hint)
        return "wrong-type", say(wrong, value=value), half_width_hint(given) or _item_hint(given) or usual
    match kind:
        case "bad-date" | "date_type" | "date_from_datetime_parsing":
            return (
                "bad-date",
                say("is_a_time" if isinstance(given, datetime) else "not_day", value=value),
                day_hint(given),
            )
        case "far-day":
            return "out-of-range", say("far_day", value=value), say("check_year")
        case "not-exact":
            return "not-exact", say("not_exact", value=value), _thousands_hint(given) or say("write_exact")
        case "unknown-option":
            return "unknown-option", say("not_option", value=value), nearest(given, context["known"])
        case "literal_error":
            words = tuple(_QUOTED.findall(context["expected"]))
            return "unknown-option", say("not_option", value=value), among(given, words)
        case "extra_forbidden":
            return "unknown-key", say("not_key", name=last), half_width_hint(last) or nearest(last, known)
        case "missing":
            name = (names or {}).get(last, last)
            return "missing", say("missing", name=name), say("add", name=name)
        case "greater_than_equal":
            return "out-of-range", say("below", value=value, bound=context["ge"]), say("or_more", bound=context["ge"])
        case "less_than_equal":
            return "out-of-range", say("above", value=value, bound=context["le"]), say("or_less", bound=context["le"])
        case "string_too_long" | "too_long":
            what = "too_many_characters" if kind == "string_too_long" else "too_many_items"
            return "too-large", say(what, most=context["max_length"]), say("shorten")
        case "too_short":
            return "too-small", say("too_short", value=value), say("or_more", bound=context["min_length"])
        case "string_too_short":
            return "too-small", say("nothing_said"), say("say_it")
        case "says-too-little":
            least = context["least"]
            return "too-small", say("too_short", value=value), say("say_more", least=least, characters=least // 2)
        case "one-form":
            return "wrong-type", say("one_form"), say("remove_others")
    return "wrong-type", say("wrong_type", said=error["msg"]), ""


def _is_nothing(value: Any) -> bool:
    """Return whether a value is what tables have for none: NaN and NaT are unequal to themselves, NA to nothing."""
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ == "NAType"


def _item_hint(value: Any) -> Hint:
    """Return the hint what to pass for a truth value or whole number of numpy, or an empty string for anything else."""
    try:
        inside = value.item()
    except (AttributeError, TypeError, ValueError):
        return ""
    return say("pass_item") if type(inside) in (bool, int) else ""


def _number_hint(value: Any) -> Hint:
    """Return the hint how a whole number is written: of digits that are text, quotes are what is wrong."""
    text = value if isinstance(value, str) else ""
    if found := _YEAR.fullmatch(text.strip()):
        return say("no_year_sign", number=int(found[1]))
    quoted = re.fullmatch("[-+]?[0-9]{1,18}", text)
    return _thousands_hint(text) or say("write_digits" if quoted else "write_whole")


def _thousands_hint(text: Any) -> Hint:
    """Return the hint how a number with commas between its thousands is written, or an empty string for any other."""
    found = _THOUSANDS.fullmatch(text.strip()) if isinstance(text, str) else None
    return say("no_thousands", number=int("".join(re.findall(r"\d+", found[0])))) if found else ""


def half_width_hint(text: Any) -> Hint:
    """Return the hint that brackets and colons must be half-width, or an empty string for what holds no others."""
    if not isinstance(text, str):
        return ""
    return say("half_width_brackets") if text.strip()[:1] in _FULL else say("half_width_colon") if "：" in text else ""


def day_hint(value: Any) -> Text:
    """Return the hint how a day is written.

    Of one that is written otherwise, how it is written here; of one that does not exist, how many there are; of a
    number of days, as spreadsheets keep a day, which one that is.
    """
    days = str(value)
    if meant := day_meant(value):
        return meant
    if isinstance(value, str) and (found := _YEAR_MONTH_DAY.fullmatch(value.strip())):
        year, month, day = map(int, found.groups())
        if not 1 <= month <= 12:
            return say("twelve_months")
        if year and day > (last := monthrange(year, month)[1]):
            return say("month_ends", year=year, month=month, days=last)
    if isinstance(value, int | str) and _SERIAL.fullmatch(days):
        return say("serial_day", day=(_DAY_0 + timedelta(days=int(days))).isoformat())
    return say("take_date" if isinstance(value, datetime) else "write_day")


def day_meant(value: Any) -> Hint:
    """Return the hint how a day is written that is written otherwise, or an empty string where no day can be meant."""
    text = str(value).strip() if type(value) in (int, str) else ""
    found = _YEAR_MONTH_DAY.fullmatch(text) or _IN_DIGITS.fullmatch(text)
    try:
        day = date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""
    return say("two_digits" if _ONE_DIGIT.fullmatch(text) else "write_the_day", day=day) if day else ""


def nearest(word: Any, known: Iterable[str]) -> Hint:
    """Return a hint: the known words closest to ``word``, or all when none is close and they are few."""
    written = tuple(known)
    every = tuple(dict.fromkeys(map(in_full, written)))
    if near := did_you_mean(word, written):
        return near
    return say("expected_and_more" if len(every) > _FEW else "expected", names=every[:_FEW]) if every else ""


def among(word: Any, words: Collection[str]) -> Hint:
    """Return a hint: all words of the rule language that may stand here, or the closest where they are many.

    Of a few words the closest may say the opposite: must is no must_not.
    """
    return say("expected", names=tuple(words)) if len(words) <= _FEWEST else nearest(word, words)


def keys_at(schema: Any, loc: Loc) -> list[str]:
    """Return the keys that the model at ``loc`` may have; none when no model stands there."""
    kinds = [schema]
    for part in loc:
        kinds = [below for kind in kinds for branch in _branches(kind) for below in _below(branch, part)]
    models = [branch for kind in kinds for branch in _branches(kind) if _is_model(branch)]
    return list(dict.fromkeys(name for model in models for name in model.model_fields))


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _branches(kind: Any) -> Iterator[Any]:
    """Yield the alternatives of a type."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _branches(get_args(kind)[0])
    elif origin in (Union, types.UnionType):
        for one in get_args(kind):
            yield from _branches(one)
    elif origin is not Literal:
        yield kind


def _below(kind: Any, part: str | int) -> Iterator[Any]:
    """Yield the types of what stands under a key or a place of a type."""
    if _is_model(kind):
        if part in kind.model_fields:
            yield kind.model_fields[part].annotation
    elif get_origin(kind) is dict or (get_origin(kind) in (list, tuple) and isinstance(part, int)):
        yield get_args(kind)[-1 if get_origin(kind) is dict else 0]
