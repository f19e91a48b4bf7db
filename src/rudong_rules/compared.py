"""Two verdicts as data compared: the parts that differ in what they say, or the texts alone in which they are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .verdict_data import VerdictData
from .wording import apart, duty_stands, status_word, word

Pair = tuple[str, str]
"""The same by ids and in Chinese."""
_TEXTS = {"label", "en", "question", "text", "citation", "short", "reason", "who", "entry", "group", "follows_from"}
_OF_THE_OUTCOME = ("modality", "possible")
_NAMED = ("name", "id", "ref", "outcome")


def compared(before: VerdictData, after: VerdictData, defaults: bool = True) -> dict[str, tuple[Pair, Pair]]:
    """Return the parts in which two verdicts differ, those that matter most first, each before and after.

    Without ``defaults`` it is no difference whether an option of a reading is the default.  ``wording`` is all that is
    said in other words; it is told only where nothing else differs, and so is what is no part with words of its own.
    """
    parts, now = _parts(before), _parts(after)
    found = {
        name: (_told(name, parts[name], now[name]), _told(name, now[name], parts[name]))
        for name in parts
        if [ids for ids, _ in parts[name]] != [ids for ids, _ in now[name]]
    }
    if "outcome" in found:
        found = {name: both for name, both in found.items() if name not in _OF_THE_OUTCOME}
    return found or _further(_plain(before, defaults), _plain(after, defaults))


def _parts(verdict: VerdictData) -> dict[str, list[Pair]]:
    """Return the parts of a verdict, each thing of one by its ids and in Chinese."""

    def duty(state: str, modality: str) -> str:
        return word(duty_stands(state, modality)[0], "zh")

    return {
        "status": [(verdict.status, status_word(verdict.status, "zh"))],
        "outcome": [(verdict.outcome or "", verdict.outcome_label)],
        "modality": [(verdict.modality, word(verdict.modality, "zh"))],
        "possible": [(one.outcome, one.label) for one in verdict.possible],
        "citations": [(one.ref, one.short) for one in verdict.citations],
        "duties": [
            (f"{one.id}={one.state}", f"{one.label}（{duty(one.state, one.modality)}）") for one in verdict.duties
        ],
        "periods": [
            (f"{one.id}={one.first}/{one.last}", f"{one.label} {one.first}至{one.last}") for one in verdict.periods
        ],
        "profile": [(f"{one.name}={one.state}", f"{one.label}（{word(one.state, 'zh')}）") for one in verdict.profile],
        "cautions": [(one.name, one.label) for one in verdict.cautions],
        "missing": [(one.name, one.label) for one in verdict.missing],
        "readings": [(f"{one.id}={one.option}", f"{one.question}——{one.option_label}") for one in verdict.readings],
        "case": [(verdict.digests.case, verdict.digests.case)],
    }


def _told(part: str, own: Sequence[Pair], other: Sequence[Pair]) -> Pair:
    """Return a part in one line; of a list of many that are alike, those that the other verdict does not have."""
    if part in ("possible", "profile", "readings") and {*own} != {*other}:
        own = [one for one in own if one not in other]
    between = "、" if part in ("possible", "citations", "cautions", "missing") else "；"
    join = apart if part in ("missing", "possible", "cautions") else _joined
    return " ".join(ids for ids, _ in own), join((zh for _, zh in own), between)


def _joined(parts: Iterable[str], between: str) -> str:
    return between.join(parts)


def _plain(verdict: VerdictData, defaults: bool) -> dict[str, Any]:
    """Return what may differ besides: neither the digests nor, without ``defaults``, what is a default."""
    plain = verdict.model_dump(exclude={"digests"})
    for one in plain["readings"] if not defaults else ():
        del one["is_default"]
    return plain


def _further(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Pair, Pair]]:
    """Return what else differs: by the fields of a verdict, or else as texts, each once."""
    texts: dict[tuple[str, str, str], None] = {}
    others: dict[str, list[tuple[str, str]]] = {}
    for path, was, now in _leaves((), before, after):
        if _is_text(path[-1]) and isinstance(was, str) and isinstance(now, str):
            texts["en" if path[-1] == "en" or path[-1].endswith("_en") else "zh", was, now] = None
        else:
            place = f"{'.'.join(path[1:])}=" if path[1:] else ""
            others.setdefault(path[0], []).append((f"{place}{was}", f"{place}{now}"))
    if others:
        lines = {field: [" ".join(side) for side in zip(*told, strict=True)] for field, told in others.items()}
        return {field: ((was, was), (now, now)) for field, (was, now) in lines.items()}
    if not texts:
        return {}
    zh, en = ([(was, now) for lang, was, now in texts if lang == wanted] for wanted in ("zh", "en"))
    # What is told in one language alone stands for both.
    was, now = ((_line(side, en or zh), _line(side, zh or en)) for side in (0, 1))
    return {"wording": (was, now)}


def _line(side: int, pairs: Iterable[tuple[str, str]]) -> str:
    return " / ".join(pair[side] for pair in pairs)


def _is_text(key: str) -> bool:
    return key in _TEXTS or key.endswith(("_en", "_label"))


def _leaves(path: tuple[str, ...], before: Any, after: Any) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Yield the places at which plain data differs; of lists that hold other things, what these are called."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            yield from _leaves((*path, key), before.get(key), after.get(key))
    elif isinstance(before, tuple | list) and isinstance(after, tuple | list) and len(before) == len(after):
        for nth, (was, now) in enumerate(zip(before, after, strict=True)):
            yield from _leaves((*path, str(nth)), was, now)
    elif isinstance(before or (), tuple | list) and isinstance(after or (), tuple | list):
        was, now = ([_called(one) for one in side or ()] for side in (before, after))
        yield path, ",".join(one for one in was if one not in now), ",".join(one for one in now if one not in was)
    else:
        yield path, before, after


def _called(thing: Any) -> str:
    """Return what a thing of a list is called: its id, or itself."""
    if isinstance(thing, dict):
        return next((str(thing[key]) for key in _NAMED if thing.get(key)), str(thing.get("label", "")))
    return str(thing)
