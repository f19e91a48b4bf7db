"""Errors of pydantic → problems in words that teach the mend: what is wrong, what was expected."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from .errors import did_you_mean, shown
from .source import Loc

_QUOTED = re.compile("'([^']*)'")
_TYPES: dict[str, tuple[str, str]] = {
    "bool_type": ("is neither true nor false", "write true, false, or leave it out"),
    "int_type": ("is not a whole number", "write digits only, 18 at most"),
    "string_type": ("is not text", 'write text; put digits in quotes: "3"'),
    "string_unicode": ("is not text", "remove the half of a surrogate pair"),
    "dict_type": ("is not a mapping", "write name: value"),
    "model_type": ("is not a mapping", "write name: value"),
    "model_attributes_type": ("is not a mapping", "write name: value"),
    "list_type": ("is not a list", "write [one, another]"),
    "tuple_type": ("is not a list", "write [one, another]"),
}


def complain(error: Any, known: Iterable[str] = ()) -> tuple[str, str, str]:
    """Return (code, message, hint) for one error; ``known`` are the keys that may stand where an unknown one does."""
    kind, context = error["type"], error.get("ctx", {})
    last, value = str(error["loc"][-1] if error["loc"] else ""), shown(error.get("input"))
    if kind in _TYPES:
        wrong, hint = _TYPES[kind]
        return "wrong-type", f"{value} {wrong}", hint
    match kind:
        case "bad-date" | "date_type" | "date_from_datetime_parsing":
            return "bad-date", f"{value} is not a date that exists", "write YYYY-MM-DD"
        case "not-exact":
            return "not-exact", f"{value} is not an exact number", 'write an integer, or a fraction in quotes: "1/3"'
        case "unknown-option":
            return "unknown-option", f"{value} is not an option", nearest(error["input"], context["known"])
        case "literal_error":
            options = _QUOTED.findall(context["expected"])
            return "unknown-option", f"{value} is not an option", nearest(error["input"], options)
        case "extra_forbidden":
            return "unknown-key", f"{last!r} does not belong here", nearest(last, known)
        case "missing":
            return "missing", f"{last!r} is missing", f"add {last}:"
        case "greater_than_equal":
            return "out-of-range", f"{value} is below {context['ge']}", f"write {context['ge']} or more"
        case "less_than_equal":
            return "out-of-range", f"{value} is above {context['le']}", f"write {context['le']} or less"
        case "string_too_long" | "too_long":
            what = "characters" if kind == "string_too_long" else "items"
            return "too-large", f"more than {context['max_length']:,} {what}", "shorten it"
        case "too_short":
            return "too-small", f"{value} is too short", f"write {context['min_length']} or more"
        case "string_too_short":
            least = context["min_length"]
            what = "nothing is said here" if least == 1 else f"{value} is too short"
            return "too-small", what, "say it" if least == 1 else f"write {least} characters or more"
    return "wrong-type", error["msg"], ""


def nearest(word: Any, known: Iterable[str]) -> str:
    """Return a hint: the known words closest to ``word``, or all when none is close and they are few."""
    every = list(known)
    few = f"expected one of {', '.join(every[:20])}{', …' if len(every) > 20 else ''}" if every else ""
    return did_you_mean(word, every) or few


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
