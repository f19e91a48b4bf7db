"""The commands decide, list clauses and print schemas as the library does, in every form."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import rudong_rules
from commands import Command
from good import GOOD, THIRD_LEAVE
from rudong_rules import Opinion, OpinionData, VerdictData
from rudong_rules.accounting import account
from rudong_rules.source import read_document

HERE = Path(__file__).parent
EXAMPLES = sorted((HERE.parent / "examples" / "cases").glob("*.yaml"))
POLICY = rudong_rules.load()
LEAVE = rudong_rules.load(GOOD)
IN_GOOD = f"--policies {GOOD}"

each_example = pytest.mark.parametrize("case", EXAMPLES, ids=lambda path: path.stem)


@pytest.fixture(autouse=True)
def _loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load each policy once for all tests: it is immutable, and test_bad_inputs loads it anew every time."""
    monkeypatch.setattr("rudong_rules.cli.clauses.load", lambda path: LEAVE if path else POLICY)


@pytest.fixture
def leave(tmp_path: Path) -> Path:
    """A folder with the case of a third leave."""
    (tmp_path / "case.json").write_text(json.dumps(THIRD_LEAVE, ensure_ascii=False), encoding="utf-8")
    return tmp_path


def together(text: str) -> str:
    """Text without white space: what is printed is wrapped."""
    return "".join(text.split())


# --- decide ----------------------------------------------------------------------------------------------------------


@cache
def decided(case: Path) -> Opinion:
    return POLICY.decide(read_document(case).data)


@each_example
def test_an_opinion_in_json_is_the_librarys_and_reads_back(case: Path, command: Command) -> None:
    written = command.done(f"decide {case.name} -f json", case.parent)
    assert OpinionData.model_validate_json(written) == decided(case).data


@pytest.mark.parametrize("decision", POLICY.questions)
def test_one_decision_in_json_is_the_librarys_and_reads_back(decision: str, command: Command) -> None:
    for case in EXAMPLES[::5]:
        written = command.done(f"decide {case.name} -f json -d {decision}", case.parent)
        assert VerdictData.model_validate_json(written) == decided(case)[decision].data


@pytest.mark.parametrize("case", EXAMPLES[::3], ids=lambda path: path.stem)
@pytest.mark.parametrize(("form", "lang", "label"), [("text", "zh", "outcome_label"), ("md", "en", "outcome_en")])
def test_every_outcome_and_every_clause_is_printed(
    case: Path, form: str, lang: str, label: str, command: Command
) -> None:
    data = decided(case).data
    words = f"decide {case.name} -f {form} --lang {lang}"
    printed = together(command.done(words, case.parent).replace("\\", ""))
    touched = [verdict for verdict in data.verdicts if verdict.facts_known]
    expected = [getattr(verdict, label) for verdict in data.verdicts]
    expected += [said for verdict in touched for one in verdict.citations for said in (one.citation, one.text)]
    for said in expected:
        assert together(said) in printed


def test_decisions_come_in_the_order_in_which_they_are_asked_for(command: Command) -> None:
    case = EXAMPLES[0]
    written = json.loads(command.done(f"decide {case.name} -d disposition -d tolerance -f json", case.parent))
    assert [VerdictData.model_validate(one).decision for one in written] == ["disposition", "tolerance"]
    printed = command.done(f"decide {case.name} -d disposition -d tolerance", case.parent)
    headings = [line for line in printed.splitlines() if re.match(r"责任处理|容错认定", line)]
    assert [heading[:4] for heading in headings] == ["责任处理", "容错认定"]


@pytest.mark.parametrize(
    ("option", "outcome", "possible"),
    [
        ("", "refused", ["refused"]), ("-r third_leave=counts", "refused", ["refused"]),
        ("-r third_leave=does_not", "may_grant", ["may_grant"]), ("-r third_leave=", None, ["refused", "may_grant"]),
    ],
)  # fmt: skip
def test_a_reading_is_chosen_or_left_open(
    option: str, outcome: str | None, possible: list[str], leave: Path, command: Command
) -> None:
    written = command.done(f"decide case.json -d grant {option} -f json {IN_GOOD}", leave)
    verdict = VerdictData.model_validate_json(written)
    assert (verdict.outcome, [one.outcome for one in verdict.possible]) == (outcome, possible)
    assert verdict == LEAVE.decide(THIRD_LEAVE, "grant", readings=_readings(option)).data


