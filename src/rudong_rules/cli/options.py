"""Options that several commands share, and how what is written on the command line is read."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .. import as_typed, periods
from ..bilingual import say
from ..complaints import day_hint
from ..errors import CaseError, InputError, Problem, Span, shown
from ..source import MAX_BYTES, Document, decode_text, parse_document, read_document
from ..wording import Lang


class Format(StrEnum):
    """The forms in which a result is written."""

    text = "text"
    json = "json"
    md = "md"
    html = "html"


class Language(StrEnum):
    """The languages of labels and questions."""

    zh = "zh"
    en = "en"


class EngineName(StrEnum):
    """The engines."""

    fixpoint = "fixpoint"
    durable = "durable"


CaseArgument = Annotated[
    str, typer.Argument(help="案件文件，- 为标准输入 / case file, YAML or JSON; - reads standard input")
]
Decisions = Annotated[
    list[str] | None,
    typer.Option(
        "--decision", "-d", help="须得出结论的事项，可重复，默认全部 / decision to make; may be repeated; default: all"
    ),
]
Engine = Annotated[EngineName, typer.Option("--engine", help="推理引擎 / engine that computes the verdict")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="以这一天为准 / decide for this day, YYYY-MM-DD")]
Reading = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        "-r",
        help="解释=选项，“解释=”为存疑，可重复；命令 readings 列出"
        " / ID=OPTION; ID= leaves it open; may be repeated; readings lists them",
    ),
]
Policies = Annotated[
    Path | None,
    typer.Option("--policies", help="另用此文件夹中的规则 / folder of policies instead of the shipped ones"),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="写到此文件 / file to write instead of standard output")
]
Open = Annotated[bool, typer.Option("--open", help="在浏览器中看 / show the result as a page in the browser")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="结果的格式 / how the result is written")]
LanguageOption = Annotated[Language, typer.Option("--lang", help="标签和问题的语言 / language of labels and questions")]


def as_lang(lang: Language) -> Lang:
    """Return the language of words for that of the option."""
    return "en" if lang is Language.en else "zh"


def page_format(format_: Format, open_: bool) -> Format:
    """Return the form to write: a page with ``--open``.  Raises CaseError where another form is asked for."""
    if not open_:
        return format_
    if format_ not in (Format.text, Format.html):
        problem = Problem(Span("--open"), "no-page", say("no_page", format=format_.value), say("write_html"))
        raise CaseError([problem])
    return Format.html


def read_case(path: str) -> Document:
    """Return the case in a file, or on standard input for ``-``.  Raises InputError."""
    if path != "-":
        return read_document(Path(path))
    if sys.stdin is None:
        raise InputError([Problem(Span("<stdin>"), "cannot-read", say("stdin_closed"), say("pipe_a_case"))])
    return parse_document(decode_text(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>"), "<stdin>")


def read_day(text: str | None) -> date | None:
    """Return the day given as ``--as-of``, None without one.  Raises CaseError."""
    if text is None:
        return None
    try:
        return periods.day(as_typed.day(text.strip()))
    except ValueError:
        problem = Problem(Span("--as-of"), "bad-date", say("not_day", value=shown(text)), day_hint(text))
        raise CaseError([problem]) from None


def read_readings(given: list[str] | None, problems: list[Problem]) -> dict[str, str | None]:
    """Return the option chosen of each reading named, None where it is left open; ``problems`` gets what is none."""
    found: dict[str, str | None] = {}
    for one in given or ():
        name, equals, option = one.partition("=")
        if not equals or name in found:
            message = say("given_twice" if equals else "no_choice", name=shown(name if equals else one))
            problems.append(Problem(Span("--reading"), "bad-reading", message, say("write_reading")))
        else:
            found[name] = option or None
    return found
