"""One batch of rows in, the same rows with what was decided out: the heart of :func:`~rudong_rules.frame.decide_frame`.

Outcomes, citations and cautions are columns from beginning to end.  What is not is looked up once for each distinct
value: the list that a pattern of cited rails or of cautions comes to, and, by the ordinary engine, the facts missing
from an undetermined case and the notes on what is listed or has a source.  What is contradicted says nothing; rows
that then have no outcome, and invalid ones, are decided one by one by the ordinary engine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import polars as pl

from ..errors import CaseError
from ..policy import Policy
from ..program import members, reading_rails, true_rail
from ..verdict import Verdict
from ..wording import Lang, pick
from .api import PROBLEM, Column
from .as_case import decoded
from .bits import bits_of, columns_of, columns_with, words_for
from .circuit import ALWAYS, Circuit
from .gates import Sheet
from .known import INVALID, Known
from .ladders import Cautions, Citations, Ladder, ladder_of

DENIED = "denied row"
"""The column that says which rows say, or imply, one thing and another."""
_MODALITIES = pl.Enum(["shall", "may", "must_not", "none"])
_PIECE = 1 << 18
"""Rows that are worked on at a time where more is made of them than bits: lists, or texts of what is read together."""
_BITS = 1 << 24
"""Rows that are worked on at a time where nothing else is."""
_MEMO = 200_000
_LISTS: dict[Column, Callable[[Verdict, Lang], list[str]]] = {
    "cites": lambda verdict, _: list(verdict.cited),
    "missing": lambda verdict, _: [fact.name for fact in verdict.missing],
    "cautions": lambda verdict, _: [caution.name for caution in verdict.cautions],
    "notes": lambda verdict, lang: [pick(note.label, note.en, lang) for note in verdict.notes],
}
"""The columns of lists, in their order, and what each says of a single verdict."""


class Decider:
    """Decides batches of rows whose columns are facts by id.

    ``columns`` maps each fact to the type of its column; ``shown`` says what to add beside the outcome; ``encoded``
    are the facts whose cells are JSON text, ``lang`` the language of problems and notes.
    """

    def __init__(
        self, policy: Policy, columns: Mapping[str, pl.DataType], decisions: Sequence[str], shown: Sequence[Column],
        readings: Mapping[str, str | None], as_of: date | None, encoded: frozenset[str] = frozenset(),
        lang: Lang = "en",
    ) -> None:  # fmt: skip
        self._policy, self._as_of, self._encoded, self._shown = policy, as_of, encoded, tuple(shown)
        self._readings, self._lang = readings, lang
        index = policy.program.index
        self._ladders = [ladder_of(policy.questions[name], index) for name in decisions]
        roots = [root for ladder in self._ladders for root in ladder.goals]
        warned = [name for ladder in self._ladders for name in ladder.question.cautions if "cautions" in self._shown]
        roots += [true_rail(index[name]) for name in warned]
        program = policy.program.slice([rail for root in roots for rail in (root, root ^ 1)])
        facts = {name: kind for name, kind in columns.items() if kind != pl.Null}
        circuit = Circuit()
        self._known = Known(policy, program, facts, as_of, circuit, encoded)
        fixed = reading_rails(program.index, policy.rules.readings, readings)
        sheet = Sheet(program, self._known.rails | dict.fromkeys(members(fixed), ALWAYS), circuit)
        listing: dict[Column, type[Citations | Cautions]] = {"cites": Citations, "cautions": Cautions}
        self._lists = {
            f"{ladder.name}_{name}": listing[name](ladder, sheet)
            for ladder in self._ladders for name in self._shown if name in listing
        }  # fmt: skip
        rows = {DENIED: self._known.denied}
        for ladder in self._ladders:
            rows |= {row: sheet.held[rail] for row, rail in zip(ladder.rows, ladder.rungs, strict=True)}
        for listed in self._lists.values():
            rows |= listed.rows
        self._rows, self._plan = tuple(rows), circuit.plan(list(rows.values()))
        self._found: dict[tuple[str, Column, str], list[str]] = {}
        self._behind = {
            ladder.name: [name for name in dict.fromkeys((*ladder.facts, "as_of")) if name in facts]
            for ladder in self._ladders
        }
        self._sourced = [name for name, kind in facts.items() if name in encoded or kind.is_nested()]

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """The columns that are added, with their types."""
        found: dict[str, Any] = {}
        for ladder in self._ladders:
            found[f"{ladder.name}_outcome"] = ladder.kind
            if "modality" in self._shown:
                found[f"{ladder.name}_modality"] = _MODALITIES
            for name in _LISTS:
                if name in self._shown:
                    told = self._lists.get(column := f"{ladder.name}_{name}")
                    found[column] = pl.List(told.kind if told else pl.String)
        return {PROBLEM: pl.String(), **found}

    def decide(self, facts: pl.DataFrame) -> pl.DataFrame:
        """Return the columns of ``schema`` for a frame of facts, row by row."""
        rows = _PIECE if self._shown or self._known.has_groups else _BITS
        if facts.height <= rows:
            return self._decide(facts)
        return pl.concat([self._decide(facts.slice(start, rows)) for start in range(0, facts.height, rows)])

    def _decide(self, facts: pl.DataFrame) -> pl.DataFrame:
        known = self._known.read(facts, columns_of(self._plan.inputs))
        held = self._plan.run(bits_of(known.drop(INVALID)), words_for(facts.height))
        frame = columns_with(dict(zip(self._rows, held, strict=True)), facts.height)
        frame = frame.with_columns(known[INVALID], *(one.outcome.alias(f"{one.name}_outcome") for one in self._ladders))
        outputs = [pl.col(INVALID), pl.col(DENIED), *(pl.col(f"{one.name}_outcome") for one in self._ladders)]
        outputs += [word for listed in self._lists.values() for word in listed.patterns.words]
        codes = frame.select(outputs)
        found: dict[str, pl.Series] = {}
        for ladder in self._ladders:
            found[f"{ladder.name}_outcome"] = outcome = codes[f"{ladder.name}_outcome"]
            code = outcome.to_physical()
            if "modality" in self._shown:
                found[f"{ladder.name}_modality"] = pl.Series(ladder.modalities, dtype=_MODALITIES).gather(code)
            for name in _LISTS:
                if name in self._shown:
                    told = self._lists.get(column := f"{ladder.name}_{name}")
                    found[column] = told.patterns.lists(codes) if told else self._searched(name, ladder, facts, code)
        result = pl.DataFrame(found).select(pl.lit(None, dtype=pl.String).alias(PROBLEM), pl.all())
        hard = [
            codes[INVALID] | (codes[DENIED] & (found[f"{one.name}_outcome"] == one.states[0]))
            if one.rungs else codes[INVALID]
            for one in self._ladders
        ]  # fmt: skip
        return self._overlaid(result, facts, hard) if any(one.any() for one in hard) else result

    # --- rows that are decided one by one ----------------------------------------------------------------------------

    def _overlaid(self, result: pl.DataFrame, facts: pl.DataFrame, hard: list[pl.Series]) -> pl.DataFrame:
        """Return the result with the rows that are hard for a decision decided by the ordinary engine."""
        some = reduce(or_, hard)
        place = pl.DataFrame({"place": some.arg_true()})
        hard_rows = zip(
            result.filter(some).iter_rows(named=True),
            facts.filter(some).iter_rows(named=True),
            *(one.filter(some) for one in hard),
            strict=True,
        )
        rows = [
            was | self._one(row, [ladder for ladder, is_hard in zip(self._ladders, those, strict=True) if is_hard])
            for was, row, *those in hard_rows
        ]
        decided = place.hstack(pl.DataFrame(rows, schema=self.schema, orient="row"))
        easy = result.with_row_index("place").filter(~some)
        return pl.concat([easy, decided.select(easy.columns)]).sort("place").drop("place")

    def _one(self, row: Mapping[str, Any], ladders: Sequence[Ladder]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for ladder in ladders:
            try:
                verdict = self._policy.decide(
                    decoded(row, self._encoded), ladder.name, as_of=self._as_of, readings=self._readings
                )
            except CaseError as error:
                found |= {f"{ladder.name}_outcome": "invalid", PROBLEM: error.text(self._lang)}
                if "modality" in self._shown:
                    found[f"{ladder.name}_modality"] = "none"
                found |= {f"{ladder.name}_{name}": [] for name in _LISTS if name in self._shown}
                continue
            found[f"{ladder.name}_outcome"] = verdict.outcome or verdict.status
            if "modality" in self._shown:
                found[f"{ladder.name}_modality"] = verdict.modality
            found |= {
                f"{ladder.name}_{name}": say(verdict, self._lang) for name, say in _LISTS.items() if name in self._shown
            }
        return found

    # --- what is searched for ----------------------------------------------------------------------------------------

    def _searched(self, column: Column, ladder: Ladder, facts: pl.DataFrame, code: pl.Series) -> pl.Series:
        """Return the missing facts of undetermined rows, or notes: by the ordinary engine, once for each pattern.

        Nothing is noted of a row that is decided and has neither a list nor a source.
        """
        columns = self._behind[ladder.name]
        asked = [code == 0] if ladder.rungs else []
        if column == "notes":
            asked += [facts[name].is_not_null() for name in columns if name in self._sourced]
        if not asked:
            return pl.Series([[]], dtype=pl.List(pl.String)).new_from_index(0, len(code))
        text = pl.struct(columns).struct.json_encode() if columns else pl.lit("{}")
        texts = facts.select(pl.when(reduce(or_, asked)).then(text)).to_series()
        distinct = texts.unique()
        lists = [self._search(column, ladder.name, one) for one in distinct]
        table = pl.DataFrame({"text": distinct, "found": lists}, schema_overrides={"found": pl.List(pl.String)})
        return pl.DataFrame({"text": texts}).join(
            table, on="text", how="left", nulls_equal=True, maintain_order="left"
        )["found"]

    def _search(self, column: Column, decision: str, text: str | None) -> list[str]:
        if text is None:
            return []
        key = (decision, column, text)
        if key not in self._found:
            if len(self._found) >= _MEMO:
                self._found.clear()
            case = decoded(json.loads(text), self._encoded)
            try:
                verdict = self._policy.decide(case, decision, as_of=self._as_of, readings=self._readings)
            except CaseError:  # An invalid row, which is overlaid.
                self._found[key] = []
            else:
                self._found[key] = _LISTS[column](verdict, self._lang)
        return self._found[key]
