"""A grid as a heat map, in HTML and by altair: colour and sign both say the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from . import html
from .bilingual import say
from .errors import MisuseError, NotInstalledError
from .grid_columns import OPEN, WARNED
from .wording import Lang, aside, colon, word

COLOURS = ("#56B4E9", "#E69F00", "#7FCEB4", "#CC79A7", "#C9E6F7", "#EA9A66", "#F0E442", "#DDDDDD")
"""Okabe and Ito's colours, which the colour-blind tell apart, light enough for a black sign."""
SHAPES = ("●", "▲", "■", "◆", "▼", "★", "⚠", "?")
"""A sign beside each colour, for print and for who sees none."""
MOST_AXES = 3
"""How many axes can be drawn: one across, one down, and panels."""

_DECIDED = len(COLOURS) - len(OPEN)
_OPEN = {state: _DECIDED + place for place, state in enumerate(OPEN)}


class Tile(NamedTuple):
    """One case of a grid: its place along each axis, what that is called, what comes of it and what it is warned of.

    A place is written so that values that differ do, whatever they are called.
    """

    place: tuple[str, ...]
    called: tuple[str, ...]
    outcome: str
    label: str
    warned: str


class Picture(NamedTuple):
    """What is drawn of a grid, in the words of one language: the titles of its axes, its cases, warnings and notes."""

    titles: Sequence[str]
    tiles: Sequence[Tile]
    warnings: Sequence[str]
    notes: Sequence[str]
    lang: Lang

    @property
    def told(self) -> list[str]:
        """All warnings, with the sign that stands beside what they warn of, and all notes."""
        return [*(f"{WARNED} {one}" for one in self.warnings), *self.notes]


def _looks(tiles: Sequence[Tile]) -> dict[str, int]:
    """Return which sign and colour each outcome has; what is not decided always has the last ones."""
    looks: dict[str, int] = {}
    for tile in tiles:
        if tile.outcome in _OPEN:
            looks.setdefault(tile.label, _OPEN[tile.outcome])
        elif tile.label not in looks:
            looks[tile.label] = sum(place < _DECIDED for place in looks.values()) % _DECIDED
    return looks


def heat(drawn: Picture) -> html.Child:
    """Return a heat map: the first axis across, the others down.  A case that the grid lacks is an empty cell."""
    looks, lang = _looks(drawn.tiles), drawn.lang
    columns = {tile.place[0]: tile.called[0] for tile in drawn.tiles}
    rows: dict[tuple[str, ...], dict[str, Tile]] = {}
    heads: dict[tuple[str, ...], str] = {}
    for tile in drawn.tiles:
        down = tile.place[:0:-1]
        rows.setdefault(down, {})[tile.place[0]] = tile
        heads[down] = " · ".join(tile.called[:0:-1])

    def sign(label: str, warned: str = "") -> html.Child:
        said = label + (aside(word("notes", lang) + colon(lang) + warned, lang) if warned else "")
        shade, shape = f"tile shade{looks[label]}", SHAPES[looks[label]] + (WARNED if warned else "")
        return html.h("span", shape, class_=shade, title=said, role="img", aria_label=said)

    body = [
        [heads[down], *(sign(row[one].label, row[one].warned) if one in row else "" for one in columns)]
        for down, row in rows.items()
    ]
    signs = [html.h("li", sign(label), " ", label) for label in looks]
    signs += [html.h("li", one) for one in drawn.told]
    return [
        html.h("p", drawn.titles[0], class_="source"),
        html.table([" · ".join(drawn.titles[:0:-1]), *columns.values()], body, "heat"),
        html.h("ul", signs, class_="facts"),
    ]


def chart(drawn: Picture) -> Any:
    """Return a heat map by altair: the first axis across, the second down, the third as panels.

    Raises NotInstalledError with what to install, MisuseError without an axis and beyond three.
    """
    try:
        import altair
    except ImportError:
        raise NotInstalledError(say("chart_needs")) from None
    if not 1 <= len(drawn.titles) <= MOST_AXES:
        raise MisuseError(say("chart_axes"))
    looks, titles, lang = _looks(drawn.tiles), drawn.titles, drawn.lang
    signs = {label: SHAPES[place] for label, place in looks.items()}
    values = [
        {
            **{f"axis{n}": name for n, name in enumerate(tile.called)},
            "outcome": f"{signs[tile.label]} {tile.label}",
            "sign": signs[tile.label] + (WARNED if tile.warned else ""),
            "cautions": tile.warned,
        }
        for tile in drawn.tiles
    ]
    domain = [f"{sign} {label}" for label, sign in signs.items()]
    outcome = word("part_outcome", lang)
    colour = altair.Color(
        "outcome:N",
        title=outcome,
        sort=domain,
        scale=altair.Scale(domain=domain, range=[COLOURS[place] for place in looks.values()]),
    )
    colour = colour.legend(orient="bottom", columns=1, labelLimit=600, symbolType="square")
    data = altair.Data(values=values)  # type: ignore[no-untyped-call]
    base = altair.Chart(data).encode(x=altair.X("axis0:N", title=titles[0], sort=None))
    if len(titles) > 1:
        base = base.encode(y=altair.Y("axis1:N", title=titles[1], sort=None))
    told = [("outcome", outcome), *((f"axis{n}", title) for n, title in enumerate(titles))]
    if drawn.warnings:
        told.append(("cautions", word("notes", lang)))
    tips = [altair.Tooltip(f"{name}:N", title=title) for name, title in told]
    tiles = base.mark_rect(stroke="white", strokeWidth=2).encode(color=colour, tooltip=tips)
    layers = tiles + base.mark_text(fontSize=13, color="black").encode(text="sign:N", tooltip=tips)
    whole = layers.properties(width=altair.Step(44), height=altair.Step(34))
    if len(titles) > 2:
        panels = list(dict.fromkeys(tile.called[2] for tile in drawn.tiles))  # Without it they stand by the alphabet.
        whole = whole.facet(column=altair.Column("axis2:N", title=titles[2], sort=panels))
    if drawn.told:
        whole = whole.properties(title=altair.Title(word("notes", lang), subtitle=drawn.told, anchor="start"))
    return whole
