"""The words of verdicts for people, in Chinese and English."""

from __future__ import annotations

from typing import Literal

Lang = Literal["zh", "en"]

_WORDS: dict[str, tuple[str, str]] = {
    # sections
    "opinion": ("各项结论", "Outcomes"),
    "outcome": ("结论", "Outcome"),
    "why": ("理由", "Why"),
    "profile": ("各项认定", "Findings in detail"),
    "missing": ("待查明的事实", "Still to be found out"),
    "contradictions": ("相互矛盾的事实", "Contradicted facts"),
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
    "shares": ("{} 种组合", "{} combinations"),
    "partial": ("解释过多，未逐一组合", "too many readings to combine them all"),
    "readings": ("所采解释", "Readings relied on"),
    "citations": ("条文", "Clauses"),
    "digests": ("校验", "Digests"),
    # what the checker proves, and finds
    "check": ("检查：{} 项，其中 {} 项沿用已有证明", "Check: {} claims, {} of them looked up"),
    "check_counts": ("证实 {}，反例 {}，未知 {}", "proven {}, refuted {}, unknown {}"),
    "check_scenarios": ("情景 {} 个，未通过 {} 个", "scenarios {}, failed {}"),
    "check_open": ("须修改或说明理由", "To be mended or accepted"),
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
    "found_unknown": ("尚不能证实：{}", "neither proven nor refuted: {}"),
    # status and modality
    "undetermined": ("尚不能认定", "undetermined"),
    "contradicted": ("事实相互矛盾，不作认定", "contradicted: nothing is decided"),
    "profile_only": ("只作分析，不作结论", "a profile, no outcome"),
    "possible": ("仍有可能", "still possible"),
    "shall": ("应当", "shall"),
    "may": ("可以", "may"),
    "must_not": ("不得", "must not"),
    "none": ("", ""),
    "as_of": ("截至", "as of"),
    "unused": ("（未涉及）", " (no fact given)"),
    # facts
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "true": ("是", "yes"),
    "false": ("否", "no"),
    "unknown": ("未查明", "unknown"),
    "follows_from": ("由“{}”可知", "follows from “{}”"),
    "settles": ("查明即可认定", "settles it alone"),
    "settles_with": ("须与另外 {} 项一并查明", "settles it with {} more"),
    "and_more": ("……另有 {} 项，--full 全部列出", "… and {} more, listed with --full"),
    "see_above": ("（见上）", "(see above)"),
    "favourable": ("有利", "favourable"),
    "unfavourable": ("不利", "unfavourable"),
    # duties
    "owed": ("待办", "owed"),
    "done": ("已办", "done"),
    "breached": ("已违反", "breached"),
    "open": ("已发生", "arisen"),
    "standing": ("常态", "standing practice"),
    "right": ("权利", "right"),
    # readings
    "default": ("默认", "default"),
    "chosen": ("选定", "chosen"),
    "reason": ("理由", "reason"),
    # explanations
    "why_not": ("为何不是", "Why not"),
    "obstacles": ("障碍", "What stands in the way"),
    "unknown_ways": ("查明下列事实之一组，即可认定", "Any one of these sets of unknown facts brings it about"),
    "different_ways": ("下列事实之一组若有不同，即可认定", "Any one of these sets of facts, were they different"),
    "way": ("第 {} 组", "set {}"),
    "more_ways": ("可能还有更多，未全部列出", "there may be more sets than are listed"),
    "no_ways": ("没有", "none"),
    "now": ("现为 {}", "now {}"),
    "or": ("或", " or "),
    "already": ("即为现结论", "it is the outcome already"),
    "hidden": ("另有 {} 步，--full 全部列出", "{} more steps, listed with --full"),
    "how_many": ("有几项？可直接写 [{…}, …]", "how many entries? or write [{…}, …]"),
    "ask_keys": (
        "直接回车：未查明　<：上一题　!：保存　.：结束",
        "enter: not known  <: go back  !: save  .: end",
    ),
    "complete": ("以上是否为全部？", "is that all of them?"),
    "what_if": ("假如", "What if"),
    "changes": ("改变", "Changes"),
    "before": ("改变前", "before"),
    "after": ("改变后", "after"),
    "moved": ("随之变动", "What moved"),
    "nothing_moved": ("没有变动", "nothing moved"),
    "gained": ("新成立的步骤", "Steps that hold now"),
    "lost": ("不再成立的步骤", "Steps that hold no more"),
    # clauses
    "clause": ("条文", "Clause"),
    "text": ("原文", "Text"),
    "became": ("去向", "What became of it"),
    "encoded_by": ("已编码", "encoded"),
    "not_encoded": ("未编码", "not encoded"),
    "unaccounted": ("未交代", "unaccounted for"),
    "heading": ("标题", "heading"),
    "findings": ("认定", "findings"),
    "scalars": ("事实", "facts"),
    "rules": ("规则", "rules"),
    "decisions": ("决定", "decisions"),
    "outcomes": ("结论", "outcomes"),
    "regulation": ("解释权", "interpretation"),
    "purpose": ("目的", "purpose"),
    "principle": ("原则", "principle"),
    "exhortation": ("号召", "exhortation"),
    "delegation": ("授权", "delegation"),
    "institution": ("制度建设", "institution building"),
    "title": ("标题", "title"),
    "leaves": (
        "{} 个末级条款：{} 个已编码，{} 个列明不编码，{} 个未交代",
        "{} leaf clauses: {} encoded, {} listed as not encoded, {} unaccounted for",
    ),
}


def word(key: str, lang: Lang) -> str:
    """Return the word for ``key`` in a language.  Raises KeyError for a word that is not listed."""
    return _WORDS[key][0 if lang == "zh" else 1]


def colon(lang: Lang) -> str:
    """Return the colon of a language."""
    return "：" if lang == "zh" else ": "


def pick(zh: str, en: str, lang: Lang) -> str:
    """Return the Chinese or the English of a pair."""
    return zh if lang == "zh" else en
