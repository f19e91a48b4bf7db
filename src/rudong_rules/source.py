"""YAML and JSON text → plain data that remembers where each value stands.

A schema of our own, safer and stricter than YAML 1.1: ``true`` and ``false`` are the only booleans (``yes`` and ``on``
are strings), integers are decimal, everything else is a string; no tags, no anchors, no aliases, no duplicate keys,
bounded size, depth and number of values.  JSON is read by the same reader, so its errors have lines too; a file that is
called ``.json`` is nothing else, so that every other reader of JSON can read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import yaml
from yaml import CollectionEndEvent, CollectionStartEvent, ScalarEvent, SequenceStartEvent

from .bilingual import Hint, Text, say
from .errors import InputError, Problem, Span, system_said
from .json_text import json_as_yaml, not_json
from .plain import Builder, Place, Plain, StopError, place_of

Loc = tuple[str | int, ...]
KEY = "#key"
"""The last part of a location that means the key there and not its value."""

MAX_BYTES = 1_048_576
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_SYNTAX: dict[str, tuple[str, str]] = {
    "mapping values are not allowed": ("yaml_mapping", "quote_colon"),
    "cannot start any token": ("yaml_token", "indent_with_spaces"),
    "violates indentation": ("yaml_tab", "indent_with_spaces"),
    "did not find expected key": ("yaml_key", "check_indentation"),
    "did not find expected '-'": ("yaml_dash", "check_indentation"),
    "sequence entries are not allowed": ("yaml_entry", "check_indentation"),
    "did not find expected ','": ("yaml_comma", "put_comma"),
    "expected node content": ("yaml_content", "value_missing"),
    "invalid Unicode character": ("yaml_unicode", "surrogate"),
    "unexpected end of stream": ("yaml_end", "close_quote"),
    "expected ':'": ("yaml_colon", "end_with_colon"),
}
"""What the parser says of a file that is no YAML: the message and the hint of it."""
_KEYS = ("quote_colon", "check_indentation", "end_with_colon")
"""The hints of what may come of a colon that is none."""
_FULL_WIDTH = re.compile(r"[^:\"'#]*：")


@dataclass(frozen=True)
class Document:
    """The data of one file; where its values and keys stand is looked up in its text once somebody asks."""

    file: str
    data: Plain
    text: str = field(repr=False)

    def span(self, loc: Loc) -> Span:
        """Return the place of the value at ``loc``, or of the nearest enclosing value that has one."""
        for end in range(len(loc), -1, -1):
            if loc[:end] in self._places:
                return Span(self.file, *self._places[loc[:end]])
        return Span(self.file)

    def key_span(self, loc: Loc) -> Span:
        """Return the place of the key that names ``loc``, or of its value when it has no key."""
        return self.span((*loc, KEY) if (*loc, KEY) in self._places else loc)

    @cached_property
    def _places(self) -> dict[Loc, Place]:
        """The line and column of every value, and of every key under ``(*loc, KEY)``."""
        return _places(self.text)


def read_document(path: Path, name: str | None = None) -> Document:
    """Read one YAML or JSON file.  Raises InputError for a file that cannot be read or breaks the schema."""
    return parse_document(read_text(path, name), name or str(path))


def read_text(path: Path, name: str | None = None) -> str:
    """Return the UTF-8 text of a file of at most MAX_BYTES.  Raises InputError."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        problem = Problem(Span(name or str(path)), "cannot-read", system_said(error), say("name_file_to_read"))
        raise InputError([problem]) from None
    return decode_text(raw, name or str(path))


def decode_text(raw: bytes, name: str) -> str:
    """Return ``raw`` as text.  Raises InputError when it is longer than MAX_BYTES or is not UTF-8."""
    if len(raw) > MAX_BYTES:
        problem = Problem(Span(name), "too-large", say("file_too_large", most=MAX_BYTES), say("wrong_file"))
        raise InputError([problem])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise InputError([not_utf8(Span(name, line, column), raw[error.start])]) from None


def not_utf8(place: Span, byte: int) -> Problem:
    """Return the problem of a byte that is not UTF-8 where it stands."""
    return Problem(place, "not-utf8", say("not_utf8", byte=byte), say("save_as_utf8"))


