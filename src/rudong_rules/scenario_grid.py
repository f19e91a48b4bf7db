"""What comes of a decision over a grid of facts, days and readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from .bilingual import say
from .errors import CaseError, MisuseError, NotInstalledError, Problem, Span, spoken
from .given import day_asked
from .grid_columns import READING, Came
from .periods import of_midnight
from .questions import Question
from .table import Table
from .verdict import Verdict
from .wording import Lang, aside, colon, enumerated, pick, status_word, word

if TYPE_CHECKING:
    from . import html

LARGEST = 10_000
"""How many cases a grid may hold."""
COLOURS = ("#56B4E9", "#E69F00", "#7FCEB4", "#CC79A7", "#C9E6F7", "#EA9A66", "#F0E442", "#DDDDDD")
"""Okabe and Ito's colours, which the colour-blind tell apart, light enough for a black sign."""
SHAPES = ("●", "▲", "■", "◆", "▼", "★", "⚠", "?")
"""A sign beside each colour, for print and for who sees none."""

WARNED = "※"
"""Beside the sign of a case of which the verdict warns; ⚠ is that of an outcome here."""

_OPEN = {"contradicted": len(COLOURS) - 2, "undetermined": len(COLOURS) - 1}

Names = tuple[str, str]
"""What a thing is called in Chinese and in English."""
Axes = Mapping[str, tuple[Names, Mapping[Any, Names]]]
"""The axes by name: what each is called, and what its values are."""


