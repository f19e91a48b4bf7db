"""The verbatim text of a regulation, cut into clauses by its own numbering.

Ids are positional and unique (``3.1.2``); a number that is printed twice among siblings gets a letter (``8a``, ``8b``).
The *label* is what is printed (三（一）2), with 〔其一〕〔其二〕 where the print repeats itself.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .numbering import ARABIC, ARTICLE, HEADINGS, ITEM, WIDE, decimal, numbering, numeral

_WHITE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause or an unnumbered paragraph: one line of the printed text.

    ``text`` is the line as printed; ``text_of_regulation[start:end]`` is the same, ``end`` excluding the line's end.
    ``leaf`` is False for a heading, and for a clause that has numbered clauses or an opening below it; an article that
    goes on in further paragraphs (第二款) says something itself.
    """

    id: str
    regulation: str
    label: str
    short: str
    title: str
    text: str
    start: int
    end: int
    leaf: bool

    @property
    def ref(self) -> str:
        """The id that is unique among all regulations: ``tolerance:3.1.2``."""
        return f"{self.regulation}:{self.id}"

    @property
    def citation(self) -> str:
        """The full citation: 《…实施细则》三（一）2."""
        return f"《{self.title}》{self.label}"

    @property
    def short_citation(self) -> str:
        """The short citation: 容错 三（一）2."""
        return f"{self.short} {self.label}"

    def _repr_html_(self) -> str:
        from html import escape  # few look, and everybody waits for an import

        return f"<blockquote><strong>{escape(self.citation)}</strong><p>{escape(self.text)}</p></blockquote>"

    def _repr_markdown_(self) -> str:
        return f"> **{self.citation}**\n>\n> {self.text}"

    @property
    def body(self) -> str:
        """The text without its printed number."""
        numbered = numbering(self.text)
        return self.text if numbered is None else _WHITE.sub("", self.text[numbered[1] :], count=1)


