"""Random questions for the laws: a case, the readings chosen, the day, and the decision asked for.

Most random cases end high on a ladder: whoever breaks half the words of a regulation is soon excluded.  So cases come
in four kinds: a few facts, many facts, a case of the scenario library with a few facts changed, and such a case with
all other facts at random.  One byte a fact keeps drawing quick, and shrinks to a case that says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

import rudong_rules
from laws.logs import FIRST_DAY, Log, logs
from rudong_rules import Verdict
from rudong_rules.program import Program, Rails
from rudong_rules.scenarios import read_scenarios
from rudong_rules.vocabulary import Assertion, Record, RecordField, Scalar

Facts = dict[str, Any]
Readings = dict[str, str | None]

POLICY = rudong_rules.load()
DECISIONS = tuple(POLICY.questions)
LADDERS = tuple(name for name, question in POLICY.questions.items() if question.rungs)
OPTIONS: dict[str, tuple[str, ...]] = {name: tuple(reading.options) for name, reading in POLICY.rules.readings.items()}
DEFAULTS: Readings = {name: reading.default for name, reading in POLICY.rules.readings.items()}

_VOCABULARY = POLICY.rules.vocabulary
_DAYS = tuple((FIRST_DAY + timedelta(days=days)).isoformat() for days in (0, 1, 2, 10, 30, 365, 366, 731))


def _values(scalar: Scalar) -> tuple[Any, ...]:
    match scalar.type:
        case "choice":
            return tuple(scalar.options)
        case "date":
            return _DAYS
        case "fraction":
            return ("1/3", "1/2", "2/3")
        case _:
            return tuple(_numbers(scalar))


def _numbers(column: Scalar | RecordField) -> range:
    """A few whole numbers that may stand there; years near those of the other dates."""
    low = column.min if column.min is not None else 0
    first = FIRST_DAY.year - 2 if low > 1000 else low
    return range(first, min(column.max if column.max is not None else first + 4, first + 4) + 1)


VALUES: dict[str, tuple[Any, ...]] = {
    **{name: _values(scalar) for name, scalar in _VOCABULARY.scalars.items()},
    **dict.fromkeys(_VOCABULARY.findings, (False, True)),
}
"""Every fact that is a single value, with values it can have."""
_OPEN = {name for name in VALUES if getattr(_VOCABULARY.scalars.get(name), "type", "choice") == "choice"}
"""Those of them that no other value limits."""


FOLLOWS = _VOCABULARY.follows()
"""What each answer to a finding says of other findings."""


_FOLDER = Path(__file__).parents[1] / "scenarios"
SCENARIOS = [located for path in sorted(_FOLDER.rglob("*.yaml")) for located in read_scenarios(path)]
"""The scenario library."""


def _bases() -> list[Facts]:
    """The single-valued facts of every case in the scenario library that has enough of them to get deep."""
    cases = [located.case for located in SCENARIOS]
    plain = [{name: v for name, v in case.items() if v in VALUES.get(name, ())} for case in cases if case]
    return sorted({repr(case): case for case in plain if len(case) > 1}.values(), key=len, reverse=True)


BASES = _bases()
SETTLED = [
    located
    for located in SCENARIOS
    if located.scenario.expect.outcome in POLICY.rules.decisions[located.scenario.decision].ladder
]
"""The scenarios that have an outcome."""


@dataclass(frozen=True)
class Asked:
    """A question put to the policy."""

    case: Facts
    decision: str
    readings: Readings = field(default_factory=dict)
    as_of: date | None = None

    def decide(self, engine: str = "fixpoint") -> Verdict:
        """Put the question."""
        return POLICY.decide(self.case, self.decision, readings=self.readings, as_of=self.as_of, engine=engine)

    def known(self) -> tuple[Program, Rails]:
        """The program of the decision, and the rails that the case and the readings make known."""
        return POLICY.questions[self.decision].program, self.decide().known.claimed

    def with_facts(self, more: Mapping[str, Any]) -> Asked:
        """The same question with more facts, or with others in their place."""
        return replace(self, case={**self.case, **more})


# --- facts -------------------------------------------------------------------------------------------------------


def from_bytes(chances: bytes, rarity: int, base: Facts) -> Facts:
    """One byte a fact: below ``rarity`` what the base says, else a value or (rarely) nothing."""
    facts = {}
    for chance, (name, values) in zip(chances, VALUES.items(), strict=True):
        every = (*values, *values, *values, None)
        value = base.get(name) if chance < rarity else every[chance % len(every)]
        if value is not None:
            facts[name] = value
    return facts


def coherent(case: Facts) -> Facts:
    """The case without answers that deny what follows from those before them, and without values above their limit."""
    case = possible(case)
    found: Facts = {}
    told: set[Assertion] = set()
    for name, value in case.items():
        says = {(name, value), *FOLLOWS.get((name, value), ())}
        if not any((other, not answer) in told for other, answer in says):
            found[name] = value
            told |= says
    return found


def possible(case: Facts) -> Facts:
    """The case without values above their limit."""
    return {name: value for name, value in case.items() if not _beyond(name, case)}


def _beyond(name: str, case: Facts) -> bool:
    limit = getattr(_VOCABULARY.scalars.get(name), "limit", None)
    most = case.get(limit.at_most) if limit else None
    if limit is None or most is None:
        return False
    return bool(limit.broken(case[name], date.fromisoformat(most) if limit.by == "year" else most))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Draw the single-valued facts of a case, which deny nothing that follows from others."""
    return coherent(draw(_facts()))


