"""What a policy defines and no verdict can ever show: nothing is encoded for nothing."""

from __future__ import annotations

from typing import Any

from . import expressions
from .bilingual import say
from .compiler import names_in
from .parts import Parts
from .ruleset import RuleSet
from .wording import word

_SINGULAR = {"rules": "conclusion", "duties": "duty"}


def check_use(parts: Parts, rules: RuleSet) -> None:
    """Report everything that no condition, measure, profile or decision names."""
    named = {name for condition in rules.conditions.values() for name in names_in(condition)}
    sides = [side for name in named & set(rules.tests) for side in (rules.tests[name].left, rules.tests[name].right)]
    sides += [{"count": {"of": period.of, "where": period.where}} for period in rules.periods.values()]
    computed = [column.value for record in rules.vocabulary.records.values() for column in record.computed.values()]
    words, asked = _mentioned([sides, computed, list(rules.vocabulary.defined().values())])
    for section, names in _used(rules, named, sides, words).items():
        for name in rules.conclusions if section == "conclusions" else parts.section(section):
            if name not in names:
                place = "rules" if section == "conclusions" and name in rules.rules else section
                what = _SINGULAR.get(place, place[:-1])
                span = parts.origins[f"{place}:{name}"].span
                both = say("in_both", zh=word(f"section_{section}", "zh"), en=what)
                parts.problem(span, f"unused-{what}", say("used_nowhere", what=both, name=name), say("use_or_delete"))
    ends = expressions.words_in([[period.first, period.last] for period in rules.periods.values()])
    _check_computed_use(parts, rules, words | asked | set(ends))


def _check_computed_use(parts: Parts, rules: RuleSet, named: set[str]) -> None:
    """Report every computed field that nothing names.

    What is given in a case may be there for its readers, and an option to be chosen; what is computed is for rules.
    """
    for name, record in rules.vocabulary.records.items():
        origin = parts.origins[f"records:{name}"]
        for column in (one for one in record.computed if one not in named):
            span = origin.document.key_span((*origin.loc, "computed", column))
            message = say("used_nowhere", what=say("computed_field"), name=column)
            parts.problem(span, "unused-computed", message, say("use_or_delete"))


def _used(rules: RuleSet, named: set[str], sides: list[Any], words: set[str]) -> dict[str, set[str]]:
    """Return, for each section, the names that something uses.

    ``named`` are the atoms of all conditions, ``sides`` what tests and periods measure, and ``words`` the texts there.
    """
    vocabulary, decisions = rules.vocabulary, rules.decisions.values()
    defined = vocabulary.defined()
    atoms = named | {name.removeprefix("reading:").partition("=")[0] for name in named}
    atoms |= {name for decision in decisions for name in decision.profile}
    atoms |= {name for side in sides for name in expressions.inputs(side, defined)}
    atoms |= {name for name, finding in vocabulary.findings.items() if finding.implies or finding.excludes}
    atoms |= {name for finding in vocabulary.findings.values() for name in finding.excludes}
    duties = {name.split(":")[1] for name in named if name.startswith("duty:")}
    return {
        "findings": atoms, "scalars": atoms, "records": atoms, "conclusions": atoms, "measures": words, "tables": words,
        "readings": atoms | {reading for period in rules.periods.values() for reading, _ in period.readings()},
        "duties": duties | {name for decision in decisions for name in decision.duties},
        "periods": {name for decision in decisions for name in decision.periods},
        "groups": {decision.group for decision in decisions},
    }  # fmt: skip


def _mentioned(data: Any) -> tuple[set[str], set[str]]:
    """Return every text in nested data, and every key of what chooses entries: a column, or what is asked of one."""
    texts, keys = set[str](), set[str]()
    waiting: list[tuple[Any, bool]] = [(data, False)]
    while waiting:
        one, where = waiting.pop()
        if isinstance(one, str):
            texts.add(one)
        elif isinstance(one, list):
            waiting.extend((inner, where) for inner in one)
        elif isinstance(one, dict):
            if where:
                keys.update(key for key in one if isinstance(key, str))
            waiting.extend((inner, where or key in expressions.WHERES) for key, inner in one.items())
    return texts, keys
