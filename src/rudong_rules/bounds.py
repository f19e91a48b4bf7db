"""What is known of a number or a date: two bounds that more facts only narrow, and how they compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from . import periods

Number = int | Fraction
Value = Any  # Number | date; the two never meet in one measure


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is known of a number or date: not below ``low``, not above ``high``; None where nothing is known."""

    low: Value = None
    high: Value = None

    @classmethod
    def exactly(cls, value: Value) -> Bounds:
        """Return bounds that leave one value."""
        return cls(value, value)

    @property
    def value(self) -> Value:
        """The one value that is left, or None."""
        return self.low if self.low == self.high else None


UNKNOWN = Bounds()


def number(text: Any) -> Number | date:
    """Return the literal that ``text`` writes: an integer, an exact fraction (``1/3``, ``0.25``) or a date.

    Raises ValueError for anything else, floats included.
    """
    if isinstance(text, bool | float):
        raise ValueError(f"{text!r} is not exact")
    if isinstance(text, int | Fraction | date):
        return text
    if not isinstance(text, str) or len(text) > 64 or text.isidentifier():
        raise ValueError("not a number")
    if len(text) == 10 and text[4] == "-":
        return periods.day(text)
    if "e" in text.lower():
        raise ValueError("not a plain number")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError("the whole of a fraction is not zero") from None


def literal(text: Any) -> Number | date | None:
    """Return the literal that ``text`` writes, or None for what is none."""
    try:
        return number(text)
    except ValueError:
        return None


def in_parts(text: Any) -> bool:
    """Return whether ``text`` writes a number that is not whole."""
    return getattr(literal(text), "denominator", 1) != 1


COMPARISONS: dict[str, str] = {
    "more_than": ">", "at_least": "≥", "less_than": "<", "at_most": "≤", "equals": "=",
    "after": ">", "on_or_after": "≥", "before": "<", "on_or_before": "≤",
}  # fmt: skip
"""The comparisons that conditions may use, and how each is printed; the last four are for dates alone."""
OF_NUMBERS = {"after": "more_than", "on_or_after": "at_least", "before": "less_than", "on_or_before": "at_most"}
"""What a comparison of days is called of numbers."""


def compare(left: Bounds, sign: str, right: Bounds) -> bool | None:
    """Return whether ``left sign right`` for all values within the bounds (True), for none (False), or None."""
    if sign == "<":
        return compare(right, ">", left)
    if sign == "≤":
        return compare(right, "≥", left)
    if sign == "=":
        same = left.value is not None and left == right
        apart = compare(left, ">", right) or compare(right, ">", left)
        return True if same else False if apart else None
    never = left.high is not None and right.low is not None
    always = left.low is not None and right.high is not None
    if sign == ">":
        if always and left.low > right.high:
            return True
        return False if never and left.high <= right.low else None
    if always and left.low >= right.high:
        return True
    return False if never and left.high < right.low else None
