"""One-line faults seeded in the shipped policies, and what catches each: loading, the diff, the check, a scenario.

``python tests/faults/seeded.py`` seeds all of them and writes docs/faults.md; the tests take a few.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import rudong_rules
from rudong_rules.analysis.cache import Cache
from rudong_rules.analysis.check import check
from rudong_rules.changes import changes
from rudong_rules.comparison import compare
from rudong_rules.errors import PolicyError
from rudong_rules.policy import Policy, shipped_policies
from rudong_rules.scenarios import Located
from rudong_rules.trials import attempt, read_all, scenario_files

TESTS = Path(__file__).resolve().parents[1]
TABLE = TESTS.parent / "docs" / "faults.md"
SEEDED = (
    *(f"{folder}/{kind}" for folder in ("tolerance", "mobility", "incentives") for kind in ("rules", "decisions")),
    "shared/rules",
    "shared/vocabulary",
)
"""The folders and files that get faults."""
EACH = 2
"""How many faults of a kind each of them gets, spread over it."""
_CLAUSE = re.compile(r"^( +clause: )(\S+)$")
Edit = Callable[[str], str | None]


def _replacing(pattern: str, new: str) -> Edit:
    """Return the edit of the first place in a line where the pattern stands."""
    found = re.compile(pattern)
    return lambda line: found.sub(new, line, count=1) if found.search(line) else None


def _without_not(line: str) -> str | None:
    found = re.search(r"\{not: ([a-z_0-9]+)\}", line) or re.search(r"\bnot: ([a-z_0-9]+)(?=[,\]}]|$)", line)
    return None if found is None else line[: found.start()] + found[1] + line[found.end() :]


def _one_more(line: str) -> str | None:
    found = re.search(r"at_least: (\d+)", line)
    return None if found is None else f"{line[: found.start()]}at_least: {int(found[1]) + 1}{line[found.end() :]}"


def _without_option(line: str) -> str | None:
    """Leave the last option out of ``is: [one, another]``."""
    found = re.search(r"is: \[(.+), [a-z_]+\]", line)
    return None if found is None else f"{line[: found.start()]}is: [{found[1]}]{line[found.end() :]}"


def _without_one(line: str) -> str | None:
    """Leave the last name out of ``any: [one, another]`` or ``all: [one, another]``."""
    found = re.search(r"(any|all): \[([a-z_0-9]+(?:, [a-z_0-9]+)*), [a-z_0-9]+\]", line)
    return None if found is None else f"{line[: found.start()]}{found[1]}: [{found[2]}]{line[found.end() :]}"


KINDS: dict[str, Edit] = {
    "drop a not": _without_not,
    "all becomes any": _replacing(r"\ball:", "any:"),
    "any becomes all": _replacing(r"\bany:", "all:"),
    "more than becomes at least": _replacing(r"more_than:", "at_least:"),
    "at least becomes more than": _replacing(r"at_least: (?!\d+$)", "more_than: "),
    "a third becomes 33/100": _replacing(r"\b1/3\b", "33/100"),
    "one more of several": _one_more,
    "two years become one": _replacing(r"(years: |at_least: )2\b", r"\g<1>1"),
    "24 months become 12": _replacing(r"\b24\b", "12"),
    "an option less": _without_option,
    "delete a ground": _without_one,
    "shall becomes may": _replacing(r"modality: shall", "modality: may"),
    "must not becomes none": _replacing(r"modality: must_not", "modality: none"),
    "always false": _replacing(r"when: [a-z_]+$", "when: false"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of a file as it is, and as it should not be."""

    kind: str
    file: str
    line: int
    before: str
    after: str


def faults(each: int = EACH) -> list[Fault]:
    """Return the faults, the same every time."""
    found: list[Fault] = []
    for part in SEEDED:
        files = {
            str(path.relative_to(shipped_policies())): path.read_text(encoding="utf-8").splitlines()
            for path in _files(shipped_policies() / part)
        }
        for kind, edit in KINDS.items():
            made = [
                Fault(kind, file, number, line, after)
                for file, lines in files.items()
                for number, line in enumerate(lines, 1)
                if not line.lstrip().startswith("#") and (after := edit(line)) not in (None, line)
            ]
            found += _spread(made, each)
        for seeded in (_wrong_clauses, _deleted):
            found += _spread([fault for file, lines in files.items() for fault in seeded(file, lines)], each)
    return found


def _files(part: Path) -> list[Path]:
    return sorted(part.glob("*.yaml")) or [part.with_suffix(".yaml")]


