"""The tolerance regulation (容错纠错实施细则) in plain Python: one function a clause, its words in the docstring.

Written from the text alone, as a check on the encoding in ``policies/tolerance``: nothing here comes from there but
the names of facts, readings and outcomes.
"""

from __future__ import annotations

from oracle.logic import Matter, Truth, all_of, any_of, at_least, no
from oracle.situations import excluded, situation

Ladder = dict[str, Truth]

# --- 一 who, and the opening's four requirements ------------------------------------------------------------------


def in_scope(m: Matter) -> Truth:
    """不仅适用于全体在编干警，也适用于其他行使检察职能的聘用制书记员、劳务派遣人员等。"""
    return any_of(m.choice("employment", "established"), m["exercises_functions"])


def opening(m: Matter) -> Truth:
    """只要不违反党的纪律和国家法律法规，勤勉尽责、未谋私利，能够及时纠错改正。"""
    # 党章党规、法律法规明令禁止的 (三（一）1) breaks them.
    forbidden = m.choice("prohibited_by", "party_rule", "law")
    lawful = all_of(no(m["broke_discipline_or_law"]), no(m["violated_law"]), no(forbidden))
    unselfish = no(m.one("gain_self", "gain_others", "gain_clique", "abuse_for_gain", "public_for_private"))
    return all_of(lawful, m["diligent"], unselfish, m["corrected_in_time"])


# --- 二 the three distinctions and the six looks ------------------------------------------------------------------

LOOKS = {
    "look_1": ("look_1_nature", "look_1_line"),
    "look_2": ("look_2_basis", "look_2_line"),
    "look_3": ("look_3_motive", "look_3_line"),
    "look_4": ("look_4_process", "look_4_line"),
    "look_5": ("look_5_orientation", "look_5_line"),
    "look_6": ("look_6_repair", "look_6_line"),
}
DISTINCTIONS = ("distinction_experience", "distinction_trial", "distinction_purpose")


def looks(m: Matter) -> dict[str, Truth]:
    """看……，是……还是……，分清是……还是……：每一看两对，均属前者为有利，有其一属后者为不利。"""
    return {look: m.every(*pairs) for look, pairs in LOOKS.items()}


def unfavourable_look(m: Matter) -> Truth:
    """重点做到“六看”。"""
    return any_of(*(no(look) for look in looks(m).values()))


def wrong_side(m: Matter) -> Truth:
    """坚决做到“三个区分开来”。"""
    return any_of(*(no(m[distinction]) for distinction in DISTINCTIONS))


# --- 三（一） the six conditions ----------------------------------------------------------------------------------


def condition_1(m: Matter) -> Truth:
    """党章党规、法律法规没有明令禁止，或党章党规、法律法规虽没有明确规定但符合中央、省、市、县委和上级检察院决策部署精神的。"""
    forbidden = m.read(
        "forbidding_norms",
        party_rules_and_laws=m.choice("prohibited_by", "party_rule", "law"),
        government_rules=m.choice("prohibited_by", "party_rule", "law", "government_rule"),
        any_document=m.choice("prohibited_by", "party_rule", "law", "government_rule", "other_document"),
    )
    levels = ("conforms_central", "conforms_province", "conforms_city", "conforms_county", "conforms_upper")
    conforms = m.read("conforming_levels", any_level=m.one(*levels), all_levels=m.every(*levels))
    limb = m.read("silent_norms", must_conform=any_of(no(m["no_express_provision"]), conforms), alternative=True)
    return all_of(no(forbidden), limb)


def condition_2(m: Matter) -> Truth:
    """出于公心、担当尽责，没有与其他组织或个人恶意串通损害公共利益和他人正当利益，也没有为个人、他人或单位谋取不正当利益的。"""
    harms = ("harmed_public", "harmed_others")
    collusion = all_of(m["colluded"], m.read("collusion_harm", either=m.one(*harms), both=m.every(*harms)))
    gain = m.one("gain_self", "gain_others", "gain_unit", "gain_clique", "abuse_for_gain", "public_for_private")
    return all_of(m["public_spirit"], m["responsible"], no(collusion), no(gain))


