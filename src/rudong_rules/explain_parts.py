"""The parts that every explanation has: the verdict that it explains, and the clauses that it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .case_model import CaseBase
from .explain_data import Node, every_node
from .verdict import Verdict
from .verdict_data import Citation, Possible

Case = CaseBase | Mapping[str, Any]
Readings = Mapping[str, str | None] | None


def header(verdict: Verdict) -> dict[str, Any]:
    """Return what every explanation says of the verdict that it explains."""
    words = verdict.question.decision
    return {
        "decision": verdict.decision, "label": words.label, "en": words.en, "title": verdict.given.title,
        "as_of": verdict.as_of, "status": verdict.status,
        "outcome": verdict.question.possible(verdict.outcome) if verdict.outcome else None,
        "contradictions": verdict.contradictions, "notes": verdict.notes,
    }  # fmt: skip


def not_ruled_out(verdict: Verdict) -> tuple[Possible, ...]:
    """Return the outcomes that are not ruled out while there is none."""
    return tuple(map(verdict.question.possible, verdict.possible)) if verdict.outcome is None else ()


def citations(verdict: Verdict, nodes: Iterable[Node], more: Iterable[str] = ()) -> tuple[Citation, ...]:
    """Return each clause that some trees name, with its text, once."""
    refs = (name.ref for node in every_node(nodes) for name in node.clauses)
    return tuple(verdict.question.glossary.citation(ref) for ref in dict.fromkeys((*refs, *more)))
