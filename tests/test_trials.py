"""``rudong-rules test``: every scenario is decided on every engine, and a failure says what, why and where."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import rudong_rules
from commands import Command
from good import GOOD
from rudong_rules.junit import Result, junit
from rudong_rules.trials import runnable_engines
from test_pytest_plugin import RIGHT, WRONG

LEAVE = rudong_rules.load(GOOD)
IN_GOOD = f"--policies {GOOD}"
FAILURE = "outcome: expected may_grant, got refused"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder whose one scenario file has a right and a wrong scenario."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "third.yaml").write_text(WRONG, encoding="utf-8")
    return tmp_path


def test_scenarios_that_pass_are_counted_on_every_engine(repository: Path, command: Command) -> None:
    (repository / "scenarios" / "third.yaml").write_text(RIGHT, encoding="utf-8")
    runs = 2 * len(runnable_engines())
    assert command.done(f"test {IN_GOOD}", repository) == f"2 个情景，{runs} 次运行：{runs} 次通过，0 次未通过\n\n"


def test_a_failure_says_expected_got_why_and_the_line(repository: Path, command: Command) -> None:
    outcome = command(f"test {IN_GOOD} --engine fixpoint --lang en", repository)
    assert (outcome.code, outcome.err) == (1, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "scenarios/third.yaml:8:5: Thirty days are too many whatever counts."
    assert lines[1:4] == ["  grant · engine: fixpoint", f"  ✗ {FAILURE}", "  Why"]
    assert "〔请假 " in lines[4]
    assert lines[-2] == "scenarios: 2, runs: 2, passed: 1, failed: 1"


OPEN = """
scenarios:
  - point: The leaves are whole up to the day of the case only, and how long the leave is to be is not known.
    decision: grant
    case: {as_of: 2025-06-30, employment: established, ill: true, leaves: {complete: true, entries: []}}
    as_of: 2025-07-31
    expect: {outcome: may_grant}
