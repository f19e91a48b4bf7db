"""Which answers to questions about lists can stand together: no log holds a step and does not.

What an answer says is broken up into *things* that are there, or are not: an entry that fits a condition, so many of
them.  One thing may be within another; and where every step of a kind must have one of another kind before or after it,
the one brings the other with it.  What is refused no list can satisfy; what is not refused some lists may fail to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple

from .bounds import COMPARISONS
from .expressions import as_where
from .logic import Test
from .program import Program, Rail, Rails, bits, false_rail, members, true_rail
from .vocabulary import Record

_WEAKER = {">": ("≥",), "<": ("≤",), "=": ("≥", "≤"), "≥": (), "≤": ()}
"""What holds, against the same, wherever a comparison does."""
Where = Mapping[str, Any]
Things = int
"""A set of things: an integer whose bit n says that the thing n is there."""


class Thing(NamedTuple):
    """At least ``least`` entries that fit, counted in a way ``how``: empty for an entry that is there at all."""

    record: str
    where: Where
    how: str = ""
    least: int = 1

    def within(self, other: Thing) -> bool:
        """Return whether this is there only where the other is."""
        alike = (self.record, self.how) == (other.record, other.how)
        return alike and self.least >= other.least and narrower(self.where, other.where)

    def apart(self, other: Thing, unique: tuple[str, ...]) -> bool:
        """Return whether both would be one entry, by its ``unique`` fields, that cannot fit both."""
        if not unique or self.record != other.record or self.how or other.how:
            return False
        pinned = all(self.where.get(name) == other.where.get(name) != None for name in unique)  # noqa: E711
        exact = all(isinstance(self.where.get(name), dict) and set(self.where[name]) == {"equals"} for name in unique)
        both = [(value, other.where[name]) for name, value in self.where.items() if name in other.where]
        plain = [(_options(a), _options(b)) for a, b in both if not isinstance(a, dict) and not isinstance(b, dict)]
        return pinned and exact and any(not set(a) & set(b) for a, b in plain)


@dataclass
class Said:
    """What an answer says: things that are there, things that are not, and what brings what with it."""

    there: list[Thing] = field(default_factory=list)
    gone: list[Thing] = field(default_factory=list)
    brings: list[tuple[Thing, Thing]] = field(default_factory=list)


@dataclass(frozen=True)
class Together:
    """Which of the answers of a program can stand together; ``said`` is what each rail says."""

    said: Mapping[Rail, Said] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)

    def possible(self, known: Rails) -> bool:
        """Return False where no lists can give all these answers."""
        there = gone = 0
        brought: list[tuple[Things, Things]] = []
        left = known & self.rails
        while left:
            rail = left & -left
            left ^= rail
            here, nowhere, brings = self._each[rail]
            there |= here
            gone |= nowhere
            brought += brings
        growing = not there & gone
        while growing:
            growing = False
            for thing, others in brought:
                if there & thing and others & ~there:
                    there |= others
                    growing = True
        return not there & gone and not any(there & pair == pair for pair in self._apart)

    def clashing(self, rail: Rail) -> Rails:
        """Return the rails that cannot be known beside one, whatever else is."""
        if rail not in self.said:
            return 0
        if rail not in self._clashing:
            (there, gone), mine = self._saying, self._there[rail]
            found = reduce(or_, (gone[thing] for thing in members(mine)), 0)
            found |= reduce(or_, (there[thing] for thing in members(self._gone[rail])), 0)
            for pair in self._apart:
                if pair & mine:
                    found |= reduce(or_, (there[thing] for thing in members(pair & ~mine)), 0)
            self._clashing[rail] = found
        return self._clashing[rail]

    @cached_property
    def _saying(self) -> tuple[list[Rails], list[Rails]]:
        """The rails that say of each thing that it is there, and those that say that it is not."""
        there, gone = [0] * len(self._things), [0] * len(self._things)
        for said, by_thing in ((self._there, there), (self._gone, gone)):
            for rail, things in said.items():
                for thing in members(things):
                    by_thing[thing] |= 1 << rail
        return there, gone

    @cached_property
    def _each(self) -> dict[Rails, tuple[Things, Things, list[tuple[Things, Things]]]]:
        """What each rail says, by the set of it alone."""
        return {1 << rail: (self._there[rail], self._gone[rail], self._brings[rail]) for rail in self.said}

    @cached_property
    def _clashing(self) -> dict[Rail, Rails]:
        return {}

    @cached_property
    def rails(self) -> Rails:
        """The rails that say anything."""
        return bits(self.said)

    @cached_property
    def _things(self) -> dict[str, Thing]:
        every = (
            thing
            for said in self.said.values()
            for thing in (*said.there, *said.gone, *(one for pair in said.brings for one in pair))
        )
        return {repr(thing): thing for thing in every}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: nth for nth, key in enumerate(self._things)}

    @cached_property
    def _wider(self) -> dict[str, Things]:
        """What is there wherever a thing is, itself among it."""
        alike: dict[tuple[str, str], list[tuple[int, Thing]]] = {}
        for nth, thing in enumerate(self._things.values()):
            alike.setdefault((thing.record, thing.how), []).append((nth, thing))
        return {
            key: bits(nth for nth, other in alike[thing.record, thing.how] if thing.within(other))
            for key, thing in self._things.items()
        }

    def _closed(self, things: list[Thing]) -> Things:
        found = 0
        for thing in things:
            found |= self._wider[repr(thing)]
        return found

    @cached_property
    def _there(self) -> dict[Rail, Things]:
        return {rail: self._closed(said.there) for rail, said in self.said.items()}

    @cached_property
    def _gone(self) -> dict[Rail, Things]:
        return {rail: bits(self._places[repr(one)] for one in said.gone) for rail, said in self.said.items()}

    @cached_property
    def _brings(self) -> dict[Rail, list[tuple[Things, Things]]]:
        return {
            rail: [(1 << self._places[repr(thing)], self._closed([other])) for thing, other in said.brings]
            for rail, said in self.said.items()
        }

    @cached_property
    def _apart(self) -> list[Things]:
        every = list(self._things.values())
        return [
            1 << n | 1 << m
            for n, one in enumerate(every)
            for m, other in enumerate(every[:n])
            if one.apart(other, tuple(self.records[one.record].unique))
        ]


def together(program: Program, tests: Mapping[str, Test], records: Mapping[str, Record]) -> Together:
    """Return which answers to the questions of a program can stand together."""
    said: dict[Rail, Said] = {}
    for name, test in tests.items():
        if name in program.index and isinstance(test.left, dict):
            yes, no = _said(test)
            said |= {true_rail(program.index[name]): yes, false_rail(program.index[name]): no}
    return Together({rail: one for rail, one in said.items() if one != Said()}, records)


def _said(test: Test) -> tuple[Said, Said]:
    """Return what the answers yes and no to a question say."""
    ((operator, given),) = test.left.items()
    if operator in ("happened", "took_part"):
        thing = Thing(given["in"], as_where(given).get("where", {}))
        return Said([thing]), Said(gone=[thing])
    if operator in ("happened_before", "preceded", "followed"):
        first, then = (Thing(given["in"], given[key]) for key in ("first", "then"))
        between = [Thing(given["in"], given["with"])] if "with" in given else []
        if operator == "happened_before":
            return Said([first, then, *between]), Said()
        each, other = (then, first) if operator == "preceded" else (first, then)
        return Said(brings=[(each, one) for one in (other, *between)]), Said([each])
    if operator in ("count", "longest_run", "run_ending", "most_within") and test.sign == "≥" and _positive(test.right):
        where = given.get("where", {})
        how = operator + repr({key: value for key, value in given.items() if key not in ("of", "where")})
        many, one = Thing(given["of"], where, how, int(test.right)), Thing(given["of"], where)
        there = [many, one]
        if operator == "run_ending":
            there.append(Thing(given["of"], {**where, given["year"]: {"equals": given["at"]}}))
        return Said(there), Said(gone=[many])
    return Said(), Said()


def _positive(number: Any) -> bool:
    return str(number).isdigit() and int(number) > 0


def narrower(where: Where, other: Where) -> bool:
    """Return whether every entry that fits one condition is known to fit the other."""
    if "any_of" in where:
        rest = {name: value for name, value in where.items() if name != "any_of"}
        if all(narrower({**rest, **one}, other) for one in where["any_of"]):
            return True
    if not other.keys() <= where.keys() | {"any_of"}:
        return False
    for name, wanted in other.items():
        if name == "any_of":
            if not any(narrower(where, one) for one in wanted):
                return False
        elif name not in where or not _within(where[name], wanted):
            return False
    return True


def _within(one: Any, other: Any) -> bool:
    """Return whether a column that fits one value, list of values or comparison fits the other."""
    if one == other:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        if "all_of" in other:
            return "all_of" in one and set(other["all_of"]) <= set(one["all_of"])
        signs = [(COMPARISONS[sign], right) for sign, right in one.items() if sign in COMPARISONS]
        return all(
            any((COMPARISONS[sign] in (mine, *_WEAKER[mine])) and right == own for mine, own in signs)
            for sign, right in other.items()
        )
    if isinstance(other, dict):
        return False
    if isinstance(one, dict):
        return bool(set(one.get("all_of", ())) & set(_options(other)))
    return set(_options(one)) <= set(_options(other))


def _options(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]
