"""Why a scenario failed: why the outcome, duty, fact or period that it did not get is as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .consequences import period_fields
from .events import FEW, entry_words
from .expected import Expected
from .explain import one_ground_of
from .layout import BLANK, Line, marked
from .policy import Policy
from .program import opposite, true_rail
from .render import contradicted, tree, why
from .render_open import open_facts
from .scenarios import differences
from .selecting import Entry, matches
from .still_open import NEAREST
from .trials import Trial
from .verdict import Verdict
from .verdict_data import StillOpen
from .vocabulary import Record
from .wheres import alternatives
from .wording import MARKS, Lang, aside, colon, duty_step, enumerated, pick, stands, word

_NAMED = ("duties", "facts", "periods")


def why_failed(trial: Trial, lang: Lang = "zh") -> list[Line]:
    """Return why each duty, fact and period that a trial did not get is as it is; the outcome, for all else."""
    verdict, expected = trial.verdict, trial.located.scenario.expect
    policy = trial.policy
    if verdict is None:
        return []
    if _differs(expected.model_copy(update={key: {} for key in _NAMED}), verdict, policy):
        return [*why(verdict.data, lang), *_named(expected, verdict, policy, lang)]
    return list(_named(expected, verdict, policy, lang)) or why(verdict.data, lang)


def _differs(expected: Expected, verdict: Verdict, policy: Policy) -> bool:
    return bool(differences(expected, verdict, policy))


def _named(expected: Expected, verdict: Verdict, policy: Policy, lang: Lang) -> Iterator[Line]:
    """Yield why each duty, fact and period that is not as expected is as it is."""
    for key in _NAMED:
        for name, wanted in getattr(expected, key).items():
            if not _differs(Expected.model_validate({key: {name: wanted}}), verdict, policy):
                continue
            if key == "periods":
                yield from _period(verdict, name, lang)
            else:
                yield from _steps(verdict, _atoms(verdict, key, name, str(wanted)), lang)


def _atoms(verdict: Verdict, key: str, name: str, wanted: str) -> list[str]:
    """Return the steps that tell why a fact, or a duty, is as it is, and why it is not as wanted."""
    if key == "facts":
        return [verdict.fact(name).name]
    got = next((duty.state for duty in verdict.duties if duty.id == name), "none")
    return [f"duty:{name}:{step}" for step in dict.fromkeys(map(duty_step, (got, wanted)))]


def _steps(verdict: Verdict, names: list[str], lang: Lang) -> Iterator[Line]:
    program, glossary = verdict.question.program, verdict.question.glossary
    for name in names:
        atom = program.index[name]
        state, rail = verdict.state(atom), true_rail(atom)
        if state in ("true", "false"):
            held = rail if state == "true" else opposite(rail)
            yield from tree(
                one_ground_of(verdict, [held], verdict.known.sound, verdict.models.sound), lang, how="why --full"
            )
            continue
        called = glossary.step(name, state)
        yield marked(pick(called.label, called.en, lang), 0, stands(name, state))
        if state == "contradicted":
            yield from contradicted(verdict.contradictions, lang)
            continue
        facts, more = verdict.lacking.missing((rail, opposite(rail)), NEAREST)
        if facts:
            yield Line(open_facts(StillOpen(kind="conclusion", name=name, nearest=facts, more=more), lang), 1, BLANK)


def _period(verdict: Verdict, name: str, lang: Lang) -> Iterator[Line]:
    """Yield the entries of which a period may come, the days that each would give it, and the readings that choose."""
    rules, view = verdict.question.rules, verdict.given.view()
    period = rules.periods[name]
    record, items = rules.vocabulary.records[period.of], view.records[period.of].items
    told = pick(*entry_words(record, items), lang) if items else word("no_entries", lang)
    of = word("comes_of", lang).format(pick(record.label, record.en, lang))
    yield Line(f"{pick(period.label, period.en, lang)}{colon(lang)}{of}{colon(lang)}{told}")
    for entry in items[:FEW]:
        fits = {matches(entry, where, view) for where in alternatives(period.where, verdict.chosen)}
        mark = MARKS["false" if False in fits else "unknown" if None in fits else "true"]
        ends = zip(("first_day", "last_day"), period_fields(period, verdict.chosen), strict=True)
        days = (f"{word(end, lang)} {_day(record, entry, field, lang)}" for end, field in ends if field)
        yield Line(f"{pick(*entry_words(record, [entry]), lang)}{colon(lang)}{enumerated(days, lang)}", 1, mark)
    for reading in dict.fromkeys(name for name, _ in period.readings(verdict.chosen)) if items else ():
        body, option = rules.readings[reading], verdict.chosen[reading]
        taken = (
            pick(body.options[option].label, body.options[option].en, lang) if option else word("reading_open", lang)
        )
        yield Line(f"{word('reading', lang)}{colon(lang)}{pick(body.question, body.en, lang)} → {taken}", 1)


def _day(record: Record, entry: Entry, field: str, lang: Lang) -> str:
    """Return the day that an entry gives, or unknown, and the field that says so, which may be computed."""
    column, day = record.columns[field], entry.get(field)
    said = day.isoformat() if isinstance(day, date) else word("unknown", lang)
    return f"{said}{aside(pick(column.label, column.en, lang), lang)}"
