"""``rudong-rules ask``."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from .. import layout, render
from ..bilingual import say
from ..errors import InputError, Problem, Span, Wrong
from ..interview import Asking, Interview
from ..policy import Policy, load
from ..wording import Lang, colon, enumerated, pick, word
from .app import command
from .asked import check_question
from .listing import Ending, Listing, Save
from .options import AsOf, Language, LanguageOption, Policies, Reading, as_lang, read_case, read_day
from .output import must_be_writable, write, write_document
from .typed import ask, options_of, refuse, value_of


@command(
    "逐题询问：先问最能缩小结论范围的事实，问完即得结论。"
    "回答值、编号，或直接回车（未查明）；< 上一题，! 保存，. 结束。"
    "列表逐项逐栏填写，填错一栏只改那一栏。",
    "ask",
)
def ask_for_facts(
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
    policy, tongue, wrong = load(policies), as_lang(lang), Wrong()
    document = wrong.take(read_case, str(case)) if case is not None and os.path.exists(case) else None
    day, readings = wrong.take(read_day, as_of), check_question(policy, [decision], reading, wrong)
    if document is not None:
        wrong.take(policy.reader.read, document.data, document)
    if case is not None and not os.path.isdir(case):
        wrong.take(must_be_writable, case)
    wrong.tell()
    interview = Interview(policy, decision, document.data if document else {}, as_of=day, readings=readings)
    save = partial(_save, case, interview.policy, tongue)
    asks = word("ask_keys" if interview.verdict.question.rungs else "no_outcome_to_ask_for", tongue)
    write(f"{asks}\n", None)
    try:
        while (question := interview.next()) is not None:
            _show(interview, question, tongue)
            if not _answered(interview, question, tongue, save):
                break
    except KeyboardInterrupt:
        _keep(case, save, interview.case)
        raise
    unsaved = _keep(case, save, interview.case)
    write_document(layout.with_signs(render.document(interview.verdict.data, tongue), tongue), "text", None)
    if unsaved is not None:
        raise unsaved


def _answered(interview: Interview, question: Asking, lang: Lang, save: Save) -> bool:
    """Take what is typed at a question; False when the interview is to end."""
    options = options_of(question.kind, question.options, lang)
    thing = None if question.fact == "as_of" else interview.policy.glossary.facts[question.fact]
    listing = None
    if question.record is not None:
        listing = Listing(interview, question.fact, question.record, lang, save, question.listed)
    try:
        if listing is not None and question.listed is not None:
            return _listed(interview, question.fact, listing, listing.fill(), interview.back)
        said = ask(options)
        if said == ".":
            return False
        if said == "!":
            save(interview.case)
        elif said == "<":
            interview.back()
        elif (value := value_of(said, thing, options)) is None:
            interview.not_known(question.fact)
        elif listing is not None:
            return _listed(interview, question.fact, listing, listing.ask(said), lambda: None)
        else:
            interview.answer(question.fact, value)
    except InputError as error:
        refuse(error, lang)
    return True


def _listed(interview: Interview, fact: str, listing: Listing, ending: Ending, back: Callable[[], object]) -> bool:
    """Take what was answered about a list, or go back; False when the interview is to end."""
    if ending == "back":
        back()
    else:
        interview.answer(fact, listing.value)
    return ending != "end"


def _show(interview: Interview, question: Asking, lang: Lang) -> None:
    """Write the question, below the outcomes that are not ruled out."""
    possible = map(interview.verdict.question.possible, interview.verdict.possible)
    left = enumerated((pick(one.label, one.en, lang) for one in possible), lang, semicolons=True)
    write(f"[{word('possible', lang)}{colon(lang)}{left}]\n", None)
    write(f"{pick(question.text, question.en, lang)}〔{question.fact}〕\n", None)
    if question.record is not None and question.listed is None:
        write(f"{word('how_many', lang)}\n", None)


def _keep(path: Path | None, save: Save, case: Mapping[str, Any]) -> InputError | None:
    """Save a case, where a file is named; where it cannot be, write it out and return why: no answer is lost."""
    if path is None:
        return None
    try:
        save(case)
    except InputError as error:
        write(json.dumps(case, ensure_ascii=False, indent=2) + "\n", None)
        return error
    return None


def _save(path: Path | None, policy: Policy, lang: Lang, case: Mapping[str, Any]) -> None:
    """Write a case: as JSON by id, else under the labels of the user's language.  Raises InputError."""
    if path is None:
        raise InputError([Problem(Span("CASE"), "no-file", say("no_file_to_save"), say("name_case_file"))])
    if path.suffix == ".json":
        write(json.dumps(case, ensure_ascii=False, indent=2) + "\n", path)
        return
    told = policy.reader.labels.labelled(case) if lang == "zh" else case
    write(yaml.safe_dump(dict(told), allow_unicode=True, sort_keys=False, width=1_000), path)
