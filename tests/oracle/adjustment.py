"""Article 10 of the mobility regulation: the procedure of an adjustment, written from the text.

「一般按照以下程序进行」: by the reading ``general_procedure`` a step missed violates the procedure always, or only
where the text says 应当 (谈话, 听取有关方面意见).  That review does not suspend the decision stands outside that list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps

from oracle.bars import stands
from oracle.careers import Adjustment, Career, Step, is_one, not_before
from oracle.logic import Truth, all_of, any_of, at_least, no
from oracle.mobility import adjustment, matter_covered
from oracle.procedure import Duty
from oracle.steps import Test, answered, apart, between, either, had, happened, missed, of_kind, some
from oracle.tolerance import Ladder, holds

CONCLUDED = {"review_applied": "review_concluded", "appealed": "appeal_concluded"}
ENDS = ("declined", "revoked")
"""What leaves no decision to be announced or carried out, and nothing proposed that waits for one."""
UNDONE = of_kind(*ENDS)
"""What is announced or carried out after it is not done on the decision before."""
CARRIED_OUT = ("formalities", "legal_procedure")
"""（5）……履行任免程序: with it an adjustment is complete."""


# --- what is undone, and what is binding --------------------------------------------------------------------------


def _still_open(c: Career, *kinds: str) -> Truth:
    """Whether one of these steps was not undone: 作出不予调整的决定, or the decision revoked on review or appeal."""
    return _unended(c, of_kind(*kinds), *ENDS)


def _unended(c: Career, step: Test, *ends: str) -> Truth:
    return no(answered(c, step, of_kind(*ends)))


def _by_ends(c: Career, asked: Callable[[Sequence[str]], Truth]) -> Truth:
    """What holds with what ends an adjustment, so that the next one needs each step anew: two readings.

    Whether not adjusting, or a revocation, ends it is one, and whether carrying it out does is the other.
    """

    def carried_out(*ends: str) -> Truth:
        return c.read("after_carrying_out", serves=asked(ends), anew=asked((*ends, *CARRIED_OUT)))

    return c.read("after_declining", serves=carried_out(), anew=carried_out(*ENDS))


def _holds_all(wanted: set[str], had: frozenset[str] | None) -> Truth:
    return None if had is None else had >= wanted


def _binding(c: Career, breached: Truth) -> Truth:
    """调整不适宜担任现职干部，一般按照以下程序进行。"""
    return c.read("general_procedure", binding=breached, usual=False)


# --- the decision ------------------------------------------------------------------------------------------------


def _alone(step: Step) -> Truth:
    return all_of(step.kind == "decided", no(step.collective))


def _by_meeting(step: Step) -> Truth:
    return all_of(step.kind == "decided", step.collective)


def _resolved(step: Step) -> Truth:
    return any_of(step.kind == "declined", _by_meeting(step))


def none_left_to_one_person(c: Career) -> Truth:
    """党组召开会议集体研究，作出调整决定。……宣布组织决定。Whether the meeting took anew in time all that one person had decided."""
    made_good, announced = answered(c, _alone, _resolved, of_kind("revoked")), of_kind("announced")
    of_one_person = apart(c, _alone, announced, either(_by_meeting, UNDONE))
    too_soon = all_of(of_one_person, missed(c, _by_meeting, announced, UNDONE))
    return c.read(
        "decision_taken_anew",
        before_announcement=all_of(made_good, no(too_soon)),
        any_time=made_good,
        never=no(some(c, _alone)),
    )


def taken_anew_by_the_meeting(c: Career) -> Truth:
    """Whether one person had decided, and the meeting took that anew in time.

    It takes a second decision to take one anew, so that of a single one nothing need be known.
    """
    decisions = [all_of(step.sure, step.kind in ("decided", "declined")) for step in c.steps.entries]
    second = at_least(2, *decisions)
    return all_of(some(c, _alone), second if second or c.steps.complete else None, none_left_to_one_person(c))


def decided_again_in_time(c: Career) -> Truth:
    """（3）党组……作出调整决定。……（4）……宣布组织决定。……（5）……履行任免程序: what is announced and carried out is the last decision.

    Once something was, what the meeting decides makes nothing good; nor after it decided not to adjust, or a revocation.
    """
    over = of_kind("announced", "formalities", "legal_procedure", *ENDS)
    early = c.steps.some(lambda step: all_of(_by_meeting(step), had(c, over, step)))
    in_time = c.read("decided_again", before_announcement=no(early), never=False)
    return all_of(none_left_to_one_person(c), in_time)


def _too_late(c: Career, needed: Test, *, proposal_too: bool = False) -> Truth:
    """Whether a step that has to come before the decision did not: the meeting's, if it took the decision anew.

    While it has not, the decision that there is, whoever took it, is the one that the step had to come before.  Where the
    meeting decided again in time, its last decision counts.  The proposal is the political department's.
    """
    anew = taken_anew_by_the_meeting(c)
    last = c.steps.some(lambda step: all_of(_by_meeting(step), had(c, needed, step)))
    good = all_of(decided_again_in_time(c), last)

    def late(kinds: Sequence[str]) -> Truth:
        ends = of_kind(*kinds) if kinds else None
        decided = any_of(
            missed(c, needed, _by_meeting, ends), all_of(no(anew), missed(c, needed, of_kind("decided"), ends))
        )
        proposed = missed(c, needed, _by_the_department, ends) if proposal_too else False
        return any_of(proposed, all_of(no(good), decided))

    return _by_ends(c, late)


def _taken(c: Career, step: Test, *, begun: Test) -> Truth:
    """Whether a step was taken: one that no end of an adjustment made useless, if the next round asks for it anew."""

    def fresh(ends: Sequence[str]) -> Truth:
        def for_another(one: Step) -> Truth:
            """Whether another round came after the step with such an end between the two."""
            found = any_of(
                *(
                    all_of(begun(p), one.before(p), p.sure, between(c, one, of_kind(*ends), p))
                    for p in c.steps.entries
                    if p is not one
                )
            )
            return found if found or c.steps.complete else None

        return c.steps.some(lambda one: all_of(step(one), no(for_another(one)))) if ends else some(c, step)

    return _by_ends(c, fresh)


def _too_early(c: Career, step: str) -> Truth:
    """Whether what carries out the decision came before it: before the meeting's, unless the meeting can mend it at any time."""
    decided = missed(c, of_kind("decided"), of_kind(step), UNDONE)
    meeting = missed(c, _by_meeting, of_kind(step), UNDONE)
    return c.read("decision_taken_anew", before_announcement=meeting, any_time=decided, never=meeting)


