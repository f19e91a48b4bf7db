"""The incentive regulation (鼓励激励实施细则) in plain Python: one function a clause, its words in the docstring.

Written from the text alone.  An assessment is the main basis of every incentive (第四条): without one on file it has to
come first, as far as it is read as a prerequisite; what a bar forbids (能上能下 第十一条) is forbidden with or without one.
"""

from __future__ import annotations

from collections.abc import Callable

from oracle import bars
from oracle.careers import Career, Honour, is_one
from oracle.excellent_years import (
    excellent_this_year,
    excellent_three_years,
    three_excellent_years_running,
    with_consent,
)
from oracle.logic import Truth, all_of, any_of, no
from oracle.procedure import Duty
from oracle.tolerance import Ladder, holds

COUNTY_AND_ABOVE = ("county", "city", "above_city")
CITY_AND_ABOVE = ("city", "above_city")
CITY_PROCURATORATE_AND_ABOVE = ("city_procuratorate", "provincial_procuratorate", "supreme_procuratorate")
PROVINCE_AND_ABOVE = ("provincial_procuratorate", "supreme_procuratorate")
ALONE = {"county": ("county_committee", "county_government"), "city": ("city_committee", "city_government")}
"""县委县政府, 市委市政府: the committee, and the government."""


# --- 四 the basis -------------------------------------------------------------------------------------------------


def assessment_on_file(c: Career) -> Truth:
    """考核结果作为干部鼓励激励的主要依据。Whether a year without a grade (不定等次) has a result is a reading.

    An excellent result is a result.
    """
    graded = c.assessments.some(lambda one: no(is_one(one.grade, ["ungraded"])))
    ungraded = c.assessments.some(lambda one: is_one(one.grade, ["ungraded"]))
    annual = any_of(graded, c.read("ungraded_year", no_result=False, a_result=ungraded))
    return any_of(c.one("other_assessment_on_file", "other_assessment_excellent"), annual)


def not_encouraged(c: Career) -> Truth:
    """党员干警; 干警: whether these are members, and established staff alone, is a reading."""
    staff, member = c.choice("employment", "established"), c["party_member"]
    return no(
        c.read(
            "encouraged_persons",
            all_staff=True,
            established_only=staff,
            members_only=member,
            established_members=all_of(staff, member),
        )
    )


def _on_file(c: Career, ladder: Ladder, *apart: Truth) -> Ladder:
    """主要依据: whether grounds apart from assessment decide alone, without the main one, is a reading."""
    needed = c.read("main_basis", prerequisite=True, main_not_only=no(any_of(*apart)))
    first = {"not_encouraged": not_encouraged(c), "assessment_first": all_of(no(assessment_on_file(c)), needed)}
    return {**first, **ladder}


# --- 六（一） honours ---------------------------------------------------------------------------------------------


def grade_before_year_end(c: Career) -> Truth:
    """根据干警年度考核……等情况，……确定优秀等次: of a year that is not over."""
    return all_of(excellent_this_year(c), no(c.year_over))


def share_kept(c: Career) -> Truth:
    """按照一定比例: none at all are within whatever share there is."""
    count, assessed = c.number("excellent_count"), c.number("assessed_count")
    limit = c.number("excellent_share_limit")
    if count == 0:
        return True
    return None if count is None or limit is None or assessed is None else count <= limit * assessed


def commendation_refused_on_protected_alone(c: Career) -> Truth:
    """对给予容错免责的干警，……其本人在各类考核……等方面不受影响（容错 七（三））; 失实 is no reason under any reading."""
    refused = all_of(excellent_this_year(c), c.choice("commendation_consent", "refused"))
    return all_of(refused, c.protected("commendation", "honours_protected"))


def merit_refused_on_protected_alone(c: Career) -> Truth:
    """The same of the merit: the grounds of one refusal are not those of the other."""
    refused = all_of(excellent_three_years(c), c.choice("merit_consent", "refused"))
    return all_of(refused, c.protected("merit", "honours_protected"))


