"""Policies of a folder and of a revision of git."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from good import GOOD
from rudong_rules import load
from rudong_rules.errors import InputError
from rudong_rules.record import rule_digests
from rudong_rules.revisions import policies_at


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of two commits: the good policy, tagged, and the same with another word and a link out."""
    monkeypatch.chdir(tmp_path)
    git = "git -c user.name=a -c user.email=a@b"
    shutil.copytree(GOOD, "policies")
    subprocess.run(f"git init -q && git add -A && {git} commit -qm one && git tag v1", shell=True, check=True)
    path = Path("policies/leave/decisions.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("en: Leave", "en: Absence"), encoding="utf-8")
    Path("policies/out").symlink_to("/etc")
    subprocess.run(f"git add -A && {git} commit -qm two", shell=True, check=True)
    return tmp_path


def test_a_revision_gives_the_rules_of_its_day_from_anywhere_in_the_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "policies")
    for spec in ("v1", "HEAD~1", "v1:policies"):
        with policies_at(spec) as folder:
            assert rule_digests(load(folder)) == rule_digests(load(GOOD))
        assert not folder.exists()
    with policies_at("HEAD") as folder:
        assert rule_digests(load(folder)) != rule_digests(load(GOOD))
        assert not (folder / "out").exists()


def test_a_folder_is_taken_as_it_is(repository: Path) -> None:
    with policies_at("policies") as folder:
        assert folder == Path("policies")


@pytest.mark.parametrize(
    "spec", ["v2", "HEAD~9", "v1:nothing", "--help", "--output=x", "-", "", "a\x00b", "v1:policies/leave/rules.yaml"]
)
def test_what_is_neither_is_refused(spec: str, repository: Path) -> None:
    before = sorted(repository.iterdir())
    with pytest.raises(InputError, match="is neither a folder nor a revision"), policies_at(spec):
        pass
    assert sorted(repository.iterdir()) == before
