"""Cases as frames, and what ``decide`` says of them row by row: the oracle of everything that works on columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

import rudong_rules
from rudong_rules import CaseError, Policy
from rudong_rules.frame.api import Column
from rudong_rules.scenarios import Located, read_scenarios
from rudong_rules.vocabulary import RecordField, Scalar

POLICY = rudong_rules.load()
SHOW: tuple[Column, ...] = ("modality", "cites", "missing", "cautions")
CITED: tuple[Column, ...] = ("modality", "cites", "cautions")
"""All but what is missing, which is searched for row by row."""
Row = dict[str, Any]

_SOURCE = {"determined_by": pl.String, "determined_on": pl.String, "evidence": pl.String}


def _plain(kind: Scalar | RecordField) -> Any:
    match kind.type:
        case "int":
            return pl.Int64
        case "bool":
            return pl.Boolean
        case "choices":
            return pl.List(pl.String)
        case _:
            return pl.String


def column(policy: Policy, fact: str, cells: Sequence[Any]) -> pl.Series:
    """One fact of many cases as a column, bare where all are bare, else as lists of determinations."""
    vocabulary = policy.rules.vocabulary
    if fact in ("title", "as_of"):
        return pl.Series(fact, [None if cell is None else str(cell) for cell in cells], dtype=pl.String)
    record = vocabulary.records.get(fact)
    if record is not None:
        fields = {name: _plain(field) for name, field in record.fields.items()}
        kind = pl.Struct({"complete": pl.Boolean, "entries": pl.List(pl.Struct(fields))})
        listed = [{"complete": False, "entries": cell} if isinstance(cell, list) else cell for cell in cells]
        return pl.Series(fact, listed, dtype=kind)
    scalar = vocabulary.scalars.get(fact)
    bare = _plain(scalar) if scalar else pl.Boolean
    if not any(isinstance(cell, dict | list) for cell in cells):
        text = bare == pl.String
        return pl.Series(fact, [str(c) if text and c is not None else c for c in cells], dtype=bare)
    lists = [
        None
        if cell is None
        else cell
        if isinstance(cell, list)
        else [cell if isinstance(cell, dict) else {"value": cell}]
        for cell in cells
    ]
    return pl.Series(fact, lists, dtype=pl.List(pl.Struct({"value": bare, **_SOURCE})))


def frame_of(cases: Sequence[Mapping[str, Any]], policy: Policy = POLICY) -> pl.DataFrame:
    """The cases as one frame, a row each."""
    by_id = [{policy.reader.names[name]: _by_id(policy, name, cell) for name, cell in case.items()} for case in cases]
    facts = list(dict.fromkeys(name for case in by_id for name in case))
    return pl.DataFrame([column(policy, fact, [case.get(fact) for case in by_id]) for fact in facts])


def _by_id(policy: Policy, name: str, cell: Any) -> Any:
    """A record with the ids of its columns in place of their labels."""
    record = policy.rules.vocabulary.records.get(policy.reader.names[name])
    if record is None:
        return cell
    ids = {field.label: key for key, field in record.fields.items()}
    entries = cell.get("entries", []) if isinstance(cell, dict) else cell
    renamed = [{ids.get(key, key): value for key, value in entry.items()} for entry in entries]
    return {**cell, **({"entries": renamed} if "entries" in cell else {})} if isinstance(cell, dict) else renamed


def row_by_row(
    cases: Iterable[Mapping[str, Any]], decisions: Sequence[str], policy: Policy = POLICY, show: Sequence[str] = SHOW,
    readings: Mapping[str, str | None] | None = None, as_of: date | None = None,
) -> list[Row]:  # fmt: skip
    """What ``Policy.decide`` says of each case, under the names of the columns."""
    found = []
    for case in cases:
        row: Row = {"problem": None}
        for name in decisions:
            try:
                verdict = policy.decide(case, name, readings=readings, as_of=as_of)
            except CaseError as error:
                row |= {f"{name}_outcome": "invalid", "problem": str(error)}
                row |= {f"{name}_{one}": "none" if one == "modality" else [] for one in show}
                continue
            row[f"{name}_outcome"] = verdict.outcome or verdict.status
            if "modality" in show:
                row[f"{name}_modality"] = verdict.modality
            if "cites" in show:
                row[f"{name}_cites"] = list(verdict.cited)
            if "missing" in show:
                row[f"{name}_missing"] = [fact.name for fact in verdict.missing]
            if "cautions" in show:
                row[f"{name}_cautions"] = [caution.name for caution in verdict.cautions]
            if "notes" in show:
                row[f"{name}_notes"] = [note.en for note in verdict.notes]
        found.append(row)
    return found


def rows_of(decided: pl.DataFrame, decisions: Sequence[str], show: Sequence[str] = SHOW) -> list[Row]:
    """The columns that were added, row by row."""
    names = [f"{name}_{part}" for name in decisions for part in ("outcome", *show)]
    return decided.select("problem", *names).to_dicts()


def library() -> list[Located]:
    """Every scenario of the library."""
    folder = Path(__file__).parent / "scenarios"
    return [located for path in sorted(folder.rglob("*.yaml")) for located in read_scenarios(path)]
