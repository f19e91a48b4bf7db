"""The engine says what the oracle says, which was written from the text without it.

Where the two once differed, :data:`SETTLED` and :data:`SETTLED_DUTIES` keep the case with the judgement that the text
asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laws.logs import COURSE, FIRST_DAY, PARTIES, Log, logs
from laws.strategies import (
    DEFAULTS,
    OPTIONS,
    POLICY,
    VALUES,
    Asked,
    Facts,
    Readings,
    coherent,
    facts,
    possible,
    readings,
)
from oracle import beside_duties, procedure, situations, tolerance
from oracle.logic import Event, Matter, Truth, with_what_follows
from oracle.procedure import Duty

STATES = {True: "true", False: "false", None: "unknown"}
CLAUSES = {
    clause.__name__: clause
    for clause in (*tolerance.CONDITIONS, *situations.SITUATIONS, *situations.EXCLUSIONS)
} | {
    "in_scope": tolerance.in_scope,
    "opening_met": tolerance.opening,
    "conditions_met": tolerance.conditions_met,
    "situation": situations.situation,
    "excluded": situations.excluded,
    "vetoed": tolerance.vetoed,
}  # fmt: skip


def matter(case: Facts, chosen: Readings | None = None, log: Log | None = None) -> Matter:
    """What the oracle is given."""
    entries, complete = (log.entries, log.complete) if log else ((), False)
    return Matter(with_what_follows(case), DEFAULTS | (chosen or {}), entries, complete)


# --- settled differences -----------------------------------------------------------------------------------------


class Settled(NamedTuple):
    """A case that engine and oracle once decided differently, the atom that showed it, and what the text says."""

    decision: str
    atom: str
    case: Facts
    chosen: Readings
    judgement: str


SETTLED = (
    Settled(
        "tolerance", "condition_4",
        {"dictatorial": True, "democratic_centralism": True, "collective_by_procedure": True}, {},
        "独断专行 (三（三）3) is 个人专断 (三（一）4), and the default of `pretext` is argued from that",
    ),
    Settled(
        "tolerance", "condition_4", {"decision_involved": False}, {"act_without_decision": "unmet"},
        "this option says in so many words that condition 4 is not met (不具备); nothing else need be asked",
    ),
    Settled(
        "tolerance", "opening_met",
        {"violated_law": True, "diligent": True, "corrected_in_time": True}
        | dict.fromkeys(("gain_self", "gain_others", "gain_clique", "abuse_for_gain", "public_for_private"), False), {},
        "who 触犯国家法律法规 (三（三）4) does not meet 不违反……国家法律法规 (一首段), whatever else is found",
    ),
)  # fmt: skip


def _answer(known: Settled) -> Truth:
    m = matter(known.case, known.chosen)
    if known.atom in CLAUSES:
        return CLAUSES[known.atom](m)
    return tolerance.holds(tolerance.disposition(m), known.atom.partition("=")[2])


@pytest.mark.parametrize("known", SETTLED, ids=lambda known: f"{known.atom}-{len(known.case)}")
def test_a_settled_difference_stays_settled(known: Settled) -> None:
    verdict = POLICY.decide(known.case, known.decision, readings=known.chosen)
    assert verdict.fact(known.atom).state == STATES[_answer(known)]


def _on(*lines: tuple[str, int] | tuple[str, int, bool]) -> Log:
    """A complete log of events by day, with whether a consultation agreed; all parties took part, the party group as one."""
    events = []
    for kind, day, *agreed in lines:
        events.append(Event(kind, FIRST_DAY.replace(day=day), None, agreed[0] if agreed else None, PARTIES, True))
    return Log(tuple(events), True)


SETTLED_DUTIES: dict[tuple[str, str], tuple[Log, str]] = {
    ("hear_at_preliminary", "breached"): (
        _on(("preliminary_conclusion", 1), ("preliminary_opinion", 2), ("heard_at_preliminary", 3), ("recognition", 4)),
        "四（二） too speaks of 在调查中, and the inquiry is over once there is an opinion (五首段, 五（一）)",
    ),
    ("ask_party_group", "breached"): (
        _on(("recognition", 1), ("consultation", 2, False), ("instructions_asked", 3)),
        "五（一）: when the party group recognised, nobody had disagreed yet",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("duty", "state"), SETTLED_DUTIES)
def test_a_settled_difference_of_duties_stays_settled(duty: str, state: str) -> None:
    log, _ = SETTLED_DUTIES[duty, state]
    verdict = POLICY.decide({"events": log.as_fact()}, "tolerance_procedure")
    found = procedure.duties(matter({}, log=log))[duty]
    assert verdict.fact(f"duty:{duty}:{state}").state == STATES[getattr(found, state)]


# --- the law -----------------------------------------------------------------------------------------------------


def _agrees(question: Asked, ladder: tolerance.Ladder) -> None:
    """The outcome is the oracle's, and so are the outcomes that remain possible."""
    verdict = question.decide()
    expected = tolerance.outcome(ladder)
    assert verdict.outcome == expected
    assert set(verdict.possible) == {name for name in ladder if tolerance.holds(ladder, name) is not False}
    assert verdict.status == ("undetermined" if expected is None else "determined")


@given(facts(), readings())
def test_tolerance_and_each_of_its_clauses_are_the_oracles(case: Facts, chosen: Readings) -> None:
    m, question = matter(case, chosen), Asked(case, "tolerance", chosen)
    verdict = question.decide()
    for name, clause in CLAUSES.items():
        assert verdict.fact(name).state == STATES[clause(m)], name
    _agrees(question, tolerance.tolerance(m))


