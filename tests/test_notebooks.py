"""The notebooks run from a clean kernel, and are stored as they ran."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "examples" / "notebooks"


def words(cell: Any) -> list[tuple[str, ...]]:
    """What a cell shows in words, without digests, which change with every edit of the rules."""
    data = [one.get("data", {}) for one in cell.get("outputs", [])]
    return [
        tuple(re.sub("[0-9a-f]{12}", "…", "".join(one.get(kind, ""))) for kind in ("text/plain", "text/markdown"))
        for one in data
    ]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore")
def test_a_notebook_runs_and_is_stored_with_what_it_shows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed")
    source = str(Path(__file__).parents[1] / "src")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([source, os.environ.get("PYTHONPATH", "")]))
    stored, run = nbformat.read(path, 4), nbformat.read(path, 4)
    nbclient.NotebookClient(run, timeout=120, resources={"metadata": {"path": str(FOLDER)}}).execute()
    for before, after in zip(stored.cells, run.cells, strict=True):
        shown = [sorted(one.get("data", {})) for one in before.get("outputs", [])]
        assert shown == [sorted(one.get("data", {})) for one in after.get("outputs", [])]
        assert words(before) == words(after), "make notebooks"
    assert sum(bool(cell.get("outputs")) for cell in stored.cells) > 5