class ScenarioGrid(Table):
    """One row for each combination of the values: those, and what comes of each.

    That is ``outcome``, ``label``, ``modality``, ``cautions`` (the ids of what the verdict warns of) and ``missing``.
    ``outcomes`` and ``cautions`` say what those are called, by id.
    """

    def __init__(
        self, axes: Axes, outcomes: Mapping[str, Names], cautions: Mapping[str, Names], columns: Mapping[str, Names],
        rows: Sequence[Mapping[str, Any]],
    ) -> None:  # fmt: skip
        super().__init__(columns, rows)
        self._axes, self._told, self._warnings = axes, outcomes, cautions

    @property
    def table(self) -> Any:
        """The rows as a polars frame, or as records where polars is not installed."""
        try:
            return self.frame()
        except ImportError:
            return self.records()

    def _cells(self, lang: Lang = "zh") -> list[list[str]]:
        """Return the rows as people read them: values, outcomes and cautions by name."""
        return [
            [
                _named(self._axes[name][1], row[name], lang) if name in self._axes
                else self._label(row, lang) if name == "label"
                else self._warned(row, lang) if name == "cautions"
                else str(row[name])
                for name in self.columns
            ]
            for row in self
        ]  # fmt: skip

    def _label(self, row: Mapping[str, Any], lang: Lang) -> str:
        return pick(*self._told[row["outcome"]], lang)

    def _warned(self, row: Mapping[str, Any], lang: Lang) -> str:
        return enumerated((pick(*self._warnings[name], lang) for name in row["cautions"]), lang, semicolons=True)

    def _cautions(self) -> list[str]:
        """Return all that some case is warned of."""
        return list(dict.fromkeys(name for row in self for name in row["cautions"]))

    def _looks(self, lang: Lang) -> dict[str, int]:
        """Return which sign and colour each outcome has; what is not decided always has the last ones."""
        looks: dict[str, int] = {}
        for row in self:
            label = self._label(row, lang)
            if row["outcome"] in _OPEN:
                looks.setdefault(label, _OPEN[row["outcome"]])
            elif label not in looks:
                taken = sum(place < len(COLOURS) - len(_OPEN) for place in looks.values())
                looks[label] = taken % (len(COLOURS) - len(_OPEN))
        return looks

    # --- as a heat map -----------------------------------------------------------------------------------------------

    def to_html(self, lang: Lang = "zh") -> str:
        """Return the heat map as a page that needs nothing else; the plain rows beyond three axes."""
        from . import html  # few look here

        return html.whole(word("outcomes", spoken(lang)), self._heat(lang), lang)

    def _repr_html_(self) -> str:
        from . import html

        return html.framed(self._heat("zh"))

    def _heat(self, lang: Lang) -> html.Child:
        from . import html

        if not 1 <= len(self._axes) <= 3:
            return html.table(self.heads(lang), self._cells(lang), "list")
        (across, (title, names)), *others = self._axes.items()
        # By what they look like: a value that is a list cannot be looked up by itself.
        looks, columns = self._looks(lang), {repr(row[across]): row[across] for row in self}
        rows: dict[str, tuple[list[Any], dict[str, Mapping[str, Any]]]] = {}
        for row in self:
            place = [row[name] for name, _ in reversed(others)]
            rows.setdefault(repr(place), (place, {}))[1][repr(row[across])] = row
        named = (_named(names, one, lang) for one in columns.values())
        heads = [" · ".join(pick(*title, lang) for _, (title, _) in reversed(others)), *named]

        def tile(label: str, warned: str = "") -> html.Child:
            said = label + (aside(word("notes", lang) + colon(lang) + warned, lang) if warned else "")
            shade, sign = f"tile shade{looks[label]}", SHAPES[looks[label]] + (WARNED if warned else "")
            return html.h("span", sign, class_=shade, title=said, role="img", aria_label=said)

        body = [
            [
                " · ".join(
                    _named(named, value, lang) for (_, (_, named)), value in zip(reversed(others), place, strict=True)
                ),
                *(tile(self._label(tiles[one], lang), self._warned(tiles[one], lang)) for one in columns),
            ]
            for place, tiles in rows.values()
        ]
        signs = [html.h("li", tile(label), " ", label) for label in looks]
        signs += [html.h("li", f"{WARNED} ", pick(*self._warnings[name], lang)) for name in self._cautions()]
        return [
            html.h("p", pick(*title, lang), class_="source"), html.table(heads, body, "heat"),
            html.h("ul", signs, class_="facts"),
        ]  # fmt: skip

    def chart(self, lang: Lang = "zh") -> Any:
        """Return a heat map: the first axis across, the second down, further ones as panels.

        Colour and sign both say the outcome; ※ beside it, that the verdict warns of something.  Raises
        NotInstalledError with what to install, MisuseError without an axis and beyond three, or for a language that
        there is not.
        """
        try:
            import altair
        except ImportError:
            raise NotInstalledError(say("chart_needs")) from None
        if not 1 <= len(self._axes) <= 3:
            raise MisuseError(say("chart_axes"))
        looks = self._looks(spoken(lang))
        signs = {label: SHAPES[place] for label, place in looks.items()}
        named = [(axis, names) for axis, (_, names) in self._axes.items()]
        values = []
        for row in self:
            label, warned = self._label(row, lang), self._warned(row, lang)
            axes = {f"axis{n}": _named(names, row[axis], lang) for n, (axis, names) in enumerate(named)}
            sign = signs[label] + (WARNED if warned else "")
            values.append({**axes, "outcome": f"{signs[label]} {label}", "sign": sign, "cautions": warned})
        titles = [pick(*title, lang) for title, _ in self._axes.values()]
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
        if cautions := self._cautions():
            told.append(("cautions", word("notes", lang)))
        tips = [altair.Tooltip(f"{name}:N", title=title) for name, title in told]
        tiles = base.mark_rect(stroke="white", strokeWidth=2).encode(color=colour, tooltip=tips)
        chart = tiles + base.mark_text(fontSize=13, color="black").encode(text="sign:N", tooltip=tips)
        size = altair.Step(44)
        chart = chart.properties(width=size, height=altair.Step(34))
        if len(titles) > 2:
            panels = list(dict.fromkeys(one["axis2"] for one in values))  # Without it they stand by the alphabet.
            chart = chart.facet(column=altair.Column("axis2:N", title=titles[2], sort=panels))
        if cautions:
            lines = [f"{WARNED} {pick(*self._warnings[name], lang)}" for name in cautions]
            chart = chart.properties(title=altair.Title(word("notes", lang), subtitle=lines, anchor="start"))
        return chart


