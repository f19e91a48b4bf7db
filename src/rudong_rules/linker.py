"""Parts → rule set: conditions parsed, every name checked against what the policy defines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from . import conditions
from .errors import did_you_mean
from .expressions import MeasureError, Names, kind_of
from .parts import Parts
from .ruleset import AtLeast, Condition, Constant, Decision, Duty, Not, Period, Rule, RuleSet
from .source import Loc
from .vocabulary import Named, Record, Vocabulary

_LIMIT = ("field", "at_most")


def link(parts: Parts) -> RuleSet:
    """Return the rule set of the parts; whatever is wrong with it is added to the problems of ``parts``."""
    rules: dict[str, Rule] = parts.section("rules")
    decisions: dict[str, Decision] = parts.section("decisions")
    duties: dict[str, Duty] = parts.section("duties")
    declared: dict[str, Named] = parts.section("conclusions")
    vocabulary = Vocabulary(
        findings=parts.section("findings"), scalars=parts.section("scalars"), records=parts.section("records"),
        measures=parts.section("measures"), tables=parts.section("tables"),
    )  # fmt: skip
    conclusions: dict[str, Named] = {rule.concludes or name: rule for name, rule in rules.items()} | declared
    scope = _scope(vocabulary, conclusions, parts)
    parsed: dict[str, Condition] = {}
    for name, rule in rules.items():
        parsed[f"rule:{name}"] = _rule(parts, name, rule, scope)
        if rule.concludes and rule.concludes not in declared:
            origin = parts.origins[f"rules:{name}"]
            message = f"{rule.concludes!r} is not declared under conclusions"
            span = origin.document.span((*origin.loc, "concludes"))
            parts.problem(span, "unknown-conclusion", message, did_you_mean(rule.concludes, declared))
    for name, decision in decisions.items():
        parsed |= _decision(parts, name, decision, scope)
    for name, duty in duties.items():
        parsed |= _duty(parts, name, duty, scope)
    for name, period in parts.section("periods").items():
        _check_period(parts, name, period, scope)
    _check_labels(parts, vocabulary)
    _check_readings(parts)
    _check_measures(parts, vocabulary)
    return RuleSet(
        vocabulary, rules, conclusions, parts.section("readings"), decisions, duties,
        parts.section("periods"), parts.section("groups"), parts.section("not_encoded"), parts.clauses, parsed,
        dict(scope.tests),
    )  # fmt: skip


def _scope(vocabulary: Vocabulary, conclusions: Mapping[str, Named], parts: Parts) -> conditions.Scope:
    decisions: dict[str, Decision] = parts.section("decisions")
    duties: dict[str, Duty] = parts.section("duties")
    return conditions.Scope(
        questions=[*vocabulary.findings, *conclusions, *parts.section("rules")],
        choices={name: list(s.options) for name, s in vocabulary.scalars.items() if s.type == "choice"},
        readings={name: list(reading.options) for name, reading in parts.section("readings").items()},
        outcomes={name: list(decision.ladder) for name, decision in decisions.items()},
        duties=list(duties),
        owed={name: owed for name, decision in decisions.items() if (owed := _owed(decision, duties))},
        names=Names.of(vocabulary),
    )


def _owed(decision: Decision, duties: Mapping[str, Duty]) -> list[str]:
    known = {name: duties[name] for name in decision.duties if name in duties}
    return [name for name, duty in known.items() if duty.modality == "shall" and not duty.standing]


def _rule(parts: Parts, name: str, rule: Rule, scope: conditions.Scope) -> Condition:
    """Return the condition of a rule: ``when`` holds and ``unless`` is known not to."""
    origin = parts.origins[f"rules:{name}"]
    report = parts.reporter(origin.document)
    when = conditions.parse(rule.when, (*origin.loc, "when"), scope, report)
    if rule.unless is None:
        return when
    exception = conditions.parse(rule.unless, (*origin.loc, "unless"), scope, report)
    return AtLeast(2, (when, Not(exception)))


def _decision(parts: Parts, name: str, decision: Decision, scope: conditions.Scope) -> dict[str, Condition]:
    origin = parts.origins[f"decisions:{name}"]
    report = parts.reporter(origin.document)
    parsed: dict[str, Condition] = {}
    groups = parts.section("groups")
    if decision.group and decision.group not in groups:
        hint = did_you_mean(decision.group, groups)
        report((*origin.loc, "group"), "unknown-group", f"there is no group {decision.group!r}", hint)
    certain = ""
    for rung, step in decision.ladder.items():
        loc = (*origin.loc, "ladder", rung)
        parsed[f"rung:{name}={rung}"] = conditions.parse(step.when, (*loc, "when"), scope, report)
        if certain or step.when is False:
            why = f"{certain!r} above it always holds" if certain else "its condition is false"
            hint = "mend the condition, or delete the outcome"
            message = f"outcome {rung!r} cannot come out: {why}"
            parts.problem(origin.document.key_span(loc), "unreachable", message, hint)
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
                span = origin.document.span((*origin.loc, key, place))
                parts.problem(span, "unknown-atom", f"there is no {word!r}", did_you_mean(word, known))
    return parsed


def _duty(parts: Parts, name: str, duty: Duty, scope: conditions.Scope) -> dict[str, Condition]:
    """Return the three conditions of a duty: silence on ``done`` leaves it unknown, on ``breached`` means never."""
    origin = parts.origins[f"duties:{name}"]
    report = parts.reporter(origin.document)
    parsed: dict[str, Condition] = {}
    for state, silent in (("due", None), ("done", None), ("breached", False)):
        written = getattr(duty, state)
        loc = (*origin.loc, state)
        parsed[f"duty:{name}:{state}"] = (
            Constant(silent) if written is None else conditions.parse(written, loc, scope, report)
        )
    return parsed


def _check_period(parts: Parts, name: str, period: Period, scope: conditions.Scope) -> None:
    """Report a period over no record, or between fields that are no dates."""
    origin = parts.origins[f"periods:{name}"]
    for key in ("first", "last"):
        ends = getattr(period, key)
        for field in fields_of(ends, scope.readings) if ends is not None else ():
            try:
                if kind_of({"latest": {"of": period.of, "field": field, "where": period.where}}, scope.names) != "date":
                    raise MeasureError(f"field {field!r} is no date")
            except MeasureError as error:
                parts.problem(origin.document.span((*origin.loc, key)), "bad-period", str(error))


def fields_of(ends: Any, readings: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Yield the fields that the end of a period may name.  Raises nothing: what is no field is yielded as its text."""
    if isinstance(ends, dict) and set(ends) == {"by_reading"} and isinstance(ends["by_reading"], dict):
        for reading, options in ends["by_reading"].items():
            known = set(readings.get(reading, ()))
            if not isinstance(options, dict) or set(options) != known:
                yield f"{reading} with options {', '.join(sorted(known)) or 'of no known reading'}"
                continue
            for option in options.values():
                yield from fields_of(option, readings)
    else:
        yield str(ends)


