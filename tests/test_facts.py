"""What a case makes known on a day: each organ's latest word, dated entries, complete lists; nothing from silence."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from programs import shown
from rudong_rules.bounds import Bounds
from rudong_rules.errors import CaseError
from rudong_rules.program import Program
from vocabularies import ASKED, FACTS, PROGRAM, READER, known

MADE = {"determined_by": "党组", "determined_on": "2024-03-01", "evidence": "会议纪要"}
ANNULLED = [{"value": True, **MADE}, {"value": False, **MADE, "determined_on": "2024-06-01"}]
WITHDRAWN = [{"value": True, **MADE}, {"value": None, **MADE, "determined_on": "2024-06-01"}]
DISAGREEING = [{"value": True, **MADE}, {"value": False, "determined_by": "纪检组", "determined_on": "2024-02-01"}]
BAD = {"year": 2023, "kind": "bad", "day": "2024-01-10"}
GOOD = [{"year": 2022, "kind": "good", "day": "2023-01-10"}, {"year": 2023, "kind": "good", "day": "2024-01-10"}]


@pytest.mark.parametrize(
    ("case", "rails"),
    [
        ({}, ""), ({"honest": None}, ""), ({"honest": True}, "+honest"),
        ({"诚实": False, "paid": True}, "-honest +paid"),
        ({"honest": {"value": True}}, "+honest"), ({"honest": {"value": False, **MADE}}, "-honest"),
        ({"honest": {**MADE}}, ""), ({"honest": []}, ""), ({"honest": [{"value": True}]}, "+honest"),
        ({"honest": ANNULLED}, "-honest"), ({"honest": ANNULLED[::-1]}, "-honest"), ({"honest": WITHDRAWN}, ""),
        ({"honest": DISAGREEING}, "+honest -honest"), ({"honest": [*DISAGREEING, {"value": None}]}, "+honest -honest"),
        ({"honest": [{"value": True, **MADE}, {"value": False, **MADE}]}, "+honest -honest"),
        ({"honest": [{"value": True, **MADE}, {"value": True, "determined_by": "纪检组"}]}, "+honest"),
        ({"honest": [{"value": True}, *ANNULLED]}, "+honest -honest"),
        ({"rank": "low"}, "+rank=low -rank=high -long"), ({"职级": "高"}, "-rank=low +rank=high +long"),
        ({"rank": {"value": "高", **MADE}}, "-rank=low +rank=high +long"),
        ({"rank": [{"value": "low", **MADE}, {"value": "high", **MADE, "determined_on": "2024-03-02"}]},
         "-rank=low +rank=high +long"),
        ({"rank": [{"value": "low", **MADE}, {"value": "high", "determined_by": "纪检组"}]},
         "+rank=low -rank=low +rank=high -rank=high"),
    ],
)  # fmt: skip
def test_each_organs_latest_determination_stands_and_silence_says_nothing(case: dict[str, Any], rails: str) -> None:
    assert known(case) == set(rails.split())


@pytest.mark.parametrize(
    ("case", "as_of", "rails"),
    [
        ({"honest": {"value": True, **MADE}}, "2024-02-29", ""),
        ({"honest": {"value": True, **MADE}}, "2024-03-01", "+honest"),
        ({"honest": ANNULLED}, "2024-05-31", "+honest"), ({"honest": ANNULLED}, "2024-06-01", "-honest"),
        ({"honest": WITHDRAWN}, "2024-05-31", "+honest"), ({"honest": WITHDRAWN}, "2024-06-01", ""),
        ({"honest": DISAGREEING}, "2024-02-29", "-honest"), ({"honest": DISAGREEING}, "2024-03-01", "+honest -honest"),
        ({"honest": True}, "1990-01-01", "+honest"), ({"appointed": "2023-03-01"}, "2024-02-29", "-year-since"),
        ({"appointed": "2023-03-01"}, "2024-03-01", "+year-since"), ({"appointed": "2023-03-01"}, "", ""),
        ({"appointed": "2023-03-01", "as_of": "2024-03-01"}, "", "+year-since"),
        ({"appointed": "2023-03-01", "日期": "2024-03-01"}, "2024-02-29", "-year-since"),
    ],
)  # fmt: skip
def test_a_determination_counts_from_its_day_on(case: dict[str, Any], as_of: str, rails: str) -> None:
    assert known(case, as_of) == set(rails.split())


@pytest.mark.parametrize(
    ("log", "more", "as_of", "rails"),
    [
        ([BAD], {}, "", "+bad"), (GOOD, {}, "", "+good≥2"), (GOOD[:1], {}, "", ""), ([], {}, "", ""),
        ({"complete": True, "entries": GOOD}, {}, "", "+good≥2 -bad"), ({"complete": True}, {}, "", "-good≥2 -bad"),
        ({"complete": True, "entries": [{"year": 2023}]}, {}, "", "-good≥2"),
        ([BAD], {}, "2024-01-09", ""), ([BAD], {}, "2024-01-10", "+bad -over"),
        ([BAD], {"as_of": "2024-01-09"}, "", ""),
        ({"complete": True, "entries": [BAD]}, {"as_of": "2024-03-01"}, "", "+bad -good≥2 -over"),
        ({"complete": True, "entries": [BAD]}, {"as_of": "2024-03-01"}, "2024-01-09", "-bad -good≥2"),
        ({"complete": True, "entries": [BAD]}, {"as_of": "2024-03-01"}, "2024-03-02", "+bad -over"),
        ({"complete": True}, {"as_of": "2024-03-01"}, "2024-03-02", ""),
        ({"complete": True, "entries": [BAD]}, {"as_of": "2024-03-01"}, "2024-07-11", "+bad"),
        ({"complete": True, "entries": [BAD]}, {}, "2024-07-11", "+bad -good≥2 +over"),
        ({"complete": True, "entries": [BAD]}, {}, "2024-07-10", "+bad -good≥2 -over"),
    ],
)  # fmt: skip
def test_entries_count_from_their_day_on_and_a_list_is_complete_up_to_the_cases_day(
    log: Any, more: dict[str, Any], as_of: str, rails: str
) -> None:
    assert known({"log": log, **more}, as_of) == set(rails.split())


@pytest.mark.parametrize(
    ("votes", "cast", "rails"),
    [
        (5, 15, "-part>third"), (6, 15, "+part>third"), (0, None, "-part>third"), (5, None, ""), (None, 15, ""),
        (167, 500, "+part>third"), (None, 2000, "-part>third"),
    ],
)  # fmt: skip
def test_a_share_is_compared_exactly_and_within_the_limits_of_its_scalars(
    votes: int | None, cast: int | None, rails: str
) -> None:
    assert known({"votes": votes, "cast": cast}) == set(rails.split())


def test_only_the_atoms_of_the_program_are_made_known() -> None:
    case = READER.read({"honest": True, "paid": False, "rank": "low", "log": [BAD]})
    small = Program(PROGRAM.atoms, (), {"paid": 1, "rank=high": 3})
    assert shown(small, FACTS.known(case, FACTS.asked(small), None).claimed) == {"-paid", "-rank=high"}


@pytest.mark.parametrize(
    ("case", "day", "atom", "found"),
    [
        ({"honest": True}, None, "honest", []), ({}, None, "honest", []),
        ({"honest": {"value": True}}, None, "paid", []),
        ({"honest": ANNULLED}, date(2024, 4, 1), "honest", [("true", "党组", "2024-03-01", "会议纪要")]),
        ({"honest": ANNULLED}, date(2024, 7, 1), "honest", [("false", "党组", "2024-06-01", "会议纪要")]),
        ({"rank": {"value": "高"}}, None, "rank=low", [("high", "", "", "")]),
    ],
)  # fmt: skip
def test_the_source_of_a_fact_is_the_determination_that_counts(
    case: dict[str, Any], day: date | None, atom: str, found: list[tuple[str, str, str, str]]
) -> None:
    read = READER.read(case)
    sources = FACTS.sources(read, day, atom, FACTS.denied(read, day))
    assert [(one.value, one.determined_by, one.determined_on, one.evidence) for one in sources] == found


# --- more facts withdraw nothing -------------------------------------------------------------------------------------

organs = st.sampled_from(["党组", "纪检组", "县委"])
days = st.dates(date(2023, 1, 1), date(2024, 12, 31)).map(date.isoformat)
truth = st.booleans()
scalars = st.fixed_dictionaries(
    {},
    optional={
        "votes": st.integers(0, 500),
        "cast": st.integers(1, 900),
        "appointed": days,
        "rank": st.sampled_from("低高"),
    },
)
entries = st.lists(
    st.fixed_dictionaries(
        {"year": st.integers(2020, 2024), "day": days},
        optional={"kind": st.sampled_from(["good", "bad"]), "urgent": truth},
    ),
    max_size=4,
)


@given(st.dictionaries(organs, truth, min_size=2), scalars, entries, st.data(), days)
def test_more_facts_never_withdraw_what_is_known(
    findings: dict[str, bool], values: dict[str, Any], listed: list[Any], data: st.DataObject, as_of: str
) -> None:
    each = [{"value": value, "determined_by": organ} for organ, value in findings.items()]
    fewer = {key: value for key, value in values.items() if data.draw(truth)}
    some = [
        {k: v for k, v in one.items() if k in ("year", "day") or data.draw(truth)} for one in listed if data.draw(truth)
    ]
    rest = [one for one in listed if one not in some]
    whole = {"honest": each, "log": {"entries": some + rest, "complete": data.draw(truth)}, **values}
    part = {"honest": each[: data.draw(st.integers(0, len(each)))], "log": some, **fewer}
    assert known(part, as_of) <= known(whole, as_of)


decimals = st.decimals(places=40, allow_nan=False, allow_infinity=False).map("{:f}".format)


@given(st.one_of(st.integers(-(10**90), 10**90), st.fractions().map(str), decimals))
def test_a_fraction_is_refused_or_compared_exactly(share: Any) -> None:
    try:
        case = READER.read({"share": share})
    except CaseError:
        assert len(str(share)) > 16
    else:
        assert FACTS.view(case, None).scalars["share"] == Bounds.exactly(Fraction(share))


bare = st.sampled_from([True, False, None, "高", 1, "yes"]) | st.just([{"value": True}])


@example({"honest": True, "paid": False})
@example({"rank": "高"})
@given(
    st.dictionaries(st.sampled_from(["honest", "paid", "rank", "votes", "诚实", "log", "as_of", "x"]), bare, max_size=3)
)
def test_the_short_way_for_plain_cases_says_the_same_as_reading_them(data: dict[str, Any]) -> None:
    rails = ASKED.bare.rails(data)
    assert rails is None or shown(PROGRAM, rails) == known(data)


def test_a_choice_that_a_measure_looks_up_does_not_go_the_short_way() -> None:
    assert "-long" in known({"rank": "low"})
    assert ASKED.bare.rails({"rank": "low"}) is None


def test_an_entry_whose_day_is_not_known_may_lie_after_the_day_in_question() -> None:
    undated = {"year": 2024, "kind": "bad"}
    assert known({"log": [undated]}, "2024-03-01") <= known({"log": [{**undated, "day": "2024-06-01"}]}, "2024-03-01")
