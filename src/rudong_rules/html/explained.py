"""Explanations → pages: why, why not, what if, and other readings, built of the pieces of which verdicts are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from ..explain_data import (
    Change,
    Moved,
    Node,
    Ways,
    WhatIfData,
    WhyData,
    WhyNotData,
    contradictions,
    is_unchosen,
    notes_of,
    skip_nothing,
    unchosen,
)
from ..render import as_of, title
from ..render_explain import Answer, either, left_open, said, state, with_states
from ..render_open import BRIEF, outcome_of
from ..verdict_data import Possible, Status
from ..wording import MARKS, Lang
from . import framed, whole
from .markup import Child, h
from .pieces import STATUS_SIGNS, Reader, clause_links, fold, heading, legend, mark, section, table, texts
from .readings import robustness
from .sections import contradicted, missing, readings_left_open
from .tree import Trees

FEW = 3
"""So many minimal sets are unfolded from the start."""


def page(answer: Answer, lang: Lang = "zh") -> str:
    """Return a whole page about an answer."""
    reader = _reader(answer, lang)
    return whole(title(answer, lang), _content(answer, reader), lang)


def fragment(answer: Answer, lang: Lang = "zh") -> str:
    """Return the same as :func:`page`, to stand inside another page: a notebook."""
    return framed(_content(answer, _reader(answer, lang), folded=True), lang)


def _reader(answer: Answer, lang: Lang) -> Reader:
    return Reader(lang, {one.ref: one for one in answer.citations})


def _content(answer: Answer, reader: Reader, folded: bool = False) -> list[Child]:
    # Ids are unlike those of other answers, which a notebook may show on the same page.
    trees = Trees(hashlib.sha256(answer.model_dump_json().encode()).hexdigest()[:8], reader)
    parts: list[Child] = [heading(title(answer, reader.lang), answer.as_of, reader)]
    # What stands first is drawn first: a step that is shown twice refers to where it stands above.
    warned = trees.of(answer.cautions, top=True) if isinstance(answer, WhyData) and answer.cautions else None
    if isinstance(answer, WhyData):
        parts += _why(answer, trees, reader)
    elif isinstance(answer, WhyNotData):
        parts += _why_not(answer, trees, reader)
    elif isinstance(answer, WhatIfData):
        parts += _what_if(answer, trees, reader)
    else:
        parts += [_banner(answer.status, answer.outcome, reader), robustness(answer, reader)]
    # Below the banner, as on the page of a verdict.
    told = [section(key, contradicted(facts, reader), reader) for key, facts in contradictions(answer)]
    noted = [h("li", reader.pick(one.label, one.en)) for one in notes_of(answer)]
    if warned is not None or noted:
        told.append(section("notes", [warned, h("ul", noted) if noted else None], reader))
    parts[2:2] = told
    return [*parts, texts(reader, folded), h("footer", legend(parts, reader))]


def _banner(status: Status, outcome: Possible | None, reader: Reader, more: Child = None) -> Element:
    return h("div", h("p", _sign(status, reader), h("strong", outcome_of(outcome, reader.lang, status))), more,
             class_=f"outcome {status}")  # fmt: skip


def _sign(status: Status, reader: Reader) -> Child:
    return [mark(STATUS_SIGNS[status], reader), " "] if status in STATUS_SIGNS else None


# --- why -------------------------------------------------------------------------------------------------------------


def _why(answer: WhyData, trees: Trees, reader: Reader) -> list[Child]:
    hidden = reader.word("hidden_here").format(answer.hidden)
    rest = h("p", hidden, class_="source") if answer.hidden and not answer.full else None
    shown = [trees.of(answer.because, top=True), rest]
    parts: list[Child] = [_banner(answer.status, answer.outcome, reader)]
    if answer.missing:
        parts.append(section("what_is_open", missing(answer.missing, reader), reader))
    if answer.left_open:
        told_open = readings_left_open(answer.left_open, answer.status, reader)
        parts.append(section("readings_left_open", told_open, reader))
    if answer.possible:
        names = [h("li", reader.pick(one.label, one.en)) for one in answer.possible]
        parts.append(section("possible", h("ul", names), reader))
    if answer.because:
        parts.append(section("ruled_out" if answer.status == "undetermined" else "why", shown, reader))
    return parts


# --- why not ---------------------------------------------------------------------------------------------------------


def _why_not(answer: WhyNotData, trees: Trees, reader: Reader) -> list[Child]:
    wanted = reader.pick(answer.wanted.label, answer.wanted.en)
    line: list[Child] = [mark(answer.state, reader), " ", reader.word("why_not"), reader.colon, h("strong", wanted)]
    if answer.state == "true":
        line += [" – ", reader.word("already")]
    parts: list[Child] = [_banner(answer.status, answer.outcome, reader, h("p", line, class_="wanted"))]
    if answer.state == "true":
        return parts
    if answer.standing:
        parts.append(h("p", reader.word(answer.standing), class_="source"))
    folded = unchosen(answer.obstacles) if answer.state == "unknown" else ()
    names = h("ul", [h("li", reader.pick(one.label, one.en)) for one in folded])
    shown = trees.of(answer.obstacles, top=True, skip=is_unchosen if folded else skip_nothing)
    rest = fold(reader.word("unchosen_folded").format(len(folded)), names) if folded else None
    parts.append(section("obstacles", [shown, rest], reader))
    if answer.bearing:
        parts.append(section("bearing", missing(answer.bearing, reader), reader))
    if answer.left_open:
        items = [h("li", left_open(one, reader.lang)) for one in answer.left_open]
        parts.append(section("readings_left_open", h("ul", items), reader))
    different: list[Child] = _ways(answer.different, reader)
    if not answer.different.ways and answer.keeps_known:
        told = h("p", reader.word("nothing_known_changes"))
        different = [told] if answer.different.complete else [told, *different]
    return [
        *parts,
        section("unknown_ways", _ways(answer.unknown, reader), reader),
        section("different_ways", different, reader),
    ]


def _ways(ways: Ways, reader: Reader) -> list[Child]:
    """Return minimal sets, each a table that folds away; the first FEW are open."""
    lang, heads = reader.lang, [reader.word(key) for key in ("fact", "needed", "known")]
    parts: list[Child] = []
    for nth, way in enumerate(ways.ways, 1):
        rows: list[list[Child]] = [
            [reader.pick(need.label, need.en), either(need.values, lang), either(need.now, lang) or "–"]
            for need in way.needs
        ]
        named = reader.word("set_of").format(nth, len(way.needs))
        parts.append(fold(named, table(heads, rows), open_=nth <= FEW, class_="way"))
    if not ways.ways:
        parts.append(h("p", reader.word("no_ways" if ways.complete else "none_found")))
    elif not ways.complete:
        parts.append(h("p", reader.word("more_ways"), class_="source"))
    return parts


# --- what if ---------------------------------------------------------------------------------------------------------


def _what_if(answer: WhatIfData, trees: Trees, reader: Reader) -> list[Child]:
    def came(key: str, status: Status, outcome: Possible | None, day: str | None) -> Element:
        words = h("strong", outcome_of(outcome, reader.lang, status))
        return h("p", reader.word(key), reader.colon, _sign(status, reader), words, as_of(day, reader.lang))

    both = (
        came("before", answer.status, answer.outcome, answer.as_of),
        came("after", answer.status_after, answer.outcome_after, answer.as_of_after),
    )
    heads = [reader.word("fact"), reader.word("before"), reader.word("after")]
    changes = [[reader.pick(one.label, one.en), *_sides(one, reader)] for one in answer.changes]
    rows: list[tuple[bool, list[Child]]] = [
        (one.what == "missing", [_moved(one, reader), *_states(one.before, one.after, reader)]) for one in answer.moved
    ]
    moved, asked = ([row for missing, row in rows if missing is wanted] for wanted in (False, True))
    tables = table(["", *heads[1:]], moved) if moved else h("p", reader.word("nothing_moved"))
    parts: list[Child] = [
        h("div", both, class_=f"outcome {answer.status_after}"),
        section("changes", table(heads, changes), reader),
    ]
    if moved or not (answer.moved or answer.gained or answer.lost):
        parts.append(section("moved", tables, reader))
    if asked:
        rest = reader.word("and_more_folded").format(len(asked) - BRIEF)
        more = fold(rest, table(heads, asked[BRIEF:])) if asked[BRIEF:] else None
        parts.append(section("missing_moved", [table(heads, asked[:BRIEF]), more], reader))
    steps: Iterable[tuple[str, Sequence[Node]]] = (("gained", answer.gained), ("lost", answer.lost))
    parts += [section(key, trees.of(with_states(answer, nodes), top=True), reader) for key, nodes in steps if nodes]
    hidden = reader.word("hidden_unchosen_here").format(answer.hidden)
    return [*parts, h("p", hidden, class_="source") if answer.hidden else None]


def _sides(change: Change, reader: Reader) -> list[Child]:
    """Return what is said before and after; of a list also the entries that stand there only."""
    sides = (("−", change.before, change.gone), ("+", change.after, change.new))
    return [
        [
            said(change.name, value, reader.lang),
            h("ul", [h("li", f"{sign} {reader.pick(one.label, one.en)}") for one in entries]) if entries else None,
        ]
        for sign, value, entries in sides
    ]


def _moved(one: Moved, reader: Reader) -> Child:
    """Return what moved: a clause by its short citation with its text, a fact also by its id, all else by its label."""
    cited = reader.clauses.get(one.name) if one.what == "clause" else None
    label = reader.pick(one.label, one.en)
    if one.what == "missing":
        return [label, " ", h("code", one.name)]
    return clause_links([cited], reader) if cited else label


def _states(before: str | None, after: str | None, reader: Reader) -> list[Child]:
    return [
        [mark(one, reader), " ", state(one, reader.lang)] if one in MARKS else state(one, reader.lang)
        for one in (before, after)
    ]
