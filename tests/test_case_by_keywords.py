"""The model of a case takes facts as keywords, which a type checker passes; ``decide`` tells best what is wrong."""

from __future__ import annotations

from datetime import date

import pydantic
import pytest

import rudong_rules
from rudong_rules import CaseError

POLICY = rudong_rules.load()


def test_facts_are_keywords_by_id_or_label_and_attributes_by_id() -> None:
    # That mypy passes these lines is half of what they show.
    by_id = POLICY.Case(employment="established", as_of=date(2026, 3, 1))
    labels = {"用工性质": "在编干警", "日期": "2026-03-01"}
    by_label = POLICY.Case(**labels)
    assert by_id == by_label == POLICY.Case.model_validate({"employment": "established", "as_of": "2026-03-01"})
    assert (by_id.employment, by_id.as_of) == ("established", date(2026, 3, 1))
    with pytest.raises(AttributeError):
        _ = by_id.employmen
    assert POLICY.decide(by_id, "tolerance") == POLICY.decide(by_label, "tolerance")


def test_what_is_wrong_is_told_in_full_by_decide() -> None:
    wrong = {"employment": "est"}
    with pytest.raises(pydantic.ValidationError, match="no option; one of"):
        POLICY.Case(**wrong)
    with pytest.raises(CaseError) as caught:
        POLICY.decide(wrong, "tolerance")
    assert str(caught.value) == (
        "case.employment: unknown-option: employment (Kind of employment): 'est' is not an option\n"
        "  hint: did you mean established?"
    )
    assert caught.value.text("zh") == (
        "案件: unknown-option: 用工性质（employment）：“est”不是可选的值\n  提示：是否指 在编干警（established）？"
    )
