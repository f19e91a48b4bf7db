"""Sections of lines → a page on which what stands below a line folds away under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from ..layout import Line, Section
from ..wording import MARKS
from .markup import Child, h

OPEN = 12
"""So many lines below another are unfolded from the start."""
_STATES = {sign: state for state, sign in MARKS.items()}


def sections(shown: Iterable[Section]) -> list[Element]:
    """Return sections under their headings; a line that has lines below it can be folded.

    It is open at first unless it stands below another and has more than OPEN lines.
    """
    return [h("section", h(f"h{one.level}", one.title), _lines(one.lines)) for one in shown]


def _lines(lines: Sequence[Line]) -> list[Element]:
    """Return lines with those below each, which stand deeper, inside it."""
    found: list[Element] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end].depth > lines[start].depth:
            end += 1
        below = _lines(lines[start + 1 : end])
        line = _line(lines[start])
        inside = h("div", below, class_="below")
        opened = lines[start].depth == 0 or end - start <= OPEN
        found.append(h("details", h("summary", line), inside, open=opened) if below else h("p", line))
        start = end
    return found


def _line(line: Line) -> list[Child]:
    sign = _STATES.get(line.mark)
    return [
        [h("span", line.mark, class_=f"mark {sign}"), " "] if sign else None,
        h("strong" if line.strong else "span", line.text),
    ]
