"""What the scenarios of a policy exercise: every clause, rule, outcome, duty and reading, as true, false and unknown.

A thing counts as exercised when what a scenario *expects* rests on it: true and false through the derivation of the
outcome, fact or duty that is expected; unknown through the unknown conditions that leave it open.  That a state merely
occurs somewhere in the model of a case shows nothing and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from .accounting import ClauseFate, account
from .derivation import derive
from .engines.fixpoint import least_model
from .errors import Span
from .policy import Policy
from .program import Program, bits, false_rail, true_rail
from .ruleset import DUTY_CONDITIONS, DUTY_STATES
from .scenarios import Located
from .verdict import Verdict

Section = Literal["clauses", "rules", "outcomes", "duties", "readings"]
Exercised = Literal["true", "false", "unknown"]
SECTIONS: tuple[Section, ...] = ("clauses", "rules", "outcomes", "duties", "readings")
STATES: tuple[Exercised, ...] = ("true", "false", "unknown")
Places = dict[tuple[str, Exercised], Span]
"""For each atom and state the first scenario that exercises it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that scenarios should exercise, by section and id.

    ``place`` is where it stands; ``states`` maps each state that it can have at all to the first scenario that
    exercises it, None while none does.
    """

    section: Section
    id: str
    label: str
    en: str
    place: Span
    states: Mapping[Exercised, Span | None]

    @property
    def missing(self) -> tuple[Exercised, ...]:
        """The states that no scenario exercises."""
        return tuple(state for state, place in self.states.items() if place is None)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What scenarios exercise; ``unaccounted`` are the leaf clauses of which nothing became."""

    items: tuple[Item, ...]
    unaccounted: tuple[ClauseFate, ...]

    def count(self, section: Section | None = None, state: Exercised | None = None) -> tuple[int, int]:
        """Return how many states are exercised, and of how many; of one section, or one state, or of all."""
        places = [
            place
            for item in self.items
            for kind, place in item.states.items()
            if section in (None, item.section) and state in (None, kind)
        ]
        return sum(place is not None for place in places), len(places)

    @property
    def percent(self) -> float:
        """The share of states exercised, from 0 to 100; 100 when there is nothing to exercise."""
        done, every = self.count()
        return 100 * done / every if every else 100.0


def coverage(policy: Policy, decided: Iterable[tuple[Located, Verdict]]) -> Coverage:
    """Return what scenarios exercise, each given with its verdict."""
    places: Places = {}
    for located, verdict in decided:
        for key in _exercised(located, verdict, policy):
            places.setdefault(key, located.span)
    possible = _possible(policy)

    def item(section: Section, name: str, words: tuple[str, str], atoms: Iterable[str]) -> Item:
        found: dict[Exercised, Span | None] = {}
        for atom in atoms:
            for state in STATES:
                if (atom, state) in possible:
                    found[state] = found.get(state) or places.get((atom, state))
        states = {state: found[state] for state in STATES if state in found}
        return Item(section, name, *words, _place(policy, section, name), states)

    leaves = [fate for name in policy.regulations for fate in account(policy, name) if fate.leaf]
    items = [item(*one) for one in _things(policy, leaves)]
    unaccounted = tuple(fate for fate in leaves if fate.fate == "unaccounted")
    return Coverage(tuple(one for one in items if one.states), unaccounted)


# --- what there is to exercise ---------------------------------------------------------------------------------------


def _things(policy: Policy, leaves: Iterable[ClauseFate]) -> Iterator[tuple[Section, str, tuple[str, str], list[str]]]:
    """Yield every thing with its names and the atoms that stand for it."""
    rules = policy.rules
    for fate in leaves:
        if fate.fate == "encoded":
            atoms = [atom for one in fate.encoded_by for atom in _atoms(one.section, one.id, policy)]
            yield "clauses", fate.ref, (fate.citation, fate.citation), atoms
    for name, rule in rules.rules.items():
        yield "rules", name, (rule.label, rule.en), [name]
    for name, decision in rules.decisions.items():
        for outcome, rung in decision.ladder.items():
            yield "outcomes", f"{name}={outcome}", (f"{decision.label}：{rung.label}", rung.en), [f"{name}={outcome}"]
    for name, duty in rules.duties.items():
        for state in DUTY_CONDITIONS:
            yield "duties", f"{name}:{state}", (duty.label, duty.en), [f"duty:{name}:{state}"]
    for name, reading in rules.readings.items():
        for option, words in reading.options.items():
            label, en = f"{reading.question}——{words.label}", f"{reading.en} – {words.en}"
            yield "readings", f"{name}={option}", (label, en), [f"reading:{name}={option}"]


