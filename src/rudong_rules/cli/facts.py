"""``rudong-rules facts``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..catalogue import kind_of
from ..layout import Line, Section
from ..policy import Policy, load
from ..table import Row
from ..vocabulary import Named
from ..wording import Lang, colon, enumerated, pick, word
from .app import command
from .options import Format, FormatOption, Language, LanguageOption, Output, Policies, as_lang
from .tables import Sought, write_table


@command("列出案件可写的事实：名称、编号、类型、可选的值、栏目、问题、条文和用于哪些事项；可按文字查找。")
def facts(
    text: Sought = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """List the facts that a case may give: names, ids, types, values, columns, questions, clauses, and their uses."""
    policy, tongue = load(policies), as_lang(lang)

    def section(row: Row) -> Section:
        return Section(_title(row, tongue), tuple(_lines(policy, row, tongue)))

    write_table(policy.facts, text, section, "facts_found", format_, tongue, output)


def _title(row: Row, lang: Lang) -> str:
    return f"{pick(row['label'], row['en'], lang)}〔{row['name']}〕{pick(row['kind'], row['kind_en'], lang)}"


def _lines(policy: Policy, row: Row, lang: Lang) -> Iterator[Line]:
    name, rules = row["name"], policy.rules
    if lang == "zh":
        # There are no questions in English: the label above says what is asked, and between what.
        yield Line(row["question"])
        if row["yes"]:
            yield Line(word("poles", lang).format(yes=row["yes"], no=row["no"]))
    if name in rules.vocabulary.scalars and rules.vocabulary.scalars[name].options:
        yield Line(_options(rules.vocabulary.scalars[name].options, lang))
    if name in rules.vocabulary.records:
        for key, column in rules.vocabulary.records[name].fields.items():
            options = f"{colon(lang)}{_options(column.options, lang)}" if column.options else ""
            needed = f"{pick('，', ', ', lang)}{word('needed_column', lang)}" if column.required else ""
            kind = pick(*kind_of(column.type), lang)
            yield Line(f"{pick(column.label, column.en, lang)}〔{key}〕{kind}{needed}{options}", 1)
    determined_by, clauses = pick(row["determined_by"], row["determined_by_en"], lang), enumerated(row["clauses"], lang)
    for what, said in (("who", determined_by), ("clause", clauses)):
        if said:
            yield Line(f"{word(what, lang)}{colon(lang)}{said}")
    if row["decisions"]:
        used = (rules.decisions[one] for one in row["decisions"])
        named = enumerated((pick(one.label, one.en, lang) for one in used), lang)
        yield Line(f"{word('used_by', lang)}{colon(lang)}{named}")


def _options(options: Mapping[str, Named], lang: Lang) -> str:
    named = (f"{pick(one.label, one.en, lang)}〔{key}〕" for key, one in options.items())
    return enumerated(named, lang, semicolons=True)
