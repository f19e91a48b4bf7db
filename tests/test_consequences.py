"""What a case brings with it: the state of a duty, the days of a period."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from good import THIRD_LEAVE, copy_of_good

DECISIONS = "leave/decisions.yaml"
DUE = "    due: {outcome: grant, is: may_grant}\n"
TOLD: dict[str, Any] = {"kind": "sick", "start": "2025-02-03", "days": 2, "approved": True, "deciders": ["director"]}
UNTOLD = TOLD | {"deciders": ["deputy"]}
UNSURE = {name: value for name, value in TOLD.items() if name != "deciders"}
PRACTICE = (DECISIONS, DUE, f"    standing: true\n{DUE}")
RIGHT = (DECISIONS, DUE, f"    modality: may\n{DUE}")
VIOLABLE = (DECISIONS, DUE, f"{DUE}    breached: {{fact: employment, is: temporary}}\n")


def duties(folder: Path, change: tuple[str, str, str] | None, case: dict[str, Any]) -> dict[str, str]:
    policy = rudong_rules.load(copy_of_good(folder / "policies", [change] if change else []))
    verdict = policy.decide(THIRD_LEAVE | case, "grant", readings={"third_leave": "does_not"})
    return {duty.id: duty.state for duty in verdict.duties}


def log(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"leaves": {"complete": True, "entries": list(entries)}}


@pytest.mark.parametrize(
    ("change", "case", "state"),
    [
        (None, log(UNTOLD), "owed"),
        (None, log(UNSURE), "open"),
        (None, log(TOLD), "done"),
        (None, log(TOLD) | {"days_asked": 40}, "done"),
        (None, log(UNTOLD) | {"days_asked": 40}, None),
        (RIGHT, log(UNTOLD), "open"),
        (RIGHT, log(TOLD), "done"),
        (PRACTICE, log(UNTOLD), "standing"),
        (PRACTICE, log(TOLD), "done"),
        (VIOLABLE, log(UNTOLD), "owed"),
        (VIOLABLE, log(UNTOLD) | {"employment": "temporary"}, "breached"),
        (VIOLABLE, log(TOLD) | {"employment": "temporary"}, "breached"),
    ],
)  # fmt: skip
def test_a_duty_has_the_gravest_state_that_is_known_of_it(
    change: tuple[str, str, str] | None, case: dict[str, Any], state: str | None, tmp_path: Path
) -> None:
    """Violated before discharged, discharged before owed; a right and a practice are never owed."""
    assert duties(tmp_path, change, case) == ({"notify": state} if state else {})


def test_a_duty_names_its_bearer_and_its_clause(tmp_path: Path) -> None:
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies"))
    verdict = policy.decide(THIRD_LEAVE | log(UNTOLD), "grant", readings={"third_leave": "does_not"})
    (duty,) = verdict.duties
    assert (duty.who, duty.modality) == ("馆长办公会", "shall")
    assert [one.ref for one in duty.clauses] == ["leave:4"]


def test_a_period_without_a_day_comes_last(tmp_path: Path) -> None:
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies"))
    undated = {name: value for name, value in TOLD.items() if name != "start"}
    case = THIRD_LEAVE | log(undated, TOLD | {"start": "2025-04-01"}, TOLD, TOLD | {"approved": False})
    periods = policy.decide(case, "grant").periods
    assert [(one.first, one.last) for one in periods] == [
        ("2025-02-03", "2025-02-05"),
        ("2025-04-01", "2025-04-03"),
        ("", ""),
    ]


def test_a_period_may_be_of_one_day_and_one_whose_end_is_not_known_comes_after(tmp_path: Path) -> None:
    """Both days included; which entries have a period may depend on other facts of the case."""
    fewer = (DECISIONS, "    where: {approved: true}\n", "    where: {approved: true, days: {at_most: days_asked}}\n")
    one_day = (DECISIONS, "    last: last\n", "    last: start\n")
    unended = {name: value for name, value in TOLD.items() if name != "days"}
    for changes, entries, ends in (
        ([fewer], [TOLD | {"days": 3}, TOLD | {"days": 4}], ["2025-02-06"]),
        ([one_day], [TOLD], ["2025-02-03"]),
        ([], [unended, TOLD], ["2025-02-05", ""]),
    ):
        policy = rudong_rules.load(copy_of_good(tmp_path / f"{len(entries)}-{len(changes)}", changes))
        periods = policy.decide(THIRD_LEAVE | log(*entries), "grant").periods
        assert [one.last for one in periods] == ends
