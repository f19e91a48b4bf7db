"""Explanations as pages: closed to the outside, each clause with its text, clicked through in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from commands import Command
from pages import Read, closed, opened
from rudong_rules import robustness, what_if, why, why_not
from rudong_rules.explain_data import Node, every_node, unchosen
from rudong_rules.explanations import Robustness, WhatIf, Why, WhyNot
from rudong_rules.source import read_document

CASES = Path(__file__).parents[1] / "examples" / "cases"
POLICY = rudong_rules.load()
Answer = Why | WhyNot | WhatIf | Robustness
GAIN = "为单位谋取不正当利益"


def case(name: str) -> dict[str, Any]:
    data: dict[str, Any] = read_document(next(CASES.glob(f"{name}_*.yaml"))).data
    return data


ANSWERS: dict[str, Callable[[], Answer]] = {
    "why": lambda: why(POLICY, case("01"), "tolerance", full=True),
    "why nothing is concluded": lambda: why(POLICY, case("05"), "tolerance"),
    "why not": lambda: why_not(POLICY, {**case("01"), GAIN: True}, "tolerance", "may_tolerate"),
    "why not yet": lambda: why_not(POLICY, case("04"), "tolerance", "may_tolerate"),
    "why not, but it is": lambda: why_not(POLICY, case("01"), "tolerance", "may_tolerate"),
    "what if": lambda: what_if(POLICY, case("01"), "tolerance", {GAIN: True}),
    "what if nothing moves": lambda: what_if(POLICY, case("02"), "tolerance", {"public_spirit": True}),
    "robust": lambda: robustness(POLICY, case("05"), "tolerance"),
}
each_answer = pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)


def trees(answer: Answer) -> Iterable[Node]:
    if isinstance(answer, Why):
        return every_node(answer.because)
    if isinstance(answer, WhyNot):
        return every_node(answer.obstacles)
    return every_node((*answer.gained, *answer.lost)) if isinstance(answer, WhatIf) else ()


@pytest.mark.parametrize("lang", ["zh", "en"])
@each_answer
def test_a_page_is_well_formed_and_asks_for_nothing_outside_itself(answer: Callable[[], Answer], lang: Any) -> None:
    closed(answer().to_html(lang))


@each_answer
def test_every_clause_that_is_named_has_its_text(answer: Callable[[], Answer]) -> None:
    found = answer()
    named = {name.ref for node in trees(found) for name in node.clauses}
    if isinstance(found, WhatIf):
        named |= {one.name for one in found.moved if one.what == "clause"}
    if isinstance(found, Robustness):
        named |= {name.ref for turn in found.turns for name in turn.clauses}
    assert {one.ref for one in found.citations} == named
    assert all(one.text == POLICY.clause(one.ref).text for one in found.citations)
    page = found.to_html()
    assert '<span class="clause">' not in page
    read = Read(page)
    assert all(one.text in read.text for one in found.citations)


@each_answer
def test_a_notebook_shows_what_the_page_does(answer: Callable[[], Answer]) -> None:
    found = answer()
    inside, whole = Read(found._repr_html_()), Read(found.to_html())
    said = {node.label for node in trees(found)} | {found.label, "仅供参考：认定和决定由有权的人员和组织作出"}
    marked = found._repr_markdown_().replace("\\[", "[").replace("\\]", "]")
    left_out = {node.label for node in unchosen(tuple(trees(found)))}
    for words in said:
        assert words in inside.text
        assert words in whole.text
        # What was not taken of the readings is only counted there.
        assert words in left_out or words.replace("_", "\\_") in marked
    assert not {"html", "head", "body"} & inside.tags


@each_answer
def test_an_answer_reads_back_and_shows_itself_the_same(answer: Callable[[], Answer]) -> None:
    found = answer()
    back = type(found).model_validate_json(found.model_dump_json())
    assert back == found
    assert back.to_html() == found.to_html()


def test_every_set_of_a_why_not_is_on_the_page_with_what_is_known_now() -> None:
    found = ANSWERS["why not"]()
    assert isinstance(found, WhyNot)
    text = Read(found.to_html()).text
    assert found.different.ways
    for nth, way in enumerate(found.different.ways, 1):
        assert f"第 {nth} 组（{len(way.needs)} 项）" in text
        assert all(need.label in text for need in way.needs)


def test_an_empty_list_that_is_not_complete_claims_nothing() -> None:
    found = ANSWERS["why not yet"]()
    assert isinstance(found, WhyNot)
    assert (found.different.ways, found.different.complete) == ((), False)
    for shown in (Read(found.to_html()).text, found._repr_markdown_()):
        assert "限定的搜索之内没有找到，不表示没有" in shown


# --- on the command line ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("why {} -d tolerance --full", "why"), ("why-not {} may_tolerate -d tolerance", "why not, but it is"),
        (f"what-if {{}} -d tolerance -s {GAIN}=true", "what if"),
    ],
)  # fmt: skip
def test_the_commands_write_the_page_and_open_it(
    words: str, answer: str, command: Command, tmp_path: Path, opened: list[str]
) -> None:
    words = words.format(CASES / "01_eligible_pilot.yaml")
    page = ANSWERS[answer]().to_html()
    assert command.done(f"{words} --format html", tmp_path) == page
    assert command.done(f"{words} --open -o page.html", tmp_path) == ""
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page
    assert opened == [(tmp_path / "page.html").as_uri()]
    outcome = command(f"{words} --format md --open --lang en", tmp_path)
    assert (outcome.code, outcome.err.splitlines()[0]) == (2, "--open: no-page: md is no page")


def test_other_readings_stand_on_the_page_of_the_verdict(command: Command, tmp_path: Path) -> None:
    path = next(CASES.glob("12_*.yaml"))
    page = command.done(f"decide {path} -d honours --robust -f html", tmp_path)
    found = robustness(POLICY, case("12"), "honours")
    text = Read(page).text
    assert "换一种解释" in text
    assert "换一种解释" not in Read(command.done(f"decide {path} -d honours -f html", tmp_path)).text
    assert found.turns
    for turn in found.turns:
        assert turn.outcome
        assert all(words in text for words in (turn.question, turn.option_label, turn.outcome.label))
    written = json.loads(command.done(f"decide {path} -d honours --robust -f json", tmp_path))
    assert Robustness.model_validate(written["robustness"]) == found


# --- in a browser ----------------------------------------------------------------------------------------------------


def test_a_browser_folds_an_obstacle_open_and_finds_the_clause(browser: Any, tmp_path: Path) -> None:
    with opened(ANSWERS["why not yet"]().to_html(), browser, tmp_path) as tab:
        # By its own label: the clauses of other facts quote these words too.
        fact = tab.locator(".step.fact", has=tab.get_by_text("以改革创新为名", exact=True))
        assert not fact.is_visible()
        tab.locator("summary", has_text="有不予容错的情形").click()
        tab.locator("summary", has_text="排除1：").click()
        assert fact.is_visible()
        clause, text = fact.locator("> .clauses summary"), fact.locator("> .clauses .card p")
        assert not text.is_visible()
        clause.click()
        assert text.is_visible()
        assert text.inner_text() == POLICY.clause("tolerance:3.3.1").text
        tab.emulate_media(media="print")
        assert tab.locator(".step.fact", has_text="产生重大负面影响").first.is_visible()
        assert not text.is_visible()


def test_a_browser_folds_a_set_of_facts_away(browser: Any, tmp_path: Path) -> None:
    with opened(ANSWERS["why not"]().to_html(), browser, tmp_path) as tab:
        cell = tab.locator(".way td, .way th", has_text=GAIN).first
        assert cell.is_visible()
        tab.locator(".way > summary").first.click()
        assert not cell.is_visible()


@each_answer
def test_a_narrow_page_does_not_scroll_sideways(answer: Callable[[], Answer], browser: Any, tmp_path: Path) -> None:
    with opened(answer().to_html(), browser, tmp_path, viewport={"width": 360, "height": 800}) as tab:
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
