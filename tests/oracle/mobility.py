"""The mobility regulation (能上能下实施细则) in plain Python: grounds for adjustment, integrity, entry into force.

Written from the text alone, one function a clause; the bars are in ``oracle.bars``, the procedure in
``oracle.adjustment``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from oracle.bars import months_later
from oracle.careers import Assessment, Career, Incident, is_one
from oracle.logic import Truth, all_of, any_of, at_least, no
from oracle.procedure import Duty
from oracle.tolerance import Ladder

# --- 六 to 九 who, and what they are protected from ---------------------------------------------------------------


def cadre(c: Career) -> Truth:
    """有关中层干部。"""
    head, deputy = c["department_head"], c["deputy_head"]
    reached = c.read("cadres_reached", every_cadre=True, members_only=c["party_member"])
    return all_of(c.read("deputies_included", included=any_of(head, deputy), heads_only=head), reached)


def cadre_under_9(c: Career) -> Truth:
    """党支部书记和中层干部。"""
    return any_of(cadre(c), c["branch_secretary"])


# --- 六 political conduct, by finding -----------------------------------------------------------------------------

POLITICAL = {
    "6_1": "political_discipline",
    "6_2": "political_ideals",
    "6_3": "political_execution",
    "6_4": "political_leadership",
    "6_5": "political_organisation",
    "6_6": "political_other",
}

# --- 七 the annual assessment -------------------------------------------------------------------------------------


NARROWER: dict[str, tuple[str, ...]] = {
    "valid": (),
    "cast": ("valid",),
    "present": (),
    "entitled": ("valid", "cast", "present"),
}
"""有效票 are of the ballots cast, and whoever votes, or is present, is entitled to: which bases are no larger than one."""


def unfit_votes_over_a_third(c: Career) -> Truth:
    """在年度考核测评中不称职得票率超过三分之一的。"""

    asked = c["unfit_votes_over_a_third_of_base"]

    def by(base: str | None, one: Assessment) -> Truth:
        """By one base; what the base of the poll cannot tell is what was found out of the base taken."""
        over = None if one.share is None else one.share > Fraction(1, 3)
        if base is None:
            return over
        none = None if one.share is None else one.share == 0
        left = []
        for other, narrower in NARROWER.items():
            below = over if other in NARROWER[base] else all_of(no(over), no(none)) if base in narrower else no(none)
            left.append(all_of(other != base, is_one(one.votes_of, [other]), below))
        wider = [base, *(other for other, narrower in NARROWER.items() if base in narrower)]
        return any_of(all_of(is_one(one.votes_of, wider), over), all_of(any_of(*left), asked))

    def of(base: str | None) -> Truth:
        return c.assessed(c.year, lambda one: by(base, one))

    return c.read(
        "vote_base",
        as_stated=of(None),
        cast=of("cast"),
        valid=of("valid"),
        present=of("present"),
        entitled=of("entitled"),
    )


def basic_two_years(c: Career) -> Truth:
    """连续两年为基本称职等次的。"""
    return c.read(
        "mixed_grades",
        basic_only=_two_years(c, ["basic"]),
        incompetent_counts=_two_years(c, ["basic", "incompetent"]),
    )


def _two_years(c: Career, grades: Sequence[str]) -> Truth:
    if c.year is None:
        return None
    before = c.read("gap_year", breaks=_graded(c, c.year - 1, grades), skips=_graded_before(c, c.year, grades))
    return all_of(_graded(c, c.year, grades), before)


def _graded(c: Career, year: int, grades: Sequence[str]) -> Truth:
    """Whether the grade of a year is one of these; a year without a grade has none, whether sure to count or not."""
    return False if year in _ungraded(c) else c.graded(year, grades)


def _graded_before(c: Career, year: int, grades: Sequence[str]) -> Truth:
    """Whether the last grade before a year is one of these: a year in between without a grade is passed over."""
    listed = {one.year: one.sure for one in c.assessments.entries}
    for earlier in range(year - 1, min(listed, default=year) - 1, -1):
        passed = earlier in _ungraded(c) or (earlier not in listed and c.assessments.complete)
        if not passed:
            return None if listed.get(earlier, True) is None else c.graded(earlier, grades)
    return False if c.assessments.complete else None


def _ungraded(c: Career) -> set[int]:
    return {one.year for one in c.assessments.entries if one.grade == "ungraded"}


def incompetent_or_basic(c: Career) -> Truth:
    """年度考核结果为不称职等次，或连续两年为基本称职等次的。"""
    incompetent = c.assessed(c.year, lambda one: is_one(one.grade, ["incompetent"]))
    return any_of(incompetent, basic_two_years(c))


def result_before_year_end(c: Career) -> Truth:
    """依据年度考核结果: of a year that is not over."""
    found = grounds(c)
    return all_of(matter_covered(c), any_of(found["7_1"], found["7_2"]), no(c.year_over))


# --- 八 inaction --------------------------------------------------------------------------------------------------


def performance(c: Career) -> Truth:
    """岗位履职尽责不力，主持或分管工作长期打不开局面，贻误检察事业发展，相关考核指标在全市或年际间排名靠后或明显下滑的。"""
    indicators = c.one("indicators_low", "indicators_fell")
    limbs = ("duty_poor", "no_progress", "cause_delayed")
    return c.read(
        "performance_chain",
        cumulative=all_of(c.every(*limbs), indicators),
        any_limb=any_of(c.one(*limbs), indicators),
    )


def several_in_a_year(c: Career) -> Truth:
    """一年内发生多起群体性事件或公共安全事件。"""

    def of(*kinds: str) -> Truth:
        return c.read("several_incidents", three=_in_a_year(c, 3, kinds), two=_in_a_year(c, 2, kinds))

    return _by_kinds(c, of)


def _by_kinds(c: Career, of: Callable[..., Truth]) -> Truth:
    """群体性事件或公共安全事件: both kinds together, or each by itself."""
    return c.read("incident_kinds", together=of("mass", "safety"), each_kind=any_of(of("mass"), of("safety")))


def _in_a_year(c: Career, number: int, kinds: Sequence[str]) -> Truth:
    """Some year holds as many incidents of these kinds; one without a date may fall into any."""
    incidents = [one for one in c.incidents.entries if one.kind in kinds]

    def in_year(window: Callable[[date], Callable[[date], bool]]) -> Truth:
        dated = [one.day for one in incidents if one.day]
        fullest = max((sum(map(window(first), dated)) for first in dated), default=0)
        undated = [None] * (len(incidents) - len(dated))
        found = at_least(number, *[True] * fullest, *undated)
        return found if found or c.incidents.complete else None

    return c.read(
        "incident_window",
        calendar_years=in_year(lambda first: lambda day: day.year == first.year),
        any_months=in_year(lambda first: lambda day: first <= day < months_later(first, 12)),
    )


def grave_two_years(c: Career) -> Truth:
    """连续两年发生特别重大群体性事件或公共安全事件。"""

    def grave(one: Incident) -> Truth:
        either = any_of(one.kind == "safety", one.especially_grave)
        return c.read("grave_scope", both_kinds=one.especially_grave, mass_only=either)

    def a_year_apart(first: Incident, then: Incident) -> Truth:
        if first.day is None or then.day is None:
            return None
        return c.read(
            "incident_window",
            calendar_years=then.day.year == first.day.year + 1,
            any_months=first.day < then.day < months_later(first.day, 24),
        )

    def of(*kinds: str) -> Truth:
        counted = [one for one in c.incidents.entries if one.kind in kinds]
        pairs = ((one, two) for one in counted for two in counted if one is not two)
        found = any_of(*(all_of(grave(one), grave(two), a_year_apart(one, two)) for one, two in pairs))
        return found if found or c.incidents.complete else None

    return _by_kinds(c, of)


def prevention(c: Career) -> Truth:
    """预防和化解社会矛盾不力，导致连续两年发生特别重大群体性事件或公共安全事件，或一年内发生多起群体性事件或公共安全事件。"""
    return all_of(c["prevention_poor"], any_of(grave_two_years(c), several_in_a_year(c)))


def poverty(c: Career) -> Truth:
    """脱贫攻坚工作不力，导致精准扶贫精准脱贫目标任务未按时完成，虚报脱贫成效等问题突出、群众反映强烈的。"""
    results = ("poverty_target_missed", "poverty_results_false")
    chain = c.read("poverty_chain", cumulative=c.every(*results), either=c.one(*results))
    return all_of(c["poverty_work_poor"], chain)


# --- 九 party governance and ideology -----------------------------------------------------------------------------


def appointments(c: Career) -> Truth:
    """领导和把关作用发挥不力，出现严重用人失察失误，造成恶劣影响，或选人用人问题突出，不正之风严重，党内和群众反映强烈的。"""
    poor, failed, corrupt = c["gatekeeping_poor"], c["appointments_failed"], c["appointments_corrupt"]
    return c.read(
        "gatekeeping_scope",
        both=all_of(poor, any_of(failed, corrupt)),
        first_only=any_of(all_of(poor, failed), corrupt),
    )


def clean_governance(c: Career) -> Truth:
    """推进党风廉政建设和反腐败工作不坚决、不扎实，损害群众利益的不正之风和腐败问题比较突出、部门内出现干部职工严重违纪问题
    或多次受到通报批评的。"""
    marked, rest = c["public_harmed_by_corruption"], c.one("staff_breach", "criticised_repeatedly")
    chain = c.read("corruption_chain", any_result=any_of(marked, rest), first_and_one=all_of(marked, rest))
    return all_of(c["clean_governance_poor"], chain)


def other_governance(c: Career) -> Truth:
    """其他履行全面从严治党责任不力、问题突出，或巡视巡察反馈意见整改不到位，经组织提醒、教育或函询、诫勉没有改正的。"""
    other, lacking = c["governance_other"], c["rectification_lacking"]
    unheeded = all_of(c["warned"], no(c["warning_heeded"]))
    return c.read(
        "warning_scope",
        both=all_of(any_of(other, lacking), unheeded),
        second_only=any_of(other, all_of(lacking, unheeded)),
    )


# --- 六 to 九 together --------------------------------------------------------------------------------------------


def grounds(c: Career) -> dict[str, Truth]:
    """具有下列情形之一：every ground by its number, for whom it can reach and unless it rests on what is protected.

    依据年度考核结果 (七): one of the 各类考核 in which who was exempted is not affected (容错 七（三）).
    """
    by_finding: dict[str, Truth] = {number: c[finding] for number, finding in POLITICAL.items()}
    found = by_finding | {
        "7_1": unfit_votes_over_a_third(c),
        "7_2": incompetent_or_basic(c),
        "8_1": performance(c),
        "8_2": prevention(c),
        "8_3": poverty(c),
        "8_4a": c["key_projects_poor"],
        "8_4b": c["inaction_other"],
        "9_1": c["political_building_poor"],
        "9_2": appointments(c),
        "9_3": c["ideology_error"],
        "9_4": clean_governance(c),
        "9_5": other_governance(c),
    }
    return {
        number: all_of(
            cadre_under_9(c) if number.startswith("9") else cadre(c),
            holds,
            no(c.protected(f"g{number}", "" if number.startswith("7") else "grounds_protected")),
        )
        for number, holds in found.items()
    }


def matter_covered(c: Career) -> Truth:
    """本实施细则主要规范对不适宜担任现职干部的组织调整。"""
    return c.choice("adjustment_matter", "unfit")


def method_allowed(c: Career) -> Truth:
    """采取调离岗位、改任非领导职务、免职、引咎辞职、责令辞职、降职等方式进行。"""
    return any_of(no(c.choice("proposed_method", "other")), c["other_method_recognised"])


def source_listed(c: Career) -> Truth:
    """在情形的认定上，主要依据中层干部政治表现认定结果，年度考核结果，……认定结果等。"""
    return any_of(no(c.choice("finding_source", "other")), c["other_source_recognised"])


SOURCES = {"6": "political", "7": "annual", "8": "inaction", "9": "governance"}
"""依据政治表现认定结果 (六)；依据年度考核结果 (七)；依据不担当不作为认定结果 (八)；依据履行……责任不力认定结果 (九)。"""


def source_not_of_the_ground(c: Career) -> Truth:
    """Each article of grounds goes by a source of its own; another one is for somebody to recognise (等).

    Whether some other ground has its source changes nothing of one that has not.
    """
    unrecognised = all_of(c.choice("finding_source", "other"), no(c["other_source_recognised"]))

    def of_another(article: str) -> Truth:
        others = [source for number, source in SOURCES.items() if number != article]
        return any_of(c.choice("finding_source", *others), unrecognised)

    found = [all_of(holds, of_another(number[0])) for number, holds in grounds(c).items()]
    return all_of(matter_covered(c), any_of(*found))


def adjustment(c: Career) -> Ladder:
    """具有下列情形之一，经认定不适宜担任现职的有关中层干部，应予以调整；第四条所列的按照有关规定办理。

    到龄免职（退休）、任期届满离任等 (三) have rules of their own; who was found fit is not adjusted, whatever ground there is.
    """
    ground = all_of(matter_covered(c), any_of(*grounds(c).values()))
    return {
        "other_rules": c.choice("adjustment_matter", "health", "accountability", "discipline"),
        "shall_adjust": all_of(ground, c.choice("unfit_recognition", "unfit")),
        "recognition_required": all_of(ground, c.choice("unfit_recognition", "pending")),
        "other_matter": c.choice("adjustment_matter", "other"),
        "found_fit": all_of(ground, c.choice("unfit_recognition", "fit")),
        "no_adjustment": True,
    }


def recognise_fitness(c: Career) -> Duty:
    """作出客观公正评价和准确认定。"""
    ground = all_of(matter_covered(c), any_of(*grounds(c).values()))
    return Duty(ground, c.choice("unfit_recognition", "unfit", "fit"))


# --- 十四, 十六 ----------------------------------------------------------------------------------------------------


def refusal_under_14(c: Career) -> Truth:
    """对不服从调整决定的干部严肃批评教育。Whether 调整决定 is any, or that of 第十条 on the unfit alone, is a reading."""
    reached = c.read("refusal_scope", every_adjustment=True, unfit_only=matter_covered(c))
    return all_of(c["refuses_decision"], reached)


FORBIDDEN = ("pleases_everyone", "dodges_the_grave", "discipline_instead", "adjustment_instead", "reprisal")


def forbidden_conduct(c: Career) -> Truth:
    """不得搞好人主义，不得避重就轻、以纪律处分规避组织调整或以组织调整代替纪律处分，不得借机打击报复。"""
    return c.one(*FORBIDDEN)


def integrity_of_process(c: Career) -> dict[str, Truth]:
    """不得搞好人主义，不得避重就轻、以纪律处分规避组织调整或以组织调整代替纪律处分，不得借机打击报复。对不服从调整决定的干部
    严肃批评教育，情节严重并造成不良影响的，从严从重处理。对推进干部能上能下工作不力的，严格追究责任。"""
    return {name: c[name] for name in (*FORBIDDEN, "refuses_decision", "fails_to_push")} | {
        "forbidden_conduct": forbidden_conduct(c),
        "refusal_under_14": refusal_under_14(c),
        "refusal_severe": all_of(refusal_under_14(c), c.every("refusal_grave", "refusal_bad_effect")),
        "mobility_not_yet_in_force": mobility_not_yet_in_force(c),
    }


def mobility_in_force(c: Career) -> Ladder:
    """本实施细则自印发之日起施行。"""
    return {"in_force": c.since("mobility_issued_on"), "not_yet": True}


def mobility_not_yet_in_force(c: Career) -> Truth:
    """自印发之日起施行：not before."""
    return no(c.since("mobility_issued_on"))
