"""A decision record: everything that is needed to decide once more, years later, and to see that it comes out alike.

What concerns the person (the case, and the verdicts with their facts, names and evidence) is *sealed*: the public part
holds only a commitment to it, SHA-256 over a secret salt of 32 bytes and the canonical JSON.  Whoever is given the
sealed part can check it against the commitment; whoever is not cannot guess it, however few values a fact has, for the
digest of every guess needs the salt.  A chain and a signature cover the public part alone, so a record from which the
sealed part was taken (``redacted``) verifies as before.  What stays public: the versions, the digests of the rules, the
day, the readings, and of each verdict its status, outcome, clauses and duties, with what these say by themselves.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue

from .bilingual import say
from .canonical import canonical, pack, unpack
from .case_model import CaseBase
from .data import Data
from .errors import MisuseError, shown
from .given import day_asked
from .policy import Policy
from .source import Document
from .verdict_data import DutyStatus, Status, VerdictData

FORMAT: Literal["rudong-rules/record/1"] = "rudong-rules/record/1"
SALT_BYTES = 32
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class RuleDigests(Data):
    """SHA-256 of the texts, of the rules, and of the program that was compiled from them."""

    text: Digest
    rules: Digest
    program: Digest


class Duty(Data):
    """A duty or right and its state."""

    id: str
    state: DutyStatus


class Summary(Data):
    """What is public of a verdict; ``citations`` are references of clauses."""

    decision: str
    status: Status
    outcome: str | None
    possible: tuple[str, ...]
    citations: tuple[str, ...]
    duties: tuple[Duty, ...]


class Commitments(Data):
    """The salted digests of the sealed parts."""

    case: Digest
    verdicts: Digest


class SealedCase(Data):
    """The case as plain data (see :func:`rudong_rules.canonical.pack`), and the salt that its commitment needs."""

    salt: Digest
    value: dict[str, JsonValue]


class SealedVerdicts(Data):
    """The whole verdicts, and the salt that their commitment needs."""

    salt: Digest
    value: tuple[VerdictData, ...]


class Sealed(Data):
    """What concerns the person."""

    case: SealedCase
    verdicts: SealedVerdicts


class PublicRecord(Data):
    """The part of a record that a chain and a signature cover; ``as_of`` is the day asked for, None for the case's."""

    format: Literal["rudong-rules/record/1"] = FORMAT
    library: str
    rule_language: str
    digests: RuleDigests
    as_of: str | None
    readings: dict[str, str | None]
    verdicts: tuple[Summary, ...]
    commitments: Commitments


class Record(Data):
    """A decision record.  ``sealed`` is None once it is redacted."""

    public: PublicRecord
    sealed: Sealed | None = None

    def redacted(self) -> Record:
        """Return the record without its sealed part."""
        return Record(public=self.public)

    def opens(self) -> bool:
        """Return whether the sealed part is what the public one commits to; False without one."""
        if self.sealed is None:
            return False
        case, verdicts = self.sealed.case, self.sealed.verdicts
        whole = [one.model_dump() for one in verdicts.value]
        return (
            self.public.commitments.case == _commitment(case.salt, case.value)
            and self.public.commitments.verdicts == _commitment(verdicts.salt, whole)
            and self.public.verdicts == tuple(map(summary, verdicts.value))
        )

    def case(self) -> dict[str, Any]:
        """Return the case as it was decided.  Raises MisuseError for a redacted record."""
        if self.sealed is None:
            raise MisuseError(say("is_redacted"))
        found: dict[str, Any] = unpack(self.sealed.case.value)
        return found


def record(
    policy: Policy,
    case: CaseBase | Mapping[str, Any],
    decisions: str | Sequence[str] | None = None,
    *,
    salt: bytes,
    as_of: date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    engine: str = "fixpoint",
    document: Document | None = None,
) -> Record:
    """Decide a case and return the record of it, for the decisions named (one may stand alone) or for all.

    ``salt`` are 32 secret random bytes, fresh for every record: ``secrets.token_bytes(32)``.  Whoever knows or guesses
    it can try which case the commitments are of; nothing here makes one up, for the same call makes the same record.
    The other arguments are those of ``Policy.decide``, and so are the errors.  Raises InputError where the library
    ``rfc8785`` is missing, MisuseError for a salt of another length, CaseError for an empty list of decisions.
    """
    if not isinstance(salt, bytes | bytearray) or len(salt) != SALT_BYTES:
        given = say("so_many_bytes", number=len(salt)) if isinstance(salt, bytes | bytearray) else shown(salt)
        raise MisuseError(say("no_salt", most=SALT_BYTES, value=given))
    named = policy.decisions.each(decisions)
    read, day = policy.reader.read(case, document), day_asked(as_of)
    found = [policy.decide(read, name, as_of=day, readings=readings, engine=engine).data for name in named]
    written = pack(read.model_dump(mode="json", exclude_unset=True))
    salts = {part: hmac.digest(salt, part.encode(), "sha256").hex() for part in ("case", "verdicts")}
    library, rule_language = policy.versions
    public = PublicRecord(
        library=library,
        rule_language=rule_language,
        digests=rule_digests(policy),
        as_of=day.isoformat() if day else None,
        readings=dict(policy.readings(readings)),
        verdicts=tuple(map(summary, found)),
        commitments=Commitments(
            case=_commitment(salts["case"], written),
            verdicts=_commitment(salts["verdicts"], [one.model_dump() for one in found]),
        ),
    )
    sealed = Sealed(
        case=SealedCase(salt=salts["case"], value=written),
        verdicts=SealedVerdicts(salt=salts["verdicts"], value=tuple(found)),
    )
    return Record(public=public, sealed=sealed)


def rule_digests(policy: Policy) -> RuleDigests:
    """Return the digests that pin the rules of a policy."""
    pinned = policy.digests(CaseBase())
    program = hashlib.sha256(str(policy.program).encode()).hexdigest()
    return RuleDigests(text=pinned.text, rules=pinned.rules, program=program)


def summary(verdict: VerdictData) -> Summary:
    """Return what is public of a verdict."""
    return Summary(
        decision=verdict.decision, status=verdict.status, outcome=verdict.outcome,
        possible=tuple(one.outcome for one in verdict.possible),
        citations=tuple(one.ref for one in verdict.citations),
        duties=tuple(Duty(id=one.id, state=one.state) for one in verdict.duties),
    )  # fmt: skip


def _commitment(salt: str, value: Any) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + canonical(value)).hexdigest()
