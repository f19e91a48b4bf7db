"""``rudong-rules test``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import layout
from ..bilingual import in_language
from ..policy import load
from ..wording import MARKS, Lang, colon, enumerated, pick, word
from .app import command
from .options import EngineName, Language, LanguageOption, Output, Policies, as_lang
from .output import write, write_document, write_json

if TYPE_CHECKING:
    from ..exercised import Coverage
    from ..trials import Trial


_SIGNS = {**layout.SIGNS, "✗": "sign_failed"}
"""A scenario that fails is marked as what does not hold is."""


class ResultFormat(StrEnum):
    """The forms in which the results of scenarios are written."""

    text = "text"
    json = "json"
    md = "md"
    junit = "junit"


@command("运行情景：逐一得出结论，与预期对照；有不符预期的，退出码为 1。", "test")
def run_scenarios(
    scenarios: Annotated[
        list[Path] | None,
        typer.Argument(
            help="情景文件或文件夹，默认 tests/scenarios 或 scenarios / scenario files or folders; default: those"
        ),
    ] = None,
    engine: Annotated[
        EngineName | None,
        typer.Option(
            "--engine", help="只用此引擎，默认所有可用的 / decide on this engine alone; default: all that can run here"
        ),
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option(
            "--coverage",
            help="列出条款、规则、结论、职责、解释是否有情景触及 / show what the scenarios exercise",
        ),
    ] = False,
    fail_under: Annotated[
        float | None,
        typer.Option(
            "--fail-under", min=0, max=100, help="覆盖率低于此百分数即不通过 / fail below this percentage of coverage"
        ),
    ] = None,
    format_: Annotated[ResultFormat, typer.Option("--format", "-f", help="结果的格式 / how the result is written")] = (
        ResultFormat.text
    ),
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """Decide every scenario and compare: exit code 1 when one does not get the verdict that it expects."""
    from .. import exercised, trials

    policy = load(policies)
    located = trials.read_all(trials.scenario_files(scenarios or (), Path()), policy)
    engines = (engine.value,) if engine else trials.runnable_engines()
    pairs = [(one, name) for one in located for name in engines]
    results = [trials.attempt(one, policy, name) for one, name in _shown(pairs)]
    covered = None
    if coverage or fail_under is not None:
        decided = {id(trial.located): (trial.located, trial.verdict) for trial in results if trial.verdict is not None}
        covered = exercised.coverage(policy, decided.values())
    below = covered is not None and fail_under is not None and covered.percent < fail_under
    if format_ is ResultFormat.json:
        write_json(_data(results, covered if coverage else None, as_lang(lang)), output)
    elif format_ is ResultFormat.junit:
        write(_junit(results, as_lang(lang)), output)
    else:
        sections = _sections(results, as_lang(lang))
        if covered is not None and coverage:
            sections += _coverage_sections(covered, as_lang(lang))
        if covered is not None and fail_under is not None and below:
            said = word("below", as_lang(lang)).format(covered.percent, fail_under)
            sections.append(layout.Section(said, level=1))
        write_document(sections, format_.value, output)
    if below or (covered and covered.unaccounted) or not all(trial.passed for trial in results):
        raise typer.Exit(1)


def _shown(pairs: Sequence[Any]) -> Any:
    """Return the pairs behind a progress bar, on a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        return pairs
    from rich.console import Console
    from rich.progress import track

    return track(pairs, console=Console(stderr=True), transient=True)


# --- results as text -------------------------------------------------------------------------------------------------


def _sections(results: Sequence[Trial], lang: Lang) -> list[layout.Section]:
    failed: dict[tuple[int, tuple[str, ...]], list[Trial]] = {}
    for trial in results:
        if not trial.passed:
            failed.setdefault((id(trial.located), trial.problems), []).append(trial)
    count, wrong = len({id(trial.located) for trial in results}), sum(map(len, failed.values()))
    said = word("passed_failed", lang).format(count, len(results), len(results) - wrong, wrong)
    shown = layout.with_signs((_failure(alike, lang) for alike in failed.values()), lang, _SIGNS)
    return [*shown, layout.Section(said, level=1)]


