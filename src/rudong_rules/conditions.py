"""Conditions as written in YAML → conditions as data; names are checked against what the policy defines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import did_you_mean
from .expressions import MeasureError, Names, kind_of, show
from .measures import COMPARISONS, QUESTIONS
from .ruleset import AtLeast, Atom, ByReading, Condition, Constant, Not, Test
from .source import Loc, Report

OPERATORS = (
    "all", "any", "not", "measure", "at_least", "by_reading", "fact", "outcome", "duty", "any_duty", *QUESTIONS,
)  # fmt: skip
"""The words that begin a condition; ``measure`` before ``at_least``, which is one of its comparisons too."""


@dataclass(frozen=True)
class Scope:
    """What conditions may name.

    ``owed`` lists by decision the duties that can be owed in one case; ``tests`` collects the questions about measures
    that the conditions ask.
    """

    questions: Collection[str]
    choices: Mapping[str, Collection[str]]
    readings: Mapping[str, Collection[str]]
    outcomes: Mapping[str, Collection[str]]
    duties: Collection[str]
    owed: Mapping[str, Collection[str]]
    names: Names
    tests: dict[str, Test] = field(default_factory=dict)


Parser = Callable[[dict[str, Any], Loc, Scope, Report], Condition]


def parse(written: Any, loc: Loc, scope: Scope, report: Report) -> Condition:
    """Return the condition that YAML writes at ``loc``; whatever is wrong with it goes to ``report``."""
    if written is None or isinstance(written, bool):
        report(loc, "bad-condition", "an empty condition", "") if written is None else None
        return Constant(written)
    if isinstance(written, str):
        return _named(written, loc, scope, report)
    if isinstance(written, dict) and written:
        operator = next((key for key in OPERATORS if key in written), "")
        if operator:
            return _PARSERS[operator](written, loc, scope, report)
        word = str(next(iter(written)))
        hint = did_you_mean(word, OPERATORS)
    else:
        word, hint = repr(written), ""
    report(loc, "bad-condition", f"{word} is no condition", hint or f"expected a name or one of {', '.join(OPERATORS)}")
    return Constant(None)


def _named(name: str, loc: Loc, scope: Scope, report: Report) -> Condition:
    if name == "unknown":
        return Constant(None)
    if name not in scope.questions:
        report(loc, "unknown-atom", f"{name!r} is no finding and no conclusion", did_you_mean(name, scope.questions))
    return Atom(name)


def _parts(written: dict[str, Any], key: str, loc: Loc, scope: Scope, report: Report) -> tuple[Condition, ...]:
    _only(written, {key}, loc, report)
    items = written[key]
    if not isinstance(items, list) or not items:
        report((*loc, key), "bad-condition", f"{key} takes a list of conditions", "")
        return (Constant(None),)
    return tuple(parse(item, (*loc, key, place), scope, report) for place, item in enumerate(items))


def _only(written: dict[str, Any], keys: set[str], loc: Loc, report: Report) -> None:
    for key in written:
        if key not in keys:
            report((*loc, key), "unknown-key", f"{key!r} does not belong here", did_you_mean(key, keys))


def _all(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    parts = _parts(written, "all", loc, scope, report)
    return AtLeast(len(parts), parts)


def _any(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    return AtLeast(1, _parts(written, "any", loc, scope, report))


def _not(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    _only(written, {"not"}, loc, report)
    return Not(parse(written["not"], (*loc, "not"), scope, report))


def _at_least(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    _only(written, {"at_least", "of"}, loc, report)
    n = written["at_least"]
    if not isinstance(written.get("of"), list):
        report(loc, "bad-condition", "at_least needs a list under 'of'", "write at_least: 2 and of: [...]")
        return Constant(None)
    parts = tuple(parse(item, (*loc, "of", place), scope, report) for place, item in enumerate(written["of"]))
    if type(n) is not int or not 1 <= n <= len(parts):
        report((*loc, "at_least"), "bad-threshold", f"{n!r} of {len(parts)} can never hold",
               f"expected a number from 1 to {len(parts)}")  # fmt: skip
        return Constant(None)
    return AtLeast(n, parts)


def _by_reading(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    _only(written, {"by_reading"}, loc, report)
    inner = written["by_reading"]
    if not isinstance(inner, dict) or len(inner) != 1 or not isinstance(next(iter(inner.values())), dict):
        report(loc, "bad-condition", "by_reading takes one reading and a condition for each of its options", "")
        return Constant(None)
    ((name, options),) = inner.items()
    here = (*loc, "by_reading", name)
    if name not in scope.readings:
        report(here, "unknown-reading", f"there is no reading {name!r}", did_you_mean(name, scope.readings))
        return Constant(None)
    known = scope.readings[name]
    for option in options:
        if option not in known:
            report((*here, option), "unknown-option", f"reading {name!r} has no option {option!r}",
                   did_you_mean(option, known) or f"its options are {', '.join(known)}")  # fmt: skip
    for option in known:
        if option not in options:
            report(here, "missing-option", f"what holds under option {option!r} is not said", "")
    parsed = tuple((key, parse(value, (*here, key), scope, report)) for key, value in options.items())
    return ByReading(name, parsed)


def _choice(key: str, kind: str) -> Parser:
    """Return the parser of ``{fact: …, is: option}`` or ``{outcome: decision, is: …}``; ``is`` may be a list."""

    def read(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
        _only(written, {key, "is"}, loc, report)
        known: Mapping[str, Collection[str]] = getattr(scope, kind)
        name, wanted = written[key], written.get("is")
        if name not in known:
            report(
                (*loc, key),
                f"unknown-{key}",
                f"there is no {key} {name!r} to choose from",
                did_you_mean(str(name), known),
            )
            return Constant(None)
        options = wanted if isinstance(wanted, list) else [wanted]
        for option in options:
            if option not in known[name]:
                hint = did_you_mean(str(option), known[name]) or f"its options are {', '.join(known[name])}"
                report((*loc, "is"), "unknown-option", f"{name!r} has no option {option!r}", hint)
        atoms = tuple(Atom(f"{name}={option}") for option in options)
        return atoms[0] if len(atoms) == 1 else AtLeast(1, atoms)

    return read


def _measure(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    """``{measure: …, more_than: …}`` compares; ``{measure: name}`` asks a measure that answers yes or no."""
    left = written["measure"]
    signs = [key for key in written if key in COMPARISONS]
    _only(written, {"measure", *COMPARISONS}, loc, report)
    try:
        kind = kind_of(left, scope.names)
        if kind == "question":
            if signs:
                raise MeasureError("a measure that answers yes or no is not compared")
            return _test(Test(left), show(left), scope)
        if len(signs) != 1:
            raise MeasureError(f"expected one comparison: {', '.join(COMPARISONS)}")
        right = written[signs[0]]
        if kind_of(right, scope.names) != kind:
            raise MeasureError(f"a {kind} is compared with what is not a {kind}")
        sign = COMPARISONS[signs[0]]
        return _test(Test(left, sign, right), f"{show(left)} {sign} {show(right)}", scope)
    except MeasureError as error:
        report((*loc, "measure"), "bad-measure", str(error))
        return Constant(None)


def _test(test: Test, name: str, scope: Scope) -> Condition:
    scope.tests[name] = test
    return Atom(name)


def _question(operator: str) -> Parser:
    """Return the parser of a question about a record: ``{happened: {in: …, where: …}}``."""

    def read(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
        _only(written, {operator}, loc, report)
        try:
            kind_of(written, scope.names)
        except MeasureError as error:
            report((*loc, operator), "bad-measure", str(error))
            return Constant(None)
        return _test(Test(written), show(written), scope)

    return read


def _duty(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    _only(written, {"duty", "is"}, loc, report)
    name, state = written["duty"], written.get("is")
    if name not in scope.duties:
        report((*loc, "duty"), "unknown-duty", f"there is no duty {name!r}", did_you_mean(str(name), scope.duties))
    if state not in ("due", "done", "breached", "owed"):
        report((*loc, "is"), "unknown-option", f"a duty is due, done, owed or breached, not {state!r}", "")
    return Atom(f"duty:{name}:{state}")


def _any_duty(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    """``{any_duty: breached, of: decision}``: one of the decision's duties is; rights and practices do not count."""
    _only(written, {"any_duty", "of"}, loc, report)
    state, decision = written["any_duty"], str(written.get("of"))
    if decision not in scope.owed:
        hint = did_you_mean(decision, scope.owed)
        report((*loc, "of"), "unknown-decision", f"there is no decision {decision!r} with duties", hint)
        return Constant(None)
    parts = tuple(_duty({"duty": name, "is": state}, loc, scope, report) for name in scope.owed[decision])
    return AtLeast(1, parts)


_PARSERS: dict[str, Parser] = {
    "all": _all, "any": _any, "not": _not, "at_least": _at_least, "by_reading": _by_reading,
    "fact": _choice("fact", "choices"), "outcome": _choice("outcome", "outcomes"),
    "measure": _measure, "duty": _duty, "any_duty": _any_duty, **{name: _question(name) for name in QUESTIONS},
}  # fmt: skip
