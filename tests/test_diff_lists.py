"""Two policies whose shares of the votes are another: the cases have the columns that only one of them asks about."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import rudong_rules
from commands import Command
from rudong_rules.comparison import compare
from rudong_rules.differences import state

COUNTY = Path(__file__).parent.parent / "examples" / "another_county" / "policies"
BASE = rudong_rules.load(COUNTY)


def edited(folder: Path, old: str, new: str) -> Path:
    """The policies of the other county with one word of their rules written otherwise."""
    shutil.copytree(COUNTY, folder / "head")
    path = folder / "head" / "clerks" / "rules.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder / "head"


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("approving_share: {less_than: 2/3}", "approving_share: {less_than: 3/4}",
         {("excellent", "basic"), ("competent", "basic")}),
        ("excellent_share: {at_least: 1/2}", "excellent_share: {at_least: 3/5}",
         {("excellent", "incompetent"), ("excellent", "basic"), ("excellent", "competent")}),
        ("unfit_share: {more_than: 1/3}", "unfit_share: {more_than: 2/5}",
         {("incompetent", "basic"), ("incompetent", "excellent"), ("incompetent", "competent")}),
    ],
)  # fmt: skip
def test_a_share_that_is_another_is_shown_by_cases_that_both_can_decide(
    old: str, new: str, pairs: set[tuple[str, str]], tmp_path: Path
) -> None:
    """An entry has the columns that either policy asks about."""
    head = rudong_rules.load(edited(tmp_path, old, new))
    (grade,) = [one for one in compare(BASE, head) if one.decision == "grade"]
    assert grade.status == "changed"
    assert {(pair.was, pair.now) for pair in grade.pairs} == pairs
    for pair in grade.pairs:
        assert [state(policy, pair.case, pair, "grade") for policy in (BASE, head)] == [pair.was, pair.now]


def test_a_pair_that_is_neither_found_nor_ruled_out_is_listed(tmp_path: Path, command: Command) -> None:
    """A share below 2/3 is below 3/4: no case goes the other way, which is not proven for lists of any length."""
    edited(tmp_path, "approving_share: {less_than: 2/3}", "approving_share: {less_than: 3/4}")
    out = command(f"diff {COUNTY} head", tmp_path).out
    grade = out[out.index("年度考核等次（grade）") : out.index("续聘（renewal）")]
    assert "是否还有下列变化，未能查清（没有找到案件，亦未证明没有）：\n" in grade
    assert grade.rstrip().endswith("基本称职 → 称职")
    assert "whether these change too is not settled" in command(f"diff {COUNTY} head --lang en", tmp_path).out
    data = json.loads(command(f"diff {COUNTY} head -f json", tmp_path).out)
    (one,) = [one for one in data["decisions"] if one["decision"] == "grade"]
    assert one["unsettled"] == [
        {"atom": "grade", "was": "basic", "now": "excellent"}, {"atom": "grade", "was": "basic", "now": "competent"},
    ]  # fmt: skip
