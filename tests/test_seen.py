"""Cases that a search came upon serve again where they show the next thing too, and nowhere else."""

from __future__ import annotations

import pytest

import rudong_rules
from good import copy_of_good
from rudong_rules.analysis.rules import Rules
from rudong_rules.analysis.search import Search
from rudong_rules.analysis.seen import Seen
from rudong_rules.analysis.witness import Gap, Side, Witness
from rudong_rules.policy import Policy


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """A small policy."""
    return rudong_rules.load(copy_of_good(tmp_path_factory.mktemp("seen") / "policies"))


@pytest.fixture
def rules(policy: Policy) -> Rules:
    """What its decision rests on."""
    return Rules.of_decision(policy, "grant")


def _defaults(policy: Policy) -> dict[str, str | None]:
    return {name: reading.default for name, reading in policy.rules.readings.items()}


def test_a_case_seen_before_is_taken_where_it_shows_what_is_asked(policy: Policy, rules: Rules) -> None:
    """The very case, though it is the second alternative that it shows."""
    search, readings = Search(policy), _defaults(policy)
    granted = [Side(rules, (("grant=may_grant", True),), readings)]
    first = search.find(granted)
    grounded = [Side(rules, (("ground", True),), readings)]
    without = [Side(rules, (("grant=no_ground", True),), readings)]
    again = search.find(without, grounded, small=False)
    assert first.witness is not None
    assert again.witness is first.witness
    assert first.witness.holds(grounded)
    assert not first.witness.holds(without)


def test_a_case_that_does_not_show_it_is_not_taken(policy: Policy, rules: Rules) -> None:
    """Then the search goes on as if nothing had been seen; and a small case is always searched for."""
    search, readings = Search(policy), _defaults(policy)
    first = search.find([Side(rules, (("grant=may_grant", True),), readings)])
    other = search.find([Side(rules, (("ground", False),), readings)], small=False)
    assert other.witness is not None
    assert other.witness is not first.witness
    assert other.witness.holds([Side(rules, (("ground", False),), readings)])
    small = search.find([Side(rules, (("ground", True),), readings)])
    assert small.witness is not first.witness


def test_readings_and_the_kind_of_side_are_told_apart(policy: Policy, rules: Rules) -> None:
    """What holds of a case under some readings is not asked of it under others, nor is what can never hold."""
    seen, readings = Seen(), _defaults(policy)
    case = Search(policy).find([Side(rules, (("grant=may_grant", True),), readings)]).witness
    assert case is not None
    side, gap = (kind(rules, (("grant=may_grant", True),), readings) for kind in (Side, Gap))
    seen.add([side], case)
    assert seen.showing([[side]]) is case
    assert seen.showing([[gap]]) is None
    # Whether too much was asked for is not known, and may come to be.
    not_known, may_be = (kind(rules, (("too_much", True),), readings) for kind in (Side, Gap))
    assert seen.showing([[not_known], [may_be]]) is None
    seen.add([side], Witness({}, {}))
    assert seen.showing([[Side(rules, (("ground", True),), readings)]]) is case


def test_nothing_is_found_where_nothing_is_asked(policy: Policy) -> None:
    assert Search(policy).find(small=False).status == "impossible"