def _given_with_consent(c: Career, one: Honour, kind: str) -> Truth:
    """报县委县政府同意后：what the county gave for the year, or the procuratorate with its consent, has had that consent."""
    year = None if one.for_year is None or c.year is None else one.for_year == c.year
    return all_of(one.kind == kind, with_consent(one), year)


def own_award_consented(c: Career, test: Callable[[Honour], Truth] = lambda _: True) -> Truth:
    """报县委县政府同意后给予嘉奖，……报县委县政府同意后记三等功: by the procuratorate, in its own name."""

    def given(one: Honour) -> Truth:
        honour = one.kind in ("commendation", "third_merit")
        return all_of(honour, is_one(one.giver, ["own"]), one.county_consented, test(one))

    return c.honours.some(given)


def merit_on_record(c: Career) -> Truth:
    """报县委县政府同意后记三等功。One given for a single feat is not the merit consented to here."""
    return c.honours.some(lambda one: all_of(_given_with_consent(c, one, "third_merit"), one.for_three_years))


def merit_consented(c: Career) -> Truth:
    """连续三年确定为优秀等次的，报县委县政府同意后记三等功。"""
    return any_of(c.choice("merit_consent", "given"), merit_on_record(c))


def commendation_on_record(c: Career) -> Truth:
    """并报县委县政府同意后给予嘉奖。"""
    return c.honours.some(lambda one: _given_with_consent(c, one, "commendation"))


def commendation_consented(c: Career) -> Truth:
    """并报县委县政府同意后给予嘉奖。"""
    return any_of(c.choice("commendation_consent", "given"), commendation_on_record(c))


def _without_consent(c: Career, one: Honour, kind: str) -> Truth:
    year = None if one.for_year is None or c.year is None else one.for_year == c.year
    return all_of(one.kind == kind, is_one(one.giver, ["own"]), no(one.county_consented), year)


def merit_without_consent(c: Career) -> Truth:
    """报县委县政府同意后: and not before."""
    return c.honours.some(lambda one: all_of(_without_consent(c, one, "third_merit"), one.for_three_years))


def commendation_without_consent(c: Career) -> Truth:
    """报县委县政府同意后: and not before."""
    return c.honours.some(lambda one: _without_consent(c, one, "commendation"))


def consent_against_record(c: Career) -> Truth:
    """One consent, told by those who report the matter and by the honours listed."""
    return any_of(
        all_of(c.choice("merit_consent", "refused", "pending", "submitted"), merit_on_record(c)),
        all_of(c.choice("merit_consent", "given"), merit_without_consent(c)),
        all_of(c.choice("commendation_consent", "refused", "pending", "submitted"), commendation_on_record(c)),
        all_of(c.choice("commendation_consent", "given"), commendation_without_consent(c)),
    )


def commendation_without_grade(c: Career) -> Truth:
    """确定优秀等次干警，并报……同意后给予嘉奖: consented to without the grade.

    A commendation on record may be one for a feat, which no column tells.
    """
    return all_of(c.choice("commendation_consent", "given"), no(excellent_this_year(c)))


def merit_without_three_years(c: Career) -> Truth:
    """连续三年确定为优秀等次的，报……同意后记三等功: consented to without these grades."""
    return all_of(merit_consented(c), no(three_excellent_years_running(c)))


def merit_on_used_years(c: Career) -> Truth:
    """连续三年确定为优秀等次的，……记三等功: of years that are the ground of another, where each may be of one alone."""
    return all_of(merit_consented(c), three_excellent_years_running(c), no(excellent_three_years(c)))


def honours(c: Career) -> Ladder:
    """并报县委县政府同意后给予嘉奖，连续三年确定为优秀等次的，报县委县政府同意后记三等功。

    The text does not say that the merit takes the place of the year's commendation: by default both are due.
    """
    excellent, three = excellent_this_year(c), excellent_three_years(c)
    commended, asked = commendation_consented(c), c.choice("commendation_consent", "pending", "submitted")
    beside = c.read("merit_absorbs", both_due=True, absorbed=False)
    merit = all_of(three, merit_consented(c))
    merit_asked = all_of(three, c.choice("merit_consent", "pending", "submitted"))
    return _on_file(c, {
        "commendation_and_merit": all_of(merit, beside, commended),
        "merit_commendation_proposable": all_of(merit, beside, asked),
        "third_merit": merit,
        "commendation_merit_proposable": all_of(commended, merit_asked),
        "both_proposable": all_of(merit_asked, beside, asked),
        "third_merit_proposable": merit_asked,
        "commendation": all_of(excellent, commended),
        "commendation_proposable": all_of(excellent, asked),
        "refusal_unfounded": any_of(commendation_refused_on_protected_alone(c), merit_refused_on_protected_alone(c)),
        "none": True,
    })  # fmt: skip


