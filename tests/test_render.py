"""A verdict is laid out once; text and Markdown say the same, and a user's text stays text in both."""

from __future__ import annotations

from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

import rudong_rules
from good import GOOD, THIRD_LEAVE
from rudong_rules import OpinionData, VerdictData, why
from rudong_rules.explain_data import every_node
from rudong_rules.layout import Line, Section, markdown, show, with_signs
from rudong_rules.render import document
from rudong_rules.render_open import BRIEF
from rudong_rules.source import read_document
from rudong_rules.verdict_data import DerivationStep
from rudong_rules.wording import CONTROLS, MARKS, Lang, word

LEAVE = rudong_rules.load(GOOD)
POLICY = rudong_rules.load()
GRANTED = {"third_leave": "does_not"}


def verdict(case: dict[str, Any], **chosen: Any) -> VerdictData:
    return LEAVE.decide(case, "grant", **chosen).data


def text(sections: list[Section], width: int = 200) -> str:
    plain = StringIO()
    show(sections, Console(file=plain, width=width, color_system=None, highlight=False))
    return plain.getvalue()


def titles(data: VerdictData | OpinionData, lang: Lang = "zh") -> list[str]:
    return [section.title for section in document(data, lang)]


# --- data → document -------------------------------------------------------------------------------------------------

DENIED = {**THIRD_LEAVE, "ill": [{"value": True, "determined_by": "馆长"}, {"value": False, "determined_by": "医院"}]}


@pytest.mark.parametrize(
    ("case", "chosen", "expected"),
    [
        (THIRD_LEAVE, {}, ["请假：第三次请假", "理由", "逐项判断", "期间", "所采解释", "条文", "校验"]),
        (THIRD_LEAVE, {"readings": GRANTED},
         ["请假：第三次请假", "理由", "逐项判断", "职责与权利", "期间", "另按下列规定", "所采解释", "条文", "校验"]),
        ({}, {}, ["请假", "逐项判断", "待查明的事实", "校验"]),
        (DENIED, {"readings": GRANTED},
         ["请假：第三次请假", "相互矛盾的事实", "逐项判断", "待查明的事实", "期间", "所采解释", "条文", "校验"]),
    ],
    ids=["refused", "granted", "undetermined", "contradicted"],
)  # fmt: skip
def test_only_the_sections_that_have_something_to_say_are_there(
    case: dict[str, Any], chosen: dict[str, Any], expected: list[str]
) -> None:
    assert titles(verdict(case, **chosen)) == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", ["请假：第三次请假", "可以批准【可以】  截至 2025-06-30", "✓ 因病需要治疗",
                "待办　馆长办公会：通知本人〔请假 四〕", "请假期间：2025-02-03 – 2025-02-05〔请假 四〕", "工资规定"]),
        ("en", ["Leave: 第三次请假", "may be granted [may]  as of 2025-06-30", "✓ is ill and needs treatment",
                "owed　the director's meeting: notify the person〔请假 四〕",
                "absence: 2025-02-03 – 2025-02-05〔请假 四〕", "rules on pay"]),
    ],
)  # fmt: skip
def test_a_verdict_is_told_in_the_language_asked_for(lang: Lang, expected: list[str]) -> None:
    printed = text(document(verdict(THIRD_LEAVE, readings=GRANTED), lang))
    assert [line for line in expected if line not in printed] == []


def test_an_opinion_lists_all_outcomes_and_tells_those_that_the_facts_touch() -> None:
    data = POLICY.decide({"employment": "dispatched", "exercises_functions": False}).data
    opened = document(data)
    assert opened[0].title == "各项结论"
    *summary, advice = opened[0].lines
    assert len(summary) == len(data.verdicts)
    assert advice.text == word("advice", "zh")
    touched = [one for one in data.verdicts if one.facts_known]
    assert 0 < len(touched) < len(data.verdicts)
    assert [section.title for section in opened if section.level == 1][1:] == [one.label for one in touched]
    untouched = sum(line.text.endswith("（未涉及）") for line in summary)
    assert untouched == len(data.verdicts) - len(touched)


def test_an_opinion_of_no_decision_is_an_empty_document() -> None:
    assert document(OpinionData(verdicts=(), duties=(), periods=())) == []


def step(name: str, *because: int, kind: Literal["fact", "rule", "outcome"] = "rule") -> DerivationStep:
    return DerivationStep(name=name, label=name, en=name, value=True, kind=kind, clauses=(), because=because)


