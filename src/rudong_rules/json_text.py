"""JSON → text that YAML reads alike, so that both have one reader, whose errors have lines."""

from __future__ import annotations

import re

# An unclosed string is matched too, so that no quote inside it begins another search to the end.
_JSON_TOKEN = re.compile(r'"(?:\\.|[^"\\])*(?:"(?P<gap>\s*)(?P<key>(?=:))?)?|\t', re.DOTALL)
_JSON_ESCAPE = re.compile(
    r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})|\\."
    r"|[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", re.DOTALL,
)  # fmt: skip
_SIMPLE_KEY = 900
"""A longer key, or one whose colon stands on another line, is a key to YAML only when it is marked as one."""


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
