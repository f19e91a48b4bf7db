"""What a policy holds, as tables to look through: its facts and its clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .corpus import Regulation
from .glossary import Glossary
from .loader import encoding_of
from .ruleset import RuleSet
from .table import Row, Table

_TYPES = {"int": "整数", "fraction": "分数", "date": "日期", "choice": "选项"}


def fact_table(glossary: Glossary, rules: RuleSet, used: Mapping[str, Iterable[str]]) -> Table:
    """Return a row for each fact that a case may give; ``used`` names the decisions that use it."""
    vocabulary = rules.vocabulary
    rows: list[Row] = []
    for name, thing in glossary.facts.items():
        section, kind, options = "findings", "是否", ""
        if name in vocabulary.scalars:
            scalar = vocabulary.scalars[name]
            section, kind = "scalars", _TYPES[scalar.type]
            options = "；".join(f"{option.label}（{key}）" for key, option in scalar.options.items())
        elif name in vocabulary.records:
            section, kind = "records", "列表"
            options = "；".join(f"{field.label}（{key}）" for key, field in vocabulary.records[name].fields.items())
        elif name == "as_of":
            kind = "日期"
        clauses = rules.clauses.get(f"{section}:{name}", ())
        rows.append(
            {
                "name": name, "label": thing.label, "en": thing.en, "kind": kind, "values": options,
                "question": glossary.question(name), "determined_by": getattr(thing, "determined_by", ""),
                "clauses": "、".join(one.short for one in glossary.names(clauses)),
                "decisions": "、".join(used.get(name, ())),
            }
        )  # fmt: skip
    heads = {
        "name": ("名称", "name"), "label": ("事实", "fact"), "en": ("英文", "English"), "kind": ("类型", "type"),
        "values": ("取值或栏目", "values or fields"), "question": ("问题", "question"),
        "determined_by": ("认定主体", "determined by"), "clauses": ("条文", "clause"), "decisions": ("用于", "used by"),
    }  # fmt: skip
    return Table(heads, rows)


def clause_table(glossary: Glossary, rules: RuleSet, regulations: Mapping[str, Regulation]) -> Table:
    """Return a row for each clause, in the order of the texts, with what embodies it or why nothing does."""
    encoding = encoding_of(rules)
    rows: list[Row] = []
    for regulation in regulations.values():
        for clause in regulation.clauses:
            entry = rules.not_encoded.get(clause.ref)
            rows.append(
                {
                    "ref": clause.ref, "clause": clause.short_citation, "text": clause.text,
                    "encoded_by": "、".join(encoding.get(clause.ref, ())), "not_encoded": entry.reason if entry else "",
                }
            )  # fmt: skip
    heads = {
        "ref": ("编号", "reference"), "clause": ("条文", "clause"), "text": ("原文", "text"),
        "encoded_by": ("编码为", "encoded by"), "not_encoded": ("未编码的理由", "why not encoded"),
    }  # fmt: skip
    return Table(heads, rows)
