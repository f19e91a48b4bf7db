"""YAML and JSON text → plain data that remembers where each value stands.

A schema of our own, safer and stricter than YAML 1.1: ``true`` and ``false`` are the only booleans (``yes`` and ``on``
are strings), integers are decimal, everything else is a string; no tags, no anchors, no aliases, no duplicate keys,
bounded size, depth and number of values.  JSON is read by the same reader, so its errors have lines too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import yaml

from .errors import InputError, Problem, Span

Plain = Any  # None | bool | int | str | list[Plain] | dict[str, Plain]
Loc = tuple[str | int, ...]

MAX_BYTES = 1_048_576
MAX_DEPTH = 40
MAX_VALUES = 100_000
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, Plain] = {"true": True, "false": False, "null": None, "~": None, "": None}
_JSON_STRING_OR_TAB = re.compile(r'"(?:\\.|[^"\\])*"|\t', re.DOTALL)
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


@dataclass(frozen=True, slots=True)
class Document:
    """The data of one file, with the place of every value (and of every key, under ``loc + ("#key",)``)."""

    file: str
    data: Plain
    spans: dict[Loc, Span] = field(repr=False)

    def span(self, loc: Loc) -> Span:
        """Return the place of the value at ``loc``, or of the nearest enclosing value that has one."""
        for end in range(len(loc), -1, -1):
            if loc[:end] in self.spans:
                return self.spans[loc[:end]]
        return Span(self.file)

    def key_span(self, loc: Loc) -> Span:
        """Return the place of the key that names ``loc``, or of its value when it has no key."""
        return self.spans.get((*loc, "#key")) or self.span(loc)


def read_document(path: Path, name: str | None = None) -> Document:
    """Read one YAML or JSON file.  Raises InputError for a file that cannot be read or breaks the schema."""
    return parse_document(read_text(path, name), name or str(path))


def read_text(path: Path, name: str | None = None) -> str:
    """Return the UTF-8 text of a file of at most MAX_BYTES.  Raises InputError."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        problem = Problem(Span(name or str(path)), "cannot-read", error.strerror or str(error))
        raise InputError([problem]) from None
    return decode_text(raw, name or str(path))


def decode_text(raw: bytes, name: str) -> str:
    """Return ``raw`` as text.  Raises InputError when it is longer than MAX_BYTES or is not UTF-8."""
    if len(raw) > MAX_BYTES:
        problem = Problem(Span(name), "too-large", f"the file is larger than {MAX_BYTES:,} bytes")
        raise InputError([problem])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        problem = Problem(
            Span(name, line, column),
            "not-utf8",
            f"byte 0x{raw[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
        )
        raise InputError([problem]) from None


def parse_document(text: str, name: str) -> Document:
    """Parse YAML or JSON text.  Raises InputError with every problem that the parser can still reach."""
    if text.lstrip()[:1] in ("{", "["):
        text = _json_as_yaml(text)
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Span(name, mark.line + 1, mark.column + 1) if mark else Span(name)
        builder.problems.append(Problem(place, "syntax", error.problem or "not valid YAML"))
    except yaml.YAMLError as error:
        builder.problems.append(Problem(Span(name), "syntax", " ".join(str(error).split())))
    if not builder.problems and not builder.roots:
        builder.problems.append(Problem(Span(name, 1, 1), "empty", "the file holds nothing", "write at least {}"))
    if builder.problems:
        raise InputError(builder.problems)
    return Document(name, builder.roots[0], builder.spans)


def _json_as_yaml(text: str) -> str:
    """Return JSON as text that YAML reads alike: no tabs between values, no surrogate pairs in escapes."""

    def one(match: re.Match[str]) -> str:
        token = match.group()
        return " " if token == "\t" else _SURROGATES.sub(_astral, token)

    return _JSON_STRING_OR_TAB.sub(one, text)


def _astral(match: re.Match[str]) -> str:
    high, low = (int(half, 16) for half in match.groups())
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


class _Builder:
    """Builds plain data from parser events without recursion, so that depth is bounded by us and not by the stack."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.spans: dict[Loc, Span] = {}
        self.roots: list[Plain] = []
        self._stack: list[_Open] = []
        self._count = 0

    def take(self, event: Any) -> bool:
        """Take one event; return False once nothing more can be read."""
        if isinstance(event, yaml.AliasEvent):
            return self._stop(event, "alias", "aliases (*name) are not allowed", "write the value out")
        if isinstance(event, yaml.DocumentStartEvent) and self.roots:
            return self._stop(event, "many-documents", "the file holds more than one document", "keep one")
        if isinstance(event, yaml.NodeEvent):
            self._count += 1
            if self._count > MAX_VALUES:
                return self._stop(event, "too-many-values", f"the file holds more than {MAX_VALUES:,} values")
            self._refuse_extras(event)
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._scalar(event), event)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            if len(self._stack) >= MAX_DEPTH:
                return self._stop(event, "too-deep", f"values are nested more than {MAX_DEPTH} deep")
            child: Plain = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            loc = self._add(child, event)
            self._stack.append(_Open(child, loc))
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._stack.pop()
        return True

    def _stop(self, event: Any, code: str, message: str, hint: str = "") -> bool:
        self._report(event, code, message, hint)
        return False

    def _report(self, event: Any, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self._span(event), code, message, hint))

    def _span(self, event: Any) -> Span:
        return Span(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._report(event, "anchor", f"anchors (&{event.anchor[:40]}) are not allowed", "write the value out")
        if event.tag not in (None, "!"):
            self._report(event, "tag", f"tags ({event.tag[:60]}) are not allowed", "write the plain value")

    def _scalar(self, event: Any) -> Plain:
        text: str = event.value
        if event.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        return int(text) if _INTEGER.match(text) else text

    def _add(self, value: Plain, event: Any) -> Loc:
        """Put a value (or a key) where it belongs and return its location."""
        if not self._stack:
            self.roots.append(value)
            self.spans[()] = self._span(event)
            return ()
        top = self._stack[-1]
        if isinstance(top.container, list):
            loc: Loc = (*top.loc, len(top.container))
            top.container.append(value)
        elif top.key is None:
            return self._start_entry(top, value, event)
        else:
            loc = (*top.loc, top.key)
            top.container[top.key] = value
            top.key = None
        self.spans[loc] = self._span(event)
        return loc

    def _start_entry(self, top: _Open, key: Plain, event: Any) -> Loc:
        if not isinstance(key, str):
            if not isinstance(event, yaml.ScalarEvent):
                self._report(event, "bad-key", "a key must be a plain word")
            key = getattr(event, "value", "?")
        loc: Loc = (*top.loc, key)
        if key in top.container:
            first = self.spans[(*loc, "#key")]
            self._report(event, "duplicate-key", f"{key!r} stands twice", f"it stands first at line {first.line}")
        else:
            self.spans[(*loc, "#key")] = self._span(event)
        top.key = key
        return loc


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been seen; ``key`` waits for its value."""

    container: Plain
    loc: Loc
    key: str | None = None


def looks_like_float(text: str) -> bool:
    """Return whether a string is written as a decimal number (which is read exactly, never as a float)."""
    return _FLOAT.match(text) is not None


class Report(Protocol):
    """How a reader of a document reports a problem."""

    def __call__(self, loc: Loc, code: str, message: str, hint: str = "") -> None:
        """Take a problem at ``loc``, with its code, message and hint."""
        ...
