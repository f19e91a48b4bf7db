"""Faults seeded in the shipped policies are caught; the tests take a few, tests/faults/seeded.py takes all."""

from __future__ import annotations

import re

import pytest

from faults.seeded import KINDS, TABLE, Fault, caught_by, faults

EVERY = faults()
SAMPLE = [next(one for one in EVERY if one.kind == kind) for kind in ("drop a not", "all becomes any", "wrong clause")]
SAMPLE += [one for one in EVERY if one.kind == "a third becomes 33/100"][:1]


def test_faults_are_many_and_of_every_kind() -> None:
    assert len(EVERY) >= 40
    assert {one.kind for one in EVERY} == {*KINDS, "wrong clause", "delete a condition"}
    assert all(one.before != one.after for one in EVERY)


@pytest.mark.parametrize("fault", SAMPLE, ids=lambda one: f"{one.file}:{one.line}")
def test_a_seeded_fault_is_caught(fault: Fault) -> None:
    caught = caught_by(fault, prove=False)
    assert caught.keys() & {"load", "scenario"}, caught


def test_the_table_is_of_these_faults() -> None:
    text = TABLE.read_text(encoding="utf-8")
    assert len(re.findall(r"^\| [a-z]+/[\w./-]+\.yaml:\d+ \|", text, re.MULTILINE)) == len(EVERY)
    assert "; 0 are caught by none for certain." in text
