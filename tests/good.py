"""The tiny policy of tests/bad/good, as it stands or with parts replaced, and the case that fits it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

BAD = Path(__file__).parent / "bad"
GOOD = BAD / "good"
NO_LAST_RUNG = ("leave/decisions.yaml", "        when: true\n", "        when: {not: covered}\n")
"""An edit after which a complete case may have no outcome."""
KIND_AS_REASON = [
    ("leave/vocabulary.yaml", "      kind:\n", "      reason:\n"),
    ("leave/decisions.yaml", "{kind: sick,", "{reason: sick,"),
]
"""Edits after which a column is called like a word for people."""
THIRD_LEAVE: dict[str, Any] = {
    "title": "第三次请假",
    "as_of": "2025-06-30",
    "employment": "established",
    "ill": True,
    "days_asked": 3,
    "hours_share": 1,
    "first_day": "2025-07-01",
    "leaves": {
        "complete": True,
        "entries": [
            {"kind": "sick", "start": "2025-02-03", "days": 2, "approved": True, "deciders": ["deputy"]},
            {"kind": "family", "start": "2025-04-01", "days": 1, "approved": True, "deciders": ["deputy"]},
        ],
    },
}
"""Refused when the present leave counts towards three in a year, granted when it does not."""


def copy_of_good(into: Path, changes: Iterable[tuple[str, str, str]] = ()) -> Path:
    """Return a copy of the policy in which, for each (file, old, new), the old text, which stands once, is replaced."""
    shutil.copytree(GOOD, into)
    for file, old, new in changes:
        text = (into / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        (into / file).write_text(text.replace(old, new), encoding="utf-8")
    return into
