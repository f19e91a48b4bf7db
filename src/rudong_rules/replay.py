"""Records decided again: what the rules at hand make of the same case, on the same day, under the same readings.

The readings are those recorded, defaults of that day included.  Where a default is another now, the case is decided
under the present defaults besides: readings that were chosen against the default, or left open, stay as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from .compared import compared
from .data import Data
from .errors import InputError
from .policy import Policy
from .record import Record, rule_digests
from .verdict_data import VerdictData
from .wording import status_word

Fate = Literal["identical", "same", "reworded", "read_otherwise", "changed", "tampered", "redacted"]
_SAID_ALREADY = ("readings", "case", "wording", "error")


class Difference(Data):
    """What became different in one part of one verdict; ``part`` is a field of VerdictData, ``wording`` or ``error``.

    ``recorded`` and ``now`` are told by ids, ``label`` (of the decision), ``recorded_zh`` and ``now_zh`` in Chinese.
    ``wording`` (the same in other words) stands alone, and tells the texts that differ.  With ``by_defaults`` it is
    what comes out under the present defaults, and not under the readings that are recorded.
    """

    decision: str
    part: str
    recorded: str
    now: str
    label: str
    recorded_zh: str
    now_zh: str
    by_defaults: bool = False


class DefaultMoved(Data):
    """A reading on whose default a recorded verdict relied, and of which another option is the default now."""

    reading: str
    question: str
    en: str
    recorded: str
    recorded_label: str
    recorded_en: str
    now: str
    now_label: str
    now_en: str


class Replayed(Data):
    """What became of a record.

    ``identical``: the same rules give the same verdicts.  ``same``: other rules (or another version of the library)
    give them too; ``reworded``: in other words.  ``read_otherwise``: they do under the readings recorded, but not under
    the present defaults.  ``changed``: other rules give other verdicts, and ``differences`` says where.  ``tampered``:
    the rules are the recorded ones and do not give what is recorded.  ``redacted``: there is no case to decide.
    """

    fate: Fate
    same_rules: bool
    differences: tuple[Difference, ...] = ()
    defaults: tuple[DefaultMoved, ...] = ()


def replay(policy: Policy, record: Record) -> Replayed:
    """Decide a record again and say what became of it.  Raises nothing: a record that cannot be decided differs."""
    digests = rule_digests(policy)
    public = record.public
    same_rules = public.digests == digests
    if record.sealed is None:
        return Replayed(fate="redacted", same_rules=same_rules)
    if not record.opens():
        return Replayed(fate="tampered", same_rules=same_rules)
    same_library = (public.library, public.rule_language) == policy.versions
    verdicts = record.sealed.verdicts.value
    known = policy.rules.readings
    # A reading that is no longer asked cannot be chosen; one that is new is left to its default.
    readings = {name: option for name, option in public.readings.items() if same_rules or name in known}
    differences = [one for verdict in verdicts for one in _decided(policy, record, verdict, readings, same_rules)]
    if same_rules and same_library:
        return Replayed(
            fate="tampered" if differences else "identical", same_rules=True, differences=tuple(differences)
        )
    if same_rules:
        return Replayed(fate=_fate(differences), same_rules=True, differences=tuple(differences))
    present = _present(policy, verdicts, readings)
    if present != readings:
        told = {(one.decision, one.part, one.now) for one in differences}
        for verdict in verdicts:
            other = [
                one.model_copy(update={"by_defaults": True})
                for one in _decided(policy, record, verdict, present, same_rules)
                if one.part not in _SAID_ALREADY and (one.decision, one.part, one.now) not in told
            ]
            # Where another outcome comes of it, all else is another with it.
            differences += [one for one in other if one.part in ("status", "outcome")] or other
    moved = tuple(_moved(policy, verdicts))
    return Replayed(fate=_fate(differences), same_rules=False, differences=tuple(differences), defaults=moved)


def _fate(differences: list[Difference]) -> Fate:
    held = {one.part for one in differences if not one.by_defaults}
    if held - {"wording"}:
        return "changed"
    if any(one.by_defaults for one in differences):
        return "read_otherwise"
    return "reworded" if held else "same"


def _present(
    policy: Policy, verdicts: tuple[VerdictData, ...], readings: Mapping[str, str | None]
) -> dict[str, str | None]:
    """Return the present defaults, but for readings that were left open or are known to be chosen against a default."""
    chosen = {one.id for verdict in verdicts for one in verdict.readings if not one.is_default}
    return {
        name: option if option is None or name in chosen else policy.rules.readings[name].default
        for name, option in readings.items()
    }


def _moved(policy: Policy, verdicts: tuple[VerdictData, ...]) -> list[DefaultMoved]:
    """Return the readings on whose default a verdict relied, and which have another now."""
    found: dict[str, DefaultMoved] = {}
    for one in (used for verdict in verdicts for used in verdict.readings):
        reading = policy.rules.readings.get(one.id)
        if reading is not None and one.is_default and one.option != reading.default:
            now = reading.options[reading.default]
            found[one.id] = DefaultMoved(
                reading=one.id, question=reading.question, en=reading.en, recorded=one.option,
                recorded_label=one.option_label, recorded_en=one.option_en, now=reading.default, now_label=now.label,
                now_en=now.en,
            )  # fmt: skip
    return list(found.values())


def _decided(
    policy: Policy, record: Record, recorded: VerdictData, readings: Mapping[str, str | None], same_rules: bool
) -> list[Difference]:
    try:
        day = date.fromisoformat(record.public.as_of) if record.public.as_of else None
        now = policy.decide(record.case(), recorded.decision, as_of=day, readings=readings).data
    except (InputError, ValueError) as error:
        zh = (error.text("zh") if isinstance(error, InputError) else str(error)).splitlines()[0]
        first, was = str(error).splitlines()[0], recorded.outcome or recorded.status
        was_zh = recorded.outcome_label or status_word(recorded.status, "zh")
        return [
            Difference(
                decision=recorded.decision, part="error", recorded=was, now=first,
                label=recorded.label, recorded_zh=was_zh, now_zh=zh,
            )
        ]  # fmt: skip
    return [
        Difference(
            decision=recorded.decision, part=part, recorded=was, now=is_, label=recorded.label, recorded_zh=was_zh,
            now_zh=is_zh,
        )
        for part, ((was, was_zh), (is_, is_zh)) in compared(recorded, now, defaults=same_rules).items()
    ]  # fmt: skip
