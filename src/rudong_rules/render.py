"""Verdict data → a document for people: a list of sections of lines, of which ``layout`` makes text or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from .explain_data import AnswerData, Node, as_trees, is_reading, skip_nothing
from .layout import BLANK, Line, Section, cited, marked
from .render_open import opens, questions, readings_left_open
from .verdict_data import (
    Caution,
    Citation,
    DutyState,
    Fact,
    Note,
    OpinionData,
    PeriodState,
    ReadingUsed,
    Source,
    VerdictData,
)
from .wording import Lang, aside, colon, duty_stands, enumerated, pick, stands, status_word, word

# --- data → document -------------------------------------------------------------------------------------------------


def document(data: VerdictData | OpinionData, lang: Lang = "zh", full: bool = False) -> list[Section]:
    """Return the sections of a verdict; of an opinion, all outcomes and the verdicts that the case's facts touch.

    Without ``full`` only the first BRIEF missing facts are listed, and readings without their reasons.
    """
    if isinstance(data, VerdictData):
        top, *others = _verdict(data, lang, full)
        advised = replace(top, lines=(*top.lines, Line(word("advice", lang))))
        return [advised, *others, *_citations([data], lang), _digests(data, lang)]
    if not data.verdicts:
        return []
    first = data.verdicts[0]
    summary = [
        Line(
            f"{_group(one, lang)}{pick(one.label, one.en, lang)}{colon(lang)}{outcome(one, lang)}"
            f"{'' if one.facts_known else aside(word('unused', lang), lang)}"
            f"{aside(word('see_cautions', lang), lang) if one.cautions else ''}"
        )
        for one in data.verdicts
    ]
    summary.append(Line(word("advice", lang)))
    touched = [one for one in data.verdicts if one.facts_known]
    sections = [Section(first.title or word("opinion", lang), tuple(summary), 1)]
    for one in touched:
        sections += _verdict(one, lang, full)
    return [*sections, *_citations(touched, lang), _digests(first, lang)]


def outcome(data: VerdictData, lang: Lang) -> str:
    """Return the outcome of a verdict in one line."""
    if data.outcome is not None:
        return pick(data.outcome_label, data.outcome_en, lang)
    return status_word(data.status, lang)


def title(data: VerdictData | AnswerData, lang: Lang) -> str:
    """Return what is decided, and on which case, where that has a title."""
    name = pick(data.label, data.en, lang)
    return f"{name}{colon(lang)}{data.title}" if data.title else name


def as_of(day: str | None, lang: Lang) -> str:
    """Return for which day something is decided, to stand behind what came out; may be empty."""
    return f"  {word('as_of', lang)} {day}" if day else ""


def _group(data: VerdictData, lang: Lang) -> str:
    return f"{pick(data.group, data.group_en, lang)} · " if data.group else ""


def _verdict(data: VerdictData, lang: Lang, full: bool) -> Iterable[Section]:
    modality = word(data.modality, lang)
    lines = [Line(f"{outcome(data, lang)}{_bracketed(modality, lang)}{as_of(data.as_of, lang)}", strong=True)]
    if data.status in ("undetermined", "contradicted") and data.possible:
        lines.append(Line(f"{word('possible', lang)}{colon(lang).strip()}"))
        lines += [Line(pick(one.label, one.en, lang), 1) for one in data.possible]
    yield Section(title(data, lang), tuple(lines), 1)
    parts: tuple[tuple[str, list[Line]], ...] = (
        ("contradictions", contradicted(data.contradictions, lang)),
        ("notes", [*cautions(data.cautions, lang), *notes(data.notes, lang)]),
        ("why", why(data, lang) if data.outcome is not None else []),
        ("profile", _profile(data, lang, full)),
        ("missing", questions(data.missing, lang, full)),
        ("readings_left_open", list(readings_left_open(data.left_open, data.status, lang))),
        ("duties", list(_duties(data, lang))),
        ("periods", [_period(period, lang) for period in data.periods]),
        ("outside", [Line(pick(one.label, one.en, lang)) for one in data.outside]),
        ("readings", [line for used in data.readings for line in _reading_lines(used, lang, full)]),
    )
    for key, found in parts:
        if found:
            yield Section(word(key, lang), tuple(found))


def tree(
    nodes: Iterable[Node], lang: Lang, depth: int = 0, skip: Callable[[Node], bool] = skip_nothing, how: str = "--full"
) -> Iterator[Line]:
    """Yield the lines of some trees without the steps to ``skip``.

    ``how`` is what to type for all the grounds that are only counted.
    """
    for node in nodes:
        if skip(node):
            continue
        note = aside(word("see_above", lang), lang) if node.above else ""
        # At the step itself: below what it rests on it would read as a further ground of that.
        note += aside(word("also", lang).format(node.also, how), lang) if node.also else ""
        said = sources(node.sources, lang)
        if node.state == "contradicted" and node.sources:
            said = colon(lang) + claims(node.name, node.sources, lang)
        text = pick(node.label, node.en, lang) + cited(node.clauses) + said + note
        yield marked(text, depth, stands(node.name, node.state), node.clauses)
        yield from tree(node.because, lang, depth + 1, skip, how)
        if node.open:
            yield Line(word("open_below", lang).format(node.open, how), depth + 1, BLANK)


def why(data: VerdictData, lang: Lang = "zh") -> list[Line]:
    """Return why a verdict is as it is: the derivation, or without an outcome what contradicts, or what is open.

    What is open is told by the conclusions, the missing facts and the notes: which lists are open, what has no answer.
    """
    if data.outcome is not None:
        (root,) = as_trees(data.derivation)
        return list(tree(root.because, lang, skip=is_reading, how="why --full"))
    if data.contradictions:
        return contradicted(data.contradictions, lang)
    return [
        *(_profile_line(fact, lang, data.cautions) for fact in data.profile),
        *questions(data.missing, lang, full=False),
        *readings_left_open(data.left_open, data.status, lang),
        *notes(data.notes, lang),
    ]


def notes(found: Iterable[Note], lang: Lang) -> Iterator[Line]:
    """Yield what else a reader must know, a line each."""
    return (Line(pick(one.label, one.en, lang)) for one in found)


def _period(period: PeriodState, lang: Lang) -> Line:
    unknown = word("day_unknown", lang)
    last = word("open_ended", lang) if period.open_ended else period.last or unknown
    text = f"{pick(period.label, period.en, lang)}{colon(lang)}{period.first or unknown} – {last}"
    return Line(text + cited(period.clauses))


def sources(given: Iterable[Source], lang: Lang) -> str:
    """Return who determined a fact, when and on what evidence, or from which other fact it follows; may be empty."""
    return "".join(_source(one, lang) for one in given)


def claims(name: str, given: Iterable[Source], lang: Lang) -> str:
    """Return what each finding says of a contradicted fact, and where it comes from."""
    each = (word(one.says(name), lang) + (_source(one, lang) or aside(word("given", lang), lang)) for one in given)
    return enumerated(each, lang, semicolons=True)


def origin(source: Source, lang: Lang) -> list[str]:
    """Return where a finding comes from, in parts: entries, what it follows from, who, when, on what; may be empty."""
    other = pick(source.follows_from, source.follows_from_en, lang)
    follows = word(f"follows_from_{source.follows_from_value}", lang).format(other) if other else ""
    entry = pick(source.entry, source.entry_en, lang)
    parts = (entry, follows, source.determined_by, source.determined_on, source.evidence)
    return [part for part in parts if part]


def _source(source: Source, lang: Lang) -> str:
    said = pick("，", ", ", lang).join(origin(source, lang))
    return aside(said, lang) if said else ""


def _bracketed(words: str, lang: Lang) -> str:
    return pick(f"【{words}】", f" [{words}]", lang) if words else ""


def contradicted(facts: Iterable[Fact], lang: Lang) -> list[Line]:
    """Return facts that are both asserted and denied, each with what is said of it."""
    return [
        marked(f"{pick(one.label, one.en, lang)}{colon(lang)}{claims(one.name, one.sources, lang)}", 0, one.state)
        for one in facts
    ]


def _profile_line(fact: Fact, lang: Lang, warned: Sequence[Caution] = ()) -> Line:
    return marked(pick(fact.label, fact.en, lang), 0, profile_sign(fact, warned))


def _profile(data: VerdictData, lang: Lang, full: bool) -> list[Line]:
    """Return the conclusions; while facts are asked for that settle the outcome, what else only ``full`` tells."""
    told = full or not data.missing
    return [
        line
        for fact in data.profile
        for line in (_profile_line(fact, lang, data.cautions), *(opens(data, fact.name, lang) if told else ()))
    ]


def profile_sign(fact: Fact, warned: Iterable[Caution]) -> str:
    """Return whose sign a conclusion of a profile shows: that of a caution, or its state."""
    return "caution" if fact.name in {one.name for one in warned} else fact.state


def cautions(warned: Iterable[Caution], lang: Lang) -> list[Line]:
    """Return what a reader is warned of, with the clauses that it rests on."""
    return [marked(pick(one.label, one.en, lang) + cited(one.citations), 0, "caution", one.citations) for one in warned]


def _duties(data: VerdictData, lang: Lang) -> Iterator[Line]:
    """Yield the duties, each with what is to be found out of it; what was said just above is not said again."""
    above: list[Line] = []
    for duty in data.duties:
        yield _duty(duty, lang)
        if told := list(opens(data, duty.id, lang)):
            yield from [Line(word("open_same", lang), 1, BLANK)] if told == above else told
            above = told


def _duty(duty: DutyState, lang: Lang) -> Line:
    state, sign = duty_stands(duty.state, duty.modality)
    who, what = pick(duty.who, duty.who_en, lang), pick(duty.label, duty.en, lang)
    doubt = aside(word("breach_open", lang), lang) if duty.breach_open else ""
    text = f"{word(state, lang)}{doubt}　{who}{colon(lang)}{what}{cited(duty.clauses)}"
    return marked(text, 0, sign) if sign else Line(text, 0, BLANK)


def _reading_lines(used: ReadingUsed, lang: Lang, full: bool) -> list[Line]:
    kind = word("default" if used.is_default else "chosen", lang)
    option = pick(used.option_label, used.option_en, lang)
    lines = [Line(f"{pick(used.question, used.en, lang)} → {option}{aside(kind, lang)}")]
    if used.is_default and full:
        lines.append(Line(f"{word('reason', lang)}{colon(lang)}{pick(used.reason, used.reason_en, lang)}", 1))
    return lines


def _citations(verdicts: Sequence[VerdictData], lang: Lang) -> list[Section]:
    cited = {one.ref: one for verdict in verdicts for one in cited_by(verdict)}
    lines = [line for one in cited.values() for line in (Line(one.citation, strong=True), Line(one.text, 1))]
    return [Section(word("citations", lang), tuple(lines))] if lines else []


def cited_by(data: VerdictData) -> tuple[Citation, ...]:
    """Return every clause that a verdict rests on, then those on which what it warns of rests."""
    return (*data.citations, *(clause for caution in data.cautions for clause in caution.citations))


def _digests(data: VerdictData, lang: Lang) -> Section:
    d = data.digests
    parts = [f"{word(f'digest_{name}', lang)} {getattr(d, name)[:12]}" for name in ("text", "rules", "case")]
    line = "　".join((*parts, f"rudong-rules {d.library} / {d.rule_language}"))
    return Section(word("digests", lang), (Line(line),))
