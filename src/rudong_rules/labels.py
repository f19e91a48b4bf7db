"""What the parts of a case may be called: every id has a Chinese label beside it, and either may be written.

Data comes in under both and is read by id; problems are told at the place as it was written; a case goes out to people
under its labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .bilingual import Text, both_names, listed, say
from .complaints import half_width_hint
from .errors import did_you_mean, shown
from .source import Loc, Report
from .vocabulary import Vocabulary

RESERVED = {"标题": "title", "日期": "as_of"}
"""What every case may say, by its Chinese name."""
LIST_PARTS = {"是否完整": "complete", "各项": "entries"}
"""What a list says of itself, by its Chinese name."""
SOURCE_PARTS = {"认定": "value", "认定主体": "determined_by", "认定日期": "determined_on", "依据": "evidence"}
"""What a finding with its source says, by its Chinese name."""


class Labels:
    """The ids and labels of a vocabulary.

    ``names`` maps every id and label of a fact to its id, ``called`` says what the fact of an id is called, and
    ``written`` lists all that may be written, each told as the fact that it names.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        named: dict[str, Any] = {**vocabulary.findings, **vocabulary.scalars, **vocabulary.records}
        labels = _fixed(RESERVED) | {key: (thing.label, thing.en) for key, thing in named.items()}
        self.names: dict[str, str] = {thing.label: key for key, thing in named.items()} | RESERVED
        self.names |= {key: key for key in labels}
        self.called = {key: listed(key, *both) for key, both in labels.items()}
        self.written = [one for key, both in labels.items() for one in both_names(key, *both)]

    # --- as data comes in --------------------------------------------------------------------------------------------

    def by_id(self, data: Mapping[Any, Any], report: Report) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the facts by id, and the key under which each was written."""
        written, keys = dict[str, Any](), dict[str, str]()
        for key, value in data.items():
            name = self.names.get(key) if isinstance(key, str) else None
            if name is None:
                loc = (key if isinstance(key, str) else shown(key),)
                hint = half_width_hint(key) or did_you_mean(key, self.written) or say("see_facts")
                report(loc, "unknown-fact", say("no_fact", word=shown(key)), hint)
            elif name in written:
                report((key,), "fact-twice", say("same_fact", key=key, other=keys[name]), say("give_it_once"))
            else:
                written[name], keys[name] = self._inside(name, key, value, report), key
        return written, keys

    def _inside(self, name: str, key: str, value: Any, report: Report) -> Any:
        """Return the value of a fact with ids in place of the labels inside it."""
        if name not in self.vocabulary.records:
            if isinstance(value, dict):
                return self._renamed(value, SOURCE_PARTS, (key,), (name,), report)
            if isinstance(value, list | tuple) and name not in RESERVED.values():
                return type(value)(
                    self._renamed(one, SOURCE_PARTS, (key, nth), (name, nth), report) for nth, one in enumerate(value)
                )
            return value
        if isinstance(value, list | tuple):
            return {"entries": self._entries(name, value, (key,), report)}
        if not isinstance(value, dict):
            return value
        told = self._renamed(value, LIST_PARTS, (key,), (name,), report)
        if isinstance(told.get("entries"), list | tuple):
            inside = (key, "各项" if "各项" in value else "entries")
            told["entries"] = self._entries(name, told["entries"], inside, report)
        return told

    def _entries(self, name: str, entries: Iterable[Any], loc: Loc, report: Report) -> list[Any]:
        ids = {column.label: key for key, column in self.vocabulary.records[name].fields.items()}
        every = enumerate(entries)
        return [self._renamed(one, ids, (*loc, nth), (name, "entries", nth), report) for nth, one in every]

    def _renamed(self, value: Any, ids: Mapping[str, str], loc: Loc, place: Loc, report: Report) -> Any:
        """Return a mapping with ids for labels; what is no mapping stays as it is, for the model to refuse.

        It stands at ``loc`` of the data and at ``place`` of the model.
        """
        if not isinstance(value, dict):
            return value
        found: dict[Any, Any] = {}
        for key, inside in value.items():
            name = ids.get(key, key)
            if name in found:
                message = self.about(place, "fact-twice", say("column_twice", column=shown(key)))
                report((*loc, key), "fact-twice", message, say("give_it_once"))
            found[name] = inside
        return found

    # --- as problems are told ----------------------------------------------------------------------------------------

    def around(self, loc: Loc) -> dict[str, tuple[str, str]]:
        """Return the labels, Chinese and English, by id, of the keys among which a place of the model stands."""
        record = self.vocabulary.records.get(str(loc[0])) if loc else None
        if record is not None:
            if len(loc) == 4:
                return {key: (column.label, column.en) for key, column in record.fields.items()}
            return _fixed(LIST_PARTS) if len(loc) == 2 else {}
        return _fixed(SOURCE_PARTS) if len(loc) > 1 else {}

    def as_written(self, data: Mapping[Any, Any], keys: Mapping[str, str], loc: Loc) -> Loc:
        """Return a place of the model as the place in the data: labels for ids, no ``entries`` above a bare list."""
        found: list[str | int] = []
        here: Any = data
        for depth, part in enumerate(loc):
            if depth == 0:
                part = keys.get(str(part), part)
            elif part == "entries" and isinstance(here, list | tuple):
                continue
            elif isinstance(here, Mapping) and part not in here:
                label, _ = self.around(loc[: depth + 1]).get(str(part), (part, ""))
                part = label if label in here else part
            found.append(part)
            inside = part in here if isinstance(here, Mapping) else isinstance(here, list | tuple) and part != "entries"
            here = here[part] if inside else None
        return tuple(found)

    def about(self, loc: Loc, code: str, message: str) -> Text:
        """Return a message with the fact before it that stands at a place of the model."""
        if not loc:
            return say("of_no_fact", said=message)
        told: list[str] = [self.called.get(str(loc[0]), str(loc[0]))]
        for depth, part in enumerate(loc[1:], 1):
            labels = self.around(loc[: depth + 1])
            if isinstance(part, int):
                told.append(say("nth_entry", number=part + 1))
            elif part in labels and part != "entries" and not (code in ("unknown-key", "missing") and part == loc[-1]):
                told.append(listed(part, *labels[part]))
        return say("of_fact", parts=tuple(told), said=message)

    # --- as a case goes out ------------------------------------------------------------------------------------------

    def labelled(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """Return a case by id with labels for its facts, columns and options: it reads the same."""
        facts = {key: label for label, key in RESERVED.items()}
        found: dict[str, Any] = {}
        for name, value in case.items():
            if name in facts:
                found[facts[name]] = value
            elif name in self.vocabulary.records:
                found[self.vocabulary.records[name].label] = self._list_out(name, value)
            else:
                thing: Any = self.vocabulary.findings.get(name) or self.vocabulary.scalars[name]
                found[thing.label] = _told(value, getattr(thing, "options", {}))
        return found

    def _list_out(self, name: str, listed: Any) -> Any:
        if not isinstance(listed, Mapping):
            return listed
        fields = self.vocabulary.records[name].fields
        parts = {key: label for label, key in LIST_PARTS.items()}
        entries = [
            {fields[key].label: _option(cell, fields[key].options) for key, cell in entry.items() if cell is not None}
            for entry in listed.get("entries", ())
        ]
        stated = {parts["complete"]: listed["complete"]} if "complete" in listed else {}
        return {**stated, parts["entries"]: entries}


def _fixed(parts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return parts that every case has, by id, with their Chinese label; their ids say in English what they are."""
    return {key: (label, "") for label, key in parts.items()}


def _told(value: Any, options: Mapping[str, Any]) -> Any:
    """Return the value of a finding or scalar, bare or with its source, under its labels."""
    if isinstance(value, Mapping):
        parts = {key: label for label, key in SOURCE_PARTS.items()}
        return {parts[key]: _option(one, options) if key == "value" else one for key, one in value.items()}
    return [_told(one, options) for one in value] if isinstance(value, list | tuple) else _option(value, options)


def _option(value: Any, options: Mapping[str, Any]) -> Any:
    if isinstance(value, list | tuple):
        return [_option(one, options) for one in value]
    return options[value].label if isinstance(value, str) and value in options else value
