"""What became of each clause: encoded by what, or not encoded and why.  Nothing is silently left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .loader import encoding_of
from .policy import Policy

Fate = Literal["encoded", "not_encoded", "heading", "title", "unaccounted"]


@dataclass(frozen=True, slots=True)
class Embodiment:
    """A thing of the policy that embodies a clause: its section (findings, rules, duties, …), id and names.

    ``en`` is empty where the policy names an organ in Chinese only.
    """

    section: str
    id: str
    label: str
    en: str


@dataclass(frozen=True, slots=True)
class ClauseFate:
    """A clause and what became of it.

    ``kind``, ``reason`` and ``quote`` are those of the entry in ``not_encoded.yaml``; a clause that is encoded may have
    one too, for the part that ``quote`` names.  ``reason_en`` is empty where the reason is given in Chinese only.
    """

    ref: str
    label: str
    citation: str
    text: str
    leaf: bool
    fate: Fate
    encoded_by: tuple[Embodiment, ...]
    kind: str = ""
    reason: str = ""
    quote: str = ""
    reason_en: str = ""


def account(policy: Policy, regulation: str) -> list[ClauseFate]:
    """Return every clause of a regulation in the order of the text.  Raises UnknownNameError for no regulation."""
    encoding = encoding_of(policy.rules)
    found = []
    for clause in policy.regulations[policy.regulation_names.the(regulation)].clauses:
        embodied = tuple(_embodiments(policy, encoding.get(clause.ref, ())))
        entry = policy.rules.not_encoded.get(clause.ref)
        fate: Fate = "unaccounted"
        if clause.id == "title":
            fate = "title"
        elif embodied:
            fate = "encoded"
        elif entry:
            fate = "not_encoded"
        elif not clause.leaf:
            fate = "heading"
        said = (entry.kind, entry.reason, entry.quote, entry.reason_en) if entry else ()
        found.append(
            ClauseFate(clause.ref, clause.label, clause.citation, clause.text, clause.leaf, fate, embodied, *said)
        )
    return found


def _embodiments(policy: Policy, keys: Iterable[str]) -> Iterable[Embodiment]:
    rules, vocabulary = policy.rules, policy.rules.vocabulary
    for key in keys:
        section, _, name = key.partition(":")
        if section == "regulation":
            header = policy.headers[name]
            yield Embodiment(section, name, header.interpreted_by, header.interpreted_by_en)
            continue
        if section == "outcome":
            described = policy.glossary.describe(name)
            yield Embodiment("outcomes", name, described.label, described.en)
            continue
        if section == "readings":
            yield Embodiment(section, name, rules.readings[name].question, rules.readings[name].en)
            continue
        named = getattr(vocabulary if section in ("findings", "scalars", "records") else rules, section)[name]
        yield Embodiment(section, name, named.label, named.en)
