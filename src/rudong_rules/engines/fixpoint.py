"""The semantics.  A rail holds iff it is known, or it heads a gate of whose body at least ``need`` rails hold."""

from __future__ import annotations

from ..program import Program, Rails


def least_model(program: Program, known: Rails) -> Rails:
    """Return the least model.  Every body stands before its head, so one pass over the gates reaches it."""
    model = known
    for head, need, body in program.masks:
        if (model & body).bit_count() >= need:
            model |= head
    return model
