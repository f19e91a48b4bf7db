"""Hypothesis strategies for cases of any policy, built from its vocabulary alone.

>>> from hypothesis import given
>>> from rudong_rules import load
>>> from rudong_rules.strategies import cases
>>> policy = load()
>>> @given(cases(policy, "tolerance"))
... def test_no_case_crashes(case):
...     policy.decide(case, "tolerance")

Every case that is drawn is one that the policy accepts; it shrinks towards the case that says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from .bilingual import say
from .bounds import number
from .case_model import Determination
from .errors import RudongRulesError
from .expressions import inputs
from .policy import Policy
from .vocabulary import Bound, Finding, Record, RecordField, Scalar

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise RudongRulesError(say("strategies_need")) from error

Case = dict[str, Any]
DAYS = 1_500
"""Days are drawn from as many after FIRST_DAY."""
FIRST_DAY = date(2024, 1, 1)
ENTRIES = 4
"""The most entries that a record has."""
ORGANS = ("", "甲机关", "乙机关")
_FAR, _FEW = 1 << 16, 6
"""How far numbers go that nothing bounds, and how many near 0 are drawn more often than others."""


def cases(policy: Policy, decision: str | None = None, complete: bool | None = None) -> st.SearchStrategy[Case]:
    """Return a strategy for cases of a policy.

    ``decision``, named by id or label, draws only the facts that this decision uses.  ``complete`` True gives every
    fact, bare, and complete records; False leaves facts out, never all given; None draws of all sorts: left out, bare,
    with source and day, determined by several organs.  Raises CaseError for a decision that does not exist.
    """
    vocabulary = policy.rules.vocabulary
    used = _used(policy, decision)
    plain: dict[str, Finding | Scalar] = {**vocabulary.findings, **vocabulary.scalars}
    facts = {name: thing for name, thing in plain.items() if name in used}
    records = {name: record for name, record in vocabulary.records.items() if name in used}
    return _case(facts, records, complete)


@st.composite
def _case(
    draw: st.DrawFn, facts: Mapping[str, Finding | Scalar], records: Mapping[str, Record], complete: bool | None
) -> Case:
    """Draw a case: which facts are given is one draw, so that a small case is a short one."""
    day = draw(_days())
    names = [*facts, *records]
    if complete is True:
        given = names
    else:
        most = len(names) if complete is None else max(0, len(names) - 1)
        given = draw(st.lists(st.sampled_from(names), unique=True, max_size=most)) if names else []
    dated = complete is True or draw(st.booleans())
    case: Case = {"as_of": day.isoformat()} if dated else {}
    for name in sorted(given, key=names.index):
        if name in facts:
            case[name] = draw(_fact(facts[name], day, bare=complete is True))
        else:
            case[name] = draw(_record(records[name], complete))
    kinds = {name: thing.type for name, thing in facts.items() if isinstance(thing, Scalar)} | {"as_of": "date"}
    bounds = [(name, thing.limit) for name, thing in facts.items() if isinstance(thing, Scalar) and thing.limit]
    return _lowered(case, bounds, kinds)


def _used(policy: Policy, decision: str | None) -> set[str]:
    """Return the names of the facts that a decision, or any, uses."""
    if decision is None:
        return set(policy.glossary.facts)
    question, rules = policy.questions[policy.decisions.the(decision)], policy.rules
    found = set(question.facts)
    defined = rules.vocabulary.defined()
    for name in question.decision.periods:
        period = rules.periods[name]
        found |= {period.of} | inputs({"count": {"of": period.of, "where": period.where}}, defined)
    return found


# --- single facts ----------------------------------------------------------------------------------------------------


def _days() -> st.SearchStrategy[date]:
    return st.integers(0, DAYS).map(lambda days: FIRST_DAY + timedelta(days=days))


def _fact(thing: Finding | Scalar, day: date, bare: bool) -> st.SearchStrategy[Any]:
    """Return a fact as a case writes it: bare, with its source, or determined by several organs."""
    if isinstance(thing, Finding):
        value: st.SearchStrategy[Any] = st.booleans()
    else:
        value = _value(thing)
        bare = bare or thing.type != "choice"
    if bare:
        return value
    one = _determination(value, day)
    return st.one_of(value, one, st.lists(one, min_size=1, max_size=3))


def _determination(value: st.SearchStrategy[Any], day: date) -> st.SearchStrategy[Case]:
    """Return a fact with its source; none is dated after the day of the case."""
    assert {"value", "determined_by", "determined_on", "evidence"} == set(Determination.model_fields)
    earlier = st.integers(0, 400).map(lambda days: (day - timedelta(days=days)).isoformat())
    more = {"determined_by": st.sampled_from(ORGANS), "determined_on": earlier, "evidence": st.just("证据")}
    return st.fixed_dictionaries({"value": value}, optional=more)


def _value(kind: Scalar | RecordField) -> st.SearchStrategy[Any]:
    """Return the values that a fact or column can have."""
    match kind.type:
        case "choice":
            return st.sampled_from(list(kind.options))
        case "choices":
            return st.lists(st.sampled_from(list(kind.options)), unique=True)
        case "date":
            return _days().map(date.isoformat)
        case "bool":
            return st.booleans()
        case "int":
            return _whole(kind.min, kind.max)
        case "fraction":
            return _fraction(kind.min, kind.max)
        case _:
            return st.sampled_from(["事项一", "事项二"])


def _ends(low: int | None, high: int | None) -> tuple[int, int]:
    """Return bounds of which neither is open: one that is lies far off, beyond 0 and the other one."""
    return min(0, high or 0) - _FAR if low is None else low, max(0, low or 0) + _FAR if high is None else high


def _near(least: int, most: int) -> tuple[int, int]:
    """Return the bounds of the few whole numbers nearest to 0 among those from ``least`` to ``most``."""
    return (max(least, most - _FEW), most) if most < 0 else (max(least, 0), min(most, max(least, 0) + _FEW))


def _whole(low: int | None, high: int | None) -> st.SearchStrategy[int]:
    """Return whole numbers within bounds; where years may stand, years near those of the days."""
    least, most = _ends(low, high)
    year = FIRST_DAY.year
    if least > 1000 and least <= year <= most:
        return st.integers(max(least, year - 3), min(most, year + 3))
    return st.one_of(st.integers(*_near(least, most)), st.integers(least, most))


def _fraction(low: int | None, high: int | None) -> st.SearchStrategy[str]:
    """Return exact fractions within bounds, as cases write them."""
    least, most = _ends(low, high)
    plain = [value for value in (0, low, high) if value is not None and least <= value <= most]
    few, every = (st.fractions(*ends, max_denominator=_FEW) for ends in (_near(least, most), (least, most)))
    return st.one_of(st.sampled_from(plain), few, every).map(str)


# --- records ---------------------------------------------------------------------------------------------------------


@st.composite
def _record(draw: st.DrawFn, record: Record, complete: bool | None) -> Case:
    """Draw a list of entries that break neither what is unique nor a limit, and whether it is complete."""
    drawn = draw(st.lists(_entry(record, complete is True), max_size=ENTRIES))
    entries: Sequence[Case] = [_within(record, entry) for entry in drawn]
    if record.unique:
        seen = {tuple(repr(entry.get(column, n)) for column in record.unique): entry for n, entry in enumerate(entries)}
        entries = list(seen.values())
    return {"complete": complete is True or draw(st.booleans()), "entries": list(entries)}


def _entry(record: Record, whole: bool) -> st.SearchStrategy[Case]:
    columns = {name: _value(column) for name, column in record.fields.items()}
    required = {name: value for name, value in columns.items() if whole or record.fields[name].required}
    optional = {name: value for name, value in columns.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def _within(record: Record, entry: Case) -> Case:
    """Return an entry in which a part above its whole is lowered to it, and nothing is denied that follows."""
    kinds = {name: column.type for name, column in record.fields.items()}
    entry = _lowered(entry, [(limit.field, limit) for limit in record.limits], kinds)
    while denied := next(record.denied(entry), None):
        entry = {**entry, denied[1]: True}
    return entry


def _lowered(values: Case, bounds: Sequence[tuple[str, Bound]], kinds: Mapping[str, str]) -> Case:
    """Return values of which none is above what it can be at most: lowering one may leave another above it."""

    def broken(name: str, bound: Bound) -> bool:
        part, most = values.get(name), values.get(bound.at_most)
        return None not in (part, most) and bound.broken(_exact(kinds[name], part), _exact(kinds[bound.at_most], most))

    while above := next((one for one in bounds if broken(*one)), None):
        name, bound = above
        most = values[bound.at_most]
        values = {**values, name: date.fromisoformat(most).year if bound.by == "year" else most}
    return values


def _exact(kind: str, value: Any) -> Any:
    return date.fromisoformat(value) if kind == "date" else number(value)
