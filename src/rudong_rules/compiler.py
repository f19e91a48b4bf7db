"""Rule set → program: both rails of every condition, by structural recursion."""

from __future__ import annotations

from collections.abc import Mapping

from .logic import AtLeast, Atom, ByReading, Condition, Constant, Not
from .program import Gate, Program, Rail, false_rail, opposite, true_rail
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
    heads = _heads(rules) | dict(more or {})
    compiler = _Compiler()
    for finding in rules.vocabulary.findings:
        compiler.atom(finding)
    for name in _in_order(heads):
        compiler.define(name, heads[name])
    return compiler.program()


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
    match condition:
        case Atom(name):
            return [name]
        case Not(part):
            return names_in(part)
        case AtLeast(_, parts):
            return [name for part in parts for name in names_in(part)]
        case ByReading(reading, options):
            own = [f"reading:{reading}={option}" for option, _ in options]
            return own + [name for _, part in options for name in names_in(part)]
        case _:
            return []


def _in_order(heads: dict[str, Condition]) -> list[str]:
    """Return the derived atoms so that each comes after those it depends on.  Raises CycleError."""
    done: dict[str, None] = {}
    for start in heads:
        path: dict[str, None] = {}
        stack = [(start, iter(names_in(heads[start])))]
        path[start] = None
        while stack:
            name, rest = stack[-1]
            below = next((n for n in rest if n in heads and n not in done), None) if name not in done else None
            if below is None:
                stack.pop()
                path.pop(name, None)
                done[name] = None
            elif below in path:
                names = list(path)
                raise CycleError([*names[names.index(below) :], below])
            else:
                path[below] = None
                stack.append((below, iter(names_in(heads[below]))))
    return list(done)


class _Compiler:
    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.gates: dict[Gate, None] = {}
        self.inner: dict[Condition, int] = {}
        self.derived: set[Rail] = set()

    def atom(self, name: str) -> int:
        return self.index.setdefault(name, len(self.index))

    def define(self, name: str, condition: Condition) -> None:
        """Let the atom of that name mean the condition, on both rails."""
        atom = self.atom(name)
        self._derive(true_rail(atom), condition, name, True)
        self._derive(false_rail(atom), condition, name, False)

    def _derive(self, head: Rail, condition: Condition, name: str, value: bool) -> None:
        """Let a rail hold iff the condition is known to be ``value``."""
        need, parts, known = _threshold(condition, value)
        self.gates[Gate(head, need, self._distinct([self._rail(part, name, known) for part in parts], name))] = None

    def _distinct(self, body: list[Rail], name: str) -> tuple[Rail, ...]:
        """Return a body in which a rail that stands twice is told apart: it counts as often as it is written."""
        if len(set(body)) == len(body):
            return tuple(body)
        seen: set[Rail] = set()
        for place, rail in enumerate(body):
            if rail not in seen:
                seen.add(rail)
            else:
                body[place] = copy = true_rail(self.atom(f"{name}#copy{len(self.index)}"))
                self.gates[Gate(copy, 1, (rail,))] = None
                self.gates[Gate(opposite(copy), 1, (opposite(rail),))] = None
        return tuple(body)

    def _rail(self, condition: Condition, name: str, value: bool) -> Rail:
        """Return the rail that holds iff the condition is known to be ``value``.

        A condition inside another gets an atom of its own, named after the conclusion where it first stands, and gates
        for those of its rails that something rests on.
        """
        match condition:
            case Atom(atom):
                return true_rail(self.atom(atom)) ^ (not value)
            case Not(part):
                return self._rail(part, name, not value)
        inner = self.inner.get(condition)
        if inner is None:
            self.inner[condition] = inner = self.atom(f"{name}#{len(self.inner)}")
        rail = true_rail(inner) ^ (not value)
        if rail not in self.derived:
            self.derived.add(rail)
            self._derive(rail, condition, name, value)
        return rail

    def program(self) -> Program:
        """Return the gates, every body before its head."""
        atoms = tuple(self.index)
        gates: dict[Rail, list[Gate]] = {}
        for gate in self.gates:
            gates.setdefault(gate.head, []).append(gate)
        ordered: list[Gate] = []
        seen: set[Rail] = set()
        stack: list[tuple[Rail, bool]] = [(rail, False) for rail in reversed(list(gates))]
        while stack:
            rail, ready = stack.pop()
            if ready:
                ordered.extend(gates.get(rail, ()))
            elif rail not in seen:
                seen.add(rail)
                stack.append((rail, True))
                stack.extend((below, False) for gate in gates.get(rail, ()) for below in gate.body if below not in seen)
        return Program(atoms, tuple(ordered), dict(self.index))


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
