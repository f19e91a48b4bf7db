"""A program: monotone gates between the rails of atoms.

Every atom ``a`` (its index) has two rails, *known true* ``2a`` and *known false* ``2a + 1``.  A set of rails is an
integer whose bit ``r`` says that rail ``r`` holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from .ruleset import Reading

Rail = int
Rails = int


def true_rail(atom: int) -> Rail:
    """Return the rail "known true" of an atom."""
    return 2 * atom


def false_rail(atom: int) -> Rail:
    """Return the rail "known false" of an atom."""
    return 2 * atom + 1


def opposite(rail: Rail) -> Rail:
    """Return the other rail of the same atom."""
    return rail ^ 1


def bits(rails: Iterable[Rail]) -> Rails:
    """Return the set that holds exactly these rails."""
    mask = 0
    for rail in rails:
        mask |= 1 << rail
    return mask


def members(mask: Rails) -> Iterator[Rail]:
    """Yield the rails of a set in ascending order."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def is_part(atom: str) -> bool:
    """Return whether an atom is a part of a condition, which the compiler names after what it belongs to."""
    return "#" in atom


def reading_of(atom: str) -> str:
    """Return the reading of which an atom is an option; an empty string for any other atom."""
    return atom.removeprefix("reading:").partition("=")[0] if atom.startswith("reading:") else ""


def reading_rails(index: Mapping[str, int], readings: Mapping[str, Reading], chosen: Mapping[str, str | None]) -> Rails:
    """Return the rails that chosen options of readings make known; None leaves one open, and so does its absence."""
    return bits(
        2 * index[atom] | (option != taken)
        for name, taken in chosen.items() if taken is not None
        for option in readings[name].options
        if (atom := f"reading:{name}={option}") in index
    )  # fmt: skip


class Gate(NamedTuple):
    """``head`` holds once at least ``need`` of the rails in ``body`` hold: all = n of n, any = 1 of n.

    No rail stands twice in a body.
    """

    head: Rail
    need: int
    body: tuple[Rail, ...]


@dataclass(frozen=True)
class Program:
    """Gates in an order in which every body comes before its head, so that one pass reaches the least model.

    Gates of one head stand together.

    ``atoms`` names the atoms by number, ``index`` numbers the names of those that this program uses; an atom that no
    gate derives is an input.
    """

    atoms: tuple[str, ...]
    gates: tuple[Gate, ...]
    index: dict[str, int] = field(compare=False, repr=False)

    @cached_property
    def masks(self) -> tuple[tuple[Rails, int, Rails], ...]:
        """The gates as (head, need, body), head and body as sets of rails."""
        return tuple((1 << gate.head, gate.need, bits(gate.body)) for gate in self.gates)

    @cached_property
    def by_head(self) -> dict[Rail, list[Gate]]:
        """The gates by the rail that they derive."""
        found: dict[Rail, list[Gate]] = {}
        for gate in self.gates:
            found.setdefault(gate.head, []).append(gate)
        return found

    @cached_property
    def backwards(self) -> tuple[tuple[Rail, tuple[tuple[Gate, Rails], ...]], ...]:
        """The derived rails, heads before bodies, each with its gates and their bodies as sets."""
        heads = reversed(self.by_head.items())
        return tuple((rail, tuple((gate, bits(gate.body)) for gate in gates)) for rail, gates in heads)

    def slice(self, roots: Iterable[Rail]) -> Program:
        """Return the program with only the gates that the roots depend on; atoms keep their numbers."""
        wanted = set(roots)
        kept: list[Gate] = []
        for gate in reversed(self.gates):
            if gate.head in wanted:
                kept.append(gate)
                wanted.update(gate.body)
        used = {rail >> 1 for rail in wanted}
        index = {name: atom for name, atom in self.index.items() if atom in used}
        return Program(self.atoms, tuple(reversed(kept)), index)

    def compact(self) -> Program:
        """Return the same program with the atoms that it uses numbered anew, in the same order: smaller sets."""
        used = sorted(self.index.values())
        moved = {2 * atom + side: 2 * number + side for number, atom in enumerate(used) for side in (0, 1)}
        gates = tuple(Gate(moved[head], need, tuple(map(moved.__getitem__, body))) for head, need, body in self.gates)
        names = tuple(self.atoms[atom] for atom in used)
        return Program(names, gates, {name: number for number, name in enumerate(names)})

    def rail_name(self, rail: Rail) -> str:
        """Return a rail as printed: ``+name`` known true, ``-name`` known false."""
        return f"{'-' if rail & 1 else '+'}{self.atoms[rail >> 1]}"

    def __str__(self) -> str:
        lines = []
        for head, need, body in self.gates:
            threshold = "all" if need == len(body) else "any" if need == 1 else f"{need} of {len(body)}"
            names = ", ".join(map(self.rail_name, body))
            lines.append(f"{self.rail_name(head)} ⇐ {threshold}({names})")
        return "\n".join(lines)
