"""Mistakes of who calls the library: each is refused with what may be written, as the kind of error that Python has."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

import rudong_rules
from extras import needs_rfc8785
from good import GOOD, THIRD_LEAVE
from rudong_rules import (
    CaseError,
    InputError,
    Interview,
    MisuseError,
    NotInstalledError,
    RudongRulesError,
    UnknownNameError,
    robustness,
    what_if,
    why,
    why_not,
)
from rudong_rules.bilingual import say
from rudong_rules.frame import FrameUnavailableError, Troubles, decide_frame
from rudong_rules.html import graph_svg, time_line_svg
from rudong_rules.record import record

POLICY, LEAVE = rudong_rules.load(), rudong_rules.load(GOOD)
VERDICT, OPINION = LEAVE.decide(THIRD_LEAVE, "grant"), LEAVE.decide({})
A_LIST: Any = ["ill=true"]
BY_NUMBER: Any = {1: 2}


@pytest.mark.parametrize(
    ("error", "python"), [(UnknownNameError, KeyError), (MisuseError, ValueError), (NotInstalledError, ImportError)]
)
def test_what_python_has_an_error_for_is_one_of_these_and_one_of_ours(error: type, python: type) -> None:
    assert issubclass(error, RudongRulesError)
    assert issubclass(error, python)
    assert issubclass(FrameUnavailableError, NotInstalledError)
    assert Troubles.__module__.startswith("rudong_rules.frame")


def test_an_unknown_name_is_told_as_a_problem_and_comes_through_a_process() -> None:
    with pytest.raises(UnknownNameError) as caught:
        LEAVE.outcomes("grand")
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is UnknownNameError
    assert str(again) == str(caught.value) == caught.value.text("en")
    assert str(again).startswith(
        "decision: unknown-decision: there is no decision 'grand'\n  hint: did you mean grant?"
    )


# --- languages -------------------------------------------------------------------------------------------------------

DOORS: list[Callable[[Any], object]] = [
    VERDICT.to_text, VERDICT.to_markdown, VERDICT.to_html, OPINION.to_text, OPINION.to_markdown, OPINION.to_html,
    why(LEAVE, {}, "grant").to_text, why(LEAVE, {}, "grant").to_html, robustness(LEAVE, {}, "grant").to_markdown,
    LEAVE.facts.heads, CaseError([]).text, MisuseError(say("no_derivation")).text,
    lambda lang: graph_svg(VERDICT.data, lang), lambda lang: time_line_svg(VERDICT.data, lang),
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("lang", ["zh-CN", "cn", "中文", "EN", "", None, ["zh"]])
def test_a_language_that_there_is_not_is_refused_and_not_taken_for_english(
    door: Callable[[Any], object], lang: Any
) -> None:
    with pytest.raises(MisuseError, match=r"^there is no language .*: write zh \(Chinese\) or en \(English\)$"):
        door(lang)


# --- lists of decisions ----------------------------------------------------------------------------------------------


def test_an_empty_list_of_decisions_is_refused_wherever_several_may_be_named() -> None:
    import polars

    frame = polars.DataFrame({"ill": [True]})
    told = "decision: none-named: none is named\n  hint: leave it out (None) for all, or name one"
    with pytest.raises(CaseError) as caught:
        decide_frame(LEAVE, frame, [])
    assert str(caught.value) == told
    assert decide_frame(LEAVE, frame, None).equals(decide_frame(LEAVE, frame, list(LEAVE.decisions)))


@needs_rfc8785
def test_an_empty_list_of_decisions_makes_no_record() -> None:
    with pytest.raises(CaseError, match="none is named"):
        record(LEAVE, {}, [], salt=bytes(32))
    with pytest.raises(CaseError, match="no decision 'grand'"):
        record(LEAVE, {}, ["grant", "grand"], salt=bytes(32))
    (one,) = record(LEAVE, {}, ["grant", "请假"], salt=bytes(32)).public.verdicts
    assert one.decision == "grant"


@pytest.mark.parametrize("salt", [b"", b"abc", bytes(33), "x" * 32, None])
def test_a_salt_is_32_bytes_and_the_refusal_says_where_from(salt: Any) -> None:
    with pytest.raises(MisuseError, match=r"^a salt has 32 bytes, not .*: take secrets\.token_bytes\(32\), fresh"):
        record(LEAVE, {}, salt=salt)


def test_every_refusal_is_one_that_can_say_itself_in_chinese() -> None:
    cn: Any = "cn"
    asked: list[Callable[[], object]] = [
        lambda: LEAVE.decide({}, "grant", engine="fix"), lambda: LEAVE.clause("leave:九九"),
        lambda: LEAVE.facts.where(nam="x"), lambda: VERDICT.to_text(cn), lambda: record(LEAVE, {}, salt=b""),
    ]  # fmt: skip
    for one in asked:
        with pytest.raises(RudongRulesError) as caught:
            one()
        assert any("一" <= sign <= "鿿" for sign in caught.value.text("zh"))
        assert isinstance(caught.value, InputError | MisuseError)


# --- cases, grids and changes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda x: LEAVE.scenarios(x, {"ill": [True]}, "grant"), "case: wrong-type: null is not a mapping"),
        (lambda x: LEAVE.scenarios({}, x, "grant"), "grid: wrong-type: null is not a mapping"),
        (lambda _: LEAVE.scenarios({}, {"days_asked": 1.5}, "grant"), "case.days_asked: wrong-type"),
        (lambda _: what_if(LEAVE, {}, "grant", A_LIST), "changes: wrong-type: a list is not a mapping"),
        (lambda x: what_if(LEAVE, {}, "grant", x), "changes: wrong-type: null is not a mapping"),
        (lambda _: what_if(LEAVE, {}, "grant", BY_NUMBER), "changes: unknown-fact: there is no fact 1\n"),
        (lambda _: Interview(LEAVE, "grant").answer(A_LIST, True), "fact: unknown-fact: there is no fact a list\n"),
        (lambda _: why_not(POLICY, {}, "six_looks", "x"),
         "has no outcome 'x'\n  hint: there are none: this decision reports conclusions alone"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(asked: Any, told: str) -> None:
    with pytest.raises(CaseError) as caught:
        asked(None)
    assert told in str(caught.value)


def test_the_values_of_an_axis_may_come_one_by_one() -> None:
    several = LEAVE.scenarios(THIRD_LEAVE, {"ill": (value for value in (True, False))}, "grant")
    assert several.records() == LEAVE.scenarios(THIRD_LEAVE, {"ill": [True, False]}, "grant").records()
    assert len(LEAVE.scenarios(THIRD_LEAVE, {"days_asked": range(1, 4)}, "grant")) == 3
