"""What happened on which day: the dated entries of a case, for a time line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .measures import View
from .selecting import Entry
from .verdict_data import Event
from .vocabulary import Record, Vocabulary
from .wording import apart

FEW = 3
"""How many entries are named one by one."""


def dated_events(view: View, vocabulary: Vocabulary, records: Iterable[str] | None = None) -> tuple[Event, ...]:
    """Return an event for each entry that has its day, first to last; only of some records if they are named."""
    found = []
    for name in vocabulary.records if records is None else records:
        record = vocabulary.records[name]
        for entry in view.records[name].items:
            day = entry.get(record.dated_by) if record.dated_by else None
            if isinstance(day, date):
                said = [_option(record, entry, place) for place in (0, 1)]
                found.append(
                    Event(
                        day=day.isoformat(),
                        label=_told(record.label, said[0], "："),
                        en=_told(record.en, said[1], ": "),
                    )
                )
    return tuple(sorted(dict.fromkeys(found), key=lambda event: event.day))


def entry_words(record: Record, entries: Sequence[Entry]) -> tuple[str, str]:
    """Return in Chinese and English which entries these are, by day and kind; only the first FEW of many."""
    each = [_dated(record, entry) for entry in entries[:FEW]]
    zh, en = apart((words for words, _ in each), "、"), "; ".join(words for _, words in each)
    more = len(entries) - FEW
    return (f"{zh}等 {len(entries)} 项", f"{en} and {more} more") if more > 0 else (zh, en)


def _dated(record: Record, entry: Entry) -> tuple[str, str]:
    day = entry.get(record.dated_by) if record.dated_by else None
    zh, en = ("·".join(_option(record, entry, place)) for place in (0, 1))
    zh, en = zh or record.label, en or record.en
    return (f"{day.isoformat()} 的{zh}", f"{day.isoformat()} {en}") if isinstance(day, date) else (zh, en)


def _option(record: Record, entry: Entry, place: int) -> list[str]:
    """Return the years and the choices of an entry in words: they say what it was; of a year alone also what it is."""
    given = [(name, column) for name, column in record.fields.items() if entry.get(name) is not None]
    bare = any(column.type == "choice" for _, column in given)
    said = []
    for name, column in given:
        if column.type == "choice":
            option = column.options[str(entry[name])]
            said.append((option.label, option.en)[place])
        elif column.type == "int" and name in record.unique:
            said.append(str(entry[name]) if bare else f"{(column.label, column.en)[place]} {entry[name]}")
    return said


def _told(name: str, said: list[str], colon: str) -> str:
    return f"{name}{colon}{' · '.join(said)}" if said else name