@st.composite
def _facts(draw: st.DrawFn) -> Facts:
    """Draw facts: sparse, dense, or from a scenario with some changed or the rest added."""
    chances = draw(st.binary(min_size=len(VALUES), max_size=len(VALUES)))
    kind = draw(st.sampled_from(["changed", "extended", "sparse", "dense"]))
    if kind == "sparse":
        return from_bytes(chances, 230, {})
    if kind == "dense":
        return from_bytes(chances, draw(st.sampled_from([0, 60])), {})
    base = BASES[draw(st.integers(0, len(BASES) - 1))]
    if kind == "changed":
        return from_bytes(chances, draw(st.sampled_from([255, 250, 240, 220])), base)
    return {**from_bytes(chances, 40, {}), **base}


@st.composite
def readings(draw: st.DrawFn) -> Readings:
    """Draw an option or None for every reading: all defaults, a few changed, or any."""
    chances = draw(st.binary(min_size=len(OPTIONS), max_size=len(OPTIONS)))
    rarity = draw(st.sampled_from([256, 220, 0]))
    chosen: Readings = {}
    for chance, (name, options) in zip(chances, OPTIONS.items(), strict=True):
        chosen[name] = DEFAULTS[name] if chance < rarity else (*options, None)[chance % (len(options) + 1)]
    return chosen


# --- records -----------------------------------------------------------------------------------------------------


def _column(column: RecordField) -> st.SearchStrategy[Any]:
    match column.type:
        case "choice":
            return st.sampled_from(sorted(column.options))
        case "choices":
            return st.lists(st.sampled_from(sorted(column.options)), unique=True)
        case "date":
            return st.sampled_from(_DAYS)
        case "bool":
            return st.booleans()
        case "fraction":
            return st.sampled_from(["0", "1/3", "1/2", "1"])
        case "int":
            return st.sampled_from(_numbers(column))
        case _:
            return st.just("…")


def within_limits(record: Record, entry: Facts) -> Facts:
    """The entry with values lowered to what they can be at most; a year that must stay takes the day from its side."""
    entry = dict(entry)
    for limit in record.limits:
        part, most = entry.get(limit.field), entry.get(limit.at_most)
        if part is None or most is None:
            continue
        if record.fields[limit.at_most].type == "date":
            day = date.fromisoformat(most)
            broken = limit.broken(part if limit.by == "year" else date.fromisoformat(part), day)
            most = day.year if limit.by == "year" else most
        else:
            broken = limit.broken(part, most)
        if broken and record.fields[limit.field].required:
            del entry[limit.at_most]
        elif broken:
            entry[limit.field] = most
    denied = {name for name, _ in record.denied(entry)}
    return {name: value for name, value in entry.items() if name not in denied}


