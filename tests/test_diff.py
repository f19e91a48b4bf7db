"""Two policies compared: what is equal is proven so, and every case that is shown replays on both."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from commands import Command
from good import GOOD, KIND_AS_REASON, copy_of_good
from rudong_rules import Policy
from rudong_rules.analysis import equivalence
from rudong_rules.analysis.search import Answer, Search
from rudong_rules.as_written import same_as_written
from rudong_rules.bilingual import in_language
from rudong_rules.changes import changes
from rudong_rules.comparison import compare
from rudong_rules.differences import Comparison, state
from rudong_rules.policy import shipped_policies

LEAVE = rudong_rules.load(GOOD)
SHIPPED = rudong_rules.load()
RULES, VOCABULARY = "leave/rules.yaml", "leave/vocabulary.yaml"


def edited(folder: Path, *edits: tuple[str, str, str]) -> Policy:
    return rudong_rules.load(copy_of_good(folder / "head", edits))


def replayed(base: Policy, head: Policy, compared: Comparison) -> list[tuple[str, str, str]]:
    """The pairs that are shown, each replayed on both policies."""
    shown = []
    for pair in compared.pairs:
        assert pair.case is not None
        assert state(base, pair.case, pair, compared.decision) == pair.was
        assert state(head, pair.case, pair, compared.decision) == pair.now
        shown.append((pair.atom, pair.was, pair.now))
    return shown


@pytest.mark.parametrize(
    ("file", "old", "new", "concerned", "others"),
    [
        ("shared/vocabulary.yaml", "demotion: 24}", "demotion: 25}", {"promotion_bar", "re_promotion", "promotion"},
         {"honours", "training_priority", "tolerance_procedure"}),
        ("incentives/vocabulary.yaml", "{less_than: assessment_year}\n        none: 0\n",
         "{less_than: assessment_year}\n        none: 1\n", {"honours"},
         {"promotion_bar", "adjustment", "tolerance_procedure"}),
    ],
)  # fmt: skip
def test_a_table_or_a_measure_concerns_the_decisions_that_name_it(
    file: str, old: str, new: str, concerned: set[str], others: set[str], tmp_path: Path
) -> None:
    """In a measure, or in what a list computes; what others ask of other measures stays as it is."""
    shutil.copytree(shipped_policies(), tmp_path / "head")
    path = tmp_path / "head" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    head = rudong_rules.load(tmp_path / "head")
    otherwise = {name for name in SHIPPED.rules.decisions if not same_as_written(SHIPPED, head, name)}
    assert concerned <= otherwise
    assert not otherwise & others


@pytest.mark.parametrize("policy", [LEAVE, SHIPPED], ids=["leave", "shipped"])
def test_a_policy_is_equal_to_itself(policy: Policy) -> None:
    assert {one.status for one in compare(policy, policy)} == {"equal"}
    assert changes(policy, policy) == []


def test_what_is_only_written_otherwise_is_proven_equal(tmp_path: Path) -> None:
    mine, other = "{all: [too_much, {not: long_ago}]}", "{not: {any: [{not: too_much}, long_ago]}}"
    head = edited(tmp_path, ("leave/decisions.yaml", mine, other))
    (one,) = compare(LEAVE, head)
    assert (one.status, one.pairs) == ("equal", ())
    assert [(c.section, c.id, c.keys) for c in changes(LEAVE, head)] == [
        ("decisions", "grant", ("ladder.refused.when",))
    ]


EDITS = [
    ("all_any", "leave/decisions.yaml", "{all: [covered, ground]}", "{any: [covered, ground]}"),
    ("two_three", RULES, "counts: {measure: leaves_in_a_year, at_least: 2}",
     "counts: {measure: leaves_in_a_year, at_least: 3}"),
    ("default", "leave/readings.yaml", "default: counts", "default: does_not"),
]  # fmt: skip
SHIPPED_EDITS = [
    ("tolerance/rules/3.1_conditions", "tolerance", "may_tolerate", "not_met",
     "        - not: arbitrary\n", "        - arbitrary\n"),
    ("tolerance/rules/3.1_conditions", "tolerance", "may_tolerate", "not_met", "at_least: 4", "at_least: 5"),
    ("tolerance/rules/3.3_exclusions", "tolerance", "not_tolerated", "may_tolerate",
     "{any: [political_problem, integrity_problem]}", "{all: [political_problem, integrity_problem]}"),
    ("mobility/rules/07_assessment_grounds", "adjustment", "shall_adjust", "no_adjustment", "1/3", "1/2"),
]  # fmt: skip


def shipped_with(folder: Path, file: str, old: str, new: str) -> Policy:
    """The shipped policy with the first place replaced at which a text stands."""
    shutil.copytree(shipped_policies(), folder / "head")
    rules = folder / "head" / f"{file}.yaml"
    text = rules.read_text(encoding="utf-8")
    assert old in text
    rules.write_text(text.replace(old, new, 1), encoding="utf-8")
    return rudong_rules.load(folder / "head")


def test_every_pair_of_outcomes_that_changes_has_a_case_that_replays(tmp_path: Path) -> None:
    head = edited(tmp_path, EDITS[0][1:])
    (one,) = compare(LEAVE, head)
    assert one.status == "changed"
    assert ("grant", "no_ground", "may_grant") in replayed(LEAVE, head, one)


@pytest.mark.parametrize(
    ("file", "decision", "was", "now", "old", "new"),
    SHIPPED_EDITS,
    ids=[f"{e[2]}_{e[3]}_{e[4]}" for e in SHIPPED_EDITS],
)
def test_edits_of_the_shipped_policies_are_shown_by_cases_that_replay(
    file: str, decision: str, was: str, now: str, old: str, new: str, tmp_path: Path
) -> None:
    head = shipped_with(tmp_path, file, old, new)
    compared = {one.decision: one for one in compare(SHIPPED, head) if one.status != "equal"}
    assert {one.status for one in compared.values()} == {"changed"}
    assert (decision, was, now) in [p for one in compared.values() for p in replayed(SHIPPED, head, one)]


def test_a_pair_that_only_a_search_for_itself_shows_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where time is out for all that an outcome may turn to, one of them may be found all the same."""
    file, decision, was, now, old, new = SHIPPED_EDITS[-2]
    find = Search.find

    def slow(search: Search, *alternatives: Any, **how: Any) -> Answer:
        return Answer("unknown") if len(alternatives) > 1 else find(search, *alternatives, **how)

    monkeypatch.setattr(Search, "find", slow)
    head = shipped_with(tmp_path, file, old, new)
    (one,) = (one for one in compare(SHIPPED, head) if one.decision == decision)
    assert (decision, was, now) in replayed(SHIPPED, head, one)
    assert (decision, was, now) not in one.unsettled


