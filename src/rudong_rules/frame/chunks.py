"""Chunks of a file decided: a decider for each set of columns met, and rows that are no case at all as invalid ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from ..policy import Policy
from ..wording import Lang
from .api import PROBLEM, Column
from .decider import Decider
from .files import Chunk


class ChunkDecider:
    """Decides chunk after chunk under one policy; see :class:`~rudong_rules.frame.decider.Decider`."""

    def __init__(
        self, policy: Policy, decisions: Sequence[str], shown: Sequence[Column] = (),
        readings: Mapping[str, str | None] | None = None, as_of: date | None = None, lang: Lang = "en",
    ) -> None:  # fmt: skip
        self._lang = lang
        self._policy, self._decisions, self._shown, self._as_of = policy, decisions, shown, as_of
        self._readings = policy.readings(readings)
        self._deciders: dict[Any, Decider] = {}

    def decide(self, chunk: Chunk) -> pl.DataFrame:
        """Return the columns that are added for the rows of a chunk."""
        kinds = dict(chunk.facts.schema)
        key = tuple(kinds.items()), chunk.encoded
        if key not in self._deciders:
            self._deciders[key] = Decider(
                self._policy,
                kinds,
                self._decisions,
                self._shown,
                self._readings,
                self._as_of,
                chunk.encoded,
                self._lang,
            )
        decided = self._deciders[key].decide(chunk.facts)
        refused = {place: error.text(self._lang) for place, error in chunk.refused.items()}
        return _refused(decided, refused) if refused else decided


def _refused(decided: pl.DataFrame, refused: Mapping[int, str]) -> pl.DataFrame:
    """Return the rows with those that are no case at all as invalid ones."""
    reasons = pl.Series([refused.get(place) for place in range(decided.height)], dtype=pl.String)
    invalid = reasons.is_not_null()
    changed = [
        pl.when(~invalid).then(pl.col(name)).otherwise(pl.lit(_nothing(name, kind), dtype=kind)).alias(name)
        for name, kind in decided.schema.items() if name != PROBLEM
    ]  # fmt: skip
    # A row may have cells that cannot be read and others that say what cannot be.
    both = pl.concat_str(reasons, pl.col(PROBLEM), separator="\n")
    return decided.with_columns(*changed, pl.coalesce(both, reasons, pl.col(PROBLEM)).alias(PROBLEM))


def _nothing(name: str, kind: pl.DataType) -> Any:
    """Return what a column says of an invalid row."""
    if isinstance(kind, pl.List):
        return []
    return "invalid" if name.endswith("_outcome") else "none"
