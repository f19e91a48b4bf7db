"""Policy folders → a checked rule set and its program, with every problem of all files at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import corpus
from .bilingual import say
from .compiler import CycleError, compile_rules
from .entry_names import write_out
from .errors import PolicyError, Span
from .linker import link
from .parts import Origin, Parts, read_parts
from .program import Program
from .ruleset import RegulationFile, RuleSet
from .usage import check_use

_OF_CLAUSES = ("unknown-clause", "not-in-text", "clause-twice", "text-changed")
"""What is wrong with citations alone: names are looked up all the same."""
MAX_LEVELS = 200
"""How deep conclusions may be nested; the regulations need 20."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The regulations with their headers, the rule set and the program of a set of policy folders.

    ``origins`` says where each part stands, by ``section:id``.
    """

    regulations: dict[str, corpus.Regulation]
    headers: dict[str, RegulationFile]
    rules: RuleSet
    program: Program
    origins: dict[str, Origin]

    def places(self) -> dict[str, Span]:
        """Return the place of each part by ``section:id``, and of each outcome by ``outcome:decision=id``."""
        found = {key: origin.span for key, origin in self.origins.items()}
        for name, decision in self.rules.decisions.items():
            origin = self.origins[f"decisions:{name}"]
            for rung in decision.ladder:
                found[f"outcome:{name}={rung}"] = origin.document.key_span((*origin.loc, "ladder", rung))
        return found


def load_rules(root: Path) -> Loaded:
    """Return what the policy folders under ``root`` say.  Raises PolicyError with every problem found.

    Names are checked once every file fits its schema, and use once every name and clause is known: a problem is
    reported where it is made, not once more where it shows.
    """
    parts = read_parts(root)
    if any(problem.code not in _OF_CLAUSES for problem in parts.problems):
        _refuse(parts)
    write_out(parts)
    rules = link(parts)
    _refuse(parts)
    try:
        program = compile_rules(rules)
    except CycleError as error:
        _report_cycle(parts, error.cycle)
        raise PolicyError(parts.problems) from None
    check_use(parts, rules)
    _check_depth(parts, program)
    encoded = encoding_of(rules)
    for regulation in parts.regulations.values():
        _account(parts, regulation, rules, encoded)
    _refuse(parts)
    return Loaded(parts.regulations, parts.headers, rules, program, parts.origins)


def _refuse(parts: Parts) -> None:
    if parts.problems:
        raise PolicyError(parts.problems)


def _report_cycle(parts: Parts, cycle: list[str]) -> None:
    origin = next((parts.origins[f"name:{name}"] for name in cycle if f"name:{name}" in parts.origins), None)
    span = origin.span if origin else Span(str(parts.root))
    parts.problem(span, "cycle", say("cycle", path=" → ".join(cycle)), say("rest_on_facts"))


def _check_depth(parts: Parts, program: Program) -> None:
    """Report the first conclusion that rests on others so deep that its derivation could not be shown."""
    levels = [0] * (2 * len(program.atoms))
    for head, _, body in program.gates:
        levels[head] = level = 1 + max([levels[rail] for rail in body], default=0)
        if level > MAX_LEVELS:
            name = program.atoms[head >> 1].partition("#")[0]
            span = parts.origins[f"name:{name}"].span if f"name:{name}" in parts.origins else Span(str(parts.root))
            message = say("rests_too_deep", name=name, most=MAX_LEVELS)
            parts.problem(span, "too-deep", message, say("rest_directly"))
            return


def _account(parts: Parts, regulation: corpus.Regulation, rules: RuleSet, encoded: dict[str, list[str]]) -> None:
    """Report each leaf clause that is neither cited by something executable nor listed as not encoded, or is both.

    A regulation of which nothing is encoded yet is not held to account.
    """
    prefix = f"{regulation.id}:"
    embodied = [ref for ref, keys in encoded.items() if any(not key.startswith("regulation:") for key in keys)]
    if not any(ref.startswith(prefix) for ref in (*embodied, *rules.not_encoded)):
        return
    for clause in regulation.clauses:
        entry: Any = rules.not_encoded.get(clause.ref)
        if clause.leaf and clause.ref not in encoded and entry is None:
            untold = say("unaccounted", clause=clause.citation)
            span = Span(f"{regulation.id}/regulation.txt", regulation.line(clause), 1)
            parts.problem(span, "unaccounted", untold, say("cite_or_list"))
        if entry is not None and clause.ref in encoded and not entry.quote:
            span = parts.origins[f"not_encoded:{clause.ref}"].span
            parts.problem(span, "encoded-and-not", say("encoded_and_not", clause=clause.label), say("quote_rest"))


def encoding_of(rules: RuleSet) -> dict[str, list[str]]:
    """Return, for each clause reference, what embodies it: ``findings:gain_self``, ``rules:condition_2``, ….

    A clause that only a reading interprets, or that only names who interprets the regulation, counts as embodied too;
    one that only a check cites does not.
    """
    found: dict[str, list[str]] = {}
    for key, refs in rules.clauses.items():
        if not key.startswith(("not_encoded:", "acts:")):
            for ref in refs:
                found.setdefault(ref, []).append(key)
    return found
