"""The bases of all plain data that is written to JSON and read back."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer


class Data(BaseModel):
    """The base of all plain data: immutable, no unknown keys, built when it is first used."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def to_json(self) -> str:
        """Return it as JSON; the same data always gives the same bytes."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


class Sparse(Data):
    """Data of which some fields are left out of plain data where they say nothing."""

    may_be_left_out: ClassVar[tuple[str, ...]] = ()

    @model_serializer(mode="wrap")
    def _without_nothing(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = handler(self)
        for name in self.may_be_left_out:
            if not getattr(self, name):
                written.pop(name, None)
        return written
