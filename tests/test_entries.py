"""What the search for cases knows of lists, numbers and days."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import z3

import rudong_rules
from good import GOOD
from rudong_rules import logic
from rudong_rules.analysis.arithmetic import ARITHMETIC, later
from rudong_rules.analysis.claims import claims
from rudong_rules.analysis.days import as_day, as_number, civil, new_day, year_of
from rudong_rules.analysis.entries import SymbolicEntries
from rudong_rules.analysis.figures import UnsupportedError
from rudong_rules.analysis.properties import Prover

ANOTHER = Path(__file__).parents[1] / "examples" / "another_county" / "policies"


def test_the_prover_knows_what_lies_between_two_steps() -> None:
    """With an end between them, one step comes before another, and not without an end between them."""
    policy = rudong_rules.load()
    steps = {"in": "adjustment_events", "first": {"event": "appealed"}, "then": {"event": "suspended"}}
    entries = SymbolicEntries(policy, 3)
    plain = logic.Test({"happened_before": steps})
    undisturbed = logic.Test({"happened_before": {**steps, "without": {"event": "review_concluded"}}})
    solver = z3.Solver()
    solver.add(entries.test(plain)[0], entries.test(undisturbed)[1], *entries.sound([plain, undisturbed]))
    assert solver.check() == z3.sat
    events = entries.case(solver.model())["adjustment_events"]["entries"]
    days = {one["event"]: (one["date"], one["order"]) for one in events}
    assert days["appealed"] < days["review_concluded"] < days["suspended"]


def test_the_prover_knows_that_a_step_does_not_come_before_itself() -> None:
    policy = rudong_rules.load()
    step = {"event": "appealed"}
    entries = SymbolicEntries(policy, 2)
    twice = logic.Test({"happened_before": {"in": "adjustment_events", "first": step, "then": step}})
    solver = z3.Solver()
    solver.add(entries.test(twice)[0], *entries.sound([twice]))
    assert solver.check() == z3.sat
    assert len(entries.case(solver.model())["adjustment_events"]["entries"]) == 2
    solver.add(entries.at_most(1))
    assert solver.check() == z3.unsat


def test_the_prover_knows_that_one_step_must_lie_between_two() -> None:
    """A suspension that follows appeals, all of them concluded: a conclusion lies between the two."""
    policy = rudong_rules.load()
    steps = {"in": "adjustment_events", "first": {"event": "appealed"}, "then": {"event": "suspended"}}
    end = {"event": "appeal_concluded"}
    entries = SymbolicEntries(policy, 3)
    plain, unended = (logic.Test({"preceded": {**steps, **more}}) for more in ({}, {"without": end}))
    by_way = logic.Test({"happened_before": {**steps, "with": end}})
    found = [entries.test(plain)[0], entries.test(unended)[1]]
    for more, expected in zip(entries.test(by_way), (z3.sat, z3.unsat), strict=True):
        solver = z3.Solver()
        solver.add(*found, more, *entries.sound([plain, unended, by_way]))
        assert solver.check() == expected


def test_the_prover_knows_what_a_column_implies() -> None:
    """Only on exempted errors is only on tolerated ones; a day is left out of an entry that denies what it implies."""
    policy = rudong_rules.load()

    def among(**where: object) -> logic.Test:
        return logic.Test({"happened": {"in": "adjustments", "where": where}})

    entries = SymbolicEntries(policy, 1)
    denied = among(on_exempted_error=True, on_tolerated_error=False)
    dated = among(revoked=False, decided_on={"at_most": "2024-01-01"}), among(revoked_on={"at_least": "2024-01-01"})
    for asked, expected in (([denied], z3.unsat), (dated, z3.sat)):
        solver = z3.Solver()
        solver.add(*(entries.test(test)[0] for test in asked), *entries.sound(asked))
        assert solver.check() == expected
    (entry,) = entries.case(solver.model())["adjustments"]["entries"]
    assert entry["revoked"] is False
    assert "decided_on" in entry
    assert "revoked_on" not in entry


def test_one_policy_asks_about_all_that_the_other_asks_about_and_it_knows() -> None:
    leave, county = rudong_rules.load(GOOD), rudong_rules.load(ANOTHER)
    happened = {"happened": {"in": "leaves", "where": {"start": {"at_most": "as_of"}}}}
    asked = logic.Test(happened), logic.Test("days_asked", "≥", 3)
    one, like, stranger = SymbolicEntries(leave, 1), SymbolicEntries(leave, 1), SymbolicEntries(county, 1)
    solver = z3.Solver()
    solver.add(*(one.test(test)[0] for test in asked))
    like.ask_like(one)
    one.ask_like(like)
    solver.add(*one.sound(asked), *like.sound([]))
    assert solver.check() == z3.sat
    case = one.case(solver.model())
    assert like.case(solver.model()) == case
    assert case.keys() == {"as_of", "days_asked", "leaves"}
    assert case["leaves"]["entries"][0].keys() == {"kind", "start", "order"}
    stranger.ask_like(one)
    assert stranger.case(solver.model()).keys() == {"as_of"}


def test_cases_are_found_for_products_and_for_days_beyond_a_month() -> None:
    """The rules of another county: weighted scores, and a notice so many days before a contract ends, by level."""
    policy = rudong_rules.load(ANOTHER)
    prover = Prover(policy)
    listed = [one for one in claims(policy) if one.property in ("dead_rule", "unreachable")]
    asked = {one.subject for one in listed}
    assert {"meets_excellent", "notified_in_time"} <= asked
    assert {prover.prove(one).status for one in listed} == {"proven"}


def test_a_product_of_two_figures_that_differ_is_not_understood() -> None:
    """It would not be linear; what a choice looks up is one of a few numbers."""
    some = z3.Int("some"), True
    looked_up = z3.If(z3.Bool("one"), z3.IntVal(60), z3.IntVal(45)), True
    with pytest.raises(UnsupportedError, match="product"):
        ARITHMETIC["product"]([some, (z3.Int("other"), True)])
    value, known = ARITHMETIC["product"]([(z3.IntVal(-1), True), looked_up, some])
    solver = z3.Solver()
    solver.add(value == -90, some[0] == 2, known)
    assert solver.check() == z3.sat
    assert z3.is_false(solver.model().eval(z3.Bool("one")))


def test_a_run_may_be_counted_by_a_computed_column(tmp_path: Path) -> None:
    """As days in a row are, by the number of each day."""
    shutil.copytree(ANOTHER, tmp_path / "policies")
    file = tmp_path / "policies" / "clerks" / "vocabulary.yaml"
    text, column = file.read_text(encoding="utf-8"), "      improvement_until:\n"
    number = "{type: int, label: 日序, en: number, value: {days_between: [2016-01-01, date]}}"
    file.write_text(text.replace(column, f"      day_number: {number}\n{column}"), encoding="utf-8")
    rules = file.with_name("rules.yaml")
    text, until = rules.read_text(encoding="utf-8"), "improvement_until: {before: as_of}"
    rules.write_text(text.replace(until, f"{until}, day_number: {{at_least: 0}}"), encoding="utf-8")
    entries = SymbolicEntries(rudong_rules.load(tmp_path / "policies"), 3)
    three = logic.Test({"longest_run": {"of": "procedure", "year": "day_number"}}, "≥", 3)
    solver = z3.Solver()
    solver.add(entries.test(three)[0], *entries.sound([three]))
    assert solver.check() == z3.sat
    days = sorted(date.fromisoformat(one["date"]) for one in entries.case(solver.model())["procedure"]["entries"])
    assert [later - first for first, later in pairwise(days)] == [timedelta(days=1)] * 2


@pytest.mark.parametrize("days", [-400, -60, -3, 0, 27, 28, 59, 366])
def test_days_later_are_those_of_the_calendar(days: int) -> None:
    """Wherever the solver finds a day so many days later, it is the one of the calendar."""
    start, bounds = new_day("start")
    found, known = later((start, True), {"days": (z3.IntVal(days), True)})
    solver = z3.Solver()
    solver.add(*bounds, known, start > as_number(date(2020, 2, 1)))
    assert solver.check() == z3.sat
    first, then = (as_day(solver.model().eval(one, model_completion=True).as_long()) for one in (start, found))
    assert then - first == timedelta(days=days)


@pytest.mark.parametrize(
    "day", [date(2015, 1, 1), date(2016, 2, 28), date(2016, 3, 1), date(2019, 12, 28), date(2021, 7, 5)]
)
def test_a_day_has_its_year_and_its_place_on_the_civil_calendar(day: date) -> None:
    """Whether it is a number, one whose parts are known, or one of two."""
    new, bounds = new_day("new")
    other = z3.If(z3.Bool("one"), new, z3.IntVal(as_number(date(2030, 1, 1))))
    solver = z3.Solver()
    solver.add(*bounds, new == as_number(day), z3.Bool("one"))
    assert solver.check() == z3.sat
    start = civil(z3.IntVal(as_number(date(2015, 1, 1))))
    for one in (z3.IntVal(as_number(day)), new, other):
        assert solver.model().eval(civil(one) - start).as_long() == (day - date(2015, 1, 1)).days
        assert solver.model().eval(year_of(one)).as_long() == day.year
