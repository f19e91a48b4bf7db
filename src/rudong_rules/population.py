"""A population: real cases, one a row, and how many of them an edit of the policy changes.

The file is decided under both policies as columns, chunk by chunk.  This needs the extra ``frame``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .bilingual import say
from .errors import InputError, Problem, Span
from .policy import Policy
from .wording import Lang

if TYPE_CHECKING:
    import polars as pl

    from .frame.files import Chunk

FIRST = 5
"""How many rows of one kind are named."""
REASONS = 100
"""How many reasons for refusing rows are told apart; the rows of all further ones are counted together, under OTHER."""
OTHER = "…"
CONTRADICTED = "contradicted"
"""The outcome of a row whose facts contradict each other."""
ROWS = 1 << 17
"""Rows of one chunk."""


@dataclass(slots=True)
class Shift:
    """How many rows had one outcome and have another now; ``rows`` are the numbers of the first few, from 1.

    ``invalid`` is the outcome of a row that is no case to a policy.
    """

    decision: str
    was: str
    now: str
    count: int = 0
    rows: tuple[int, ...] = ()


@dataclass(slots=True)
class Reject:
    """How many rows a policy refuses for one reason; ``rows`` are the numbers of the first few, from 1."""

    reason: str
    count: int = 0
    rows: tuple[int, ...] = ()


@dataclass(slots=True)
class Clash:
    """How many rows have facts that contradict each other, so that the policy as it is now concludes nothing."""

    decision: str
    count: int = 0
    rows: tuple[int, ...] = ()


@dataclass(slots=True)
class Moves:
    """What an edit does to a population.

    ``shifts`` stand by decision, most rows first; ``rejects`` count once each row that is no case to a policy, and
    ``contradicted`` each row that has one of the ``clashes``, of which every decision has its own.
    """

    rows: int = 0
    shifts: list[Shift] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    contradicted: int = 0

    @property
    def rejected(self) -> int:
        """How many rows are no cases to one policy or both."""
        return sum(one.count for one in self.rejects)


def moves(
    base: Policy, head: Policy, path: Path, decisions: Sequence[str], keep: Sequence[str] = (), rows: int = ROWS,
    lang: Lang = "en",
) -> Moves:  # fmt: skip
    """Return how many rows of a file (CSV with a header, Parquet, JSON lines) change, so many ``rows`` at a time.

    A fact that only one policy knows is no fact to the other; the columns in ``keep`` are read by neither.  Rows that
    cannot be decided are told of every decision, also of those that need no comparing: those that are no cases, with
    the reason in a language, and those whose facts contradict each other.

    Raises CaseError with every column that no policy knows, InputError for a file that cannot be read or has no row,
    FrameUnavailableError without the extra ``frame``.
    """
    from .frame.api import need_packages

    need_packages()
    from .frame.chunks import ChunkDecider

    every = tuple(name for name, question in head.questions.items() if question.rungs)
    # Whether a row is a case does not depend on what is decided of it.
    was = ChunkDecider(base, decisions or tuple(base.questions)[:1], lang=lang)
    now = ChunkDecider(head, every or tuple(head.questions)[:1], lang=lang)
    tally = _Tally(decisions, every)
    for old, new in _read(base, head, path, tuple(keep), rows):
        tally.add(was.decide(old), now.decide(new))
    if not tally.rows:
        raise InputError([Problem(Span(str(path)), "empty", say("no_row"), say("case_a_line"))])
    return tally.moves()


class _Tally:
    """Counts what becomes of rows, chunk by chunk: moves of ``decisions``, clashes of ``every`` decision."""

    def __init__(self, decisions: Sequence[str], every: Sequence[str]) -> None:
        self.rows = self.contradicted = 0
        self._decisions, self._every = decisions, every
        self._shifts: dict[tuple[str, str, str], Shift] = {}
        self._rejects: dict[str, Reject] = {}
        self._clashes: dict[str, Clash] = {}

    def add(self, before: pl.DataFrame, after: pl.DataFrame) -> None:
        """Count the rows of a chunk as they were and are decided."""
        self._add_shifts(before, after)
        self._add_clashes(after)
        self._add_rejects(before, after)
        self.rows += after.height

    def _add_shifts(self, before: pl.DataFrame, after: pl.DataFrame) -> None:
        import polars as pl

        for name in self._decisions:
            outcomes = [one[f"{name}_outcome"].cast(pl.String).alias(nth) for one, nth in ((before, "a"), (after, "b"))]
            pair = _numbered(self.rows, outcomes).filter(pl.col("a") != pl.col("b"))
            for (one, other), count, places in _counted(pair, ["a", "b"]):
                _add(self._shifts.setdefault((name, one, other), Shift(name, one, other)), count, places)

    def _add_clashes(self, after: pl.DataFrame) -> None:
        import polars as pl

        clashing = after.select(pl.col(f"{name}_outcome").cast(pl.String) == CONTRADICTED for name in self._every)
        for name in self._every:
            numbers = _numbered(self.rows, [clashing[f"{name}_outcome"].alias("clash")]).filter("clash")["row"]
            if len(numbers):
                _add(self._clashes.setdefault(name, Clash(name)), len(numbers), tuple(numbers.head(FIRST)))
        self.contradicted += clashing.select(pl.any_horizontal(pl.all()).sum()).item() if self._every else 0

    def _add_rejects(self, before: pl.DataFrame, after: pl.DataFrame) -> None:
        import polars as pl

        from .frame.api import PROBLEM

        problems = [after[PROBLEM].alias("now"), before[PROBLEM].alias("was")]
        refused = _numbered(self.rows, problems).with_columns(pl.coalesce("now", "was").alias("why")).drop_nulls("why")
        for (why,), count, places in _counted(refused, ["why"]):
            reason = why if why in self._rejects or len(self._rejects) < REASONS else OTHER
            _add(self._rejects.setdefault(reason, Reject(reason)), count, places)

    def moves(self) -> Moves:
        """Return what was counted."""
        order = {name: place for place, name in enumerate(self._decisions)}
        return Moves(
            self.rows,
            sorted(self._shifts.values(), key=lambda one: (order[one.decision], -one.count, one.was, one.now)),
            sorted(self._rejects.values(), key=lambda one: (-one.count, one.reason)),
            [self._clashes[name] for name in self._every if name in self._clashes],
            self.contradicted,
        )


def _read(
    base: Policy, head: Policy, path: Path, keep: tuple[str, ...], rows: int
) -> Iterator[tuple[Chunk, Chunk]]:  # fmt: skip
    """Yield chunks as each policy reads them; where both know the same facts, the file is read once."""
    from .frame.files import chunks, names_in

    if base.rules.vocabulary == head.rules.vocabulary:
        yield from ((chunk, chunk) for chunk in chunks(path, head, keep, 0, rows))
        return
    named = names_in(path)
    sides = []
    for policy, other in ((base, head), (head, base)):
        foreign = other.reader.names.keys() - policy.reader.names.keys() - set(keep)
        unread = sorted(foreign if named is None else foreign & set(named))
        sides.append(chunks(path, policy, (*keep, *unread), 0, rows))
    yield from zip(*sides, strict=True)


def _numbered(before: int, columns: Sequence[pl.Series]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(columns).with_row_index("row", offset=before + 1)


def _counted(rows: pl.DataFrame, by: list[str]) -> Iterator[tuple[tuple[str, ...], int, tuple[int, ...]]]:
    """Yield each distinct value with how many rows have it and the first of them."""
    import polars as pl

    for *value, count, places in rows.group_by(by, maintain_order=True).agg(pl.len(), pl.col("row").head(FIRST)).rows():
        yield tuple(value), count, tuple(places)


def _add(kind: Shift | Reject | Clash, count: int, places: tuple[int, ...]) -> None:
    kind.count += count
    kind.rows = (*kind.rows, *places)[:FIRST]