def report_for_consent(c: Career) -> Truth:
    """并报县委县政府同意后给予嘉奖，……报县委县政府同意后记三等功。What was refused need not be reported again."""
    found = honours(c)
    return any_of(*(holds(found, outcome) for outcome in found if outcome.endswith("_proposable")))


# --- 八〔其一〕 promotion ------------------------------------------------------------------------------------------


def is_promotion(c: Career) -> Truth:
    """提拔。"""
    higher = c.choice("proposed_move", "higher_post")
    return c.read("promotion_scope", post_only=higher, rank_too=c.choice("proposed_move", "higher_post", "higher_rank"))


def is_advancement(c: Career) -> Truth:
    """提拔使用, under 提拔重用方面: whether 重用 on the same level is one is a reading."""
    key_post = c.read("advancement_scope", promotion_only=False, key_post_too=c.choice("proposed_move", "key_post"))
    return any_of(is_promotion(c), key_post)


def barred_from_promotion(c: Career) -> Truth:
    """不得提拔；……不得担任高于原职务层次的职务（能上能下 第十一条）。"""
    promotion = all_of(bars.promotion_barred(c), is_promotion(c))
    return any_of(promotion, all_of(bars.above_former_barred(c), c["above_former_level"]))


def _is_award(c: Career, one: Honour) -> Truth:
    """奖励: by the law that 第一条 names 嘉奖、记功、授予称号.

    第八条〔其二〕（一） says 表彰、授奖 of the city and 奖励 of the county: 授奖 gives a 奖励 by its very word, 表彰 does not.
    """
    praise, title = one.kind == "praise", one.kind == "title"
    return c.read("what_counts_as_award", titles_too=not praise, rewards_only=not (praise or title), every_honour=True)


def _is_by(c: Career, one: Honour, *givers: str) -> Truth:
    """县委县政府, 市委市政府: together, or one of the two.  Of the province and above no organ is named."""
    alone = tuple(organ for giver in givers for organ in ALONE.get(giver, ()))
    return c.read(
        "committee_and_government", joint=is_one(one.giver, givers), either=is_one(one.giver, (*givers, *alone))
    )


def _for_merit(merit: str) -> Callable[[Honour], Truth]:
    """作出突出贡献（``contribution``），或长期在基层一线……成绩显著（``grassroots``），受到……奖励: it was given for that."""
    return lambda one: None if one.awarded_for is None else merit in one.awarded_for


def awarded_by_county_or_above(c: Career, what_for: Callable[[Honour], Truth] = lambda _: True) -> Truth:
    """受到县委县政府及以上奖励。"""

    def by(*givers: str) -> Truth:
        return c.honours.some(lambda one: all_of(_is_award(c, one), _is_by(c, one, *givers), what_for(one)))

    return c.read(
        "county_and_above",
        party_and_government=by(*COUNTY_AND_ABOVE),
        procuratorates_too=by(*COUNTY_AND_ABOVE, *CITY_PROCURATORATE_AND_ABOVE),
    )


def awarded(c: Career, what_for: Callable[[Honour], Truth] = lambda _: True) -> Truth:
    """受到县委县政府及以上奖励的干警。Whether what the county consented to is the county's award is a reading."""
    consented = c.read("consented_award", own_award=False, county_award=own_award_consented(c, what_for))
    return any_of(awarded_by_county_or_above(c, what_for), consented)


def awarded_for_contribution(c: Career) -> Truth:
    """作出突出贡献，……受到……奖励: for the contribution."""
    return awarded(c, _for_merit("contribution"))


