"""Every answer writes itself as JSON, in the same bytes each time; a table says how its rows are found."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import rudong_rules
from commands import Command
from extras import needs_polars
from rudong_rules import RudongRulesError, WhatIf, Why, WhyNot
from rudong_rules.errors import MisuseError
from rudong_rules.explanations import Robustness
from rudong_rules.wording import Lang

POLICY = rudong_rules.load()
CASE = {"employment": "established", "criminal_liability": True}
VERDICT = POLICY.decide(CASE, "tolerance")


@pytest.mark.parametrize(
    "answer",
    [
        VERDICT.why(), VERDICT.why_not("may_tolerate"), VERDICT.what_if({"criminal_liability": None}),
        VERDICT.robustness(),
    ],
    ids=lambda answer: type(answer).__name__,
)  # fmt: skip
def test_an_answer_is_the_same_json_as_of_the_command_and_comes_back(
    answer: Why | WhyNot | WhatIf | Robustness,
) -> None:
    written = answer.to_json()
    assert written == json.dumps(answer.model_dump(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert type(answer).model_validate_json(written) == answer


def test_what_if_as_json_is_what_the_command_prints(command: Command, tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text(json.dumps(CASE), encoding="utf-8")
    printed = command.done("what-if case.json -d tolerance -s criminal_liability= -f json", tmp_path)
    assert printed == VERDICT.what_if({"criminal_liability": None}).to_json()


def test_a_verdict_and_its_data_are_the_same_bytes() -> None:
    for one in (VERDICT, POLICY.decide(CASE)):
        assert one.to_json() == one.data.to_json()


def test_tables_and_grids_write_their_rows() -> None:
    for table in (POLICY.facts, POLICY.reading_table, POLICY.clauses):
        rows = json.loads(table.to_json())
        assert len(rows) == len(table)
        assert [*rows[0]] == [*table[0]]
    grid = POLICY.scenarios(CASE, {"as_of": ["2026-03-01"], "criminal_liability": [True, None]}, "tolerance")
    told = json.loads(grid.to_json())
    assert [row["outcome"] for row in told] == ["not_tolerated", "undetermined"]
    assert told[0]["as_of"] == "2026-03-01"


@needs_polars
def test_what_a_batch_counts_is_json() -> None:
    from rudong_rules.frame.summary import Summary

    summary = Summary(rows=2, outcomes={"tolerance": Counter({"not_tolerated": 2})})
    assert json.loads(summary.to_json()) == {
        "rows": 2, "invalid": 0, "warned": 0, "outcomes": {"tolerance": {"not_tolerated": 2}}, "missing": {},
        "cautions": {}, "drawn": {},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "a row is taken by its number, not by 'employment': .find(words) returns the rows with words in them,"
               " .where(name=value) those with a value"),
        ("zh", "表的行按序号取，不能用“employment”：.find(文字) 查找含有文字的行，.where(name=值) 选出某列为某值的行"),
    ],
)  # fmt: skip
def test_a_row_by_a_name_says_how_rows_are_found(lang: Lang, said: str) -> None:
    with pytest.raises(TypeError) as caught:
        POLICY.facts["employment"]  # type: ignore[call-overload]
    assert isinstance(caught.value, RudongRulesError | MisuseError)
    assert caught.value.text(lang) == said
    assert len(POLICY.facts.where(name="employment")) == 1
    assert POLICY.facts[True] == POLICY.facts[1]
