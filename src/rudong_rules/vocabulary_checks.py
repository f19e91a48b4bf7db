"""What a vocabulary must be beyond its schema: names told apart, options and limits where they belong, measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .bilingual import Text, say
from .bounds import in_parts
from .complaints import nearest
from .expressions import MeasureError
from .labels import RESERVED
from .measure_checks import Terms, kind_of
from .parts import Parts
from .source import KEY, Loc, Report
from .vocabulary import Bound, Named, Record, RecordField, Scalar, Vocabulary

_NUMBERS = ("int", "fraction")
_CHOICES = ("choice", "choices")
_ORDERED = (*_NUMBERS, "date")


def check_vocabulary(parts: Parts, vocabulary: Vocabulary, names: Terms) -> None:
    """Report everything in a vocabulary that its schema lets pass and no case could be read by."""
    _check_facts(parts, vocabulary)
    _check_links(parts, vocabulary)
    for name, scalar in vocabulary.scalars.items():
        origin = parts.origins[f"scalars:{name}"]
        _check_type(scalar, origin.loc, parts.reporter(origin.document))
        if scalar.limit and scalar.type != "choice":
            kinds = {one: other.type for one, other in vocabulary.scalars.items() if one != name} | {"as_of": "date"}
            loc, report = (*origin.loc, "limit"), parts.reporter(origin.document)
            _check_bound(scalar.limit, scalar.type, kinds, loc, report, "no_scalar_of")
    taken = {**vocabulary.scalars, **vocabulary.measures}
    for name, record in vocabulary.records.items():
        origin = parts.origins[f"records:{name}"]
        report = parts.reporter(origin.document)
        _check_record(record, origin.loc, report)
        for section in ("fields", "computed"):
            for column in (one for one in getattr(record, section) if one in taken):
                message = say("names_a_number", name=column)
                report((*origin.loc, section, column, KEY), "id-twice", message, say("other_id"))
    for name, measure in vocabulary.measures.items():
        _check_expression(parts, f"measures:{name}", ("value",), measure.value, names, name)
    for name, record in vocabulary.records.items():
        _check_computed(parts, name, record, vocabulary, names)


def _check_computed(parts: Parts, name: str, record: Record, vocabulary: Vocabulary, names: Terms) -> None:
    """Report each computed field whose expression is none, or not of its type."""
    origin, inside = parts.origins[f"records:{name}"], names.within(record)
    report = parts.reporter(origin.document)
    for column, computed in record.computed.items():
        loc: Loc = ("computed", column, "value")
        found = _check_expression(parts, f"records:{name}", loc, computed.value, inside)
        wanted = "date" if computed.type == "date" else "number"
        if found and found != wanted:
            message = say("kind_wanted", kind=say(f"kind_{found}"), wanted=say(f"kind_{wanted}"))
            report((*origin.loc, *loc), "bad-measure", message, say("mend_type_or_value"))
        elif found and computed.type == "int" and _may_be_in_parts(computed.value, record.fields, vocabulary):
            report((*origin.loc, *loc), "bad-measure", say("need_not_be_whole"), say("write_fraction"))


def _may_be_in_parts(expression: Any, fields: Mapping[str, RecordField], vocabulary: Vocabulary) -> bool:
    """Return whether a number need not be whole: it is a share, or reckoned from one."""
    if isinstance(expression, list):
        return any(_may_be_in_parts(part, fields, vocabulary) for part in expression)
    if isinstance(expression, dict):
        ((operator, arguments),) = expression.items()
        if operator == "lookup":
            return any(
                _may_be_in_parts(cell, {}, vocabulary) for cell in vocabulary.tables[arguments["table"]].values()
            )
        if operator in ("total", "latest", "earliest"):
            column = vocabulary.records[arguments["of"]].columns[arguments["field"]]
            return column.type == "fraction" or _may_be_in_parts(arguments.get("none", 0), fields, vocabulary)
        of_parts = operator in ("sum", "difference", "product", "min", "max")
        return operator == "ratio" or (of_parts and _may_be_in_parts(arguments, fields, vocabulary))
    named = fields.get(expression) or vocabulary.scalars.get(expression)
    if named or expression not in vocabulary.measures:
        return named.type == "fraction" if named else in_parts(expression)
    return _may_be_in_parts(vocabulary.measures[expression].value, {}, vocabulary)


def _check_expression(parts: Parts, key: str, loc: Loc, expression: Any, names: Terms, name: str = "") -> str:
    """Return the kind of an expression; a mistake is reported where it is made, not where a measure is only named."""
    origin = parts.origins[key]
    try:
        return kind_of(expression, names, (name,) if name else ())
    except MeasureError as error:
        if not error.measure or (name and name in error.cycle):
            place = origin.document.span((*origin.loc, *loc, *error.loc))
            parts.problem(place, "bad-measure", error.message, error.hint)
        return ""


def _check_facts(parts: Parts, vocabulary: Vocabulary) -> None:
    """Report labels by which a case could not tell its facts apart: another's label, or another's id."""
    facts: dict[str, Named] = {**vocabulary.findings, **vocabulary.scalars, **vocabulary.records}
    taken = RESERVED | {name: name for name in RESERVED.values()}
    for name, message in _ambiguous(facts, taken):
        origin = parts.origins[f"name:{name}"]
        parts.problem(origin.document.span((*origin.loc, "label")), "label-twice", message, say("tell_apart"))


def _check_links(parts: Parts, vocabulary: Vocabulary) -> None:
    """Report a finding that implies or excludes what is no finding, or itself, and one that so can never hold."""
    sound = True
    for name, finding in vocabulary.findings.items():
        origin = parts.origins[f"findings:{name}"]
        report = parts.reporter(origin.document)
        for key, others in (("implies", finding.implies), ("excludes", finding.excludes)):
            for nth, other in enumerate(others):
                loc = (*origin.loc, key, nth)
                sound &= other != name and other in vocabulary.findings
                if other == name:
                    report(loc, f"{key}-itself", say(f"{key}_itself", name=name), say("other_finding"))
                elif other not in vocabulary.findings:
                    hint = nearest(other, vocabulary.findings)
                    report(loc, "unknown-finding", say("no_finding", name=other), hint)
    for (name, value), follow in vocabulary.follows().items() if sound else ():
        if value and (name, False) in follow:
            origin = parts.origins[f"findings:{name}"]
            place = origin.document.span((*origin.loc, KEY))
            parts.problem(place, "never-true", say("never_true", name=name), say("mend_links"))


def _ambiguous(named: Mapping[str, Named], taken: Mapping[str, str]) -> Iterator[tuple[str, Text]]:
    """Yield every thing, with a message, whose label names another one already."""
    owner = {**taken, **{name: name for name in named}}
    for name, thing in named.items():
        first = owner.setdefault(thing.label, name)
        if first != name:
            yield name, say("label_is_id" if thing.label == first else "label_is_label", label=thing.label, other=first)


def _check_type(thing: Scalar | RecordField, loc: Loc, report: Report) -> None:
    """Report options and limits that do not belong to the type, or that leave nothing to choose."""
    if thing.type in _CHOICES and not thing.options:
        report((*loc, "type"), "missing", say("needs_options", type=thing.type), say("add_options"))
    if thing.type not in _CHOICES and thing.options:
        message = say("type_has_no", type=thing.type, key="options")
        report((*loc, "options", KEY), "unknown-key", message, say("write_choice"))
    for option, message in _ambiguous(thing.options, {}):
        report((*loc, "options", option, "label"), "label-twice", message, say("tell_apart"))
    for key, kinds in (("min", _NUMBERS), ("max", _NUMBERS), ("limit", _ORDERED)):
        if getattr(thing, key, None) is not None and thing.type not in kinds:
            report((*loc, key, KEY), "unknown-key", say("type_has_no", type=thing.type, key=key), say("remove_key"))
    if thing.min is not None and thing.max is not None and thing.min > thing.max:
        message = say("max_below_min", most=thing.max, least=thing.min)
        report((*loc, "max"), "out-of-range", message, say("mend_one"))


def _check_record(record: Record, loc: Loc, report: Report) -> None:
    """Report fields that cannot be told apart, and ``dated_by``, ``unique`` and the like that name no fitting field."""
    for name, message in _ambiguous(record.fields, {}):
        report((*loc, "fields", name, "label"), "label-twice", message, say("tell_apart"))
    for name, column in record.fields.items():
        _check_type(column, (*loc, "fields", name), report)
        for nth, other in enumerate(column.implies):
            place = (*loc, "fields", name, "implies", nth)
            if other == name:
                report(place, "implies-itself", say("implies_itself", name=name), say("other_field"))
            else:
                _must_be(record, other, ("bool",), place, report)
    for name in record.computed:
        if name in record.fields:
            report((*loc, "computed", name, KEY), "id-twice", say("is_a_field", name=name), say("other_id"))
    for nth, name in enumerate(record.unique):
        _must_be(record, name, (*_NUMBERS, "date", "choice", "text", "bool"), (*loc, "unique", nth), report)
    for key, kind in (("dated_by", "date"), ("ordered_by", "int")):
        if getattr(record, key):
            _must_be(record, getattr(record, key), (kind,), (*loc, key), report)
    for nth, limit in enumerate(record.limits):
        kind = _must_be(record, limit.field, _ORDERED, (*loc, "limits", nth, "field"), report)
        kinds = {name: column.type for name, column in record.fields.items()}
        _check_bound(limit, kind, kinds, (*loc, "limits", nth), report)


def _check_bound(
    bound: Bound, kind: str, kinds: Mapping[str, str], loc: Loc, report: Report, absent: str = "no_field_of"
) -> None:
    """Report a limit by what is not there or has no order, or between what cannot be compared.

    ``kind`` is the type of what is limited, ``kinds`` are those of what it may be limited by, ``absent`` is the message
    that there is nothing of that name and type.
    """
    most = kinds.get(bound.at_most, "")
    if most not in _ORDERED:
        fitting = [name for name, other in kinds.items() if other in _ORDERED]
        message = say(absent, name=bound.at_most, either=_ORDERED)
        report((*loc, "at_most"), "unknown-field", message, nearest(bound.at_most, fitting))
    elif bound.by == "year" and kind and (kind, most) != ("int", "date"):
        report((*loc, "by"), "wrong-type", say("year_of_a_date"), say("remove_by"))
    elif bound.by == "value" and kind and (kind == "date") != (most == "date"):
        report(loc, "wrong-type", say("date_and_number"), say("alike_or_year"))


def _must_be(record: Record, name: str, kinds: tuple[str, ...], loc: Loc, report: Report) -> str:
    """Return the type of a field, or report that there is none of these types."""
    if name in record.fields and record.fields[name].type in kinds:
        return record.fields[name].type
    fitting = [field for field, column in record.fields.items() if column.type in kinds]
    report(loc, "unknown-field", say("no_field_of", name=name, either=kinds), nearest(name, fitting))
    return ""
