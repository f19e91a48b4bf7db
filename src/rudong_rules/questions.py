"""A decision made ready for cases: its part of the program, and what verdicts on it share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from .bare import Bare
from .bilingual import called
from .facts import Asked, Facts
from .glossary import Glossary
from .naming import Names
from .prepared import Prepared, prepare
from .program import Program, Rail, Rails, bits, false_rail, is_part, reading_rails, true_rail
from .resting import Places, Resting, resting
from .ruleset import DUTY_STATES, Decision, RuleSet
from .settling import settling
from .together import Together, together
from .verdict_data import Possible

_Key = TypeVar("_Key")
_Found = TypeVar("_Found")
_Goals = tuple[Rail, ...]
REMEMBERED = 256
"""For how many states of a case a question remembers what can still settle it, and for how many what it cites."""


@dataclass(frozen=True)
class Question:
    """A decision made ready for cases: its part of the program, and what verdicts on it share.

    ``rungs`` pairs each outcome of the ladder with its true rail, highest first; ``inputs`` are the atoms that facts
    make known, in the order in which questions are asked; ``asked`` says what each fact makes known.
    """

    name: str
    rules: RuleSet
    glossary: Glossary
    program: Program
    rungs: tuple[tuple[str, Rail], ...]
    inputs: tuple[int, ...]
    asked: Asked
    _settling: dict[tuple[_Goals, Rails, tuple[int, ...]], dict[int, tuple[Rails, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _citing: dict[tuple[tuple[str, ...], Places], tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def decision(self) -> Decision:
        """The decision as written."""
        return self.rules.decisions[self.name]

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts that the decision reads, in the order in which questions are asked."""
        behind = (self.glossary.facts_behind(self.program.atoms[atom]) for atom in self.inputs)
        return tuple(dict.fromkeys(fact for facts in behind for fact in facts))

    @cached_property
    def read(self) -> tuple[str, ...]:
        """The facts that the decision reads, and the lists that its periods tell of."""
        listed = (self.rules.periods[name].of for name in self.decision.periods)
        return tuple(dict.fromkeys((*self.facts, *listed)))

    @cached_property
    def cautions(self) -> tuple[str, ...]:
        """The conclusions of the profile of which a verdict warns when they hold, in their order there."""
        conclusions = self.rules.conclusions
        return tuple(name for name in self.decision.profile if name in conclusions and conclusions[name].caution)

    @cached_property
    def choices(self) -> tuple[tuple[int, ...], ...]:
        """The atoms of each choice, exactly one of which holds; the last stands for all options that are not used."""
        index, scalars = self.program.index, self.rules.vocabulary.scalars
        named = [[f"{name}={option}" for option in s.options] for name, s in scalars.items() if s.type == "choice"]
        used = [(one, tuple(index[atom] for atom in one if atom in index)) for one in named]
        other = len(self.program.atoms)
        return tuple(atoms if len(atoms) == len(one) else (*atoms, other) for one, atoms in used if atoms)

    @cached_property
    def implied(self) -> Mapping[Rail, Rails]:
        """The rails that hold wherever the rail of a finding does, by ``implies`` and ``excludes``."""
        index = self.program.index
        return {
            2 * index[name] | (not value): rails
            for name, found in self.asked.findings.items()
            for value, rails in found.items()
            if name in index and rails.bit_count() > 1
        }

    @cached_property
    def cites(self) -> tuple[tuple[str, ...], ...]:
        """The references that each rail cites, by its number.

        Facts and readings cite nothing: a finding may serve several clauses, and the rule that uses it cites its own.
        A duty is cited when it has arisen, is owed or is breached, not when it is not.
        """
        cited: list[tuple[str, ...]] = []
        for name in self.program.atoms:
            thing = None if is_inner(name) else self.glossary.describe(name)
            clauses = () if thing is None or thing.kind in ("fact", "reading") else thing.clauses
            cited += [clauses, () if thing is not None and thing.kind == "duty" else clauses]
        return tuple(cited)

    @cached_property
    def names(self) -> Names:
        """The names of the atoms: findings, comparisons, conclusions, outcomes, duties and options of readings."""
        things = {name: self.glossary.describe(name) for name in self.program.index if not is_inner(name)}
        own = called(self.name, self.decision.label)
        return Names("fact", {name: (one.label, one.en) for name, one in things.items()}, own)

    def citing(self, own: tuple[str, ...], model: Rails, goals: Iterable[Rail]) -> tuple[str, ...]:
        """Return the references of ``own`` clauses and of those on which goals rest in a model, each once.

        Those of heads come before their bodies'.  Most cases of a population rest on what others rested on before.
        """
        places = self.resting.on(model, goals)
        found = self._citing.get((own, places))
        if found is None:
            refs = (ref for rail in self.resting.rails(places) for ref in self.cites[rail])
            found = _remembered(self._citing, (own, places), tuple(dict.fromkeys((*own, *refs))))
        return found

    @cached_property
    def resting(self) -> Resting:
        """How outcomes come to rest on rails that cite something."""
        return resting(self.program, (rail for rail, refs in enumerate(self.cites) if refs))

    @cached_property
    def together(self) -> Together:
        """Which answers to questions about lists can stand together."""
        return together(self.program, self.rules.tests, self.rules.vocabulary.records)

    def possible(self, outcome: str) -> Possible:
        """Return an outcome with its label."""
        rung = self.decision.ladder[outcome]
        return Possible(outcome=outcome, label=rung.label, en=rung.en)

    def outcome(self, model: Rails) -> str | None:
        """Return the id of the outcome that a model holds, the highest, or None."""
        for name, rail in self.rungs:
            if model >> rail & 1:
                return name
        return None

    @cached_property
    def every_reading(self) -> Rails:
        """Both rails of all options of readings, as one set."""
        index = self.program.index
        return bits(2 * index[name] + side for name in index if name.startswith("reading:") for side in (0, 1))

    def reading_rails(self, chosen: Mapping[str, str | None]) -> Rails:
        """Return the rails that readings make known, by option; None leaves one open, and so does its absence."""
        return reading_rails(self.program.index, self.rules.readings, chosen)

    @cached_property
    def default_rails(self) -> Rails:
        """The rails of all default readings."""
        return self.reading_rails({name: reading.default for name, reading in self.rules.readings.items()})

    @cached_property
    def input_rails(self) -> Rails:
        """Both rails of all atoms that facts make known, as one set."""
        return bits(rail for atom in self.inputs for rail in (true_rail(atom), false_rail(atom)))

    @cached_property
    def default_input_rails(self) -> Rails:
        """All that facts make known and the default readings do, as one set."""
        return self.input_rails | self.default_rails

    @cached_property
    def prepared(self) -> Prepared:
        """The program prepared for bare facts under the default readings."""
        return prepare(self.program, self.asked.silent | self.default_rails, self.asked.bare.every())

    @cached_property
    def bare(self) -> Bare:
        """What bare facts make known under the default readings, with what follows from each alone."""
        return self.asked.bare.each(self.prepared.closed)

    @cached_property
    def goals(self) -> tuple[Rail, ...]:
        """The true rails of all outcomes, highest first."""
        return tuple(rail for _, rail in self.rungs)

    @cached_property
    def ladder(self) -> Program:
        """The part of the program on which the outcomes rest."""
        return self.program.slice(self.goals)

    @cached_property
    def ranks(self) -> Mapping[Rail, int]:
        """The order of the rails of ``ladder`` in which facts are searched for."""
        return self._ranked(self.ladder)

    @cached_property
    def _further(self) -> tuple[dict[_Goals, Program], Mapping[Rail, int]]:
        """The parts of the program on which other goals rest, as far as they were asked for, and its order of rails."""
        return {}, self._ranked(self.program)

    def _part(self, goals: _Goals) -> tuple[Program, Mapping[Rail, int]]:
        """Return the part of the program on which goals rest, and an order of its rails."""
        if goals == self.goals:
            return self.ladder, self.ranks
        parts, ranks = self._further
        if goals not in parts:
            parts[goals] = self.program.slice(goals)
        return parts[goals], ranks

    def _ranked(self, program: Program) -> Mapping[Rail, int]:
        """Return an order of rails that does not depend on where rules are written: later clauses first.

        A part of a condition stands with the first clause of its own parts.  Later clauses name what is special
        (situations, exclusions), earlier ones what all share: the search for missing facts finds most in this order.
        """
        keys: dict[int, tuple[int, str]] = {}
        for name, atom in program.index.items():
            if not is_inner(name):
                keys[atom] = (self.glossary.place(name), name)
        for head, need, body in program.gates:
            if head >> 1 not in keys:
                # Alike by whichever of its rails the part comes first.
                false = head & 1
                parts = sorted((keys[rail >> 1], (rail & 1) ^ false) for rail in body)
                least = len(body) - need + 1 if false else need
                keys[head >> 1] = (min((key[0] for key, _ in parts), default=-1), f"{least}{parts}")
        ordered = sorted(keys, key=lambda atom: keys[atom], reverse=True)
        return {2 * atom + side: 2 * place + side for place, atom in enumerate(ordered) for side in (0, 1)}

    def settling(
        self, known: Rails, inputs: tuple[int, ...], goals: _Goals | None = None
    ) -> Mapping[int, tuple[Rails, ...]]:
        """Return which of ``inputs`` can still settle an outcome, or one of ``goals``, and with which rails.

        As :func:`settling.settling` finds them.  It is searched for once for all cases that make the same known, of
        which a population has many.
        """
        wanted = self.goals if goals is None else goals
        key = (wanted, known, inputs)
        found = self._settling.get(key)
        if found is None:
            part, ranks = self._part(wanted)
            sets = settling(part, known, wanted, inputs, self.choices, self.implied, ranks=ranks)
            found = _remembered(self._settling, key, sets)
        return found

    @cached_property
    def true_rails(self) -> Rails:
        """The true rails of all atoms, as one set."""
        return bits(true_rail(atom) for atom in self.program.index.values())

    def contradicted(self, known: Rails) -> Rails:
        """Return both rails of every atom that is known to be true and to be false."""
        true = known & known >> 1 & self.true_rails
        return true | true << 1

    @cached_property
    def outcomes(self) -> Rails:
        """The true rails of all outcomes, as one set."""
        return bits(self.goals)


