"""The checker on known-bad policies: what it finds, what it remembers, and how it shares its work."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import pytest

import rudong_rules
from chinese import in_chinese
from good import GOOD, KIND_AS_REASON, NO_LAST_RUNG, copy_of_good
from rudong_rules.analysis import workers
from rudong_rules.analysis.cache import FILE, Cache
from rudong_rules.analysis.check import Checked, check
from rudong_rules.analysis.claims import Proof, claims
from rudong_rules.analysis.properties import Prover
from rudong_rules.analysis.search import SIZES, Answer
from rudong_rules.analysis.witness import Witness
from rudong_rules.bilingual import in_language, say
from rudong_rules.errors import PolicyError, RudongRulesError
from rudong_rules.loader import load_rules
from rudong_rules.scenarios import read_scenarios

RULES, DECISIONS, READINGS = "leave/rules.yaml", "leave/decisions.yaml", "leave/readings.yaml"
REFUSED = "        when: {all: [too_much, {not: long_ago}]}"
GRANTED = "        when: {all: [covered, ground]}"
ANOTHER = Path(__file__).parents[1] / "examples" / "another_county" / "policies"
Changes = Iterable[tuple[str, str, str]]


def _checked(folder: Path, changes: Changes = (), checks: str = "", cache: Path | None = None) -> Checked:
    root = copy_of_good(folder / "policies", changes)
    if checks:
        (root / "leave" / "checks.yaml").write_text(checks, encoding="utf-8")
    return check(rudong_rules.load(root), Cache(cache))


def test_without_z3_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies"))
    for name in [one for one in sys.modules if one == "z3" or one.startswith(("z3.", "rudong_rules.analysis."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(RudongRulesError, match=re.escape("install rudong-rules with its extra [check]")):
        check(policy, Cache(None))


def _found(checked: Checked) -> set[tuple[str, str]]:
    return {(one.code, one.subject) for one in checked.findings if one.status == "refuted"}


BROKEN: dict[str, tuple[Changes, str, tuple[str, str]]] = {
    "outcome under an outcome that covers it": (
        [(DECISIONS, GRANTED, "        when: {all: [too_much, covered, {not: long_ago}]}")],
        "", ("unreachable", "grant=may_grant"),
    ),
    "ladder without a last rung": (
        [NO_LAST_RUNG], "", ("ladder_gap", "grant"),
    ),
    "table that lacks a kind of employment": (
        [("leave/vocabulary.yaml", "{established: 30, temporary: 15}", "{established: 30}")],
        "", ("ladder_gap", "grant"),
    ),
    "rule that asks for two kinds of employment at once": (
        [(RULES, "    when: ill\n",
          "    when: {all: [ill, {fact: employment, is: established}, {fact: employment, is: temporary}]}\n")],
        "", ("dead_rule", "sick"),
    ),
    "rule that another one covers": (
        [(RULES, "    when: family_change\n", "    when: {all: [family_change, ill]}\n")],
        "", ("redundant_rule", "family"),
    ),
    "rule that holds only under a higher outcome": (
        [(DECISIONS, REFUSED, "        when: {any: [ill, all: [too_much, {not: long_ago}]]}")],
        "", ("shadowed_rule", "sick"),
    ),
    "reading whose options agree": (
        [(RULES, "more_than: 2}", "at_least: 2}")], "", ("idle_reading", "third_leave=counts|does_not"),
    ),
    "invariant that a case breaks": (
        [],
        "invariants:\n  only_the_ill:\n    {label: …, en: …, clause: 二,"
        " never: {all: [{outcome: grant, is: may_grant}, not: ill]}}\n",
        ("invariant", "only_the_ill"),
    ),
    "fact that harms": (
        [],
        "invariants:\n  illness_never_helps:\n    {label: …, en: …, clause: 二,"
        " more: {ill: [false, true]}, decision: grant, best_first: [no_ground, may_grant]}\n",
        ("invariant", "illness_never_helps"),
    ),
    "acceptance of nothing": (
        [],
        "accepted:\n  a_gap: {finding: ladder_gap, of: [grant], reason: there was one once}\n",
        ("accepted_not_found", "grant"),
    ),
}  # fmt: skip


def test_a_reading_by_which_the_entries_of_a_period_are_chosen_is_not_idle(tmp_path: Path) -> None:
    """Its options agree on every outcome, and a verdict shows other periods."""
    alike = (RULES, "more_than: 2}", "at_least: 2}")
    where = "{approved: true, by_reading: {third_leave: {counts: {kind: sick}, does_not: {kind: family}}}}"
    chosen = (DECISIONS, "    where: {approved: true}\n", f"    where: {where}\n")
    checked = _checked(tmp_path, [alike, chosen], "")
    assert "idle_reading" not in {code for code, _ in _found(checked)}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_found_and_shown(name: str, tmp_path: Path) -> None:
    """With the property expected, and a case that the engine decides."""
    changes, checks, expected = BROKEN[name]
    checked = _checked(tmp_path, changes, checks)
    assert expected in _found(checked)
    one = next(one for one in checked.findings if (one.code, one.subject) == expected)
    assert one.place.line > 0
    if one.code in ("ladder_gap", "invariant"):
        assert one.case is not None
        rudong_rules.load(tmp_path / "policies").decide(one.case, "grant", readings=dict(one.readings))


MANY_LEAVES = """
scenarios:
  - point: The tenth leave within a year is refused.
    decision: grant
    as_of: 2025-12-31
    case: {first_day: 2025-12-31, hours_share: 1, leaves: {complete: true, entries: [LEAVES]}}
    expect: {outcome: refused}
