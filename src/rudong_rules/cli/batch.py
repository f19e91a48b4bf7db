"""``rudong-rules batch``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..bilingual import say
from ..errors import Problem, Span, Wrong
from ..policy import Policy, load
from ..wording import Lang, pick, word
from .app import command
from .options import AsOf, Decisions, Language, LanguageOption, Policies, Reading, as_lang, read_day, read_readings

if TYPE_CHECKING:
    from ..frame.batch import Job
    from ..frame.summary import Summary

TOP = 5
"""Facts listed for each decision in the summary, and cautions listed below it."""


@command(
    "成批得出结论：文件中每行一案；中断后再次运行，接着做完。无效的行写在 OUT.rejects.jsonl，并注明理由，"
    "此时退出码为 1。"
)
def batch(
    source: Annotated[
        Path,
        typer.Argument(metavar="IN", help="案件表，每行一案 / file of rows: .csv, .parquet or .jsonl, a case a row"),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="写到的文件 / file to write: .csv, .parquet or .jsonl")
    ],
    decision: Decisions = None,
    show: Annotated[
        list[str] | None,
        typer.Option(
            "--show",
            metavar="COLUMN",
            help="每个事项另加的列，可重复：效力、条文、待查明的事实、警示、注意"
            " / column to add for each decision, may be repeated: modality, cites, missing, cautions, notes",
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", help="不是事实、照抄的列，可重复 / column that is no fact, passed on; may be repeated"),
    ] = None,
    labels: Annotated[
        bool,
        typer.Option(
            "--labels",
            help="列名、结论和条文用文字，CSV 可用 Excel 打开 / headings, outcomes and clauses in words; CSV for Excel",
        ),
    ] = False,
    as_of: AsOf = None,
    reading: Reading = None,
    part_rows: Annotated[
        int,
        typer.Option(
            "--part-rows", min=1, max=1 << 30, help="每次完成并保存的行数 / rows that are done and kept at a time"
        ),
    ] = 131_072,
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
) -> None:
    """Decide every row of a file. Started again after an interruption, it goes on where it was.

    Invalid rows stand in OUT.rejects.jsonl with the reason, and end the command with exit code 1.
    """
    from ..frame.api import SHOWN, checked, need_packages

    need_packages()
    from ..frame.batch import Job
    from ..frame.files import kind_of

    policy = load(policies)
    wrong = Wrong()
    chosen, day = read_readings(reading, wrong.problems), wrong.take(read_day, as_of)
    asked = wrong.take(checked, policy, decision or None, show or (), chosen, day)
    wrong.take(kind_of, source)
    wrong.take(kind_of, output, written=True)
    if source.resolve() == output.resolve():
        problem = Problem(Span("--output"), "same-file", say("output_is_input"), say("name_another_file"))
        wrong.problems.append(problem)
    wrong.tell()
    assert asked is not None
    names, wanted, readings, day = asked
    shown = tuple(one for one in SHOWN if one in wanted)
    job = Job(policy, source, output, names, shown, readings, day, tuple(keep or ()), part_rows, as_lang(lang), labels)
    summary = _decided(job)
    _report(summary, job, as_lang(lang))
    if summary.invalid:
        raise typer.Exit(1)


def _decided(job: Job) -> Summary:
    """Run the job behind a bar with its rate, on standard error when that is a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    from ..frame.batch import run
    from ..frame.files import rows_in

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.finished_speed or task.speed or 0:,.0f}/s")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(job.source.name, total=rows_in(job.source))
        found = -1

        def progress(rows: int) -> None:
            nonlocal found
            if found < 0 and rows:
                bar.reset(task, completed=rows)  # What an earlier run did says nothing of the rate of this one.
            else:
                bar.advance(task, rows)
            found = rows

        return run(job, progress)


def _report(summary: Summary, job: Job, lang: Lang) -> None:
    """Print what came of all rows: outcomes by decision, what most often keeps them open, and what is warned of."""
    from rich.console import Console
    from rich.table import Table

    from ..frame.summary import SAMPLE
    from ..frame.words import state_in_words
    from ..layout import WIDTH

    policy = job.policy
    lacking = word("most_missing_drawn" if summary.drawn else "most_missing", lang)
    table = Table(title=word("batch_title", lang).format(rows=summary.rows, invalid=summary.invalid))
    for title in (word("decision", lang), word("outcome", lang), word("rows", lang), lacking.format(drawn=SAMPLE)):
        table.add_column(title, justify="right" if title == word("rows", lang) else "left", overflow="fold")
    for name in job.decisions:
        counts = summary.outcomes[name]
        decision = policy.rules.decisions[name]
        of = f"/{summary.drawn[name]:,}" if name in summary.drawn else ""
        often = _most(summary.missing.get(name, {}), policy.questions[name].facts)
        facts = [f"{_fact(policy, fact, lang)} {rows:,}{of}" for fact, rows in often]
        for nth, (state, rows) in enumerate(sorted(counts.items(), key=lambda item: (-item[1], item[0]))):
            label = state_in_words(policy, name, state, lang)
            title = "" if nth else pick(decision.label, decision.en, lang)
            table.add_row(title, label, f"{rows:,}", "\n".join(facts) if state == "undetermined" else "")
        table.add_section()
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    console.print(table)
    for line in _warned(summary, job, lang):
        console.print(line, soft_wrap=True, markup=False)
    if summary.invalid:
        console.print(word("rejected", lang).format(rows=summary.invalid, file=job.rejects.name))


def _warned(summary: Summary, job: Job, lang: Lang) -> Iterator[str]:
    """Yield how many rows have a caution, and which most often."""
    from ..frame.words import cautions_in_words

    if not summary.warned:
        return
    yield word("warned", lang).format(rows=summary.warned)
    labels = cautions_in_words(job.policy, summary.cautions, lang)
    for name, rows in _most(summary.cautions, job.policy.rules.conclusions):
        yield "  " + word("warned_rows", lang).format(label=labels[name], rows=rows)
    if len(labels) > TOP:
        yield "  " + word("warned_others", lang).format(kinds=len(labels) - TOP)
    if "cautions" not in job.show:
        yield "  " + word("warned_shown_by", lang)


def _most(counts: Mapping[str, int], order: Iterable[str]) -> list[tuple[str, int]]:
    """Return what is counted most often; of what is counted alike what stands first in an order."""
    places = {name: place for place, name in enumerate(order)}
    return sorted(counts.items(), key=lambda item: (-item[1], places.get(item[0], len(places)), item[0]))[:TOP]


def _fact(policy: Policy, fact: str, lang: Lang) -> str:
    named = policy.glossary.facts[fact]
    return pick(named.label, named.en, lang)
