"""Findings that are Boolean columns: which atoms each row makes known, and which of them contradict each other.

A column says what its finding is, and what follows from that.  Where one column denies what another implies, both
findings are contradicted: neither says anything then, nor is anything said by what they imply.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from itertools import product
from operator import or_

import polars as pl

from ..program import Program, Rails, false_rail, members, true_rail
from ..vocabulary import Assertion


class Findings:
    """Says what the columns ``names`` tell of one program.

    ``told`` are the rails that each answer makes known, ``follows`` the answers that follow from each.
    """

    def __init__(
        self, names: Sequence[str], program: Program, told: Mapping[str, Mapping[bool, Rails]],
        follows: Mapping[Assertion, Iterable[Assertion]],
    ) -> None:  # fmt: skip
        self._names, self._program = frozenset(names), program
        answers = [(name, value) for name in names for value in (True, False)]
        self._tellers: dict[int, list[Assertion]] = {}
        for name, value in answers:
            for rail in members(told[name][value]):
                self._tellers.setdefault(rail, []).append((name, value))
        said: dict[Assertion, list[Assertion]] = {}
        for answer in answers:
            for one in (answer, *follows[answer]):
                said.setdefault(one, []).append(answer)
        sides = {
            name: (yes, said[name, False]) for (name, value), yes in said.items() if value and (name, False) in said
        }
        # It need not be asked of: what is contradicted says nothing of others, whether it is or not.
        disputed = {
            name: (yes, no) for name, (yes, no) in sides.items()
            if len({one for one, _ in (*yes, *no)}) > 1 and any(told[one][value] for one, value in (*yes, *no))
        }  # fmt: skip
        self._both = {name: _any(yes) & _any(no) for name, (yes, no) in disputed.items()}
        self._telling = _covering(disputed)

    def contradicted(self, batch: pl.DataFrame) -> dict[str, pl.Expr]:
        """Return where each finding is contradicted, of those that are in some row, as columns :func:`denied`."""
        both = self._both
        if not self._telling or not any(batch.select(both[name].any().alias(name) for name in self._telling).row(0)):
            return {}
        found = batch.select(where.any().alias(name) for name, where in both.items())
        return {name: both[name].alias(denied(name)) for name in both if found[name].any()}

    def state(self, atom: int, contradicted: Collection[str]) -> pl.Expr | None:
        """Return what the columns say of an atom; None where they say nothing of it.

        ``contradicted`` are findings with a column :func:`denied`; all others are contradicted in no row.
        """
        name = self._program.atoms[atom]
        if not self._tellers.keys() & {true_rail(atom), false_rail(atom)}:
            return None
        known = pl.col(name) if name in self._names else pl.lit(None, dtype=pl.Boolean)
        for rail, value in ((false_rail(atom), False), (true_rail(atom), True)):
            others = [answer for answer in self._tellers.get(rail, ()) if answer[0] != name]
            if others:
                known = pl.when(_any(others, contradicted)).then(value).otherwise(known)
        return pl.when(~pl.col(denied(name))).then(known) if name in contradicted else known


def denied(name: str) -> str:
    """Return the name of the column that says where a finding is contradicted."""
    return f"denied {name}"


def _covering(disputed: Mapping[str, tuple[Sequence[Assertion], Sequence[Assertion]]]) -> list[str]:
    """Return some of the findings disputed: wherever two answers contradict each other, they do over one of these."""
    pairs = {
        name: {(one, two) for one, two in product(yes, no) if one[0] != two[0]} for name, (yes, no) in disputed.items()
    }
    left, found = set().union(*pairs.values()), list[str]()
    while left:
        found.append(max(pairs, key=lambda name: len(pairs[name] & left)))
        left -= pairs[found[-1]]
    return found


def _any(answers: Iterable[Assertion], contradicted: Collection[str] = ()) -> pl.Expr:
    """Return where one of some answers is given, by a finding that is not contradicted."""

    def given(name: str, value: bool) -> pl.Expr:
        said = pl.col(name).eq_missing(pl.lit(value))
        return said & ~pl.col(denied(name)) if name in contradicted else said

    return reduce(or_, (given(name, value) for name, value in answers))
