"""Markup as a tree, never as a string: what is text stays text, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

from ..wording import CONTROLS

Child = Element | str | None | Iterable["Child"]
"""What an element may hold; None is nothing."""
_UNFIT = {**CONTROLS, 0x09: "\t", 0x0A: "\n", **dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")}


def h(tag: str, *children: Child, **attributes: str | float | bool | None) -> Element:
    """Return an element.  ``class_`` is class, ``aria_label`` aria-label; True is an empty attribute, None none."""
    element = Element(tag)
    for name, value in attributes.items():
        if value is not None and value is not False:
            text = "" if value is True else f"{value:g}" if isinstance(value, float) else str(value)
            element.set(name.rstrip("_").replace("_", "-"), text.translate(_UNFIT))
    _fill(element, children)
    return element


def _fill(element: Element, children: Iterable[Child]) -> None:
    for child in children:
        if isinstance(child, Element):
            element.append(child)
        elif isinstance(child, str):
            text = child.translate(_UNFIT)
            if len(element):
                element[-1].tail = (element[-1].tail or "") + text
            else:
                element.text = (element.text or "") + text
        elif child is not None:
            _fill(element, child)


def as_html(element: Element) -> str:
    """Return an element as HTML."""
    return tostring(element, encoding="unicode", method="html")


def as_svg(element: Element) -> str:
    """Return an ``svg`` element as a file of its own."""
    return tostring(element, encoding="unicode", method="xml")
