"""A case is read in any of its forms to one value, or refused with every problem in its place; nothing is lost."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from rudong_rules.case_model import MAX_ITEMS
from rudong_rules.errors import CaseError, Problem, Span
from rudong_rules.source import parse_document
from vocabularies import READER

ENTRY = {"year": 2023, "kind": "good"}


def problems(data: Any) -> list[Problem]:
    with pytest.raises(CaseError) as caught:
        READER.read(data)
    return list(caught.value.problems)


def places(text: str) -> list[str]:
    """The places and codes of the problems of a case in a file."""
    document = parse_document(text, "c")
    with pytest.raises(CaseError) as caught:
        READER.read(document.data, document)
    return [f"{one.span.line}:{one.span.column} {one.code}" for one in caught.value.problems]


# --- what is read ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "ids"),
    [
        ({"诚实": True, "已付": None}, {"honest": True, "paid": None}), ({"职级": "高"}, {"rank": "high"}),
        ({"职级": "high"}, {"rank": "high"}),
        ({"标题": "某案", "日期": "2024-03-01"}, {"title": "某案", "as_of": date(2024, 3, 1)}),
        ({"职级": [{"value": "低"}, {"value": "high"}]}, {"rank": [{"value": "low"}, {"value": "high"}]}),
        ({"记录": [{"年度": 2023, "等次": "优秀", "参加人": ["党组", "other"]}]},
         {"log": {"entries": [{"year": 2023, "kind": "good", "who": ["organ", "other"]}]}}),
        ({"记录": {"complete": True, "entries": [{"年度": 2023}]}},
         {"log": {"complete": True, "entries": [{"year": 2023}]}}),
        ({"比例": "5/15"}, {"share": "1/3"}), ({"比例": "0.25"}, {"share": "1/4"}), ({"比例": 2}, {"share": "2"}),
        ({"比例": Decimal("0.20")}, {"share": "1/5"}), ({"比例": Decimal("2E-1")}, {"share": "1/5"}),
        ({"日期": datetime(2024, 3, 1)}, {"as_of": date(2024, 3, 1)}),
        ({"任职日": "2024-02-29"}, {"appointed": date(2024, 2, 29)}),
    ],
)  # fmt: skip
def test_chinese_labels_and_ids_say_the_same(labels: dict[str, Any], ids: dict[str, Any]) -> None:
    assert READER.read(labels) == READER.read(ids)


def test_a_case_shows_what_is_said_of_it() -> None:
    assert repr(READER.read({"诚实": True, "职级": None})) == "Case(honest=True, rank=None)"
    assert repr(READER.read({})) == "Case()"


def test_the_model_takes_labels_as_the_reader_does() -> None:
    labelled: dict[str, Any] = {
        "诚实": True,
        "职级": "高",
        "记录": {"是否完整": True, "各项": [{"年度": 2023, "等次": "优秀"}]},
    }
    assert READER.model(**labelled) == READER.model.model_validate_json(json.dumps(labelled)) == READER.read(labelled)
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"诚实": True, "honest": True}, "the same fact"), ({"诚": True}, "Extra inputs"),
    )  # fmt: skip
    for data, said in wrong:
        with pytest.raises(ValidationError, match=said):
            READER.model(**data)


def test_yaml_json_a_dict_and_a_case_say_the_same() -> None:
    data = {
        "诚实": {"value": True, "determined_by": "党组", "determined_on": "2024-03-01"},
        "as_of": "2024-05-01", "rank": "高", "votes": 5, "比例": "1/3",
        "记录": [{"year": 2023, "备注": "如东😀", "紧急": False}],
    }  # fmt: skip
    written = (
        "as_of: 2024-05-01\n诚实: {value: true, determined_by: 党组, determined_on: 2024-03-01}\nrank: 高\nvotes: 5\n"
    )
    written += "比例: 1/3\n记录:\n  - {year: 2023, 备注: 如东😀, 紧急: false}\n"
    case = READER.read(data)
    for text in (written, json.dumps(data), json.dumps(data, ensure_ascii=False, indent="\t")):
        document = parse_document(text, "c")
        assert READER.read(document.data, document) == case
    assert READER.read(case) is case
    assert READER.read(case.model_dump()) == READER.read(case.model_dump(mode="json")) == case
    assert READER.read(case.model_dump(mode="json", exclude_unset=True)) == case


def test_a_case_does_not_change() -> None:
    case: Any = READER.read({"honest": True})
    with pytest.raises(ValidationError, match="frozen"):
        case.honest = False


def test_the_model_asks_in_the_words_of_the_vocabulary() -> None:
    fields = READER.model.model_fields
    assert (fields["honest"].title, fields["honest"].description) == ("诚实", "是否诚实？")
    assert set(READER.model.model_json_schema()["properties"]) == set(fields)
    assert all(READER.names[name] == name for name in fields)


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "place", "code", "words"),
    [
        ([], "case", "wrong-type", "a mapping of facts"), ("x", "case", "wrong-type", "a mapping of facts"),
        ({"hones": True}, "case.hones", "unknown-fact", "did you mean honest"),
        ({1: True}, "case.1", "unknown-fact", "no fact 1\n"),
        ({"honest": True, "诚实": True}, "case.诚实", "fact-twice", "'诚实' and 'honest' are the same fact"),
        ({"诚实": "yes"}, "case.诚实", "wrong-type", "'yes' is neither true nor false"),
        ({"honest": 1}, "case.honest", "wrong-type", "1 is"),
        ({"honest": {"value": "是"}}, "case.honest.value", "wrong-type", "'是' is neither"),
        ({"honest": {"organ": "甲"}}, "case.honest.organ", "unknown-key", "honest: 'organ' does not belong here"),
        ({"honest": [{"value": 0}]}, "case.honest.0.value", "wrong-type", "0 is neither"),
        ({"honest": [{}] * 101}, "case.honest", "too-large", "more than 100"),
        ({"title": "长" * 1001}, "case.title", "too-large", "more than 1,000"),
        ({"votes": True}, "case.votes", "wrong-type", "true is not a whole number"),
        ({"votes": "5"}, "case.votes", "wrong-type", "'5' is not"),
        ({"votes": 1.0}, "case.votes", "wrong-type", "1.0 is not a whole number"),
        ({"votes": -1}, "case.votes", "out-of-range", "votes (unfit votes): -1 is below 0"),
        ({"votes": 501}, "case.votes", "out-of-range", "501 is above 500"),
        ({"cast": 0}, "case.cast", "out-of-range", "0 is below 1"),
        ({"share": 0.5}, "case.share", "not-exact", 'a fraction in quotes: "1/3"'),
        ({"share": "1/0"}, "case.share", "not-exact", "'1/0'"),
        ({"share": "2024-03-01"}, "case.share", "not-exact", "is not an exact number"),
        ({"share": True}, "case.share", "not-exact", "true"),
        ({"share": Decimal("NaN")}, "case.share", "not-exact", "a Python decimal.Decimal is no value"),
        ({"share": Decimal("1E+999999999")}, "case.share", "not-exact", "a Python decimal.Decimal is not"),
        ({"appointed": "2024-02-30"}, "case.appointed", "bad-date", "hint: month 2 of 2024 has 29 days"),
        ({"appointed": "1899-12-31"}, "case.appointed", "out-of-range", "is no likely day\n  hint: check the year"),
        ({"appointed": date(2201, 1, 1)}, "case.appointed", "out-of-range", "2201-01-01 is no likely day"),
        ({"appointed": "2024/2/29"}, "case.appointed", "bad-date", "hint: write YYYY-MM-DD: 2024-02-29"),
        ({"appointed": "2024-13-01"}, "case.appointed", "bad-date", "hint: months are 1 to 12"),
        ({"appointed": 20240301}, "case.appointed", "bad-date", ""),
        ({"appointed": "20240301"}, "case.appointed", "bad-date", "'20240301' is not a date"),
        ({"as_of": "1.3.2024"}, "case.as_of", "bad-date", ""),
        ({"as_of": datetime(2024, 3, 1, 5)}, "case.as_of", "bad-date", "05:00:00 is a time and no date"),
        ({"as_of": datetime(2024, 3, 1, tzinfo=UTC)}, "case.as_of", "bad-date", "a time and no date\n  hint: pass its"),
        ({"as_of": "2024-03-01 00:00:00"}, "case.as_of", "bad-date", "is not a date"),
        ({"appointed": "45352"}, "case.appointed", "bad-date", "if it is a day as Excel counts them, it is 2024-03-01"),
        ({"appointed": 45352}, "case.appointed", "bad-date", "it is 2024-03-01"),
        ({"appointed": 12345}, "case.appointed", "bad-date", "write YYYY-MM-DD, such as"),
        ({"as_of": "２０２４-03-1"}, "case.as_of", "bad-date", ""),
        ({"rank": "中"}, "case.rank", "unknown-option",
         "rank: '中' is not an option\n  hint: expected one of low, high"),
        ({"rank": {"value": 3}}, "case.rank.value", "unknown-option", "3"),
        ({"log": 5}, "case.log", "wrong-type", "one entry a line"),
        ({"log": "无"}, "case.log", "wrong-type", "there is none, write {complete: true, entries: []}; leave out"),
        ({"log": False}, "case.log", "wrong-type", "there is none, write {complete: true, entries: []}"),
        ({"log": [{**ENTRY, "until：2024": None}]}, "case.log.0.until：2024", "unknown-key", "must be the half-width"),
        ({"log": [5]}, "case.log.0", "wrong-type", ""),
        ({"log": {"complete": "yes"}}, "case.log.complete", "wrong-type", "'yes' is neither"),
        ({"记录": [{"等次": "优秀"}]}, "case.记录.0.year", "missing", "log, entry 1: 'year' is missing"),
        ({"log": [{**ENTRY, "grade": 1}]}, "case.log.0.grade", "unknown-key", "'grade' does not belong here"),
        ({"log": [{**ENTRY, "until": "2024-01-01"}]}, "case.log.0.until", "unknown-key", "does not belong"),
        ({"log": [{**ENTRY, "who": ["organ", "谁"]}]}, "case.log.0.who.1", "unknown-option",
         "'谁' is not an option"),
        ({"log": [{"year": 1989}]}, "case.log.0.year", "out-of-range", "1989 is below 1990"),
        ({"log": [{**ENTRY, "等次": "good"}]}, "case.log.0.等次", "fact-twice",
         "log, entry 1: '等次' is given twice, by id and by label"),
        ({"log": [ENTRY] * (MAX_ITEMS + 1)}, "case.log", "too-large", f"more than {MAX_ITEMS:,}"),
        ({"as_of": "2024-03-01", "诚实": {"value": True, "determined_on": "2024-03-02"}},
         "case.诚实.determined_on", "future", "2024-03-02 lies after the day of the case, 2024-03-01"),
        ({"ballots": [{"year": 1, "round": 2}, {"round": 1}, {"round": 2, "year": 1}]}, "case.ballots.2",
         "entry-twice", "ballots, entry 3: year 1, round 2 stands at entry 1 too"),
        ({"测评": {"entries": [{"unfit": 3, "cast": 3}, {"不称职得票": 4, "cast": 3}]}},
         "case.测评.entries.1.不称职得票", "impossible", "ballots, entry 2, unfit: 4 is more than cast 3"),
        ({"日期": "2024-03-01", "rank": [{"value": "low"}, {"value": "low", "determined_on": "2025-01-01"}]},
         "case.rank.1.determined_on", "future", "mend the date or as_of"),
    ],
)  # fmt: skip
def test_what_is_refused_is_named_with_its_place(data: Any, place: str, code: str, words: str) -> None:
    (problem,) = problems(data)
    assert (problem.span, problem.code) == (Span(place), code)
    assert words in str(problem)


def test_every_problem_is_reported_at_once_in_the_order_of_the_file() -> None:
    text = "诚实: yes\nhones: true\nvotes: -1\n已付:\n  value: true\n  organ: 甲\n职级:\n  - value: 低\n  - value: 中\n"
    expected = ["1:5 wrong-type", "2:1 unknown-fact", "3:8 out-of-range", "6:3 unknown-key", "9:12 unknown-option"]
    assert places(text) == expected
    assert places("log:\n  complete: true\n  entries:\n    - year: 2023\n    - year: 二\n") == ["5:13 wrong-type"]


# --- any data --------------------------------------------------------------------------------------------------------

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.dates() | st.text(max_size=8)
    | st.sampled_from(["高", "low", "2024-03-01", "1/3", "1/0", "优秀"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["value", "determined_on", "entries", "year", "年度", "who"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([*sorted(READER.names), "?"]) | st.integers(), values, max_size=5))
def test_any_data_is_a_case_that_reads_back_the_same_or_a_list_of_problems(data: dict[Any, Any]) -> None:
    try:
        case = READER.read(data)
    except CaseError as error:
        sound = bool(error.problems) and all(map(str, error.problems))
    else:
        sound = READER.read(case.model_dump(mode="json", exclude_unset=True)) == case
    assert sound


def test_a_column_given_by_id_and_by_label_is_given_twice() -> None:
    assert [one.code for one in problems({"log": [{"year": 2020, "年度": 2021}]})] == ["fact-twice"]


@pytest.mark.parametrize("name", ["as_of", "appointed"])
def test_an_iso_week_is_no_date(name: str) -> None:
    assert [one.code for one in problems({name: "2024-W01-1"})] == ["bad-date"]


@pytest.mark.parametrize("data", [{"honest": 10**5000}, {"votes": -(10**5000)}, {"share": 10**5000}])
def test_a_number_too_long_to_print_is_a_problem_and_no_crash(data: dict[str, Any]) -> None:
    assert len(problems(data)) == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("记录:\n  - year: 2023\n  - year: 二\n", "3:11 wrong-type"),
        ("log:\n  entries:\n    - 年度: 二\n", "3:11 wrong-type"),
    ],
)
def test_a_problem_in_an_entry_points_at_its_value(text: str, place: str) -> None:
    assert places(text) == [place]


def test_a_tuple_of_entries_is_read_like_a_list() -> None:
    assert READER.read({"log": ({"年度": 2023},)}) == READER.read({"log": [{"年度": 2023}]})
