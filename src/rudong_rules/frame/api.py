"""The way in: frames of any kind, what is wrong with them, and long tables as records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ..bilingual import say
from ..errors import CaseError, NotInstalledError, Problem, Span, Wrong
from ..given import day_asked
from ..policy import Policy
from ..wording import word

if TYPE_CHECKING:
    import polars as pl

Column = Literal["modality", "cites", "missing", "cautions", "notes"]
SHOWN: Mapping[Column, str] = {
    name: word(f"column_{name}", "zh") for name in ("modality", "cites", "missing", "cautions", "notes")
}
"""The columns that may be added, each with its Chinese name, by which it may be asked for as well."""
PROBLEM = "problem"
"""The column that says why a row is invalid."""


class FrameUnavailableError(NotInstalledError):
    """Frames need packages that are not installed; the message says which."""


def decide_frame(
    policy: Policy,
    frame: Any,
    decisions: str | Sequence[str] | None = None,
    *,
    show: Column | Iterable[Column] = (),
    readings: Mapping[str, str | None] | None = None,
    as_of: date | str | None = None,
    keep: str | Iterable[str] = (),
) -> Any:
    """Return the frame, of the same kind, with what ``policy.decide`` says of each row; lazy frames stay lazy.

    A lazy polars frame that is streamed is decided batch by batch, some 20 ms each with all decisions and lists: one of
    small row groups is better collected in memory.

    Each column gives a fact, by id or Chinese label, null where it is not known: findings are Boolean, choices text,
    numbers whole, fractions text (``1/3``), records lists of structs, or structs of ``complete`` and ``entries``;
    ``title`` and ``as_of`` as in a case; findings and choices may also be structs, or lists of them, with their source.
    Columns in ``keep`` (a number of the person) are passed on unread.  A single name may stand alone.

    Added are ``problem``, which says why a row is invalid, null for all others, and for each of ``decisions`` (all by
    default) ``{decision}_outcome``: the id of the outcome, or ``undetermined``, ``contradicted``, ``profile``, or
    ``invalid`` for a row that ``policy.decide`` refuses.  What a profile reports is in no column:
    ``policy.decide`` tells it row by row.  ``show`` adds ``{decision}_modality`` (shall, may, must_not,
    none), ``{decision}_cites`` (references of clauses, as in ``Verdict.cited``), ``{decision}_missing`` (ids of
    facts, best question first: a search for every distinct pattern of facts, some milliseconds each),
    ``{decision}_cautions`` (ids of what a verdict warns of, as in ``Verdict.cautions``) and ``{decision}_notes`` (what
    else must be known of it, in English, as in ``Verdict.notes``: which facts do not count on the day, which lists are
    open; a verdict for every distinct row with lists or sources).
    :func:`troubles` sums up what went wrong.

    Raises CaseError with every problem of the columns, the decisions and the readings; an empty list names none.
    """
    need_packages()
    from .as_case import refused
    from .kinds import decide_kind

    names, shown_columns, taken, day = checked(policy, decisions, several(show), readings, as_of)
    unread = several(keep)
    plan = partial(_planned, policy, names, shown_columns, taken, day, unread)
    return decide_kind(frame, plan, frozenset(unread), partial(refused, policy))


Name = TypeVar("Name", bound=str)


def several(names: Name | Iterable[Name]) -> tuple[Name, ...]:
    """Return names; a single text is one, and not its letters."""
    return (names,) if isinstance(names, str) else tuple(names)


def checked(
    policy: Policy, decisions: str | Sequence[str] | None, show: Iterable[str],
    readings: Mapping[str, str | None] | None, as_of: date | str | None,
) -> tuple[tuple[str, ...], tuple[Column, ...], dict[str, str | None], date | None]:  # fmt: skip
    """Return the decisions (all for None), the columns to add, the option taken of every reading, and the day.

    Raises CaseError with every problem of what is asked.
    """
    columns = {one: name for name, label in SHOWN.items() for one in (name, label)}
    every = tuple(say("in_both", zh=f"{label}（{name}）", en=name) for name, label in SHOWN.items())
    wrong = Wrong([
        Problem(Span("show"), "unknown-column", say("nothing_to_show", name=one), say("expected", names=every))
        for one in show if one not in columns
    ])  # fmt: skip
    names = wrong.take(policy.decisions.each, decisions) or ()
    day = wrong.take(day_asked, as_of)
    taken = wrong.take(policy.readings, readings) or {}
    wrong.tell(CaseError)
    return names, tuple(dict.fromkeys(columns[one] for one in show)), dict(taken), day


def column_twice(name: str, place: str) -> Problem:
    """Return the problem of a column that would stand twice in what comes out."""
    return Problem(Span(place), "column-twice", say("output_column_twice", name=name), say("name_it_otherwise"))


def _planned(
    policy: Policy, decisions: tuple[str, ...], show: tuple[Column, ...], readings: Mapping[str, str | None],
    as_of: date | None, keep: tuple[str, ...], nothing: pl.DataFrame,
) -> Any:  # fmt: skip
    """Return what decides frames with the columns of ``nothing``: a function that a Spark executor can be sent too."""
    from .as_case import facts_of, readable
    from .decider import Decider

    facts = facts_of(policy, nothing.schema, keep)
    decider = Decider(policy, readable(nothing, facts).schema, decisions, show, readings, as_of)
    if twice := [name for name in decider.schema if name in nothing.columns]:
        raise CaseError([column_twice(name, say("column", name=name)) for name in twice])

    def rows(batch: pl.DataFrame) -> pl.DataFrame:
        return batch.hstack(decider.decide(readable(batch, facts)))

    return rows


# --- what went wrong -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Troubles:
    """The rows of a decided frame that have no verdict: how many, and the first of them."""

    rows: int
    invalid: int
    contradicted: int
    first: tuple[tuple[int, str], ...]
    """The number of a row, from 0, and what is wrong with it."""

    def __str__(self) -> str:
        lines = [f"{self.rows:,} rows: {self.invalid:,} invalid, {self.contradicted:,} contradicted"]
        return "\n".join([*lines, *(f"row {number}: {reason}" for number, reason in self.first)])


def troubles(decided: Any, first: int = 5) -> Troubles:
    """Return how many rows of a frame that :func:`decide_frame` returned have no verdict, and the ``first`` of them.

    Only the counts and those rows are brought here; the rows of a DuckDB or Spark frame have no fixed order.  Raises
    CaseError for what is no such frame.
    """
    import narwhals as nw

    known = nw.from_native(decided, pass_through=True)
    columns = known.collect_schema().names() if isinstance(known, nw.DataFrame | nw.LazyFrame) else []
    # What stands before it is the frame's own, whatever it is called.
    added = columns[columns.index(PROBLEM) :] if PROBLEM in columns else []
    outcomes = [name for name in added if name.endswith("_outcome")]
    if not outcomes:
        raise CaseError([Problem(Span("frame"), "not-decided", say("frame_not_decided"), say("decide_it_first"))])
    frame = known.lazy()
    invalid = ~nw.col(PROBLEM).is_null()
    both = nw.any_horizontal(*(nw.col(name).cast(nw.String) == "contradicted" for name in outcomes), ignore_nulls=True)
    counted = frame.select(
        rows=nw.len(), invalid=invalid.cast(nw.Int64).sum(), contradicted=both.cast(nw.Int64).sum()
    ).collect()  # fmt: skip
    rows, bad, contradicted = (int(counted[name].to_list()[0] or 0) for name in ("rows", "invalid", "contradicted"))
    return Troubles(rows, bad, contradicted, _first(frame, outcomes, invalid | both, first))


def _first(frame: Any, outcomes: list[str], wrong: Any, first: int) -> tuple[tuple[int, str], ...]:
    import narwhals as nw

    if frame.implementation.is_spark_like() or frame.implementation.is_duckdb():
        from_rows = frame.filter(wrong).select(PROBLEM, *outcomes).head(first).collect().rows(named=True)
        numbered = list(enumerate(from_rows))
    else:
        table = frame.select(PROBLEM, *outcomes, wrong=wrong).collect().with_row_index("row")
        numbered = [(row["row"], row) for row in table.filter(nw.col("wrong")).head(first).rows(named=True)]
    return tuple((int(number), _reason(row, outcomes)) for number, row in numbered)


def _reason(row: Mapping[str, Any], outcomes: list[str]) -> str:
    problem = row[PROBLEM]
    if isinstance(problem, str):
        return problem
    return "contradicted: " + ", ".join(
        name.removesuffix("_outcome") for name in outcomes if row[name] == "contradicted"
    )


# --- what has to be installed ----------------------------------------------------------------------------------------


def need_packages() -> None:
    """Raise FrameUnavailableError where narwhals, polars, pyarrow or numpy are not installed."""
    try:
        import narwhals  # noqa: F401
        import numpy  # noqa: F401
        import polars  # noqa: F401
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise FrameUnavailableError(say("frames_need", library=error.name)) from None
