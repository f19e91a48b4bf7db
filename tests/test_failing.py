"""A scenario that fails is told why what it expected is not so: the duty, the fact, the period, and not the outcome."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from commands import Command
from rudong_rules.failing import why_failed
from rudong_rules.layout import plain
from rudong_rules.scenarios import read_scenarios
from rudong_rules.trials import attempt
from rudong_rules.wording import Lang
from told import FORMED, SLANDER

POLICY = rudong_rules.load()
ADJUSTED: dict[str, Any] = {
    "as_of": "2025-04-01",
    "adjustments": {
        "complete": True,
        "entries": [
            {
                "kind": "transfer", "matter": "unfit", "decided_on": "2025-03-20", "revoked": False,
                "with_discipline": False, "on_exempted_error": False,
            },
        ],
    },
}  # fmt: skip


def written(folder: Path, decision: str, case: dict[str, Any], expect: dict[str, Any]) -> Path:
    scenario = {"point": "What is expected here does not come out.", "decision": decision, "case": case}
    path = folder / "failing.yaml"
    path.write_text(json.dumps({"scenarios": [{**scenario, "expect": expect}]}), encoding="utf-8")
    return path


def failed(folder: Path, decision: str, case: dict[str, Any], expect: dict[str, Any], lang: Lang = "zh") -> list[str]:
    (located,) = read_scenarios(written(folder, decision, case, expect), policy=POLICY)
    trial = attempt(located, POLICY, "fixpoint")
    assert not trial.passed
    return plain(why_failed(trial, lang))


def test_a_duty_is_explained_in_the_state_that_it_has_and_the_one_that_it_has_not(tmp_path: Path) -> None:
    said = failed(tmp_path, "tolerance_procedure", FORMED, {"duties": {"consider_tolerance": "done"}})
    tops = [line for line in said if not line.startswith(" ")]
    assert [line.split("（")[1].split("）")[0] for line in tops] == ["已违反", "未办"]
    assert all("同步考虑是否存在容错情形" in line for line in tops)


def test_a_duty_that_has_not_arisen_is_told_why(tmp_path: Path) -> None:
    said = failed(tmp_path, "tolerance_procedure", FORMED, {"duties": {"propose_tolerance": "owed"}}, "en")
    assert "(has not arisen)" in said[0]
    assert "consultation, agreed" in said[1]


def test_what_is_open_says_what_is_to_be_found_out(tmp_path: Path) -> None:
    said = failed(tmp_path, "rights_protection", SLANDER, {"duties": {"clear_name": "owed"}})
    assert "? 及时澄清正名（是否待办）" in said
    assert said[-1].strip() == "待查明：容错纠错程序中发生过哪些事项？记录是否完整？〔events〕"


def test_a_fact_is_explained_by_what_it_rests_on_and_a_period_by_its_entries(tmp_path: Path) -> None:
    said = failed(tmp_path, "rights_protection", SLANDER, {"facts": {"not_untrue_before_established": True}})
    assert "却已认定没有失实" in said[0]
    assert "反映问题失实或受到诬告" in said[1]
    period, days, *readings = failed(tmp_path, "promotion_bar", ADJUSTED, {"periods": {"no_promotion_period": []}})
    assert period == "不得提拔：依据所列组织调整：2025-03-20 的调离岗位·不适宜担任现职"
    assert days.split("：")[0] == "  ✓ 2025-03-20 的调离岗位·不适宜担任现职"
    assert days.endswith("首日 2025-03-20（党组决定日期）、末日 2026-03-20（自党组决定起的影响期届满日）")
    assert [line.split("→ ")[1] for line in readings] == [
        "三部分均限定", "算作有效，至撤销的前一日", "仅容错免责者", "仍不得", "党组作出决定之日",
    ]  # fmt: skip
    unlisted, expect = {"as_of": "2025-04-01"}, {"periods": {"no_promotion_period": ["2025-01-01", ""]}}
    (none,) = failed(tmp_path, "promotion_bar", unlisted, expect, "en")
    assert none.endswith("there is none")


@pytest.mark.parametrize(
    ("change", "told"), [({"on_exempted_error": True}, "✗ 2025-03-20"), ({"revoked": None}, "? 2025-03-20")]
)
def test_an_entry_that_brings_no_period_or_an_unknown_one_says_so(
    tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    entry = {
        name: value for name, value in {**ADJUSTED["adjustments"]["entries"][0], **change}.items() if value is not None
    }
    case = {**ADJUSTED, "adjustments": {"complete": True, "entries": [entry]}}
    _, days, *_ = failed(tmp_path, "promotion_bar", case, {"periods": {"no_promotion_period": ["2025-01-01", ""]}})
    assert days.startswith(f"  {told}")


def test_the_outcome_is_explained_where_it_fails_and_before_all_else(tmp_path: Path) -> None:
    only = failed(tmp_path, "tolerance_procedure", FORMED, {"outcome": "owed"})
    both = failed(tmp_path, "tolerance_procedure", FORMED, {"outcome": "owed", "duties": {"hold_consultation": "none"}})
    assert only
    assert both[: len(only)] == only
    assert any("召集派驻纪检组" in line for line in both[len(only) :])


@pytest.mark.parametrize("form", ["text", "json", "junit"])
def test_every_form_of_the_command_says_so(form: str, tmp_path: Path, command: Command) -> None:
    written(tmp_path, "tolerance_procedure", FORMED, {"duties": {"consider_tolerance": "done"}})
    printed = command(f"test failing.yaml -f {form} --engine fixpoint", tmp_path).out
    assert "同步考虑是否存在容错情形、是否符合容错条件（未办）" in printed


@pytest.mark.parametrize(
    ("lang", "signs"),
    [
        ("zh", "✗ 否，不成立，或未达预期；已违反　☐ 待办，未办"),
        ("en", "✗ no, does not hold, or not as expected; violated　☐ owed, not done"),
    ],
)
def test_the_signs_of_duties_are_in_the_legend(lang: Lang, signs: str, tmp_path: Path, command: Command) -> None:
    written(tmp_path, "tolerance_procedure", FORMED, {"duties": {"consider_tolerance": "done"}})
    printed = command(f"test failing.yaml --engine fixpoint --lang {lang}", tmp_path).out
    assert f"\n  {signs}\n\n" in printed


def test_a_fact_that_is_contradicted_is_told_with_who_says_what(tmp_path: Path) -> None:
    both = [{"value": True, "determined_by": "派驻纪检组"}, {"value": False, "determined_by": "政治部"}]
    said = failed(tmp_path, "tolerance", {"fault_exists": both}, {"facts": {"fault_exists": True}})
    assert said[-1].strip() == "⚠ 存在过错或失误：是（派驻纪检组）；否（政治部）"