"""


@pytest.mark.parametrize("outcome", ["refused", "no_ground"])
def test_what_no_small_case_reaches_is_shown_by_a_scenario(outcome: str, tmp_path: Path) -> None:
    """A list of nine is beyond the search; a scenario that does not get what it expects shows nothing."""
    often = (DECISIONS, REFUSED, "        when: {all: [{measure: leaves_in_a_year, at_least: 9}, {not: long_ago}]}")
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies", [often]))
    leaves = ", ".join(f"{{kind: sick, start: 2025-0{nth}-01, days: 1, approved: true}}" for nth in range(1, 10))
    file = tmp_path / "scenarios.yaml"
    text = MANY_LEAVES.replace("LEAVES", leaves).replace("outcome: refused", f"outcome: {outcome}")
    file.write_text(text, encoding="utf-8")
    for scenarios, status in (([], "unknown"), (read_scenarios(file), "proven" if outcome == "refused" else "unknown")):
        proofs = {(one.property, one.subject): proof for one, proof in check(policy, Cache(None), scenarios).proofs}
        assert proofs["unreachable", "grant=refused"].status == status


def test_of_a_question_without_an_answer_all_that_it_reads_is_given(tmp_path: Path) -> None:
    """No completion answers it: the case says of what it is asked about all that can be said."""
    changes, checks, expected = BROKEN["table that lacks a kind of employment"]
    checked = _checked(tmp_path, changes, checks)
    (one,) = (one for one in checked.findings if (one.code, one.subject) == expected)
    assert one.why.startswith(say("nothing_answers", names="days_asked > lookup(table=allowance, key=employment)"))
    assert one.case is not None
    assert one.case["employment"] == "temporary"
    assert "days_asked" in one.case


def test_of_the_questions_without_an_answer_those_are_told_on_which_the_outcomes_rest(tmp_path: Path) -> None:
    """A duty that looks into the same table has no answer either, and leaves no outcome open."""
    lacking = ("leave/vocabulary.yaml", "{established: 30, temporary: 15}", "{established: 30}")
    done = "{happened: {in: leaves, where: {kind: sick, deciders: {all_of: [director]}}}}"
    duty = (DECISIONS, f"done: {done}", "done: {measure: {lookup: {table: allowance, key: employment}}, at_least: 20}")
    checked = _checked(tmp_path, [lacking, duty])
    (one,) = (one for one in checked.findings if one.code == "ladder_gap")
    assert one.why == say("nothing_answers", names="days_asked > lookup(table=allowance, key=employment)")


def test_of_a_fact_that_harms_both_outcomes_are_told(tmp_path: Path) -> None:
    changes, checks, expected = BROKEN["fact that harms"]
    (one,) = (one for one in _checked(tmp_path, changes, checks).findings if (one.code, one.subject) == expected)
    assert one.why == say("worse_after", before="no_ground", after="may_grant")
    assert in_language(one.why, "zh") == "改变前结论是 no_ground，改变后是 may_grant，反而变差"


def test_a_list_without_an_answer_is_shown_with_all_that_questions_read_of_it(tmp_path: Path) -> None:
    """An entry without its day would leave the same question open, and say nothing of the rules."""
    shutil.copytree(ANOTHER, tmp_path / "policies")
    file = tmp_path / "policies" / "clerks" / "decisions.yaml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("      no_notice:\n"), text.index("      refused:\n")
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    policy = rudong_rules.load(tmp_path / "policies")
    (claim,) = (one for one in claims(policy) if (one.property, one.subject) == ("ladder_gap", "review"))
    ((_, proof),) = workers.prove(policy, [claim], 5_000)
    assert proof.status == "refuted"
    assert proof.case is not None
    entries = proof.case["procedure"]["entries"]
    assert entries
    assert all("date" in one for one in entries)


def test_the_good_policy_is_in_order(tmp_path: Path) -> None:
    """Nothing is found that must be mended; every claim is decided."""
    checked = _checked(tmp_path)
    assert not checked.open


def test_an_acceptance_says_why_a_finding_stands(tmp_path: Path) -> None:
    """It is still listed, and no longer open."""
    checked = _checked(
        tmp_path, [NO_LAST_RUNG], "accepted:\n  a: {finding: ladder_gap, of: [grant], reason: by design}\n"
    )
    assert [one.accepted for one in checked.findings if one.code == "ladder_gap"] == ["by design"]
    assert ("ladder_gap", "grant") not in {(one.code, one.subject) for one in checked.open}


CLASH = """acts:
  leave: {label: …, en: …, clause: 二, of: [grant, grant_again]}
"""
AGAIN = """  grant_again:
    label: 再请假
    en: Leave again
    question: 能否再批准？
    clause: 二
    ladder:
      granted: {label: 准, en: granted, modality: may, clause: 二, when: ground}
      no: {label: 否, en: "no", modality: none, clause: 二, when: true}
duties:
"""


def test_decisions_on_one_act_that_disagree(tmp_path: Path) -> None:
    """One forbids what the other allows."""
    checked = _checked(tmp_path, [(DECISIONS, "duties:\n  notify:", AGAIN + "  notify:")], CLASH)
    assert ("modality_clash", "leave") in _found(checked)


BAD_CHECKS = """invariants:
  a: {label: …, en: …, clause: 二, never: nothing_of_the_kind}
  b: {label: …, en: …, clause: 二, more: {ill: [false, maybe]}, decision: grant, best_first: [granted]}
acts:
  c: {label: …, en: …, clause: 二, of: [grant, grants]}
typical: {employed: established, days_ask: 3, il: true}
"""
EXPECTED = """leave/checks.yaml:2:42: unknown-atom: 'nothing_of_the_kind' is no finding and no conclusion
leave/checks.yaml:3:47: unknown-option: what the fact is before and after is not said
  hint: write [before, after]
leave/checks.yaml:3:93: missing: no two outcomes are compared
  hint: list them, the best first
leave/checks.yaml:3:94: unknown-option: decision 'grant' has no outcome 'granted'
  hint: did you mean may_grant?
leave/checks.yaml:5:47: unknown-decision: there is no decision 'grants'
  hint: did you mean grant?
leave/checks.yaml:6:11: unknown-fact: there is no fact 'employed'
  hint: did you mean employment?
leave/checks.yaml:6:34: unknown-fact: there is no fact 'days_ask'
  hint: did you mean days_asked?
