"""Many least models in one pass are those of each case alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from programs import Drawn, drawn, model_by_definition
from rudong_rules.many import least_models
from rudong_rules.program import bits


@given(drawn(two_railed=False), st.data())
def test_each_case_has_its_own_least_model(found: Drawn, data: st.DataObject) -> None:
    rails = 2 * len(found.program.atoms)
    cases = data.draw(st.lists(st.integers(0, (1 << rails) - 1), min_size=1, max_size=5))
    known = {rail: bits(nth for nth, case in enumerate(cases) if case >> rail & 1) for rail in range(rails)}
    held = least_models(found.program, known, (1 << len(cases)) - 1)
    for nth, case in enumerate(cases):
        assert bits(rail for rail, own in held.items() if own >> nth & 1) == model_by_definition(found.program, case)
