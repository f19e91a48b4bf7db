"""Names of entries in a ``where`` → what they stand for: whatever reads a policy after this knows of no such name.

A record says under ``named`` which entries have a name of their own (``proposal: {event: proposed, …}``); a
``where``, an alternative or an option of a reading in it may be such a name.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .bilingual import Hint, Text, say
from .complaints import nearest
from .conditions import options_of
from .expressions import WHERES, MeasureError
from .measure_checks import Terms, kind_of
from .parts import Parts
from .ruleset import DUTY_CONDITIONS, Decision
from .source import Loc, Report
from .vocabulary import Measure, Named, Record
from .wheres import readings_in

Where = dict[str, Any]
_WRITTEN = {
    "measures": ("value",), "rules": ("when", "unless"), "duties": ("within", *DUTY_CONDITIONS),
    "periods": ("where",), "invariants": ("never", "always"),
}  # fmt: skip
"""The fields, by section, in which a ``where`` may stand; rungs have theirs in the ladder of a decision."""


def write_out(parts: Parts) -> None:
    """Replace every name of entries in ``parts`` by what it stands for.

    A name that stands for nothing, one that nothing uses and one that chooses no entries are added to the problems.
    """
    writer = _Writer(parts)
    for section, fields in _WRITTEN.items():
        for key, thing in parts.section(section).items():
            origin = parts.origins[f"{section}:{key}"]
            parts.section(section)[key] = writer.thing(thing, fields, origin.loc, parts.reporter(origin.document))
    decision: Decision
    for key, decision in parts.section("decisions").items():
        origin = parts.origins[f"decisions:{key}"]
        report = parts.reporter(origin.document)
        ladder = {
            rung: writer.thing(step, ("when",), (*origin.loc, "ladder", rung), report)
            for rung, step in decision.ladder.items()
        }
        parts.section("decisions")[key] = decision.model_copy(update={"ladder": ladder})
    writer.report_unused()


class _Writer:
    """Writes names out; ``named`` are the entries that have one, by record, ``used`` the names met."""

    def __init__(self, parts: Parts) -> None:
        self.named: dict[str, dict[str, Where]] = {}
        self.used: set[tuple[str, str]] = set()
        self._parts = parts
        self._sound = True
        self._records: dict[str, Record] = parts.section("records")
        for key, record in self._records.items():
            origin = parts.origins[f"records:{key}"]
            report = parts.reporter(origin.document)
            self.named[key] = {}
            for name, where in record.named.items():  # One may use those above it.
                self.named[key][name] = self._where(where, key, (*origin.loc, "named", name), report)
        self._check()

    def _check(self) -> None:
        """Report what chooses no entries where it is named, and let any entry fit where it is used."""
        parts = self._parts
        measures: dict[str, Measure] = parts.section("measures")
        written = {name: self._data(measure.value, (), _unheard) for name, measure in measures.items()}
        names = replace(Terms.of(parts.vocabulary()), measures=written)
        readings = {name: reading.options for name, reading in parts.section("readings").items()}
        for key, named in self.named.items():
            origin = parts.origins[f"records:{key}"]
            for name, where in named.items():
                before, loc = len(parts.problems), (*origin.loc, "named", name)
                report = parts.reporter(origin.document)
                try:
                    kind_of({"count": {"of": key, "where": where}}, names, readings=True)
                    for path, reading, options in readings_in(where):
                        options_of({reading: dict.fromkeys(options)}, (*loc, *path), readings, report)
                except MeasureError as error:
                    if not error.measure:
                        report((*loc, *error.loc[2:]), "bad-measure", error.said, error.hint)
                if len(parts.problems) > before:
                    named[name] = {}

    def thing(self, thing: Named, fields: tuple[str, ...], loc: Loc, report: Report) -> Named:
        """Return a part of a policy with the names in some of its fields written out."""
        said = vars(thing)
        if "where" in fields:
            where = {"of": said["of"], "where": said["where"]}
            written = {"where": self._data(where, loc, report)["where"]}
        else:
            written = {name: self._data(said[name], (*loc, name), report) for name in fields}
        changed = {name: data for name, data in written.items() if data is not said[name]}
        return thing.model_copy(update=changed) if changed else thing

    def report_unused(self) -> None:
        """Report each name of entries that nothing uses, unless what uses it may have misspelled it."""
        for key, named in self.named.items() if self._sound else ():
            origin = self._parts.origins[f"records:{key}"]
            for name in (one for one in named if (key, one) not in self.used):
                span = origin.document.key_span((*origin.loc, "named", name))
                message = say("used_nowhere", what=say("name_of_entries"), name=name)
                self._parts.problem(span, "unused-entries", message, say("use_or_delete"))

    def _data(self, data: Any, loc: Loc, report: Report) -> Any:
        """Return a condition or expression with its names written out; itself where there are none."""
        if isinstance(data, list):
            return _same(data, [self._data(inner, (*loc, nth), report) for nth, inner in enumerate(data)])
        if not isinstance(data, dict):
            return data
        source = data.get("in", data.get("of"))
        record = source if isinstance(source, str) and source in self.named else ""
        return _same(data, {
            key: self._where(inner, record, (*loc, key), report)
            if record and key in WHERES
            else self._data(inner, (*loc, key), report)
            for key, inner in data.items()
        })  # fmt: skip

    def _where(self, where: Any, record: str, loc: Loc, report: Report) -> Any:
        """Return what a ``where`` asks of the entries of a record."""
        if isinstance(where, str):
            return self._entries(where, record, loc, report)
        if not isinstance(where, dict):
            return where
        written = dict(where)
        if isinstance(others := where.get("any_of"), list):
            each = [self._where(one, record, (*loc, "any_of", nth), report) for nth, one in enumerate(others)]
            written["any_of"] = _same(others, each)
        if isinstance(readings := where.get("by_reading"), dict):
            written["by_reading"] = _same(readings, {
                reading: self._options(options, record, (*loc, "by_reading", reading), report)
                for reading, options in readings.items()
            })  # fmt: skip
        return _same(where, written)

    def _options(self, options: Any, record: str, loc: Loc, report: Report) -> Any:
        if not isinstance(options, dict):
            return options
        each = {option: self._where(fields, record, (*loc, option), report) for option, fields in options.items()}
        return _same(options, each)

    def _entries(self, name: str, record: str, loc: Loc, report: Report) -> Where:
        """Return what a name stands for; any entry where it stands for nothing, so that only the name is reported."""
        known = self.named[record]
        if name in known:
            self.used.add((record, name))
            return known[name]
        self._sound = False
        other = next((key for key, one in self._records.items() if name in one.named), "")
        if name in self._records[record].named:
            hint = say("name_below", name=name)
        else:
            hint = say("named_there", record=other) if other else nearest(name, known) or say("write_field")
        report(loc, "unknown-entries", say("no_entries_named", record=record, name=name), hint)
        return {}


def _same(data: Any, written: Any) -> Any:
    """Return the data itself where nothing in it was written out."""
    keys = data if isinstance(data, dict) else range(len(data))
    return data if all(written[key] is data[key] for key in keys) else written


def _unheard(loc: Loc, code: str, message: Text, hint: Hint = "") -> None:
    """Report nothing: what is wrong with a measure is told where it is written out for good."""
