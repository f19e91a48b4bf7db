"""A fact that is both asserted and denied is shown as contradicted wherever it is named, with what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

import rudong_rules
from extras import needs_polars
from populations import CITED, frame_of, row_by_row, rows_of
from rudong_rules import render, render_explain, robustness, what_if, why, why_not
from rudong_rules.explain_data import every_node
from rudong_rules.wording import Lang

POLICY = rudong_rules.load()
JUDGED = [
    {"value": True, "determined_by": "监察委员会", "determined_on": "2026-01-15", "evidence": "起诉意见书"},
    {"value": False, "determined_by": "市检察院", "determined_on": "2026-02-27", "evidence": "不起诉决定书"},
]
ORGANS: dict[str, Any] = {"employment": "established", "report_untrue": False, "gain_self": JUDGED}
"""Two organs say the opposite; no outcome holds either way."""
LINKED = {"employment": "established", "dictatorial": True, "arbitrary": False}
"""The one implies the other, which is denied."""
BOTH = {
    "zh": "是（监察委员会，2026-01-15，起诉意见书）；否（市检察院，2026-02-27，不起诉决定书）",
    "en": "yes (监察委员会, 2026-01-15, 起诉意见书); no (市检察院, 2026-02-27, 不起诉决定书)",
}


def printed(answer: render_explain.Answer, lang: Lang = "zh") -> str:
    return "\n".join(
        f"{line.mark} {line.text}" for section in render_explain.document(answer, lang) for line in section.lines
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_open_verdict_shows_who_says_what(lang: Lang) -> None:
    for answer in (
        why(POLICY, ORGANS, "tolerance"), why_not(POLICY, ORGANS, "tolerance", "may_tolerate"),
        robustness(POLICY, ORGANS, "tolerance"),
    ):  # fmt: skip
        assert [fact.name for fact in answer.contradictions] == ["gain_self"]
        assert BOTH[lang] in printed(answer, lang)
        page = answer.to_html(lang)
        assert f"{'是' if lang == 'zh' else 'yes'} · 监察委员会 · 2026-01-15 · 起诉意见书" in page
        assert f"{'否' if lang == 'zh' else 'no'} · 市检察院 · 2026-02-27 · 不起诉决定书" in page


def test_other_readings_beside_a_verdict_do_not_say_once_more_who_says_what() -> None:
    verdict = POLICY.decide(ORGANS, "tolerance")
    robust = robustness(POLICY, ORGANS, "tolerance")
    told = "否 · 市检察院 · 2026-02-27 · 不起诉决定书"
    assert verdict.to_html(robust=robust).count(told) == verdict.to_html().count(told) > 0


def test_what_stands_in_the_way_is_contradicted_and_not_merely_unknown() -> None:
    found = why_not(POLICY, ORGANS, "tolerance", "may_tolerate")
    states = {node.name: node.state for node in every_node(found.obstacles)}
    assert (states["gain_self"], states["condition_2"], states["condition_1"]) == (
        "contradicted", "contradicted", "unknown",
    )  # fmt: skip
    assert f"⚠ 为个人谋取不正当利益〔容错 三（一）2〕：{BOTH['zh']}" in printed(found)
    (now,) = {need.now for way in found.unknown.ways for need in way.needs if need.name == "gain_self"}
    assert [value.value for value in now] == ["contradicted"]


def test_a_contradicted_verdict_concludes_nothing() -> None:
    case = {"employment": "established", "report_untrue": False, "fault_exists": True, "criminal_liability": JUDGED}
    found = why(POLICY, case, "tolerance")
    assert found.status == "contradicted"
    states = {node.name: node.state for node in every_node(found.because)}
    assert states["tolerance=not_tolerated"] == states["excluded"] == states["criminal_liability"] == "contradicted"
    assert (states["employment=established"], states["report_untrue"]) == ("true", "false")
    assert next(fact.state for fact in found.missing if fact.name == "criminal_liability") == "contradicted"
    assert "⚠ 是否应承担刑事责任？" in printed(found)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["个人专断、一意孤行：否（案件所给）；是（由“独断专行、刚愎自用”可知）",
                "独断专行、刚愎自用：是（案件所给）；否（由“个人专断、一意孤行”为否可知）"]),
        ("en", ["was arbitrary and headstrong: no (given in the case); yes (follows from “was dictatorial and "
                "self-willed”)",
                "was dictatorial and self-willed: yes (given in the case); no (follows from the denial of “was "
                "arbitrary and headstrong”)"]),
    ],
)  # fmt: skip
def test_what_is_given_and_what_follows_otherwise_are_both_told_with_what_it_follows_from(
    lang: Lang, said: list[str]
) -> None:
    verdict = POLICY.decide(LINKED, "tolerance")
    texts = [
        printed(why(POLICY, LINKED, "tolerance"), lang),
        "\n".join(line.text for section in render.document(verdict.data, lang) for line in section.lines),
    ]
    assert all(one in text for one in said for text in texts)
    page = verdict.to_html(lang)
    denied = {"zh": "由“个人专断、一意孤行”为否可知", "en": "follows from the denial of “was arbitrary and headstrong”"}
    assert denied[lang] in page


def test_a_set_says_of_every_fact_of_a_contradiction_what_it_would_have_to_be() -> None:
    found = why_not(POLICY, LINKED, "tolerance", "may_tolerate")
    (way,) = found.unknown.ways
    needs = {need.name: ([one.value for one in need.values], [one.value for one in need.now]) for need in way.needs}
    assert needs["arbitrary"] == needs["dictatorial"] == (["false"], ["contradicted"])


def test_a_choice_that_two_organs_make_differently_is_told_for_each_option() -> None:
    organs = [{"value": value, "determined_by": by} for value, by in (("established", "甲"), ("other", "乙"))]
    found = why_not(POLICY, {"employment": organs}, "tolerance", "may_tolerate")
    assert "用工性质：在编干警：是（甲）；否（乙）" in printed(found)


def test_a_change_that_contradicts_a_fact_says_so() -> None:
    found = what_if(POLICY, {"employment": "established", "dictatorial": True}, "tolerance", {"arbitrary": False})
    assert (found.contradictions, [fact.name for fact in found.contradictions_after]) == (
        (), ["arbitrary", "dictatorial"],
    )  # fmt: skip
    assert "改变后相互矛盾的事实" in found.to_html()
    assert "独断专行、刚愎自用：是（案件所给）；否（由“个人专断、一意孤行”为否可知）" in printed(found)


# --- what follows from a contradicted finding ------------------------------------------------------------------------

ELSEWHERE = {"employment": "established", "other_exclusion": True, "adverse_opinion": True, "error_in_duty": False}
"""容错 asks for neither of the last two, which contradict each other, and for the fault that would follow from one."""
ARBITRARY = {"dictatorial": True, "arbitrary": False}
"""What would follow from the first, the look at the process, nobody says otherwise."""
CLEAR = dict.fromkeys(
    [
        "report_untrue", "abuse_for_gain", "public_for_private", "dictatorial", "criminal_liability", "other_exclusion",
        "grave_social_consequence", "political_problem", "integrity_problem",
    ],
    False,
) | {"employment": "established"}  # fmt: skip
"""Whether the case is one of unmet conditions is all that is left."""


def test_what_a_decision_does_not_ask_for_may_contradict_itself_too() -> None:
    verdict = POLICY.decide(ELSEWHERE, "tolerance")
    assert (verdict.outcome, verdict.fact("fault_exists").state) == (None, "contradicted")
    assert [fact.name for fact in verdict.contradictions] == ["adverse_opinion", "error_in_duty"]
    assert POLICY.decide({**ELSEWHERE, "error_in_duty": True}, "tolerance").outcome == "not_tolerated"


def test_what_else_tells_a_fact_is_its_source_and_not_what_is_contradicted() -> None:
    said = {**ELSEWHERE, "adverse_opinion": JUDGED, "error_in_duty": True, "fault_exists": True}
    (source, *others) = POLICY.decide(said, "tolerance").fact("fault_exists").sources
    assert "在改革创新中" not in source.follows_from
    assert not others
    alone = POLICY.decide({**ELSEWHERE, "adverse_opinion": JUDGED}, "tolerance").fact("fault_exists")
    assert {one.determined_by for one in alone.sources} == {"监察委员会"}


@pytest.mark.parametrize("readings", [None, {"crime_chain": "either"}])
@pytest.mark.parametrize("engine", ["fixpoint", "durable"])
def test_what_follows_is_not_said_by_any_way_of_deciding(readings: dict[str, str | None] | None, engine: str) -> None:
    verdict = POLICY.decide(ARBITRARY, "six_looks", readings=readings, engine=engine)
    assert [fact.name for fact in verdict.contradictions] == ["arbitrary", "dictatorial"]
    assert verdict.fact("look_4").state == "contradicted"
    assert verdict.cited == ("tolerance:2.0",)


@needs_polars
def test_a_row_says_no_more_than_the_case() -> None:
    from rudong_rules.frame import decide_frame

    rows: list[dict[str, Any]] = [ARBITRARY, ELSEWHERE, {**CLEAR, "arbitrary": True, "look_4_process": True}, CLEAR]
    decisions = ["six_looks", "tolerance"]
    decided = decide_frame(POLICY, frame_of(rows), decisions=decisions, show=CITED)
    assert rows_of(decided, decisions, CITED) == row_by_row(rows, decisions, show=CITED)
    assert decided["six_looks_cites"].to_list()[0] == ["tolerance:2.0"]
    assert decided["tolerance_outcome"].to_list()[1:3] == ["contradicted", "contradicted"]


@pytest.mark.parametrize(
    ("base", "grid"),
    [
        ({}, {name: [value] for name, value in ELSEWHERE.items()}),
        ({**ELSEWHERE, "adverse_opinion": [{"value": True}, {"value": False}]}, {"public_spirit": [True, False]}),
        (CLEAR, {"arbitrary": [False, True], "look_4_process": [False, True]}),
    ],
)
def test_a_grid_says_no_more_than_its_cases(base: dict[str, Any], grid: dict[str, Any]) -> None:
    found = POLICY.scenarios(base, grid, "tolerance")
    for row in found:
        alone = POLICY.decide({**base, **{name: row[name] for name in grid}}, "tolerance")
        assert row["outcome"] == (alone.outcome or alone.status)
    assert {row["outcome"] for row in found} & {"undetermined", "contradicted"}
