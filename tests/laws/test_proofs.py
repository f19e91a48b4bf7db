"""Laws of the checker: it agrees with going through every case, and every case that it shows replays."""

from __future__ import annotations

from hypothesis import given, settings

from laws.small_policies import OUTCOMES, RULES, Oracle, build, policies
from rudong_rules.analysis.claims import Claim, Proof, claims
from rudong_rules.analysis.properties import Prover
from rudong_rules.logic import AtLeast, Atom, Condition, Constant, Not
from rudong_rules.policy import Policy

FEW = settings(max_examples=max(25, settings().max_examples // 2))


def _proofs(policy: Policy) -> dict[str, tuple[Claim, Proof]]:
    prover = Prover(policy)
    return {f"{claim.property} {claim.subject}": (claim, prover.prove(claim)) for claim in claims(policy)}


def _expected(oracle: Oracle, claim: Claim) -> tuple[str, bool]:
    """Return the status that a claim must come to, and whether it takes another reading than the default."""
    subject = claim.subject
    match claim.property:
        case "unreachable" | "dead_rule":
            first = oracle.first(lambda facts, reading: oracle.atom(subject, facts, reading) is True)
            return ("proven" if first else "refuted"), first == "other"
        case "shadowed_rule":
            first = oracle.first(lambda facts, reading: _in_the_open(oracle, subject, facts, reading))
            return ("proven" if first else "refuted"), first == "other"
        case "redundant_rule":
            first = oracle.first(
                lambda facts, reading: oracle.outcome(facts, reading) != oracle.outcome(facts, reading, off=subject)
            )
            return ("proven" if first else "refuted"), first == "other"
        case "idle_reading":
            differ = any(oracle.outcome(facts, "one") != oracle.outcome(facts, "other") for facts in oracle.complete)
            return ("proven" if differ else "refuted"), False
        case "ladder_gap":
            first = oracle.first(lambda facts, reading: oracle.outcome(facts, reading) is None)
        case "invariant" if subject == "never":
            never = oracle.policy.rules.checks.conditions["never"]
            first = oracle.first(lambda facts, reading: oracle.value(never, facts, reading) is True)
        case "invariant":
            first = oracle.first(oracle.worse)
        case "inexact":
            return ("refuted" if oracle.inexact() else "proven"), False
        case _:
            return "proven", False
    return ("refuted" if first else "proven"), first == "other"


def _in_the_open(oracle: Oracle, rule: str, facts: dict[str, object], reading: str) -> bool:
    """Return whether a rule holds, and no rung above the first that it bears on."""
    rungs = [oracle.conditions[f"rung:d={outcome}"] for outcome in OUTCOMES]
    first = next(nth for nth, rung in enumerate(rungs) if rule in oracle.uses(rung))
    above = [oracle.value(rung, facts, reading) for rung in rungs[:first]]
    return oracle.atom(rule, facts, reading) is True and not any(above)


@FEW
@given(policies())
def test_the_prover_agrees_with_going_through_every_case(policy: Policy) -> None:
    """On every property, and on whether other readings are needed."""
    oracle = Oracle(policy)
    for name, (claim, proof) in _proofs(policy).items():
        # Whether nothing is missed may stay open, which claims nothing; all else is decided.
        if (claim.property, proof.status) != ("inexact", "unknown"):
            assert (proof.status, proof.only_other_readings) == _expected(oracle, claim), name


def test_a_fact_is_left_out_though_a_linked_one_makes_a_part_of_it_known() -> None:
    """Who denies a, which implies b, has said nothing of b; b or not b is then missed."""
    not_a, b = Not(Atom("a")), Atom("b")
    both_ways = AtLeast(1, (AtLeast(2, (not_a, b)), AtLeast(2, (not_a, Not(b)))))
    never: dict[str, Condition] = dict.fromkeys(
        (*(f"rule:{name}" for name in RULES), *(f"rung:d={name}" for name in OUTCOMES)), Constant(False)
    )
    policy = build({**never, "rung:d=o0": both_ways}, Constant(False), "implies")
    _, proof = _proofs(policy)["inexact d"]
    assert (proof.status, proof.case) == ("refuted", {"a": False})


@FEW
@given(policies())
def test_every_case_shown_replays(policy: Policy) -> None:
    """An outcome comes out, a gap has none, options differ, a missed case is undetermined; and no fact is too many."""
    for claim, proof in _proofs(policy).values():
        if proof.case is None:
            continue
        verdict = policy.decide(proof.case, "d", readings=proof.readings)
        match claim.property:
            case "unreachable":
                assert f"d={verdict.outcome}" == claim.subject
                for fact in proof.case:
                    less = {name: value for name, value in proof.case.items() if name != fact}
                    assert policy.decide(less, "d", readings=proof.readings).outcome is None
            case "ladder_gap" | "inexact":
                assert verdict.outcome is None
            case "idle_reading":
                told = dict(part.split(": ") for part in proof.why.split("; "))
                for option, outcome in told.items():
                    again = policy.decide(proof.case, "d", readings={**proof.readings, "how": option})
                    assert (again.outcome or again.status) == outcome
                assert len(set(told.values())) == 2
