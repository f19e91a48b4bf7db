"""pytest collects the scenario files of a policy repository, and a failure says what, why and where."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from good import GOOD, THIRD_LEAVE
from on_engines import needs_durable

pytest_plugins = "pytester"
PLUGIN = "rudong_rules.pytest_plugin"
SCENARIOS = f"""\
bases:
  third: {json.dumps(THIRD_LEAVE, ensure_ascii=False)}
scenarios:
  - point: A third leave is refused.
    decision: grant
    base: third
    expect: {{outcome: refused, cites: [三]}}
  - point: Thirty days are too many whatever counts.
    decision: grant
    base: third
    case: {{days_asked: 31}}
    readings: {{third_leave: does_not}}
    expect: {{outcome: OUTCOME}}
"""
RIGHT, WRONG = SCENARIOS.replace("OUTCOME", "refused"), SCENARIOS.replace("OUTCOME", "may_grant")


def run(pytester: pytest.Pytester, *words: str, ini: str = "", engine: str = "fixpoint") -> pytest.RunResult:
    """Run pytest in the folder as from a shell, with the plugin and the policy of tests/bad/good."""
    named = [] if pytester._request.config.pluginmanager.has_plugin("rudong_rules") else ["-p", PLUGIN]
    pytester.makeini(f"[pytest]\n{ini or f'rudong_policies = {GOOD}'}\n")
    return pytester.runpytest_subprocess(*named, "--rudong-engine", engine, *words)


def written(pytester: pytest.Pytester, text: str, name: str = "scenarios/leave/third.yaml") -> None:
    path = pytester.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_scenario_is_a_test_with_a_name_of_its_own(pytester: pytest.Pytester) -> None:
    written(pytester, RIGHT)
    result = run(pytester, "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [f"scenarios/leave/third.yaml::grant:{line}[[]fixpoint] PASSED*" for line in (4, 8)], consecutive=True
    )


def test_a_failure_says_expected_got_why_and_the_line_and_shows_no_traceback(pytester: pytest.Pytester) -> None:
    written(pytester, WRONG)
    result = run(pytester)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "scenarios/leave/third.yaml:8:5: Thirty days are too many whatever counts.",
            "outcome：应为 may_grant，得到 refused",
            "理由：",
            "  ✓ *〔请假 *〕",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")
    english = run(pytester, ini=f"rudong_policies = {GOOD}\nrudong_lang = en")
    english.stdout.fnmatch_lines(["outcome: expected may_grant, got refused", "Why: "])


def test_a_failure_of_a_duty_is_told_why_the_duty_is_so(pytester: pytest.Pytester) -> None:
    expect = "expect: {outcome: refused, duties: {notify: owed}}"
    written(pytester, RIGHT.replace("expect: {outcome: refused}", expect))
    result = run(pytester)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["职责 notify：应为 owed，得到 none", "理由：", "  ✓ *（义务未产生）*"])


def test_a_name_that_the_decision_could_not_use_is_a_collection_error(pytester: pytest.Pytester) -> None:
    written(pytester, RIGHT.replace("[三]", "[九]"))
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["scenarios/leave/third.yaml:7:40: unknown-name: “九”不是此事项可用的名称"])


@needs_durable
def test_every_engine_decides_every_scenario(pytester: pytest.Pytester) -> None:
    written(pytester, WRONG)
    run(pytester, engine="all").assert_outcomes(passed=2, failed=2)
    run(pytester, engine="durable").assert_outcomes(passed=1, failed=1)


def test_one_scenario_may_be_chosen(pytester: pytest.Pytester) -> None:
    written(pytester, WRONG)
    run(pytester, "scenarios/leave/third.yaml::grant:4[fixpoint]").assert_outcomes(passed=1)


def test_only_the_files_that_the_patterns_name_are_collected(pytester: pytest.Pytester) -> None:
    for name in ("scenarios/a.yaml", "scenarios/deep/er/b.yaml", "elsewhere/c.yaml", "scenarios/d.txt"):
        written(pytester, RIGHT, name)
    run(pytester).assert_outcomes(passed=4)
    patterns = f"rudong_policies = {GOOD}\nrudong_scenarios = elsewhere/*.yaml scenarios/*.yaml"
    run(pytester, ini=patterns).assert_outcomes(passed=4)
    run(pytester, ini=patterns + " scenarios/*/*/*.yaml").assert_outcomes(passed=6)


def test_the_option_names_other_policies_than_the_settings(pytester: pytest.Pytester) -> None:
    written(pytester, RIGHT)
    run(pytester, f"--rudong-policies={GOOD}", ini="rudong_policies = nowhere").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("text", "ini", "message"),
    [
        (RIGHT.replace("decision:", "decison:"), "", "*third.yaml:5:5: unknown-key: 此处不能写“decison”*"),
        (RIGHT.replace("decision:", "decison:"), "rudong_lang = en", "*unknown-key: 'decison' does not belong here*"),
        (RIGHT, "rudong_policies = nowhere", "*no-policy*"),
        (RIGHT, "rudong_engine = fast", "*rudong_engine: 'fast' is none of all, fixpoint, durable*"),
        (RIGHT, "rudong_lang = fr", "*rudong_lang: 'fr' is none of zh, en*"),
        (RIGHT, "rudong_scenarios = /tmp/*.yaml", "*rudong_scenarios: '/tmp/[*].yaml' is no pattern*"),
    ],
)
def test_what_is_wrong_with_files_and_settings_is_told(
    text: str, ini: str, message: str, pytester: pytest.Pytester
) -> None:
    written(pytester, text)
    result = run(pytester, ini=ini)
    assert result.ret != pytest.ExitCode.OK
    told = "\n".join([*result.outlines, *result.errlines])
    pytest.LineMatcher(told.splitlines()).fnmatch_lines([message])
    assert "Traceback" not in told


def test_a_case_that_is_refused_fails_with_the_reason(pytester: pytest.Pytester) -> None:
    written(pytester, RIGHT.replace("{days_asked: 31}", "{day_asked: 31}"))
    result = run(pytester)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["案件: unknown-fact: 没有“day_asked”这一事实"])


def test_the_plugin_loads_nothing_of_the_library_before_a_scenario_is_met() -> None:
    asked = f"import sys, {PLUGIN}; print(sorted(n for n in sys.modules if n.startswith(('rudong_rules', 'pydantic'))))"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == str(["rudong_rules", PLUGIN])


def test_the_package_still_gives_every_name(tmp_path: Path) -> None:
    import rudong_rules

    assert {getattr(rudong_rules, name) is not None for name in rudong_rules.__all__} == {True}
    assert set(rudong_rules.__all__) <= set(dir(rudong_rules))
    given = [name for names in rudong_rules._HOMES.values() for name in names]
    assert sorted([*given, "__version__"]) == rudong_rules.__all__
    # Where a module has the name, it is what the package gives once the module is imported.
    assert [name for name in given if find_spec(f"rudong_rules.{name}")] == []
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        _ = rudong_rules.laod