def awarded_for_grassroots_work(c: Career) -> Truth:
    """长期在基层一线艰苦岗位埋头苦干、成绩显著，受到……奖励: for that achievement."""
    return awarded(c, _for_merit("grassroots"))


def outstanding_contribution(c: Career) -> Truth:
    """在加强党的建设、做实做优“四大检察”“十大业务”、促进如东检察高质量发展等方面作出突出贡献。"""
    return c.one("contribution_party_building", "contribution_procuratorial_work", "contribution_development")


def promotion_priority(c: Career) -> Truth:
    """作出突出贡献，或长期在基层一线艰苦岗位埋头苦干、成绩显著，受到县委县政府及以上奖励的干警，可优先考虑提拔使用。"""

    def award(for_that_merit: Truth) -> Truth:
        """受到……奖励, beside the merit: 因……受到 is what 第八条〔其二〕（一） says and not this."""
        return c.read("award_for_the_merit", any_award=awarded(c), for_that_merit=for_that_merit)

    first = outstanding_contribution(c)
    both = all_of(first, award(awarded_for_contribution(c)))
    second = c.every("long_at_the_grassroots", "marked_achievement")
    return any_of(
        c.read("award_grounds", both=both, second_only=first),
        all_of(second, award(awarded_for_grassroots_work(c))),
    )


def promotion_exception(c: Career) -> Truth:
    """在关键时刻或者承担急难险重任务中经受住考验、表现突出、作出重大贡献的干警，可以按规定破格提拔使用。"""
    return all_of(c.one("critical_moment", "urgent_task_tested"), c.every("performed_in_test", "major_contribution"))


def promotion(c: Career) -> Ladder:
    """能上能下第十一条的限制在前，然后破格、优先、一般；平级任职不是提拔使用，平级重用是否是提拔使用为一解释。

    干部调整影响期满后，对德才表现和工作实绩突出，因工作需要且经考察符合任职条件的，可以……提拔任职（能上能下 第十二条）。
    Whether the merit of 第八条〔其一〕 takes the place of these is a reading; who has no such merit needs them under both.
    So is whether they are asked within the bar of a resignation already, which leaves a promotion up to the former level.
    """
    again = bars.re_promotion(c)
    return {
        "barred": barred_from_promotion(c),
        "discipline_governs": all_of(any_of(is_promotion(c), c["above_former_level"]), bars.discipline_longer(c)),
        "discipline_apart": all_of(is_promotion(c), bars.discipline_runs(c)),
        "bar_not_begun": all_of(is_promotion(c), bars.bar_to_begin(c)),
        "not_a_promotion": no(is_advancement(c)),
        "conditions_lacking": all_of(
            is_promotion(c),
            any_of(holds(again, "conditions_lacking"), holds(again, "up_to_former_lacking")),
            c.read("merit_after_bar", both=True, merit_alone=no(any_of(promotion_exception(c), promotion_priority(c)))),
        ),
        **_on_file(c, {
            "exceptional": promotion_exception(c),
            "priority": promotion_priority(c),
            "ordinary": assessment_on_file(c),
        }, promotion_exception(c), promotion_priority(c)),
    }  # fmt: skip


# --- 八〔其二〕 material reward -------------------------------------------------------------------------------------


def reward_contribution(c: Career) -> Truth:
    """对在重点项目推进和急难险重任务等方面作出突出贡献的。"""
    two = ("contribution_key_project", "contribution_urgent_task")
    return c.read("project_and_task", either=c.one(*two), both=c.every(*two))


def reward_praise(c: Career) -> Truth:
    """因工作成绩突出受到市委市政府和省检察院以上表彰、授奖的。"""

    def by(*givers: str) -> Truth:
        return c.honours.some(lambda one: all_of(_is_by(c, one, *givers), one.for_outstanding_work))

    city, province = by(*CITY_AND_ABOVE), by(*PROVINCE_AND_ABOVE)
    return c.read("city_and_province", either=any_of(city, province), both=all_of(city, province))


def _for_work(c: Career, one: Honour) -> Truth:
    return c.read("outstanding_work_scope", all_honours=one.for_outstanding_work, city_only=True)


