"""Policies as they were: a folder, or a revision of the git repository around the current folder."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .bilingual import say
from .errors import InputError, Problem, Span

FOLDER = "policies"
"""Where a repository keeps its policies, seen from its top."""
_SECONDS = 60


@contextmanager
def policies_at(spec: str, folder: str = FOLDER) -> Iterator[Path]:
    """Give the folder of the policies that ``spec`` names; that of a revision is temporary and goes away afterwards.

    A folder that exists is meant before a revision of that name; of a revision, ``folder`` as seen from the top of its
    repository, unless it names one itself (``REV:FOLDER``).  Raises InputError when there is neither.
    """
    if spec and os.path.isdir(spec):
        yield Path(spec)
        return
    revision, colon, own = spec.partition(":")
    if not revision:
        raise _neither(spec)
    tree = f"{revision}:{own if colon else folder}"
    # From the top of the repository, wherever in it we stand.
    top = _git(spec, "rev-parse", "--show-toplevel").decode().rstrip("\n")
    found = _git(spec, "rev-parse", "--verify", "--quiet", "--end-of-options", tree, at=top)
    archive = _git(spec, "archive", "--format=tar", found.decode().strip(), at=top)
    with tempfile.TemporaryDirectory(prefix="rudong-rules-") as target:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            # Only plain files and folders: a link of a foreign repository could lead anywhere.
            plain = [one for one in tar.getmembers() if one.isfile() or one.isdir()]
            tar.extractall(target, members=plain, filter="data")
        yield Path(target)


def _git(spec: str, *words: str, at: str | None = None) -> bytes:
    try:
        done = subprocess.run(["git", *words], cwd=at, capture_output=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError, ValueError):
        done = None
    if done is None or done.returncode:
        raise _neither(spec)
    return done.stdout


def _neither(spec: str) -> InputError:
    return InputError([Problem(Span(spec), "no-policies", say("no_revision", spec=spec), say("name_revision"))])