leave/checks.yaml:6:47: unknown-fact: there is no fact 'il'
  hint: did you mean ill?"""


def test_checks_that_name_what_is_not_there(tmp_path: Path) -> None:
    """All problems at once, each at its place with how to mend it."""
    root = copy_of_good(tmp_path / "policies")
    (root / "leave" / "checks.yaml").write_text(BAD_CHECKS, encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load_rules(root)
    assert str(caught.value) == EXPECTED
    told = caught.value.text("zh")
    assert "没有“grants”这一事项\n  提示：是否指 grant？" in told
    assert all(in_chinese(text) for one in caught.value.problems for text in (one.message, one.hint) if text)


def test_an_invariant_has_one_form_alone(tmp_path: Path) -> None:
    root = copy_of_good(tmp_path / "policies")
    two = "invariants: {a: {label: …, en: …, clause: 二, never: ill, always: ill}}\n"
    (root / "leave" / "checks.yaml").write_text(two, encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load_rules(root)
    (problem,) = caught.value.problems
    assert str(problem) == (
        "leave/checks.yaml:1:17: wrong-type: an invariant has one of never, always and more\n  hint: keep one of them"
    )
    assert problem.text("zh").endswith("须写 never、always、more 中的一项，且只写一项\n  提示：只留其中一项")


# --- the cache -------------------------------------------------------------------------------------------------------


def test_what_did_not_change_is_not_proven_again(tmp_path: Path) -> None:
    """All of it the second time; after an edit of one rule, what does not rest on it; words are no edit."""
    root = copy_of_good(tmp_path / "policies")
    first = check(rudong_rules.load(root), Cache(tmp_path / "cache"))
    again = check(rudong_rules.load(root), Cache(tmp_path / "cache"))
    assert (first.again, again.again, again.proofs) == (0, len(first.proofs), first.proofs)
    rules = root / "leave" / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("    en: illness\n", "    en: being ill\n"), encoding="utf-8")
    assert check(rudong_rules.load(root), Cache(tmp_path / "cache")).again == len(first.proofs)
    rules.write_text(text.replace("    when: ill\n", "    when: {all: [ill, covered]}\n"), encoding="utf-8")
    assert check(rudong_rules.load(root), Cache(tmp_path / "cache")).again < len(first.proofs)


ODD = """\
  odd:
    label: 因家人患病
    en: odd
    clause: 二（二）
    concludes: ground
    when: {all: [{measure: sick_leaves, at_least: 1}, {not: {happened: {in: leaves, where: {reason: sick}}}}]}
