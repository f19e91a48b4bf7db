"""The derivation as nested folds: the outcome's grounds, and under each what it rests on; a shared step stands once."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from ..verdict_data import DerivationStep
from ..wording import stands
from .markup import h
from .pieces import Reader, clause_links, mark, sources

OPEN = 12
"""A derivation of so many steps is unfolded from the start."""


def derivation(steps: Sequence[DerivationStep], prefix: str, reader: Reader) -> Element:
    """Return the steps as a list of trees, one for each step on which no other rests.

    ``prefix`` makes the ids of the steps unique on the page.
    """
    return _Tree(steps, prefix, reader).whole()


class _Tree:
    def __init__(self, steps: Sequence[DerivationStep], prefix: str, reader: Reader) -> None:
        self.steps, self.prefix, self.reader = steps, prefix, reader
        self.shown: set[int] = set()
        self.open = len(steps) <= OPEN

    def whole(self) -> Element:
        used = {n for step in self.steps for n in step.because}
        roots = [n for n in range(len(self.steps)) if n not in used]
        return h("ul", [self.item(n, top=True) for n in roots], class_="steps")

    def item(self, n: int, top: bool = False) -> Element:
        step = self.steps[n]
        label = h(
            "span", mark(stands(step.name, "true" if step.value else "false"), self.reader), " ",
            h("span", self.reader.pick(step.label, step.en), class_="label"),
        )  # fmt: skip
        said = sources(step.sources, self.reader)
        if not step.because:
            return h("li", label, said, class_=f"step {step.kind}", id=self.id(n))
        links = clause_links(step.clauses, self.reader)
        if n in self.shown:
            above = h("a", self.reader.aside(self.reader.word("see_above")), href=f"#{self.prefix}{n}", class_="above")
            return h("li", links, label, " ", above, class_=f"step {step.kind}")
        name = self.id(n)
        order = {"fact": 0, "reading": 1}
        below = sorted(step.because, key=lambda one: order.get(self.steps[one].kind, 2))
        folded = h(
            "details", h("summary", label), h("ul", [self.item(one) for one in below]),
            open=self.open or top,
        )  # fmt: skip
        return h("li", links, folded, class_=f"step {step.kind}", id=name)

    def id(self, n: int) -> str | None:
        """Return the id of a step where it is first written out."""
        if n in self.shown:
            return None
        self.shown.add(n)
        return f"{self.prefix}{n}"
