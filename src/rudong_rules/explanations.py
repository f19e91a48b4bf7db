"""What explains a verdict, as people meet it: data that shows itself as a page, Markdown or text, and in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .explain_data import WhatIfData, WhyData, WhyNotData
from .robustness_data import RobustnessData
from .shown import InWords
from .wording import Lang

if TYPE_CHECKING:
    from .layout import Section


class _Shown(InWords):
    """Shows itself; what draws is imported when somebody looks: most who ask never do."""

    def _answer(self) -> WhyData | WhyNotData | WhatIfData | RobustnessData:
        assert isinstance(self, WhyData | WhyNotData | WhatIfData | RobustnessData)
        return self

    def to_html(self, lang: Lang = "zh") -> str:
        """Return a page that needs nothing else: no script, no network."""
        from .html import explained

        return explained.page(self._answer(), lang)

    def _document(self, lang: Lang, full: bool) -> Iterable[Section]:
        from .render_explain import document

        return document(self._answer(), lang, full)

    def __repr__(self) -> str:
        answer = self._answer()
        return (
            f"<{type(self).__name__} {answer.decision}: {answer.outcome.outcome if answer.outcome else answer.status}>"
        )

    def _repr_html_(self) -> str:
        from .html import explained

        return explained.fragment(self._answer())


class Why(_Shown, WhyData):
    """Why a verdict is what it is: see :class:`WhyData`."""


class WhyNot(_Shown, WhyNotData):
    """What stands in the way of an outcome, and what would bring it about: see :class:`WhyNotData`."""


class WhatIf(_Shown, WhatIfData):
    """A verdict before changes and after them: see :class:`WhatIfData`."""


class Robustness(_Shown, RobustnessData):
    """How far a verdict depends on readings: see :class:`RobustnessData`."""
