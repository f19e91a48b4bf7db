"""Every broken input under tests/bad is refused by the real command with exactly the text that stands beside it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands import Command, Outcome, at_once
from good import BAD, GOOD, copy_of_good
from rudong_rules.errors import MAX_PROBLEMS
from rudong_rules.policy import load

MANY = "".join(f"fact{n}: true\n" for n in range(30_000))

MADE: dict[str, bytes] = {
    "ten_megabytes": b"ill: true\n" * 1_048_576,
    "depth_of_a_thousand": b"title: " + b"[" * 1_000 + b"]" * 1_000,
    "depth_of_a_thousand_in_json": b'{"title":' * 1_000 + b"1" + b"}" * 1_000,
    "values_beyond_number": b"leaves: [" + b"1," * 200_000 + b"]",
    "problems_beyond_number": MANY.encode(),
    "gbk": "title: 病假\n".encode("gbk"),
    "cut_in_the_middle_of_a_character": "ill: true\ntitle: 病".encode()[:-1],
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "utf_16": "ill: true\n".encode("utf-16"),
    "nul_byte": b"ill: true\ntitle: a\x00b\n",
    "escape_byte": b"title: \x1b[31mred\n",
    "byte_order_mark_and_crlf": b"\xef\xbb\xbfill: true\r\nil: true\r\n",
    "json_string_without_end": b'{"title": "' + b'\\"' * 400_000,
    "name_without_end": b"x" * 100_000 + b": true\n",
}  # fmt: skip
"""Cases that are better made than stored."""


def refused(path: Path, outcome: Outcome) -> None:
    """Check that a command refused its input with the text of a file."""
    assert outcome.err == path.read_text(encoding="utf-8")
    assert (outcome.code, outcome.out) == (2, "")


def inputs(kind: str, suffixes: tuple[str, ...]) -> list[Path]:
    """The inputs of one kind; none without its expected text, no expected text without its input."""
    return sorted(path for path in (BAD / kind).iterdir() if path.suffix in suffixes)


@pytest.mark.parametrize("case", inputs("cases", (".yaml", ".json")), ids=lambda path: path.name)
def test_a_broken_case_is_refused_with_its_message(case: Path, command: Command) -> None:
    refused(case.with_suffix(".txt"), command(f"decide {case.name} --policies ../good --lang en", case.parent))


@pytest.mark.parametrize("path", inputs("commands", (".txt",)), ids=lambda path: path.stem)
def test_a_command_that_cannot_be_is_refused_with_its_message(path: Path, command: Command) -> None:
    words, _, message = path.read_text(encoding="utf-8").removeprefix("$ rudong-rules ").partition("\n")
    policies = " --lang en" if "--policies" in words else " --policies good --lang en"
    outcome = command(words + policies, BAD)
    assert outcome == Outcome(2, "", message)


@pytest.mark.parametrize("name", MADE)
def test_a_case_made_to_do_harm_is_refused_at_once(name: str, command: Command, tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "good")
    (tmp_path / "case").write_bytes(MADE[name])
    with at_once():
        outcome = command("decide case --policies good --lang en", tmp_path)
    refused(BAD / "made" / f"{name}.txt", outcome)
    piped = command("decide - --policies good --lang en", tmp_path, MADE[name])
    assert piped == outcome._replace(err=outcome.err.replace("case:", "<stdin>:"))


def test_a_link_that_leads_to_itself_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").symlink_to("case.yaml")
    outcome = command(f"decide case.yaml --policies {GOOD}", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("case.yaml: cannot-read: ")
    shutil.copytree(GOOD, tmp_path / "policies")
    (tmp_path / "policies" / "leave" / "readings.yaml").unlink()
    (tmp_path / "policies" / "leave" / "readings.yaml").symlink_to("readings.yaml")
    outcome = command("clauses --policies policies", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("leave/readings.yaml: cannot-read: ")


# --- policies --------------------------------------------------------------------------------------------------------


def broken(name: str, into: Path) -> Path:
    """Return a copy of the good policy with what differs in a broken one."""
    changes = BAD / "policies" / name
    patch = changes / "patch.yaml"
    patches: dict[str, Any] = yaml.safe_load(patch.read_text(encoding="utf-8")) if patch.exists() else {}
    parts = [(file, part) for file, change in patches.items() if isinstance(change, list) for part in change]
    copy_of_good(into, ((file, part["old"], part["new"]) for file, part in parts))
    for path in changes.rglob("*"):
        if path.is_file() and path.parent != changes:
            shutil.copyfile(path, into / path.relative_to(changes))
    for file, change in patches.items():
        if change is None:
            (into / file).unlink()
        elif isinstance(change, str):
            (into / file).rename(into / change)
    return into


@pytest.mark.parametrize("name", sorted(path.name for path in (BAD / "policies").iterdir()))
def test_a_broken_policy_is_refused_with_its_message(name: str, command: Command, tmp_path: Path) -> None:
    broken(name, tmp_path / "policies")
    with at_once():
        outcome = command("clauses --policies policies --lang en", tmp_path)
    refused(BAD / "policies" / name / "expected.txt", outcome)


def test_a_policy_of_problems_without_end_is_refused_at_once(command: Command, tmp_path: Path) -> None:
    unknown = ", ".join(f"word{n}" for n in range(20_000))
    copy_of_good(tmp_path / "policies", [("leave/rules.yaml", "when: ill", f"when: {{any: [{unknown}]}}")])
    with at_once():
        outcome = command("clauses --policies policies --lang en", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("unknown-atom: 'word") == MAX_PROBLEMS
    assert outcome.err.endswith("\nthere may be more problems: mend these first\n")


# --- the library of broken inputs itself -----------------------------------------------------------------------------


def test_the_policy_that_the_broken_ones_differ_from_is_good(command: Command) -> None:
    assert len(load(GOOD).regulations) == 1
    assert command.done("decide fine.yaml --policies good", BAD)


EXPECTED = sorted([*BAD.glob("cases/*.txt"), *BAD.glob("policies/*/expected.txt"), *BAD.glob("made/*.txt")])


def test_every_expected_text_has_its_input() -> None:
    assert {path.stem for path in BAD.glob("cases/*.txt")} == {
        path.stem for path in inputs("cases", (".yaml", ".json"))
    }
    assert {path.stem for path in BAD.glob("made/*.txt")} == set(MADE)


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: str(path.relative_to(BAD)))
def test_every_message_says_where_and_what_and_most_say_how_to_mend_it(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    problems = [line for line in lines if not line.startswith("  hint: ")]
    assert problems
    assert all(line.count(": ") >= 2 or line == "there may be more problems: mend these first" for line in problems)
    assert "Traceback" not in "".join(lines)
    assert "".join(lines).isprintable()


def test_the_entry_point_refuses_like_the_function(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("rudong-rules")
    case = BAD / "cases" / "unknown_finding.yaml"
    words = [str(script), "decide", case.name, "--policies", "../good", "--lang", "en"]
    done = subprocess.run(words, cwd=case.parent, capture_output=True, text=True, check=False)
    refused(case.with_suffix(".txt"), Outcome(done.returncode, done.stdout, done.stderr))
