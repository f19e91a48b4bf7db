"""An answer about a list says which of its entries, with their days, or which number it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from rudong_rules import Verdict
from rudong_rules.answers import answer, entries_behind, nothing_asked
from rudong_rules.measures import View
from rudong_rules.selecting import Entries
from rudong_rules.source import read_document

CASES = Path(__file__).parents[1] / "examples" / "cases"
POLICY = rudong_rules.load()


def decided(name: str, decision: str) -> Verdict:
    return POLICY.decide(read_document(next(CASES.glob(f"{name}_*.yaml"))).data, decision)


@pytest.mark.parametrize(
    ("name", "decision", "told"),
    [
        ("11", "promotion_bar", ["2025-03-20 的调离岗位·不适宜担任现职"]),
        ("08", "tolerance_procedure", ["2026-03-05 的作出容错纠错认定结论"]),
        ("12", "honours", ["2022·称职、2023·优秀、2024·优秀等 4 项", "2023·优秀、2024·优秀、2025·优秀", "实为 3"]),
        ("10", "adjustment", ["2024·基本称职、2025·基本称职", "实为 2"]),
    ],
)
def test_a_reason_about_a_list_names_the_entry_and_its_day(name: str, decision: str, told: list[str]) -> None:
    verdict = decided(name, decision)
    said = [one.entry for step in verdict.derivation for one in step.sources if one.entry]
    assert [one for one in told if one not in said] == []
    page, lines = verdict.to_html(), verdict._repr_markdown_()
    assert all(one in page and one in lines for one in told)


def test_the_entry_is_named_in_english_too() -> None:
    step = next(one for one in decided("11", "promotion_bar").derivation if one.kind == "fact")
    assert step.sources[0].entry_en.startswith("2025-03-20 ")
    assert step.sources[0].entry_en in decided("11", "promotion_bar").to_html("en")


def log(*entries: tuple[str, int], complete: bool = True) -> View:
    items = tuple({"kind": kind, "day": day} for kind, day in entries)
    return View({}, {}, {"log": Entries(items, complete)}, {}, {})


def behind(operator: str, arguments: dict[str, Any], view: View) -> list[tuple[str, int]]:
    return [(one["kind"], one["day"]) for one in entries_behind({operator: {"in": "log", **arguments}}, view)]


ORDER = {"first": {"kind": "a"}, "then": {"kind": "b"}, "date": "day"}


@pytest.mark.parametrize(
    ("operator", "arguments", "entries", "expected"),
    [
        ("happened", {"where": {"kind": "a"}}, [("a", 1), ("b", 2), ("a", 3)], [("a", 1), ("a", 3)]),
        ("happened", {"where": {"kind": "c"}}, [("a", 1)], []),
        ("happened_before", ORDER, [("a", 1), ("b", 2), ("a", 3)], [("a", 1), ("b", 2)]),
        ("happened_before", ORDER, [("b", 1), ("a", 2)], []),
        ("happened_before", {**ORDER, "without": {"kind": "c"}}, [("a", 1), ("c", 2), ("a", 3), ("b", 4)],
         [("a", 3), ("b", 4)]),
        ("happened_before", {**ORDER, "with": {"kind": "c"}}, [("a", 1), ("c", 2), ("a", 3), ("b", 4)],
         [("a", 1), ("b", 4)]),
        ("preceded", {**ORDER, "without": {"kind": "c"}}, [("a", 1), ("b", 2), ("c", 3), ("b", 4)], [("b", 4)]),
        ("preceded", ORDER, [("b", 1), ("a", 2), ("b", 3)], [("b", 1)]),
        ("preceded", ORDER, [("a", 1), ("b", 2), ("a", 3)], [("a", 1), ("b", 2)]),
        ("followed", ORDER, [("a", 1), ("b", 2), ("a", 3)], [("a", 3)]),
        ("followed", ORDER, [("b", 1), ("a", 2), ("b", 3)], [("a", 2), ("b", 3)]),
    ],
)  # fmt: skip
def test_an_answer_rests_on_the_entries_that_settle_it(
    operator: str, arguments: dict[str, Any], entries: list[tuple[str, int]], expected: list[tuple[str, int]]
) -> None:
    assert behind(operator, arguments, log(*entries)) == expected


def test_an_answer_that_is_not_known_rests_on_nothing() -> None:
    view = log(("b", 1), complete=False)
    assert answer({"preceded": {"in": "log", **ORDER}}, view) is None
    assert behind("preceded", ORDER, view) == []


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "没有“每次”所指的这样的记录"),
        ([("verified", "2024-03-01"), ("proposed", "2024-03-10")], "2024-03-01 的考察核实、2024-03-10 的提出调整建议"),
    ],
)
def test_a_yes_of_each_entry_says_where_there_is_none(entries: list[tuple[str, str]], said: str) -> None:
    log = [{"event": event, "date": day, "proposed_by": "political_department"} for event, day in entries]
    given = [{k: v for k, v in one.items() if one["event"] == "proposed" or k != "proposed_by"} for one in log]
    case = {
        "adjustment_matter": "unfit", "unfit_recognition": "pending", "objects_to_adjustment": False,
        "adjustment_events": {"complete": True, "entries": given},
    }  # fmt: skip
    verdict = POLICY.decide(case, "adjustment_procedure")
    name = next(
        name
        for name in verdict.question.program.index
        if name.startswith("preceded(") and "event=verified" in name and "event=proposed" in name
    )
    (source,) = verdict.fact(name).sources
    assert verdict.fact(name).state == "true"
    assert source.entry.startswith(said)
    assert bool(entries) or source.entry_en == "there is no such entry as “every” asks of"


def test_what_may_be_there_is_not_said_to_be_missing() -> None:
    first, then = {"kind": "a"}, {"kind": "b"}
    asked = {"preceded": {"in": "log", "first": first, "then": then, "date": "day"}}
    assert nothing_asked(asked, log())
    assert not nothing_asked(asked, log(complete=False))
    assert not nothing_asked(asked, log(("a", 1), ("b", 2)))
    assert nothing_asked(asked, log(("a", 1)))
    assert nothing_asked({"followed": asked["preceded"]}, log(("b", 1)))
    assert not nothing_asked({"happened": {"in": "log", "where": then}}, log())
