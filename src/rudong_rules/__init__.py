"""Executable personnel regulations: a case in, a verdict with the clauses it cites out.

>>> import rudong_rules
>>> policy = rudong_rules.load()
>>> policy.decide({"employment": "established", "other_exclusion": True}).status
'undetermined'
"""

__version__ = "0.1.0"

from .errors import CaseError, EngineUnavailableError, InputError, PolicyError, Problem, RudongRulesError, Span
from .policy import Policy, load
from .verdict import Verdict, VerdictData

__all__ = [
    "CaseError",
    "EngineUnavailableError",
    "InputError",
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
