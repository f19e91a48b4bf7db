"""What comes of comparing two policies: for each decision whether it changed, and the pairs of values that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .bilingual import Because
from .policy import Policy

Status = Literal["equal", "changed", "unproven", "added", "removed"]
OPEN = "undetermined"
"""The outcome of a case that has none."""
Case = dict[str, Any]
Turned = tuple[str, str, str]
"""An atom, what it was and what it is now."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What changes: an outcome (``atom`` is the decision's id) or a conclusion or duty (its name) was and is now.

    ``case`` shows it, decided for the readings in ``readings`` besides each side's defaults.
    """

    atom: str
    was: str
    now: str
    case: Case
    readings: Mapping[str, str | None]

    @property
    def turned(self) -> Turned:
        """What was and what is, without the case."""
        return self.atom, self.was, self.now


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comes of one decision.

    ``changed`` has a case that shows it, or else ``why`` says what is shown otherwise; or what is not proven.
    ``unsettled`` is what may have turned: no case of it was found, and no proof that there is none.
    """

    decision: str
    status: Status
    pairs: tuple[Pair, ...] = ()
    why: Because = ""
    unsettled: tuple[Turned, ...] = ()


def readable(policy: Policy, case: Mapping[str, Any]) -> Case:
    """Return the facts of a case that a policy knows: what the other one asks besides is no fact to it."""
    return {name: value for name, value in case.items() if name in policy.reader.names}


def state(policy: Policy, case: Mapping[str, Any], pair: Pair, decision: str) -> str:
    """Return what a policy says of the atom of a pair: an outcome, or true, false, unknown.  Raises CaseError."""
    readings = {name: option for name, option in pair.readings.items() if name in policy.rules.readings}
    verdict = policy.decide(readable(policy, case), decision, readings=readings)
    if pair.atom == decision:
        return verdict.outcome or OPEN
    return verdict.fact(pair.atom).state
