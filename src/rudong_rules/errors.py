"""Problems: what is wrong, where, and how to mend it.

Every bad input is reported as a list of :class:`Problem`, all at once and sorted by place, carried by one exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

MAX_PROBLEMS = 100
"""Nobody reads more problems at once, and a hostile input could make them without end."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in an input: file name, 1-based line and column; line 0 when the input has no lines (a dict)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with an input; ``hint`` says how to mend it."""

    span: Span
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        line = visible(f"{self.span}: {self.code}: {self.message}")
        return f"{line}\n  hint: {visible(self.hint)}" if self.hint else line


class RudongRulesError(Exception):
    """The base of every exception that this library raises on purpose."""


class InputError(RudongRulesError):
    """An input that cannot be used; ``problems`` lists everything wrong with it, sorted by place, none twice.

    Readers stop at MAX_PROBLEMS, and the text of the exception says so.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        lines = [str(problem) for problem in self.problems[:MAX_PROBLEMS]]
        if len(self.problems) >= MAX_PROBLEMS:
            lines.append("there may be more problems: mend these first")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class PolicyError(InputError):
    """Policy files (text, vocabulary, rules, decisions, readings) that do not make a policy."""


class CaseError(InputError):
    """A case, or a choice of readings or date for it, that does not fit the policy."""


class EngineUnavailableError(RudongRulesError):
    """An engine that cannot run on this interpreter; the message says what to do."""


def visible(text: str) -> str:
    """Return text with its control characters and other invisible ones escaped: a terminal must not obey an input."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def shown(value: Any) -> str:
    """Return a short name for any value, in the words of YAML."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else f"{value[:59]}…")
    if isinstance(value, Mapping):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else "a number of more than 20 digits"
    return str(value) if isinstance(value, float | date) else f"a Python {type(value).__name__}"


def did_you_mean(word: Any, known: Iterable[str]) -> str:
    """Return a hint naming the known words closest to ``word``, or an empty string when none is close."""
    from difflib import get_close_matches

    # difflib is quadratic in the length of the word; nobody mistypes a 200-letter word by accident.
    close = get_close_matches(word[:200], sorted(set(known)), n=3, cutoff=0.6) if isinstance(word, str) else ()
    return f"did you mean {' or '.join(close)}?" if close else ""
