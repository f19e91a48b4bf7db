"""The command as a shell meets it: help, streams that close, and nothing that a terminal would obey."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import rudong_rules
from commands import Command
from good import BAD, GOOD, THIRD_LEAVE
from rudong_rules import OpinionData

HERE = Path(__file__).parent
SCRIPT = str(Path(sys.executable).with_name("rudong-rules"))
IN_GOOD = f"--policies {GOOD}"


def test_the_version_is_the_packages(command: Command) -> None:
    assert command.done("--version", HERE) == f"rudong-rules {rudong_rules.__version__}\n"


@pytest.mark.parametrize("words", ["-h", "--help", "decide -h", "clauses -h", "schema --help"])
def test_help_is_no_error(words: str, command: Command) -> None:
    assert command.done(words, HERE).startswith("Usage: rudong-rules")


@pytest.mark.parametrize("words", ["", "decide", "decidee x", "decide x --bogus", "decide x -f pdf", "schema cases"])
def test_words_that_are_no_command_are_refused(words: str, command: Command) -> None:
    outcome = command(words, HERE)
    assert outcome.code == 2
    assert "Traceback" not in outcome.err


HOSTILE = "a\x1b[31mb\x07c\x9b31md\u202ee\u2028f\rg\u2066h\x00i"


@pytest.mark.parametrize("form", ["text", "json", "md"])
@pytest.mark.parametrize("place", ["title", "evidence"])
def test_no_control_character_of_a_case_reaches_the_terminal(
    form: str, place: str, tmp_path: Path, command: Command
) -> None:
    ill = {"value": True, "determined_by": HOSTILE, "evidence": HOSTILE} if place == "evidence" else True
    case = {**THIRD_LEAVE, "title": HOSTILE if place == "title" else "x", "ill": ill}
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    words = f"decide case.json -r third_leave=does_not -f {form} {IN_GOOD}"
    printed = command.done(words, tmp_path)
    assert "31mb" in printed
    obeyed = [c for c in printed if c != "\n" and unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cf")]
    assert obeyed == []
    if form == "json":
        assert HOSTILE in [OpinionData.model_validate_json(printed).verdicts[0].title, *_said(printed)]


def _said(printed: str) -> list[str]:
    """Who determined anything, in an opinion in JSON."""
    verdicts = OpinionData.model_validate_json(printed).verdicts
    return [source.determined_by for one in verdicts for step in one.derivation for source in step.sources]


def shell(words: str, **streams: Any) -> subprocess.CompletedProcess[str]:
    command = f"exec {SCRIPT} {words}"
    return subprocess.run(["sh", "-c", command], cwd=BAD, capture_output=True, text=True, check=False, **streams)


def test_a_reader_that_goes_away_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run([SCRIPT, "clauses"], stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_told_in_one_line() -> None:
    done = shell(f"clauses {IN_GOOD} >/dev/full")
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2, "standard output: cannot-write: No space left on device",
    )  # fmt: skip


def test_standard_input_that_is_closed_is_told_in_one_line() -> None:
    done = shell(f"decide - {IN_GOOD} <&-")
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "<stdin>: cannot-read: standard input is closed")


def test_a_terminal_without_chinese_gets_escapes() -> None:
    done = shell(f"decide fine.yaml {IN_GOOD}", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u75c5\u5047" in done.stdout
