"""Things that may be named by id or by label: decisions, outcomes, regulations, readings and their options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from .bilingual import Text, both_names, listed, say
from .errors import CaseError, Problem, Span, UnknownNameError, did_you_mean, shown
from .table import Table

NamedKind = Literal["decision", "outcome", "regulation", "reading", "option", "list", "fact"]
_MESSAGES: dict[NamedKind, tuple[str, str, str]] = {
    "decision": ("unknown-decision", "no_decision", "the_decisions"),
    "outcome": ("unknown-outcome", "no_outcome", "the_outcomes"),
    "regulation": ("unknown-regulation", "no_regulation", "the_regulations"),
    "reading": ("unknown-reading", "no_reading", "the_readings"),
    "option": ("unknown-option", "no_reading_option", "the_options"),
    "list": ("unknown-fact", "no_list", "the_lists"),
    "fact": ("unknown-fact", "not_used", "see_facts"),
}


class Names(Mapping[str, tuple[str, ...]]):
    """The names of things of one kind: every id with its labels, which are found under any of these names.

    ``labels`` maps every id to what else it may be called by, first its Chinese label and then its English one; ``of``
    is what has them, the decision of outcomes or the reading of options.
    """

    def __init__(self, kind: NamedKind, labels: Mapping[str, tuple[str, ...]], of: str = "") -> None:
        self.kind, self.labels, self.of = kind, labels, of

    def __getitem__(self, word: str) -> tuple[str, ...]:
        """Return the labels of what is named.  Raises UnknownNameError."""
        return self.labels[self.the(word)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.labels)

    def __contains__(self, word: object) -> bool:
        return word in self.labels or len(self._meant(word)) == 1

    def find(self, word: Any) -> str | Problem:
        """Return the id of what is named, or the problem: which come near, and all there are."""
        if isinstance(word, str) and word in self.labels:
            return word
        meant = self._meant(word)
        if len(meant) == 1:
            return meant[0]
        code, message, every = _MESSAGES[self.kind]
        place = Span("reading" if self.kind == "option" else self.kind)
        if meant:
            listed = tuple(self._listed(name) for name in meant)
            return Problem(place, "ambiguous", say("ambiguous", word=shown(word)), say("write_one_id", names=listed))
        near = did_you_mean(word, self._written())
        if not self.labels:
            every = "a_profile_has_none" if self.kind == "outcome" else "there_are_none"
        all_there_are = say(every, names=tuple(map(self._listed, self.labels)))
        hint = say("near_and_all", near=near, every=all_there_are) if near else all_there_are
        return Problem(place, code, say(message, word=shown(word), of=self.of), hint)

    def the(self, word: Any) -> str:
        """Return the id of what is named.  Raises UnknownNameError as :meth:`find` says."""
        found = self.find(word)
        if isinstance(found, Problem):
            raise UnknownNameError([found])
        return found

    def each(self, words: str | Iterable[str] | None) -> tuple[str, ...]:
        """Return the ids of what is named, each once: all for None, and one for a single text.

        Raises CaseError with every word that names nothing, and for no words at all.
        """
        if words is None:
            return tuple(self.labels)
        named = [words] if isinstance(words, str) or not isinstance(words, Iterable) else words
        found = [self.find(word) for word in named]
        problems = [one for one in found if isinstance(one, Problem)]
        if not found:
            problems.append(Problem(Span(self.kind), "none-named", say("none_named"), say("none_means_all")))
        if problems:
            raise CaseError(problems)
        return tuple(dict.fromkeys(one for one in found if isinstance(one, str)))

    def _meant(self, label: object) -> list[str]:
        return [name for name, labels in self.labels.items() if label in labels]

    def _listed(self, name: str) -> Text:
        label, en, *_ = self.labels[name]
        return listed(name, label, en)

    def _written(self) -> list[str]:
        """Return the ids and Chinese labels, each told as the thing that it names."""
        found: list[str] = []
        for name, labels in self.labels.items():
            found += both_names(name, labels[0])
        return found

    @cached_property
    def _overview(self) -> Table:
        heads = {"id": ("编号", "id"), "label": ("名称", "name"), "en": ("英文", "English")}
        return Table(heads, [dict(zip(heads, (name, *labels), strict=False)) for name, labels in self.labels.items()])

    def __repr__(self) -> str:
        return f"<Names {', '.join(f'{name} ({labels[0]})' for name, labels in self.labels.items())}>"

    def _repr_html_(self) -> str:
        return self._overview._repr_html_()

    def _repr_markdown_(self) -> str:
        return self._overview._repr_markdown_()
