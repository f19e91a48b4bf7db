"""How a verdict or an opinion shows itself to people: as a page, Markdown or text, and in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .errors import spoken
from .robustness_data import RobustnessData
from .verdict_data import Citation, Event, OpinionData, VerdictData
from .wording import Lang

if TYPE_CHECKING:
    from .layout import Section


class InWords:
    """Shows itself as Markdown and as text; what draws is imported when somebody looks: most who decide never do."""

    def _document(self, lang: Lang, full: bool) -> Iterable[Section]:
        raise NotImplementedError

    def to_markdown(self, lang: Lang = "zh", full: bool = False) -> str:
        """Return the whole as Markdown; ``full`` as of the command line."""
        from .layout import markdown, with_signs

        return markdown(with_signs(self._document(spoken(lang), full), lang))

    def to_text(self, lang: Lang = "zh", full: bool = False) -> str:
        """Return the whole as the text that a terminal shows, which ``print`` shows too; ``full`` as there."""
        from .layout import text, with_signs

        return text(with_signs(self._document(spoken(lang), full), lang))

    def __str__(self) -> str:
        return self.to_text()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


class Shown(InWords):
    """Shows its ``data``, with the ``texts`` of the clauses that it names and the dated ``events`` of the case."""

    @property
    def data(self) -> VerdictData | OpinionData:
        """The whole as plain data."""
        raise NotImplementedError

    @property
    def texts(self) -> tuple[Citation, ...]:
        """Every clause that is named, with its text."""
        raise NotImplementedError

    @property
    def events(self) -> tuple[Event, ...]:
        """The dated entries of the lists that were read, first to last."""
        raise NotImplementedError

    def to_json(self) -> str:
        """Return the data as JSON; the same case always gives the same bytes."""
        return self.data.to_json()

    def to_html(self, lang: Lang = "zh", robust: RobustnessData | None = None) -> str:
        """Return a page that needs nothing else: no script, no network; ``robust`` is shown on it where it is given."""
        from . import html

        return html.page(self.data, lang, self.texts, self.events, robust)

    def _document(self, lang: Lang, full: bool) -> Iterable[Section]:
        from .render import document

        return document(self.data, lang, full)

    def _repr_html_(self) -> str:
        from . import html

        return html.fragment(self.data, "zh", self.texts, self.events)


class AsStored(Shown):
    """Shows data without the case that it is of: the texts are those that it cites, and there are no events."""

    def __init__(self, data: VerdictData | OpinionData) -> None:
        self._data = data

    @property
    def data(self) -> VerdictData | OpinionData:
        """The data."""
        return self._data

    @property
    def texts(self) -> tuple[Citation, ...]:
        """No further clauses: those that the data cites it has itself."""
        return ()

    @property
    def events(self) -> tuple[Event, ...]:
        """None: the entries of the lists are no part of the data."""
        return ()
