"""What people type for a value — a cell of CSV, an answer, ``-s FACT=VALUE`` — as a case says it, inside lists too.

A case in YAML or JSON is not read so: what stands in a file has one form.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from . import periods
from .labels import LIST_PARTS, SOURCE_PARTS
from .vocabulary import Finding, Record, RecordField, Scalar

NOT_KNOWN = frozenset((
    "", "不清楚", "不知道", "不详", "未知", "未查明", "尚未查明", "待查", "?", "？",
    "unknown", "not known", "don't know",
    "null", "nan", "nat", "n/a", "#n/a", "<na>",  # Programs write these for a cell in which nothing stands.
))  # fmt: skip
"""What says that a fact is not known, but for capitals; Python says ``None`` of it, while none is said of a list."""
_STANDS_FOR_NOTHING = re.compile(r"[-–—―－/／\\＼*＊_.…·~～]+|none|#?na", re.IGNORECASE)
"""What may stand for what is not known, or for what there is not: nobody can tell."""
_TRUTHS = {
    "true": True, "yes": True, "y": True, "是": True, "√": True, "✓": True,
    "false": False, "no": False, "n": False, "否": False, "×": False, "✗": False,
}  # fmt: skip
_THERE = {"有": True, "无": False, "没有": False}
_NEGATION = re.compile("[无未没不非]")
_DAY = re.compile(r"([0-9]{4}) *(?:年|[-/.]) *([0-9]{1,2}) *(?:月|[-/.]) *([0-9]{1,2}) *日?(?: +0?0:00(?::00)?)?")
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}(?:\.0{1,18})?")
_PERCENT = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,18})?) *%")
_EXACT = re.compile(r"[-+]?[0-9]{1,18}(?:[./][0-9]{1,18})?")
_HALF = {ord(half) + 0xFEE0: half for half in "0123456789+-./:%"}
"""What stands in numbers and days as an input method for Chinese may give it, and what is meant."""
Thing = Finding | Scalar | Record | RecordField


def meant(text: str, thing: Thing | None) -> Any:
    """Return the value that is meant, None for what is not known; what fits nothing stays as it is typed.

    ``thing`` is the fact or column of which it is said, None for the day of the case.
    """
    said = text.strip()
    options = getattr(thing, "options", {})
    if not_known(said) and not any(said in (name, named.label) for name, named in options.items()):
        return None
    if isinstance(thing, Finding) or getattr(thing, "type", "") == "bool":
        found = truth(said, thing.label if thing else "")
        return said if found is None else found
    match "date" if thing is None else getattr(thing, "type", ""):
        case "date":
            return day(said)
        case "int":
            return whole(said)
        case "fraction":
            return share(said)
    return said


def within(value: Any, thing: Thing | None) -> Any:
    """Return a list of entries, or a value with its source, with what is typed inside it as it is meant.

    What is neither stays as it is, and so does what stands under a key that nothing has.
    """
    if isinstance(value, list):
        return [_entry(one, thing) if isinstance(thing, Record) else _sourced(one, thing) for one in value]
    return _listed(value, thing) if isinstance(thing, Record) else _sourced(value, thing)


def _sourced(value: Any, thing: Thing | None) -> Any:
    if not isinstance(value, dict):
        return value
    parts = {"value": thing, "determined_on": None}
    named: dict[Any, Any] = {key: SOURCE_PARTS.get(key, key) for key in value}
    return {key: _meant(one, parts[named[key]]) if named[key] in parts else one for key, one in value.items()}


def _listed(value: Any, record: Record) -> Any:
    if not isinstance(value, dict):
        return value
    found = {}
    for key, one in value.items():
        part = LIST_PARTS.get(key, key)
        if part != "complete":
            found[key] = within(one, record) if part == "entries" and isinstance(one, list) else one
        elif not isinstance(one, str):
            found[key] = one
        elif not not_known(one):  # A list that does not say whether it is complete is not.
            answer = truth(one.strip())
            found[key] = one if answer is None else answer
    return found


def _entry(entry: Any, record: Record) -> Any:
    if not isinstance(entry, dict):
        return entry
    columns: dict[Any, RecordField] = {column.label: column for column in record.fields.values()} | record.fields
    return {key: _meant(cell, columns[key]) if key in columns else cell for key, cell in entry.items()}


def _meant(value: Any, thing: Thing | None) -> Any:
    return meant(value, thing) if isinstance(value, str) else value


def not_known(said: str) -> bool:
    """Return whether it is said that something is not known."""
    return said.strip().lower() in NOT_KNOWN or said.strip() == "None"


def says_little(said: Any) -> bool:
    """Return whether what is said stands for what is not known, or may."""
    return isinstance(said, str) and (not_known(said) or bool(_STANDS_FOR_NOTHING.fullmatch(said.strip())))


def truth(said: str, label: str = "") -> bool | None:
    """Return whether yes or no is said, None for anything else.

    有 and 无 say it of what has a label without a negation: whether 无 of 未谋取私利 denies it, nobody can tell.
    """
    found = _TRUTHS.get(said.lower())
    if found is None and label and not _NEGATION.search(label):
        found = _THERE.get(said)
    return found


def half(said: str) -> str:
    """Return a text with full-width digits, and what stands between them, as half-width ones."""
    return said.translate(_HALF)


def whole(said: str) -> int | str:
    """Return a whole number, also as spreadsheets write it (9.0); what is none stays as it is typed."""
    found = _WHOLE.fullmatch(half(said))
    return int(found[0].partition(".")[0]) if found else said


def share(said: str) -> str:
    """Return a percentage as the exact fraction that it is (20% is 1/5); what is no number stays as it is typed."""
    written = half(said)
    found = _PERCENT.fullmatch(written)
    if found:
        return str(Fraction(found[1]) / 100)
    return written if _EXACT.fullmatch(written) else said


def day(said: str) -> str:
    """Return a day as YYYY-MM-DD: 2026/1/1, 2026.1.1, 2026年1月1日, with or without a midnight behind.

    What is no day that exists stays as it is typed.
    """
    found = _DAY.fullmatch(half(said))
    if not found:
        return said
    written = "{}-{:0>2}-{:0>2}".format(*found.groups())
    try:
        return periods.day(written).isoformat()
    except ValueError:
        return said
