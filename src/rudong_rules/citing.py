"""Which clause a citation means: by reference, by printed label, or as verdicts print it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .bilingual import Hint, say
from .corpus import Clause, Regulation
from .errors import Problem, Span, UnknownNameError, did_you_mean, shown


def cited(regulations: Mapping[str, Regulation], citation: str) -> Clause:
    """Return the clause of ``tolerance:3.1.2``, ``tolerance:三（一）2``, 容错 三（一）2 or 《…》三（一）2.

    Raises UnknownNameError for a citation of no clause, and for a number that is printed twice.
    """
    for regulation in regulations.values():
        label = regulation.inside(citation) if isinstance(citation, str) else ""
        found = regulation.labelled(citation) if label else ()
        if len(found) == 1:
            return found[0]
        if found:
            raise _refused("ambiguous", citation, say("write_one_id", names=tuple(one.ref for one in found)))
        if label:
            if one := regulation.meant(label):
                raise _refused("not_a_clause", citation, say("write_so", form=one.short_citation))
            near = did_you_mean(label, regulation.names())
            raise _refused("not_a_clause", citation, near or say("its_clauses", name=regulation.id))
    leaf = next((clause for regulation in regulations.values() for clause in regulation.clauses if clause.leaf), None)
    hint: Hint = say("cite_so", example=leaf.ref, short=leaf.short_citation) if leaf else ""
    raise _refused("not_a_clause", citation, hint)


def _refused(message: str, citation: Any, hint: Hint) -> UnknownNameError:
    code = "ambiguous" if message == "ambiguous" else "unknown-clause"
    return UnknownNameError([Problem(Span("clause"), code, say(message, word=shown(citation)), hint)])
