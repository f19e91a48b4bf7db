"""What reads foreign bytes, as targets: each takes some and raises nothing unless a promise of SECURITY.md fails."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import rudong_rules
from good import GOOD, THIRD_LEAVE
from rudong_rules.canonical import canonical
from rudong_rules.errors import InputError
from rudong_rules.ledger import Ledger
from rudong_rules.policy import Policy
from rudong_rules.record import record
from rudong_rules.replay import replay
from rudong_rules.source import decode_text, parse_document

ROOT = Path(__file__).parents[1]
Target = Callable[[bytes], bool]
"""Returns whether the input was accepted."""


def told(error: InputError) -> bool:
    """Check that an error says what is wrong, in characters that do no harm; the input is not accepted."""
    assert error.problems
    assert str(error).replace("\n", "").isprintable()
    return False


def case_target(policy: Policy) -> Target:
    """Read bytes as a case, and decide it where it is one."""

    def target(raw: bytes) -> bool:
        try:
            document = parse_document(decode_text(raw, "case"), "case")
            opinion = policy.decide(document.data, document=document)
        except InputError as error:
            return told(error)
        for verdict in opinion.values():
            assert verdict.data.decision == verdict.decision
        return True

    return target


def policy_target(folder: Path) -> Target:
    """Read bytes as a file of a policy; the first byte says which.  ``folder`` must be empty."""
    shutil.copytree(GOOD, folder, dirs_exist_ok=True)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    seeds = {path: path.read_bytes() for path in files}

    def target(raw: bytes) -> bool:
        path = files[raw[0] % len(files)] if raw else files[0]
        path.write_bytes(raw[1:])
        try:
            policy = rudong_rules.load(folder)
            policy.decide({}).data  # noqa: B018
            with suppress(InputError):
                policy.decide(THIRD_LEAVE).data  # noqa: B018
        except InputError as error:
            return told(error)
        finally:
            path.write_bytes(seeds[path])
        return True

    return target


def record_target(policy: Policy, folder: Path) -> Target:
    """Read bytes as a file of records, decide what it holds again, and append to it."""
    path = folder / "records"
    fresh = record(policy, THIRD_LEAVE, ["grant"], salt=bytes(32))

    def target(raw: bytes) -> bool:
        path.write_bytes(raw)
        try:
            for line in Ledger(path).lines():
                if hasattr(line, "record"):
                    replay(policy, line.record)
        except InputError as error:
            return told(error)
        # What replay reads, an append goes on from.
        Ledger(path).append(fresh)
        return True

    return target


def policy_seeds() -> list[bytes]:
    """The files of the good policy, each behind the byte that names it."""
    files = sorted(path for path in GOOD.rglob("*") if path.is_file())
    return [bytes([nth]) + path.read_bytes() for nth, path in enumerate(files)]


def case_seeds(small: bool) -> list[bytes]:
    """Real cases: those of the good policy when ``small``, else the examples."""
    if small:
        return [canonical(THIRD_LEAVE), *(path.read_bytes() for path in (GOOD.parent / "cases").iterdir())]
    return [path.read_bytes() for path in sorted((ROOT / "examples" / "cases").iterdir())]


def record_seeds(policy: Policy) -> list[bytes]:
    """Files of records: three with everything, two of them, one redacted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records"
        for nth in range(3):
            made = record(policy, {**THIRD_LEAVE, "days_asked": 2 + nth}, ["grant"], salt=bytes([nth]) * 32)
            Ledger(path).append(made.redacted() if nth == 1 else made)
        whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    return [whole, b"".join(lines[:2]), lines[1]]
