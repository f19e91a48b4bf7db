"""Things that may be named by id or by label: decisions, outcomes, regulations, readings and their options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from .bilingual import Text, both_names, listed, say
from .errors import CaseError, Problem, Span, did_you_mean, shown

Kind = Literal["decision", "outcome", "regulation", "reading", "option"]
_MESSAGES: dict[Kind, tuple[str, str, str]] = {
    "decision": ("unknown-decision", "no_decision", "the_decisions"),
    "outcome": ("unknown-outcome", "no_outcome", "the_outcomes"),
    "regulation": ("unknown-regulation", "no_regulation", "the_regulations"),
    "reading": ("unknown-reading", "no_reading", "the_readings"),
    "option": ("unknown-option", "no_reading_option", "the_options"),
}


class Names:
    """The names of things of one kind.

    ``labels`` maps every id to what else it may be called by, first its Chinese label and then its English one; ``of``
    is what has them, the decision of outcomes or the reading of options.
    """

    def __init__(self, kind: Kind, labels: Mapping[str, tuple[str, ...]], of: str = "") -> None:
        self.kind, self.labels, self.of = kind, labels, of

    def find(self, word: Any) -> str | Problem:
        """Return the id of what is named, or the problem: which come near, and all there are."""
        if isinstance(word, str) and word in self.labels:
            return word
        meant = [name for name, labels in self.labels.items() if word in labels]
        if len(meant) == 1:
            return meant[0]
        code, message, every = _MESSAGES[self.kind]
        place = Span("reading" if self.kind == "option" else self.kind)
        if meant:
            listed = tuple(self._listed(name) for name in meant)
            return Problem(place, "ambiguous", say("ambiguous", word=shown(word)), say("write_one_id", names=listed))
        near = did_you_mean(word, self._written())
        all_there_are = say(every, names=tuple(map(self._listed, self.labels)))
        hint = say("near_and_all", near=near, every=all_there_are) if near else all_there_are
        return Problem(place, code, say(message, word=shown(word), of=self.of), hint)

    def the(self, word: Any) -> str:
        """Return the id of what is named.  Raises CaseError as :meth:`find` says."""
        found = self.find(word)
        if isinstance(found, Problem):
            raise CaseError([found])
        return found

    def _listed(self, name: str) -> Text:
        label, en, *_ = self.labels[name]
        return listed(name, label, en)

    def _written(self) -> list[str]:
        """Return the ids and Chinese labels, each told as the thing that it names."""
        found: list[str] = []
        for name, labels in self.labels.items():
            found += both_names(name, labels[0])
        return found