def _remembered(memory: dict[_Key, _Found], key: _Key, found: _Found) -> _Found:
    """Keep what was found, and forget all else once there is too much of it."""
    if len(memory) >= REMEMBERED:
        memory.clear()
    memory[key] = found
    return found


class Questions(Mapping[str, Question]):
    """The decisions of a rule set by name, each made ready when it is first asked for."""

    def __init__(self, rules: RuleSet, glossary: Glossary, whole: Program, facts: Facts) -> None:
        self._made_of = rules, glossary, whole, facts
        self._names = rules.decisions
        self._ready: dict[str, Question] = {}

    def __getitem__(self, name: str) -> Question:
        found = self._ready.get(name)
        # Two threads that ask at once make two that are alike, and both get the first.
        return self._ready.setdefault(name, ask(name, *self._made_of)) if found is None else found

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def shown_atoms(name: str, decision: Decision) -> list[str]:
    """Return the atoms that verdicts on a decision show: its outcomes, its profile and the states of its duties."""
    duties = [f"duty:{duty}:{state}" for duty in decision.duties for state in DUTY_STATES]
    return [*(f"{name}={outcome}" for outcome in decision.ladder), *decision.profile, *duties]


def ask(name: str, rules: RuleSet, glossary: Glossary, whole: Program, facts: Facts) -> Question:
    """Return a decision with the part of the program that its outcomes, profile and duties depend on."""
    decision = rules.decisions[name]
    atoms = [whole.index[root] for root in shown_atoms(name, decision)]
    program = whole.slice(rail for atom in atoms for rail in (true_rail(atom), false_rail(atom))).compact()
    rungs = tuple((outcome, true_rail(program.index[f"{name}={outcome}"])) for outcome in decision.ladder)
    scalars = rules.vocabulary.scalars
    choices = [f"{name}={option}" for name, s in scalars.items() if s.type == "choice" for option in s.options]
    asked = (*choices, *rules.vocabulary.findings, *rules.tests)
    inputs = tuple(program.index[atom] for atom in asked if atom in program.index)
    return Question(name, rules, glossary, program, rungs, inputs, facts.asked(program))


def is_inner(atom: str) -> bool:
    """Return whether an atom is a part of a condition, which a derivation folds into what it belongs to."""
    return is_part(atom) or atom.startswith("rung:")