"""
SICK_LEAVES = (
    "measures:\n  sick_leaves: {label: 病假次数, en: sick leaves, value: {count: {of: leaves, where: {reason: %s}}}}\n"
)


def test_a_column_that_is_called_like_words_for_people_is_proven_of(tmp_path: Path) -> None:
    """The rule has a case while family leave is counted, and none when sick leave is."""

    def odd(counted: str) -> str:
        edits = [
            *KIND_AS_REASON,
            ("leave/rules.yaml", "  family:\n", f"{ODD}  family:\n"),
            ("leave/vocabulary.yaml", "measures:\n", SICK_LEAVES % counted),
        ]
        found = check(rudong_rules.load(copy_of_good(tmp_path / counted, edits)), Cache(tmp_path / "cache"))
        return next(proof.status for one, proof in found.proofs if (one.property, one.subject) == ("dead_rule", "odd"))

    assert odd("family") == "proven"
    assert odd("sick") != "proven"


def test_what_only_one_organ_may_determine_is_part_of_what_is_proven_of(tmp_path: Path) -> None:
    """Who determines a finding is words; that somebody has to is none: no answer to another finding denies it then."""
    ill = "    quote: 因病需要治疗\n"

    def again(*organ: str) -> int:
        root = tmp_path / "".join(["with", *organ])
        told = "".join([ill, *(f"    determined_by: {one}\n" for one in organ)])
        edited = copy_of_good(root, [("leave/vocabulary.yaml", ill, told)])
        return check(rudong_rules.load(edited), Cache(tmp_path / "cache")).again

    assert [again(), again("医生")] == [0, 0]
    assert again("医院") > 0


def test_what_is_remembered_is_told_in_both_languages(tmp_path: Path) -> None:
    """As it was when it was proven, whichever language was read then; of two options what each comes to."""
    changes, checks, subject = BROKEN["table that lacks a kind of employment"]
    first, again = (_checked(tmp_path / one, changes, checks, tmp_path / "cache") for one in ("first", "again"))
    assert (again.again, again.proofs) == (len(first.proofs), first.proofs)
    (one,) = (one for one in again.findings if (one.code, one.subject) == subject)
    assert in_language(one.why, "zh").startswith("事实已经给全，仍无从回答")
    options = [in_language(proof.why, "zh") for claim, proof in again.proofs if claim.property == "idle_reading"]
    assert options == ["counts：refused；does_not：undetermined"]


def test_a_contradiction_is_told_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    prover = Prover(rudong_rules.load(GOOD))
    (claim,) = (one for one in claims(prover.policy) if one.property == "contradiction")
    monkeypatch.setattr(prover.search, "find_contradiction", lambda _: Answer("found", Witness({}, {})))
    why = prover.prove(claim).why
    assert (why, in_language(why, "zh")) == ("a conclusion is both true and false", "一项结论既成立又不成立")


def test_of_what_longer_lists_may_bring_it_is_said_how_far_cases_were_looked_for(tmp_path: Path) -> None:
    edits = [(RULES, "    when: ill\n", "    when: {all: [ill, {measure: leaves_in_a_year, at_least: 40}]}\n")]
    checked = _checked(tmp_path, edits)
    whys = {proof.why for _, proof in checked.proofs if proof.status == "unknown"}
    assert say("no_entries", most=SIZES[-1], first=2015, last=2030) in whys


def test_what_ran_out_of_time_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for name, why in (("late", say("out_of_time")), ("other", say("not_confirmed"))):
        cache.put(name, Proof("unknown", why=why))
    cache.save()
    cache = Cache(tmp_path)
    assert (cache.get("late"), cache.get("other")) == (None, Proof("unknown", why=say("not_confirmed")))


def test_what_a_scenario_shows_is_proven_and_says_by_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Prover, "prove", lambda *_: Proof("unknown", why=say("out_of_time")))
    (tmp_path / "s.yaml").write_text(
        "scenarios:\n  - {point: illness grants, decision: grant, case: {ill: true, employment: established, "
        "family_change: false, days_asked: 1, leaves: {complete: true, entries: []}, hours_share: 1, "
        "first_day: 2025-01-01, as_of: 2025-01-01}, expect: {outcome: may_grant}}\n"
    )
    checked = check(rudong_rules.load(GOOD), Cache(None), read_scenarios(tmp_path / "s.yaml"))
    why = {claim.subject: proof.why for claim, proof in checked.proofs if proof.status == "proven"}
    assert why["grant=may_grant"] == why["sick"] == say("shown_by_scenario", point="illness grants")


def test_of_options_that_move_a_profile_alone_it_is_said_that_they_do(tmp_path: Path) -> None:
    only = "  only: {label: 分析, en: analysis, question: 如何？, clause: 三, group: leaves, profile: [too_much]}\n"
    edits = [
        (DECISIONS, "when: {all: [too_much, {not: long_ago}]}", "when: {not: long_ago}"),
        (DECISIONS, "profile: [ground, too_much]", "profile: [ground]"),
        (DECISIONS, "\nduties:\n", f"\n{only}duties:\n"),
    ]  # fmt: skip
    (why,) = (one.why for claim, one in _checked(tmp_path, edits).proofs if claim.property == "idle_reading")
    assert why == "counts: a profile; does_not: a profile"
    assert not in_language(why, "zh").isascii()


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"x": 1}', "\x00", "[" * 100_000])
def test_a_torn_cache_is_an_empty_one(tmp_path: Path, torn: str) -> None:
    """And it is whole again afterwards."""
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies"))
    (tmp_path / FILE).write_text(torn, encoding="utf-8")
    assert check(policy, Cache(tmp_path)).again == 0
    assert check(policy, Cache(tmp_path)).again > 0


def test_a_proof_that_makes_no_sense_is_made_anew(tmp_path: Path) -> None:
    """Whoever meddles with the file gets no wrong verdict out of a wrong form."""
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies"))
    proofs = check(policy, Cache(tmp_path)).proofs
    held = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    (tmp_path / FILE).write_text(json.dumps({digest: {"status": "fine"} for digest in held}), encoding="utf-8")
    anew = check(policy, Cache(tmp_path)).proofs
    assert [proof.status for _, proof in anew] == [proof.status for _, proof in proofs]


# --- several processes -----------------------------------------------------------------------------------------------


def test_several_processes_prove_what_one_proves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each claim once, and nothing changes but perhaps the case that shows it; told are all of them."""
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies"))
    told: list[int] = []
    alone = check(policy, Cache(None))
    monkeypatch.setattr(workers, "FEW", 0)
    several = check(policy, Cache(None), progress=lambda done, of, what: told.append(done), jobs=3)
    assert [(claim, proof.status) for claim, proof in several.proofs] == [(c, p.status) for c, p in alone.proofs]
    assert told == list(range(1, len(alone.proofs) + 1))


class _EndsTheProcess:
    """What ends the process that unpickles it, as too little memory does."""

    questions: ClassVar[dict[str, Any]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (3,)


def test_a_process_that_ends_early_is_no_proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it was asked is not taken for proven."""
    listed = claims(rudong_rules.load(copy_of_good(tmp_path / "policies")))
    monkeypatch.setattr(workers, "FEW", 0)
    with pytest.raises(RudongRulesError, match="a process ended in the middle of a proof"):
        list(workers.prove(_EndsTheProcess(), listed, 5_000, jobs=2))  # type: ignore[arg-type]
