"""The two cases, the rules that decide them, and every contestant that decides them.

``rudong_rules`` decides by the whole regulation with its readings.  The others know only RULES: the regulation under
its default readings, cut down to the facts of these cases, so they do less work.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import reduce
from itertools import count
from operator import and_, or_
from typing import Any, NamedTuple

import rudong_rules

Case = dict[str, Any]
Answer = tuple[str | None, Sequence[str]]
Decide = Callable[[Case], Answer]
Want = bool | tuple[str, ...]


class Rule(NamedTuple):
    """An outcome, the clauses it rests on, and what each fact must be; of several options, any."""

    outcome: str
    clauses: list[str]
    facts: dict[str, Want]


MET: dict[str, Want] = {
    "prohibited_by": ("none", "other_document"),
    "no_express_provision": False,
    **dict.fromkeys(["public_spirit", "responsible"], True),
    **dict.fromkeys(["colluded", "gain_self", "gain_others", "gain_unit"], False),
    **dict.fromkeys(["gain_clique", "abuse_for_gain", "public_for_private"], False),
    "some_slip": True,
    "cause_inexperience": True,
    "intent_harm": False,
    **dict.fromkeys(["arbitrary", "decision_involved"], False),
    **dict.fromkeys(["stood_by", "negative_effect"], False),
    "loss": ("none",),
    **dict.fromkeys(["grave_consequence", "extremely_bad_effect", "grave_mass_incident"], False),
    **dict.fromkeys(["strict_management", "upheld_principles"], True),
}
"""The six conditions and the seventh situation."""
EXCLUDED: list[tuple[list[str], list[str]]] = [
    (["tolerance:3.3", "tolerance:3.3.1"], ["abuse_for_gain"]),
    (["tolerance:3.3", "tolerance:3.3.2"], ["public_for_private", "gain_clique"]),
    (["tolerance:3.3", "tolerance:3.3.3"], ["dictatorial"]),
    (["tolerance:3.3", "tolerance:3.3.4"], ["criminal_liability"]),
    (["tolerance:3.3", "tolerance:3.3.6"], ["other_exclusion"]),
    (["tolerance:5.0"], ["political_problem"]),
    (["tolerance:5.0"], ["integrity_problem"]),
]
"""The exclusions and the veto, each by the findings that rule it out here; 三（三）5 cannot be without a bad effect."""
RULES = [
    Rule("out_of_scope", ["tolerance:1.1"], {"employment": ("contract_clerk", "dispatched", "other")}),
    Rule("name_cleared", ["tolerance:8.1"], {"report_untrue": True, "some_slip": False}),
    *(Rule("not_tolerated", clauses, dict.fromkeys(facts, True)) for clauses, facts in EXCLUDED),
    Rule("may_tolerate", ["tolerance:3.2", *(f"tolerance:3.1.{n}" for n in range(1, 7)), "tolerance:3.2.7"], MET),
    Rule("not_met", ["tolerance:3.1", "tolerance:3.2"], {}),
]
"""The first rule that holds decides."""

TOLERABLE: Case = {
    "employment": "established",
    "report_untrue": False,
    **{fact: False for _, facts in EXCLUDED for fact in facts},
    **{fact: want[0] if isinstance(want, tuple) else want for fact, want in MET.items()},
}
CASES: dict[str, Case] = {"may_tolerate": TOLERABLE, "not_tolerated": {**TOLERABLE, "integrity_problem": True}}


def variants() -> list[Case]:
    """Return the first case with one fact changed, for every finding and for the ban."""
    flips = [{**TOLERABLE, name: not value} for name, value in TOLERABLE.items() if isinstance(value, bool)]
    return [*flips, {**TOLERABLE, "prohibited_by": "law"}]


def without(fact: str) -> list[Case]:
    """Return the two cases without one fact."""
    return [{name: value for name, value in case.items() if name != fact} for case in CASES.values()]


# --- the contestants -------------------------------------------------------------------------------------------------


def rudong(engine: str) -> Decide:
    """Return the verdict of the whole regulation, with its citations."""
    policy = rudong_rules.load()

    def decide(case: Case) -> Answer:
        verdict = policy.decide(case, "tolerance", engine=engine)
        return verdict.outcome, verdict.cited

    decide(TOLERABLE)
    return decide


def plain_ifs(c: Case) -> Answer:
    """Decide by RULES, written out by hand."""
    if c["employment"] != "established":
        return "out_of_scope", ["tolerance:1.1"]
    if c["report_untrue"] and not c["some_slip"]:
        return "name_cleared", ["tolerance:8.1"]
    if c["abuse_for_gain"]:
        return "not_tolerated", ["tolerance:3.3", "tolerance:3.3.1"]
    if c["public_for_private"] and c["gain_clique"]:
        return "not_tolerated", ["tolerance:3.3", "tolerance:3.3.2"]
    if c["dictatorial"]:
        return "not_tolerated", ["tolerance:3.3", "tolerance:3.3.3"]
    if c["criminal_liability"]:
        return "not_tolerated", ["tolerance:3.3", "tolerance:3.3.4"]
    if c["other_exclusion"]:
        return "not_tolerated", ["tolerance:3.3", "tolerance:3.3.6"]
    if c["political_problem"] or c["integrity_problem"]:
        return "not_tolerated", ["tolerance:5.0"]
    clauses = ["tolerance:3.2"]
    if c["prohibited_by"] in ("none", "other_document") and not c["no_express_provision"]:
        clauses.append("tolerance:3.1.1")
    gain = c["gain_self"] or c["gain_others"] or c["gain_unit"] or c["gain_clique"]
    gain = gain or c["abuse_for_gain"] or c["public_for_private"]
    if c["public_spirit"] and c["responsible"] and not c["colluded"] and not gain:
        clauses.append("tolerance:3.1.2")
    if c["some_slip"] and c["cause_inexperience"] and not c["intent_harm"]:
        clauses.append("tolerance:3.1.3")
    if not c["arbitrary"] and not c["decision_involved"]:
        clauses.append("tolerance:3.1.4")
    if not c["stood_by"] and c["loss"] == "none" and not c["negative_effect"]:
        clauses.append("tolerance:3.1.5")
    if not c["grave_consequence"] and not c["extremely_bad_effect"] and not c["grave_mass_incident"]:
        clauses.append("tolerance:3.1.6")
    if c["strict_management"] and c["upheld_principles"] and c["some_slip"]:
        clauses.append("tolerance:3.2.7")
    return ("may_tolerate", clauses) if len(clauses) == 8 else ("not_met", ["tolerance:3.1", "tolerance:3.2"])


def three_valued_ifs(c: Case) -> Answer:
    """Decide by RULES where facts may be unknown, written out by hand: no outcome is known until a rule's facts are.

    This is the work of ``rudong_rules`` for these facts alone, but for contradictions, which a dict cannot hold.
    """
    get = c.get
    scope = get("employment")
    if scope is None or scope != "established":
        return (None, []) if scope is None else ("out_of_scope", ["tolerance:1.1"])
    slip, abuse = get("some_slip"), get("abuse_for_gain")
    public, clique = get("public_for_private"), get("gain_clique")
    cleared = every(get("report_untrue"), no(slip))
    if cleared is not False:
        return ("name_cleared", ["tolerance:8.1"]) if cleared else (None, [])
    exclusions = (
        (abuse, ["tolerance:3.3", "tolerance:3.3.1"]),
        (every(public, clique), ["tolerance:3.3", "tolerance:3.3.2"]),
        (get("dictatorial"), ["tolerance:3.3", "tolerance:3.3.3"]),
        (get("criminal_liability"), ["tolerance:3.3", "tolerance:3.3.4"]),
        (get("other_exclusion"), ["tolerance:3.3", "tolerance:3.3.6"]),
        (some(get("political_problem"), get("integrity_problem")), ["tolerance:5.0"]),
    )
    for excluded, clauses in exclusions:
        if excluded:
            return "not_tolerated", clauses
    if some(*(excluded for excluded, _ in exclusions)) is None:
        return None, []
    ban = get("prohibited_by")
    allowed = None if ban is None else ban in ("none", "other_document")
    loss = get("loss")
    gain = some(get("gain_self"), get("gain_others"), get("gain_unit"), clique, abuse, public)
    met = every(
        every(allowed, no(get("no_express_provision"))),
        every(get("public_spirit"), get("responsible"), no(get("colluded")), no(gain)),
        every(slip, get("cause_inexperience"), no(get("intent_harm"))),
        every(no(get("arbitrary")), no(get("decision_involved"))),
        every(no(get("stood_by")), None if loss is None else loss == "none", no(get("negative_effect"))),
        no(some(get("grave_consequence"), get("extremely_bad_effect"), get("grave_mass_incident"))),
        every(get("strict_management"), get("upheld_principles"), slip),
    )
    if met is None:
        return None, []
    if met:
        return "may_tolerate", ["tolerance:3.2", *(f"tolerance:3.1.{n}" for n in range(1, 7)), "tolerance:3.2.7"]
    return "not_met", ["tolerance:3.1", "tolerance:3.2"]


def every(*values: bool | None) -> bool | None:
    """Return whether all hold; None where that is unknown."""
    return False if False in values else None if None in values else True


def some(*values: bool | None) -> bool | None:
    """Return whether one holds; None where that is unknown."""
    return True if True in values else None if None in values else False


def no(value: bool | None) -> bool | None:
    """Return whether something does not hold; None where that is unknown."""
    return None if value is None else not value


def zen_engine() -> Decide:
    """Return RULES as one decision table of zen-engine, compiled beforehand; a row a rule, the first that hits."""
    import zen

    def cell(want: Want) -> str:
        return json.dumps(want) if isinstance(want, bool) else ", ".join(map(json.dumps, want))

    rows = [
        {"_id": str(n), "outcome": json.dumps(outcome), "clauses": json.dumps(clauses)}
        | {fact: cell(want) for fact, want in facts.items()}
        for n, (outcome, clauses, facts) in enumerate(RULES)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": fact, "name": fact, "field": fact} for fact in TOLERABLE],
        "outputs": [{"id": name, "name": name, "field": name} for name in ("outcome", "clauses")],
        "rules": rows,
    }
    nodes: list[dict[str, Any]] = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [{"id": a + b, "sourceId": a, "targetId": b} for a, b in (("in", "table"), ("table", "out"))]
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps({"nodes": nodes, "edges": edges})))

    def decide(case: Case) -> Answer:
        result = decision.evaluate(case)["result"]
        return result["outcome"], result["clauses"]

    return decide


def cedar() -> Decide:
    """Return RULES as Cedar policies, parsed beforehand: one permits, the rest forbid; the first named decides."""
    from cedarpy import Entities, PolicySet, is_authorized

    def test(fact: str, want: Want) -> str:
        if isinstance(want, bool):
            return f"{'' if want else '!'}context.{fact}"
        return f"[{', '.join(map(json.dumps, want))}].contains(context.{fact})"

    def policy(n: int, rule: Rule) -> str:
        effect = "permit" if rule.outcome == "may_tolerate" else "forbid"
        when = " && ".join(test(*fact) for fact in rule.facts.items())
        return f'@id("{n}") {effect}(principal, action, resource) when {{ {when} }};'

    policies = PolicySet.from_str("\n".join(policy(n, rule) for n, rule in enumerate(RULES[:-1])))
    nobody = Entities.from_json_str("[]")
    who = {"principal": 'Person::"p"', "action": 'Action::"tolerate"', "resource": 'Matter::"m"'}

    def decide(case: Case) -> Answer:
        found = is_authorized({**who, "context": case}, policies, nobody).diagnostics
        rule = RULES[min(map(int, found.id_annotations_by_reason.values()), default=-1)]
        return rule.outcome, rule.clauses

    return decide


def raw_durable() -> Decide:
    """Return RULES on durable-rules itself: one wide fact a case, its session deleted after it."""
    from durable import lang

    held: list[int] = []

    def conclude(n: int) -> Callable[[Any], None]:
        return lambda c: held.append(n)

    def test(fact: str, want: Want) -> Any:
        options = want if isinstance(want, tuple) else (want,)
        return reduce(or_, [getattr(lang.m, fact) == option for option in options])

    with lang.ruleset("tolerance"):
        for n, rule in enumerate(RULES):
            # The last rule holds of every case: a fact that no rule matches is an error to the library.
            tests = [test(*fact) for fact in rule.facts.items()] or [lang.m.employment != ""]
            lang.when_all(reduce(and_, tests))(conclude(n))
    sessions = map(str, count(1))

    def decide(case: Case) -> Answer:
        session = next(sessions)
        held.clear()
        lang.assert_fact("tolerance", {"sid": session, **case})
        lang.delete_state("tolerance", session)
        rule = RULES[min(held)]
        return rule.outcome, rule.clauses

    return decide


CONTESTANTS: dict[str, tuple[str, Callable[[], Decide]]] = {
    "plain ifs": ("", lambda: plain_ifs),
    "three-valued ifs": ("", lambda: three_valued_ifs),
    "rudong_rules, fixpoint": ("rudong-rules", lambda: rudong("fixpoint")),
    "rudong_rules, durable": ("rudong-rules", lambda: rudong("durable")),
    "zen-engine": ("zen-engine", zen_engine),
    "cedarpy": ("cedarpy", cedar),
    "durable-rules, raw": ("durable-rules", raw_durable),
}
"""By label: the distribution that it needs, and what makes it.  The first is what the others are compared to."""
