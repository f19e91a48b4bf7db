"""What comes of a decision over a grid of facts, days and readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from .bilingual import say
from .errors import CaseError, MisuseError, NotInstalledError, Problem, Span
from .given import day_asked
from .grid_columns import READING
from .periods import of_midnight
from .ruleset import Decision
from .table import Table
from .verdict import Verdict
from .wording import status_word

if TYPE_CHECKING:
    from . import html

LARGEST = 10_000
"""How many cases a grid may hold."""
COLOURS = ("#56B4E9", "#E69F00", "#7FCEB4", "#CC79A7", "#C9E6F7", "#EA9A66", "#F0E442", "#DDDDDD")
"""Okabe and Ito's colours, which the colour-blind tell apart, light enough for a black sign."""
SHAPES = ("●", "▲", "■", "◆", "▼", "★", "⚠", "?")
"""A sign beside each colour, for print and for who sees none."""

_OPEN = {"contradicted": len(COLOURS) - 2, "undetermined": len(COLOURS) - 1}

Axes = Mapping[str, tuple[str, Mapping[Any, str]]]
"""The axes by name: what each is called, and what its values are."""


class ScenarioGrid(Table):
    """One row for each combination of the values: those, and ``outcome``, ``label``, ``modality``, ``missing``."""

    def __init__(self, axes: Axes, columns: Mapping[str, tuple[str, str]], rows: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(columns, rows)
        self._axes = axes

    @property
    def table(self) -> Any:
        """The rows as a polars frame, or as records where polars is not installed."""
        try:
            return self.frame()
        except ImportError:
            return self.records()

    def _looks(self) -> dict[str, int]:
        """Return which sign and colour each outcome has; what is not decided always has the last ones."""
        looks: dict[str, int] = {}
        for row in self:
            if row["outcome"] in _OPEN:
                looks.setdefault(str(row["label"]), _OPEN[row["outcome"]])
            elif row["label"] not in looks:
                taken = sum(place < len(COLOURS) - len(_OPEN) for place in looks.values())
                looks[str(row["label"])] = taken % (len(COLOURS) - len(_OPEN))
        return looks

    def _repr_html_(self) -> str:
        """The heat map as a table that needs nothing else; the plain rows beyond three axes."""
        from . import html  # few look here

        if not 1 <= len(self._axes) <= 3:
            return super()._repr_html_()
        (across, (title, names)), *others = self._axes.items()
        # By what they look like: a value that is a list cannot be looked up by itself.
        looks, columns = self._looks(), {repr(row[across]): row[across] for row in self}
        rows: dict[str, tuple[list[Any], dict[str, str]]] = {}
        for row in self:
            place = [row[name] for name, _ in reversed(others)]
            rows.setdefault(repr(place), (place, {}))[1][repr(row[across])] = str(row["label"])
        named = (_named(names, one) for one in columns.values())
        heads = [" · ".join(title for _, (title, _) in reversed(others)), *named]

        def tile(label: str) -> html.Child:
            shade = f"tile shade{looks[label]}"
            return html.h("span", SHAPES[looks[label]], class_=shade, title=label, role="img", aria_label=label)

        body = [
            [
                " · ".join(
                    _named(named, value) for (_, (_, named)), value in zip(reversed(others), place, strict=True)
                ),
                *(tile(tiles[one]) for one in columns),
            ]
            for place, tiles in rows.values()
        ]
        legend = html.h("ul", [html.h("li", tile(label), " ", label) for label in looks], class_="facts")
        return html.framed([html.h("p", title, class_="source"), html.table(heads, body, "heat"), legend])

    def chart(self) -> Any:
        """Return a heat map: the first axis across, the second down, further ones as panels.

        Colour and sign both say the outcome.  Raises NotInstalledError with what to install, MisuseError without an
        axis and beyond three.
        """
        try:
            import altair
        except ImportError:
            raise NotInstalledError(say("chart_needs")) from None
        if not 1 <= len(self._axes) <= 3:
            raise MisuseError(say("chart_axes"))
        looks = self._looks()
        signs = {label: SHAPES[place] for label, place in looks.items()}
        named = [(axis, names) for axis, (_, names) in self._axes.items()]
        values = [
            {
                **{f"axis{n}": _named(names, row[axis]) for n, (axis, names) in enumerate(named)},
                "outcome": f"{signs[row['label']]} {row['label']}", "sign": signs[row["label"]],
            }
            for row in self
        ]  # fmt: skip
        titles = [title for title, _ in self._axes.values()]
        domain = [f"{sign} {label}" for label, sign in signs.items()]
        colour = altair.Color(
            "outcome:N",
            title="结论",
            sort=domain,
            scale=altair.Scale(domain=domain, range=[COLOURS[place] for place in looks.values()]),
        )
        colour = colour.legend(orient="bottom", columns=1, labelLimit=600, symbolType="square")
        data = altair.Data(values=values)  # type: ignore[no-untyped-call]
        base = altair.Chart(data).encode(x=altair.X("axis0:N", title=titles[0], sort=None))
        if len(titles) > 1:
            base = base.encode(y=altair.Y("axis1:N", title=titles[1], sort=None))
        tiles = base.mark_rect(stroke="white", strokeWidth=2).encode(
            color=colour, tooltip=["outcome:N", *(f"axis{n}:N" for n in range(len(titles)))]
        )
        chart = tiles + base.mark_text(fontSize=13, color="black").encode(text="sign:N")
        size = altair.Step(44)
        chart = chart.properties(width=size, height=altair.Step(34))
        return chart.facet(column=altair.Column("axis2:N", title=titles[2], sort=None)) if len(titles) > 2 else chart


def _named(names: Mapping[Any, str], value: Any) -> str:
    """Return what a value of an axis is called: a list, or a fact with its source, as it is written."""
    return str(value) if isinstance(value, Mapping | list) else names.get(value, str(value))


class Point(Mapping[str, Any]):
    """A row: how many facts are missing is searched for when somebody asks, for it takes longer than all the rest."""

    def __init__(self, cells: Mapping[str, Any], verdict: Callable[[], Verdict]) -> None:
        self._cells, self._verdict = cells, verdict

    @cached_property
    def _missing(self) -> int:
        return len(self._verdict().missing) if self._cells["outcome"] in _OPEN else 0

    def __getitem__(self, name: str) -> Any:
        return self._missing if name == "missing" else self._cells[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._cells, "missing"))

    def __len__(self) -> int:
        return len(self._cells) + 1

    def __repr__(self) -> str:
        return repr(dict(self))


