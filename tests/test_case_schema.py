"""The JSON Schema of a case accepts what the reader reads, under ids and labels, and explains it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import rudong_rules
from commands import Command
from good import BAD, GOOD, THIRD_LEAVE
from rudong_rules.case_schema import case_schema
from rudong_rules.source import read_document

CASES = sorted((Path(__file__).parents[1] / "examples" / "cases").glob("*.yaml"))
POLICY, LEAVE = rudong_rules.load(), rudong_rules.load(GOOD)
SCHEMA, SMALL = case_schema(POLICY.reader), case_schema(LEAVE.reader)


def fits(case: Any, schema: dict[str, Any]) -> bool:
    validator: Any = jsonschema.Draft202012Validator(schema)
    return bool(validator.is_valid(case))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_is_valid_under_labels_and_under_ids(path: Path) -> None:
    written = read_document(path).data
    case = POLICY.reader.read(written).model_dump(mode="json", exclude_unset=True)
    for one in (written, case, POLICY.reader.labels.labelled(case)):
        assert fits(one, SCHEMA)
        assert POLICY.reader.read(one) == POLICY.reader.read(written)


def test_every_name_is_accepted_and_every_property_has_one() -> None:
    assert set(SCHEMA["properties"]) == set(POLICY.reader.names)
    for name, label in {name: label for label, name in POLICY.reader.names.items() if label != name}.items():
        assert SCHEMA["properties"][name]["title"] == SCHEMA["properties"][label]["title"] == label
    for section in SCHEMA["$defs"].values():
        assert all(not one["title"].isascii() for one in section["properties"].values())
    complete = SMALL["$defs"]["leaves"]["properties"]["complete"]
    assert "没有遗漏" in complete["description"]
    assert (
        "are all there are"
        in case_schema(LEAVE.reader, "en")["$defs"]["leaves"]["properties"]["complete"]["description"]
    )


@pytest.mark.parametrize(
    "case",
    [
        THIRD_LEAVE,
        {"请假记录": [{"事由": "病假", "参加人": ["馆长", "deputy"]}]},
        {"请假记录": {"是否完整": True, "各项": [{"kind": "事假", "起始日": "2025-01-01"}]}},
        {"用工性质": {"认定": "在编职工", "认定主体": "馆长", "认定日期": "2025-01-01", "依据": "档案"}},
        {"days_asked": 365, "hours_share": 10**18, "first_day": "2024-02-29", "as_of": "2026-12-31"},
        {"ill": [{"认定": True}, {"value": False, "认定主体": "x"}], "employment": "temporary", "日期": "2025-01-01"},
    ],
)
def test_what_the_reader_reads_is_valid(case: Any) -> None:
    LEAVE.reader.read(case)
    assert fits(case, SMALL)


@pytest.mark.parametrize(
    "case",
    [
        {"il": True},
        {"请假记录": [{"起始日": "2025-01-01"}]},
        {"用工性质": "正式"},
        {"请假天数": "3"},
        {"ill": {"by": "x"}},
        {"days_asked": 10**18},
        {"leaves": [{"kind": "sick", "order": 10**18}]},
        {"hours_share": "20%"},
        {"工时比例": "1/0"},
        {"hours_share": "1/"},
        {"hours_share": "1" * 65},
        {"leaves": [{"kind": "sick", "share": "二成"}]},
        {"first_day": "2026-02-30"},
        {"first_day": "2026-04-31"},
        {"as_of": "2026-13-01"},
        {"日期": "2026-1-1"},
        {"as_of": "0000-01-01"},
        {"ill": {"value": True, "determined_on": "2026-06-31"}},
        [],
    ],
)  # fmt: skip
def test_what_the_reader_refuses_is_not(case: Any) -> None:
    with pytest.raises(rudong_rules.CaseError):
        LEAVE.reader.read(case)
    assert not fits(case, SMALL)


@pytest.mark.parametrize("text", ["1", "+1", "-3/4", ".5", "5.", "0.25", " 1/3 ", "1_000", "1/03", "007"])
def test_every_way_to_write_a_fraction_that_the_reader_reads_is_valid(text: str) -> None:
    LEAVE.reader.read({"hours_share": text})
    assert fits({"hours_share": text}, SMALL)


def test_a_whole_share_has_the_bounds_of_the_share() -> None:
    assert fits({"excellent_share_limit": 1}, SCHEMA)
    assert not fits({"excellent_share_limit": 2}, SCHEMA)


def test_the_schema_says_which_it_is_and_what_it_cannot_say() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "同一事实或栏目不得用两个名称各写一次" in SCHEMA["description"]
    english = case_schema(POLICY.reader, "en")["description"]
    assert "nothing is given twice, by id and by label" in english
    for twice in ({"ill": True, "因病需要治疗": True}, {"hours_share": "1/3", "first_day": "2025-02-29"}):
        with pytest.raises(rudong_rules.CaseError):
            LEAVE.reader.read(twice)
        assert fits(twice, SMALL)


def test_the_command_prints_it_in_the_language_of_the_user(command: Command) -> None:
    assert json.loads(command.done("schema --policies good", BAD)) == SMALL
    english = json.loads(command.done("schema --policies good --lang en", BAD))
    assert english["properties"]["ill"]["title"] == "is ill and needs treatment"
    assert english["properties"]["因病需要治疗"] == english["properties"]["ill"]
