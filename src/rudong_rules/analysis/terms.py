"""Terms of z3: the variables of atoms, and what is said of several at once, with constants folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import z3

Term = Any  # z3.BoolRef | bool


@lru_cache(maxsize=65_536)
def variable(atom: str) -> Any:
    """Return the variable of an atom."""
    return z3.Bool(atom)


@lru_cache(maxsize=65_536)
def _denied(atom: str) -> Any:
    return z3.Not(variable(atom))


def truth(atom: str, value: bool) -> Any:
    """Return that an atom is true, or that it is false."""
    return variable(atom) if value else _denied(atom)


def told(atom: str, value: bool) -> Any:
    """Return the variable that says that a fact which may be unknown is known to be true, or to be false."""
    return variable(f"told {atom}" if value else f"told not {atom}")


def known_false(test: str) -> Any:
    """Return the variable that says that a test is known to be false."""
    return variable(f"not {test}")


@lru_cache(maxsize=4_096)
def answered(test: str) -> Any:
    """Return that a test is known to be true or to be false."""
    return z3.Or(variable(test), known_false(test))


def conj(parts: Sequence[Term]) -> Term:
    """Return the conjunction, with constants folded."""
    rest = []
    for part in parts:  # `in` would ask z3 for an equation each time
        if part is False:
            return False
        if part is not True:
            rest.append(part)
    return True if not rest else rest[0] if len(rest) == 1 else _made(z3.Z3_mk_and, rest)


def disj(parts: Sequence[Term]) -> Term:
    """Return the disjunction, with constants folded."""
    rest = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            rest.append(part)
    return False if not rest else rest[0] if len(rest) == 1 else _made(z3.Z3_mk_or, rest)


def _made(make: Callable[..., Any], parts: Sequence[Any]) -> Any:
    """Return the conjunction or disjunction of formulas; z3.And and z3.Or look at the sort of each part once more."""
    found = (z3.Ast * len(parts))(*(part.as_ast() for part in parts))
    context = parts[0].ctx
    return z3.BoolRef(make(context.ref(), len(parts), found), context)


def at_least(need: int, parts: Sequence[Term]) -> Term:
    """Return that ``need`` of the parts are true, with constants folded."""
    need -= sum(part is True for part in parts)
    rest = [part for part in parts if part is not True and part is not False]
    if need <= 0:
        return True
    if need > len(rest):
        return False
    if need == len(rest):
        return conj(rest)
    return disj(rest) if need == 1 else z3.PbGe([(part, 1) for part in rest], need)


def exactly_one(parts: Sequence[Term]) -> Term:
    """Return that one of the parts is true and no other."""
    return z3.And(z3.Or(list(parts)), *(z3.Not(z3.And(a, b)) for n, a in enumerate(parts) for b in parts[n + 1 :]))


def declared(names: Iterable[str]) -> dict[str, Any]:
    """Return the declarations of variables by name, by which models are asked for them."""
    return {name: variable(name).decl() for name in names}


def truths(model: Any, asked: Mapping[str, Any]) -> set[str]:
    """Return which of some declared variables are true in a model; asked of z3 itself, for there are many of them."""
    context, found = model.ctx.ref(), set()
    for name, declaration in asked.items():
        value = z3.Z3_model_get_const_interp(context, model.model, declaration.ast)
        if value and z3.Z3_get_bool_value(context, value) == z3.Z3_L_TRUE:
            found.add(name)
    return found
