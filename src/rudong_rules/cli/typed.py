"""What is typed at a question, and how it is read: an option by number, id or label; nothing for "not known"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..as_typed import Thing, half, meant
from ..bilingual import Text, in_language, say
from ..errors import InputError, visible
from ..vocabulary import Named
from ..wording import Lang, pick, word
from .output import write

KEYS = {"。": ".", "！": "!", "《": "<", "＜": "<"}
"""Keys as an input method for Chinese gives them."""
_ANSWERS = {"write_bool": "answer_bool", "leave_it_empty": "answer_nothing"}
"""Hints for what stands in a file or a table, and those for an answer."""
Options = list[tuple[str, str]]
"""Ids with what they are called."""
_BETWEEN = re.compile(r"[,，、;；\s]+")


def options_of(kind: str, options: Mapping[str, Named], lang: Lang) -> Options:
    """Return what may be answered, each option with what it is called."""
    if kind in ("yes_no", "bool"):
        return [("true", word("yes", lang)), ("false", word("no", lang))]
    return [(name, pick(named.label, named.en, lang)) for name, named in options.items()]


def ask(options: Options) -> str:
    """Return what is typed; at the end of the input, the key that ends."""
    shown = "  ".join(f"{nth} {label}" for nth, (_, label) in enumerate(options, 1))
    try:
        said = input(f"{shown} > " if shown else "> ").strip()
    except EOFError:
        return "."
    return KEYS.get(said, said)


def value_of(said: str, thing: Thing | None, options: Options) -> Any:
    """Return the value that is meant, as :func:`as_typed.meant` does; an option may be named by its number too."""
    found = meant(option_of(said, options), thing)
    if found is None or getattr(thing, "type", "") != "choices":
        return found
    return [option_of(one, options) for one in _BETWEEN.split(said) if one]


def option_of(said: str, options: Options) -> str:
    """Return the id of the option that is named by its number or by what it is called; else what is typed."""
    named = {str(nth): name for nth, (name, _) in enumerate(options, 1)} | {label: name for name, label in options}
    return named.get(said) or named.get(half(said), said)


def refuse(error: InputError, lang: Lang) -> None:
    """Say what is wrong with what was typed and how to mend it: where it stands is where one is."""
    for problem in error.problems:
        write(f"  ✗ {visible(in_language(problem.message, lang))}\n", None)
        # An answer is no file: yes and no have one form there alone, and nothing is an answer.
        answer = _ANSWERS.get(problem.hint.key) if isinstance(problem.hint, Text) else None
        hint = say(answer) if answer else problem.hint
        if hint:
            write(f"    {visible(in_language(hint, lang))}\n", None)
