"""Proving many claims: in this process, or shared out among several.

Which case a search shows depends on what was searched before, so claims are dealt out beforehand and not as they come:
the same claims by the same number of processes give the same proofs.  Those about one decision stay together, with a
prover of their own: what one of them has shown serves the next, while what was learnt of other decisions is a burden.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import cast

from ..bilingual import say
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
        yield from _proofs(policy, claims, timeout_ms)
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
                    raise RudongRulesError(say("process_ended")) from None
                yield awaited[connection].pop(0), proof
                if not awaited[connection]:
                    del awaited[connection]
    finally:
        for process in processes:
            process.terminate()


def _dealt(policy: Policy, claims: Sequence[Claim], jobs: int) -> list[list[Claim]]:
    """Return the claims in at most so many hands of about the same weight, none of them empty."""
    groups = _by_decision(claims)
    jobs = min(jobs, len(groups))
    weights = {decision: _weight(policy, decision, len(group)) for decision, group in groups.items()}
    hands: list[list[Claim]] = [[] for _ in range(jobs)]
    held = [0] * jobs
    for decision in sorted(groups, key=weights.__getitem__, reverse=True):
        lightest = held.index(min(held))
        held[lightest] += weights[decision]
        hands[lightest] += groups[decision]
    return [hand for hand in hands if hand]


def _by_decision(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.decisions[0] if claim.decisions else "", []).append(claim)
    return groups


def _weight(policy: Policy, decision: str, claims: int) -> int:
    """Return about how long claims about a decision take: each goes over its gates, lists and numbers once more."""
    if decision not in policy.questions:
        return claims
    question = policy.questions[decision]
    return len(question.program.gates) * (claims + len(question.asked.tests))


def _proofs(policy: Policy, claims: Sequence[Claim], timeout_ms: int) -> Iterator[tuple[Claim, Proof]]:
    """Yield each claim with its proof, those about one decision together."""
    for group in _by_decision(claims).values():
        prover = Prover(policy, timeout_ms)
        for claim in group:
            yield claim, prover.prove(claim)


def _answer(connection: Connection, policy: Policy, hand: Sequence[Claim], timeout_ms: int) -> None:
    """Send the proofs of a hand of claims, one by one, and close the connection."""
    for _, proof in _proofs(policy, hand, timeout_ms):
        connection.send(proof)
    connection.close()
