"""A grid laid over a base case of a policy, and what comes of each case: in one pass where that can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

from .bilingual import say
from .case_model import CaseBase
from .errors import CaseError, Problem, Span, Wrong, shown
from .given import Given, day_asked, fact_named, must_map
from .grid_columns import OPEN, READING, Came, all_cases, axis_of
from .periods import of_midnight
from .policy import Policy
from .scenario_grid import RESULTS, SEARCHED, Axes, ScenarioGrid
from .table import Row
from .verdict import Verdict
from .vocabulary import Finding, Named
from .wording import Both, status_word, word

LARGEST = 10_000
"""How many cases a grid may hold."""


def decide_grid(
    policy: Policy,
    base: CaseBase | Mapping[str, Any],
    grid: Mapping[str, Any],
    decision: str,
    readings: Mapping[str, str | None] | None,
) -> ScenarioGrid:
    """Return what comes of a decision on the base case under every combination of the values of the grid.

    An axis ``as_of`` holds days (dates or YYYY-MM-DD), an axis ``reading:ID`` options of a reading, any other the
    values of a fact; None takes the fact out.  What the case says of an axis is replaced, and not looked at.  Case and
    values are read once: what is done to them afterwards changes no row.

    Raises CaseError with every problem of the case and of the values, for an axis without values, for one named as a
    column of the result is, and for a grid of more than LARGEST cases.
    """
    must_map("grid", grid)
    if not isinstance(base, CaseBase):
        must_map("case", base)
    question = policy.questions[policy.decisions.the(decision)]
    values = {fact_named("grid", name): _values(given) for name, given in grid.items()}
    _must_fit(values)
    ids = _ids(policy, values)
    # The day of the case stays beside the days of the grid: up to it, and no longer, its lists are complete.
    varied = ids.keys() - {"as_of"}
    # What the grid says of a reading replaces what is chosen, by whichever names.
    taken = policy.readings(readings) if readings else {}
    chosen = {name: option for name, option in taken.items() if READING + name not in varied}
    written = base.written() if isinstance(base, CaseBase) else base
    fixed = {name: value for name, value in written.items() if policy.reader.names.get(name, name) not in varied}
    case, laid = _as_read(policy, fixed, ids, values)
    points = [dict(zip(laid, point, strict=True)) for point in product(*laid.values())]
    stands_on = Base(policy, question.name, _written(case), chosen)

    axes = [axis_of(question, one, several) for one, several in laid.items()]
    told = [axis for axis in axes if axis is not None]
    came = None
    if len(told) == len(axes):
        others = {name: option for name, option in policy.readings(chosen).items() if READING + name not in varied}
        claimed, sound = Given(policy.reader, policy.rails, case, None, policy.digests).known(question)
        came = all_cases(question, sound | question.reading_rails(others), told) if claimed == sound else None
    if came is None:
        came = [
            Came(decided.outcome or decided.status, tuple(one.name for one in decided.cautions))
            for decided in map(stands_on.decide, points)
        ]
    names = {name: _called(policy, one) for one, name in ids.items()}
    return _as_table(stands_on, names, values, points, came)


def _as_table(
    base: Base, names: Axes, values: Mapping[str, Sequence[Any]], points: Sequence[Row], came: Sequence[Came]
) -> ScenarioGrid:
    """Return a row for each point, with the values as they were given and what comes of it."""
    question = base.policy.questions[base.decision]
    ladder = question.decision.ladder
    open_ = {one.outcome for one in came} - ladder.keys()
    outcomes = {state: (status_word(state, "zh"), status_word(state, "en")) for state in open_}
    outcomes |= {name: (rung.label, rung.en) for name, rung in ladder.items()}
    warnings = {name: question.glossary.describe(name) for name in question.cautions}
    as_given = product(*([_own(of_midnight(value)) for value in several] for several in values.values()))
    rows = []
    for given, point, (outcome, cautions) in zip(as_given, points, came, strict=True):
        modality = ladder[outcome].modality if outcome in ladder else "none"
        comes = {"outcome": outcome, "label": outcomes[outcome][0], "modality": modality, "cautions": cautions}
        rows.append(Point(dict(zip(values, given, strict=True)) | comes, base, point))
    return ScenarioGrid(names, outcomes, {name: (one.label, one.en) for name, one in warnings.items()}, rows)


@dataclass(frozen=True)
class Base:
    """What a grid stands on: the decision, the case as it was read, without what is replaced, and the readings."""

    policy: Policy
    decision: str
    case: Mapping[str, Any]
    readings: Mapping[str, str | None]

    def decide(self, point: Row) -> Verdict:
        """Return the verdict on the case with the values of one point of the grid, by id.  Raises CaseError."""
        case, day, readings = dict(self.case), None, dict(self.readings)
        for name, value in point.items():
            if name == "as_of":
                day = value
            elif name.startswith(READING):
                readings[name.removeprefix(READING)] = value
            elif value is not None:
                case[name] = value
        return self.policy.decide(case, self.decision, as_of=day, readings=readings)


class Point(Mapping[str, Any]):
    """A row: what is missing or noted is searched for when somebody asks, for it takes longer than all the rest."""

    def __init__(self, cells: Mapping[str, Any], base: Base, point: Row) -> None:
        self._cells, self._base, self._point = cells, base, point

    @cached_property
    def _missing(self) -> int:
        return len(self._base.decide(self._point).missing) if self._cells["outcome"] in OPEN else 0

    @cached_property
    def _notes(self) -> list[dict[str, str]]:
        told = (*self._base.case.values(), *self._point.values())
        if self._cells["outcome"] not in OPEN and not any(isinstance(one, dict | list) for one in told):
            return []  # Nothing is noted of what is decided and has neither a list nor a source.
        return [note.model_dump() for note in self._base.decide(self._point).notes]

    def __getitem__(self, name: str) -> Any:
        if name == "missing":
            return self._missing
        return _own(self._notes if name == "notes" else self._cells[name])

    def __iter__(self) -> Iterator[str]:
        return iter((*self._cells, *SEARCHED))

    def __len__(self) -> int:
        return len(self._cells) + len(SEARCHED)

    def __repr__(self) -> str:
        return repr(dict(self))


def _own(value: Any) -> Any:
    """Return a value for somebody to keep: its lists and mappings anew, for the grid is shared."""
    if isinstance(value, Mapping):
        return {key: _own(one) for key, one in value.items()}
    return [_own(one) for one in value] if isinstance(value, list | tuple) else value


# --- as it is read ---------------------------------------------------------------------------------------------------


def _must_fit(values: Mapping[str, Sequence[Any]]) -> None:
    """Raise CaseError for axes named as a result, for axes without values, and for more cases than a grid may hold."""
    if taken := [name for name in values if name in RESULTS]:
        raise CaseError(
            Problem(Span("grid"), "column-twice", say("output_column_twice", name=name), say("axis_by_label"))
            for name in taken
        )
    without = [name for name, several in values.items() if not several]
    if without:
        raise CaseError(
            Problem(Span("grid"), "none-named", say("axis_empty", name=shown(name)), say("axis_none"))
            for name in without
        )
    size = prod(map(len, values.values()))
    if size > LARGEST:
        raise CaseError(
            [Problem(Span("grid"), "too-large", say("grid_too_large", size=size), say("at_most", most=LARGEST))]
        )


def _as_read(
    policy: Policy, fixed: Mapping[str, Any], ids: Mapping[str, str], values: Mapping[str, Sequence[Any]]
) -> tuple[CaseBase, dict[str, list[Any]]]:
    """Return the case and the values of each axis, by id, as they are read.

    Raises CaseError with every problem of both, at the names that were written.
    """
    wrong = Wrong()
    case = wrong.take(policy.reader.read, fixed)
    laid = {one: [wrong.take(_laid, policy, one, name, value) for value in values[name]] for one, name in ids.items()}
    wrong.tell(CaseError)
    assert case is not None
    return case, laid


def _laid(policy: Policy, axis: str, written: str, value: Any) -> Any:
    """Return a value of an axis as it is read: a day, an option by id, or what a case says of a fact."""
    if axis == "as_of":
        return day_asked(value)
    if axis.startswith(READING):
        name = axis.removeprefix(READING)
        return policy.readings({name: value})[name]
    (found,) = _written(policy.reader.read({written: value})).values()
    return found


def _written(case: CaseBase) -> dict[str, Any]:
    """Return what a case says by id, as plain data that is nobody else's."""
    return case.model_dump(mode="json", exclude_unset=True)