def condition_3(m: Matter) -> Truth:
    """因缺乏经验、无心之失或不可抗力、难以预见等因素，导致没有实现预期目标或出现偏差失误，不存在主观故意的。"""
    missed = m.one("goal_missed", "below_expectation")
    erred = m.one("error_occurred", "some_deviation", "some_slip")
    # 三（二）3, 4, 6, 7: 错误, in 4 beside 偏差、失误; 3: 失误、错误或过失, no matter which.
    mistaken = m.one("some_mistake", "nonprincipled_error")
    # 三（二）1, 2, 5, 6, 8: 引发矛盾、引发信访申诉、造成负面影响、损失.
    harm = any_of(
        m.one("triggered_conflict", "triggered_petition", "negative_effect"), m.choice("loss", "some", "greater")
    )
    named = m.read("result_of_condition_3", situations_too=any_of(mistaken, harm), literal=False)
    result = any_of(missed, erred, named)
    # Whoever intends the harm intends the act.
    intent = m.read("intent_object", harm=m["intent_harm"], act=m.one("intent_act", "intent_harm"))
    caused = m.read("cause_required", required=_cause(m), absence_of_intent=True)
    return all_of(caused, result, no(intent))


def _cause(m: Matter) -> Truth:
    """因缺乏经验、无心之失或不可抗力、难以预见等因素；三（二）2、8：因国家政策调整……，因管理和服务对象过错……。"""
    listed = ("cause_inexperience", "cause_inadvertence", "cause_force_majeure", "cause_unforeseeable")
    named = ("national_policy_changed", "local_decision_changed", "upper_decision_changed", "counterpart_fault")
    others = m.read("named_causes", such_factors=m.one(*named), listed_only=False)
    return any_of(m.one(*listed, "cause_similar"), others)


def condition_4(m: Matter) -> Truth:
    """贯彻民主集中制原则，按照规定的决策程序由领导班子集体研究或特殊情况下事后及时履行报告程序，不是个人专断、一意孤行的。

    三（三）3 calls the same thing 独断专行.
    """
    return all_of(_decided_well(m), no(m.one("arbitrary", "dictatorial")))


def _decided_well(m: Matter) -> Truth:
    procedure = any_of(m["collective_by_procedure"], m.every("special_circumstances", "reported_after"))
    decided = all_of(m["democratic_centralism"], procedure)
    # 三（二）4 容缺审批：whether to approve is to decide is a reading.
    approved = m.read("approval_as_decision", by_finding=False, always=m["lenient_approval"])
    involved = any_of(m["decision_involved"], approved)
    silent = decided if decided or involved else None
    return m.read(
        "act_without_decision", met=any_of(decided, no(involved)), unknown=silent, unmet=all_of(involved, decided)
    )


def repaired(m: Matter) -> Truth:
    """积极主动挽回损失、消除不良影响：没有损失也没有不良影响的，依所采读法。"""
    loss, effect = m.choice("loss", "some", "greater"), m["negative_effect"]
    done = all_of(any_of(no(loss), m["recovered_loss"]), any_of(no(effect), m["removed_effect"]))
    something = any_of(loss, effect) is True
    return m.read("nothing_to_repair", met=done, unknown=done if something else None)


def condition_5(m: Matter) -> Truth:
    """积极主动挽回损失、消除不良影响，不是坐视不管、任其发展的。"""
    return all_of(repaired(m), no(m["stood_by"]))


def condition_6(m: Matter) -> Truth:
    """未直接酿成严重后果、产生极坏影响的，或引发严重群体性事件的。"""
    grave = m.one("grave_consequence", "extremely_bad_effect")
    return m.read(
        "garbled_sixth",
        one_negation=no(any_of(grave, m["grave_mass_incident"])),
        literal=any_of(no(grave), m["grave_mass_incident"]),
    )


CONDITIONS = (condition_1, condition_2, condition_3, condition_4, condition_5, condition_6)


def conditions_met(m: Matter) -> Truth:
    """容错应基本具备以下条件。"""
    six = [condition(m) for condition in CONDITIONS]
    basic = m.read(
        "basic_conditions",
        all_six=all_of(*six),
        one_may_fail=all_of(six[1], at_least(5, *six)),
        two_may_fail=all_of(six[1], at_least(4, *six)),
    )
    return all_of(basic, m.read("opening_requirements", definition=True, further=opening(m)))


# --- 五 the veto ------------------------------------------------------------------------------------------------


def vetoed(m: Matter) -> Truth:
    """对政治立场有问题的一票否决、廉洁上有问题的绝不容忍。"""
    return m.read("veto", exclusion=m.one("political_problem", "integrity_problem"), guideline=False)