def _readings(option: str) -> dict[str, str | None]:
    name, _, taken = option.removeprefix("-r ").partition("=")
    return {name: taken or None} if name else {}


@pytest.mark.parametrize(("day", "outcome"), [("2025-03-01", "may_grant"), ("2025-06-30", "refused")])
def test_facts_after_the_day_asked_for_do_not_count(day: str, outcome: str, leave: Path, command: Command) -> None:
    written = command.done(f"decide case.json -d grant --as-of {day} -f json {IN_GOOD}", leave)
    verdict = VerdictData.model_validate_json(written)
    assert (verdict.as_of, verdict.outcome) == (day, outcome)
    assert verdict == LEAVE.decide(THIRD_LEAVE, "grant", as_of=date.fromisoformat(day)).data


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="durable-rules does not import here")
def test_both_engines_print_the_same(leave: Path, command: Command) -> None:
    assert command.done(f"decide case.json --engine durable {IN_GOOD}", leave) == command.done(
        f"decide case.json --engine fixpoint {IN_GOOD}", leave
    )


@pytest.mark.parametrize("words", ["decide case.json", "decide case.json -f md", "decide case.json -f json", "clauses"])
def test_what_goes_to_a_file_is_what_would_be_printed(words: str, leave: Path, command: Command) -> None:
    printed = command.done(f"{words} {IN_GOOD}", leave)
    assert command.done(f"{words} -o written {IN_GOOD}", leave) == ""
    assert (leave / "written").read_text(encoding="utf-8") == printed


@pytest.mark.parametrize("text", [json.dumps(THIRD_LEAVE), "\ufeff" + json.dumps(THIRD_LEAVE, indent="\t")])
def test_a_case_may_come_from_standard_input(text: str, leave: Path, command: Command) -> None:
    piped = command.done(f"decide - -f json {IN_GOOD}", leave, text.encode())
    assert piped == command.done(f"decide case.json -f json {IN_GOOD}", leave)


def test_full_lists_what_brief_only_counts(command: Command) -> None:
    words, folder = f"decide {EXAMPLES[7].name} -d tolerance", EXAMPLES[7].parent
    missing = POLICY.decide(read_document(EXAMPLES[7]).data, "tolerance").missing
    brief, full = command.done(words, folder), command.done(f"{words} --full", folder)
    assert f"……另有 {len(missing) - 10} 项，--full 全部列出" in brief
    assert [f"〔{fact.name}〕" in brief for fact in missing[:11]] == [True] * 10 + [False]
    assert all(f"〔{fact.name}〕" in full for fact in missing)
    assert "--full" not in full


def test_a_reading_says_its_reason_in_full_only(leave: Path, command: Command) -> None:
    words = f"decide case.json -d grant {IN_GOOD}"
    assert "理由：从严计算。" not in command.done(words, leave)
    assert "理由：从严计算。" in command.done(f"{words} --full", leave)


def test_robust_names_the_reading_that_turns_the_outcome(leave: Path, command: Command) -> None:
    words = f"decide case.json -d grant --robust {IN_GOOD}"
    assert "不计本次" in command.done(words, leave)
    written = json.loads(command.done(f"{words} -f json", leave))
    assert VerdictData.model_validate(written["verdict"]).outcome == "refused"
    assert [turn["option"] for turn in written["robustness"]["turns"]] == ["does_not"]


@pytest.mark.parametrize("format_", ["text", "md", "html"])
def test_robust_says_that_no_reading_brings_an_outcome(format_: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / "case.yaml").write_text("{}")
    told = command.done(f"decide case.yaml -d tolerance --robust -f {format_}", tmp_path)
    assert "无论采用哪种解释，都没有结论" in told
    assert "不变" not in told
    english = command.done(f"decide case.yaml -d tolerance --robust -f {format_} --lang en", tmp_path)
    assert "there is no outcome under any combination of readings" in english
    profile = command.done(f"decide case.yaml -d six_looks --robust -f {format_}", tmp_path)
    assert "换一种解释" not in profile


