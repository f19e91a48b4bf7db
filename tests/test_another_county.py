"""A regulation encoded in YAML alone, outside the package: it loads, its scenarios pass, its cases are decided."""

from __future__ import annotations

from pathlib import Path

import pytest

import rudong_rules
from commands import Command
from on_engines import each_engine
from rudong_rules.accounting import account
from rudong_rules.scenarios import Located, read_scenarios
from rudong_rules.source import read_document
from rudong_rules.trials import attempt

COUNTY = Path(__file__).parent.parent / "examples" / "another_county"
POLICY = rudong_rules.load(COUNTY / "policies")
SCENARIOS = [located for path in sorted((COUNTY / "scenarios").glob("*.yaml")) for located in read_scenarios(path)]
CASES: dict[str, dict[str, str | None]] = {
    "01_improve": {"grade": "basic", "renewal": "improve", "review": "not_applied", "promotion": "not_yet"},
    "02_not_renewed": {"grade": "competent", "renewal": "not_renewed", "notice": "extended", "review": "refused"},
    "03_promotion": {"grade": "excellent", "renewal": None, "promotion": "promoted", "reemployment": None},
}


@each_engine
@pytest.mark.parametrize("located", SCENARIOS, ids=lambda one: f"{Path(one.span.file).stem}:{one.span.line}")
def test_a_scenario_gets_its_verdict(located: Located, engine: str) -> None:
    problems = attempt(located, POLICY, engine).problems
    assert not problems, "\n".join([f"{located.span}: {located.scenario.point}", *problems])


def test_every_outcome_comes_out_in_some_scenario() -> None:
    expected = {(one.scenario.decision, one.scenario.expect.outcome) for one in SCENARIOS}
    every = {(name, rung) for name, decision in POLICY.rules.decisions.items() for rung in decision.ladder}
    assert every <= expected


def test_every_duty_and_period_is_shown_by_some_scenario() -> None:
    shown = [one.scenario.expect for one in SCENARIOS]
    assert {name for one in shown for name in one.duties} == set(POLICY.rules.duties)
    assert {name for one in shown for name in one.periods} == set(POLICY.rules.periods)


def test_every_clause_is_accounted_for() -> None:
    fates = account(POLICY, "clerks")
    assert [fate.label for fate in fates if fate.fate == "unaccounted"] == []
    assert [fate.label for fate in fates if fate.fate == "not_encoded"] == ["序言", "第一条", "第二条", "第十五条"]


def test_the_text_says_that_it_is_invented() -> None:
    assert "（示例）" in POLICY.regulations["clerks"].title
    assert "虚构" in POLICY.clause("clerks:序言").text


@each_engine
@pytest.mark.parametrize("name", sorted(path.stem for path in (COUNTY / "cases").iterdir()))
def test_a_case_is_decided(name: str, engine: str) -> None:
    document = read_document(COUNTY / "cases" / f"{name}.yaml")
    opinion = POLICY.decide(document.data, engine=engine, document=document)
    assert {decision: opinion[decision].outcome for decision in CASES[name]} == CASES[name]


def test_the_command_decides_it_from_its_folder(command: Command) -> None:
    printed = command.done("decide cases/02_not_renewed.yaml -d renewal --policies policies", COUNTY)
    assert "不予续聘【禁止性规定】" in printed
    assert "顺延的聘期：2026-04-01 – 2026-04-03" in printed
