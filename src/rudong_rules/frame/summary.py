"""What came of the rows of a file, added up part by part, and what the rows that stayed open lack.

What is missing takes some milliseconds a row to search for.  Where the output does not show it, it is counted over a
sample: of every decision the undetermined rows whose numbers are drawn first, the same however a file is cut into
parts, and so many whatever the size of the file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import polars as pl

from ..policy import Policy
from .api import PROBLEM
from .as_case import decoded
from .files import Chunk
from .ladders import ladder_of

SAMPLE = 50
"""Of how many undetermined rows of a decision it is searched for what they lack."""
_GOLDEN, _TURN = 0x9E3779B97F4A7C15, 1 << 64
"""Multiples of the golden ratio of a turn lie evenly on it: whichever come first are spread over all rows."""
_NOBODY = pl.DataFrame(schema={"row": pl.Int64, "caution": pl.String})

Note = Mapping[str, Any]


@dataclass
class Summary:
    """What came of all rows: ``outcomes`` by decision, and in how many rows each of the ``cautions`` holds.

    ``warned`` rows have some caution.  ``missing`` counts, by decision, the facts that can still settle undetermined
    rows: of all of them, or of so many as ``drawn`` says, by decision.
    """

    rows: int = 0
    invalid: int = 0
    warned: int = 0
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    missing: dict[str, Counter[str]] = field(default_factory=dict)
    cautions: Counter[str] = field(default_factory=Counter)
    drawn: dict[str, int] = field(default_factory=dict)
    _open: dict[str, dict[int, Any]] = field(default_factory=dict, repr=False)
    """By decision the cases of the rows drawn so far."""

    def to_json(self) -> str:
        """Return the counts as JSON."""
        counts = {one.name: getattr(self, one.name) for one in fields(self) if one.repr}
        return json.dumps(counts, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    def add(self, note: Note) -> None:
        """Add the counts of a part."""
        self.rows += note["rows"]
        self.invalid += note["invalid"]
        self.warned += note["warned"]
        self.cautions.update(note["cautions"])
        for name in ("outcomes", "missing"):
            for decision, counts in note[name].items():
                getattr(self, name).setdefault(decision, Counter()).update(counts)
        for decision, numbers in note["open"]["rows"].items():
            found = self._open.get(decision, {}) | {row: note["open"]["cases"][str(row)] for row in numbers}
            self._open[decision] = {row: found[row] for row in sorted(found, key=_draw)[:SAMPLE]}

    def search(self, policy: Policy, readings: Mapping[str, str | None], as_of: date | None) -> None:
        """Count what the rows drawn lack, each as ``policy.decide`` says; rows that tell alike are decided once."""
        for decision, cases in self._open.items():
            used = {*ladder_of(policy.questions[decision], policy.program.index).facts, "as_of"}
            alike = Counter(
                json.dumps({name: cell for name, cell in case.items() if name in used}, sort_keys=True)
                for case in cases.values()
            )
            found = self.missing.setdefault(decision, Counter())
            for text, rows in alike.items():
                verdict = policy.decide(json.loads(text), decision, as_of=as_of, readings=readings)
                found.update({fact.name: rows for fact in verdict.missing})
            if len(cases) < self.outcomes[decision]["undetermined"]:
                self.drawn[decision] = len(cases)


def _draw(row: int) -> int:
    return row * _GOLDEN % _TURN


def counts(decisions: Sequence[str], first: int, chunk: Chunk, decided: pl.DataFrame) -> dict[str, Any]:
    """Return what came of the rows of a part that follow ``first`` others, as plain data for :meth:`Summary.add`.

    What is missing is counted where it is a column of ``decided``; else the rows that may be drawn are noted.
    """
    outcomes: dict[str, dict[str, int]] = {}
    missing: dict[str, dict[str, int]] = {}
    drawn: dict[str, list[int]] = {}
    for name in decisions:
        states = decided[f"{name}_outcome"]
        outcomes[name] = _counted(states.cast(pl.String))
        if outcomes[name].get("undetermined"):
            if f"{name}_missing" in decided.columns:
                missing[name] = _counted(decided.filter(states == "undetermined")[f"{name}_missing"].explode())
            else:
                drawn[name] = _drawn((states == "undetermined").arg_true(), first)
    columns = [f"{name}_cautions" for name in decisions]
    told = pl.concat([_NOBODY, *(_warned(decided[name]) for name in columns)]).unique()
    return {
        "rows": decided.height, "invalid": decided.height - decided[PROBLEM].null_count(),
        "warned": told["row"].n_unique(), "outcomes": outcomes, "missing": missing,
        "cautions": _counted(told["caution"]),
        "open": {"cases": _cases(chunk, first, {row for rows in drawn.values() for row in rows}), "rows": drawn},
    }  # fmt: skip


def _counted(values: pl.Series) -> dict[str, int]:
    found = values.drop_nulls().value_counts(sort=True)
    return dict(zip(found[:, 0], found[:, 1], strict=True))


def _warned(cautions: pl.Series) -> pl.DataFrame:
    """Return the rows that have cautions, with each of them."""
    table = pl.DataFrame({"row": pl.int_range(len(cautions), eager=True), "caution": cautions})
    return table.filter(pl.col("caution").list.len() > 0).explode("caution").cast({"caution": pl.String})


def _drawn(places: pl.Series, first: int) -> list[int]:
    """Return the numbers of the rows at some places of a part that are drawn before its others."""
    rows = pl.DataFrame({"row": places.cast(pl.UInt64) + (first + 1)})
    draw = pl.col("row") * pl.lit(_GOLDEN, dtype=pl.UInt64)  # Whole turns are lost, as they have to be.
    return rows.bottom_k(SAMPLE, by=draw)["row"].to_list()


def _cases(chunk: Chunk, first: int, rows: Iterable[int]) -> dict[str, Any]:
    """Return rows of a part as cases, by number, as the reader takes them."""
    numbers = sorted(rows)
    cells = pl.struct(pl.all()).struct.json_encode()
    texts = chunk.facts[[number - first - 1 for number in numbers]].select(cells).to_series()
    return {
        str(number): decoded(json.loads(text), chunk.encoded) for number, text in zip(numbers, texts, strict=True)
    }  # fmt: skip