def test_what_a_yes_and_a_no_find_is_listed_with_the_question(command: Command) -> None:
    told = command.done("facts look_1_line", HERE)
    assert "  是失误错误还是违纪违法？\n  是：失误错误；否：违纪违法\n" in told
    assert "失误" not in command.done("facts look_1_line --lang en", HERE)


# --- clauses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("facts 出于公德心", "事实 0 项，共 {} 项\n没有含“出于公德心”的\n是否指 出于公心？\n\n"),
        ("facts zzzz", "事实 0 项，共 {} 项\n没有含“zzzz”的\n\n"),
        ("facts publik_spirit --lang en",
         "facts: 0 of {}\nnone contains 'publik_spirit'\ndid you mean public_spirit or public_for_private?\n\n"),
        ("readings bar_last_dax",
         "解释 0 项，共 {} 项\n没有含“bar_last_dax”的\n是否指 bar_last_day 或 bar_start？\n\n"),
        ("readings zzzz -f md", "# 解释 0 项，共 {} 项\n\n- 没有含“zzzz”的\n"),
        ("readings zzzz -f json", "[]\n"),
    ],
)  # fmt: skip
def test_words_that_none_contains_are_answered_with_what_comes_near(words: str, said: str, command: Command) -> None:
    policy = rudong_rules.load()
    every = policy.facts if words.startswith("facts") else policy.reading_table
    assert command.done(words, HERE) == said.format(len(every))


@pytest.mark.parametrize("blank", ["''", "' '", "　", "' ' ' '"])
def test_a_blank_name_names_no_clause_in_particular(blank: str, command: Command) -> None:
    assert command.done(f"clauses {blank}", HERE) == command.done("clauses", HERE)


@pytest.mark.parametrize("regulation", sorted(POLICY.regulations))
def test_every_clause_of_a_regulation_is_listed_and_none_is_unaccounted_for(regulation: str, command: Command) -> None:
    fates = account(POLICY, regulation)
    printed = command.done(f"clauses {regulation}", HERE)
    leaves = [fate.fate for fate in fates if fate.leaf and fate.fate != "title"]
    encoded, listed = leaves.count("encoded"), leaves.count("not_encoded")
    assert f"{len(leaves)} 个末级条款：{encoded} 个已编码，{listed} 个列明不编码，0 个未交代" in printed
    assert encoded + listed == len(leaves)
    assert all(together(words) in together(printed) for fate in fates for words in (fate.label, fate.reason))
    assert [name for name in POLICY.regulations if POLICY.regulations[name].title in printed] == [regulation]


def test_all_regulations_are_listed_when_none_is_named(command: Command) -> None:
    written = json.loads(command.done("clauses -f json", HERE))
    assert list(written) == sorted(POLICY.regulations)
    for regulation, fates in written.items():
        assert [fate["ref"] for fate in fates] == [clause.ref for clause in POLICY.regulations[regulation].clauses]
    headings = re.findall(r"^# (.+)$", command.done("clauses -f md --lang en", HERE), re.MULTILINE)
    assert headings == [regulation.title for regulation in POLICY.regulations.values()]


@pytest.mark.parametrize(
    ("name", "refs", "ids"),
    [
        ("能上能下 第十一条", ["mobility:11"], ["promotion_barred", "no_promotion_period"]),
        ("tolerance:3.1.4", ["tolerance:3.1.4"], ["condition_4", "decided_properly"]),
        ("容错 三(一)", ["tolerance:3.1", "tolerance:3.1.1", "tolerance:3.1.6"], ["conditions_met", "condition_6"]),
        ("第十一条", ["incentives:11", "mobility:11"], []),
        ("激励 第八条", ["incentives:8a", "incentives:8b"], []),
    ],
)
def test_a_clause_is_shown_in_full_with_what_is_below_it_and_what_encodes_it(
    name: str, refs: list[str], ids: list[str], command: Command
) -> None:
    assert command.done(f"clauses {name}", HERE) == command.done(f"clauses '{name}'", HERE)
    printed = together(command.done(f"clauses '{name}'", HERE))
    written = json.loads(command.done(f"clauses '{name}' -f json", HERE))
    found = [fate["ref"] for fates in written.values() for fate in fates]
    assert set(refs) <= set(found)
    assert all(together(POLICY.clause(ref).body) in printed for ref in found)
    assert all(f"〔{one}〕" in printed for one in ids)
    others = [one for one in POLICY.regulations["tolerance"].clauses if one.ref not in found]
    assert not any(together(one.body) in printed for one in others if len(one.body) > 40)


