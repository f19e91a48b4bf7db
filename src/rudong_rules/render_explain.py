"""Explanations → a document for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .explain_data import (
    Change,
    Moved,
    Need,
    Node,
    Value,
    Ways,
    WhatIfData,
    WhyData,
    WhyNotData,
    contradictions,
    is_unchosen,
    notes_of,
    skip_nothing,
    unchosen,
)  # fmt: skip
from .layout import BLANK, Line, Section, marked
from .render import as_of, contradicted, notes, title, tree
from .render_open import BRIEF, outcome_of, questions, readings_left_open
from .robustness_data import RobustnessData, Taken
from .wording import Lang, apart, aside, colon, duty_step, pick, word

WAYS = 5
"""How many minimal sets a brief document lists."""

Answer = WhyData | WhyNotData | WhatIfData | RobustnessData


def document(answer: Answer, lang: Lang = "zh", full: bool = False) -> list[Section]:
    """Return the sections of an answer; without ``full`` only the first WAYS sets."""
    came = outcome_of(answer.outcome, lang, answer.status) + as_of(answer.as_of, lang)
    top = [Line(came, strong=True)]
    sections: list[Section]
    if isinstance(answer, WhyData):
        sections = _why(answer, lang, full)
    elif isinstance(answer, WhyNotData):
        wanted = f"{word('why_not', lang)}{colon(lang)}{pick(answer.wanted.label, answer.wanted.en, lang)}"
        top.append(Line(f"{wanted} – {word('already', lang)}" if answer.state == "true" else wanted))
        top += [Line(word(answer.standing, lang))] if answer.standing else []
        sections = _why_not(answer, lang, full) if answer.state != "true" else []
    elif isinstance(answer, WhatIfData):
        day_after = as_of(answer.as_of_after, lang)
        before, after = (f"{word(key, lang)}{colon(lang)}" for key in ("before", "after"))
        top = [
            Line(before + came),
            Line(after + outcome_of(answer.outcome_after, lang, answer.status_after) + day_after, strong=True),
        ]
        sections = _what_if(answer, lang, full)
    else:
        sections = robustness_sections(answer, lang)
    top.append(Line(word("advice", lang)))
    warned = _cautions(answer, lang) if isinstance(answer, WhyData) else []
    noted = (*warned, *notes(notes_of(answer), lang))
    if noted:
        sections.insert(0, Section(word("notes", lang), noted))
    return [Section(title(answer, lang), tuple(top), 1), *_contradictions(answer, lang), *sections]


def _contradictions(answer: Answer, lang: Lang) -> Iterable[Section]:
    """Yield the facts that are both asserted and denied, each with what is said of it."""
    for key, facts in contradictions(answer):
        yield Section(word(key, lang), tuple(contradicted(facts, lang)))


def _why(answer: WhyData, lang: Lang, full: bool) -> list[Section]:
    parts: list[tuple[str, list[Line]]] = []
    if answer.missing:
        parts.append(("what_is_open", questions(answer.missing, lang, full)))
    if answer.left_open:
        parts.append(("readings_left_open", list(readings_left_open(answer.left_open, answer.status, lang))))
    if answer.possible:
        parts.append(("possible", [Line(pick(one.label, one.en, lang)) for one in answer.possible]))
    parts.append(("ruled_out" if answer.status == "undetermined" else "why", _grounds(answer, lang)))
    return [Section(word(key, lang), tuple(lines)) for key, lines in parts if lines]


def _cautions(answer: WhyData, lang: Lang) -> list[Line]:
    """Return what the verdict warns of, each with its sign, and below it what it rests on."""
    lines = []
    for node in answer.cautions:
        root, *below = tree([node], lang)
        lines += [marked(root.text, 0, "caution", root.clauses), *below]
    return lines


def _grounds(answer: WhyData, lang: Lang) -> list[Line]:
    lines = list(tree(answer.because, lang))
    if answer.hidden and not answer.full:
        lines.append(Line(word("hidden", lang).format(answer.hidden), 0, BLANK))
    return lines


def _why_not(answer: WhyNotData, lang: Lang, full: bool) -> list[Section]:
    folded = () if full or answer.state != "unknown" else unchosen(answer.obstacles)
    obstacles = list(tree(answer.obstacles, lang, skip=is_unchosen if folded else skip_nothing))
    if folded:
        obstacles.append(Line(word("unchosen", lang).format(len(folded)), 0, BLANK))
    parts = (
        ("obstacles", obstacles),
        ("bearing", questions(answer.bearing, lang, full)),
        ("readings_left_open", [Line(left_open(one, lang)) for one in answer.left_open]),
        ("unknown_ways", list(_ways(answer.unknown, lang, full))),
        ("different_ways", _different(answer, lang, full)),
    )
    return [Section(word(key, lang), tuple(lines)) for key, lines in parts if lines]


def left_open(reading: Need, lang: Lang) -> str:
    """Return a reading that is left open, with its options."""
    return f"{pick(reading.label, reading.en, lang)}{colon(lang)}{either(reading.values, lang)}"


def _different(answer: WhyNotData, lang: Lang, full: bool) -> list[Line]:
    lines = list(_ways(answer.different, lang, full))
    if not answer.different.ways and answer.keeps_known:
        return [Line(word("nothing_known_changes", lang)), *(() if answer.different.complete else lines)]
    return lines


def _what_if(answer: WhatIfData, lang: Lang, full: bool) -> list[Section]:
    changes = [line for one in answer.changes for line in _change(one, lang)]
    moved = [Line(_told(one, lang)) for one in answer.moved if one.what not in ("clause", "missing")]
    moved += _cited(answer, lang)
    if not (answer.moved or answer.gained or answer.lost):
        moved = [Line(word("nothing_moved", lang))]
    asked = [one for one in answer.moved if one.what == "missing"]
    missing = [Line(_told(one, lang)) for one in (asked if full else asked[:BRIEF])]
    if len(missing) < len(asked):
        missing.append(Line(word("and_more", lang).format(len(asked) - len(missing)), 0, BLANK))
    parts = (("changes", changes), ("moved", moved), ("missing_moved", missing))
    sections = [Section(word(key, lang), tuple(lines)) for key, lines in parts if lines]
    for key, nodes in (("gained", answer.gained), ("lost", answer.lost)):
        if nodes:
            sections.append(Section(word(key, lang), tuple(tree(with_states(answer, nodes), lang))))
    if answer.hidden:
        last = sections.pop()
        rest = Line(word("hidden_unchosen", lang).format(answer.hidden), 0, BLANK)
        sections.append(Section(last.title, (*last.lines, rest)))
    return sections


def _told(one: Moved, lang: Lang) -> str:
    """Return something that moved, with what it was and is; a fact to be found out has its id, by which it is given."""
    name = f"〔{one.name}〕" if one.what == "missing" else ""
    return f"{pick(one.label, one.en, lang)}{name}{colon(lang)}{state(one.before, lang)} → {state(one.after, lang)}"


def with_states(answer: WhatIfData, nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return steps in which each duty that moved is called with its state before and after."""
    duties = {one.name: one for one in answer.moved if one.what == "duty"}

    def told(node: Node) -> Node:
        duty, _, step = node.name.removeprefix("duty:").rpartition(":")
        moved, said = duties.get(duty), {}
        if moved and node.state == "true" and step in (duty_step(one) for one in (moved.before, moved.after) if one):
            said = {"label": _moving(moved, "zh"), "en": _moving(moved, "en")}
        return node.model_copy(update={**said, "because": tuple(map(told, node.because))})

    return tuple(map(told, nodes))