# --- the steps ---------------------------------------------------------------------------------------------------


def of_the_unfit(duty: Callable[[Career], Duty]) -> Callable[[Career], Duty]:
    """调整不适宜担任现职干部，一般按照以下程序进行: for another reason (四, 三) nothing of it is due, done or violated."""

    @wraps(duty)
    def asked(c: Career) -> Duty:
        return Duty(*(all_of(matter_covered(c), state) for state in duty(c)))

    return asked


def _by_the_department(step: Step) -> Truth:
    """政治部……提出调整建议: what somebody else suggests is not that proposal."""
    return all_of(step.kind == "proposed", is_one(step.proposed_by, ["political_department"]))


ROUND = either(of_kind("started", "decided"), _by_the_department)
"""Where a round begins; with what comes 根据考察核实结果, where it is verified too."""
ROUND_ON_VERIFYING = either(ROUND, of_kind("verified"))
PROPOSED_OR_DECIDED = either(of_kind("decided"), _by_the_department)


@of_the_unfit
def verify(c: Career) -> Duty:
    """（1）考察核实。……有针对性地考察核实，作出客观公正评价和准确认定。（2）政治部根据考察核实结果……提出调整建议。"""
    late = _too_late(c, of_kind("verified"), proposal_too=True)
    return Duty(happened(c, "started"), _taken(c, of_kind("verified"), begun=ROUND), _binding(c, late))


