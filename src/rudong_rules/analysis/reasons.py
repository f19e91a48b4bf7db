"""What a proof says of its case, or of what it does not know: kept in English, told in Chinese too."""

from __future__ import annotations

import re

from ..bilingual import Text
from ..wording import Lang

FIRST_YEAR, LAST_YEAR = 2015, 2030
"""The years in which days are looked for."""

OUT_OF_TIME = "no answer in time"
"""Why something is unknown that a faster machine may know."""
NO_CASE = "the facts that leave a gap could not be given as a case"
NO_END = "no answer after {} completions"
MISSED = "undetermined, though every completion comes to {}"
NOT_CONFIRMED = "the engine does not confirm the case"
NONE_CONFIRMED = "the engine does not confirm the cases found"
NOT_UNDERSTOOD = "{} is not understood here"
PRODUCT = "product of figures that both differ from case to case"
SKIPS = "longest_run that skips"
COMPUTED = "computed column {}"
NO_ENTRIES = f"no case with lists of up to {{}} entries and days from {FIRST_YEAR} to {LAST_YEAR}"
CLASH = "one decision forbids what another requires or allows"
WORSE = "before the change it comes to {}, after it to {}, which is worse"
UNANSWERED = "all is given, and yet nothing answers (a table may lack a row, a measure its none:): {}"
BROKEN = "the invariant is broken"
BY_DAYS = "the entries or the days of a period are read by it"
NOT_FOUND = "there is no {} of it"
NEVER = {"true": "in none is it true", "false": "in none is it false", "unknown": "in none is it unknown"}

_CHINESE = {
    OUT_OF_TIME: "限时之内没有得出答案",
    NO_CASE: "留下缺口的事实无法写成一个案件",
    NO_END: "补齐事实 {} 次之后仍无答案",
    MISSED: "尚不能得出结论，而其余事实无论如何补齐，结论都是 {}",
    NOT_CONFIRMED: "引擎不能证实此案件",
    NONE_CONFIRMED: "引擎不能证实所找到的案件",
    NOT_UNDERSTOOD: "此处不能处理 {}",
    PRODUCT: "两个因案件而异的数之积",
    SKIPS: "写了 missing: skips 的 longest_run",
    COMPUTED: "计算得出的栏目 {}",
    NO_ENTRIES: f"列表不超过 {{}} 条、日期在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间的案件中没有",
    CLASH: "一个事项禁止另一事项要求或者允许的行为",
    WORSE: "改变前结论是 {}，改变后是 {}，反而变差",
    UNANSWERED: "事实已经给全，仍无从回答（表中或有缺项，取值或未写 none:）：{}",
    BROKEN: "不变量被违反",
    BY_DAYS: "某个期间的事项、首日或末日依此解释",
    NOT_FOUND: "没有此项发现：{}",
    NEVER["true"]: "没有其成立的情景",
    NEVER["false"]: "没有其不成立的情景",
    NEVER["unknown"]: "没有其未查明的情景",
}
_PATTERNS = tuple(
    (re.compile("(.+)".join(map(re.escape, english.split("{}")))), chinese) for english, chinese in _CHINESE.items()
)


def reason(why: str, lang: Lang) -> str:
    """Return what a proof says in a language; what is not one of the sentences above stays as it is.

    What a scenario did not get is a text, which says itself.
    """
    if isinstance(why, Text):
        return why.text(lang)
    if lang == "zh":
        for pattern, chinese in _PATTERNS:
            found = pattern.fullmatch(why)
            if found:
                return chinese.format(*(reason(one, lang) for one in found.groups()))
    return why
