"""Records decided again: what the rules at hand make of the same case, on the same day, under the same readings."""

from __future__ import annotations

from datetime import date
from typing import Literal

from .errors import InputError
from .policy import Policy
from .record import Record, rule_digests
from .verdict_data import Data, VerdictData
from .wording import apart, duty_stands, status_word, word

Fate = Literal["identical", "same", "changed", "tampered", "redacted"]


class Difference(Data):
    """What became different in one part of one verdict; ``part`` is a field of VerdictData, or ``error``.

    ``recorded`` and ``now`` are told by ids, ``label`` (of the decision), ``recorded_zh`` and ``now_zh`` in Chinese.
    """

    decision: str
    part: str
    recorded: str
    now: str
    label: str
    recorded_zh: str
    now_zh: str


class Replayed(Data):
    """What became of a record.

    ``identical``: the same rules give the same verdicts.  ``same``: other rules (or another version of the library)
    give them too.  ``changed``: other rules give other verdicts, and ``differences`` says where.  ``tampered``: the
    rules are the recorded ones and do not give what is recorded.  ``redacted``: there is no case to decide.
    """

    fate: Fate
    same_rules: bool
    differences: tuple[Difference, ...] = ()


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
    differences: list[Difference] = []
    for recorded in record.sealed.verdicts.value:
        differences += _decided(policy, record, recorded, same_rules)
    if same_rules and same_library:
        return Replayed(
            fate="tampered" if differences else "identical", same_rules=True, differences=tuple(differences)
        )
    fate: Fate = "changed" if differences else "same"
    return Replayed(fate=fate, same_rules=same_rules, differences=tuple(differences))


def _decided(policy: Policy, record: Record, recorded: VerdictData, same_rules: bool) -> list[Difference]:
    try:
        day = date.fromisoformat(record.public.as_of) if record.public.as_of else None
        known = policy.rules.readings
        # A reading that is no longer asked cannot be chosen; one that is new is left to its default.
        readings = {name: option for name, option in record.public.readings.items() if same_rules or name in known}
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
    before, after = _compared(recorded), _compared(now)
    return [
        Difference(
            decision=recorded.decision, part=part, recorded=before[part][0], now=after[part][0],
            label=recorded.label, recorded_zh=before[part][1], now_zh=after[part][1],
        )
        for part in before
        if before[part][0] != after[part][0]
    ]  # fmt: skip


def _compared(verdict: VerdictData) -> dict[str, tuple[str, str]]:
    """Return the parts of a verdict by name, those that matter most first, each by ids and in Chinese."""
    duties, periods, wording = verdict.duties, verdict.periods, verdict.model_dump_json(exclude={"digests"})
    stands = [f"{one.label}（{word(duty_stands(one.state, one.modality)[0], 'zh')}）" for one in duties]
    return {
        "status": (verdict.status, status_word(verdict.status, "zh")),
        "outcome": (verdict.outcome or "", verdict.outcome_label),
        "citations": (
            " ".join(one.ref for one in verdict.citations), "、".join(one.short for one in verdict.citations)
        ),
        "duties": (" ".join(f"{one.id}={one.state}" for one in duties), "；".join(stands)),
        "periods": (
            " ".join(f"{one.id}={one.first}/{one.last}" for one in periods),
            "；".join(f"{one.label} {one.first}至{one.last}" for one in periods),
        ),
        "missing": (" ".join(one.name for one in verdict.missing), apart((one.label for one in verdict.missing), "、")),
        "case": (verdict.digests.case, verdict.digests.case),
        "wording": (wording, wording),
    }  # fmt: skip
