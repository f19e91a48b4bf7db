"""What if: a duty that moved is told once among the steps, with its state before and after."""

from __future__ import annotations

from typing import Any

import pytest

import rudong_rules
from rudong_rules import what_if
from rudong_rules.explain_data import every_node
from rudong_rules.wording import Lang

POLICY = rudong_rules.load()
OPENED = {"event": "opened", "date": "2024-03-01"}
FORMED = {"event": "preliminary_opinion", "date": "2024-03-20"}
CONSIDERED = {"event": "considered", "date": "2024-03-02"}


def log(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"events": {"complete": True, "entries": list(entries)}}


def test_a_duty_that_was_violated_and_has_not_arisen_any_more_is_told_once() -> None:
    found = what_if(POLICY, log(OPENED, FORMED), "tolerance_procedure", log())
    told = [
        node.name.split(":")[1] for node in every_node(found.lost) if node.kind == "duty" and ":due" not in node.name
    ]
    assert "consider_tolerance" in told
    assert len(told) == len(set(told))
    # A right is never owed.
    assert "duty:apply:due" in [node.name for node in found.lost]
    assert all(node.name != "duty:apply:owed" for node in every_node(found.lost))


@pytest.mark.parametrize(
    ("lang", "gone", "done"),
    [
        ("zh", "同步考虑是否存在容错情形、是否符合容错条件（已违反 → –）", "（待办 → 已办）"),
        ("en", "consider at the same time whether tolerance applies (violated → –)", "(owed → done)"),
    ],
)
def test_its_state_before_and_after_stands_with_it(lang: Lang, gone: str, done: str) -> None:
    lost = what_if(POLICY, log(OPENED, FORMED), "tolerance_procedure", log())
    met = what_if(POLICY, log(OPENED), "tolerance_procedure", log(OPENED, CONSIDERED))
    for shown, said in ((lost, gone), (met, done)):
        assert shown.to_markdown(lang).replace("\\", "").count(said) >= 1
        assert said in "".join(shown.to_html(lang).splitlines())


def test_what_a_violation_hid_is_not_told_as_a_step() -> None:
    found = what_if(POLICY, log(OPENED, FORMED), "tolerance_procedure", log(OPENED))
    moved = {one.name: (one.before, one.after) for one in found.moved if one.what == "duty"}
    assert moved["consider_tolerance"] == ("breached", "owed")
    told = [node.name for node in every_node(found.lost) if "consider_tolerance" in node.name]
    assert told == ["duty:consider_tolerance:breached"]
    # What holds now is that it is not violated, and not that it moved from there.
    (label,) = {node.label for node in every_node(found.gained) if node.name == "duty:consider_tolerance:breached"}
    assert label.endswith("（未违反）")
    assert "（未违反）" in found.to_text()
