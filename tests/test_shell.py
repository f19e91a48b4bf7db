"""The command as a shell meets it: help, streams that close, and nothing that a terminal would obey."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import rudong_rules
from commands import Command
from good import BAD, GOOD, THIRD_LEAVE
from rudong_rules import OpinionData

HERE = Path(__file__).parent
SCRIPT = str(Path(sys.executable).with_name("rudong-rules"))
POLICY = rudong_rules.load()
IN_GOOD = f"--policies {GOOD}"


def test_the_version_is_the_packages(command: Command) -> None:
    assert command.done("--version", HERE) == f"rudong-rules {rudong_rules.__version__}\n"


def test_the_package_can_be_run_as_a_module() -> None:
    words = [sys.executable, "-m", "rudong_rules", "--version"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout == f"rudong-rules {rudong_rules.__version__}\n"


@pytest.mark.parametrize("words", ["-h", "--help", "decide -h", "clauses -h", "schema --help"])
def test_help_is_no_error(words: str, command: Command) -> None:
    assert command.done(words, HERE).startswith("用法 / Usage: rudong-rules")


DECIDING = ["ask", "batch", "decide", "record", "what-if", "why", "why-not"]
COMMANDS = [*DECIDING, "check", "clauses", "diff", "facts", "readings", "redact", "replay", "schema", "test"]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_everything_in_chinese_and_in_english(name: str, command: Command) -> None:
    said = command.done(f"{name} -h", HERE).split("事项 / Decisions:")[0]
    paragraphs = said.split("\n\n")
    assert any("\u4e00" <= character <= "\u9fff" for character in paragraphs[1])
    assert paragraphs[2].isascii() or "“" in paragraphs[2]
    explained = re.split(r"\n  (?=\S)", said[said.index("选项 / Options:") :])[1:]
    assert explained
    for one in explained:
        meaning = "".join(one.split("\n")[1:])
        assert re.search(r"[\u4e00-\u9fff].* / .*[a-z]", meaning), one


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("batch", "无效的行写在 OUT.rejects.jsonl，并注明理由，此时退出码为 1。"),
        ("diff", "有所不同的，哪怕只是文字，退出码为 1；--population 的表中有的行不是案件、因而无从知道的，为 2。"
                 "事实互相矛盾的行会列出，不影响退出码。"),
        ("replay", "退出码：0 全部相同，或仅文字不同；1 在这些规则下或按现行默认结论不同，或末行残缺；2 记录被改动。"),
        ("test", "有不符预期的，退出码为 1。"),
    ],
)  # fmt: skip
def test_the_exit_codes_are_told_in_chinese_too(name: str, told: str, command: Command) -> None:
    said = command.done(f"{name} -h", HERE)
    assert told.replace(" ", "") in re.sub(r"\s", "", said)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_notes_and_types_of_help_are_words_for_people(name: str, command: Command) -> None:
    said = " ".join(command.done(f"{name} -h", HERE).split())
    assert "list[" not in said
    assert "[required]" not in said
    assert "[default: " not in said
    assert re.search(r"\[必填 / required\]|默认 / default: ", said)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_lists_the_decisions_where_one_may_be_named(name: str, command: Command) -> None:
    _, _, listed = command.done(f"{name} -h", HERE).partition("事项 / Decisions:\n")
    assert bool(listed) == (name in DECIDING)
    if listed:
        told = {line.split()[0]: line for line in listed.splitlines() if re.match("  [a-z]", line)}
        assert list(told) == list(POLICY.rules.decisions)
        assert all(one.label in told[key] for key, one in POLICY.rules.decisions.items())


def test_the_list_of_commands_says_what_each_does_in_both_languages(command: Command) -> None:
    _, _, listed = command.done("-h", HERE).partition("命令 / Commands:\n")
    told = [line for line in listed.splitlines() if re.match("  [a-z]", line)]
    assert sorted(line.split()[0] for line in told) == sorted(COMMANDS)
    assert all(re.search(r"[\u4e00-\u9fff].* / [A-Z]", line) for line in told)


@pytest.mark.parametrize("words", ["-h", "decide -h"])
def test_no_line_of_help_is_wider_than_the_terminal(words: str, command: Command) -> None:
    assert max(cell_len(line) for line in command.done(words, HERE).splitlines()) <= 80


@pytest.mark.parametrize(
    ("by_label", "by_id"),
    [
        ("decide - -d 容错认定", "decide - -d tolerance"),
        ("why - -d 提拔限制", "why - -d promotion_bar"),
        ("why-not - 不予容错 -d 容错认定", "why-not - not_tolerated -d tolerance"),
        ("decide - -d 容错认定 -r “主观故意”是对行为还是对损害、违规结果？=对行为",
         "decide - -d tolerance -r intent_object=act"),
        ("what-if - -d 容错认定 -s reading:intent_object=对行为",
         "what-if - -d tolerance -s reading:intent_object=act"),
        ("clauses 容错", "clauses tolerance"),
        ("clauses 如东县人民检察院进一步健全容错纠错机制实施细则", "clauses tolerance"),
    ],
)  # fmt: skip
def test_a_label_is_as_good_as_an_id(by_label: str, by_id: str, command: Command) -> None:
    assert command.done(by_label, HERE, b"{}") == command.done(by_id, HERE, b"{}")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("decide - -d 容措认定", "没有“容措认定”这一事项\n  提示：是否指 容错认定（tolerance）？事项有：嘉奖和三等功"),
        ("decide - -d 工资", "没有“工资”这一事项\n  提示：事项有：嘉奖和三等功（honours）、"),
        ("why-not - 予以容错 -d tolerance", "没有“予以容错”这一结论\n  提示：是否指 不予容错（not_tolerated）？"),
        ("decide - -r intent_object=x", "这一选项\n  提示：选项有：对损害或者违规结果（harm）、对行为（act）\n"),
        ("clauses 容错误", "没有“容错误”这一细则或条款\n  提示：是否指 容错（tolerance）？细则有："),
    ],
)  # fmt: skip
def test_a_word_that_names_nothing_is_answered_with_what_comes_near_and_all_there_are(
    words: str, message: str, command: Command
) -> None:
    outcome = command(words, HERE, b"{}")
    assert outcome.code == 2
    assert message in outcome.err


MISTAKES = {
    "": ("命令 / Commands:", "命令 / Commands:"),
    "decide": ("错误：缺少参数 case", "Error: Missing argument 'case'."),
    "batch in.csv": ("错误：缺少选项 --output / -o", "Error: Missing option '--output / -o'."),
    "decidee x": (
        "错误：没有命令 decidee，是否指 decide？", "Error: No such command 'decidee'. Did you mean 'decide'?",
    ),
    "xyz": ("错误：没有命令 xyz", "Error: No such command 'xyz'."),
    "decide x --formt": (
        "错误：没有选项 --formt，是否指 --format？", "Error: No such option: --formt. Did you mean --format?",
    ),
    "--policies x decide": (
        "错误：选项 --policies 写在命令之后，如 rudong-rules decide … --policies …",
        "Error: --policies stands after the command, as in rudong-rules decide … --policies …",
    ),
    "decide x --zz": ("错误：没有选项 --zz", "Error: No such option: --zz"),
    "decide x -d": ("错误：选项 -d 须有值", "Error: Option '-d' requires an argument."),
    "decide x --full=3": ("错误：选项 --full 不带值", "Error: Option '--full' does not take a value."),
    "decide x y": ("错误：多余的参数：y", "Error: Got unexpected extra argument(s) (y)"),
    "schema cases": (
        "错误：what 的值不对：“cases”不在 case、rules、verdict、opinion 之中",
        "Error: Invalid value for 'what': 'cases' is not one of case, rules, verdict, opinion.",
    ),
    "batch a -o b --part-rows x": (
        "错误：--part-rows 的值不对：须为整数", "Error: Invalid value for '--part-rows': must be a whole number.",
    ),
    "batch a -o b --part-rows 0": (
        "错误：--part-rows 的值不对：须为 1 以上", "Error: Invalid value for '--part-rows': must be 1 or more.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("words", MISTAKES)
def test_words_that_are_no_command_are_refused_in_the_language_of_the_user(words: str, command: Command) -> None:
    name, _, rest = words.partition(" ")
    for lang, message in zip(("zh", "en"), MISTAKES[words], strict=True):
        outcome = command(f"{name} --lang {lang} {rest}" if words else "", HERE)
        assert (outcome.code, outcome.out) == (2, "")
        assert message in outcome.err.splitlines()
        assert "Traceback" not in outcome.err


def test_how_a_command_is_written_is_told_in_one_language(command: Command) -> None:
    assert command("schema --zz", HERE).err == (
        "用法：rudong-rules schema [OPTIONS] [what]\n详见 rudong-rules schema -h\n\n错误：没有选项 --zz\n"
    )
    assert command("schema --zz --lang en", HERE).err == (
        "Usage: rudong-rules schema [OPTIONS] [what]\nTry 'rudong-rules schema -h' for help.\n\n"
        "Error: No such option: --zz\n"
    )
    assert command("nothing --lang=en", HERE).err.splitlines()[0] == "Usage: rudong-rules [OPTIONS] COMMAND [ARGS]..."


def test_a_message_is_cut_into_the_lines_of_the_terminal(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = command("decide - -d x", HERE, b"{}").err.splitlines()
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    cut = command("decide - -d x", HERE, b"{}").err.splitlines()
    assert max(map(cell_len, whole)) > 100
    assert max(map(cell_len, cut)) <= 60
    assert all(line.startswith("  ") for line in cut[1:])
    assert "".join(line.strip() for line in cut[1:]) == whole[1].strip()


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
    done = shell(f"clauses --lang en {IN_GOOD} >/dev/full")
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2, "standard output: cannot-write: No space left on device",
    )  # fmt: skip


def test_standard_input_that_is_closed_is_told_in_one_line() -> None:
    done = shell(f"decide - --lang en {IN_GOOD} <&-")
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "<stdin>: cannot-read: standard input is closed")


def test_a_terminal_without_chinese_gets_escapes() -> None:
    done = shell(f"decide fine.yaml {IN_GOOD}", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u75c5\u5047" in done.stdout


def test_the_demonstration_names_each_case_before_its_verdict() -> None:
    words = ["make", "-n", "--no-print-directory", "-o", ".venv/.core", "demo"]
    done = subprocess.run(words, cwd=HERE.parent, capture_output=True, text=True, check=True)
    recipe = done.stdout.replace(".venv/bin/rudong-rules decide $case", "true").strip()
    printed = subprocess.run(["sh", "-c", recipe], cwd=HERE.parent, capture_output=True, text=True, check=True).stdout
    cases = sorted((HERE.parent / "examples" / "cases").glob("*.yaml"))
    assert [line for line in printed.splitlines() if line] == [f"== examples/cases/{case.name}" for case in cases]
