"""Whatever a career holds, the engine decides it as the oracle does, which was written from the text without it.

Where the two once differed, ``laws.settled`` keeps the case, with what the text says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laws.careers import ANCHORS, INCENTIVES, MOBILITY, UNTIL, about, careers, grown
from laws.known import career as known_career
from laws.settled import SETTLED, Settled
from laws.strategies import DEFAULTS, POLICY, Asked, Readings
from on_engines import needs_durable
from oracle import adjustment, bars, excellent_years, incentives, mismatches, mobility, tolerance
from oracle.bars import Period, months_later
from oracle.careers import Career, grade_on_protected_alone, tolerated_error_not_listed, untrue_report_not_listed
from oracle.logic import Truth
from oracle.tolerance import Ladder

STATES = {True: "true", False: "false", None: "unknown"}

LADDERS: dict[str, Callable[[Career], Ladder]] = {
    ladder.__name__: ladder
    for ladder in (
        incentives.honours, incentives.promotion, incentives.material_reward, incentives.training_priority,
        incentives.rights_protection, incentives.assessment_lead, incentives.incentives_in_force,
        mobility.adjustment, bars.promotion_bar, bars.pay_effect, adjustment.adjustment_procedure, bars.re_promotion,
        mobility.mobility_in_force,
    )
}  # fmt: skip

CLAUSES: dict[str, tuple[Callable[[Career], Truth], ...]] = {
    "honours": (
        incentives.assessment_on_file, excellent_years.excellent_this_year, excellent_years.excellent_three_years,
        excellent_years.three_excellent_years_running,
        incentives.share_kept, incentives.merit_consented, incentives.commendation_consented,
        incentives.consent_against_record, incentives.merit_without_consent, incentives.commendation_without_consent,
        incentives.commendation_refused_on_protected_alone, incentives.merit_refused_on_protected_alone,
        grade_on_protected_alone, untrue_report_not_listed, incentives.incentives_not_yet_in_force,
        tolerated_error_not_listed, incentives.grade_before_year_end,
        incentives.commendation_without_grade, incentives.merit_without_three_years, incentives.merit_on_used_years,
    ),
    "promotion": (
        incentives.is_promotion, incentives.is_advancement, incentives.barred_from_promotion, incentives.awarded_by_county_or_above,
        incentives.awarded, incentives.awarded_for_contribution, incentives.awarded_for_grassroots_work,
        incentives.outstanding_contribution, incentives.promotion_priority, incentives.promotion_exception,
        mismatches.revocation_not_listed, mismatches.decision_not_listed, mismatches.revocation_not_logged, mismatches.exempted_error_not_listed, mismatches.adjusted_before_issue,
        incentives.incentives_not_yet_in_force, mobility.mobility_not_yet_in_force,
    ),
    "material_reward": (
        incentives.reward_contribution, incentives.reward_praise, incentives.reward_county, incentives.reward_merit,
        incentives.incentives_not_yet_in_force,
    ),
    "training_priority": (
        incentives.priority_for_training, grade_on_protected_alone, incentives.grade_before_year_end,
        incentives.incentives_not_yet_in_force,
    ),
    "rights_protection": (
        incentives.report_to_be_answered, incentives.not_untrue_before_established,
        incentives.incentives_not_yet_in_force,
    ),
    "assessment_lead": (incentives.led_with_sixth, incentives.incentives_not_yet_in_force),
    "adjustment": (
        mobility.matter_covered, mobility.method_allowed, mobility.source_listed, mobility.unfit_votes_over_a_third,
        mobility.basic_two_years, mobility.grave_two_years, mobility.several_in_a_year, untrue_report_not_listed,
        tolerated_error_not_listed, mobility.source_not_of_the_ground, mobility.result_before_year_end, mobility.forbidden_conduct,
        mismatches.adjusted_though_not_unfit, mismatches.steps_before_issue, mobility.mobility_not_yet_in_force,
    ),
    "promotion_bar": (
        bars.promotion_barred, bars.above_former_barred, bars.discipline_longer, bars.discipline_runs,
        bars.exempted_adjustment, bars.revoked_adjustment, mismatches.revocation_not_listed,
        mismatches.decision_not_listed, mismatches.revocation_not_logged, mismatches.exempted_error_not_listed, mismatches.barred_before_issue,
        mobility.mobility_not_yet_in_force,
    ),
    "pay_effect": (
        mismatches.revocation_not_listed, mismatches.decision_not_listed, mismatches.revocation_not_logged, mismatches.exempted_error_not_listed, mismatches.pay_before_issue, mobility.mobility_not_yet_in_force,
    ),
    "re_promotion": (
        bars.bar_to_begin, mismatches.revocation_not_listed, mismatches.decision_not_listed, mismatches.revocation_not_logged, mismatches.exempted_error_not_listed, mismatches.adjusted_before_issue,
        mobility.mobility_not_yet_in_force,
    ),
    "adjustment_procedure": (
        adjustment.taken_anew_by_the_meeting, adjustment.unfit_as_verified, adjustment.verification_open,
        mismatches.adjusted_though_not_unfit, mismatches.applied_before_decision, mismatches.steps_before_issue, mobility.forbidden_conduct,
        mobility.mobility_not_yet_in_force,
    ),
}  # fmt: skip

DUES: dict[str, tuple[str, Callable[[Career], Truth]]] = {
    "report_for_consent": ("honours", incentives.report_for_consent),
    "support_study": ("training_priority", lambda c: c["in_service_study"]),
    "feedback_on_report": ("rights_protection", incentives.report_to_be_answered),
    "remove_effect": ("rights_protection", incentives.report_to_be_answered),
    "clear_name": ("rights_protection", lambda c: c["report_untrue"]),
    "deal_with_slanderer": ("rights_protection", lambda c: c["malicious_slander"]),
    "recognise_fitness": ("adjustment", lambda c: tolerance.holds(mobility.adjustment(c), "recognition_required")),
    "choose_method": ("adjustment", lambda c: tolerance.holds(mobility.adjustment(c), "shall_adjust")),
    "propose_where_adjusted": ("adjustment", lambda c: adjustment.propose_where_adjusted(c).due),
    "adjust_pay": ("pay_effect", lambda c: tolerance.holds(bars.pay_effect(c), "changed")),
    "care_talk": ("re_promotion", lambda c: adjustment.care_talk(c).due),
    "criticise_refusal": ("integrity_of_process", mobility.refusal_under_14),
    "deal_severely": ("integrity_of_process", lambda c: mobility.integrity_of_process(c)["refusal_severe"]),
    "pursue_failure": ("integrity_of_process", lambda c: c["fails_to_push"]),
}
"""When the duties outside the procedure arise, and in which decision they are shown."""


# --- settled differences -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", SETTLED, ids=lambda known: known.atom)
def test_a_settled_difference_stays_settled(known: Settled) -> None:
    question = Asked(known.case, known.decision, known.chosen, known.as_of)
    assert question.decide().fact(known.atom).state == STATES[known.oracle(known_career(question))]


# --- the law -----------------------------------------------------------------------------------------------------


def _agrees(question: Asked, c: Career) -> None:
    """The outcome is the oracle's, and so are the outcomes that remain possible."""
    verdict = question.decide()
    ladder = LADDERS[question.decision](c)
    expected = tolerance.outcome(ladder)
    assert (question.decision, verdict.outcome) == (question.decision, expected)
    possible = {name for name in ladder if tolerance.holds(ladder, name) is not False}
    assert (question.decision, set(verdict.possible)) == (question.decision, possible)
    assert verdict.status == ("undetermined" if expected is None else "determined")