ERROR_IN_DUTY = (
    "    quote: 对履职担当、改革创新过程中出现的失误错误\n    implies: [fault_exists]\n",
    "    quote: 对履职担当、改革创新过程中出现的失误错误\n",
)


def without_a_link(folder: Path) -> Policy:
    """The shipped policy, but that an error in duty, which 容错 itself does not ask for, is no fault."""
    shutil.copytree(shipped_policies(), folder / "head")
    path = folder / "head" / "tolerance/vocabulary/4-8_procedure.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(ERROR_IN_DUTY[0]) == 1
    path.write_text(text.replace(*ERROR_IN_DUTY), encoding="utf-8")
    return rudong_rules.load(folder / "head")


def test_what_a_finding_implies_concerns_decisions_that_do_not_ask_for_it(tmp_path: Path) -> None:
    """A case that only says that there was an error in duty is decided otherwise: nobody may call that proven equal."""
    head = without_a_link(tmp_path)
    assert "error_in_duty" not in SHIPPED.questions["tolerance"].program.index
    compared = {one.decision: one for one in compare(SHIPPED, head)}
    for decision, outcome in (("tolerance", "name_cleared"), ("disposition", "nothing_to_dispose")):
        assert compared[decision].status == "changed"
        assert (f"{decision}={outcome}", "false", "unknown") in replayed(SHIPPED, head, compared[decision])
    assert compared["honours"].status == "equal"


