"""Why, why not, what if and ask, in the library and on the command line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from commands import Command
from good import copy_of_good
from rudong_rules import CaseError, Interview, robustness, what_if, why, why_not
from rudong_rules.explain_data import every_node, unchosen
from rudong_rules.explanations import WhatIf, Why, WhyNot
from rudong_rules.render_explain import document
from rudong_rules.source import read_document
from rudong_rules.wording import Lang

CASES = Path(__file__).parents[1] / "examples" / "cases"
POLICY = rudong_rules.load()


def test_a_why_holds_one_ground_and_full_all() -> None:
    case = {
        "employment": "established", "report_untrue": False, "fault_exists": True, "criminal_liability": True,
        "other_exclusion": True,
    }  # fmt: skip
    brief, full = (why(POLICY, case, "tolerance", full=full) for full in (False, True))
    assert brief.outcome is not None
    assert brief.outcome.outcome == "not_tolerated"
    assert "other_exclusion" not in brief.model_dump_json()
    assert "other_exclusion" in full.model_dump_json()
    assert brief.steps + brief.hidden == full.steps


def test_a_why_not_names_the_fact_that_would_have_had_to_be_different() -> None:
    case = read_document(CASES / "01_eligible_pilot.yaml").data
    barred = {**case, "为单位谋取不正当利益": True}
    found = why_not(POLICY, barred, "tolerance", "may_tolerate")
    assert (found.state, found.unknown.ways, found.different.complete) == ("false", (), True)
    first = found.different.ways[0].needs
    assert [(need.name, need.values[0].value, need.now[0].value) for need in first] == [("gain_unit", "false", "true")]
    assert WhyNot.model_validate_json(found.model_dump_json()) == found


def test_what_is_known_of_one_choice_says_nothing_of_another() -> None:
    case = read_document(CASES / "03_not_met_arbitrary.yaml").data
    given = {POLICY.reader.names[name] for name in case}
    ways = why_not(POLICY, case, "tolerance", "may_tolerate").different.ways
    unknown = [need for way in ways for need in way.needs if need.name not in given]
    assert {need.name for need in unknown} & {name for name, s in POLICY.rules.vocabulary.scalars.items() if s.options}
    assert all(need.now == () for need in unknown)


def test_a_set_asks_for_no_more_than_is_enough() -> None:
    """A major negative effect is a negative effect, and reform of the judiciary is reform: the lesser is enough."""
    case = read_document(CASES / "01_eligible_pilot.yaml").data
    for name in ("造成负面影响或不良影响", "积极探索、先行先试", "推进全面深化司法改革和体制机制创新"):
        del case[name]
    ways = why_not(POLICY, {**case, "因国家政策调整": True}, "tolerance", "may_tolerate").unknown.ways
    sets = [{need.name for need in way.needs} for way in ways]
    assert {"negative_effect"} in sets
    assert {"other_situation", "in_reform_or_duty"} in sets
    assert not any({"major_negative_effect"} <= one or {"judicial_reform", "other_situation"} <= one for one in sets)


def test_one_set_that_is_found_where_there_are_too_many_asks_for_no_more_either() -> None:
    """That there was no fault would say all that is asked, and more."""
    (way,) = why_not(POLICY, {}, "tolerance", "may_tolerate").unknown.ways
    names = {need.name for need in way.needs}
    assert {"gain_self", "arbitrary"} <= names
    assert "fault_exists" not in names


def test_a_why_not_of_the_outcome_says_that_it_holds() -> None:
    case = read_document(CASES / "01_eligible_pilot.yaml").data
    assert why_not(POLICY, case, "tolerance", "may_tolerate").state == "true"


def test_the_exclusion_that_decides_stands_first_in_the_way(command: Command) -> None:
    case = read_document(CASES / "02_barred_gain.yaml").data
    found = why_not(POLICY, case, "tolerance", "may_tolerate")
    decides, lacks = found.obstacles
    assert (decides.name, decides.state, lacks.name) == ("tolerance=not_tolerated", "true", "tolerance=may_tolerate")
    assert {"excluded", "abuse_for_gain"} <= {node.name for node in every_node([decides])}
    assert "condition_2" in {node.name for node in every_node([lacks])}
    # Of what it lacks one ground is told and the other counted; all are told when that is asked for.
    grounds = [
        {node.name for node in every_node(why_not(POLICY, case, "tolerance", "may_tolerate", full=full).obstacles)}
        for full in (False, True)
    ]
    assert {"public_spirit", "abuse_for_gain"} <= grounds[1]
    assert grounds[0] < grounds[1]
    printed, every = (
        command.done(f"why-not 02_barred_gain.yaml may_tolerate -d tolerance {o}", CASES) for o in ("", "--full")
    )
    assert printed.index("不予容错\n    ✓") < printed.index("✗ 符合容错条件")
    assert "另有 1 项作为依据也足够，--full 全部列出" in printed
    assert "同样可以得出此点" not in every


def test_an_outcome_that_lacks_nothing_itself_is_only_stood_before() -> None:
    case = read_document(CASES / "11_bar_beats_merit.yaml").data
    (only,) = why_not(POLICY, case, "promotion_bar", "free").obstacles
    assert (only.name, only.state) == ("promotion_bar=no_promotion", "true")


@pytest.mark.parametrize(
    ("lang", "open_", "possible", "gone"),
    [("zh", "结论未定：下列事实尚未查明", "尚未排除的结论", "已经排除的结论"),
     ("en", "What keeps it open", "not ruled out", "Outcomes that are ruled out already")],
)  # fmt: skip
def test_why_nothing_is_decided_says_what_keeps_it_open_and_what_is_still_possible(
    lang: Lang, open_: str, possible: str, gone: str, command: Command
) -> None:
    case = read_document(CASES / "04_undetermined_inquiry.yaml").data
    verdict, found = POLICY.decide(case, "tolerance"), why(POLICY, case, "tolerance")
    assert (found.missing, tuple(one.outcome for one in found.possible)) == (verdict.missing, verdict.possible)
    assert {node.state for node in found.because} == {"false"}
    printed = command.done(f"why 04_undetermined_inquiry.yaml -d tolerance --lang {lang}", CASES)
    assert printed.index(open_) < printed.index("other_exclusion") < printed.index(possible) < printed.index(gone)
    page = found.to_html(lang)
    assert page.index(open_) < page.index("other_exclusion") < page.index(gone)
    decided = why(POLICY, read_document(CASES / "02_barred_gain.yaml").data, "tolerance")
    assert (decided.missing, decided.possible) == ((), ())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_answer_is_as_text_and_as_markdown_what_the_command_writes(lang: Lang, command: Command) -> None:
    name = "02_barred_gain.yaml"
    case = read_document(CASES / name).data
    answers: dict[str, Any] = {
        f"decide {name} -d tolerance": POLICY.decide(case, "tolerance"),
        f"decide {name}": POLICY.decide(case),
        f"why {name} -d tolerance": why(POLICY, case, "tolerance"),
        f"why-not {name} may_tolerate -d tolerance": why_not(POLICY, case, "tolerance", "may_tolerate"),
        f"what-if {name} -d tolerance -s abuse_for_gain=": what_if(POLICY, case, "tolerance", {"abuse_for_gain": None}),
    }
    for words, answer in answers.items():
        assert answer.to_text(lang) == command.done(f"{words} --lang {lang}", CASES)
        assert answer.to_markdown(lang) == command.done(f"{words} --lang {lang} -f md", CASES)
        assert str(answer) == answer.to_text("zh")
        if not words.startswith("wh"):
            assert answer.to_text(lang, full=True) == command.done(f"{words} --lang {lang} --full", CASES)
            assert answer.to_markdown(lang, full=True) == command.done(f"{words} --lang {lang} --full -f md", CASES)
        assert len(repr(answer).splitlines()) == 1
    assert repr(answers[f"why {name} -d tolerance"]) == "<Why tolerance: not_tolerated>"
    assert repr(robustness(POLICY, {}, "tolerance")) == "<Robustness tolerance: undetermined>"


def test_options_that_were_not_taken_are_counted_once_and_listed_in_full(command: Command) -> None:
    words = "why-not 04_undetermined_inquiry.yaml not_tolerated -d tolerance"
    brief, full = command.done(words, CASES), command.done(f"{words} --full", CASES)
    found = why_not(POLICY, read_document(CASES / "04_undetermined_inquiry.yaml").data, "tolerance", "not_tolerated")
    options = unchosen(found.obstacles)
    assert f"未列未采用的解释 {len(options)} 项，--full 全部列出" in brief
    assert all(one.label not in brief and one.label in full for one in options)
    assert "未列未采用" not in full


def test_an_unknown_outcome_is_refused_with_a_hint() -> None:
    with pytest.raises(CaseError, match="did you mean may_tolerate"):
        why_not(POLICY, {}, "tolerance", "may_tolarate")


def test_a_what_if_tells_what_moved_and_through_which_steps() -> None:
    case = read_document(CASES / "01_eligible_pilot.yaml").data
    found = what_if(POLICY, case, "tolerance", {"gain_unit": True})
    assert found.outcome is not None
    assert found.outcome_after is not None
    assert (found.outcome.outcome, found.outcome_after.outcome) == ("may_tolerate", "not_met")
    assert {"gain_unit", "condition_2"} <= {one["name"] for one in _all(found.model_dump()["gained"])}
    assert [one.name for one in found.moved if one.what == "profile"] == ["condition_2"]
    told = [line.text for section in document(found) for line in section.lines]
    clauses = [POLICY.glossary.citation(one.name).short for one in found.moved if one.what == "clause"]
    assert clauses
    assert [one for one in told if one.startswith(("新引用：", "不再引用："))] == [f"不再引用：{'、'.join(clauses)}"]


def _all(nodes: list[dict]) -> list[dict]:  # type: ignore[type-arg]
    return [one for node in nodes for one in (node, *_all(list(node["because"])))]


def test_a_what_if_of_nothing_moves_nothing() -> None:
    case = read_document(CASES / "15_career_of_five_years.yaml").data
    for decision in POLICY.questions:
        found = what_if(POLICY, case, decision, {})
        assert (found.moved, found.gained, found.lost) == ((), (), ())


def test_a_reading_and_the_day_can_be_changed() -> None:
    case = read_document(CASES / "10_adjustment_two_years.yaml").data
    found = what_if(POLICY, case, "adjustment", {"reading:gap_year": None, "as_of": "2030-01-01"})
    assert found.as_of_after == "2030-01-01"
    assert [change.name for change in found.changes] == ["reading:gap_year", "as_of"]


@pytest.mark.parametrize("words", ["why", "why-not free", "what-if -s as_of=2026-03-21", "decide --robust"])
def test_an_explanation_says_for_which_day(words: str, command: Command) -> None:
    name, *more = words.split()
    case = "11_bar_beats_merit.yaml -d promotion_bar --as-of 2026-03-19"
    assert "截至 2026-03-19" in command.done(" ".join([name, case, *more]), CASES)
    assert "as of 2026-03-19" in command.done(" ".join([name, case, *more, "--lang en"]), CASES)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["用工性质：在编干警 → 聘用制书记员", "反映问题失实或受到诬告：否 → 否（检务督察部门，2026-03-01）",
                "“以……为名”是要件还是修饰？：要件 → 存疑", "以改革创新为名：是 → 未查明"]),
        ("en", ["Kind of employment: established staff → contract clerk",
                "the report is untrue or a false accusation: no → no (检务督察部门, 2026-03-01)",
                "Is the pretext an element or colour?: element → left open",
                "in the name of reform and innovation: yes → unknown"]),
    ],
)  # fmt: skip
def test_a_change_is_told_in_the_words_of_the_reader(lang: Lang, said: list[str], command: Command) -> None:
    words = "what-if 02_barred_gain.yaml -d tolerance -s 用工性质=聘用制书记员 -s reading:pretext= -s 以改革创新为名="
    source = "-s '反映问题失实或受到诬告={认定: false, 认定主体: 检务督察部门, 认定日期: 2026-03-01}'"
    printed = command.done(f"{words} {source} --lang {lang}", CASES)
    assert all(one in printed for one in said)


@pytest.mark.parametrize(
    ("lang", "length", "gone", "new"),
    [
        ("zh", "年度考核：2 项，已列全 → 2 项，未列全",
         "− 考核年度：2024，考核等次：基本称职", "+ 考核年度：2023，考核等次：称职"),
        ("en", "annual assessments: 2 entries, complete → 2 entries, not complete",
         "− year: 2024, grade: basically competent", "+ year: 2023, grade: competent"),
    ],
)  # fmt: skip
def test_a_list_that_is_changed_tells_the_entries_that_go_and_those_that_come(
    lang: Lang, length: str, gone: str, new: str
) -> None:
    case = read_document(CASES / "11_bar_beats_merit.yaml").data
    kept = case["年度考核"]["entries"][1]
    listed = [kept, {"考核年度": 2023, "考核等次": "称职"}]
    found = what_if(POLICY, case, "promotion_bar", {"年度考核": listed})
    lines = [f"{line.mark} {line.text}".strip() for part in document(found, lang) for line in part.lines]
    assert lines[lines.index(length) :][:3] == [length, gone, new]
    page = found.to_html(lang)
    assert gone in page
    assert new in page
    assert "{" not in "".join(lines)
    assert WhatIf.model_validate_json(found.model_dump_json()) == found


def test_the_day_before_is_the_one_that_was_asked_for() -> None:
    case = read_document(CASES / "11_bar_beats_merit.yaml").data
    day = date(2026, 3, 19)
    bare = {name: value for name, value in case.items() if name != "as_of"}
    for one in (case, bare):
        found = what_if(POLICY, one, "promotion_bar", {"as_of": "2026-03-21"}, as_of=day)
        sides = [one and one.value for change in found.changes for one in (change.before, change.after)]
        assert sides == ["2026-03-19", "2026-03-21"]
        assert "截至 2026-03-21" in found.to_html()


@pytest.mark.parametrize("day", [date(2026, 3, 21), datetime(2026, 3, 21)])
def test_a_day_to_which_it_moves_is_given_as_to_a_decision(day: date) -> None:
    case = read_document(CASES / "11_bar_beats_merit.yaml").data
    assert POLICY.decide({**case, "as_of": day}, "promotion_bar").as_of == "2026-03-21"
    for asked in (None, date(2026, 3, 19)):
        found = what_if(POLICY, case, "promotion_bar", {"as_of": day}, as_of=asked)
        assert found.as_of_after == "2026-03-21"
        assert found == what_if(POLICY, case, "promotion_bar", {"as_of": "2026-03-21"}, as_of=asked)


@pytest.mark.parametrize("day", [datetime(2026, 3, 21, 9), "21.3.2026", 20260321])
def test_what_is_no_day_is_refused_as_by_a_decision(day: Any) -> None:
    with pytest.raises(CaseError) as decided:
        POLICY.decide({"as_of": day}, "promotion_bar")
    with pytest.raises(CaseError) as changed:
        what_if(POLICY, {}, "promotion_bar", {"as_of": day})
    assert str(changed.value) == str(decided.value)


def test_an_interview_goes_back_and_resumes() -> None:
    interview = Interview(POLICY, "tolerance")
    first = interview.next()
    assert first is not None
    interview.not_known(first.fact)
    second = interview.next()
    assert second is not None
    assert second.fact != first.fact
    resumed = Interview(POLICY, "tolerance", interview.case).next()
    assert resumed == second
    assert interview.back()
    assert interview.next() == first
    assert not interview.back()


def test_an_answer_may_name_the_fact_by_its_label() -> None:
    """And is no second fact beside the one that the case has by its id."""
    interview = Interview(POLICY, "tolerance", {"employment": "established"})
    interview.answer("用工性质", "在编干警")
    question = interview.next()
    assert question is not None
    interview.not_known(question.label)
    assert interview.case == {"employment": "在编干警", question.fact: None}
    following = interview.next()
    assert following is not None
    assert following.fact != question.fact


def test_an_answer_that_cannot_be_is_not_taken() -> None:
    interview = Interview(POLICY, "tolerance")
    with pytest.raises(CaseError):
        interview.answer("employment", "nobody")
    assert interview.case == {}


# --- on the command line ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "model"),
    [
        ("why 02_barred_gain.yaml -d tolerance", Why),
        ("why-not 02_barred_gain.yaml may_tolerate -d tolerance", WhyNot),
        ("what-if 02_barred_gain.yaml -d tolerance -s reform_pretext=false", WhatIf),
    ],
)
def test_the_commands_print_in_every_form(words: str, model: type[Why], command: Command) -> None:
    words = words.replace("reform_pretext", "以改革创新为名")
    found = model.model_validate_json(command.done(f"{words} -f json", CASES))
    assert found.outcome is not None
    for form in ("text", "md"):
        assert found.outcome.label in command.done(f"{words} -f {form} --full", CASES)
        assert found.outcome.en in command.done(f"{words} -f {form} --lang en", CASES)


def test_a_change_that_is_none_is_refused(command: Command) -> None:
    outcome = command("what-if 02_barred_gain.yaml -d tolerance -s nothing --lang en", CASES)
    assert outcome.code == 2
    assert outcome.err == "--set: bad-change: 'nothing' is no change\n  hint: write FACT=VALUE, each fact once\n"
    wide = command("what-if 02_barred_gain.yaml -d tolerance -s 行以权谋私之实＝否", CASES)
    assert wide.err == "--set: bad-change: “行以权谋私之实＝否”没有改变什么\n  提示：写成 事实=值，用半角等号“=”\n"


@pytest.mark.parametrize(
    ("written", "change", "told"),
    [
        ("assessments: {complete: true}", "assessments=", "0 项，已列全 → 未查明"),
        ("{}", "'年度考核={complete: true}'", "未查明 → 0 项，已列全"),
        ("{}", "assessments={}", "未查明 → 0 项，未列全"),
    ],
)
def test_a_list_need_not_write_that_it_has_no_entries(
    written: str, change: str, told: str, tmp_path: Path, command: Command
) -> None:
    (tmp_path / "case.yaml").write_text(written, encoding="utf-8")
    assert f"年度考核：{told}" in command.done(f"what-if case.yaml -d honours -s {change}", tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [("fault_exists=true", "存在过错或失误=false"), ("reading:main_basis=", "reading:{question}=prerequisite")],
)
def test_what_is_changed_twice_under_both_names_is_refused(one: str, other: str, command: Command) -> None:
    """The later change would win, and both would be told."""
    question = POLICY.rules.readings["main_basis"].question
    words = [
        "what-if",
        "02_barred_gain.yaml",
        "-d",
        "tolerance",
        "--set",
        one,
        "--set",
        other.format(question=question),
    ]
    outcome = command(" ".join(words), CASES)
    assert outcome.code == 2
    assert "fact-twice" in outcome.err
    assert "只写一次" in outcome.err


def test_a_fact_that_is_taken_away_under_a_wrong_name_is_refused() -> None:
    """It would read as if the fact made no difference."""
    case = read_document(CASES / "01_eligible_pilot.yaml").data
    with pytest.raises(CaseError, match="criminal_liabilty"):
        what_if(POLICY, case, "tolerance", {"criminal_liabilty": None})


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "其下 18 项均未查明，--full 全部列出"), ("en", "18 steps below, all of them open")]
)
def test_many_open_steps_are_counted_and_listed_in_full(lang: Lang, words: str, command: Command) -> None:
    line = f"why-not 11_bar_beats_merit.yaml found_fit -d adjustment --lang {lang}"
    case = read_document(CASES / "11_bar_beats_merit.yaml").data
    brief, full = (why_not(POLICY, case, "adjustment", "found_fit", full=full) for full in (False, True))
    (ground,) = (node for node in every_node(brief.obstacles) if node.open)
    (whole,) = (node for node in every_node(full.obstacles) if node.name == ground.name and not node.above)
    assert (ground.because, ground.open) == ((), len(whole.because))
    assert not any(node.open for node in every_node(full.obstacles))
    assert words in command.done(line, CASES)
    # Who reads a page has nothing to type.
    assert words.partition("，--full")[0] in brief.to_html(lang)
    assert words not in command.done(f"{line} --full", CASES)


def test_a_set_found_where_there_are_too_many_says_no_before_yes() -> None:
    """What did not happen is nearer to most cases than what would excuse it."""
    case = read_document(CASES / "11_bar_beats_merit.yaml").data
    (way,) = why_not(POLICY, case, "adjustment", "no_adjustment").unknown.ways
    assert {need.values[0].value for need in way.needs} == {"false", "unfit"}


def test_an_outcome_may_not_be_ruled_out_though_no_fact_brings_it_about(tmp_path: Path) -> None:
    """Without a ground there is no leave, and with it more than leave on other grounds."""
    rung = "      no_ground:\n"
    lower = (
        "      unnamed:\n        label: 另一结论\n        en: another\n        modality: none\n        clause: 二\n"
        "        when: ground\n"
    )
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies", [("leave/decisions.yaml", rung, lower + rung)]))
    case = {"employment": "established", "family_change": False, "days_asked": 1, "hours_share": "1/4"}
    assert policy.decide(case, "grant").possible == ("may_grant", "unnamed", "no_ground")
    found = rudong_rules.why_not(policy, case, "grant", "unnamed")
    assert (found.state, found.unknown.ways, found.unknown.complete) == ("unknown", (), True)


def test_a_way_asks_for_nothing_that_only_an_option_not_taken_is_about() -> None:
    """``with: false`` of an option asks for nothing between two entries: it is no question of its own."""
    assert [name for name in POLICY.rules.tests if "any_of()" in name] == []
    days = {"started": "03-02", "public_heard": "03-10", "verified": "03-20", "proposed": "04-01", "decided": "04-10"}
    log = {"complete": True, "entries": [{"event": event, "date": f"2026-{day}"} for event, day in days.items()]}
    case = {"as_of": "2026-06-30", "adjustment_matter": "unfit", "adjustment_events": log}
    (way,) = why_not(POLICY, case, "adjustment_procedure", "in_order").different.ways
    asked = " ".join(need.name for need in way.needs)
    assert "talk_before" in asked
    assert [event for event in ("suspended", "review_applied", "spoken_by=other") if event in asked] == []
