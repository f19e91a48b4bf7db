"""What a case says of its facts, in the words of both languages; and how two cases differ in one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .explain_data import Change, Value
from .ruleset import Reading
from .vocabulary import Named, Record, Vocabulary
from .wording import Both, apart

_YES, _NO = ("是", "yes"), ("否", "no")
_NAMES = {"title": Named(label="标题", en="title"), "as_of": Named(label="日期", en="date")}


def fact_change(vocabulary: Vocabulary, name: str, before: Any, after: Any) -> Change:
    """Return how two cases differ in a fact, the title or the day; each says it by id as JSON does, or None."""
    record = vocabulary.records.get(name)
    if record is None:
        thing: Any = vocabulary.findings.get(name) or vocabulary.scalars.get(name) or _NAMES[name]
        was, now = (_value(one, _said(one, getattr(thing, "options", {}))) for one in (before, after))
        return Change(name=name, label=thing.label, en=thing.en, before=was, after=now)
    every = [_entries(one or {}) for one in (before, after)]
    gone, new = (
        tuple(_value(entry, _entry(record, entry)) for entry in own if entry not in others)
        for own, others in (every, reversed(every))
    )
    was, now = (_value(one, None if one is None else _listed(one)) for one in (before, after))
    return Change(name=name, label=record.label, en=record.en, before=was, after=now, gone=gone, new=new)


def reading_change(name: str, reading: Reading, before: str | None, after: str | None) -> Change:
    """Return how a reading is taken otherwise; None leaves it open."""
    was, now = (None if one is None else _value(one, _said(one, reading.options)) for one in (before, after))
    return Change(name=f"reading:{name}", label=reading.question, en=reading.en, before=was, after=now)


def _value(said: Any, words: Both | None) -> Any:
    if said is None or words is None:
        return None
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    return Value(value=text, label=words[0], en=words[1])


def _entries(listed: Mapping[str, Any]) -> list[Any]:
    """Return the entries of a list, which need not be written where there are none."""
    return list(listed.get("entries", ()))


def _listed(listed: Mapping[str, Any]) -> Both:
    count = len(_entries(listed))
    zh, en = ("已列全", "complete") if listed.get("complete") else ("未列全", "not complete")
    return f"{count} 项，{zh}", f"{count} {'entry' if count == 1 else 'entries'}, {en}"


def _entry(record: Record, entry: Mapping[str, Any]) -> Both:
    """Return every cell of an entry under its column."""
    columns = record.fields
    cells = [(columns[name], _said(cell, columns[name].options)) for name, cell in entry.items() if cell is not None]
    return _joined([(f"{named.label}：{zh}", f"{named.en}: {en}") for named, (zh, en) in cells], "，", ", ")


def _said(said: Any, options: Mapping[str, Named]) -> Both:
    """Return what is said of a finding, a scalar or a cell, by whom, when and on what evidence."""
    if isinstance(said, bool):
        return _YES if said else _NO
    if isinstance(said, Mapping):
        zh, en = _said(said.get("value"), options)
        where = [str(said[key]) for key in ("determined_by", "determined_on", "evidence") if said.get(key)]
        return (f"{zh}（{'，'.join(where)}）", f"{en} ({', '.join(where)})") if where else (zh, en)
    if isinstance(said, Sequence) and not isinstance(said, str):
        among = ("；", "; ") if any(isinstance(one, Mapping) for one in said) else ("、", ", ")
        return _joined([_said(one, options) for one in said], *among)
    if said in options:
        return options[said].label, options[said].en
    return ("未查明", "unknown") if said is None else (str(said), str(said))


def _joined(words: Iterable[Both], zh: str, en: str) -> Both:
    kept = list(words)
    if zh == "、":
        return apart((one[0] for one in kept), zh), apart((one[1] for one in kept), en)
    return zh.join(one[0] for one in kept), en.join(one[1] for one in kept)
