"""The same program on durable-rules, forward chaining over facts: every rail that holds is asserted as a fact.

Around its limits:

- a gate becomes rules of at most MAX_CONDITIONS conditions;
- a fact addresses its rail by group and place: a node of the library's network hangs beyond 512 distinct tests;
- a session's state is deleted after every case, and every session has a fact that fires a rule: deleting one that
  never did frees memory that was never set;
- a fact that no rule matches stays out, being an error to the library;
- every fact has an id of its own: the library takes two facts for one where 32 bits of a hash of their ids are alike,
  which they never are of short numbers, and once in many thousand sessions of the ids that it makes up itself;
- an exception inside an action, which the library keeps to itself, is raised here, an interruption as such;
- its global host has timers whose threads work on our sessions too: each program has a host of its own, without them;
- it is not made for threads, so cases run one at a time;
- only rail numbers reach it, never a user's text.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from itertools import count
from typing import Any

from ..bilingual import say
from ..errors import EngineUnavailableError
from ..program import Program, Rail, Rails, bits, members

MAX_CONDITIONS = 8
"""Conditions in one rule; the library refuses more than 16."""
GROUP = 64
"""Rails in one group."""

_lock = threading.Lock()
_sessions = count(1)


def least_model(program: Program, known: Rails) -> Rails:
    """Return the least model.  Raises EngineUnavailableError where durable-rules cannot be imported."""
    with _lock:
        return _registered(program)(known)


def rules_of(program: Program) -> list[tuple[Rail, tuple[Rail, ...]]]:
    """Return (head, body) rules, each "all of at most MAX_CONDITIONS distinct rails", with the same least model.

    Gates that need nothing are left out.  Rails beyond the program's own are helpers.
    """
    fresh = count(2 * len(program.atoms))
    rules: list[tuple[Rail, tuple[Rail, ...]]] = []

    def all_of(head: Rail, body: tuple[Rail, ...]) -> None:
        while len(body) > MAX_CONDITIONS:
            helper = next(fresh)
            rules.append((helper, body[:MAX_CONDITIONS]))
            body = (helper, *body[MAX_CONDITIONS:])
        rules.append((head, body))

    def at_least(head: Rail, need: int, body: tuple[Rail, ...], heads: dict[tuple[int, int], Rail]) -> None:
        """Either the first rail and one fewer of the rest, or enough of the rest; ``heads`` are those already made."""
        if need == len(body):
            all_of(head, body)
        elif need == 1:
            rules.extend((head, (rail,)) for rail in body)
        else:
            rest = body[1:]
            for fewer in (need, need - 1):
                if (fewer, len(rest)) not in heads:
                    heads[fewer, len(rest)] = helper = next(fresh)
                    at_least(helper, fewer, rest, heads)
            rules.append((head, (heads[need, len(rest)],)))
            rules.append((head, (body[0], heads[need - 1, len(rest)])))

    for gate in program.gates:
        if 0 < gate.need <= len(gate.body):
            at_least(gate.head, gate.need, gate.body, {})
    return rules


@cache
def _registered(program: Program) -> Callable[[Rails], Rails]:
    """Register the program with a host of its own and return the function that runs it."""
    try:
        from durable import engine, lang
    except ImportError as error:
        raise EngineUnavailableError(say("durable_needs")) from error

    class QuietHost(engine.Host):  # type: ignore[misc]
        """A host without the library's timers, whose threads would work on the sessions of our cases too."""

        def _run(self) -> None:
            pass

    reached: set[Rail] = set()
    failures: list[BaseException] = []

    def action(head: Rail) -> Callable[[Any], None]:
        def hold(c: Any) -> None:
            try:
                if head not in reached:
                    reached.add(head)
                    if head in matched:
                        c.assert_fact(_fact(head))
            except BaseException as error:
                failures.append(error)

        return hold

    rules = rules_of(program)
    matched = {rail for _, body in rules for rail in body}
    start = max([2 * len(program.atoms), *(head + 1 for head, _ in rules)])
    name = f"p{next(_sessions)}"
    written = lang.ruleset(name)
    with written:
        lang.when_all((lang.m.g == start // GROUP) & (lang.m.r == start % GROUP))(action(start))
        for head, body in rules:
            conditions = ((lang.m.g == rail // GROUP) & (lang.m.r == rail % GROUP) for rail in body)
            lang.when_all(*conditions)(action(head))
    # Taken out of the library's global list: its own host, which has timers, must never be made.
    del lang._rulesets[name]
    host = QuietHost(dict([written.define()]))
    axioms = bits(gate.head for gate in program.gates if gate.need == 0)
    own = (1 << 2 * len(program.atoms)) - 1

    def run(known: Rails) -> Rails:
        session = str(next(_sessions))
        reached.clear()
        failures.clear()
        reached.update(members(known | axioms))
        facts = [{"sid": session, **_fact(rail)} for rail in (start, *sorted(reached & matched))]
        try:
            state = host.assert_facts(name, facts)
            if failures:
                raise failures[0]
            if "exception" in state:  # What is raised between our lines, an interruption for one, is kept there.
                raise KeyboardInterrupt(state["exception"])
        except BaseException as error:
            with suppress(Exception):  # What was cut short may have left nothing to delete.
                host.delete_state(name, session)
            if isinstance(error, Exception):
                raise RuntimeError("an action of the durable engine failed") from error
            _registered.cache_clear()  # What is cut short inside the library may leave more than a session in disorder.
            raise
        host.delete_state(name, session)
        return bits(reached) & own

    return run


def _fact(rail: Rail) -> dict[str, int | str]:
    return {"id": str(rail), "g": rail // GROUP, "r": rail % GROUP}
