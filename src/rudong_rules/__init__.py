"""Executable personnel regulations: a case in, a verdict with the clauses it cites out.

>>> import rudong_rules
>>> policy = rudong_rules.load()
>>> policy.decide({"employment": "established", "other_exclusion": True}).status
'undetermined'
"""

__version__ = "0.1.0"

from .errors import CaseError, EngineUnavailable, InputError, PolicyError, Problem, RudongRulesError, Span  # noqa: E402
from .policy import Policy, load  # noqa: E402
from .verdict import Verdict, VerdictData  # noqa: E402

__all__ = [
    "CaseError",
    "EngineUnavailable",
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
