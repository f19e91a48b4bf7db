"""Why a rail holds, and which unknown facts can still matter: both checked against the program itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from types import MappingProxyType

import pytest
from hypothesis import given, settings

from programs import Drawn, drawn, model_by_definition, program_of, rails
from rudong_rules.derivation import Step, derive
from rudong_rules.engines.fixpoint import least_model
from rudong_rules.program import Program, Rail, Rails, bits, false_rail, members, true_rail
from rudong_rules.settling import fewest, settling


def relevant(
    program: Program, known: Rails, goals: tuple[Rail, ...], inputs: Iterable[int],
    choices: Sequence[tuple[int, ...]] = (), implied: Mapping[Rail, Rails] = MappingProxyType({}),
) -> dict[int, int]:  # fmt: skip
    """The unknown input atoms that can still settle one of the goals, with how many answers that takes in all."""
    return fewest(settling(program, known, goals, inputs, choices, implied), choices)


def derived(program: Program, known: str, goal: str) -> list[str]:
    """The steps to a goal as text: ``+h: +a +b``."""
    facts = rails(program, known)
    steps = derive(program, least_model(program, facts), members(rails(program, goal)))
    return [" ".join([f"{program.rail_name(rail)}:", *map(program.rail_name, premises)]) for rail, premises in steps]


def sizes(program: Program, known: str, goals: str, inputs: str) -> dict[str, int]:
    """What ``relevant`` finds, by name."""
    atoms = [program.index[name] for name in inputs.split()]
    found = relevant(program, rails(program, known), tuple(members(rails(program, goals))), atoms)
    return {program.atoms[atom]: size for atom, size in found.items()}


def by_trying_everything(case: Drawn, goals: tuple[Rail, ...]) -> dict[int, int]:
    """The unknown inputs that settle a goal in some completion and without which it is open, with the fewest facts."""
    program, known = case.program, case.known
    unknown = [atom for atom in case.inputs if not known >> 2 * atom & 3]
    settled: dict[Rails, bool] = {}
    for states in product((0, 1, 2), repeat=len(unknown)):
        facts = bits(2 * atom + state - 1 for atom, state in zip(unknown, states, strict=True) if state)
        settled[facts] = bool(model_by_definition(program, known | facts) & bits(goals))
    found: dict[int, int] = {}
    for facts, yes in settled.items():
        for rail in members(facts):
            if yes and not settled[facts & ~(1 << rail)]:
                found[rail >> 1] = min(found.get(rail >> 1, len(unknown)), facts.bit_count())
    return found


# --- derivations -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gates", "known", "goal", "steps"),
    [
        (["+h 1 +a"], "+a", "+a", ["+a:"]), (["+h 2 +a -b"], "+a -b", "+h", ["+a:", "-b:", "+h: +a -b"]),
        (["+h 1 +a +b"], "+a +b", "+h", ["+a:", "+h: +a"]), (["+h 1 +a +b"], "+b", "+h", ["+b:", "+h: +b"]),
        (["+h 2 +a +b +c"], "+a +b +c", "+h", ["+a:", "+b:", "+h: +a +b"]),
        (["+h 1 +b", "+h 1 +a"], "+a +b", "+h", ["+b:", "+h: +b"]),
        (["+h 1 +b", "+h 1 +a"], "+a", "+h", ["+a:", "+h: +a"]),
        (["+h 1 +a"], "+a +h", "+h", ["+a:", "+h: +a"]), (["+h 1 +a"], "+h", "+h", ["+h:"]),
        (["+t 0 +a"], "", "+t", ["+t:"]),
        (["+h 1 +a", "-h 1 -a"], "+a -a", "-h", ["-a:", "-h: -a"]),
        (["+b 1 +a", "+c 1 +a", "+h 2 +b +c"], "+a", "+h", ["+a:", "+b: +a", "+c: +a", "+h: +b +c"]),
        (["+b 1 +a", "+h 2 +a +b"], "+a", "+b +h", ["+a:", "+b: +a", "+h: +a +b"]),
    ],
)  # fmt: skip
def test_the_first_way_that_holds_is_told_premises_first_each_once(
    gates: list[str], known: str, goal: str, steps: list[str]
) -> None:
    assert derived(program_of(*gates), known, goal) == steps


def justified(program: Program, known: Rails, step: Step) -> bool:
    """Whether a step is a known fact, or a gate of the program makes its rail hold from its premises."""
    if known >> step.rail & 1 and not step.premises:
        return True
    gates = [gate for gate in program.gates if gate.head == step.rail]
    return any(sum(rail in step.premises for rail in gate.body) >= gate.need for gate in gates)


@given(drawn(two_railed=False))
def test_every_step_of_every_derivation_is_justified_by_its_premises(case: Drawn) -> None:
    model = least_model(case.program, case.known)
    for goal in members(model):
        steps = derive(case.program, model, [goal])
        told: list[Rail] = []
        for step in steps:
            assert justified(case.program, case.known, step)
            assert set(step.premises) <= set(told)
            told.append(step.rail)
        assert told[-1] == goal
        assert len(told) == len(set(told))
        assert set(told) - {goal} == {rail for step in steps for rail in step.premises}


@given(drawn(two_railed=False))
def test_the_facts_of_a_derivation_are_enough_for_its_goal(case: Drawn) -> None:
    model = least_model(case.program, case.known)
    for goal in members(model):
        used = bits(step.rail for step in derive(case.program, model, [goal])) & case.known
        assert least_model(case.program, used) >> goal & 1


def test_a_chain_longer_than_the_stack_is_derived() -> None:
    chain = program_of(*(f"+a{n + 1} 1 +a{n}" for n in range(5_000)))
    assert derived(chain, "+a0", "+a5000")[-1] == "+a5000: +a4999"


def test_a_rail_that_does_not_hold_is_not_derived() -> None:
    program = program_of("+h 2 +a +b")
    with pytest.raises(ValueError, match="a goal does not hold in the model"):
        derive(program, rails(program, "+a"), [2 * program.index["h"]])


# --- what still matters ----------------------------------------------------------------------------------------------

BOTH = ["+h 2 +a +b", "-h 1 -a -b"]
LADDER = [*BOTH, "+k 2 -h +c", "-k 1 +h -c"]
OPEN = ["+u 1", "-u 1", "+h 2 +a +u", "-h 1 -a -u"]
READING = ["+one 2 +a +r", "+every 3 +a +b +c", "+h 1 +one +every"]
"""``r`` is an option of a reading left open, which no fact takes: what holds under every option is reached."""
MAJORITY = ["+h 2 +a +b +c", "-h 2 -a -b -c"]


@pytest.mark.parametrize(
    ("gates", "known", "goals", "found"),
    [
        (BOTH, "", "+h -h", {"a": 1, "b": 1}), (BOTH, "", "+h", {"a": 2, "b": 2}), (BOTH, "", "-h", {"a": 1, "b": 1}),
        (BOTH, "+a", "+h -h", {"b": 1}), (BOTH, "-a", "+h -h", {}), (BOTH, "-a", "+h", {}),
        (BOTH, "+a +b", "+h -h", {}), (BOTH, "", "+a", {"a": 1}),
        (BOTH, "+h", "+h -h", {}), (LADDER, "-a", "+k -k", {"c": 1}), (LADDER, "", "+k", {"a": 2, "b": 2, "c": 2}),
        (LADDER, "", "-k", {"a": 2, "b": 2, "c": 1}), (LADDER, "+a +c", "+k -k", {"b": 1}), (LADDER, "-c", "+k -k", {}),
        (MAJORITY, "", "+h -h", {"a": 2, "b": 2, "c": 2}), (MAJORITY, "+a", "+h -h", {"b": 1, "c": 1}),
        (MAJORITY, "+a -b", "+h -h", {"c": 1}), (MAJORITY, "+a +b", "+h -h", {}),
        (MAJORITY, "+a -b +c -c", "+h -h", {}),
        (OPEN, "", "+h -h", {"a": 1}), (OPEN, "", "+h", {}), (OPEN, "+a", "+h -h", {}),
        (["+h 2 +a -b", "-h 1 -a +b", "+k 2 +h +b", "-k 1 -h -b"], "", "+k", {}),
        (READING, "", "+h", {"a": 3, "b": 3, "c": 3}), (READING, "+r", "+h", {"a": 1}),
        (["+t 0", "-t 1", "+h 1 +t +a", "-h 2 -t -a"], "", "+h -h", {}),
        (["+h 1 +a", "-h 1 -a", "+k 1 +b", "-k 1 -b"], "", "+h -h", {"a": 1}),
    ],
)  # fmt: skip
def test_the_facts_that_can_settle_a_goal_are_found_with_how_many_it_takes(
    gates: list[str], known: str, goals: str, found: dict[str, int]
) -> None:
    program = program_of(*gates)
    assert sizes(program, known, goals, " ".join(set("abc") & set(program.index))) == found


@settings(max_examples=4 * settings().max_examples)
@given(drawn(two_railed=True, inputs=4, derived=4))
def test_a_fact_is_listed_only_if_some_completion_makes_it_matter(case: Drawn) -> None:
    last = len(case.program.atoms) - 1
    for goals in ((true_rail(last), false_rail(last)), (true_rail(last),)):
        brute = by_trying_everything(case, goals)
        for atom, size in relevant(case.program, case.known, goals, case.inputs).items():
            assert atom in brute
            assert size >= brute[atom]


@given(drawn(two_railed=True, inputs=4, derived=4))
def test_nothing_matters_once_the_goal_is_settled(case: Drawn) -> None:
    last = len(case.program.atoms) - 1
    goals = (true_rail(last), false_rail(last))
    settled = least_model(case.program, case.known) & bits(goals)
    assert not settled or relevant(case.program, case.known, goals, case.inputs) == {}


CHAIN = [line for n in range(500) for line in (f"+a{n + 1} 1 +a{n}", f"-a{n + 1} 1 -a{n}")]


@pytest.mark.parametrize(
    ("gates", "goals", "found"),
    [
        (["+b 1 -a", "-b 1 +a", "+c 1 +a", "-c 1 -a", "+h 2 -b +c -a", "-h 2 +b -c +a"], "+h -h", {"a": 1}),
        (["+c 1 -a -b", "-c 2 +a +b", "+h 2 +a +c -b", "-h 2 -a -c +b"], "+h -h", {"a": 2, "b": 1}),
        ([line.replace("a0", "a") for line in CHAIN], "+a500", {"a": 1}),
    ],
    ids=["shared facts: none found", "shared facts: too many counted", "a chain of 500 rules"],
)
def test_a_fact_that_can_settle_the_goal_is_listed_with_the_fewest_it_takes(
    gates: list[str], goals: str, found: dict[str, int]
) -> None:
    program = program_of(*gates)
    assert sizes(program, "", goals, " ".join(set("ab") & set(program.index))) == found


def test_what_follows_from_a_fact_counts_with_it_and_what_it_would_deny_rules_it_out() -> None:
    """``a`` implies ``b``: alone it settles what asks for both; where ``b`` is denied it settles nothing."""
    program = program_of("+h 2 +a +b")
    index = program.index
    told = rails(program, "+h")
    implied = {2 * index["a"]: rails(program, "+a +b"), 2 * index["b"] + 1: rails(program, "-b -a")}
    goals = tuple(members(told))
    inputs = (index["a"], index["b"])
    assert relevant(program, 0, goals, inputs, (), implied) == {index["a"]: 1}
    assert relevant(program, rails(program, "-b"), goals, inputs, (), implied) == {}
    loose = program_of("+h 1 +a", "+g 1 +b")
    links = {2 * loose.index["a"]: rails(loose, "+a +b")}
    wanted = tuple(members(rails(loose, "+h")))
    assert relevant(loose, rails(loose, "-b"), wanted, (loose.index["a"],), (), links) == {}
    assert relevant(loose, 0, wanted, (loose.index["a"],), (), links) == {loose.index["a"]: 1}


def test_one_answer_denies_several_options_of_a_choice_and_counts_as_one_fact() -> None:
    """With a third option, not used, ``a`` and ``b`` are denied by one answer; findings of two facts take two."""
    program = program_of("+h 2 -a -b", "-h 1 +a", "-h 1 +b")
    inputs = (program.index["a"], program.index["b"])
    goals = tuple(members(rails(program, "+h")))
    third = len(program.atoms)
    assert relevant(program, 0, goals, inputs, [(*inputs, third)]) == dict.fromkeys(inputs, 1)
    assert relevant(program, 0, goals, inputs) == dict.fromkeys(inputs, 2)
