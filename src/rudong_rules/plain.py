"""Parser events of YAML → plain data, without tags, anchors and aliases, and of bounded depth and size."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from yaml import AliasEvent, CollectionEndEvent, DocumentStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent

from .bilingual import Hint, Text, say
from .errors import MAX_PROBLEMS, Problem, Span

Plain = Any  # None | bool | int | str | list[Plain] | dict[str, Plain]
Place = tuple[int, int]

MAX_DEPTH = 40
MAX_VALUES = 100_000
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
_WORDS: dict[str, Plain] = {"true": True, "false": False, "null": None, "~": None, "": None}


class StopError(Exception):
    """Nothing more of a file can be read."""


class Builder:
    """Builds plain data from parser events without recursion, so that depth is bounded by us and not by the stack."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.roots: list[Plain] = []

    def build(self, events: Iterable[Any]) -> None:
        """Take the events of a file.  Raises StopError where nothing more can be read."""
        top, around = _Open(self.roots, 0), list[_Open]()
        count = 0
        for event in events:
            if isinstance(event, NodeEvent):
                count += 1
                if count > MAX_VALUES:
                    self._stop(event, "too-many-values", say("too_many_values", most=MAX_VALUES), say("wrong_file"))
                if event.anchor is not None or event.tag is not None:  # type: ignore[attr-defined]
                    self._refuse_extras(event)
                if isinstance(event, ScalarEvent):
                    if top.key is None:
                        self._start_entry(top, event.value, event)
                    else:
                        top.put(event.value if event.style else _plain(event.value))
                elif len(around) >= MAX_DEPTH:
                    self._stop(event, "too-deep", say("too_deep", most=MAX_DEPTH), say("close_a_bracket"))
                else:
                    around.append(top)
                    top = self._opened(top, event)
            elif isinstance(event, CollectionEndEvent):
                top = around.pop()
            elif isinstance(event, DocumentStartEvent) and self.roots:
                self._stop(event, "many-documents", say("many_documents"), say("keep_one_document"))

    def _start_entry(self, top: _Open, key: str, event: Any) -> None:
        """Take the key of an entry; its value comes next."""
        if key in top.container:
            line = top.marks[key].line + 1
            self._report(event, "duplicate-key", say("stands_twice", key=key), say("stands_first", line=line))
        else:
            top.marks[key] = event.start_mark
        top.key = key

    def _opened(self, top: _Open, event: Any) -> _Open:
        """Return the list or mapping that an event begins, put where it belongs; as a key it stands nowhere."""
        child = _Open([], 0) if isinstance(event, SequenceStartEvent) else _Open({}, None)
        if top.key is None:
            self._report(event, "bad-key", say("bad_key"), say("write_mapping"))
            self._start_entry(top, f"?{len(top.container)}", event)
        else:
            top.put(child.container)
        return child

    def _refuse_extras(self, event: Any) -> None:
        """Report what makes YAML more than plain data.  Raises StopError at an alias."""
        if isinstance(event, AliasEvent):
            self._stop(event, "alias", say("alias"), say("write_out"))
        if event.anchor is not None:
            self._report(event, "anchor", say("anchor", name=event.anchor[:40]), say("write_out"))
        if event.tag not in (None, "!"):
            self._report(event, "tag", say("tag", name=event.tag[:60]), say("write_plain"))

    def _stop(self, event: Any, code: str, message: Text, hint: Hint = "") -> NoReturn:
        self._report(event, code, message, hint)
        raise StopError

    def _report(self, event: Any, code: str, message: Text, hint: Hint = "") -> None:
        self.problems.append(Problem(Span(self.name, *place_of(event)), code, message, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise StopError


def _plain(text: str) -> Plain:
    """Return the value of a word without quotes."""
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.match(text) else text


def place_of(event: Any) -> Place:
    """Return the line and column at which an event begins, from 1."""
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been seen; ``key`` is that of its next value, None before a key, 0 in a list.

    ``marks`` says where each key stands first.
    """

    container: Plain
    key: str | int | None
    marks: dict[str, Any] = field(default_factory=dict)

    def put(self, value: Plain) -> None:
        """Put a value where it belongs."""
        if self.key == 0:
            self.container.append(value)
        else:
            self.container[self.key] = value
            self.key = None
