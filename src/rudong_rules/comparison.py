"""Two policies compared by what they decide: proven equal, or for each pair of outcomes that changes a small case.

A decision on which nothing it rests on changed is equal as it stands.  For the others both programs become formulas
over the same facts, of which any may be unknown and any reading open: that they never differ is proven for every case,
complete or not.  Where they can, each pair of outcomes is looked for, and a case counts once both engines confirm it.
Nothing is proven of periods: where those of a decision are not written alike, it is not called equal; nor is it where
an outcome is allowed by one policy and required by the other, or where a finding implies or excludes in one what it
does not in the other: then a case may contradict itself for one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .as_written import force_otherwise, periods_otherwise, same_as_written
from .bilingual import say
from .differences import Comparison
from .errors import RudongRulesError
from .policy import Policy

if TYPE_CHECKING:
    from .analysis.equivalence import Prover


def compare(base: Policy, head: Policy, timeout_ms: int = 2_000) -> list[Comparison]:
    """Return what comes of every decision of either policy.  Without z3 what is not equal as written is unproven."""
    found = []
    prover: Prover | None = None
    for name in dict.fromkeys((*base.questions, *head.questions)):
        if name not in head.questions or name not in base.questions:
            found.append(Comparison(name, "added" if name in head.questions else "removed"))
        elif same_as_written(base, head, name):
            found.append(_as_shown(base, head, Comparison(name, "equal")))
        else:
            try:
                prover = prover or _prover(base, head, timeout_ms)
            except RudongRulesError as error:
                found.append(Comparison(name, "unproven", why=error.args[0]))
                continue
            found.append(_as_shown(base, head, prover.compare(name)))
    return found


def _as_shown(base: Policy, head: Policy, found: Comparison) -> Comparison:
    """Return what comes of a decision: it is not equal where what holds alike has another force, or other periods."""
    name = found.decision
    if found.status != "equal":
        return found
    if force := force_otherwise(base, head, name):
        return Comparison(name, "changed", why=say("force_otherwise", names=tuple(force)))
    if periods := periods_otherwise(base, head, name):
        return Comparison(name, "unproven", why=say("periods_otherwise", names=tuple(periods)))
    return found


def _prover(base: Policy, head: Policy, timeout_ms: int) -> Prover:
    try:
        from .analysis.equivalence import Prover
    except ImportError as error:
        raise RudongRulesError(say("proofs_need")) from error
    return Prover(base, head, timeout_ms)
