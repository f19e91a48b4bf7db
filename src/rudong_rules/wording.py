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
    "readings": ("所采解释", "Readings relied on"),
    "citations": ("条文", "Clauses"),
    "digests": ("校验", "Digests"),
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
    # batches
    "batch_title": ("{rows:,} 行，其中 {invalid:,} 行无效", "{rows:,} rows, {invalid:,} of them invalid"),
    "decision": ("事项", "Decision"),
    "rows": ("行数", "Rows"),
    "not_given": ("最常未提供的事实", "Facts most often not given"),
    "invalid": ("无效", "invalid"),
    "rejected": ("{rows:,} 行无效，理由见 {file}", "{rows:,} rows are invalid; {file} says why"),
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