def test_a_link_that_is_gone_is_not_called_equal_though_nothing_turns_on_it(tmp_path: Path) -> None:
    """Illness brought the other ground with it, which adds nothing; but to deny that ground contradicts it no more."""
    ill = "    clause: 二（一）\n    quote: 因病需要治疗\n"
    told = f"{ill}    determined_by: 医生\n"
    linked = (VOCABULARY, ill, f"{told}    implies: [family_change]\n")
    base, head = rudong_rules.load(copy_of_good(tmp_path / "base", [linked])), edited(tmp_path, (VOCABULARY, ill, told))
    (one,) = compare(base, head)
    assert (one.status, one.pairs) == ("unproven", ())
    assert one.why.startswith("what follows from ill is not what it was")
    case = {"ill": True, "family_change": False}
    assert [len(policy.decide(case, "grant").contradictions) for policy in (base, head)] == [1, 0]


ABSENCE_TOO = "  absence_too: {label: 请假期间, en: absence, clause: 四, of: leaves, first: start}\n"


@pytest.mark.parametrize(
    "edits",
    [
        [("    last: last\n", "    last: start\n")],
        [("    where: {approved: true}\n", "    where: {approved: false}\n")],
        [
            ("    periods: [absence]\n", "    periods: [absence, absence_too]\n"),
            ("groups:\n", f"{ABSENCE_TOO}groups:\n"),
        ],
    ],
    ids=["day", "entries", "one_more"],
)
def test_a_decision_whose_periods_are_written_otherwise_is_not_called_equal(
    edits: list[tuple[str, str]], tmp_path: Path
) -> None:
    """How long a bar lasts is said by a verdict too."""
    head = edited(tmp_path, *(("leave/decisions.yaml", old, new) for old, new in edits))
    (one,) = compare(LEAVE, head)
    assert (one.status, one.pairs) == ("unproven", ())
    assert in_language(one.why, "zh").startswith("结论、判断和职责不变；期间 absence")


def test_a_column_that_is_called_like_words_for_people_is_compared_too(tmp_path: Path) -> None:
    base, head = (
        edited(
            tmp_path / wanted,
            *KIND_AS_REASON,
            ("leave/decisions.yaml", "where: {approved: true}", f"where: {{reason: {wanted}}}"),
        )
        for wanted in ("sick", "family")
    )
    (one,) = compare(base, head)
    assert one.status == "unproven"
    assert one.why.endswith("written otherwise are the periods absence")


@pytest.mark.parametrize("operator", ["at_least", "more_than"])
def test_what_only_longer_lists_would_show_is_listed_as_not_settled(operator: str, tmp_path: Path) -> None:
    """The second is asked by an option that is not taken by default: there nothing changes."""
    written = f"{{measure: leaves_in_a_year, {operator}: %d}}"
    base, head = (edited(tmp_path / str(bound), (RULES, written % 2, written % bound)) for bound in (40, 41))
    (one,) = compare(base, head)
    assert (one.status, one.pairs) == ("unproven", ())
    assert ("grant", "refused", "may_grant") in one.unsettled


