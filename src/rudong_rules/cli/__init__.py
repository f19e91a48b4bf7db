"""The command ``rudong-rules``.

Exit codes: 0 done, 1 found something, 2 bad input, with every problem on standard error.
"""

from . import ask, batch, check, clauses, decide, diff, explain, facts, readings, record, replay, schema, test
from .app import main

__all__ = [
    "ask",
    "batch",
    "check",
    "clauses",
    "decide",
    "diff",
    "explain",
    "facts",
    "main",
    "readings",
    "record",
    "replay",
    "schema",
    "test",
]
