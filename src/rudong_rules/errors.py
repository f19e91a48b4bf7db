"""Problems: what is wrong, where, and how to mend it.

Every bad input is reported as a list of :class:`Problem`, all at once and sorted by place, carried by one exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


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
        line = f"{self.span}: {self.code}: {self.message}"
        return f"{line}\n  hint: {self.hint}" if self.hint else line


class RudongRulesError(Exception):
    """The base of every exception that this library raises on purpose."""


class InputError(RudongRulesError):
    """An input that cannot be used; ``problems`` lists everything wrong with it, sorted by place, none twice."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class PolicyError(InputError):
    """Policy files (text, vocabulary, rules, decisions, readings) that do not make a policy."""


class CaseError(InputError):
    """A case, or a choice of readings or date for it, that does not fit the policy."""


class EngineUnavailableError(RudongRulesError):
    """An engine that cannot run on this interpreter; the message says what to do."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint naming the known words closest to ``word``, or an empty string when none is close."""
    # difflib is quadratic in the length of the word; nobody mistypes a 200-letter word by accident.
    close = get_close_matches(word[:200], sorted(known), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(close)}?" if close else ""
