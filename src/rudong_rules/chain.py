"""One line of a hash chain of records: what it holds, and all that must be true of it.

A line is canonical JSON.  ``digest`` is the SHA-256 of its *content*: the number of the record, the digest of the line
before, the public part of the record, and the public key of the signer if there is one.  The signature signs the
digest.  Nothing of a line is free: its bytes must be the canonical form of what was read from them, the sealed part
must open its commitments, and a signature must fit the signer that the digest covers.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, ValidationError

from .bilingual import Text, say
from .canonical import canonical, parse, sha256
from .data import Data
from .record import Digest, PublicRecord, Record, Sealed
from .signing import public_half, sign, verifies

GENESIS = "0" * 64
"""What stands for the digest of the line before the first."""
MAX_LINE = 4_194_304
"""The bytes that a line may have; a record of every decision on a long career takes a tenth of that."""


class FlawError(Exception):
    """What is wrong with a line: a code and a message."""

    def __init__(self, code: str, message: Text) -> None:
        self.code, self.message = code, message
        super().__init__(code, message)


class Content(Data):
    """What the digest of a line covers; ``sequence`` counts from 1, ``signer`` is empty without a signature."""

    sequence: Annotated[int, Field(ge=1, le=2**53 - 1)]
    previous: Digest
    record: PublicRecord
    signer: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


class Line(Data):
    """One line: the content, its digest and signature, and the sealed part of the record unless it is redacted."""

    content: Content
    digest: Digest
    signature: Annotated[str, Field(pattern=r"^([0-9a-f]{128})?$")] = ""
    sealed: Sealed | None = None

    @property
    def record(self) -> Record:
        """The record that the line holds."""
        return Record(public=self.content.record, sealed=self.sealed)

    def redacted(self) -> Line:
        """Return the line without the sealed part; digest and signature stay."""
        return self.model_copy(update={"sealed": None})

    def written(self) -> bytes:
        """Return the line as it stands in a file, with its end."""
        return canonical(self.model_dump()) + b"\n"


def link(record: Record, sequence: int, previous: str, key: Any = None) -> Line:
    """Return the line of a record, after the line whose digest is ``previous``; signed where there is a key."""
    signer = public_half(key) if key is not None else ""
    content = Content(sequence=sequence, previous=previous, record=record.public, signer=signer)
    digest = sha256(content.model_dump())
    signature = sign(key, bytes.fromhex(digest)) if key is not None else ""
    return Line(content=content, digest=digest, signature=signature, sealed=record.sealed)


def read_line(raw: bytes) -> Line:
    """Return the line that bytes without their end hold.  Raises FlawError where the bytes show that it is none."""
    if len(raw) > MAX_LINE:
        raise FlawError("too-large", say("line_too_large", most=MAX_LINE))
    try:
        line = Line.model_validate(parse(raw))
    except ValidationError:
        raise FlawError("not-a-record", say("not_that_of_a_record")) from None
    except ValueError:
        raise FlawError("not-a-record", say("line_no_json")) from None
    try:
        written = line.written()[:-1]
    except ValueError:
        written = b""
    _check(written == raw, "not-canonical", say("not_canonical"))
    _check(sha256(line.content.model_dump()) == line.digest, "wrong-digest", say("wrong_digest"))
    _check(line.sealed is None or line.record.opens(), "not-the-sealed", say("not_the_sealed"))
    _check(
        bool(line.content.signer) == bool(line.signature),
        "wrong-signature",
        say("no_signature_of"),
    )
    if line.signature:
        fits = verifies(line.content.signer, bytes.fromhex(line.digest), line.signature)
        _check(fits, "wrong-signature", say("wrong_signature"))
    return line


def follows(line: Line, before: Line | None) -> None:
    """Raise FlawError unless a line comes right after another; after none when it is the first."""
    number = before.content.sequence + 1 if before else 1
    _check(
        line.content.sequence == number,
        "out-of-sequence",
        say("out_of_sequence", found=line.content.sequence, number=number),
    )
    previous = before.digest if before else GENESIS
    _check(line.content.previous == previous, "broken-chain", say("broken_chain"))


def _check(holds: bool, code: str, message: Text) -> None:
    if not holds:
        raise FlawError(code, message)
