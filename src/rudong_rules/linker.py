"""Parts → rule set: conditions parsed, every name checked against what the policy defines."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from . import conditions
from .bilingual import Text, say
from .check_links import link_checks
from .complaints import nearest
from .errors import did_you_mean, shown
from .expressions import MeasureError
from .logic import AtLeast, Condition, Constant, Not
from .measure_checks import Terms, kind_of
from .parts import Parts
from .ruleset import Conclusion, Decision, Duty, Period, Rule, RuleSet
from .scope import Scope
from .source import KEY, Loc, Report
from .vocabulary import Named, Vocabulary
from .vocabulary_checks import check_vocabulary
from .wheres import readings_in


def link(parts: Parts) -> RuleSet:
    """Return the rule set of the parts; whatever is wrong with it is added to the problems of ``parts``."""
    rules: dict[str, Rule] = parts.section("rules")
    decisions: dict[str, Decision] = parts.section("decisions")
    duties: dict[str, Duty] = parts.section("duties")
    declared: dict[str, Conclusion] = parts.section("conclusions")
    vocabulary = parts.vocabulary()
    conclusions: dict[str, Conclusion] = {rule.concludes or name: rule for name, rule in rules.items()} | declared
    scope = _scope(vocabulary, conclusions, parts)
    parsed: dict[str, Condition] = {}
    for name, rule in rules.items():
        parsed[f"rule:{name}"] = _rule(parts, name, rule, scope)
        if rule.concludes and rule.concludes not in declared:
            origin = parts.origins[f"rules:{name}"]
            message = say("undeclared", name=rule.concludes)
            span = origin.document.span((*origin.loc, "concludes"))
            hint = did_you_mean(rule.concludes, declared) or say("declare_it")
            parts.problem(span, "unknown-conclusion", message, hint)
    for name, decision in decisions.items():
        parsed |= _decision(parts, name, decision, scope)
    for name, duty in duties.items():
        parsed |= _duty(parts, name, duty, scope)
    for name, period in parts.section("periods").items():
        _check_period(parts, name, period, scope)
    _check_cautions(parts, rules, conclusions)
    _check_readings(parts)
    check_vocabulary(parts, vocabulary, scope.names)
    checks = link_checks(parts, scope, decisions)
    # What only a check cites is no part of the rules.
    clauses = {key: refs for key, refs in parts.clauses.items() if not key.startswith("invariants:")}
    return RuleSet(
        vocabulary, rules, conclusions, parts.section("readings"), decisions, duties,
        parts.section("periods"), parts.section("groups"), parts.section("not_encoded"), clauses, parsed,
        dict(scope.tests), checks,
    )  # fmt: skip


_ASKED = ("decisions", "duties", "measures", "records", "scalars", "rules", "conclusions", "findings")
"""The sections whose things a condition may ask for, those that it names alone last."""


def _scope(vocabulary: Vocabulary, conclusions: Mapping[str, Named], parts: Parts) -> Scope:
    decisions: dict[str, Decision] = parts.section("decisions")
    duties: dict[str, Duty] = parts.section("duties")
    return Scope(
        questions=[*vocabulary.findings, *conclusions, *parts.section("rules")],
        choices={name: s.options for name, s in vocabulary.scalars.items() if s.type == "choice"},
        readings={name: list(reading.options) for name, reading in parts.section("readings").items()},
        outcomes={name: decision.ladder for name, decision in decisions.items()},
        duties=list(duties),
        owed={name: owed for name, decision in decisions.items() if (owed := _owed(decision, duties))},
        names=Terms.of(vocabulary),
        labels={thing.label: name for section in _ASKED for name, thing in parts.section(section).items()},
    )


def _owed(decision: Decision, duties: Mapping[str, Duty]) -> list[str]:
    known = {name: duties[name] for name in decision.duties if name in duties}
    return [name for name, duty in known.items() if duty.modality == "shall" and not duty.standing]


def _rule(parts: Parts, name: str, rule: Rule, scope: Scope) -> Condition:
    """Return the condition of a rule: ``when`` holds and ``unless`` is known not to."""
    origin = parts.origins[f"rules:{name}"]
    report = parts.reporter(origin.document)
    when = conditions.parse(rule.when, (*origin.loc, "when"), scope, report)
    if rule.unless is None:
        return when
    exception = conditions.parse(rule.unless, (*origin.loc, "unless"), scope, report)
    return AtLeast(2, (when, Not(exception)))


def _decision(parts: Parts, name: str, decision: Decision, scope: Scope) -> dict[str, Condition]:
    origin = parts.origins[f"decisions:{name}"]
    report = parts.reporter(origin.document)
    parsed: dict[str, Condition] = {}
    groups = parts.section("groups")
    if decision.group and decision.group not in groups:
        message = say("no_group", name=decision.group)
        report((*origin.loc, "group"), "unknown-group", message, nearest(decision.group, groups))
    if not decision.ladder and not decision.profile:
        report((*origin.loc, KEY), "missing", say("decides_nothing", name=name), say("add_ladder"))
    if name in scope.choices:
        report((*origin.loc, KEY), "id-twice", say("is_a_choice", name=name), say("other_id"))
    certain = ""
    for rung, step in decision.ladder.items():
        loc = (*origin.loc, "ladder", rung)
        parsed[f"rung:{name}={rung}"] = conditions.parse(step.when, (*loc, "when"), scope, report)
        if certain or step.when is False:
            why = say("always_above", name=certain) if certain else say("always_false")
            message = say("unreachable", name=rung, why=why)
            parts.problem(origin.document.key_span(loc), "unreachable", message, say("mend_condition"))
        if step.when is True:
            certain = rung
    listed: tuple[tuple[str, list[str], Collection[str]], ...] = (
        ("profile", decision.profile, scope.questions),
        ("duties", decision.duties, scope.duties),
        ("periods", decision.periods, parts.section("periods")),
    )
    for key, names, known in listed:
        for place, word in enumerate(names):
            if word not in known:
                report(
                    (*origin.loc, key, place), "unknown-atom", say("nothing_called", name=word), nearest(word, known)
                )
    return parsed


def _duty(parts: Parts, name: str, duty: Duty, scope: Scope) -> dict[str, Condition]:
    """Return the three conditions of a duty: silence on ``done`` leaves it unknown, on ``breached`` means never."""
    origin = parts.origins[f"duties:{name}"]
    report = parts.reporter(origin.document)
    parsed: dict[str, Condition] = {}
    within = None if duty.within is None else conditions.parse(duty.within, (*origin.loc, "within"), scope, report)
    for state, silent in (("due", None), ("done", None), ("breached", False)):
        written = getattr(duty, state)
        if written is None:
            parsed[f"duty:{name}:{state}"] = Constant(silent)
            continue
        told = conditions.parse(written, (*origin.loc, state), scope, report)
        parsed[f"duty:{name}:{state}"] = told if within is None else AtLeast(2, (within, told))
    return parsed


def _check_period(parts: Parts, name: str, period: Period, scope: Scope) -> None:
    """Report a period over no record, or between fields that are no dates."""
    origin = parts.origins[f"periods:{name}"]
    report = parts.reporter(origin.document)
    try:
        kind_of({"count": {"of": period.of, "where": period.where}}, scope.names, readings=True)
    except MeasureError as error:
        if not error.measure:
            report((*origin.loc, *error.loc[1:]), "bad-period", error.said, error.hint)
        return
    for path, reading, options in readings_in(period.where):
        conditions.options_of({reading: dict.fromkeys(options)}, (*origin.loc, "where", *path), scope.readings, report)
    fields = scope.names.records[period.of].columns
    dates = [field for field, column in fields.items() if column.type == "date"]
    _check_end(period.first, dates, (*origin.loc, "first"), scope, report)
    if period.last is not None:
        _check_end(period.last, dates, (*origin.loc, "last"), scope, report)


def _check_end(end: Any, dates: list[str], loc: Loc, scope: Scope, report: Report) -> None:
    """Report an end of a period that is no date field, nor by reading one."""
    if isinstance(end, dict) and set(end) == {"by_reading"}:
        reading, options = conditions.options_of(end["by_reading"], (*loc, "by_reading"), scope.readings, report) or (
            "",
            {},
        )
        for option, inner in options.items():
            _check_end(inner, dates, (*loc, "by_reading", reading, option), scope, report)
    elif not isinstance(end, str) or end not in dates:
        report(loc, "bad-period", say("no_date_field", name=shown(end)), nearest(end, dates))


def _check_cautions(parts: Parts, rules: Mapping[str, Rule], conclusions: Mapping[str, Conclusion]) -> None:
    """Report a caution of which no decision warns, and one that a rule says of what it shares with others."""
    told = {name for decision in parts.section("decisions").values() for name in decision.profile}

    def report(key: str, message: Text, hint: Text) -> None:
        origin = parts.origins[key]
        parts.problem(origin.document.span((*origin.loc, "caution")), "untold-caution", message, hint)

    for name, rule in rules.items():
        if rule.caution and rule.concludes:
            report(f"rules:{name}", say("caution_shared", name=rule.concludes), say("say_caution_there"))
    for name, conclusion in conclusions.items():
        if conclusion.caution and name not in told:
            key = f"rules:{name}" if name in rules else f"conclusions:{name}"
            if key in parts.origins:
                report(key, say("caution_untold", name=name), say("list_in_profile"))


def _check_readings(parts: Parts) -> None:
    for name, reading in parts.section("readings").items():
        origin = parts.origins[f"readings:{name}"]
        report = parts.reporter(origin.document)
        if len(reading.options) < 2:
            report((*origin.loc, "options"), "missing", say("two_options"), say("add_other"))
        elif reading.default not in reading.options:
            message = say("no_reading_option", of=name, word=shown(reading.default))
            report((*origin.loc, "default"), "unknown-option", message, nearest(reading.default, reading.options))
