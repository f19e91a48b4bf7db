"""The interview on the command line: what is typed, what is refused, taken back and saved."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from commands import Command
from good import GOOD, copy_of_good
from rudong_rules import Interview
from rudong_rules.source import read_document

POLICY = rudong_rules.load()


def test_ask_saves_a_case_that_decide_reads(command: Command, tmp_path: Path) -> None:
    printed = command.done("ask case.yaml -d tolerance", tmp_path, b"1\n\n<\n9\n!\n.\n")
    assert "“9”不是可选的值" in printed
    saved = read_document(tmp_path / "case.yaml").data
    assert len(saved) >= 1
    assert all(POLICY.reader.names[label] != label for label in saved)
    command.done("decide case.yaml -d tolerance", tmp_path)
    again = command.done("ask case.yaml -d tolerance", tmp_path)
    assert all(f"〔{POLICY.reader.names[fact]}〕\n" not in again for fact in saved)
    assert json.loads(command.done("decide case.yaml -d tolerance -f json", tmp_path))["decision"] == "tolerance"


def test_ask_takes_a_list_entry_by_entry(command: Command, tmp_path: Path) -> None:
    facts = [question.fact for question in Interview(POLICY, "training_priority")]
    answers = [*["不清楚"] * facts.index("assessments"), "1", "2024", "1", "不知道", "1", "."]
    for lang in ("zh", "en"):
        command.done(f"ask {lang}.yaml -d training_priority --lang {lang}", tmp_path, "\n".join(answers).encode())
    grade, named = next(iter(POLICY.rules.vocabulary.records["assessments"].fields["grade"].options.items()))
    english = read_document(tmp_path / "en.yaml").data["assessments"]
    assert english == {"complete": True, "entries": [{"year": 2024, "grade": grade}]}
    chinese = read_document(tmp_path / "zh.yaml").data["年度考核"]
    assert chinese == {"是否完整": True, "各项": [{"考核年度": 2024, "考核等次": named.label}]}
    assert read(tmp_path / "zh.yaml") == read(tmp_path / "en.yaml")


def read(path: Path) -> Any:
    return POLICY.reader.read(read_document(path).data)


LEAVE = f"ask case.yaml -d 请假 --policies {GOOD}"


def asked(command: Command, folder: Path, *answers: str, words: str = LEAVE) -> tuple[str, Any]:
    """What is printed when the answers are typed, and what is saved of the list."""
    printed = command.done(words, folder, "\n".join(answers).encode())
    return printed, read_document(folder / "case.yaml").data.get("请假记录")


@pytest.mark.parametrize("count", ["1", "１", "一", "1项", " 一 项"])
def test_how_many_entries_there_are_is_said_as_people_say_it(count: str, command: Command, tmp_path: Path) -> None:
    _, saved = asked(command, tmp_path, "", count, "病假", "2025-02-03", "2", "", "是", "1", ".")
    assert saved == {
        "是否完整": True, "各项": [{"事由": "病假", "起始日": "2025-02-03", "天数": 2, "已批准": True}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("病假", "写有几项，如 1；或写成 [{栏目: 值}, …]"),
        ("-1", "写有几项，如 1；或写成 [{栏目: 值}, …]"),
        ("［｛事由：病假｝］", "括号、冒号、逗号都须是半角的：[ ] { } : ,"),
    ],
)
def test_what_is_no_number_of_entries_is_told_what_to_write(
    said: str, hint: str, command: Command, tmp_path: Path
) -> None:
    printed, saved = asked(command, tmp_path, "", said, "0", "1", ".")
    assert f"“{said}”不是项数，也不是列表\n    {hint}\n" in printed
    assert saved == {"是否完整": True, "各项": []}


def test_a_cell_that_is_refused_is_asked_again_and_nothing_else_is_lost(command: Command, tmp_path: Path) -> None:
    printed, saved = asked(
        command, tmp_path, "", "2", "病假", "2025-02-30", "2025-02-03", "0", "2", "", "也许", "是",
        "2", "2025-04-01", "3", "不详", "否", "1", ".",
    )  # fmt: skip
    assert "请假记录（leaves） 第 1 项 起始日（start）：“2025-02-30”不是有效的日期" in printed
    assert "2025 年 2 月有 28 天" in printed
    assert "“0” 小于 1" in printed
    assert "“也许”不是 true 或 false\n    答 是 或 否；未查明直接回车" in printed
    assert saved == {"是否完整": True, "各项": [
        {"事由": "病假", "起始日": "2025-02-03", "天数": 2, "已批准": True},
        {"事由": "事假", "起始日": "2025-04-01", "天数": 3, "已批准": False},
    ]}  # fmt: skip


def test_answers_about_a_list_can_be_taken_back_one_by_one(command: Command, tmp_path: Path) -> None:
    _, saved = asked(
        command, tmp_path, "", "2", "1", "2025-02-03", "2", "", "1", "1", "2025-04-01",
        "<", "<", "<", "2", "2", "2025-04-02", "3", "", "1", "<", "2", "无所谓", "不清楚", ".",
    )  # fmt: skip
    assert saved == {"是否完整": False, "各项": [
        {"事由": "病假", "起始日": "2025-02-03", "天数": 2, "已批准": False},
        {"事由": "事假", "起始日": "2025-04-02", "天数": 3, "已批准": False},
    ]}  # fmt: skip


def test_a_list_is_saved_and_ended_in_the_middle(command: Command, tmp_path: Path) -> None:
    printed, saved = asked(command, tmp_path, "", "2", "1", "2025-02-03", "!", ".")
    assert saved == {"是否完整": False, "各项": [{"事由": "病假", "起始日": "2025-02-03"}]}
    assert "第 2 项" not in printed
    _, again = asked(command, tmp_path, "<", "不详", ".", words=LEAVE.replace("case", "other"))[0], None
    assert again is None


def test_a_list_may_be_taken_back_whole_written_out_or_be_empty(command: Command, tmp_path: Path) -> None:
    _, saved = asked(
        command, tmp_path, "", "1", "<", "[{事由: 病假, 天数: 9999x}]", "[{事由: 病假, 天数: 3}]", "是", "."
    )
    assert saved == {"是否完整": True, "各项": [{"事由": "病假", "天数": 3}]}
    (tmp_path / "case.yaml").unlink()
    _, saved = asked(command, tmp_path, "", "三次", "{complete: true, entries: [{kind: sick}]}", ".")
    assert saved == {"是否完整": True, "各项": [{"事由": "病假"}]}
    (tmp_path / "case.yaml").unlink()
    _, saved = asked(command, tmp_path, "", "没有", "是", ".")
    assert saved == {"是否完整": True, "各项": []}


def test_more_entries_than_a_list_can_have_are_refused_and_asked_again(command: Command, tmp_path: Path) -> None:
    printed, saved = asked(command, tmp_path, "", "2025", "１", "１", "2025-02-03", ".")
    assert "超过 1,000 项" in printed
    assert "写有几项，如 3；不是年份" in printed
    assert saved == {"是否完整": False, "各项": [{"事由": "病假", "起始日": "2025-02-03"}]}


def test_a_column_without_which_an_entry_is_none_must_be_answered(command: Command, tmp_path: Path) -> None:
    printed, saved = asked(command, tmp_path, "", "1", "不知道", "1", ".")
    assert "此栏须填" in printed
    assert saved == {"是否完整": False, "各项": [{"事由": "病假"}]}


@pytest.mark.parametrize("said", ["", "不清楚", "不知道", "未查明", "？", "unknown", "Not known"])
def test_not_known_may_be_said_in_words(said: str, command: Command, tmp_path: Path) -> None:
    command.done("ask case.yaml -d tolerance", tmp_path, f"{said}\n.\n".encode())
    assert list(read_document(tmp_path / "case.yaml").data.values()) == [None]


def test_no_english_is_asked_of_those_who_read_chinese(command: Command, tmp_path: Path) -> None:
    printed = command.done("ask -d 提拔限制", tmp_path, "1\n1\nx\n不清楚\n2025-13-01\n!\n.\n".encode())
    questions = printed.partition("\n提拔限制\n")[0]
    assert re.search(r"[A-Za-z]+( [a-z]+){2,}", questions) is None


# --- lists that are given, and files that cannot be written ----------------------------------------------------------

GIVEN: dict[str, Any] = {
    "as_of": "2026-03-16",
    "assessment_year": 2025,
    "assessments": {
        "complete": True,
        "entries": [
            {"year": 2025, "grade": "excellent", "determined_on": "2026-01-05"},
            {"year": 2024, "determined_on": None},
            {"year": 2023, "grade": "excellent", "determined_on": None},
        ],
    },
}


def test_what_a_given_list_lacks_is_asked_for_and_nothing_else_of_it(command: Command, tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text(json.dumps(GIVEN), encoding="utf-8")
    printed = command.done("ask case.json -d honours", tmp_path, "称职\n.\n".encode())
    assert printed.count("〔grade〕") == 1
    assert "第 2 项，共 3 项：考核年度 2024\n  考核等次〔grade〕" in printed
    assert "有几项" not in printed.partition("〔grade〕")[0]
    assert "是否为全部" not in printed.partition("〔assessments〕")[2].partition("〔grade〕")[0]
    saved = json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))["assessments"]
    assert [entry["grade"] for entry in saved["entries"]] == ["excellent", "competent", "excellent"]
    assert saved["complete"] is True
    assert "〔assessments〕\n" not in command.done("ask case.json -d honours", tmp_path, b".\n")


def test_a_given_list_that_does_not_say_whether_it_is_complete_is_asked_for_that(
    command: Command, tmp_path: Path
) -> None:
    for stated, asked in (({}, True), ({"complete": False}, False)):
        honours: dict[str, Any] = {**stated, "entries": []}
        interview = Interview(POLICY, "honours", {**GIVEN, "honours": honours})
        found = {question.fact: question.listed for question in interview}
        assert ("honours" in found) is asked
        assert interview.case["honours"] == honours  # Not answered, it stays as it is.
    case = {"as_of": "2026-03-16", "honours": {"entries": []}}
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    nothing = "\n" * 40
    printed = command.done("ask case.json -d honours", tmp_path, nothing.encode())
    assert "〔honours〕\n以上是否为全部？" in printed


def test_a_given_list_can_be_gone_back_from_and_left(command: Command, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        "日期: 2026-03-16\n所依据的考核年度: 2025\n年度考核: [{考核年度: 2025}, {考核年度: 2024}]\n", encoding="utf-8"
    )
    answers = "优秀\n2026/1/5\n<\n<\n不称职\n\n优秀\n\n是\n.\n"
    command.done("ask case.yaml -d honours", tmp_path, answers.encode())
    saved = read_document(tmp_path / "case.yaml").data["年度考核"]
    assert saved["各项"][0]["考核等次"] == "不称职"
    left = command.done("ask case.yaml -d honours", tmp_path, "优秀\n".encode())
    assert "Traceback" not in left


@pytest.mark.parametrize("name", ["nowhere/case.yaml", "folder/case.json"])
def test_a_file_that_cannot_be_written_is_refused_before_the_first_question(
    name: str, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "folder").write_text("", encoding="utf-8")
    outcome = command(f"ask {name} -d tolerance", tmp_path, b"1\n")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"{name}: cannot-write: " in outcome.err
    assert not (tmp_path / "case.yaml").exists()


def test_asking_makes_no_file_before_there_is_something_to_save(command: Command, tmp_path: Path) -> None:
    assert command("ask case.yaml -d nothing", tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_saved_in_the_end_is_written_out(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str, **_: str) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    outcome = command("ask case.yaml -d tolerance", tmp_path, b"1\n.\n")
    assert outcome.code == 2
    assert "case.yaml: cannot-write: 磁盘已满" in outcome.err
    written = json.loads(outcome.out[outcome.out.index("{\n") : outcome.out.rindex("}\n") + 1])
    assert len(written) == 1
    assert POLICY.reader.read(written)


def test_an_interview_that_is_interrupted_is_saved(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter(["1"])

    def typed(prompt: str) -> str:
        for one in said:
            return one
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", typed)
    assert command("ask case.yaml -d tolerance", tmp_path).code == 130
    assert len(read_document(tmp_path / "case.yaml").data) == 1


def test_an_option_that_is_called_like_what_is_not_known_is_meant(command: Command, tmp_path: Path) -> None:
    """As in a cell of a batch."""
    other = ("leave/vocabulary.yaml", "label: 临时聘用人员, en: temporary staff", "label: 不详, en: unknown")
    copy_of_good(tmp_path / "policies", [other])
    (tmp_path / "case.json").write_text(json.dumps({"ill": True, "days_asked": 3, "leaves": None}), encoding="utf-8")
    command.done("ask case.json -d grant --policies policies", tmp_path, "不详\n.\n".encode())
    assert json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))["employment"] == "temporary"


@pytest.mark.parametrize(("lang", "told"), [("zh", "不下结论"), ("en", "comes to no outcome")])
def test_a_decision_without_an_outcome_says_why_it_asks_nothing(
    lang: str, told: str, command: Command, tmp_path: Path
) -> None:
    printed = command.done(f"ask -d six_looks --lang {lang}", tmp_path)
    assert told in printed.splitlines()[0]
    assert told not in command.done(f"ask -d honours --lang {lang}", tmp_path, b".\n")