def _entry(record: Record) -> st.SearchStrategy[Facts]:
    columns = {name: _column(column) for name, column in record.fields.items()}
    required = {name: columns[name] for name, column in record.fields.items() if column.required}
    optional = {name: column for name, column in columns.items() if name not in required}

    return st.fixed_dictionaries(required, optional=optional).map(lambda entry: within_limits(record, entry))


@st.composite
def records(draw: st.DrawFn, record: Record) -> dict[str, Any]:
    """Draw a list of entries, and whether it is complete."""
    entries = draw(st.lists(_entry(record), max_size=5))
    if record.unique:
        alike = {tuple(repr(entry.get(name)) for name in record.unique): entry for entry in entries}
        entries = list(alike.values())
    return {"complete": draw(st.booleans()), "entries": entries}


# --- questions ---------------------------------------------------------------------------------------------------


@st.composite
def cases(draw: st.DrawFn, *, disputed: bool = False) -> Facts:
    """Draw a case with its records; when it may be ``disputed``, organs sometimes disagree on a finding."""
    case = draw(facts())
    for name, record in _VOCABULARY.records.items():
        if draw(st.booleans()):
            log = name == "events" and draw(st.booleans())
            case[name] = draw(logs()).as_fact() if log else draw(records(record))
    if disputed and draw(st.integers(0, 3)) == 3:
        for name in draw(st.lists(st.sampled_from(sorted(_VOCABULARY.findings)), max_size=3)):
            sides = ({"value": True, "determined_by": "甲"}, {"value": False, "determined_by": "乙"})
            case[name] = list(sides)
    return case


@st.composite
def asked(draw: st.DrawFn, *, disputed: bool = False, ladders: bool = False) -> Asked:
    """Draw a question: any decision, or any with outcomes."""
    decision = draw(st.sampled_from(LADDERS if ladders else DECISIONS))
    as_of = draw(st.sampled_from([None, None, FIRST_DAY + timedelta(days=20), FIRST_DAY + timedelta(days=800)]))
    return Asked(draw(cases(disputed=disputed)), decision, draw(readings()), as_of)


@cache
def _of_scenario(nth: int) -> Asked:
    """The question of a scenario as it stands: by id, with its lists; the day is the one it is asked for."""
    located = SETTLED[nth]
    case = POLICY.reader.read(located.case).model_dump(mode="json", exclude_unset=True)
    for name in case.keys() & _VOCABULARY.records.keys():
        case[name] = {"complete": False, "entries": [], **case[name]}
    day = located.scenario.as_of or case.pop("as_of", "")
    readings = {**DEFAULTS, **POLICY.readings(located.scenario.readings)}
    return Asked(case, located.scenario.decision, readings, date.fromisoformat(day) if day else None)


@st.composite
def settled(draw: st.DrawFn) -> Asked:
    """Draw a question that has an outcome: any such, or that of a scenario with other facts, and other readings."""
    if draw(st.integers(0, 3)) == 0:
        question = draw(asked(ladders=True))
    else:
        question = _of_scenario(draw(st.integers(0, len(SETTLED) - 1)))
        chances = draw(st.binary(min_size=len(VALUES), max_size=len(VALUES)))
        more = from_bytes(chances, draw(st.sampled_from([256, 250, 230])), {})
        plain = {name: value for name, value in question.case.items() if value in VALUES.get(name, ())}
        more = {name: value for name, value in coherent({**plain, **more, **plain}).items() if name in _OPEN}
        question = replace(question, case={**more, **question.case})
        if draw(st.booleans()):
            question = replace(question, readings=draw(readings()))
    assume(question.decide().outcome is not None)
    return question


def some_questions(number: int, seed: int) -> list[Asked]:
    """The same questions every time, for tests that cannot draw."""
    random = Random(seed)
    found = []
    for place in range(number):
        base = random.choice(BASES)
        case = possible(from_bytes(random.randbytes(len(VALUES)), random.choice([0, 60, 220, 250]), base))
        case |= {"title": f"第{place + 1}案", "events": Log((), random.random() < 0.5).as_fact()}
        found.append(Asked(case, DECISIONS[place % len(DECISIONS)]))
    return found
