"""Which clause a citation means: by reference, by printed label, or as verdicts print it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .bilingual import Hint, say
from .corpus import Clause, Regulation
from .errors import Problem, Span, UnknownNameError, did_you_mean, shown


def clause_of(regulations: Mapping[str, Regulation], citation: str) -> Clause:
    """Return the clause of ``tolerance:3.1.2``, ``tolerance:三（一）2``, 容错 三（一）2 or 《…》三（一）2.

    Raises UnknownNameError for a citation of no clause, and for a number that is printed twice.
    """
    text = citation if isinstance(citation, str) else ""
    cited = next((regulation for regulation in regulations.values() if regulation.inside(text)), None)
    if cited is None:
        leaves = (clause for regulation in regulations.values() for clause in regulation.clauses if clause.leaf)
        leaf = next(leaves, None)
        raise _no_clause(citation, say("cite_so", example=leaf.ref, short=leaf.short_citation) if leaf else "")
    found, label = cited.labelled(text), cited.inside(text)
    if len(found) == 1:
        return found[0]
    if found:
        message, refs = say("ambiguous", word=shown(citation)), tuple(one.ref for one in found)
        raise UnknownNameError([Problem(Span("clause"), "ambiguous", message, say("write_one_id", names=refs))])
    if meant := cited.meant(label):
        raise _no_clause(citation, say("write_so", form=meant.short_citation))
    raise _no_clause(citation, did_you_mean(label, cited.names()) or say("its_clauses", name=cited.id))


def _no_clause(citation: Any, hint: Hint) -> UnknownNameError:
    message = say("not_a_clause", word=shown(citation))
    return UnknownNameError([Problem(Span("clause"), "unknown-clause", message, hint)])
