"""The parts of one verdict on a page: what came out, why, what is open, what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from ..explain_data import as_trees
from ..render import outcome, profile_sign
from ..render_open import BRIEF, comes_to, open_facts, settles
from ..verdict_data import DutyState, Fact, LeftOpen, PeriodState, ReadingUsed, Status, StillOpen, VerdictData
from ..wording import duty_stands
from .graph import graph
from .markup import Child, h
from .pieces import STATUS_SIGNS, Reader, claims, clause_links, fold, mark, sources, table
from .tree import Trees


def verdict_sections(data: VerdictData, prefix: str, reader: Reader) -> Iterator[Element]:
    """Yield the parts that have something to say; ``prefix`` makes ids unique on the page."""
    yield banner(data, reader)
    parts: tuple[tuple[str, Child], ...] = (
        ("contradictions", contradicted(data.contradictions, reader)),
        ("notes", _notes(data, reader)),
        ("why", _why(data, prefix, reader)),
        ("profile", _profile(data, reader)),
        ("missing", missing(data.missing, reader)),
        ("readings_left_open", readings_left_open(data.left_open, data.status, reader)),
        ("duties", duties(data.duties, reader, data.open)),
        ("periods", periods(data.periods, reader)),
        (
            "outside",
            [h("ul", [h("li", reader.pick(one.label, one.en)) for one in data.outside])] if data.outside else None,
        ),
        ("readings", _readings(data.readings, reader)),
    )
    for key, content in parts:
        if content is not None:
            yield h("section", h("h3", reader.word(key)), content, class_=key)


def banner(data: VerdictData, reader: Reader) -> Element:
    """Return the outcome with its modality, or those not ruled out."""
    modality = reader.word(data.modality)
    line = h(
        "p", mark(STATUS_SIGNS[data.status], reader) if data.status in STATUS_SIGNS else None, " ",
        h("strong", outcome(data, reader.lang)), " ",
        h("span", modality, class_=f"modality {data.modality}") if modality else None,
    )  # fmt: skip
    possible = None
    if data.status in ("undetermined", "contradicted") and data.possible:
        names = [h("li", reader.pick(one.label, one.en)) for one in data.possible]
        possible = [h("p", reader.word("possible"), reader.colon), h("ul", names)]
    return h("div", line, possible, class_=f"outcome {data.status}")


def _why(data: VerdictData, prefix: str, reader: Reader) -> Child:
    if not data.derivation:
        return None
    picture = fold(reader.word("graph"), h("div", graph(data.derivation, reader), class_="wide", tabindex="0"))
    return [Trees(f"{prefix}s", reader).of(as_trees(data.derivation), top=True), picture]


def contradicted(facts: Sequence[Fact], reader: Reader) -> Child:
    """Return facts that are both asserted and denied, each with what is said of it."""
    return _facts([(one.state, one, claims(one.name, one.sources, reader)) for one in facts], reader)


def _notes(data: VerdictData, reader: Reader) -> Child:
    warned = [
        h("li", mark("caution", reader), " ", reader.pick(one.label, one.en), clause_links(one.citations, reader))
        for one in data.cautions
    ]
    noted = [h("li", reader.pick(one.label, one.en)) for one in data.notes]
    lists = [h("ul", warned, class_="facts") if warned else None, h("ul", noted) if noted else None]
    return lists if warned or noted else None


def _profile(data: VerdictData, reader: Reader) -> Child:
    signed: list[tuple[str, Fact, Child]] = [
        (
            profile_sign(one, data.cautions), one,
            [sources(one.sources, reader), None if data.missing else _open(data.open, one.name, reader)],
        )
        for one in data.profile
    ]  # fmt: skip
    return _facts(signed, reader)


def _open(found: Sequence[StillOpen], name: str, reader: Reader) -> Child:
    """Return which facts can settle a duty or a conclusion that is open."""
    return [h("p", open_facts(one, reader.lang), class_="source") for one in found if one.name == name]


def _facts(facts: Sequence[tuple[str, Fact, Child]], reader: Reader) -> Child:
    """Return facts, each with the sign that it shows and what is said of it."""
    items = [h("li", mark(sign, reader), " ", reader.pick(one.label, one.en), said) for sign, one, said in facts]
    return h("ul", items, class_="facts") if items else None


def missing(facts: Sequence[Fact], reader: Reader) -> Child:
    """Return what to ask; what comes after the first BRIEF questions folds away."""
    if not facts:
        return None
    rest = fold(reader.word("and_more_folded").format(len(facts) - BRIEF), *_questions(facts[BRIEF:], BRIEF, reader))
    return [*_questions(facts[:BRIEF], 0, reader), rest if len(facts) > BRIEF else None]


def _questions(facts: Sequence[Fact], before: int, reader: Reader) -> Iterator[Element]:
    """Yield what to ask, numbered, under what the answers can do."""
    for size, group in groupby(facts, lambda fact: fact.settles_with):
        rows = [
            h("li", mark(one.state, reader) if one.state == "contradicted" else None, " ",
              reader.pick(one.question, one.en), " ", h("code", one.name))
            for one in group
        ]  # fmt: skip
        yield h("p", settles(size, reader.lang), reader.colon, class_="need alone" if size == 1 else "need")
        yield h("ol", rows, start=before + 1)
        before += len(rows)


def duties(found: Sequence[DutyState], reader: Reader, opened: Sequence[StillOpen] = ()) -> Child:
    """Return who must do what; standing practice folds away."""
    shown = [_duty(one, reader, opened) for one in found if one.state != "standing"]
    standing = [_duty(one, reader, ()) for one in found if one.state == "standing"]
    heads = [reader.word(key) for key in ("state", "who", "duty")]
    parts = [table(heads, shown)] if shown else []
    if standing:
        parts.append(fold(reader.word("standing") + reader.aside(str(len(standing))), table(heads, standing)))
    return parts or None


def _duty(duty: DutyState, reader: Reader, opened: Sequence[StillOpen]) -> list[Child]:
    name, sign = duty_stands(duty.state, duty.modality)
    state = [mark(sign, reader) if sign else None, " ", reader.word(name)]
    own = [
        h("p", reader.word("breach_open"), class_="source") if duty.breach_open else None,
        _open(opened, duty.id, reader),
    ]
    what = [reader.pick(duty.label, duty.en), " ", clause_links(duty.clauses, reader), own]
    return [h("span", state, class_=f"duty {duty.state}"), reader.pick(duty.who, duty.who_en), what]


def periods(found: Sequence[PeriodState], reader: Reader) -> Child:
    """Return stretches of time with their first and last day."""
    unknown = reader.word("day_unknown")
    rows: list[list[Child]] = [
        [
            reader.pick(one.label, one.en), one.first or unknown,
            reader.word("open_ended") if one.open_ended else one.last or unknown, clause_links(one.clauses, reader),
        ]
        for one in found
    ]  # fmt: skip
    return table([reader.word(key) for key in ("period", "first_day", "last_day", "clause")], rows) if rows else None


def _readings(used: Sequence[ReadingUsed], reader: Reader) -> Child:
    items = [
        h(
            "li", h("p", reader.pick(one.question, one.en)),
            h("p", "→ ", h("strong", reader.pick(one.option_label, one.option_en)), " ",
              h("small", reader.word("default" if one.is_default else "chosen"), class_="need")),
            _reason(one, reader) if one.is_default else None,
        )
        for one in used
    ]  # fmt: skip
    return h("ul", items) if items else None


def readings_left_open(found: Sequence[LeftOpen], status: Status, reader: Reader) -> Child:
    """Return the readings left open, each with its options and what they come to, and what turns on it."""
    rows: list[list[Child]] = []
    for one in found:
        ways = [
            h("p", reader.pick(way.option_label, way.option_en), " ", h("code", way.option),
              comes_to(way, status, reader.lang))
            for way in one.options
        ]  # fmt: skip
        turns = [h("p", reader.pick(thing.label, thing.en)) for thing in one.turns]
        rows.append([[reader.pick(one.question, one.en), " ", h("code", one.id)], ways, turns])
    heads = [reader.word(key) for key in ("reading", "ways_to_read", "turning")]
    return table(heads, rows) if rows else None


def _reason(used: ReadingUsed, reader: Reader) -> Element:
    return h("p", reader.word("reason"), reader.colon, reader.pick(used.reason, used.reason_en), class_="source")
