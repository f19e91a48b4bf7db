"""The reader that turns data into a case, or says all that is wrong with it, each at its place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ValidationError

from .as_typed import says_little
from .bilingual import Hint, Text, both_names, called, say
from .case_checks import impossible
from .case_model import BY_ID, TAGS, CaseBase, case_model
from .complaints import complain, half_width_hint, keys_at
from .errors import MAX_PROBLEMS, CaseError, Problem, Span, shown
from .labels import Labels
from .source import Document, Loc
from .vocabulary import Vocabulary

_NONE = ("无", "没有", "否", "none", "no")
"""What people write for a list in which nothing stands."""
_OF_VALUES = ("wrong-type", "bad-date", "not-exact", "unknown-option")
"""The codes of values that are none of their kind."""


class CaseReader:
    """Reads cases of one vocabulary.  ``labels`` are what facts, columns and options may be called."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.labels = Labels(vocabulary)

    def __reduce__(self) -> tuple[type[CaseReader], tuple[Vocabulary]]:
        return type(self), (self.vocabulary,)

    @property
    def names(self) -> Mapping[str, str]:
        """Every id and Chinese label of a fact, and the id that it names."""
        return self.labels.names

    @cached_property
    def model(self) -> type[CaseBase]:
        """The pydantic model of a case, built when somebody needs it: bare facts are decided without."""
        model = case_model(self.vocabulary)
        model._reader = self
        return model

    def read(self, data: Any, document: Document | None = None) -> CaseBase:
        """Return the case that ``data`` (a dict, or a case of this vocabulary) describes.

        Raises CaseError with every problem; places come from ``document`` when there is one.
        """
        if isinstance(data, CaseBase) and data._reader and data._reader.vocabulary == self.vocabulary:
            # It may have been pickled, and copied with values that nobody has looked at.
            again = self.read(data.written())
            return data if again == data else again
        problems: list[Problem] = []

        def report(loc: Loc, code: str, message: Text, hint: Hint = "") -> None:
            problems.append(Problem(_place(document, loc, code), code, message, hint))
            if len(problems) >= MAX_PROBLEMS:
                raise CaseError(problems)

        if not isinstance(data, Mapping):
            report((), "wrong-type", say("no_mapping"), half_width_hint(data) or say("write_mapping"))
            raise CaseError(problems)
        written, keys = self.labels.by_id(data, report)

        def told(loc: Loc, code: str, message: Text, hint: Hint = "") -> None:
            """Report what is wrong at a place of the model."""
            report(self.labels.as_written(data, keys, loc), code, self.labels.about(loc, code, message), hint)

        for name in self.vocabulary.records:
            if written.get(name) is not None and not isinstance(written[name], dict | BaseModel):
                value = written[name]
                none = value is False or (isinstance(value, str) and value.strip().lower() in _NONE)
                hint = half_width_hint(value) or say("none_listed" if none or says_little(value) else "entry_a_line")
                told((name,), "wrong-type", say("not_list", value=shown(value)), hint)
                written[name] = None
        try:
            case = self.model.model_validate(written, context=BY_ID)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                loc = tuple(part for part in one["loc"] if part not in TAGS)
                told(loc, *self._complaint(one, loc, written))
            raise CaseError(problems) from None
        for problem in impossible(self.vocabulary, case):
            told(*problem)
        if problems:
            raise CaseError(problems)
        return case

    def by_id(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return data with ids in place of the labels of facts and columns; what is neither stays, to be refused.

        Raises ValueError for a fact that is given under both.
        """

        def report(loc: Loc, code: str, message: Text, hint: Hint = "") -> None:
            if code == "fact-twice":
                raise ValueError(message)

        written, _ = self.labels.by_id(data, report)
        return {**written, **{key: value for key, value in data.items() if key not in self.names}}

    def check(self, case: CaseBase) -> None:
        """Raise ValueError with all that cannot be true of a case, by place."""
        wrong = [f"{'.'.join(map(str, loc))}: {said}" for loc, _, said, _ in impossible(self.vocabulary, case)]
        if wrong:
            raise ValueError("; ".join(wrong))

    def _complaint(self, error: Any, loc: Loc, data: Any) -> tuple[str, Text, Hint]:
        """Return (code, message, hint) for what pydantic says of a place of data by id."""
        code, message, hint = complain(error, *self._known(loc, data))
        if code in _OF_VALUES and says_little(error["input"]):
            return code, message, say("leave_it_empty")
        if error["input"] is None and len(loc) == 2 and loc[0] in self.vocabulary.records and loc[1] == "entries":
            return code, message, say("write_none")
        return code, message, hint

    def _known(self, loc: Loc, data: Any) -> tuple[list[str], dict[str, str]]:
        """Return what may still be written at a place of data by id, and what the keys there are called."""
        labels = self.labels.around(loc)
        names = {key: called(key, label) for key, (label, _) in labels.items()}
        for part in loc[:-1]:
            inside = (
                part in data if isinstance(data, dict) else isinstance(data, list | tuple) and isinstance(part, int)
            )
            data = data[part] if inside else {}
        every = keys_at(self.model, loc[:-1])
        left = [key for key in every if not isinstance(data, dict) or key not in data] or every
        written = [both_names(key, *labels[key])[0] if key in labels else key for key in left]
        return [*written, *(both_names(key, *labels[key])[1] for key in left if key in labels)], dict(names)


def _place(document: Document | None, loc: Loc, code: str) -> Span:
    """Return where a place of the data stands: in its file, or else by the names on the way to it."""
    if document is not None:
        return document.key_span(loc) if code in ("unknown-fact", "fact-twice", "unknown-key") else document.span(loc)
    return Span(say("in_case", way=".".join(["case", *map(str, loc)])) if loc else say("case_itself"))
