"""The law of measures: as entries are added and gaps filled, what is known only narrows, and towards the truth."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rudong_rules.answers import QUESTIONS, answer
from rudong_rules.bounds import COMPARISONS, Bounds, compare
from rudong_rules.measures import NUMBERS, View, bounds
from rudong_rules.selecting import Entries

NEVER = 3
times = st.sampled_from([0, 1, 2, NEVER])
dates = st.dates(date(2023, 11, 1), date(2024, 4, 30))
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(["good", "bad"]), "season": st.integers(2020, 2024), "points": st.integers(0, 4),
    "day": dates, "nth": st.integers(1, 3), "who": st.sampled_from([(), ("甲",), ("甲", "乙"), ("丙",)]),
}  # fmt: skip
SCALARS: dict[str, tuple[st.SearchStrategy[Any], Bounds]] = {
    "n": (st.integers(0, 8), Bounds(0)), "m": (st.integers(1, 8), Bounds(1, 8)), "x": (st.integers(-4, 4), Bounds()),
    "from": (dates, Bounds(date(2023, 11, 1), date(2024, 4, 30))), "to": (dates, Bounds()),
}  # fmt: skip
GOOD = {"of": "log", "where": {"kind": "good"}}
THEN = {"in": "log", "first": {"kind": "good"}, "then": {"kind": "bad"}, "date": "day"}
BETWEEN: list[dict[str, Any]] = [
    {}, {"without": {"points": 1}}, {"with": {"points": 1}}, {"without": {"kind": "bad"}, "with": {"who": "甲"}},
]  # fmt: skip
EXPRESSIONS: list[Any] = [
    "n", "as_of", {"sum": ["n", "m", "x"]}, {"difference": ["n", "m"]}, {"ratio": ["n", "m"]},
    {"product": ["n", "m", "1/2"]}, {"product": ["x", "m", "n"]}, {"product": ["x", -2]},
    {"ratio": ["n", {"sum": ["n", "m"]}]}, {"min": ["n", "m", "x"]}, {"max": ["n", "m", "x"]}, {"max": ["from", "to"]},
    {"min": ["from", {"latest": {**GOOD, "field": "day"}}]},
    {"count": GOOD}, {"count": {"of": "log", "where": {"season": {"at_least": 2021, "at_most": {"sum": [2020, "m"]}}}}},
    {"count": {"of": "log", "where": {"year": {"equals": {"sum": [2020, "n"]}}, "kind": "good"}}},
    {"count": {"of": "log", "where": {"who": {"all_of": ["甲", "乙"]}, "day": {"after": "from"}}}},
    {"total": {**GOOD, "field": "points"}}, {"total": {"of": "log", "field": "points"}},
    {"latest": {**GOOD, "field": "day"}}, {"latest": {**GOOD, "field": "points", "none": "n"}},
    {"earliest": {**GOOD, "field": "day"}}, {"earliest": {**GOOD, "field": "season", "none": {"sum": ["x", 1]}}},
    {"longest_run": {**GOOD, "year": "season"}}, {"longest_run": {**GOOD, "year": "year", "missing": "skips"}},
    {"run_ending": {**GOOD, "year": "year", "at": {"sum": [2020, "n"]}}},
    {"run_ending": {**GOOD, "year": "year", "at": 2024, "among": {"year": {"at_most": 2023}}, "missing": "skips"}},
    {"most_within": {**GOOD, "date": "day", "window": "calendar_year"}},
    {"most_within": {**GOOD, "date": "day", "window": 1}},
    {"years_between": ["from", "to"]}, {"months_between": ["from", "as_of"]}, {"days_between": ["to", "from"]},
    {"year_of": ["from"]}, {"add": {"to": "from", "months": "x", "days": 1}}, {"add": {"to": "to", "years": "n"}},
    {"next_month": {"to": "from"}}, {"lookup": {"table": "grades", "key": "rank"}},
    {"happened": {"in": "log", "where": {"kind": "bad"}}},
    {"happened": {"in": "log", "where": {"points": {"more_than": "x"}}}},
    {"took_part": {"in": "log", "who": "甲", "field": "who", "where": {"kind": ["bad"]}}},
    *({order: {**THEN, **more}} for order in ("happened_before", "preceded", "followed") for more in BETWEEN),
]  # fmt: skip


@st.composite
def growing(draw: st.DrawFn) -> list[View]:
    """One case at three times, each knowing more than the one before, and at last the whole truth."""
    listed = [
        (
            draw(st.sampled_from([0, 1, 2])),
            {"year": (0, year), **{f: (draw(times), draw(s)) for f, s in FIELDS.items()}},
        )
        for year in draw(st.lists(st.integers(2020, 2024), max_size=5, unique=True))
    ]
    scalars = {name: (draw(times), draw(values), unknown) for name, (values, unknown) in SCALARS.items()}
    complete = max([draw(times), *(since for since, _ in listed)])
    (since_rank, rank), (since_day, day) = (
        (draw(times), draw(st.sampled_from(["low", "high"]))),
        (draw(times), draw(dates)),
    )

    def at(time: int) -> View:
        entries = [
            {name: value if since <= time else None for name, (since, value) in fields.items()}
            for since_entry, fields in listed
            if since_entry <= time
        ]
        return View(
            {name: Bounds.exactly(value) if since <= time else gap for name, (since, value, gap) in scalars.items()},
            {"rank": rank} if since_rank <= time else {},
            {"log": Entries(tuple(entries), complete <= time, "nth", ("year",))}, {},
            {"grades": {"low": 1, "high": 2}}, Bounds.exactly(day) if since_day <= time else Bounds(),
        )  # fmt: skip

    return [at(0), at(1), at(2), at(NEVER)]


def narrows(wide: Bounds, narrow: Bounds) -> bool:
    """Whether the second leaves no value that the first rules out."""
    low = wide.low is None or (narrow.low is not None and narrow.low >= wide.low)
    return low and (wide.high is None or (narrow.high is not None and narrow.high <= wide.high))


def keeps(expression: Any, earlier: View, later: View) -> bool:
    """Whether what is known of a number narrows, and an answer that is known stays."""
    if isinstance(expression, dict) and set(expression) & set(QUESTIONS):
        return answer(expression, earlier) in (None, answer(expression, later))
    return narrows(bounds(expression, earlier), bounds(expression, later))


@settings(max_examples=5 * settings().max_examples)
@given(growing())
def test_what_is_known_of_a_measure_only_narrows_as_facts_are_added(cases: list[View]) -> None:
    for earlier, later in pairwise(cases):
        assert [one for one in EXPRESSIONS if not keeps(one, earlier, later)] == []


@given(growing())
def test_the_whole_truth_leaves_one_value(cases: list[View]) -> None:
    for expression in EXPRESSIONS:
        if not any(word in str(expression) for word in (*QUESTIONS, "latest", "earliest")):
            found = bounds(expression, cases[-1])
            assert found == Bounds.exactly(found.low), expression
            assert found.low is not None, expression


ends = st.integers(-4, 4)
known = st.one_of(
    ends.map(Bounds.exactly), st.tuples(ends, ends).map(lambda two: Bounds(min(two), max(two))),
    ends.map(lambda low: Bounds(low)), ends.map(lambda high: Bounds(None, high)), st.just(Bounds()),
)  # fmt: skip


@given(known, known, st.sampled_from(sorted(set(COMPARISONS.values()))))
def test_a_comparison_is_decided_exactly_when_all_values_agree(left: Bounds, right: Bounds, sign: str) -> None:
    values = [Bounds.exactly(value) for value in range(-6, 7)]
    pairs = [(one, other) for one in values for other in values if narrows(left, one) and narrows(right, other)]
    answers = {compare(one, sign, other) for one, other in pairs}
    assert compare(left, sign, right) is (answers.pop() if len(answers) == 1 else None)


def test_no_operator_is_exempt_from_the_law() -> None:
    assert {operator for one in EXPRESSIONS if isinstance(one, dict) for operator in one} == {*NUMBERS, *QUESTIONS}


def log(*entries: dict[str, Any], complete: bool = False) -> View:
    """A case with a log and nothing else."""
    return View({}, {}, {"log": Entries(entries, complete)}, {}, {})


def test_a_skipping_run_waits_for_the_year_of_every_entry() -> None:
    run = {"longest_run": {**GOOD, "year": "year", "missing": "skips"}}
    good = [{"kind": "good", "year": 2020}, {"kind": "good", "year": 2022}]
    before, after = (log(*good, {"kind": "bad", "year": year}, complete=True) for year in (None, 2021))
    assert narrows(bounds(run, before), bounds(run, after))


def test_two_entries_of_one_year_are_one_year_in_any_order() -> None:
    run = {"run_ending": {**GOOD, "year": "year", "at": 2020}}
    two = [{"kind": "good", "year": 2020}, {"kind": "bad", "year": 2020}]
    assert narrows(bounds(run, log(*two[:1])), bounds(run, log(*two)))
    assert bounds(run, log(*two)) == bounds(run, log(*two[::-1]))


def test_an_entry_that_may_not_count_does_not_end_a_run() -> None:
    run = {
        "run_ending": {**GOOD, "year": "year", "at": 2020, "among": {"points": {"more_than": 1}}, "missing": "skips"}
    }
    good, bad = {"kind": "good", "year": 2019, "points": 5}, {"kind": "bad", "year": 2020}
    before, after = (log(good, {**bad, "points": points}, complete=True) for points in (None, 0))
    assert narrows(bounds(run, before), bounds(run, after))


def test_a_date_beyond_the_calendar_stays_later_than_all_others() -> None:
    later = {"add": {"to": {"latest": {"of": "log", "field": "day"}}, "years": 7_999}}
    days = [{"day": date(2000, 1, 1)}, {"day": date(2001, 1, 1)}]
    assert narrows(bounds(later, log(*days[:1])), bounds(later, log(*days)))
