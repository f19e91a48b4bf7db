"""A verdict as plain data: what is written to JSON, rendered for people, and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from .data import Data, Sparse

if TYPE_CHECKING:
    from .shown import Shown
    from .wording import Lang

State = Literal["true", "false", "unknown", "contradicted"]
DutyStatus = Literal["owed", "done", "breached", "open", "standing"]
Status = Literal["determined", "undetermined", "contradicted", "profile"]


class Stored(Data):
    """Data that shows itself in its own words, whatever the policy says by now.

    A page has the texts of the clauses that are cited, and of entries of the case no time line.
    """

    def to_text(self, lang: Lang = "zh", full: bool = False) -> str:
        """Return the whole as the text that a terminal shows, which ``print`` shows too; ``full`` as there."""
        return self._shown().to_text(lang, full)

    def to_markdown(self, lang: Lang = "zh", full: bool = False) -> str:
        """Return the whole as Markdown; ``full`` as of the command line."""
        return self._shown().to_markdown(lang, full)

    def to_html(self, lang: Lang = "zh") -> str:
        """Return a page that needs nothing else: no script, no network."""
        return self._shown().to_html(lang)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self._shown()._repr_html_()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def _shown(self) -> Shown:
        from .shown import AsStored

        assert isinstance(self, VerdictData | OpinionData)
        return AsStored(self)


class ClauseName(Data):
    """A clause by its reference (``tolerance:3.1.2``) and its short citation (容错 三（一）2)."""

    ref: str
    short: str


class Citation(ClauseName):
    """A clause that the verdict rests on, with its full citation and its exact text."""

    citation: str
    text: str


class Source(Data):
    """Where a fact comes from: the value given, by whom, on which day, on what evidence; empty when not said.

    ``follows_from`` is the label of the other fact that was given, where this one only follows from it, and
    ``follows_from_value`` its value; ``entry`` names the entries of a list, with their days, or the number, on which
    the answer to a question about them rests, or says that there is none of which it asks.
    """

    value: str
    determined_by: str = ""
    determined_on: str = ""
    evidence: str = ""
    follows_from: str = ""
    follows_from_en: str = ""
    follows_from_value: str = ""
    entry: str = ""
    entry_en: str = ""

    def says(self, name: str) -> Literal["true", "false"]:
        """Return the answer to a question by its name: of an option of a choice, whether it is the one chosen."""
        return "true" if self.value == "true" or name.endswith(f"={self.value}") else "false"


class Lack(Data):
    """A column that an entry of a list lacks; ``entry`` is what the entry is called."""

    entry: str
    entry_en: str
    column: str
    label: str
    en: str


class Fact(Sparse):
    """A question about the case and its state.

    ``question`` is what to ask while it is unknown or contradicted; ``settles_with``, for a missing fact, with how many
    facts in all it can settle the outcome (1 means alone, 0 that it does not apply); ``sources`` who said what;
    ``lacks``, for a list, what its entries lack, and is left out of plain data where there is nothing.
    """

    may_be_left_out: ClassVar = ("lacks",)

    name: str
    label: str
    en: str
    state: State
    question: str = ""
    settles_with: int = 0
    sources: tuple[Source, ...] = ()
    lacks: tuple[Lack, ...] = ()


class DerivationStep(Data):
    """A step of the derivation: ``name`` is known to be ``value`` because of the steps numbered in ``because``.

    ``sources`` says where a fact comes from.  Of several grounds that each are enough, the first written stands in
    ``because``; ``also`` counts, for each of its steps, the grounds that hold as well and would do in place of it and
    of those before it that belong together.  ``why`` with ``full`` tells them all.
    """

    name: str
    label: str
    en: str
    value: bool
    kind: Literal["fact", "reading", "rule", "outcome", "duty"]
    clauses: tuple[ClauseName, ...]
    because: tuple[int, ...]
    sources: tuple[Source, ...] = ()
    also: tuple[int, ...] = ()


class DutyState(Sparse):
    """A duty or right that has arisen: who, what, and whether it is owed, done or breached.

    ``open`` says that it has arisen and nothing is known of its discharge; a right is never owed.  ``breach_open``
    says of one that is owed or done that it is not known whether it was violated as well; it is left out of plain data
    where it is not so.
    """

    may_be_left_out: ClassVar = ("breach_open",)

    id: str
    label: str
    en: str
    who: str
    who_en: str
    modality: str
    state: DutyStatus
    breach_open: bool = False
    clauses: tuple[ClauseName, ...]


class StillOpen(Data):
    """A duty that has arisen, or a conclusion, of which it is not known how it stands, and what can settle it.

    Of a duty that is owed or done it is whether it was violated.

    ``name`` is the id of the duty or the conclusion; ``nearest`` are facts that need fewest others (``settles_with``),
    ``more`` how many further ones there are; without any no fact of a case tells how the duty stands.
    """

    kind: Literal["duty", "conclusion"]
    name: str
    nearest: tuple[Fact, ...] = ()
    more: int = 0


class PeriodState(Data):
    """A stretch of time, ``first`` and ``last`` day included, as YYYY-MM-DD.

    Empty where the day is not known, or not by the readings chosen; ``open_ended`` says that there is no last day.
    """

    id: str
    label: str
    en: str
    first: str
    last: str
    open_ended: bool
    clauses: tuple[ClauseName, ...]


class Caution(Data):
    """A conclusion of which a reader must be warned, and the clauses that it rests on, its own first."""

    name: str
    label: str
    en: str
    citations: tuple[Citation, ...]


class Outside(Data):
    """A norm outside these texts to which a clause points."""

    label: str
    en: str


class ReadingUsed(Data):
    """A reading that the verdict, or what it warns of, relied on.

    It has the question, the option taken, and the reason for the default;
    ``reason_en`` is empty where the policy gives the reason in Chinese only.
    """

    id: str
    question: str
    en: str
    option: str
    option_label: str
    option_en: str
    is_default: bool
    reason: str
    reason_en: str = ""


class Possible(Data):
    """An outcome that is not ruled out."""

    outcome: str
    label: str
    en: str


class WayToRead(Data):
    """An option of a reading, and the outcome that it comes to while all else stays; None where it comes to none."""

    option: str
    option_label: str
    option_en: str
    outcome: Possible | None


class Turning(Data):
    """A conclusion, a duty or a period that stands otherwise under another option of a reading."""

    name: str
    label: str
    en: str


class LeftOpen(Data):
    """A reading that was left open and may make a difference: what comes of each option, and what turns on it."""

    id: str
    question: str
    en: str
    options: tuple[WayToRead, ...]
    turns: tuple[Turning, ...] = ()


class Note(Data):
    """What a reader must know of the case on the day: what does not count, which list is no longer complete."""

    label: str
    en: str


class Digests(Data):
    """SHA-256 of the texts, of the rules and of the case, and the versions that decided."""

    text: str
    rules: str
    case: str
    library: str
    rule_language: str


class VerdictData(Stored, Sparse):
    """A verdict as data; ``facts_known`` counts the facts of the case that the decision uses; ``group`` names the kind
    of decision, where the regulation has one; ``open`` says of each duty and conclusion that is open which facts can
    settle it; ``open``, ``left_open``, ``cautions`` and ``notes`` are left out where there are none.

    ``VerdictData.model_validate_json(verdict.to_json())`` gives it back, to show it again as it was.
    """

    may_be_left_out: ClassVar = ("open", "left_open", "cautions", "notes")

    decision: str
    label: str
    en: str
    group: str
    group_en: str
    title: str
    status: Status
    outcome: str | None
    outcome_label: str
    outcome_en: str
    modality: str
    possible: tuple[Possible, ...]
    as_of: str | None
    citations: tuple[Citation, ...]
    derivation: tuple[DerivationStep, ...]
    profile: tuple[Fact, ...]
    facts_known: int
    missing: tuple[Fact, ...]
    contradictions: tuple[Fact, ...]
    duties: tuple[DutyState, ...]
    periods: tuple[PeriodState, ...]
    outside: tuple[Outside, ...]
    readings: tuple[ReadingUsed, ...]
    open: tuple[StillOpen, ...] = ()
    left_open: tuple[LeftOpen, ...] = ()
    cautions: tuple[Caution, ...] = ()
    notes: tuple[Note, ...] = ()
    digests: Digests


class OpinionData(Stored):
    """An opinion as data; ``OpinionData.model_validate_json(opinion.to_json())`` gives it back.

    So it shows itself again as it was.
    """

    verdicts: tuple[VerdictData, ...]
    duties: tuple[DutyState, ...]
    periods: tuple[PeriodState, ...]


class Event(Data):
    """Something that happened on a day (YYYY-MM-DD): an entry of a list of the case."""

    day: str
    label: str
    en: str
