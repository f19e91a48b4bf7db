"""How many rows of a file an edit moves: the count, the first rows and the rejects are those of deciding row by row."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from commands import Command
from good import GOOD, THIRD_LEAVE, copy_of_good
from populations import POLICY, frame_of, library, row_by_row
from rudong_rules import Policy
from rudong_rules.differences import readable
from rudong_rules.policy import shipped_policies
from rudong_rules.population import Moves, moves
from test_batch import write_csv, write_lines

LEAVE = rudong_rules.load(GOOD)
NAMES = POLICY.reader.names
CASES: list[dict[str, Any]] = [{NAMES[name]: said for name, said in one.case.items()} for one in library()[::3]]
DECISIONS = ("tolerance", "adjustment", "honours")
THIRD = ("leave/rules.yaml", "counts: {measure: leaves_in_a_year, at_least: 2}",
         "counts: {measure: leaves_in_a_year, at_least: 3}")  # fmt: skip
EDITS = [
    ("tolerance/rules/3.1_conditions.yaml", "        - not: arbitrary\n", "        - arbitrary\n"),
    ("mobility/rules/07_assessment_grounds.yaml", "1/3", "1/2"),
    (
        "incentives/rules/4_assessments_and_honours.yaml",
        "year: {equals: assessment_year}, grade: excellent}",
        "grade: excellent}",
    ),
]


@pytest.fixture(scope="module")
def head(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    root = tmp_path_factory.mktemp("head") / "policies"
    shutil.copytree(shipped_policies(), root)
    for file, old, new in EDITS:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new), encoding="utf-8")
    return rudong_rules.load(root)


def by_row(base: Policy, head: Policy, cases: Sequence[dict[str, Any]], decisions: Sequence[str]) -> Counter[Any]:
    """How many cases have one outcome and then another, decided one by one."""
    sides = [
        row_by_row([readable(policy, case) for case in cases], decisions, policy, show=()) for policy in (base, head)
    ]
    return Counter(
        (name, was[f"{name}_outcome"], now[f"{name}_outcome"])
        for was, now in zip(*sides, strict=True)
        for name in decisions
        if was[f"{name}_outcome"] != now[f"{name}_outcome"]
    )


def counted(moved: Moves) -> Counter[Any]:
    return Counter({(one.decision, one.was, one.now): one.count for one in moved.shifts})


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_rows_move_as_deciding_each_says(kind: str, head: Policy, tmp_path: Path) -> None:
    path = tmp_path / f"cases.{kind}"
    # A row of CSV in which nothing stands is none.
    cases = [case for case in CASES if case] if kind == "csv" else CASES
    if kind == "parquet":
        frame_of(cases).write_parquet(path)
    else:
        (write_csv if kind == "csv" else write_lines)(path, cases)
    moved = moves(POLICY, head, path, DECISIONS, rows=97)
    wanted = by_row(POLICY, head, cases, DECISIONS)
    assert (moved.rows, moved.rejects) == (len(cases), [])
    assert counted(moved) == wanted
    assert len(wanted) > 3
    for shift in moved.shifts:
        assert len(shift.rows) == min(shift.count, 5)
        for row in shift.rows:
            case = [cases[row - 1]]
            assert by_row(POLICY, head, case, [shift.decision]) == {(shift.decision, shift.was, shift.now): 1}
    order = [(DECISIONS.index(one.decision), -one.count) for one in moved.shifts]
    assert order == sorted(order)


def test_rows_that_are_no_cases_are_counted_with_their_reason(tmp_path: Path) -> None:
    edited = rudong_rules.load(copy_of_good(tmp_path / "head", [THIRD]))
    wrong = {**THIRD_LEAVE, "employment": "hired"}
    rows = [THIRD_LEAVE, wrong, {"il": True}, wrong, THIRD_LEAVE]
    path = write_lines(tmp_path / "rows.jsonl", rows)
    path.write_text(path.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    moved = moves(LEAVE, edited, path, ["grant"], rows=2)
    assert counted(moved) == {("grant", "refused", "may_grant"): 2}
    assert (moved.rows, moved.rejected) == (6, 4)
    assert [(one.count, one.rows) for one in moved.rejects] == [(2, (2, 4)), (1, (3,)), (1, (6,))]
    said = [one.reason.split(": ")[1] for one in moved.rejects]
    assert sorted(said) == ["not-json", "unknown-fact", "unknown-option"]


def test_reasons_without_end_are_counted_together(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "rows.jsonl", [{f"no fact {number}": 1} for number in range(150)])
    moved = moves(LEAVE, LEAVE, path, ["grant"], rows=40)
    assert (moved.rejected, len(moved.rejects)) == (150, 101)
    assert (moved.rejects[0].reason, moved.rejects[0].count) == ("…", 50)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_fact_that_one_policy_knows_is_none_to_the_other(kind: str, tmp_path: Path) -> None:
    finding = "  ill:\n"
    new = f"  tired: {{label: 疲惫, en: tired, question: 疲惫？, clause: 二（一）, quote: 因病需要治疗}}\n{finding}"
    edits = [
        ("leave/vocabulary.yaml", finding, new),
        ("leave/rules.yaml", "when: ill\n", "when: {any: [ill, tired]}\n"),
    ]
    edited = rudong_rules.load(copy_of_good(tmp_path / "head", edits))
    plain = {"employment": "established", "days_asked": 3, "ill": False, "leaves": {"complete": True}}
    cases = [{**plain, "tired": True}, {**plain, "tired": False}, {**plain, "ill": True}]
    path = tmp_path / f"rows.{kind}"
    if kind == "parquet":
        frame_of(cases, edited).write_parquet(path)
    else:
        (write_csv if kind == "csv" else write_lines)(path, cases)
    moved = moves(LEAVE, edited, path, ["grant"])
    assert counted(moved) == by_row(LEAVE, edited, cases, ["grant"])
    assert [one.rows for one in moved.shifts] == [(1,)]
    assert moved.rejects == []


# --- the command -----------------------------------------------------------------------------------------------------


def test_a_population_says_how_many_rows_change(tmp_path: Path, command: Command) -> None:
    copy_of_good(tmp_path / "head", [THIRD])
    rows = [THIRD_LEAVE, {**THIRD_LEAVE, "days_asked": 31}, {"employment": "hired"}]
    write_lines(tmp_path / "rows.jsonl", [{"person": "x", **row} for row in rows])
    words = f"diff {GOOD} head --population rows.jsonl --keep person"
    written = json.loads(command(f"{words} -f json", tmp_path).out)["population"]
    (reject,) = written.pop("rejects")
    shift = {"decision": "grant", "was": "refused", "now": "may_grant", "count": 1, "rows": [1]}
    assert written == {"rows": 3, "rejected": 1, "shifts": [shift], "clashes": [], "contradicted": 0}
    assert (reject["count"], reject["rows"]) == (1, [3])
    shown = command(f"{words} --lang en", tmp_path).out
    assert "rows: 3, invalid: 1, contradicted: 0" in shown
    assert "may be granted　1 (rows 1)" in shown
    assert "unknown-option" in shown


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "ill,il\ntrue,\n", "column il: unknown-fact: there is no fact 'il'"),
        ("a.csv", 'ill,days_asked\n"true,3\n', "a.csv:2:1: open-quote"),
        ("a.csv", "ill\n", "a.csv: empty: there is no row"),
        ("a.jsonl", "", "a.jsonl: empty: there is no row"),
        ("a.txt", "ill\n", "a.txt: unknown-format"),
    ],
)
def test_a_population_that_is_none_is_told(
    name: str, text: str, message: str, tmp_path: Path, command: Command
) -> None:
    copy_of_good(tmp_path / "head", [THIRD])
    (tmp_path / name).write_text(text, encoding="utf-8")
    outcome = command(f"diff {GOOD} head --population {name} --lang en", tmp_path)
    assert outcome.code == 2
    assert message in outcome.err


def test_without_polars_it_says_what_to_install(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_of_good(tmp_path / "head", [THIRD])
    write_lines(tmp_path / "rows.jsonl", [THIRD_LEAVE])
    monkeypatch.setitem(__import__("sys").modules, "polars", None)
    outcome = command(f"diff {GOOD} head --population rows.jsonl --lang en", tmp_path)
    assert "install rudong-rules with its extra [frame]" in outcome.err


def test_bad_rows_and_columns_are_told_of_equal_policies_too(tmp_path: Path, command: Command) -> None:
    write_lines(tmp_path / "rows.jsonl", [THIRD_LEAVE, {"employment": "hired"}, THIRD_LEAVE])
    words = f"diff {GOOD} {GOOD} --population"
    outcome = command(f"{words} rows.jsonl -f json", tmp_path)
    written = json.loads(outcome.out)["population"]
    assert (written["rows"], written["rejected"], written["shifts"]) == (3, 1, [])
    assert [reject["rows"] for reject in written["rejects"]] == [[2]]
    assert "hired" in command(f"{words} rows.jsonl", tmp_path).out
    (tmp_path / "rows.csv").write_text("employment,wrong\nestablished,1\n", encoding="utf-8")
    refused = command(f"{words} rows.csv --lang en", tmp_path)
    assert (refused.code, "there is no fact 'wrong'" in refused.err) == (2, True)
    (tmp_path / "rows.csv").write_text("", encoding="utf-8")
    assert command(f"{words} rows.csv", tmp_path).code == 2


@pytest.mark.parametrize(
    ("head", "rows", "code"),
    [
        ("good", ["fine"], 0), ("edited", ["fine"], 1), ("good", ["fine", "no case"], 2), ("edited", ["no case"], 2),
        ("good", ["fine", "clash"], 0), ("edited", ["clash"], 1), ("good", ["clash", "no case"], 2),
    ],
)  # fmt: skip
def test_rows_that_cannot_be_decided_do_not_pass_in_silence(
    head: str, rows: list[str], code: int, tmp_path: Path, command: Command
) -> None:
    copy_of_good(tmp_path / "good")
    copy_of_good(tmp_path / "edited", [THIRD])
    kinds = {
        "fine": THIRD_LEAVE, "no case": {**THIRD_LEAVE, "employment": "hired"},
        "clash": {
            "employment": "established", "days_asked": 3, "family_change": False, "leaves": {"complete": True},
            "ill": [{"value": True}, {"value": False}],
        },
    }  # fmt: skip
    write_lines(tmp_path / "rows.jsonl", [kinds[one] for one in rows])
    words = f"diff good {head} --population rows.jsonl -o report.json -f json"
    told = command(f"{words} --lang en", tmp_path)
    assert (told.code, told.out) == (code, "")
    bad, clash = rows.count("no case"), rows.count("clash")
    lines = [f"rows that are no cases and were not compared: {bad} of {len(rows)}"] if bad else []
    lines += [
        f"rows of which nothing is concluded, as their facts contradict each other: {clash} of {len(rows)}"
    ] * clash
    assert told.err.splitlines() == [f"rows.jsonl: {line}" for line in lines]
    written = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["population"]
    assert (written["rejected"], written["contradicted"]) == (bad, clash)
    assert [(one["decision"], one["count"]) for one in written["clashes"]] == [("grant", 1)] * clash
    assert bool(bad) == ("行不是案件，未作比较" in command(words, tmp_path).err)


def test_why_a_row_is_no_case_is_told_in_the_language_asked_for(tmp_path: Path, command: Command) -> None:
    write_lines(tmp_path / "rows.jsonl", [{"employment": "hired"}])
    words = f"diff {GOOD} {GOOD} --population rows.jsonl"
    assert "不是可选的值" in command(words, tmp_path).out
    assert "is not an option" in command(f"{words} --lang en", tmp_path).out