@of_the_unfit
def hear_public(c: Career) -> Duty:
    """要注重听取群众反映、了解群众口碑，特别是听取工作对象、服务对象等相关人员的意见。要注重: a step, or an emphasis."""
    late = _binding(c, _too_late(c, of_kind("public_heard"), proposal_too=True))
    due = c.read("hearing_the_public", a_step=happened(c, "started"), emphasis=False)
    done = _taken(c, of_kind("public_heard"), begun=ROUND)
    return Duty(due, done, c.read("hearing_the_public", a_step=late, emphasis=False))


def _before_a_decision(c: Career, awaits: Test, done: Truth) -> Truth:
    """Whether something is due for a proposal or decision: one not undone or carried out, or one for which it was done."""
    waiting = c.read(
        "after_carrying_out", serves=_unended(c, awaits, *ENDS), anew=_unended(c, awaits, *ENDS, *CARRIED_OUT)
    )
    return any_of(waiting, all_of(some(c, awaits), done))


def unfit_as_verified(c: Career) -> Truth:
    """根据考察核实结果，对不适宜担任现职干部提出调整建议。"""
    return all_of(happened(c, "verified"), c.choice("unfit_recognition", "unfit"))


def verification_open(c: Career) -> Truth:
    """A decision not to adjust, or the revocation, ends what was verified; started again, it serves unless a reading asks for another.

    So does carrying out what was verified, by the reading that asks for each step anew after it, started again or not.
    """
    undone = c.read("after_declining", serves=_still_open(c, "started", "verified"), anew=_still_open(c, "verified"))
    waiting = c.read("after_carrying_out", serves=True, anew=_unended(c, of_kind("verified"), *CARRIED_OUT))
    return all_of(undone, waiting)


def _on_a_verification(c: Career, done: Truth) -> Truth:
    """根据考察核实结果，对不适宜担任现职干部: whether something is due on what was verified, or was done."""
    return all_of(unfit_as_verified(c), any_of(verification_open(c), done))


def propose_where_adjusted(c: Career) -> Duty:
    """具有下列情形之一，……应予以调整 (六 to 九): the proposal is to be made where there is such a ground."""
    return Duty(*(all_of(holds(adjustment(c), "shall_adjust"), state) for state in propose(c)))


def _talk(*content: str) -> Test:
    return lambda step: all_of(step.kind == "talk_before", _holds_all(set(content), step.talk))


@of_the_unfit
def talk_before_proposal(c: Career) -> Duty:
    """提出调整建议前，应当与干部本人谈话，说明调整理由，听取其陈述意见。One talk or two: both contents, each before.

    A decision that was taken without any proposal was taken without the talk before it.
    """
    talks = (_talk("reasons"), _talk("heard"))
    done = all_of(*(_taken(c, talk, begun=ROUND_ON_VERIFYING) for talk in talks))
    due = any_of(_on_a_verification(c, done), _before_a_decision(c, PROPOSED_OR_DECIDED, done))
    return Duty(due, done, any_of(*(_too_late(c, talk, proposal_too=True) for talk in talks)))


def _proposal(step: Step) -> Truth:
    return all_of(_by_the_department(step), _holds_all({"reason", "method"}, step.proposal))


@of_the_unfit
def propose(c: Career) -> Duty:
    """政治部根据考察核实结果，对不适宜担任现职干部提出调整建议。调整建议包括调整原因、调整方式等内容。"""
    done = _taken(c, _proposal, begun=ROUND_ON_VERIFYING)
    return Duty(_on_a_verification(c, done), done, _binding(c, _too_late(c, _proposal)))


@of_the_unfit
def hear_views(c: Career) -> Duty:
    """作出决定前，应当听取有关方面意见。"""
    heard = _taken(c, of_kind("views_heard"), begun=ROUND)
    proposed = _unended(c, _by_the_department, "decided", *ENDS)
    due = any_of(
        proposed, _before_a_decision(c, of_kind("decided"), heard), all_of(some(c, PROPOSED_OR_DECIDED), heard)
    )
    return Duty(due, heard, _too_late(c, of_kind("views_heard")))