"""


def test_a_failure_of_what_is_open_says_what_is_missing_and_what_does_not_count(
    tmp_path: Path, command: Command
) -> None:
    """The decision has a profile, which alone said little."""
    (tmp_path / "open.yaml").write_text(OPEN, encoding="utf-8")
    printed = command(f"test open.yaml {IN_GOOD} --engine fixpoint --lang en", tmp_path).out
    assert "outcome: expected may_grant, got undetermined" in printed
    why = printed[printed.index("Why") :]
    for said in ("too long or too often", "days asked for", "declared complete up to 2025-06-30 only"):
        assert said in why


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="durable-rules does not import here")
def test_engines_that_fail_alike_are_named_together(repository: Path, command: Command) -> None:
    printed = command(f"test {IN_GOOD}", repository).out
    assert printed.count("outcome：应为 may_grant，得到 refused") == 1
    assert "grant · 引擎：fixpoint、durable" in printed


def test_a_name_that_the_decision_could_not_use_is_an_input_error(repository: Path, command: Command) -> None:
    (repository / "scenarios" / "third.yaml").write_text(RIGHT.replace("[三]", "[九]"), encoding="utf-8")
    told = "scenarios/third.yaml:7:40: unknown-name: '九' is no name that this decision could use\n"
    for name in ("test", "check"):
        given = "scenarios" if name == "test" else f"{GOOD} -s scenarios"
        policies = IN_GOOD if name == "test" else ""
        outcome = command(f"{name} {given} {policies} --lang en", repository)
        assert (outcome.code, outcome.out, outcome.err) == (2, "", told)


def test_json_holds_every_run(repository: Path, command: Command) -> None:
    outcome = command(f"test {IN_GOOD} -f json --engine fixpoint --lang en", repository)
    written = json.loads(outcome.out)
    assert (outcome.code, written["passed"], written["failed"]) == (1, 1, 1)
    right, wrong = written["runs"]
    assert (right["passed"], right["problems"], right["why"]) == (True, [], [])
    assert (wrong["file"], wrong["line"], wrong["problems"], wrong["got"]) == (
        "scenarios/third.yaml", 8, [FAILURE], "refused",
    )  # fmt: skip
    chinese = json.loads(command(f"test {IN_GOOD} -f json --engine fixpoint", repository).out)["runs"][1]
    assert chinese["problems"] == ["outcome：应为 may_grant，得到 refused"]
    assert wrong["why"]


def test_junit_has_a_suite_for_each_file(repository: Path, command: Command) -> None:
    outcome = command(f"test {IN_GOOD} -f junit --engine fixpoint -o out.xml", repository)
    assert outcome.code == 1
    root = ElementTree.parse(repository / "out.xml").getroot()
    assert root.attrib == {"name": "rudong-rules test", "tests": "2", "failures": "1", "errors": "0"}
    (suite,) = root
    assert suite.attrib == {"name": "scenarios/third.yaml", "tests": "2", "failures": "1", "errors": "0"}
    assert [case.get("name", "").partition(":")[0] for case in suite] == ["4", "8"]
    (failure,) = suite[1]
    assert failure.get("message") == "outcome：应为 may_grant，得到 refused"
    assert f'message="{FAILURE}"' in command(f"test {IN_GOOD} -f junit --lang en", repository).out
    assert "scenarios/third.yaml:8:5" in (failure.text or "")


def test_junit_fits_the_published_schema() -> None:
    xmlschema = pytest.importorskip("xmlschema")
    schema = xmlschema.XMLSchema(Path(__file__).parent / "schemas" / "junit-10.xsd")
    results = [Result("a", "b"), Result("a", "c", "wrong \x1b[31m <&>", "why\nlines\x00"), Result("b", "d")]
    text = junit("tests", results)
    schema.validate(text)
    schema.validate(junit("none", []))
    assert not {"\x1b", "\x00"} & set(text)


def test_coverage_is_a_table_with_what_is_missing(repository: Path, command: Command) -> None:
    printed = command(f"test {IN_GOOD} --coverage --lang en", repository).out
    assert "outcomes: " in printed
    assert "third_leave=does_not" in printed
    assert "Exercised by no scenario" in printed
    written = json.loads(command(f"test {IN_GOOD} --coverage -f json", repository).out)["coverage"]
    states = {item["id"]: item["states"] for item in written["items"] if item["section"] == "outcomes"}
    assert states["grant=refused"] == {"true": "scenarios/third.yaml:4:5", "false": None, "unknown": None}


def test_too_little_coverage_fails(repository: Path, command: Command) -> None:
    (repository / "scenarios" / "third.yaml").write_text(RIGHT, encoding="utf-8")
    assert command(f"test {IN_GOOD} --fail-under 5", repository).code == 0
    outcome = command(f"test {IN_GOOD} --fail-under 90 --lang en", repository)
    assert outcome.code == 1
    assert "is below the 90 % asked for" in outcome.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "there is no scenario file here"),
        ("nowhere.yaml", "nowhere.yaml: cannot-read: No such file or directory"),
        ("one.yaml two.yaml", "two.yaml:1:1: missing: 'scenarios' is missing"),
        ("--engine fast", "Invalid value for '--engine'"),
        ("--fail-under 101", "Invalid value for '--fail-under'"),
    ],
)
def test_what_cannot_be_run_is_told(words: str, message: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / "one.yaml").write_text("scenarios: []\n", encoding="utf-8")
    (tmp_path / "two.yaml").write_text("bases: {}\n", encoding="utf-8")
    outcome = command(f"test {words} {IN_GOOD} --lang en", tmp_path)
    assert outcome.code == 2
    assert message in outcome.err
    assert ("one.yaml:1:12: too-small" in outcome.err) == ("two.yaml" in words)


def test_scenarios_may_stand_under_tests(tmp_path: Path, command: Command) -> None:
    for folder, text in (("tests/scenarios", RIGHT), ("scenarios", WRONG)):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "third.yml").write_text(text, encoding="utf-8")
    assert command(f"test {IN_GOOD} --engine fixpoint", tmp_path).code == 0
    assert command(f"test scenarios {IN_GOOD} --engine fixpoint", tmp_path).code == 1
