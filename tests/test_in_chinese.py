"""What those who write policies and scenarios meet is said in Chinese too, unless English is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commands import Command
from extras import needs_rfc8785
from good import copy_of_good

SENTENCE = re.compile(r"[A-Za-z]+( [a-z]+){3,}")
"""Four words of English in a row."""


@pytest.mark.parametrize(
    ("code", "file", "old", "new", "told"),
    [
        ("unknown-clause", "rules.yaml", "clause: 二（一）", "clause: 九（九）", "leave 没有条款“九（九）”"),
        ("unknown-clause", "rules.yaml", "clause: 二（一）", "clause: other:九", "没有“other”这一规范"),
        ("unknown-reading", "rules.yaml", "third_leave:\n", "thrid:\n", "没有“thrid”这一解释"),
        ("unknown-atom", "rules.yaml", "when: ill", "when: il", "“il”既不是认定事项，也不是结论"),
        ("unknown-atom", "rules.yaml", "when: ill", "when: days_asked", "写成 {measure: days_asked, more_than: …}"),
        ("unknown-atom", "decisions.yaml", "profile: [ground, ", "profile: [grond, ", "没有“grond”"),
        ("unknown-atom", "rules.yaml", "when: ill", "when: yes", "提示：写成 true"),
        ("unknown-atom", "decisions.yaml", "[covered, ground]", "[covered， ground]", "各项之间用半角逗号"),
        ("bad-condition", "decisions.yaml", "{all: [covered", "{both: [covered", "“both”不能作条件的开头"),
        ("bad-condition", "decisions.yaml", "{all: [covered, ground]}", "{all: covered}", "列表，不是“covered”"),
        ("unknown-key", "rules.yaml", "is: [established", "are: [established", "此处不能写“are”"),
        ("unknown-key", "rules.yaml", "is: [established", "is：新: [established", "冒号须为半角“:”"),
        ("unknown-fact", "rules.yaml", "fact: employment", "fact: emplyment", "“emplyment”不是选项类的事实"),
        ("unknown-outcome", "decisions.yaml", "outcome: grant", "outcome: grnt", "“grnt”不是有结论的事项"),
        ("unknown-option", "decisions.yaml", "is: may_grant", "is: grant", "“grant”不是“grant”的选项"),
        ("unknown-option", "decisions.yaml", "is: may_grant", "is: 可以批准", "提示：写成 may_grant"),
        ("unknown-option", "decisions.yaml", ", is: may_grant", "", "没有用 is: 写明“grant”的哪一选项"),
        ("unknown-option", "decisions.yaml", "modality: may\n", "modality: must\n", "写 shall、may、must_not、none"),
        ("unknown-option", "readings.yaml", "default: counts", "default: count", "没有“count”这一选项"),
        ("missing-option", "rules.yaml", "counts: {", "count: {", "没有写选项“counts”之下如何"),
        ("bad-measure", "rules.yaml", "hours_share, less_than: 1/2", "hours_share", "数值须比较一次，此处有 0 个"),
        ("unknown-option", "rules.yaml", "when: ill", "when: {duty: notify, is: don}", "写 due、done、breached、owed"),
        ("unknown-key", "rules.yaml", "at_least: 1, of:", "at_least: 1, off:", "提示：可以写 at_least、of"),
        ("unused-duty", "decisions.yaml", "duties: [notify]", "duties: []", "职责“notify”没有用到"),
        ("not-in-text", "vocabulary.yaml", "quote: 因病需要", "quote: 因病须要", "中没有“因病须要治疗”"),
        ("text-changed", "regulation.txt", "清河", "清江", "这不是条文的 SHA-256，条文的是 "),
        (
            "unaccounted", "not_encoded.yaml", "五: {kind: exhortation, reason: 号召，不设条件}", "{}",
            "既未引用，也未列为不编码",
        ),
    ],
)  # fmt: skip
def test_a_broken_policy_is_told_of(
    code: str, file: str, old: str, new: str, told: str, command: Command, tmp_path: Path
) -> None:
    copy_of_good(tmp_path / "policies")
    path = tmp_path / "policies" / "leave" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = command("clauses --policies policies", tmp_path).err
    assert f"{code}: " in said
    assert told in said
    assert SENTENCE.search(said) is None


SCENARIOS = """
scenarios:
- point: 与应得的各样都不相符
  decision: grant
  case: {ill: true, employment: temporary}
  expect:
    outcome: refused
    cites: [三]
    cites_not: [二]
    facts: {ground: false}
    missing_first: ill
    missing: [ill]
    missing_not: [days_asked]
    clauses: {sick: [三], notify: [四]}
- point: 案件写错而不能受理
  decision: grant
  case: {il: true}
  expect: {outcome: refused}
"""


def test_what_a_scenario_did_not_get_is_told(command: Command, tmp_path: Path) -> None:
    copy_of_good(tmp_path / "good")
    (tmp_path / "s.yaml").write_text(SCENARIOS, encoding="utf-8")
    said = command("test s.yaml --policies good", tmp_path)
    assert said.code == 1
    assert "outcome：应为 refused，得到 undetermined" in said.out
    for told in ("未引用三", "ground：应为 false，得到 true", "未问 ill", "问了 days_asked", "没有显示 notify"):
        assert told in said.out, told
    assert "没有“il”这一事实" in said.out
    assert SENTENCE.search(said.out) is None
    english = command("test s.yaml --policies good --lang en", tmp_path).out
    assert "outcome: expected refused, got undetermined" in english


@needs_rfc8785
def test_a_record_whose_decision_is_no_more_is_told(command: Command, tmp_path: Path) -> None:
    copy_of_good(tmp_path / "good")
    (tmp_path / "case.yaml").write_text("as_of: 2025-06-30\nill: true\n", encoding="utf-8")
    command.done("record case.yaml -d grant --policies good -o r.jsonl", tmp_path)
    said = command("replay r.jsonl", tmp_path)
    assert SENTENCE.search(said.out) is None
    assert "→ " in said.out
    assert "there is no" in command("replay r.jsonl --lang en", tmp_path).out


@needs_rfc8785
def test_a_verdict_that_is_another_now_is_told_by_labels(command: Command, tmp_path: Path) -> None:
    copy_of_good(tmp_path / "good")
    case = (
        "as_of: 2025-06-30\nemployment: established\nill: true\nfamily_change: false\ndays_asked: 3\nhours_share: 1\n"
    )
    case += "first_day: 2025-07-01\nleaves: {complete: true, entries: []}\n"
    (tmp_path / "case.yaml").write_text(case, encoding="utf-8")
    command.done("record case.yaml -d grant --policies good -o r.jsonl", tmp_path)
    rules = tmp_path / "good" / "leave" / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("when: ill", "when: {all: [ill, family_change]}"), encoding="utf-8")
    said = command("replay r.jsonl --policies good", tmp_path)
    assert said.code == 1
    assert "请假　结论：可以批准 → 没有事由" in said.out
    assert "请假　职责：通知本人（" in said.out
    assert "grant" not in said.out
    english = command("replay r.jsonl --policies good --lang en", tmp_path).out
    assert "grant　outcome: may_grant → no_ground" in english
    rules.write_text(text.replace("when: ill", "when: {all: [ill, unknown]}"), encoding="utf-8")
    said = command("replay r.jsonl --policies good", tmp_path)
    assert "请假　状态：已有结论 → 尚不能得出结论" in said.out
    assert "请假　引用条文：请假 二、请假 三、" in said.out
