"""What a change comes to is told by the readings that were taken: what rests on other options is counted."""

from __future__ import annotations

from typing import Any

import pytest

import rudong_rules
from rudong_rules import explain
from rudong_rules.counterfactual import what_if
from rudong_rules.explain_data import every_node
from rudong_rules.explanations import WhatIf
from rudong_rules.render_explain import document
from rudong_rules.wording import word

POLICY = rudong_rules.load()
BARRED: dict[str, Any] = {
    "as_of": "2026-03-20",
    "adjustments": {"complete": True, "entries": [
        {"kind": "demotion", "matter": "unfit", "decided_on": "2024-02-29", "on_exempted_error": False,
         "revoked": False, "with_discipline": False},
    ]},
}  # fmt: skip


def changed(full: bool = False, **changes: Any) -> WhatIf:
    return what_if(POLICY, BARRED, "promotion_bar", changes, full=full)


def test_steps_of_options_that_were_not_taken_are_counted() -> None:
    brief, whole = changed(adjustments=[]), changed(full=True, adjustments=[])
    names = [[one.name for one in every_node((*found.gained, *found.lost))] for found in (brief, whole)]
    assert set(names[0]) < set(names[1])
    assert (whole.hidden, brief.hidden) == (0, len(set(names[1])) - len(set(names[0])))
    # The bar begins with the decision by default, and on its last day still runs.
    assert not [name for name in names[0] if "announced" in name or "removed_on" in name]
    assert len(brief.moved) == len(whole.moved)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_document_and_a_page_say_how_many(lang: Any) -> None:
    found = changed(adjustments=[])
    assert str(found.hidden) in document(found, lang)[-1].lines[-1].text
    assert f" {found.hidden} 步" in found.to_html()
    assert "--full" not in found.to_html()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_names_an_option_of_the_command_line(lang: Any) -> None:
    case = {"report_untrue": False, "recognition": "exempted", "employment": "established", "criminal_liability": True}
    verdict = POLICY.decide(case, "disposition")
    pages = [
        verdict.to_html(lang), explain.why(POLICY, case, "disposition").to_html(lang),
        explain.why_not(POLICY, {}, "tolerance", "may_tolerate").to_html(lang), changed(adjustments=[]).to_html(lang),
    ]  # fmt: skip
    assert any(word("also_here", lang).format(1) in page for page in pages)
    assert not [page for page in pages if "--full" in page]


def test_a_changed_reading_tells_the_steps_of_the_option_that_is_taken_now() -> None:
    found = what_if(POLICY, {**BARRED, "as_of": "2026-02-28"}, "promotion_bar", {"reading:bar_last_day": "free"})
    assert "reading" in {one.kind for one in every_node((*found.gained, *found.lost))}