def parse_document(text: str, name: str) -> Document:
    """Parse YAML or JSON text.  Raises InputError with every problem that the parser can still reach."""
    written = text
    if text.lstrip()[:1] in ("{", "["):
        text = json_as_yaml(text)
    builder = Builder(name)
    bad = _UNREADABLE.search(text, 1 if text.startswith("\ufeff") else 0)
    if bad:
        place = Span(name, text.count("\n", 0, bad.start()) + 1, bad.start() - text.rfind("\n", 0, bad.start()))
        message = say("bad_character", number=ord(bad.group()))
        raise InputError([Problem(place, "syntax", message, say("remove_it"))])
    try:
        builder.build(_events(text))
    except StopError:
        pass
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax(name, text, error))
    except yaml.YAMLError as error:
        builder.problems.append(Problem(Span(name), "syntax", say("yaml_other", said=" ".join(str(error).split()))))
    if not builder.problems and not builder.roots:
        builder.problems.append(Problem(Span(name, 1, 1), "empty", say("empty_file"), say("write_braces")))
    if builder.problems:
        raise InputError(builder.problems)
    if name.lower().endswith(".json"):
        _must_be_json(name, written)
    return Document(name, builder.roots[0], text)


def _must_be_json(name: str, text: str) -> None:
    """Raise InputError for what YAML can be read of and JSON cannot."""
    wrong = not_json(text)
    if wrong is not None:
        line, column = text.count("\n", 0, wrong.place) + 1, wrong.place - text.rfind("\n", 0, wrong.place)
        place = Span(name, line, column)
        raise InputError([Problem(place, "not-json", say(wrong.message, word=wrong.word), say(wrong.hint))])


def _events(text: str) -> Iterator[Any]:
    return iter(yaml.CBaseLoader(text).get_event, None)


def _places(text: str) -> dict[Loc, Place]:
    """Return where everything stands in a text that has been read: values by location, keys under ``(*loc, KEY)``."""
    places: dict[Loc, Place] = {}
    around: list[_Around] = []
    for event in _events(text):
        if isinstance(event, CollectionEndEvent):
            around.pop()
        if not isinstance(event, CollectionStartEvent | ScalarEvent):
            continue
        top = around[-1] if around else None
        if top is not None and top.key is None and isinstance(event, ScalarEvent):
            top.key = event.value
            places[*top.loc, top.key, KEY] = place_of(event)
            continue
        loc: Loc = (*top.loc, top.key) if top is not None and top.key is not None else ()
        places[loc] = place_of(event)
        if top is not None:
            top.key = top.key + 1 if isinstance(top.key, int) else None
        if isinstance(event, CollectionStartEvent):
            around.append(_Around(loc, 0 if isinstance(event, SequenceStartEvent) else None))
    return places


def _syntax(name: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    mark, begins = error.problem_mark or error.context_mark, error.context_mark
    place = Span(name, mark.line + 1, mark.column + 1) if mark else Span(name)
    said = error.problem or "not valid YAML"
    key, hint = next((told for words, told in _SYNTAX.items() if words in said), ("yaml_other", ""))
    message = say(key, said=said)
    if error.context and begins and mark and begins.line != mark.line:
        message = say("begins_at", what=message, context=error.context, line=begins.line + 1)
    if hint in _KEYS and mark and any(_FULL_WIDTH.match(line) for line in _lines_near(text, mark.line)):
        hint = "half_width_colon"
    return Problem(place, "syntax", message, say(hint) if hint else "")


def _lines_near(text: str, line: int) -> list[str]:
    """Return the lines in which an error may lie that is noticed in a line: that one and the one before it."""
    return text.split("\n")[max(0, line - 1) : line + 1]


@dataclass(slots=True)
class _Around:
    """A list or mapping that a value stands in: its location, and the place or key there of the next value."""

    loc: Loc
    key: str | int | None


class Report(Protocol):
    """How a reader of a document reports a problem."""

    def __call__(self, loc: Loc, code: str, message: Text, hint: Hint = "") -> None:
        """Take a problem at ``loc``, with its code, message and hint."""
        ...
