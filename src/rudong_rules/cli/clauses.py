"""``rudong-rules clauses``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from .. import render
from ..accounting import ClauseFate, account
from ..policy import Policy, load
from ..wording import Lang, aside, colon, pick, word
from .app import command
from .options import Format, FormatOption, Language, LanguageOption, Output, Policies, as_lang
from .output import write_document, write_json

_MARKS = {"encoded": "✓", "unaccounted": "✗"}
_SIGNS = {"✓": "encoded_by", "✗": "unaccounted"}


@command("列出条款及其去向：由什么编码，或为何不编码。")
def clauses(
    regulation: Annotated[
        str | None,
        typer.Argument(help="激励、能上能下或容错，默认全部 / incentives, mobility or tolerance; default: all"),
    ] = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """List every clause and what became of it: encoded by what, or not encoded and why."""
    policy = load(policies)
    named = policy.regulations if regulation is None else [policy.regulation_names.the(regulation)]
    fates = {name: account(policy, name) for name in named}
    if format_ is Format.json:
        write_json({name: [asdict(fate) for fate in found] for name, found in fates.items()}, output)
    else:
        sections = [_clause_section(policy, name, found, as_lang(lang)) for name, found in fates.items()]
        write_document(render.with_signs(sections, as_lang(lang), _SIGNS), format_, output, as_lang(lang))


def _clause_section(policy: Policy, name: str, fates: list[ClauseFate], lang: Lang) -> render.Section:
    leaves = [fate for fate in fates if fate.leaf]
    count = [sum(fate.fate == kind for fate in leaves) for kind in ("encoded", "not_encoded", "unaccounted")]
    lines = [render.Line(word("leaves", lang).format(len(leaves), *count), strong=True)]
    for fate in fates:
        body = policy.clause(fate.ref).body
        short = body if len(body) <= 40 else f"{body[:39]}…"
        lines.append(render.Line(f"{fate.label}　{short}", 0, _MARKS.get(fate.fate, render.BLANK)))
        between = pick("；", "; ", lang)
        for section, names in _grouped(fate, lang).items():
            lines.append(render.Line(f"{word(section, lang)}{colon(lang)}{between.join(names)}", 1))
        if fate.kind:
            part = aside(f"“{fate.quote}”", lang) if fate.quote else ""
            said = f"{word('not_encoded', lang)}{part}{colon(lang)}{word(fate.kind, lang)}——{fate.reason}"
            lines.append(render.Line(said, 1))
    return render.Section(policy.regulations[name].title, tuple(lines), 1)


def _grouped(fate: ClauseFate, lang: Lang) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in fate.encoded_by:
        found.setdefault(one.section, []).append(pick(one.label, one.en, lang))
    return found
