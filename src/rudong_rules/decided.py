"""What a decision comes to on rails: the outcome that the least model holds, or those that it does not rule out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from .facts import Claimed
from .given import Given
from .program import Rail, Rails, opposite, true_rail
from .questions import Question
from .unchanging import Unchanging
from .verdict_data import State, Status

if TYPE_CHECKING:
    from .policy import Policy

_STATES: tuple[State, State, State, State] = ("unknown", "true", "false", "contradicted")


class Decided(Unchanging):
    """A decision for one case, as facts, readings and rules have settled it.  Immutable.

    ``policy`` has made the decision (``question``) for the case as it was handed over (``given``), and decides again
    when it is asked what a change would come to; ``chosen`` is the option taken of every reading, by id, None where it
    was left open; ``known`` are the rails that facts and readings make known, with and without what is contradicted,
    and ``models`` the least model of each.

    Two are equal when they are the same decision on the same case and day, under the same readings and rules.
    """

    decision: str
    policy: Policy
    question: Question
    given: Given
    chosen: Mapping[str, str | None]
    known: Claimed
    models: Claimed

    def __init__(
        self,
        policy: Policy,
        question: Question,
        given: Given,
        chosen: Mapping[str, str | None],
        known: Claimed,
        models: Claimed,
    ) -> None:
        vars(self).update(
            decision=question.name, policy=policy, question=question, given=given, chosen=chosen, known=known,
            models=models,
        )  # fmt: skip

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        chosen = dict(self.chosen)
        return type(self), (self.policy, self.question, self.given, chosen, self.known, self.models)

    @cached_property
    def _identity(self) -> tuple[Any, ...]:
        return self.decision, self.as_of, tuple(sorted(self.chosen.items())), self.given.digests()

    def __eq__(self, other: object) -> bool:
        return self._identity == other._identity if isinstance(other, Decided) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def as_of(self) -> str | None:
        """The day for which the case is decided, as YYYY-MM-DD."""
        return self.given.day.isoformat() if self.given.day else None

    # --- the outcome -------------------------------------------------------------------------------------------------

    @cached_property
    def outcome(self) -> str | None:
        """The id of the outcome that is known to hold on facts that nobody contradicts, or None."""
        return self.question.outcome(self.models.sound)

    @property
    def status(self) -> Status:
        """``contradicted`` when an outcome holds only on facts that are also denied."""
        if not self.question.rungs:
            return "profile"
        if self.outcome is not None:
            return "determined"
        return "contradicted" if self.models.claimed & self.question.outcomes else "undetermined"

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """The outcomes that are not ruled out: the outcome alone once there is one.

        More may stand here than facts can still bring about: one is ruled out by what is known, and not by comparing it
        with the others.  ``why_not`` says of each which sets of facts would bring it about, or that none would.
        """
        if self.outcome is not None:
            return (self.outcome,)
        return tuple(name for name, rail in self.question.rungs if not self.models.sound >> opposite(rail) & 1)

    def state(self, atom: int) -> State:
        """Return the state of an atom; what rests only on facts that are also denied is contradicted, as they are."""
        sound, claimed = self.models.sound >> 2 * atom & 3, self.models.claimed >> 2 * atom & 3
        return _STATES[sound] if sound or not claimed else "contradicted"

    # --- what is to be explained -------------------------------------------------------------------------------------

    @property
    def goals(self) -> tuple[Rail, ...]:
        """The rails to be explained: the outcome's; both sides of what is contradicted; a profile's known rails."""
        rungs, index = self.question.rungs, self.question.program.index
        if self.outcome is not None:
            return (true_rail(index[f"{self.decision}={self.outcome}"]),)
        if self.status == "contradicted":
            return tuple(rail for _, r in rungs for rail in (r, opposite(r)) if self.models.claimed >> rail & 1)
        if self.status == "profile":
            rails = (rail for name in self.question.decision.profile for rail in (2 * index[name], 2 * index[name] + 1))
            return tuple(rail for rail in rails if self.models.sound >> rail & 1)
        return ()

    @property
    def explained(self) -> Rails:
        """The model in which the goals hold."""
        return self.models.claimed if self.status == "contradicted" else self.models.sound
