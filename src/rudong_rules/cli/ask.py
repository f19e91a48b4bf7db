"""``rudong-rules ask``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from .. import render
from ..bilingual import say
from ..errors import InputError, Problem, Span
from ..policy import load
from ..source import parse_document
from ..vocabulary import Record, RecordField
from ..wording import Lang, colon, pick, word
from .app import command
from .options import AsOf, Language, LanguageOption, Policies, Reading, as_lang, read_case, read_day, read_readings
from .output import write, write_document


@command(
    "逐题询问：先问最能缩小结论范围的事实，问完即得结论。回答值、编号，或直接回车（未查明）；< 上一题，! 保存，. 结束。"
)
def ask(
    decision: Annotated[str, typer.Option("--decision", "-d", help="须得出结论的事项 / decision to make")],
    case: Annotated[
        Path | None,
        typer.Argument(
            help="接着问的案件，有此文件则续问，并存于此 / case to go on with, if the file is there, and to save to"
        ),
    ] = None,
    as_of: AsOf = None,
    reading: Reading = None,
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
) -> None:
    """Ask for the facts of a case, the one that narrows the outcome most first, and decide it.

    Answers: a value, its number or nothing for "not known"; < goes back, ! saves, . ends.
    """
    from ..interview import Interview

    policy, tongue = load(policies), as_lang(lang)
    data = read_case(str(case)).data if case is not None and case.exists() else {}
    interview = Interview(policy, decision, data, as_of=read_day(as_of), readings=read_readings(reading))
    write(f"{word('ask_keys', tongue)}\n", None)
    while (question := interview.next()) is not None:
        verdict = interview.verdict
        left = "；".join(pick(one.label, one.en, tongue) for one in verdict.data.possible)
        write(f"[{word('possible', tongue)}{colon(tongue)}{left}]\n", None)
        write(f"{pick(question.text, question.en, tongue)}〔{question.fact}〕\n", None)
        if question.record is not None:
            write(f"{word('how_many', tongue)}\n", None)
        options = _options(question.kind, question.options, tongue)
        said = _read(options)
        if said == ".":
            break
        if said == "!":
            try:
                _save(case, interview.case)
            except InputError as error:
                write(f"{error}\n", None)
        elif said == "<":
            interview.back()
        else:
            try:
                if question.record is not None and said:
                    value: Any = _entries(question.record, said, tongue)
                else:
                    value = _value(said, question.kind, options)
                interview.answer(question.fact, value)
            except InputError as error:
                write(f"{error}\n", None)
    if case is not None:
        _save(case, interview.case)
    write_document(render.with_signs(render.document(interview.verdict.data, tongue), tongue), "text", None)


def _options(kind: str, options: Any, lang: Lang) -> list[tuple[str, str]]:
    if kind in ("yes_no", "bool"):
        return [("true", word("yes", lang)), ("false", word("no", lang))]
    return [(name, pick(named.label, named.en, lang)) for name, named in options.items()]


def _read(options: list[tuple[str, str]]) -> str:
    """Return what is typed; at the end of the input, that it ends."""
    shown = "  ".join(f"{nth} {label}" for nth, (_, label) in enumerate(options, 1))
    try:
        return input(f"{shown} > " if shown else "> ").strip()
    except EOFError:
        return "."


def _value(said: str, kind: str, options: list[tuple[str, str]]) -> Any:
    """Return the value that is meant: an option by number, id or label; None for nothing.  Raises InputError."""
    if not said:
        return None
    if options:
        named = {str(nth): name for nth, (name, _) in enumerate(options, 1)}
        named |= {label: name for name, label in options}
        said = named.get(said, said)
    if kind in ("yes_no", "bool", "int"):
        return parse_document(f"value: {said}\n", "ask").data["value"]
    return said


def _entries(record: Record, said: str, lang: Lang) -> dict[str, Any]:
    """Return a list asked for entry by entry, field by field; ``said`` is how many entries there are."""
    if not said.isdigit():
        found = parse_document(f"value: {said}\n", "ask").data["value"]
        return found if isinstance(found, dict) else {"entries": found}
    entries = []
    for _ in range(int(said)):
        typed = {name: _column(name, column, lang) for name, column in record.fields.items()}
        entries.append({name: value for name, value in typed.items() if value is not None})
    write(f"{word('complete', lang)}\n", None)
    options = _options("yes_no", {}, lang)
    return {"complete": _value(_read(options), "yes_no", options) is True, "entries": entries}


def _column(name: str, column: RecordField, lang: Lang) -> Any:
    write(f"  {pick(column.label, column.en, lang)}〔{name}〕\n", None)
    options = _options(column.type, column.options, lang)
    said = _read(options)
    if column.type == "choices" and said:
        return [_value(one.strip(), "choice", options) for one in said.split(",")]
    return _value(said, column.type, options) if said != "." else None


def _save(path: Path | None, case: dict[str, Any]) -> None:
    if path is None:
        raise InputError([Problem(Span("CASE"), "no-file", say("no_file_to_save"), say("name_case_file"))])
    if path.suffix == ".json":
        write(json.dumps(case, ensure_ascii=False, indent=2) + "\n", path)
    else:
        write(yaml.safe_dump(case, allow_unicode=True, sort_keys=False), path)
