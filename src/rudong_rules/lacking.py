"""What the entries of a list lack: of each entry, the columns that can still matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from .columns import wanted
from .given import Given
from .questions import Question
from .selecting import Entry
from .verdict_data import Lack
from .vocabulary import Record
from .wording import Both, apart

_TOLD = 3
"""How many entries a question names."""


def lacks(given: Given, question: Question, fact: str, atoms: Collection[int]) -> tuple[Lack, ...]:
    """Return the columns of a list's entries that are not known and on which one of the atoms can rest.

    The order within a day is lacking of an entry only beside another of its day whose order can matter as well.
    """
    vocabulary, view = question.rules.vocabulary, given.view()
    record = vocabulary.records.get(fact)
    if record is None or not view.records[fact].items:
        return ()
    tests = [test for true, _, test in question.asked.tests if (true.bit_length() - 1) >> 1 in atoms]
    measures = [side for test in tests for side in (test.left, test.right)]
    items, order = view.records[fact].items, record.ordered_by
    open_ = [wanted(fact, {**entry, order: None}, measures, view, vocabulary) for entry in items]
    ordered = Counter(
        day for entry, names in zip(items, open_, strict=True) if order in names for day in _days(record, entry)
    )
    found = []
    for nth, (entry, names) in enumerate(zip(items, open_, strict=True), 1):
        if entry.get(order) is not None or not any(ordered[day] > 1 for day in _days(record, entry)):
            names -= {order}
        told = _entry(record, entry, nth)
        found += [
            Lack(entry=told[0], entry_en=told[1], column=name, label=column.label, en=column.en)
            for name, column in record.fields.items()
            if name in names
        ]
    return tuple(found)


def _days(record: Record, entry: Entry) -> list[tuple[str, object]]:
    """Return the days that an entry names, each with its column."""
    return [
        (name, entry[name]) for name, one in record.fields.items() if one.type == "date" and entry.get(name) is not None
    ]


def asking(record: Record, complete: bool, lacking: Sequence[Lack]) -> Both:
    """Return the question about a list whose entries lack something; about the list too while it is not complete."""
    by_entry: dict[Both, list[Lack]] = {}
    for one in lacking:
        by_entry.setdefault((one.entry, one.entry_en), []).append(one)
    rest = len(by_entry) - _TOLD
    zh = [f"{record.label} {entry}：{apart((one.label for one in of), '、')}" for (entry, _), of in by_entry.items()]
    en = [f"{record.en} {entry}: {apart((one.en for one in of), ', ')}" for (_, entry), of in by_entry.items()]
    said = "；".join(zh[:_TOLD]) + (f"；另有 {rest} 项也有欠缺" if rest > 0 else "")
    told = "; ".join(en[:_TOLD]) + (f"; {rest} more entries lack something" if rest > 0 else "")
    return (
        (f"{said}？", told) if complete else (f"{record.question}已列各项尚缺：{said}", f"{record.en}; lacking: {told}")
    )


def _entry(record: Record, entry: Entry, nth: int) -> Both:
    """Return what an entry is called: by what no two entries agree in, or else by what it is and its day."""
    named = record.unique if record.unique and all(entry.get(name) is not None for name in record.unique) else [
        name for name, column in record.fields.items() if column.type == "choice" and column.required
    ] + [record.dated_by]  # fmt: skip
    parts = [_cell(record, name, entry[name]) for name in named if name and entry.get(name) is not None]
    return tuple(" ".join(one) for one in zip(*parts, strict=True)) if parts else (f"第 {nth} 项", f"entry {nth}")  # type: ignore[return-value]


def _cell(record: Record, name: str, value: object) -> Both:
    column = record.fields[name]
    if isinstance(value, str) and value in column.options:
        return column.options[value].label, column.options[value].en
    if isinstance(value, date):
        return value.isoformat(), value.isoformat()
    if column.type == "int" and column.label.endswith("年度"):
        return f"{value} 年", str(value)
    return f"{column.label} {value}", f"{column.en} {value}"
