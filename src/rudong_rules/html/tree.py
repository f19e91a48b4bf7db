"""Trees of steps as nested folds; a step that others share stands once, and is linked to elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element

from ..explain_data import Node, skip_nothing
from ..wording import stands
from .markup import h
from .pieces import Reader, claims, clause_links, mark, sources

OPEN = 24
"""Trees of so many steps are unfolded from the start."""


class Trees:
    """Draws the trees of one page; ``prefix`` makes their ids unlike those of other pages in a notebook.

    What is only counted is so without a way to list it: who reads a page has nothing to type.
    """

    def __init__(self, prefix: str, reader: Reader) -> None:
        self._prefix, self._reader = prefix, reader
        self._skip: Callable[[Node], bool] = skip_nothing
        self._ids: dict[tuple[str, str], str] = {}

    def of(self, nodes: Sequence[Node], top: bool = False, skip: Callable[[Node], bool] = skip_nothing) -> Element:
        """Return some trees as a list without the steps to ``skip``.

        With ``top`` their roots are unfolded however large they are.
        """
        self._skip = skip
        small = sum(map(_size, nodes)) <= OPEN
        return h("ul", self._items(nodes, small, top), class_="steps")

    def _items(self, nodes: Sequence[Node], small: bool, top: bool) -> Iterator[Element]:
        for node in nodes:
            if self._skip(node):
                continue
            yield self._item(node, small, top)

    def _item(self, node: Node, small: bool, top: bool) -> Element:
        reader, kind, key = self._reader, f"step {node.kind}", (node.name, node.state)
        sign, words = mark(stands(node.name, node.state), reader), reader.pick(node.label, node.en)
        also = reader.aside(reader.word("also_here").format(node.also)) if node.also else None
        label = h(
            "span", sign, " ", h("span", words, class_="label"), h("span", also, class_="source") if also else None
        )
        links = clause_links(node.clauses, reader)
        if node.above and key in self._ids:
            words = reader.aside(reader.word("see_above"))
            above = h("a", words, href=f"#{self._ids[key]}", class_="above")
            return h("li", links, label, " ", above, class_=kind)
        name = None
        if key not in self._ids:
            name = self._ids[key] = f"{self._prefix}-{len(self._ids)}"
        if not node.because:
            given = node.sources
            said = claims(node.name, given, reader) if node.state == "contradicted" else sources(given, reader)
            note = reader.word("open_below_here").format(node.open) if node.open else ""
            return h("li", links, label, said, h("div", note, class_="source") if note else "", class_=kind, id=name)
        below = self._items(node.because, small, False)
        folded = h("details", h("summary", label), h("ul", below), open=small or top)
        return h("li", links, folded, class_=kind, id=name)


def _size(node: Node) -> int:
    return 1 + sum(map(_size, node.because))