def test_of_searches_in_vain_there_are_few_and_what_is_left_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pair of values that nobody looked for among lists is neither shown nor taken for impossible."""
    head = edited(tmp_path, EDITS[1][1:])
    (whole,) = compare(LEAVE, head)
    searches = list[int]()

    def in_vain(*_: Any) -> Answer:
        searches.append(1)
        return Answer("unknown")

    monkeypatch.setattr(Search, "_with_entries", in_vain)
    made = []
    for most in (0, 1, 100):
        monkeypatch.setattr(equivalence, "IN_VAIN", most)
        searches.clear()
        (one,) = compare(LEAVE, head)
        assert {*whole.unsettled, *((pair.atom, pair.was, pair.now) for pair in whole.pairs)} <= {
            *one.unsettled, *((pair.atom, pair.was, pair.now) for pair in one.pairs),
        }  # fmt: skip
        assert one.unsettled
        made.append(len(searches))
    assert made[0] < made[1] < made[2]


def test_the_poles_of_a_finding_are_words(tmp_path: Path) -> None:
    quoted = "    quote: 因病需要治疗\n"
    told = f"{quoted}    poles: {{favourable: 因病, unfavourable: 无病}}\n"
    base, head = (
        edited(tmp_path / "base", (VOCABULARY, quoted, told)),
        edited(tmp_path, (VOCABULARY, quoted, told[:-3] + "重}\n")),
    )
    assert base.rules.vocabulary.findings["ill"] != head.rules.vocabulary.findings["ill"]
    assert same_as_written(base, head, "grant")


@pytest.mark.parametrize(
    ("file", "old", "new", "name"),
    [
        ("leave/decisions.yaml", "modality: may\n", "modality: shall\n", "grant=may_grant"),
        ("leave/decisions.yaml", "    due: {outcome", "    modality: may\n    due: {outcome", "notify"),
        ("leave/decisions.yaml", "    due: {outcome", "    standing: true\n    due: {outcome", "notify"),
        (RULES, "  too_much:\n", "  too_much:\n    caution: true\n", "too_much"),
    ],
)
def test_what_holds_alike_and_has_another_force_is_a_change(
    file: str, old: str, new: str, name: str, tmp_path: Path, command: Command
) -> None:
    head = edited(tmp_path, (file, old, new))
    (one,) = compare(LEAVE, head)
    assert (one.status, one.pairs) == ("changed", ())
    assert "有改动" in in_language(one.why, "zh")
    assert name in one.why
    outcome = command(f"diff {GOOD} head --lang en", tmp_path)
    assert outcome.code == 1
    assert "what it shows is not what it was" in outcome.out


def test_a_question_that_the_formulas_do_not_understand_is_not_called_proven(tmp_path: Path) -> None:
    (one,) = compare(LEAVE, edited(tmp_path, EDITS[1][1:]))
    assert one.status in ("changed", "unproven")
    assert one.pairs or one.why


def test_the_way_back_shows_the_same_pairs_turned_round(tmp_path: Path) -> None:
    head = edited(tmp_path, EDITS[0][1:])
    there, back = compare(LEAVE, head)[0], compare(head, LEAVE)[0]
    turned = {(atom, now, was) for atom, was, now in replayed(head, LEAVE, back)}
    assert turned == set(replayed(LEAVE, head, there))


def test_more_facts_needed_than_before_is_a_change_to_undetermined(tmp_path: Path) -> None:
    head = edited(tmp_path, ("leave/decisions.yaml", "{all: [covered, ground]}", "{all: [covered, ground, unknown]}"))
    (one,) = compare(LEAVE, head)
    assert ("grant", "may_grant", "undetermined") in replayed(LEAVE, head, one)


def test_a_change_of_a_default_reading_is_never_called_equal(tmp_path: Path) -> None:
    (one,) = compare(LEAVE, edited(tmp_path, EDITS[2][1:]))
    assert one.status != "equal"


def test_without_z3_nothing_is_called_proven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    head = edited(tmp_path, EDITS[0][1:])
    for name in [one for one in sys.modules if one == "z3" or one.startswith(("z3.", "rudong_rules.analysis"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "z3", None)
    (one,) = compare(LEAVE, head)
    assert (one.status, one.pairs) == ("unproven", ())
    assert "install rudong-rules with its extra [check]" in one.why
    assert in_language(one.why, "zh").startswith("证明须有 z3")
    assert {c.status for c in compare(LEAVE, LEAVE)} == {"equal"}


# --- the command -----------------------------------------------------------------------------------------------------


def test_a_text_that_was_changed_is_told_before_and_after(tmp_path: Path, command: Command) -> None:
    """Nothing is decided otherwise; what people read is."""
    ill = LEAVE.rules.vocabulary.findings["ill"]
    copy_of_good(tmp_path / "head", [(VOCABULARY, f"label: {ill.label}", "label: 因病休养")])
    for lang, said in (("zh", f"label：{ill.label} → 因病休养"), ("en", f"label: {ill.label} → 因病休养")):
        assert said in command(f"diff {GOOD} head --lang {lang}", tmp_path).out
    (change,) = json.loads(command(f"diff {GOOD} head -f json", tmp_path).out)["written"]
    assert (change["keys"], change["texts"]) == (["label"], [["label", ill.label, "因病休养"]])


def test_what_is_said_of_a_regulation_and_what_is_to_be_proven_are_compared_too(
    tmp_path: Path, command: Command
) -> None:
    """A short label changes every citation, and without a claim nobody proves it any more."""
    claim = "invariants: {no_leave: {clause: 一, label: 不准, en: no leave, never: {outcome: grant, is: may_grant}}}"
    folder = copy_of_good(tmp_path / "head", [("leave/regulation.yaml", "label: 请假", "label: 休假")])
    (folder / "leave/checks.yaml").write_text(claim, encoding="utf-8")
    outcome = command(f"diff {GOOD} head --lang en", tmp_path)
    assert outcome.code == 1
    for said in ("edited　regulation　leave: label", "label: 请假 → 休假", "added　claim to prove　no_leave"):
        assert said in outcome.out


def test_equal_policies_exit_with_0_and_others_with_1(tmp_path: Path, command: Command) -> None:
    copy_of_good(tmp_path / "head", [EDITS[0][1:]])
    assert "decisions: 1; proven equal: 1" in command.done(f"diff {GOOD} {GOOD} --lang en", tmp_path)
    outcome = command(f"diff {GOOD} head --lang en", tmp_path)
    assert (outcome.code, outcome.err) == (1, "")
    for said in ("edited　decision　grant: ladder.may_grant.when", "→", "why before", "why after"):
        assert said in outcome.out
    written = json.loads(command(f"diff {GOOD} head -f json", tmp_path).out)
    assert [one["status"] for one in written["decisions"]] == ["changed"]
    assert command(f"diff {GOOD} head -f md", tmp_path).out.startswith("# ")


def test_a_page_shows_the_text_of_every_clause_that_it_cites(tmp_path: Path, command: Command) -> None:
    copy_of_good(tmp_path / "head", [EDITS[0][1:]])
    page, text = (command(f"diff {GOOD} head -f {form}", tmp_path).out for form in ("html", "text"))
    shown = re.findall('<summary>([^<]+)</summary><div class="card"><strong>[^<]+</strong><p>([^<]+)</p>', page)
    assert [name for name, _ in shown] == re.findall("[〔、](请假 [^〕、]+)", text)
    bodies = {one.short_citation: one.text for one in LEAVE.regulations["leave"].clauses}
    assert all(bodies[name] == body for name, body in shown)
    assert "〔请假" not in page


def test_a_case_is_told_under_the_labels_of_the_reader(tmp_path: Path, command: Command) -> None:
    copy_of_good(tmp_path / "head", [EDITS[0][1:]])
    zh, en = (command(f"diff {GOOD} head --lang {lang}", tmp_path).out for lang in ("zh", "en"))
    assert "{工时比例: '0', 因病需要治疗: false, 家庭重大变故: false, 用工性质: 临时聘用人员}" in zh
    assert "ill: false" in en
    assert "因病需要治疗: false" not in en


def test_revisions_of_a_repository_are_compared(tmp_path: Path, command: Command) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    shutil.copytree(GOOD, tmp_path / "policies")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    shutil.rmtree(tmp_path / "policies")
    copy_of_good(tmp_path / "policies", [EDITS[0][1:]])
    assert command("diff HEAD", tmp_path).code == 1
    git("commit", "-qam", "second")
    assert command("diff HEAD", tmp_path).code == 0
    assert command("diff HEAD~1 HEAD", tmp_path).code == 1
    assert "no-policies" in command("diff HEAD~7", tmp_path).err
    assert command("diff HEAD~7", tmp_path).code == 2
    assert "no-policies" in command("diff HEAD --policies elsewhere", tmp_path).err


def test_a_name_that_is_no_folder_and_no_revision_is_told(tmp_path: Path, command: Command) -> None:
    outcome = command(f"diff nowhere {GOOD}", tmp_path)
    assert outcome.code == 2
    assert outcome.err.startswith("nowhere: no-policies: ")
