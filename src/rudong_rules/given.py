"""A case as it was handed over for deciding, on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Any

from . import periods
from .bare import Bare
from .behind import behind
from .bilingual import say
from .bounds import UNKNOWN
from .case_model import FIRST_DAY, LAST_DAY, CaseBase
from .cases import CaseReader
from .complaints import day_meant
from .errors import CaseError, Problem, Span, shown
from .events import dated_events
from .facts import Claimed, Facts
from .measures import View
from .program import Rails
from .questions import Question
from .source import Document
from .verdict_data import Digests, Event, Source


def day_asked(day: Any) -> date | None:
    """Return the day for which a case is to be decided, given as a date or as YYYY-MM-DD; None for the case's own.

    Databases give a day as its midnight, which is one too.  Raises CaseError for anything else, and for a day on which
    no case can lie.
    """
    found = periods.of_midnight(day)
    if isinstance(found, str):
        with suppress(ValueError):
            found = periods.day(found)
    if found is None or (type(found) is date and FIRST_DAY <= found <= LAST_DAY):
        return found
    if type(found) is date:
        raise CaseError([Problem(Span("as_of"), "out-of-range", say("far_day", value=shown(day)), say("check_year"))])
    hint = day_meant(found) or say("pass_date")
    raise CaseError([Problem(Span("as_of"), "bad-date", say("no_date", value=shown(found)), hint)])


def must_map(place: str, given: Any) -> None:
    """Raise CaseError for what is given for names and values, and is no mapping."""
    if not isinstance(given, Mapping):
        message = say("not_mapping", value=shown(given))
        raise CaseError([Problem(Span(place), "wrong-type", message, say("write_mapping"))])


def fact_named(place: str, key: Any) -> str:
    """Return what names a fact, or may.  Raises CaseError for what is no text."""
    if isinstance(key, str):
        return key
    raise CaseError([Problem(Span(place), "unknown-fact", say("no_fact", word=shown(key)), say("see_facts"))])


class Given:
    """A case and the day for which it is decided.

    A case of nothing but bare findings and choices by id is turned into rails as it is and only read into the model
    when somebody asks for more; every other case is read, and refused, at once.
    """

    def __init__(
        self,
        reader: CaseReader,
        facts: Facts,
        data: CaseBase | Mapping[str, Any],
        as_of: date | None,
        digests: Callable[[CaseBase], Digests],
        document: Document | None = None,
    ) -> None:
        self._reader, self._facts, self._digests, self._document = reader, facts, digests, document
        # What the caller does to the mapping afterwards is none of this verdict's business.
        self._data = dict(data) if isinstance(data, Mapping) else data
        self._as_of = as_of

    def __reduce__(self) -> tuple[type[Given], tuple[Any, ...]]:
        # As it was read, where it was: a list inside the mapping may be another one by now.
        data = self.__dict__.get("case", self._data)
        return type(self), (self._reader, self._facts, data, self._as_of, self._digests, self._document)

    @cached_property
    def case(self) -> CaseBase:
        """The case as read.  Raises CaseError with every problem."""
        return self._reader.read(self._data, self._document)

    @property
    def title(self) -> str:
        """The title of the case, or an empty string."""
        return self.case.title

    @cached_property
    def day(self) -> date | None:
        """The day asked for, or else the case's own."""
        return self._as_of or self.case.as_of

    def known(self, question: Question) -> Claimed:
        """Return what the case makes known in one program.  Raises CaseError with every problem of the case."""
        bare = self.bare(question.asked.bare)
        if bare is not None and not question.contradicted(bare):
            return Claimed(bare, bare)
        return self._facts.known(self.case, question.asked, self._as_of, self.view)

    @cached_property
    def denied(self) -> frozenset[str]:
        """Return the findings and choices of which the case says, or implies, one thing and another."""
        return self._facts.denied(self.case, self.day)

    def bare(self, bare: Bare) -> Rails | None:
        """Return what the case makes known when it is nothing but bare facts, and None otherwise."""
        if self._as_of is None and isinstance(self._data, dict) and "case" not in self.__dict__:
            return bare.rails(self._data)
        return None

    def view(self) -> View:
        """Return the case as measures see it on the day."""
        return self._view

    def view_on(self, day: date) -> View:
        """Return the case as measures would see it on another day."""
        return self._facts.view(self.case, day)

    @cached_property
    def _view(self) -> View:
        return self._facts.view(self.case, self._as_of)

    def gives(self, fact: str) -> bool:
        """Return whether a scalar, a choice or the day is given: what is computed from it may lack other facts."""
        view = self.view()
        known = view.as_of if fact == "as_of" else view.scalars.get(fact, UNKNOWN)
        return fact in view.choices or known.value is not None

    def sources(self, atom: str) -> tuple[Source, ...]:
        """Return who determined the fact behind an atom, when and on what evidence, or which entries tell it."""
        test = self._facts.tests.get(atom)
        if test is not None:
            return behind(test, self._view, self._facts.vocabulary)
        return self._facts.sources(self.case, self.day, atom, self.denied)

    def events(self, records: Iterable[str] | None = None) -> tuple[Event, ...]:
        """Return the dated entries that count on the day, of some records or of all."""
        return dated_events(self.view(), self._facts.vocabulary, records)

    def digests(self) -> Digests:
        """Return the digests that pin a verdict on this case."""
        return self._digests(self.case)