def _named(names: Mapping[Any, Names], value: Any, lang: Lang) -> str:
    """Return what a value of an axis is called: a list, or a fact with its source, as it is written."""
    named = None if isinstance(value, Mapping | list) else names.get(value)
    return str(value) if named is None else pick(*named, lang)


class Point(Mapping[str, Any]):
    """A row: how many facts are missing is searched for when somebody asks, for it takes longer than all the rest."""

    def __init__(self, cells: Mapping[str, Any], verdict: Callable[[], Verdict]) -> None:
        self._cells, self._verdict = cells, verdict

    @cached_property
    def _missing(self) -> int:
        return len(self._verdict().missing) if self._cells["outcome"] in _OPEN else 0

    def __getitem__(self, name: str) -> Any:
        if name == "cautions":  # A list of the reader's own.
            return list(self._cells[name])
        return self._missing if name == "missing" else self._cells[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._cells, "missing"))

    def __len__(self) -> int:
        return len(self._cells) + 1

    def __repr__(self) -> str:
        return repr(dict(self))


Decide = Callable[[Mapping[str, Any], date | None, Mapping[str, str | None]], Verdict]
AllAtOnce = Callable[[], Sequence[Came] | None]


def scenario_grid(
    decide: Decide,
    all_at_once: AllAtOnce,
    base: Mapping[str, Any],
    grid: Mapping[str, Sequence[Any]],
    question: Question,
    readings: Mapping[str, str | None],
    axes: Axes,
) -> ScenarioGrid:
    """Decide the base case under every combination of the values of the grid.

    An axis ``as_of`` holds days (dates or YYYY-MM-DD), an axis ``reading:ID`` options of a reading, any other the
    values of a fact; None takes the fact out.  ``all_at_once`` gives what comes of all rows, or
    None where each must be decided.
    Raises CaseError for a case that is refused, a day that is none, or a grid of more than LARGEST cases.
    """
    size = prod(map(len, grid.values()))
    if size > LARGEST:
        raise CaseError(
            [Problem(Span("grid"), "too-large", say("grid_too_large", size=size), say("at_most", most=LARGEST))]
        )
    columns = {name: title for name, (title, _) in axes.items()} | {
        "outcome": ("结论", "outcome"),
        "label": ("结论名称", "label"),
        "modality": ("效力", "modality"),
        "cautions": ("注意", "cautions"),
        "missing": ("待查明项数", "missing"),
    }
    points = [dict(zip(grid, map(of_midnight, chosen), strict=True)) for chosen in product(*grid.values())]
    verdicts = [partial(decide, *_laid_over(base, point, readings)) for point in points]
    came = all_at_once() if points else []
    if came is None:
        came = [
            Came(decided.outcome or decided.status, tuple(one.name for one in decided.cautions))
            for decided in (verdict() for verdict in verdicts)
        ]
    ladder = question.decision.ladder
    told = {one.outcome: (status_word(one.outcome, "zh"), status_word(one.outcome, "en"))
            for one in came if one.outcome not in ladder}  # fmt: skip
    told |= {name: (rung.label, rung.en) for name, rung in ladder.items()}
    warned = {name: question.glossary.describe(name) for name in question.cautions}
    rows = []
    for point, (outcome, cautions), verdict in zip(points, came, verdicts, strict=True):
        modality = ladder[outcome].modality if outcome in ladder else "none"
        cells = {"outcome": outcome, "label": told[outcome][0], "modality": modality, "cautions": cautions}
        rows.append(Point({**point, **cells}, verdict))
    return ScenarioGrid(axes, told, {name: (one.label, one.en) for name, one in warned.items()}, columns, rows)


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
