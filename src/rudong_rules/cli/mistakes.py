"""Words that are no command: what is wrong with them, in both languages.

The library that reads the command line says it in English, and under one of two names (it may hold its own copy of
click), so its errors are told apart by what they are called.
"""

from __future__ import annotations

import re
from typing import Any

from ..bilingual import Text, say
from ..errors import visible
from ..wording import Lang

_VALUES: tuple[tuple[str, str], ...] = (
    (r"(?:.*, )?'(?P<word>.*?)' is not one of (?P<names>.*?)\.?$", "no_choice_of_option"),
    (r".*valid integer.*", "must_be_integer"),
    (r".*valid (float|number).*", "must_be_number"),
    (r".*greater than or equal to (?P<bound>\S+)|.*not in the range x>=(?P<least>\S+?)\.?$", "must_be_or_more"),
    (r".*less than or equal to (?P<bound>\S+)", "must_be_or_less"),
    (r".*not in the range (?P<bound>.+?)\.?$", "must_be_in_range"),
)
"""What is said of a value that does not fit, and the message of it."""
_USAGES: tuple[tuple[str, str], ...] = (
    (r"No such command '(?P<name>.*?)'\..*'(?P<near>.*?)'\?", "no_command_but"),
    (r"No such command '(?P<name>.*?)'", "no_command"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)", "one_word_too_many"),
    (r"Option '(?P<name>.*?)' requires", "option_needs_value"),
    (r"Option '(?P<name>.*?)' does not take", "option_takes_no_value"),
)


def is_mistake(error: BaseException) -> bool:
    """Return whether an error says that words are no command."""
    return any(kind.__name__ == "ClickException" for kind in type(error).__mro__)


def told(error: Any, lang: Lang) -> str:
    """Return what is wrong with a command line: how it is to be written, and what does not fit."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.format_message())
    lines = []
    if getattr(error, "ctx", None) is not None:
        usage = error.ctx.get_usage().partition("Usage:")[2].strip()
        lines += [say("usage", usage=usage), say("help_says_more", command=error.ctx.command_path), ""]
    lines.append(say("mistake", said=_said(error)))
    return "\n".join(visible(line.text(lang)) if isinstance(line, Text) else line for line in lines)


def _said(error: Any) -> Text:
    kind, message = type(error).__name__, str(getattr(error, "message", "") or "")
    if kind == "NoSuchOption":
        near = tuple(error.possibilities or ())
        name = error.option_name
        below = getattr(getattr(error.ctx, "command", None), "commands", {})
        for command in (one for one in ("decide", *below) if one in below):
            if any(name in parameter.opts for parameter in below[command].params):
                return say("option_of_commands", name=name, command=command)
        return say("no_option_but", name=name, either=near) if near else say("no_option", name=name)
    if kind == "MissingParameter":
        return say(
            "missing_option" if error.param.param_type_name == "option" else "missing_argument", name=_name(error)
        )
    if kind == "BadParameter":
        return say("bad_value", name=_name(error), said=_matched(_VALUES, message))
    return _matched(_USAGES, message or str(error.format_message()))


def _matched(patterns: tuple[tuple[str, str], ...], message: str) -> Text:
    for pattern, key in patterns:
        found = re.match(pattern, message, re.DOTALL)
        if found:
            values: dict[str, Any] = {name: value for name, value in found.groupdict().items() if value is not None}
            if "least" in values:
                values["bound"] = values.pop("least")
            if "names" in values:
                values["names"] = tuple(re.findall(r"'(.*?)'", values["names"]))
            return say(key, **values)
    return say("other_mistake", said=message)


def _name(error: Any) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    if error.param.param_type_name == "option":
        return " / ".join(error.param.opts)
    return str(error.param.metavar or error.param.name)
