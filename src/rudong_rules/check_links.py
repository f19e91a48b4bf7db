"""What ``checks.yaml`` names, checked against what the policy defines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from . import conditions
from .bilingual import say
from .complaints import nearest
from .errors import shown
from .logic import Condition
from .parts import Parts
from .ruleset import Accepted, Act, Checks, Decision, Invariant
from .scope import Scope


def link_checks(parts: Parts, scope: Scope, decisions: Mapping[str, Decision]) -> Checks:
    """Return the checks of the parts; whatever is wrong with them is added to the problems of ``parts``.

    The questions that only checks ask stay with them: no case is decided by them.
    """
    own = replace(scope, tests={})
    invariants: dict[str, Invariant] = parts.section("invariants")
    acts: dict[str, Act] = parts.section("acts")
    accepted: dict[str, Accepted] = parts.section("accepted")
    parsed: dict[str, Condition] = {}
    for name, invariant in invariants.items():
        origin = parts.origins[f"invariants:{name}"]
        report = parts.reporter(origin.document)
        for form in ("never", "always"):
            written = getattr(invariant, form)
            if written is not None:
                parsed[name] = conditions.parse(written, (*origin.loc, form), own, report)
        if invariant.more:
            _check_more(parts, name, invariant, scope, decisions)
    for name, act in acts.items():
        origin = parts.origins[f"acts:{name}"]
        report = parts.reporter(origin.document)
        for place, decision in enumerate(act.of):
            if decision not in decisions:
                message = say("no_decision", word=shown(decision))
                report((*origin.loc, "of", place), "unknown-decision", message, nearest(decision, decisions))
    facts = [*parts.section("findings"), *scope.choices, *scope.names.kinds]
    for name in parts.section("typical"):
        origin = parts.origins[f"typical:{name}"]
        if name not in scope.questions and name not in scope.choices and name not in scope.names.kinds:
            message = say("no_fact", word=shown(name))
            parts.problem(origin.span, "unknown-fact", message, nearest(name, facts))
    return Checks(invariants, acts, accepted, parts.section("typical"), parsed, dict(own.tests))


def _check_more(parts: Parts, name: str, invariant: Invariant, scope: Scope, decisions: Mapping[str, Decision]) -> None:
    """Report facts, values, a decision or outcomes that do not exist."""
    origin = parts.origins[f"invariants:{name}"]
    report = parts.reporter(origin.document)
    findings = parts.section("findings")
    for fact, values in invariant.more.items():
        loc = (*origin.loc, "more", fact)
        options = [True, False] if fact in findings else list(scope.choices.get(fact, ()))
        if not options:
            message = say("neither_finding_nor_choice", name=fact)
            report(loc, "unknown-fact", message, nearest(fact, [*findings, *scope.choices]))
        elif len(values) != 2 or any(value not in options for value in values):
            report(loc, "unknown-option", say("before_untold"), say("write_before_after"))
    if invariant.decision not in decisions:
        hint = nearest(invariant.decision, decisions)
        message = say("no_decision", word=shown(invariant.decision))
        report((*origin.loc, "decision"), "unknown-decision", message, hint)
        return
    ladder = decisions[invariant.decision].ladder
    for place, outcome in enumerate(invariant.best_first):
        if outcome not in ladder:
            message = say("no_outcome", of=invariant.decision, word=shown(outcome))
            report((*origin.loc, "best_first", place), "unknown-option", message, nearest(outcome, ladder))
    if len(invariant.best_first) < 2:
        report((*origin.loc, "best_first"), "missing", say("none_compared"), say("list_best_first"))
