"""Tests of what a library does that not everybody installs, where a file has others beside them."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

needs_polars = pytest.mark.skipif(find_spec("polars") is None, reason="polars is not installed")
needs_rfc8785 = pytest.mark.skipif(find_spec("rfc8785") is None, reason="rfc8785 is not installed")
