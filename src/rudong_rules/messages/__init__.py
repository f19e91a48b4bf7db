"""The catalogue of what is said of inputs: every message and hint, in Chinese and in English side by side.

Each file holds the messages of one kind of input by key; whoever wants one looks it up here, wherever it stands.
"""

from __future__ import annotations

from . import cases, commands, common, files, measures, policies, proofs, records, tables

KINDS = (common, files, cases, policies, measures, commands, tables, records, proofs)
"""The files; no key stands in two of them."""
MESSAGES: dict[str, tuple[str, str]] = {key: both for kind in KINDS for key, both in kind.MESSAGES.items()}