Decide = Callable[[Mapping[str, Any], date | None, Mapping[str, str | None]], Verdict]
AllAtOnce = Callable[[], Sequence[str] | None]


def scenario_grid(
    decide: Decide,
    all_at_once: AllAtOnce,
    base: Mapping[str, Any],
    grid: Mapping[str, Sequence[Any]],
    decision: Decision,
    readings: Mapping[str, str | None],
    axes: Axes,
) -> ScenarioGrid:
    """Decide the base case under every combination of the values of the grid.

    An axis ``as_of`` holds days (dates or YYYY-MM-DD), an axis ``reading:ID`` options of a reading, any other the
    values of a fact; None takes the fact out.  ``all_at_once`` gives the outcomes of all rows, or
    None where each must be decided.
    Raises CaseError for a case that is refused, a day that is none, or a grid of more than LARGEST cases.
    """
    size = prod(map(len, grid.values()))
    if size > LARGEST:
        raise CaseError(
            [Problem(Span("grid"), "too-large", say("grid_too_large", size=size), say("at_most", most=LARGEST))]
        )
    heads = {name: (title, name) for name, (title, _) in axes.items()}
    told = {
        "outcome": ("结论", "outcome"),
        "label": ("结论名称", "label"),
        "modality": ("效力", "modality"),
        "missing": ("待查明项数", "missing"),
    }
    points = [dict(zip(grid, map(of_midnight, chosen), strict=True)) for chosen in product(*grid.values())]
    verdicts = [partial(decide, *_laid_over(base, point, readings)) for point in points]
    outcomes = all_at_once() if points else []
    if outcomes is None:
        outcomes = [decided.outcome or decided.status for decided in (verdict() for verdict in verdicts)]
    rows = []
    for point, outcome, verdict in zip(points, outcomes, verdicts, strict=True):
        rung = decision.ladder.get(outcome)
        label = rung.label if rung else status_word(outcome, "zh")
        cells = {**point, "outcome": outcome, "label": label, "modality": rung.modality if rung else "none"}
        rows.append(Point(cells, verdict))
    return ScenarioGrid(axes, {**heads, **told}, rows)


def _laid_over(
    base: Mapping[str, Any], point: Mapping[str, Any], readings: Mapping[str, str | None]
) -> tuple[dict[str, Any], date | None, dict[str, str | None]]:
    """Return the case, the day and the readings of one point of the grid."""
    case, day, chosen = dict(base), None, dict(readings)
    for name, value in point.items():
        if name == "as_of":
            day = day_asked(value)
        elif name.startswith(READING):
            chosen[name.removeprefix(READING)] = value
        elif value is None:
            case.pop(name, None)
        else:
            case[name] = value
    return case, day, chosen