# --- the decisions -----------------------------------------------------------------------------------------------


def outcome(ladder: Ladder) -> str | None:
    """The first outcome that holds; none while a higher one is not known to fail."""
    for name, holds in ladder.items():
        if holds is not False:
            return name if holds else None
    return None


def holds(ladder: Ladder, name: str) -> Truth:
    """Whether an outcome is the one: it holds, and every higher one is known not to."""
    names = list(ladder)
    return all_of(*(no(ladder[higher]) for higher in names[: names.index(name)]), ladder[name])


def tolerance(m: Matter) -> Ladder:
    """一（一）、八（一）、三（三）与五首段、三（一）与三（二），依次。"""
    defeated = any_of(
        excluded(m),
        vetoed(m),
        m.read("unfavourable_look", profile_only=False, defeats=unfavourable_look(m)),
        m.read("distinctions", profile_only=False, defeats=wrong_side(m)),
    )
    return {
        "out_of_scope": no(in_scope(m)),
        "name_cleared": all_of(m["report_untrue"], no(m["fault_exists"])),
        "not_tolerated": defeated,
        "may_tolerate": all_of(conditions_met(m), situation(m)),
        "not_met": True,
    }


def lenient_conduct(m: Matter) -> Truth:
    """对及时发现错误、中止错误，主动挽回损失和消除不良影响的，可以免除相关责任或从轻减轻处理。"""
    early = ("discovered_early", "stopped_early")
    in_time = m.read("early_conduct", both=m.every(*early), either=m.one(*early))
    return all_of(in_time, repaired(m))


def no_negative_evaluation(m: Matter) -> Truth:
    """都不作负面评价：可以视情给予容错，由院党组认定，认定之前还没有给予。"""
    return m.choice("recognition", "exempted", "lenient")


def relieved_by_conduct(m: Matter) -> Truth:
    """对及时发现错误、中止错误……的，可以免除相关责任或从轻减轻处理：予以容错者，或者有容错情形即可，依所采读法。"""
    found = tolerance(m)
    eligible = all_of(situation(m), no(found["out_of_scope"]), no(found["not_tolerated"]), no(found["name_cleared"]))
    reached = m.read("lenience_scope", tolerated=holds(found, "may_tolerate"), situation=eligible)
    return all_of(lenient_conduct(m), reached)


def recognition_against_text(m: Matter) -> Truth:
    """由院党组……集体研究认定，而只有符合容错条件的，可以视情给予容错；反映失实的，没有什么可容。"""
    found = tolerance(m)
    allowed = any_of(holds(found, "name_cleared"), holds(found, "may_tolerate"))
    return all_of(m.choice("recognition", "exempted", "lenient"), no(allowed))


def lenience_without_ground(m: Matter) -> Truth:
    """可以免除相关责任或从轻减轻处理：不予容错而免除或者从轻减轻，须本可以容错（一首段），或者有从宽情节（五首段）。"""
    found = tolerance(m)
    grounds = any_of(holds(found, "may_tolerate"), relieved_by_conduct(m))
    relieved = m.choice("recognition", "refused_but_exempted", "refused_but_lenient")
    return all_of(relieved, no(grounds), no(holds(found, "name_cleared")))


def disposition(m: Matter) -> Ladder:
    """五首段、五（二）：认定结论已作出的从其结论，未作出的看是否可以免除或者从轻减轻。"""
    found = tolerance(m)
    may, by_conduct = holds(found, "may_tolerate"), relieved_by_conduct(m)
    return {
        "nothing_to_dispose": holds(found, "name_cleared"),
        "exempted": m.choice("recognition", "exempted"),
        "treated_leniently": m.choice("recognition", "lenient"),
        "refused": m.choice("recognition", "refused"),
        "refused_but_exempted": m.choice("recognition", "refused_but_exempted"),
        "refused_but_lenient": m.choice("recognition", "refused_but_lenient"),
        "exempt_or_lighter": any_of(may, by_conduct),
        "no_relief": True,
    }


def tolerance_protection(m: Matter) -> Ladder:
    """对给予容错免责的干警，……在各类考核、提拔任用、职级职称晋升和后备干部资格等方面不受影响。"""
    exempted, lenient = m.choice("recognition", "exempted"), m.choice("recognition", "exempted", "lenient")
    return {
        "protected": m.read("protected_persons", exempted_only=exempted, also_lenient=lenient),
        "not_protected": True,
    }
