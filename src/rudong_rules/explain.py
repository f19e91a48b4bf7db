"""Why a verdict is what it is, why not another, and what a change would come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from . import periods
from .case_model import CaseBase
from .derivation import support
from .engines.fixpoint import least_model
from .explain_data import Change, Moved, Need, Node, Value, Way, Ways
from .explanations import WhatIf, Why, WhyNot
from .learnable import Bits, Inputs
from .minimal import Family, additions, changes
from .policy import Policy
from .program import Rail, Rails, members, opposite, true_rail
from .source import Document
from .told import fact_change, reading_change
from .trees import chosen_grounds, every_ground, every_node, many, one_ground, open_ends, steps_in, sufficient, trees
from .verdict import Verdict
from .verdict_data import Citation, Possible

Case = CaseBase | Mapping[str, Any]
Readings = Mapping[str, str | None] | None
CONTRADICTED = Value(value="contradicted", label="相互矛盾", en="contradicted")
"""What is known of a fact that is both asserted and denied."""


def why(
    policy: Policy, case: Case, decision: str, *, as_of: date | None = None, readings: Readings = None,
    full: bool = False, document: Document | None = None,
) -> Why:  # fmt: skip
    """Return why a verdict is what it is: one ground none of whose facts can be spared, or all when ``full``.

    Raises CaseError as ``Policy.decide`` does.
    """
    verdict = policy.decide(case, decision, as_of=as_of, readings=readings, document=document)
    program, rungs = verdict.question.program, verdict.question.rungs
    goals, model = verdict.goals
    if verdict.status == "undetermined":
        goals = tuple(opposite(rail) for _, rail in rungs if model >> opposite(rail) & 1)
    whole = trees(verdict, goals, every_ground(program, model), model)
    known = verdict.grounds[0] if verdict.status != "contradicted" else verdict.known_rails
    shown_ = whole if full else _one_ground(verdict, goals, known, model)
    steps = steps_in(shown_)
    warned = [true_rail(program.index[one.name]) for one in verdict.cautions if verdict.status != "profile"]
    known, sound = verdict.grounds
    if full:
        cautions = trees(verdict, warned, every_ground(program, sound), sound)
    else:
        cautions = tuple(node for rail in warned for node in _one_ground(verdict, [rail], known, sound))
    return Why(
        **_header(policy, verdict), because=shown_, full=full, steps=steps, hidden=max(0, steps_in(whole) - steps),
        citations=_citations(policy, (*shown_, *cautions)), missing=verdict.missing, cautions=cautions,
        possible=tuple(_possible(verdict, name) for name in verdict.possible) if verdict.outcome is None else (),
    )  # fmt: skip


def _one_ground(verdict: Verdict, goals: Sequence[Rail], known: Rails, model: Rails) -> tuple[Node, ...]:
    """Return the trees of goals that hold in a model, on one ground among what is known that has nothing to spare."""
    program = verdict.question.program
    brief = least_model(program, sufficient(program, known, goals, least_model))
    return trees(verdict, goals, one_ground(program, brief, goals), model)


def why_not(
    policy: Policy, case: Case, decision: str, outcome: str, *, as_of: date | None = None, readings: Readings = None,
    full: bool = False, document: Document | None = None,
) -> WhyNot:  # fmt: skip
    """Return what stands in the way of an outcome, and every minimal set of facts that would bring it about.

    Of what rules it out one ground is told, and open steps are only counted where many stand below one; all is told
    when ``full``.  Readings stay as they are chosen.  Comparisons of measures count as facts of their own.  Where there
    are more sets than ``minimal.LIMIT`` in some part, the answer says that it is not complete.  Raises CaseError as
    ``Policy.decide`` does, and for an outcome that the decision does not have.
    """
    verdict = policy.decide(case, decision, as_of=as_of, readings=readings, document=document)
    question = verdict.question
    outcome = policy.outcomes(question.name).the(outcome)
    goal = dict(question.rungs)[outcome]
    model = verdict.grounds[1]
    unknown = different = Ways()
    obstacles: tuple[Node, ...] = ()
    holds = model >> goal & 1
    ruled_out = model >> opposite(goal) & 1
    if not holds:
        inputs = inputs_of(verdict)
        unknown = _ways(verdict, inputs, additions(inputs, goal))
        different = _ways(verdict, inputs, changes(inputs, goal))
        obstacles = _ruling_out(verdict, outcome, full) if ruled_out else _open(verdict, goal, full)
    return WhyNot(
        **_header(policy, verdict), wanted=_possible(verdict, outcome), obstacles=obstacles,
        state="true" if holds else "false" if ruled_out else "unknown", unknown=unknown, different=different,
        citations=_citations(policy, obstacles),
    )  # fmt: skip


def what_if(
    policy: Policy, case: Case, decision: str, changes: Mapping[str, Any], *, as_of: date | None = None,
    readings: Readings = None, full: bool = False, document: Document | None = None,
) -> WhatIf:  # fmt: skip
    """Return a verdict before and after changes, what moved, and through which steps.

    Steps that rest on options of readings that were not taken are only counted, and told when ``full``.

    ``changes`` maps facts to values, None removing one.  ``as_of`` changes the day of the case, all its facts staying
    as they are, and is then the day of the decision; ``reading:ID`` changes a reading, None leaving it open.  Raises
    CaseError as ``Policy.decide`` does, for the case and for the changed case.
    """
    before = policy.decide(case, decision, as_of=as_of, readings=readings, document=document)
    facts = dict(before.given.case.model_dump(mode="json", exclude_unset=True))
    chosen = dict(policy.readings(readings))
    taken, day, told, changed = dict(chosen), as_of, list[Change](), list[tuple[str, Any]]()
    for key, value in changes.items():
        if key.startswith("reading:"):
            name = policy.reading_names.the(key.removeprefix("reading:"))
            taken = dict(policy.readings({**taken, name: value}))
            told.append(reading_change(name, policy.rules.readings[name], chosen[name], taken[name]))
            continue
        # A name that is not a fact is left to the reader, which refuses it with a hint.
        name = policy.reader.names.get(key, key)
        changed.append((name, facts.pop(name, None)))
        if value is not None or name not in policy.Case.model_fields:
            facts[name] = value.isoformat() if isinstance(value, date) else value
        if name == "as_of":
            day = None if value is None else _day(value)
    after = policy.decide(facts, decision, as_of=day, readings=taken)
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
        **_header(policy, before), changes=tuple(told), status_after=after.status,
        outcome_after=_possible(after, after.outcome) if after.outcome else None, as_of_after=after.as_of,
        contradictions_after=after.contradictions, moved=moved, gained=gained, lost=lost, hidden=max(0, hidden),
        citations=_citations(policy, (*gained, *lost), named),
    )  # fmt: skip


def inputs_of(verdict: Verdict) -> Inputs:
    """Return what is known of the inputs of a decision's program: facts that may change, and what may not."""
    question = verdict.question
    facts = sum(3 << 2 * atom for atom in question.inputs)
    known, silent = verdict.grounds[0], question.asked.silent
    outside = len(question.program.atoms)
    # The options that the program does not use are one atom outside it, for each choice another.
    choices = tuple(
        tuple(outside + nth if atom == outside else atom for atom in choice)
        for nth, choice in enumerate(question.choices)
    )
    # What only follows from another fact is not given up alone; from one that this decision does not ask, not at all.
    case, findings = verdict.given.case, question.rules.vocabulary.findings
    names = {atom: question.program.atoms[atom] for atom in question.inputs}
    told = sum(3 << 2 * a for a, n in names.items() if n not in findings or getattr(case, n, None) is not None)
    inputs = Inputs(
        question.program, known & told & ~silent, known & ~facts | silent, question.inputs, choices, question.implied,
        question.together,
    )  # fmt: skip
    return replace(inputs, fixed=inputs.fixed | known & facts & ~inputs.closed(inputs.known))


