"""Executable personnel regulations: a case in, a verdict with the clauses it cites out.

>>> import rudong_rules
>>> policy = rudong_rules.load()
>>> policy.decide({"employment": "established", "other_exclusion": True}, "tolerance").status
'undetermined'
"""

__version__ = "0.1.0"

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .corpus import Clause, Regulation
    from .counterfactual import what_if
    from .errors import (
        CaseError,
        EngineUnavailableError,
        InputError,
        MisuseError,
        NotInstalledError,
        PolicyError,
        Problem,
        RudongRulesError,
        Span,
        UnknownNameError,
    )
    from .every_reading import robustness
    from .explain import why, why_not
    from .explanations import Robustness, WhatIf, Why, WhyNot
    from .interview import Asking, Interview
    from .ledger import Ledger
    from .opinion import Opinion
    from .policy import Policy, load
    from .scenario_grid import ScenarioGrid
    from .source import Document
    from .table import Table
    from .verdict import Verdict
    from .verdict_data import OpinionData, VerdictData

_HOMES = {
    "corpus": ("Clause", "Regulation"),
    "counterfactual": ("what_if",),
    "errors": (
        "CaseError", "EngineUnavailableError", "InputError", "MisuseError", "NotInstalledError", "PolicyError",
        "Problem", "RudongRulesError", "Span", "UnknownNameError",
    ),
    "every_reading": ("robustness",),
    "explain": ("why", "why_not"),
    "explanations": ("Robustness", "WhatIf", "Why", "WhyNot"),
    "interview": ("Asking", "Interview"),
    "ledger": ("Ledger",),
    "opinion": ("Opinion",),
    "policy": ("Policy", "load"),
    "scenario_grid": ("ScenarioGrid",),
    "source": ("Document",),
    "table": ("Table",),
    "verdict": ("Verdict",),
    "verdict_data": ("OpinionData", "VerdictData"),
}  # fmt: skip
"""Where each name is defined.  pytest imports this package in every session where it is installed, so it must cost
nothing until a name is used."""

__all__ = [
    "Asking",
    "CaseError",
    "Clause",
    "Document",
    "EngineUnavailableError",
    "InputError",
    "Interview",
    "Ledger",
    "MisuseError",
    "NotInstalledError",
    "Opinion",
    "OpinionData",
    "Policy",
    "PolicyError",
    "Problem",
    "Regulation",
    "Robustness",
    "RudongRulesError",
    "ScenarioGrid",
    "Span",
    "Table",
    "UnknownNameError",
    "Verdict",
    "VerdictData",
    "WhatIf",
    "Why",
    "WhyNot",
    "__version__",
    "load",
    "robustness",
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
