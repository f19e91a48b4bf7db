"""An expression that is accepted can be evaluated; one that is not is refused in words that teach the mend."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinese import in_chinese
from rudong_rules.answers import answer
from rudong_rules.bounds import COMPARISONS
from rudong_rules.expressions import MeasureError, inputs, show
from rudong_rules.measure_checks import Terms, kind_of
from rudong_rules.measures import bounds
from vocabularies import FACTS, READER, VOCABULARY

NAMES = Terms.of(VOCABULARY)
MEASURES = {name: measure.value for name, measure in VOCABULARY.measures.items()}
SPAN = {"in": "log", "first": {"kind": "good"}, "then": {"year": {"more_than": "votes"}}, "date": "day"}


def where(**fields: Any) -> dict[str, Any]:
    return {"count": {"of": "log", "where": fields}}


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        (3, "number"), ("1/3", "number"), ("2024-01-31", "date"), ("votes", "number"), ("share", "number"),
        ("appointed", "date"), ("as_of", "date"), ("part", "number"), ("bad", "question"),
        ({"sum": ["votes", "part", 1]}, "number"), ({"max": ["appointed", "as_of"]}, "date"),
        ({"min": ["votes"]}, "number"),
        ({"latest": {"of": "log", "field": "until", "none": "appointed"}}, "date"), ({"year_of": ["as_of"]}, "number"),
        ({"earliest": {"of": "log", "field": "points"}}, "number"),
        ({"total": {"of": "log", "field": "year"}}, "number"),
        ({"add": {"to": "appointed", "years": "votes", "months": {"lookup": {"table": "months", "key": "rank"}}}},
         "date"),
        ({"next_month": {"to": "as_of"}}, "date"), ({"preceded": SPAN}, "question"), ({"followed": SPAN}, "question"),
        (where(year=[2023], who={"all_of": ["organ"]}, urgent=True, note="x", until={"after": "as_of"}), "number"),
        ({"took_part": {"in": "log", "field": "who", "who": "organ"}}, "question"),
        ({"most_within": {"of": "log", "date": "day", "window": 6}}, "number"),
        ({"longest_run": {"of": "log", "year": "day", "missing": "skips"}}, "number"),
        ({"run_ending": {"of": "log", "year": "year", "at": "votes", "among": {"kind": ["good", "bad"]}}}, "number"),
    ],
)  # fmt: skip
def test_every_kind_of_expression_is_recognised(expression: Any, kind: str) -> None:
    assert kind_of(expression, NAMES) == kind


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("vote", "'vote' is neither a number, a date, a scalar nor a measure; did you mean votes?"),
        (0.5, "0.5 is neither"),
        ("1/0", "'1/0' is neither"), (None, "null is neither"), ([1], "a list is neither"),
        ("honest", "'honest' is neither"),
        ({}, "expected one operator with its arguments"), ({"sum": [1], "min": [1]}, "expected one operator"),
        ({"summ": [1]}, "unknown operator 'summ'; did you mean sum?"),
        ({"average": [1]}, "unknown operator 'average'; "),
        ({"ratio": ["votes"]}, "ratio takes a list of 2 measures"), ({"sum": []}, "sum takes a list of some measures"),
        ({"sum": "votes"}, "sum takes a list of some measures"),
        ({"year_of": [1, 2]}, "year_of takes a list of 1 measures"),
        ({"sum": ["votes", "as_of"]}, "sum takes numbers"),
        ({"days_between": [1, "as_of"]}, "days_between takes dates"),
        ({"max": ["votes", "as_of"]}, "max takes numbers or dates alike"),
        ({"min": ["bad"]}, "min takes numbers or dates alike"),
        ({"count": "log"}, "count takes of, where"), ({"count": {}}, "count needs 'of'"),
        ({"count": {"of": "log", "whre": {}}}, "count does not take 'whre'; it takes of, where"),
        ({"count": {"of": "votes"}}, "count: 'votes' is not a record; expected one of log"),
        ({"happened": {"in": ["log"]}}, "happened: a list is not a record"),
        (where(kid="good"), "log has no field 'kid'; did you mean kind?"),
        ({"count": {"of": "log", "where": []}}, "expected fields and the values they must have"),
        (where(kind="goood"), "'goood' is no option; did you mean good?"),
        (where(who=["organ", "x"]), "'x' is no option; expected one of organ, other"),
        (where(who={"all_of": ["x"]}), "'x' is no option"),
        (where(kind={"equals": "good"}), "field 'kind' cannot be compared with 'equals'"),
        (where(year={"bigger": 1}), "field 'year' cannot be compared with 'bigger'; expected one of more_than"),
        (where(year={"at_least": "as_of"}), "field 'year' is compared with what is not a number"),
        (where(year="2023"), "field 'year' is of type int; '2023' does not fit"),
        (where(urgent="yes"), "field 'urgent' is of type bool"),
        ({"total": {"of": "log", "field": "day"}}, "field 'day' is of type date; expected int or fraction"),
        ({"latest": {"of": "log", "field": "kind"}}, "field 'kind' is of type choice; expected int or"),
        ({"latest": {"of": "log", "field": "day", "none": 1}}, "latest: 'none' must be a date"),
        ({"longest_run": {"of": "log", "year": "note"}}, "field 'note' is of type text; expected int or date"),
        ({"longest_run": {"of": "log", "year": "year", "missing": "stops"}},
         "longest_run: missing is 'breaks' or 'skips'"),
        ({"run_ending": {"of": "log", "year": "year", "at": "as_of"}}, "run_ending takes a year under 'at'"),
        ({"most_within": {"of": "log", "date": "year", "window": 1}}, "field 'year' is of type int; expected date"),
        ({"most_within": {"of": "log", "date": "day", "window": 0}},
         "the window is calendar_year or a number of months"),
        ({"most_within": {"of": "log", "date": "day", "window": True}},
         "the window is calendar_year or a number of months"),
        ({"most_within": {"of": "log", "date": "day", "window": 1, "distinct": "no"}},
         "most_within: distinct is true or false, not 'no'"),
        ({"took_part": {"in": "log", "field": "kind", "who": "good"}},
         "field 'kind' is of type choice; expected choices"),
        ({"took_part": {"in": "log", "field": "who", "where": {"who": "other"}, "who": "organ"}},
         "field 'who' is asked for twice"),
        ({"took_part": {"in": "log", "who": "organ"}}, "log has no field 'participants'"),
        ({"happened_before": {**SPAN, "date": "year"}}, "field 'year' is of type int; expected date"),
        ({"add": {"to": "votes"}}, "add takes a date under 'to'"),
        ({"next_month": {"to": 1}}, "next_month takes a date under 'to'"),
        ({"add": {"to": "as_of", "years": "appointed"}}, "add takes a number of years"),
        ({"lookup": {"table": "x", "key": "rank"}}, "there is no table 'x'; expected one of months"),
        ({"lookup": {"table": "months", "key": "votes"}}, "lookup: 'votes' is no choice; expected one of rank"),
    ],
)  # fmt: skip
def test_what_is_no_measure_is_refused_with_the_reason(expression: Any, message: str) -> None:
    with pytest.raises(MeasureError) as caught:
        kind_of(expression, NAMES)
    assert message in str(caught.value)
    assert in_chinese(caught.value.message)
    assert not caught.value.hint or in_chinese(caught.value.hint)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"middle": 1}, "table 't' has a row 'middle' that 'rank' cannot be"),
        ({}, "mixes numbers and dates, or is empty"),
        ({"low": 1, "high": "2024-01-31"}, "mixes numbers and dates"), ({"low": "x"}, "'x' is neither a number"),
    ],
)  # fmt: skip
def test_a_table_that_does_not_fit_its_choice_is_refused(table: dict[str, int | str], message: str) -> None:
    names = Terms(NAMES.kinds, NAMES.choices, NAMES.records, NAMES.measures, {"t": table})
    with pytest.raises(MeasureError) as caught:
        kind_of({"lookup": {"table": "t", "key": "rank"}}, names)
    assert message in str(caught.value)


def test_measures_that_define_each_other_are_refused_by_name() -> None:
    loop = {"a": {"sum": ["b", 1]}, "b": {"max": ["c"]}, "c": "a"}
    names = Terms(NAMES.kinds, NAMES.choices, NAMES.records, loop, {})
    with pytest.raises(MeasureError, match="measures are defined by each other: a → b → c → a"):
        kind_of("a", names)


def test_alternatives_are_counted_together() -> None:
    """Each measure asks for the one before it in ten alternatives: six of them would be a million questions."""
    measures: dict[str, Any] = {"step0": "votes"}
    for nth in range(1, 7):
        alternatives = [{"points": {"at_least": f"step{nth - 1}"}}] * 10
        measures[f"step{nth}"] = {"count": {"of": "log", "where": {"any_of": alternatives}}}
    with pytest.raises(MeasureError, match="more than 1,000 parts"):
        kind_of("step6", replace(NAMES, measures=measures, checked={}))


@pytest.mark.parametrize(
    ("expression", "read"),
    [
        (3, ""), ("part", "votes cast"), ("bad", "log"), ({"sum": ["votes", "as_of"]}, "votes as_of"),
        ({"lookup": {"table": "months", "key": "rank"}}, "rank"), ({"preceded": SPAN}, "log votes"),
        ({"add": {"to": "appointed", "months": "votes", "days": "cast"}}, "appointed votes cast"),
        ({"latest": {"of": "log", "field": "day", "none": "appointed"}}, "log appointed"),
        (where(year={"at_least": {"sum": ["votes", "part"]}}, kind="good"), "log votes cast"),
        ({"sum": ["votes", "1/3"]}, "votes"),
    ],
)  # fmt: skip
def test_an_expression_is_traced_to_the_facts_it_reads(expression: Any, read: str) -> None:
    assert inputs(expression, MEASURES) == set(read.split())


@pytest.mark.parametrize(
    ("expression", "line"),
    [
        (3, "3"), ("part", "part"), ({"sum": ["votes", {"max": ["cast", 1]}]}, "sum(votes, max(cast, 1))"),
        ({"preceded": SPAN}, "preceded(in=log, first(kind=good), then(year > votes), date=day)"),
        (where(year=[1, 2], day={"after": "as_of", "before": "appointed"}),
         "count(of=log, where(year=1|2, day > as_of day < appointed))"),
    ],
)  # fmt: skip
def test_an_expression_is_shown_in_one_line(expression: Any, line: str) -> None:
    assert show(expression) == line


# --- whatever is accepted can be evaluated ---------------------------------------------------------------------------

columns = st.sampled_from(["year", "kind", "who", "day", "points", "urgent", "note", "until", "x"])
limits = st.dictionaries(st.sampled_from(sorted(COMPARISONS)), st.sampled_from([1, "as_of", "votes"]), max_size=2)
wheres = st.dictionaries(columns, st.sampled_from([2023, "good", ["organ"], True, "x"]) | limits, max_size=2)
leaves = st.sampled_from([0, 2, "1/3", "2024-02-29", "votes", "cast", "appointed", "as_of", "part", "bad", "rank", "x"])
windows = st.sampled_from(["calendar_year", 1])
of_log = st.fixed_dictionaries(
    {"of": st.just("log")},
    optional={"where": wheres, "field": columns, "year": columns, "date": columns, "window": windows, "at": leaves},
)
in_log = st.fixed_dictionaries(
    {"in": st.just("log")},
    optional={"where": wheres, "first": wheres, "then": wheres, "date": columns, "who": leaves, "field": columns},
)


def one(operators: str, arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(operators.split()), arguments, min_size=1, max_size=1)


expressions = st.recursive(
    leaves
    | one("count total latest earliest longest_run run_ending most_within", of_log)
    | one("happened took_part happened_before preceded followed", in_log),
    lambda inner: (
        one("sum difference ratio min max days_between years_between year_of", st.lists(inner, max_size=2))
        | one("add", st.fixed_dictionaries({"to": inner}, optional={"years": inner, "days": inner}))
    ),
    max_leaves=5,
)
ENTRY = {"kind": "good", "day": "2024-01-10", "who": ["organ"], "points": "1/2", "urgent": True, "note": "x"}
CASES: list[dict[str, Any]] = [
    {}, {"votes": 5, "log": [{"year": 2023}, {"year": 2024, **ENTRY}]},
    {"as_of": "2024-05-01", "cast": 15, "appointed": "2020-02-29", "rank": "low", "log": {"complete": True}},
]  # fmt: skip
VIEWS = [FACTS.view(READER.read(case), None) for case in CASES]
TYPES: dict[str, Any] = {"number": int | Fraction | None, "date": date | None}


def refusal(expression: Any) -> str:
    """Why an expression is refused; empty when it is accepted."""
    try:
        kind_of(expression, NAMES)
    except MeasureError as error:
        return str(error) or "for no reason"
    return ""


@given(expressions)
def test_whatever_is_accepted_can_be_evaluated(expression: Any) -> None:
    if refusal(expression):
        return
    kind = kind_of(expression, NAMES)
    for view in VIEWS:
        if kind == "question":
            assert answer(expression, view) in (True, False, None)
        else:
            found = bounds(expression, view)
            assert isinstance(found.low, TYPES[kind])
            assert isinstance(found.high, TYPES[kind])


@pytest.mark.parametrize("expression", [{"lookup": {"table": ["x"], "key": "rank"}}, where(kind=[["good"]])], ids=show)
def test_a_list_in_the_place_of_a_word_is_refused(expression: Any) -> None:
    assert refusal(expression)


@pytest.mark.parametrize(
    "expression", [where(day="2024-01-10"), where(points="1/2"), where(who={"all_of": "organ"})], ids=show
)
def test_a_value_that_an_entry_has_is_found_or_refused(expression: Any) -> None:
    assert refusal(expression) or bounds(expression, VIEWS[1]).low == 1


def test_a_total_of_what_may_be_negative_is_refused() -> None:
    assert refusal({"total": {"of": "log", "field": "points"}})
