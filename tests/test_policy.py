"""A policy decides the same for everyone who shares it, tells what it decided by, and changes for nobody."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import rudong_rules
from good import GOOD, THIRD_LEAVE, copy_of_good
from rudong_rules import CaseError, Opinion, OpinionData, UnknownNameError, VerdictData, questions, settling
from rudong_rules.accounting import account
from rudong_rules.bilingual import say
from rudong_rules.corpus import digest
from rudong_rules.errors import PolicyError
from rudong_rules.source import read_document

EXAMPLES = sorted((Path(__file__).parents[1] / "examples" / "cases").glob("*.yaml"))
LEAVE = rudong_rules.load(GOOD)
POLICY = rudong_rules.load()


def digests(case: Mapping[str, Any] = THIRD_LEAVE, policy: rudong_rules.Policy = LEAVE) -> dict[str, str]:
    return policy.decide(case, "grant").data.digests.model_dump()


# --- loading and sharing ---------------------------------------------------------------------------------------------


def test_the_shipped_regulations_are_the_default() -> None:
    assert list(POLICY.regulations) == ["incentives", "mobility", "tolerance"]
    assert list(rudong_rules.load(str(GOOD)).regulations) == list(rudong_rules.load(GOOD).regulations) == ["leave"]


@pytest.mark.parametrize("name", ["regulations", "headers", "questions"])
def test_what_a_policy_holds_cannot_be_replaced(name: str) -> None:
    held: Any = getattr(LEAVE, name)
    with pytest.raises(TypeError):
        held[next(iter(held))] = None


@pytest.mark.parametrize("asked", [None, {"third_leave": None}])
def test_the_readings_that_a_policy_gives_out_are_not_its_own(asked: dict[str, str | None] | None) -> None:
    readings: Any = LEAVE.readings(asked)
    with suppress(TypeError):
        readings["third_leave"] = "does_not"
    assert LEAVE.readings() == {"third_leave": "counts"}


def test_a_case_is_not_changed_and_may_be_changed_afterwards() -> None:
    case = deepcopy(THIRD_LEAVE)
    verdict = LEAVE.decide(case, "grant")
    assert case == THIRD_LEAVE
    expected = LEAVE.decide(THIRD_LEAVE, "grant").to_json()
    case["leaves"]["entries"].clear()
    case["title"] = "另一件"
    assert verdict.to_json() == expected
    bare: dict[str, Any] = {"ill": True}
    verdict = LEAVE.decide(bare, "grant")
    bare.clear()
    assert verdict.to_json() == LEAVE.decide({"ill": True}, "grant").to_json()


def test_what_comes_out_is_frozen() -> None:
    data: Any = LEAVE.decide(THIRD_LEAVE, "grant").data
    with pytest.raises(ValidationError, match="frozen"):
        data.outcome = "may_grant"
    case: Any = LEAVE.reader.read({"ill": True})
    with pytest.raises(ValidationError, match="frozen"):
        case.ill = False


def test_eight_threads_get_what_one_gets() -> None:
    cases = [read_document(path).data for path in EXAMPLES[:8]]
    expected = [POLICY.decide(case, "tolerance").to_json() for case in cases]
    fresh = rudong_rules.load()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: fresh.decide(cases[n % 8], "tolerance").to_json(), range(64)))
    assert found == expected * 8


def test_eight_threads_may_look_at_one_verdict() -> None:
    verdict = POLICY.decide(read_document(EXAMPLES[0]).data)
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: verdict.to_json(), range(16)))) == 1


# --- what comes out --------------------------------------------------------------------------------------------------


def test_an_opinion_is_a_mapping_of_all_decisions_in_the_order_of_the_policy() -> None:
    opinion = POLICY.decide(read_document(EXAMPLES[0]).data)
    assert isinstance(opinion, Opinion)
    assert isinstance(opinion, Mapping)
    assert list(opinion) == list(POLICY.questions)
    assert len(opinion) == len(POLICY.questions)
    assert "tolerance" in opinion
    assert "tolerence" not in opinion
    assert opinion.get("tolerence") is None
    with pytest.raises(KeyError, match="'tolerence'\n  hint: did you mean tolerance"):
        opinion["tolerence"]
    assert [verdict.decision for verdict in opinion.values()] == list(opinion)


def test_a_decision_is_made_ready_once_and_whatever_thread_asks_gets_the_same() -> None:
    questions = rudong_rules.load().questions
    assert "tolerance" in questions
    assert "tolerence" not in questions
    with pytest.raises(KeyError, match="tolerence"):
        questions["tolerence"]
    with ThreadPoolExecutor(8) as threads:
        assert len(set(map(id, threads.map(questions.__getitem__, ["tolerance"] * 64)))) == 1
    assert questions["tolerance"] is questions["tolerance"]
    assert len(questions) == len(list(questions)) == len(POLICY.rules.decisions)


@pytest.mark.parametrize("path", EXAMPLES[::3], ids=lambda path: path.stem)
def test_an_opinion_says_of_each_decision_what_deciding_it_alone_says(path: Path) -> None:
    case = read_document(path).data
    opinion = POLICY.decide(case)
    assert OpinionData.model_validate_json(opinion.to_json()) == opinion.data
    for name, verdict in opinion.items():
        alone = POLICY.decide(case, name)
        assert VerdictData.model_validate_json(alone.to_json()) == alone.data == verdict.data
    duties = [duty.id for duty in opinion.duties]
    assert len(duties) == len(set(duties))
    assert set(duties) == {duty.id for verdict in opinion.values() for duty in verdict.duties}


@pytest.mark.parametrize(
    ("case", "chosen", "shown"),
    [
        (THIRD_LEAVE, {}, "grant: refused"), (THIRD_LEAVE, {"third_leave": "does_not"}, "grant: may_grant"),
        (THIRD_LEAVE, {"third_leave": None}, "grant: undetermined"), ({}, {}, "grant: undetermined"),
        ({**THIRD_LEAVE, "ill": [{"value": True, "determined_by": "甲"}, {"value": False, "determined_by": "乙"}]},
         {"third_leave": "does_not"}, "grant: contradicted"),
    ],
)  # fmt: skip
def test_a_verdict_shows_its_outcome_or_why_there_is_none(
    case: dict[str, Any], chosen: dict[str, str | None], shown: str
) -> None:
    assert repr(LEAVE.decide(case, "grant", readings=chosen)) == f"<Verdict {shown}>"
    assert repr(LEAVE.decide(case, readings=chosen)) == f"<Opinion {shown}>"


def test_a_reading_left_open_decides_only_what_it_does_not_touch() -> None:
    opened = LEAVE.decide(THIRD_LEAVE, "grant", readings={"third_leave": None})
    assert (opened.outcome, opened.possible, opened.readings) == (None, ("refused", "may_grant"), ())
    short = {**THIRD_LEAVE, "leaves": {"complete": True, "entries": []}}
    assert LEAVE.decide(short, "grant", readings={"third_leave": None}).outcome == "may_grant"


def test_a_case_may_be_built_in_python_by_id() -> None:
    case = LEAVE.Case(**LEAVE.reader.read(THIRD_LEAVE).model_dump(exclude_unset=True))
    assert LEAVE.decide(case, "grant").data == LEAVE.decide(THIRD_LEAVE, "grant").data


@pytest.mark.parametrize(
    "name",
    [
        "leave:2.1",
        "leave:二（一）",
        "leave:二(一)",
        "请假 二（一）",
        "请假二(一)",
        "《清河图书馆职工请假规定》二（一）",
    ],
)
def test_a_clause_is_found_by_id_by_label_and_as_it_is_cited(name: str) -> None:
    assert LEAVE.clause(name).text == "（一）因病需要治疗的；"


def test_every_citation_that_is_printed_finds_its_clause() -> None:
    clauses = [clause for regulation in POLICY.regulations.values() for clause in regulation.clauses]
    assert len(clauses) > 100
    for clause in clauses:
        assert POLICY.clause(clause.ref) is POLICY.clause(clause.short_citation) is POLICY.clause(clause.citation)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("leave:二（九）", "did you mean 二（"), ("leave:九九", "rudong-rules clauses leave lists its clauses"),
        ("leave:第二条", "write 请假 二"),
        ("leaves:二", "write REGULATION:CLAUSE, as in leave:1"), ("二", "or 请假 一"), (3, "or 请假 一"),
    ],
)  # fmt: skip
def test_a_clause_that_is_not_there_is_a_key_error_that_helps(name: Any, hint: str) -> None:
    with pytest.raises(KeyError) as caught:
        LEAVE.clause(name)
    assert isinstance(caught.value, CaseError)
    assert str(caught.value).startswith("clause: unknown-clause: there is no clause ")
    assert hint in str(caught.value)


def test_a_number_that_is_printed_twice_names_no_single_clause() -> None:
    twice = [one for r in POLICY.regulations.values() for one in r.clauses if one.label.endswith("〔其一〕")]
    assert twice
    with pytest.raises(UnknownNameError, match=f"may mean several\n  hint: write the id: {twice[0].ref}, "):
        POLICY.clause(twice[0].short_citation.removesuffix("〔其一〕"))


def test_what_a_decision_is_called_names_it_wherever_one_is_named() -> None:
    opinion = POLICY.decide({})
    assert "容错认定" in opinion
    assert opinion["容错认定"] is opinion["tolerance"]
    assert POLICY.outcomes("容错认定") == POLICY.outcomes("tolerance")
    assert POLICY.outcomes("tolerance").of == say("called", id="tolerance", label="容错认定")
    with pytest.raises(UnknownNameError, match="did you mean tolerance"):
        POLICY.outcomes("tolerence")
    assert account(POLICY, "容错") == account(POLICY, "tolerance")
    with pytest.raises(UnknownNameError, match="did you mean tolerance"):
        account(POLICY, "tolerence")


def test_the_names_of_the_decisions_can_be_looked_at() -> None:
    assert list(POLICY.decisions) == list(POLICY.questions)
    assert len(POLICY.decisions) == len(POLICY.questions)
    assert "容错认定" in POLICY.decisions
    assert "tolerence" not in POLICY.decisions
    assert POLICY.decisions["tolerance"] == POLICY.decisions["容错认定"] == ("容错认定", "Tolerance")
    assert "tolerance (容错认定), " in repr(POLICY.decisions)
    assert "容错认定" in POLICY.decisions._repr_html_()
    assert "| tolerance | 容错认定 | Tolerance |" in POLICY.decisions._repr_markdown_()
    assert repr(POLICY.regulation_names) == "<Names incentives (激励), mobility (能上能下), tolerance (容错)>"
    assert "能上能下" in POLICY.regulation_names._repr_html_()  # It has a title too.


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"decision": "grand"}, "decision: unknown-decision: there is no decision 'grand'\n  hint: did you"),
        ({"readings": {"third": "x"}}, "reading: unknown-reading: there is no reading 'third'"),
        ({"readings": {"third_leave": 3}}, "reading: unknown-option: reading 'third_leave' has no option 3"),
        ({"as_of": "2025/6/30"}, "as_of: bad-date: '2025/6/30' is no date\n  hint: write YYYY-MM-DD: 2025-06-30"),
        ({"as_of": "2025-6-30"},
         "as_of: bad-date: '2025-6-30' is no date\n  hint: write month and day in two digits: 2025-06-30"),
        ({"as_of": "0025-06-30"}, "as_of: out-of-range: '0025-06-30' is no likely day\n  hint: check the year: "),
        ({"as_of": "June"}, "as_of: bad-date: 'June' is no date\n  hint: pass YYYY-MM-DD, or a "),
        ({"as_of": datetime(2025, 6, 30, 8)}, "as_of: bad-date: 2025-06-30 08:00:00 is no date"),
        ({"case": POLICY.Case()}, "case: wrong-type: a case is a mapping of facts"),
        ({"case": {"ill": 10**5000}},
         "case.ill: wrong-type: ill (is ill and needs treatment): a number of more than 20 digits is neither"),
        ({"case": {"leaves": [{"kind": "sick", "order": 10**18}]}},
         "case.leaves.0.order: wrong-type: leaves (leaves taken), entry 1, order (order within the day): 10000000"),
        ({"case": {"\ud800": True}}, r"case.\ud800: unknown-fact: there is no fact '\ud800'"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused_with_its_reason(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(CaseError) as caught:
        LEAVE.decide(**{"case": THIRD_LEAVE, **arguments})
    assert str(caught.value).startswith(message)


# --- digests ---------------------------------------------------------------------------------------------------------

TEXT, HEADER = "leave/regulation.txt", "leave/regulation.yaml"


def repinned(folder: Path, old: str, new: str) -> Path:
    """A copy of the policy whose text was changed on purpose."""
    copy = copy_of_good(folder, [(TEXT, old, new)])
    found = digest((copy / TEXT).read_text(encoding="utf-8"))
    header = (copy / HEADER).read_text(encoding="utf-8").splitlines()
    pinned = [f"sha256: {found}" if line.startswith("sha256:") else line for line in header]
    (copy / HEADER).write_text("\n".join(pinned), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        ("rules.yaml", "more_than: 365", "more_than: 366", {"rules"}),
        ("rules.yaml", "when: ill", "when: {not: ill}", {"rules"}),
        ("decisions.yaml", "modality: may\n", "modality: shall\n", {"rules"}),
        ("readings.yaml", "default: counts", "default: does_not", {"rules"}),
        ("readings.yaml", "从严计算。", "从宽计算。", {"rules"}),
        ("vocabulary.yaml", "allowance: {established: 30", "allowance: {established: 31", {"rules"}),
        ("vocabulary.yaml", "max: 365", "max: 366", {"rules"}),
        ("rules.yaml", "conclusions:\n", "# 注\n\nconclusions:\n", set()),
        ("vocabulary.yaml", "# A tiny vocabulary", "# A vocabulary", set()),
        ("rules.yaml", "when: ill", "when:   'ill'   # 病", set()),
    ],
)  # fmt: skip
def test_the_digest_of_the_rules_changes_with_what_they_say(
    file: str, old: str, new: str, changed: set[str], tmp_path: Path
) -> None:
    edited = digests(policy=rudong_rules.load(copy_of_good(tmp_path / "p", [(f"leave/{file}", old, new)])))
    assert {key for key, value in digests().items() if edited[key] != value} == changed


def test_without_its_file_of_readings_it_is_said_where_they_would_stand(tmp_path: Path) -> None:
    copy = copy_of_good(tmp_path / "p")
    (copy / "leave" / "readings.yaml").unlink()
    with pytest.raises(PolicyError) as caught:
        rudong_rules.load(copy)
    hints = {problem.hint for problem in caught.value.problems if problem.code == "unknown-reading"}
    assert hints == {"no readings are declared: readings.yaml is missing or empty"}


def test_what_is_only_checked_is_no_part_of_the_digest_of_the_rules(tmp_path: Path) -> None:
    leave = copy_of_good(tmp_path / "p") / "leave"
    invariant = "{label: 病, en: ill, clause: 二（一）, never: {all: [ill, {not: ill}]}}"
    (leave / "checks.yaml").write_text(f"invariants:\n  ill: {invariant}\n", encoding="utf-8")
    policy = rudong_rules.load(leave.parent)
    assert policy.rules.checks.invariants
    assert digests(policy=policy) == digests()


def test_the_rules_of_one_file_may_stand_in_several(tmp_path: Path) -> None:
    """In a folder named after them; each part is found where it stands, and the policy is the same by every digest."""
    leave = copy_of_good(tmp_path / "p") / "leave"
    head, between, rest = (leave / "rules.yaml").read_text(encoding="utf-8").partition("  too_much:\n")
    (leave / "rules").mkdir()
    (leave / "rules" / "1_grounds.yaml").write_text(head, encoding="utf-8")
    (leave / "rules" / "2_limits.yaml").write_text(f"rules:\n{between}{rest}", encoding="utf-8")
    (leave / "rules.yaml").unlink()
    policy = rudong_rules.load(leave.parent)
    assert digests(policy=policy) == digests()
    assert str(policy.places["rules:too_much"]) == "leave/rules/2_limits.yaml:2:3"


def test_the_digest_of_the_text_changes_with_the_text(tmp_path: Path) -> None:
    edited = digests(policy=rudong_rules.load(repinned(tmp_path / "p", "合理安排", "妥善安排")))
    assert {key for key, value in digests().items() if edited[key] != value} == {"text"}


@pytest.mark.parametrize(
    ("case", "same"),
    [
        ({"title": "别的"}, False), ({"days_asked": 4}, False), ({"family_change": False}, False), ({}, True),
        ({"hours_share": "3/3"}, True), ({"as_of": date(2025, 6, 30)}, True),
    ],
)  # fmt: skip
def test_the_digest_of_a_case_changes_with_what_it_says(case: dict[str, Any], same: bool) -> None:
    assert (digests({**THIRD_LEAVE, **case}) == digests()) is same


def test_the_digest_of_a_case_is_that_of_its_facts_and_not_of_their_names() -> None:
    renamed = {"因病需要治疗" if key == "ill" else key: value for key, value in reversed(THIRD_LEAVE.items())}
    assert digests(renamed) == digests()


def test_a_verdict_is_the_same_bytes_every_time() -> None:
    again = rudong_rules.load(GOOD)
    assert again.decide(THIRD_LEAVE).to_json() == LEAVE.decide(THIRD_LEAVE).to_json()


def test_the_day_may_be_text() -> None:
    policy = rudong_rules.load()
    case = {"employment": "established", "as_of": "2026-03-01"}
    day = date(2026, 1, 1)
    assert policy.decide(case, "tolerance", as_of="2026-01-01").data == policy.decide(case, "tolerance", as_of=day).data
    questions = [
        [one.fact for one in rudong_rules.Interview(policy, "promotion_bar", {}, as_of=said)]
        for said in ("2026-01-01", day)
    ]
    assert questions[0] == questions[1]


@pytest.mark.parametrize("readings", [5, 0, "third_leave", "", ["third_leave"], []])
def test_readings_that_are_no_mapping_are_refused(readings: Any) -> None:
    with pytest.raises(CaseError, match=r"reading: wrong-type: .* is not a mapping"):
        LEAVE.decide(THIRD_LEAVE, "grant", readings=readings)


def test_what_can_settle_is_searched_for_once_for_all_cases_that_make_the_same_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy, searched = rudong_rules.load(GOOD), list[int]()
    search = settling.settling

    def counted(program: Any, known: int, *more: Any, **named: Any) -> Any:
        searched.append(known)
        return search(program, known, *more, **named)

    monkeypatch.setattr("rudong_rules.questions.settling", counted)
    days = [{"employment": "established", "days_asked": 1, "title": str(nth)} for nth in range(5)]
    found = {policy.decide(case, "grant").missing for case in days}
    assert len(searched) == len(found) == 1
    more = policy.decide({"employment": "established", "ill": False, "days_asked": 1}, "grant")
    assert more.missing not in found
    assert len(searched) == 2
    monkeypatch.setattr(questions, "REMEMBERED", 1)
    for case in ({"ill": False}, days[0], {"ill": False}):
        assert policy.decide(case, "grant").missing == LEAVE.decide(case, "grant").missing
    assert len(policy.questions["grant"]._settling) == 1
    granted = {"ill": True, "family_change": False}
    for case in (granted, {"ill": False}, granted):
        assert policy.decide(case, "grant").cited == LEAVE.decide(case, "grant").cited
    assert len(policy.questions["grant"]._citing) == 1


@pytest.mark.parametrize(
    ("fact", "value", "code", "hint"),
    [
        ("ill", "bool_(True)", "wrong-type", "pass the value of Python itself, which .item() gives"),
        ("days_asked", "float64(2.5)", "wrong-type", "write digits only, 18 at most"),
        ("days_asked", "int64(3)", "wrong-type", "pass the value of Python itself, which .item() gives"),
        ("ill", "nan", "wrong-type", "leave out what is not known"),
        ("employment", "nan", "wrong-type", "leave out what is not known"),
        ("days_asked", "NA", "wrong-type", "leave out what is not known"),
        ("hours_share", "nan", "not-exact", "leave out what is not known"),
        ("first_day", "NaT", "bad-date", "leave out what is not known"),
        ("as_of", "NaT", "bad-date", "leave out what is not known"),
    ],
)
def test_a_cell_of_a_table_that_is_no_value_of_python_teaches_the_mend(
    fact: str, value: str, code: str, hint: str
) -> None:
    """As ``frame.iloc[0].to_dict()`` gives them."""
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    cell = eval(value, {**vars(numpy), "NA": pandas.NA, "NaT": pandas.NaT})
    for case in ({fact: cell}, {"ill": {"value": cell}}) if fact == "ill" else ({fact: cell},):
        with pytest.raises(CaseError) as caught:
            LEAVE.decide(case, "grant")
        (problem,) = caught.value.problems
        assert (problem.code, problem.hint) == (code, hint)
        assert not problem.text("zh").isascii()


def test_the_day_for_which_a_case_is_decided_is_none_of_pandas() -> None:
    nothing = pytest.importorskip("pandas").NaT
    with pytest.raises(CaseError, match="NaT is no date"):
        LEAVE.decide({}, "grant", as_of=nothing)
    with pytest.raises(CaseError, match="NaT is no date"):
        LEAVE.scenarios({}, {"as_of": [nothing]}, "grant")


def test_a_midnight_is_the_day_that_it_begins() -> None:
    later = LEAVE.decide(THIRD_LEAVE, "grant", as_of=datetime(2025, 7, 31))
    assert later.as_of == "2025-07-31"
    assert later.to_json() == LEAVE.decide(THIRD_LEAVE, "grant", as_of=date(2025, 7, 31)).to_json()
    days = LEAVE.scenarios(THIRD_LEAVE, {"as_of": [datetime(2025, 6, 30), date(2025, 7, 31)]}, "grant")
    assert [row["as_of"] for row in days] == [date(2025, 6, 30), date(2025, 7, 31)]
