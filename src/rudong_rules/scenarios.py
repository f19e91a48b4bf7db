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

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from . import periods
from .bilingual import say
from .complaints import complain, day_hint, keys_at, nearest
from .errors import CaseError, InputError, Problem, Span, shown
from .expected import Expected, Nameable
from .policy import Policy
from .source import KEY, Document, Loc, read_document
from .verdict import Verdict
from .verdict_data import Citation, ClauseName
from .vocabulary import Schema, says


class Scenario(Schema):
    """One case and what must come of it; ``point`` says in one sentence what it shows.

    ``case`` is laid over the base that ``base`` names; a fact given as null is taken out of it.
    """

    point: Annotated[str, says(8)]
    decision: str
    base: str = ""
    case: dict[str, Any] = {}
    as_of: str = ""
    readings: dict[str, str | None] = {}
    expect: Expected


class _Outline(Schema):
    """A file before its scenarios are looked into, so that one that is none hides nothing of the others."""

    bases: dict[str, dict[str, Any]] = {}
    scenarios: list[Any] = Field(min_length=1)


class ScenarioFile(_Outline):
    """A file of scenarios with the cases on which they build: what keys may stand in it."""

    scenarios: list[Scenario] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Located:
    """A scenario with its place and its whole case."""

    scenario: Scenario
    span: Span
    case: dict[str, Any]


def read_scenarios(path: Path, name: str | None = None, policy: Policy | None = None) -> list[Located]:
    """Return the scenarios of one file; those of a policy may name nothing that their decision could not use.

    Raises InputError with every problem of the file.
    """
    document = read_document(path, name)
    try:
        outline = _Outline.model_validate(document.data)
    except ValidationError as error:
        raise InputError(_unfit(document, (), error)) from None
    names = Nameable(policy) if policy else None
    found, problems = [], list[Problem]()
    for place, written in enumerate(outline.scenarios):
        loc = ("scenarios", place)
        try:
            scenario = Scenario.model_validate(written)
        except ValidationError as error:
            problems += _unfit(document, loc, error)
            continue
        problems += _wrong(document, loc, scenario, outline.bases)
        problems += _misnamed(document, loc, scenario, policy, names) if policy and names else ()
        whole = {**outline.bases.get(scenario.base, {}), **scenario.case}
        case = {key: value for key, value in whole.items() if value is not None}
        found.append(Located(scenario, document.span(loc), case))
    problems += _unused(document, outline)
    if problems:
        raise InputError(problems)
    return found


def _unused(document: Document, outline: _Outline) -> Iterator[Problem]:
    """Yield each base on which no scenario builds, unless one names a base that is not there: it may be meant."""
    used = [written.get("base", "") for written in outline.scenarios if isinstance(written, dict)]
    if all(one in ("", *outline.bases) for one in used):
        for base in (one for one in outline.bases if one not in used):
            place = document.key_span(("bases", base))
            yield Problem(place, "unused-base", say("base_unused", name=base), say("use_or_delete"))


def _unfit(document: Document, above: Loc, error: ValidationError) -> Iterator[Problem]:
    for one in error.errors(include_url=False):
        loc: Loc = (*above, *one["loc"])
        code, message, hint = complain(one, keys_at(ScenarioFile, loc[:-1]))
        place = loc[:-1] if code == "missing" else loc
        span = document.key_span(place) if code in ("missing", "unknown-key") else document.span(place)
        yield Problem(span, code, message, hint)


def _wrong(document: Document, loc: Loc, scenario: Scenario, bases: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with a scenario by itself: a base that is not there, no day, nothing that is expected."""
    if scenario.base and scenario.base not in bases:
        message = say("no_base", name=scenario.base)
        yield Problem(document.span((*loc, "base")), "unknown-base", message, nearest(scenario.base, bases))
    if scenario.as_of and not _is_day(scenario.as_of):
        message = say("not_day", value=shown(scenario.as_of))
        yield Problem(document.span((*loc, "as_of")), "bad-date", message, day_hint(scenario.as_of))
    if scenario.expect == Expected():
        yield Problem(document.span((*loc, "expect")), "missing", say("none_expected"), say("add", name="outcome"))


def _misnamed(document: Document, loc: Loc, scenario: Scenario, policy: Policy, names: Nameable) -> Iterator[Problem]:
    """Yield each name of a scenario that the policy, or the decision, does not know."""
    for reading, option in scenario.readings.items():
        try:
            policy.readings({reading: option})
        except CaseError as error:
            for problem in error.problems:
                key = () if problem.code == "unknown-option" else (KEY,)
                yield replace(problem, span=document.span((*loc, "readings", reading, *key)))
    decision = policy.decisions.find(scenario.decision)
    if isinstance(decision, Problem):
        yield replace(decision, span=document.span((*loc, "decision")))
    else:
        for place, code, message, hint in names.wrong(scenario.expect, decision):
            yield Problem(document.span((*loc, "expect", *place)), code, message, hint)


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
    wrong: list[str] = [message for _, _, message, _ in Nameable(policy).wrong(expected, verdict.decision)]
    return wrong or list(_differences(expected, verdict, policy))


def _differences(expected: Expected, verdict: Verdict, policy: Policy) -> Iterator[str]:
    def differ(what: str, wanted: Any, got: Any) -> Iterator[str]:
        if wanted != got:
            yield say("expected_got", what=what, wanted=str(wanted), got=str(got))

    if expected.outcome:
        yield from differ("outcome", expected.outcome, verdict.outcome or verdict.status)
    if expected.modality is not None:
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
    shown_with = _shown_with(verdict, policy) if expected.clauses else {}
    for name, own in expected.clauses.items():
        yield from _clause_differences(name, own, shown_with.get(name), policy)
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
    things: list[tuple[str, Sequence[Citation | ClauseName]]] = []
    things += [(caution.name, caution.citations) for caution in verdict.cautions]
    things += [(step.name, step.clauses) for step in verdict.derivation]
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
