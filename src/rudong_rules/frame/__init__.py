"""Whole populations: every row of a frame is decided as :meth:`Policy.decide` decides one case.

>>> import polars, rudong_rules
>>> from rudong_rules.frame import decide_frame
>>> staff = polars.DataFrame({"employment": ["established", None], "other_exclusion": [True, False]})
>>> decide_frame(rudong_rules.load(), staff, decisions=["training_priority"])["training_priority_outcome"].to_list()
['undetermined', 'undetermined']
"""

from .api import Column, FrameUnavailableError, Troubles, decide_frame, troubles
from .records import with_records

__all__ = ["Column", "FrameUnavailableError", "Troubles", "decide_frame", "troubles", "with_records"]
