"""Conditions as written in YAML → conditions as data; names are checked against what the policy defines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from .answers import QUESTIONS
from .bilingual import say
from .bounds import COMPARISONS, OF_NUMBERS
from .complaints import among, half_width_hint, nearest
from .errors import shown
from .expressions import WHERES, MeasureError, ValueKind, show
from .logic import AtLeast, Atom, ByReading, Condition, Constant, Not, Test
from .measure_checks import kind_of
from .ruleset import DUTY_STATES
from .scope import Scope, instead
from .source import KEY, Loc, Report
from .vocabulary import Named
from .where_checks import dates_alone
from .wheres import by_option

OPERATORS = (
    "all", "any", "not", "measure", "at_least", "by_reading", "fact", "outcome", "duty", "any_duty", *QUESTIONS,
)  # fmt: skip
"""The words that begin a condition; ``measure`` before ``at_least``, which is one of its comparisons too."""
_A_CONDITION = say("write_condition", names=OPERATORS)
_A_LIST = say("conditions_in_list")

Parser = Callable[[dict[str, Any], Loc, Scope, Report], Condition]


def parse(written: Any, loc: Loc, scope: Scope, report: Report) -> Condition:
    """Return the condition that YAML writes at ``loc``; whatever is wrong with it goes to ``report``."""
    if isinstance(written, bool):
        return Constant(written)
    if isinstance(written, str):
        return _named(written, loc, scope, report)
    operator = next((key for key in OPERATORS if key in written), "") if isinstance(written, dict) else ""
    if operator:
        return _PARSERS[operator](written, loc, scope, report)
    if isinstance(written, dict) and written:
        word = str(next(iter(written)))
        alone = word in scope.questions
        hint = say("name_alone_or_not", name=word) if alone else nearest(word, OPERATORS)
        report((*loc, word, KEY), "bad-condition", say("begins_none", word=word), hint)
    else:
        hint = say("write_all_or_any") if isinstance(written, list) else _A_CONDITION
        report(loc, "bad-condition", say("no_condition", value=shown(written)), hint)
    return Constant(None)


def _named(name: str, loc: Loc, scope: Scope, report: Report) -> Condition:
    if name == "unknown":
        return Constant(None)
    if name not in scope.questions:
        report(loc, "unknown-atom", say("no_atom", name=name), instead(name, scope))
    return Atom(name)


def _parts(written: dict[str, Any], key: str, loc: Loc, scope: Scope, report: Report) -> tuple[Condition, ...]:
    items = written[key]
    if not isinstance(items, list) or not items:
        report((*loc, key), "bad-condition", say("takes_conditions", key=key, value=shown(items)), _A_LIST)
        return (Constant(None),)
    return tuple(parse(item, (*loc, key, place), scope, report) for place, item in enumerate(items))


def _only(written: dict[str, Any], keys: Collection[str], loc: Loc, report: Report) -> None:
    for key in written:
        if key not in keys:
            hint = say("two_under_all") if key in OPERATORS else among(key, keys)
            report((*loc, key, KEY), "unknown-key", say("not_key", name=key), half_width_hint(key) or hint)


def _all(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    _only(written, ("all",), loc, report)
    parts = _parts(written, "all", loc, scope, report)
    return AtLeast(len(parts), parts)


def _any(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    _only(written, ("any",), loc, report)
    return AtLeast(1, _parts(written, "any", loc, scope, report))


def _not(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    _only(written, ("not",), loc, report)
    return Not(parse(written["not"], (*loc, "not"), scope, report))


def _at_least(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    _only(written, ("at_least", "of"), loc, report)
    n = written["at_least"]
    if "of" not in written:
        report(loc, "bad-condition", say("of_missing"), say("write_at_least"))
        return Constant(None)
    parts = _parts(written, "of", loc, scope, report)
    if type(n) is not int or not 1 <= n <= len(parts):
        too_many = type(n) is int and n > 0
        wrong = say("never_so_many", least=n, count=len(parts)) if too_many else say("no_threshold", value=shown(n))
        report((*loc, "at_least"), "bad-threshold", wrong, say("write_threshold", most=len(parts)))
        return Constant(None)
    return AtLeast(n, parts)


def _by_reading(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    _only(written, ("by_reading",), loc, report)
    found = options_of(written["by_reading"], (*loc, "by_reading"), scope.readings, report)
    if found is None:
        return Constant(None)
    name, options = found
    here: Loc = (*loc, "by_reading", name)
    return ByReading(name, tuple((key, parse(value, (*here, key), scope, report)) for key, value in options.items()))


def options_of(
    written: Any, loc: Loc, readings: Mapping[str, Collection[str]], report: Report
) -> tuple[str, dict[str, Any]] | None:
    """Return the reading of ``{reading: {option: …}}`` and what is said for its options, or None if it is none.

    ``readings`` are the options of each.
    """
    if not isinstance(written, dict) or len(written) != 1 or not isinstance(next(iter(written.values())), dict):
        report(loc, "bad-condition", say("one_reading"), say("write_one_reading"))
        return None
    ((name, options),) = written.items()
    if name not in readings:
        hint = nearest(name, readings) or say("no_readings_at_all")
        report((*loc, name, KEY), "unknown-reading", say("no_reading", word=shown(name)), hint)
        return None
    known = readings[name]
    for option in options:
        if option not in known:
            message = say("no_reading_option", of=name, word=shown(option))
            report((*loc, name, option, KEY), "unknown-option", message, nearest(option, known))
    for option in known:
        if option not in options:
            report((*loc, name, KEY), "missing-option", say("option_untold", name=option), say("add", name=option))
    return name, options


def _choice(key: str, kind: str) -> Parser:
    """Return the parser of ``{fact: …, is: option}`` or ``{outcome: decision, is: …}``; ``is`` may be a list."""

    def read(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
        _only(written, (key, "is"), loc, report)
        known: Mapping[str, Mapping[str, Named]] = getattr(scope, kind)
        name, wanted = written[key], written.get("is")
        if not isinstance(name, str) or name not in known:
            hint = say("name_alone", name=name) if name in scope.questions else nearest(name, known)
            report(
                (*loc, key),
                f"unknown-{key}",
                say("no_choices" if key == "fact" else "no_outcomes", name=shown(name)),
                hint,
            )
            return Constant(None)
        options = wanted if isinstance(wanted, list) and wanted else [wanted]
        for option in options:
            if known[name] and option not in [*known[name]]:
                what = say("no_option_of" if "is" in written else "is_untold", value=shown(option), of=name)
                labelled = next((one for one, named in known[name].items() if named.label == option), "")
                hint = say("write_so", form=labelled) if labelled else nearest(option, known[name])
                report((*loc, "is"), "unknown-option", what, hint)
        atoms = tuple(Atom(f"{name}={option}") for option in options)
        return atoms[0] if len(atoms) == 1 else AtLeast(1, atoms)

    return read


def _measure(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    """``{measure: …, more_than: …}`` compares; ``{measure: name}`` asks a measure that answers yes or no."""
    left = written["measure"]
    signs = [key for key in written if key in COMPARISONS]
    _only(written, ("measure", *COMPARISONS), loc, report)
    kind = _kind(left, (*loc, "measure"), scope, report)
    if kind == "question" and not signs:
        return _asked(written, loc, scope, report, lambda one: _answered(one["measure"], scope))
    if kind == "question":
        report((*loc, signs[0], KEY), "bad-measure", say("question_compared"), say("leave_out"))
    elif kind and len(signs) != 1:
        message = say("compared_once", kind=say(f"kind_{kind}"), count=len(signs))
        report(loc, "bad-measure", message, say("write_one_of", names=tuple(COMPARISONS)))
    elif kind:
        sign = signs[0]
        other = _kind(written[sign], (*loc, sign), scope, report)
        if kind == "number" and sign in OF_NUMBERS:
            report((*loc, sign, KEY), "bad-measure", *dates_alone(sign))
        elif other == kind:
            return _asked(written, loc, scope, report, lambda one: _compared(one["measure"], sign, one[sign], scope))
        elif other:
            wanted = say(f"kind_{kind}")
            message = say("kinds_compared", kind=wanted, other=say(f"kind_{other}"))
            report((*loc, sign), "bad-measure", message, say("write_kind", kind=wanted))
    return Constant(None)


def _compared(left: Any, sign: str, right: Any, scope: Scope) -> Condition:
    said = COMPARISONS[sign]
    return _test(Test(left, said, right), f"{show(left)} {said} {show(right)}", scope)


def _asked(
    written: dict[str, Any], loc: Loc, scope: Scope, report: Report, test: Callable[[dict[str, Any]], Condition]
) -> Condition:
    """Return the condition of a question, one test for each option of the readings that stand inside a ``where``."""
    found = by_option(written)
    if found is None:
        return test(written)
    path, reading, each = found
    if options_of({reading: each}, (*loc, *path), scope.readings, report) is None:
        return Constant(None)
    return ByReading(reading, tuple((key, _asked(one, loc, scope, report, test)) for key, one in each.items()))


def _kind(expression: Any, loc: Loc, scope: Scope, report: Report) -> ValueKind | None:
    """Return the kind of an expression, or None after reporting what is wrong with it.

    A mistake in a measure that it names is reported where that measure is defined.
    """
    try:
        return kind_of(expression, scope.names, readings=True)
    except MeasureError as error:
        if not error.measure:
            report((*loc, *error.loc), "bad-measure", error.message, error.hint)
        return None


def _test(test: Test, name: str, scope: Scope) -> Condition:
    scope.tests[name] = test
    return Atom(name)


def _question(operator: str) -> Parser:
    """Return the parser of a question about a record: ``{happened: {in: …, where: …}}``."""

    def read(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
        _only(written, (operator,), loc, report)
        asked = {operator: written[operator]}
        if _kind(asked, loc, scope, report) is None:
            return Constant(None)
        return _asked(asked, loc, scope, report, lambda one: _answered(one, scope))

    return read


def _answered(asked: Any, scope: Scope) -> Condition:
    """Return the condition of a question: one test, which its answer settles.

    What no entry fits is no question: it has not happened, and where something would have to come before, after or
    between, it is asked whether there is anything of which that is asked.
    ``by_option`` leaves out what forbids nothing.
    """
    if isinstance(asked, str):
        return _test(Test(asked), show(asked), scope)
    ((operator, given),) = asked.items()
    never = {key for key in WHERES if key != "without" and given.get(key, {}).get("any_of") == []}
    if not never:
        return _test(Test(asked), show(asked), scope)
    each = {"preceded": "then", "followed": "first"}.get(operator)
    if each is None or each in never:
        return Constant(each is not None)
    return Not(_answered({"happened": {"in": given["in"], "where": given[each]}}, scope))


def _state(state: Any, loc: Loc, report: Report) -> bool:
    """Report what is no state of a duty; return whether it is one."""
    if state in DUTY_STATES:
        return True
    report(loc, "unknown-option", say("no_duty_state", value=shown(state)), among(state, DUTY_STATES))
    return False


def _duty(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    _only(written, ("duty", "is"), loc, report)
    name, state = written["duty"], written.get("is")
    if name not in scope.duties:
        report((*loc, "duty"), "unknown-duty", say("no_duty", name=shown(name)), nearest(name, scope.duties))
    _state(state, (*loc, "is"), report)
    return Atom(f"duty:{name}:{state}")


def _any_duty(written: dict[str, Any], loc: Loc, scope: Scope, report: Report) -> Condition:
    """``{any_duty: breached, of: decision}``: one of the decision's duties is; rights and practices do not count."""
    _only(written, ("any_duty", "of"), loc, report)
    state, decision = written["any_duty"], written.get("of")
    if not _state(state, (*loc, "any_duty"), report):
        return Constant(None)
    if isinstance(decision, str) and decision in scope.owed:
        return AtLeast(1, tuple(Atom(f"duty:{name}:{state}") for name in scope.owed[decision]))
    message = say("no_decision_with_duties", name=shown(decision))
    report((*loc, "of"), "unknown-decision", message, nearest(decision, scope.owed))
    return Constant(None)


_PARSERS: dict[str, Parser] = {
    "all": _all, "any": _any, "not": _not, "at_least": _at_least, "by_reading": _by_reading,
    "fact": _choice("fact", "choices"), "outcome": _choice("outcome", "outcomes"),
    "measure": _measure, "duty": _duty, "any_duty": _any_duty, **{name: _question(name) for name in QUESTIONS},
}  # fmt: skip