def reward_county(c: Career) -> Truth:
    """以及县委县政府奖励。"""
    given = c.honours.some(lambda one: all_of(_is_award(c, one), _is_by(c, one, "county"), _for_work(c, one)))
    consented = own_award_consented(c, lambda one: _for_work(c, one))
    return any_of(given, c.read("consented_award", own_award=False, county_award=consented))


def reward_merit(c: Career) -> Truth:
    """市检察院记功的。"""

    def merit(one: Honour) -> Truth:
        recorded = one.kind in ("third_merit", "merit")
        return all_of(recorded, is_one(one.giver, ["city_procuratorate"]), _for_work(c, one))

    return c.honours.some(merit)


def material_reward(c: Career) -> Ladder:
    """可给予一定物质奖励。"""
    grounds = (reward_contribution(c), reward_praise(c), reward_county(c), reward_merit(c))
    return _on_file(c, {"may_reward": any_of(*grounds), "no_ground": assessment_on_file(c)}, *grounds)


# --- 九 care ------------------------------------------------------------------------------------------------------


def priority_for_training(c: Career) -> Truth:
    """优先选送考核优秀的干警、急难险重岗位的干警参加各类培训、到上级检察院和先进发达地区学习交流。"""
    return any_of(excellent_this_year(c), c.one("other_assessment_excellent", "urgent_post"))


def training_priority(c: Career) -> Ladder:
    """九（二）。"""
    return _on_file(c, {"priority": priority_for_training(c), "ordinary": assessment_on_file(c)}, c["urgent_post"])


def report_to_be_answered(c: Career) -> Truth:
    """对造成不良影响的不实举报，待事实查清后及时向干警进行反馈，并在一定范围内消除影响。"""
    return c.every("report_untrue", "report_bad_effect", "facts_established")


def not_untrue_before_established(c: Career) -> Truth:
    """待事实查清后: what came of the facts is found neither way before they are."""
    return all_of(no(c["report_untrue"]), no(c["facts_established"]))


def rights_protection(c: Career) -> Ladder:
    """九（五）；对恶意中伤、诽谤干警的行为依法依规进行严肃处理；对反映问题失实……的干警及时澄清正名（容错 八（一））。"""
    return {
        "protect": any_of(report_to_be_answered(c), c["malicious_slander"]),
        "await_facts": all_of(c["report_bad_effect"], no(c["facts_established"])),
        "clear_name": c["report_untrue"],
        "nothing_owed": True,
    }


# --- 十, 十二 ------------------------------------------------------------------------------------------------------


def led_with_sixth(c: Career) -> Truth:
    """员额检察官、检察辅助人员考核由政治部牵头，第六检察部配合组织实施。"""
    staff = c.choice("staff_category", "prosecutor", "assistant")
    return c.read(
        "sixth_scope",
        performance=all_of(staff, c.choice("assessment_kind", "performance")),
        every_assessment=staff,
    )


def assessment_lead(c: Career) -> Ladder:
    """公务员年度及平时考核由政治部牵头组织实施，员额检察官、检察辅助人员考核由政治部牵头，第六检察部配合组织实施。"""
    sixth, kind = led_with_sixth(c), c.choice("assessment_kind", "annual", "regular")
    return {
        "political_department": all_of(kind, c["civil_servant"], no(sixth)),
        "with_sixth_department": sixth,
        "not_stated": True,
    }


def incentives_in_force(c: Career) -> Ladder:
    """本实施细则自印发之日起施行。"""
    return {"in_force": c.since("incentives_issued_on"), "not_yet": True}


def incentives_not_yet_in_force(c: Career) -> Truth:
    """自印发之日起施行：not before."""
    return no(c.since("incentives_issued_on"))


def duties(c: Career) -> dict[str, Duty]:
    """六（一）、九（二）、九（五）：who is owed what, with nothing that says it was done."""
    due = {
        "report_for_consent": report_for_consent(c),
        "support_study": c["in_service_study"],
        "feedback_on_report": report_to_be_answered(c),
        "remove_effect": report_to_be_answered(c),
        "deal_with_slanderer": c["malicious_slander"],
    }
    return {name: Duty(one, None) for name, one in due.items()}
