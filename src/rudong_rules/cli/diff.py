"""``rudong-rules diff``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import yaml

from .. import layout, render
from ..bilingual import in_language
from ..errors import CaseError, visible
from ..policy import Policy, load
from ..wording import Lang, aside, colon, pick, word
from .app import command
from .options import Format, FormatOption, Language, LanguageOption, Output, as_lang
from .output import write_document, write_json

if TYPE_CHECKING:
    from ..changes import Change
    from ..differences import Comparison, Pair, Turned
    from ..population import Moves

_FOLDER = Path("policies")


@command(
    "比较两版规则：哪些案件的结论改变，每种改变举一案；没有改变则予证明。有所不同的，哪怕只是文字，退出码为 1；"
    "--population 的表中有的行不是案件、因而无从知道的，为 2。事实互相矛盾的行会列出，不影响退出码。",
    "diff",
)
def compare_policies(
    base: Annotated[
        str, typer.Argument(help="原来的规则文件夹或 git 版本 / folder of policies, or git revision, as it was")
    ],
    head: Annotated[
        str | None,
        typer.Argument(help="现在的，默认工作区中的文件夹 / as it is now; default: the folder in the working tree"),
    ] = None,
    policies: Annotated[
        Path, typer.Option("--policies", help="git 版本中的规则文件夹 / folder of policies in a git revision")
    ] = _FOLDER,
    population: Annotated[
        Path | None,
        typer.Option(
            "--population",
            help="案件表（CSV、Parquet、JSON lines），说明其中多少结论改变 / cases, a row each: say how many change",
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", help="案件表中不是事实的列，可重复 / column that is no fact; may be repeated"),
    ] = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    output: Output = None,
) -> None:
    """Show which cases an edit decides otherwise, with a case for each pair of outcomes, or that there are none.

    Exit code 1 when something differs, be it only in words; 2 when rows of --population are no cases, so that nothing
    is known of them. Rows whose facts contradict each other are told, and change no exit code.
    """
    from ..changes import changes
    from ..comparison import compare
    from ..population import moves
    from ..revisions import policies_at

    with policies_at(base, policies.as_posix()) as before, policies_at(head or str(policies)) as after:
        old, new = load(before), load(after)
    written = changes(old, new)
    compared = compare(old, new)
    moved: Moves | None = None
    if population is not None:
        both = [c.decision for c in compared if c.status in ("changed", "unproven") and new.questions[c.decision].rungs]
        moved = moves(old, new, population, both, keep or (), lang=as_lang(lang))
    if format_ is Format.json:
        write_json(_data(old, new, written, compared, moved), output)
    else:
        sections = _sections(old, new, written, compared, moved, as_lang(lang))
        write_document(layout.with_signs(sections, as_lang(lang)), format_.value, output, as_lang(lang))
    if moved is not None:
        _warn(moved, str(population), as_lang(lang))
    if moved is not None and moved.rejected:
        raise typer.Exit(2)
    if written or any(one.status != "equal" for one in compared):
        raise typer.Exit(1)


def _warn(moved: Moves, file: str, lang: Lang) -> None:
    """Tell on standard error how many rows could not be decided: nobody need read the report to learn of them."""
    for key, count in (("rows_no_cases", moved.rejected), ("rows_contradicted", moved.contradicted)):
        if count:
            print(visible(f"{file}: {word(key, lang).format(count, moved.rows)}"), file=sys.stderr)


# --- as text ---------------------------------------------------------------------------------------------------------


def _sections(
    old: Policy, new: Policy, written: list[Change], compared: list[Comparison], moved: Moves | None, lang: Lang
) -> list[layout.Section]:
    count = {status: sum(one.status == status for one in compared) for status in ("equal", "changed", "unproven")}
    summary = word("diff_summary", lang).format(len(compared), *count.values())
    sections = [layout.Section(word("diff", lang), (layout.Line(summary, strong=True),), 1)]
    if written:
        lines = tuple(line for change in written for line in _change(change, lang))
        sections.append(layout.Section(word("diff_written", lang), lines))
    for one in compared:
        if one.status != "equal":
            sections.append(_comparison(old, new, one, lang))
    if moved is not None:
        sections.append(layout.Section(word("diff_population", lang), tuple(_moves(old, new, moved, lang))))
    return sections


def _moves(old: Policy, new: Policy, moved: Moves, lang: Lang) -> Iterator[layout.Line]:
    if moved.rows:
        yield layout.Line(
            word("diff_rows", lang).format(rows=moved.rows, invalid=moved.rejected, clash=moved.contradicted)
        )
    for one in moved.shifts:
        pair = f"{_named(old, one.decision, one.was, lang)} → {_named(new, one.decision, one.now, lang)}"
        where = word("diff_first_rows", lang).format(rows=", ".join(map(str, one.rows)))
        yield layout.Line(f"{_decision(old, new, one.decision, lang)}{colon(lang)}{pair}　{one.count:,}{where}")
    if not moved.shifts:
        yield layout.Line(word("diff_no_row", lang))
    for clash in moved.clashes:
        where = word("diff_first_rows", lang).format(rows=", ".join(map(str, clash.rows)))
        told = f"{_decision(old, new, clash.decision, lang)}{colon(lang)}{word('contradicted', lang)}"
        yield layout.Line(f"{told}　{clash.count:,}{where}")
    for reject in moved.rejects:
        where = word("diff_first_rows", lang).format(rows=", ".join(map(str, reject.rows)))
        yield layout.Line(f"{word('invalid', lang)}{colon(lang)}{reject.count:,}{where}")
        yield from (layout.Line(line, 1) for line in reject.reason.splitlines())


def _change(change: Change, lang: Lang) -> list[layout.Line]:
    keys = f"{colon(lang)}{', '.join(change.keys)}" if change.keys else ""
    said = f"{word(change.kind, lang)}　{word(f'section_{change.section}', lang)}　{change.id}{keys}"
    lines = [layout.Line(said)]
    lines += [layout.Line(f"− {change.before}", 1)] if change.before else []
    lines += [layout.Line(f"+ {change.after}", 1)] if change.after else []
    lines += [layout.Line(f"{key}{colon(lang)}{was or '∅'} → {now or '∅'}", 1) for key, was, now in change.texts]
    return lines


def _comparison(old: Policy, new: Policy, one: Comparison, lang: Lang) -> layout.Section:
    came = "shown" if one.status == "changed" and not one.pairs else one.status
    lines = [layout.Line(word(f"diff_{came}", lang), strong=True)]
    if one.why:
        lines.append(layout.Line(in_language(one.why, lang)))
    for pair in one.pairs:
        lines.append(layout.Line(_turned(old, new, one.decision, pair.turned, lang), strong=True))
        lines += [layout.Line(text, 1) for text in _case(old, new, pair, lang)]
        for key, policy in (("why_before", old), ("why_after", new)):
            why = _why(policy, pair, one.decision, lang) if pair.atom == one.decision else []
            if why:
                lines.append(layout.Line(word(key, lang), 1))
                lines += [replace(line, depth=line.depth + 2) for line in why]
    if one.unsettled:
        lines.append(layout.Line(f"{word('diff_unsettled', lang)}{colon(lang)}"))
        lines += [layout.Line(_turned(old, new, one.decision, turned, lang), 1) for turned in one.unsettled]
    return layout.Section(_decision(old, new, one.decision, lang), tuple(lines))


def _turned(old: Policy, new: Policy, decision: str, turned: Turned, lang: Lang) -> str:
    """Return a pair of values in words; of what it is, where that is not the outcome."""
    atom, was, now = turned
    thing = None if atom == decision else new.glossary.describe(atom)
    name = f"{pick(thing.label, thing.en, lang)}　" if thing else ""
    return f"{name}{_named(old, atom, was, lang)} → {_named(new, atom, now, lang)}"


def _case(old: Policy, new: Policy, pair: Pair, lang: Lang) -> list[str]:
    """Return the case of a pair as a file would write it, to Chinese readers under its labels."""
    case = pair.case
    if lang == "zh":
        case = {key: value for name, said in case.items() for key, value in _labelled((new, old), name, said).items()}
    text: str = yaml.safe_dump(case, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000)
    # As they are typed to decide it again.
    readings = " ".join(f"-r {name}={option or ''}" for name, option in pair.readings.items())
    return [*text.splitlines(), *([f"# {readings}"] if readings else [])]


def _labelled(policies: Iterable[Policy], name: str, said: Any) -> dict[str, Any]:
    """Return a fact under the labels of the first policy that knows all of it."""
    for policy in policies:
        try:
            return policy.reader.labels.labelled({name: said})
        except KeyError:
            continue
    return {name: said}


def _why(policy: Policy, pair: Pair, decision: str, lang: Lang) -> list[layout.Line]:
    from ..differences import readable

    readings = {name: option for name, option in pair.readings.items() if name in policy.rules.readings}
    try:
        lines = render.why(policy.decide(readable(policy, pair.case), decision, readings=readings).data, lang)
    except CaseError as error:
        return [layout.Line(problem.text(lang)) for problem in error.problems]
    # Each side cites its own texts.
    return [replace(one, clauses=tuple(policy.glossary.citation(c.ref) for c in one.clauses)) for one in lines]


def _decision(old: Policy, new: Policy, name: str, lang: Lang) -> str:
    decision = new.rules.decisions.get(name) or old.rules.decisions[name]
    return pick(decision.label, decision.en, lang) + aside(name, lang)


def _named(policy: Policy, atom: str, value: str, lang: Lang) -> str:
    """Return an outcome, or the state of a conclusion, in words."""
    decision = policy.rules.decisions.get(atom)
    if decision is not None and value in decision.ladder:
        return pick(decision.ladder[value].label, decision.ladder[value].en, lang)
    return word(value, lang)


# --- as data ---------------------------------------------------------------------------------------------------------


def _data(
    old: Policy, new: Policy, written: list[Change], compared: list[Comparison], moved: Moves | None
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "written": [asdict(change) for change in written],
        "decisions": [
            {
                "decision": one.decision, "status": one.status, "why": one.why,
                "pairs": [
                    {
                        "atom": pair.atom, "was": pair.was, "now": pair.now, "case": pair.case,
                        "readings": dict(pair.readings),
                        "why_before": layout.plain(_why(old, pair, one.decision, "zh")),
                        "why_after": layout.plain(_why(new, pair, one.decision, "zh")),
                    }
                    for pair in one.pairs
                ],
                "unsettled": [{"atom": atom, "was": was, "now": now} for atom, was, now in one.unsettled],
            }
            for one in compared
        ],
    }  # fmt: skip
    if moved is not None:
        found["population"] = {**asdict(moved), "rejected": moved.rejected}
    return found
