"""Signed records: whose they are, and that a changed or foreign one is found."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import ed25519, x25519

from commands import Command
from good import BAD, GOOD, THIRD_LEAVE
from rudong_rules import load
from rudong_rules.errors import InputError
from rudong_rules.ledger import Ledger, LedgerError
from rudong_rules.record import record
from rudong_rules.signing import load_private_key, load_public_key

ONE = record(load(GOOD), THIRD_LEAVE, ["grant"], salt=bytes(32))


def pair(folder: Path, name: str, secret: bytes = b"", kind: Any = ed25519.Ed25519PrivateKey) -> tuple[Path, Path]:
    """Make the key files of a new pair."""
    key = kind.generate()
    encryption = s.BestAvailableEncryption(secret) if secret else s.NoEncryption()
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    private.write_bytes(key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, encryption))
    public.write_bytes(key.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo))
    return private, public


def test_a_signed_record_verifies_redacted_too_and_only_with_the_key(command: Command, tmp_path: Path) -> None:
    pair(tmp_path, "ours")
    pair(tmp_path, "theirs")
    command.done(f"record {BAD}/fine.yaml -o records --sign ours.pem --policies {GOOD}", tmp_path)
    command.done("redact records -o public", tmp_path)
    for file in ("records", "public"):
        command.done(f"replay {file} --verify ours.pub --policies {GOOD}", tmp_path)
        outcome = command(f"replay {file} --verify theirs.pub --lang en --policies {GOOD}", tmp_path)
        assert outcome.code == 2
        assert "not signed with this key" in outcome.out
    command.done(f"record {BAD}/fine.yaml -o records --policies {GOOD}", tmp_path)
    assert command(f"replay records --verify ours.pub --policies {GOOD}", tmp_path).code == 2


def test_a_changed_signature_is_found_without_the_key_too(tmp_path: Path) -> None:
    private, _ = pair(tmp_path, "ours")
    path = tmp_path / "records"
    line = Ledger(path).append(ONE, load_private_key(private)).line
    other = "0" if line.signature[0] != "0" else "1"
    for broken in (
        line.model_copy(update={"signature": other + line.signature[1:]}),
        line.model_copy(update={"signature": ""}),
        line.model_copy(update={"content": line.content.model_copy(update={"signer": "00" * 32})}),
    ):
        path.write_bytes(broken.written())
        with pytest.raises(LedgerError, match="wrong-"):
            list(Ledger(path).lines())


def test_keys_that_openssl_makes_are_read(tmp_path: Path) -> None:
    subprocess.run("openssl genpkey -algorithm ed25519 -out k && openssl pkey -in k -pubout -out p",
                   shell=True, cwd=tmp_path, check=True)  # fmt: skip
    assert load_private_key(tmp_path / "k").public_key().public_bytes_raw().hex() == load_public_key(tmp_path / "p")


def test_a_file_that_is_no_such_key_is_refused_with_one_line(tmp_path: Path) -> None:
    private, public = pair(tmp_path, "ours")
    secret, _ = pair(tmp_path, "secret", b"word")
    other, _ = pair(tmp_path, "other", kind=x25519.X25519PrivateKey)
    (tmp_path / "text").write_text("no key")
    for path in (public, secret, other, tmp_path / "text"):
        with pytest.raises(InputError, match="bad-key-file: this is no unencrypted Ed25519 private key in PEM"):
            load_private_key(path)
    with pytest.raises(InputError, match="bad-key-file: this is no unencrypted Ed25519 public key in PEM"):
        load_public_key(private)
    with pytest.raises(InputError, match="cannot-read"):
        load_public_key(tmp_path / "none")