def _moving(moved: Moved, lang: Lang) -> str:
    both = f"{state(moved.before, lang)} → {state(moved.after, lang)}"
    return pick(moved.label, moved.en, lang) + aside(both, lang)


def _cited(answer: WhatIfData, lang: Lang) -> Iterable[Line]:
    """Yield the clauses that are cited after only, and before only."""
    short = {one.ref: one.short for one in answer.citations}
    for key, gone in (("cited_now", False), ("cited_no_more", True)):
        clauses = [one for one in answer.moved if one.what == "clause" and (one.after is None) is gone]
        if clauses:
            yield Line(f"{word(key, lang)}{colon(lang)}{'、'.join(short.get(one.name, one.label) for one in clauses)}")


def _change(change: Change, lang: Lang) -> Iterable[Line]:
    """Yield what is said of something before and after; of a list also the entries that go and those that come."""
    before, after = (said(change.name, one, lang) for one in (change.before, change.after))
    yield Line(f"{pick(change.label, change.en, lang)}{colon(lang)}{before} → {after}")
    for sign, entries in (("−", change.gone), ("+", change.new)):
        yield from (Line(pick(one.label, one.en, lang), 1, sign) for one in entries)


def said(name: str, value: Value | None, lang: Lang) -> str:
    """Return what a case says of a fact, or how a reading is taken."""
    if value is not None:
        return pick(value.label, value.en, lang)
    return word("left_open" if name.startswith("reading:") else "unknown", lang)


