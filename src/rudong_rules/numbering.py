"""How the texts number their clauses (第X条, 一、, （一）, 1．), and Chinese numerals."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Numbering:
    """One way of numbering: how deep it stands, what a line begins with, and how it is printed in a label."""

    depth: int
    pattern: re.Pattern[str]
    label: str


ARABIC = re.compile("(?<=第)[1-9][0-9]?(?=条)")
"""The number of an article as people type it: 第9条."""
_NUMERAL = "((?:[一二三四五六七八九]?十)?[一二三四五六七八九]|[一二三四五六七八九]?十)"
"""Up to 九十九; what only looks like a numeral (一二、) begins no clause."""

ITEM = re.compile(f"第（?{_NUMERAL}）?项")
"""An item as people cite it: 第三项 or 第（三）项 is （三）."""
ARTICLE = re.compile(f"^第{_NUMERAL}条")
WIDE = str.maketrans("()", "（）")
HEADINGS = {kind: re.compile(f"第{_NUMERAL}{kind}") for kind in "编章节"}
"""Headings that group articles without being part of their citation, the widest first."""

# In the order in which they are tried.  The texts mix full-width and half-width brackets: （三） and (三).
_NUMBERINGS = (
    Numbering(1, re.compile(f"第{_NUMERAL}条"), "第{}条"),
    Numbering(1, re.compile(f"{_NUMERAL}、"), "{}"),
    Numbering(2, re.compile(f"[（(]{_NUMERAL}[）)]"), "（{}）"),
    Numbering(3, re.compile(r"(\d{1,4})[．.]"), "{}"),
    Numbering(3, re.compile(r"[（(](\d{1,4})[）)]"), "（{}）"),
)


def numbering(line: str) -> tuple[Numbering, int, str] | None:
    """Return how a line is numbered, where its text begins and the number as printed; None for a loose line."""
    for kind in _NUMBERINGS:
        match = kind.pattern.match(line)
        if match:
            return kind, match.end(), match.group(1)
    return None


def decimal(number: str) -> str:
    """Return a printed number as decimal digits: 十二 → 12.

    >>> decimal("十"), decimal("二十一"), decimal("7")
    ('10', '21', '7')
    """
    if number.isdecimal():
        return str(int(number))
    tens, ten, ones = number.rpartition("十")
    return str((_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0))


def numeral(number: int) -> str:
    """Return a number as it would be printed: 12 → 十二."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + "十" * bool(tens) + (_DIGITS[ones] if ones else "")
