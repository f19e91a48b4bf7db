"""The command as a fixture; hypothesis profiles.

``ci`` repeats itself and is quick; ``nightly`` searches long (HYPOTHESIS_PROFILE=nightly).
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from commands import Command

settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command, run in this process as from a shell."""
    return Command(monkeypatch, capsys)
