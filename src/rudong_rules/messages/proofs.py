"""What a proof says of its case, or of what it does not know."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "out_of_time": ("限时之内没有得出答案", "no answer in time"),
    "gap_no_case": ("留下缺口的事实无法写成一个案件", "the facts that leave a gap could not be given as a case"),
    "gap_no_end": ("补齐事实 {rounds} 次之后仍无答案", "no answer after {rounds} completions"),
    "gap_missed": (
        "尚不能得出结论，而其余事实无论如何补齐，结论都是 {outcome}",
        "undetermined, though every completion comes to {outcome}",
    ),
    "not_confirmed": ("引擎不能证实此案件", "the engine does not confirm the case"),
    "none_confirmed": ("引擎不能证实所找到的案件", "the engine does not confirm the cases found"),
    "not_understood": ("此处不能处理 {what}", "{what} is not understood here"),
    "a_product": ("两个因案件而异的数之积", "product of figures that both differ from case to case"),
    "run_that_skips": ("写了 missing: skips 的 longest_run", "longest_run that skips"),
    "a_computed_column": ("计算得出的栏目 {name}", "computed column {name}"),
    "no_entries": (
        "列表不超过 {most} 条、日期在 {first} 年至 {last} 年之间的案件中没有",
        "no case with lists of up to {most} entries and days from {first} to {last}",
    ),
    "both_true_and_false": ("一项结论既成立又不成立", "a conclusion is both true and false"),
    "forbids_and_allows": (
        "一个事项禁止另一事项要求或者允许的行为", "one decision forbids what another requires or allows",
    ),
    "worse_after": (
        "改变前结论是 {before}，改变后是 {after}，反而变差",
        "before the change it comes to {before}, after it to {after}, which is worse",
    ),
    "nothing_answers": (
        "事实已经给全，仍无从回答（表中或有缺项，取值或未写 none:）：{names}",
        "all is given, and yet nothing answers (a table may lack a row, a measure its none:): {names}",
    ),
    "invariant_broken": ("不变量被违反", "the invariant is broken"),
    "read_by_a_period": (
        "某个期间的事项、首日或末日依此解释", "the entries or the days of a period are read by it",
    ),
    "option_comes_to": ("{option}：{what}", "{option}: {what}"),
    "a_profile": ("只作分析，不作结论", "a profile"),
    "shown_by_scenario": ("情景“{point}”", "the scenario {point!r}"),
    "not_found": ("没有此项发现：{finding}", "there is no {finding} of it"),
    "unseen_true": ("没有其成立的情景", "in none is it true"),
    "unseen_false": ("没有其不成立的情景", "in none is it false"),
    "unseen_unknown": ("没有其未查明的情景", "in none is it unknown"),
}  # fmt: skip
