"""What people type (是, 有, 未知, 2026/1/1) is read in cells of CSV, in ``-s`` and in the interview, not in files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from commands import Command
from extras import needs_polars
from rudong_rules.as_typed import meant, within
from rudong_rules.cli.typed import value_of
from rudong_rules.vocabulary import RecordField

POLICY = rudong_rules.load()
FACTS: dict[str, Any] = {**POLICY.glossary.facts, "as_of": None}


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        ("public_spirit", "是", True), ("public_spirit", "否", False), ("public_spirit", " TRUE ", True),
        ("public_spirit", "no", False), ("public_spirit", "有", True), ("public_spirit", "没有", False),
        ("public_spirit", "未知", None), ("public_spirit", "　", None), ("public_spirit", "1", "1"),
        ("public_spirit", "是的", "是的"), ("public_spirit", "√", True), ("public_spirit", "×", False),
        ("public_spirit", "null", None), ("employment", "NULL", None), ("assessment_year", "None", None),
        ("adjustments", "nan", None), ("as_of", "NaN", None), ("excellent_share_limit", "N/A", None),
        ("incentives_issued_on", "#N/A", None), ("as_of", "NaT", None), ("employment", "<NA>", None),
        ("adjustments", "none", "none"), ("public_spirit", "-", "-"), ("employment", "/", "/"),
        ("public_spirit", "Y", True), ("public_spirit", "n", False), ("public_spirit", "对", "对"),
        ("as_of", "2026/1/1", "2026-01-01"), ("as_of", "2026年1月1日", "2026-01-01"),
        ("as_of", "2026.12.31", "2026-12-31"),
        ("as_of", "2026-3-5", "2026-03-05"), ("as_of", "2026 年 3 月 5 日", "2026-03-05"),
        ("as_of", "2026/1/1 0:00:00", "2026-01-01"), ("as_of", "2026/1/1 8:30", "2026/1/1 8:30"),
        ("as_of", "2026/2/30", "2026/2/30"), ("as_of", "1/1/2026", "1/1/2026"), ("as_of", "2026年1月", "2026年1月"),
        ("incentives_issued_on", "2026/1/1", "2026-01-01"), ("incentives_issued_on", "未查明", None),
        ("employment", "在编干警", "在编干警"), ("employment", "不详", None), ("assessment_year", "2025 ", 2025),
        ("excellent_share_limit", "3/20", "3/20"),
        ("excellent_share_limit", "20%", "1/5"), ("excellent_share_limit", "12.5％", "1/8"),
        ("excellent_share_limit", "0.2", "0.2"), ("excellent_share_limit", "1/0%", "1/0%"),
        ("assessment_year", "２０２５", 2025), ("incentives_issued_on", "２０２６／１／１", "2026-01-01"),
        ("as_of", "２０２６年１月１日", "2026-01-01"), ("excellent_share_limit", "２０％", "1/5"),
        ("excellent_share_limit", "３／２０", "3/20"), ("excellent_share_limit", "０．２", "0.2"),
        ("excellent_share_limit", "二成", "二成"), ("assessment_year", "２０２５年", "２０２５年"),
        ("assessment_year", "2025.0", 2025), ("assessment_year", "2025.5", "2025.5"), ("assessment_year", "-3.00", -3),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_by_what_the_fact_is(fact: str, typed: str, value: Any) -> None:
    assert meant(typed, FACTS[fact]) == value


def test_there_is_or_there_is_not_is_no_answer_to_what_is_called_by_a_negation() -> None:
    negated = [finding for finding in POLICY.rules.vocabulary.findings.values() if "没有" in finding.label]
    assert negated
    for finding in negated:
        assert [meant(said, finding) for said in ("有", "无", "是", "否")] == ["有", "无", True, False]


@needs_polars
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


# --- inside lists and findings with their source ---------------------------------------------------------------------

TYPED = "[{调整方式: 降职, 党组决定日期: 2026/1/1, 调整事由: 不适宜担任现职}]"
YAML_LIST = [{"kind": "demotion", "decided_on": "2026-01-01", "matter": "unfit"}]
WRITTEN = "[{kind: demotion, decided_on: 2026-01-01, matter: unfit}]"


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        ("adjustments", [{"党组决定日期": "2026年1月1日", "kind": "降职"}],
         [{"党组决定日期": "2026-01-01", "kind": "降职"}]),
        ("adjustments", {"complete": "是", "entries": []}, {"complete": True, "entries": []}),
        ("adjustments", {"是否完整": "未知", "各项": [{"decided_on": "未知"}]},
         {"各项": [{"decided_on": None}]}),
        ("adjustments", {"complete": "NULL", "entries": [{"decided_on": "nan"}]}, {"entries": [{"decided_on": None}]}),
        ("adjustments", {"complete": "有"}, {"complete": "有"}),
        ("public_spirit", {"value": "是", "determined_on": "2026/1/1", "determined_by": "党组"},
         {"value": True, "determined_on": "2026-01-01", "determined_by": "党组"}),
        ("public_spirit", [{"认定": "否", "认定日期": "2026/1/1"}], [{"认定": False, "认定日期": "2026-01-01"}]),
        ("employment", {"value": "不详"}, {"value": None}),
        ("assessments", [{"year": "2025.0"}], [{"year": 2025}]),
        ("adjustments", "全部", "全部"), ("adjustments", ["全部"], ["全部"]), ("assessment_year", [1], [1]),
    ],
)  # fmt: skip
def test_what_is_typed_inside_is_read_by_what_the_column_is(fact: str, typed: Any, value: Any) -> None:
    assert within(typed, FACTS[fact]) == value


def test_a_change_to_a_list_is_read_as_typed(tmp_path: Path, command: Command) -> None:
    (tmp_path / "case.yaml").write_text("as_of: 2026-06-01\n", encoding="utf-8")
    words = "what-if case.yaml -d mobility_in_force -s '组织调整={}'"
    assert command.done(words.format(TYPED), tmp_path) == command.done(words.format(WRITTEN), tmp_path)


def test_a_list_pasted_into_the_interview_is_read_as_typed(tmp_path: Path, command: Command) -> None:
    cases = []
    for listed in (TYPED, WRITTEN):
        (tmp_path / "case.json").write_text('{"as_of": "2026-06-01"}', encoding="utf-8")
        command.done("ask case.json -d promotion_bar", tmp_path, (f"{listed}\n是\n" * 3).encode())
        cases.append(json.loads((tmp_path / "case.json").read_text(encoding="utf-8")))
    assert cases[0] == cases[1]
    assert any(isinstance(said, dict) and said.get("entries") for said in cases[0].values())


@needs_polars
def test_cells_of_csv_take_lists_on_one_line(tmp_path: Path, command: Command) -> None:
    rows = [TYPED, WRITTEN, json.dumps(YAML_LIST), "{complete: 是, entries: []}", "[{调整方式: 降职, }", "降职",
            "{是否完整: 是, 各项: [], 各项: []}", ""]  # fmt: skip
    table = "日期,组织调整\n" + "".join(f'2026-06-01,"{row.replace(chr(34), chr(34) * 2)}"\n' for row in rows)
    (tmp_path / "in.csv").write_text(table, encoding="utf-8")
    assert command("batch in.csv -o out.jsonl -d promotion_bar --show cites", tmp_path).code == 1
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["promotion_bar_outcome"] == "invalid" for row in found] == [False] * 4 + [True] * 3 + [False]
    told = [{**row, "row": 0} for row in found]
    assert told[0] == told[1] == told[2] != told[3] != told[7]
    rejects = (tmp_path / "out.jsonl.rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert "“组织调整”列" in rejects[0]
    assert "[{栏目: 值}]" in rejects[1]
    assert "各项" in rejects[2]
    assert "两次" in rejects[2]


@needs_polars
def test_cells_of_excel_and_pandas_are_the_numbers_they_mean(tmp_path: Path, command: Command) -> None:
    heads = [FACTS[name].label for name in ("assessment_year", "excellent_share_limit")]
    outcomes = []
    for year, share in (("2025.0", "20%"), ("2025", "1/5"), ("2025.0", "20％")):
        (tmp_path / "in.csv").write_text(f"{','.join(heads)}\n{year},{share}\n", encoding="utf-8")
        command.done("batch in.csv -o out.jsonl", tmp_path)
        outcomes.append((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert outcomes[0] == outcomes[1] == outcomes[2]


# --- hints -----------------------------------------------------------------------------------------------------------


def test_a_key_that_is_written_already_is_not_suggested(tmp_path: Path, command: Command) -> None:
    label = FACTS["public_spirit"].label
    (tmp_path / "case.yaml").write_text(f"{label}: {{value: true, 认定机关: 党组}}\n", encoding="utf-8")
    said = command("decide case.yaml -d tolerance", tmp_path).err
    assert "认定主体（determined_by）" in said
    assert "认定（value）" not in said
    (tmp_path / "case.yaml").write_text("组织调整: [{kind: demotion, 调整: 降职}]\n", encoding="utf-8")
    said = command("decide case.yaml -d tolerance", tmp_path).err
    assert "调整事由（matter）" in said
    assert "调整方式（kind）" not in said


def test_a_reading_among_the_changes_is_told_from_a_fact(tmp_path: Path, command: Command) -> None:
    (tmp_path / "case.yaml").write_text("用工性质: 在编干警\n", encoding="utf-8")
    (reading, body) = next(iter(POLICY.rules.readings.items()))
    option = next(iter(body.options))
    for name in (reading, body.question):
        outcome = command(f"what-if case.yaml -d tolerance -s '{name}={option}'", tmp_path)
        assert outcome.code == 2
        assert f"reading:{reading}=" in outcome.err
        assert f"-r {reading}=" in outcome.err
        assert f"“{name}”是解释" in outcome.err
    assert command(f"what-if case.yaml -d tolerance -s reading:{reading}={option}", tmp_path).code == 0


def test_readings_are_found_by_the_text_that_they_read(tmp_path: Path, command: Command) -> None:
    found = json.loads(command.done("readings 三重一大 -f json", tmp_path))
    assert [row["name"] for row in found] == ["pretext", "chain_of_failings"]
    for words in ("党组会议重新集体研究", "三（三）3", "四项不作为"):
        assert json.loads(command.done(f"readings {words} -f json", tmp_path))


@needs_polars
def test_all_that_is_wrong_with_a_row_is_told(tmp_path: Path, command: Command) -> None:
    (tmp_path / "in.csv").write_text("组织调整,用工性质,所依据的考核年度\n[{,编外,x\n", encoding="utf-8")
    assert command("batch in.csv -o out.jsonl", tmp_path).code == 1
    (row,) = (tmp_path / "out.jsonl.rejects.jsonl").read_text(encoding="utf-8").splitlines()
    problem = json.loads(row)["problem"]
    assert [word in problem for word in ("“组织调整”列", "“编外”", "“x”不是整数")] == [True] * 3


@needs_polars
@pytest.mark.parametrize("fact", ["组织调整", "担当尽责", "用工性质"])
@pytest.mark.parametrize("depth", [30, 900, 5_000, 200_000])
def test_a_cell_of_any_depth_is_refused(fact: str, depth: int, tmp_path: Path, command: Command) -> None:
    for text in ("[" * depth + "]" * depth, "[" * depth, '{"a":' * depth + "1" + "}" * depth):
        (tmp_path / "in.csv").write_text(
            f'日期,{fact}\n2026-01-01,"{text.replace(chr(34), chr(34) * 2)}"\n', encoding="utf-8"
        )
        outcome = command("batch in.csv -o out.jsonl -d tolerance", tmp_path)
        assert (outcome.code, outcome.err) == (1, "")


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        ("fraction", "20%", "1/5"),
        ("int", "9.0", 9),
        ("int", "9", 9),
        ("int", "9.5", "9.5"),
        ("date", "2026/1/1", "2026-01-01"),
    ],
)
def test_answers_are_read_as_cells_are(kind: str, said: str, value: Any) -> None:
    assert value_of(said, RecordField.model_validate({"label": "栏", "en": "column", "type": kind}), []) == value


def test_a_sign_for_nothing_is_no_answer_of_the_interview_and_told_what_is(tmp_path: Path, command: Command) -> None:
    words = "ask case.json -d mobility_in_force --lang "
    assert "“-”不是有效的日期\n    未查明直接回车\n" in command.done(words + "zh", tmp_path, b"-\n.\n")
    said = command.done(words + "en", tmp_path, b"-\n.\n")
    assert "'-' is not a date that exists\n    answer nothing for what is not known\n" in said
