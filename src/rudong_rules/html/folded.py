"""Sections of lines → a page on which what stands below a line folds away under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from ..layout import Line, Section, cited
from ..verdict_data import Citation
from ..wording import MARKS, Lang
from .markup import Child, h
from .pieces import Reader, clause_links

OPEN = 12
"""So many lines below another are unfolded from the start."""
_STATES = {sign: state for state, sign in MARKS.items()}


def sections(shown: Iterable[Section], lang: Lang) -> list[Element]:
    """Return sections under their headings; a line that has lines below it can be folded, clauses show their text.

    It is open at first unless it stands below another and has more than OPEN lines.
    """
    return [h("section", h(f"h{one.level}", one.title), _lines(one.lines, lang)) for one in shown]


def _lines(lines: Sequence[Line], lang: Lang) -> list[Element]:
    """Return lines with those below each, which stand deeper, inside it."""
    found: list[Element] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end].depth > lines[start].depth:
            end += 1
        below = _lines(lines[start + 1 : end], lang)
        links, line = _line(lines[start], lang)
        inside = h("div", below, class_="below")
        opened = lines[start].depth == 0 or end - start <= OPEN
        shown = h("details", h("summary", line), inside, open=opened) if below else h("p", line)
        # Beside the line and not in it: one click cannot unfold two things.
        found.append(shown if links is None else h("div", links, shown, class_="cited"))
        start = end
    return found


def _line(line: Line, lang: Lang) -> tuple[Element | None, list[Child]]:
    """Return a line without the clauses whose text is at hand, and those."""
    sign, text = _STATES.get(line.mark), line.text
    texts = {one.ref: one for one in line.clauses if isinstance(one, Citation)}
    links = clause_links(line.clauses, Reader(lang, texts)) if texts else None
    if links is not None:
        text = text.replace(cited(line.clauses), "", 1)
    said = h("strong" if line.strong else "span", text)
    return links, [[h("span", line.mark, class_=f"mark {sign}"), " "] if sign else None, said]
