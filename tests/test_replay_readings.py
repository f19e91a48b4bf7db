"""Records decided again under rules of which a reading has another default, or that say the same in other words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from commands import Command
from extras import needs_rfc8785
from rudong_rules import load
from rudong_rules.compared import compared
from rudong_rules.ledger import Ledger
from rudong_rules.policy import Policy
from rudong_rules.record import record
from rudong_rules.replay import Replayed, replay
from rudong_rules.verdict_data import VerdictData
from rudong_rules.wording import word

pytestmark = needs_rfc8785
POLICY = load()
SHIPPED = Path(__file__).parents[1] / "policies"
READING = "mobility/readings.yaml"
LADDER = "mobility/decisions/1_decisions.yaml"
LAST_DAY = {
    "as_of": "2027-05-01",
    "adjustments": {
        "complete": True,
        "entries": [
            {
                "kind": "removal", "matter": "unfit", "decided_on": "2026-05-01", "on_exempted_error": False,
                "仅以容错事项（含从轻减轻）为由": False, "经复核、申诉撤销": False, "同时受到党纪政纪处分": False,
            }
        ],
    },
}  # fmt: skip
"""The corresponding day of a removal, a year later."""


def edited(folder: Path, *edits: tuple[str, str, str]) -> Policy:
    """The shipped policies with texts of their files replaced, the first time that each stands there."""
    shutil.copytree(SHIPPED, folder)
    for name, was, now in edits:
        text = (folder / name).read_text(encoding="utf-8")
        assert was in text
        (folder / name).write_text(text.replace(was, now, 1), encoding="utf-8")
    return load(folder)


MOVED = (
    READING,
    "free: {label: 已可以, en: free on it}\n  default: barred",
    "free: {label: 已可以, en: free on it}\n  default: free",
)
WORDS = (LADDER, "label: 影响期内不得提拔", "label: 影响期之内不得提拔")


def again(policy: Policy, readings: dict[str, str] | None = None) -> Replayed:
    """The record of the bar on promotion, decided again."""
    return replay(policy, record(POLICY, LAST_DAY, "promotion_bar", salt=bytes(32), readings=readings))


def told(found: Replayed) -> list[tuple[str, str, str, bool]]:
    """The parts that differ, by ids."""
    return [(one.part, one.recorded, one.now, one.by_defaults) for one in found.differences]


def test_under_another_default_the_outcome_of_the_present_defaults_is_told(tmp_path: Path) -> None:
    found = again(edited(tmp_path / "p", MOVED))
    assert found.fate == "read_otherwise"
    assert told(found) == [("outcome", "no_promotion", "free", True)]
    (moved,) = found.defaults
    assert (moved.reading, moved.recorded, moved.now) == ("bar_last_day", "barred", "free")


def test_what_was_chosen_by_hand_is_no_default_and_stays(tmp_path: Path) -> None:
    policy = edited(tmp_path / "p", MOVED)
    # Against the default of that day and by hand, which the default is now; and by hand what had been the default.
    chosen = again(policy, {"bar_last_day": "free"})
    assert (chosen.fate, chosen.differences, chosen.defaults) == ("same", (), ())
    back = record(policy, LAST_DAY, "promotion_bar", salt=bytes(32), readings={"bar_last_day": "barred"})
    other = edited(tmp_path / "q", MOVED, WORDS)
    assert (replay(other, back).fate, replay(other, back).defaults) == ("reworded", ())
    left_open = record(POLICY, LAST_DAY, "promotion_bar", salt=bytes(32), readings={"bar_last_day": None})
    assert replay(policy, left_open).fate == "same"


def test_other_words_alone_are_no_other_verdict(tmp_path: Path) -> None:
    found = again(edited(tmp_path / "p", WORDS))
    assert found.fate == "reworded"
    (one,) = found.differences
    assert (one.part, one.recorded, one.now) == ("wording", "影响期内不得提拔", "影响期之内不得提拔")


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            "⚠ 1　规则已变：按所记的解释，结论相同；按现行默认解释，结论不同\n"
            "  解释“届满之日（对应日）当天是否仍不得提拔？〔bar_last_day〕”的默认由“仍不得”改为“已可以”\n"
            "  按现行默认解释：\n"
            "    提拔限制　结论：影响期内不得提拔 → 当日没有第十一条的限制\n",
        ),
        (
            "en",
            "⚠ 1　the rules changed: the same under the readings recorded, another under the present defaults\n"
            "  the default of the reading “Is the corresponding day itself still barred?〔bar_last_day〕” was\n"
            "  “still barred” and is “free on it”\n"
            "  under the present defaults:\n"
            "    promotion_bar　outcome: no_promotion → free\n",
        ),
    ],
)
def test_the_command_tells_both(command: Command, tmp_path: Path, lang: str, lines: str) -> None:
    edited(tmp_path / "p", MOVED)
    Ledger(tmp_path / "r").append(record(POLICY, LAST_DAY, "promotion_bar", salt=bytes(32)))
    said = command(f"replay r --policies p --lang {lang}", tmp_path)
    assert (said.code, said.err) == (1, "")
    assert lines in said.out


def test_the_command_tells_other_words_in_few(command: Command, tmp_path: Path) -> None:
    edited(tmp_path / "p", WORDS)
    Ledger(tmp_path / "r").append(record(POLICY, LAST_DAY, "promotion_bar", salt=bytes(32)))
    assert (
        "✓ 1　规则或程序版本已变，结论相同，只有文字不同\n  提拔限制　文字不同：影响期内不得提拔 → 影响期之内不得提拔\n"
    ) in command.done("replay r --policies p", tmp_path)
    (row,) = json.loads(command.done("replay r --policies p -f json", tmp_path))
    assert len(json.dumps(row, ensure_ascii=False)) < 1_000


def test_a_default_that_moved_and_changes_no_outcome_is_told_all_the_same(command: Command, tmp_path: Path) -> None:
    day_before = {**LAST_DAY, "as_of": "2027-04-30"}
    policy = edited(tmp_path / "p", MOVED)
    bar, after = (record(POLICY, day_before, name, salt=bytes(32)) for name in ("promotion_bar", "re_promotion"))
    last = [f"no_promotion_period=2026-05-01/{day}" for day in ("2027-05-01", "2027-04-30")]
    assert told(replay(policy, bar)) == [("periods", *last, True)]
    found = replay(policy, after)
    assert (found.fate, found.differences, len(found.defaults)) == ("same", (), 1)
    Ledger(tmp_path / "r").append(after)
    assert (
        "✓ 1　规则或程序版本已变，结论相同\n"
        "  解释“届满之日（对应日）当天是否仍不得提拔？〔bar_last_day〕”的默认由“仍不得”改为“已可以”\n"
        "  按现行默认解释，结论相同\n"
    ) in command.done("replay r --policies p", tmp_path)


def data(**changes: object) -> VerdictData:
    """The verdict on the last day, with some of it replaced."""
    return POLICY.decide(LAST_DAY, "promotion_bar").data.model_copy(update=changes)


def test_what_is_no_text_is_told_by_its_place() -> None:
    assert compared(data(), data()) == {}
    steps = data().derivation
    fewer = compared(data(), data(derivation=steps[1:]))
    assert fewer == {"derivation": ((steps[0].name,) * 2, ("", ""))}
    assert compared(data(), data(facts_known=9)) == {"facts_known": ((f"{data().facts_known}",) * 2, ("9",) * 2)}
    # Beside an outcome that is another, that all else is too is no news.
    assert [*compared(data(), data(outcome="free", modality="may"))] == ["outcome"]
    assert [*compared(data(), data(modality="may"))] == ["modality"]


def test_a_default_is_a_difference_only_where_the_rules_are_the_same() -> None:
    used = tuple(one.model_copy(update={"is_default": False}) for one in data().readings)
    assert compared(data(), data(readings=used), defaults=False) == {}
    assert [*compared(data(), data(readings=used))] == ["readings"]


def test_every_part_that_may_differ_has_a_name() -> None:
    texts = {"decision", "label", "en", "group", "group_en", "title", "outcome_label", "outcome_en", "digests"}
    for field in VerdictData.model_fields.keys() - texts:
        assert word(f"part_{field}", "zh"), field
