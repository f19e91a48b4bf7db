"""The policies of a folder or of a git revision."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .errors import InputError, Problem, Span

_HINT = "name a folder of policies, or a revision of the git repository that you are in"


@contextmanager
def policies_of(name: str, folder: Path) -> Iterator[Path]:
    """Give the folder of policies that ``name`` stands for, itself a folder or a git revision that has ``folder``.

    A revision is laid out in a folder that is gone afterwards.  Raises InputError when it is neither.
    """
    if Path(name).is_dir():
        yield Path(name)
        return
    with TemporaryDirectory(prefix="rudong-rules-") as temporary:
        yield _lay_out(name, folder, Path(temporary))


def _lay_out(revision: str, folder: Path, into: Path) -> Path:
    top = Path(_git(revision, "rev-parse", "--show-toplevel").decode().strip())
    try:
        inside = folder.resolve().relative_to(top.resolve())
    except ValueError:
        raise _problem(revision, f"{folder} lies outside the repository {top}", "name it with --policies") from None
    commit = _git(revision, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    where = inside.as_posix()
    archive = _git(revision, "-C", str(top), "archive", "--format=tar", commit.decode().strip(), "--", where)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(into, filter="data")
    return into / inside


def _git(revision: str, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", *words], capture_output=True, check=False)
    except FileNotFoundError:
        raise _problem(revision, "there is no such folder, and no git to look for a revision", _HINT) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _problem(revision, said[-1] if said else "there is no such folder and no such revision", _HINT)
    return done.stdout


def _problem(revision: str, message: str, hint: str) -> InputError:
    return InputError([Problem(Span(revision), "no-revision", message, hint)])
