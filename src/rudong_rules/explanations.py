"""What explains a verdict, as people meet it: data that shows itself as a page, Markdown or text, and in a notebook."""

from __future__ import annotations

from .explain_data import WhatIfData, WhyData, WhyNotData
from .verdict_data import RobustnessData
from .wording import Lang


class _Shown:
    """Shows itself; what draws is imported when somebody looks: most who ask never do."""

    def _answer(self) -> WhyData | WhyNotData | WhatIfData | RobustnessData:
        assert isinstance(self, WhyData | WhyNotData | WhatIfData | RobustnessData)
        return self

    def to_html(self, lang: Lang = "zh") -> str:
        """Return a page that needs nothing else: no script, no network."""
        from .html import explained

        return explained.page(self._answer(), lang)

    def to_markdown(self, lang: Lang = "zh", full: bool = False) -> str:
        """Return the answer as Markdown; ``full`` as of the command line."""
        from .render import markdown, with_signs
        from .render_explain import document

        return markdown(with_signs(document(self._answer(), lang, full), lang))

    def to_text(self, lang: Lang = "zh", full: bool = False) -> str:
        """Return the answer as the text that a terminal shows, which ``print`` shows too; ``full`` as there."""
        from .render import text, with_signs
        from .render_explain import document

        return text(with_signs(document(self._answer(), lang, full), lang))

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        answer = self._answer()
        return (
            f"<{type(self).__name__} {answer.decision}: {answer.outcome.outcome if answer.outcome else answer.status}>"
        )

    def _repr_html_(self) -> str:
        from .html import explained

        return explained.fragment(self._answer())

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


class Why(_Shown, WhyData):
    """Why a verdict is what it is: see :class:`WhyData`."""


class WhyNot(_Shown, WhyNotData):
    """What stands in the way of an outcome, and what would bring it about: see :class:`WhyNotData`."""


class WhatIf(_Shown, WhatIfData):
    """A verdict before changes and after them: see :class:`WhatIfData`."""


class Robustness(_Shown, RobustnessData):
    """How far a verdict depends on readings: see :class:`RobustnessData`."""
