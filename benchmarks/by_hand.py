"""``tolerance`` under the default readings, written by hand over columns of facts: for polars, DuckDB and numpy.

All are written out once (:func:`by_hand`), over what knows & | and ~.  The plain one takes each column as it stands.
What follows from one finding for another, and what contradicts itself, is known to those that say so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl


def by_hand(fact: Callable[[str], Any], option: Callable[..., Any]) -> list[tuple[str, Any]]:
    """Return the ladder of ``tolerance`` under the default readings: outcome and when it holds, the last one always.

    ``fact`` gives a finding, ``option`` whether a choice is one of some options, as something that knows & | ~.
    """
    f = fact
    in_scope = option("employment", "established") | f("exercises_functions")
    conforms = [f(f"conforms_{level}") for level in ("central", "province", "city", "county", "upper")]
    gains = ["gain_self", "gain_others", "gain_unit", "gain_clique", "abuse_for_gain", "public_for_private"]
    slips = ["goal_missed", "error_occurred", "some_deviation", "some_slip", "some_mistake", "nonprincipled_error"]
    causes = ["inexperience", "inadvertence", "force_majeure", "unforeseeable", "similar"]
    loss = option("loss", "some", "greater")
    conditions = [
        option("prohibited_by", "none", "other_document") & (~f("no_express_provision") | _any(conforms)),
        f("public_spirit") & f("responsible") & ~(f("colluded") & (f("harmed_public") | f("harmed_others")))
        & ~_any(map(f, gains)),
        _any(map(f, [*slips, "below_expectation"])) & _any(f(f"cause_{cause}") for cause in causes) & ~f("intent_harm"),
        ~f("arbitrary") & (
            ~f("decision_involved")
            | f("democratic_centralism")
            & (f("collective_by_procedure") | f("special_circumstances") & f("reported_after"))
        ),
        ~f("stood_by") & (option("loss", "none") | f("recovered_loss")) & (~f("negative_effect") | f("removed_effect")),
        ~(f("grave_consequence") | f("extremely_bad_effect") | f("grave_mass_incident")),
    ]  # fmt: skip
    situations = [
        f("implementing_decisions") & f("tackled_difficulties")
        & (f("some_deviation") | f("some_slip") | f("triggered_conflict")),
        (f("national_policy_changed") | f("local_decision_changed") | f("upper_decision_changed"))
        & (f("below_expectation") | loss | f("negative_effect")),
        f("judicial_reform") & f("pioneered") & f("pilot_work") & f("nonprincipled_error"),
        (f("case_handling") | f("legal_supervision") | f("serving_public")) & f("for_efficiency")
        & (f("lenient_acceptance") | f("lenient_approval"))
        & (f("some_deviation") | f("some_slip") | f("some_mistake")),
        (f("resolving_disputes") | f("legacy_problems")) & f("broke_barriers")
        & (option("loss", "some") | f("triggered_petition")),
        (f("major_case") | f("handling_mass_incident") | f("opinion_incident") | f("urgent_task")) & f("took_charge")
        & f("urgent_decision") & (f("some_slip") | f("some_mistake") | f("negative_effect")) & f("remedied_after"),
        (f("party_governance") | f("strict_management")) & f("upheld_principles")
        & (f("some_slip") | f("some_mistake")),
        f("lawful_performance") & f("counterpart_fault") & (f("some_deviation") | f("negative_effect")),
        f("other_situation") & f("in_reform_or_duty"),
    ]  # fmt: skip
    exclusions = [
        f("pretext_reform") & f("abuse_for_gain") & f("harmed_interests"),
        f("pretext_duty") & f("public_for_private") & f("gain_clique"),
        f("pretext_service") & f("dictatorial")
        & (f("no_study") | f("no_grasp") | f("no_research")) & f("no_collective"),
        f("criminal_liability"),
        f("grave_social_consequence") & f("major_negative_effect"),
        f("other_exclusion"), f("political_problem"), f("integrity_problem"),
    ]  # fmt: skip
    return [
        ("out_of_scope", ~in_scope),
        ("name_cleared", f("report_untrue") & ~f("fault_exists")),
        ("not_tolerated", _any(exclusions)),
        ("may_tolerate", _all(conditions) & _any(situations)),
    ]


def _any(parts: Any) -> Any:
    first, *rest = parts
    for part in rest:
        first = first | part
    return first


def _all(parts: Any) -> Any:
    first, *rest = parts
    for part in rest:
        first = first & part
    return first


STATES = ["undetermined", "out_of_scope", "name_cleared", "not_tolerated", "may_tolerate", "not_met", "contradicted"]


FOLLOWING = {
    "fault_exists": [
        "colluded", "gain_self", "gain_others", "gain_unit", "gain_clique", "abuse_for_gain", "public_for_private",
        "arbitrary", "dictatorial", "intent_harm", "some_slip", "some_mistake", "nonprincipled_error",
        "criminal_liability",
        "political_problem", "integrity_problem", "error_in_duty", "adverse_opinion",
    ],
    "in_reform_or_duty": ["judicial_reform", "adverse_opinion"],
    "error_occurred": ["some_deviation", "some_slip"],
    "decision_involved": ["collective_by_procedure", "urgent_decision"],
    "arbitrary": ["dictatorial"],
    "error_in_duty": ["adverse_opinion"],
    "negative_effect": ["extremely_bad_effect", "major_negative_effect"],
}  # fmt: skip
"""What is so wherever one of several findings is, of what the decision written by hand reads."""
EXCLUDED_BY = {
    "collective_by_procedure": "no_collective",
    "no_collective": "collective_by_procedure",
    "arbitrary": "look_4_process",
    "dictatorial": "look_4_process",
    "stood_by": "look_6_line",
    "abuse_for_gain": "look_3_motive",
    "public_for_private": "look_3_motive",
}
"""Findings of which none holds beside the other."""
DETERMINED = {"criminal_liability", "political_problem", "integrity_problem"}
"""Findings for others to make: that what would follow is denied does not deny them."""
_TOUCHED = [
    name
    for name in dict.fromkeys([*FOLLOWING, *(part for parts in FOLLOWING.values() for part in parts), *EXCLUDED_BY])
    if name not in DETERMINED
]
"""Findings of which something else may say whether they hold."""


def with_what_follows(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Return a frame with what follows from its findings, where nothing contradicts itself."""
    columns = []
    for name in _TOUCHED:
        known = pl.col(name)
        if denying := [whole for whole, parts in FOLLOWING.items() if name in parts]:
            known = pl.when(~_all(map(pl.col, denying))).then(False).otherwise(known)
        if name in EXCLUDED_BY:
            known = pl.when(pl.col(EXCLUDED_BY[name])).then(False).otherwise(known)
        if name in FOLLOWING:
            known = pl.when(_any(map(pl.col, FOLLOWING[name]))).then(True).otherwise(known)
        columns.append(known.alias(name))
    return frame.with_columns(columns)


