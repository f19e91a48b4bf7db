"""A pytest plugin: scenario files of a policy repository are collected as tests, one for each scenario and engine.

pytest imports this module in every session, so it imports nothing of the library until a scenario file is met.
In ``pyproject.toml`` under ``[tool.pytest.ini_options]``:

    rudong_scenarios = ["scenarios/**/*.yaml"]   # the default
    rudong_policies = "policies"                 # the shipped regulations by default
    rudong_engine = "fixpoint"                   # every engine that can run, by default
    rudong_lang = "en"                           # Chinese by default
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .policy import Policy
    from .scenarios import Located
    from .trials import Trial

_ENGINES = ("all", "fixpoint", "durable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("rudong-rules", "scenarios of executable regulations")
    group.addoption("--rudong-policies", metavar="FOLDER", help="Folder of policies instead of the configured one.")
    group.addoption("--rudong-engine", choices=_ENGINES, help="Engine that decides scenarios.")
    parser.addini(
        "rudong_scenarios", "Scenario files, as patterns below the root directory.", "args", ["scenarios/**/*.yaml"]
    )
    parser.addini("rudong_policies", "Folder of policies, below the root directory; the shipped ones by default.")
    parser.addini("rudong_engine", f"Engine that decides scenarios: {', '.join(_ENGINES)}.", default="all")
    parser.addini("rudong_lang", "Language in which a failure says what is wrong and why: zh or en.", default="zh")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse settings that cannot be."""
    for name, known in (("rudong_engine", _ENGINES), ("rudong_lang", ("zh", "en"))):
        if config.getini(name) not in known:
            raise pytest.UsageError(f"{name}: {config.getini(name)!r} is none of {', '.join(known)}")
    for pattern in config.getini("rudong_scenarios"):
        if not pattern or Path(pattern).is_absolute():
            raise pytest.UsageError(f"rudong_scenarios: {pattern!r} is no pattern below the root directory")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """Collect the files that the patterns name."""
    if file_path.suffix not in (".yaml", ".yml") or file_path not in _session(parent.config).files:
        return None
    return ScenarioFile.from_parent(parent, path=file_path)


class _Session:
    """What one session shares: the files that the patterns name, and the policy, loaded once it is needed."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._policy: Policy | None = None
        patterns = config.getini("rudong_scenarios")
        self.files = frozenset(path for pattern in patterns for path in config.rootpath.glob(pattern))

    @property
    def engines(self) -> tuple[str, ...]:
        from .trials import runnable_engines

        named = self._config.getoption("rudong_engine") or self._config.getini("rudong_engine")
        return runnable_engines() if named == "all" else (named,)

    @property
    def policy(self) -> Policy:
        """The policy.  Raises PolicyError."""
        if self._policy is None:
            from .policy import load

            option, ini = self._config.getoption("rudong_policies"), self._config.getini("rudong_policies")
            folder = self._config.invocation_params.dir / option if option else self._config.rootpath / ini
            self._policy = load(folder if option or ini else None)
        return self._policy


_KEY = pytest.StashKey[_Session]()


def _session(config: pytest.Config) -> _Session:
    if _KEY not in config.stash:
        config.stash[_KEY] = _Session(config)
    return config.stash[_KEY]


class ScenarioFile(pytest.File):
    """A file of scenarios."""

    def collect(self) -> Iterator[ScenarioItem]:
        """Yield a test for each scenario and engine; every problem of the file or the policy is a collection error."""
        from .errors import InputError
        from .scenarios import read_scenarios

        session = _session(self.config)
        try:
            policy = session.policy
            found = read_scenarios(self.path, str(self.path.relative_to(self.config.rootpath)), policy)
        except InputError as error:
            raise self.CollectError(error.text(self.config.getini("rudong_lang"))) from None
        for located in found:
            for engine in session.engines:
                name = f"{located.scenario.decision}:{located.span.line}[{engine}]"
                yield ScenarioItem.from_parent(self, name=name, located=located, engine=engine, policy=policy)


class ScenarioItem(pytest.Item):
    """A scenario on an engine: it passes when the verdict is what it expects."""

    def __init__(self, *, located: Located, engine: str, policy: Policy, **more: Any) -> None:
        super().__init__(**more)
        self._located, self._engine, self._policy = located, engine, policy

    def runtest(self) -> None:
        """Decide the case and compare."""
        from .trials import attempt

        trial = attempt(self._located, self._policy, self._engine)
        if not trial.passed:
            raise ScenarioFailed(trial)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what was expected, what came out and why, with the place in the YAML; a traceback of nothing else."""
        if not isinstance(excinfo.value, ScenarioFailed):
            return super().repr_failure(excinfo, style)
        return _explained(excinfo.value.trial, self.config.getini("rudong_lang"))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the scenario stands."""
        return self.path, self._located.span.line - 1, self.name


class ScenarioFailed(Exception):  # noqa: N818  (a result, not an error of the program)
    """A scenario did not get the verdict that it expects."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        super().__init__("; ".join(trial.problems))


def _explained(trial: Trial, lang: Any) -> str:
    from . import layout
    from .bilingual import in_language
    from .failing import why_failed
    from .wording import colon, word

    lines = [f"{trial.located.span}: {trial.located.scenario.point}"]
    lines += [in_language(problem, lang) for problem in trial.problems]
    if trial.verdict is not None:
        lines.append(word("why", lang) + colon(lang))
        lines += [f"  {line}" for line in layout.plain(why_failed(trial, lang))]
    return "\n".join(lines)
