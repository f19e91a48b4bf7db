"""The command ``rudong-rules``.

Exit codes: 0 done, 1 found something, 2 bad input, with every problem on standard error.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import TypeAdapter
from rich.console import Console

from . import __version__, periods, render
from .accounting import ClauseFate, account
from .complaints import nearest
from .errors import CaseError, InputError, Problem, RudongRulesError, Span
from .opinion import Opinion
from .parts import FILES
from .policy import Policy, load
from .robustness import Robustness, robustness
from .ruleset import RegulationFile
from .source import MAX_BYTES, Document, decode_text, parse_document, read_document
from .verdict import Verdict
from .wording import Lang, pick, word

WIDTH = 100
"""Columns of text that goes to a pipe or a file."""
_ESCAPES = {code: f"\\u{code:04x}" for code in render.CONTROLS if code != ord("\n")}
"""Only a string of JSON can hold these, and there an escape says the same."""

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Decide personnel cases under executable regulations, with the clauses that each verdict rests on.",
)  # fmt: skip


class Format(StrEnum):
    """The forms in which a result is written."""

    text = "text"
    json = "json"
    md = "md"


class Language(StrEnum):
    """The languages of labels and questions."""

    zh = "zh"
    en = "en"


class EngineName(StrEnum):
    """The engines."""

    fixpoint = "fixpoint"
    durable = "durable"


class SchemaName(StrEnum):
    """What a JSON Schema describes."""

    case = "case"
    rules = "rules"


Policies = Annotated[Path | None, typer.Option("--policies", help="Folder of policies instead of the shipped ones.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of standard output.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How the result is written.")]
LanguageOption = Annotated[Language, typer.Option("--lang", help="Language of labels and questions.")]


def main() -> NoReturn:
    """Run the command; problems of the input go to standard error, never as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show Chinese gets escapes instead of a crash.
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except RudongRulesError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    sys.exit(0)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        _write(f"rudong-rules {__version__}\n", None)
        raise typer.Exit