def _wrong_clauses(file: str, lines: Sequence[str]) -> Iterator[Fault]:
    """Cite the clause that the thing before cites."""
    last = ""
    for number, line in enumerate(lines, 1):
        cited = _CLAUSE.match(line)
        if cited and last and last != cited[2]:
            yield Fault("wrong clause", file, number, line, cited[1] + last)
        last = cited[2] if cited else last


def _deleted(file: str, lines: Sequence[str]) -> Iterator[Fault]:
    """Leave out one condition of a list of several lines."""
    for number, line in enumerate(lines, 1):
        if re.match(r"^ +- [a-z_0-9]+$", line):
            near = [*lines[max(0, number - 2) : number - 1], *lines[number : number + 1]]
            if any(other.startswith(line[: len(line) - len(line.lstrip())] + "- ") for other in near):
                yield Fault("delete a condition", file, number, line, "")


def _spread(made: list[Fault], most: int) -> list[Fault]:
    step = max(1, -(-len(made) // most))
    return made[::step]


# --- what catches them -----------------------------------------------------------------------------------------------


@cache
def shipped() -> Policy:
    """The policies without a fault."""
    return rudong_rules.load()


@cache
def library() -> tuple[Located, ...]:
    """Every scenario."""
    return tuple(read_all(scenario_files([TESTS / "scenarios"], TESTS)))


@cache
def proven() -> Path:
    """A folder with the proofs of the shipped policies: only what a fault changes is proven anew."""
    folder = Path(mkdtemp())
    check(shipped(), Cache(folder))
    return folder


def caught_by(fault: Fault, prove: bool = True) -> dict[str, str]:
    """Return by what a fault is caught, of ``load``, ``diff``, ``check`` and ``scenario``, and what each says.

    What ``diff`` says in brackets is not sure.  Without ``prove`` no claim is proven anew, which takes seconds.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder) / "policies"
        shutil.copytree(shipped_policies(), root)
        path = root / fault.file
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[fault.line - 1] == fault.before
        lines[fault.line - 1] = fault.after
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        try:
            head = rudong_rules.load(root)
        except PolicyError as error:
            return {"load": error.problems[0].code}
    differing = {one.decision: one.status for one in compare(shipped(), head) if one.status != "equal"}
    found: dict[str, str] = {}
    if differing:
        found["diff"] = "a case" if "changed" in differing.values() else "(not proven)"
    elif changes(shipped(), head):
        found["diff"] = "(as written)"
    wrong = check(head, Cache(proven())).open if prove else ()
    if wrong:
        found["check"] = f"{wrong[0].code} {wrong[0].subject}"
    first = [one for one in library() if one.scenario.decision in differing or not differing]
    for one in first:
        if not attempt(one, head, "fixpoint").passed:
            place = Path(one.span.file).relative_to(TESTS / "scenarios")
            found["scenario"] = f"{place}:{one.span.line}"
            break
    return found


def is_sure(caught: Mapping[str, str]) -> bool:
    """Return whether something catches a fault for certain."""
    return any(not said.startswith("(") for said in caught.values())


WAYS = ("load", "scenario", "check", "diff")


def main() -> int:
    """Seed every fault, write the table and return how many nothing catches for certain."""
    rows, missed, every = [], 0, faults()
    counts = dict.fromkeys(WAYS, 0)
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(caught_by, every))
    for fault, caught in zip(every, found, strict=True):
        missed += not is_sure(caught)
        for way in caught:
            counts[way] += 1
        print(f"{fault.file}:{fault.line}\t{fault.kind}\t{caught or 'NOTHING'}", flush=True)
        before, after = (" ".join(text.split()).replace("|", "\\|") or "—" for text in (fault.before, fault.after))
        said = [caught.get(way, "").replace("|", "\\|") or "—" for way in WAYS]
        rows.append(f"| {fault.file}:{fault.line} | {fault.kind} | `{before}` → `{after}` | {' | '.join(said)} |")
    head = [
        "# Seeded faults", "",
        "One-line faults in the shipped policies, and what catches each. Written by `tests/faults/seeded.py`.", "",
        f"{len(every)} faults: {counts['load']} are refused when the policy is loaded, {counts['scenario']} fail a "
        f"scenario, {counts['check']} a proof of `rudong-rules check`, {counts['diff']} are shown by `rudong-rules "
        f"diff`; {missed} are caught by none for certain.", "",
        "*load* names the code of the refusal, *scenario* the first one that fails, *check* the first finding that is "
        "not accepted (apart from scenarios, which it runs too). A *case* of the diff replays; *as written* means that "
        "the edit is listed and no verdict's outcome changes; *not proven* that no case was found.", "",
        f"| where | fault | line | {' | '.join(WAYS)} |", "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    TABLE.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    return missed


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
