"""What is certainly a mistake is refused when a policy is loaded; what only looks like one is not.

What is refused stands in tests/bad/policies: a part of a unit added, a whole number that is a share, numbers compared
like days, comparisons that nothing meets.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from good import copy_of_good
from rudong_rules.errors import PolicyError
from rudong_rules.policy import load

ASKED = "{measure: days_before, more_than: 365}"
WHERE = ("leave/rules.yaml", ASKED, f"{ASKED}, {{happened: {{in: leaves, where: {{%s}}}}}}")
COLUMN = (
    "leave/vocabulary.yaml", "      last: {label: 截止日,",
    "      twice: {label: 二倍, en: twice, type: int, value: %s}\n      last: {label: 截止日,",
)  # fmt: skip
ADDED = ("leave/vocabulary.yaml", "{add: {to: start, days: days}}", "{add: {to: start, days: %s}}")


@pytest.mark.parametrize(
    ("change", "written"),
    [
        *((WHERE, one) for one in (
            "days: {at_least: 90, at_most: 90}", "days: {more_than: 89, less_than: 90}",
            "days: {at_least: 90, more_than: 60}",
            "days: {equals: 3, at_most: 3}", "days: {equals: 3, at_least: 3}", "days: {equals: 3, less_than: 7/2}",
            "start: {on_or_after: 2025-01-01, on_or_before: 2025-01-01}", "start: {at_least: 2025-01-01}",
            "days: {at_least: days_asked, less_than: days_asked}",
        )),
        *((COLUMN, one) for one in (
            "{product: [2, days]}", "{sum: [days, 1.0]}", "{difference: [days, days_asked]}",
            "{min: [days, leaves_in_a_year]}",
            "{lookup: {table: allowance, key: employment}}", "{total: {of: leaves, field: paid_days}}", "days",
            "{latest: {of: leaves, field: paid_days, none: 1}}",
        )),
        *((ADDED, one) for one in ("days_asked", "1.0", "-3", "hours_share")),
    ],
    ids=str,
)  # fmt: skip
def test_what_may_be_meant_loads(change: tuple[str, str, str], written: str, tmp_path: Path) -> None:
    file, old, new = change
    used = [(WHERE[0], WHERE[1], WHERE[2] % "twice: {at_least: 1}")] if change is COLUMN else []
    assert load(copy_of_good(tmp_path / "policies", [*used, (file, old, new % written)]))


@pytest.mark.parametrize(
    "written",
    [
        "{ratio: [paid_days, days]}", "{sum: [1, {ratio: [paid_days, days]}]}", "{difference: [1, share]}",
        "hours_share",
        "3/2", "{max: [days, 1/2]}", "share", "{product: [days, 0.5]}",
        "{min: [days, share]}", "{total: {of: leaves, field: share}}", "{lookup: {table: parts, key: employment}}",
        "a_part", "{latest: {of: leaves, field: paid_days, none: 1/2}}",
    ],
)  # fmt: skip
def test_a_whole_number_that_need_not_be_one_is_refused(written: str, tmp_path: Path) -> None:
    file, old, new = COLUMN
    parts = [
        (file, "tables:\n", "tables:\n  parts: {established: 1, temporary: 1/2}\n"),
        (file, "en: share of a day, type: fraction}", "en: share of a day, type: fraction, min: 0}"),
        (file, "measures:\n", "measures:\n  a_part: {label: 份, en: part, value: {ratio: [days_asked, 3]}}\n"),
    ]
    with pytest.raises(PolicyError, match="need not be a whole number"):
        load(copy_of_good(tmp_path / "policies", [*parts, (file, old, new % written)]))


def test_a_computed_column_may_be_there_for_another(tmp_path: Path) -> None:
    file, old, _ = COLUMN
    until = "      until: {label: 止, en: until, type: date, value: {add: {to: start, days: 3}}}\n"
    newest = "      newest: {label: 最后, en: newest, type: date, value: {latest: {of: leaves, field: until}}}\n"
    used = (WHERE[0], WHERE[1], WHERE[2] % "newest: {after: 2025-01-01}")
    assert load(copy_of_good(tmp_path / "policies", [used, (file, old, until + newest + old)]))
