"""The command and a browser as fixtures; hypothesis profiles.

``ci`` repeats itself and is quick; ``nightly`` searches long (HYPOTHESIS_PROFILE=nightly).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from commands import Command

settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

CHROMIUM = Path("/usr/bin/chromium")
NEEDS = {
    "rfc8785": ["test_hostile.py", "test_ledger.py", "test_records.py", "test_revisions.py", "test_signing.py"],
    "z3": [
        "laws/test_equivalence.py", "laws/test_proofs.py", "test_check.py", "test_check_reports.py", "test_diff.py",
        "test_entries.py", "test_limits.py", "test_seen.py",
    ],
    "polars": [
        "laws/test_columns.py", "test_batch.py", "test_batch_summary.py", "test_frame.py", "test_frame_cautions.py",
        "test_frame_conversion.py", "test_frame_gates.py", "test_frame_records.py", "test_grid_shown.py",
        "test_grid_values.py", "test_population.py", "test_tables.py",
    ],
}  # fmt: skip
"""What tests a library that not everybody installs, by the library."""
collect_ignore = [file for library, files in NEEDS.items() if find_spec(library) is None for file in files]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command, run in this process as from a shell."""
    return Command(monkeypatch, capsys)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were opened in a browser, of which none is."""
    addresses: list[str] = []

    def show(address: str) -> bool:
        addresses.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", show)
    return addresses


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser without a window; the test is skipped where there is none."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield running
        running.close()
