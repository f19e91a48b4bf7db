"""``rudong-rules check``."""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import layout
from ..bilingual import say
from ..errors import InputError, Problem, Span, system_said
from ..policy import Policy, load, shipped_policies
from ..wording import Lang, colon, pick, word
from .app import command
from .options import Language, LanguageOption, Output, as_lang
from .output import write, write_document, write_json

if TYPE_CHECKING:
    from ..analysis.check import Checked


class CheckFormat(StrEnum):
    """The forms in which a check is written."""

    text = "text"
    json = "json"
    sarif = "sarif"
    junit = "junit"
    github = "github"


@command("证明规则集的性质：完整、一致、没有无用的部分；不成立之处以案件为证。")
def check(
    policies: Annotated[
        Path | None, typer.Argument(help="规则文件夹，默认所附规则 / folder of policies; default: the shipped ones")
    ] = None,
    named: Annotated[
        Path | None, typer.Option("--policies", help="同上，与其他命令一致 / the same, as other commands have it")
    ] = None,
    scenarios: Annotated[
        list[Path] | None,
        typer.Option(
            "--scenarios",
            "-s",
            help="一并运行的情景，文件或文件夹，可重复 / scenarios to run, a file or a folder; may be repeated",
        ),
    ] = None,
    format_: Annotated[CheckFormat, typer.Option("--format", "-f", help="结果的格式 / how the result is written")] = (
        CheckFormat.text
    ),
    lang: LanguageOption = Language.zh,
    witnesses: Annotated[
        Path | None,
        typer.Option(
            "--witnesses",
            help="把每个发现的案件写到此文件夹 / folder to write the case of each finding to",
        ),
    ] = None,
    cache: Annotated[
        Path | None, typer.Option("--cache", help="沿用和保存证明的文件夹 / folder of proofs to look up and to keep")
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="全部重新证明，不保存 / prove everything anew, and keep nothing")
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout", min=0.1, max=86_400, help="每个问题给 z3 的秒数 / seconds for each question put to z3"
        ),
    ] = 5.0,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, help="同时证明的进程数，默认每个处理器一个 / processes; default: one a processor"
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Prove that a policy is complete, consistent and without idle parts; say where it is not, with a case."""
    from rich.console import Console
    from rich.progress import Progress

    from ..analysis.cache import Cache, user_cache
    from ..analysis.check import check as check_policy
    from ..trials import read_all, scenario_files

    if policies is not None and named is not None:
        twice = say("given_twice", name="--policies")
        raise InputError([Problem(Span("--policies"), "given-twice", twice, say("give_it_once"))])
    root = policies or named or shipped_policies()
    policy = load(root)
    located = read_all(scenario_files(scenarios, Path()), policy) if scenarios else []
    folder = None if no_cache else cache or user_cache()
    on_terminal = sys.stderr is not None and sys.stderr.isatty()
    with Progress(console=Console(stderr=True), transient=True, disable=not on_terminal) as bar:
        task = bar.add_task("", total=None)

        def told(done: int, of: int, what: str) -> None:
            bar.update(task, completed=done, total=of, description=f"{what[:32]:32}")

        checked = check_policy(policy, Cache(folder), located, told, round(timeout * 1000), jobs or os.cpu_count() or 1)
    _write(checked, policy, _shown(root), format_, as_lang(lang), output)
    if witnesses is not None:
        _write_witnesses(checked, witnesses, as_lang(lang))
    if checked.open:
        raise typer.Exit(1)


def _write(
    checked: Checked, policy: Policy, shown: str, format_: CheckFormat, lang: Lang, output: Path | None
) -> None:  # fmt: skip
    from ..analysis import reports

    match format_:
        case CheckFormat.json:
            write_json(reports.as_json(checked), output)
        case CheckFormat.sarif:
            write_json(reports.as_sarif(checked, shown, lang), output)
        case CheckFormat.junit:
            write(reports.as_junit(checked, lang), output)
        case CheckFormat.github:
            write(reports.as_github(checked, shown, lang), output)
        case CheckFormat.text:
            write_document(layout.with_signs(_sections(checked, policy, shown, lang), lang, _SIGNS), "text", output)


def _shown(root: Path) -> str:
    """Return the folder of the policies as people look for it: from where they stand."""
    try:
        return root.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return root.as_posix()


def _sections(checked: Checked, policy: Policy, root: str, lang: Lang) -> list[layout.Section]:
    from ..analysis import reports

    lines = []
    for name, counts in checked.counts().items():
        mark = "✓" if not counts["refuted"] + counts["unknown"] else "?"
        told = word("check_counts", lang).format(counts["proven"], counts["refuted"], counts["unknown"])
        lines.append(layout.Line(f"{word(f'title_{name}', lang)}{colon(lang)}{told}", 0, mark))
    if checked.scenarios:
        failed = sum(one.code == "scenario" for one in checked.findings)
        lines.append(
            layout.Line(word("check_scenarios", lang).format(checked.scenarios, failed), 0, "✗" if failed else "✓")
        )
    if checked.covered is not None:
        done, every = checked.covered.count()
        share = word("covered", lang).format(done, every, checked.covered.percent)
        lines.append(layout.Line(f"{word('coverage', lang)}{colon(lang)}{share}", 0, "✓" if done == every else "?"))
    sections = [layout.Section(word("check", lang).format(len(checked.proofs), checked.again), tuple(lines), 1)]
    for title, findings in (
        ("check_open", checked.open),
        ("check_notes", [one for one in checked.findings if one.level == "note" and not one.accepted]),
        ("check_accepted", [one for one in checked.findings if one.accepted]),
    ):
        told_lines = []
        for one in sorted(findings, key=lambda one: one.place):
            place = f"{root}/{one.place}" if one.code != "scenario" else str(one.place)
            told_lines.append(layout.Line(f"{place}: {one.code}: {reports.message(one, lang)}", 0, _MARKS[one.level]))
            if one.accepted:
                told_lines.append(layout.Line(pick(one.accepted, one.accepted_en, lang), 1))
            elif one.case is not None:
                told_lines.append(layout.Line(_case(policy, one.case, lang), 1))
                if one.readings:
                    taken = " ".join(f"-r {name}={option}" for name, option in one.readings.items())
                    told_lines.append(layout.Line(taken, 1))
        if told_lines:
            sections.append(layout.Section(word(title, lang), tuple(told_lines), 1))
    return sections


_MARKS = {"error": "✗", "warning": "⚠", "note": "?"}
_SIGNS = {"✓": "sign_proven", **{mark: f"sign_{level}" for level, mark in _MARKS.items()}}


def _case(policy: Policy, case: dict[str, Any], lang: Lang) -> str:
    """Return a case on one line, to Chinese readers under the labels that a file may use as well."""
    if lang == "zh":
        case = policy.reader.labels.labelled(case)
    return json.dumps(case, ensure_ascii=False)


def _write_witnesses(checked: Checked, folder: Path, lang: Lang) -> None:
    """Write the case of each finding as a file that ``decide`` reads.  Raises InputError."""
    import yaml

    from ..analysis import reports

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = Problem(Span(str(folder)), "cannot-write", system_said(error), say("name_folder"))
        raise InputError([problem]) from None
    for one in checked.findings:
        if one.case is not None:
            name = f"{one.code}-{one.subject.replace('=', '-').replace('|', '-')}.yaml"
            readings = "".join(f" -r {reading}={option}" for reading, option in one.readings.items())
            ask = f" -d {one.decision}" if one.decision else ""
            head = f"# {reports.message(one, lang)}\n# rudong-rules decide {name}{ask}{readings}\n"
            write(head + yaml.safe_dump(one.case, allow_unicode=True, sort_keys=False), folder / name)
