"""Scenario files: cases with the verdict that they must get, written in YAML beside the policy.

bases:
  eligible: {用工性质: 在编干警, …}
scenarios:
  - point: Improper gain for the unit defeats condition 2, however selfless the motive.
    decision: tolerance
    base: eligible
    case: {gain_unit: true}
    expect: {outcome: not_met, facts: {condition_2: false}, cites: [三（一）2]}
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from . import periods
from .bilingual import say
from .complaints import complain, day_hint, keys_at, nearest
from .errors import InputError, Problem, Span, shown
from .policy import Policy
from .source import Document, read_document
from .verdict import Verdict
from .vocabulary import Schema

DutyOrNone = Literal["owed", "done", "breached", "open", "standing", "none"]


class Expected(Schema):
    """What a verdict must be.  Only what is written is checked.

    ``outcome`` is an id, or ``undetermined``, ``contradicted``, ``profile``; ``possible`` those not ruled out;
    ``cites`` printed labels (``三（一）2``, or ``容错 三（一）2`` where several regulations are cited) that must all be
    cited, ``cites_not`` ones that must not; ``clauses`` the labels of all clauses that a rule, outcome, duty, period
    or the decision itself is shown with, by its id; ``facts`` the state of atoms (true, false, ``unknown``,
    ``contradicted``);
    ``missing`` facts that must be asked for, ``missing_not`` ones that must not, ``missing_first`` the first one;
    ``duties`` their states, ``none`` for one that has not arisen; ``readings`` those relied on, all of them;
    ``periods`` by id the first and last day, empty for one that is not known or not set: two stretches of one id
    are four days in order of their first, none is ``[]``.
    """

    outcome: str = ""
    modality: str = ""
    possible: list[str] | None = None
    cites: list[str] = []
    cites_not: list[str] = []
    clauses: dict[str, list[str]] = {}
    facts: dict[str, bool | str] = {}
    missing: list[str] = []
    missing_not: list[str] = []
    missing_first: str = ""
    duties: dict[str, DutyOrNone] = {}
    readings: list[str] | None = None
    periods: dict[str, list[str]] = {}


class Scenario(Schema):
    """One case and what must come of it; ``point`` says in one sentence what it shows.

    ``case`` is laid over the base that ``base`` names; a fact given as null is taken out of it.
    """

    point: str = Field(min_length=8)
    decision: str
    base: str = ""
    case: dict[str, Any] = {}
    as_of: str = ""
    readings: dict[str, str | None] = {}
    expect: Expected


class ScenarioFile(Schema):
    """A file of scenarios with the cases on which they build."""

    bases: dict[str, dict[str, Any]] = {}
    scenarios: list[Scenario] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Located:
    """A scenario with its place and its whole case."""

    scenario: Scenario
    span: Span
    case: dict[str, Any]


_FILE = TypeAdapter(ScenarioFile)


def read_scenarios(path: Path, name: str | None = None) -> list[Located]:
    """Return the scenarios of one file.  Raises InputError with every problem of the file."""
    document = read_document(path, name)
    try:
        content = _FILE.validate_python(document.data)
    except ValidationError as error:
        raise InputError(_problems(document, error)) from None
    found, problems = [], []
    for place, scenario in enumerate(content.scenarios):
        span = document.span(("scenarios", place))
        if scenario.base and scenario.base not in content.bases:
            hint = nearest(scenario.base, content.bases)
            place_of_base = document.span(("scenarios", place, "base"))
            problems.append(Problem(place_of_base, "unknown-base", say("no_base", name=scenario.base), hint))
        if scenario.as_of and not _is_day(scenario.as_of):
            place_of_day = document.span(("scenarios", place, "as_of"))
            message = say("not_day", value=shown(scenario.as_of))
            problems.append(Problem(place_of_day, "bad-date", message, day_hint(scenario.as_of)))
        if scenario.expect == Expected():
            place_of_none, hint = document.span(("scenarios", place, "expect")), say("add", name="outcome")
            problems.append(Problem(place_of_none, "missing", say("none_expected"), hint))
        whole = {**content.bases.get(scenario.base, {}), **scenario.case}
        found.append(Located(scenario, span, {key: value for key, value in whole.items() if value is not None}))
    if problems:
        raise InputError(problems)
    return found


def _problems(document: Document, error: ValidationError) -> Iterator[Problem]:
    for one in error.errors(include_url=False):
        code, message, hint = complain(one, keys_at(ScenarioFile, one["loc"][:-1]))
        place = one["loc"][:-1] if code == "missing" else one["loc"]
        span = document.key_span(place) if code in ("missing", "unknown-key") else document.span(place)
        yield Problem(span, code, message, hint)


def _is_day(text: str) -> bool:
    try:
        periods.day(text)
    except ValueError:
        return False
    return True


def verdict_of(located: Located, policy: Policy, engine: str = "fixpoint") -> Verdict:
    """Return the verdict that a scenario comes to.  Raises CaseError for a case that cannot be decided."""
    scenario = located.scenario
    day = periods.day(scenario.as_of) if scenario.as_of else None
    return policy.decide(located.case, scenario.decision, as_of=day, readings=scenario.readings, engine=engine)


def differences(expected: Expected, verdict: Verdict, policy: Policy) -> list[str]:
    """Return what was expected of a verdict and does not hold, a line each; nothing when all of it does."""
    try:
        return list(_differences(expected, verdict, policy))
    except KeyError as error:
        return [say("unusable_name", name=error.args[0])]


def _check_names(expected: Expected, verdict: Verdict, policy: Policy) -> None:
    """Raise KeyError for a name that does not exist: a verdict can never cite, ask for or owe it."""
    decision = policy.rules.decisions[verdict.decision]
    clauses = [clause for regulation in policy.regulations.values() for clause in regulation.clauses]
    labels = {name for clause in clauses for name in (clause.label, clause.short_citation)}
    named: tuple[tuple[Iterable[str], Container[str]], ...] = (
        ((*expected.cites, *expected.cites_not, *(one for own in expected.clauses.values() for one in own)), labels),
        ((*expected.missing, *expected.missing_not), policy.glossary.facts),
        (expected.facts, verdict.question.names),
        (expected.duties, decision.duties),
        (expected.periods, decision.periods),
        (expected.possible or (), decision.ladder),
        (expected.readings or (), policy.rules.readings),
    )
    for names, known in named:
        for name in names:
            if name not in known:
                raise KeyError(name)


def _differences(expected: Expected, verdict: Verdict, policy: Policy) -> Iterator[str]:
    _check_names(expected, verdict, policy)

    def differ(what: str, wanted: Any, got: Any) -> Iterator[str]:
        if wanted != got:
            yield say("expected_got", what=what, wanted=str(wanted), got=str(got))

    if expected.outcome:
        yield from differ("outcome", expected.outcome, verdict.outcome or verdict.status)
    if expected.modality:
        yield from differ("modality", expected.modality, verdict.modality)
    if expected.possible is not None:
        yield from differ("possible", sorted(expected.possible), sorted(verdict.possible))
    clauses = [policy.clause(ref) for ref in verdict.cited]
    cited = {name for clause in clauses for name in (clause.label, clause.short_citation)}
    told = "、".join(c.short_citation for c in clauses)
    for label in expected.cites:
        if label not in cited:
            yield say("not_cited", label=label, cited=told or say("none_at_all"))
    for label in expected.cites_not:
        if label in cited:
            yield say("is_cited", label=label)
    for name, own in expected.clauses.items():
        yield from _clause_differences(name, own, _shown_with(verdict, policy).get(name), policy)
    for name, state in expected.facts.items():
        wanted = {True: "true", False: "false"}.get(state, state) if isinstance(state, bool) else state
        yield from differ(name, wanted, verdict.fact(name).state)
    if expected.missing or expected.missing_not or expected.missing_first:
        # The search for missing facts takes longer than the verdict itself.
        yield from _missing_differences(expected, [fact.name for fact in verdict.missing])
    duties = {duty.id: duty.state for duty in verdict.duties}
    for name, wanted_state in expected.duties.items():
        yield from differ(say("of_duty", name=name), wanted_state, duties.get(name, "none"))
    if expected.readings is not None:
        yield from differ("readings", sorted(expected.readings), sorted(used.id for used in verdict.readings))
    for name, days in expected.periods.items():
        got = [day for period in verdict.periods if period.id == name for day in (period.first, period.last)]
        yield from differ(say("of_period", name=name), days, got)


def _shown_with(verdict: Verdict, policy: Policy) -> dict[str, list[str]]:
    """Return the references of the clauses that each thing in a verdict, and its decision, is shown with."""
    things = [(step.name, step.clauses) for step in verdict.derivation]
    things += [(duty.id, duty.clauses) for duty in verdict.duties]
    things += [(period.id, period.clauses) for period in verdict.periods]
    found = {name: [clause.ref for clause in clauses] for name, clauses in things}
    return {**found, verdict.decision: list(policy.rules.clauses[f"decisions:{verdict.decision}"])}


def _clause_differences(name: str, wanted: list[str], shown: list[str] | None, policy: Policy) -> Iterator[str]:
    if shown is None:
        yield say("clauses_not_shown", name=name)
        return
    clauses = [policy.clause(ref) for ref in shown]
    got = [one.label if one.label in wanted else one.short_citation for one in clauses]
    if sorted(got) != sorted(wanted):
        told = ("、".join(one) or say("none_at_all") for one in (wanted, got))
        yield say("expected_got", what=f"clauses: {name}", wanted=next(told), got=next(told))


def _missing_differences(expected: Expected, missing: list[str]) -> Iterator[str]:
    if expected.missing_first and missing[:1] != [expected.missing_first]:
        yield say("expected_got", what="missing_first", wanted=expected.missing_first, got=str(missing[:1]))
    for name in expected.missing:
        if name not in missing:
            yield say("not_asked_for", name=name, asked=str(missing))
    for name in expected.missing_not:
        if name in missing:
            yield say("is_asked_for", name=name)