def _failure(alike: Sequence[Trial], lang: Lang) -> layout.Section:
    """Return how a scenario failed on the engines on which it failed alike."""
    trial, engines = alike[0], enumerated((one.engine for one in alike), lang)
    scenario = trial.located.scenario
    lines = [layout.Line(f"{scenario.decision} · {word('engine', lang)}{colon(lang)}{engines}")]
    lines += [layout.Line(in_language(problem, lang), 0, MARKS["false"]) for problem in trial.problems]
    why = _why(trial, lang)
    if why:
        lines.append(layout.Line(word("why", lang), strong=True))
        lines += [replace(line, depth=line.depth + 1) for line in why]
    return layout.Section(f"{trial.located.span}: {scenario.point}", tuple(lines))


def _why(trial: Trial, lang: Lang) -> list[layout.Line]:
    from ..failing import why_failed

    return why_failed(trial, lang)


def _coverage_sections(covered: Coverage, lang: Lang) -> list[layout.Section]:
    from ..exercised import SECTIONS, STATES

    def share(*which: Any) -> str:
        done, every = covered.count(*which)
        return word("covered", lang).format(done, every, 100 * done / every if every else 100)

    lines = [layout.Line(f"{word('coverage', lang)}{colon(lang)}{share()}", strong=True)]
    for section in SECTIONS:
        parts = "  ".join(f"{word(state, lang)} {share(section, state)}" for state in STATES)
        lines.append(layout.Line(f"{word(section, lang)}{colon(lang)}{share(section)}　{parts}"))
    sections = [layout.Section(word("coverage", lang), tuple(lines))]
    gaps = [
        layout.Line(
            f"{word(item.section, lang)}　{item.id}　{pick(item.label, item.en, lang)}{colon(lang)}"
            + "、".join(word(state, lang) for state in item.missing)
        )
        for item in covered.items
        if item.missing
    ]
    if gaps:
        sections.append(layout.Section(word("not_exercised", lang), tuple(gaps)))
    if covered.unaccounted:
        left = tuple(layout.Line(fate.citation, 0, MARKS["false"]) for fate in covered.unaccounted)
        sections.append(layout.Section(word("unaccounted_clauses", lang), left))
    return sections


# --- results as data -------------------------------------------------------------------------------------------------


def _data(results: Sequence[Trial], covered: Coverage | None, lang: Lang) -> dict[str, Any]:
    written: dict[str, Any] = {
        "passed": sum(trial.passed for trial in results),
        "failed": sum(not trial.passed for trial in results),
        "runs": [_run(trial, lang) for trial in results],
    }
    if covered is not None:
        written["coverage"] = {
            "percent": round(covered.percent, 2),
            "items": [
                {**asdict(item), "states": {state: place and str(place) for state, place in item.states.items()}}
                for item in covered.items
            ],
            "unaccounted": [fate.ref for fate in covered.unaccounted],
        }
    return written


def _run(trial: Trial, lang: Lang) -> dict[str, Any]:
    span, verdict = trial.located.span, trial.verdict
    return {
        "file": span.file, "line": span.line, "column": span.column, "engine": trial.engine, "passed": trial.passed,
        "decision": trial.located.scenario.decision, "point": trial.located.scenario.point,
        "got": (verdict.outcome or verdict.status) if verdict is not None else None,
        "problems": [in_language(problem, lang) for problem in trial.problems],
        "why": [] if trial.passed else layout.plain(_why(trial, lang)),
    }  # fmt: skip


def _junit(results: Sequence[Trial], lang: Lang) -> str:
    from ..junit import Result, junit

    return junit(
        "rudong-rules test",
        [
            Result(
                trial.located.span.file,
                f"{trial.located.span.line}: {trial.located.scenario.point} [{trial.engine}]",
                "; ".join(in_language(problem, lang) for problem in trial.problems),
                "" if trial.passed else "\n".join([f"{trial.located.span}:", *layout.plain(_why(trial, lang))]),
            )
            for trial in results
        ],
    )
