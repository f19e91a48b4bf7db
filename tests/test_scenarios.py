"""Every scenario under tests/scenarios gets the verdict that it says, on both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

import rudong_rules
from on_engines import each_engine
from rudong_rules.scenarios import Located, read_scenarios
from rudong_rules.trials import attempt

FOLDER = Path(__file__).parent / "scenarios"
FILES = sorted(FOLDER.rglob("*.yaml"))
SCENARIOS = [located for path in FILES for located in read_scenarios(path, str(path.relative_to(FOLDER)))]
POLICY = rudong_rules.load()


@each_engine
@pytest.mark.parametrize("located", SCENARIOS, ids=lambda located: str(located.span))
def test_scenario(located: Located, engine: str) -> None:
    problems = attempt(located, POLICY, engine).problems
    assert not problems, "\n".join([f"{located.span}: {located.scenario.point}", *problems])


def test_no_two_scenarios_make_the_same_point() -> None:
    points = [located.scenario.point for located in SCENARIOS]
    assert sorted(points) == sorted(set(points))
