"""Explanations → a document for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .explain_data import Need, Node, Value, Ways, WhatIf, Why, WhyNot
from .render import BLANK, MARKS, Line, Section, sources
from .verdict_data import Possible, Status
from .wording import Lang, aside, colon, pick, word

WAYS = 5
"""How many minimal sets a brief document lists."""


def document(answer: Why | WhyNot | WhatIf, lang: Lang = "zh", full: bool = False) -> list[Section]:
    """Return the sections of an answer; without ``full`` only the first WAYS sets."""
    heading = pick(answer.label, answer.en, lang)
    title = f"{heading}{colon(lang)}{answer.title}" if answer.title else heading
    top = [Line(_outcome(answer.status, answer.outcome, lang), strong=True)]
    if isinstance(answer, Why):
        lines = [line for node in answer.because for line in _node(node, 0, lang)]
        if answer.hidden and not answer.full:
            lines.append(Line(word("hidden", lang).format(answer.hidden), 0, BLANK))
        return [Section(title, tuple(top), 1), Section(word("why", lang), tuple(lines))]
    if isinstance(answer, WhyNot):
        wanted = f"{word('why_not', lang)}{colon(lang)}{pick(answer.wanted.label, answer.wanted.en, lang)}"
        if answer.state == "true":
            return [Section(title, (*top, Line(f"{wanted} – {word('already', lang)}")), 1)]
        obstacles = tuple(line for node in answer.obstacles for line in _node(node, 0, lang))
        sections = [Section(title, (*top, Line(wanted)), 1), Section(word("obstacles", lang), obstacles)]
        for key, ways in (("unknown_ways", answer.unknown), ("different_ways", answer.different)):
            sections.append(Section(word(key, lang), tuple(_ways(ways, lang, full))))
        return sections
    nothing = word("unknown", lang)
    changes = [
        Line(f"{pick(one.label, one.en, lang)}{colon(lang)}{one.before or nothing} → {one.after or nothing}")
        for one in answer.changes
    ]
    before, after = (f"{word(key, lang)}{colon(lang)}" for key in ("before", "after"))
    top = [
        Line(before + _outcome(answer.status, answer.outcome, lang)),
        Line(after + _outcome(answer.status_after, answer.outcome_after, lang), strong=True),
    ]
    moved = [
        Line(f"{pick(one.label, one.en, lang)}{colon(lang)}{_state(one.before, lang)} → {_state(one.after, lang)}")
        for one in answer.moved
    ]
    sections = [
        Section(title, tuple(top), 1),
        Section(word("changes", lang), tuple(changes)),
        Section(word("moved", lang), tuple(moved or [Line(word("nothing_moved", lang))])),
    ]
    for key, nodes in (("gained", answer.gained), ("lost", answer.lost)):
        if nodes:
            sections.append(Section(word(key, lang), tuple(line for node in nodes for line in _node(node, 0, lang))))
    return sections


def _outcome(status: Status, outcome: Possible | None, lang: Lang) -> str:
    if outcome is not None:
        return pick(outcome.label, outcome.en, lang)
    return word("profile_only" if status == "profile" else status, lang)


def _state(state: str | None, lang: Lang) -> str:
    if state is None:
        return "–"
    words = ("true", "false", "unknown", "contradicted", "owed", "done", "breached", "open", "standing")
    return word(state, lang) if state in words else "✓" if state == "cited" else state


def _node(node: Node, depth: int, lang: Lang) -> Iterable[Line]:
    clauses = "、".join(name.short for name in node.clauses)
    note = aside(word("see_above", lang), lang) if node.above else ""
    text = pick(node.label, node.en, lang) + (f"〔{clauses}〕" if clauses else "") + sources(node.sources, lang) + note
    yield Line(text, depth, MARKS[node.state])
    for one in node.because:
        yield from _node(one, depth + 1, lang)


def _ways(ways: Ways, lang: Lang, full: bool) -> Iterable[Line]:
    shown = ways.ways if full else ways.ways[:WAYS]
    if not shown and ways.complete:
        yield Line(word("no_ways", lang))
    for nth, way in enumerate(shown, 1):
        yield Line(word("way", lang).format(nth), strong=True)
        yield from (Line(_need(need, lang), 1) for need in way.needs)
    if len(shown) < len(ways.ways):
        yield Line(word("and_more", lang).format(len(ways.ways) - len(shown)))
    if not ways.complete:
        yield Line(word("more_ways", lang))


def _need(need: Need, lang: Lang) -> str:
    now = aside(word("now", lang).format(_values(need.now, lang)), lang) if need.now else ""
    return f"{pick(need.label, need.en, lang)}{colon(lang)}{_values(need.values, lang)}{now}"


def _values(values: Sequence[Value], lang: Lang) -> str:
    return word("or", lang).join(pick(one.label, one.en, lang) for one in values)