@given(careers())
def test_a_career_is_decided_as_by_the_oracle(career: Asked) -> None:
    c = known_career(career)
    for decision in LADDERS:
        _agrees(about(career, decision), c)


@given(careers())
def test_each_clause_is_the_oracles(career: Asked) -> None:
    c = known_career(career)
    for decision, clauses in CLAUSES.items():
        verdict = about(career, decision).decide()
        expected = {clause.__name__: STATES[clause(c)] for clause in clauses}
        if decision == "adjustment":
            expected |= {f"ground_{number}": STATES[holds] for number, holds in mobility.grounds(c).items()}
        assert {name: verdict.fact(name).state for name in expected} == expected


@given(careers())
def test_the_profile_of_the_process_is_the_oracles(career: Asked) -> None:
    verdict = about(career, "integrity_of_process").decide()
    expected = mobility.integrity_of_process(known_career(career))
    assert {fact.name: fact.state for fact in verdict.profile} == {name: STATES[one] for name, one in expected.items()}


@given(careers())
def test_each_step_of_an_adjustment_is_owed_done_and_violated_as_by_the_oracle(career: Asked) -> None:
    verdict, c = about(career, "adjustment_procedure").decide(), known_career(career)
    right = adjustment.apply_for_review(c)
    for name, duty in (adjustment.duties(c) | {"apply_for_review": right}).items():
        states = {"due": duty.due, "breached": duty.breached} | ({"done": duty.done} if duty.due else {})
        for state, answer in states.items():
            assert (name, state, verdict.fact(f"duty:{name}:{state}").state) == (name, state, STATES[answer])


