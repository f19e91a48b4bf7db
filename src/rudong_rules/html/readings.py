"""What comes of a verdict under other readings, as a section of a page."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from ..render_open import outcome_of
from ..robustness_data import RobustnessData, Taken
from .markup import Child, h
from .pieces import Reader, clause_links, section, table


def robustness(found: RobustnessData, reader: Reader) -> Element | None:
    """Return what comes of a verdict under other readings, as a section of a page; nothing of a profile."""
    if found.status == "profile":
        return None
    heads = [reader.word(key) for key in ("reading", "option", "outcome")]
    rows: list[list[Child]] = [
        [_question([turn], reader), _option([turn], reader), outcome_of(turn.outcome, reader.lang)]
        for turn in found.turns
    ]
    rows += [
        [_question(one.options, reader), _option(one.options, reader), outcome_of(one.outcome, reader.lang)]
        for one in found.together
    ]
    shares = [[outcome_of(one.outcome, reader.lang), str(one.combinations)] for one in found.outcomes]
    told = reader.word("counted").format(len(found.readings), found.combinations)
    counts = table([reader.word("outcome"), reader.word("combinations")], shares) if len(shares) > 1 else None
    counted = [h("p", told, reader.colon), counts] if counts is not None else None
    partial = None if found.complete else h("p", reader.word("partial"), class_="source")
    return section(
        "robustness", [h("p", reader.word(found.came)), table(heads, rows) if rows else None, counted, partial], reader
    )


def _question(taken: Sequence[Taken], reader: Reader) -> list[Child]:
    return [h("p", reader.pick(one.question, one.en), " ", clause_links(one.clauses, reader)) for one in taken]


def _option(taken: Sequence[Taken], reader: Reader) -> list[Child]:
    return [h("p", reader.pick(one.option_label, one.option_en)) for one in taken]
