"""``rudong-rules decide``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from .. import layout, render, render_explain
from ..bilingual import say
from ..errors import CaseError, Problem, Span
from ..opinion import Opinion
from ..policy import Policy
from ..verdict import Verdict
from .app import command
from .asked import read_asked
from .options import (
    AsOf,
    CaseArgument,
    Decisions,
    Engine,
    EngineName,
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


@command("对案件得出结论：结论、理由、待查明的事实、职责和条文原文。结论仅供参考，认定和决定由有权的人员和组织作出。")
def decide(
    case: CaseArgument,
    decision: Decisions = None,
    as_of: AsOf = None,
    reading: Reading = None,
    engine: Engine = EngineName.fixpoint,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    robust: Annotated[
        bool,
        typer.Option(
            "--robust",
            help="换一种解释结论是否不变，须用 -d / say whether each outcome holds under other readings; needs -d",
        ),
    ] = False,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="列出全部待查事实和各解释的理由 / list every missing fact and the reasons of readings"
        ),
    ] = False,
    open_: Open = False,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """Decide a case: outcome, why, what is missing, duties, and the clauses with their text."""

    def robust_names_one(_: Policy) -> None:
        if robust and not decision:
            problem = Problem(Span("--robust"), "no-decision", say("no_decision_named"), say("name_with_d"))
            raise CaseError([problem])

    asked = read_asked(policies, case, decision or (), as_of, reading, robust_names_one)
    policy = asked.policy

    def one(name: str | None) -> Verdict | Opinion:
        return policy.decide(asked.data, name, engine=engine.value, **asked.how)

    results = [one(name) for name in decision] if decision else [one(None)]
    found = [one.robustness() if robust and isinstance(one, Verdict) else None for one in results]
    format_ = page_format(format_, open_)
    if format_ is Format.json:
        verdicts = [json.loads(result.to_json()) for result in results]
        written = [
            {"verdict": verdict, "robustness": more.model_dump()} if more else verdict
            for verdict, more in zip(verdicts, found, strict=True)
        ]
        write_json(written[0] if len(written) == 1 else written, output)
    elif format_ is Format.html and len(results) == 1:
        show_page(results[0].to_html(as_lang(lang), found[0]), output, open_)
    elif format_ is Format.html:
        raise CaseError([Problem(Span("--format"), "no-page", say("one_page"), say("d_once_or_not"))])
    else:
        sections: list[layout.Section] = []
        for result, more in zip(results, found, strict=True):
            sections += render.document(result.data, as_lang(lang), full)
            sections += render_explain.robustness_sections(more, as_lang(lang)) if more else []
        write_document(layout.with_signs(sections, as_lang(lang)), format_, output)
