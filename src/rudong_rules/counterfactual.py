"""What a change of a case would come to: the verdict before and after it, and the steps through which it moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from .bilingual import say
from .errors import CaseError, Problem, Span
from .explain_data import Change, Moved, Node, every_node
from .explain_parts import Case, Readings, citations, header, not_ruled_out
from .explanations import WhatIf
from .given import fact_named, must_map
from .policy import Policy
from .program import Rail, Rails, opposite, true_rail
from .source import Document
from .told import fact_change, reading_change
from .trees import chosen_grounds, every_ground, steps_in, trees
from .verdict import Verdict
from .wording import duty_step


def what_if(
    policy: Policy, case: Case, decision: str, changes: Mapping[str, Any], *, as_of: date | str | None = None,
    readings: Readings = None, full: bool = False, document: Document | None = None,
) -> WhatIf:  # fmt: skip
    """Return a verdict before and after changes, what moved, and through which steps.

    Steps that rest on options of readings that were not taken are only counted, and told when ``full``.

    ``changes`` maps facts to values, None removing one.  ``as_of`` changes the day of the case, all its facts staying
    as they are, and is then the day of the decision; ``reading:ID`` changes a reading, None leaving it open.  Raises
    CaseError as ``Policy.decide`` does, for the case and for the changed case, and for what is changed twice, by id and
    by label.
    """
    return what_if_of(policy.decide(case, decision, as_of=as_of, readings=readings, document=document), changes, full)


def what_if_of(before: Verdict, changes: Mapping[str, Any], full: bool) -> WhatIf:
    """Return a verdict before and after changes, what moved, and through which steps: see :func:`what_if`."""
    policy, chosen, day = before.policy, before.chosen, before.given.day
    facts = dict(before.given.case.model_dump(mode="json", exclude_unset=True))
    taken, told, changed = dict(chosen), list[Change](), list[tuple[str, Any]]()
    for name, value in _by_id(policy, changes).items():
        if name.startswith("reading:"):
            reading = name.removeprefix("reading:")
            taken = dict(policy.readings({**taken, reading: value}))
            told.append(reading_change(reading, policy.rules.readings[reading], chosen[reading], taken[reading]))
            continue
        changed.append((name, facts.pop(name, None)))
        if value is not None or name not in policy.Case.model_fields:
            facts[name] = value
        if name == "as_of":
            day = None
    after = policy.decide(facts, before.decision, as_of=day, readings=taken)
    now = after.given.case.model_dump(mode="json", exclude_unset=True)
    for name, was in changed:
        # A day that was asked for stands before the case's own.
        pair = (before.as_of, after.as_of) if name == "as_of" else (was, now.get(name))
        told.append(fact_change(policy.rules.vocabulary, name, *pair))
    moved, pairs = tuple(_moved(before, after)), ((after, before), (before, after))
    gained, lost = (_new_steps(*pair, full) for pair in pairs)
    steps = steps_in((*gained, *lost))
    hidden = 0 if full else sum(steps_in(_new_steps(*pair, full=True)) for pair in pairs) - steps
    named = [one.name for one in moved if one.what == "clause"]
    return WhatIf(
        **header(before), changes=tuple(told), status_after=after.status,
        outcome_after=after.question.possible(after.outcome) if after.outcome else None, as_of_after=after.as_of,
        contradictions_after=after.contradictions, notes_after=after.notes, possible=not_ruled_out(before),
        possible_after=not_ruled_out(after), moved=moved, gained=gained, lost=lost, hidden=max(0, hidden),
        citations=citations(after, (*gained, *lost), named),
    )  # fmt: skip


def _by_id(policy: Policy, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes by the ids of facts and of ``reading:ID``.  Raises CaseError for no reading, and for one twice."""
    found: dict[str, Any] = {}
    written: dict[str, str] = {}
    must_map("changes", changes)
    for key, value in changes.items():
        reading = fact_named("changes", key).removeprefix("reading:")
        # A name that is not a fact is left to the reader, which refuses it with a hint.
        name = policy.reader.names.get(key, key) if reading == key else f"reading:{policy.reading_names.the(reading)}"
        if name in found:
            message = say("changed_twice", key=key, other=written[name])
            raise CaseError([Problem(Span("changes"), "fact-twice", message, say("give_it_once"))])
        found[name], written[name] = value, key
    return found


