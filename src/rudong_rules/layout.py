"""A document of sections and lines → text for a terminal, or Markdown; and what the signs in it mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .verdict_data import ClauseName
from .wording import CONTROLS, FURTHER_MARKS, MARKS, Lang, enumerated, word
from .wrapping import wrapped

if TYPE_CHECKING:
    from rich.console import Console

Printed = tuple[tuple[str, str], ...]
"""A line as it is printed: pieces of text, each with its style."""
BLANK = " "
"""The mark of a line that has none, among lines that have one: its text stands below theirs."""
SIGNS = {mark: f"sign_{state}" for state, mark in MARKS.items()}
"""The word for what each sign says of a fact or of a step."""
WIDTH = 100
"""Columns of text that is for no terminal."""
_STYLES = {"✓": "green", "✗": "red", "?": "yellow", "⚠": "bold magenta", "☐": "yellow", BLANK: ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section; ``depth`` 0 is the outermost, ``mark`` a sign, BLANK or empty.

    ``means`` is the word for what the sign says here, where it is not what the document says that it does; ``clauses``
    are those that the text cites, as :func:`cited` writes them: a page shows the text of those that have it.
    """

    text: str
    depth: int = 0
    mark: str = ""
    strong: bool = False
    means: str = ""
    clauses: tuple[ClauseName, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its level (1 is the title of a document), and the lines below it."""

    title: str
    lines: tuple[Line, ...] = ()
    level: int = 2


def marked(text: str, depth: int, state: str, clauses: tuple[ClauseName, ...] = ()) -> Line:
    """Return a line with the sign of a state, of how a duty stands, or of a caution."""
    if state in MARKS:
        return Line(text, depth, MARKS[state], clauses=clauses)
    return Line(text, depth, FURTHER_MARKS[state], means=f"sign_{state}", clauses=clauses)


def cited(names: Iterable[ClauseName]) -> str:
    """Return clauses as a text cites them; may be empty."""
    shown = "、".join(name.short for name in names)
    return f"〔{shown}〕" if shown else ""


def with_signs(sections: Iterable[Section], lang: Lang, signs: Mapping[str, str] = SIGNS) -> list[Section]:
    """Return sections with what their signs mean below, one line for those that occur; ``signs`` names their words."""
    kept = list(sections)
    used = dict.fromkeys((line.mark, line.means or signs.get(line.mark, "")) for one in kept for line in one.lines)
    known = [*signs.items(), *((mark, f"sign_{state}") for state, mark in FURTHER_MARKS.items())]
    meant: dict[str, list[str]] = {}
    for mark, key in known:
        if (mark, key) in used:
            meant.setdefault(mark, []).append(word(key, lang))
    said = "　".join(f"{mark} {enumerated(words, lang, semicolons=True)}" for mark, words in meant.items())
    return [*kept, Section(word("signs", lang), (Line(said),))] if said else kept


def markdown(sections: Iterable[Section]) -> str:
    """Return a document as Markdown."""
    parts: list[str] = []
    for section in sections:
        parts.append(f"{'#' * section.level} {escaped(section.title)}\n")
        for line in section.lines:
            text = f"**{escaped(line.text)}**" if line.strong else escaped(line.text)
            parts.append(f"{'  ' * line.depth}- {line.mark + ' ' if line.mark.strip() else ''}{text}")
        parts.append("")
    return "\n".join(parts)


def text(sections: Iterable[Section]) -> str:
    """Return a document as text without colour, ``WIDTH`` columns wide."""
    lines = ("".join(piece for piece, _ in line) for line in _printed(sections, WIDTH))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def escaped(text: str) -> str:
    """Return text in which no user's character is Markdown or HTML."""
    for character in "\\`*_[]<>#|~&":
        text = text.replace(character, "\\" + character)
    return text.translate(CONTROLS)


def plain(lines: Iterable[Line]) -> list[str]:
    """Return lines as plain text, indented by depth."""
    return [f"{'  ' * one.depth}{one.mark + ' ' if one.mark else ''}{one.text.translate(CONTROLS)}" for one in lines]


def show(sections: Iterable[Section], console: Console) -> None:
    """Print a document; colour and width are the console's."""
    from rich.text import Text  # rich is slow to import, and only a terminal shows colours

    for line in _printed(sections, console.width):
        console.print(Text.assemble(*line), no_wrap=True, overflow="ignore", crop=False)


def _printed(sections: Iterable[Section], width: int) -> Iterator[Printed]:
    """Yield the lines of a document; a blank one ends each section."""
    for section in sections:
        style = "bold reverse" if section.level == 1 else "bold cyan"
        for part in wrapped(section.title.translate(CONTROLS), width):
            yield ((part, style),)
        for line in section.lines:
            yield from _broken(line, 2 * (section.level - 1 + line.depth), width)
        yield ()


def _broken(line: Line, indent: int, width: int) -> Iterator[Printed]:
    """Yield the lines of one; where it is broken it goes on below its own text, and not below its mark."""
    mark = f"{line.mark} " if line.mark else ""
    first, *others = wrapped(line.text.translate(CONTROLS), width - indent - len(mark))
    style = "bold" if line.strong else ""
    yield (" " * indent, ""), (mark, _STYLES.get(line.mark, "")), (first, style)
    for part in others:
        yield (" " * (indent + len(mark)), ""), (part, style)
