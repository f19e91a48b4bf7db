"""Some set of facts that makes a goal hold, by giving one input after the other a value, going back where none fits."""

from __future__ import annotations

from .learnable import Bits, Inputs
from .program import Rail, Rails, members

TRIES = 400
"""How many values are tried in search of one set."""


def some_set(inputs: Inputs, start: Inputs, goal: Rail) -> tuple[Bits | None, bool]:
    """Return some set that makes the goal hold, what is known now tried first, and whether there is none without it."""
    used = {atom for atom in start.program.index.values() if atom in start.groups}
    groups = list(dict.fromkeys(group for atom, group in start.groups.items() if atom in used))
    groups.sort(key=lambda group: not group & inputs.base)
    (prepared, may), tries = inputs.prepared, TRIES
    told, possible = inputs.together.rails, inputs.together.possible

    def said(value: Bits, group: Bits) -> tuple[Bits, Rails, Rails]:
        """Return a value, the rails of it and of what it implies, and all that follows from its own alone."""
        own = start.rails(value) & start.both_rails[group]
        return value, inputs.closed(own), prepared.closed(own & may)

    values = [[said(value, group) for value in _values(inputs, start, group)] for group in groups]
    # From a place on, all that any value may still bring about.
    ahead = [prepared.always]
    for every in reversed(values):
        follows = ahead[-1]
        for _, _, brought in every:
            follows |= brought
        ahead.append(follows)
    ahead.reverse()

    def reach(place: int, learnt: Bits, given: Rails, follows: Rails) -> Bits | None:
        """Give the inputs from a place on values; ``given`` is known by now, ``follows`` what follows from it."""
        nonlocal tries
        if place == len(groups):
            return learnt if inputs.holds(goal, inputs.projected(learnt)) else None
        for value, known, closed in values[place]:
            tries -= 1
            if tries < 0 or inputs.clash(given | known) or (known & told and not possible(given | known)):
                continue
            if prepared.model(follows | closed | ahead[place + 1]) >> goal & 1:
                found = reach(place + 1, learnt | value, given | known, follows | closed)
                if found is not None:
                    return found
        return None

    found = reach(0, 0, start.fixed, prepared.always)
    return None if found is None else inputs.projected(found), tries >= 0


def _values(inputs: Inputs, start: Inputs, group: Bits) -> list[Bits]:
    """Return the values that an input may have, as bits: the one that is known first, and "no" before "yes"."""
    if group.bit_length() - 1 >> 1 in inputs.chosen:
        every = [group & ~(1 << rail) for rail in members(group)]
    else:
        every = [1 << rail for rail in members(group)]
    may = [one for one in reversed(every) if not start.contradicts(one, group)]
    return sorted(may, key=lambda one: inputs.contradicts(one, group))
