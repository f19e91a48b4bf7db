"""A scenario file says exactly what it expects: whatever does not come out is told, whatever cannot is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from chinese import in_chinese
from good import GOOD, THIRD_LEAVE
from on_engines import needs_durable
from rudong_rules.errors import InputError
from rudong_rules.expected import Expected
from rudong_rules.policy import Policy
from rudong_rules.scenarios import read_scenarios
from rudong_rules.trials import attempt

LEAVE = rudong_rules.load(GOOD)
CLAUSES = {"too_much": ["三"], "grant=refused": ["请假 三"], "absence": ["四"], "grant": ["二"]}
BASE = "bases:\n  third: " + json.dumps(THIRD_LEAVE, ensure_ascii=False) + "\nscenarios:\n"
ONE = "  - point: A third leave is refused.\n    decision: grant\n    base: third\n"
RIGHT: dict[str, Any] = {
    "outcome": "refused", "modality": "must_not", "possible": ["refused"], "cites": ["三", "请假 三"],
    "cites_not": ["二（一）"], "facts": {"too_much": True, "long_ago": False, "family_change": "unknown"},
    "missing": [], "missing_not": ["ill"], "duties": {"notify": "none"}, "readings": ["third_leave"],
    "periods": {"absence": ["2025-02-03", "2025-02-05", "2025-04-01", "2025-04-02"]},
    "clauses": CLAUSES,
}  # fmt: skip


def scenario(tmp_path: Path, expect: dict[str, Any], more: str = "", bases: str = BASE) -> list[str]:
    """What a file with one scenario does not get."""
    path = tmp_path / "s.yaml"
    path.write_text(f"{bases}{ONE}{more}    expect: {json.dumps(expect, ensure_ascii=False)}\n", encoding="utf-8")
    (located,) = read_scenarios(path, "s.yaml")
    found = list(attempt(located, LEAVE, "fixpoint").problems)
    assert all(map(in_chinese, found))
    return found


def refusal(tmp_path: Path, text: str, policy: Policy | None = None) -> str:
    path = tmp_path / "s.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenarios(path, "s.yaml", policy)
    for problem in caught.value.problems:
        assert in_chinese(problem.message)
        assert not problem.hint or in_chinese(problem.hint)
    return str(caught.value)


def test_what_comes_out_may_be_expected(tmp_path: Path) -> None:
    assert scenario(tmp_path, RIGHT) == []
    assert set(RIGHT) | {"missing_first"} == set(Expected.model_fields)


@pytest.mark.parametrize(
    ("expect", "line"),
    [
        ({"outcome": "may_grant"}, "outcome: expected may_grant, got refused"),
        ({"outcome": "undetermined"}, "outcome: expected undetermined, got refused"),
        ({"modality": "may"}, "modality: expected may, got must_not"),
        ({"possible": ["refused", "may_grant"]}, "possible: expected ['may_grant', 'refused'], got ['refused']"),
        ({"cites": ["二（一）"]}, "cites: 二（一） is not cited; cited are 请假 三"),
        ({"cites_not": ["三"]}, "cites_not: 三 is cited"),
        ({"clauses": {"too_much": ["二（一）"]}}, "clauses: too_much: expected 二（一）, got 请假 三"),
        ({"clauses": {"grant=refused": []}}, "clauses: grant=refused: expected none, got 请假 三"),
        ({"clauses": {"family_change": ["三"]}}, "clauses: family_change is not shown"),
        ({"facts": {"too_much": False}}, "too_much: expected false, got true"),
        ({"facts": {"family_change": True}}, "family_change: expected true, got unknown"),
        ({"missing": ["ill"]}, "missing: ill is not asked for; asked for are []"),
        ({"missing_first": "ill"}, "missing_first: expected ill, got []"),
        ({"duties": {"notify": "owed"}}, "duty notify: expected owed, got none"),
        ({"readings": []}, "readings: expected [], got ['third_leave']"),
        ({"periods": {"absence": []}}, f"period absence: expected [], got {RIGHT['periods']['absence']}"),
    ],
)  # fmt: skip
def test_what_does_not_come_out_is_told(expect: dict[str, Any], line: str, tmp_path: Path) -> None:
    assert scenario(tmp_path, expect) == [line]


@pytest.mark.parametrize(
    "expect",
    [
        {"cites": ["九"]}, {"cites_not": ["九"]}, {"clauses": {"grant": ["九"]}}, {"facts": {"九": True}},
        {"missing": ["九"]},
        {"missing_not": ["九"]},
        {"duties": {"九": "none"}}, {"periods": {"九": []}}, {"possible": ["九"]}, {"readings": ["九"]},
        {"outcome": "九"}, {"missing_first": "九"}, {"clauses": {"九": []}},
    ],
    ids=str,
)  # fmt: skip
def test_a_name_that_does_not_exist_never_passes(expect: dict[str, Any], tmp_path: Path) -> None:
    assert scenario(tmp_path, expect) == ["'九' is no name that this decision could use"]


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ("    case: {days_asked: 31}\n    readings: {third_leave: does_not}\n", "refused"),
        ("    case: {leaves: null, title: null}\n", "undetermined"),
        ("    case: {leaves: {complete: true}}\n", "may_grant"),
        ("    readings: {third_leave: does_not}\n", "may_grant"),
        ("    readings: {third_leave: null}\n", "undetermined"),
        ("    as_of: 2025-03-01\n", "may_grant"),
    ],
)  # fmt: skip
def test_a_case_is_laid_over_its_base_and_read_as_asked(more: str, outcome: str, tmp_path: Path) -> None:
    assert scenario(tmp_path, {"outcome": outcome}, more) == []


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ("    case: {il: true}\n", "case.il: unknown-fact: there is no fact 'il'\n  hint: did you mean ill?"),
        ("    readings: {third: null}\n", "reading: unknown-reading: there is no reading 'third'"),
    ],
)
def test_a_case_that_cannot_be_decided_fails_with_the_reason(more: str, line: str, tmp_path: Path) -> None:
    (told,) = scenario(tmp_path, RIGHT, more)
    assert told.startswith(line)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("scenarios: []\n", "s.yaml:1:12: too-small: an empty list is too short\n  hint: write 1 or more"),
        ("bases: {}\n", "s.yaml:1:1: missing: 'scenarios' is missing\n  hint: add scenarios:"),
        (BASE + ONE, "s.yaml:4:5: missing: 'expect' is missing\n  hint: add expect:"),
        (BASE + ONE + "    expect: {}\n",
         "s.yaml:7:13: missing: nothing is expected, so nothing is shown\n  hint: add outcome:"),
        (BASE + ONE.replace("third\n", "thrid\n") + "    expect: {outcome: refused}\n",
         "s.yaml:6:11: unknown-base: there is no base 'thrid'\n  hint: did you mean third?"),
        (BASE + ONE + "    as_of: 2025-02-30\n    expect: {outcome: refused}\n",
         "s.yaml:7:12: bad-date: '2025-02-30' is not a date that exists\n  hint: month 2 of 2025 has 28 days"),
        (BASE + ONE + "    expect: {outcom: refused}\n",
         "s.yaml:7:14: unknown-key: 'outcom' does not belong here\n  hint: did you mean outcome?"),
        (BASE + ONE + "    expect: {duties: {notify: late}}\n",
         "s.yaml:7:31: unknown-option: 'late' is not an option\n  hint: expected one of owed, done, breached, open, standing"),  # noqa: E501
        (BASE + ONE.replace("A third leave is refused.", "No.") + "    expect: {outcome: refused}\n",
         "s.yaml:4:12: too-small: 'No.' is too short\n  hint: write 8 letters, or 4 Chinese characters"),
        (BASE + ONE + "    case: [ill]\n    expect: {cites: 三}\n",
         "s.yaml:7:11: wrong-type: a list is not a mapping\n  hint: write name: value\n"
         "s.yaml:8:21: wrong-type: '三' is not a list\n  hint: write [one, another]"),
        (BASE + ONE.replace("base: third", "base: [third]") + "    expect: {outcome: refused}\n",
         "s.yaml:6:11: wrong-type: a list is not text\n"),
        ("scenarios: [\n", "s.yaml:2:1: syntax: "), ("", "s.yaml:1:1: empty: "),
    ],
)  # fmt: skip
def test_a_file_that_is_no_scenario_file_is_refused_in_its_place(text: str, message: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, text).startswith(message)


@pytest.mark.parametrize(
    ("expect", "wrong", "hint"),
    [
        ({"outcome": "refussed"}, "refussed", "did you mean refused?"),
        ({"outcome": "不得批准"}, "不得批准", "write refused"),
        ({"outcome": "profile"}, "profile", "expected one of refused, may_grant, no_ground, undetermined, contradicted"),  # noqa: E501
        ({"possible": ["refused", "grant"]}, "grant", "did you mean may_grant?"),
        ({"cites": ["第三"]}, "第三", "did you mean 三?"), ({"cites_not": ["(一)"]}, "(一)", ""),
        ({"cites": ["请假三"]}, "请假三", "write 三"),
        ({"clauses": {"too_muc": []}}, "too_muc", "did you mean too_much?"),
        ({"clauses": {"too_much": ["二(一)"]}}, "二(一)", "write 二（一）"),
        ({"facts": {"il": True}}, "il", "did you mean ill?"),
        ({"facts": {"duty:notify:du": True}}, "duty:notify:du", "did you mean duty:notify:due?"),
        ({"missing": ["days_ask"]}, "days_ask", "did you mean days_asked?"),
        ({"missing_not": ["因病需要治疗"]}, "因病需要治疗", "write ill"),
        ({"missing_first": "il"}, "il", "did you mean ill?"),
        ({"duties": {"notfy": "none"}}, "notfy", "did you mean notify?"),
        ({"readings": ["third_leav"]}, "third_leav", "did you mean third_leave?"),
        ({"periods": {"absense": []}}, "absense", "did you mean absence?"),
        ({"possible": ["undetermined"]}, "undetermined", "expected one of refused, may_grant, no_ground"),
    ],
    ids=str,
)  # fmt: skip
def test_a_name_that_the_decision_could_not_use_is_refused_in_its_place(
    expect: dict[str, Any], wrong: str, hint: str, tmp_path: Path
) -> None:
    text = f"{BASE}{ONE}    expect: {json.dumps(expect, ensure_ascii=False)}\n"
    column = text.splitlines()[-1].rindex(f'"{wrong}"') + 1
    said = f"s.yaml:7:{column}: unknown-name: '{wrong}' is no name that this decision could use"
    assert refusal(tmp_path, text, LEAVE) == said + (f"\n  hint: {hint}" if hint else "")


def test_a_clause_that_two_regulations_may_mean_is_not_guessed_and_a_profile_is_an_outcome(tmp_path: Path) -> None:
    shipped = rudong_rules.load()
    scenario = ONE.replace("grant", "six_looks").replace("    base: third\n", "")
    text = "scenarios:\n" + scenario + "    expect: {outcome: profile, cites: [第12条]}\n"
    told = refusal(tmp_path, text, shipped)
    assert told.count("unknown-name") == 1
    assert "write 第" not in told


def test_a_force_that_there_is_not_is_refused(tmp_path: Path) -> None:
    assert "unknown-option: 'shal' is not an option" in refusal(tmp_path, BASE + ONE + "    expect: {modality: shal}\n")


def test_wrong_names_of_all_kinds_and_scenarios_are_told_at_once_and_hide_no_other_problem(tmp_path: Path) -> None:
    text = "bases:\n  third: {}\n  fourth: {}\nscenarios:\n" + "".join(
        [
            ONE + "    readings: {third: counts, third_leave: count}\n"
            "    expect: {outcome: refussed, facts: {il: true, ill: perhaps}, cites: [九]}\n",
            ONE.replace("grant", "gant") + "    expect: {outcome: meritt}\n",
            ONE + "    expct: {}\n",
        ]
    )
    told = [line.split(": ")[:2] for line in refusal(tmp_path, text, LEAVE).splitlines() if line.startswith("s.yaml")]
    assert told == [
        ["s.yaml:3:3", "unused-base"],
        ["s.yaml:8:16", "unknown-reading"], ["s.yaml:8:44", "unknown-option"],
        ["s.yaml:9:23", "unknown-name"], ["s.yaml:9:41", "unknown-name"], ["s.yaml:9:56", "unknown-option"],
        ["s.yaml:9:74", "unknown-name"], ["s.yaml:11:15", "unknown-decision"],
        ["s.yaml:14:5", "missing"], ["s.yaml:17:5", "unknown-key"],
    ]  # fmt: skip


@pytest.mark.parametrize(("point", "right"), [
    ("第十一日逾期", True), ("刚好逾期", True), ("不逾期", False), ("逾期 two", True), ("ＡＢＣＤ", True),
    ("too late", True), ("refused", False),
])  # fmt: skip
def test_a_point_says_something_in_as_many_characters_as_its_language_takes(
    point: str, right: bool, tmp_path: Path
) -> None:
    text = BASE + ONE.replace("A third leave is refused.", point) + "    expect: {outcome: refused}\n"
    if right:
        (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
        assert read_scenarios(tmp_path / "s.yaml")
    else:
        assert "hint: write 8 letters, or 4 Chinese characters" in refusal(tmp_path, text)


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = BASE + (ONE + "    as_of: today\n    expect: {}\n") * 2
    assert [line.split(":")[1] for line in refusal(tmp_path, text).splitlines() if line.startswith("s.yaml")] == [
        "7", "8", "12", "13",
    ]  # fmt: skip


@needs_durable
def test_both_engines_pass_and_fail_alike(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    both = [{"outcome": "refused"}, {"outcome": "may_grant"}]
    path.write_text(BASE + "".join(f"{ONE}    expect: {json.dumps(expect)}\n" for expect in both), encoding="utf-8")
    for located in read_scenarios(path):
        assert attempt(located, LEAVE, "durable").problems == attempt(located, LEAVE, "fixpoint").problems
