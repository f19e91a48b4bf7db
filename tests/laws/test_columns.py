"""Law: a row of a frame gets exactly what ``decide`` says of it alone, whatever rows stand beside it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from laws.strategies import DECISIONS, Facts, cases, readings
from populations import CITED, POLICY, frame_of, row_by_row, rows_of
from rudong_rules.frame import decide_frame


@given(
    st.lists(cases(disputed=True), min_size=1, max_size=6),
    st.lists(st.sampled_from(DECISIONS), min_size=1, max_size=3, unique=True),
    readings(),
)
def test_a_row_gets_what_decide_says(rows: list[Facts], decisions: list[str], chosen: dict[str, str | None]) -> None:
    # A frame whose every column is empty has no rows.
    given_rows = [{"title": f"{number}", **row} for number, row in enumerate(rows)]
    decided = decide_frame(POLICY, frame_of(given_rows), decisions=decisions, show=CITED, readings=chosen)
    wanted = row_by_row(given_rows, decisions, show=CITED, readings=chosen)
    assert rows_of(decided, decisions, CITED) == wanted