def test_a_clause_that_is_not_there_is_refused_with_a_hint(command: Command) -> None:
    refused = command("clauses 第一百条", HERE)
    assert (refused.code, refused.out) == (2, "")
    assert "没有“第一百条”这一细则或条款" in refused.err
    assert "能上能下（mobility）" in refused.err
    elsewhere = command("clauses 激励 第一百条", HERE)
    assert "没有“激励 第一百条”这一细则或条款\n  提示：rudong-rules clauses 激励 列出其各条" in elsewhere.err


# --- schema ----------------------------------------------------------------------------------------------------------


@each_example
def test_the_schema_of_a_case_accepts_the_cases_that_the_reader_accepts(case: Path, command: Command) -> None:
    schema = json.loads(command.done("schema", HERE))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    by_id = POLICY.reader.read(read_document(case).data).model_dump(mode="json", exclude_unset=True)
    validator.validate(by_id)
    assert [error.validator for error in validator.iter_errors({**by_id, "nonsense": True})] == ["additionalProperties"]


@pytest.mark.parametrize(
    "wrong",
    [{"ill": "yes"}, {"employment": "other"}, {"days_asked": 0}, {"leaves": {"entries": [{}]}}, {"ill": {"by": "x"}}],
)
def test_the_schema_of_a_case_refuses_what_the_reader_refuses(wrong: dict[str, Any], command: Command) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(command.done(f"schema {IN_GOOD}", HERE)))
    assert not validator.is_valid(wrong)
    assert validator.is_valid({"ill": True, "hours_share": 1, "leaves": {"entries": [{"kind": "sick"}]}})


def test_the_schema_of_the_rules_accepts_the_files_that_are_shipped(command: Command) -> None:
    schemas = json.loads(command.done("schema rules", HERE))
    files = [(path, path.name) for path in (HERE.parent / "policies").glob("*/*.yaml")]
    files += [(path, f"{path.parent.name}.yaml") for path in (HERE.parent / "policies").glob("*/*/*.yaml")]
    assert {kind for _, kind in files} == set(schemas)
    for path, kind in files:
        jsonschema.Draft202012Validator(schemas[kind]).validate(read_document(path).data)


LONG = "长" * 200
"""A name that no file can have."""


@pytest.mark.parametrize(
    "words",
    [
        f"ask {LONG} -d grant", f"decide {LONG}", f"decide case.json --policies {LONG}", f"test {LONG}",
        f"check -s {LONG} --no-cache", f"diff {LONG}", f"record case.json -o {LONG} {IN_GOOD}",
        f"replay {LONG}", f"replay case.json --policies {LONG}", f"redact case.json -o {LONG}",
        f"batch {LONG}.parquet -o out.csv", "batch missing.parquet -o out.csv", "batch missing.csv -o out.csv",
        f"batch {LONG}.csv -o out.csv",
    ],
    ids=lambda words: words.split()[0],
)  # fmt: skip
def test_a_file_that_cannot_be_is_told_and_nothing_is_made(words: str, leave: Path, command: Command) -> None:
    outcome = command(words, leave)
    assert (outcome.code, outcome.out) == (2, "")
    assert "提示：" in outcome.err
    assert [path.name for path in leave.iterdir()] == ["case.json"]


def test_a_name_that_is_no_text_is_written_with_escapes(leave: Path, command: Command) -> None:
    command.done(f"record case.json -o \udcff.jsonl {IN_GOOD}", leave)
    command.done(f"replay \udcff.jsonl -o told.txt {IN_GOOD}", leave)
    assert (leave / "told.txt").read_text(encoding="utf-8").startswith("\\udcff.jsonl\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("check --timeout inf", "--timeout 的值不对：须为 86400 以下"),
        ("check --timeout 0", "--timeout 的值不对：须为 0.1 以上"),
        ("batch case.json -o x.csv --part-rows 9999999999", "--part-rows 的值不对：须为 1073741824 以下"),
    ],
)
def test_a_number_beyond_what_can_be_is_told_with_what_may_stand_there(
    words: str, said: str, leave: Path, command: Command
) -> None:
    outcome = command(words, leave)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.endswith(f"错误：{said}\n")
