"""Scenarios put to the test: each on each engine, with what it expected, what it got and why."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from .bilingual import say
from .engines import NAMES
from .errors import CaseError, InputError, Problem, Span, Wrong
from .policy import Policy
from .scenarios import Located, differences, read_scenarios, verdict_of
from .verdict import Verdict

FOLDERS = ("tests/scenarios", "scenarios")
"""Where a policy repository keeps its scenarios."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A scenario of a policy decided by an engine.

    ``problems`` says what it expected and did not get, a line each; ``verdict`` is None when the case was refused.
    """

    located: Located
    engine: str
    problems: tuple[str, ...]
    verdict: Verdict | None
    policy: Policy

    @property
    def passed(self) -> bool:
        """Whether everything came out that the scenario expects."""
        return not self.problems


def attempt(located: Located, policy: Policy, engine: str) -> Trial:
    """Return what comes of a scenario.  Raises EngineUnavailableError when the engine cannot run here."""
    try:
        verdict = verdict_of(located, policy, engine)
    except CaseError as error:
        refused = tuple(say("in_both", zh=one.text("zh"), en=str(one)) for one in error.problems)
        return Trial(located, engine, refused, None, policy)
    return Trial(located, engine, tuple(differences(located.scenario.expect, verdict, policy)), verdict, policy)


def runnable_engines() -> tuple[str, ...]:
    """Return the engines that can run here: durable-rules is not made for every Python."""
    return tuple(name for name in NAMES if name != "durable" or find_spec("durable") is not None)


def scenario_files(named: Iterable[Path], here: Path) -> list[Path]:
    """Return the scenario files named, those of folders in order; none named means the first of FOLDERS in ``here``.

    Raises InputError for a path that does not exist, and when there is no file at all.
    """
    paths = list(named) or [folder for name in FOLDERS if (folder := here / name).is_dir()][:1]
    missing, hint = [path for path in paths if not os.path.exists(path)], say("name_scenarios")
    if missing:
        problems = (
            Problem(Span(str(path)), "cannot-read", say("errno_ENOENT", said="No such file or directory"), hint)
            for path in missing
        )
        raise InputError(problems)
    files = [file for path in paths for file in (_inside(path) if path.is_dir() else [path])]
    if not files:
        where = Span(", ".join(str(path) for path in paths) or str(here))
        raise InputError([Problem(where, "no-scenarios", say("no_scenario_file"), hint)])
    return list(dict.fromkeys(files))


def _inside(folder: Path) -> Iterator[Path]:
    yield from sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml")))


def read_all(files: Iterable[Path], policy: Policy | None = None) -> list[Located]:
    """Return the scenarios of files, as :func:`read_scenarios` does.

    Raises InputError with every problem of all of them.
    """
    wrong = Wrong()
    found = [one for file in files for one in wrong.take(read_scenarios, file, policy=policy) or ()]
    wrong.tell()
    return found
