"""What the log of a tolerance procedure (四 to 八) shows beside duties, in plain Python: rights, and what to look at again.

Written from the text, like ``oracle.procedure``; the docstrings quote the clause.
"""

from __future__ import annotations

from oracle.logic import Matter, Truth, all_of, any_of, no
from oracle.made_good import RECOGNISED, together
from oracle.orders import closed, happened, in_order, missed, of_kind, unfollowed
from oracle.procedure import applied_in_inquiry, concluded


def apply(m: Matter) -> Truth:
    """干警个人或所在部门认为符合容错情形的，可向问责部门提出申请。

    Whether still once the party group has concluded is a reading: if not, then while it has not, in an inquiry opened
    since, or where an application was made before.
    """
    opened = of_kind("opened")
    another = all_of(in_order(m, together, opened), unfollowed(m, opened, together))
    made_before = any_of(missed(m, together, of_kind("application")), applied_in_inquiry(m))
    in_time = any_of(m.choice("recognition", "pending"), another, made_before)
    return all_of(happened(m, "opened"), m.read("application_after_conclusion", allowed=True, not_allowed=in_time))


def appeal(m: Matter) -> Truth:
    """当事人对认定结论持有异议的，干警本人有权提出申诉: before there is a conclusion there is nothing to object to."""
    objects = all_of(m["person_objects"], no(m.choice("recognition", "pending")))
    return any_of(objects, happened(m, "appeal"))


def testify(m: Matter) -> Truth:
    """其他相关人员可以为其作证或辩护。"""
    return appeal(m)


def recognition_not_as_logged(m: Matter) -> Truth:
    """由院党组……集体研究认定: the party group's conclusion is there and not in the log, or in the log and pending.

    What one person concluded is none.
    """
    logged = closed(m, any_of(*(event.collective for event in m.log if event.kind == "recognition")))
    return any_of(all_of(m.choice("recognition", "pending"), logged), all_of(concluded(m), no(logged)))


def taken_before_inquiry(m: Matter) -> Truth:
    """在启动问责程序或者责任调查中，要同步考虑……；在调查核实中要充分听取……意见，必要时也要听取管理和服务对象的意见。"""
    opened = of_kind("opened")

    def before_alone(step: str) -> Truth:
        return all_of(in_order(m, of_kind(step), opened), no(in_order(m, opened, of_kind(step))))

    steps = map(before_alone, ("considered", "department_heard", "others_heard"))
    return any_of(*steps, all_of(m["hearing_counterparts_needed"], before_alone("counterparts_heard")))


def appeal_before_conclusion(m: Matter) -> Truth:
    """当事人对认定结论持有异议的，……有权提出申诉: whether there was an appeal to which no conclusion had led."""
    told = any_of(m.choice("recognition", "pending"), happened(m, "recognition"))
    return all_of(missed(m, RECOGNISED, of_kind("appeal")), told)
