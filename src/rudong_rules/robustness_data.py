"""How far a verdict depends on readings, as plain data."""

from __future__ import annotations

from typing import Literal

from .data import Data
from .explain_data import AnswerData
from .verdict_data import ClauseName, Possible


class Taken(Data):
    """An option of a reading, and the clauses that leave the question open."""

    reading: str
    question: str
    en: str
    option: str
    option_label: str
    option_en: str
    clauses: tuple[ClauseName, ...] = ()


class Turn(Taken):
    """Another option of one reading, and what comes of it while all other readings keep theirs.

    ``outcome`` is None where nothing is decided any more.
    """

    outcome: Possible | None


class Together(Data):
    """Options of several readings that change the outcome together and not when any one of them is left as it was."""

    options: tuple[Taken, ...]
    outcome: Possible | None


class Share(Data):
    """Under how many combinations an outcome comes out; None where nothing is decided."""

    outcome: Possible | None
    combinations: int


class RobustnessData(AnswerData):
    """How far a verdict depends on readings.

    ``holds`` says that the same outcome comes out under every combination of options.  ``turns`` lists the single
    options that change it, ``together`` the smallest sets of several that do.  ``readings`` are those on which the
    outcome depends at all, ``combinations`` how many ways there are to choose among them, ``outcomes`` what comes of
    these.  When there are too many readings to look at (``complete`` is False) only ``turns`` is exact, and ``holds``
    False unless the outcome comes out with all readings left open.  ``citations`` are the clauses that leave open the
    questions of ``turns`` and ``together``.
    """

    holds: bool
    turns: tuple[Turn, ...]
    together: tuple[Together, ...] = ()
    readings: tuple[str, ...] = ()
    combinations: int = 0
    outcomes: tuple[Share, ...] = ()
    complete: bool = True

    @property
    def came(self) -> Literal["holds", "turns", "combined", "never"]:
        """What came of it, in one word: ``never`` that no combination of readings comes to an outcome."""
        if self.holds:
            return "holds"
        if self.turns:
            return "turns"
        return "combined" if self.together or not self.complete else "never"