def test_a_step_that_two_conclusions_share_is_told_once() -> None:
    steps = (step("病", kind="fact"), step("共", 0), step("左", 1), step("右", 1), step("果", 2, 3, kind="outcome"))
    data = verdict(THIRD_LEAVE).model_copy(update={"derivation": steps})
    (reasons,) = (section for section in document(data) if section.title == "理由")
    told = [(line.depth, line.mark + line.text) for line in reasons.lines]
    assert told == [(0, "✓左"), (1, "✓共"), (2, "✓病"), (0, "✓右"), (1, "✓共（见上）")]


def test_a_brief_document_counts_what_a_full_one_lists() -> None:
    data = POLICY.decide({}, "tolerance").data
    assert len(data.missing) > BRIEF

    def missing(full: bool) -> list[Line]:
        return next(list(one.lines) for one in document(data, full=full) if one.title == "待查明的事实")

    brief, every = ([line for line in missing(full) if line.mark == "?"] for full in (False, True))
    assert (brief, len(every)) == (every[:BRIEF], len(data.missing))
    assert missing(False)[-1].text == f"……另有 {len(data.missing) - BRIEF} 项，--full 全部列出"


# --- document → form -------------------------------------------------------------------------------------------------


class _Html(HTMLParser):
    """The tags and the text of rendered Markdown."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def html(sections: list[Section]) -> _Html:
    read = _Html()
    read.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown(sections)))
    return read


OURS = {"h1", "h2", "ul", "li", "p", "strong"}
TRICKS = [
    "<script>alert(1)</script>", "**bold**", "[a](javascript:x)", "![i](x)", "`code`", "~~gone~~", "a | b", "# title",
    "&lt;b&gt;", r"\<b>", "_x_ *y*", "1\n2\n===", "---\n# h", "<!-- -->", "https://x.y/<z>", "> quote", "```\nx",
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("place", ["title", "determined_by", "evidence"])
def test_a_users_text_is_text_in_markdown(trick: str, place: str) -> None:
    ill = {"value": True, "determined_by": trick if place == "determined_by" else "馆长", "evidence": "x"}
    case = {**THIRD_LEAVE, "title": trick if place == "title" else "x"}
    case["ill"] = {**ill, "evidence": trick} if place == "evidence" else ill
    read = html(document(verdict(case, readings=GRANTED)))
    assert read.tags <= OURS
    assert trick.translate(CONTROLS) in read.text


@given(st.text(st.sampled_from("ab\\`*_[]<>#|~&!()-+. \n\t1如\x1b\u202e"), max_size=20))
def test_any_text_in_a_line_reads_back_from_markdown(words: str) -> None:
    sections = [Section("t", (Line(f"甲{words}乙"), Line(f"丙{words}丁", 1, "✓"), Line(f"戊{words}己", 0, "", True)))]
    read = html(sections)
    assert read.tags <= OURS
    shown = " ".join(words.translate(CONTROLS).split())
    for first, last in ("甲乙", "丙丁", "戊己"):
        between = read.text.partition(first)[2].partition(last)[0]
        assert " ".join(between.split()) == shown


@pytest.mark.parametrize("case", [THIRD_LEAVE, DENIED, {}], ids=["determined", "contradicted", "undetermined"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_and_markdown_say_the_same(case: dict[str, Any], lang: Lang) -> None:
    sections = document(verdict(case), lang, full=True)
    said = [words for one in sections for words in (one.title, *(line.text for line in one.lines))]
    plain, read = text(sections, width=10_000), html(sections).text
    for words in said:
        assert words in plain
        assert " ".join(words.split()) in " ".join(read.split())


@pytest.mark.parametrize("width", [40, 100])
def test_a_line_is_no_wider_than_the_console(width: int) -> None:
    printed = text(document(verdict(THIRD_LEAVE), full=True), width)
    assert max(Console().measure(line).maximum for line in printed.splitlines()) <= width


def test_colour_is_the_consoles_and_not_the_users() -> None:
    coloured = StringIO()
    hostile = "".join(map(chr, CONTROLS)) + "[red]markup[/red]"
    console = Console(file=coloured, width=200, color_system="truecolor", force_terminal=True, highlight=False)
    show([Section(hostile, (Line(hostile, mark="✓"),), 1)], console)
    printed = coloured.getvalue()
    assert printed.count("[red]markup[/red]") == 2
    codes = {code.partition("m")[0] for code in printed.split("\x1b[")[1:]}
    assert codes <= {"0", "1", "7", "1;7", "32"}
    assert not {"\x07", "\x9b", "\u202e", "\u2028"} & set(printed)


def test_every_mark_has_its_style() -> None:
    marks = tuple(Line("x", mark=mark) for mark in MARKS.values())
    assert text([Section("t", marks)]).count(" x") == len(marks)


# --- how a duty stands -----------------------------------------------------------------------------------------------

CASES = Path(__file__).parents[1] / "examples" / "cases"


def lines(data: VerdictData, lang: Lang = "zh") -> list[str]:
    return [f"{line.mark} {line.text}" for section in with_signs(document(data, lang), lang) for line in section.lines]


@pytest.mark.parametrize(("lang", "breached", "kept"), [("zh", "已违反", "未违反"), ("en", "violated", "not violated")])
def test_a_violation_has_one_sign_among_the_reasons_and_among_the_duties(lang: Lang, breached: str, kept: str) -> None:
    violated = POLICY.decide(read_document(CASES / "08_exempted_procedure.yaml").data, "tolerance_procedure").data
    reason, duty, *_ = (one for one in lines(violated, lang) if breached in one and one[0] != " ")
    assert (reason[0], duty[0]) == ("✗", "✗")
    owed = POLICY.decide(read_document(CASES / "07_untrue_report.yaml").data, "tolerance_procedure").data
    steps = [one for one in lines(owed, lang) if f"({kept})" in one or f"（{kept}）" in one]
    assert len(steps) > 5
    assert {one[0] for one in steps} == {"✓"}


def test_a_duty_of_which_nothing_more_is_known_is_not_called_done_and_the_signs_are_explained() -> None:
    opened = {"event": "opened", "date": "2026-01-08"}
    case = {"as_of": "2026-03-16", "events": {"entries": [opened]}}
    printed = lines(POLICY.decide(case, "tolerance_procedure").data)
    duty = "义务已产生，是否已办未查明"
    assert any(one.startswith(f"? {duty}　相关问责部门：同步考虑") for one in printed)
    assert f"? 未查明；{duty}" in printed[-1]
    assert "☐ 待办" in lines(verdict(THIRD_LEAVE, readings=GRANTED))[-1]


def told_times(data: VerdictData, lang: Lang) -> int:
    told = {
        "zh": "（另有 1 项作为依据也足够，why --full",
        "en": "(1 more would be ground enough, listed by why --full",
    }[lang]
    return sum(told in line for line in lines(data, lang))


@pytest.mark.parametrize(("lang", "told"), [("zh", "另有 1 项作为依据也足够"), ("en", "1 more would be ground enough")])
def test_of_several_grounds_one_stands_there_and_the_others_are_counted(lang: Lang, told: str) -> None:
    case = {"employment": "established", "report_untrue": False, "fault_exists": True, "other_exclusion": True}
    one = POLICY.decide({**case, "criminal_liability": False}, "tolerance").data
    two = POLICY.decide({**case, "criminal_liability": True}, "tolerance")
    before, after = (told_times(data, lang) for data in (one, two.data))
    assert after == before + 1
    excluded = next(step for step in two.data.derivation if step.name == "excluded")
    assert excluded.also == (1, 0)
    assert told in two.to_html(lang)
    # It is said at the step that they could stand in for, not below what that one rests on.
    assert all(line[:1] in MARKS.values() for line in lines(two.data, lang) if told in line)
    full = why(POLICY, {**case, "criminal_liability": True}, "tolerance", full=True)
    assert {"other_exclusion", "criminal_liability"} <= {node.name for node in every_node(full.because)}


def test_what_another_reading_would_rest_on_is_no_further_ground() -> None:
    found = POLICY.decide(read_document(CASES / "11_bar_beats_merit.yaml").data, "promotion_bar").data
    assert not any(also for step in found.derivation for also in step.also)


def test_what_the_answers_can_do_is_said_once_above_the_questions() -> None:
    data = POLICY.decide(read_document(CASES / "04_undetermined_inquiry.yaml").data, "tolerance").data
    for lang in ("zh", "en"):
        (section,) = (one for one in document(data, lang) if one.title == word("missing", lang))
        heads = [line.text for line in section.lines if not line.mark]
        assert heads[0].rstrip("：:") == word("settles", lang)
        assert len(heads) == len(set(heads)) > 1
        assert [line.text for line in section.lines if line.mark == "?"] == [
            f"{one.question if lang == 'zh' else one.en}〔{one.name}〕" for one in data.missing[:BRIEF]
        ]
    page = POLICY.decide(read_document(CASES / "04_undetermined_inquiry.yaml").data, "tolerance").to_html()
    assert page.count(word("settles", "zh")) == 1
