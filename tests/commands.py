"""The command, run in this process as from a shell; and what must not take long."""

from __future__ import annotations

import io
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from rudong_rules.cli import main


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


class Command:
    """Runs the command with its words as typed, from a folder."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, words: str, folder: Path, stdin: bytes = b"") -> Outcome:
        """Return what the words come to."""
        self._monkeypatch.chdir(folder)
        self._monkeypatch.setattr(sys, "argv", ["rudong-rules", *shlex.split(words)])
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as caught:
            main()
        return Outcome(int(str(caught.value.code)), *self._capsys.readouterr())

    def done(self, words: str, folder: Path, stdin: bytes = b"") -> str:
        """Return what the words, which must succeed, print."""
        outcome = self(words, folder, stdin)
        assert (outcome.code, outcome.err) == (0, "")
        return outcome.out


@contextmanager
def at_once(seconds: float = 10) -> Iterator[None]:
    """Check that what is inside takes a bounded time of the processor, whatever else the machine does.

    Work that grows with the square of a hostile input takes minutes.
    """
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds
