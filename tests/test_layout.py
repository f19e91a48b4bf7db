"""Text is cut where a reader would cut it, signs stand in one column, and only those that occur are explained."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

import rudong_rules
from good import GOOD, THIRD_LEAVE
from rudong_rules.layout import BLANK, SIGNS, Line, Section, markdown, show, with_signs
from rudong_rules.render import document
from rudong_rules.wording import Lang
from rudong_rules.wrapping import NARROWEST, wrapped

LEAVE = rudong_rules.load(GOOD)


def printed(sections: list[Section], width: int = 100) -> list[str]:
    plain = StringIO()
    show(sections, Console(file=plain, width=width, color_system=None, highlight=False))
    return plain.getvalue().splitlines()


# --- where a line is broken ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 20, [""]),
        ("干部有下列情形之一的", 12, ["干部有下列情", "形之一的"]),
        ("干部有下列情，形之一的", 12, ["干部有下列", "情，形之一的"]),
        ("干部有下列（情形）之一", 12, ["干部有下列", "（情形）之一"]),
        ("one two three four", 12, ["one two", "three four"]),
        ("属于适用主体〔容错 一（一）〕", 20, ["属于适用主体", "〔容错 一（一）〕"]),
        ("报县〔激励 六、激励 十〕", 18, ["报县〔激励 六、", "激励 十〕"]),
        ("是否齐全？〔adjustments〕", 20, ["是否齐全？", "〔adjustments〕"]),
        ("abcdefghijklmnopqrst", 12, ["abcdefghijkl", "mnopqrst"]),
        ("第十一条 的限制 及于本次", 14, ["第十一条 的限", "制 及于本次"]),
    ],
)
def test_text_is_broken_between_characters_and_not_before_a_stop_or_inside_a_citation(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrapped(text, width) == lines


@given(st.text(st.sampled_from("甲乙ab 〔〕（）、，。“”\u0301-"), max_size=60), st.integers(0, 40))
@example("〔" * 40, 12)
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= max(width, NARROWEST) for line in lines)


def test_a_broken_line_goes_on_below_its_own_text() -> None:
    lines = printed([Section("题", (Line("干部有下列情形之一的，不予容错", 1, "✗"),))], 20)
    assert lines == ["题", "    ✗ 干部有下列情形", "      之一的，不予容", "      错", ""]


def test_a_line_without_a_sign_stands_below_the_text_of_those_that_have_one() -> None:
    sections = [Section("题", (Line("已办", 0, "✓"), Line("待办", 0, BLANK)), 1)]
    assert printed(sections) == ["题", "✓ 已办", "  待办", ""]
    assert markdown(sections) == "# 题\n\n- ✓ 已办\n- 待办\n"


# --- what the signs mean ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "lang", "said"),
    [
        (THIRD_LEAVE, "zh", "✓ 是，成立　✗ 否，不成立"),
        (THIRD_LEAVE, "en", "✓ yes, holds　✗ no, does not hold"),
        ({}, "zh", "? 未查明"),
    ],
)
def test_only_the_signs_that_occur_are_explained(case: dict[str, object], lang: Lang, said: str) -> None:
    sections = document(LEAVE.decide(case, "grant").data, lang)
    *same, signs = with_signs(sections, lang)
    used = {line.mark for section in sections for line in section.lines if line.mark.strip()}
    assert same == sections
    assert [line.text for line in signs.lines] == [said]
    assert {part[0] for part in said.split("　")} == used


def test_a_document_without_signs_explains_none() -> None:
    sections = [Section("题", (Line("甲"), Line("乙", 0, BLANK)))]
    assert with_signs(sections, "zh") == sections


def test_a_command_may_say_what_its_own_signs_mean() -> None:
    (_, signs) = with_signs([Section("题", (Line("甲", 0, "✗"),))], "zh", {**SIGNS, "✗": "unaccounted"})
    assert signs.lines == (Line("✗ 未交代"),)


# --- what a verdict is -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "said"), [("zh", "仅供参考：认定和决定由有权的"), ("en", "Advice only: findings")])
@pytest.mark.parametrize("decision", ["grant", None])
def test_every_verdict_says_that_it_is_advice(lang: Lang, said: str, decision: str | None) -> None:
    verdict = LEAVE.decide(THIRD_LEAVE, decision)
    first = document(verdict.data, lang)[0]
    assert sum(line.text.startswith(said) for line in first.lines) == 1
    assert said in verdict.to_html(lang)
    assert said not in verdict.to_json()


def test_what_the_engine_concludes_is_never_called_a_finding() -> None:
    for case in (THIRD_LEAVE, {}):
        for section in document(LEAVE.decide(case, "grant").data, full=True):
            assert "认定" not in section.title
        words = [line.text for line in document(LEAVE.decide(case, "grant").data)[0].lines[:-1]]
        assert not [one for one in words if "认定" in one]


@pytest.mark.parametrize(("lang", "reason"), [("zh", "理由：从严计算。"), ("en", "reason: The stricter count.")])
def test_the_reason_of_a_reading_is_told_in_the_language_asked_for(lang: Lang, reason: str) -> None:
    data = LEAVE.decide(THIRD_LEAVE, "grant").data
    told = [line.text for section in document(data, lang, full=True) for line in section.lines]
    assert reason in told
    assert reason.partition("：" if lang == "zh" else ": ")[2] in LEAVE.decide(THIRD_LEAVE, "grant").to_html(lang)


def test_a_reason_that_is_given_in_chinese_only_is_told_in_chinese() -> None:
    data = LEAVE.decide(THIRD_LEAVE, "grant").data
    used = tuple(one.model_copy(update={"reason_en": ""}) for one in data.readings)
    told = document(data.model_copy(update={"readings": used}), "en", full=True)
    assert "reason: 从严计算。" in [line.text for section in told for line in section.lines]


def test_every_shipped_reading_gives_its_reason_in_english_too() -> None:
    readings = rudong_rules.load().rules.readings
    assert readings
    assert [name for name, reading in readings.items() if not reading.reason_en.endswith(".")] == []