def state(state: str | None, lang: Lang) -> str:
    """Return the state of something that moved; a clause is cited, or it is not; a number is of facts that settle."""
    if state is None:
        return "–"
    if state in ("possible", "ruled_out"):
        return word(f"outcome_{state}", lang)
    if state.isdecimal():
        return word("settles_alone", lang) if state == "1" else word("settles_beside", lang).format(int(state) - 1)
    words = ("true", "false", "unknown", "contradicted", "owed", "done", "breached", "open", "standing", "cited")
    return word(state, lang) if state in words else state


def robustness_sections(found: RobustnessData, lang: Lang = "zh") -> list[Section]:
    """Return what comes of a verdict under other readings; nothing of a profile, which comes to no outcome."""
    if found.status == "profile":
        return []
    lines = [Line(word(found.came, lang), strong=True)]
    for turn in found.turns:
        lines += [_taken(turn, lang), Line(outcome_of(turn.outcome, lang), 1)]
    for together in found.together:
        lines += [*(_taken(one, lang) for one in together.options), Line(outcome_of(together.outcome, lang), 1)]
    if len(found.outcomes) > 1:
        told = word("counted", lang).format(len(found.readings), found.combinations)
        lines.append(Line(told + colon(lang).strip(), strong=True))
        lines += [
            Line(f"{outcome_of(one.outcome, lang)}{colon(lang)}{word('shares', lang).format(one.combinations)}", 1)
            for one in found.outcomes
        ]
    if not found.complete:
        lines.append(Line(word("partial", lang)))
    return [Section(word("robustness", lang), tuple(lines))]


def _taken(taken: Taken, lang: Lang) -> Line:
    return Line(f"{pick(taken.question, taken.en, lang)} → {pick(taken.option_label, taken.option_en, lang)}")


def _ways(ways: Ways, lang: Lang, full: bool) -> Iterable[Line]:
    shown = ways.ways if full else ways.ways[:WAYS]
    if not ways.ways:
        yield Line(word("no_ways" if ways.complete else "none_found", lang))
        return
    for nth, way in enumerate(shown, 1):
        yield Line(word("way", lang).format(nth), strong=True)
        yield from (Line(_need(need, lang), 1) for need in way.needs)
    if len(shown) < len(ways.ways):
        yield Line(word("and_more", lang).format(len(ways.ways) - len(shown)))
    if not ways.complete:
        yield Line(word("more_ways", lang))


def _need(need: Need, lang: Lang) -> str:
    now = aside(word("now", lang).format(either(need.now, lang)), lang) if need.now else ""
    return f"{pick(need.label, need.en, lang)}{colon(lang)}{either(need.values, lang)}{now}"


def either(values: Sequence[Value], lang: Lang) -> str:
    """Return values of which any will do."""
    return apart((pick(one.label, one.en, lang) for one in values), word("or", lang))