@given(careers())
def test_every_other_duty_arises_as_by_the_oracle(career: Asked) -> None:
    c = known_career(career)
    for name, (decision, due) in DUES.items():
        state = about(career, decision).decide().fact(f"duty:{name}:due").state
        assert (name, state) == (name, STATES[due(c)])


@given(careers())
def test_the_talk_after_an_adjustment_is_done_as_by_the_oracle(career: Asked) -> None:
    verdict, duty = about(career, "re_promotion").decide(), adjustment.care_talk(known_career(career))
    if duty.due is not False:
        assert verdict.fact("duty:care_talk:done").state == STATES[duty.done]


@given(careers())
def test_every_period_is_the_oracles(career: Asked) -> None:
    c = known_career(career)
    for decision, periods in (("promotion_bar", bars.bar_periods(c)), ("pay_effect", bars.pay_periods(c))):
        found = [
            Period(one.id, *(date.fromisoformat(day) if day else None for day in (one.first, one.last)))
            for one in about(career, decision).decide().data.periods
        ]
        assert sorted(map(str, found)) == sorted(map(str, periods))


# --- days --------------------------------------------------------------------------------------------------------


@given(careers(complete=True), st.data())
def test_the_same_career_is_decided_as_by_the_oracle_on_every_day(career: Asked, data: st.DataObject) -> None:
    """Months from the anchors and a day off: the days on which bars begin and end."""
    decision = data.draw(st.sampled_from(["promotion_bar", "pay_effect", "re_promotion", "promotion", "honours"]))
    anchor = data.draw(st.sampled_from(ANCHORS))
    for months in UNTIL:
        for off in (-1, 0, 1):
            day = months_later(anchor, months) + timedelta(days=off)
            question = replace(about(career, decision), as_of=day)
            _agrees(question, known_career(question))


@given(careers(complete=True))
def test_a_bar_on_promotion_runs_on_the_days_of_its_periods_and_no_others(career: Asked) -> None:
    """Where every bar is the article's own: no sanction at the same time makes it longer."""
    plain = [entry | {"with_discipline": False} for entry in career.case["adjustments"]["entries"]]
    case = career.case | {"adjustments": {"complete": True, "entries": plain}}
    readings: Readings = {"bar_start": "decision", "bar_last_day": "barred"}
    question = Asked(case, "promotion_bar", readings, as_of=date(2029, 1, 1))
    named = ("no_promotion_period", "no_promotion_until_revoked")
    periods = [one for one in question.decide().data.periods if one.id in named]
    ends = {date.fromisoformat(day) for one in periods for day in (one.first, one.last)}
    for end in ends:
        for day in (end - timedelta(days=1), end, end + timedelta(days=1)):
            inside = any(one.first <= day.isoformat() <= one.last for one in periods)
            verdict = replace(question, as_of=day).decide()
            assert (verdict.outcome == "no_promotion") == inside


# --- engines, and more facts -------------------------------------------------------------------------------------


@needs_durable
@given(careers(decisions=(*INCENTIVES, *MOBILITY)))
def test_both_engines_decide_a_career_alike(career: Asked) -> None:
    assert career.decide("durable").to_json() == career.decide("fixpoint").to_json()


@given(grown())
def test_more_facts_of_a_career_never_withdraw_a_conclusion(pair: tuple[Asked, Asked]) -> None:
    """Answers, columns filled in, lists that become complete, readings chosen: they only narrow what is possible."""
    for decision in (*INCENTIVES, *MOBILITY):
        less, more = (about(question, decision).decide() for question in pair)
        assert set(more.possible) <= set(less.possible)
        if less.outcome is not None:
            assert (decision, more.outcome) == (decision, less.outcome)
        for before, after in zip(less.profile, more.profile, strict=True):
            assert before.state in ("unknown", after.state), (decision, before.name)


# --- the reach of the random careers -----------------------------------------------------------------------------


def test_the_oracles_know_every_decision_and_outcome_of_both_regulations() -> None:
    ladders = {name: ladder(Career({}, DEFAULTS)) for name, ladder in LADDERS.items()}
    assert set(ladders) | {"integrity_of_process"} == {*INCENTIVES, *MOBILITY}
    for decision, ladder in ladders.items():
        assert list(ladder) == [name for name, _ in POLICY.questions[decision].rungs]


def test_the_oracles_know_every_duty_that_can_be_owed() -> None:
    rules = POLICY.rules
    shown = {name for decision in (*INCENTIVES, *MOBILITY) for name in rules.decisions[decision].duties}
    owed = {name for name in shown if not rules.duties[name].standing}
    assert {*DUES, *adjustment.duties(Career({}, DEFAULTS)), "apply_for_review"} == owed
