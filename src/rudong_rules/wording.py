"""What verdicts and reports say to people, in Chinese and English: words, signs and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from .tool_words import TOOL_WORDS
from .verdict_words import VERDICT_WORDS

Lang = Literal["zh", "en"]
Both = tuple[str, str]
"""The same in Chinese and in English."""

MARKS = {"true": "✓", "false": "✗", "unknown": "?", "contradicted": "⚠"}
DUTY_MARKS = {"met": "✓", "breached": "✗", "owed": "☐", "open": "?"}
"""How a duty stands: in order, violated, to be done, and not known."""
FURTHER_MARKS = {**DUTY_MARKS, "caution": "⚠"}
"""What a sign says that is not the state of a fact or a step: how a duty stands, and of what a reader is warned."""
_STANDS = {
    ("breached", "true"): "breached", ("breached", "false"): "met", ("done", "true"): "met", ("done", "false"): "owed",
    ("owed", "true"): "owed", ("owed", "false"): "met", ("due", "false"): "met",
}  # fmt: skip
CONTROLS = dict.fromkeys(
    (*range(32), *range(127, 160), 0x2028, 0x2029, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), " "
)
"""Characters in a user's text that a terminal would obey: controls, line ends, turns of the writing direction."""

_WITH_ID = re.compile(r"(.*?)((?: ?[（(〔][^（()）〔〕]*[）)〕])?)", re.DOTALL)
_BRACKETED = re.compile(r"「[^」]*」|“[^”]*”|（[^）]*）|\([^)]*\)|〔[^〕]*〕")

_WORDS = {**VERDICT_WORDS, **TOOL_WORDS}


def word(key: str, lang: Lang) -> str:
    """Return the word for ``key`` in a language.  Raises KeyError for a word that is not listed."""
    return _WORDS[key][0 if lang == "zh" else 1]


def status_word(status: str, lang: Lang) -> str:
    """Return what is said of a verdict without an outcome; of a profile, that it comes to none."""
    return word("profile_only" if status == "profile" else status, lang)


def stands(name: str, state: str) -> str:
    """Return whose sign a step shows: its state, and for a state of a duty how the duty stands by it.

    So ✗ says of every duty that it is violated, whether the step is that it was or a list of duties shows it.
    """
    kind, _, duty = name.partition(":")
    return _STANDS.get((duty.rpartition(":")[2], state), state) if kind == "duty" else state


def duty_stands(state: str, modality: str) -> tuple[str, str]:
    """Return the word for how a duty or right stands in a list of them, and whose sign it shows; a right shows none."""
    if state == "open" and modality == "may":
        return "right", ""
    return state, {"done": "met", "breached": "breached", "owed": "owed", "open": "open"}.get(state, "")


def duty_step(state: str) -> str:
    """Return the step that tells of a duty that it stands so: it has arisen, where nothing more is known of it."""
    return "due" if state in ("open", "standing", "none") else state


def colon(lang: Lang) -> str:
    """Return the colon of a language."""
    return "：" if lang == "zh" else ": "


def aside(words: str, lang: Lang) -> str:
    """Return words in the brackets of a language."""
    return pick(f"（{words}）", f" ({words})", lang)


def apart(parts: Iterable[str], between: str) -> str:
    """Return parts put together; of several, one that holds a comma of its own or what stands between is quoted.

    What follows a part in brackets, its id, stays outside the quotes.
    """
    kept = list(parts)
    return between.join(_quoted(part, between) for part in kept) if len(kept) > 1 else "".join(kept)


def _quoted(part: str, between: str) -> str:
    said, rest = _WITH_ID.fullmatch(part).groups()  # type: ignore[union-attr]
    bare = _BRACKETED.sub("", said)
    quotes = "“”" if between.isascii() else "「」"
    return f"{quotes[0]}{said}{quotes[1]}{rest}" if any(one in bare for one in ("、", between)) else part


def enumerated(parts: Iterable[str], lang: Lang, semicolons: bool = False) -> str:
    """Return parts as a list of a language; with ``semicolons`` those in which there may be commas."""
    between = ("；", "; ") if semicolons else ("、", ", ")
    return apart(parts, pick(*between, lang))


def pick(zh: str, en: str, lang: Lang) -> str:
    """Return the Chinese or the English of a pair; the Chinese too where nobody gave the English."""
    return zh if lang == "zh" else en or zh
