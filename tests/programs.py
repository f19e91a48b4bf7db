"""Programs for the tests: written by name, drawn at random, and their least model straight from the definition."""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

from hypothesis import strategies as st

from rudong_rules.program import Gate, Program, Rail, Rails, bits, false_rail, members, opposite, true_rail

_serial = count()


class Drawn(NamedTuple):
    """A random program, its input atoms and some rails that are known."""

    program: Program
    inputs: tuple[int, ...]
    known: Rails


def program_of(*lines: str) -> Program:
    """The program that lines such as ``+h 2 +a -b`` write (head, need, body); atoms are numbered as they appear."""
    index: dict[str, int] = {}

    def rail(word: str) -> Rail:
        atom = index.setdefault(word[1:], len(index))
        return true_rail(atom) if word[0] == "+" else false_rail(atom)

    gates = []
    for line in lines:
        head, need, *body = line.split()
        rails = tuple(rail(word) for word in body)
        gates.append(Gate(rail(head), int(need), rails))
    return Program(tuple(index), tuple(gates), index)


def rails(program: Program, words: str) -> Rails:
    """The set of rails that words such as ``+a -b`` write."""
    return bits(2 * program.index[word[1:]] + (word[0] == "-") for word in words.split())


def shown(program: Program, model: Rails) -> set[str]:
    """The rails of a set as words."""
    return {program.rail_name(rail) for rail in members(model)}


def model_by_definition(program: Program, known: Rails) -> Rails:
    """The least set that holds ``known`` and, for each gate of whose body enough places hold, the head."""
    model = known
    while True:
        more = bits(g.head for g in program.gates if sum(model >> rail & 1 for rail in g.body) >= g.need)
        if model | more == model:
            return model
        model |= more


@st.composite
def drawn(draw: st.DrawFn, *, two_railed: bool, inputs: int = 5, derived: int = 5) -> Drawn:
    """Draw a program in layers.

    When it is ``two_railed``, each derived atom is a threshold of others and has both rails, as conditions are
    compiled; otherwise gates lead from any rails to any.  No two programs share the names of their atoms.
    """
    n_inputs = draw(st.integers(1, inputs))
    n_atoms = n_inputs + draw(st.integers(1, derived))
    gates: list[Gate] = []
    for atom in range(n_inputs, n_atoms):
        heads = st.lists(st.integers(2 * atom, 2 * atom + 1), max_size=4)
        for head in [true_rail(atom)] if two_railed else draw(heads):
            below = st.integers(0, 2 * atom - 1)
            body = tuple(draw(st.lists(below, min_size=1 if two_railed else 0, max_size=4, unique_by=lambda r: r >> 1)))
            need = draw(st.integers(1, len(body)) if two_railed else st.integers(0, len(body) + 1))
            gates.append(Gate(head, need, body))
            if two_railed:
                gates.append(Gate(opposite(head), len(body) - need + 1, tuple(map(opposite, body))))
    if not two_railed:
        gates.append(Gate(2 * n_atoms - 1, 1, (0,)))
    serial = next(_serial)
    names = tuple(f"p{serial}.{atom}" for atom in range(n_atoms))
    known = draw(st.sets(st.integers(0, 2 * (n_inputs if two_railed else n_atoms) - 1)))
    program = Program(names, tuple(gates), {name: atom for atom, name in enumerate(names)})
    return Drawn(program, tuple(range(n_inputs)), bits(known))
