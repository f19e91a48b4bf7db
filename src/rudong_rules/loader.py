"""Policy folders → a checked rule set and its program, with every problem of all files at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import corpus, expressions
from .compiler import CycleError, compile_rules, names_in
from .errors import PolicyError, Span
from .linker import link
from .parts import Parts, read_parts
from .program import Program
from .ruleset import RegulationFile, RuleSet, Test

MAX_LEVELS = 200
"""How deep conclusions may be nested; the regulations need 20."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The regulations with their headers, the rule set and the program of a set of policy folders."""

    regulations: dict[str, corpus.Regulation]
    headers: dict[str, RegulationFile]
    rules: RuleSet
    program: Program


def load_rules(root: Path) -> Loaded:
    """Return what the policy folders under ``root`` say.  Raises PolicyError with every problem found.

    Names are checked once every file fits its schema, and use once every name is known: a problem is reported where
    it is made, not once more where it shows.
    """
    parts = read_parts(root)
    _refuse(parts)
    rules = link(parts)
    _refuse(parts)
    try:
        program = compile_rules(rules)
    except CycleError as error:
        _report_cycle(parts, error.cycle)
        raise PolicyError(parts.problems) from None
    _check_use(parts, rules)
    _check_depth(parts, program)
    for regulation in parts.regulations.values():
        _account(parts, regulation, rules)
    _refuse(parts)
    return Loaded(parts.regulations, parts.headers, rules, program)


def _refuse(parts: Parts) -> None:
    if parts.problems:
        raise PolicyError(parts.problems)


def _report_cycle(parts: Parts, cycle: list[str]) -> None:
    origin = next((parts.origins[f"name:{name}"] for name in cycle if f"name:{name}" in parts.origins), None)
    span = origin.span if origin else Span(str(parts.root))
    message = f"conclusions depend on each other: {' → '.join(cycle)}"
    parts.problem(span, "cycle", message, "let one of them rest on facts alone")


def _check_depth(parts: Parts, program: Program) -> None:
    """Report the first conclusion that rests on others so deep that its derivation could not be shown."""
    depth: dict[int, int] = {}
    for gate in program.gates:
        level = 1 + max((depth.get(rail, 0) for rail in gate.body), default=0)
        depth[gate.head] = max(depth.get(gate.head, 0), level)
        if level > MAX_LEVELS:
            name = program.atoms[gate.head >> 1].partition("#")[0]
            span = parts.origins[f"name:{name}"].span if f"name:{name}" in parts.origins else Span(str(parts.root))
            message = f"{name!r} rests on conclusions nested more than {MAX_LEVELS} deep"
            parts.problem(span, "too-deep", message, "let it rest on facts more directly")
            return


def _check_use(parts: Parts, rules: RuleSet) -> None:
    """Report everything that no verdict can ever show: no condition, profile or decision names it."""
    named = {name for condition in rules.conditions.values() for name in names_in(condition)}
    used = named | {name.removeprefix("reading:").partition("=")[0] for name in named}
    used |= {name for decision in rules.decisions.values() for name in decision.profile}
    used |= _read_by_measures(rules, [rules.tests[name] for name in named & set(rules.tests)])
    for section in ("findings", "scalars", "records", "readings"):
        for name in parts.section(section):
            if name not in used:
                _unused(parts, section, name)
    for name in rules.conclusions:
        if name not in used:
            _unused(parts, "rules" if name in rules.rules else "conclusions", name)
    listed = {f"duties:{name.split(':')[1]}" for name in named if name.startswith("duty:")}
    for decision in rules.decisions.values():
        listed |= {f"{section}:{name}" for section in ("duties", "periods") for name in getattr(decision, section)}
        listed.add(f"groups:{decision.group}")
    for section in ("duties", "periods", "groups"):
        for name in parts.section(section):
            if f"{section}:{name}" not in listed:
                _unused(parts, section, name)


def _read_by_measures(rules: RuleSet, tests: list[Test]) -> set[str]:
    """Return the names of the facts that questions about measures, and periods, read; and the periods' readings."""
    defined = {name: measure.value for name, measure in rules.vocabulary.measures.items()}
    sides = [side for test in tests for side in (test.left, test.right)]
    sides += [{"count": {"of": period.of, "where": period.where}} for period in rules.periods.values()]
    found = {name for expression in sides for name in expressions.inputs(expression, defined)}
    ends = [end for period in rules.periods.values() for end in (period.first, period.last)]
    while ends:
        end = ends.pop()
        if isinstance(end, dict):
            found |= set(end["by_reading"])
            ends += [inner for options in end["by_reading"].values() for inner in options.values()]
    return found


def _unused(parts: Parts, section: str, name: str) -> None:
    what = {"rules": "conclusion", "duties": "duty"}.get(section, section[:-1])
    message = f"{what} {name!r} is used nowhere"
    parts.problem(parts.origins[f"{section}:{name}"].span, f"unused-{what}", message, "use it or delete it")


def _account(parts: Parts, regulation: corpus.Regulation, rules: RuleSet) -> None:
    """Report each leaf clause that is neither cited by something executable nor listed as not encoded, or is both.

    A regulation of which nothing is encoded yet is not held to account.
    """
    encoded = encoding_of(rules)
    prefix = f"{regulation.id}:"
    embodied = [ref for ref, keys in encoded.items() if any(not key.startswith("regulation:") for key in keys)]
    if not any(ref.startswith(prefix) for ref in (*embodied, *rules.not_encoded)):
        return
    for clause in regulation.clauses:
        entry: Any = rules.not_encoded.get(clause.ref)
        if clause.leaf and clause.id != "title" and clause.ref not in encoded and entry is None:
            message = f"{clause.citation} is neither cited nor listed as not encoded"
            span = Span(f"{regulation.id}/regulation.txt", regulation.text.count("\n", 0, clause.start) + 1, 1)
            parts.problem(span, "unaccounted", message, "cite it, or list it in not_encoded.yaml")
        if entry is not None and clause.ref in encoded and not entry.quote:
            message = f"{clause.label} is cited by something executable and listed as not encoded"
            span = parts.origins[f"not_encoded:{clause.ref}"].span
            parts.problem(span, "encoded-and-not", message, "quote the part that is not encoded")


def encoding_of(rules: RuleSet) -> dict[str, list[str]]:
    """Return, for each clause reference, what embodies it: ``findings:gain_self``, ``rules:condition_2``, ….

    A clause that only a reading interprets, or that only names who interprets the regulation, counts as embodied too.
    """
    found: dict[str, list[str]] = {}
    for key, refs in rules.clauses.items():
        if not key.startswith("not_encoded:"):
            for ref in refs:
                found.setdefault(ref, []).append(key)
    return found
