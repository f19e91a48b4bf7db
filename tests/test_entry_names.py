"""Names of entries: a ``where`` that is a name asks what the name stands for, wherever it stands."""

from __future__ import annotations

from pathlib import Path

from good import copy_of_good
from rudong_rules.as_written import periods_otherwise, same_as_written
from rudong_rules.policy import Policy, load

Change = tuple[str, str, str]
VOCABULARY, RULES, DECISIONS = (f"leave/{stem}.yaml" for stem in ("vocabulary", "rules", "decisions"))
NAMED = """\
      granted: {approved: true}
      granted_sick: {any_of: [{approved: true, kind: sick}, granted]}
      counted: {by_reading: {third_leave: {counts: granted, does_not: false}}}
"""
WRITTEN_OUT = {
    "<granted>": "{approved: true}",
    "<sick>": "{any_of: [{approved: true, kind: sick}, {approved: true}]}",
    "<counted>": "{by_reading: {third_leave: {counts: {approved: true}, does_not: false}}}",
}
BY_NAME = {"<granted>": "granted", "<sick>": "granted_sick", "<counted>": "counted"}
ASKED: list[Change] = [
    (VOCABULARY, "window: 12, where: {approved: true}", "window: 12, where: <granted>"),
    (RULES, "when: ill", "when: {happened: {in: leaves, where: <counted>}}\n    unless: ill"),
    (RULES, "when: family_change", """when:
      any:
        - family_change
        - followed: {in: leaves, date: start, first: <granted>, then: <sick>, with: <counted>}
        - measure: {count: {of: leaves, where: {any_of: [<granted>, {kind: sick}]}}}
          at_least: 1"""),
    (DECISIONS, "where: {approved: true}", "where: <counted>"),
    (DECISIONS, "{all: [covered, ground]}", "{all: [covered, ground, {happened: {in: leaves, where: <sick>}}]}"),
    (DECISIONS, "    due: {outcome: grant, is: may_grant}", """    within: {happened: {in: leaves, where: <granted>}}
    due: {outcome: grant, is: may_grant}
    breached: {not: {preceded: {in: leaves, date: start, first: <sick>, then: {kind: sick}, without: <counted>}}}"""),
]  # fmt: skip
"""Edits by which every place that chooses entries does so by one of three ``where``."""


def names(named: str) -> Change:
    """An edit that gives names to entries of the record."""
    return VOCABULARY, "    dated_by: start\n", f"    dated_by: start\n    named:\n{named}"


def asked_by(where: dict[str, str]) -> list[Change]:
    """The edits with each ``where`` as it is written."""
    changes = ASKED
    for mark, text in where.items():
        changes = [(file, old, new.replace(mark, text)) for file, old, new in changes]
    return changes


def load_both(folder: Path) -> tuple[Policy, Policy]:
    """The tiny policy that asks by name, and the one in which everything is written out."""
    named = copy_of_good(folder / "named", [names(NAMED), *asked_by(BY_NAME)])
    return load(named), load(copy_of_good(folder / "written", asked_by(WRITTEN_OUT)))


def test_a_name_asks_what_it_stands_for_in_every_place_that_chooses_entries(tmp_path: Path) -> None:
    named, written = (policy.rules for policy in load_both(tmp_path))
    assert named.conditions == written.conditions
    assert named.tests == written.tests
    assert named.periods == written.periods
    assert named.vocabulary.measures == written.vocabulary.measures


def test_a_policy_with_names_says_the_same_as_one_without(tmp_path: Path) -> None:
    named, written = load_both(tmp_path)
    assert same_as_written(named, written, "grant")
    assert periods_otherwise(named, written, "grant") == []


def test_an_invariant_may_speak_of_entries_by_name(tmp_path: Path) -> None:
    never = "invariants: {one: {label: 甲, en: one, clause: 三, never: {happened: {in: leaves, where: %s}}}}"
    used: Change = (RULES, "when: ill", "when: {happened: {in: leaves, where: granted}}\n    unless: ill")
    root = copy_of_good(tmp_path / "policies", [names("      granted: {approved: true}\n"), used])
    found = []
    for where in ("granted", "{approved: true}"):
        (root / "leave" / "checks.yaml").write_text(never % where, encoding="utf-8")
        found.append(load(root).rules.checks.conditions)
    assert found[0] == found[1] != {}
