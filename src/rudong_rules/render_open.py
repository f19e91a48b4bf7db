"""What of a verdict is open → lines: facts to find out, of which duties and conclusions, and readings left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from .layout import BLANK, Line, marked
from .verdict_data import Fact, LeftOpen, Possible, Status, StillOpen, VerdictData, WayToRead
from .wording import Lang, aside, colon, enumerated, pick, status_word, word

BRIEF = 10
"""How many missing facts a brief document lists."""


def questions(missing: Sequence[Fact], lang: Lang, full: bool) -> list[Line]:
    """Return what to ask, under what the answers can do; without ``full`` only the first BRIEF questions."""
    shown = missing if full else missing[:BRIEF]
    lines: list[Line] = []
    for size, facts in groupby(shown, lambda fact: fact.settles_with):
        lines.append(Line(settles(size, lang) + colon(lang).strip()))
        lines += [marked(_question(fact, lang), 1, fact.state) for fact in facts]
    if len(shown) < len(missing):
        lines.append(Line(word("and_more", lang).format(len(missing) - len(shown)), 1, BLANK))
    return lines


def readings_left_open(found: Iterable[LeftOpen], status: Status, lang: Lang) -> Iterator[Line]:
    """Yield the readings left open, each with its options, what these come to, and what turns on it."""
    for one in found:
        yield Line(f"{pick(one.question, one.en, lang)}〔{one.id}〕")
        for way in one.options:
            yield Line(f"{pick(way.option_label, way.option_en, lang)}〔{way.option}〕{comes_to(way, status, lang)}", 1)
        if one.turns:
            names = enumerated((pick(thing.label, thing.en, lang) for thing in one.turns), lang, semicolons=True)
            yield Line(word("turns_on_it", lang).format(names), 1)


def comes_to(way: WayToRead, status: Status, lang: Lang) -> str:
    """Return what an option comes to where nothing is decided yet; may be empty."""
    if status != "undetermined":
        return ""
    return f" → {outcome_of(way.outcome, lang)}"


def outcome_of(outcome: Possible | None, lang: Lang, status: Status = "undetermined") -> str:
    """Return an outcome in one line, and where there is none what the ``status`` says of that."""
    return pick(outcome.label, outcome.en, lang) if outcome else status_word(status, lang)


def settles(size: int, lang: Lang) -> str:
    """Return what facts can do that settle an outcome with so many facts in all."""
    return word("settles", lang) if size == 1 else word("settles_with", lang).format(size - 1)


def _question(fact: Fact, lang: Lang) -> str:
    return f"{pick(fact.question, fact.en, lang)}〔{fact.name}〕"


def opens(data: VerdictData, name: str, lang: Lang) -> Iterator[Line]:
    """Yield which facts can settle a duty or a conclusion that is open."""
    return (Line(open_facts(one, lang), 1, BLANK) for one in data.open if one.name == name)


def open_facts(found: StillOpen, lang: Lang) -> str:
    """Return in one line the facts that can settle what is open, and what they take beside."""
    if not found.nearest:
        return word("open_none", lang)
    facts = enumerated((_question(fact, lang) for fact in found.nearest), lang, semicolons=True)
    size = found.nearest[0].settles_with
    key = "open_with" if size > 1 else "open_any" if len(found.nearest) > 1 else "open_one"
    more = aside(word("open_more", lang).format(found.more), lang) if found.more else ""
    return word(key, lang).format(facts, size - 1) + more
