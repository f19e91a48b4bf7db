"""What the documents show is real: excerpts stand in the files, commands print what is quoted, code runs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any, get_args

import pytest

import rudong_rules
from commands import Command
from rudong_rules.bounds import COMPARISONS
from rudong_rules.conditions import OPERATORS
from rudong_rules.corpus import cut
from rudong_rules.errors import PolicyError
from rudong_rules.expected import DutyOrNone, Expected
from rudong_rules.measures import NUMBERS
from rudong_rules.ruleset import (
    Conclusion,
    Decision,
    Duty,
    Group,
    NotEncoded,
    Period,
    Reading,
    RegulationFile,
    Rule,
    Rung,
)
from rudong_rules.source import parse_document
from rudong_rules.vocabulary import ComputedField, Finding, Measure, Record, RecordField, Scalar, Schema

ROOT = Path(__file__).parent.parent
COUNTY = ROOT / "examples" / "another_county"
README, GUIDE = (ROOT / name for name in ("README.md", "docs/encode_a_regulation.md"))
EXCERPTED = [*COUNTY.rglob("*.yaml"), *(ROOT / "policies").rglob("*.yaml")]


def fenced(document: Path, language: str) -> list[str]:
    """The blocks of a language between fences."""
    return re.findall(rf"^```{language}\n(.*?)^```$", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def indented(document: Path) -> list[str]:
    """The indented blocks outside fences."""
    prose = re.sub(r"^```.*?^```$", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [dedent(block).strip() for block in re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", prose, re.MULTILINE)]


def commands(document: Path) -> Iterator[tuple[str, str]]:
    """Each command with what is shown of its output."""
    for block in indented(document):
        if block.startswith("$ rudong-rules "):
            words, _, shown = block.removeprefix("$ rudong-rules ").partition("\n")
            yield words, shown


COMMANDS = [(document.name, words, shown) for document in (README, GUIDE) for words, shown in commands(document)]


@pytest.mark.parametrize(
    ("document", "words", "shown"), COMMANDS, ids=[f"{name}: {words}" for name, words, _ in COMMANDS]
)
def test_a_command_prints_the_lines_that_are_quoted(document: str, words: str, shown: str, command: Command) -> None:
    printed = command.done(words, ROOT)
    for part in shown.split("……"):
        assert part.strip("\n") in printed


def test_both_documents_show_a_command() -> None:
    assert {document for document, *_ in COMMANDS} == {README.name, GUIDE.name}


def test_the_facts_quoted_in_the_readme_are_a_case() -> None:
    facts = [block for block in indented(README) if ": " in block and not block.startswith("$")]
    assert facts
    for block in facts:
        rudong_rules.load().reader.read(parse_document(block, "README.md").data)


def test_the_python_of_the_readme_runs_and_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    code, service = fenced(README, "python")
    names: dict[str, Any] = {}
    exec(compile(code, str(README), "exec"), names)
    printed = capsys.readouterr().out.splitlines()
    said = re.findall(r"^print.*# (.*)$", code, re.MULTILINE)
    assert len(printed) == len(said)
    assert printed[0].startswith(said[0].split(",")[0])
    assert printed[2] == said[2]
    exec(compile(service, str(README), "exec"), names)
    assert names["answer"]({"出于公心": True})[1]["decision"] == "tolerance"
    status, (problem,) = names["answer"]({"出于公新": True})
    assert (status, problem["code"]) == (422, "unknown-fact")
    assert "是否指 出于公心" in problem["zh"]


def test_the_guide_names_everything_that_a_scenario_may_expect() -> None:
    section = GUIDE.read_text(encoding="utf-8").partition("## 9. ")[2].partition("## 10. ")[0]
    rows = re.findall(r"^\| (`.*`) \| .* \|$", section, re.MULTILINE)
    listed = [name for row in rows for name in re.findall(r"`(\w+)`", row) if name != "expect"]
    assert sorted(listed) == sorted(Expected.model_fields)
    (states,) = re.findall(r"^\| `duties` \| by id: ([^:]*): ", section, re.MULTILINE)
    assert set(re.findall(r"\w+", states)) - {"or"} == set(get_args(DutyOrNone))


@pytest.mark.parametrize("block", fenced(GUIDE, "yaml"), ids=lambda block: block.strip().splitlines()[0])
def test_an_excerpt_stands_in_the_files(block: str) -> None:
    parse_document(dedent(block), "excerpt")
    wanted = dedent(block).splitlines()
    assert any(wanted in _windows(path, len(wanted)) for path in EXCERPTED)


def _windows(path: Path, length: int) -> list[list[str]]:
    """Every stretch of so many lines of a file, moved to the left margin."""
    lines = path.read_text(encoding="utf-8").splitlines()
    stretches = (lines[start : start + length] for start in range(len(lines) - length + 1))
    return [dedent("\n".join(stretch)).splitlines() for stretch in stretches]


# --- the tables of operators -----------------------------------------------------------------------------------------

ROWS = re.findall(r"^\| `(\w+)` \| (.*) \| `(\{.*\})` \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_tables_list_every_operator_once() -> None:
    listed = [operator for operator, *_ in ROWS]
    assert sorted(listed) == sorted({*NUMBERS, *OPERATORS})


def test_every_example_in_the_tables_is_about_its_operator_and_well_formed(tmp_path: Path) -> None:
    rules, names = "rules:\n", []
    for nth, (operator, _, example) in enumerate(ROWS):
        assert example.startswith(f"{{{operator}: ")
        condition = f"{{measure: {example}, equals: {example}}}" if operator in NUMBERS else example
        rules += f"  q{nth}: {{label: 例{nth}, en: example {nth}, clause: clerks:第五条, when: {condition}}}\n"
        names.append(f"q{nth}")
    shutil.copytree(COUNTY / "policies", tmp_path / "policies")
    quoted = tmp_path / "policies" / "quoted"
    quoted.mkdir()
    (quoted / "rules.yaml").write_text(rules, encoding="utf-8")
    (quoted / "decisions.yaml").write_text(
        "decisions:\n  quoted:\n    label: 例\n    en: example\n    question: 例？\n    clause: clerks:第五条\n"
        f"    profile: [{', '.join(names)}]\n",
        encoding="utf-8",
    )
    policy = rudong_rules.load(tmp_path / "policies")
    assert len(policy.decide({}, "quoted").profile) == len(ROWS)


def test_the_guide_names_every_comparison() -> None:
    (row,) = (said for operator, said, _ in ROWS if operator == "measure")
    assert set(re.findall(r"[a-z_]+", row)) >= set(COMPARISONS)


@pytest.mark.parametrize(
    ("what", "schema"),
    [
        ("regulation", RegulationFile), ("vocabulary, findings", Finding), ("vocabulary, scalars", Scalar),
        ("vocabulary, records", Record), ("one of the fields", RecordField), ("one of the computed", ComputedField),
        ("vocabulary, measures", Measure), ("rules, conclusions", Conclusion), ("rules, rules", Rule),
        ("readings", Reading),
        ("decisions, decisions", Decision), ("an outcome of the ladder", Rung), ("decisions, duties", Duty),
        ("decisions, periods", Period), ("decisions, groups", Group), ("not_encoded", NotEncoded),
    ],
)  # fmt: skip
def test_the_guide_says_what_each_thing_needs(what: str, schema: type[Schema]) -> None:
    (row,) = re.findall(rf"^\| {what} \| (.*) \| ?(.*) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    needs, may = ({name for name in column.split(", ") if name} for column in row)
    assert needs == {name for name, field in schema.model_fields.items() if field.is_required()}
    assert may == set(schema.model_fields) - needs


# --- the error messages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rules.yaml", "all: [secret_leaked,", "all: [secret_leakd,"),
        (
            "not_encoded.yaml",
            "第十五条: {kind: exhortation, reason: 对各部门的号召，不设条件, "
            "reason_en: a call to all departments; it sets no condition}\n", "",
        ),
    ],
)  # fmt: skip
def test_an_error_message_in_the_guide_is_the_real_one(file: str, old: str, new: str, tmp_path: Path) -> None:
    shutil.copytree(COUNTY / "policies", tmp_path / "policies")
    path = tmp_path / "policies" / "clerks" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        rudong_rules.load(tmp_path / "policies")
    assert f"{caught.value}\n" in fenced(GUIDE, "text")


def test_the_links_of_the_documents_lead_somewhere() -> None:
    for document in (README, GUIDE, ROOT / "docs" / "architecture.md"):
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_module_has_its_room_in_the_table_and_no_other_has() -> None:
    package = Path(rudong_rules.__file__).parent
    modules = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [
        name for line in re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE) for name in re.findall("`(.+?)`", line)
    ]
    assert sorted(name for name in rooms if "." not in name) == sorted(m for m in modules if not m.startswith("_"))
    assert all((package / f"{name.replace('.', '/')}.py").exists() for name in rooms if "." in name)


@pytest.mark.parametrize(
    ("lines", "leaves", "headings"),
    [
        (
            "某办法/引言。/又引言。/第二章 章名/第六条 甲。/乙。/丙。/第七条 子：/（一）丑。",
            {"序言", "序言2", "第六条", "第六条第二款", "第六条第三款"}, {"第二章", "第七条"},
        ),
        ("某细则/六、一节/首段。/又一段。/（一）末。", {"六首段", "六首段2"}, {"六"}),
    ],
)  # fmt: skip
def test_the_guide_names_the_clauses_as_they_are_cut(lines: str, leaves: set[str], headings: set[str]) -> None:
    clauses = {one.label: one.leaf for one in cut("x", "某", lines.replace("/", "\n")).clauses}
    guide = GUIDE.read_text(encoding="utf-8").partition("## 2. ")[0]
    assert {name: clauses[name] for name in leaves | headings} == {name: name in leaves for name in leaves | headings}
    assert all(name in guide for name in leaves | (headings - {"第七条"}))
