"""``rudong-rules batch``: the same answers from every format, rejects with the reason, and nothing lost by a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import rudong_rules
from commands import Command
from laws.strategies import some_questions
from populations import POLICY, row_by_row
from rudong_rules import CaseError
from rudong_rules.bilingual import listed
from rudong_rules.frame.words import DecidedWords

NAMED = POLICY.rules.decisions
CASES: list[dict[str, Any]] = [asked.case for asked in some_questions(30, 7)]
DECISIONS = ("tolerance", "honours")
WORDS = "-d tolerance -d honours --show cites --show missing --keep person"


def write_lines(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def write_csv(path: Path, cases: list[dict[str, Any]]) -> Path:
    """The cases as CSV: records and sources as JSON, all else as it is."""
    names = list(dict.fromkeys(name for case in cases for name in case))
    cells = {name: [_cell(case.get(name)) for case in cases] for name in names}
    pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String)).write_csv(path)
    return path


def _cell(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_each_row_of_a_file_gets_what_decide_says(kind: str, tmp_path: Path, command: Command) -> None:
    cases = [{"person": str(number), **case} for number, case in enumerate(CASES)]
    (write_csv if kind == "csv" else write_lines)(tmp_path / f"in.{kind}", cases)
    command.done(f"batch in.{kind} -o out.jsonl --part-rows 17 {WORDS}", tmp_path)
    wanted = row_by_row(CASES, DECISIONS, show=("cites", "missing"))
    got = lines(tmp_path / "out.jsonl")
    assert [(row.pop("row"), row.pop("person")) for row in got] == [(n + 1, str(n)) for n in range(len(CASES))]
    assert got == [{name: cell for name, cell in row.items() if name != "problem"} for row in wanted]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"in.{kind}", "out.jsonl", "out.jsonl.rejects.jsonl"]


def test_parquet_goes_in_and_comes_out(tmp_path: Path, command: Command) -> None:
    facts = pl.DataFrame({"employment": ["established", "other", None], "report_untrue": [True, None, None]})
    facts.with_columns(fault_exists=pl.lit(False)).write_parquet(tmp_path / "in.parquet")
    command.done("batch in.parquet -o out.parquet -d tolerance --show cites --part-rows 2", tmp_path)
    decided = pl.read_parquet(tmp_path / "out.parquet")
    assert decided.columns == ["row", "tolerance_outcome", "tolerance_cites"]
    assert decided["tolerance_outcome"].to_list() == ["name_cleared", "undetermined", "undetermined"]


def test_rejects_stand_beside_the_output_with_their_reason(tmp_path: Path, command: Command) -> None:
    rows: list[Any] = [
        {"person": "a", "employment": "established"},
        {"person": "b", "employment": "contractor"},
        {"person": "c", "employmnt": "established"},
        [1],
        {"person": "d", "report_untrue": "yes"},
    ]
    source = write_lines(tmp_path / "in.jsonl", rows)
    source.write_text(source.read_text(encoding="utf-8") + '{"person": "e"\n', encoding="utf-8")
    code, out, err = command("batch in.jsonl -o out.csv -d tolerance --keep person --lang en --part-rows 2", tmp_path)
    assert (code, err) == (1, "")
    assert "rows: 6, invalid: 5" in out
    assert "invalid rows: 5; out.csv.rejects.jsonl says why" in out
    rejects = lines(tmp_path / "out.csv.rejects.jsonl")
    assert [(row["row"], row["person"], row["problem"].partition("\n")[0]) for row in rejects] == [
        (2, "b", "case.employment: unknown-option: employment (Kind of employment): 'contractor' is not an option"),
        (3, "c", "case.employmnt: unknown-fact: there is no fact 'employmnt'"),
        (4, None, "case: wrong-type: a case is a mapping of facts"),
        (
            5,
            "d",
            "case.report_untrue: wrong-type: report_untrue (the report is untrue or a false accusation): 'yes' is "
            "neither true nor false",
        ),
        (6, None, "case: not-json: Expecting ',' delimiter: line 2 column 1 (char 15)"),
    ]
    table = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert table == ["row,person,tolerance_outcome", "1,a,undetermined", *(f"{n},{p},invalid" for n, p in
                     ((2, "b"), (3, "c"), (4, ""), (5, "d"), (6, "")))]  # fmt: skip


def test_rejects_are_told_in_chinese_with_the_labels_of_the_columns(tmp_path: Path, command: Command) -> None:
    rows: list[Any] = [{"用工性质": "contractor"}, {"用工性子": "established"}, {"反映失实": "yes"}, [1]]
    write_lines(tmp_path / "in.jsonl", rows)
    assert command("batch in.jsonl -o out.csv -d 容错认定", tmp_path).code == 1
    problems = [row["problem"].partition("\n")[0] for row in lines(tmp_path / "out.csv.rejects.jsonl")]
    assert problems[0] == "案件: unknown-option: 用工性质（employment）：“contractor”不是可选的值"
    assert problems[1] == "案件: unknown-fact: 没有“用工性子”这一事实"
    assert problems[3] == "案件: wrong-type: 案件须为一组“事实: 值”"
    (tmp_path / "in.csv").write_text("用工性子\nestablished\n", encoding="utf-8")
    assert command("batch in.csv -o other.csv", tmp_path) == (
        2, "", "“用工性子”列: unknown-fact: 没有“用工性子”这一事实\n  提示：是否指 用工性质（employment）？\n",
    )  # fmt: skip


BAD = {
    "batch in.txt -o out.csv": (
        "in.txt: unknown-format: '.txt' names no format\n"
        "  hint: name a file that ends in .csv, .parquet, .jsonl, .ndjson\n"
    ),
    "batch in.xlsx -o out.csv": (
        "in.xlsx: unknown-format: '.xlsx' names no format\n"
        "  hint: save it in Excel as “CSV UTF-8”; the name then ends in .csv\n"
    ),
    "batch in.csv -o out.xlsx": (
        "out.xlsx: unknown-format: '.xlsx' names no format\n"
        "  hint: let the name of the output end in .csv; with --labels Excel opens it\n"
    ),
    "batch none.csv -o out.csv": (
        "none.csv: cannot-read: No such file or directory\n  hint: name a file that is there\n"
    ),
    "batch in.csv -o in.csv": "--output: same-file: the output is the input\n  hint: name another file\n",
    "batch in.csv -o out.csv": (
        "column employmnt: unknown-fact: there is no fact 'employmnt'\n  hint: did you mean employment?\n"
    ),
    "batch in.csv -o out.csv -d tolerence": (
        "decision: unknown-decision: there is no decision 'tolerence'\n  hint: did you mean tolerance? "
        f"the decisions are {', '.join(listed(key, one.label, one.en) for key, one in NAMED.items())}\n"
    ),
}


@pytest.mark.parametrize("words", BAD)
def test_what_cannot_be_done_is_refused_with_its_message(words: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / "in.csv").write_text("employmnt\nestablished\n", encoding="utf-8")
    assert command(f"{words} --lang en", tmp_path) == (2, "", BAD[words])


def test_hints_speak_of_the_output_and_of_options_where_these_are_meant(tmp_path: Path, command: Command) -> None:
    (tmp_path / "in.csv").write_text("工号\n7\n", encoding="utf-8")
    assert command("batch in.csv -o o.xlsx", tmp_path).err == (
        "o.xlsx: unknown-format: .xlsx 不是可用的格式\n  提示：输出文件名以 .csv 结尾；加 --labels 的可用 Excel 打开\n"
    )
    unknown = "“工号”列: unknown-fact: 没有“工号”这一事实\n  提示：不是事实的列用 --keep 照抄"
    assert command("batch in.csv -o out.csv", tmp_path).err == f"{unknown}\n"
    pl.DataFrame({"工号": [7]}).write_parquet(tmp_path / "in.parquet")
    assert command("batch in.parquet -o out.csv", tmp_path).err == f"{unknown}\n"
    assert command("batch in.parquet -o out.csv --lang en", tmp_path).err.endswith(
        "  hint: pass on columns that are no facts with --keep\n"
    )
    with pytest.raises(CaseError) as caught:
        POLICY.decide_frame(pl.DataFrame({"工号": [7]}))
    assert caught.value.text("zh") == (
        "“工号”列: unknown-fact: 没有“工号”这一事实\n  提示：不是事实的列写在 keep=[…] 中，即予照抄"
    )


@pytest.mark.parametrize("job", [b"{}", b"", b"{", b"\xff", b"[" * 100_000])
def test_parts_of_another_command_are_not_mixed_in(job: bytes, tmp_path: Path, command: Command) -> None:
    write_lines(tmp_path / "in.jsonl", CASES[:3])
    (tmp_path / "out.csv.parts").mkdir()
    (tmp_path / "out.csv.parts" / "job.json").write_bytes(job)
    assert command("batch in.jsonl -o out.csv -d tolerance --lang en", tmp_path) == (
        2, "", "out.csv.parts: other-job: these are parts of another input, policy or command\n"
        "  hint: remove the folder to start anew\n",
    )  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"case: {}\n", b"PAR1"])
def test_a_file_that_is_no_table_is_told(content: bytes, tmp_path: Path, command: Command) -> None:
    (tmp_path / "in.parquet").write_bytes(content)
    outcome = command("batch in.parquet -o out.csv -d tolerance", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("in.parquet: cannot-read: ")


def test_killed_half_way_and_started_again_it_gives_the_same_output(tmp_path: Path) -> None:
    cases = [{"person": str(number), **case} for number, case in enumerate(CASES * 40)]
    write_lines(tmp_path / "in.jsonl", [*cases[:700], {"person": "?", "employment": "x"}, *cases[700:]])
    words = [sys.executable, "-c", "from rudong_rules.cli import main; main()", "batch", "in.jsonl"]
    words += ["--part-rows", "40", "-d", "training_priority", "-d", "tolerance", "--show", "cites"]
    words += ["--keep", "person", "-o"]

    environment = {**os.environ, "PYTHONPATH": str(Path(rudong_rules.__file__).parents[1])}

    def start(output: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*words, output], cwd=tmp_path, stdout=subprocess.PIPE, env=environment)

    whole = start("whole.csv")
    summary, _ = whole.communicate(timeout=60)
    assert whole.returncode == 1

    killed = start("halved.csv")
    parts = tmp_path / "halved.csv.parts"
    while len(list(parts.glob("0*.json"))) < 12 and killed.poll() is None:
        time.sleep(0.005)
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=60)
    done = [part for part in parts.glob("0*.json") if "rejects" not in part.name]
    assert killed.returncode == -signal.SIGKILL
    assert 0 < len(done) < len(cases) // 40
    assert not (tmp_path / "halved.csv").exists()
    kept = {part: part.stat().st_mtime_ns for part in done}

    again = start("halved.csv")
    while again.poll() is None:
        for part, written in kept.items():
            assert not part.exists() or part.stat().st_mtime_ns == written
        time.sleep(0.02)
    said, _ = again.communicate(timeout=60)
    assert said == summary.replace(b"whole.csv", b"halved.csv")
    for ending in ("csv", "csv.rejects.jsonl"):
        assert (tmp_path / f"halved.{ending}").read_bytes() == (tmp_path / f"whole.{ending}").read_bytes()


def test_a_part_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    from rudong_rules.frame import batch

    write_lines(tmp_path / "in.jsonl", CASES[:10])

    def job(name: str) -> batch.Job:
        readings = dict(POLICY.readings())
        return batch.Job(POLICY, tmp_path / "in.jsonl", tmp_path / name, ("tolerance",), (), readings, rows=4)

    batch.run(job("whole.csv"))

    class CutError(Exception):
        pass

    def stop(rows: int, seen: list[int] = []) -> None:  # noqa: B006  (counts over the calls)
        seen.append(rows)
        if sum(seen) == 8:
            raise CutError

    with pytest.raises(CutError):
        batch.run(job("again.csv"), stop)
    second = tmp_path / "again.csv.parts" / "00000001.csv"
    second.write_bytes(second.read_bytes()[:-3])
    assert batch.run(job("again.csv")).rows == 10
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.parametrize(
    ("head", "keep", "code"),
    [
        ("row,employment", "--keep row", "--keep: column-twice: 结果中会有两个“row”列"),
        ("id,employment", "--keep id --keep id", "--keep: column-twice: 结果中会有两个“id”列"),
        ("tolerance_outcome,employment", "--keep tolerance_outcome", "两个“tolerance_outcome”列"),
        ("id,employment", "--keep id --keep employment", "keep: no-facts: 没有一列是案件的事实"),
        ("id,employmen", "--keep id", "unknown-fact"),
    ],
)
def test_columns_that_cannot_be_are_refused_and_leave_nothing_behind(
    head: str, keep: str, code: str, tmp_path: Path, command: Command
) -> None:
    (tmp_path / "in.csv").write_text(f"{head}\n1,established\n", encoding="utf-8")
    refused = command(f"batch in.csv -o out.csv -d tolerance {keep}", tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert code in refused.err
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_table_in_another_encoding_is_told_as_such(tmp_path: Path, command: Command) -> None:
    (tmp_path / "in.csv").write_bytes("编号,用工性质\n1,在编干警\n".encode("gbk"))
    refused = command("batch in.csv -o out.csv -d tolerance --keep 编号", tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert (
        refused.err
        == "in.csv: not-utf8: 字节 0xb1 不是 UTF-8\n  提示：请以 UTF-8 编码保存：Excel 中另存为“CSV UTF-8”\n"
    )


def test_spaces_around_the_names_of_columns_say_nothing(tmp_path: Path, command: Command) -> None:
    (tmp_path / "in.csv").write_text(" 编号 ,用工性质　\n1,在编干警\n", encoding="utf-8")
    command.done("batch in.csv -o out.jsonl -d tolerance --keep 编号", tmp_path)
    assert lines(tmp_path / "out.jsonl") == [{"row": 1, "编号": "1", "tolerance_outcome": "undetermined"}]
    (tmp_path / "in.csv").write_text("用工性质,用工性质 \n1,在编干警\n", encoding="utf-8")
    assert "in.csv:1:1: column-twice: 有两个“用工性质”列" in command("batch in.csv -o o.csv", tmp_path).err
    (tmp_path / "in.csv").write_text("用工性质,　\n1,在编干警\n", encoding="utf-8")
    assert "in.csv:1:1: no-name: 第 2 列没有列名" in command("batch in.csv -o o.csv", tmp_path).err


def test_lines_that_are_no_json_are_told_in_chinese(tmp_path: Path, command: Command) -> None:
    wrong = [
        '{"用工性质":"在编干警","用工性质":"其他人员"}',
        '{"用工性质":"在编干警"',
        "",
        '{"日期": NaN}',
        "[" * 100_000,
    ]
    (tmp_path / "in.jsonl").write_text("\n".join([*wrong, '{"用工性质":"在编干警"}']), encoding="utf-8")
    assert command("batch in.jsonl -o out.jsonl -d tolerance", tmp_path).code == 1
    said = [one["problem"].removeprefix("案件: not-json: ") for one in lines(tmp_path / "out.jsonl.rejects.jsonl")]
    told = ["同一名称写了两次", "第 16 个字符处不合 JSON 的写法", "空行，请删去", "NaN 不是 JSON 的值", "嵌套层数过多"]
    assert said == [f"此行不是 JSON（{one}）" for one in told]


def test_ragged_rows_are_rejected_by_their_line_and_all_others_decided(tmp_path: Path, command: Command) -> None:
    table = '编号,用工性质,日期\n1,在编干警,2026-01-01\n2,在编干警\n\n"3\n",在编干警,\n4,在编干警,2026,01\n'
    table += "5,其他人员,\n"
    (tmp_path / "in.csv").write_text("\ufeff" + table.replace("\n", "\r\n"), encoding="utf-8", newline="")
    for rows in (1, 2, 100):
        assert command(f"batch in.csv -o {rows}.jsonl -d tolerance --keep 编号 --part-rows {rows}", tmp_path).code == 1
        out = lines(tmp_path / f"{rows}.jsonl")
        assert [(row["编号"].strip(), row["tolerance_outcome"]) for row in out] == [
            ("1", "undetermined"), ("2", "invalid"), ("3", "undetermined"), ("4", "invalid"), ("5", "undetermined"),
        ]  # fmt: skip
        rejects = lines(tmp_path / f"{rows}.jsonl.rejects.jsonl")
        assert [(row["row"], row["problem"].partition("\n")[0]) for row in rejects] == [
            (2, "in.csv:3:1: ragged-row: 此行有 2 格，表头有 3 列"),
            (4, "in.csv:7:1: ragged-row: 此行有 4 格，表头有 3 列"),
        ]


def test_what_spreadsheets_write_around_a_table_says_nothing(tmp_path: Path, command: Command) -> None:
    plain = "编号,用工性质\n1,在编干警\n2,其他人员\n"
    around = ",,,\n编号,用工性质,,\n1,在编干警,, \n,,,\n , ,,\n2,其他人员,,\n,,,\n"
    for name, table in (("plain", plain), ("around", around)):
        (tmp_path / f"{name}.csv").write_text(table, encoding="utf-8")
        command.done(f"batch {name}.csv -o {name}.out.csv -d tolerance --keep 编号 --part-rows 1", tmp_path)
    assert (tmp_path / "around.out.csv").read_bytes() == (tmp_path / "plain.out.csv").read_bytes()
    (tmp_path / "beyond.csv").write_text(around.replace("其他人员,,", "其他人员,,说明"), encoding="utf-8")
    refused = command("batch beyond.csv -o beyond.out.csv -d tolerance --keep 编号", tmp_path)
    assert (refused.code, len(lines(tmp_path / "beyond.out.csv.rejects.jsonl"))) == (1, 1)
    assert "beyond.csv:6:1: ragged-row" in (tmp_path / "beyond.out.csv.rejects.jsonl").read_text(encoding="utf-8")


def test_a_table_in_another_encoding_further_down_is_told_as_such(tmp_path: Path, command: Command) -> None:
    rows = "编号,用工性质\n" + "1,在编干警\n" * 9_000
    (tmp_path / "in.csv").write_bytes(rows.encode() + "2,在编干警\n".encode("gbk"))
    refused = command("batch in.csv -o out.csv -d tolerance --keep 编号", tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert (
        refused.err
        == "in.csv: not-utf8: 字节 0xd4 不是 UTF-8\n  提示：请以 UTF-8 编码保存：Excel 中另存为“CSV UTF-8”\n"
    )


LABELS = "-d tolerance -d six_looks --show modality --show cites --show missing --keep 姓名 --labels"


def labelled_table(folder: Path) -> None:
    established, untrue, unfaulty = (
        POLICY.glossary.facts[name].label for name in ("employment", "report_untrue", "fault_exists")
    )
    table = f"姓名,{established},{untrue},{unfaulty}\n甲,在编干警,是,否\n乙,在编干警,,\n丙,编外,,\n"
    (folder / "in.csv").write_text(table, encoding="utf-8")


def test_a_table_for_people_has_labels_and_citations(tmp_path: Path, command: Command) -> None:
    labelled_table(tmp_path)
    assert command(f"batch in.csv -o out.csv {LABELS}", tmp_path).code == 1
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    got = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    tolerance, looks = (POLICY.rules.decisions[name] for name in ("tolerance", "six_looks"))
    columns = [
        f"{one.label}：{what}" for one in (tolerance, looks) for what in ("结论", "效力", "条文", "待查明的事实")
    ]
    assert got.columns == ["行号", "姓名", *columns]
    assert got[columns[0]].to_list() == [tolerance.ladder["name_cleared"].label, "尚不能得出结论", "无效"]
    assert got[columns[4]].to_list() == ["只作分析，不作结论", "只作分析，不作结论", "无效"]
    assert got[columns[1]].to_list() == ["应当", "", ""]
    verdict = POLICY.decide({"employment": "established", "report_untrue": True, "fault_exists": False}, "tolerance")
    assert got[columns[2]][0].split("；") == [POLICY.glossary.citation(ref).short for ref in verdict.cited]
    missing = POLICY.decide({"employment": "established"}, "tolerance").missing
    assert got[columns[3]][1].split("；") == [POLICY.glossary.facts[fact.name].label for fact in missing]


def test_a_table_in_words_is_in_the_language_asked_for_and_of_every_format(tmp_path: Path, command: Command) -> None:
    labelled_table(tmp_path)
    assert command(f"batch in.csv -o out.jsonl {LABELS} --lang en --part-rows 2", tmp_path).code == 1
    tolerance = POLICY.rules.decisions["tolerance"]
    first = lines(tmp_path / "out.jsonl")[0]
    assert first["Row"] == 1
    assert first[f"{tolerance.en}: outcome"] == tolerance.ladder["name_cleared"].en
    assert first[f"{tolerance.en}: modality"] == "shall"


def test_a_heading_of_the_table_in_words_is_not_taken_twice(tmp_path: Path, command: Command) -> None:
    (tmp_path / "in.csv").write_text("行号,用工性质\n1,在编干警\n", encoding="utf-8")
    outcome = command("batch in.csv -o out.csv -d tolerance --keep 行号 --labels", tmp_path)
    assert outcome.code == 2
    assert "两个“行号”列" in outcome.err
    for name in ("row", "problem"):
        (tmp_path / "in.csv").write_text(f"{name},用工性质\n1,在编干警\n", encoding="utf-8")
        outcome = command(f"batch in.csv -o out.csv -d tolerance --keep {name} --labels", tmp_path)
        assert (outcome.code, f"两个“{name}”列" in outcome.err) == (2, True)


def test_a_column_that_is_passed_on_keeps_its_name(tmp_path: Path, command: Command) -> None:
    (tmp_path / "in.csv").write_text("tolerance_cites,用工性质\n三,在编干警\n", encoding="utf-8")
    command.done("batch in.csv -o out.csv -d tolerance --keep tolerance_cites --labels", tmp_path)
    got = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    assert got.columns == ["行号", "tolerance_cites", "容错认定：结论"]
    assert got["tolerance_cites"].to_list() == ["三"]


def test_every_heading_in_words_is_one_of_a_kind() -> None:
    for lang in ("zh", "en"):
        words = DecidedWords(POLICY, tuple(POLICY.rules.decisions), lang)
        names = [f"{one}_{column}" for one in POLICY.rules.decisions for column in ("outcome", "cites")]
        assert len({words.heading(name) for name in names}) == len(names)


def test_columns_to_add_go_by_their_chinese_names_too(tmp_path: Path, command: Command) -> None:
    (tmp_path / "in.csv").write_text("姓名,用工性质\n甲,在编干警\n", encoding="utf-8")
    asked = "batch in.csv -o {}.csv -d tolerance --keep 姓名"
    command.done(asked.format("zh") + " --show 待查明的事实 --show 条文", tmp_path)
    command.done(asked.format("en") + " --show missing --show cites", tmp_path)
    assert (tmp_path / "zh.csv").read_bytes() == (tmp_path / "en.csv").read_bytes()
    refused = command(asked.format("no") + " --show 条", tmp_path)
    assert refused.code == 2
    assert "没有“条”可以加列" in refused.err
    assert "效力（modality）、条文（cites）、待查明的事实（missing）、警示（cautions）" in refused.err
