"""What must be known of a verdict is a column: the same notes as a single case gets."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest

from commands import Command
from populations import POLICY, frame_of, library, row_by_row, rows_of
from rudong_rules.frame import decide_frame
from rudong_rules.grids import Base

CASES: list[dict[str, Any]] = [located.case for located in library() if not located.scenario.as_of][::7]
LATER = "adjustments: after 2026-04-01, not counted: 2026-05-01 removal·unfit for the present post"
REMOVAL = {
    "kind": "removal", "matter": "unfit", "decided_on": "2026-05-01", "on_exempted_error": False,
    "on_tolerated_error": False, "revoked": False,
}  # fmt: skip
REMOVED: dict[str, Any] = {"as_of": "2026-04-01", "adjustments": {"complete": True, "entries": [REMOVAL]}}


@pytest.mark.parametrize("as_of", [date(2025, 1, 1), date(2027, 1, 1)])
def test_each_decision_alone_notes_in_a_frame_what_decide_notes(as_of: date) -> None:
    """On a day before which some lists go on, and on one up to which few are complete."""
    noted = 0
    for decision in POLICY.questions:
        wanted = row_by_row(CASES, [decision], show=["notes"], as_of=as_of)
        decided = decide_frame(POLICY, frame_of(CASES), [decision], show="notes", as_of=as_of)
        assert rows_of(decided, [decision], ["notes"]) == wanted
        noted += sum(bool(row[f"{decision}_notes"]) for row in wanted)
    assert noted > 100


def test_a_row_that_tells_of_what_is_still_to_come_is_noted_and_others_are_not() -> None:
    cases = [REMOVED, {**REMOVED, "as_of": "2026-05-01"}, {"as_of": "2026-04-01"}]
    decided = decide_frame(POLICY, pl.DataFrame(cases), ["promotion_bar"], show=["notes"])
    assert decided["promotion_bar_outcome"].to_list() == ["free", "no_promotion", "undetermined"]
    assert decided["promotion_bar_notes"].to_list() == [[LATER], [], []]


def test_a_batch_tells_notes_in_its_language(command: Command, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(REMOVED) + "\n", encoding="utf-8")
    for lang, name, said in (
        ("en", "notes", LATER), ("zh", "注意", "组织调整：2026-04-01 以后的不计（2026-05-01 的免职·不适宜担任现职）"),
    ):  # fmt: skip
        command.done(f"batch in.jsonl -o {lang}.csv -d promotion_bar --labels --show {name} --lang {lang}", tmp_path)
        written = pl.read_csv(tmp_path / f"{lang}.csv")
        (heading,) = [one for one in written.columns if one.endswith(("注意", "notes"))]
        assert written[heading].to_list() == [said]


def test_each_row_of_a_grid_is_noted_as_decide_notes_it() -> None:
    noted = 0
    for located in library()[::25]:
        case, decision = located.case, located.scenario.decision
        grid = POLICY.scenarios(case, {"as_of": ["2025-01-01", "2027-01-01"], "fault_exists": [True, None]}, decision)
        for row in grid:
            facts = {key: value for key, value in case.items() if POLICY.reader.names[key] != "fault_exists"}
            own = facts if row["fault_exists"] is None else {**facts, "fault_exists": True}
            told = [note.model_dump() for note in POLICY.decide(own, decision, as_of=row["as_of"]).notes]
            assert row["notes"] == told, located.span
            noted += bool(told)
    assert noted > 50


def test_what_is_decided_without_lists_and_sources_takes_no_verdict_to_be_noted() -> None:
    bare = {"employment": "established", "criminal_liability": True}
    grid = POLICY.scenarios(bare, {"fault_exists": [True, None], "gain_self": [True, False]}, "tolerance")
    with patch.object(Base, "decide", side_effect=AssertionError):
        assert [row["notes"] for row in grid] == [[]] * 4
        assert grid.to_html()


def test_each_row_of_a_grid_is_noted_when_somebody_asks() -> None:
    grid = POLICY.scenarios(REMOVED, {"as_of": ["2026-04-01", "2026-05-01"]}, "promotion_bar")
    told = [[note["en"] for note in row["notes"]] for row in grid]
    expected = [POLICY.decide(REMOVED, "promotion_bar", as_of=day).notes for day in ("2026-04-01", "2026-05-01")]
    assert told == [[note.en for note in notes] for notes in expected]
    assert told[0] == [LATER]
    assert LATER in grid.to_html("en")
    assert LATER in json.dumps(grid.chart("en").to_dict(), ensure_ascii=False)
