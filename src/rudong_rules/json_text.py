"""JSON → text that YAML reads alike, so that both have one reader, whose errors have lines."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

# An unclosed string is matched too, so that no quote inside it begins another search to the end.
_JSON_TOKEN = re.compile(r'"(?:\\.|[^"\\])*(?:"(?P<gap>\s*)(?P<key>(?=:))?)?|\t', re.DOTALL)
_JSON_ESCAPE = re.compile(
    r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})|\\."
    r"|[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", re.DOTALL,
)  # fmt: skip
_SIMPLE_KEY = 900
"""A longer key, or one whose colon stands on another line, is a key to YAML only when it is marked as one."""


_JSON_OR_CONSTANT = re.compile(r'"(?:\\.|[^"\\])*"?|(?P<constant>-?\b(?:NaN|Infinity)\b)', re.DOTALL)
"""What Python reads as numbers, and JSON does not know."""


@dataclass(frozen=True, slots=True)
class NotJson:
    """Where a text is no JSON, and the keys of the message and the hint; ``word`` is what stands there."""

    place: int
    message: str
    hint: str
    word: str = ""


def not_json(text: str) -> NotJson | None:
    """Return where a text that may be YAML is no JSON, None for one that is."""
    constants = [found for found in _JSON_OR_CONSTANT.finditer(text) if found["constant"]]
    if constants:
        return NotJson(constants[0].start("constant"), "json_constant_here", "json_strictly", constants[0]["constant"])
    try:
        json.loads(text, parse_int=str, parse_float=str)  # However many digits a number has, it is one.
    except json.JSONDecodeError as error:
        # Where a comma is one too many, some versions of Python point at it and some behind it.
        comma = len(text[: error.pos].rstrip()) - 1
        comma = error.pos if text[error.pos : error.pos + 1] == "," else comma
        behind = text[comma + 1 :].lstrip()[:1]
        if text[comma : comma + 1] == "," and behind in ("}", "]"):
            return NotJson(comma, "json_comma", "json_no_comma")
        return NotJson(error.pos, "json_here", "json_strictly")
    return None


def json_as_yaml(text: str) -> str:
    """Return JSON as text that YAML reads alike: no tabs between values, no surrogate pairs, every key a key."""

    def one(match: re.Match[str]) -> str:
        token = match.group()
        if token == "\t":
            return " "
        gap = match["gap"] or ""
        string = _JSON_ESCAPE.sub(_escape, token[: len(token) - len(gap)])
        marked = match["key"] is not None and (len(string) > _SIMPLE_KEY or "\n" in gap)
        return ("? " if marked else "") + string + gap.replace("\t", " ")

    return _JSON_TOKEN.sub(one, text)


def _escape(match: re.Match[str]) -> str:
    if match["high"]:
        high, low = int(match["high"], 16), int(match["low"], 16)
        return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"
    found = match.group()
    return found if found[0] == "\\" else f"\\u{ord(found):04x}"
