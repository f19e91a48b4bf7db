"""The engines that run here, to ask a test of each."""

from __future__ import annotations

import sys

import pytest

from rudong_rules.engines import NAMES

needs_durable = pytest.mark.skipif(sys.version_info >= (3, 13), reason="durable-rules runs on Python 3.12 and earlier")
ENGINES = [pytest.param(name, marks=[needs_durable] if name == "durable" else []) for name in NAMES]
each_engine = pytest.mark.parametrize("engine", ENGINES)
