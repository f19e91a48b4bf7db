"""What a policy holds, as tables to look through: its facts and its clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .corpus import Regulation
from .glossary import Glossary
from .loader import encoding_of
from .ruleset import RuleSet
from .table import Row, Table

_TYPES = {
    "int": ("整数", "whole number"), "fraction": ("分数", "fraction"), "date": ("日期", "date"),
    "choice": ("选项", "choice"), "choices": ("可多选", "choices"), "bool": ("是否", "yes or no"),
    "text": ("文字", "text"), "list": ("列表", "list"),
}  # fmt: skip


def kind_of(type_: str) -> tuple[str, str]:
    """Return what a type of values is called, in Chinese and in English.  Raises KeyError."""
    return _TYPES[type_]


def fact_table(glossary: Glossary, rules: RuleSet, used: Mapping[str, Iterable[str]]) -> Table:
    """Return a row for each fact that a case may give; ``used`` names the decisions that use it."""
    vocabulary = rules.vocabulary
    rows: list[Row] = []
    for name, thing in glossary.facts.items():
        section, kind, options = "findings", kind_of("bool"), ""
        if name in vocabulary.scalars:
            scalar = vocabulary.scalars[name]
            section, kind = "scalars", kind_of(scalar.type)
            options = "；".join(f"{option.label}（{key}）" for key, option in scalar.options.items())
        elif name in vocabulary.records:
            section, kind = "records", kind_of("list")
            options = "；".join(f"{field.label}（{key}）" for key, field in vocabulary.records[name].fields.items())
        elif name == "as_of":
            kind = kind_of("date")
        clauses = rules.clauses.get(f"{section}:{name}", ())
        poles = getattr(thing, "poles", None)
        rows.append(
            {
                "name": name, "label": thing.label, "en": thing.en, "kind": kind[0], "kind_en": kind[1],
                "values": options,
                "yes": poles.favourable if poles else "", "no": poles.unfavourable if poles else "",
                "question": glossary.question(name), "determined_by": getattr(thing, "determined_by", ""),
                "determined_by_en": getattr(thing, "determined_by_en", ""),
                "clauses": tuple(one.short for one in glossary.names(clauses)),
                "decisions": tuple(used.get(name, ())),
            }
        )  # fmt: skip
    heads = {
        "name": ("名称", "name"), "label": ("事实", "fact"), "en": ("英文", "English"), "kind": ("类型", "type"),
        "kind_en": ("类型（英文）", "type in English"),
        "values": ("取值或栏目", "values or fields"),
        "yes": ("答是，即认定", "yes finds"), "no": ("答否，即认定", "no finds"), "question": ("问题", "question"),
        "determined_by": ("认定主体", "determined by"),
        "determined_by_en": ("认定主体（英文）", "determined by, in English"),
        "clauses": ("条文", "clause"), "decisions": ("用于", "used by"),
    }  # fmt: skip
    return Table(heads, rows)


def reading_table(glossary: Glossary, rules: RuleSet) -> Table:
    """Return a row for each reading: the question, what may be chosen, the default and why, and what is read."""
    rows: list[Row] = []
    for name, reading in rules.readings.items():
        options = "；".join(f"{option.label}（{key}）" for key, option in reading.options.items())
        refs = rules.clauses[f"readings:{name}"]
        rows.append(
            {
                "name": name, "question": reading.question, "en": reading.en, "options": options,
                "default": reading.default, "default_label": reading.options[reading.default].label,
                "reason": reading.reason, "reason_en": reading.reason_en,
                "clauses": tuple(one.short for one in glossary.names(refs)),
                "text": "　".join(glossary.clause(ref).text for ref in refs),
            }
        )  # fmt: skip
    heads = {
        "name": ("名称", "name"), "question": ("问题", "question"), "en": ("英文", "English"),
        "options": ("选项", "options"), "default": ("默认", "default"), "default_label": ("默认选项", "default option"),
        "reason": ("理由", "reason"), "reason_en": ("理由（英文）", "reason in English"), "clauses": ("条文", "clause"),
        "text": ("原文", "text"),
    }  # fmt: skip
    return Table(heads, rows)


def clause_table(rules: RuleSet, regulations: Mapping[str, Regulation]) -> Table:
    """Return a row for each clause, in the order of the texts, with what embodies it or why nothing does."""
    encoding = encoding_of(rules)
    rows: list[Row] = []
    for regulation in regulations.values():
        for clause in regulation.clauses:
            entry = rules.not_encoded.get(clause.ref)
            rows.append(
                {
                    "ref": clause.ref, "clause": clause.short_citation, "text": clause.text,
                    "encoded_by": tuple(encoding.get(clause.ref, ())), "not_encoded": entry.reason if entry else "",
                    "not_encoded_en": entry.reason_en if entry else "",
                }
            )  # fmt: skip
    heads = {
        "ref": ("编号", "reference"), "clause": ("条文", "clause"), "text": ("原文", "text"),
        "encoded_by": ("编码为", "encoded by"), "not_encoded": ("未编码的理由", "why not encoded"),
        "not_encoded_en": ("未编码的理由（英文）", "why not encoded, in English"),
    }  # fmt: skip
    return Table(heads, rows)
