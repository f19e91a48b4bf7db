"""Text cut into lines of a terminal: between Chinese characters and at spaces, with no sign astray."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

NARROWEST = 12
"""Columns that a line has at least, however narrow the terminal."""
_NEVER_FIRST = frozenset("，。、；：？！）〕】》」』”’…—·,.;:?!)]}%")
_NEVER_LAST = frozenset("（〔【《「『“‘([{")


def wrapped(text: str, width: int) -> list[str]:
    """Return text in lines of at most ``width`` columns (a Chinese character takes two), at least one line.

    What stands in 〔〕, a citation, is broken only between two citations, unless it is longer than a line.
    """
    width = max(width, NARROWEST)
    if cell_len(text) <= width:
        return [text.rstrip()]
    lines, line = [], ""
    for piece in _pieces(text):
        if line and cell_len(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
        if cell_len(line.rstrip()) > width:
            *whole, line = chop_cells(line, width)
            lines += [one.rstrip() for one in whole]
    return [*lines, line.rstrip()]


def folded(text: str, width: int) -> str:
    """Return the lines of a text, each cut into lines of at most ``width`` columns that go on where it began."""
    return "\n".join(part for line in text.split("\n") for part in _hanging(line, width))


def _hanging(line: str, width: int) -> Iterator[str]:
    said = line.lstrip(" ")
    indent = " " * (len(line) - len(said))
    for part in wrapped(said, width - len(indent)):
        yield f"{indent}{part}"


def _pieces(text: str) -> Iterator[str]:
    """Yield what may not be broken, each with the spaces after it."""
    start = depth = 0
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        depth = max(0, depth + (before == "〔") - (before == "〕"))
        if _breaks(before, after, depth > 0):
            yield text[start:place]
            start = place
    yield text[start:]


def _breaks(before: str, after: str, cited: bool) -> bool:
    """Return whether a line may end between two characters."""
    if after.isspace() or cell_len(after) == 0 or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if cited:
        return before == "、"
    return before.isspace() or 2 in (cell_len(before), cell_len(after))
