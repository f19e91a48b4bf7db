"""Problems: what is wrong, where, and how to mend it.

Every bad input is reported as a list of :class:`Problem`, all at once and sorted by place, carried by one exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from errno import errorcode
from typing import Any, ParamSpec, TypeVar, get_args

from .bilingual import Hint, Text, in_language, say
from .messages import MESSAGES
from .wording import Lang

P = ParamSpec("P")
T = TypeVar("T")
MAX_PROBLEMS = 100
"""Nobody reads more problems at once, and a hostile input could make them without end."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in an input: file name, 1-based line and column; line 0 when the input has no lines (a dict)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return self.text("en")

    def text(self, lang: Lang) -> str:
        """Return the place in a language: what is no file may have a name in each."""
        file = in_language(self.file, lang)
        return f"{file}:{self.line}:{self.column}" if self.line else file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with an input; ``hint`` says how to mend it.

    Message and hint are texts (:class:`bilingual.Text`): English strings that can be told in Chinese as well.
    """

    span: Span
    code: str
    message: Text
    hint: Hint = ""

    def __str__(self) -> str:
        return self.text("en")

    def text(self, lang: Lang) -> str:
        """Return where, what and how to mend it in a language."""
        line = visible(f"{self.span.text(lang)}: {self.code}: {in_language(self.message, lang)}")
        if not self.hint:
            return line
        return f"{line}\n  {say('hint').text(lang)}{visible(in_language(self.hint, lang))}"


class RudongRulesError(Exception):
    """The base of every exception that this library raises on purpose; its ``str`` is English.

    Where Python has a kind of error for it (KeyError, ValueError, ImportError), the exception is one of these too.
    """

    def text(self, lang: Lang) -> str:
        """Return what is wrong in a language, or in English where nobody said it in Chinese."""
        return in_language(self.args[0], spoken(lang)) if self.args else ""


class InputError(RudongRulesError):
    """An input that cannot be used; ``problems`` lists everything wrong with it, sorted by place, none twice.

    Readers stop at MAX_PROBLEMS, and the text of the exception says so.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__(self.text("en"))

    def text(self, lang: Lang) -> str:
        """Return every problem in a language, a line or two each."""
        lang = spoken(lang)
        lines = [problem.text(lang) for problem in self.problems[:MAX_PROBLEMS]]
        if len(self.problems) >= MAX_PROBLEMS:
            lines.append(say("more_problems").text(lang))
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class PolicyError(InputError):
    """Policy files (text, vocabulary, rules, decisions, readings) that do not make a policy."""


class CaseError(InputError):
    """A case, or a choice of readings or date for it, that does not fit the policy."""


@dataclass
class Wrong:
    """Gathers problems of several inputs, so that all are told at once."""

    problems: list[Problem] = field(default_factory=list)

    def take(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Return what ``read`` returns, or None where it raises InputError."""
        try:
            return read(*args, **kwargs)
        except InputError as error:
            self.problems += error.problems
            return None

    def tell(self, kind: type[InputError] = InputError) -> None:
        """Raise an error of a kind with all problems found, if there are any."""
        if self.problems:
            raise kind(self.problems)


class UnknownNameError(CaseError, KeyError):
    """A name that nothing has, or that several things have; a KeyError as well, which is what a look-up promises."""

    def __str__(self) -> str:
        return str(self.args[0])  # A KeyError would quote it.


class MisuseError(RudongRulesError, ValueError):
    """A value that no call can use, or a thing asked for what it has not; the message says what may be asked."""


class RowError(MisuseError, TypeError):
    """A row asked for by what is no number; a TypeError as well, which is what a sequence promises."""


class NotInstalledError(RudongRulesError, ImportError):
    """A library that is not installed; the message says which one to install."""


class EngineUnavailableError(RudongRulesError):
    """An engine that cannot run on this interpreter; the message says what to do."""


def spoken(lang: Any) -> Lang:
    """Return a language that texts can be told in.  Raises MisuseError for any other, such as zh-CN."""
    if isinstance(lang, str) and lang in get_args(Lang):
        return lang  # type: ignore[return-value]
    raise MisuseError(say("no_language", word=shown(lang)))


def visible(text: str) -> str:
    """Return text with its control characters and other invisible ones escaped: a terminal must not obey an input."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def system_said(error: OSError) -> Text:
    """Return why the system refused something, in its own words in English."""
    said = error.strerror or str(error)
    key = f"errno_{errorcode.get(error.errno or 0, '')}"
    return say(key if key in MESSAGES else "errno_", said=said)


def shown(value: Any) -> Text:
    """Return a short name for any value, in the words of YAML."""
    if value is None or isinstance(value, bool):
        return say("bare", text={None: "null", True: "true", False: "false"}[value])
    if isinstance(value, str):
        return say("quoted", text=value if len(value) <= 60 else f"{value[:59]}…")
    if isinstance(value, Mapping):
        return say("a_mapping" if value else "an_empty_mapping")
    if isinstance(value, list | tuple):
        return say("a_list" if value else "an_empty_list")
    if isinstance(value, int):
        return say("bare", text=str(value)) if abs(value) < 10**20 else say("a_long_number")
    if isinstance(value, float | date):
        return say("bare", text=str(value))
    kind = type(value)
    return say(
        "a_python_value", name=kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    )


def did_you_mean(word: Any, known: Iterable[str]) -> Hint:
    """Return a hint naming the known words closest to ``word``, or an empty string when none is close."""
    from difflib import get_close_matches

    # difflib is quadratic in the length of the word; nobody mistypes a 200-letter word by accident.
    every = sorted(set(known))
    longer = [one for one in every if isinstance(word, str) and len(word) > 2 and one.startswith(word)][:3]
    close = longer or (get_close_matches(word[:200], every, n=3, cutoff=0.6) if isinstance(word, str) else ())
    return say("did_you_mean", either=tuple(close)) if close else ""
