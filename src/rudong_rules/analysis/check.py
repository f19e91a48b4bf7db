"""Checking a policy: every claim proven or looked up, what fails weighed, what is accepted told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..bilingual import Because, say
from ..errors import RudongRulesError, Span
from ..exercised import Coverage, coverage
from ..policy import Policy
from ..scenarios import Located
from ..trials import Trial, attempt
from .cache import Cache
from .claims import Claim, Proof, claims, digests

Level = Literal["error", "warning", "note"]
LEVELS: dict[str, Level] = {
    "unreachable": "error", "ladder_gap": "error", "contradiction": "error", "modality_clash": "error",
    "invariant": "error", "dead_rule": "warning", "redundant_rule": "warning", "shadowed_rule": "warning",
    "idle_reading": "warning", "inexact": "note",
}  # fmt: skip
"""How grave it is when a claim is refuted."""
Progress = Callable[[int, int, str], None]
"""Told how many of how many claims are done, and which was the last."""


@dataclass(frozen=True)
class Finding:
    """Something that is not in order, where it stands, and a case that shows it.

    ``accepted`` is the reason for which it stands as it is, ``accepted_en`` the same in English if it is given;
    ``readings`` are those of the case that differ from the default.  A scenario that fails, and an acceptance of what
    is not found, are findings too.
    """

    code: str
    subject: str
    level: Level
    place: Span
    status: str
    why: Because
    case: dict[str, Any] | None = None
    readings: dict[str, str] = field(default_factory=dict)
    decision: str = ""
    accepted: str = ""
    accepted_en: str = ""


@dataclass(frozen=True)
class Checked:
    """What came of all claims; ``again`` of them were looked up and not proven anew.

    ``covered`` is what the scenarios exercise, None without scenarios.
    """

    proofs: tuple[tuple[Claim, Proof], ...]
    findings: tuple[Finding, ...]
    scenarios: int
    again: int
    covered: Coverage | None = None

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that must be mended or accepted: no notes."""
        return tuple(one for one in self.findings if not one.accepted and one.level != "note")

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many claims of each property came out how."""
        found: dict[str, dict[str, int]] = {}
        for claim, proof in self.proofs:
            by_status = found.setdefault(claim.property, {"proven": 0, "refuted": 0, "unknown": 0})
            by_status[proof.status] += 1
        return found


def check(
    policy: Policy, cache: Cache, scenarios: Sequence[Located] = (), progress: Progress | None = None,
    timeout_ms: int = 5_000, jobs: int = 1,
) -> Checked:  # fmt: skip
    """Return what comes of every claim about a policy, and of its scenarios, proven by so many processes (``jobs``).

    Raises RudongRulesError when something has to be proven and z3 is not installed, or a process ends in between.
    """
    listed = claims(policy)
    by_digest = digests(policy, listed)
    known = {claim: proof for claim in listed if (proof := cache.get(by_digest[claim])) is not None}
    again = len(known)
    rest = [claim for claim in listed if claim not in known]
    try:
        if rest:
            try:
                from .workers import prove
            except ImportError as error:
                raise RudongRulesError(say("proofs_need")) from error
            for claim, proof in prove(policy, rest, timeout_ms, jobs):
                known[claim] = proof
                cache.put(by_digest[claim], proof)
                if progress:
                    progress(len(known), len(listed), claim.subject)
    finally:
        cache.save()
    trials = [attempt(located, policy, "fixpoint") for located in scenarios]
    proofs = [(claim, _or_shown(claim, known[claim], trials)) for claim in listed]
    decided = [(trial.located, trial.verdict) for trial in trials if trial.verdict is not None]
    covered = coverage(policy, decided) if trials else None
    findings = [*_of_proofs(policy, proofs), *_of_scenarios(trials), *_of_coverage(covered)]
    return Checked(tuple(proofs), tuple(findings), len(scenarios), again, covered)


def _or_shown(claim: Claim, proof: Proof, trials: Sequence[Trial]) -> Proof:
    """Return a proof; where no case was found, one by a scenario that shows the outcome or in which the rule holds."""
    if proof.status != "unknown" or claim.property not in ("unreachable", "dead_rule"):
        return proof
    for trial in trials:
        verdict, scenario = trial.verdict, trial.located.scenario
        atom = verdict.question.program.index.get(claim.subject) if verdict and trial.passed else None
        if verdict and atom is not None and verdict.state(atom) == "true":
            taken = {name: option for name, option in scenario.readings.items() if option is not None}
            shown = say("shown_by_scenario", point=scenario.point)
            return Proof("proven", dict(trial.located.case), taken, verdict.decision, shown, bool(taken))
    return proof


def _of_proofs(policy: Policy, proofs: Iterable[tuple[Claim, Proof]]) -> Iterator[Finding]:
    reasons: dict[tuple[str, str], tuple[str, str, str]] = {
        (one.finding, subject): (name, one.reason, one.reason_en)
        for name, one in policy.rules.checks.accepted.items()
        for subject in one.of
    }
    used: set[tuple[str, str]] = set()
    for claim, proof in proofs:
        level = _level(claim, proof)
        if level is None:
            continue
        key = (claim.property, claim.subject)
        used.add(key)
        _, accepted, accepted_en = reasons.get(key, ("", "", ""))
        yield Finding(
            claim.property, claim.subject, level, claim.place, proof.status, proof.why,
            proof.case, proof.readings, proof.decision, accepted, accepted_en,
        )  # fmt: skip
    for key, (name, *_) in reasons.items():
        if key not in used:
            place = policy.places[f"accepted:{name}"]
            yield Finding("accepted_not_found", key[1], "warning", place, "refuted", say("not_found", finding=key[0]))


def _level(claim: Claim, proof: Proof) -> Level | None:
    """Return how grave it is what came of a claim; None when it is in order.

    What only readings bring about that nobody has taken is less grave than what the defaults do.
    """
    if proof.status == "proven":
        return "note" if claim.property == "unreachable" and proof.only_other_readings else None
    level = LEVELS[claim.property]
    if proof.status == "unknown":
        return "note" if level == "note" else "warning"
    return "warning" if level == "error" and proof.only_other_readings and claim.property == "ladder_gap" else level


def _of_scenarios(trials: Iterable[Trial]) -> Iterator[Finding]:
    for trial in trials:
        if not trial.passed:
            point, place = trial.located.scenario.point, trial.located.span
            yield Finding("scenario", point, "error", place, "refuted", say("each_said", each=trial.problems))


def _of_coverage(covered: Coverage | None) -> Iterator[Finding]:
    """Yield what no scenario exercises, as notes: a scenario is missing, and nothing is wrong."""
    for item in covered.items if covered else ():
        for state in item.missing:
            yield Finding("not_exercised", item.id, "note", item.place, "refuted", say(f"unseen_{state}"))
