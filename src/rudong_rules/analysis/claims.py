"""What is to be proven of a policy: one claim for each outcome, rule, reading, decision and check.

A claim ends ``proven`` (with a case that shows it, where it says that something can happen), ``refuted`` (with a case,
where it says that something cannot), or ``unknown``.  A digest of everything that a claim rests on tells whether it
must be proven again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict

from .. import __version__
from ..as_written import bare
from ..bilingual import Because
from ..compiler import names_in
from ..errors import Span
from ..logic import Condition
from ..policy import RULE_LANGUAGE, Policy
from ..program import reading_of

Status = Literal["proven", "refuted", "unknown"]


@dataclass(frozen=True)
class Claim:
    """One thing to be proven: the ``property``, by its name as a finding; of what (``subject``); and where that stands.

    ``decisions`` are those on which it rests.
    """

    property: str
    subject: str
    place: Span
    decisions: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """What came of a claim.

    ``case`` and ``readings`` (those that differ from the default) show it; ``decision`` is the one to decide the case
    for; ``why`` says in one sentence what the case shows, or what is unknown; ``only_other_readings`` that it takes
    readings other than the default.
    """

    status: Status
    case: dict[str, Any] | None = None
    readings: dict[str, str] = field(default_factory=dict)
    decision: str = ""
    why: Because = ""
    only_other_readings: bool = False

    __pydantic_config__: ClassVar = ConfigDict(arbitrary_types_allowed=True)  # A text is read by its own class.


def claims(policy: Policy) -> list[Claim]:
    """Return every claim about a policy, in the order of the files."""
    return list(_claims(policy))


def _claims(policy: Policy) -> Iterator[Claim]:
    rules, places = policy.rules, policy.places
    size = {name: len(question.program.gates) for name, question in policy.questions.items()}

    def using(atoms: Iterable[str]) -> tuple[str, ...]:
        """Return the decisions that use one of the atoms, the smallest first."""
        found = [n for n, question in policy.questions.items() if any(a in question.program.index for a in atoms)]
        return tuple(sorted(found, key=lambda name: size[name]))

    for name, decision in rules.decisions.items():
        place = places[f"decisions:{name}"]
        for outcome in decision.ladder:
            yield Claim("unreachable", f"{name}={outcome}", places[f"outcome:{name}={outcome}"], (name,))
        if decision.ladder:
            yield Claim("ladder_gap", name, place, (name,))
            yield Claim("inexact", name, place, (name,))
        yield Claim("contradiction", name, place, (name,))
    above = {name: rungs_above(policy, name) for name in policy.questions}
    for name in rules.rules:
        users, place = using([name]), places[f"rules:{name}"]
        if not users:
            continue  # It bears on no decision: the loader says so.
        yield Claim("dead_rule", name, place, users)
        yield Claim("redundant_rule", name, place, users)
        if any(above[decision].get(name) for decision in users):
            yield Claim("shadowed_rule", name, place, users)
    for name, reading in rules.readings.items():
        options = list(reading.options)
        users = using([f"reading:{name}={option}" for option in options])
        if not users:
            continue  # Only the entries or the days of a period are read by it.
        for nth, one in enumerate(options):
            for other in options[:nth]:
                yield Claim("idle_reading", f"{name}={other}|{one}", places[f"readings:{name}"], users)
    for name, act in rules.checks.acts.items():
        yield Claim("modality_clash", name, places[f"acts:{name}"], tuple(act.of))
    for name, invariant in rules.checks.invariants.items():
        users = (invariant.decision,) if invariant.more else tuple(_decisions_of(policy, rules.checks.conditions[name]))
        yield Claim("invariant", name, places[f"invariants:{name}"], users)


def _decisions_of(policy: Policy, condition: Condition) -> Iterator[str]:
    """Yield the decisions whose outcomes or duties a condition names: a case for it is decided for them."""
    for name in dict.fromkeys(names_in(condition)):
        for decision, body in policy.rules.decisions.items():
            if name.partition("=")[0] == decision or (name.split(":")[1:2] and name.split(":")[1] in body.duties):
                yield decision
                break


def rungs_above(policy: Policy, decision: str) -> dict[str, tuple[str, ...]]:
    """Return, of each atom on which some outcome rests, the outcomes above the first of those."""
    program, above = policy.questions[decision].program, tuple[str, ...]()
    found: dict[str, tuple[str, ...]] = {}
    for outcome in policy.rules.decisions[decision].ladder:
        atom = program.index[f"rung:{decision}={outcome}"]
        for name in program.slice([2 * atom, 2 * atom + 1]).index:
            found.setdefault(name, above)
        above = (*above, outcome)
    return found


# --- digests ---------------------------------------------------------------------------------------------------------


def digests(policy: Policy, listed: Iterable[Claim]) -> dict[Claim, str]:
    """Return, for each claim, the SHA-256 of all that it rests on; words for people are no part of it."""
    vocabulary = policy.rules.vocabulary
    # Of these only an answer to themselves is a denial (``Vocabulary.follows``), whoever determines them.
    determined = [name for name, finding in vocabulary.findings.items() if finding.determined_by]
    base = [__version__, RULE_LANGUAGE, bare(vocabulary), determined]
    checks = policy.rules.checks
    decided = {name: _of_decision(policy, name) for name in policy.questions}
    whole = str(policy.program)
    found = {}
    for claim in listed:
        own: Any = [decided[name] for name in claim.decisions]
        if claim.property == "invariant":
            invariant = checks.invariants[claim.subject]
            own = [whole, repr(checks.conditions.get(claim.subject)), repr(checks.tests), bare(invariant)]
        elif claim.property == "idle_reading":
            own = [own, _periods(policy)]
        text = json.dumps([base, checks.typical, claim.property, claim.subject, own], sort_keys=True, default=str)
        found[claim] = hashlib.sha256(text.encode()).hexdigest()
    return found


def _of_decision(policy: Policy, name: str) -> str:
    question, rules = policy.questions[name], policy.rules
    decision = rules.decisions[name]
    used = set(map(reading_of, question.program.index))
    readings = {n: [list(r.options), r.default] for n, r in rules.readings.items() if n in used}
    modalities = {outcome: rung.modality for outcome, rung in decision.ladder.items()}
    tests = {atom: repr(test) for atom, test in rules.tests.items() if atom in question.program.index}
    text = [str(question.program), readings, modalities, decision.profile, decision.duties, tests]
    return hashlib.sha256(json.dumps(text).encode()).hexdigest()


def _periods(policy: Policy) -> list[str]:
    return [repr((period.where, period.first, period.last)) for period in policy.rules.periods.values()]