def _check_labels(parts: Parts, vocabulary: Vocabulary) -> None:
    """Report Chinese labels that two facts share: a case may name its facts by them."""
    first: dict[str, str] = {}
    for section in ("findings", "scalars", "records"):
        for name, thing in getattr(vocabulary, section).items():
            origin = parts.origins[f"{section}:{name}"]
            if thing.label in first:
                span = origin.document.span((*origin.loc, "label"))
                message = f"{thing.label!r} is the label of {first[thing.label]!r} too"
                parts.problem(span, "label-twice", message, "tell them apart")
            first.setdefault(thing.label, name)


def _check_readings(parts: Parts) -> None:
    for name, reading in parts.section("readings").items():
        if reading.default not in reading.options:
            origin = parts.origins[f"readings:{name}"]
            span = origin.document.span((*origin.loc, "default"))
            options = ", ".join(reading.options)
            parts.problem(
                span, "unknown-option", f"{reading.default!r} is none of its options", f"its options are {options}"
            )


def _check_measures(parts: Parts, vocabulary: Vocabulary) -> None:
    """Report measures and computed fields that are none, or of another type than they say."""
    names = Names.of(vocabulary)
    wanted: list[tuple[str, Loc, Any, Names, str]] = [
        (f"measures:{name}", ("value",), measure.value, names, "") for name, measure in vocabulary.measures.items()
    ]
    for name, record in vocabulary.records.items():
        inside = names.within(record)
        for column, computed in record.computed.items():
            kind = "date" if computed.type == "date" else "number"
            wanted.append((f"records:{name}", ("computed", column, "value"), computed.value, inside, kind))
        _check_columns(parts, name, record)
    for key, loc, expression, known, kind in wanted:
        origin = parts.origins[key]
        try:
            found = kind_of(expression, known)
            if kind and found != kind:
                raise MeasureError(f"expected a {kind}, found a {found}")
        except MeasureError as error:
            parts.problem(origin.document.span((*origin.loc, *loc)), "bad-measure", str(error))


def _check_columns(parts: Parts, name: str, record: Record) -> None:
    """Report a ``dated_by`` that names no date field, an ``ordered_by`` that names no whole number, and the like."""
    origin = parts.origins[f"records:{name}"]
    limits = [(("limits", n, key), getattr(limit, key)) for n, limit in enumerate(record.limits) for key in _LIMIT]
    for loc, field in [(("unique", n), field) for n, field in enumerate(record.unique)] + limits:
        if field not in record.fields:
            hint = did_you_mean(field, record.fields)
            span = origin.document.span((*origin.loc, *loc))
            parts.problem(span, "unknown-field", f"there is no field {field!r}", hint)
    for key, kind in (("dated_by", "date"), ("ordered_by", "int")):
        column = getattr(record, key)
        if column and (column not in record.fields or record.fields[column].type != kind):
            fitting = [field for field, body in record.fields.items() if body.type == kind]
            hint = did_you_mean(column, fitting) or f"expected one of {', '.join(fitting)}"
            span = origin.document.span((*origin.loc, key))
            parts.problem(span, "unknown-field", f"there is no field {column!r} of type {kind}", hint)
