"""The command ``rudong-rules``.

Exit codes: 0 done, 1 found something, 2 bad input, with every problem on standard error.
"""

from . import batch, clauses, decide, schema
from .app import main

__all__ = ["batch", "clauses", "decide", "main", "schema"]
