"""What a reader of a verdict must be told of the case on its day: what does not count, which lists are open.

And of the rules, to what they have no answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from .case_model import CaseBase, Determination
from .events import entry_words
from .verdict_data import Fact, Note
from .vocabulary import Finding, Record, Scalar, Vocabulary


def notes(case: CaseBase, day: date | None, read: Collection[str], vocabulary: Vocabulary) -> tuple[Note, ...]:
    """Return the notes on the facts that a decision reads; without a day none on what comes after it."""
    return tuple(_notes(case, day, read, vocabulary))


def no_answer(question: Fact) -> Note:
    """Return the note on a question that further facts cannot answer."""
    return Note(
        label=f"{question.label}：所需事实已经给全，规则没有给出答案，须由有权解释的组织明确",
        en=f"{question.en}: all that it takes is given, and the rules have no answer; "
        "those who may interpret them have to give one",
    )


def _notes(case: CaseBase, day: date | None, read: Collection[str], vocabulary: Vocabulary) -> Iterator[Note]:
    plain: Mapping[str, Finding | Scalar] = {**vocabulary.findings, **vocabulary.scalars}
    for name in (one for one in plain if one in read and one in case.model_fields_set):
        thing, given = plain[name], getattr(case, name)
        if _without_value(given):
            yield Note(
                label=f"{thing.label}：写了认定主体、日期或者依据，没有写认定的结果，按未查明",
                en=f"{thing.en}: with an organ, a day or evidence, and without what was found; taken as not known",
            )
        if day and _found_later(given, day):
            yield Note(
                label=f"{thing.label}：{day} 以后的认定不计",
                en=f"{thing.en}: what was found after {day} does not count",
            )
    for name, record in vocabulary.records.items():
        if name in read and getattr(case, name) is not None:
            yield from _of_list(record, getattr(case, name), case.as_of, day)


def _without_value(given: Any) -> bool:
    """Return whether one source is given without what was found; among several it withdraws what was found before."""
    sourced = isinstance(given, Determination) and given.value is None
    return sourced and bool(given.determined_by or given.determined_on or given.evidence)


def _found_later(given: Any, day: date) -> bool:
    every = given if isinstance(given, tuple) else (given,)
    return any(isinstance(one, Determination) and one.determined_on and one.determined_on > day for one in every)


def _of_list(record: Record, listed: Any, own: date | None, day: date | None) -> Iterator[Note]:
    if listed.complete and "entries" not in listed.model_fields_set:
        yield Note(
            label=f"{record.label}：写明已列全，没有写出各项，按一项也没有",
            en=f"{record.en}: declared complete, without its entries; taken as none at all",
        )
    if day is None:
        return
    later = [entry for one in listed.entries if record.after(entry := dict(one), day)]
    if later:
        # In the order of what they are called: the order of the entries says nothing.
        zh, en = entry_words(record, sorted(later, key=lambda entry: entry_words(record, [entry])))
        yield Note(label=f"{record.label}：{day} 以后的不计（{zh}）", en=f"{record.en}: after {day}, not counted: {en}")
    if listed.complete and own and day > own:
        yield Note(
            label=f"{record.label}：只说明到 {own} 为止齐全，此后有没有未查明",
            en=f"{record.en}: declared complete up to {own} only; whether there were any after it is not known",
        )
