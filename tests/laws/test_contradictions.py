"""Laws: what is contradicted says nothing, nor does what it implies; a frame says the same of every row."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from laws.strategies import DECISIONS, POLICY, Asked, Facts, asked
from populations import CITED, frame_of, row_by_row, rows_of
from rudong_rules.frame import decide_frame

FINDINGS = POLICY.rules.vocabulary.findings
LINKED = sorted({name for (name, _), others in POLICY.rules.vocabulary.follows().items() if others})
"""The findings from which something follows."""
AT_ODDS = st.dictionaries(st.sampled_from(LINKED), st.booleans(), min_size=2, max_size=12)
"""Findings at random: what one implies another often denies."""
SIDES = [{"value": True, "determined_by": "甲"}, {"value": False, "determined_by": "乙"}]


@given(asked(), AT_ODDS, st.lists(st.sampled_from(LINKED), max_size=2))
def test_nothing_rests_on_what_is_contradicted(question: Asked, at_odds: Facts, disputed: list[str]) -> None:
    whole = question.with_facts({**at_odds, **dict.fromkeys(disputed, SIDES)})
    verdict = whole.decide()
    denied = verdict.given.denied
    assume(denied)
    assert denied.issuperset(disputed)
    undisputed = {name: value for name, value in whole.case.items() if name not in denied}
    without = Asked(undisputed, whole.decision, whole.readings, whole.as_of).decide()
    assert verdict.models.sound & ~without.models.claimed == 0
    assert verdict.outcome in (None, without.outcome)


@given(asked(), AT_ODDS)
def test_one_answer_that_nobody_denies_is_no_contradiction(question: Asked, at_odds: Facts) -> None:
    verdict = question.with_facts(at_odds).decide()
    follows = POLICY.rules.vocabulary.follows()
    case = {name: value for name, value in verdict.given.case if isinstance(value, bool) and name in FINDINGS}
    said = {one for answer in case.items() for one in (answer, *follows[answer])}
    if not any((name, not value) in said for name, value in said):
        assert verdict.known.claimed == verdict.known.sound
        assert not [fact for fact in verdict.contradictions if fact.name in FINDINGS]


@given(
    st.lists(AT_ODDS, min_size=1, max_size=6), st.lists(st.sampled_from(DECISIONS), min_size=1, max_size=3, unique=True)
)
def test_a_row_that_contradicts_itself_gets_what_decide_says(rows: list[Facts], decisions: list[str]) -> None:
    decided = decide_frame(POLICY, frame_of(rows), decisions=decisions, show=CITED)
    assert rows_of(decided, decisions, CITED) == row_by_row(rows, decisions, show=CITED)
