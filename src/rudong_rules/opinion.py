"""An opinion: the verdicts of all decisions on one case, and one list of the duties and of the periods that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from .consequences import first_to_last
from .naming import Names
from .shown import Shown
from .unchanging import Unchanging
from .verdict import Verdict
from .verdict_data import Citation, DutyState, Event, OpinionData, PeriodState


class Opinion(Unchanging, Mapping[str, Verdict], Shown):
    """The verdicts by decision, under its id or label, in the order of the policy.  Immutable.

    Two are equal when their verdicts are.  To another process or a file send ``data`` or ``to_json()``.
    """

    _verdicts: dict[str, Verdict]

    def __init__(self, verdicts: Mapping[str, Verdict]) -> None:
        vars(self)["_verdicts"] = dict(verdicts)

    def __getitem__(self, decision: str) -> Verdict:
        """Return the verdict of a decision.  Raises UnknownNameError."""
        return self._verdicts[decision if decision in self._verdicts else self._names.the(decision)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._verdicts)

    def __hash__(self) -> int:
        return hash(tuple(self.values()))

    def __len__(self) -> int:
        return len(self._verdicts)

    @cached_property
    def _names(self) -> Names:
        bodies = {name: verdict.question.decision for name, verdict in self._verdicts.items()}
        return Names("decision", {name: (one.label, one.en) for name, one in bodies.items()})

    @cached_property
    def duties(self) -> tuple[DutyState, ...]:
        """The duties and rights of all verdicts, each once."""
        return tuple({duty.id: duty for verdict in self.values() for duty in verdict.duties}.values())

    @cached_property
    def periods(self) -> tuple[PeriodState, ...]:
        """The periods of all verdicts, each once, first to last."""
        return first_to_last(dict.fromkeys(period for verdict in self.values() for period in verdict.periods))

    @cached_property
    def data(self) -> OpinionData:
        """The whole opinion as plain data."""
        return OpinionData(
            verdicts=tuple(verdict.data for verdict in self.values()), duties=self.duties, periods=self.periods
        )

    @cached_property
    def texts(self) -> tuple[Citation, ...]:
        """Every clause that a verdict names which the facts touch, with its text."""
        touched = (verdict for verdict in self.values() if verdict.facts_known)
        return tuple({one.ref: one for verdict in touched for one in verdict.texts}.values())

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The dated entries of all lists that the verdicts read, first to last."""
        found = dict.fromkeys(event for verdict in self.values() for event in verdict.events)
        return tuple(sorted(found, key=lambda event: event.day))

    def __repr__(self) -> str:
        return f"<Opinion {', '.join(f'{name}: {v.outcome or v.status}' for name, v in self.items())}>"
