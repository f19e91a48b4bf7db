"""Those who ask for English read English: the texts of the regulations and what cites them stay Chinese."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import rudong_rules
from commands import Command
from good import GOOD
from rudong_rules.accounting import account

CASE = {
    "as_of": "2026-03-16", "employment": "established", "report_untrue": False, "gain_self": True, "dictatorial": True,
    "arbitrary": False, "proposed_move": "higher_post", "assessments": {
        "complete": True, "entries": [{"year": 2024, "grade": "basic"}, {"year": 2025, "grade": "basic"}],
    },
}  # fmt: skip
CITED = re.compile("〔(?:[^〔〕]|〔[^〕]*〕)*〕")
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
COUNTY = Path(__file__).parents[1] / "examples" / "another_county" / "policies"
TEXTS = "\nClauses\n"
"""The heading below which a verdict has the texts of the regulations."""


@pytest.mark.parametrize(
    "words",
    [
        "decide case.json -d tolerance -d adjustment --full --robust",
        "decide case.json",
        "why case.json -d tolerance --full",
        "why-not case.json may_tolerate -d tolerance",
        "what-if case.json -d adjustment -s employment=other -s assessments= -s reading:gap_year= -s gain_self=",
        "facts employment",
        "facts assessments",
        "facts recognition",
        "readings gap_year",
    ],
)
def test_what_is_printed_in_english_is_english(words: str, command: Command, tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text(json.dumps(CASE))
    printed = command.done(f"{words} --lang en", tmp_path).partition(TEXTS)[0].replace("\n", " ")
    told = CITED.sub("", printed).replace("\u3000", " ")
    assert CHINESE.findall(re.sub("Clause: .*? (?=used by|facts:|readings:|-r)", "", told)) == []


def test_a_count_of_one_reads_as_well_as_others(command: Command, tmp_path: Path) -> None:
    assert "facts: 1 of 222" in command.done("facts employment --lang en", tmp_path)


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("存在过错或失误: 是",
         "1:10: wrong-type: fault_exists (a fault or error exists): '是' is neither true nor false"),
        ("employment: permanent",
         "1:13: unknown-option: employment (Kind of employment): 'permanent' is not an option"),
        ("employment: permanent", "expected one of established (established staff), contract_clerk, dispatched "),
        ("日期: 2026-02-30", "1:5: bad-date: as_of: '2026-02-30' is not a date that exists"),
        ("年度考核: [{考核年度: 2025, 考核等次: 称职, 不称职票数: 6, 计票基数: 5}]",
         "1:38: impossible: assessments (annual assessments), entry 1, unfit_votes (votes for incompetent): "
         "6 is more than votes (number of votes that the share is taken of) 5"),
        ("年度考核: [{考核年度: 2025, 考核等次: 称职}, {考核年度: 2025, 考核等次: 优秀}]",
         "1:32: entry-twice: assessments (annual assessments), entry 2: year 2025 stands at entry 1 too"),
        ("assessments: [{year: 2025, grade: competent, colour: red}]",
         "1:46: unknown-key: assessments (annual assessments), entry 1: 'colour' does not belong here"),
        ("as_of: 2026-01-01\ngain_self: {value: true, determined_on: 2026-02-22}",
         "2:41: future: gain_self (sought improper gain for oneself), determined_on: 2026-02-22 lies after"),
        ("excellent_count: 5\nassessed_count: 3",
         "1:18: impossible: excellent_count (Number of excellent grades of the year): 5 is more than assessed_count "),
    ],
)  # fmt: skip
def test_a_wrong_case_is_told_by_the_fact(case: str, told: str, command: Command, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(case, encoding="utf-8")
    said = command("decide c.yaml --lang en", tmp_path)
    assert said.code == 2
    assert told in said.err
    assert not CHINESE.search(said.err.replace("'是'", ""))


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("decide case.json -d tolerence", "honours (Commendation and merit)"),
        ("why-not case.json may -d tolerance", "may_tolerate (the conditions are met, tolerance may be given)"),
        ("clauses tolernce", "tolerance (Error tolerance)"),
        ("why case.json -d tolerance -r pretext=col", "the options are element, colour"),
    ],
)
def test_a_hint_lists_names_with_what_they_mean_in_the_language_of_the_reader(
    words: str, listed: str, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "case.json").write_text(json.dumps(CASE))
    said = command(f"{words} --lang en", tmp_path).err
    assert listed in said
    assert CHINESE.findall(said) == []


@pytest.mark.parametrize("policies", [None, COUNTY], ids=["shipped", "another county"])
def test_the_reasons_and_organs_of_policies_are_told_in_english_too(policies: Path | None) -> None:
    policy = rudong_rules.load(policies)
    fates = [fate for regulation in policy.regulations for fate in account(policy, regulation)]
    reasons = [fate.reason_en for fate in fates if fate.reason]
    organs = [one.en for fate in fates for one in fate.encoded_by if one.section == "regulation"]
    reasons += [row["not_encoded_en"] for row in policy.clauses if row["not_encoded"]]
    reasons += [one.reason_en for one in policy.rules.checks.accepted.values()]
    assert len(organs) == len(policy.regulations)
    cited = re.compile("[一二三四五六七八九十第条首段]+(?:（[一二三四五六七八九]）)?")
    for told in (*reasons, *organs):
        assert told
        assert not CHINESE.search(cited.sub("", told).replace("“", "").replace("”", "")), told


def test_why_a_clause_is_not_encoded_and_who_interprets_is_told_in_the_language_asked_for(
    command: Command, tmp_path: Path
) -> None:
    english = command.done("clauses incentives --lang en", tmp_path)
    assert "not encoded: purpose – the purpose of the rules and what they are based on" in english
    assert "interpretation: the party group (the political department" in english
    chinese = command.done("clauses incentives", tmp_path)
    assert "——制定目的和依据" in chinese
    assert "院党组（具体解释工作由政治部负责）" in chinese
    assert "the purpose" not in chinese


def test_what_a_policy_gives_in_chinese_alone_is_told_in_chinese(command: Command, tmp_path: Path) -> None:
    told = command.done(f"clauses --lang en --policies {GOOD}", tmp_path)
    assert "not encoded: exhortation – 号召，不设条件" in told
    assert "interpretation: 馆长办公会" in told
