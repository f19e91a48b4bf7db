"""What conditions may name, and what is meant by a name that is none of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from .as_typed import truth
from .bilingual import Hint, say
from .errors import did_you_mean
from .logic import Test
from .measure_checks import Terms
from .vocabulary import Named

_SIGNS = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than", "==": "equals", "=": "equals"}
_WIDE = re.compile("[，、；【】［］｛｝]")
"""What stands between names and around them as an input method for Chinese gives it."""
_SIGNED = re.compile(rf"(\w+) *({'|'.join(_SIGNS)}) *(\S+)")


@dataclass(frozen=True)
class Scope:
    """What conditions may name.

    ``owed`` lists by decision the duties that can be owed in one case; ``labels`` tells the id behind a label;
    ``tests`` collects the questions about measures that the conditions ask.
    """

    questions: Collection[str]
    choices: Mapping[str, Mapping[str, Named]]
    readings: Mapping[str, Collection[str]]
    outcomes: Mapping[str, Mapping[str, Named]]
    duties: Collection[str]
    owed: Mapping[str, Collection[str]]
    names: Terms
    labels: Mapping[str, str] = field(default_factory=dict)
    tests: dict[str, Test] = field(default_factory=dict)


def instead(name: str, scope: Scope) -> Hint:
    """Return a hint for a name that is no yes/no question: how to ask one of it, or the closest names.

    People write labels in cases, and comparisons with a sign elsewhere.
    """
    if (meant := truth(name)) is not None:
        return say("write_so", form=str(meant).lower())
    name = scope.labels.get(name, name)
    if name in scope.questions:
        return say("write_so", form=name)
    if _WIDE.search(name):
        return say("half_width_marks")
    compared = _SIGNED.fullmatch(name)
    if compared and compared[1] in (*scope.names.kinds, *scope.names.measures):
        left, sign, right = compared.groups()
        return say("write_so", form=f"{{measure: {left}, {_SIGNS[sign]}: {right}}}")
    for key, named in (("fact", scope.choices), ("outcome", scope.outcomes), ("duty", scope.duties)):
        if name in named:
            return say("write_so", form=f"{{{key}: {name}, is: …}}")
    if name in scope.names.kinds or name in scope.names.measures:
        return say("write_so", form=f"{{measure: {name}, more_than: …}}")
    if name in scope.names.records:
        return say("write_so", form=f"{{happened: {{in: {name}, where: …}}}}")
    return did_you_mean(name, scope.questions)
