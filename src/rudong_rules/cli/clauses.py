"""``rudong-rules clauses``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Annotated

import typer

from .. import layout
from ..accounting import ClauseFate, account
from ..bilingual import say
from ..errors import InputError, Problem
from ..policy import Policy, load
from ..wording import Lang, aside, colon, enumerated, pick, word
from .app import command
from .options import Format, FormatOption, Language, LanguageOption, Output, Policies, as_lang
from .output import write_document, write_json

_MARKS = {"encoded": "✓", "unaccounted": "✗"}
_SIGNS = {"✓": "encoded_by", "✗": "unaccounted"}


@command("列出条款及其去向：由什么编码，或为何不编码；也可只看一条的全文、各项及其去向。")
def clauses(
    regulation: Annotated[
        list[str] | None,
        typer.Argument(
            help="哪一部细则或哪一条，如“激励”“能上能下 第十一条”，默认全部"
            " / incentives, mobility or tolerance, or a clause: tolerance:3.1; default: all"
        ),
    ] = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """List every clause and what became of it: encoded by what, or not encoded and why; or one clause, in full."""
    policy = load(policies)
    named = " ".join(regulation or ()).strip()  # A citation has a space in it: 能上能下 第十一条.
    found = policy.regulation_names.find(named) if named else None
    clause = named if isinstance(found, Problem) else None
    if clause and isinstance(found, Problem):
        fates = _of_clause(policy, clause, found)
    else:
        fates = {name: account(policy, name) for name in policy.regulations if found in (None, name)}
    if format_ is Format.json:
        write_json({name: [asdict(fate) for fate in found] for name, found in fates.items()}, output)
    else:
        told = _one_section if clause else _clause_section
        sections = [told(policy, name, found, as_lang(lang)) for name, found in fates.items()]
        write_document(layout.with_signs(sections, as_lang(lang), _SIGNS), format_, output, as_lang(lang))


def _of_clause(policy: Policy, name: str, problem: Problem) -> dict[str, list[ClauseFate]]:
    """Return the fates of the clauses that a label names and of those below them.  Raises InputError for no clause."""
    refs = {one.ref for regulation in policy.regulations.values() for one in regulation.named(name)}
    if not refs:
        regulation, *label = name.split()
        if label and not isinstance(policy.regulation_names.find(regulation), Problem):
            problem = replace(problem, hint=say("its_clauses", name=regulation))
        raise InputError([problem])
    found = {one: [fate for fate in account(policy, one) if fate.ref in refs] for one in policy.regulations}
    return {one: kept for one, kept in found.items() if kept}


def _one_section(policy: Policy, name: str, fates: list[ClauseFate], lang: Lang) -> layout.Section:
    """Return some clauses in full, each with the ids of what encodes it."""
    lines = [line for fate in fates for line in _fate_lines(fate, policy.clause(fate.ref).body, lang, ids=True)]
    return layout.Section(policy.regulations[name].title, tuple(lines), 1)


def _clause_section(policy: Policy, name: str, fates: list[ClauseFate], lang: Lang) -> layout.Section:
    leaves = [fate for fate in fates if fate.leaf]
    count = [sum(fate.fate == kind for fate in leaves) for kind in ("encoded", "not_encoded", "unaccounted")]
    lines = [layout.Line(word("leaves", lang).format(len(leaves), *count), strong=True)]
    for fate in fates:
        body = policy.clause(fate.ref).body
        short = body if len(body) <= 40 else f"{body[:39]}…"
        lines += _fate_lines(fate, short, lang)
    return layout.Section(policy.regulations[name].title, tuple(lines), 1)


def _fate_lines(fate: ClauseFate, words: str, lang: Lang, ids: bool = False) -> Iterator[layout.Line]:
    """Yield a clause in these words, and below it what encodes it, or why nothing does."""
    yield layout.Line(f"{fate.label}　{words}", 0, _MARKS.get(fate.fate, layout.BLANK))
    for section, names in _grouped(fate, lang, ids).items():
        yield layout.Line(f"{word(section, lang)}{colon(lang)}{enumerated(names, lang, semicolons=True)}", 1)
    if fate.kind:
        part = aside(f"“{fate.quote}”", lang) if fate.quote else ""
        why = f"{word(fate.kind, lang)}{pick('——', ' – ', lang)}{pick(fate.reason, fate.reason_en, lang)}"
        yield layout.Line(f"{word('not_encoded', lang)}{part}{colon(lang)}{why}", 1)


def _grouped(fate: ClauseFate, lang: Lang, ids: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in fate.encoded_by:
        found.setdefault(one.section, []).append(pick(one.label, one.en, lang) + (f"〔{one.id}〕" if ids else ""))
    return found
