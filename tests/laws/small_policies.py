"""Small random policies of findings, a choice, rules, a ladder and a reading; and what holds of them, by trying it all.

The oracle evaluates conditions as written, in three values, over every case; it knows no gates and no solver.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from hypothesis import strategies as st

from rudong_rules.compiler import compile_rules, names_in
from rudong_rules.loader import Loaded
from rudong_rules.logic import AtLeast, Atom, ByReading, Condition, Constant, Not
from rudong_rules.parts import Origin
from rudong_rules.policy import Policy
from rudong_rules.ruleset import Checks, Decision, Invariant, Option, Reading, Rule, RuleSet, Rung
from rudong_rules.source import Document
from rudong_rules.vocabulary import Finding, Named, Poles, Scalar, Vocabulary

FINDINGS = ("a", "b", "c")
OPTIONS = ("x", "y", "z")
RULES = ("r0", "r1", "r2")
OUTCOMES = ("o0", "o1", "o2")
READINGS = ("one", "other")
NAMED: Any = {"label": "…", "en": "…"}
LINKS = ("", "implies", "excludes", "poles")
POLES = Poles(favourable="…", unfavourable="…")
LEAVES = (*FINDINGS, *(f"kind={option}" for option in OPTIONS))

Facts = Mapping[str, Any]


@st.composite
def _conditions(draw: st.DrawFn, names: tuple[str, ...], depth: int = 2) -> Condition:
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        atom = Atom(draw(st.sampled_from(names)))
        return Not(atom) if draw(st.booleans()) else atom
    inner = _conditions(names, depth - 1)
    if draw(st.integers(0, 5)) == 0:
        return ByReading("how", tuple((option, draw(inner)) for option in READINGS))
    parts = tuple(draw(st.lists(inner, min_size=1, max_size=3)))
    return AtLeast(draw(st.integers(1, len(parts))), parts)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Draw a policy with one decision ``d``, and an invariant of each form."""
    conditions: dict[str, Condition] = {}
    known = LEAVES
    for rule in RULES:
        conditions[f"rule:{rule}"] = draw(_conditions(known))
        known = (*known, rule)
    for outcome in OUTCOMES:
        conditions[f"rung:d={outcome}"] = draw(_conditions(known))
    if draw(st.booleans()):
        conditions[f"rung:d={OUTCOMES[-1]}"] = Constant(True)
    return build(conditions, draw(_conditions(known)), draw(st.sampled_from(LINKS)))


def build(conditions: dict[str, Condition], never: Condition, link: str) -> Policy:
    """Return the policy of some conditions; by the ``link``, if any, finding a implies or excludes b, or implies it and has poles."""
    more: Any = {} if not link else {link: ["b"]} if link != "poles" else {"implies": ["b"], "poles": POLES}
    vocabulary = Vocabulary(
        findings={
            name: Finding(**NAMED, question="…", clause="1", quote="…", **(more if name == "a" else {}))
            for name in FINDINGS
        },
        scalars={
            "kind": Scalar(**NAMED, type="choice", question="…", options={o: Named(**NAMED) for o in OPTIONS}),
        },
    )
    reading = Reading(
        clause=[], question="…", en="…", options={o: Option(**NAMED) for o in READINGS}, default="one", reason="…"
    )
    decision = Decision(
        **NAMED, question="…", clause=[],
        ladder={o: Rung(**NAMED, modality="none", clause=[], when=True) for o in OUTCOMES},
    )  # fmt: skip
    checks = Checks(
        invariants={
            "never": Invariant(**NAMED, clause=[], never="…"),
            "more": Invariant(
                **NAMED, clause=[], more={"c": [False, True]}, decision="d", best_first=["o0", "o2", "o1"]
            ),
        },
        conditions={"never": never},
    )
    cited = ("decisions:d", "readings:how", *(f"findings:{name}" for name in FINDINGS))
    cited += tuple(f"outcome:d={name}" for name in OUTCOMES)
    rules = RuleSet(
        vocabulary, {name: Rule(**NAMED, clause=[], when=True) for name in RULES}, {}, {"how": reading},
        {"d": decision}, {}, {}, {}, {}, dict.fromkeys(cited, ()), conditions, {}, checks,
    )  # fmt: skip
    names = ("decisions:d", "readings:how", "invariants:never", "invariants:more", *(f"rules:{name}" for name in RULES))
    nowhere = Document("rules.yaml", {}, "{}")
    origins = {name: Origin("small", nowhere, ()) for name in names}
    return Policy(Loaded({}, {}, rules, compile_rules(rules), origins))


