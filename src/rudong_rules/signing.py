"""Ed25519 signatures (RFC 8032) with keys in PEM files, by the library ``cryptography``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .bilingual import say
from .canonical import missing_extra
from .errors import InputError, Problem, Span, system_said

_MAX_KEY = 16_384


def load_private_key(path: Path) -> Any:
    """Return the Ed25519 private key of an unencrypted PEM file (PKCS 8).  Raises InputError."""
    _, serialization, kinds = _library()
    return _key(path, lambda raw: serialization.load_pem_private_key(raw, None), kinds[0], "private")


def load_public_key(path: Path) -> str:
    """Return the Ed25519 public key of a PEM file, in hexadecimal.  Raises InputError."""
    _, serialization, kinds = _library()
    found = _key(path, serialization.load_pem_public_key, kinds[1], "public")
    raw: bytes = found.public_bytes_raw()
    return raw.hex()


def public_half(key: Any) -> str:
    """Return the public key that belongs to a private one, in hexadecimal."""
    raw: bytes = key.public_key().public_bytes_raw()
    return raw.hex()


def sign(key: Any, message: bytes) -> str:
    """Return the signature of a message, in hexadecimal."""
    signed: bytes = key.sign(message)
    return signed.hex()


def verifies(public_key: str, message: bytes, signature: str) -> bool:
    """Return whether a signature is that of the key on the message.  Raises InputError without ``cryptography``."""
    invalid, _, kinds = _library()
    try:
        kinds[1].from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), message)
    except (invalid, ValueError):
        return False
    return True


def _library() -> tuple[Any, Any, tuple[Any, Any]]:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
    except ImportError:
        raise missing_extra("cryptography") from None
    return InvalidSignature, serialization, (Ed25519PrivateKey, Ed25519PublicKey)


def _key(path: Path, read: Any, kind: Any, half: str) -> Any:
    try:
        with path.open("rb") as stream:
            raw = stream.read(_MAX_KEY)
    except OSError as error:
        raise InputError([Problem(Span(str(path)), "cannot-read", system_said(error), say("name_key_file"))]) from None
    try:
        found = read(raw)
    except (ValueError, TypeError):
        found = None
    except Exception as error:  # cryptography's UnsupportedAlgorithm, which only it can name
        if type(error).__name__ != "UnsupportedAlgorithm":
            raise
        found = None
    if not isinstance(found, kind):
        message = say("no_private_key" if half == "private" else "no_public_key")
        raise InputError([Problem(Span(str(path)), "bad-key-file", message, say("make_key"))])
    return found
