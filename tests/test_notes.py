"""What a verdict tells of the case on its day: what does not count, and lists that are complete no longer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import rudong_rules
from rudong_rules.render import document
from rudong_rules.verdict_data import VerdictData

POLICY = rudong_rules.load()
CASE: dict[str, Any] = {
    "as_of": "2026-03-16",
    "assessments": {"complete": True, "entries": [{"year": 2025, "grade": "excellent"}, {"year": 2030}]},
    "commendation_consent": {"value": "given", "determined_by": "县委", "determined_on": "2026-03-01"},
    "honours": [{"kind": "commendation", "granted_on": "2027-01-01"}, {"kind": "award"}],
    "incidents": {"complete": True, "entries": []},
}
LATER = "年度考核：{} 以后的不计（2030）", "奖励表彰：{} 以后的不计（2027-01-01 的嘉奖）"
OPEN = "年度考核：只说明到 2026-03-16 为止齐全，此后有没有未查明"


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (None, [one.format("2026-03-16") for one in LATER]),
        (date(2026, 3, 16), [one.format("2026-03-16") for one in LATER]),
        (date(2026, 6, 1), [LATER[0].format("2026-06-01"), OPEN, LATER[1].format("2026-06-01")]),
        (date(2030, 1, 1), [OPEN]),
        (date(2026, 2, 1), ["嘉奖报批结果：2026-02-01 以后的认定不计", *(one.format("2026-02-01") for one in LATER)]),
    ],
)  # fmt: skip
def test_a_verdict_says_what_does_not_count_on_its_day_and_which_lists_are_open(
    as_of: date | None, told: list[str]
) -> None:
    verdict = POLICY.decide(CASE, "honours", as_of=as_of)
    assert [one.label for one in verdict.notes] == told
    for lang, heading in (("zh", "注意"), ("en", "Note")):
        (section,) = [one for one in document(verdict.data, lang) if one.title == heading]  # type: ignore[arg-type]
        assert len(section.lines) == len(told)
    assert VerdictData.model_validate_json(verdict.to_json()) == verdict.data
    assert told[0] in verdict.to_html()


def test_without_anything_to_note_a_verdict_is_written_as_ever() -> None:
    for case, as_of in (({}, None), ({"assessments": CASE["assessments"]}, None), ({**CASE, "honours": []}, None)):
        decision = "honours" if case is not CASE and "as_of" not in case else "tolerance"
        verdict = POLICY.decide(case, decision, as_of=as_of)
        assert verdict.notes == ()
        assert "notes" not in verdict.data.model_dump()
        assert '"notes"' not in verdict.to_json()
