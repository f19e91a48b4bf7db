"""Canonical JSON (RFC 8785) and its SHA-256: one value, one sequence of bytes, one digest, on every machine.

A number of JSON is an IEEE double there, which holds whole numbers up to 2^53 - 1.  A longer one is written as
``{"$integer": "9007199254740993"}``; no id holds a dollar sign, so nothing else can look like that.  Fractions and days
are strings in a case already, and floats do not occur.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from .bilingual import say
from .errors import InputError, Problem, Span

EXACT = 2**53 - 1
"""The largest whole number that RFC 8785 writes as a number."""
MAX_DEPTH = 50
"""How deep a value may be nested; a record of a case as deep as a case may be stays below it."""
_MARK = "$integer"
_LONG = re.compile(r"-?[1-9][0-9]{15,17}")


def missing_extra(library: str) -> InputError:
    """Return the error for a library of the extra ``record`` that is not installed."""
    message, hint = say("records_need", library=library), say("install_extra", extra="record")
    return InputError([Problem(Span("record"), "not-installed", message, hint)])


def canonical(value: Any) -> bytes:
    """Return plain data as canonical JSON.

    Raises InputError where ``rfc8785`` is missing, ValueError for what JSON cannot hold: a lone surrogate, a whole
    number beyond EXACT, NaN.
    """
    try:
        import rfc8785
    except ImportError:
        raise missing_extra("rfc8785") from None
    return rfc8785.dumps(value)


def sha256(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON of plain data, in hexadecimal.  Raises as :func:`canonical`."""
    return hashlib.sha256(canonical(value)).hexdigest()


def parse(text: bytes) -> Any:
    """Return the plain data of one JSON text.  Raises ValueError for anything that is none, however deep or long."""
    try:
        found = json.loads(text.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float)
    except RecursionError:
        raise ValueError("nested too deep") from None
    level, depth = [found], 0
    while level := [inner for outer in level for inner in _inside(outer)]:
        depth += 1
        if depth > MAX_DEPTH:
            raise ValueError("nested too deep")
    return found


def _inside(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _no_float(text: str) -> Any:
    raise ValueError(f"{text[:40]} is no whole number")


def pack(value: Any) -> Any:
    """Return plain data with every whole number beyond EXACT as a marked string."""
    if isinstance(value, dict):
        return {key: pack(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [pack(inner) for inner in value]
    return {_MARK: str(value)} if type(value) is int and abs(value) > EXACT else value


def unpack(value: Any) -> Any:
    """Return what :func:`pack` was given; a mark that ``pack`` would not have made stays as it is."""
    if isinstance(value, dict):
        long = value.get(_MARK) if len(value) == 1 else None
        if isinstance(long, str) and _LONG.fullmatch(long) and abs(int(long)) > EXACT:
            return int(long)
        return {key: unpack(inner) for key, inner in value.items()}
    return [unpack(inner) for inner in value] if isinstance(value, list) else value
