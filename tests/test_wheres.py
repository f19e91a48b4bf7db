"""Readings inside ``where``: a condition chooses among its options, a period takes the entries of the one chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from good import THIRD_LEAVE, copy_of_good
from rudong_rules.policy import Policy, load
from rudong_rules.wheres import alternatives, by_option, readings_in

ASKED = "{approved: true, by_reading: {third_leave: {counts: {kind: sick}, does_not: {}}}}"
RULE = ("leave/rules.yaml", "when: ill", f"when: {{happened: {{in: leaves, where: {ASKED}}}}}")
PERIOD = ("leave/decisions.yaml", "where: {approved: true}", f"where: {ASKED}")
FAMILY = [THIRD_LEAVE["leaves"]["entries"][1]]


def policy(into: Path, *changes: tuple[str, str, str]) -> Policy:
    """The tiny policy with parts replaced; that the person is ill is still asked for."""
    ill = ("leave/rules.yaml", "when: family_change", "when: {any: [family_change, ill]}")
    return load(copy_of_good(into / "policies", [ill, *changes]))


@pytest.mark.parametrize(("option", "state"), [("counts", "false"), ("does_not", "true"), (None, "unknown")])
def test_a_condition_asks_what_the_option_taken_asks(tmp_path: Path, option: str | None, state: str) -> None:
    case = THIRD_LEAVE | {"leaves": {"complete": True, "entries": FAMILY}}
    verdict = policy(tmp_path, RULE).decide(case, "grant", readings={"third_leave": option})
    assert verdict.fact("sick").state == state


def test_what_all_options_answer_alike_is_known_while_the_reading_is_open(tmp_path: Path) -> None:
    verdict = policy(tmp_path, RULE).decide(THIRD_LEAVE, "grant", readings={"third_leave": None})
    assert verdict.fact("sick").state == "true"


@pytest.mark.parametrize(("option", "days"), [
    ("counts", ["2025-02-03"]), ("does_not", ["2025-02-03", "2025-04-01"]), (None, ["2025-02-03"]),
])  # fmt: skip
def test_a_period_has_the_entries_that_fit_under_every_option_left(
    tmp_path: Path, option: str | None, days: list[str]
) -> None:
    verdict = policy(tmp_path, PERIOD).decide(THIRD_LEAVE, "grant", readings={"third_leave": option})
    assert [one.first for one in verdict.periods] == days


@pytest.mark.parametrize(("complete", "state"), [(True, "false"), (False, "false")])
def test_under_false_no_entry_fits_whether_the_list_is_complete_or_not(
    tmp_path: Path, complete: bool, state: str
) -> None:
    never = ASKED.replace("{kind: sick}", "false")
    case = THIRD_LEAVE | {"leaves": {"complete": complete, "entries": FAMILY}}
    changed = policy(tmp_path, (RULE[0], RULE[1], RULE[2].replace(ASKED, never)))
    assert changed.decide(case, "grant").fact("sick").state == state


def test_a_comparison_asks_by_reading_too(tmp_path: Path) -> None:
    count = (RULE[0], RULE[1], f"when: {{measure: {{count: {{of: leaves, where: {ASKED}}}}}, at_least: 2}}")
    states = {
        option: policy(tmp_path / option, count).decide(THIRD_LEAVE, "grant", readings={"third_leave": option})
        for option in ("counts", "does_not")
    }
    assert [verdict.fact("sick").state for verdict in states.values()] == ["false", "true"]


def test_the_reading_is_among_those_that_the_verdict_relies_on(tmp_path: Path) -> None:
    verdict = policy(tmp_path, RULE).decide(THIRD_LEAVE, "grant", readings={"third_leave": "does_not"})
    assert "third_leave" in {one.id for one in verdict.readings}


TWO: dict[str, Any] = {
    "kind": "a",
    "by_reading": {"one": {"x": {"year": 1}, "y": False}, "two": {"p": {"day": 2}, "q": {}}},
}


def test_the_readings_are_taken_out_one_after_the_other() -> None:
    path, reading, options = by_option({"happened": {"in": "log", "where": TWO}}) or ((), "", {})
    assert (path, reading) == (("happened", "where", "by_reading"), "one")
    assert options["x"]["happened"]["where"] == {
        "kind": "a",
        "year": 1,
        "by_reading": {"two": TWO["by_reading"]["two"]},
    }


def test_an_option_may_ask_another_reading() -> None:
    one: dict[str, Any] = {"x": {"by_reading": {"two": {"p": {"day": 2}, "q": False}}}, "y": {}}
    nested = {"kind": "a", "by_reading": {"one": one}}
    both = {"kind": "a", "by_reading": {"one": one, "three": {"r": {"year": 1}}}}
    every: dict[str, str | None] = dict.fromkeys(("one", "two", "three"))
    assert list(alternatives(nested, every)) == [{"kind": "a", "day": 2}, {"kind": "a", "any_of": []}, {"kind": "a"}]
    assert list(alternatives(both, {"one": "x", "two": "p", "three": "r"})) == [{"kind": "a", "day": 2, "year": 1}]
    assert list(alternatives(both, {"one": "y", "two": "q", "three": "r"})) == [{"kind": "a", "year": 1}]
    inner = ("by_reading", "one", "x", "by_reading")
    assert list(readings_in(nested)) == [(("by_reading",), "one", ["x", "y"]), (inner, "two", ["p", "q"])]
    assert list(readings_in(nested, {"one": "y", "two": "q"})) == [(("by_reading",), "one", ["y"])]


def test_without_what_no_entry_fits_is_left_out() -> None:
    asked: dict[str, Any] = {
        "preceded": {"in": "log", "without": {"by_reading": {"one": {"x": {"year": 1}, "y": False}}}}
    }
    _, _, options = by_option(asked) or ((), "", {})
    assert options == {"x": {"preceded": {"in": "log", "without": {"year": 1}}}, "y": {"preceded": {"in": "log"}}}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"one": "x", "two": "q"}, [{"kind": "a", "year": 1}]),
        ({"one": "x", "two": None}, [{"kind": "a", "year": 1, "day": 2}, {"kind": "a", "year": 1}]),
        ({"one": "y", "two": "q"}, [{"kind": "a", "any_of": []}]),
    ],
)
def test_what_is_asked_of_an_entry_goes_by_the_options_chosen(
    chosen: dict[str, str | None], expected: list[dict[str, Any]]
) -> None:
    assert list(alternatives(TWO, chosen)) == expected


def test_what_no_entry_fits_by_one_reading_none_fits_by_another_either() -> None:
    alternative = {"any_of": [{"day": 1}, {"day": 2}]}
    asked = {"kind": "a", "by_reading": {"one": {"x": {}, "y": False}, "two": {"p": alternative, "q": {}}}}
    assert list(alternatives(asked, {"one": "y", "two": "p"})) == [{"kind": "a", "any_of": []}]
    assert list(alternatives(asked, {"one": "x", "two": "p"})) == [{"kind": "a", **alternative}]


@pytest.mark.parametrize("written", ["%s", "{measure: %s}"])
@pytest.mark.parametrize(
    "question",
    [
        "{happened: {in: leaves, where: %s}}",
        "{happened_before: {in: leaves, first: {days: 1}, then: {days: 2}, date: start, with: %s}}",
        "{preceded: {in: leaves, first: %s, then: {days: 2}, date: start}}",
        "{followed: {in: leaves, first: {days: 1}, then: {days: 2}, date: start, with: %s}}",
    ],
)
def test_what_no_entry_fits_is_no_question(written: str, question: str, tmp_path: Path) -> None:
    """However it is asked: under the other option it is one."""
    chosen = "{by_reading: {third_leave: {counts: {days: 3}, does_not: false}}}"
    when = f"when: {{any: [ill, {written % (question % chosen)}]}}"
    tests = policy(tmp_path, ("leave/rules.yaml", "when: ill", when)).rules.tests
    assert any("days=3" in name for name in tests)
    assert not any("any_of()" in name for name in tests)
