"""Proving many claims: in this process, or shared out among several.

Which case a search shows depends on what was searched before, so claims are dealt out beforehand and not as they come:
the same claims by the same number of processes give the same proofs.  Those about one decision stay together, for what
one of them has shown serves the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import cast

from ..errors import RudongRulesError
from ..policy import Policy
from .claims import Claim, Proof
from .properties import Prover

FEW = 40
"""So many claims are proven before a second process is there."""


def prove(policy: Policy, claims: Sequence[Claim], timeout_ms: int, jobs: int = 1) -> Iterator[tuple[Claim, Proof]]:
    """Yield each claim with its proof, as they come.

    The processes are new ones that load this library anew, so a program that asks for several ``jobs`` must guard its
    main module.  Raises RudongRulesError when a process ends before it has answered.
    """
    if jobs < 2 or len(claims) <= FEW:
        prover = Prover(policy, timeout_ms)
        for claim in claims:
            yield claim, prover.prove(claim)
        return
    context = get_context("spawn")
    awaited: dict[Connection, list[Claim]] = {}
    processes = []
    try:
        for hand in _dealt(policy, claims, jobs):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_answer, args=(theirs, policy, hand, timeout_ms), daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            awaited[ours] = list(hand)
        while awaited:
            for one in wait(list(awaited)):
                connection = cast(Connection, one)
                try:
                    proof = connection.recv()
                except EOFError:
                    raise RudongRulesError("a process ended in the middle of a proof") from None
                yield awaited[connection].pop(0), proof
                if not awaited[connection]:
                    del awaited[connection]
    finally:
        for process in processes:
            process.terminate()


def _dealt(policy: Policy, claims: Sequence[Claim], jobs: int) -> list[list[Claim]]:
    """Return the claims in so many hands of about the same weight, none of them empty."""
    by_decision: dict[str, list[Claim]] = {}
    for claim in claims:
        by_decision.setdefault(claim.decisions[0] if claim.decisions else "", []).append(claim)
    # What takes time is to search, once or more for each claim, and most of all among lists and numbers.
    weights = {name: len(listed) + 2 * _questions(policy, name) for name, listed in by_decision.items()}
    hands: list[list[Claim]] = [[] for _ in range(jobs)]
    held = [0] * jobs
    for name in sorted(weights, key=weights.__getitem__, reverse=True):
        lightest = held.index(min(held))
        held[lightest] += weights[name]
        hands[lightest] += by_decision[name]
    return [hand for hand in hands if hand]


def _questions(policy: Policy, decision: str) -> int:
    """Return how many questions about lists and numbers a decision asks."""
    return len(policy.questions[decision].asked.tests) if decision in policy.questions else 0


def _answer(connection: Connection, policy: Policy, hand: Sequence[Claim], timeout_ms: int) -> None:
    """Send the proofs of a hand of claims, one by one, and close the connection."""
    prover = Prover(policy, timeout_ms)
    for claim in hand:
        connection.send(prover.prove(claim))
    connection.close()