def _values(given: Any) -> list[Any]:
    """Return the values of an axis; one that stands alone is one."""
    several = isinstance(given, Iterable) and not isinstance(given, str | Mapping)
    return list(given) if several else [given]


def _ids(policy: Policy, names: Iterable[str]) -> dict[str, str]:
    """Return the axes by id, each with its name as it was written.  Raises CaseError for one that is given twice."""
    found: dict[str, str] = {}
    for name in names:
        if name.startswith(READING):
            one = READING + policy.reading_names.the(name.removeprefix(READING))
        else:
            one = policy.reader.names.get(name, name)
        if one in found:
            raise CaseError(
                [Problem(Span("grid"), "axis-twice", say("given_twice", name=shown(name)), say("give_it_once"))]
            )
        found[one] = name
    return found


def _called(policy: Policy, name: str) -> tuple[Both, Mapping[Any, Both]]:
    """Return what an axis by id is called: a fact, the day or a reading, and each of its values by either name."""
    if name.startswith(READING):
        reading = policy.rules.readings[name.removeprefix(READING)]
        return (reading.question, reading.en), {None: _both("reading_open"), **_options(reading.options)}
    thing = policy.glossary.facts.get(name)
    named = _options(getattr(thing, "options", {}))
    if isinstance(thing, Finding):  # Of a number 1 is no yes, though Python takes the two for equal.
        named |= {True: _both("yes"), False: _both("no")}
    return ((thing.label, thing.en) if thing else (name, name)), {None: _both("sign_unknown"), **named}


def _options(options: Mapping[str, Named]) -> dict[Any, Both]:
    return {said: (one.label, one.en) for key, one in options.items() for said in (key, one.label)}


def _both(key: str) -> Both:
    return word(key, "zh"), word(key, "en")
