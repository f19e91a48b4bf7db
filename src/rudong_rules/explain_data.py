"""Explanations as plain data: one tree of steps, and the answers that are made of it.

Every class is frozen; ``X.model_validate_json(x.model_dump_json())`` gives it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from .data import Data
from .verdict_data import (
    Citation,
    ClauseName,
    DerivationStep,
    Fact,
    LeftOpen,
    Note,
    Possible,
    Source,
    State,
    Status,
)

NodeKind = Literal["outcome", "rule", "duty", "fact", "reading"]


class Node(Data):
    """A step of an explanation: ``name`` is in this ``state`` because of the steps below it.

    A step that others share is written out where it first stands, parents before children; elsewhere ``above`` is True
    and ``because`` is empty.  A fact, a chosen reading and a constant rest on nothing.  ``sources`` says where a fact
    comes from, ``question`` what to ask for an unknown one.  ``also`` counts the further grounds that hold as well and
    would do in place of this step and of those before it that belong together; ``open`` the steps below it that are not
    known and not written out.
    """

    name: str
    label: str
    en: str
    kind: NodeKind
    state: State
    clauses: tuple[ClauseName, ...] = ()
    sources: tuple[Source, ...] = ()
    question: str = ""
    because: tuple[Node, ...] = ()
    above: bool = False
    also: int = 0
    open: int = 0


def skip_nothing(_: Node) -> bool:
    """Return False: no step is left out."""
    return False


def is_reading(node: Node) -> bool:
    """Return whether a step is the option of a reading."""
    return node.kind == "reading"


def is_unchosen(node: Node) -> bool:
    """Return whether a step is an option of a reading that was not taken: no fact can bring it about."""
    return is_reading(node) and node.state == "false"


def every_node(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes of some trees, parents first."""
    for node in nodes:
        yield node
        yield from every_node(node.because)


