"""Decision records: what they hold, what they hide, and what replay makes of them."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import Command
from good import BAD, GOOD, THIRD_LEAVE, copy_of_good
from rudong_rules import canonical, load
from rudong_rules.canonical import EXACT, pack, unpack
from rudong_rules.errors import CaseError
from rudong_rules.ledger import Ledger
from rudong_rules.record import Record, record
from rudong_rules.replay import replay

POLICY = load(GOOD)
SALT = bytes(range(32))
LONG = 10**18 - 1
NAMES = {
    **THIRD_LEAVE,
    "title": "张三请假",
    "ill": {"value": True, "determined_by": "县人民医院", "determined_on": "2025-06-29", "evidence": "诊断书李四"},
}


def made(case: dict[str, object] = THIRD_LEAVE) -> Record:
    """A record of a case."""
    return record(POLICY, case, salt=SALT)


# --- canonical JSON --------------------------------------------------------------------------------------------------

plain = st.recursive(
    st.none() | st.booleans() | st.text() | st.integers(-LONG, LONG),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(plain)
def test_plain_data_comes_back_from_canonical_json_whatever_the_size_of_its_numbers(value: object) -> None:
    assert unpack(canonical.parse(canonical.canonical(pack(value)))) == value


def test_only_numbers_beyond_the_doubles_are_written_as_text() -> None:
    assert canonical.canonical(pack([EXACT, EXACT + 1, -EXACT - 1, True])) == (
        b'[9007199254740991,{"$integer":"9007199254740992"},{"$integer":"-9007199254740992"},true]'
    )
    with pytest.raises(ValueError, match="exceeds"):
        canonical.canonical(EXACT + 1)


@pytest.mark.parametrize("text", [b"1.5", b"NaN", b"\xff", b"", b"[" * 60 + b"]" * 60, b"[" * 10**6, b"1" * 5000])
def test_what_is_no_json_of_ours_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical.parse(text)


# --- records ---------------------------------------------------------------------------------------------------------


def test_a_record_decided_again_is_identical() -> None:
    assert replay(POLICY, made()).fate == "identical"


def test_a_record_is_the_same_for_the_same_salt_and_another_for_another() -> None:
    assert made() == made()
    other = record(POLICY, THIRD_LEAVE, salt=bytes(32))
    assert other.public.commitments != made().public.commitments
    assert other.public.verdicts == made().public.verdicts


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a salt has 32 bytes, not 3"):
        record(POLICY, THIRD_LEAVE, salt=b"abc")


def test_a_single_decision_may_stand_alone_and_be_named_by_its_label() -> None:
    for one in ("grant", "请假", ["grant"]):
        assert [verdict.decision for verdict in record(POLICY, THIRD_LEAVE, one, salt=SALT).public.verdicts] == [
            "grant"
        ]


def test_a_bad_case_is_refused_as_by_decide() -> None:
    with pytest.raises(CaseError, match="unknown-fact"):
        record(POLICY, {"il": True}, salt=SALT)


def test_a_redacted_record_holds_no_name_no_evidence_no_fact_and_no_digest_that_can_be_guessed() -> None:
    whole, redacted = made(NAMES), made(NAMES).redacted()
    text = redacted.model_dump_json()
    for secret in ("张三", "医院", "李四", "2025-06-29", "ill", "2025-02-03", "days_asked"):
        assert secret in whole.model_dump_json()
        assert f'"{secret}' not in text
    verdict = POLICY.decide(NAMES, "grant").data
    assert verdict.digests.case not in text
    # The case and its verdicts without the salt, as somebody who guesses would hash them.
    for value in (NAMES, pack(POLICY.reader.read(NAMES).model_dump(mode="json", exclude_unset=True))):
        assert hashlib.sha256(canonical.canonical(pack(value))).hexdigest() not in text
    assert redacted.public == whole.public
    assert replay(POLICY, redacted).fate == "redacted"
    with pytest.raises(ValueError, match="redacted"):
        redacted.case()


def test_the_sealed_part_opens_the_commitments_and_nothing_else_does() -> None:
    one, other = made(), made(NAMES)
    assert one.opens()
    assert not one.redacted().opens()
    assert not Record(public=one.public, sealed=other.sealed).opens()
    assert replay(POLICY, Record(public=one.public, sealed=other.sealed)).fate == "tampered"


def changed_rules(tmp_path: Path) -> Path:
    """The policy in which a third leave in a year does not count as too often yet."""
    return copy_of_good(tmp_path / "policies", [("leave/rules.yaml", "at_least: 2}", "at_least: 3}")])


def test_other_rules_that_give_another_verdict_are_shown_as_a_change(tmp_path: Path) -> None:
    other = load(changed_rules(tmp_path))
    again = replay(other, made())
    assert (again.fate, again.same_rules) == ("changed", False)
    assert {"outcome", "citations"} & {one.part for one in again.differences}


def test_other_rules_that_give_the_same_verdict_are_told_from_the_same_rules(tmp_path: Path) -> None:
    other = load(changed_rules(tmp_path))
    again = replay(other, record(POLICY, {}, salt=SALT))
    assert (again.fate, again.same_rules, again.differences) == ("same", False, ())


def test_a_verdict_that_its_own_rules_do_not_give_is_forged() -> None:
    honest = made()
    assert honest.sealed is not None
    verdict = honest.sealed.verdicts.value[0].model_copy(update={"outcome": "grant", "status": "determined"})
    forged = record_of_forged(honest, verdict)
    assert forged.opens()
    again = replay(POLICY, forged)
    assert again.fate == "tampered"
    assert again.differences


def record_of_forged(honest: Record, verdict: object) -> Record:
    """A record that commits to another verdict, as somebody who can write the whole file could make it."""
    from rudong_rules.record import Commitments, _commitment, summary
    from rudong_rules.verdict_data import VerdictData

    assert honest.sealed is not None
    assert isinstance(verdict, VerdictData)
    sealed = honest.sealed.verdicts.model_copy(update={"value": (verdict,)})
    commitments = Commitments(
        case=honest.public.commitments.case, verdicts=_commitment(sealed.salt, [verdict.model_dump()])
    )
    public = honest.public.model_copy(update={"commitments": commitments, "verdicts": (summary(verdict),)})
    return Record(public=public, sealed=honest.sealed.model_copy(update={"verdicts": sealed}))


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_records_replays_and_redacts(command: Command, tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "good")
    (tmp_path / "case.json").write_text(json.dumps(NAMES), encoding="utf-8")
    for nth in range(3):
        printed = command.done("record case.json -o records --policies good", tmp_path)
        assert printed.startswith(f"{nth + 1} ")
    replayed = command.done("replay records --policies good", tmp_path)
    assert replayed.count("✓") == 3
    assert command.done("redact records -o public", tmp_path) == ""
    assert "张三" not in (tmp_path / "public").read_text(encoding="utf-8")
    assert command.done("replay public --policies good --lang en", tmp_path).count("redacted: the chain holds") == 3
    digests = [row["digest"] for row in json.loads(command.done("replay records --policies good -f json", tmp_path))]
    assert digests == [
        row["digest"] for row in json.loads(command.done("replay public --policies good -f json", tmp_path))
    ]
    outcome = command("redact records -o public --lang en", tmp_path)
    assert outcome == (2, "", "public: exists: the file exists\n  hint: name a new file\n")


def test_the_command_shows_what_other_rules_change(command: Command, tmp_path: Path) -> None:
    Ledger(tmp_path / "records").append(made())
    changed_rules(tmp_path)
    outcome = command("replay records --policies policies --lang en", tmp_path)
    assert (outcome.code, outcome.err) == (1, "")
    assert "differs because the rules or the library changed" in outcome.out
    assert "grant　outcome: " in outcome.out


def test_the_command_says_where_a_file_was_tampered_with(command: Command, tmp_path: Path) -> None:
    for _ in range(3):
        Ledger(tmp_path / "records").append(made())
    raw = (tmp_path / "records").read_bytes()
    (tmp_path / "records").write_bytes(raw.replace(b'"outcome":"refuse', b'"outcome":"refusf', 1))
    lines = raw.splitlines(keepends=True)
    (tmp_path / "records").write_bytes(lines[0] + lines[2])
    outcome = command(f"replay records --policies {GOOD} --lang en", tmp_path)
    assert outcome.code == 2
    assert outcome.out.count("✓") == 1
    assert outcome.err == (
        "records:2:1: out-of-sequence: record 3 stands where 2 should\n"
        "  hint: lines before it stand; restore the file from a copy\n"
    )


def test_an_empty_file_of_records_is_no_proof(command: Command, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").touch()
    outcome = command("replay records.jsonl", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("records.jsonl: no-records: 文件中没有记录\n")


def test_the_command_tells_a_torn_line_and_goes_on_after_it(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "records"
    Ledger(path).append(made())
    with path.open("ab") as stream:
        stream.write(b'{"content":{"prev')
    outcome = command(f"replay records --lang en --policies {GOOD}", tmp_path)
    assert (outcome.code, outcome.err) == (1, "")
    assert "2　the last line was never finished (17 bytes): no record" in outcome.out
    outcome = command(f"record {BAD}/fine.yaml -o records --lang en --policies {GOOD}", tmp_path)
    assert outcome.code == 0
    assert outcome.err == "17 bytes of a line that was never finished were moved to records.torn\n"
    assert command.done(f"replay records --policies {GOOD}", tmp_path).count("✓") == 2


@pytest.mark.parametrize(
    ("library", "words"),
    [
        ("rfc8785", f"record {BAD}/fine.yaml -o records --policies {GOOD} --lang en"),
        ("cryptography.exceptions", f"record {BAD}/fine.yaml -o records --sign key --policies {GOOD} --lang en"),
    ],
)
def test_a_missing_extra_is_told_in_one_line(
    library: str, words: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    outcome = command(words, tmp_path)
    name = library.partition(".")[0]
    said = f"records need the library {name}\n  hint: install rudong-rules with its extra [record]"
    assert outcome == (2, "", f"record: not-installed: {said}\n")
    assert not (tmp_path / "records").exists()


def test_the_files_that_a_record_names_are_the_only_ones_made(command: Command, tmp_path: Path) -> None:
    command.done(f"record {BAD}/fine.yaml -o records --redact --policies {GOOD}", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["records"]
    assert '"sealed":null' in (tmp_path / "records").read_text(encoding="utf-8")
