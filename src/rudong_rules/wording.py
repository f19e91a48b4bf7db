"""The words of verdicts for people, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Lang = Literal["zh", "en"]

MARKS = {"true": "✓", "false": "✗", "unknown": "?", "contradicted": "⚠"}
DUTY_MARKS = {"met": "✓", "breached": "✗", "owed": "☐", "open": "?"}
"""How a duty stands: in order, violated, to be done, and not known."""
FURTHER_MARKS = {**DUTY_MARKS, "caution": "⚠"}
"""What a sign says that is not the state of a fact or a step: how a duty stands, and of what a reader is warned."""
_STANDS = {
    ("breached", "true"): "breached", ("breached", "false"): "met", ("done", "true"): "met", ("done", "false"): "owed",
    ("owed", "true"): "owed", ("owed", "false"): "met", ("due", "false"): "met",
}  # fmt: skip
CONTROLS = dict.fromkeys(
    (*range(32), *range(127, 160), 0x2028, 0x2029, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), " "
)
"""Characters in a user's text that a terminal would obey: controls, line ends, turns of the writing direction."""

_WORDS: dict[str, tuple[str, str]] = {
    # sections
    "opinion": ("各项结论", "Outcomes"),
    "outcome": ("结论", "Outcome"),
    "why": ("理由", "Why"),
    "profile": ("逐项判断", "Conclusions in detail"),
    "missing": ("待查明的事实", "Still to be found out"),
    "notes": ("注意", "Note"),
    "see_cautions": ("⚠ 见“注意”", "⚠ see the note"),
    "contradictions": ("相互矛盾的事实", "Contradicted facts"),
    "contradictions_before": ("改变前相互矛盾的事实", "Contradicted facts before the change"),
    "contradictions_after": ("改变后相互矛盾的事实", "Contradicted facts after the change"),
    "duties": ("职责与权利", "Duties and rights"),
    "periods": ("期间", "Periods"),
    "outside": ("另按下列规定", "Norms outside these texts"),
    "day_unknown": ("日期未查明", "day unknown"),
    "open_ended": ("以后", "onwards"),
    "groups": ("分类", "groups"),
    "robustness": ("换一种解释", "Under other readings"),
    "holds": ("无论采用哪种解释，结论不变", "the outcome holds under every combination of readings"),
    "turns": ("下列任一解释改变，结论随之改变", "the outcome changes with any one of these"),
    "combined": (
        "单独改变任何一项解释，结论不变；几项一并改变时未必",
        "no single reading changes the outcome; several together may",
    ),
    "never": ("无论采用哪种解释，都没有结论", "there is no outcome under any combination of readings"),
    "shares": ("{} 种组合", "{} of them"),
    "counted": (
        "影响结论的解释有 {} 项，各取其一共有 {} 种组合；逐一得出结论，各结论的组合数为",
        "readings that bear on the outcome: {}; combinations of their options, each decided: {}; they come to",
    ),
    "what_is_open": ("结论未定：下列事实尚未查明", "What keeps it open: facts that are not known"),
    "ruled_out": ("已经排除的结论", "Outcomes that are ruled out already"),
    "unchosen": (
        "未列未采用的解释 {} 项，--full 全部列出",
        "options of readings that were not taken: {}, listed with --full",
    ),
    "hidden_unchosen": (
        "未列未采用的解释所依据的 {} 步，--full 全部列出",
        "{} steps of readings that were not taken, listed with --full",
    ),
    "hidden_unchosen_here": ("未列未采用的解释所依据的 {} 步", "{} steps of readings that were not taken"),
    "unchosen_folded": ("未采用的解释 {} 项", "options of readings that were not taken: {}"),
    "partial": ("解释过多，未逐一组合", "too many readings to combine them all"),
    "readings": ("所采解释", "Readings relied on"),
    "citations": ("条文", "Clauses"),
    "digests": ("校验", "Digests"),
    "advice": (
        "仅供参考：认定和决定由有权的人员和组织作出，本程序不代为认定",
        "Advice only: findings and decisions are made by the people and organs entitled to make them",
    ),
    # signs
    "signs": ("符号", "Signs"),
    "sign_true": ("是，成立", "yes, holds"),
    "sign_false": ("否，不成立", "no, does not hold"),
    "sign_unknown": ("未查明", "not known"),
    "sign_failed": ("否，不成立；或未达预期", "no, does not hold; or not as expected"),
    "sign_proven": ("全部证实", "all proven"),
    "sign_error": ("错误，或未通过", "error, or failed"),
    "sign_warning": ("警告", "warning"),
    "sign_note": ("未全部证实，或提示", "not all proven, or a note"),
    "sign_contradicted": ("相互矛盾", "contradicted"),
    "sign_caution": ("须注意", "a caution"),
    "sign_met": ("已办，未违反，或没有义务", "done, not violated, or no duty"),
    "sign_breached": ("已违反", "violated"),
    "sign_owed": ("待办，未办", "owed, not done"),
    "sign_open": ("义务已产生，是否已办未查明", "a duty that has arisen; not known whether it was met"),
    # what the checker proves, and finds
    "check": ("检查：{} 项，其中 {} 项沿用已有证明", "Check: {} claims, {} of them looked up"),
    "check_counts": ("证实 {}，反例 {}，未知 {}", "proven {}, refuted {}, unknown {}"),
    "check_scenarios": ("情景 {} 个，未通过 {} 个", "scenarios {}, failed {}"),
    "check_open": ("须修改，或在 checks.yaml 中说明理由", "To be mended, or accepted in checks.yaml"),
    "check_notes": ("提示", "Notes"),
    "check_accepted": ("已说明理由", "Accepted"),
    "title_unreachable": ("各结论均可得出", "every outcome can come out"),
    "title_ladder_gap": ("事实齐备即有结论", "complete cases have an outcome"),
    "title_inexact": ("无遗漏的推论", "the two rails miss nothing"),
    "title_contradiction": ("不自相矛盾", "no contradiction"),
    "title_dead_rule": ("各规则均可成立", "every rule can hold"),
    "title_redundant_rule": ("各规则均有作用", "every rule matters"),
    "title_shadowed_rule": ("各规则未被遮蔽", "no rule is shadowed"),
    "title_idle_reading": ("各解释均有差别", "every option of a reading makes a difference"),
    "title_modality_clash": ("应当、可以与不得不冲突", "no act is required or allowed and forbidden"),
    "title_invariant": ("不变量", "invariants"),
    "claim_unreachable": ("结论 {} 可以得出", "outcome {} can come out"),
    "claim_ladder_gap": ("{} 在事实齐备时有结论", "{} has an outcome once all facts are known"),
    "claim_inexact": ("{} 无遗漏的推论", "{} is exact"),
    "claim_contradiction": ("{} 不自相矛盾", "{} does not contradict itself"),
    "claim_dead_rule": ("规则 {} 可以成立", "rule {} can hold"),
    "claim_redundant_rule": ("规则 {} 有作用", "rule {} matters"),
    "claim_shadowed_rule": ("规则 {} 未被遮蔽", "rule {} is not shadowed"),
    "claim_idle_reading": ("解释 {} 两项有差别", "the options {} differ"),
    "claim_modality_clash": ("行为 {} 不冲突", "the decisions on {} agree"),
    "claim_invariant": ("不变量 {} 成立", "invariant {} holds"),
    "claim_accepted_not_found": ("所说明的 {} 存在", "what is accepted of {} is found"),
    "claim_scenario": ("情景通过：{}", "scenario passes: {}"),
    "claim_not_exercised": ("{} 有情景触及", "a scenario exercises {}"),
    "found_unreachable": ("结论 {} 不能得出", "outcome {} cannot come out"),
    "found_ladder_gap": ("{} 在事实齐备时没有结论", "{} has no outcome although all facts are known"),
    "found_inexact": ("{} 遗漏推论", "{} misses an outcome"),
    "found_contradiction": ("{} 自相矛盾", "{} contradicts itself"),
    "found_dead_rule": ("规则 {} 不能成立", "rule {} can never hold"),
    "found_redundant_rule": ("规则 {} 不起作用", "rule {} changes nothing"),
    "found_shadowed_rule": ("规则 {} 被更高的结论遮蔽", "rule {} is shadowed by a higher outcome"),
    "found_idle_reading": ("解释 {} 两项没有差别", "the options {} never differ"),
    "found_modality_clash": ("对行为 {} 的结论冲突", "the decisions on {} clash"),
    "found_invariant": ("不变量 {} 不成立", "invariant {} is broken"),
    "found_accepted_not_found": ("对 {} 的说明已无对象", "what is accepted of {} is not found"),
    "found_scenario": ("情景未通过：{}", "scenario fails: {}"),
    "found_not_exercised": ("{} 尚无情景触及", "no scenario exercises {}"),
    "found_unknown": ("尚不能证实：{}", "neither proven nor refuted: {}"),
    # pages
    "time_line": ("时间线", "Time line"),
    "graph": ("推导图", "Graph of the derivation"),
    "decision": ("事项", "Decision"),
    "modality": ("效力", "Modality"),
    "untouched": ("未涉及的 {} 项", "decisions that no fact touches: {}"),
    "and_more_folded": ("另有 {} 项", "{} more"),
    "state": ("状态", "State"),
    "who": ("主体", "Who"),
    "duty": ("事项", "What"),
    "period": ("期间", "Period"),
    "first_day": ("首日", "First day"),
    "last_day": ("末日", "Last day"),
    "digest_text": ("条文", "texts"),
    "digest_rules": ("规则", "rules"),
    "digest_case": ("案情", "case"),
    # status and modality
    "determined": ("已有结论", "determined"),
    "undetermined": ("尚不能得出结论", "undetermined"),
    "contradicted": ("事实相互矛盾，不下结论", "contradicted: nothing is concluded"),
    "profile_only": ("只作分析，不作结论", "a profile, no outcome"),
    "possible": ("尚未排除的结论", "not ruled out"),
    "shall": ("应当", "shall"),
    "may": ("可以", "may"),
    "must_not": ("禁止性规定", "must not"),
    "none": ("", ""),
    "as_of": ("截至", "as of"),
    "unused": ("未涉及", "no fact given"),
    # facts
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "true": ("是", "yes"),
    "false": ("否", "no"),
    "unknown": ("未查明", "unknown"),
    "follows_from_true": ("由“{}”可知", "follows from “{}”"),
    "follows_from_false": ("由“{}”为否可知", "follows from the denial of “{}”"),
    "given": ("案件所给", "given in the case"),
    "settles": ("查明其中任何一项即可能有结论", "any one of these may settle it alone"),
    "settles_with": ("其中每项须与另外 {} 项一并查明才可能有结论", "each of these may settle it with {} more"),
    "and_more": ("……另有 {} 项，--full 全部列出", "… and {} more, listed with --full"),
    "hidden_here": ("另有 {} 步未列", "steps left out: {}"),
    "open_below_here": ("其下 {} 项均未查明，未列", "{} steps below, all of them open, left out"),
    "also_here": ("另有 {} 项可以代替此步", "{} more would do in place of this step"),
    "poles": ("是：{yes}；否：{no}", "yes: {yes}; no: {no}"),
    "open_below": ("其下 {} 项均未查明，{} 全部列出", "{} steps below, all of them open, listed with {}"),
    "also": ("另有 {} 项可以代替此步，{} 全部列出", "{} more would do in place of this step, listed by {}"),
    "see_above": ("见上", "see above"),
    # duties
    "owed": ("待办", "owed"),
    "done": ("已办", "done"),
    "breached": ("已违反", "violated"),
    "open": ("义务已产生，是否已办未查明", "has arisen, not known whether it was met"),
    "standing": ("常态", "standing practice"),
    "right": ("权利", "right"),
    # readings
    "default": ("默认", "default"),
    "left_open": ("存疑", "left open"),
    "chosen": ("选定", "chosen"),
    "reason": ("理由", "reason"),
    # explanations
    "why_not": ("为何不是", "Why not"),
    "obstacles": ("障碍", "What stands in the way"),
    "unknown_ways": ("下列任一组事实查明如此，即得此结论", "Any one of these sets of unknown facts brings it about"),
    "different_ways": ("下列任一组事实若不同于现状，即得此结论", "Any one of these sets of facts, were they different"),
    "way": ("第 {} 组", "set {}"),
    "more_ways": ("可能还有更多，未全部列出", "there may be more sets than are listed"),
    "none_found": ("限定的搜索之内没有找到，不表示没有", "none was found within a bounded search; there may be some"),
    "no_ways": ("没有", "none"),
    "now": ("现为 {}", "now {}"),
    "or": ("或", " or "),
    "already": ("即为现结论", "it is the outcome already"),
    "hidden": ("另有 {} 步，--full 全部列出", "steps left out: {}, listed with --full"),
    "how_many": ("有几项？可直接写 [{…}, …]", "how many entries? or write [{…}, …]"),
    "ask_keys": (
        "直接回车或“不清楚”：未查明　<：上一题　!：保存　.：结束",
        "enter or “unknown”: not known  <: go back  !: save  .: end",
    ),
    "no_outcome_to_ask_for": (
        "本事项只作逐项判断，不下结论；询问只问能定结论的事实，故无题目。请把事实写入案件文件，再用 decide 判断",
        "this decision comes to no outcome, and only what can settle one is asked for: write the facts in a case file, "
        "and decide it",
    ),
    "complete": ("以上是否为全部？", "is that all of them?"),
    "nth_of": ("第 {} 项，共 {} 项", "entry {} of {}"),
    "cell_needed": ("此栏须填；填错可用 < 退回", "this column is needed; < goes back"),
    "yes_or_no": ("请答是或否", "answer yes or no"),
    "what_if": ("假如", "What if"),
    "changes": ("改变", "Changes"),
    "before": ("改变前", "before"),
    "after": ("改变后", "after"),
    "moved": ("随之变动", "What moved"),
    "cited": ("引用", "cited"),
    "cited_now": ("新引用", "cited now"),
    "cited_no_more": ("不再引用", "cited no more"),
    "wanted": ("所问结论", "The outcome asked about"),
    "fact": ("事实", "Fact"),
    "needed": ("须为", "must be"),
    "known": ("现为", "now"),
    "reading": ("解释", "Reading"),
    "option": ("改采", "Read as"),
    "combinations": ("组合数", "Combinations"),
    "set_of": ("第 {} 组（{} 项）", "set {} (facts: {})"),
    "nothing_moved": ("没有变动", "nothing moved"),
    "gained": ("新成立的步骤", "Steps that hold now"),
    "lost": ("不再成立的步骤", "Steps that hold no more"),
    # records
    "replay_identical": ("规则相同，结论相同", "identical: the same rules give the same verdicts"),
    "replay_same": ("规则或程序版本已变，结论相同", "the rules or the library changed, the verdicts did not"),
    "replay_changed": ("规则或程序版本已变，结论不同", "differs because the rules or the library changed"),
    "replay_tampered": (
        "记录被改动：所载规则得不出所载结论",
        "tampered: the recorded rules do not give what is recorded",
    ),
    "replay_redacted": (
        "已隐去案情：链条完好，无从再得结论",
        "redacted: the chain holds, there is no case to decide",
    ),
    "replay_torn": ("最后一行未写完（{} 字节），不是记录", "the last line was never finished ({} bytes): no record"),
    "replay_signer": ("不是由此密钥签名", "tampered: not signed with this key"),
    "wording": ("文字不同", "other words"),
    "part_status": ("状态", "status"),
    "part_outcome": ("结论", "outcome"),
    "row_number": ("行号", "Row"),
    "column_modality": ("效力", "modality"),
    "column_cites": ("条文", "clauses"),
    "column_missing": ("待查明的事实", "facts still to be found out"),
    "part_citations": ("引用条文", "citations"),
    "part_duties": ("职责", "duties"),
    "part_periods": ("期间", "periods"),
    "part_missing": ("待查明", "missing facts"),
    "part_case": ("案情", "case"),
    "part_error": ("错误", "error"),
    "set_aside": ("上次未写完的 {} 字节已移至 {}", "{} bytes of a line that was never finished were moved to {}"),
    # lists
    "readings_found": ("解释 {} 项，共 {} 项", "readings: {} of {}"),
    "facts_found": ("事实 {} 项，共 {} 项", "facts: {} of {}"),
    "needed_column": ("须填", "needed"),
    "used_by": ("用于", "used by"),
    # clauses
    "clause": ("条文", "Clause"),
    "text": ("原文", "Text"),
    "encoded_by": ("已编码", "encoded"),
    "not_encoded": ("未编码", "not encoded"),
    "unaccounted": ("未交代", "unaccounted for"),
    "heading": ("标题", "heading"),
    "findings": ("认定", "findings"),
    "scalars": ("事实", "facts"),
    "rules": ("规则", "rules"),
    "decisions": ("事项", "decisions"),
    "outcomes": ("结论", "outcomes"),
    "regulation": ("解释权", "interpretation"),
    "purpose": ("目的", "purpose"),
    "principle": ("原则", "principle"),
    "exhortation": ("号召", "exhortation"),
    "delegation": ("授权", "delegation"),
    "institution": ("制度建设", "institution building"),
    "title": ("标题", "title"),
    # batches
    "batch_title": ("{rows:,} 行，其中 {invalid:,} 行无效", "rows: {rows:,}, invalid: {invalid:,}"),
    "rows": ("行数", "Rows"),
    "not_given": ("最常未提供的事实", "Facts most often not given"),
    "invalid": ("无效", "invalid"),
    "rejected": ("{rows:,} 行无效，理由见 {file}", "invalid rows: {rows:,}; {file} says why"),
    "leaves": (
        "{} 个末级条款：{} 个已编码，{} 个列明不编码，{} 个未交代",
        "{} leaf clauses: {} encoded, {} listed as not encoded, {} unaccounted for",
    ),
    # scenarios
    "scenarios": ("情景测试", "Scenarios"),
    "engine": ("引擎", "engine"),
    "passed_failed": (
        "{} 个情景，{} 次运行：{} 次通过，{} 次未通过",
        "scenarios: {}, runs: {}, passed: {}, failed: {}",
    ),
    "coverage": ("情景覆盖", "What the scenarios exercise"),
    "covered": ("{}/{}（{:.1f}%）", "{}/{} ({:.1f} %)"),
    "clauses": ("条款", "clauses"),
    "not_exercised": ("尚无情景触及", "Exercised by no scenario"),
    "unaccounted_clauses": ("未交代的条款", "Clauses unaccounted for"),
    "below": ("覆盖率 {:.1f}% 低于要求的 {:g}%", "coverage of {:.1f} % is below the {:g} % asked for"),
    # two policies compared
    "diff": ("两版政策之比较", "Two policies compared"),
    "diff_summary": (
        "{} 个事项：{} 项证明不变，{} 项有变化，{} 项未能证明",
        "decisions: {}; proven equal: {}, changed: {}, not proven: {}",
    ),
    "diff_written": ("文字与规则的改动", "What is written otherwise"),
    "diff_changed": ("下列案件的结论有变化", "these cases are decided otherwise"),
    "diff_shown": ("所显示的内容有变化", "what it shows is not what it was"),
    "diff_unproven": ("未能证明不变", "not proven equal"),
    "diff_unsettled": (
        "是否还有下列变化，未能查清（没有找到案件，亦未证明没有）",
        "whether these change too is not settled (no case was found, nor proof that there is none)",
    ),
    "diff_added": ("新增的事项", "a new decision"),
    "diff_removed": ("删除的事项", "a decision that is gone"),
    "diff_population": ("实际案件中的变化", "Rows that change"),
    "diff_rows": (
        "{rows:,} 行，其中 {invalid:,} 行无效，{clash:,} 行的事实相互矛盾",
        "rows: {rows:,}, invalid: {invalid:,}, contradicted: {clash:,}",
    ),
    "rows_no_cases": (
        "{1:,} 行中有 {0:,} 行不是案件，未作比较",
        "rows that are no cases and were not compared: {0:,} of {1:,}",
    ),
    "rows_contradicted": (
        "{1:,} 行中有 {0:,} 行的事实相互矛盾，不下结论",
        "rows of which nothing is concluded, as their facts contradict each other: {0:,} of {1:,}",
    ),
    "diff_first_rows": ("（第 {rows} 行）", " (rows {rows})"),
    "diff_no_row": ("没有一行的结论改变", "no row changes"),
    "why_before": ("原来的理由", "why before"),
    "why_after": ("现在的理由", "why after"),
    "added": ("新增", "added"),
    "removed": ("删除", "removed"),
    "edited": ("修改", "edited"),
    "section_clauses": ("条文", "clause"),
    "section_rules": ("规则", "rule"),
    "section_conclusions": ("判断", "conclusion"),
    "section_readings": ("解释", "reading"),
    "section_decisions": ("事项", "decision"),
    "section_duties": ("职责", "duty"),
    "section_periods": ("期间", "period"),
    "section_groups": ("分类", "group"),
    "section_not_encoded": ("未编码条文", "clause not encoded"),
    "section_findings": ("认定事项", "finding"),
    "section_scalars": ("事实", "fact"),
    "section_records": ("记录", "record"),
    "section_measures": ("数值", "measure"),
    "section_tables": ("表", "table"),
}


