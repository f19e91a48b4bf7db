"""Every broken input under tests/bad is refused by the real command with exactly the text that stands beside it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from chinese import in_chinese
from commands import Command, Outcome, at_once
from extras import needs_polars
from good import BAD, GOOD, copy_of_good
from rudong_rules.errors import MAX_PROBLEMS, PolicyError
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


LANGUAGES = ("zh", "en")


def said(path: Path, lang: str = "en") -> str:
    """Return what is expected in a language: the English stands in ``NAME.txt``, the Chinese in ``NAME.zh.txt``."""
    return path.with_suffix(".txt" if lang == "en" else ".zh.txt").read_text(encoding="utf-8")


def refused(path: Path, outcome: Outcome, lang: str = "en") -> None:
    """Check that a command refused its input with the text of a file."""
    assert outcome.err == said(path, lang)
    assert (outcome.code, outcome.out) == (2, "")


def inputs(kind: str, suffixes: tuple[str, ...]) -> list[Path]:
    """The inputs of one kind; none without its expected text, no expected text without its input."""
    return sorted(path for path in (BAD / kind).iterdir() if path.suffix in suffixes and ".zh" not in path.suffixes)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", inputs("cases", (".yaml", ".json")), ids=lambda path: path.name)
def test_a_broken_case_is_refused_with_its_message(case: Path, lang: str, command: Command) -> None:
    refused(case, command(f"decide {case.name} --policies ../good --lang {lang}", case.parent), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", inputs("shipped", (".yaml",)), ids=lambda path: path.name)
def test_a_case_that_cannot_be_under_the_shipped_policies_is_refused(case: Path, lang: str, command: Command) -> None:
    refused(case, command(f"decide {case.name} --lang {lang}", case.parent), lang)


BATCH = "batch {} -o out.csv -d tolerance --keep 编号 --lang {}"


@needs_polars
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", inputs("tables", (".csv",)), ids=lambda path: path.name)
def test_a_table_that_cannot_be_read_is_refused_with_its_message(
    table: Path, lang: str, command: Command, tmp_path: Path
) -> None:
    shutil.copyfile(table, tmp_path / table.name)
    refused(table, command(BATCH.format(table.name, lang), tmp_path), lang)
    assert [path.name for path in tmp_path.iterdir()] == [table.name]


@needs_polars
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", inputs("rows", (".csv",)), ids=lambda path: path.name)
def test_every_row_that_is_no_case_is_rejected_with_its_message(
    table: Path, lang: str, command: Command, tmp_path: Path
) -> None:
    shutil.copyfile(table, tmp_path / table.name)
    assert command(BATCH.format(table.name, lang), tmp_path).code == 1
    rejects = map(json.loads, (tmp_path / "out.csv.rejects.jsonl").read_text(encoding="utf-8").splitlines())
    assert "".join(f"{one['编号']}: {one['problem']}\n" for one in rejects) == said(table, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", inputs("commands", (".txt",)), ids=lambda path: path.stem)
def test_a_command_that_cannot_be_is_refused_with_its_message(path: Path, lang: str, command: Command) -> None:
    words, _, message = said(path).removeprefix("$ rudong-rules ").partition("\n")
    policies = f" --lang {lang}" if "--policies" in words else f" --policies good --lang {lang}"
    outcome = command(words + policies, BAD)
    assert outcome == Outcome(2, "", message if lang == "en" else said(path, lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MADE)
def test_a_case_made_to_do_harm_is_refused_at_once(name: str, lang: str, command: Command, tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "good")
    (tmp_path / "case").write_bytes(MADE[name])
    with at_once():
        outcome = command(f"decide case --policies good --lang {lang}", tmp_path)
    refused(BAD / "made" / name, outcome, lang)
    piped = command(f"decide - --policies good --lang {lang}", tmp_path, MADE[name])
    assert piped == outcome._replace(err=outcome.err.replace("case:", "<stdin>:"))


def test_messages_are_chinese_unless_english_is_asked_for(command: Command) -> None:
    case = BAD / "cases" / "unknown_finding.yaml"
    refused(case, command(f"decide {case.name} --policies ../good", case.parent), "zh")
    refused(case, command(f"decide {case.name} --policies ../good --lang=en", case.parent), "en")


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
            (into / path.relative_to(changes)).parent.mkdir(parents=True, exist_ok=True)
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


@pytest.mark.parametrize("name", sorted(path.name for path in (BAD / "policies").iterdir()))
def test_a_broken_policy_is_told_in_chinese(name: str, tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        load(broken(name, tmp_path / "policies"))
    for problem in caught.value.problems:
        assert problem.text("zh").startswith(f"{problem.span}: {problem.code}: {in_chinese(problem.message)}")
        assert not problem.hint or in_chinese(problem.hint)


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


LAST = ("there may be more problems: mend these first", "可能还有其他问题：请先改正以上各项")
SAID = ("cases/*.txt", "shipped/*.txt", "tables/*.txt", "rows/*.txt", "policies/*/expected.txt", "made/*.txt")
EXPECTED = sorted(path for pattern in SAID for path in BAD.glob(pattern))


@pytest.mark.parametrize("ending", [".txt", ".zh.txt"])
def test_every_expected_text_has_its_input(ending: str) -> None:
    def named(kind: str) -> set[str]:
        every = (path.name.removesuffix(ending) for path in (BAD / kind).glob(f"*{ending}"))
        return {name for name in every if not name.endswith(".zh")}

    assert named("cases") == {path.stem for path in inputs("cases", (".yaml", ".json"))}
    assert named("shipped") == {path.stem for path in inputs("shipped", (".yaml",))}
    assert named("tables") == {path.stem for path in inputs("tables", (".csv",))}
    assert named("rows") == {path.stem for path in inputs("rows", (".csv",))}
    assert named("made") == set(MADE)
    assert named("commands") == {path.stem for path in inputs("commands", (".txt",))}


@pytest.mark.parametrize("path", sorted(BAD.rglob("*.zh.txt")), ids=lambda path: path.stem)
def test_a_message_in_chinese_holds_no_english_sentence(path: Path) -> None:
    """A word of the user's or of the syntax may stand in it, four words of English in a row are a sentence."""
    assert re.search(r"[A-Za-z]+( [a-z]+){3,}", path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: str(path.relative_to(BAD)))
def test_every_message_says_where_and_what_and_most_say_how_to_mend_it(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    problems = [line for line in lines if not line.startswith(("  hint: ", "  提示：")) and line not in LAST]
    assert problems
    assert all(line.count(": ") >= 2 for line in problems)
    assert "Traceback" not in "".join(lines)
    assert "".join(lines).isprintable()


def test_the_entry_point_refuses_like_the_function(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("rudong-rules")
    case = BAD / "cases" / "unknown_finding.yaml"
    words = [str(script), "decide", case.name, "--policies", "../good", "--lang", "en"]
    done = subprocess.run(words, cwd=case.parent, capture_output=True, text=True, check=False)
    refused(case.with_suffix(".txt"), Outcome(done.returncode, done.stdout, done.stderr))