@of_the_unfit
def decide_collectively(c: Career) -> Duty:
    """党组召开会议集体研究，作出调整决定。Every proposal awaits a meeting, one after a decision too.

    Whether what one person decided is made good by the meeting, and until when, is a reading.  What was announced and
    nobody decided, before or since, no meeting decided; announced too early, it is （4） that was not kept.
    """

    announced, decided = of_kind("announced"), of_kind("decided")
    ended = all_of(apart(c, of_kind(*ENDS), announced, decided), no(answered(c, of_kind(*ENDS), decided)))
    of_nobody = any_of(all_of(some(c, announced), no(some(c, decided))), ended)
    breached = any_of(of_nobody, no(none_left_to_one_person(c)))
    done = all_of(some(c, _resolved), answered(c, _by_the_department, _resolved))
    due = any_of(_unended(c, PROPOSED_OR_DECIDED, *ENDS), all_of(some(c, PROPOSED_OR_DECIDED), done))
    return Duty(due, done, _binding(c, breached))


@of_the_unfit
def announce(c: Career) -> Duty:
    """党组负责同志或者政治部负责同志与调整对象进行谈话，宣布组织决定。

    Told by another, it can still be told by one of them.  What is told before there is a decision, or once it is undone,
    is no 组织决定; where there never is one, it is （3） that was not kept.  It comes before 任免程序 (5); 对选举和依法任免的干部，按照有关法律法规
    规定的程序进行: when the law's procedure is gone through, the law says.
    """
    speakers = ("party_group", "political_department")

    def told(step: Step) -> Truth:
        return all_of(step.kind == "announced", is_one(step.spoken_by, speakers))

    def by_another(step: Step) -> Truth:
        return all_of(step.kind == "announced", no(is_one(step.spoken_by, speakers)))

    done = _carried_out(c, told)
    due = any_of(_still_open(c, "decided"), _on_a_decision(c, told))
    late = apart(c, of_kind("decided"), of_kind("formalities"), of_kind("announced", *ENDS))
    early = all_of(happened(c, "decided"), missed(c, of_kind("decided"), of_kind("announced"), UNDONE))
    return Duty(due, done, _binding(c, any_of(all_of(some(c, by_another), no(done)), late, early)))


def _carried_out(c: Career, step: Test) -> Truth:
    """Whether a step was taken on a decision, and after every one that was not undone."""
    return all_of(_on_a_decision(c, step), answered(c, of_kind("decided"), either(step, of_kind(*ENDS))))


def _on_a_decision(c: Career, step: Test) -> Truth:
    """Whether such a step came after a decision that was not undone before it."""
    return apart(c, of_kind("decided"), step, UNDONE)


@of_the_unfit
def formalities(c: Career) -> Duty:
    """按照有关规定履行任免程序。对选举和依法任免的干部，按照有关法律法规规定的程序进行。"""
    formal, legal = of_kind("formalities"), of_kind("legal_procedure")
    done = any_of(_carried_out(c, formal), all_of(c["elected_or_by_law"], _carried_out(c, legal)))
    was_due = any_of(_on_a_decision(c, formal), all_of(c["elected_or_by_law"], _on_a_decision(c, legal)))
    due = any_of(_still_open(c, "decided"), was_due)
    return Duty(due, done, _binding(c, _too_early(c, "formalities")))


@of_the_unfit
def legal_procedure(c: Career) -> Duty:
    """对选举和依法任免的干部，按照有关法律法规规定的程序进行。"""
    legal = of_kind("legal_procedure")
    arisen = any_of(_still_open(c, "decided"), _on_a_decision(c, legal))
    due = all_of(arisen, c["elected_or_by_law"])
    early = all_of(c["elected_or_by_law"], _too_early(c, "legal_procedure"))
    return Duty(due, _carried_out(c, legal), _binding(c, early))


