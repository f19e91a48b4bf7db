"""Texts in two languages: an English string that can say itself in Chinese too.

A text keeps the key of its template in :mod:`messages` and the values that go into it, so it is put into words only
when it is known who reads.  It is a ``str`` as well, its English: whoever calls from Python, compares or logs needs to
know nothing of this.  What is composed of texts must be a text itself, or it has lost its Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeGuard

from .messages import MESSAGES
from .wording import Lang, apart

_JOINED: dict[str, tuple[str, str]] = {"either": (" 或 ", " or "), "parts": (" ", ", "), "each": ("；", "; ")}
"""How several values of one name are put together; all others as in a list."""
_LISTED = ("、", ", ")


class Text(str):
    """An English text and, by :meth:`text`, the same in Chinese.  ``key`` names its template, ``values`` go into it."""

    __slots__ = ("key", "values")

    key: str
    values: Mapping[str, Any]

    def __new__(cls, key: str, values: Mapping[str, Any]) -> Text:
        """Return the text.  Raises KeyError for a key or a value that is not there."""
        made = super().__new__(cls, _filled(key, values, "en"))
        made.key, made.values = key, values
        return made

    def __reduce__(self) -> tuple[type[Text], tuple[str, dict[str, Any]]]:
        return type(self), (self.key, dict(self.values))

    def text(self, lang: Lang) -> str:
        """Return the text in a language."""
        return str(self) if lang == "en" else _filled(self.key, self.values, lang)


Hint = Text | Literal[""]
"""How to mend what is wrong, or nothing where the message says enough."""
Because = Text | Literal[""]
"""Why something is so, in one sentence, or nothing where there is nothing to say."""


def say(key: str, /, **values: Any) -> Text:
    """Return the text of a template with its values: numbers, strings, texts, or several of them as a tuple."""
    return Text(key, values)


def in_language(text: str, lang: Lang) -> str:
    """Return a text in a language; a plain string has one alone."""
    return text.text(lang) if isinstance(text, Text) else text


def called(name: str, label: str) -> Text:
    """Return what a thing is called: to Chinese readers its label with the id behind, to others its id."""
    return say("called" if name != label else "as_it_is", id=name, label=label)


def listed(name: str, label: str, en: str) -> Text:
    """Return what a thing is called and means: its label with the id behind, or its id with what that is in English."""
    says_more = en and en.casefold() != name.replace("_", " ")
    return say("listed", id=name, label=label, en=en) if says_more else called(name, label)


def both_names(name: str, label: str, en: str = "") -> tuple[Text, Text]:
    """Return the id and the label of a thing, either of which may be written; in Chinese both are the same."""
    keys = ("called", "labelled") if name != label else ("as_it_is", "as_it_is")
    by_id, by_label = (say(key, id=name, label=label, en=en) for key in keys)
    return by_id, by_label


def in_full(name: str) -> str:
    """Return one of :func:`both_names` as the thing that it names, so that its two names are listed as one."""
    return listed(name.values["id"], name.values["label"], name.values["en"]) if _names_a_thing(name) else name


def _names_a_thing(name: str) -> TypeGuard[Text]:
    return isinstance(name, Text) and {"id", "label", "en"} <= set(name.values)


def _filled(key: str, values: Mapping[str, Any], lang: Lang) -> str:
    template = MESSAGES[key][0 if lang == "zh" else 1]
    return template.format(**{name: _told(name, value, lang) for name, value in values.items()})


def _told(name: str, value: Any, lang: Lang) -> Any:
    if isinstance(value, tuple):
        # What may be written in two ways is one thing to those who are shown both at once.
        parts = dict.fromkeys(str(_told("", one, lang)) for one in value)
        between = _JOINED.get(name, _LISTED)[0 if lang == "zh" else 1]
        return between.join(parts) if name in ("parts", "each") else apart(parts, between)
    return in_language(value, lang) if isinstance(value, str) else value
