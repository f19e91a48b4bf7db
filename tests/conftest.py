"""Hypothesis profiles: ``ci`` repeats itself and is quick; ``nightly`` searches long (HYPOTHESIS_PROFILE=nightly)."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
