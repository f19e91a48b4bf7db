"""A set of facts that no case can be is not offered; what a case says is never refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rudong_rules
from laws.careers import careers
from laws.strategies import Asked, asked
from rudong_rules import why_not
from rudong_rules.explain_data import Way
from rudong_rules.program import bits
from rudong_rules.source import read_document
from rudong_rules.together import Said, Thing, Together, narrower

CASES = Path(__file__).parents[1] / "examples" / "cases"
POLICY = rudong_rules.load()
TESTS = POLICY.rules.tests


CAREERS = careers(decisions=("honours", "promotion", "promotion_bar", "re_promotion", "adjustment"))


@given(st.one_of(asked(), CAREERS))
def test_what_a_case_says_is_possible(question: Asked) -> None:
    verdict = question.decide()
    assert verdict.question.together.possible(verdict.known.sound)


@pytest.mark.parametrize("decision", ["honours", "adjustment", "promotion", "tolerance_procedure"])
def test_two_answers_clash_where_they_cannot_stand_together(decision: str) -> None:
    """Either way round; those that bring something with them may be impossible together for more than they say."""
    together = POLICY.questions[decision].together
    plain = [rail for rail, said in together.said.items() if not said.brings]
    for one in plain:
        for other in plain:
            clash = bool(together.clashing(one) >> other & 1)
            assert clash is not together.possible(bits([one, other]))


@pytest.mark.parametrize(
    ("answers", "possible"),
    [
        ([("happened(in=events, where(event=application))", False)], True),
        # That an application was never accepted says that there was one.
        ([("happened(in=events, where(event=application))", False),
          ("followed(in=events, first(event=application), then(event=accepted))", False)], False),
        ([("happened(in=events, where(event=application))", True),
          ("followed(in=events, first(event=application), then(event=accepted))", True),
          ("happened(in=events, where(event=accepted))", False)], False),
        ([("happened(in=events, where(event=application))", False),
          ("followed(in=events, first(event=application), then(event=accepted))", True),
          ("happened(in=events, where(event=accepted))", False)], True),
    ],
)  # fmt: skip
def test_no_log_has_a_step_and_has_it_not(answers: list[tuple[str, bool]], possible: bool) -> None:
    question = POLICY.questions["tolerance_procedure"]
    known = bits(2 * question.program.index[name] + (not value) for name, value in answers)
    assert question.together.possible(known) is possible


def test_what_is_brought_brings_more_whatever_is_said_first() -> None:
    a, b, c = (Thing("events", {"event": event}) for event in "abc")
    said = {0: Said(brings=[(b, c)]), 2: Said(brings=[(a, b)]), 4: Said([a]), 6: Said(gone=[c])}
    together = Together(said, POLICY.rules.vocabulary.records)
    assert not together.possible(bits([0, 2, 4, 6]))
    for left_out in (0, 2, 4, 6):
        assert together.possible(bits({0, 2, 4, 6} - {left_out}))


@pytest.mark.parametrize(
    ("where", "other", "expected"),
    [
        ({"kind": "a", "year": 1}, {"kind": "a"}, True),
        ({"kind": "a"}, {"kind": "a", "year": 1}, False),
        ({"kind": "a"}, {"kind": ["a", "b"]}, True),
        ({"kind": ["a", "b"]}, {"kind": "a"}, False),
        ({"who": {"all_of": ["a", "b"]}}, {"who": {"all_of": ["a"]}}, True),
        ({"who": {"all_of": ["a"]}}, {"who": {"all_of": ["a", "b"]}}, False),
        ({"who": {"all_of": ["a", "b"]}}, {"who": ["b", "c"]}, True),
        ({"day": {"after": "x"}}, {"day": {"on_or_after": "x"}}, True),
        ({"day": {"on_or_after": "x"}}, {"day": {"after": "x"}}, False),
        ({"day": {"after": "x"}}, {"day": {"after": "y"}}, False),
        ({"any_of": [{"kind": "a"}, {"kind": "b"}]}, {"kind": ["a", "b", "c"]}, True),
        ({"any_of": [{"kind": "a"}, {"kind": "d"}]}, {"kind": ["a", "b", "c"]}, False),
        ({"kind": "a"}, {"any_of": [{"kind": "b"}, {"kind": "a"}]}, True),
    ],
)
def test_a_condition_is_narrower_only_where_every_entry_that_fits_it_fits_the_other(
    where: dict[str, Any], other: dict[str, Any], expected: bool
) -> None:
    assert narrower(where, other) is expected


def test_one_entry_of_a_year_has_one_grade() -> None:
    year = {"year": {"equals": "assessment_year"}}
    good, bad, either = (Thing("a", {**year, "grade": g}) for g in ("good", "bad", ["good", "bad"]))
    assert good.apart(bad, ("year",))
    assert not good.apart(either, ("year",))
    assert not good.apart(bad, ())
    assert not Thing("a", {"grade": "good"}).apart(bad, ("year",))


# --- deciding again, on a case that there can be ---------------------------------------------------------------------

LOGS: list[dict[str, Any]] = [
    {"as_of": "2026-03-16", "events": {"entries": [{"event": "recognition", "date": "2026-03-05"}]}},
    {"as_of": "2026-03-16", "events": {"entries": [
        {"event": "opened", "date": "2026-01-08"}, {"event": "application", "date": "2026-01-09"}]}},
    {"as_of": "2026-03-16", "hearing_counterparts_needed": False, "events": {"entries": [
        {"event": "consultation", "date": "2026-02-08", "agreed": False, "participants": ["own_department"]}]}},
]  # fmt: skip


@pytest.mark.parametrize("case", LOGS)
@pytest.mark.parametrize("outcome", ["violated", "owed"])
def test_each_set_can_be_a_case_that_is_decided_so(case: dict[str, Any], outcome: str) -> None:
    found = why_not(POLICY, case, "tolerance_procedure", outcome)
    ways = [way for way in found.unknown.ways if len(way.needs) <= 6]
    for way in ways:
        assert any(
            POLICY.decide(one, "tolerance_procedure").outcome == outcome and told(way, one)
            for one in completions(case, way)
        ), [(need.name, need.values[0].value) for need in way.needs]


def told(way: Way, case: dict[str, Any]) -> bool:
    """Whether a case says what a set needs."""
    verdict = POLICY.decide(case, "tolerance_procedure")
    return all(verdict.fact(need.name).state == need.values[0].value for need in way.needs)


def completions(case: dict[str, Any], way: Way, tries: int = 400) -> Iterator[dict[str, Any]]:
    """Yield cases with entries added that the needs of a set name, once or twice, in any order."""
    random, question = Random(1), POLICY.questions["tolerance_procedure"]
    facts = {need.name: need.values[0].value == "true" for need in way.needs if need.name not in TESTS}
    things: dict[str, Thing] = {}
    for need in way.needs:
        if need.name in TESTS:
            said = question.together.said.get(2 * question.program.index[need.name] + (need.values[0].value != "true"))
            for thing in (*said.there, *(other for _, other in said.brings)) if said else ():
                things[repr(thing)] = thing
    for _ in range(tries):
        some = random.sample(sorted(things) * 2, random.randint(0, 2 * len(things)))
        added = [{**entry(things[one].where), "date": f"2026-03-{random.randint(1, 16):02}"} for one in some]
        entries = [*case["events"]["entries"], *added]
        yield {**case, **facts, "events": {"complete": random.random() < 0.8, "entries": entries}}


def entry(where: Any) -> dict[str, Any]:
    """An entry that fits."""
    found: dict[str, Any] = {}
    for name, value in where.items():
        if name == "any_of":
            found |= entry(value[0])
        elif isinstance(value, dict):
            found[name] = value["all_of"]
        else:
            found[name] = value[0] if isinstance(value, list) else value
    return found


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem[:2])
def test_no_set_of_an_example_contradicts_what_the_case_tells(path: Path) -> None:
    case = POLICY.reader.read(read_document(path).data)
    for decision in ("honours", "promotion_bar", "tolerance_procedure"):
        verdict = POLICY.decide(case, decision)
        question, known = verdict.question, verdict.known.sound
        for outcome, _ in question.rungs:
            found = why_not(POLICY, case, decision, outcome)
            for way in (*found.unknown.ways, *found.different.ways):
                needs = [(question.program.index[n.name], n.values[0].value) for n in way.needs if n.name in TESTS]
                kept = known & ~sum(3 << 2 * atom for atom, _ in needs)
                assert question.together.possible(kept | bits(2 * atom + (v == "false") for atom, v in needs))