@dataclass(frozen=True)
class Regulation:
    """One regulation: its id, names, verbatim text and clauses in the order of the text."""

    id: str
    short: str
    text: str
    clauses: tuple[Clause, ...]

    @property
    def title(self) -> str:
        """The title printed in the first line."""
        return self.clauses[0].title

    @property
    def digest(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal."""
        return digest(self.text)

    def _repr_html_(self) -> str:
        from html import escape

        lines = "".join(f"<p>{escape(clause.text)}</p>" for clause in self.clauses[1:])
        return f"<details><summary><strong>{escape(self.title)}</strong></summary>{lines}</details>"

    def _repr_markdown_(self) -> str:
        return "\n\n".join((f"## {self.title}", *(clause.text for clause in self.clauses[1:])))

    @cached_property
    def _index(self) -> dict[str, Clause]:
        return {key: clause for clause in self.clauses for key in (clause.label, clause.id)}

    def find(self, name: str) -> Clause | None:
        """Return the clause with this id or printed label (half-width brackets allowed), or None."""
        return self._index.get(name) or self._index.get(name.translate(WIDE))

    def meant(self, name: str) -> Clause | None:
        """Return the clause that is meant by a name that is none, or None.

        第9条 or 九 for 第九条 and the other way round, 第三项 for （三）, and with what a citation prints before it:
        the title or the short name.
        """
        wanted = ITEM.sub(r"（\1）", self._plain(name))
        return self.find(wanted) or self.find(f"第{wanted}条") or self.find(ARTICLE.sub(r"\1", wanted))

    def named(self, name: str) -> tuple[Clause, ...]:
        """Return the clauses of this id or printed label, each followed by those below it.

        Half-width brackets are allowed, and so are the short name or the id of the regulation before it.  Where a
        number is printed twice, it names both clauses.
        """
        roots = [one.id for one in self.labelled(name)]
        return tuple(one for one in self.clauses if any(f"{one.id}.".startswith(f"{root}.") for root in roots))

    def inside(self, citation: str) -> str:
        """Return the label or id in a citation that names this regulation (容错 三（一）2); empty for any other."""
        wanted = _WHITE.sub("", citation).translate(WIDE)
        names = (f"{self.id}:", f"《{self.title}》", self.short)
        return next((wanted.removeprefix(name) for name in names if wanted.startswith(name)), "")

    def labelled(self, name: str) -> tuple[Clause, ...]:
        """Return the clauses that :meth:`named` begins with: one, or several where a number is printed twice."""
        wanted = self._plain(name)
        return tuple(one for one in self.clauses if wanted in (one.id, one.label, one.label.partition("〔")[0]))

    def _plain(self, name: str) -> str:
        """Return a name as it is printed: wide brackets, Chinese numerals, nothing that names the regulation."""
        wanted = self.inside(name) or _WHITE.sub("", name).translate(WIDE)
        return ARABIC.sub(lambda number: numeral(int(number[0])), wanted)

    def line(self, clause: Clause) -> int:
        """Return the line of the text, from 1, on which a clause stands."""
        return self.text.count("\n", 0, clause.start) + 1

    def names(self) -> list[str]:
        """Return every printed label, for hints."""
        return [clause.label for clause in self.clauses]


def digest(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def clause_at(regulations: Mapping[str, Regulation], ref: str) -> Clause:
    """Return a clause by reference (``tolerance:3.1.2`` or ``tolerance:三（一）2``).  Raises KeyError."""
    regulation, _, name = ref.partition(":")
    found = regulations[regulation].find(name)
    if found is None:
        raise KeyError(ref)
    return found


def cut(regulation: str, short: str, text: str) -> Regulation:
    """Cut a verbatim text into clauses.

    The first line is the title; a chapter or the like (第一章) is a heading that no citation of an article names.  A
    numbered line opens a clause below the nearest line numbered less deep.  A loose line directly under a section
    (一、) is its opening (``1.0``), directly under an article (第十条) its second paragraph (``10.p2``); after the
    items of an article it is the end of that article (``10.end1``); after the items of a section it stands for itself
    at the end of the text (``end1``).
    """
    lines = _lines(text)
    title = text[lines[0][0] : lines[0][1]]
    pieces: list[_Piece] = [_Piece("title", "标题", 0, None, *lines[0])]
    open_pieces: list[_Piece] = []
    headings: dict[int, _Piece] = {}
    last: _Piece | None = None
    counts: _Counts = Counter()
    for start, end in lines[1:]:
        if heading := _heading(text[start:end], headings, start, end):
            pieces.append(heading)
            open_pieces.clear()
            continue
        numbered = numbering(text[start:end])
        if numbered is None:
            pieces.append(_loose(last, open_pieces, counts, start, end))
            continue
        kind, _, number = numbered
        while open_pieces and open_pieces[-1].depth >= kind.depth:
            open_pieces.pop()
        parent = open_pieces[-1] if open_pieces else None
        last = _Piece(decimal(number), kind.label.format(number), kind.depth, parent, start, end)
        pieces.append(last)
        open_pieces.append(last)
    parents = {id(piece.parent) for piece in pieces if not piece.number.startswith("p")}
    _tell_repeated_numbers_apart(pieces)
    clauses = tuple(
        Clause(
            piece.id, regulation, piece.label, short, title, text[piece.start : piece.end], piece.start, piece.end,
            leaf=piece.depth > 0 and id(piece) not in parents,
        )
        for piece in pieces
    )  # fmt: skip
    return Regulation(regulation, short, text, clauses)


@dataclass(slots=True, eq=False)
class _Piece:
    number: str
    printed: str
    depth: int
    parent: _Piece | None
    start: int
    end: int

    @property
    def id(self) -> str:
        return f"{self.parent.id}.{self.number}" if self.parent else self.number

    @property
    def label(self) -> str:
        return f"{self.parent.label}{self.printed}" if self.parent else self.printed


_Counts = Counter[tuple[_Piece | None, str]]
"""How many loose lines of each kind stand below a piece."""


def _heading(line: str, headings: dict[int, _Piece], start: int, end: int) -> _Piece | None:
    """Return the piece for a heading, below the last wider one, which ``headings`` keeps; None for any other line."""
    for level, (kind, pattern) in enumerate(HEADINGS.items()):
        if match := pattern.match(line):
            wider = [headings[above] for above in range(level) if above in headings]
            number, printed = f"{'bcs'[level]}{decimal(match.group(1))}", f"第{match.group(1)}{kind}"
            piece = _Piece(number, printed, 0, wider[-1] if wider else None, start, end)
            for narrower in range(level, len(HEADINGS)):
                headings.pop(narrower, None)
            headings[level] = piece
            return piece
    return None


def _loose(last: _Piece | None, open_pieces: list[_Piece], counts: _Counts, start: int, end: int) -> _Piece:
    """Return the piece for an unnumbered line after the ``last`` numbered one; :func:`cut` says where it belongs."""
    parent = open_pieces[0] if open_pieces else None
    number, printed = "end", "文末"
    if last is None:
        number, printed = "0", "序言"
    elif last is parent and parent.printed.startswith("第"):
        number, printed = "p", "第{}款"
    elif last is parent:
        number, printed = "0", "首段"
    elif parent and parent.printed.startswith("第"):
        printed = "末段"
        del open_pieces[1:]
    else:
        parent = None
        open_pieces.clear()
    counts[parent, number] += 1
    nth = counts[parent, number]
    if number == "p":
        number, printed = f"p{nth + 1}", printed.format(numeral(nth + 1))
    elif number == "end" or nth > 1:
        number, printed = f"{number}{'_' if number == '0' else ''}{nth}", f"{printed}{nth}"
    return _Piece(number, printed, 9, parent, start, end)


def _tell_repeated_numbers_apart(pieces: list[_Piece]) -> None:
    groups: dict[tuple[int, str], list[_Piece]] = {}
    for piece in pieces:
        groups.setdefault((id(piece.parent), piece.number), []).append(piece)
    for group in groups.values():
        if len(group) > 1:
            for nth, piece in enumerate(group):
                piece.number += _letters(nth)
                piece.printed += f"〔其{numeral(nth + 1)}〕"


def _letters(nth: int) -> str:
    """Return a, b, … z, aa, ab, …"""
    return (_letters(nth // 26 - 1) if nth > 25 else "") + chr(ord("a") + nth % 26)


def _lines(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every line that is not blank."""
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        end = start + len(line.rstrip("\r\n"))
        if line.strip():
            found.append((start, end))
        start += len(line)
    return found
