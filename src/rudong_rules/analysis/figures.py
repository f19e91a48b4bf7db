"""Numbers, and questions about them, of which it is known when they are known."""

from __future__ import annotations

from typing import Any

import z3

from .terms import Term, conj, disj

Pair = tuple[Term, Term]
"""Known true, known false."""
Figure = tuple[Any, Term]
"""A number or day, and whether it is known."""


class UnsupportedError(Exception):
    """A question that these formulas cannot express."""


def negated(term: Term) -> Term:
    """Return that a term does not hold."""
    return (not term) if term is True or term is False else z3.Not(term)


def compared(left: Figure, sign: str, right: Figure) -> Pair:
    """Return when ``left sign right`` is known to be true, and when false."""
    (a, known), (b, told) = left, right
    match sign:
        case ">":
            holds = a > b
        case "≥":
            holds = a >= b
        case "<":
            holds = a < b
        case "≤":
            holds = a <= b
        case _:
            holds = a == b
    sure = conj([known, told])
    return conj([sure, holds]), conj([sure, z3.Not(holds)])


def either(pairs: list[Pair]) -> Pair:
    """Return when one of several questions is known to be true, and when all are known to be false."""
    return disj([fits for fits, _ in pairs]), conj([fails for _, fails in pairs])


def every(pairs: list[Pair]) -> Pair:
    """Return when all of several questions are known to be true, and when one is known to be false."""
    return conj([fits for fits, _ in pairs]), disj([fails for _, fails in pairs])


def two_valued(term: Term) -> Pair:
    """Return a question that is always known."""
    return term, negated(term)