# --- the oracle ------------------------------------------------------------------------------------------------------


class Oracle:
    """Everything about a small policy, by going through all its cases."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.conditions = policy.rules.conditions
        finding = policy.rules.vocabulary.findings["a"]
        # What b is where a holds.
        self.link = True if finding.implies else False if finding.excludes else None
        self.poles = finding.poles is not None
        self.complete = [facts for facts in _cases((True, False), OPTIONS) if self.possible(facts)]
        self.partial = [facts for facts in _cases((True, False, None), (*OPTIONS, None)) if self.possible(facts)]

    def possible(self, facts: Facts) -> bool:
        """Return whether b may be so beside a."""
        return not facts["a"] or facts["b"] is None or self.link is None or facts["b"] is self.link

    def closed(self, facts: Facts) -> Facts:
        """Return the facts with what a says of b, and b of a."""
        found = dict(facts)
        if self.link is not None:
            if found["a"]:
                found["b"] = self.link
            if found["b"] is (not self.link) and not self.poles:
                found["a"] = False
        return found

    def value(self, condition: Condition, facts: Facts, reading: str, off: str = "") -> bool | None:
        """Return the value of a condition in three values; the rule ``off`` never holds."""
        match condition:
            case Constant(value):
                return value
            case Not(part):
                found = self.value(part, facts, reading, off)
                return None if found is None else not found
            case AtLeast(n, parts):
                values = [self.value(part, facts, reading, off) for part in parts]
                if values.count(True) >= n:
                    return True
                return False if len(values) - values.count(False) < n else None
            case ByReading(_, options):
                return self.value(dict(options)[reading], facts, reading, off)
            case Atom(name):
                return self.atom(name, facts, reading, off)

    def atom(self, name: str, facts: Facts, reading: str, off: str = "") -> bool | None:
        """Return the value of a name."""
        if name == off:
            return False
        if name in RULES:
            return self.value(self.conditions[f"rule:{name}"], facts, reading, off)
        fact, _, option = name.partition("=")
        if fact == "d":
            return self.value(self.ladder(option), facts, reading, off)
        known = self.closed(facts)[fact]
        return known if not option or known is None else bool(known == option)

    def ladder(self, outcome: str) -> Condition:
        """Return when an outcome comes out: its rung and none above."""
        above = OUTCOMES[: OUTCOMES.index(outcome)]
        rungs = [Not(self.conditions[f"rung:d={name}"]) for name in above]
        return AtLeast(len(above) + 1, (*rungs, self.conditions[f"rung:d={outcome}"]))

    def outcome(self, facts: Facts, reading: str, off: str = "") -> str | None:
        """Return the outcome that is known."""
        return next((o for o in OUTCOMES if self.atom(f"d={o}", facts, reading, off)), None)

    def completions(self, facts: Facts) -> Iterator[Facts]:
        """Yield every complete case that says what the facts say."""
        for whole in self.complete:
            if all(value is None or whole[name] == value for name, value in facts.items()):
                yield whole

    def uses(self, condition: Condition) -> set[str]:
        """Return the rules on which a condition rests."""
        found = set(names_in(condition)) & set(RULES)
        return found.union(*(self.uses(self.conditions[f"rule:{name}"]) for name in found))

    # what the claims come to: the weakest readings under which it can happen, "" when it cannot

    def first(self, happens: Any) -> str:
        """Return the first reading under which something happens in some complete case, "" when under none."""
        return next((r for r in READINGS if any(happens(facts, r) for facts in self.complete)), "")

    def inexact(self) -> bool:
        """Return whether a case is undetermined though all completions agree."""
        return any(
            self.outcome(facts, "one") is None
            and len({self.outcome(whole, "one") for whole in self.completions(facts)}) == 1
            and None not in {self.outcome(whole, "one") for whole in self.completions(facts)}
            for facts in self.partial
        )

    def worse(self, facts: Facts, reading: str) -> bool:
        """Return whether finding c makes the outcome worse, in the order of the invariant."""
        before, after = ({**facts, "c": value} for value in (False, True))
        if not all(self.possible(one) for one in (before, after)):
            return False
        order = ["o0", "o2", "o1"]
        found = [self.outcome(one, reading) for one in (before, after)]
        return None not in found and order.index(str(found[0])) < order.index(str(found[1]))


def _cases(values: tuple[Any, ...], options: tuple[Any, ...]) -> Iterator[Facts]:
    for found in product(*(values for _ in FINDINGS), options):
        yield dict(zip((*FINDINGS, "kind"), found, strict=True))