def _place(policy: Policy, section: Section, name: str) -> Span:
    """Return where a thing stands: a clause in its text, everything else where it is written in YAML."""
    if section == "clauses":
        folder = name.partition(":")[0]
        return Span(f"{folder}/regulation.txt", policy.regulations[folder].line(policy.clause(name)), 1)
    key = {"outcomes": f"outcome:{name}", "duties": f"duties:{name.partition(':')[0]}"}.get(section)
    return policy.places[key or f"{section}:{name.partition('=')[0]}"]


def _atoms(section: str, name: str, policy: Policy) -> list[str]:
    """Return the atoms that stand for a thing that embodies a clause; a decision or period stands for itself."""
    rules = policy.rules
    match section:
        case "findings" | "rules" | "outcomes":
            return [name]
        case "scalars":
            return [f"{name}={option}" for option in rules.vocabulary.scalars[name].options]
        case "duties":
            return [f"duty:{name}:{state}" for state in DUTY_CONDITIONS]
        case "readings":
            return [f"reading:{name}={option}" for option in rules.readings[name].options]
        case "groups":
            return [f"decisions:{one}" for one, decision in rules.decisions.items() if decision.group == name]
        case "decisions" | "periods":
            return [f"{section}:{name}"]
        case _:
            return []


def _possible(policy: Policy) -> set[tuple[str, Exercised]]:
    """Return the states that each atom can have at all, as far as the shape of the program tells.

    The option of a reading is taken or left open: that another one is taken shows nothing of it.
    """
    found: set[tuple[str, Exercised]] = set()
    for name, question in policy.questions.items():
        program = question.program
        inputs = [atom for atom in program.index.values() if true_rail(atom) not in program.by_head]
        most = least_model(program, bits(rail for atom in inputs for rail in (true_rail(atom), false_rail(atom))))
        least = least_model(program, 0)
        for atom, place in program.index.items():
            if most >> true_rail(place) & 1:
                found.add((atom, "true"))
            if most >> false_rail(place) & 1 and not atom.startswith("reading:"):
                found.add((atom, "false"))
            if not least >> true_rail(place) & 3 and most >> true_rail(place) & 3:
                found.add((atom, "unknown"))
        found.add((f"decisions:{name}", "true"))
    found |= {(f"periods:{name}", "true") for name in policy.rules.periods}
    found |= {(option, "true") for name in policy.rules.periods for option in _options_of_period(policy, name)}
    return found


def _options_of_period(policy: Policy, period: str, chosen: Mapping[str, str | None] | None = None) -> list[str]:
    """Return the options on which the entries and the ends of a period depend: all of them, or those taken."""
    readings = policy.rules.periods[period].readings(chosen)
    return [f"reading:{reading}={option}" for reading, taken in readings for option in taken]


# --- what one scenario exercises -------------------------------------------------------------------------------------


def _exercised(located: Located, verdict: Verdict, policy: Policy) -> Iterator[tuple[str, Exercised]]:
    """Yield what the expectations of a scenario rest on."""
    program, model = verdict.question.program, verdict.models.claimed
    goals = [program.index[atom] for atom in _expected(located, verdict, policy) if atom in program.index]
    rails = [rail for atom in goals for rail in (true_rail(atom), false_rail(atom)) if model >> rail & 1]
    for step in derive(program, model, rails):
        yield program.atoms[step.rail >> 1], "false" if step.rail & 1 else "true"
    for atom in _open(program, model, goals):
        yield program.atoms[atom], "unknown"
    if goals:
        yield f"decisions:{verdict.decision}", "true"
    for period, days in located.scenario.expect.periods.items():
        if days:
            yield f"periods:{period}", "true"
            chosen = policy.readings(located.scenario.readings)
            yield from ((option, "true") for option in _options_of_period(policy, period, chosen))


def _open(program: Program, model: int, goals: Iterable[int]) -> set[int]:
    """Return the unknown atoms among the goals, and those below them that leave them so."""
    found: set[int] = set()
    stack = list(goals)
    while stack:
        atom = stack.pop()
        if atom in found or model >> true_rail(atom) & 3:
            continue
        found.add(atom)
        for rail in (true_rail(atom), false_rail(atom)):
            stack += [below >> 1 for gate in program.by_head.get(rail, ()) for below in gate.body]
    return found


def _expected(located: Located, verdict: Verdict, policy: Policy) -> Iterator[str]:
    """Yield the atoms of which a scenario expects something."""
    expect, decision = located.scenario.expect, policy.rules.decisions[verdict.decision]
    rungs = [f"{verdict.decision}={outcome}" for outcome in decision.ladder]
    if expect.outcome or expect.modality or expect.cites or expect.readings or expect.possible or expect.missing:
        # Who expects one outcome expects none of the others.
        yield from rungs or decision.profile
    yield from expect.facts
    for duty in expect.duties:
        yield from (f"duty:{duty}:{state}" for state in DUTY_STATES)
