"""A page is well-formed, needs nothing else, keeps a user's text as text, and opens its clauses in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import rudong_rules
from commands import Command
from good import GOOD, THIRD_LEAVE
from pages import Read, closed, opened
from rudong_rules import Opinion, Verdict, html
from rudong_rules.layout import Line, Section
from rudong_rules.source import read_document
from rudong_rules.wording import CONTROLS

CASES = Path(__file__).parents[1] / "examples" / "cases"
POLICY, LEAVE = rudong_rules.load(), rudong_rules.load(GOOD)


def decided(name: str, decision: str | None = None) -> Verdict | Opinion:
    document = read_document(CASES / f"{name}.yaml")
    return POLICY.decide(document.data, decision, document=document)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem[:2])
def test_a_page_is_well_formed_and_asks_for_nothing_outside_itself(path: Path, lang: Any) -> None:
    closed(decided(path.stem).to_html(lang))


def test_a_shared_step_stands_once_and_is_linked_to_elsewhere() -> None:
    read = Read(decided("05_contradicted_judgment", "tolerance").to_html())
    assert read.text.count("（见上）") == len(read.links) > 0


def test_a_reason_that_nobody_told_in_english_is_told_in_chinese() -> None:
    data = LEAVE.decide(THIRD_LEAVE, "grant").data
    (used,) = data.readings
    silent = data.model_copy(update={"readings": (used.model_copy(update={"reason_en": ""}),)})
    assert used.reason not in Read(html.page(data, "en")).text
    assert used.reason in Read(html.page(silent, "en")).text


def test_every_clause_that_a_page_names_has_its_text_there() -> None:
    for path in CASES.glob("*.yaml"):
        page = decided(path.stem).to_html()
        assert '<span class="clause">' not in page


HOSTILE = [
    "<script>alert(1)</script>", "</style><script>x</script>", "\"onload='x'", "<img src=x onerror=x>",
    "]]><svg onload=x>",
    "&lt;b&gt;", "<!-- ", "javascript:x", "</title><b>", "\u202eabc", "\x00\x1b[31m",
]  # fmt: skip


@pytest.mark.parametrize("trick", HOSTILE)
def test_a_users_text_is_text_on_a_page(trick: str) -> None:
    ill = [
        {"value": True, "determined_by": trick, "evidence": trick},
        {"value": False, "determined_by": f"{trick}2", "evidence": "x"},
    ]
    plain = LEAVE.decide(
        {**THIRD_LEAVE, "ill": [{**one, "determined_by": str(n), "evidence": "x"} for n, one in enumerate(ill)]},
        "grant",
    )
    found = LEAVE.decide({**THIRD_LEAVE, "title": trick, "ill": ill}, "grant")
    read, ours = Read(found.to_html()), Read(plain.to_html())
    assert read.tags == ours.tags
    assert read.attributes == ours.attributes
    shown = trick.translate(CONTROLS)
    assert read.text.count(shown) >= 5
    assert not {"\u202e", "\x00", "\x1b"} & set(found.to_html())


def test_drawings_are_svg_files_of_their_own() -> None:
    verdict, opinion = decided("11_bar_beats_merit", "promotion"), decided("15_career_of_five_years")
    assert isinstance(verdict, Verdict)
    graph = ElementTree.fromstring(html.graph_svg(verdict.data))
    boxes = graph.findall(".//{http://www.w3.org/2000/svg}rect")
    assert len(boxes) == len(verdict.derivation)
    corners = {(box.get("x"), box.get("y")) for box in boxes}
    assert len(corners) == len(boxes)
    line = html.time_line_svg(opinion.data, events=opinion.events)
    bars = re.findall(r'class="period( open)?"', line)
    assert len(bars) == len(opinion.periods) == 2
    assert line.count('class="event"') == len(opinion.events) == 9


def test_a_box_tells_in_full_what_it_is_in_the_language_of_the_page() -> None:
    verdict = decided("11_bar_beats_merit", "promotion")
    assert isinstance(verdict, Verdict)
    for lang in ("zh", "en"):
        drawn = ElementTree.fromstring(html.graph_svg(verdict.data, lang))
        told = [one.text for one in drawn.findall(".//{http://www.w3.org/2000/svg}g/{http://www.w3.org/2000/svg}title")]
        assert told == [step.label if lang == "zh" else step.en for step in verdict.derivation]


def test_there_is_no_drawing_of_nothing() -> None:
    data = LEAVE.decide({}, "grant").data
    with pytest.raises(ValueError, match="no derivation"):
        html.graph_svg(data)
    with pytest.raises(ValueError, match="fewer than two days"):
        html.time_line_svg(data)


def test_a_notebook_shows_a_verdict_and_an_opinion() -> None:
    for shown in (decided("01_eligible_pilot", "tolerance"), decided("01_eligible_pilot")):
        assert "符合容错条件，可以视情给予容错" in Read(shown._repr_html_()).text
        assert "# 认罪认罚从宽试点" in shown._repr_markdown_() or "认罪认罚从宽试点" in shown._repr_markdown_()


def test_the_command_writes_the_page_and_opens_it(command: Command, tmp_path: Path, opened: list[str]) -> None:
    case = CASES / "01_eligible_pilot.yaml"
    assert command.done(f"decide {case} -d tolerance --open -o page.html", tmp_path) == ""
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page == decided("01_eligible_pilot", "tolerance").to_html()
    assert opened == [(tmp_path / "page.html").as_uri()]
    assert command.done(f"decide {case} -d tolerance --format html", tmp_path) == page
    outcome = command(f"decide {case} --format json --open --lang en", tmp_path)
    assert (outcome.code, outcome.err.splitlines()[0]) == (2, "--open: no-page: json is no page")


def test_a_browser_folds_the_derivation_open_and_finds_the_clause(browser: Any, tmp_path: Path) -> None:
    with opened(decided("01_eligible_pilot", "tolerance").to_html(), browser, tmp_path) as tab:
        fact = tab.locator(".step.fact", has_text="出于公心").first
        assert not fact.is_visible()
        tab.locator("summary", has_text="基本具备容错条件").click()
        tab.locator("summary", has_text="条件2：出于公心").click()
        assert fact.is_visible()
        condition = tab.locator(".step.rule:has(> details > summary:has-text('条件2：'))").last
        clause, text = condition.locator("> .clauses summary"), condition.locator("> .clauses .card p")
        assert not text.is_visible()
        clause.focus()
        tab.keyboard.press("Enter")
        assert text.is_visible()
        assert text.inner_text() == POLICY.clause("tolerance:3.1.2").text
        tab.emulate_media(media="print")
        assert tab.locator(".step.fact", has_text="独断专行").first.is_visible()
        assert not text.is_visible()


def test_lines_fold_away_under_the_line_above_them(browser: Any, tmp_path: Path) -> None:
    many = tuple(Line(f"第{n}步", 2, "✓") for n in range(20))
    sections = [
        Section("题", (Line("案件"), Line("改前的理由", 1), *many, Line("改后的理由", 1), Line("只一步", 2)), 1)
    ]
    page = html.document(sections)
    assert page.count("<details open") == 2
    assert page.count("<details") == 3
    assert page.count('class="mark true"') == 20
    with opened(page, browser, tmp_path) as tab:
        assert tab.get_by_text("只一步").is_visible()
        assert not tab.get_by_text("第19步").is_visible()
        tab.locator("summary", has_text="改前的理由").click()
        assert tab.get_by_text("第19步").is_visible()


def test_a_line_that_is_not_below_another_is_not_inside_it() -> None:
    page = html.document([Section("题", (Line("甲", 1), Line("乙"), Line("丙", 1)), 1)], "en")
    assert "甲乙丙" in Read(page).text
    assert page.count("<details") == 1


def test_a_narrow_page_does_not_scroll_sideways(browser: Any, tmp_path: Path) -> None:
    with opened(
        decided("15_career_of_five_years").to_html(), browser, tmp_path, viewport={"width": 360, "height": 800}
    ) as tab:
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_page_shows_no_clause_of_a_decision_that_the_facts_do_not_touch() -> None:
    opinion = decided("02_barred_gain")
    assert isinstance(opinion, Opinion)
    untouched = [verdict for verdict in opinion.values() if not verdict.facts_known]
    cited = {clause.citation for verdict in untouched for clause in verdict.citations}
    assert cited - {clause.citation for clause in opinion.texts}
    page = opinion.to_html()
    assert not [citation for citation in cited - {clause.citation for clause in opinion.texts} if citation in page]
