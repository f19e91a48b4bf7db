"""``rudong-rules why``, ``why-not`` and ``what-if``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from ..as_typed import meant, within
from ..bilingual import say
from ..errors import Problem, Span, Wrong, shown
from ..explanations import WhatIf, Why, WhyNot
from ..policy import Policy
from ..source import parse_document
from .app import command
from .asked import read_asked
from .options import (
    AsOf,
    CaseArgument,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    Open,
    Output,
    Policies,
    Reading,
    as_lang,
    page_format,
)
from .output import show_page, write_document, write_json

_WIDE = {"＝", "：", ":"}
"""What is typed for the equals sign of a change by mistake."""
Decision = Annotated[str, typer.Option("--decision", "-d", help="要说明的事项 / decision to explain")]
Full = Annotated[bool, typer.Option("--full", help="列出全部步骤和各组事实 / list every step and every set")]


@command("说明理由：从事实到结论、缺一不可的步骤；--full 列出全部。")
def why(
    case: CaseArgument,
    decision: Decision,
    as_of: AsOf = None,
    reading: Reading = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    full: Full = False,
    open_: Open = False,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """Explain a verdict: the steps from facts to outcome, none of which can be spared; all with --full."""
    from .. import explain

    asked = read_asked(policies, case, [decision], as_of, reading)
    found = explain.why(asked.policy, asked.data, decision, full=full, **asked.how)
    _write(found, page_format(format_, open_), lang, full, open_, output)


@command("说明为何不是另一结论：有什么障碍，哪些事实会使之成立。", "why-not")
def why_not(
    case: CaseArgument,
    outcome: Annotated[str, typer.Argument(help="原以为的结论 / the outcome that was expected")],
    decision: Decision,
    as_of: AsOf = None,
    reading: Reading = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    full: Full = False,
    open_: Open = False,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """Say what stands in the way of an outcome, and which facts would bring it about."""
    from .. import explain

    def there_is(policy: Policy) -> None:
        name = policy.decisions.find(decision)
        if isinstance(name, str):
            policy.outcomes(name).the(outcome)

    asked = read_asked(policies, case, [decision], as_of, reading, there_is)
    found = explain.why_not(asked.policy, asked.data, decision, outcome, full=full, **asked.how)
    _write(found, page_format(format_, open_), lang, full, open_, output)


@command("改变事实再得结论：什么随之变动，经过哪些步骤。", "what-if")
def what_if(
    case: CaseArgument,
    decision: Decision,
    change: Annotated[
        list[str],
        typer.Option(
            "--set",
            "-s",
            help="事实=值，“事实=”为去掉，as_of、reading:ID 亦可，可重复"
            " / FACT=VALUE; FACT= removes it; as_of, reading:ID too; may be repeated",
        ),
    ],
    as_of: AsOf = None,
    reading: Reading = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    full: Full = False,
    open_: Open = False,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """Decide a case before and after changes: what moved, and through which steps."""
    from .. import counterfactual

    asked = read_asked(policies, case, [decision], as_of, reading, lambda policy: _checked(policy, change))
    changes = _changes(asked.policy, change, Wrong())
    found = counterfactual.what_if(asked.policy, asked.data, decision, changes, full=full, **asked.how)
    _write(found, page_format(format_, open_), lang, full, open_, output)


def _checked(policy: Policy, written: list[str]) -> None:
    """Raise InputError with all that is wrong with changes by themselves, whatever the case."""
    wrong = Wrong()
    for name, value in _changes(policy, written, wrong).items():
        reading = name.removeprefix("reading:")
        if name == reading:
            wrong.take(policy.reader.read, {name: value})
        else:
            wrong.take(policy.readings, {reading: value})
    wrong.problems = [replace(problem, span=Span("--set")) for problem in wrong.problems]
    wrong.tell()


def _changes(policy: Policy, written: list[str], wrong: Wrong) -> dict[str, Any]:
    """Return the value of each fact named, None where it is removed; ``wrong`` gets what is no change."""
    found: dict[str, Any] = {}
    for one in written:
        name, equals, text = one.partition("=")
        if not equals or name in found:
            message = say("given_twice", name=shown(name)) if equals else say("no_change", word=shown(one))
            hint = say("half_width_equals" if not equals and _WIDE & {*one} else "write_change")
            wrong.problems.append(Problem(Span("--set"), "bad-change", message, hint))
        elif name not in policy.reader.names and isinstance(reading := policy.reading_names.find(name), str):
            hint = say("set_reading", name=reading)
            wrong.problems.append(Problem(Span("--set"), "bad-change", say("a_reading", word=shown(name)), hint))
        else:
            found[name] = wrong.take(_value, policy, name, text)
    return found


def _value(policy: Policy, name: str, text: str) -> Any:
    """Return what is typed for a fact, or else the value that it is in YAML."""
    fact = policy.reader.names.get(name)
    typed = fact is not None and fact != "title"
    thing = policy.glossary.facts[fact] if fact is not None and fact not in ("title", "as_of") else None
    value = meant(text, thing) if typed else text
    if typed and value != text.strip():
        return value
    written = parse_document(f"value: {text}\n", "--set").data["value"] if text else None
    return within(written, thing) if typed else written


def _write(
    found: Why | WhyNot | WhatIf, format_: Format, lang: Language, full: bool, open_: bool, output: Path | None
) -> None:
    from .. import layout, render_explain

    if format_ is Format.json:
        write_json(found.model_dump(), output)
    elif format_ is Format.html:
        show_page(found.to_html(as_lang(lang)), output, open_)
    else:
        sections = render_explain.document(found, as_lang(lang), full)
        write_document(layout.with_signs(sections, as_lang(lang)), format_, output)
