"""Executable personnel regulations: a case in, a verdict with the clauses it cites out.

>>> import rudong_rules
>>> policy = rudong_rules.load()
>>> policy.decide({"employment": "established", "other_exclusion": True}, "tolerance").status
'undetermined'
"""

__version__ = "0.1.0"

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .counterfactual import what_if
    from .errors import CaseError, EngineUnavailableError, InputError, PolicyError, Problem, RudongRulesError, Span
    from .explain import why, why_not
    from .interview import Interview
    from .opinion import Opinion
    from .policy import Policy, load
    from .verdict import Verdict
    from .verdict_data import OpinionData, VerdictData

_HOMES = {
    "counterfactual": ("what_if",),
    "errors": (
        "CaseError", "EngineUnavailableError", "InputError", "PolicyError", "Problem", "RudongRulesError", "Span",
    ),
    "explain": ("why", "why_not"),
    "interview": ("Interview",),
    "opinion": ("Opinion",),
    "policy": ("Policy", "load"),
    "verdict": ("Verdict",),
    "verdict_data": ("OpinionData", "VerdictData"),
}  # fmt: skip
"""Where each name is defined.  pytest imports this package in every session where it is installed, so it must cost
nothing until a name is used."""

__all__ = [
    "CaseError",
    "EngineUnavailableError",
    "InputError",
    "Interview",
    "Opinion",
    "OpinionData",
    "Policy",
    "PolicyError",
    "Problem",
    "RudongRulesError",
    "Span",
    "Verdict",
    "VerdictData",
    "__version__",
    "load",
    "what_if",
    "why",
    "why_not",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f".{home}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
