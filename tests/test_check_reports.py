"""The checker on the shipped policies, and every form in which it reports."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml

import rudong_rules
from commands import Command
from good import NO_LAST_RUNG, copy_of_good
from rudong_rules.analysis.cache import Cache
from rudong_rules.analysis.check import Checked, Finding, check
from rudong_rules.analysis.reports import as_junit, as_sarif, message
from rudong_rules.bilingual import say
from rudong_rules.errors import Span
from rudong_rules.policy import Policy
from rudong_rules.wording import Lang

RULES, DECISIONS, READINGS = "leave/rules.yaml", "leave/decisions.yaml", "leave/readings.yaml"


@pytest.fixture(scope="module")
def shipped() -> Checked:
    """The check of the shipped policies."""
    return check(rudong_rules.load(), Cache(None), jobs=2)


def test_the_shipped_policies_are_in_order(shipped: Checked) -> None:
    """Everything found is accepted with a reason, and every claim but the exactness of two logs is decided."""
    assert not shipped.open
    assert all(one.accepted for one in shipped.findings)
    unknown = {claim.subject for claim, proof in shipped.proofs if proof.status == "unknown"}
    assert unknown <= {"adjustment_procedure", "tolerance_procedure"}


def test_every_case_of_the_shipped_policies_replays(shipped: Checked) -> None:
    """Read and decided as it would be from a file."""
    policy: Policy = rudong_rules.load()
    for claim, proof in shipped.proofs:
        if proof.case is None:
            continue
        case = yaml.safe_load(yaml.safe_dump(proof.case, allow_unicode=True))
        verdict = policy.decide(case, proof.decision, readings=dict(proof.readings))
        if claim.property == "unreachable":
            assert f"{verdict.decision}={verdict.outcome}" == claim.subject
        elif claim.property in ("ladder_gap", "inexact"):
            assert verdict.outcome is None


SCHEMAS = Path(__file__).parent / "schemas"


def _command_on(command: Command, tmp_path: Path, words: str) -> tuple[int, str]:
    copy_of_good(tmp_path / "policies", [NO_LAST_RUNG])
    outcome = command(f"check policies --no-cache {words}", tmp_path)
    assert outcome.err == ""
    return outcome.code, outcome.out


def test_sarif_is_valid_and_points_to_the_file(command: Command, tmp_path: Path) -> None:
    """By what SARIF 2.1.0 says of the objects that are written."""
    code, out = _command_on(command, tmp_path, "-f sarif")
    log = json.loads(out)
    jsonschema.validate(log, json.loads((SCHEMAS / "sarif-2.1.0-subset.json").read_text(encoding="utf-8")))
    result = next(one for one in log["runs"][0]["results"] if one["ruleId"] == "ladder_gap")
    place = result["locations"][0]["physicalLocation"]
    assert code == 1
    assert place["artifactLocation"]["uri"] == "policies/leave/decisions.yaml"
    assert place["region"] == {"startLine": 2, "startColumn": 3}
    assert "case" in result["properties"]["witness"]


def test_junit_counts_what_fails(command: Command, tmp_path: Path) -> None:
    """Every claim is a test case; the gap fails."""
    _, out = _command_on(command, tmp_path, "-f junit")
    root = ElementTree.fromstring(out.encode())
    suite = next(one for one in root if one.get("name") == "ladder_gap")
    assert (root.tag, suite.get("tests"), suite.get("failures")) == ("testsuites", "1", "1")
    for one in root:
        assert one.get("tests") == str(len(one.findall("testcase")))
        assert one.get("failures") == str(len(one.findall("testcase/failure")))


def test_annotations_of_github(command: Command, tmp_path: Path) -> None:
    """One line each, at the place."""
    _, out = _command_on(command, tmp_path, "-f github --lang en")
    assert "::error file=policies/leave/decisions.yaml,line=2,col=3,title=ladder_gap::grant has no outcome" in out


def test_text_and_witness_files(command: Command, tmp_path: Path) -> None:
    """The case of a finding is written as a file that decide reads."""
    code, out = _command_on(command, tmp_path, "--lang en --witnesses shown")
    assert code == 1
    assert "policies/leave/decisions.yaml:2:3: ladder_gap" in out
    outcome = command("decide shown/ladder_gap-grant.yaml -d grant --policies policies -f json", tmp_path)
    assert json.loads(outcome.out)["status"] == "undetermined"


def test_every_reason_is_told_in_chinese_and_in_english(shipped: Checked) -> None:
    whys = {one.why for one in shipped.findings if one.why}
    assert say("gap_no_case") in whys
    assert {"gap_no_case", "gap_missed"} <= {why.key for why in whys}
    for why in whys:
        chinese = why.text("zh")
        assert not chinese.isascii()
        assert not re.search(r"[a-z]+ [a-z]+", chinese)
        assert why.text("en") == why
    assert say("gap_missed", outcome="not_met").text("zh").endswith("结论都是 not_met")


def test_a_finding_is_reported_in_one_language() -> None:
    one = Finding("inexact", "grant", "note", Span("f"), "refuted", say("gap_missed", outcome="may_grant"))
    assert message(one, "zh").startswith("grant 遗漏推论：尚不能得出结论，而")
    assert message(one, "en").startswith("grant misses an outcome: undetermined, though")


def test_an_accepted_finding_has_its_reason_in_the_language_of_the_report() -> None:
    one = Finding(
        "scenario",
        "grant",
        "note",
        Span("f"),
        "refuted",
        "",
        accepted="中文的理由",
        accepted_en="the reason in English",
    )
    checked = Checked((), (one,), 0, 0)
    told: list[tuple[Lang, str, str]] = [("zh", "中文的理由", "the reason"), ("en", "the reason in English", "理由")]
    for lang, reason, other in told:
        for report in (json.dumps(as_sarif(checked, "p", lang), ensure_ascii=False), as_junit(checked, lang)):
            assert reason in report
            assert other not in report


def test_scenarios_are_run(command: Command, tmp_path: Path) -> None:
    """One that fails is a finding at its place."""
    copy_of_good(tmp_path / "policies")
    wrong = (
        "scenarios:\n"
        "  - {point: illness grants leave, decision: grant, case: {ill: false}, expect: {outcome: may_grant}}\n"
    )
    (tmp_path / "wrong.yaml").write_text(wrong, encoding="utf-8")
    outcome = command("check policies --no-cache -s wrong.yaml -f github", tmp_path)
    assert outcome.code == 1
    assert "::error file=wrong.yaml,line=2" in outcome.out  # and not below the folder of the policies
    assert "title=scenario" in outcome.out
    assert "outcome：应为 may_grant，得到 " in outcome.out
    english = command("check policies --no-cache -s wrong.yaml -f github --lang en", tmp_path)
    assert "outcome: expected may_grant, got " in english.out


def test_what_no_scenario_exercises_is_told_and_breaks_nothing(command: Command, tmp_path: Path) -> None:
    """Each at its place, with the share of what is exercised."""
    copy_of_good(tmp_path / "policies")
    right = "scenarios:\n  - {point: nothing is known, decision: grant, case: {}, expect: {outcome: undetermined}}\n"
    (tmp_path / "right.yaml").write_text(right, encoding="utf-8")
    told = json.loads(command.done("check policies --no-cache -s right.yaml -f json", tmp_path))
    gaps = {(one["subject"], one["why"]) for one in told["findings"] if one["code"] == "not_exercised"}
    assert {why for name, why in gaps if name == "sick"} == {say("unseen_true"), say("unseen_false")}
    assert ("grant=may_grant", say("unseen_true")) in gaps
    assert {one["level"] for one in told["findings"] if one["code"] == "not_exercised"} == {"note"}
    files = {(one["subject"], one["place"]["file"]) for one in told["findings"] if one["place"]["line"] > 0}
    assert {("sick", RULES), ("grant=may_grant", DECISIONS), ("third_leave=counts", READINGS)} <= files
    assert {("notify:due", DECISIONS), ("leave:3", "leave/regulation.txt")} <= files
    assert 0 < told["coverage"] < 100
    assert "没有其成立的情景" in command.done("check policies --no-cache -s right.yaml", tmp_path)
    assert json.loads(command.done("check policies --no-cache -f json", tmp_path))["coverage"] is None


@pytest.mark.parametrize(("words", "labelled"), [("", True), ("--lang en", False)])
def test_a_counterexample_is_told_under_labels_to_chinese_readers(
    words: str, labelled: bool, command: Command, tmp_path: Path
) -> None:
    _, out = _command_on(command, tmp_path, words)
    cases = [line.strip() for line in out.splitlines() if line.strip().startswith("{")]
    assert cases
    assert any("因病需要治疗" in case or "人员类别" in case or "请假记录" in case for case in cases) is labelled
    assert any('"ill"' in case or '"employment"' in case or '"leaves"' in case for case in cases) is not labelled


def test_the_folder_may_be_named_as_in_other_commands(tmp_path: Path, command: Command) -> None:
    copy_of_good(tmp_path / "policies", [(RULES, "    when: ill\n", "    when: il\n")])
    said = command("check policies", tmp_path)
    assert said.code == 2
    assert "“il”" in said.err
    assert command("check --policies policies", tmp_path) == said
    assert "given-twice" in command("check policies --policies policies", tmp_path).err
