"""The procedure of the tolerance regulation (四 to 八) in plain Python: who owes what after which event.

Written from the text, like ``oracle.tolerance``.  Each duty is a function of the matter that says when it is due, when
it is done, and when it is too late; the docstring quotes the clause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from oracle.logic import Event, Matter, Truth, all_of, any_of, no
from oracle.made_good import RECOGNISED, not_collective, recognised_unanswered, recognised_without, together
from oracle.orders import Test, answered, closed, either, happened, in_order, missed, of_kind, some, unfollowed

PARTIES = frozenset({"discipline_group", "political_department", "own_department"})


class Duty(NamedTuple):
    """Whether a duty has arisen, is discharged, is violated."""

    due: Truth
    done: Truth
    breached: Truth = False


# --- 四 the inquiry ----------------------------------------------------------------------------------------------

CONCLUDED = ("preliminary_conclusion", "preliminary_opinion", "revised_opinion")
INQUIRED = ("preliminary_opinion", "revised_opinion")
"""The inquiry is over once there is an opinion (五首段：调查核实后); that there is a recognition says so too."""


def too_late(m: Matter, step: str, *, concluded_too: bool = False) -> Truth:
    """Whether an opinion came, or a recognition, with no such step before it, and nothing made that good.

    Whether an opinion formed anew after the step makes good one that came before is a reading; but what was recognised
    without such an opinion (调查核实后，……作出容错纠错认定结论) rests on the first.  With ``concluded_too`` the step has
    to come before the preliminary conclusion as well; the first opinion after that forms nothing anew.
    """
    needed, opinion, before = of_kind(step), of_kind(*INQUIRED), of_kind(*INQUIRED)
    anew = in_order(m, needed, opinion)
    if concluded_too:
        before, conclusion = of_kind(*CONCLUDED), of_kind("preliminary_conclusion")
        anew = any_of(in_order(m, needed, conclusion), all_of(missed(m, needed, opinion), anew))
    unmended = any_of(no(anew), missed(m, needed, RECOGNISED, through=before))
    stays = m.read("opinion_formed_anew", before_recognition=unmended, never=True)
    return any_of(all_of(missed(m, needed, before), stays), recognised_without(m, step))


def consider_tolerance(m: Matter) -> Duty:
    """相关问责部门在启动问责程序或者责任调查中，要同步考虑是否存在容错情形、是否符合容错条件。"""
    return Duty(happened(m, "opened"), happened(m, "considered"), too_late(m, "considered", concluded_too=True))


def applied_in_inquiry(m: Matter) -> Truth:
    """在启动问责程序或责任调查过程中……受理: an application after an opening, and no conclusion between the two."""
    return in_order(m, of_kind("opened"), of_kind("application"), apart=together)


def accept_application(m: Matter) -> Duty:
    """受理干警本人或所在部门容错纠错申请。Whether one made once the party group has concluded is none is a reading."""
    in_time = any_of(missed(m, together, of_kind("application")), applied_in_inquiry(m))
    asked = m.read("application_after_conclusion", allowed=True, not_allowed=in_time)
    # With no inquiry open, whatever came in before a conclusion was accepted before it.
    over = all_of(some(m, together), no(unfollowed(m, of_kind("opened"), together)))
    left = in_order(m, of_kind("application"), together, apart=of_kind("accepted"))
    all_in_time = m.read("application_after_conclusion", allowed=False, not_allowed=all_of(over, no(left)))
    each = any_of(no(unfollowed(m, of_kind("application"), of_kind("accepted"))), all_in_time)
    return Duty(all_of(asked, happened(m, "application")), all_of(asked, happened(m, "accepted"), each))


def _in_last_inquiry(m: Matter, event: Event) -> Truth:
    """Whether no inquiry was opened on a later day than an event."""
    openings = [opening.day for opening in m.log if opening.kind == "opened"]
    later = any_of(*(None if day is None or event.day is None else event.day < day for day in openings))
    return no(closed(m, later))


def hear_at_opening(m: Matter) -> Duty:
    """在启动调查……等重要环节都要听取当事人的说明和反映: once anything is concluded, the opening is over.

    Whether an inquiry opened later takes the place of the one before is a reading, and if so what of a recognition.
    """

    heard, over = of_kind("heard_at_opening"), of_kind(*CONCLUDED, "recognition")

    def last(event: Event) -> Truth:
        return all_of(over(event), _in_last_inquiry(m, event))

    opened_once = no(in_order(m, of_kind("opened"), of_kind("opened")))
    stays = m.read(
        "inquiry_opened_anew",
        still_violated=True,
        before_recognition=missed(m, heard, either(RECOGNISED, last)),
        any_time=missed(m, heard, last),
    )
    late = all_of(missed(m, heard, over), any_of(opened_once, stays))
    return Duty(happened(m, "opened"), happened(m, "heard_at_opening"), late)


def hear_at_preliminary(m: Matter) -> Duty:
    """相关问责部门在调查中……，在……形成初步结论等重要环节都要听取当事人的说明和反映。

    An opinion (五（一）) is a conclusion too.
    """
    concluded = any_of(happened(m, "preliminary_conclusion"), happened(m, "preliminary_opinion"))
    return Duty(concluded, happened(m, "heard_at_preliminary"), too_late(m, "heard_at_preliminary"))


def hear_at_further_stage(m: Matter) -> Duty:
    """相关问责部门在调查中……，在启动调查、形成初步结论等重要环节都要听取当事人的说明和反映：是否另有重要环节须经认定。

    It names no end but the conclusion: another stage can come after a first opinion.
    """
    another, heard = m["further_stage"], happened(m, "heard_at_further_stage")
    late = recognised_without(m, "heard_at_further_stage")
    return Duty(all_of(another, happened(m, "opened")), heard, all_of(another, late))


def hear_department(m: Matter) -> Duty:
    """在调查核实中要充分听取干警所在部门……意见。"""
    return Duty(happened(m, "opened"), happened(m, "department_heard"), too_late(m, "department_heard"))


def hear_others(m: Matter) -> Duty:
    """在调查核实中要充分听取……其他相关人员意见。"""
    return Duty(happened(m, "opened"), happened(m, "others_heard"), too_late(m, "others_heard"))


def hear_counterparts(m: Matter) -> Duty:
    """必要时也要听取管理和服务对象的意见。"""
    needed, heard = m["hearing_counterparts_needed"], happened(m, "counterparts_heard")
    return Duty(all_of(needed, happened(m, "opened")), heard, all_of(needed, too_late(m, "counterparts_heard")))


# --- 五 recognition ----------------------------------------------------------------------------------------------


def _consultations(m: Matter) -> list[Event]:
    return [event for event in m.log if event.kind == "consultation"]


def _full(consultation: Event) -> Truth:
    return None if consultation.participants is None else consultation.participants >= PARTIES


def _full_consultation(event: Event) -> Truth:
    return all_of(event.kind == "consultation", _full(event))


def _each_goes_on(m: Matter, opinion: Test, to: Test) -> Truth:
    """形成……意见后……会商，……提出……建议后，由院党组……认定: whether each opinion was followed by such a step.

    Whether one formed since the last conclusion, of which nothing has been proposed yet, has to be is a reading.
    """

    def not_since(event: Event) -> Truth:
        concluded_later = [
            all_of(together(one), None if one.day is None or event.day is None else event.day <= one.day)
            for one in m.log
        ]
        return all_of(opinion(event), closed(m, any_of(*concluded_later)))

    # In an inquiry that is open a conclusion is still to come, and an opinion preliminary to it.
    nothing_proposed = all_of(some(m, together), no(unfollowed(m, of_kind("opened", "proposal"), together)))
    return any_of(
        no(unfollowed(m, opinion, to)),
        m.read(
            "opinion_after_conclusion",
            new_round=False,
            once_proposed=all_of(nothing_proposed, no(unfollowed(m, not_since, to))),
        ),
    )


def hold_consultation(m: Matter) -> Duty:
    """在形成初步容错纠错意见后，及时召集派驻纪检组、政治部、当事人所在部门对容错纠错意见进行会商。

    会商意见不一致的，向院党组请示: an opinion revised on its instructions is not sent back to 会商.
    """
    return Duty(
        happened(m, "preliminary_opinion"),
        all_of(some(m, _full_consultation), _each_goes_on(m, of_kind("preliminary_opinion"), _full_consultation)),
        recognised_unanswered(
            m, of_kind("preliminary_opinion"), lambda question: question(_full_consultation), always=True
        ),
    )


def _disputes(m: Matter) -> list[tuple[Truth, Event]]:
    """Every consultation, and whether it ended without agreement."""
    return [(no(event.agreed), event) for event in _consultations(m)]


def _dispute(m: Matter, by: str) -> tuple[Truth, Truth]:
    """Whether something is due on a dispute, and whether every dispute was followed by agreement or ``by`` an event.

    召集派驻纪检组、政治部、当事人所在部门……形成一致意见: all three agree, or there is no agreement.  Whether an agreement
    settles what went before is a reading.
    """

    def settled(dispute: Event) -> Truth:
        agreed = [all_of(event.agreed, _full(event), dispute.before(event)) for event in _consultations(m)]
        asked = [dispute.before(event) for event in m.log if event.kind == by]
        return m.read(
            "later_agreement", settles=closed(m, any_of(*agreed, *asked)), still_owed=closed(m, any_of(*asked))
        )

    due = closed(m, any_of(*(disputed for disputed, _ in _disputes(m))))
    each = [any_of(no(disputed), settled(c)) for disputed, c in _disputes(m)]
    return due, all_of(due, *each, True if m.complete else None)


def ask_party_group(m: Matter) -> Duty:
    """会商意见不一致的，向院党组请示。在党组认定之前，也在按其意见修改之前。"""
    asked = of_kind("instructions_asked")

    def dispute(event: Event) -> Truth:
        return all_of(event.kind == "consultation", no(event.agreed))

    def agreement(event: Event) -> Truth:
        return all_of(_full_consultation(event), event.agreed)

    def settles(question: Callable[[Test], Truth]) -> Truth:
        return m.read("later_agreement", settles=question(either(asked, agreement)), still_owed=question(asked))

    early = recognised_unanswered(m, dispute, settles, always=False)
    return Duty(*_dispute(m, "instructions_asked"), any_of(early, missed(m, asked, of_kind("revised_opinion"))))


def report_upward(m: Matter) -> Duty:
    """会商意见不一致的，……并向上级主管部门报告。没有期限。"""
    return Duty(*_dispute(m, "reported_upward"))


def concluded(m: Matter) -> Truth:
    refused = ("refused", "refused_but_exempted", "refused_but_lenient")
    return m.choice("recognition", "exempted", "lenient", *refused)


def propose_tolerance(m: Matter) -> Duty:
    """会商……形成一致意见。会商意见不一致的，向院党组请示。……相关问责部门提出容错纠错建议后，由院党组……认定。"""
    agreed = [all_of(c.agreed, _full(c)) for c in _consultations(m)]
    asked = [
        all_of(disputed, c.before(event))
        for disputed, c in _disputes(m)
        for event in m.log
        if event.kind == "instructions_asked"
    ]
    due = closed(m, any_of(*agreed, *asked))
    # What is proposed is the opinion, so that one formed later is proposed later.
    opinion = of_kind("preliminary_opinion", "revised_opinion")
    done = all_of(happened(m, "proposal"), _each_goes_on(m, opinion, of_kind("proposal")))
    return Duty(due, done, recognised_without(m, "proposal", apart=opinion))


def recognise_collectively(m: Matter) -> Duty:
    """相关问责部门提出容错纠错建议后，由院党组审核把关并集体研究认定。……党组集体研究作出……结论后，……反馈……公开。

    Whether what one alone concluded is made good by the party group, and until when, is a reading.  A proposal made after
    a conclusion (提出……建议后) is concluded upon once more.
    """
    proposed = of_kind("proposal")
    again = in_order(m, RECOGNISED, proposed)
    answers = any_of(no(again), no(unfollowed(m, proposed, RECOGNISED)))
    return Duty(happened(m, "proposal"), all_of(concluded(m), answers), not_collective(m))


def upper_review(m: Matter) -> Duty:
    """相关问责部门提出容错纠错建议后，……情况复杂、涉及面较大、社会关注度较高的要报上级院审核把关。

    There is nothing to review (审核把关) before the proposal; where none was made, before the conclusion.  Whether the
    party group has to wait for the review is a reading.
    """
    triggers = ("complex_matter", "wide_matter", "high_concern")
    trigger = m.read("upper_review_trigger", any_trigger=m.one(*triggers), all_triggers=m.every(*triggers))
    reached = any_of(happened(m, "proposal"), happened(m, "recognition"))
    proposed = happened(m, "proposal")
    # What was reviewed had been submitted (报……审核把关).
    either = ("upper_review", "upper_reviewed")
    submitted = all_of(answered(m, "proposal", *either), any_of(proposed, answered(m, "recognition", *either)))
    # What is reviewed is the proposal that is concluded upon.
    reviewed = of_kind("upper_reviewed")
    early = recognised_unanswered(m, of_kind("proposal"), lambda question: question(reviewed), always=True)
    breached = m.read("upper_review_first", not_asked=False, review_first=early)
    return Duty(all_of(trigger, reached), submitted, all_of(trigger, breached))


def feedback_person(m: Matter) -> Duty:
    """作出容错与否的结论后，相关问责部门要及时反馈给当事人……。"""
    return Duty(concluded(m), answered(m, "recognition", "feedback_person"))


def feedback_department(m: Matter) -> Duty:
    """作出容错与否的结论后，相关问责部门要及时反馈给……其所在部门。"""
    return Duty(concluded(m), answered(m, "recognition", "feedback_department"))


def publish(m: Matter) -> Duty:
    """对符合免责情形的，应当在一定范围内公开。Who is cleared (八（一）反映问题失实……澄清正名) had nothing to be exempted from."""
    exempted = m.choice("recognition", "exempted", "refused_but_exempted")
    cleared = all_of(m["report_untrue"], no(m["fault_exists"]))
    return Duty(all_of(exempted, no(cleared)), answered(m, "recognition", "published"))


def review(m: Matter) -> Duty:
    """当事人对认定结论持有异议的，干警本人有权提出申诉，……相关问责部门要认真组织复核。"""
    return Duty(happened(m, "appeal"), answered(m, "appeal", "review"))


def review_feedback(m: Matter) -> Duty:
    """相关问责部门要认真组织复核，及时沟通反馈。"""
    return Duty(happened(m, "review"), answered(m, "review", "review_feedback"))


# --- 六 to 八 after recognition ----------------------------------------------------------------------------------


def talk(m: Matter) -> Duty:
    """形成认定结论后，……对存在过错或失误的人员，党组要指定专人与其及时开展谈心谈话。"""
    return Duty(all_of(m["fault_exists"], concluded(m)), answered(m, "recognition", "talk"))


def visit(m: Matter) -> Duty:
    """相关问责部门要落实回访谈心制度，对给予容错纠错的干警要及时了解思想动态。"""
    return Duty(m.choice("recognition", "exempted", "lenient"), answered(m, "recognition", "visit"))


def rectify(m: Matter) -> Duty:
    """对履职担当、改革创新过程中出现的失误错误，党组要及时研究整改纠错。"""
    return Duty(m["error_in_duty"], happened(m, "rectified"))


def remedy(m: Matter) -> Duty:
    """……党组要……迅速采取补救措施，尽量消除负面影响，最大限度缩小或挽回损失。"""
    return Duty(m["error_in_duty"], happened(m, "remedied"))


def report_rectification(m: Matter) -> Duty:
    """……党组要及时研究整改纠错，并向上级院进行汇报。"""
    return Duty(m["error_in_duty"], happened(m, "rectification_reported"))


def clear_name(m: Matter) -> Duty:
    """对反映问题失实或受到诬告的干警及时澄清正名。"""
    return Duty(m["report_untrue"], happened(m, "name_cleared"))


def answer_opinion(m: Matter) -> Duty:
    """对干警在改革创新中出现失误、错误引发的负面舆论，要迅速查明原因，加强舆论引导，纠正不当舆论。"""
    return Duty(m["adverse_opinion"], all_of(happened(m, "opinion_cause_found"), happened(m, "opinion_guided")))


DUTIES = (
    consider_tolerance, accept_application, hear_at_opening, hear_at_preliminary, hear_at_further_stage,
    hear_department, hear_others, hear_counterparts, hold_consultation, ask_party_group, report_upward, propose_tolerance,
    recognise_collectively, upper_review,
    feedback_person, feedback_department, publish, review, review_feedback, talk, visit, rectify,
    remedy, report_rectification, clear_name, answer_opinion,
)  # fmt: skip


# --- the decision ------------------------------------------------------------------------------------------------


def duties(m: Matter) -> dict[str, Duty]:
    """Every duty by name."""
    return {duty.__name__: duty(m) for duty in DUTIES}


def tolerance_procedure(found: Mapping[str, Duty]) -> dict[str, Truth]:
    """Whether the procedure was violated, else whether something is still owed, else it is in order."""
    return {
        "violated": any_of(*(duty.breached for duty in found.values())),
        "owed": any_of(*(all_of(duty.due, no(duty.done)) for duty in found.values())),
        "in_order": True,
    }
