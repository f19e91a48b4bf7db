"""Why a verdict is what it is, and why not another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from .derivation import open_atoms, support
from .engines.fixpoint import least_model
from .explain_data import Need, Node, Value, Ways
from .explain_parts import Case, Readings, citations, header, not_ruled_out
from .explanations import Why, WhyNot
from .minimal import additions, changes
from .needs import inputs_of, ways
from .policy import Policy
from .program import Rail, Rails, opposite, reading_of, true_rail
from .source import Document
from .trees import chosen_ends, every_ground, many, one_ground, open_ends, steps_in, sufficient, trees
from .verdict import Verdict


def why(
    policy: Policy, case: Case, decision: str, *, as_of: date | str | None = None, readings: Readings = None,
    full: bool = False, document: Document | None = None,
) -> Why:  # fmt: skip
    """Return why a verdict is what it is: one ground none of whose facts can be spared, or all when ``full``.

    Raises CaseError as ``Policy.decide`` does.
    """
    return why_of(policy.decide(case, decision, as_of=as_of, readings=readings, document=document), full)


def why_of(verdict: Verdict, full: bool) -> Why:
    """Return why a verdict is what it is: see :func:`why`."""
    program, rungs = verdict.question.program, verdict.question.rungs
    goals, model = verdict.goals, verdict.explained
    if verdict.status == "undetermined":
        goals = tuple(opposite(rail) for _, rail in rungs if model >> opposite(rail) & 1)
    whole = trees(verdict, goals, every_ground(program, model), model)
    known = verdict.known.sound if verdict.status != "contradicted" else verdict.known.claimed
    shown_ = whole if full else one_ground_of(verdict, goals, known, model)
    steps = steps_in(shown_)
    warned = [true_rail(program.index[one.name]) for one in verdict.cautions if verdict.status != "profile"]
    known, sound = verdict.known.sound, verdict.models.sound
    if full:
        cautions = trees(verdict, warned, every_ground(program, sound), sound)
    else:
        cautions = tuple(node for rail in warned for node in one_ground_of(verdict, [rail], known, sound))
    return Why(
        **header(verdict), because=shown_, full=full, steps=steps, hidden=max(0, steps_in(whole) - steps),
        citations=citations(verdict, (*shown_, *cautions)), missing=verdict.missing, cautions=cautions,
        possible=not_ruled_out(verdict),
        left_open=verdict.left_open if verdict.status == "undetermined" else (),
    )  # fmt: skip


def one_ground_of(verdict: Verdict, goals: Sequence[Rail], known: Rails, model: Rails) -> tuple[Node, ...]:
    """Return the trees of goals that hold in a model, on one ground among what is known that has nothing to spare."""
    program = verdict.question.program
    brief = least_model(program, sufficient(program, known, goals))
    return trees(verdict, goals, one_ground(program, brief, goals), model)


def why_not(
    policy: Policy, case: Case, decision: str, outcome: str, *, as_of: date | str | None = None,
    readings: Readings = None, full: bool = False, document: Document | None = None,
) -> WhyNot:  # fmt: skip
    """Return what stands in the way of an outcome, and every minimal set of facts that would bring it about.

    Of what rules it out one ground is told, and open steps are only counted where many stand below one; all is told
    when ``full``.  Readings stay as they are chosen.  Comparisons of measures count as facts of their own.  Where there
    are more sets than ``minimal.LIMIT`` in some part, the answer says that it is not complete.  Raises CaseError as
    ``Policy.decide`` does, and UnknownNameError for an outcome that the decision does not have.
    """
    verdict = policy.decide(case, decision, as_of=as_of, readings=readings, document=document)
    return why_not_of(verdict, outcome, full)


def why_not_of(verdict: Verdict, outcome: str, full: bool) -> WhyNot:
    """Return what stands in the way of an outcome of a verdict, and what would bring it about: see :func:`why_not`."""
    question = verdict.question
    outcome = verdict.policy.outcomes(question.name).the(outcome)
    goal = dict(question.rungs)[outcome]
    model = verdict.models.sound
    unknown = different = Ways()
    obstacles: tuple[Node, ...] = ()
    holds = model >> goal & 1
    ruled_out = model >> opposite(goal) & 1
    if not holds:
        inputs = inputs_of(verdict)
        unknown = ways(verdict, inputs, additions(inputs, goal, others=lambda: _settling(verdict, goal)))
        different = ways(verdict, inputs, changes(inputs, goal))
        obstacles = _ruling_out(verdict, outcome, full) if ruled_out else _open(verdict, goal, full)
    return WhyNot(
        **header(verdict), wanted=question.possible(outcome), obstacles=obstacles,
        state="true" if holds else "false" if ruled_out else "unknown", unknown=unknown, different=different,
        citations=citations(verdict, obstacles), **_still_open(verdict, goal, unknown, not (holds or ruled_out)),
    )  # fmt: skip


def _settling(verdict: Verdict, goal: Rail) -> Iterator[Rails]:
    """Yield sets of rails of unknown facts that may bring an outcome about, the smallest first."""
    sets = dict.fromkeys(one for own in verdict.lacking.sets((goal,)).values() for one in own)
    yield from sorted(sets, key=int.bit_count)


def _still_open(verdict: Verdict, goal: Rail, unknown: Ways, is_open: bool) -> dict[str, Any]:
    """Return, of an open outcome for which no facts are found, what bears on it: facts and readings left open."""
    if not is_open or unknown.ways:
        return {}
    question = verdict.question
    atoms = open_atoms(question.program, verdict.models.sound, [goal])
    readings = dict.fromkeys(reading_of(question.program.atoms[atom]) for atom in sorted(atoms))
    named = {name: question.rules.readings[name] for name in readings if name}
    return {
        "bearing": () if unknown.complete else verdict.lacking.missing((goal,))[0],
        "left_open": tuple(
            Need(
                name=name, label=one.question, en=one.en,
                values=tuple(Value(value=key, label=o.label, en=o.en) for key, o in one.options.items()),
            )
            for name, one in named.items()
        ),
    }  # fmt: skip


def _open(verdict: Verdict, goal: Rail, full: bool) -> tuple[Node, ...]:
    """Return what is not known of what an outcome takes."""
    program, model = verdict.question.program, verdict.models.sound
    if full:
        return trees(verdict, [goal], open_ends(program, model), model)
    chosen = chosen_ends(program, model)
    folded = many(program, chosen)
    return trees(verdict, [goal], lambda rail: () if folded(rail) else chosen(rail), model, folded=folded)


def _ruling_out(verdict: Verdict, outcome: str, full: bool) -> tuple[Node, ...]:
    """Return what rules an outcome out: the outcome that stands before it, then what it lacks itself, if anything."""
    question, model, rungs = verdict.question, verdict.models.sound, dict(verdict.question.rungs)
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
        brief = least_model(question.program, sufficient(question.program, verdict.known.sound, [reason]))
        grounds = {**dict(support(question.program, brief, [reason])), **grounds}
    return trees(verdict, reasons, lambda rail: grounds.get(rail, ()), model, reasons)
