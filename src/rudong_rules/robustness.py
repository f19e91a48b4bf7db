"""Whether a verdict holds however the open questions of the text are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .cases import CaseBase
from .policy import Policy
from .verdict import Verdict
from .verdict_data import Possible, Robustness, Turn


def robustness(
    policy: Policy,
    case: CaseBase | Mapping[str, Any],
    decision: str,
    *,
    as_of: date | None = None,
    readings: Mapping[str, str | None] | None = None,
) -> Robustness:
    """Return how far the verdict on a case depends on readings.  Raises CaseError as ``Policy.decide`` does."""
    chosen = dict(policy.readings(readings))

    def decided(other: Mapping[str, str | None]) -> Verdict:
        return policy.decide(case, decision, as_of=as_of, readings={**chosen, **other})

    verdict = decided({})
    holds = verdict.outcome is not None and decided(dict.fromkeys(chosen)).outcome == verdict.outcome
    turns = []
    for name, reading in policy.rules.readings.items() if not holds else ():
        for option, words in reading.options.items():
            turned = decided({name: option})
            if turned.outcome != verdict.outcome:
                turns.append(
                    Turn(
                        reading=name, question=reading.question, en=reading.en, option=option,
                        option_label=words.label, option_en=words.en, outcome=_outcome(policy, turned),
                    )
                )  # fmt: skip
    return Robustness(decision=decision, outcome=_outcome(policy, verdict), holds=holds, turns=tuple(turns))


def _outcome(policy: Policy, verdict: Verdict) -> Possible | None:
    if verdict.outcome is None:
        return None
    rung = policy.rules.decisions[verdict.decision].ladder[verdict.outcome]
    return Possible(outcome=verdict.outcome, label=rung.label, en=rung.en)
