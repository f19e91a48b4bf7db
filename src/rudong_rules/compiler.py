"""Rule set → program: both rails of every condition, by structural recursion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .logic import AtLeast, Atom, ByReading, Condition, Constant, Not
from .program import Gate, Program, Rail, false_rail, is_part, opposite, true_rail
from .ruleset import DUTY_CONDITIONS, RuleSet


class CycleError(ValueError):
    """Conclusions that depend on each other; ``cycle`` names them in order, the first again at the end."""

    def __init__(self, cycle: list[str]) -> None:
        self.cycle = cycle
        super().__init__(" → ".join(cycle))


def compile_rules(rules: RuleSet, more: Mapping[str, Condition] | None = None) -> Program:
    """Return the program of a rule set, with ``more`` conclusions that no case is decided by.

    Raises CycleError when a conclusion depends on itself.
    """
    return _Compiler(rules.vocabulary.findings, _heads(rules) | dict(more or {})).program()


def _heads(rules: RuleSet) -> dict[str, Condition]:
    """Return what each derived atom means, by its name."""
    heads: dict[str, Condition] = {}
    for conclusion, names in rules.concluded_by().items():
        for name in names:
            if name != conclusion:
                heads[name] = rules.conditions[f"rule:{name}"]
        alone = names == [conclusion]
        heads[conclusion] = (
            rules.conditions[f"rule:{conclusion}"] if alone else AtLeast(1, tuple(Atom(n) for n in names))
        )
    for duty in rules.duties:
        due, done, breached = (Atom(f"duty:{duty}:{state}") for state in DUTY_CONDITIONS)
        for atom in (due, done, breached):
            heads[atom.name] = rules.conditions[atom.name]
        heads[f"duty:{duty}:owed"] = AtLeast(2, (due, Not(done)))
    for decision, body in rules.decisions.items():
        earlier: list[Condition] = []
        for outcome in body.ladder:
            rung = Atom(f"rung:{decision}={outcome}")
            heads[rung.name] = rules.conditions[rung.name]
            heads[f"{decision}={outcome}"] = AtLeast(len(earlier) + 1, (rung, *earlier))
            earlier.append(Not(rung))
    return heads


def names_in(condition: Condition) -> list[str]:
    """Return the names of the atoms that a condition mentions, in order."""
    names: list[str] = []
    waiting = [condition]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Atom):
            names.append(one.name)
        elif isinstance(one, Not):
            waiting.append(one.part)
        elif isinstance(one, AtLeast):
            waiting.extend(reversed(one.parts))
        elif isinstance(one, ByReading):
            names.extend(f"reading:{one.reading}={option}" for option, _ in one.options)
            waiting.extend(part for _, part in reversed(one.options))
    return names


class _Compiler:
    """Derives rails by gates, as far as something rests on them; ``meaning`` says what each derived atom stands for.

    A condition inside another gets an atom of its own, named after the conclusion in which it first stands.
    """

    def __init__(self, findings: Iterable[str], heads: Mapping[str, Condition]) -> None:
        self.index: dict[str, int] = {}
        self.names: list[str] = []
        self.inner: dict[Condition, int] = {}
        self.meaning: dict[int, Condition] = {}
        for finding in findings:
            self._atom(finding)
        self.heads = [self._meaning(name, condition) for name, condition in heads.items()]

    def program(self) -> Program:
        """Return the gates, every body before its head.  Raises CycleError."""
        ordered: list[Gate] = []
        seen: set[Rail] = set()
        above: dict[int, Gate] = {}
        waiting = [rail for atom in reversed(self.heads) for rail in (false_rail(atom), true_rail(atom))]
        while waiting:
            rail = waiting.pop()
            if rail < 0:  # The mark of a rail of which all that it rests on is derived.
                ordered.append(above.pop(~rail >> 1))
            elif rail not in seen:
                seen.add(rail)
                gate = self._gate(rail)
                if gate is not None:
                    above[rail >> 1] = gate
                    waiting.append(~rail)
                    for below in reversed(gate.body):
                        if below >> 1 in above:
                            raise CycleError(self._cycle(list(above), below >> 1))
                        waiting.append(below)
        return Program(tuple(self.names), tuple(ordered), self.index)

    def _cycle(self, path: list[int], again: int) -> list[str]:
        cycle = [name for atom in path[path.index(again) :] if not is_part(name := self.names[atom])]
        return [*cycle, cycle[0]]

    def _atom(self, name: str) -> int:
        number = self.index.get(name)
        if number is None:
            number = self.index[name] = len(self.names)
            self.names.append(name)
        return number

    def _meaning(self, name: str, condition: Condition) -> int:
        """Return the number of an atom that means a condition."""
        number = self._atom(name)
        self.meaning[number] = condition
        return number

    def _gate(self, rail: Rail) -> Gate | None:
        """Return what derives a rail, or None for one that only a case makes known."""
        condition = self.meaning.get(rail >> 1)
        if condition is None:
            return None
        name = self.names[rail >> 1].partition("#")[0]
        need, parts, known = _threshold(condition, not rail & 1)
        body: list[Rail] = []
        for part in parts:
            below = self._rail(part, name) ^ (not known)
            if below in body:  # It counts as often as it is written.
                copy = self._meaning(f"{name}#copy{len(self.index)}", AtLeast(1, (part,)))
                below = true_rail(copy) ^ (not known)
            body.append(below)
        return Gate(rail, need, tuple(body))

    def _rail(self, condition: Condition, name: str) -> Rail:
        """Return the rail that holds iff a condition is known to be true; its opposite, iff it is known to be false."""
        if isinstance(condition, Atom):
            return true_rail(self._atom(condition.name))
        if isinstance(condition, Not):
            return opposite(self._rail(condition.part, name))
        inner = self.inner.get(condition)
        if inner is None:
            self.inner[condition] = inner = self._meaning(f"{name}#{len(self.inner)}", condition)
        return true_rail(inner)


def _threshold(condition: Condition, value: bool) -> tuple[int, tuple[Condition, ...], bool]:
    """Return how many of which conditions must be known to be what for this one to be known to be ``value``.

    This is the two-rail semantics itself.
    """
    match condition:
        case AtLeast(n, parts):
            return n if value else len(parts) - n + 1, parts, value
        case Not(part):
            return _threshold(part, not value)
        case Constant(constant):
            return 0 if constant is value else 1, (), value
        case ByReading(reading, options):
            sides = [(Atom(f"reading:{reading}={o}"), part if value else Not(part)) for o, part in options]
            chosen = [AtLeast(2, side) for side in sides]
            return 1, (*chosen, AtLeast(len(sides), tuple(part for _, part in sides))), True
        case Atom():
            return 1, (condition,), value
