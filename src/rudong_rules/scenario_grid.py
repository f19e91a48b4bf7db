"""What comes of a decision over a grid of facts, days and readings, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from .errors import spoken
from .grid_columns import WARNED
from .table import Row, Table
from .wording import Both, Lang, enumerated, pick, word

if TYPE_CHECKING:
    from . import html
    from .grid_drawn import Picture

RESULTS: Mapping[str, Both] = {
    "outcome": ("结论", "outcome"),
    "label": ("结论名称", "label"),
    "modality": ("效力", "modality"),
    "cautions": ("警示", "cautions"),
    "missing": ("待查明项数", "missing"),
    "notes": ("注意", "notes"),
}
"""The columns of what comes of each case."""
SEARCHED = ("missing", "notes")
"""Those that take a verdict, and are made when somebody asks."""
Axes = Mapping[str, tuple[Both, Mapping[Any, Both]]]
"""The axes by name: what each is called, and what its values are."""


class ScenarioGrid(Table):
    """One row for each combination of the values: those, and what comes of each.

    That is ``outcome``, ``label``, ``modality``, ``cautions`` (the ids of what the verdict warns of), ``missing`` (how
    many facts can still settle it) and ``notes`` (what else must be known of it, in Chinese and English); the last two
    are searched for in each row when somebody asks.  Some of the rows are a grid too.
    ``outcomes`` and ``cautions`` say what those are called, by id.
    """

    def __init__(
        self, axes: Axes, outcomes: Mapping[str, Both], cautions: Mapping[str, Both], rows: Sequence[Row]
    ) -> None:
        super().__init__({name: title for name, (title, _) in axes.items()} | dict(RESULTS), rows)
        self._axes, self._told, self._warnings = axes, outcomes, cautions

    def _has(self, row: Row, name: str, wanted: Any) -> bool:
        """Return whether a row has a value: of an axis also by what it is called, a day as a date or as text."""
        if super()._has(row, name, wanted):
            return True
        if name not in self._axes:
            return False
        if isinstance(wanted, str):
            return wanted in (self._called(name, row, "zh"), self._called(name, row, "en"))
        return isinstance(wanted, date) and bool(row[name] == wanted.isoformat())

    def _searched(self) -> Iterable[str]:
        return [name for name in self.columns if name not in SEARCHED]

    def _cells(self, lang: Lang = "zh") -> list[list[str]]:
        """Return the rows as people read them: values, outcomes and cautions by name, with the sign of a warning."""
        return [
            [
                self._called(name, row, lang) if name in self._axes
                else row["outcome"] + (f" {WARNED}" if row["cautions"] else "") if name == "outcome"
                else self._label(row, lang) if name == "label"
                else enumerated(self._warned(row, lang), lang, semicolons=True) if name == "cautions"
                else enumerated(_noted(row, lang), lang, semicolons=True) if name == "notes"
                else str(row[name])
                for name in self.columns
            ]
            for row in self
        ]  # fmt: skip

    def _called(self, axis: str, row: Row, lang: Lang) -> str:
        """Return what a value of an axis is called: a list, or a fact with its source, as it is written."""
        value = row[axis]
        named = None if isinstance(value, Mapping | list) else self._axes[axis][1].get(value)
        return str(value) if named is None else pick(*named, lang)

    def _label(self, row: Row, lang: Lang) -> str:
        return pick(*self._told[row["outcome"]], lang)

    def _warned(self, row: Row, lang: Lang) -> list[str]:
        return [pick(*self._warnings[name], lang) for name in row["cautions"]]

    # --- as a heat map -----------------------------------------------------------------------------------------------

    def to_html(self, lang: Lang = "zh") -> str:
        """Return the heat map as a page that needs nothing else; the plain rows beyond three axes."""
        from . import html  # few look here

        return html.whole(word("outcomes", spoken(lang)), self._heat(lang), lang)

    def _repr_html_(self) -> str:
        from . import html

        return html.framed(self._heat("zh"))

    def chart(self, lang: Lang = "zh") -> Any:
        """Return a heat map by altair: the first axis across, the second down, the third as panels.

        Colour and sign both say the outcome; ※ beside it, that the verdict warns of something; what it warns of and
        all notes stand beside.  Raises NotInstalledError with what to install, MisuseError without an axis and beyond
        three, or for a language that there is not.
        """
        from . import grid_drawn

        return grid_drawn.chart(self._drawn(spoken(lang)))

    def _heat(self, lang: Lang) -> html.Child:
        from . import grid_drawn, html

        if 1 <= len(self._axes) <= grid_drawn.MOST_AXES:
            return grid_drawn.heat(self._drawn(lang))
        return html.table(self.heads(lang), self._cells(lang), "list")

    def _drawn(self, lang: Lang) -> Picture:
        from .grid_drawn import Picture, Tile

        tiles = [
            Tile(
                # By what they look like: a value that is a list cannot be looked up by itself.
                tuple(repr(row[axis]) for axis in self._axes),
                tuple(self._called(axis, row, lang) for axis in self._axes),
                row["outcome"], self._label(row, lang), enumerated(self._warned(row, lang), lang, semicolons=True),
            )
            for row in self
        ]  # fmt: skip
        titles = [pick(*title, lang) for title, _ in self._axes.values()]
        warned, noted = (
            [*dict.fromkeys(chain.from_iterable(several))]
            for several in ((self._warned(row, lang) for row in self), (_noted(row, lang) for row in self))
        )
        return Picture(titles, tiles, warned, noted, lang)


def _noted(row: Row, lang: Lang) -> list[str]:
    return [pick(note["label"], note["en"], lang) for note in row["notes"]]
