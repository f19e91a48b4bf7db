"""What an edit of a policy changes as written: texts, rules, readings, vocabulary, checks; not what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from .policy import Policy
from .ruleset import RegulationFile

ChangeKind = Literal["added", "removed", "edited"]
_RULES = ("rules", "conclusions", "readings", "decisions", "duties", "periods", "groups", "not_encoded")
_CONDITIONS = ("when", "unless", "due", "done", "breached", "value", "where")
"""Keys whose values are one thing, however much is nested in it."""
_CHECKS = ("invariants", "acts", "accepted", "typical")
_VOCABULARY = ("findings", "scalars", "records", "measures", "tables")


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that was added, removed or edited: its section and id; of an edit the keys, of a clause its text.

    ``texts`` are the keys of an edit whose values are text, each with its text before and after.
    """

    section: str
    id: str
    kind: ChangeKind
    keys: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    texts: tuple[tuple[str, str, str], ...] = ()


def changes(base: Policy, head: Policy) -> list[Change]:
    """Return what is written otherwise in ``head``, texts first; the order of things within a file changes nothing."""
    found = list(_changed("clauses", _clauses(base), _clauses(head)))
    found += _changed("regulations", _headers(base), _headers(head))
    conclusions = [
        {name: named for name, named in policy.rules.conclusions.items() if name not in policy.rules.rules}
        for policy in (base, head)
    ]
    for section in _RULES:
        sides = conclusions if section == "conclusions" else [getattr(p.rules, section) for p in (base, head)]
        found += _changed(section, sides[0], sides[1])
    for section in _VOCABULARY:
        found += _changed(section, *(getattr(policy.rules.vocabulary, section) for policy in (base, head)))
    for section in _CHECKS:
        found += _changed(section, *(getattr(policy.rules.checks, section) for policy in (base, head)))
    return found


def _headers(policy: Policy) -> dict[str, RegulationFile]:
    """Return what is said of each regulation beside its text, whose clauses are compared one by one."""
    return {name: header.model_copy(update={"sha256": ""}) for name, header in policy.headers.items()}


def _clauses(policy: Policy) -> dict[str, str]:
    return {clause.ref: clause.text for one in policy.regulations.values() for clause in one.clauses}


def _changed(section: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        kind: ChangeKind = "added" if name not in before else "removed" if name not in after else "edited"
        text = old if isinstance(old, str) else "", new if isinstance(new, str) else ""
        edits = list(_edits(old, new)) if kind == "edited" else []
        texts = tuple((key, was, now) for key, was, now in edits if isinstance(was, str) and isinstance(now, str))
        yield Change(section, name, kind, tuple(key for key, *_ in edits), *text, texts)


def _edits(old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield the keys whose values differ, with both; of a ladder or another mapping of things, theirs too."""
    if isinstance(old, BaseModel) and isinstance(new, BaseModel):
        old = {name: getattr(old, name) for name in type(old).model_fields}
        new = {name: getattr(new, name) for name in type(new).model_fields}
    if not isinstance(old, dict) or not isinstance(new, dict):
        return
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if was != now:
            below = [] if key in _CONDITIONS else [(f"{key}.{inner}", *both) for inner, *both in _edits(was, now)]
            yield from below or [(key, was, now)]
