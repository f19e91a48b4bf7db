"""The same program on durable-rules, forward chaining over facts: every rail that holds is asserted as a fact.

Around its limits: a gate is split into rules of at most MAX_CONDITIONS conditions; a session's state is deleted after
every case; an exception inside an action, which the library keeps to itself, is raised here; the library has one
global host, so cases run one at a time.  Only rail numbers reach it, never a user's text.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import Any

from ..errors import EngineUnavailable
from ..program import Gate, Program, Rail, Rails, bits, members

MAX_CONDITIONS = 8
"""Conditions in one rule; the library refuses more than 16."""

_lock = threading.Lock()
_sessions = count(1)


def least_model(program: Program, known: Rails) -> Rails:
    """Return the least model.  Raises EngineUnavailable where durable-rules cannot be imported."""
    with _lock:
        return _ruleset(program)(known)


def binary_gates(program: Program) -> list[Gate]:
    """Return gates that are all "all" or "any", with at most MAX_CONDITIONS rails in a body, and the same least model.

    Rails beyond the program's own are helpers.
    """
    fresh = count(2 * len(program.atoms))
    gates: list[Gate] = []

    def conjunction(head: Rail, body: tuple[Rail, ...]) -> None:
        while len(body) > MAX_CONDITIONS:
            helper = next(fresh)
            gates.append(Gate(helper, MAX_CONDITIONS, body[:MAX_CONDITIONS]))
            body = (helper, *body[MAX_CONDITIONS:])
        gates.append(Gate(head, len(body), body))

    def at_least(head: Rail, need: int, body: tuple[Rail, ...]) -> None:
        """Either the first rail and one fewer of the rest, or enough of the rest."""
        if need == len(body):
            conjunction(head, body)
        elif need == 1:
            gates.append(Gate(head, 1, body))
        elif need < len(body):
            fewer, rest, both = next(fresh), next(fresh), next(fresh)
            at_least(fewer, need - 1, body[1:])
            at_least(rest, need, body[1:])
            conjunction(both, (body[0], fewer))
            gates.append(Gate(head, 1, (both, rest)))

    for head, need, body in program.gates:
        distinct = tuple(dict.fromkeys(body))
        if len(distinct) == len(body):
            at_least(head, need, body)
        else:
            gates.extend(_repeated(head, need, body, fresh))
    return gates


def _repeated(head: Rail, need: int, body: tuple[Rail, ...], fresh: Any) -> list[Gate]:
    """Give each repetition of a rail in a body a helper rail of its own, so that it is counted as often as it stands."""
    copies = [next(fresh) for _ in body]
    program = Program((), (Gate(head, need, tuple(copies)),), {})
    del program
    return [*(Gate(copy, 1, (rail,)) for copy, rail in zip(copies, body, strict=True)), Gate(head, need, tuple(copies))]


@lru_cache(maxsize=64)
def _ruleset(program: Program) -> Callable[[Rails], Rails]:
    """Register the program with the library's host and return the function that runs it."""
    try:
        from durable import lang  # type: ignore[import-untyped,unused-ignore]
    except ImportError as error:
        raise EngineUnavailable(
            "the engine 'durable' needs durable-rules, which runs on Python 3.12 and earlier; use engine 'fixpoint' here"
        ) from error
    name = "p" + hashlib.sha256(str(program).encode()).hexdigest()[:24]
    reached: set[Rail] = set()
    failures: list[BaseException] = []

    def action(head: Rail) -> Callable[[Any], None]:
        def hold(c: Any) -> None:
            try:
                if head not in reached:
                    reached.add(head)
                    c.assert_fact({"r": head})
            except BaseException as error:
                failures.append(error)

        return hold

    with lang.ruleset(name):
        for gate in binary_gates(program):
            if gate.need == 0:
                continue
            if gate.need == 1:
                for rail in dict.fromkeys(gate.body):
                    lang.when_all(lang.m.r == rail)(action(gate.head))
            else:
                lang.when_all(*(lang.m.r == rail for rail in gate.body))(action(gate.head))
    axioms = [gate.head for gate in program.gates if gate.need == 0]
    mask = (1 << 2 * len(program.atoms)) - 1

    def run(known: Rails) -> Rails:
        session = str(next(_sessions))
        reached.clear()
        failures.clear()
        start = [*members(known | bits(axioms))]
        reached.update(start)
        try:
            if start:
                lang.assert_facts(name, [{"sid": session, "r": rail} for rail in start])
        finally:
            lang.delete_state(name, session)
        if failures:
            raise RuntimeError("an action of the durable engine failed") from failures[0]
        return bits(reached) & mask

    return run
