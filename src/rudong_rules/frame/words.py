"""What is decided of rows, in words for people: headings, outcomes and facts by label, clauses as they are cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from ..policy import Policy
from ..wording import Lang, colon, pick, status_word, word

_COLUMNS = {
    "outcome": "part_outcome",
    "modality": "column_modality",
    "cites": "column_cites",
    "missing": "column_missing",
    "cautions": "column_cautions",
    "notes": "column_notes",
}
_BETWEEN = {"zh": "；", "en": "; "}


def state_in_words(policy: Policy, decision: str, state: str, lang: Lang) -> str:
    """Return what an outcome of a decision is called, or the state of a row that has none."""
    rung = policy.rules.decisions[decision].ladder.get(state)
    return pick(rung.label, rung.en, lang) if rung else status_word(state, lang)


def cautions_in_words(policy: Policy, names: Iterable[str], lang: Lang) -> dict[str, str]:
    """Return what cautions are called, with the id where another one is called the same."""
    every = [name for name, one in policy.rules.conclusions.items() if one.caution]
    told = {name: policy.glossary.describe(name) for name in dict.fromkeys((*every, *names))}
    labels = {name: pick(one.label, one.en, lang) for name, one in told.items()}
    often = Counter(labels.values())
    return {name: f"{labels[name]}〔{name}〕" if often[labels[name]] > 1 else labels[name] for name in names}


class DecidedWords:
    """Puts the columns of some decisions, as a decider adds them, into a language."""

    def __init__(self, policy: Policy, decisions: Sequence[str], lang: Lang) -> None:
        self._policy, self._lang = policy, lang
        named = {name: self._label(policy.rules.decisions[name]) for name in decisions}
        several = [label for label in named.values() if list(named.values()).count(label) > 1]
        titles = {name: f"{label}〔{name}〕" if label in several else label for name, label in named.items()}
        self._columns = {f"{name}_{column}": (name, column) for name in decisions for column in _COLUMNS}
        self._headings = {
            name: f"{titles[decision]}{colon(lang)}{word(_COLUMNS[column], lang)}"
            for name, (decision, column) in self._columns.items()
        } | {"row": word("row_number", lang)}

    def heading(self, name: str) -> str:
        """Return what a column is called; one that is passed on keeps its name."""
        return self._headings.get(name, name)

    def table(self, decided: pl.DataFrame) -> pl.DataFrame:
        """Return the columns that were decided with their values in words, lists as one text."""
        return decided.with_columns(self._told(decided[name]) for name in decided.columns if name in self._columns)

    def _told(self, cells: pl.Series) -> pl.Series:
        decision, column = self._columns[cells.name]
        if isinstance(cells.dtype, pl.List):
            values = cells.cast(pl.List(pl.String))
            named = self._named(values.explode().unique().drop_nulls(), decision, column)
            told = pl.element().replace_strict(named, default=None, return_dtype=pl.String)
            return values.list.eval(told).list.join(_BETWEEN[self._lang])
        values = cells.cast(pl.String)
        return values.replace_strict(self._named(values.unique(), decision, column), return_dtype=pl.String)

    def _named(self, values: pl.Series, decision: str, column: str) -> Mapping[str, str]:
        glossary = self._policy.glossary
        reads: dict[str, Callable[[str], str]] = {
            "outcome": lambda one: state_in_words(self._policy, decision, one, self._lang),
            "modality": lambda one: word(one, self._lang),
            "cites": lambda one: glossary.citation(one).short,
            "missing": lambda one: self._label(glossary.facts[one]),
            "notes": lambda one: one,
            "cautions": lambda one: cautions_in_words(self._policy, [one], self._lang)[one],
        }
        return {one: reads[column](one) for one in values}

    def _label(self, named: Any) -> str:
        return pick(named.label, named.en, self._lang)
