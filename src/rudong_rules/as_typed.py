"""What people type for a value — a cell of CSV, an answer, ``-s FACT=VALUE`` — as a case says it.

A case in YAML or JSON is not read so: what stands in a file has one form.
"""

from __future__ import annotations

import re
from typing import Any

from . import periods
from .vocabulary import Finding, Record, RecordField, Scalar

NOT_KNOWN = frozenset((
    "", "不清楚", "不知道", "不详", "未知", "未查明", "尚未查明", "待查", "?", "？",
    "unknown", "not known", "don't know",
))  # fmt: skip
"""What says that a fact is not known."""
_TRUTHS = {"true": True, "false": False, "是": True, "否": False, "yes": True, "no": False}
_THERE = {"有": True, "无": False, "没有": False}
_NEGATION = re.compile("[无未没不非]")
_DAY = re.compile(r"([0-9]{4}) *(?:年|[-/.]) *([0-9]{1,2}) *(?:月|[-/.]) *([0-9]{1,2}) *日?(?: +0?0:00(?::00)?)?")
Thing = Finding | Scalar | Record | RecordField


def meant(text: str, thing: Thing | None) -> Any:
    """Return the value that is meant, None for what is not known; what fits nothing stays as it is typed.

    ``thing`` is the fact or column of which it is said, None for the day of the case.
    """
    said = text.strip()
    options = getattr(thing, "options", {})
    if said.lower() in NOT_KNOWN and not any(said in (name, named.label) for name, named in options.items()):
        return None
    if isinstance(thing, Finding) or getattr(thing, "type", "") == "bool":
        found = truth(said, thing.label if thing else "")
        return said if found is None else found
    return day(said) if thing is None or getattr(thing, "type", "") == "date" else said


def truth(said: str, label: str = "") -> bool | None:
    """Return whether yes or no is said, None for anything else.

    有 and 无 say it of what has a label without a negation: whether 无 of 未谋取私利 denies it, nobody can tell.
    """
    found = _TRUTHS.get(said.lower())
    if found is None and label and not _NEGATION.search(label):
        found = _THERE.get(said)
    return found


def day(said: str) -> str:
    """Return a day as YYYY-MM-DD: 2026/1/1, 2026.1.1, 2026年1月1日, with or without a midnight behind.

    What is no day that exists stays as it is typed.
    """
    found = _DAY.fullmatch(said)
    if not found:
        return said
    written = "{}-{:0>2}-{:0>2}".format(*found.groups())
    try:
        return periods.day(written).isoformat()
    except ValueError:
        return said
