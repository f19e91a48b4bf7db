"""What people type (是, 有, 未知, 2026/1/1) is read in cells of CSV, in ``-s`` and in the interview, not in files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from commands import Command
from rudong_rules.as_typed import meant

POLICY = rudong_rules.load()
FACTS: dict[str, Any] = {**POLICY.glossary.facts, "as_of": None}


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        ("public_spirit", "是", True), ("public_spirit", "否", False), ("public_spirit", " TRUE ", True),
        ("public_spirit", "no", False), ("public_spirit", "有", True), ("public_spirit", "没有", False),
        ("public_spirit", "未知", None), ("public_spirit", "　", None), ("public_spirit", "1", "1"),
        ("public_spirit", "是的", "是的"),
        ("as_of", "2026/1/1", "2026-01-01"), ("as_of", "2026年1月1日", "2026-01-01"),
        ("as_of", "2026.12.31", "2026-12-31"),
        ("as_of", "2026-3-5", "2026-03-05"), ("as_of", "2026 年 3 月 5 日", "2026-03-05"),
        ("as_of", "2026/1/1 0:00:00", "2026-01-01"), ("as_of", "2026/1/1 8:30", "2026/1/1 8:30"),
        ("as_of", "2026/2/30", "2026/2/30"), ("as_of", "1/1/2026", "1/1/2026"), ("as_of", "2026年1月", "2026年1月"),
        ("incentives_issued_on", "2026/1/1", "2026-01-01"), ("incentives_issued_on", "未查明", None),
        ("employment", "在编干警", "在编干警"), ("employment", "不详", None), ("assessment_year", "2025 ", "2025"),
        ("excellent_share_limit", "3/20", "3/20"),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_by_what_the_fact_is(fact: str, typed: str, value: Any) -> None:
    assert meant(typed, FACTS[fact]) == value


def test_there_is_or_there_is_not_is_no_answer_to_what_is_called_by_a_negation() -> None:
    negated = [finding for finding in POLICY.rules.vocabulary.findings.values() if "没有" in finding.label]
    assert negated
    for finding in negated:
        assert [meant(said, finding) for said in ("有", "无", "是", "否")] == ["有", "无", True, False]


def test_cells_of_csv_are_read_as_typed(tmp_path: Path, command: Command) -> None:
    table = "日期,用工性质,反映失实,存在失误,编号\n2026/1/1,在编干警,是,无,1\n2026年2月30日,在编干警,是,否,2\n"
    table += "2026-01-01,在编干警,有,false,3\n,未知,未知,,4\n2026.1.1,在编干警,也许,否,5\n"
    names = {"存在失误": POLICY.rules.vocabulary.findings["fault_exists"].label,
             "反映失实": POLICY.rules.vocabulary.findings["report_untrue"].label}  # fmt: skip
    for name, label in names.items():
        table = table.replace(name, label)
    (tmp_path / "in.csv").write_text(table, encoding="utf-8")
    assert command("batch in.csv -o out.jsonl -d tolerance --keep 编号", tmp_path).code == 1
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["tolerance_outcome"] for row in rows] == [
        "name_cleared", "invalid", "name_cleared", "undetermined", "invalid",
    ]  # fmt: skip
    rejects = (tmp_path / "out.jsonl.rejects.jsonl").read_text(encoding="utf-8")
    assert "“2026年2月30日”不是有效的日期" in rejects
    assert "“也许”不是 true 或 false" in rejects


def test_changes_and_the_day_are_read_as_typed(tmp_path: Path, command: Command) -> None:
    (tmp_path / "case.yaml").write_text("用工性质: 在编干警\nreport_untrue: true\n", encoding="utf-8")
    typed = command.done("what-if case.yaml -d tolerance -s fault_exists=否 -s 日期=2026年1月1日", tmp_path)
    written = command.done("what-if case.yaml -d tolerance -s fault_exists=false -s 日期=2026-01-01", tmp_path)
    assert typed == written
    assert "澄清" in typed
    removed = command.done("what-if case.yaml -d tolerance -s report_untrue=未知", tmp_path)
    assert removed == command.done("what-if case.yaml -d tolerance -s report_untrue=", tmp_path)
    assert command.done("decide case.yaml -d tolerance --as-of 2026/1/1", tmp_path) == command.done(
        "decide case.yaml -d tolerance --as-of 2026-01-01", tmp_path
    )


def test_the_interview_reads_days_and_words_as_typed(tmp_path: Path, command: Command) -> None:
    command.done("ask case.json -d mobility_in_force", tmp_path, "2026年3月1日\n2026/1/5\n".encode())
    case = json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))
    assert set(case.values()) == {"2026-03-01", "2026-01-05"}


@pytest.mark.parametrize("written", ["report_untrue: 是", "as_of: 2026/1/1", "report_untrue: 有"])
def test_a_case_in_a_file_is_not_read_as_typed(written: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / "case.yaml").write_text(f"{written}\n", encoding="utf-8")
    assert command("decide case.yaml -d tolerance", tmp_path).code == 2
