"""The columns of an entry that are asked: those that can still matter, and none that cannot."""

from __future__ import annotations

import random
from typing import Any

import pytest

from rudong_rules import CaseError, Interview, Policy, UnknownNameError, load
from rudong_rules.vocabulary import Record

POLICY = load()
DAY = "2026-01-01"


def value(record: Record, name: str, chance: random.Random) -> Any:
    """Any value that a column may have; what cannot be above others is an early day or year."""
    column = record.fields[name]
    early = any(limit.field == name and limit.by == "year" for limit in record.limits)
    first = any(limit.field == name for limit in record.limits)
    low, high = max(column.min or 0, 2020 if column.max is None else 0), column.max or 2026
    match column.type:
        case "int":
            return chance.randint(low, max(low, min(high, 2022 if early else 2026)))
        case "date":
            return f"{chance.randint(*((2021, 2022) if first else (2022, 2025)))}-0{chance.randint(1, 9)}-15"
        case "bool":
            return chance.random() < 0.5
        case "choice":
            return chance.choice(list(column.options))
        case "choices":
            return chance.sample(list(column.options), chance.randint(0, len(column.options)))
        case _:
            return "1/2"


def lists(policy: Policy) -> list[tuple[str, str]]:
    """The decisions that read lists, with each list."""
    found = []
    for name, question in policy.questions.items():
        behind = {f for atom in question.inputs for f in question.glossary.facts_behind(question.program.atoms[atom])}
        found += [(name, record) for record in policy.rules.vocabulary.records if record in behind and question.rungs]
    return found


@pytest.mark.parametrize(("decision", "record"), lists(POLICY), ids=lambda one: one)
def test_what_is_not_asked_of_an_entry_changes_nothing(decision: str, record: str) -> None:
    body = POLICY.rules.vocabulary.records[record]
    asked = unasked = 0
    for seed in range(12):
        chance = random.Random(seed)
        case = {name: chance.random() < 0.5 for name in POLICY.rules.vocabulary.findings if chance.random() < 0.3}
        interview = Interview(POLICY, decision, {"as_of": DAY, **case})
        entry: dict[str, Any] = {}
        try:
            while left := interview.columns(record, entry):
                entry[left[0]] = value(body, left[0], chance)
            more = {name: value(body, name, chance) for name in body.fields if name not in entry}
            short, full = (
                POLICY.decide({**interview.case, record: {"complete": True, "entries": [one]}}, decision)
                for one in (entry, {**entry, **more})
            )
        except CaseError:
            continue  # The limits of the list refuse these values.
        assert (short.outcome, short.possible) == (full.outcome, full.possible), (entry, more)
        asked, unasked = asked + len(entry), unasked + len(more)
    assert asked


def test_an_entry_that_no_question_counts_lacks_nothing() -> None:
    interview = Interview(POLICY, "promotion_bar", {"as_of": DAY})
    entry = {"kind": "removal", "decided_on": "2025-01-01"}
    assert "matter" in interview.columns("adjustments", entry)
    assert interview.columns("adjustments", {**entry, "matter": "health"}) == ()
    exempted = {**entry, "matter": "unfit", "on_exempted_error": True}
    assert interview.columns("adjustments", exempted) == ("with_discipline", "discipline_from", "discipline_until")
    assert interview.columns("adjustments", {**exempted, "with_discipline": False}) == ()
    assert interview.columns("adjustments", {"kind": "removal", "decided_on": "2027-01-01"}) == ()


def test_columns_of_questions_that_are_settled_are_not_asked() -> None:
    known = {"as_of": DAY, "adjustments": {"complete": True, "entries": []}}
    assert "grade" in Interview(POLICY, "adjustment", known).columns("assessments", {"year": 2024})
    settled = {**known, "adjustment_matter": "health"}
    assert Interview(POLICY, "adjustment", settled).columns("assessments", {"year": 2024}) == ()


def test_a_list_is_named_by_its_label_too_and_what_is_none_is_told() -> None:
    interview = Interview(POLICY, "promotion_bar", {"as_of": DAY})
    entry = {"kind": "removal", "decided_on": "2025-01-01"}
    label = POLICY.rules.vocabulary.records["adjustments"].label
    assert interview.columns(label, entry) == interview.columns("adjustments", entry)
    assert interview.named(label, entry) == interview.named("adjustments", entry)
    interview.check(label, [entry])
    for ask in (interview.columns, interview.named, lambda name, _: interview.check(name, [])):
        with pytest.raises(UnknownNameError, match="no list of entries 'gain_self'\n  hint: the lists are "):
            ask("gain_self", {})
