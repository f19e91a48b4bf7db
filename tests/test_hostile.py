"""A short run of ``benchmarks/fuzz.py``: whatever the bytes, they are accepted or refused with a documented error."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

import rudong_rules
from commands import Command
from good import BAD, GOOD, copy_of_good
from hostile import Target, case_seeds, case_target, policy_seeds, policy_target, record_seeds, record_target
from mutations import mutated

POLICY = rudong_rules.load(GOOD)
TARGETS: dict[str, tuple[Callable[[Path], Target], Callable[[], list[bytes]], int]] = {
    "case": (lambda _: case_target(POLICY), lambda: case_seeds(True), 2_000),
    "policy": (policy_target, policy_seeds, 100),
    "records": (lambda folder: record_target(POLICY, folder), lambda: record_seeds(POLICY), 500),
}


@pytest.mark.parametrize("name", TARGETS)
def test_broken_bytes_are_refused_and_some_are_accepted(name: str, tmp_path: Path) -> None:
    make, seeds_of, number = TARGETS[name]
    target, random, seeds = make(tmp_path), Random(name), seeds_of()
    seeds = [seed for seed in seeds if len(seed) < 10_000]
    assert any(map(target, seeds))
    assert 0 < sum(target(mutated(random, random.choice(seeds), seeds)) for _ in range(number)) < number


DEEP = 30
EXPENSIVE: dict[str, tuple[str, str, str]] = {
    # name: file, old, new — each as large as the limits of a file allow
    "gates of n of k": (
        "leave/rules.yaml", "    when: ill\n",
        "    when: {at_least: 150, of: [" + ", ".join(["ill", "family_change"] * 150) + "]}\n",
    ),
    "nested thresholds": (
        "leave/rules.yaml", "    when: ill\n",
        "    when: " + "{at_least: 2, of: [ill, family_change, " * DEEP + "ill" + "]}" * DEEP + "\n",
    ),
    "a very long condition": (
        "leave/rules.yaml", "    when: ill\n", "    when: {any: [" + ", ".join(["ill"] * 5_000) + "]}\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPENSIVE)
def test_rules_made_to_explode_are_refused_or_decided(name: str, tmp_path: Path) -> None:

    folder = copy_of_good(tmp_path / "policies", [EXPENSIVE[name]])
    with suppress(rudong_rules.PolicyError):
        policy = rudong_rules.load(folder)
        assert len(policy.program.gates) < 200_000
        assert policy.decide({"ill": True}).data


@pytest.mark.parametrize("day", ["1900-01-01", "2200-12-31"])
def test_the_first_and_the_last_day_of_a_case_are_days_like_others(day: str) -> None:
    policy = rudong_rules.load()
    case = {"as_of": day, **{name: day for name, one in policy.rules.vocabulary.scalars.items() if one.type == "date"}}
    assert policy.decide(case).data


RECORD_FILES = sorted((BAD / "records").glob("*.jsonl"))


def test_there_are_broken_record_files() -> None:
    assert len(RECORD_FILES) >= 5


@pytest.mark.parametrize("path", RECORD_FILES, ids=lambda path: path.stem)
def test_a_broken_file_of_records_is_refused_at_its_first_bad_line(path: Path, command: Command) -> None:
    for lang, ending in (("en", ".txt"), ("zh", ".zh.txt")):
        outcome = command(f"replay {path.name} --policies ../good --lang {lang}", path.parent)
        assert outcome.err == path.with_suffix(ending).read_text(encoding="utf-8")
        assert outcome.code == 2