@app.command()
def decide(
    case: Annotated[str, typer.Argument(help="Case file, YAML or JSON; - reads standard input.")],
    decision: Annotated[
        list[str] | None, typer.Option("--decision", "-d", help="Decision to make; may be repeated. Default: all.")
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Decide for this day, YYYY-MM-DD.")] = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", "-r", help="ID=OPTION; ID= leaves the question open.")
    ] = None,
    engine: Annotated[EngineName, typer.Option("--engine", help="Engine that computes the verdict.")] = (
        EngineName.fixpoint
    ),
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    robust: Annotated[
        bool, typer.Option("--robust", help="Say whether each outcome holds under other readings; needs -d.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="List every missing fact and the reasons of readings.")] = False,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """Decide a case: outcome, why, what is missing, duties, and the clauses with their text."""
    policy = load(policies)
    document = _read_case(case)
    day, readings = _day(as_of), _readings(reading or [])

    def one(name: str | None) -> Verdict | Opinion:
        return policy.decide(document.data, name, as_of=day, readings=readings, engine=engine.value, document=document)

    if robust and not decision:
        problem = Problem(Span("--robust"), "no-decision", "no decision is named", "name it with -d")
        raise CaseError([problem])
    results = [one(name) for name in decision] if decision else [one(None)]
    found: list[Robustness | None] = [None] * len(results)
    if robust:
        found = [robustness(policy, document.data, name, as_of=day, readings=readings) for name in decision or ()]
    if format_ is Format.json:
        verdicts = [json.loads(result.to_json()) for result in results]
        written = [
            {"verdict": verdict, "robustness": more.model_dump()} if more else verdict
            for verdict, more in zip(verdicts, found, strict=True)
        ]
        _write_json(written[0] if len(written) == 1 else written, output)
    else:
        sections: list[render.Section] = []
        for result, more in zip(results, found, strict=True):
            sections += render.document(result.data, _lang(lang), full)
            sections += [render.robustness_section(more, _lang(lang))] if more else []
        _write_document(sections, format_, output)


@app.command()
def clauses(
    regulation: Annotated[str | None, typer.Argument(help="incentives, tolerance or mobility. Default: all.")] = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """List every clause and what became of it: encoded by what, or not encoded and why."""
    policy = load(policies)
    if regulation is not None and regulation not in policy.regulations:
        known = policy.regulations
        hint = nearest(regulation, known)
        message = f"there is no regulation {regulation!r}"
        raise InputError([Problem(Span("regulation"), "unknown-regulation", message, hint)])
    fates = {name: account(policy, name) for name in policy.regulations if regulation is None or name == regulation}
    if format_ is Format.json:
        _write_json({name: [asdict(fate) for fate in found] for name, found in fates.items()}, output)
    else:
        sections = [_clause_section(policy, name, found, _lang(lang)) for name, found in fates.items()]
        _write_document(sections, format_, output)


@app.command()
def schema(
    what: Annotated[SchemaName, typer.Argument(help="The facts of a case, or the files of a policy.")] = (
        SchemaName.case
    ),
    policies: Policies = None,
    output: Output = None,
) -> None:
    """Print the JSON Schema of a case, or of the files of a policy."""
    if what is SchemaName.case:
        _write_json(load(policies).Case.model_json_schema(), output)
    else:
        files = {"regulation": RegulationFile, **FILES}
        _write_json({f"{stem}.yaml": TypeAdapter(kind).json_schema() for stem, kind in files.items()}, output)


# --- reading ---------------------------------------------------------------------------------------------------------


def _lang(lang: Language) -> Lang:
    return "en" if lang is Language.en else "zh"


def _read_case(path: str) -> Document:
    if path != "-":
        return read_document(Path(path))
    if sys.stdin is None:
        raise InputError([Problem(Span("<stdin>"), "cannot-read", "standard input is closed", "pipe a case into it")])
    return parse_document(decode_text(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>"), "<stdin>")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return periods.day(text)
    except ValueError:
        problem = Problem(Span("--as-of"), "bad-date", f"{text!r} is not a date that exists", "write YYYY-MM-DD")
        raise CaseError([problem]) from None


def _readings(given: list[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    problems = []
    for one in given:
        name, equals, option = one.partition("=")
        if not equals or name in found:
            message = f"{name!r} is given twice" if equals else f"{one!r} is no choice of a reading"
            problems.append(Problem(Span("--reading"), "bad-reading", message, "write ID=OPTION, each reading once"))
        found[name] = option or None
    if problems:
        raise CaseError(problems)
    return found


# --- writing ---------------------------------------------------------------------------------------------------------


def _clause_section(policy: Policy, name: str, fates: list[ClauseFate], lang: Lang) -> render.Section:
    leaves = [fate for fate in fates if fate.leaf and fate.fate != "title"]
    count = [sum(fate.fate == kind for fate in leaves) for kind in ("encoded", "not_encoded", "unaccounted")]
    lines = [render.Line(word("leaves", lang).format(len(leaves), *count), strong=True)]
    marks = {"encoded": "✓", "unaccounted": "✗"}
    for fate in fates:
        body = policy.clause(fate.ref).body
        short = body if len(body) <= 40 else f"{body[:39]}…"
        lines.append(render.Line(f"{fate.label}　{short}", 0, marks.get(fate.fate, "")))
        for section, names in _grouped(fate, lang).items():
            lines.append(render.Line(f"{word(section, lang)}：{'；'.join(names)}", 1))
        if fate.kind:
            part = f"（“{fate.quote}”）" if fate.quote else ""
            said = f"{word('not_encoded', lang)}{part}：{word(fate.kind, lang)}——{fate.reason}"
            lines.append(render.Line(said, 1))
    return render.Section(policy.regulations[name].title, tuple(lines), 1)


def _grouped(fate: ClauseFate, lang: Lang) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in fate.encoded_by:
        found.setdefault(one.section, []).append(pick(one.label, one.en, lang))
    return found


def _write_document(sections: list[render.Section], format_: Format, output: Path | None) -> None:
    if format_ is Format.md:
        _write(render.markdown(sections), output)
    elif output is None and sys.stdout is not None and sys.stdout.isatty():
        render.show(sections, Console(highlight=False))
    else:
        plain = StringIO()
        render.show(sections, Console(file=plain, width=WIDTH, color_system=None, highlight=False))
        _write("".join(f"{line.rstrip()}\n" for line in plain.getvalue().splitlines()), output)


def _write_json(data: Any, output: Path | None) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
    _write(text.translate(_ESCAPES) + "\n", output)


def _write(text: str, output: Path | None) -> None:
    try:
        if output is not None:
            output.write_text(text, encoding="utf-8")
        elif sys.stdout is not None:
            sys.stdout.write(text)
            sys.stdout.flush()
    except OSError as error:
        if output is None:
            # What is left in the buffer has nowhere to go: Python must not try once more when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return  # The reader of our output has what it wanted.
        name = "standard output" if output is None else str(output)
        hint = "write somewhere else" if output is None else "name a file that can be made"
        raise InputError([Problem(Span(name), "cannot-write", error.strerror or str(error), hint)]) from None