def with_contradictions(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Return a frame with what follows from its findings; what contradicts itself says nothing, nor does what follows.

    The column "contradicted" says of which rows that is.
    """

    def told(name: str, value: bool) -> Any:
        return pl.col(name).eq_missing(pl.lit(value))

    def sound(name: str, value: bool) -> Any:
        return told(name, value) & ~pl.col(f"{name} both") if name in _TOUCHED else told(name, value)

    def sides(name: str, said: Any) -> tuple[Any, Any]:
        wholes = [whole for whole, parts in FOLLOWING.items() if name in parts]
        others = [said(EXCLUDED_BY[name], True)] if name in EXCLUDED_BY else []
        yes = _any([said(name, True), *(said(part, True) for part in FOLLOWING.get(name, ()))])
        return yes, _any([said(name, False), *(said(whole, False) for whole in wholes), *others])

    both, known = [], []
    for name in _TOUCHED:
        yes, no = sides(name, told)
        both.append((yes & no).alias(f"{name} both"))
        yes, no = sides(name, sound)
        stands = pl.when(pl.col(f"{name} both")).then(None).when(yes).then(True).when(no).then(False)
        known.append(stands.alias(name))
    contradicted = _any(pl.col(f"{name} both") for name in _TOUCHED)
    return frame.with_columns(both).with_columns(contradicted.alias("contradicted"), *known)


def in_polars(frame: pl.LazyFrame, contradicted: pl.Expr | None = None) -> pl.Series:
    """Decide with one polars expression: three-valued Booleans, the first rung that is not known to be false.

    A row without an outcome that is ``contradicted`` is told apart from one that lacks facts.
    """
    rungs = by_hand(pl.col, lambda name, *options: pl.col(name).is_in(options))
    code = pl.lit(5, dtype=pl.UInt8)
    for place, (_, rung) in reversed(list(enumerate(rungs, 1))):
        unknown = pl.when(rung.is_null()).then(pl.lit(0, dtype=pl.UInt8)).otherwise(code)
        code = pl.when(rung).then(pl.lit(place, dtype=pl.UInt8)).otherwise(unknown)
    if contradicted is not None:
        code = pl.when((code == 0) & contradicted).then(pl.lit(6, dtype=pl.UInt8)).otherwise(code)
    return frame.select(code.alias("o")).collect().to_series().cat.to(pl.Enum(STATES))


class Sql(str):
    """A condition in SQL, which has three values itself."""

    def __and__(self, other: str) -> Sql:
        return Sql(f"({self} AND {other})")

    def __or__(self, other: str) -> Sql:
        return Sql(f"({self} OR {other})")

    def __invert__(self) -> Sql:
        return Sql(f"(NOT {self})")


def in_duckdb(table: Any) -> Any:
    """Decide with one query."""
    import duckdb

    rungs = by_hand(Sql, lambda name, *options: Sql(f"{name} IN ({', '.join(map(repr, options))})"))
    named = ", ".join(f"{rung} AS {name}" for name, rung in rungs)
    cases = " ".join(f"WHEN {name} THEN '{name}' WHEN {name} IS NULL THEN 'undetermined'" for name, _ in rungs)
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.register("cases", table)
    return connection.sql(
        f"SELECT CASE {cases} ELSE 'not_met' END AS o FROM (SELECT {named} FROM cases)"
    ).to_arrow_table()


class Masks:
    """What is known true and what known false, a bit a row."""

    def __init__(self, true: Any, false: Any) -> None:
        self.true, self.false = true, false

    def __and__(self, other: Masks) -> Masks:
        return Masks(self.true & other.true, self.false | other.false)

    def __or__(self, other: Masks) -> Masks:
        return Masks(self.true | other.true, self.false & other.false)

    def __invert__(self) -> Masks:
        return Masks(self.false, self.true)


def in_numpy(frame: pl.DataFrame) -> Any:
    """Decide on packed bits; packing and unpacking are part of the work."""

    def packed(series: pl.Series) -> Any:
        return np.packbits(series.to_numpy(), bitorder="little")

    def fact(name: str) -> Masks:
        column = frame[name]
        return Masks(packed(column.fill_null(False)), packed((~column).fill_null(False)))

    def option(name: str, *options: str) -> Masks:
        fits = packed(frame[name].is_in(options))
        return Masks(fits, ~fits)

    code = np.zeros(frame.height, dtype=np.uint8)
    left = np.full((frame.height + 7) // 8, 255, dtype=np.uint8)
    for place, (_, rung) in enumerate(by_hand(fact, option), 1):
        code += place * np.unpackbits(left & rung.true, count=frame.height, bitorder="little")
        left &= rung.false
    return code + 5 * np.unpackbits(left, count=frame.height, bitorder="little")
