"""What if: of a verdict that stays open, what is ruled out and what is to be found out moves too."""

from __future__ import annotations

import re

import pytest

import rudong_rules
from rudong_rules import what_if
from rudong_rules.wording import Lang

POLICY = rudong_rules.load()
EMPLOYED = {"employment": "established"}
OTHER = {"employment": "other"}

SHOWN = """\
容错认定
改变前：尚不能得出结论
改变后：尚不能得出结论
仅供参考：认定和决定由有权的人员和组织作出，本程序不代为认定

改变
  用工性质：在编干警 → 其他人员

随之变动
  不属于适用主体：已排除 → 尚未排除

待查明的事实有变
  当事人是否行使检察职能？〔exercises_functions〕：– → 单独即可能有结论
  是否应承担刑事责任？〔criminal_liability〕：单独即可能有结论 → 须与另外 2 项一并查明
"""
STEPS = """
不再成立的步骤
  ✗ 不属于适用主体〔容错 一（一）〕
    ✓ 属于适用主体〔容错 一（一）〕
      ✓ 用工性质：在编干警〔容错 一（一）〕
"""


def test_of_a_verdict_that_stays_open_is_told_what_is_not_ruled_out_any_more() -> None:
    text = what_if(POLICY, EMPLOYED, "tolerance", OTHER).to_text()
    assert text.startswith(SHOWN)
    assert STEPS in text
    assert "没有变动" not in text
    # Unlike an outcome, of which there is one, facts to be found out are many: the first are told, all with `full`.
    assert "……另有 86 项，--full 全部列出" in text
    full = what_if(POLICY, EMPLOYED, "tolerance", OTHER).to_text(full=True)
    asked = full.partition("待查明的事实有变")[2].partition("不再成立的步骤")[0]
    assert len(asked.strip().splitlines()) >= 96
    assert "另有" not in asked


def test_the_other_way_it_is_ruled_out_now() -> None:
    text = what_if(POLICY, OTHER, "tolerance", EMPLOYED).to_text("en")
    assert "What moved\n  outside the personal scope: not ruled out → ruled out\n" in text
    assert "exercises procuratorial functions〔exercises_functions〕: may settle it alone → –\n" in text
    assert "Steps that hold now\n  ✗ outside the personal scope〔容错 一（一）〕\n" in text


def test_as_data_it_is_what_moved_and_what_is_possible() -> None:
    found = what_if(POLICY, EMPLOYED, "tolerance", OTHER)
    moved = {(one.what, one.name): (one.before, one.after) for one in found.moved}
    assert moved["outcome", "out_of_scope"] == ("ruled_out", "possible")
    assert moved["missing", "exercises_functions"] == (None, "1")
    assert moved["missing", "criminal_liability"] == ("1", "3")
    assert {what for what, _ in moved} == {"outcome", "missing"}
    before, after = ([one.outcome for one in some] for some in (found.possible, found.possible_after))
    assert [one for one in after if one not in before] == ["out_of_scope"]
    assert (len(before), len(after)) == (4, 5)


def test_a_verdict_that_is_decided_by_the_change_tells_its_outcome_alone() -> None:
    found = what_if(POLICY, EMPLOYED, "tolerance", {"criminal_liability": True})
    assert {one.what for one in found.moved}.isdisjoint({"outcome", "missing"})
    assert (len(found.possible), found.possible_after) == (4, ())
    back = what_if(POLICY, {**EMPLOYED, "criminal_liability": True}, "tolerance", {"criminal_liability": None})
    told = {one.name for one in back.moved if one.what == "outcome"}
    assert told == {one.outcome for one in back.possible_after} - {"not_tolerated"}
    # Nothing was missing before, so that all would be new: `decide` lists it.
    assert all(one.what != "missing" for one in back.moved)


@pytest.mark.parametrize(("lang", "heading"), [("zh", "待查明的事实有变"), ("en", "What is to be found out otherwise")])
def test_a_page_tells_it_and_folds_the_rest(lang: Lang, heading: str) -> None:
    page = what_if(POLICY, EMPLOYED, "tolerance", OTHER).to_html(lang)
    assert f"<h2>{heading}</h2>" in page
    assert "<code>exercises_functions</code>" in page
    rest = {"zh": "另有 86 项", "en": "86 more"}[lang]
    assert re.search(rf"<summary>{rest}</summary>", page)
    ruled_out, possible = {"zh": ("已排除", "尚未排除"), "en": ("ruled out", "not ruled out")}[lang]
    assert f"<td>{ruled_out}</td>" in page
    assert f"<td>{possible}</td>" in page


def test_nothing_moved_is_said_where_nothing_did() -> None:
    found = what_if(POLICY, EMPLOYED, "tolerance", {"title": "甲"})
    assert not found.moved
    assert "随之变动\n  没有变动\n" in found.to_text()
