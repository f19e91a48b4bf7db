"""A file of records keeps what it acknowledged, through crashes, beside other writers, and against changes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from good import GOOD, THIRD_LEAVE
from rudong_rules import load
from rudong_rules.errors import InputError
from rudong_rules.ledger import Ledger, LedgerError, Torn
from rudong_rules.record import record

POLICY = load(GOOD)
KILLS = int(os.environ.get("RUDONG_KILLS", "20"))
FLIPS = int(os.environ.get("RUDONG_FLIPS", "60"))
RECORDS = 1_000 if FLIPS >= 1_000 else 60
ONE = record(POLICY, THIRD_LEAVE, ["grant"], salt=bytes(32))

APPENDER = """
import sys
from rudong_rules import load
from rudong_rules.ledger import Ledger
from rudong_rules.record import record
policy = load(sys.argv[2])
one = record(policy, {"ill": True}, ["grant"], salt=bytes(32))
print("ready", flush=True)
while True:
    print(Ledger(sys.argv[1]).append(one).line.digest, flush=True)
"""


def filled(path: Path, number: int) -> bytes:
    """Fill a file with records, whole and redacted ones, and return its bytes."""
    for nth in range(number):
        Ledger(path).append(ONE if nth % 50 < 2 else ONE.redacted())
    return path.read_bytes()


def read(path: Path) -> tuple[list[str], int]:
    """The digests of the lines of a file that verifies, and the bytes of a torn one."""
    lines = list(Ledger(path).lines())
    torn = sum(line.bytes for line in lines if isinstance(line, Torn))
    return [line.digest for line in lines if not isinstance(line, Torn)], torn


class Writer:
    """A process that appends records and tells each digest once it is acknowledged."""

    def __init__(self, path: Path) -> None:
        self._told, tell = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            try:
                while True:
                    os.write(tell, bytes.fromhex(Ledger(path).append(ONE).line.digest))
            finally:
                os._exit(1)
        os.close(tell)

    def killed(self) -> list[str]:
        """Kill it, and return what it told."""
        os.kill(self._process, signal.SIGKILL)
        with os.fdopen(self._told, "rb") as stream:
            told = stream.read()
        assert os.waitpid(self._process, 0)[1] == signal.SIGKILL
        return [told[place : place + 32].hex() for place in range(0, len(told) - 31, 32)]


def test_records_killed_at_random_moments_are_whole_and_every_acknowledged_one_is_there(tmp_path: Path) -> None:
    path = tmp_path / "records"
    chance = random.Random(7)
    writers = [Writer(path) for _ in range(4)]
    acknowledged: list[str] = []
    for kill in range(KILLS):
        time.sleep(chance.uniform(0.001, 0.05))
        acknowledged += writers[kill % 4].killed()
        if kill + 4 < KILLS:
            writers[kill % 4] = Writer(path)
    digests, _ = read(path)
    assert len(acknowledged) > KILLS / 2
    assert set(acknowledged) <= set(digests)
    assert Ledger(path).append(ONE).line.content.sequence == len(digests) + 1
    assert read(path)[1] == 0
    print(f"{KILLS} kills, {len(acknowledged)} acknowledged, {len(digests)} records")


def first_bad(path: Path) -> tuple[int, int]:
    """The line that is refused, and how many were read before it."""
    reading = Ledger(path).lines()
    for nth in range(RECORDS + 1):
        try:
            assert not isinstance(next(reading), Torn)
        except LedgerError as error:
            return error.problems[0].span.line, nth
    raise AssertionError("nothing was found")


def test_one_flipped_byte_is_found_and_located_wherever_it_is(tmp_path: Path) -> None:
    path = tmp_path / "records"
    raw = filled(path, RECORDS)
    starts = [0, *(place + 1 for place, byte in enumerate(raw) if byte == 10)]
    chance = random.Random(11)
    # Spread over all records; the last byte of all is one of them.
    step = len(raw) // FLIPS
    places = [nth * step + chance.randrange(step) for nth in range(FLIPS - 1)] + [len(raw) - 1]
    for place in places:
        broken = bytearray(raw)
        broken[place] ^= chance.randrange(1, 256)
        path.write_bytes(broken)
        number = sum(start <= place for start in starts)
        assert first_bad(path) == (number, number - 1)


def test_a_record_cut_off_anywhere_is_torn_and_the_next_append_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "records"
    raw = filled(path, 2)
    second = raw.index(b"\n") + 1
    for place in [second + 1, second + 100, len(raw) - 2, len(raw) - 1]:
        path.write_bytes(raw[:place])
        digests, torn = read(path)
        assert (len(digests), torn) == (1, place - second)
        done = Ledger(path).append(ONE)
        assert done.set_aside == torn
        assert path.with_name("records.torn").read_bytes().endswith(raw[second:place] + b"\n")
        assert read(path) == ([*digests, done.line.digest], 0)


def test_zeros_that_a_crash_left_at_the_end_are_torn_too(tmp_path: Path) -> None:
    path = tmp_path / "records"
    raw = filled(path, 1)
    path.write_bytes(raw + bytes(500))
    assert read(path)[1] == 500
    assert Ledger(path).append(ONE).line.content.sequence == 2


def test_nothing_is_appended_after_a_line_that_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "records"
    raw = filled(path, 2)
    for broken in (raw[:-1] + b"x", raw.replace(b'"sequence":2', b'"sequence":3'), raw + b"{}\n", raw + b"\n"):
        path.write_bytes(broken)
        with pytest.raises(LedgerError):
            Ledger(path).append(ONE)
        assert path.read_bytes() == broken


@pytest.mark.parametrize("change", ["swap", "drop", "double", "first"])
def test_lines_in_another_order_are_found(change: str, tmp_path: Path) -> None:
    path = tmp_path / "records"
    one, two, three = filled(path, 3).splitlines(keepends=True)
    lines = {"swap": [one, three, two], "drop": [one, three], "double": [one, one, two], "first": [two, three]}[change]
    path.write_bytes(b"".join(lines))
    with pytest.raises(LedgerError) as caught:
        list(Ledger(path).lines())
    assert caught.value.problems[0].span.line == (1 if change == "first" else 2)


def test_a_file_that_cannot_be_written_or_read_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none" / "records"):
        with pytest.raises(InputError, match="cannot-write"):
            Ledger(path).append(ONE)
        with pytest.raises(InputError, match="cannot-read"):
            list(Ledger(path).lines())
    with pytest.raises(InputError, match="cannot-write"):
        Ledger("/dev/full").append(ONE)


def test_nothing_is_kept_of_an_append_for_which_there_is_no_room(tmp_path: Path) -> None:
    path = tmp_path / "records"
    raw = filled(path, 1)
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(raw) + 300},) * 2)\n"
        + APPENDER.replace('print("ready", flush=True)', "")
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(GOOD)], capture_output=True, text=True, check=False
    )
    assert "cannot-write: File too large" in done.stderr
    assert path.read_bytes() == raw


def test_the_day_of_a_record_may_be_text() -> None:
    case = {**THIRD_LEAVE, "as_of": "2026-03-01"}
    day = date(2026, 1, 1)
    records = [record(POLICY, case, ["grant"], salt=bytes(32), as_of=said) for said in ("2026-01-01", day)]
    assert records[0] == records[1]
