"""Measures and entries in words: what is said is what is compared, and of which field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import rudong_rules
from good import GOOD
from rudong_rules.events import entry_words
from rudong_rules.vocabulary import Record

PHRASE = rudong_rules.load(GOOD).glossary.phrase


def test_the_field_is_named_at_each_of_its_bounds() -> None:
    where = {"days": {"at_least": "days_asked", "at_most": 9}}
    assert PHRASE({"happened": {"in": "leaves", "where": where}}) == (
        "有请假记录「天数 ≥ 请假天数且天数 ≤ 9」",
        "there is an entry in leaves taken “days ≥ days asked for and days ≤ 9”",
    )


@pytest.mark.parametrize(
    ("wheres", "zh", "en"),
    [
        ([{"kind": "sick"}, {"days": 1}], "病假或1", "sick leave or 1"),
        ([{"kind": "sick", "approved": True}, {"days": 1}], "（病假且已批准）或1", "(sick leave and approved) or 1"),
        (
            [{"kind": ["sick", "family"], "approved": True}],
            "（病假或事假）且已批准", "(sick leave or family leave) and approved",
        ),
        (
            [{"approved": True, "any_of": [{"kind": "sick"}, {"days": 1}]}, {"days": 2}],
            "（已批准且（病假或1））或2", "(approved and (sick leave or 1)) or 2",
        ),
    ],
)  # fmt: skip
def test_what_has_to_hold_together_is_told_apart_from_alternatives(
    wheres: list[dict[str, Any]], zh: str, en: str
) -> None:
    told = PHRASE({"happened": {"in": "leaves", "where": {"any_of": wheres}}})
    assert told == (f"有请假记录「{zh}」", f"there is an entry in leaves taken “{en}”")


@pytest.mark.parametrize(
    ("added", "zh", "en"),
    [
        ({"to": "as_of", "days": -1}, "日期前 1 日", "1 day before the day of the case"),
        ({"to": "first_day", "months": 3}, "请假首日后 3 个月", "3 months after first day of the leave"),
        ({"to": "first_day", "days": "days_asked"}, "请假首日后“请假天数”日",
         "“days asked for” days after first day of the leave"),
        ({"to": "first_day", "years": 1, "days": -2}, "请假首日后 1 年、前 2 日",
         "1 year after and 2 days before first day of the leave"),
    ],
)  # fmt: skip
def test_a_day_after_or_before_another_is_told_with_how_far_it_lies(added: dict[str, Any], zh: str, en: str) -> None:
    assert PHRASE({"add": added}) == (zh, en)


def test_an_entry_that_only_a_year_names_says_what_the_year_is() -> None:
    year = {"type": "int", "label": "测评年度", "en": "year"}
    fields: dict[str, Any] = {"year": year, "held_on": {"type": "date", "label": "日期", "en": "day"}}
    plain = {
        "label": "测评",
        "en": "polls",
        "question": "？",
        "dated_by": "held_on",
        "unique": ["year"],
        "fields": fields,
    }
    entry: dict[str, Any] = {"year": 2025, "held_on": date(2026, 1, 20)}
    assert entry_words(Record.model_validate(plain), [entry]) == ("2026-01-20 的测评年度 2025", "2026-01-20 year 2025")
    grade = {
        "type": "choice",
        "label": "等次",
        "en": "grade",
        "options": {"good": {"label": "优秀", "en": "excellent"}},
    }
    graded = Record.model_validate({**plain, "fields": {**fields, "grade": grade}})
    assert entry_words(graded, [{**entry, "grade": "good"}]) == ("2026-01-20 的2025·优秀", "2026-01-20 2025·excellent")
