"""The small pieces that every part of a page shares: marks, clauses, tables, folds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ..errors import spoken
from ..render import origin
from ..verdict_data import Citation, ClauseName, Source
from ..wording import FURTHER_MARKS, MARKS, Lang, aside, colon, pick, word
from .markup import Child, h


@dataclass(frozen=True)
class Reader:
    """For whom a page is made: the language, and the clauses whose text is at hand, by reference."""

    lang: Lang = "zh"
    clauses: Mapping[str, Citation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        spoken(self.lang)

    def pick(self, zh: str, en: str) -> str:
        """Return the Chinese or the English of a pair; the Chinese where there is no English."""
        return pick(zh, en, self.lang)

    def word(self, key: str) -> str:
        """Return a word in the language of the page."""
        return word(key, self.lang)

    def aside(self, words: str) -> str:
        """Return words in the brackets of the language."""
        return aside(words, self.lang)

    @property
    def colon(self) -> str:
        """The colon of the language."""
        return colon(self.lang)


STATUS_SIGNS = {"undetermined": "unknown", "contradicted": "contradicted"}
"""The sign that stands before what came out, where that is no outcome."""


def mark(state: str, reader: Reader) -> Element:
    """Return a state as a sign and, for who cannot see it, as a word; colour only underlines it."""
    return h(
        "span", {**MARKS, **FURTHER_MARKS}[state], class_=f"mark {state}", role="img",
        title=reader.word(f"sign_{state}"), aria_label=reader.word(f"sign_{state}"),
    )  # fmt: skip


def heading(title: str, day: str | None, reader: Reader) -> Element:
    """Return the head of a page: what it is about, as of which day, and that it is advice."""
    return h(
        "header", h("h1", title), h("p", reader.word("as_of"), " ", h("time", day)) if day else None,
        h("p", reader.word("advice"), class_="advice"),
    )  # fmt: skip


def legend(shown: Iterable[Child], reader: Reader) -> Element | None:
    """Return what the signs mean that occur in some content, in one line; None where there are none."""
    found = {name for part in _elements(shown) for one in part.iter("span") for name in one.get("class", "").split()}
    states = [state for state in (*MARKS, *FURTHER_MARKS) if state in found]
    said: list[Child] = [[mark(state, reader), " ", reader.word(f"sign_{state}"), "　"] for state in states]
    return h("p", said, class_="legend") if said else None


def _elements(shown: Iterable[Child]) -> Iterator[Element]:
    for one in shown:
        if isinstance(one, Element):
            yield one
        elif one is not None and not isinstance(one, str):
            yield from _elements(one)


def clause_links(names: Iterable[ClauseName], reader: Reader) -> Element | None:
    """Return clauses by their short citation; each shows its text on hover, and on click or Enter until closed."""
    found = [_clause(name, reader) for name in names]
    return h("span", found, class_="clauses") if found else None


def _clause(name: ClauseName, reader: Reader) -> Element:
    cited = reader.clauses.get(name.ref)
    if cited is None:
        return h("span", name.short, class_="clause")
    card = h("div", h("strong", cited.citation), h("p", cited.text), class_="card")
    return h("details", h("summary", name.short), card, class_="clause", name="clause")


def sources(given: Iterable[Source], reader: Reader) -> list[Element]:
    """Return who determined a fact, when and on what evidence, or from which other fact it follows."""
    each = (origin(one, reader.lang) for one in given)
    return [h("small", " · ".join(parts), class_="source") for parts in each if parts]


def claims(name: str, given: Iterable[Source], reader: Reader) -> list[Element]:
    """Return what each finding says of a contradicted fact, and where it comes from."""
    each = ([reader.word(one.says(name)), *(origin(one, reader.lang) or [reader.word("given")])] for one in given)
    return [h("small", " · ".join(parts), class_="source") for parts in each]


def fold(title: Child, *content: Child, open_: bool = False, class_: str = "fold") -> Element:
    """Return content that folds away under its title."""
    return h("details", h("summary", title), content, class_=class_, open=open_)


def section(key: str, content: Child, reader: Reader) -> Element:
    """Return a part of a page under its heading."""
    return h("section", h("h2", reader.word(key)), content, class_=key)


def table(heads: Sequence[str], rows: Iterable[Sequence[Child]], class_: str | None = None) -> Element:
    """Return a table; the first cell of a row is its head."""
    head = h("thead", h("tr", [h("th", one, scope="col") for one in heads]))
    body = [h("tr", h("th", row[0], scope="row"), [h("td", cell) for cell in row[1:]]) for row in rows]
    return h("div", h("table", head, h("tbody", body), class_=class_), class_="wide", tabindex="0")


def texts(reader: Reader, folded: bool) -> Element | None:
    """Return the clauses that a page names with their text; with ``folded`` they fold away."""
    items = h("dl", [[h("dt", one.citation), h("dd", one.text)] for one in reader.clauses.values()])
    if not reader.clauses:
        return None
    title = reader.word("citations")
    shown = fold(title + reader.aside(str(len(reader.clauses))), items) if folded else [h("h2", title), items]
    return h("section", shown, class_="texts")