class _Recorder(dict[str, object]):
    """A case that says nothing and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[str, None] = {}

    def get(self, name: str, default: object = None) -> object:
        self.asked[name] = None
        return default


@cache
def _facts_of(clause: str) -> tuple[str, ...]:
    """The facts that a clause is about."""
    recorder = _Recorder()
    CLAUSES[clause](Matter(recorder, DEFAULTS | dict.fromkeys(OPTIONS)))
    return tuple(recorder.asked)


def _said(names: Iterable[str], chances: bytes) -> Facts:
    """A case that gives the facts any of their values or none, a byte each."""
    case = {}
    for name, chance in zip(names, chances, strict=False):
        value = (*VALUES[name], None)[chance % (len(VALUES[name]) + 1)]
        if value is not None:
            case[name] = value
    return case


@pytest.mark.parametrize("clause", [name for name in CLAUSES if len(_facts_of(name)) <= 22])
@given(chances=st.binary(min_size=22, max_size=22), chosen=readings())
def test_a_clause_is_the_oracles_whatever_its_own_facts_are(clause: str, chances: bytes, chosen: Readings) -> None:
    case = coherent(_said(_facts_of(clause), chances))
    verdict = POLICY.decide(case, "tolerance", readings=chosen)
    assert verdict.fact(clause).state == STATES[CLAUSES[clause](matter(case, chosen))]


@given(facts(), readings())
def test_disposition_is_the_oracles(case: Facts, chosen: Readings) -> None:
    m, question = matter(case, chosen), Asked(case, "disposition", chosen)
    _agrees(question, tolerance.disposition(m))
    for clause in (
        tolerance.lenient_conduct, tolerance.no_negative_evaluation, tolerance.recognition_against_text,
        tolerance.lenience_without_ground,
    ):  # fmt: skip
        assert question.decide().fact(clause.__name__).state == STATES[clause(m)], clause.__name__


@given(facts(), readings())
def test_protection_is_the_oracles(case: Facts, chosen: Readings) -> None:
    question = Asked(case, "tolerance_protection", chosen)
    _agrees(question, tolerance.tolerance_protection(matter(case, chosen)))


@given(facts())
def test_each_look_is_the_oracles(case: Facts) -> None:
    verdict = Asked(case, "six_looks").decide()
    for look, favourable in tolerance.looks(matter(case)).items():
        assert verdict.fact(look).state == STATES[favourable]


@given(facts(), readings(), logs(), st.sampled_from([None, FIRST_DAY + timedelta(days=20)]))
def test_the_procedure_and_each_of_its_duties_are_the_oracles(
    case: Facts, chosen: Readings, log: Log, as_of: date | None
) -> None:
    # The day is the case's own: of another day it would not be known whether an undated event lies before it.
    day = {"as_of": as_of.isoformat()} if as_of else {}
    question = Asked(possible(case | day) | {"events": log.as_fact()}, "tolerance_procedure", chosen)
    verdict = question.decide()
    m = matter(question.case, question.readings, log.until(as_of))
    found = procedure.duties(m)
    for (name, state), answer in _states(found).items():
        assert verdict.fact(f"duty:{name}:{state}").state == STATES[answer], (name, state)
    _agrees(question, procedure.tolerance_procedure(found))
    for caution in (
        beside_duties.recognition_not_as_logged, beside_duties.taken_before_inquiry, beside_duties.appeal_before_conclusion,
    ):  # fmt: skip
        assert verdict.fact(caution.__name__).state == STATES[caution(m)], caution.__name__
    for right in (beside_duties.apply, beside_duties.appeal, beside_duties.testify):
        assert verdict.fact(f"duty:{right.__name__}:due").state == STATES[right(m)]


@pytest.mark.parametrize("duty", [duty.__name__ for duty in procedure.DUTIES])
@given(chances=st.binary(min_size=8, max_size=8), chosen=readings(), data=st.data())
def test_a_duty_is_the_oracles_whatever_its_own_events_are(
    duty: str, chances: bytes, chosen: Readings, data: st.DataObject
) -> None:
    written = set(re.findall(r"\w+", repr(POLICY.rules.duties[duty])))
    log = data.draw(logs(tuple(kind for kind in COURSE if kind in written)))
    names = [name for name in VALUES if name in written]
    case = {
        n: v for n, chance in zip(names, chances, strict=False) if (v := (*VALUES[n], None)[chance % 3]) is not None
    }
    question = Asked(case | {"events": log.as_fact()}, "tolerance_procedure", chosen)
    verdict = question.decide()
    for (_, state), answer in _states({duty: procedure.duties(matter(case, chosen, log))[duty]}).items():
        assert verdict.fact(f"duty:{duty}:{state}").state == STATES[answer], state


def _states(found: dict[str, Duty]) -> dict[tuple[str, str], Truth]:
    return {(name, state): getattr(duty, state) for name, duty in found.items() for state in Duty._fields}


# --- the reach of the random cases -------------------------------------------------------------------------------


def test_the_oracle_knows_every_duty_and_event_of_the_procedure() -> None:
    rules = POLICY.rules
    duties = {name for name in rules.decisions["tolerance_procedure"].duties if not rules.duties[name].standing}
    rights = {"apply", "appeal", "testify"}
    assert set(procedure.duties(matter({}))) | rights == duties
    assert set(COURSE) == set(rules.vocabulary.records["events"].fields["event"].options)