@of_the_unfit
def apply_for_review(c: Career) -> Duty:
    """干部本人对调整决定不服的，可以按照有关规定申请复核或者向上级组织（人事）部门提出申诉。A right: never owed."""
    applied = happened(c, *CONCLUDED)
    return Duty(any_of(c["objects_to_adjustment"], applied), applied)


@of_the_unfit
def keep_executing(c: Career) -> Duty:
    """复核、申诉期间不停止调整决定的执行。Kept by not suspending; what was suspended before is to be resumed.

    Review and appeal are two: the conclusion of one does not end the other.  Where the decision was undone, all that
    concerned it is over: what was suspended, and what was applied for.  What stood suspended until a review was
    concluded, or answered by a revocation, was suspended 复核期间.  Whether what stood suspended when it was applied for was, too,
    is a reading of 不停止.
    """
    undone, suspension = of_kind(*ENDS), of_kind("suspended")
    standing = apart(c, suspension, of_kind(*CONCLUDED), either(of_kind("resumed"), undone))
    under_way = [(of_kind(applied), either(of_kind(concluded), undone)) for applied, concluded in CONCLUDED.items()]
    lasted = either(of_kind("resumed"), undone)
    suspended = any_of(
        c.read("stopping", act=False, state=standing),
        *(apart(c, applied, suspension, end) for applied, end in under_way),
        apart(c, suspension, of_kind(*CONCLUDED.values()), lasted),
        apart(c, suspension, of_kind("revoked"), lasted, through=of_kind(*CONCLUDED)),
    )
    over = all_of(*(answered(c, applied, end) for applied, end in under_way))
    resumed = answered(c, suspension, lasted)
    forbidden = all_of(matter_covered(c), suspended)
    executing = any_of(no(happened(c, "suspended")), all_of(no(forbidden), any_of(resumed, over)))
    due = happened(c, *CONCLUDED)
    return Duty(due, all_of(due, executing), suspended)


def care_talk(c: Career) -> Duty:
    """对调整下来的干部……深入开展谈心谈话，给予关心帮助。A talk serves the adjustments before it, not those to come."""

    def revoked(a: Adjustment) -> Truth:
        return all_of(a.revoked, not_before(c.day, a.revoked_on))

    def talked(undone: Callable[[Adjustment], Truth]) -> Truth:
        """Whether a talk came on the day of every adjustment that counts, or later."""

        def before(step: Step, a: Adjustment) -> Truth:
            return all_of(is_one(a.matter, ["unfit"]), no(undone(a)), no(not_before(step.day, a.decided_on)))

        def late_enough(step: Step) -> Truth:
            return no(c.adjustments.some(lambda a: before(step, a)))

        return some(c, lambda step: all_of(step.kind == "care_talk", late_enough(step)))

    adjusted = c.adjustments.some(lambda a: all_of(is_one(a.matter, ["unfit"]), stands(c, a)))
    done = c.read("revocation_effect", until_revoked=talked(revoked), from_start=talked(lambda a: a.revoked))
    return Duty(adjusted, done)


DUTIES = (
    verify, hear_public, talk_before_proposal, propose, hear_views, decide_collectively, announce, formalities,
    legal_procedure, keep_executing,
)  # fmt: skip


def duties(c: Career) -> dict[str, Duty]:
    """Every duty by name."""
    return {duty.__name__: duty(c) for duty in DUTIES}


def outcomes(found: Mapping[str, Duty]) -> Ladder:
    """Whether the procedure was violated, else whether something is still owed, else it is in order."""
    return {
        "violated": any_of(*(duty.breached for duty in found.values())),
        "owed": any_of(*(all_of(duty.due, no(duty.done)) for duty in found.values())),
        "in_order": True,
    }


def adjustment_procedure(c: Career) -> Ladder:
    """调整不适宜担任现职干部，一般按照以下程序进行。For another reason (四, 三): 按照有关规定办理."""
    return {
        "other_rules": c.choice("adjustment_matter", "health", "accountability", "discipline"),
        "other_matter": c.choice("adjustment_matter", "other"),
        **outcomes(duties(c)),
    }
