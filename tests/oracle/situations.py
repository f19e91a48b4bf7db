"""三（二）, what may be tolerated, and 三（三）, what never is: one function an item, its words in the docstring.

Written from the text, like ``oracle.tolerance``.
"""

from __future__ import annotations

from oracle.logic import Matter, Truth, all_of, any_of

# --- 三（二） the nine situations ---------------------------------------------------------------------------------


def situation_1(m: Matter) -> Truth:
    """在落实党组决策部署，尤其是推动重点工作、重要任务中履职尽责、攻坚克难，出现一定偏差、失误或引发矛盾的。"""
    return all_of(
        m.every("implementing_decisions", "tackled_difficulties"),
        m.one("some_deviation", "some_slip", "triggered_conflict"),
    )


def situation_2(m: Matter) -> Truth:
    """因国家政策调整或地方党委政府、上级检察院决策部署变化，工作未达到预期效果或造成负面影响和损失的。"""
    changed = m.one("national_policy_changed", "local_decision_changed", "upper_decision_changed")
    effect, loss = m["negative_effect"], m.choice("loss", "some", "greater")
    harm = m.read("effect_and_loss", either=any_of(effect, loss), both=all_of(effect, loss))
    return all_of(changed, any_of(m["below_expectation"], harm))


def situation_3(m: Matter) -> Truth:
    """在推进全面深化司法改革和体制机制创新中积极探索、先行先试，承担试点性工作中出现非原则性失误、错误或过失的。"""
    work = ("pioneered", "pilot_work")
    return all_of(
        m["judicial_reform"],
        m.read("pilot_work_too", both=m.every(*work), either=m.one(*work)),
        m["nonprincipled_error"],
    )


def situation_4(m: Matter) -> Truth:
    """在司法办案、检察监督、服务群众中，为提高效率进行容缺受理、容缺审批出现一定偏差、失误或错误的。"""
    return all_of(
        m.one("case_handling", "legal_supervision", "serving_public"),
        m["for_efficiency"],
        m.one("lenient_acceptance", "lenient_approval"),
        m.one("some_deviation", "some_slip", "some_mistake"),
    )


def situation_5(m: Matter) -> Truth:
    """在化解矛盾纠纷、解决历史遗留问题中，因勇于破除障碍、触及固有利益，造成一定损失或引发信访申诉的。"""
    loss = m.read("some_loss", measured=m.choice("loss", "some"), any_loss=m.choice("loss", "some", "greater"))
    return all_of(
        m.one("resolving_disputes", "legacy_problems"), m["broke_barriers"], any_of(loss, m["triggered_petition"])
    )


def situation_6(m: Matter) -> Truth:
    """在办理重特大案件、群体性事件、突发舆情事件或执行其他急难险重任务中，主动揽责涉险、破解难题，因情况紧急临机决断，
    出现一定失误错误或负面影响，但事后采取措施补正的。
    """
    return all_of(
        m.one("major_case", "handling_mass_incident", "opinion_incident", "urgent_task"),
        m.every("took_charge", "urgent_decision", "remedied_after"),
        m.one("some_slip", "some_mistake", "negative_effect"),
    )


def situation_7(m: Matter) -> Truth:
    """在落实管党治党责任、从严管理干部中坚持原则、敢抓敢管，出现一定失误错误的。"""
    return all_of(
        m.one("party_governance", "strict_management"), m["upheld_principles"], m.one("some_slip", "some_mistake")
    )


def situation_8(m: Matter) -> Truth:
    """在依法履职过程中，因管理和服务对象过错引发过激行为，出现一定偏差或造成负面影响的。"""
    return all_of(m.every("lawful_performance", "counterpart_fault"), m.one("some_deviation", "negative_effect"))


def situation_9(m: Matter) -> Truth:
    """其他符合容错情形的：容错“对在改革创新、担当作为中出现一些偏差失误的干部”而言。"""
    alike = m.read("reform_or_duty_for", ninth=m["in_reform_or_duty"], every=True, none=True)
    return all_of(m["other_situation"], alike)


SITUATIONS = (
    situation_1, situation_2, situation_3, situation_4, situation_5, situation_6, situation_7, situation_8, situation_9,
)  # fmt: skip


def situation(m: Matter) -> Truth:
    """干警有下列情形之一。Whether each is to lie in 改革创新、担当作为 (一首段) is a reading."""
    within = m.read("reform_or_duty_for", ninth=True, every=m["in_reform_or_duty"], none=True)
    return all_of(any_of(*(one(m) for one in SITUATIONS)), within)


# --- 三（三） the six exclusions ----------------------------------------------------------------------------------


def _in_the_name(m: Matter, pretext: str) -> Truth:
    return m.read("pretext", element=m[pretext], colour=True)


def exclusion_1(m: Matter) -> Truth:
    """以改革创新为名，行以权谋私之实，损害国家、集体、群众利益的。"""
    return all_of(_in_the_name(m, "pretext_reform"), m["abuse_for_gain"], m["harmed_interests"])


def exclusion_2(m: Matter) -> Truth:
    """以担当作为为名，行假公济私之实，为小群体、小集团谋取不正当利益的。"""
    return all_of(_in_the_name(m, "pretext_duty"), m["public_for_private"], m["gain_clique"])


def exclusion_3(m: Matter) -> Truth:
    """以强化服务为名，不认真研究……、不吃透……、不进行……、不规范执行“三重一大”集体决策制度，独断专行、刚愎自用的。"""
    others = ("no_study", "no_grasp", "no_research")
    failings = m.read(
        "chain_of_failings",
        any_failing=m.one(*others, "no_collective"),
        collective_and_one=all_of(m["no_collective"], m.one(*others)),
        all_failings=m.every(*others, "no_collective"),
    )
    return all_of(_in_the_name(m, "pretext_service"), failings, m["dictatorial"])


def exclusion_4(m: Matter) -> Truth:
    """触犯国家法律法规，应承担刑事责任的。应承担刑事责任的必已触犯法律。"""
    crime = m["criminal_liability"]
    return m.read("crime_chain", cumulative=crime, either=any_of(m["violated_law"], crime))


def exclusion_5(m: Matter) -> Truth:
    """虽有容错免责相关要件，但客观上造成社会稳定等严重后果，产生重大负面影响的。"""
    grave = ("grave_social_consequence", "major_negative_effect")
    return m.read("grave_chain", cumulative=m.every(*grave), either=m.one(*grave))


def exclusion_6(m: Matter) -> Truth:
    """其他不符合容错情形的。"""
    return m["other_exclusion"]


EXCLUSIONS = (exclusion_1, exclusion_2, exclusion_3, exclusion_4, exclusion_5, exclusion_6)


def excluded(m: Matter) -> Truth:
    """干部有下列情形之一的，不予容错。Whether 干部 are all whom 一（一） covers or 在编干警 only is a reading.

    只要不违反党的纪律和国家法律法规 (一首段) is said of everyone: a crime excludes whoever it is.
    """
    staff = m.choice("employment", "established")
    reached = any_of(m["criminal_liability"], m.read("excluded_persons", all_covered=True, staff_only=staff))
    return all_of(any_of(*(one(m) for one in EXCLUSIONS)), reached)
