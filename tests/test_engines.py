"""The promise that every engine returns the one least model of a program, whatever its shape."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings

from on_engines import needs_durable
from programs import Drawn, drawn, model_by_definition, program_of, rails, shown
from rudong_rules.engines import NAMES, Engine, durable, engine
from rudong_rules.engines.fixpoint import least_model
from rudong_rules.errors import EngineUnavailableError
from rudong_rules.program import Gate, Program, bits

each_engine = pytest.mark.parametrize(
    "run", [pytest.param(engine(name), id=name, marks=[needs_durable] if name == "durable" else []) for name in NAMES]
)

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WIDE = program_of(*(f"+y{i} 1 +x{i} -x{i}" for i in range(300)), "+all 300 " + " ".join(f"+y{i}" for i in range(300)))
MANY = " ".join(f"+{letter}" for letter in LETTERS)


@each_engine
@pytest.mark.parametrize(
    ("gates", "known", "model"),
    [
        (["+h 2 +a +b"], "+a", "+a"), (["+h 2 +a +b"], "+a +b", "+a +b +h"), (["+h 1 +a +b"], "+b", "+b +h"),
        (["+h 2 +a -b +c"], "-b +c", "-b +c +h"), (["+h 2 +a -b +c"], "+a +b", "+a +b"),
        (["+h 1 +a", "-h 1 -a"], "-a", "-a -h"), (["+h 1 +a", "-h 1 -a"], "", ""),
        (["+h 1 +a", "-h 1 -a"], "+a -a", "+a -a +h -h"),
        (["+t 0", "-t 1", "+h 1 +t", "-h 1 -t"], "", "+t +h"), (["+h 0 +a", "-h 1 -a"], "", "+h"),
        (["+h 1", "-h 3 +a -b"], "+a -b", "+a -b"), (["+b 1 +a", "+c 1 +b", "-c 2 +a -b"], "+a", "+a +b +c"),
        (["+h 1 +a", "+h 1 +b", "-h 2 -a -b"], "+b", "+b +h"), (["+h 1 +a", "-h 1 -a"], "+h", "+h"),
        ([f"+h 26 {MANY}"], MANY, f"{MANY} +h"), ([f"+h 26 {MANY}"], MANY[:-3], MANY[:-3]),
        ([f"+h 25 {MANY}"], MANY[3:], f"{MANY[3:]} +h"), ([f"+h 25 {MANY}"], MANY[6:], MANY[6:]),
        ([f"+h 2 {MANY}", "-h 1 -a"], "+y +z -a", "+y +z -a +h -h"), ([f"+h 2 {MANY}"], "+c", "+c"),
        ([f"+h 1 {MANY}"], "+q", "+q +h"), (["+h 2 +a -a"], "+a -a", "+a -a +h"),
    ],
)  # fmt: skip
def test_a_head_holds_once_enough_of_its_body_does(run: Engine, gates: list[str], known: str, model: str) -> None:
    program = program_of(*gates)
    assert shown(program, run(program, rails(program, known))) == set(model.split())


@each_engine
@settings(max_examples=min(settings().max_examples, 300))  # durable-rules keeps every program for good
@given(case=drawn(two_railed=False))
def test_every_engine_returns_the_least_model_of_the_definition(run: Engine, case: Drawn) -> None:
    assert run(case.program, case.known) == model_by_definition(case.program, case.known)


@each_engine
def test_hundreds_of_inputs_are_taken_at_once(run: Engine) -> None:
    known = bits(range(0, len(WIDE.atoms) * 2 - 2, 4))
    assert WIDE.rail_name(2 * WIDE.index["all"]) == "+all"
    assert run(WIDE, known) == least_model(WIDE, known) == model_by_definition(WIDE, known)
    assert run(WIDE, known) >> 2 * WIDE.index["all"] & 1
    assert not run(WIDE, known & ~1) >> 2 * WIDE.index["all"] & 1


@each_engine
def test_thousands_of_cases_in_a_row_leave_no_trace_of_each_other(run: Engine) -> None:
    program = program_of("+h 2 +a +b", "-h 1 -a -b", "+k 1 +h", "-k 1 -h")
    cases = [rails(program, words) for words in ("+a +b", "+a", "-b", "", "+a -a +b")]
    expected = [model_by_definition(program, known) for known in cases]
    for _ in range(500):
        assert [run(program, known) for known in cases] == expected


@needs_durable
def test_two_facts_that_the_library_would_take_for_one_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """In session 1998 the ids that it would make up of these are alike in the 32 bits that it compares."""
    monkeypatch.setattr(durable, "_sessions", count(1997))
    atoms = tuple(f"x{number}" for number in range(700))
    program = Program(atoms, (Gate(1398, 2, (47, 1361)),), {name: number for number, name in enumerate(atoms)})
    assert durable.least_model(program, bits((47, 1361))) == bits((47, 1361, 1398))


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Let threads interrupt each other as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@each_engine
@pytest.mark.usefixtures("hasty_threads")
def test_four_threads_may_decide_at_once(run: Engine) -> None:
    two = [program_of("+h 2 +a +b", f"-h 1 -{name}", f"+{name} 1 +h") for name in ("left", "right")]
    words = ["+a +b", "+a", "+a +b -b", "+h"] * 100
    jobs = [(two[n // 4 % 2], rails(two[n // 4 % 2], known)) for n, known in enumerate(words)]
    with ThreadPoolExecutor(4) as pool:
        models = list(pool.map(lambda job: run(*job), jobs))
    assert models == [model_by_definition(*job) for job in jobs]


@needs_durable
def test_an_exception_inside_an_action_is_raised_and_the_next_case_is_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of("+h 1 +a", "+k 1 +h")

    def fail(_closure: Any, _fact: Any) -> None:
        raise ZeroDivisionError("inside an action")

    with monkeypatch.context() as patched:
        patched.setattr("durable.engine.Closure.assert_fact", fail)
        with pytest.raises(RuntimeError, match="an action of the durable engine failed") as caught:
            durable.least_model(program, rails(program, "+a"))
        assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert shown(program, durable.least_model(program, rails(program, "+a"))) == {"+a", "+h", "+k"}


@needs_durable
@pytest.mark.parametrize("place", ["call", "line"])
def test_an_interruption_is_raised_as_one_and_never_a_model_without_what_it_cut_off(place: str) -> None:
    """Before the first line of an action, where the library catches it, and inside."""
    program = program_of("+h 1 +a", "+k 1 +h")
    known = rails(program, "+a")
    durable.least_model(program, known)

    def interrupted(frame: FrameType, event: str, _arg: Any) -> Any:
        if frame.f_code.co_name != "hold":
            return None
        if event == place and len(frame.f_locals["reached"]) > 1:
            raise KeyboardInterrupt
        return interrupted

    usual = sys.gettrace()
    sys.settrace(interrupted)
    try:
        with pytest.raises(KeyboardInterrupt):
            durable.least_model(program, known)
    finally:
        sys.settrace(usual)
    assert shown(program, durable.least_model(program, known)) == {"+a", "+h", "+k"}


@pytest.mark.parametrize("need", [1, 2, 24, 25, 26])
def test_a_rule_of_the_durable_engine_has_few_conditions(need: int) -> None:
    rules = durable.rules_of(program_of(f"+h {need} {MANY}"))
    assert all(0 < len(body) == len(set(body)) <= durable.MAX_CONDITIONS for _, body in rules)


def test_an_engine_is_chosen_by_name() -> None:
    assert NAMES == ("fixpoint", "durable")
    assert engine("fixpoint") is least_model
    with pytest.raises(ValueError, match="unknown engine 'rete'; expected one of fixpoint, durable"):
        engine("rete")


def test_without_its_library_the_durable_engine_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable", None)
    with pytest.raises(EngineUnavailableError, match=r"needs durable-rules.* use 'fixpoint' here"):
        engine("durable")(program_of("+without_library 1 +a"), 1)


@needs_durable
@pytest.mark.parametrize(
    "gates", [["+h 1 +a"], ["+h 1 +a", "-h 1 -a", "+t 0 +late"], ["+h 1 +a +b", "-h 2 -a -b", "+t 2 +late +b"]]
)
def test_no_rail_holds_that_nothing_makes_hold(gates: list[str]) -> None:
    program = program_of(*gates)
    assert shown(program, durable.least_model(program, 0)) == shown(program, least_model(program, 0))


@needs_durable
def test_two_programs_that_print_alike_are_two_programs() -> None:
    gates = (Gate(2, 1, (0,)), Gate(3, 1, (1,)))
    one = Program(("alike", "h"), gates, {})
    other = Program(("alike", "h", "of another version"), gates, {})
    assert durable.least_model(one, 1) == 5
    assert durable.least_model(other, 1) == 5


def test_a_threshold_costs_the_durable_engine_no_more_rules_than_its_table_has_places() -> None:
    assert len(durable.rules_of(program_of("+h 8 " + MANY[:47]))) <= 2 * 8 * 16


@needs_durable
def test_no_thread_of_the_library_works_on_a_case() -> None:
    """Such a thread makes about one case in a thousand lose conclusions, fail with error 307 or end the process."""
    script = """
import threading
from rudong_rules.engines import durable
from rudong_rules.program import Gate, Program
durable.least_model(Program(("a", "h"), (Gate(2, 1, (0,)), Gate(3, 1, (1,))), {}), 1)
print(sum(isinstance(thread, threading.Timer) for thread in threading.enumerate()))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "0"
