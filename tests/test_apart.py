"""Where labels are listed, one that holds a comma of its own is quoted, so that it is not taken for several."""

from __future__ import annotations

import pytest

import rudong_rules
from rudong_rules import CaseError, why_not
from rudong_rules.explain_data import Value
from rudong_rules.told import fact_change
from rudong_rules.wording import apart

POLICY = rudong_rules.load()
OTHER = "到龄、任期届满、交流等其他事由"


@pytest.mark.parametrize(
    ("parts", "between", "said"),
    [
        (["健康原因（health）", f"{OTHER}（other）"], "、", f"健康原因（health）、「{OTHER}」（other）"),
        (["健康原因", OTHER], "或", f"健康原因或「{OTHER}」"),
        ([OTHER], "、", OTHER),
        (["甲", "乙（丙、丁）"], "、", "甲、乙（丙、丁）"),
        (["甲", "乙「丙、丁」"], "、", "甲、乙「丙、丁」"),
        (["health", "age, end of term"], ", ", "health, “age, end of term”"),
        (["health", "this or that"], " or ", "health or “this or that”"),
        (["health", "other (age, end of term)"], ", ", "health, other (age, end of term)"),
        ([], "、", ""),
    ],
)
def test_only_what_could_be_taken_for_several_is_quoted(parts: list[str], between: str, said: str) -> None:
    assert apart(parts, between) == said


def test_options_that_a_hint_lists_are_told_apart() -> None:
    with pytest.raises(CaseError) as told:
        POLICY.decide({"adjustment_matter": "不知"}, "adjustment")
    assert f"违纪违法（discipline）、「{OTHER}」（other）" in told.value.text("zh")


def test_a_set_lists_the_values_of_which_any_will_do_apart() -> None:
    found = why_not(POLICY, {}, "adjustment", "other_rules")
    values = [one for way in found.unknown.ways for one in way.needs if one.name == "adjustment_matter"]
    assert values
    changed = values[0].model_copy(update={"values": (*values[0].values, Value(value="other", label=OTHER, en="x"))})
    ways = found.unknown.model_copy(update={"ways": (found.unknown.ways[0].model_copy(update={"needs": (changed,)}),)})
    shown = found.model_copy(update={"unknown": ways})
    assert f"或「{OTHER}」" in shown.to_text()
    assert f"或「{OTHER}」" in shown.to_html()


def test_the_options_of_a_cell_are_told_apart() -> None:
    record = POLICY.rules.vocabulary.records["protected_matters"]
    options = dict(record.fields["decisive_for"].options)
    first, second = [*options][:2]
    entry = {"conclusion": "exempted", "decisive_for": [first, second]}
    change = fact_change(POLICY.rules.vocabulary, "protected_matters", None, {"complete": True, "entries": [entry]})
    assert f"{options[first].label}、{options[second].label}" in change.new[0].label
