"""``rudong-rules facts``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from .. import render
from ..catalogue import kind_of
from ..policy import Policy, load
from ..vocabulary import Named
from ..wording import Lang, colon, pick, word
from .app import command
from .options import Format, FormatOption, Language, LanguageOption, Output, Policies, as_lang
from .output import write_document, write_json


@command("列出案件可写的事实：名称、编号、类型、可选的值、栏目、问题、条文和用于哪些事项；可按文字查找。")
def facts(
    text: Annotated[
        str | None, typer.Argument(help="只列含此文字或编号的 / only those that contain these words or this id")
    ] = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """List the facts that a case may give: names, ids, types, values, columns, questions, clauses, and their uses."""
    policy, tongue = load(policies), as_lang(lang)
    table = policy.facts
    found = table.find(text) if text else table
    if format_ is Format.json:
        write_json(found.records(), output)
        return
    sections = [render.Section(_title(row, tongue), tuple(_lines(policy, row, tongue))) for row in found]
    sections.append(render.Section(word("facts_found", tongue).format(len(found), len(table)), level=1))
    write_document(sections, format_.value, output, tongue)


def _title(row: Mapping[str, Any], lang: Lang) -> str:
    return f"{pick(row['label'], row['en'], lang)}〔{row['name']}〕{pick(row['kind'], row['kind_en'], lang)}"


def _lines(policy: Policy, row: Mapping[str, Any], lang: Lang) -> Iterator[render.Line]:
    name, rules = row["name"], policy.rules
    yield render.Line(row["question"])
    if name in rules.vocabulary.scalars and rules.vocabulary.scalars[name].options:
        yield render.Line(_options(rules.vocabulary.scalars[name].options, lang))
    if name in rules.vocabulary.records:
        for key, column in rules.vocabulary.records[name].fields.items():
            options = f"{colon(lang)}{_options(column.options, lang)}" if column.options else ""
            needed = f"，{word('needed_column', lang)}" if column.required else ""
            kind = pick(*kind_of(column.type), lang)
            yield render.Line(f"{pick(column.label, column.en, lang)}〔{key}〕{kind}{needed}{options}", 1)
    for key, what in (("determined_by", "who"), ("clauses", "clause")):
        if row[key]:
            yield render.Line(f"{word(what, lang)}{colon(lang)}{row[key]}")
    if row["decisions"]:
        used = (rules.decisions[one] for one in row["decisions"].split("、"))
        named = "、".join(pick(one.label, one.en, lang) for one in used)
        yield render.Line(f"{word('used_by', lang)}{colon(lang)}{named}")


def _options(options: Mapping[str, Named], lang: Lang) -> str:
    return pick("；", "; ", lang).join(f"{pick(one.label, one.en, lang)}〔{key}〕" for key, one in options.items())
