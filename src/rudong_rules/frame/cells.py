"""The cells of one column of CSV as values: as people type them, and lists and sources on one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ..as_typed import meant, within
from ..bilingual import say
from ..errors import InputError
from ..policy import Policy
from ..source import parse_document


@dataclass(frozen=True)
class Cells:
    """The cells of a fact in its type, or where they are ``encoded`` as JSON text.

    ``refused`` says by place of those that cannot be read what is wrong with them; they are null.
    """

    values: pl.Series
    encoded: bool
    refused: Mapping[int, InputError] = field(default_factory=dict)


def read_cells(policy: Policy, fact: str, column: str, cells: pl.Series) -> Cells:
    """Return what the cells of a column, which gives a fact, say."""
    if fact == "title":
        return Cells(cells, False)
    vocabulary = policy.rules.vocabulary
    thing = None if fact == "as_of" else policy.glossary.facts[fact]
    scalar = vocabulary.scalars.get(fact)
    kind = scalar.type if scalar is not None else ""
    structured = fact in vocabulary.findings or fact in vocabulary.records or kind == "choice"
    words: dict[str, Any] = {}
    wrong: dict[str, InputError] = {}
    bracketed = False
    for word in cells.unique().drop_nulls():
        if structured and word.lstrip()[:1] in ("{", "["):
            bracketed = True
            try:
                words[word] = json.dumps(
                    within(_structure(word, say("column", name=column)), thing), ensure_ascii=False
                )
            except InputError as error:
                words[word], wrong[word] = None, error
        else:
            words[word] = meant(word, thing)
    refused = {place: wrong[word] for place, word in enumerate(cells) if word in wrong} if wrong else {}
    if fact in vocabulary.findings:
        if all(isinstance(value, bool) or value is None for value in words.values()):
            return Cells(cells.replace_strict(words, default=None, return_dtype=pl.Boolean), False, refused)
        words = {word: str(value).lower() if isinstance(value, bool) else value for word, value in words.items()}
    words = {word: str(value) if isinstance(value, int) else value for word, value in words.items()}
    values = cells.replace_strict(words, default=None, return_dtype=pl.String)
    encoded = bracketed if kind == "choice" else fact not in ("as_of",) and kind in ("", "int")
    return Cells(values, encoded, refused)


def _structure(text: str, place: str) -> Any:
    """Return what stands in brackets: JSON, or YAML on one line.  Raises InputError."""
    try:
        return json.loads(text, object_pairs_hook=distinct, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        # What is no JSON is read, or told, by the reader of cases, which takes longer.
        return parse_document(text, place).data


def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return what stands between braces in JSON.  Raises ValueError for a key that stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(say("json_key_twice"))
    return found