def _open(verdict: Verdict, goal: Rail, full: bool) -> tuple[Node, ...]:
    """Return what is not known of what an outcome takes."""
    program, model = verdict.question.program, verdict.grounds[1]
    every = open_ends(program, model)
    if full:
        return trees(verdict, [goal], every, model)
    folded = many(program, every)
    return trees(verdict, [goal], lambda rail: () if folded(rail) else every(rail), model, folded=folded)


def _ruling_out(verdict: Verdict, outcome: str, full: bool) -> tuple[Node, ...]:
    """Return what rules an outcome out: the outcome that stands before it, then what it lacks itself, if anything."""
    question, model, rungs = verdict.question, verdict.grounds[1], dict(verdict.question.rungs)
    goal, lacking = rungs[outcome], opposite(true_rail(question.program.index[f"rung:{question.name}={outcome}"]))
    names = [*rungs]
    first = verdict.outcome
    reasons = {rungs[first]: rungs[first]} if first and names.index(first) < names.index(outcome) else {}
    if model >> lacking & 1:
        reasons[opposite(goal)] = lacking
    if full:
        return trees(verdict, reasons, every_ground(question.program, model), model, reasons)
    grounds: dict[Rail, Sequence[Rail]] = {}
    for reason in reasons.values():
        brief = least_model(question.program, sufficient(question.program, verdict.grounds[0], [reason], least_model))
        grounds = {**dict(support(question.program, brief, [reason])), **grounds}
    return trees(verdict, reasons, lambda rail: grounds.get(rail, ()), model, reasons)


