"""Measures are exact, known as far as the facts go, and only ever narrow as facts are added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from rudong_rules.answers import QUESTIONS, answer
from rudong_rules.bounds import COMPARISONS, Bounds, compare, number
from rudong_rules.measures import NUMBERS, View, bounds
from rudong_rules.selecting import Entries

D1, D2, D3 = date(2024, 1, 31), date(2024, 3, 1), date(2025, 2, 28)
A: dict[str, Any] = {"kind": "good", "year": 2021, "points": 5, "day": D1, "who": ("甲", "乙")}
B: dict[str, Any] = {"kind": "good", "year": 2022, "points": 2, "day": D2, "who": ("丙",)}
BAD: dict[str, Any] = {"kind": "bad", "year": 2024, "points": 9, "day": D3, "who": ()}
MAYBE: dict[str, Any] = {"kind": None, "year": 2023, "points": 1, "day": D3, "who": None}
BARE: dict[str, Any] = {"kind": "good", "year": None, "points": None, "day": None, "who": None}
PERHAPS_BAD = {**B, "kind": "bad", "?": True}
GOOD = {"of": "log", "where": {"kind": "good"}}
SKIPPING = {**GOOD, "year": "year", "missing": "skips"}
LATER = {"of": "log", "where": {"kind": "good", "year": {"more_than": 2022}}}
OF_2024 = {"count": {"of": "log", "where": {"kind": "good", "year": {"equals": 2024}}}}
THEN = {"in": "log", "first": {"kind": "good"}, "then": {"kind": "bad"}, "date": "day"}
UNENDED = {**THEN, "without": {"kind": "end"}}
VIA_END = {**THEN, "with": {"kind": "end"}}


def view(
    *entries: Mapping[str, Any], complete: bool = False, rank: str = "", order: str = "", one: str = "", **scalars: Any
) -> View:
    """A case with one log and some scalars; a pair is what is known of a scalar."""
    known = {
        key: Bounds(*value) if isinstance(value, tuple) else Bounds.exactly(value) for key, value in scalars.items()
    }
    return View(
        {"n": Bounds(0), "m": Bounds(1), "start": Bounds(), **known}, {"rank": rank} if rank else {},
        {"log": Entries(entries, complete, order, tuple(one.split()))},
        {"share": {"ratio": ["n", "m"]}, "any": {"happened": {"in": "log"}}},
        {"grades": {"low": 3, "high": "1/2"}, "days": {"low": "2024-01-31"}}, known.get("as_of", Bounds()),
    )  # fmt: skip


def known_all(*entries: Mapping[str, Any], **more: Any) -> View:
    return view(*entries, complete=True, **more)


VALUES: list[tuple[Any, View, tuple[Any, Any]]] = [
    (3, view(), (3, 3)), ("1/3", view(), (Fraction(1, 3),) * 2), ("n", view(n=4), (4, 4)), ("n", view(), (0, None)),
    ("as_of", view(), (None, None)), ("as_of", view(as_of=D1), (D1, D1)),
    ("share", view(n=1, m=3), (Fraction(1, 3),) * 2),
    ({"sum": ["n", "m", 1]}, view(n=2, m=3), (6, 6)), ({"sum": ["n", 1]}, view(n=(2, None)), (3, None)),
    ({"difference": ["n", "m"]}, view(n=2, m=5), (-3, -3)), ({"difference": ["n", "m"]}, view(n=2), (None, 1)),
    ({"difference": [9, "n"]}, view(n=(2, 4)), (5, 7)),
    ({"product": ["n", "m", 2]}, view(n=2, m=5), (20, 20)), ({"product": ["n", "m"]}, view(n=2), (2, None)),
    ({"product": ["7/10", "n"]}, view(n=(50, 80)), (35, 56)), ({"product": [-1, "n"]}, view(n=(2, 4)), (-4, -2)),
    ({"product": ["n", "m"]}, view(n=(-2, 3), m=(-5, 4)), (-15, 12)), ({"product": [-1, "n"]}, view(), (None, None)),
    ({"product": ["n", "m"]}, view(n=(None, 3), m=(1, 2)), (None, None)), ({"product": ["n"]}, view(), (0, None)),
    ({"ratio": ["n", "m"]}, view(n=5, m=15), (Fraction(1, 3),) * 2),
    ({"ratio": ["n", "m"]}, view(n=5, m=0), (None, None)),
    ({"ratio": ["n", "m"]}, view(n=-5, m=2), (None, None)), ({"ratio": ["n", "m"]}, view(n=2), (0, 2)),
    ({"ratio": ["n", "m"]}, view(n=(1, 2), m=(3, 4)), (Fraction(1, 4), Fraction(2, 3))),
    ({"min": ["n", "m", 2]}, view(n=5), (1, 2)), ({"min": ["n", "m"]}, view(n=5, m=3), (3, 3)),
    ({"max": ["n", "m", 2]}, view(n=5), (5, None)), ({"max": ["start", "as_of"]}, view(start=D1), (D1, None)),
    ({"count": GOOD}, view(), (0, None)), ({"count": GOOD}, view(A, B, BAD), (2, None)),
    ({"count": GOOD}, known_all(A, B, BAD), (2, 2)), ({"count": GOOD}, known_all(A, MAYBE), (1, 2)),
    ({"count": {"of": "log", "where": {"year": {"at_least": "n"}}}}, known_all(A, B, n=(2021, 2022)), (1, 2)),
    (OF_2024, view(BAD), (0, None)), (OF_2024, view(BAD, one="year"), (0, 0)),
    (OF_2024, view(A, one="year"), (0, None)),
    (OF_2024, view({**MAYBE, "year": 2024}, one="year"), (0, 1)), (OF_2024, view(BAD, one="year who"), (0, None)),
    ({"total": {**GOOD, "field": "points"}}, view(A, B, BAD), (7, None)),
    ({"total": {**GOOD, "field": "points"}}, known_all(A, B, BAD), (7, 7)),
    ({"total": {**GOOD, "field": "points"}}, known_all(A, BARE), (5, None)),
    ({"total": {**GOOD, "field": "points"}}, known_all(A, MAYBE), (5, None)),
    ({"latest": {**GOOD, "field": "day"}}, known_all(A, B, BAD), (D2, D2)),
    ({"latest": {**GOOD, "field": "day"}}, view(A, B), (D2, None)),
    ({"latest": {**GOOD, "field": "day"}}, known_all(A, MAYBE), (D1, D3)),
    ({"latest": {**GOOD, "field": "day"}}, known_all(A, BARE), (D1, None)),
    ({"latest": {**GOOD, "field": "day"}}, known_all(BAD), (None, None)),
    ({"latest": {**GOOD, "field": "day", "none": "start"}}, known_all(BAD, start=D1), (D1, D1)),
    ({"latest": {**GOOD, "field": "day", "none": "start"}}, view(BAD, start=D1), (None, None)),
    ({"latest": {**GOOD, "field": "day", "none": "start"}}, known_all(BAD, MAYBE, start=D1), (D1, D3)),
    ({"earliest": {**GOOD, "field": "day", "none": "start"}}, known_all(BAD, MAYBE, start=D1), (D1, D3)),
    ({"latest": {**GOOD, "field": "day", "none": "start"}}, known_all(BAD, MAYBE), (None, None)),
    ({"earliest": {**GOOD, "field": "day"}}, known_all(A, B), (D1, D1)),
    ({"earliest": {**GOOD, "field": "day"}}, view(A, B), (None, D1)),
    ({"earliest": {"of": "log", "where": {"kind": "bad"}, "field": "year"}}, known_all(BAD, MAYBE), (2023, 2024)),
    ({"longest_run": {**GOOD, "year": "year"}}, known_all(A, B, BAD), (2, 2)),
    ({"longest_run": {**GOOD, "year": "year"}}, known_all(A, B, MAYBE, BAD), (2, 3)),
    ({"longest_run": {**GOOD, "year": "year"}}, view(A, B), (2, None)),
    ({"longest_run": {**GOOD, "year": "year"}}, known_all(A, BARE), (1, 2)),
    ({"longest_run": {**GOOD, "year": "year"}}, known_all(BARE), (1, 1)),
    ({"longest_run": {**GOOD, "year": "day"}}, known_all({**A, "day": None}), (1, 1)),
    ({"longest_run": {**GOOD, "year": "year"}}, known_all(A, {**B, "year": 2024}), (1, 1)),
    ({"longest_run": {**GOOD, "year": "year", "missing": "skips"}}, known_all(A, {**B, "year": 2024}), (2, 2)),
    ({"longest_run": {**GOOD, "year": "day"}}, known_all(A, {**B, "day": D3}), (2, 2)),
    ({"run_ending": {**GOOD, "year": "year", "at": 2022}}, known_all(A, B, BAD), (2, 2)),
    ({"run_ending": {**GOOD, "year": "year", "at": 2022}}, view(A, B), (2, None)),
    ({"run_ending": {**GOOD, "year": "year", "at": 2023}}, known_all(A, B), (0, 0)),
    ({"run_ending": {**SKIPPING, "at": 2023}}, known_all(A, B), (0, 0)),
    ({"run_ending": {**SKIPPING, "at": 2023}}, known_all(A, PERHAPS_BAD, {**B, "year": 2023}), (1, 3)),
    ({"run_ending": {**SKIPPING, "at": 2022}}, known_all(A, PERHAPS_BAD), (0, 0)),
    ({"run_ending": {**SKIPPING, "at": 2024}}, known_all(A, {**B, "year": 2024}), (2, 2)),
    ({"run_ending": {**LATER, "year": "year", "at": 2023}}, view(), (0, 1)),
    ({"run_ending": {**LATER, "year": "year", "at": 2024}}, view({**A, "year": 2024}), (1, 2)),
    ({"run_ending": {**LATER, "year": "year", "at": 2022}}, view(), (0, 0)),
    ({"run_ending": {**LATER, "year": "year", "at": 2023}}, known_all({**B, "?": True}, {**B, "year": 2023}), (1, 1)),
    ({"run_ending": {**GOOD, "year": "year", "at": 2023}}, view(), (0, None)),
    ({"run_ending": {**GOOD, "year": "year", "at": 2022}}, known_all(A, B, {**A, "year": -(10**17)}), (2, 2)),
    ({"run_ending": {**SKIPPING, "at": 2022}}, known_all(A, B, {**BAD, "year": -(10**17)}), (2, 2)),
    ({"run_ending": {**GOOD, "year": "year", "at": 10**17}}, known_all(A, B), (None, None)),
    ({"run_ending": {**GOOD, "year": "year", "at": 2024}}, known_all(A, B, BAD), (0, 0)),
    ({"run_ending": {**GOOD, "year": "year", "at": 2023}}, known_all(A, B, MAYBE), (0, 3)),
    ({"run_ending": {"of": "log", "year": "year", "at": "n"}}, known_all(A), (None, None)),
    ({"most_within": {**GOOD, "date": "day", "window": "calendar_year"}}, known_all(A, B, {**B, "day": D3}), (2, 2)),
    ({"most_within": {**GOOD, "date": "day", "window": 12}}, known_all(B, {**B, "day": D3}), (2, 2)),
    ({"most_within": {**GOOD, "date": "day", "window": 1}}, known_all(A, B, MAYBE), (1, 1)),
    ({"most_within": {**GOOD, "date": "day", "window": 12}}, known_all({**A, "day": date(9999, 12, 31)}), (1, 1)),
    ({"most_within": {**GOOD, "date": "day", "window": 1}}, view(A, B), (1, None)),
    ({"most_within": {**GOOD, "date": "day", "window": 1}}, known_all({**A, "day": None}), (1, 1)),
    ({"most_within": {**GOOD, "date": "day", "window": 1}}, known_all(A, {**B, "day": None}, BARE), (1, 3)),
    ({"years_between": ["start", "as_of"]}, view(start=date(2024, 2, 29), as_of=D3), (1, 1)),
    ({"years_between": ["start", "as_of"]}, view(as_of=D3), (None, None)),
    ({"months_between": ["start", "as_of"]}, view(start=(D1, D2), as_of=D3), (11, 13)),
    ({"months_between": ["start", "as_of"]}, view(start=(D1, None), as_of=D3), (None, 13)),
    ({"days_between": ["start", "as_of"]}, view(start=D1, as_of=D2), (30, 30)),
    ({"year_of": ["start"]}, view(start=(D1, D3)), (2024, 2025)), ({"year_of": ["start"]}, view(), (None, None)),
    ({"add": {"to": "start", "months": 1, "days": 1}}, view(start=D1), (D2, D2)),
    ({"add": {"to": "start", "years": "n"}}, view(start=D1, n=(1, 2)), (date(2025, 1, 31), date(2026, 1, 31))),
    ({"add": {"to": "start", "years": "n"}}, view(start=D1), (D1, None)),
    ({"add": {"to": "start", "months": {"ratio": [3, 2]}}}, view(start=D1), (date(2024, 2, 29), date(2024, 3, 31))),
    ({"add": {"to": "start", "days": "-1/2"}}, view(start=D1), (date(2024, 1, 30), D1)),
    ({"add": {"to": "start", "years": 9000}}, view(start=D1), (date.max, None)),
    ({"add": {"to": "start", "years": -9000}}, view(start=D1), (None, date.min)),
    ({"next_month": {"to": "start"}}, view(start=D1), (date(2024, 2, 1),) * 2),
    ({"next_month": {"to": "start"}}, view(start=(D1, date.max)), (date(2024, 2, 1), None)),
    ({"next_month": {"to": "start"}}, view(start=date(2024, 2, 29)), (date(2024, 3, 1),) * 2),
    ({"next_month": {"to": "start"}}, view(start=date(2024, 12, 31)), (date(2025, 1, 1),) * 2),
    ({"lookup": {"table": "grades", "key": "rank"}}, view(rank="high"), (Fraction(1, 2),) * 2),
    ({"lookup": {"table": "grades", "key": "rank"}}, view(), (None, None)),
    ({"lookup": {"table": "days", "key": "rank"}}, view(rank="low"), (D1, D1)),
    ({"lookup": {"table": "days", "key": "rank"}}, view(rank="high"), (None, None)),
]  # fmt: skip
END = {**BAD, "kind": "end", "day": D2}
TWICE = {**THEN, "then": {"kind": "good"}}
LATE, ODD = {**B, "day": D3}, {**BAD, "day": None}
ANSWERS: list[tuple[Any, View, bool | None]] = [
    ({"happened": {"in": "log"}}, view(), None), ({"happened": {"in": "log"}}, known_all(), False),
    ("any", view(BARE), True), ({"happened": {"in": "log", "where": {"kind": "bad"}}}, view(A), None),
    ({"happened": {"in": "log", "where": {"kind": "bad"}}}, known_all(A), False),
    ({"happened": {"in": "log", "where": {"kind": ["bad", "good"]}}}, view(A), True),
    ({"happened": {"in": "log", "where": {"kind": "bad"}}}, known_all(A, MAYBE), None),
    ({"happened": {"in": "log", "where": {"kind": "bad", "year": {"less_than": 2000}}}}, known_all(MAYBE), False),
    ({"happened": {"in": "log", "where": {"who": {"all_of": ["甲", "乙"]}}}}, view(A), True),
    ({"happened": {"in": "log", "where": {"who": {"all_of": ["甲", "丙"]}}}}, known_all(A, B), False),
    ({"took_part": {"in": "log", "who": "丙", "field": "who"}}, view(A, B), True),
    ({"took_part": {"in": "log", "who": "丁", "field": "who"}}, view(A, B), None),
    ({"took_part": {"in": "log", "who": "丁", "field": "who"}}, known_all(A, B), False),
    ({"took_part": {"in": "log", "who": ["丁", "甲"], "field": "who"}}, known_all(A), True),
    ({"took_part": {"in": "log", "who": "丁", "field": "who", "where": {"kind": "bad"}}}, known_all(A, MAYBE), None),
    ({"happened_before": THEN}, view(A, BAD), True), ({"happened_before": THEN}, view(A), None),
    ({"happened_before": THEN}, known_all(A), False), ({"happened_before": THEN}, known_all(BAD), False),
    ({"happened_before": THEN}, known_all(LATE, {**BAD, "day": D1}), False),
    ({"happened_before": THEN}, known_all(LATE, BAD), None), ({"happened_before": THEN}, known_all(A, ODD), None),
    ({"happened_before": THEN}, known_all(LATE, BAD, MAYBE), None),
    ({"happened_before": THEN}, view({**LATE, "year": 1}, {**BAD, "year": 2}, order="year"), True),
    ({"happened_before": THEN}, known_all({**LATE, "year": 2}, {**BAD, "year": 1}, order="year"), False),
    ({"happened_before": UNENDED}, known_all(A, BAD, {**END, "day": date(2026, 1, 1)}), True),
    ({"happened_before": UNENDED}, known_all(A, BAD), True), ({"happened_before": UNENDED}, view(A, BAD), None),
    ({"happened_before": UNENDED}, known_all(A, END, BAD), False),
    ({"happened_before": UNENDED}, view(A, END, BAD), None),
    ({"happened_before": UNENDED}, known_all(A, END, {**BAD, "day": D2}), None),
    ({"happened_before": UNENDED}, known_all(A, {**END, "day": None}, BAD), None),
    ({"happened_before": UNENDED}, known_all(A, {**END, "kind": None}, BAD), None),
    ({"preceded": THEN}, known_all(A, BAD), True), ({"preceded": THEN}, view(A, BAD), None),
    ({"preceded": THEN}, known_all(A), True), ({"preceded": THEN}, known_all(B, BAD, {**BAD, "day": D1}), False),
    ({"followed": THEN}, known_all(A, BAD), True), ({"followed": THEN}, view(A, BAD), None),
    ({"followed": THEN}, known_all(BAD), True), ({"followed": THEN}, known_all(A, LATE, {**BAD, "day": D2}), False),
    ({"followed": THEN}, known_all(A), False), ({"followed": THEN}, known_all(A, MAYBE), None),
    ({"happened_before": {**THEN, "without": {"kind": "bad"}}}, known_all(A, BAD), True),
    ({"happened_before": VIA_END}, view(A, END, BAD), True), ({"happened_before": VIA_END}, view(A, BAD), None),
    ({"happened_before": VIA_END}, known_all(A, BAD), False),
    ({"happened_before": VIA_END}, known_all(A, {**END, "day": None}, BAD), None),
    ({"happened_before": VIA_END}, known_all(A, {**END, "kind": None}, BAD), None),
    ({"happened_before": {**VIA_END, "without": {"who": "丙"}}}, known_all(A, END, BAD), True),
    ({"happened_before": {**VIA_END, "without": {"who": "丙"}}}, known_all(A, END, {**B, "kind": "x"}, BAD), False),
    ({"happened_before": TWICE}, known_all(A), False), ({"happened_before": TWICE}, known_all(A, LATE), True),
    ({"followed": TWICE}, known_all(A), False), ({"preceded": TWICE}, known_all(A), False),
    ({"preceded": UNENDED}, known_all(A, BAD), True), ({"preceded": UNENDED}, known_all(A, END, BAD), False),
    ({"preceded": UNENDED}, known_all(A, END, LATE, {**BAD, "day": date(2025, 3, 1)}), True),
    ({"preceded": UNENDED}, view(A, END, BAD), None), ({"preceded": UNENDED}, known_all(A, MAYBE, BAD), None),
    ({"followed": UNENDED}, known_all(A, END, BAD), False), ({"followed": UNENDED}, known_all(A, BAD, LATE), None),
    ({"followed": UNENDED}, known_all(A, BAD), True), ({"followed": VIA_END}, known_all(A, END, BAD), True),
    ({"followed": VIA_END}, known_all(A, BAD), False), ({"followed": VIA_END}, view(A, END, BAD), None),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "case", "expected"), VALUES)
def test_a_number_or_date_is_known_as_far_as_the_facts_go(
    expression: Any, case: View, expected: tuple[Any, Any]
) -> None:
    assert bounds(expression, case) == Bounds(*expected)


@pytest.mark.parametrize(("expression", "case", "expected"), ANSWERS)
def test_a_question_is_answered_only_when_the_facts_answer_it(
    expression: Any, case: View, expected: bool | None
) -> None:
    assert answer(expression, case) is expected


@pytest.mark.parametrize(("operators", "table"), [(NUMBERS, VALUES), (QUESTIONS, ANSWERS)])
def test_no_operator_goes_untested(operators: Mapping[str, Any], table: list[tuple[Any, Any, Any]]) -> None:
    assert {next(iter(row[0])) for row in table if isinstance(row[0], dict)} == set(operators)


def test_five_of_fifteen_is_not_more_than_a_third() -> None:
    third = bounds("1/3", view())
    assert compare(bounds("share", view(n=5, m=15)), ">", third) is False
    assert compare(bounds("share", view(n=5, m=15)), "=", third) is True
    assert compare(bounds("share", view(n=6, m=15)), ">", third) is True
    assert compare(bounds("share", view(n=333_333, m=10**6)), ">", third) is False


@pytest.mark.parametrize(
    ("left", "right", "answers"),
    [
        ((1, 1), (2, 2), "<T ≤T =F ≥F >F"), ((2, 2), (2, 2), "<F ≤T =T ≥T >F"), ((3, 3), (2, 2), "<F ≤F =F ≥T >T"),
        ((1, 2), (2, 3), "<? ≤T =? ≥? >F"), ((1, 3), (2, 2), "<? ≤? =? ≥? >?"), ((2, None), (1, 1), "<F ≤F =F ≥T >T"),
        ((2, None), (2, 2), "<F ≤? =? ≥T >?"), ((None, 2), (3, None), "<T ≤T =F ≥F >F"),
        ((1, 2), (1, 2), "<? ≤? =? ≥? >?"), ((None, None), (1, 1), "<? ≤? =? ≥? >?"),
        ((None, None), (None, None), "<? ≤? =? ≥? >?"),
        ((D1, D1), (D2, D2), "<T ≤T =F ≥F >F"), ((Fraction(2), Fraction(2)), (2, 2), "<F ≤T =T ≥T >F"),
    ],
)  # fmt: skip
def test_a_comparison_is_decided_when_all_values_agree(left: Any, right: Any, answers: str) -> None:
    found = {sign: compare(Bounds(*left), sign, Bounds(*right)) for sign in COMPARISONS.values()}
    assert found == {word[0]: {"T": True, "F": False, "?": None}[word[1]] for word in answers.split()}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (7, 7), (Fraction(1, 3), Fraction(1, 3)), (D1, D1), ("7", 7), ("-7", -7), ("1/3", Fraction(1, 3)),
        ("5/15", Fraction(1, 3)), ("0.25", Fraction(1, 4)), ("0.1", Fraction(1, 10)), ("2024-01-31", D1),
        ("9" * 64, 10**64 - 1),
    ],
)  # fmt: skip
def test_a_literal_is_read_exactly(text: Any, value: Any) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "nonsense",
    [
        0.1, 1.0, float("nan"), float("inf"), True, False, None, [], {}, b"1", "", "x", "1e3", "1E3", "nan", "inf",
        "1/2/3", "1,5", "0x10", "2024-02-30", "2024-13-01", "31-01-2024", "2024/01/31", "9" * 65, "五", "1/-2", "1/0",
        "2024-W01-1", "２０２４-01-31",
    ],
)  # fmt: skip
def test_what_is_no_exact_number_and_no_date_is_refused(nonsense: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        number(nonsense)