def _moved(before: Verdict, after: Verdict) -> Iterable[Moved]:
    def pairs(what: Any, old: Mapping[str, tuple[str, str, str]], new: Mapping[str, tuple[str, str, str]]) -> Any:
        for name in dict.fromkeys((*old, *new)):
            label, en, _ = new.get(name) or old[name]
            states = [one[name][2] if name in one else None for one in (old, new)]
            if states[0] != states[1]:
                yield Moved(what=what, name=name, label=label, en=en, before=states[0], after=states[1])

    both = (before, after)
    yield from pairs("profile", *({f.name: (f.label, f.en, f.state) for f in one.profile} for one in both))
    yield from pairs("duty", *({d.id: (d.label, d.en, d.state) for d in one.duties} for one in both))
    yield from pairs("period", *(_periods(one) for one in both))
    cited = ({c.ref: (c.citation, c.citation, "cited") for c in one.citations} for one in both)
    yield from pairs("clause", *cited)
    if after.outcome is None:
        yield from pairs("outcome", *map(_outcomes, both))
    if after.outcome is before.outcome is None:
        missing = [{f.name: (f.question, f.en, str(f.settles_with)) for f in one.missing} for one in both]
        # What was not asked for before stands first, then what is not any more.
        yield from sorted(pairs("missing", *missing), key=lambda one: (one.before is not None, one.after is not None))


def _outcomes(verdict: Verdict) -> dict[str, tuple[str, str, str]]:
    """The outcomes of a decision, each with whether it is ruled out."""
    ladder, possible = verdict.question.decision.ladder, verdict.possible
    return {name: (one.label, one.en, "possible" if name in possible else "ruled_out") for name, one in ladder.items()}


def _periods(verdict: Verdict) -> dict[str, tuple[str, str, str]]:
    """The periods of a verdict by id and number: an entry that moves moves its own period."""
    found: dict[str, tuple[str, str, str]] = {}
    for nth, period in enumerate(verdict.periods):
        last = "…" if period.open_ended else period.last or "?"
        found[f"{period.id}#{nth}"] = (period.label, period.en, f"{period.first or '?'} – {last}")
    return found


def _new_steps(verdict: Verdict, other: Verdict, full: bool) -> tuple[Node, ...]:
    """Return the steps to the outcome, the duties and the profile that hold in one verdict and not in another.

    While there is no outcome, those that rule one out.  A duty is told once, in the state that it is shown with; not
    again where it stands below the outcome.  Unless ``full`` those are left out that rest on options of readings that
    were not taken.
    """
    question, model = verdict.question, verdict.models.sound
    fresh: Rails = model & ~other.models.sound
    index = question.program.index
    named = [f"duty:{duty.id}:{duty_step(duty.state)}" for duty in verdict.duties]
    rails: list[Rail] = [*question.goals]
    rails += map(opposite, question.goals if verdict.outcome is None else ())
    rails += [rail for name in question.decision.profile for rail in (2 * index[name], 2 * index[name] + 1)]
    rails += [true_rail(index[name]) for name in named]
    premises = (every_ground if full else chosen_grounds)(question.program, model)
    goals = [rail for rail in rails if fresh >> rail & 1]
    found = trees(verdict, goals, lambda rail: [one for one in premises(rail) if fresh >> one & 1], model)
    below = {one.name for node in found for one in every_node(node.because)}
    return tuple(node for node in found if node.kind != "duty" or node.name not in below)
