"""Those who ask for English read English: the texts of the regulations and what cites them stay Chinese."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from commands import Command

CASE = {
    "as_of": "2026-03-16", "employment": "established", "report_untrue": False, "gain_self": True, "dictatorial": True,
    "arbitrary": False, "proposed_move": "higher_post", "assessments": {
        "complete": True, "entries": [{"year": 2024, "grade": "basic"}, {"year": 2025, "grade": "basic"}],
    },
}  # fmt: skip
CITED = re.compile("〔(?:[^〔〕]|〔[^〕]*〕)*〕")
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
TEXTS = "\nClauses\n"
"""The heading below which a verdict has the texts of the regulations."""


@pytest.mark.parametrize(
    "words",
    [
        "decide case.json -d tolerance -d adjustment --full --robust",
        "decide case.json",
        "why case.json -d tolerance --full",
        "why-not case.json may_tolerate -d tolerance",
        "what-if case.json -d adjustment -s employment=other -s assessments= -s reading:gap_year= -s gain_self=",
        "facts employment",
        "facts assessments",
        "facts recognition",
        "readings gap_year",
    ],
)
def test_what_is_printed_in_english_is_english(words: str, command: Command, tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text(json.dumps(CASE))
    printed = command.done(f"{words} --lang en", tmp_path).partition(TEXTS)[0].replace("\n", " ")
    told = CITED.sub("", printed).replace("\u3000", " ")
    assert CHINESE.findall(re.sub("Clause: .*? (?=used by|facts:|readings:|-r)", "", told)) == []


def test_a_count_of_one_reads_as_well_as_others(command: Command, tmp_path: Path) -> None:
    assert "facts: 1 of 220" in command.done("facts employment --lang en", tmp_path)


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("decide case.json -d tolerence", "tolerance (Tolerance)"),
        ("why-not case.json may -d tolerance", "not_tolerated (not tolerated)"),
        ("clauses tolernce", "tolerance (Error tolerance)"),
        ("why case.json -d tolerance -r pretext=col", "element (element)"),
    ],
)
def test_a_hint_lists_names_with_what_they_mean_in_the_language_of_the_reader(
    words: str, listed: str, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "case.json").write_text(json.dumps(CASE))
    said = command(f"{words} --lang en", tmp_path).err
    assert listed in said
    assert CHINESE.findall(said) == []
