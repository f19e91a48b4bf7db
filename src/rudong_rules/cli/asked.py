"""What a command line asks: policy, case, decisions, day and readings, with all that is wrong with any of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import Wrong
from ..policy import Policy, load
from ..source import Document
from .options import read_case, read_day, read_readings


@dataclass(frozen=True)
class Asked:
    """What is asked, all of it in order: ``data`` is the case as written in ``document``."""

    policy: Policy
    document: Document
    day: date | None
    readings: dict[str, str | None]

    @property
    def data(self) -> Any:
        """The case as it is written."""
        return self.document.data

    @property
    def how(self) -> dict[str, Any]:
        """The day, the readings and the place of the case, as the functions that decide take them."""
        return {"as_of": self.day, "readings": self.readings, "document": self.document}


def read_asked(
    policies: Path | None, case: str, decisions: Sequence[str], as_of: str | None, reading: list[str] | None,
    more: Callable[[Policy], object] = lambda policy: None,
) -> Asked:  # fmt: skip
    """Return what is asked.  ``more`` reads what the command line says besides.

    Raises PolicyError for policies that are none, InputError with every problem of all else.
    """
    policy, wrong = load(policies), Wrong()
    day, document = wrong.take(read_day, as_of), wrong.take(read_case, case)
    readings = check_question(policy, decisions, reading, wrong)
    if document is not None:
        wrong.take(policy.reader.read, document.data, document)
    wrong.take(more, policy)
    wrong.tell()
    assert document is not None
    return Asked(policy, document, day, readings)


def check_question(
    policy: Policy, decisions: Sequence[str], reading: list[str] | None, wrong: Wrong
) -> dict[str, str | None]:
    """Return the readings chosen; what is wrong with them and with the decisions goes to ``wrong``."""
    chosen = read_readings(reading, wrong.problems)
    wrong.take(policy.readings, chosen)
    for name in decisions:
        wrong.take(policy.decisions.the, name)
    return chosen
