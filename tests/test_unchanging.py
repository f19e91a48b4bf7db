"""What is shared is changed by nobody, and says what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import rudong_rules
from good import GOOD
from rudong_rules.interview import Interview
from rudong_rules.ledger import Ledger

LEAVE = rudong_rules.load(GOOD)


def test_nothing_is_set_on_what_is_shared() -> None:
    verdict, opinion = LEAVE.decide({}, "grant"), LEAVE.decide({})
    for shared, name in ((verdict, "outcome"), (opinion, "duties"), (LEAVE, "rules")):
        with pytest.raises(AttributeError, match=f"a {type(shared).__name__} is not changed: '{name}' cannot be set"):
            setattr(shared, name, None)
        getattr(shared, name)
        with pytest.raises(AttributeError, match=f"'{name}' cannot be deleted"):
            delattr(shared, name)
    assert verdict.outcome is None


def test_what_is_shown_first_in_a_session_says_what_it_is(tmp_path: Path) -> None:
    assert repr(LEAVE) == "<Policy leave: 1 decisions>"
    asked = Interview(LEAVE, "grant")
    asked.answer("ill", True)
    assert repr(asked) == "<Interview grant: 1 answered>"
    assert repr(Ledger(tmp_path / "records.jsonl")) == f"<Ledger {tmp_path / 'records.jsonl'}>"
