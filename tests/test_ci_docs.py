"""What docs/ci.md and the pre-commit hooks tell people to run are commands that exist and do it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from commands import Command

ROOT = Path(__file__).parent.parent
COUNTY = ROOT / "examples" / "another_county"
TEXT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
WORDS = re.compile(r"rudong-rules ((?:clauses|test|diff)\b[^`\n|#]*)")


def told() -> list[str]:
    """Every command in the page, and that of each hook, with the settings of a server filled in."""
    found = [one.group(1).strip() for one in WORDS.finditer(TEXT)] + [
        hook["entry"].removeprefix("rudong-rules ") for hook in HOOKS
    ]
    server = r'"?(origin/\$GITHUB_BASE_REF|\$CI_MERGE_REQUEST_DIFF_BASE_SHA|origin/main)"?'
    filled = [re.sub(server, "HEAD", c) for c in found]
    return sorted({command for command in filled if "[HEAD]" not in command})


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A policy repository as the page describes it."""
    for folder in ("policies", "scenarios"):
        shutil.copytree(COUNTY / folder, tmp_path / folder)
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def test_the_page_names_commands() -> None:
    assert len(told()) >= 6


@pytest.mark.parametrize("words", told())
def test_every_command_runs_in_a_policy_repository(words: str, repository: Path, command: Command) -> None:
    outcome = command(words, repository)
    assert outcome.err == ""
    assert outcome.code == (1 if "--fail-under" in words and "低于" in outcome.out else 0)


def test_every_example_in_yaml_can_be_read() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert len(examples) == 3
    for one in examples:
        assert yaml.safe_load(one)


def test_every_hook_of_the_page_is_defined() -> None:
    named = set(re.findall(r"- id: (\S+)", TEXT))
    assert named == {hook["id"] for hook in HOOKS}


def test_nothing_says_that_an_index_holds_the_package() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "src").rglob("*.py"))]
    named = [line for page in pages for line in page.read_text(encoding="utf-8").splitlines() if "install" in line]
    assert any("'.[check,frame,record,notebook]'" in line for line in named)
    asked = re.compile(r"install ['\"]?rudong-rules(?!\[check\] @ git\+)(\[| *$|['\"`])")
    assert [line for line in named if asked.search(line)] == []
