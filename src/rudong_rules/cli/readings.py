"""``rudong-rules readings``."""

from __future__ import annotations

from ..layout import Line, Section
from ..policy import Policy, load
from ..table import Row
from ..wording import Lang, aside, colon, pick, word
from .app import command
from .options import Format, FormatOption, Language, LanguageOption, Output, Policies, as_lang
from .tables import Sought, write_table


@command("列出解释：原文可作几种解释之处，各有哪些选项、默认哪项、理由和条文；编号供 -r 使用。")
def readings(
    text: Sought = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """List the readings: where a text is open, what may be chosen with -r, the default, its reason and the clause."""
    policy, tongue = load(policies), as_lang(lang)

    def section(row: Row) -> Section:
        return _section(policy, row["name"], tongue)

    write_table(policy.reading_table, text, section, "readings_found", format_, tongue, output)


def _section(policy: Policy, name: str, lang: Lang) -> Section:
    body = policy.rules.readings[name]
    lines = []
    for option, named in body.options.items():
        default = aside(word("default", lang), lang) if option == body.default else ""
        said = f"-r {name}={option}　{pick(named.label, named.en, lang)}{default}"
        lines.append(Line(said, strong=option == body.default))
    lines.append(Line(f"{word('reason', lang)}{colon(lang)}{pick(body.reason, body.reason_en, lang)}"))
    cited = policy.glossary.names(policy.rules.clauses[f"readings:{name}"])
    lines.append(Line(f"{word('clause', lang)}{colon(lang)}{'、'.join(one.short for one in cited)}"))
    return Section(f"{pick(body.question, body.en, lang)}〔{name}〕", tuple(lines))
