"""Three-valued logic for the oracles: True, False, and None for what is not known.

A matter is a dict of facts, the readings chosen, and the log of the procedure.  Nothing here is clever: what is not
known stays None until the facts at hand leave no choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Truth = bool | None


def no(part: Truth) -> Truth:
    """Not."""
    return None if part is None else not part


def all_of(*parts: Truth) -> Truth:
    """And: one false part is enough to be false."""
    if any(part is False for part in parts):
        return False
    return None if any(part is None for part in parts) else True


def any_of(*parts: Truth) -> Truth:
    """Or: one true part is enough to be true."""
    if any(part is True for part in parts):
        return True
    return None if any(part is None for part in parts) else False


def at_least(n: int, *parts: Truth) -> Truth:
    """Whether ``n`` of the parts are true."""
    if sum(part is True for part in parts) >= n:
        return True
    return False if sum(part is not False for part in parts) < n else None


def agree(*answers: Truth) -> Truth:
    """What all answers say; not known when they differ."""
    return answers[0] if all(answer is answers[0] for answer in answers) else None


FOLLOWS = (
    ("criminal_liability", "violated_law"),  # 触犯国家法律法规，应承担刑事责任的
    ("violated_law", "broke_discipline_or_law"),  # 不违反党的纪律和国家法律法规
    ("dictatorial", "arbitrary"),  # 独断专行 is 个人专断
    ("collective_by_procedure", "decision_involved"),  # 按照规定的决策程序由领导班子集体研究: there was a decision
    ("some_deviation", "error_occurred"),  # 一定偏差 is 偏差失误
    ("some_slip", "error_occurred"),  # 一定失误 is 偏差失误
    ("criminal_liability", "fault_exists"),  # 应承担刑事责任的 acted with 故意 or 过失
    ("colluded", "fault_exists"),  # 恶意串通 is 过错
    ("gain_self", "fault_exists"),  # 谋取不正当利益 is 过错
    ("gain_others", "fault_exists"),
    ("gain_unit", "fault_exists"),
    ("gain_clique", "fault_exists"),
    ("abuse_for_gain", "fault_exists"),  # 以权谋私 is 过错
    ("public_for_private", "fault_exists"),  # 假公济私 is 过错
    ("some_mistake", "fault_exists"),  # 出现一定错误
    ("arbitrary", "fault_exists"),  # 个人专断、一意孤行: 滥用权力, not 依规履职 (二（四）)
    ("political_problem", "fault_exists"),  # 政治立场有问题 of which 一票否决 is said
    ("integrity_problem", "fault_exists"),  # 廉洁上有问题
    ("adverse_opinion", "error_in_duty"),  # 在改革创新中出现失误、错误引发的负面舆论
    ("error_in_duty", "fault_exists"),  # 改革创新过程中出现的失误错误
    ("nonprincipled_error", "fault_exists"),  # 非原则性失误、错误或过失
    ("adverse_opinion", "in_reform_or_duty"),  # 在改革创新中
    ("some_slip", "fault_exists"),  # 一定失误 is 过错或失误
    ("judicial_reform", "in_reform_or_duty"),  # 推进……司法改革和体制机制创新 is 改革创新
    ("urgent_decision", "decision_involved"),  # 临机决断 is a decision
    ("extremely_bad_effect", "negative_effect"),  # 极坏影响 is 不良影响
    ("major_negative_effect", "negative_effect"),  # 重大负面影响 is 负面影响
    ("other_assessment_excellent", "other_assessment_on_file"),  # 考核优秀的干警 was assessed
    ("intent_harm", "fault_exists"),  # 对损害、违规的故意 is 故意, not 过失 (二首段)
    ("look_3_motive", "public_spirit"),  # 出于公心 of the third look is 出于公心 of 三（一）2
    ("branch_secretary", "party_member"),  # 党支部书记 is one of the party's members
    ("report_untrue", "facts_established"),  # 反映问题失实 is what came of it: 事实查清 (激励 九（五）)
)
"""What is found with another finding: wherever the first holds, the second does."""
APART = (
    ("collective_by_procedure", "no_collective"),  # 按照规定的决策程序由领导班子集体研究; 不规范执行……集体决策制度
    ("arbitrary", "look_4_process"),  # 是民主决策还是个人专断、一意孤行
    ("stood_by", "look_6_line"),  # 分清是主动纠错还是坐视不管
    ("public_for_private", "look_3_motive"),  # 是出于公心还是假公济私、以权谋私
    ("abuse_for_gain", "look_3_motive"),
)
"""What is never found together."""
RESERVED = ("criminal_liability", "report_untrue", "integrity_problem", "political_problem")
"""Criminal responsibility is for the judicial organs alone, untruth for those who inquire (四), integrity and political
stance for the party group (五首段): nobody else denies it."""


TWO_POLES = ("look_3_motive",)
"""是出于公心还是假公济私、以权谋私: who did not act in public spirit is not for that alone on the other side."""


def with_what_follows(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts with every finding that follows from them."""
    found = dict(facts)
    for narrow, wide in FOLLOWS:
        if found.get(narrow) is True:
            found[wide] = True
    for one, other in APART:
        if found.get(one) is True:
            found[other] = False
        if found.get(other) is True:
            found[one] = False
    for narrow, wide in reversed(FOLLOWS):
        if found.get(wide) is False and narrow not in RESERVED + TWO_POLES:
            found[narrow] = False
    return found


@dataclass(frozen=True)
class Event:
    """One line of the log."""

    kind: str
    day: date | None = None
    order: int | None = None
    agreed: bool | None = None
    participants: frozenset[str] | None = None
    collective: bool | None = None

    def before(self, other: Event) -> Truth:
        """Whether this came before the other; on one day only the order within it can tell."""
        if self.day is None or other.day is None:
            return None
        if self.day != other.day:
            return self.day < other.day
        if self.order is None or other.order is None or self.order == other.order:
            return None
        return self.order < other.order


@dataclass(frozen=True)
class Matter:
    """What is known of a matter: facts by id, an option or None for every reading, the log, whether it is complete."""

    facts: Mapping[str, object]
    readings: Mapping[str, str | None]
    log: tuple[Event, ...] = field(default=())
    complete: bool = False

    def __getitem__(self, finding: str) -> Truth:
        """What is found on a question."""
        value = self.facts.get(finding)
        assert value is None or isinstance(value, bool)
        return value

    def one(self, *findings: str) -> Truth:
        """Whether one of the findings holds."""
        return any_of(*(self[finding] for finding in findings))

    def every(self, *findings: str) -> Truth:
        """Whether all of the findings hold."""
        return all_of(*(self[finding] for finding in findings))

    def choice(self, name: str, *options: str) -> Truth:
        """Whether a choice was one of the options."""
        value = self.facts.get(name)
        return None if value is None else value in options

    def read(self, reading: str, **answers: Truth) -> Truth:
        """The answer of the option taken; with the reading left open, what all options answer."""
        taken = self.readings[reading]
        return agree(*answers.values()) if taken is None else answers[taken]
