"""Executable personnel regulations: a case in, a verdict with the clauses it cites out.

>>> import rudong_rules
>>> policy = rudong_rules.load()
>>> policy.decide({"employment": "established", "other_exclusion": True}, "tolerance").status
'undetermined'
"""

__version__ = "0.1.0"

from .errors import CaseError, EngineUnavailableError, InputError, PolicyError, Problem, RudongRulesError, Span
from .opinion import Opinion
from .policy import Policy, load
from .verdict import Verdict
from .verdict_data import OpinionData, VerdictData

__all__ = [
    "CaseError",
    "EngineUnavailableError",
    "InputError",
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
]