# --- parts of the answers --------------------------------------------------------------------------------------------


def _header(policy: Policy, verdict: Verdict) -> dict[str, Any]:
    words = policy.rules.decisions[verdict.decision]
    return {
        "decision": verdict.decision, "label": words.label, "en": words.en, "title": verdict.given.title,
        "as_of": verdict.as_of, "status": verdict.status,
        "outcome": _possible(verdict, verdict.outcome) if verdict.outcome else None,
        "contradictions": verdict.contradictions,
    }  # fmt: skip


def _citations(policy: Policy, nodes: Iterable[Node], more: Iterable[str] = ()) -> tuple[Citation, ...]:
    """Return each clause that some trees name, with its text, once."""
    refs = (name.ref for node in every_node(nodes) for name in node.clauses)
    return tuple(policy.glossary.citation(ref) for ref in dict.fromkeys((*refs, *more)))


def _possible(verdict: Verdict, outcome: str) -> Possible:
    words = verdict.question.decision.ladder[outcome]
    return Possible(outcome=outcome, label=words.label, en=words.en)


def _ways(verdict: Verdict, inputs: Inputs, family: Family) -> Ways:
    denied = verdict.question.contradicted(verdict.known_rails)

    def way(learnt: Bits) -> Way:
        # Where findings about several facts contradict each other, a set says of each what it would have to be.
        whole = learnt | inputs.closed(learnt) & denied
        return Way(needs=tuple(_need(verdict, inputs, whole & group, group) for group in inputs.touched(whole)))

    return Ways(ways=tuple(map(way, family.sets)), complete=family.complete)


