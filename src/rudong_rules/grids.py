"""A grid laid over a base case of a policy: its axes by id, and what comes of it in one pass where that can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from .case_model import CaseBase
from .given import Given, must_map
from .grid_columns import READING, Came, all_cases, axis_of
from .policy import Policy
from .scenario_grid import Names, ScenarioGrid, scenario_grid
from .verdict import Verdict
from .vocabulary import Finding
from .wording import word


def decide_grid(
    policy: Policy,
    base: CaseBase | Mapping[str, Any],
    grid: Mapping[str, Any],
    decision: str,
    readings: Mapping[str, str | None] | None,
) -> ScenarioGrid:
    """Return what ``Policy.scenarios`` does, which says what is taken; ``scenario_grid`` says what is raised."""
    must_map("grid", grid)
    if not isinstance(base, CaseBase):
        must_map("case", base)
    written = base.model_dump(mode="json", exclude_unset=True) if isinstance(base, CaseBase) else base
    question = policy.questions[policy.decisions.the(decision)]
    values = {name: _values(given) for name, given in grid.items()}
    facts = policy.reader.names
    ids = {name: _reading(policy, name) if name.startswith(READING) else facts.get(name, name) for name in values}
    # The day of the case stays beside the days of the grid: up to it, and no longer, its lists are complete.
    varied = {*ids.values()} - {"as_of"}
    fixed = {name: value for name, value in written.items() if facts.get(name, name) not in varied}
    # What the grid says of a reading replaces what is chosen, by whichever names.
    taken = policy.readings(readings) if readings else {}
    chosen = {name: option for name, option in taken.items() if READING + name not in varied}

    def one(case: Mapping[str, Any], day: date | None, options: Mapping[str, str | None]) -> Verdict:
        return policy.decide(case, decision, as_of=day, readings=options)

    def all_at_once() -> Sequence[Came] | None:
        axes = [axis_of(question, ids[name], given) for name, given in values.items()]
        told = [axis for axis in axes if axis is not None]
        if len(told) < len(axes) or len(varied) < len(values):
            return None
        others = {name: option for name, option in policy.readings(chosen).items() if READING + name not in varied}
        given = Given(policy.reader, policy.rails, fixed, None, policy.digests)
        return all_cases(question, given.rails(question.asked) | question.reading_rails(others), told)

    axes = {name: _called(policy, ids[name]) for name in values}
    return scenario_grid(one, all_at_once, fixed, values, question, chosen, axes)


def _values(given: Any) -> list[Any]:
    """Return the values of an axis; one that stands alone is one."""
    several = isinstance(given, Iterable) and not isinstance(given, str | Mapping)
    return list(given) if several else [given]


def _reading(policy: Policy, axis: str) -> str:
    """Return the axis of a reading by its id, which is named by id or question.  Raises CaseError for any other."""
    return READING + policy.reading_names.the(axis.removeprefix(READING))


def _called(policy: Policy, name: str) -> tuple[Names, Mapping[Any, Names]]:
    """Return what an axis by id is called: a fact, the day or a reading, and each of its values."""
    if name.startswith(READING):
        reading = policy.rules.readings[name.removeprefix(READING)]
        options = {key: (option.label, option.en) for key, option in reading.options.items()}
        return (reading.question, reading.en), {None: _both("reading_open"), **options}
    thing = policy.glossary.facts.get(name)
    named: dict[Any, Names] = {key: (one.label, one.en) for key, one in getattr(thing, "options", {}).items()}
    if isinstance(thing, Finding):  # Of a number 1 is no yes, though Python takes the two for equal.
        named |= {True: _both("yes"), False: _both("no")}
    return ((thing.label, thing.en) if thing else (name, name)), {None: _both("sign_unknown"), **named}


def _both(key: str) -> Names:
    return word(key, "zh"), word(key, "en")
