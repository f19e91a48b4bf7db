"""``rudong-rules readings``."""

from __future__ import annotations

from typing import Annotated

import typer

from .. import render
from ..policy import Policy, load
from ..wording import Lang, aside, colon, pick, word
from .app import command
from .options import Format, FormatOption, Language, LanguageOption, Output, Policies, as_lang
from .output import write_document, write_json


@command("列出解释：原文可作几种解释之处，各有哪些选项、默认哪项、理由和条文；编号供 -r 使用。")
def readings(
    text: Annotated[
        str | None, typer.Argument(help="只列含此文字或编号的 / only those that contain these words or this id")
    ] = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """List the readings: where a text is open, what may be chosen with -r, the default, its reason and the clause."""
    policy, tongue = load(policies), as_lang(lang)
    table = policy.reading_table
    found = table.find(text) if text else table
    if format_ is Format.json:
        write_json(found.records(), output)
        return
    sections = [_section(policy, row["name"], tongue) for row in found]
    sections.append(render.Section(word("readings_found", tongue).format(len(found), len(table)), level=1))
    write_document(sections, format_.value, output, tongue)


def _section(policy: Policy, name: str, lang: Lang) -> render.Section:
    body = policy.rules.readings[name]
    lines = []
    for option, named in body.options.items():
        default = aside(word("default", lang), lang) if option == body.default else ""
        said = f"-r {name}={option}　{pick(named.label, named.en, lang)}{default}"
        lines.append(render.Line(said, strong=option == body.default))
    lines.append(render.Line(f"{word('reason', lang)}{colon(lang)}{pick(body.reason, body.reason_en, lang)}"))
    cited = policy.glossary.names(policy.rules.clauses[f"readings:{name}"])
    lines.append(render.Line(f"{word('clause', lang)}{colon(lang)}{'、'.join(one.short for one in cited)}"))
    return render.Section(f"{pick(body.question, body.en, lang)}〔{name}〕", tuple(lines))