def _need(verdict: Verdict, inputs: Inputs, learnt: Bits, group: Bits) -> Need:
    """Return what a set says of one input: the values that it leaves, and those that are known to be possible."""
    question, base = verdict.question, inputs.base & group
    changed = inputs.contradicts(learnt, group)
    atom = (group & -group).bit_length() - 1 >> 1
    glossary = question.glossary
    if atom not in inputs.chosen:
        name = question.program.atoms[atom]
        thing = glossary.describe(name)
        values = [Value(value="true", label="是", en="yes"), Value(value="false", label="否", en="no")]
        said = [values[rail & 1] for rail in members(learnt)]
        now = [values[rail & 1] for rail in members(base)]
        contradicted = verdict.state(atom) == "contradicted"
        label, en, asked = thing.label, thing.en, thing.question
    else:
        name = question.program.atoms[atom].partition("=")[0]
        scalar = question.rules.vocabulary.scalars[name]
        ruled_out = learnt if changed else learnt | base
        said = [_option(scalar.options, o) for o in scalar.options if not _denied(inputs, group, ruled_out, name, o)]
        now = [_option(scalar.options, o) for o in scalar.options if not _denied(inputs, group, base, name, o)]
        now = now if base else []
        contradicted = any(fact.name.startswith(f"{name}=") for fact in verdict.contradictions)
        label, en, asked = scalar.label, scalar.en, scalar.question
    return Need(
        name=name, label=label, en=en, values=tuple(said), now=(CONTRADICTED,) if contradicted else tuple(now),
        question=asked,
        facts=glossary.facts_behind(question.program.atoms[atom]),
    )  # fmt: skip


def _option(options: Mapping[str, Any], name: str) -> Value:
    return Value(value=name, label=options[name].label, en=options[name].en)


def _denied(inputs: Inputs, group: Bits, learnt: Bits, choice: str, option: str) -> bool:
    """Return whether an option is denied; those that the program does not use are, together, its last atom."""
    atom = inputs.program.index.get(f"{choice}={option}", group.bit_length() - 1 >> 1)
    return bool(learnt & group & 2 << true_rail(atom))


def _day(value: Any) -> date | None:
    """Return a day; None for what is none, which the reader of the case refuses."""
    if isinstance(value, date):
        return value
    try:
        return periods.day(value)
    except (TypeError, ValueError):
        return None


def _moved(before: Verdict, after: Verdict) -> Iterable[Moved]:
    def pairs(what: Any, old: Mapping[str, tuple[str, str, str]], new: Mapping[str, tuple[str, str, str]]) -> Any:
        for name in dict.fromkeys((*old, *new)):
            label, en, _ = (new.get(name) or old[name])[:3]
            states = [one[name][2] if name in one else None for one in (old, new)]
            if states[0] != states[1]:
                yield Moved(what=what, name=name, label=label, en=en, before=states[0], after=states[1])

    both = (before, after)
    yield from pairs("profile", *({f.name: (f.label, f.en, f.state) for f in one.profile} for one in both))
    yield from pairs("duty", *({d.id: (d.label, d.en, d.state) for d in one.duties} for one in both))
    yield from pairs("period", *(_periods(one) for one in both))
    cited = ({c.ref: (c.citation, c.citation, "cited") for c in one.citations} for one in both)
    yield from pairs("clause", *cited)


def _periods(verdict: Verdict) -> dict[str, tuple[str, str, str]]:
    """The periods of a verdict by id and number: an entry that moves moves its own period."""
    found: dict[str, tuple[str, str, str]] = {}
    for nth, period in enumerate(verdict.periods):
        last = "…" if period.open_ended else period.last or "?"
        found[f"{period.id}#{nth}"] = (period.label, period.en, f"{period.first or '?'} – {last}")
    return found


def _new_steps(verdict: Verdict, other: Verdict, full: bool) -> tuple[Node, ...]:
    """Return the steps to the outcome, the duties and the profile that hold in one verdict and not in another.

    Unless ``full`` those are left out that rest on options of readings that were not taken.
    """
    question, (_, model) = verdict.question, verdict.grounds
    fresh: Rails = model & ~other.grounds[1]
    index = question.program.index
    named = [f"duty:{duty}:{state}" for duty in question.decision.duties for state in ("owed", "done", "breached")]
    rails: list[Rail] = [rail for _, rail in question.rungs]
    rails += [rail for name in question.decision.profile for rail in (2 * index[name], 2 * index[name] + 1)]
    rails += [true_rail(index[name]) for name in named]
    premises = (every_ground if full else chosen_grounds)(question.program, model)
    goals = [rail for rail in rails if fresh >> rail & 1]
    return trees(verdict, goals, lambda rail: [one for one in premises(rail) if fresh >> one & 1], model)