def word(key: str, lang: Lang) -> str:
    """Return the word for ``key`` in a language.  Raises KeyError for a word that is not listed."""
    return _WORDS[key][0 if lang == "zh" else 1]


def status_word(status: str, lang: Lang) -> str:
    """Return what is said of a verdict without an outcome; of a profile, that it comes to none."""
    return word("profile_only" if status == "profile" else status, lang)


def stands(name: str, state: str) -> str:
    """Return whose sign a step shows: its state, and for a state of a duty how the duty stands by it.

    So ✗ says of every duty that it is violated, whether the step is that it was or a list of duties shows it.
    """
    kind, _, duty = name.partition(":")
    return _STANDS.get((duty.rpartition(":")[2], state), state) if kind == "duty" else state


def duty_stands(state: str, modality: str) -> tuple[str, str]:
    """Return the word for how a duty or right stands in a list of them, and whose sign it shows; a right shows none."""
    if state == "open" and modality == "may":
        return "right", ""
    return state, {"done": "met", "breached": "breached", "owed": "owed", "open": "open"}.get(state, "")


def colon(lang: Lang) -> str:
    """Return the colon of a language."""
    return "：" if lang == "zh" else ": "


def aside(words: str, lang: Lang) -> str:
    """Return words in the brackets of a language."""
    return pick(f"（{words}）", f" ({words})", lang)


def enumerated(parts: Iterable[str], lang: Lang, semicolons: bool = False) -> str:
    """Return parts as a list of a language; with ``semicolons`` those in which there may be commas."""
    between = ("；", "; ") if semicolons else ("、", ", ")
    return pick(*between, lang).join(parts)


def pick(zh: str, en: str, lang: Lang) -> str:
    """Return the Chinese or the English of a pair; the Chinese too where nobody gave the English."""
    return zh if lang == "zh" else en or zh