def unchosen(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return the options of readings in some trees that were not taken, each once."""
    return tuple({node.name: node for node in every_node(nodes) if is_unchosen(node)}.values())


def as_trees(steps: Sequence[DerivationStep]) -> tuple[Node, ...]:
    """Return a derivation as trees, one for each step on which no other rests: facts first, then readings.

    Facts and readings name no clause: what uses them does.
    """
    shown: set[int] = set()
    order = {"fact": 0, "reading": 1}

    def grown(n: int, also: int = 0) -> Node:
        step, above = steps[n], n in shown and bool(steps[n].because)
        shown.add(n)
        below = [] if above else list(zip(step.because, step.also or (0,) * len(step.because), strict=True))
        if step.kind != "outcome":  # An outcome's own ground stays before what rules out those above it.
            below.sort(key=lambda one: order.get(steps[one[0]].kind, 2))
        return Node(
            name=step.name, label=step.label, en=step.en, kind=step.kind, state="true" if step.value else "false",
            clauses=() if step.kind in order else step.clauses, sources=step.sources, above=above,
            because=tuple(grown(*one) for one in below), also=also,
        )  # fmt: skip

    used = {n for step in steps for n in step.because}
    return tuple(grown(n) for n in range(len(steps)) if n not in used)


class Value(Data):
    """What is said of a fact and how it is called: ``true``, ``false``, ``contradicted``, an option's id, a value."""

    value: str
    label: str
    en: str


class Need(Data):
    """A fact that would have to be one of ``values``, whichever; ``now`` is what is known of it.

    ``name`` is a finding, a choice, or the comparison that stands for a measure; ``facts`` are the facts of the case
    behind it.  In what is said of readings, ``name`` is the reading.  ``now`` is empty while nothing is known, holds
    several values where the facts only narrow a choice, and is ``contradicted`` where they say one thing and another.
    """

    name: str
    label: str
    en: str
    values: tuple[Value, ...]
    now: tuple[Value, ...] = ()
    facts: tuple[str, ...] = ()
    question: str = ""


class Way(Data):
    """A minimal set: with all of these an outcome comes out, without any one of them it does not."""

    needs: tuple[Need, ...]


class Ways(Data):
    """Minimal sets, smallest first: every one of them when ``complete``.

    Otherwise there are, or may be, more, and each set that is listed is minimal all the same.
    """

    ways: tuple[Way, ...] = ()
    complete: bool = True


class AnswerData(Data):
    """What every answer says of the verdict that it is about.

    ``contradictions`` are the facts that are both asserted and denied, and by whom; ``notes`` what else must be known
    of the verdict: which facts do not count on the day, which lists are open, to what the rules have no answer;
    ``citations`` are all clauses that the answer names.
    """

    decision: str
    label: str
    en: str
    title: str
    as_of: str | None
    status: Status
    outcome: Possible | None
    contradictions: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
    citations: tuple[Citation, ...] = ()


class WhyData(AnswerData):
    """Why a verdict is what it is.

    ``because`` are the trees of the outcome; of both sides of what is contradicted; of a profile's conclusions; and of
    the outcomes that are ruled out while nothing is decided.  Unless ``full`` they hold one ground, none of whose facts
    can be spared; ``hidden`` counts the steps that further grounds would add.  While nothing is decided ``missing`` are
    the unknown facts that can settle it, ``left_open`` the readings left open that can, and ``possible`` the outcomes
    that are not ruled out.  ``cautions`` are the trees of what the verdict warns of, where ``because`` does not hold
    them.
    """

    because: tuple[Node, ...]
    full: bool
    hidden: int
    steps: int
    missing: tuple[Fact, ...] = ()
    left_open: tuple[LeftOpen, ...] = ()
    possible: tuple[Possible, ...] = ()
    cautions: tuple[Node, ...] = ()


class WhyNotData(AnswerData):
    """What stands in the way of ``wanted``, and what would bring it about.

    ``state`` is whether it holds: ``true`` leaves nothing to explain, ``false`` is ruled out, ``unknown`` is open.
    ``obstacles`` are the trees of what rules it out, or of what is not known of it: the outcome that stands before it,
    where one does, then what it lacks itself.  ``unknown`` are the minimal sets of
    unknown facts that bring it about; ``different`` those of known facts that would have had to be different, with
    unknown facts beside where they are needed (``now`` tells them apart).  Of an outcome that is open and for which no
    set of unknown facts was found, ``bearing`` are unknown facts that bear on it, where some set may bring it about all
    the same, and ``left_open`` the readings that bear on it and are left open, with their options.
    """

    wanted: Possible
    state: State
    obstacles: tuple[Node, ...]
    unknown: Ways
    different: Ways
    bearing: tuple[Fact, ...] = ()
    left_open: tuple[Need, ...] = ()

    @property
    def standing(self) -> Literal["possible_by_facts", "needs_a_reading", "not_by_facts", "possible_somehow", ""]:
        """Of an outcome that is open, what it takes: facts, a reading, what is known to be otherwise, or not found."""
        if self.state != "unknown":
            return ""
        if self.unknown.ways:
            return "possible_by_facts"
        if not self.unknown.complete:
            return "possible_somehow"
        return "needs_a_reading" if self.left_open else "not_by_facts"

    @property
    def keeps_known(self) -> bool:
        """Whether nothing that is known has to be different: unknown facts that nobody contradicts are enough."""
        return any(
            all(one.value != "contradicted" for need in way.needs for one in need.now) for way in self.unknown.ways
        )


class Change(Data):
    """A fact, the day or a reading that was changed; None where nothing is said of it.

    Of a list ``before`` and ``after`` tell how long it is; ``gone`` and ``new`` are the entries that stand before only,
    and after only.
    """

    name: str
    label: str
    en: str
    before: Value | None
    after: Value | None
    gone: tuple[Value, ...] = ()
    new: tuple[Value, ...] = ()


class Moved(Data):
    """Something of a verdict that is not what it was; None where it was not, or is no more.

    ``what`` is ``duty`` (its state), ``period`` (its days), ``profile`` (a conclusion's state) or ``clause``; of a
    verdict that is open after the changes also ``outcome`` (``possible`` or ``ruled_out``), and where it was open
    before as well ``missing`` (with how many facts in all a fact can settle the outcome).
    """

    what: Literal["duty", "period", "profile", "clause", "outcome", "missing"]
    name: str
    label: str
    en: str
    before: str | None
    after: str | None


class WhatIfData(AnswerData):
    """A verdict before changes, in the fields that all answers share, and after them.

    ``gained`` are the steps, from what was changed up to the outcome (while there is none, what rules others out) and
    the duties, that hold now and did not before; ``lost`` those that held; ``hidden`` counts those that rest on options
    of readings that were not taken.  Clauses that are cited before only or after only are among ``moved``.
    ``possible`` and ``possible_after`` are the outcomes that are not ruled out, each empty where there is an outcome.
    """

    changes: tuple[Change, ...]
    status_after: Status
    outcome_after: Possible | None
    as_of_after: str | None
    contradictions_after: tuple[Fact, ...] = ()
    notes_after: tuple[Note, ...] = ()
    possible: tuple[Possible, ...] = ()
    possible_after: tuple[Possible, ...] = ()
    moved: tuple[Moved, ...]
    gained: tuple[Node, ...]
    lost: tuple[Node, ...]
    hidden: int = 0


def notes_of(answer: AnswerData) -> tuple[Note, ...]:
    """Return the notes on an answer's verdict; of a change, on that after it."""
    return answer.notes_after if isinstance(answer, WhatIfData) else answer.notes


def contradictions(answer: AnswerData) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Yield the contradicted facts of an answer under their heading: of a change before and after it."""
    parts = [("contradictions", answer.contradictions)]
    if isinstance(answer, WhatIfData) and answer.contradictions_after != answer.contradictions:
        parts = [
            ("contradictions_before", answer.contradictions),
            ("contradictions_after", answer.contradictions_after),
        ]
    return (part for part in parts if part[1])
