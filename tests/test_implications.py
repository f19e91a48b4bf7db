"""What a finding implies or excludes is known with it, says where it comes from, and is never asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import rudong_rules
from good import THIRD_LEAVE, copy_of_good
from rudong_rules.vocabulary import Finding, Poles, Vocabulary

POLICY = rudong_rules.load()
COURT = {"value": True, "determined_by": "司法机关", "determined_on": "2024-03-01", "evidence": "判决书"}


def finding(implies: str = "", excludes: str = "", determined_by: str = "", poles: Poles | None = None) -> Finding:
    return Finding(
        label="甲", en="a", question="甲？", clause="一", quote="甲", determined_by=determined_by, poles=poles,
        implies=implies.split(), excludes=excludes.split(),
    )  # fmt: skip


POLES = Poles(favourable="甲", unfavourable="乙")


def follows(findings: dict[str, Finding]) -> dict[str, set[str]]:
    """What each answer says of other findings, written ``+a`` and ``-a``."""
    written = {True: "+", False: "-"}
    return {
        written[value] + name: {written[answer] + other for other, answer in others}
        for (name, value), others in Vocabulary(findings=findings).follows().items()
    }


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        (
            {"a": finding("b"), "b": finding("c"), "c": finding()},
            {"+a": "+b +c", "-a": "", "+b": "+c", "-b": "-a", "+c": "", "-c": "-a -b"},
        ),
        ({"a": finding("b"), "b": finding("a")}, {"+a": "+b", "-a": "-b", "+b": "+a", "-b": "-a"}),
        (
            {"a": finding("b c"), "b": finding("d"), "c": finding("d"), "d": finding()},
            {
                "+a": "+b +c +d", "-a": "", "+b": "+d", "-b": "-a", "+c": "+d", "-c": "-a", "+d": "",
                "-d": "-a -b -c",
            },
        ),
        ({"a": finding("", "b"), "b": finding()}, {"+a": "-b", "-a": "", "+b": "-a", "-b": ""}),
        (
            # What implies something excluded is excluded, and what an excluded one would imply stays open.
            {"a": finding("b"), "b": finding(), "c": finding("", "b"), "d": finding("c")},
            {
                "+a": "+b -c -d", "-a": "", "+b": "-c -d", "-b": "-a", "+c": "-b -a", "-c": "-d", "+d": "+c -b -a",
                "-d": "",
            },
        ),
        # What only one organ determines is denied by no answer to another finding; it denies others all the same.
        ({"a": finding("", "b", "院党组"), "b": finding()}, {"+a": "-b", "-a": "", "+b": "", "-b": ""}),
        ({"a": finding("", "b"), "b": finding("", "", "院党组")}, {"+a": "", "-a": "", "+b": "-a", "-b": ""}),
        (
            {"a": finding("b"), "b": finding("c", "", "院党组"), "c": finding()},
            {"+a": "+b +c", "-a": "", "+b": "+c", "-b": "-a", "+c": "", "-c": "-a"},
        ),
        # Where no is the other pole, it takes more than that what yes implies is not so; what implies yes is denied.
        ({"a": finding("b", poles=POLES), "b": finding()}, {"+a": "+b", "-a": "", "+b": "", "-b": ""}),
        (
            {"a": finding("b"), "b": finding("c", poles=POLES), "c": finding()},
            {"+a": "+b +c", "-a": "", "+b": "+c", "-b": "-a", "+c": "", "-c": "-a"},
        ),
        (
            {"a": finding("", "b"), "b": finding("c", poles=POLES), "c": finding()},
            {"+a": "-b", "-a": "", "+b": "+c -a", "-b": "", "+c": "", "-c": ""},
        ),
        ({"a": finding("b"), "b": finding("", poles=POLES)}, {"+a": "+b", "-a": "", "+b": "", "-b": "-a"}),
    ],
)  # fmt: skip
def test_what_follows_from_an_answer_goes_on_and_on_and_never_back_to_the_finding_itself(
    findings: dict[str, Finding], expected: dict[str, str]
) -> None:
    assert follows(findings) == {said: set(others.split()) for said, others in expected.items()}


def test_a_finding_that_can_never_hold_denies_itself_though_one_organ_determines_it() -> None:
    assert "-a" in follows({"a": finding("b", "", "院党组"), "b": finding("", "a")})["+a"]


def test_what_follows_is_known_and_says_from_what() -> None:
    verdict = POLICY.decide({"criminal_liability": COURT}, "tolerance")
    fact = verdict.fact("broke_discipline_or_law")
    assert fact.state == "true"
    (source,) = fact.sources
    assert (source.follows_from, source.determined_by, source.evidence) == ("应承担刑事责任", "司法机关", "判决书")


def test_what_is_denied_denies_all_that_implies_it() -> None:
    verdict = POLICY.decide({"broke_discipline_or_law": False}, "tolerance")
    assert verdict.fact("violated_law").state == "false"
    (source,) = verdict.fact("violated_law").sources
    assert (source.value, source.follows_from_en) == ("false", "broke party discipline or state law")


def test_what_one_organ_determines_is_not_settled_by_what_others_deny() -> None:
    verdict = POLICY.decide({"violated_law": False}, "tolerance")
    assert verdict.fact("criminal_liability").state == "unknown"
    assert "criminal_liability" in {fact.name for fact in verdict.missing}


def test_a_finding_that_denies_what_follows_from_another_is_a_contradiction_of_both() -> None:
    verdict = POLICY.decide({"dictatorial": True, "arbitrary": False}, "tolerance")
    assert {fact.name for fact in verdict.contradictions} == {"dictatorial", "arbitrary"}
    values = {(source.value, source.follows_from) for source in verdict.fact("arbitrary").sources}
    assert values == {("false", ""), ("true", "独断专行、刚愎自用")}


def test_findings_that_exclude_each_other_are_a_contradiction_of_both_whichever_says_so() -> None:
    verdict = POLICY.decide({"collective_by_procedure": True, "no_collective": True}, "tolerance")
    assert {fact.name for fact in verdict.contradictions} == {"collective_by_procedure", "no_collective"}
    given, source = verdict.fact("collective_by_procedure").sources
    assert (given.value, given.follows_from) == ("true", "")
    assert (source.value, source.follows_from) == ("false", "不规范执行“三重一大”集体决策制度")


def test_who_denies_what_a_pole_implies_has_not_found_the_other_pole() -> None:
    for decision in ("tolerance", "six_looks"):
        assert POLICY.decide({"public_spirit": False}, decision).fact("look_3_motive").state == "unknown"
    verdict = POLICY.decide({"look_3_motive": True, "public_spirit": False}, "tolerance")
    assert {fact.name for fact in verdict.contradictions} == {"public_spirit"}
    assert verdict.fact("look_3_motive").state == "true"


def test_what_a_finding_excludes_is_denied_with_its_source() -> None:
    given = {"value": True, "determined_by": "院党组", "evidence": "会议记录"}
    (source,) = POLICY.decide({"collective_by_procedure": given}, "tolerance").fact("no_collective").sources
    assert (source.value, source.determined_by, source.evidence) == ("false", "院党组", "会议记录")
    assert source.follows_from == "按照规定的决策程序由领导班子集体研究"


def test_the_denial_of_a_finding_says_nothing_of_what_it_would_exclude() -> None:
    verdict = POLICY.decide({"collective_by_procedure": False}, "tolerance")
    assert verdict.fact("no_collective").state == "unknown"


def test_what_follows_from_a_fact_is_no_longer_asked_for() -> None:
    missing = {fact.name for fact in POLICY.decide({"broke_discipline_or_law": False}, "tolerance").missing}
    assert "violated_law" not in missing


def test_a_determination_after_the_day_makes_nothing_follow() -> None:
    case = {"criminal_liability": COURT, "as_of": "2024-03-31"}
    assert POLICY.decide(case, "tolerance", as_of=date(2024, 2, 1)).fact("violated_law").state == "unknown"


def test_both_sides_of_a_contradicted_finding_count_for_nothing() -> None:
    sides = [{"value": True, "determined_by": "甲"}, {"value": False, "determined_by": "乙"}]
    verdict = POLICY.decide({"report_untrue": sides, "fault_exists": False, "employment": "established"}, "tolerance")
    assert (verdict.status, verdict.outcome) == ("contradicted", None)
    assert verdict.fact("report_untrue").state == "contradicted"


def test_a_conclusion_that_rests_on_a_contradicted_fact_alone_is_contradicted_too() -> None:
    sides = [{"value": True, "determined_by": "甲"}, {"value": False, "determined_by": "乙"}]
    verdict = POLICY.decide({"arbitrary": sides}, "tolerance")
    assert verdict.fact("condition_4").state == "contradicted"
    assert verdict.fact("condition_1").state == "unknown"


def test_a_finding_that_only_implies_another_is_used(tmp_path: Path) -> None:
    graver = "  gravely_ill:\n    label: 病重\n    en: is gravely ill\n    question: 是否病重？\n    clause: 二（一）\n"
    graver += "    quote: 因病需要治疗\n    implies: [ill]\n"
    folder = copy_of_good(tmp_path / "policies", [("leave/vocabulary.yaml", "findings:\n", f"findings:\n{graver}")])
    policy = rudong_rules.load(folder)
    case = {name: value for name, value in THIRD_LEAVE.items() if name != "ill"} | {"gravely_ill": True}
    (decision,) = [name for name, one in policy.questions.items() if "ill" in one.program.index]
    assert policy.decide(case, decision).fact("ill").state == "true"


@pytest.mark.parametrize("named_by", ["ill", "recovered"])
def test_a_finding_that_only_excludes_another_is_used(tmp_path: Path, named_by: str) -> None:
    recovered = "  recovered:\n    label: 病愈\n    en: has recovered\n    question: 是否病愈？\n    clause: 二（一）\n"
    recovered += "    quote: 因病需要治疗\n"
    recovered += "    excludes: [ill]\n" if named_by == "recovered" else ""
    edits = [("leave/vocabulary.yaml", "findings:\n", f"findings:\n{recovered}")]
    if named_by == "ill":
        old = "    quote: 因病需要治疗\n  family_change"
        edits.append(("leave/vocabulary.yaml", old, old.replace("\n  fam", "\n    excludes: [recovered]\n  fam")))
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies", edits))
    case = {name: value for name, value in THIRD_LEAVE.items() if name != "ill"} | {"recovered": True}
    (decision,) = [name for name, one in policy.questions.items() if "ill" in one.program.index]
    assert policy.decide(case, decision).fact("ill").state == "false"


def test_a_step_says_what_may_not_and_what_must_lie_between() -> None:
    (name,) = [name for name in POLICY.rules.tests if "with(event=review_applied|appealed)" in name]
    thing = POLICY.glossary.describe(name)
    assert "，其间没有调整程序记录「恢复执行调整决定或" in thing.label
    assert thing.label.endswith("，其间有调整程序记录「申请复核或提出申诉」")
    assert "with no log of the adjustment “execution resumed or " in thing.en
    assert thing.en.endswith("with some log of the adjustment “review applied for or appealed” in between")
