"""Readings inside ``where``: what each option asks of an entry, taken out to where a condition chooses among options.

``{matter: unfit, by_reading: {reading: {option: {revoked: false}, other: false}}}`` is one question for each option,
with the fields of the option among those beside it; under ``false`` no entry fits.  An option may ask another reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

NEVER: Mapping[str, Any] = {"any_of": []}
"""What no entry fits: there is no alternative."""


def by_option(data: Any) -> tuple[tuple[str | int, ...], str, dict[str, Any]] | None:
    """Return where the first reading inside a ``where`` stands, its name and the data under each option, or None.

    A ``without`` that no entry fits forbids nothing and is left out.
    """
    if isinstance(data, dict) and "by_reading" in data:
        reading, options = next(iter(data["by_reading"].items()))
        return ("by_reading",), reading, {option: _with(data, reading, fields) for option, fields in options.items()}
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in parts:
        if found := by_option(part):
            path, reading, options = found
            return (key, *path), reading, {option: _put(data, key, inner) for option, inner in options.items()}
    return None


def _with(where: Mapping[str, Any], reading: str, fields: Any) -> dict[str, Any]:
    rest = {name: wanted for name, wanted in where.items() if name != "by_reading"}
    if fields is False:  # Whatever other readings ask besides, no entry fits.
        return rest | dict(NEVER)
    others = {name: options for name, options in where["by_reading"].items() if name != reading}
    others |= fields.get("by_reading", {})
    return rest | dict(fields) | ({"by_reading": others} if others else {})


def _put(data: Any, key: Any, inner: Any) -> Any:
    if isinstance(data, list):
        return [inner if place == key else part for place, part in enumerate(data)]
    idle = key == "without" and inner.get("any_of") == []
    return {name: inner if name == key else part for name, part in data.items() if not (idle and name == key)}


def readings_in(
    where: Mapping[str, Any], chosen: Mapping[str, str | None] | None = None
) -> Iterator[tuple[tuple[str, ...], str, list[str]]]:
    """Yield where each reading of ``where`` stands, its name, and its options: all, or that which is taken."""
    for reading, options in where.get("by_reading", {}).items():
        taken = [option for option in options if chosen is None or chosen[reading] == option]
        yield ("by_reading",), reading, taken
        for option in taken:
            for path, inner, others in readings_in(options[option] or {}, chosen):
                yield ("by_reading", reading, option, *path), inner, others


def alternatives(where: Mapping[str, Any], chosen: Mapping[str, str | None]) -> Iterator[dict[str, Any]]:
    """Yield what ``where`` asks under the options chosen; a reading that is left open may be taken by any option."""
    if (found := by_option(dict(where))) is None:
        yield dict(where)
        return
    _, reading, options = found
    for option, one in options.items():
        if chosen[reading] in (None, option):
            yield from alternatives(one, chosen)
