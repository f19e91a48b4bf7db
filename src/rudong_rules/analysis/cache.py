"""Proofs remembered by the digest of what they rest on: what did not change is not proven again.

One JSON file in a folder; it is replaced as a whole, and one that cannot be read counts as empty, so the worst that a
torn or meddled file does is to be proven anew.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ..bilingual import Text, say
from .claims import Proof

FILE = "proofs-1.json"
MOST = 20_000
"""How many proofs are kept, the latest."""
_PROOF: TypeAdapter[Proof] = TypeAdapter(Proof)


def user_cache() -> Path:
    """Return the folder in which the user's programs keep what they can work out again."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "rudong-rules"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "rudong-rules" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rudong-rules"


class Cache:
    """The proofs of a folder, by digest; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._proofs: dict[str, Any] = self._read()
        self._new: dict[str, Any] = {}

    def get(self, digest: str) -> Proof | None:
        """Return a proof, or None for one that is not there or makes no sense."""
        found = self._proofs.get(digest)
        if found is None:
            return None
        try:
            proof = _PROOF.validate_python({**found, "why": _told(found["why"])})
        except (LookupError, TypeError, ValueError, AttributeError):
            return None
        self._new[digest] = found
        return proof

    def put(self, digest: str, proof: Proof) -> None:
        """Remember a proof.  What ran out of time may be known on a faster machine: it is not kept."""
        if proof.why != say("out_of_time"):
            self._new[digest] = {**asdict(proof), "why": _plain(proof.why)}

    def save(self) -> None:
        """Write what was used and what is new; a folder that cannot be written to keeps nothing."""
        if self.folder is None or self._new.keys() <= self._proofs.keys():
            return
        rest = {digest: proof for digest, proof in self._proofs.items() if digest not in self._new}
        kept = dict(list((rest | self._new).items())[-MOST:])
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=FILE)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(kept, stream, ensure_ascii=False)
            os.replace(name, self.folder / FILE)
        except OSError:
            return

    def _read(self) -> dict[str, Any]:
        if self.folder is None:
            return {}
        try:
            found = json.loads((self.folder / FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return dict(found) if isinstance(found, Mapping) else {}


def _plain(value: Any) -> Any:
    """Return a text as its key and values, which say it in both languages; anything else as it is."""
    if isinstance(value, Text):
        return {"key": value.key, "values": {name: _plain(one) for name, one in value.values.items()}}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _told(plain: Any) -> Any:
    """Return what :func:`_plain` was given.  Raises what a text raises that cannot be said."""
    if isinstance(plain, dict):
        return say(plain["key"], **{name: _told(one) for name, one in plain["values"].items()})
    return tuple(map(_told, plain)) if isinstance(plain, list) else plain
