"""Which columns of a frame are read together: those that one measure or limit reads, and findings that are linked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..facts import Asked
from ..logic import Test
from ..policy import Policy
from ..program import Rails, members
from ..vocabulary import Assertion, Vocabulary, reached

_Tests = dict[tuple[str, ...], list[tuple[Rails, Rails, Test]]]
"""The questions about measures by the columns that they read."""


@dataclass(frozen=True)
class Group:
    """Columns that are read together, and the part of what is asked that they answer."""

    facts: tuple[str, ...]
    asked: Asked
    rails: tuple[int, ...]


def grouped(
    policy: Policy, asked: Asked, columns: Sequence[str], plain: Collection[str], near: Mapping[str, tuple[str, ...]]
) -> list[Group]:
    """Return the columns that are read together, every other one that is not ``plain`` by itself.

    ``plain`` columns are read without the reader: no group answers what is asked of them alone.  ``near`` are the
    findings that are :func:`linked`.  Where there is a day, every group is read with it.
    """
    dated = ("as_of",) if "as_of" in columns else ()
    tests = _by_columns(policy, asked, columns, dated)
    covered = {name for read in tests for name in read}
    known = {*plain, *covered, "title", "as_of"}
    alone: _Tests = {(*near.get(name, (name,)), *dated): [] for name in columns if name not in known}
    if dated and "as_of" not in covered and not alone:
        alone[dated] = []
    groups, first = [], set(plain)
    for facts, mine in {**tests, **alone}.items():
        new = [name for name in facts if name not in first]
        first.update(new)
        groups.append(_group(facts, asked, mine, new))
    return groups


def _by_columns(policy: Policy, asked: Asked, columns: Sequence[str], dated: tuple[str, ...]) -> _Tests:
    """Return the questions about measures, and limits without any, by the columns that they read."""
    vocabulary = policy.rules.vocabulary
    measures = vocabulary.defined()
    found: _Tests = {}
    for one in asked.tests:
        names = one[2].reads(measures)
        read = tuple(name for name in columns if name in names and name != "as_of")
        if read:
            found.setdefault(read + dated, []).append(one)
        elif dated and "as_of" in names:
            found.setdefault(dated, []).append(one)
    for name in columns:
        limit = vocabulary.scalars[name].limit if name in vocabulary.scalars else None
        if limit is not None and limit.at_most != "as_of" and limit.at_most in columns:
            # What breaks a limit is refused, whether or not anything asked reads the two together.
            found.setdefault((*(one for one in columns if one in (name, limit.at_most)), *dated), [])
    return found


def _group(facts: tuple[str, ...], asked: Asked, tests: Iterable[tuple[Rails, Rails, Test]], new: list[str]) -> Group:
    """Return a group that answers some questions about measures and what is asked of its ``new`` columns alone."""
    mine = replace(
        asked, tests=tuple(tests),
        findings={name: asked.findings[name] for name in new if name in asked.findings},
        choices={name: asked.choices[name] for name in new if name in asked.choices},
    )  # fmt: skip
    every = 0
    for true, false, _ in mine.tests:
        every |= true | false
    made: list[Mapping[Any, Rails]] = [*mine.findings.values(), *mine.choices.values()]
    for values in made:
        for rails in values.values():
            every |= rails
    return Group(facts, mine, tuple(members(every)))


def linked(
    vocabulary: Vocabulary, follows: Mapping[Assertion, Iterable[Assertion]], columns: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Return, for each column that is a finding, those that are linked with it by what follows, itself included.

    Two are linked by what follows from both, too, whether or not that is a column.
    """
    near: dict[str, set[str]] = {name: set() for name in vocabulary.findings}
    for (one, _), follow in follows.items():
        for two, _ in follow:
            near[one].add(two)
            near[two].add(one)
    findings = [name for name in columns if name in vocabulary.findings]
    together = {name: reached(name, near) for name in findings}
    return {name: tuple(one for one in findings if one in others) for name, others in together.items()}
