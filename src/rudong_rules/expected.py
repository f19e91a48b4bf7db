"""What a scenario expects of a verdict, and whether the names in it are names that the decision could use."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Literal, get_args

from .bilingual import Hint, Text, say
from .complaints import among, nearest
from .errors import did_you_mean, shown
from .policy import Policy
from .questions import is_inner
from .ruleset import Modality
from .source import KEY, Loc
from .verdict_data import State
from .vocabulary import Named, Schema

DutyOrNone = Literal["owed", "done", "breached", "open", "standing", "none"]
_FEW = 20
"""How many names a hint lists without choosing among them."""
_KINDS = {
    "outcome": "outcomes", "possible": "ladder", "cites": "clauses", "cites_not": "clauses", "clauses": "things",
    "facts": "atoms", "missing": "facts", "missing_not": "facts", "missing_first": "facts", "duties": "duties",
    "readings": "readings", "periods": "periods",
}  # fmt: skip
"""Of which kind the names are that stand under each key of an expectation."""

Told = tuple[Loc, str, Text, Hint]
"""What is wrong with an expectation: where in it, the code of the problem, what is wrong and how to mend it."""


class Expected(Schema):
    """What a verdict must be.  Only what is written is checked.

    ``outcome`` is an id, or ``undetermined``, ``contradicted``, ``profile``; ``possible`` those not ruled out;
    ``cites`` printed labels (``三（一）2``, or ``容错 三（一）2`` where several regulations are cited) that must all be
    cited, ``cites_not`` ones that must not; ``clauses`` the labels of all clauses that a rule, outcome, duty, period,
    caution or the decision itself is shown with, by its id; ``facts`` the state of atoms (true, false, ``unknown``,
    ``contradicted``);
    ``missing`` facts that must be asked for, ``missing_not`` ones that must not, ``missing_first`` the first one;
    ``duties`` their states, ``none`` for one that has not arisen; ``readings`` those relied on, all of them;
    ``periods`` by id the first and last day, empty for one that is not known or not set: two stretches of one id
    are four days in order of their first, none is ``[]``.
    """

    outcome: str = ""
    modality: Modality | None = None
    possible: list[str] | None = None
    cites: list[str] = []
    cites_not: list[str] = []
    clauses: dict[str, list[str]] = {}
    facts: dict[str, bool | str] = {}
    missing: list[str] = []
    missing_not: list[str] = []
    missing_first: str = ""
    duties: dict[str, DutyOrNone] = {}
    readings: list[str] | None = None
    periods: dict[str, list[str]] = {}


class Nameable:
    """What the scenarios of a policy may name."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._known: dict[str, dict[str, Collection[str]]] = {}

    def wrong(self, expected: Expected, decision: str) -> Iterator[Told]:
        """Yield each name that no verdict of the decision (by id) can have, and each state of a fact that is none."""
        if decision not in self._known:
            self._known[decision] = self._named_by(decision)
        for kind, loc, name in _named(expected):
            names = self._known[decision][kind]
            if name not in names:
                yield loc, "unknown-name", say("unusable_name", name=name), self._hint(kind, name, names)
        for name, state in expected.facts.items():
            if not isinstance(state, bool) and state not in get_args(State):
                message = say("not_option", value=shown(state))
                yield ("facts", name), "unknown-option", message, among(state, get_args(State))

    def _named_by(self, decision: str) -> dict[str, Collection[str]]:
        """Return by kind what a verdict of the decision can speak of."""
        policy = self._policy
        body, atoms = policy.rules.decisions[decision], policy.questions[decision].program.index
        clauses = [clause for regulation in policy.regulations.values() for clause in regulation.clauses]
        asked = {name for name in atoms if not is_inner(name)}
        return {
            "outcomes": (*body.ladder, "undetermined", "contradicted") if body.ladder else ("profile",),
            "ladder": body.ladder, "duties": body.duties, "periods": body.periods, "atoms": asked,
            "things": {*asked, *body.duties, *body.periods, decision},
            "facts": policy.glossary.facts, "readings": policy.rules.readings,
            "clauses": {name for clause in clauses for name in (clause.label, clause.short_citation)},
        }  # fmt: skip

    def _hint(self, kind: str, name: str, names: Collection[str]) -> Hint:
        """Return what is meant by a name: a thing by its label, a clause that is written otherwise, or what is near."""
        meant = self._labels.get(name, "")
        if kind == "clauses":
            found = [one.label for regulation in self._policy.regulations.values() if (one := regulation.meant(name))]
            meant = found[0] if len(found) == 1 else ""
        if meant in names:
            return say("write_so", form=meant)
        return nearest(name, names) if len(names) <= _FEW else did_you_mean(name, names)

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The id behind each label: people who write cases by their labels write them here too."""
        rules = self._policy.rules
        rungs = {name: rung for one in rules.decisions.values() for name, rung in one.ladder.items()}
        things: tuple[Mapping[str, Named], ...] = (
            rungs, rules.decisions, rules.periods, rules.duties, rules.conclusions, self._policy.glossary.facts,
        )  # fmt: skip
        found = {thing.label: name for section in things for name, thing in section.items()}
        return found | {reading.question: name for name, reading in rules.readings.items()}


def _named(expected: Expected) -> Iterator[tuple[str, Loc, str]]:
    """Yield every name that is written in an expectation: its kind, where it stands, and the name."""
    for key, kind in _KINDS.items():
        said = getattr(expected, key)
        if isinstance(said, str):
            yield from [(kind, (key,), said)] if said else []
        elif isinstance(said, dict):
            yield from ((kind, (key, name, KEY), name) for name in said)
        else:
            yield from ((kind, (key, nth), name) for nth, name in enumerate(said or ()))
    for thing, own in expected.clauses.items():
        yield from (("clauses", ("clauses", thing, nth), name) for nth, name in enumerate(own))
