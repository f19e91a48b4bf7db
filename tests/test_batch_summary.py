"""What `batch` tells of all rows at the end: what they are warned of, and what those that stay open lack."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from commands import Command
from populations import POLICY, library, row_by_row
from rudong_rules.frame.batch import Job, run
from rudong_rules.frame.summary import SAMPLE, Summary

AGAINST: dict[str, Any] = {
    "employment": "established", "criminal_liability": True, "report_untrue": False, "recognition": "exempted",
}  # fmt: skip
"""The party group tolerates what 三（三）4 excludes."""
TOLD = "党组认定予以容错，但不符合容错规定"
LIBRARY: list[dict[str, Any]] = [one.case for one in library() if not one.scenario.as_of]
WARNED = [one.case for one in library() if one.scenario.decision == "disposition" and not one.scenario.as_of]


def written(path: Path, cases: list[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(case, ensure_ascii=False, default=str)}\n" for case in cases), "utf-8")
    return path


def summed(folder: Path, cases: list[dict[str, Any]], *decisions: str, rows: int = 1 << 17, **job: Any) -> Summary:
    return run(Job(POLICY, written(folder / "in.jsonl", cases), folder / "out.csv", decisions, rows=rows, **job))


def test_cautions_are_a_column_of_the_output_by_id_and_in_words(tmp_path: Path, command: Command) -> None:
    written(tmp_path / "in.jsonl", [AGAINST, {}, {"employment": "nobody"}])
    command("batch in.jsonl -o out.csv -d disposition --show cautions", tmp_path)
    assert pl.read_csv(tmp_path / "out.csv")["disposition_cautions"].to_list() == ["recognition_against_text", "", ""]
    for lang, heading, told in (
        ("zh", "责任处理：警示", TOLD),
        ("en", "Disposition: cautions", POLICY.glossary.describe("recognition_against_text").en),
    ):
        command(f"batch in.jsonl -o out.csv -d disposition --show cautions --labels --lang {lang}", tmp_path)
        assert pl.read_csv(tmp_path / "out.csv")[heading].to_list() == [told, "", ""]


def test_cautions_that_are_called_the_same_are_told_apart(tmp_path: Path, command: Command) -> None:
    case = {"as_of": "2024-06-01", "mobility_issued_on": "2024-07-01", "incentives_issued_on": "2024-07-01"}
    summed(tmp_path, [case], "promotion", show=("cautions",), labels=True, lang="zh")
    cautions = POLICY.decide(case, "promotion").cautions
    assert len({one.label for one in cautions}) == len(cautions) - 1 == 1
    labels = [f"{one.label}〔{one.name}〕" for one in cautions]
    assert pl.read_csv(tmp_path / "out.csv")["提拔使用：警示"].to_list() == ["；".join(labels)]
    out = command.done("batch in.jsonl -o out.csv -d promotion", tmp_path)
    assert all(f"〔{one.name}〕" in out for one in cautions)


def test_who_did_not_ask_is_told_how_many_rows_are_warned_and_of_what(tmp_path: Path, command: Command) -> None:
    written(tmp_path / "in.jsonl", [AGAINST, AGAINST, {}])
    out = command.done("batch in.jsonl -o out.csv -d disposition -d 容错认定", tmp_path)
    assert f"⚠ 有注意事项的 2 行：\n  {TOLD} 2\n  哪些行，加 --show cautions 列出" in out
    assert pl.read_csv(tmp_path / "out.csv").columns == ["row", "disposition_outcome", "tolerance_outcome"]
    shown = command.done("batch in.jsonl -o out.csv -d disposition --show cautions --lang en", tmp_path)
    assert "⚠ Rows with a caution: 2\n  recognised by the party group" in shown
    assert "--show" not in shown
    assert "⚠" not in command.done("batch in.jsonl -o out.csv -d training_priority", tmp_path)


@pytest.mark.parametrize("rows", [7, 1 << 17])
def test_cautions_are_counted_once_a_row_whatever_the_parts_and_decisions(rows: int, tmp_path: Path) -> None:
    decisions = ("disposition", "honours", "tolerance_procedure", "integrity_of_process")
    summary = summed(tmp_path, WARNED, *decisions, rows=rows)
    found = [
        {caution for name in decisions for caution in row[f"{name}_cautions"]}
        for row in row_by_row(WARNED, decisions, show=["cautions"])
    ]
    assert summary.warned == sum(map(bool, found)) > 10
    assert summary.cautions == Counter(caution for some in found for caution in some)


def test_only_what_can_still_settle_a_row_is_counted_as_missing(tmp_path: Path, command: Command) -> None:
    """Nothing of what the exclusions ask can matter to who is warned of one already."""
    open_ = {name: cell for name, cell in AGAINST.items() if name != "recognition"}
    summary = summed(tmp_path, [open_, open_, {}, AGAINST], "disposition")
    wanted = Counter(fact.name for case in (open_, open_, {}) for fact in POLICY.decide(case, "disposition").missing)
    assert summary.missing["disposition"] == wanted
    assert summary.drawn == {}
    assert (wanted["recognition"], wanted["integrity_problem"]) == (3, 1)
    out = command.done("batch in.jsonl -o told.csv -d disposition", tmp_path)
    assert "最常待查明的事实 " in out
    assert f"{POLICY.glossary.facts['recognition'].label} 3 " in out


def test_what_is_missing_is_counted_over_all_rows_where_it_is_shown(tmp_path: Path) -> None:
    cases = LIBRARY[::20]
    summary = summed(tmp_path, cases, "training_priority", show=("missing",), rows=17)
    found = [POLICY.decide(case, "training_priority").missing for case in cases]
    assert summary.missing["training_priority"] == Counter(fact.name for facts in found for fact in facts)
    assert summary.outcomes["training_priority"]["undetermined"] > SAMPLE
    assert summary.drawn == {}


def test_of_many_rows_some_are_drawn_the_same_whatever_the_parts_and_the_title_says_so(
    tmp_path: Path, command: Command
) -> None:
    decisions = ("pay_effect", "assessment_lead")
    whole, parts = (summed(tmp_path, LIBRARY, *decisions, rows=rows) for rows in (1 << 17, 100))
    assert whole == parts
    assert whole.drawn == dict.fromkeys(decisions, SAMPLE)
    assert all(0 < count <= SAMPLE for counts in whole.missing.values() for count in counts.values())
    out = command.done("batch in.jsonl -o out.csv -d pay_effect --lang en", tmp_path)
    assert "of at most 50 rows" in " ".join(out.replace("┃", " ").split())
    assert f"/{SAMPLE} " in out


def test_rows_are_drawn_from_everywhere(tmp_path: Path) -> None:
    """The first half of the rows lack nothing but the recognition: so does about half of the sample."""
    first = {name: cell for name, cell in AGAINST.items() if name != "recognition"}
    counted = summed(tmp_path, [first] * 500 + [{}] * 500, "disposition", rows=64).missing["disposition"]
    assert counted["recognition"] == SAMPLE
    assert 20 <= counted["employment"] <= 30


def test_rows_that_say_nothing_and_values_of_every_kind_are_searched_too(tmp_path: Path) -> None:
    assert summed(tmp_path, [{}, {}], "tolerance").missing["tolerance"]["employment"] == 2
    frame = pl.DataFrame({"as_of": ["2025-06-30"], "incentives_issued_on": ["2025-01-01"], "assessment_year": [2024]})
    frame = frame.with_columns(pl.col("as_of", "incentives_issued_on").str.to_date())
    frame.write_parquet(tmp_path / "in.parquet")
    found = run(Job(POLICY, tmp_path / "in.parquet", tmp_path / "out.csv", ("honours",)))
    case = {"as_of": "2025-06-30", "incentives_issued_on": "2025-01-01", "assessment_year": 2024}
    wanted = POLICY.decide(case, "honours").missing
    assert found.missing["honours"] == Counter(fact.name for fact in wanted)
