"""The lists of what may be written: readings with their options, facts with their values."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import rudong_rules
from commands import Command

HERE = Path(__file__).parent
POLICY = rudong_rules.load()


def test_every_reading_is_listed_with_all_that_r_needs(command: Command) -> None:
    listed = re.sub(r"\n *", "", command.done("readings", HERE))
    for name, reading in POLICY.rules.readings.items():
        assert f"{reading.question}〔{name}〕" in listed
        for option, named in reading.options.items():
            default = "（默认）" if option == reading.default else ""
            assert f"-r {name}={option}　{named.label}{default}" in listed
    every = len(POLICY.rules.readings)
    assert f"解释 {every} 项，共 {every} 项" in listed


def test_what_is_listed_can_be_chosen(command: Command) -> None:
    rows = json.loads(command.done("readings 影响期自何日 -f json", HERE))
    assert [row["name"] for row in rows] == ["bar_start"]
    assert rows[0]["options"] == "党组作出决定之日（decision）；宣布之日（announcement）；履行免职手续之日（removal）"
    assert rows[0]["clauses"] == ["能上能下 第十一条"]
    command.done("decide - -d 提拔限制 -r bar_start=宣布之日", HERE, b"{}")


def test_readings_are_listed_in_english_and_found_by_id(command: Command) -> None:
    listed = command.done("readings bar_start --lang en", HERE)
    assert "From which day does the bar run?〔bar_start〕" in listed
    assert "-r bar_start=decision　the party group's decision (default)" in listed
    assert f"readings: 1 of {len(POLICY.rules.readings)}" in listed


@pytest.mark.parametrize(("form", "start"), [("md", "## "), ("html", "<!doctype html>")])
@pytest.mark.parametrize("words", ["readings 影响期", "facts 影响期"])
def test_lists_have_every_form(words: str, form: str, start: str, command: Command) -> None:
    assert command.done(f"{words} -f {form}", HERE).startswith(start)


def test_every_fact_is_listed_with_its_values_and_columns(command: Command) -> None:
    listed = re.sub(r"\n *", "", command.done("facts", HERE))
    vocabulary = POLICY.rules.vocabulary
    for name, thing in POLICY.glossary.facts.items():
        assert f"{thing.label}〔{name}〕" in listed
    for scalar in vocabulary.scalars.values():
        assert all(option.label in listed for option in scalar.options.values())
    assert all(f"〔{key}〕" in listed for record in vocabulary.records.values() for key in record.fields)


def test_facts_are_searched_for_by_words_of_any_column(command: Command) -> None:
    listed = command.done("facts 得票", HERE)
    assert "年度考核〔assessments〕列表" in listed
    assert "    考核年度〔year〕整数，须填\n" in listed
    assert "用于：" in listed
    assert "yes or no" in command.done("facts gain_self --lang en", HERE)
    rows = json.loads(command.done("facts gain_self -f json", HERE))
    assert [row["label"] for row in rows] == ["为个人谋取不正当利益"]
    assert "事实 0 项" in command.done("facts 没有这样的事实", HERE)
