"""Both engines return the same model, whatever is known of a case."""

from __future__ import annotations

from hypothesis import given

from laws.strategies import Asked, asked
from on_engines import needs_durable
from rudong_rules.engines import engine
from rudong_rules.program import Rail

pytestmark = needs_durable


@given(asked(disputed=True))
def test_fixpoint_and_durable_return_the_same_model(question: Asked) -> None:
    program, known = question.known()
    assert engine("durable")(program, known) == engine("fixpoint")(program, known)


@given(asked(disputed=True))
def test_fixpoint_and_durable_give_the_same_verdict_to_the_byte(question: Asked) -> None:
    assert question.decide("durable").to_json() == question.decide("fixpoint").to_json()


@given(asked(disputed=True))
def test_the_model_holds_what_is_known_and_every_gate_keeps_to_it(question: Asked) -> None:
    program, known = question.known()
    model = engine("fixpoint")(program, known)

    def holds(rail: Rail) -> bool:
        return bool(model >> rail & 1)

    assert model & known == known
    assert all(holds(gate.head) for gate in program.gates if sum(map(holds, gate.body)) >= gate.need)
