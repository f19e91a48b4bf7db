"""The JSON Schema of a case as people write it: under ids or labels, each explained by its names and its question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .case_model import MAX_DIGITS
from .cases import CaseReader
from .labels import LIST_PARTS, RESERVED, SOURCE_PARTS
from .vocabulary import Named, Record, RecordField, Scalar
from .wording import Lang, pick

_Schema = dict[str, Any]
_PARTS: dict[str, tuple[str, str]] = {
    "title": ("案件的标题", "a title for the case"),
    "as_of": ("案件所述的日期：此后的事实不计", "the day that the case describes: facts after it do not count"),
    "complete": (
        "各项是否齐全：true 表示到案件的日期为止没有遗漏，未列的即没有；false 或不写，未列的即未查明",
        "whether the entries are all there are up to the day of the case: true says that what is not listed is not; "
        "false, or nothing, that it is not known",
    ),
    "entries": ("各项；也可不写“各项”，直接写列表", "the entries; a list may also stand alone"),
    "value": ("认定的结果；未认定则不写", "what is found; leave it out while nothing is"),
    "determined_by": ("作出认定的组织或人", "the organ or person that found it"),
    "determined_on": ("认定的日期，如 2024-03-01", "the day on which it was found, such as 2024-03-01"),
    "evidence": ("认定的依据", "what it was found on"),
}
"""What the parts that every case has are for."""
_BEYOND = (
    "案件的事实；名称用编号或中文均可。本 Schema 说不了的由读取者检查：同一事实或栏目不得用两个名称各写一次；"
    "以文字写的分数的范围；2 月 29 日只在闰年；各值之间的先后、大小和重复；案件日期之后的认定。",
    "The facts of a case, by id or Chinese label. What this schema cannot say is checked by whoever reads the case: "
    "that nothing is given twice, by id and by label; the range of fractions written as text; that 29 February is in "
    "leap years alone; what values have to do with each other (order, size, repetition); what was found after the day.",
)
_DAY = (
    "^(?!0000)[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|"
    "02-(0[1-9]|[12][0-9]))$"
)
_EXACT = r"^\s*[-+]?(?=\d|\.\d)(\d[\d_]*)?(/(?!0+\s*$)\d[\d_]*|\.[\d_]*)?\s*$"
"""The days that there are, but for 29 February, and what is read as an exact number."""
_MOST = 10**MAX_DIGITS - 1


def case_schema(reader: CaseReader, lang: Lang = "zh") -> _Schema:
    """Return the JSON Schema of cases that ``reader`` reads; titles are in a language, either name is accepted.

    What the reader alone checks, such as that a thing is given once, is told in its description.
    """
    vocabulary = reader.vocabulary
    schema = reader.model.model_json_schema()
    _sharpen(schema)
    schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "description": pick(*_BEYOND, lang)}
    defs: dict[str, _Schema] = schema.setdefault("$defs", {})
    facts: dict[str, Named] = {**vocabulary.findings, **vocabulary.scalars, **vocabulary.records}
    labels = {name: (thing.label, thing.en) for name, thing in facts.items()}
    labels |= {name: (label, _PARTS[name][1]) for label, name in RESERVED.items()}
    for name, scalar in vocabulary.scalars.items():
        _allow_labels(schema["properties"][name], scalar.options)
        _bound(schema["properties"][name], scalar)
        _allow_labels(defs.get(f"{name}_determination", {}), scalar.options)
    for name, record in vocabulary.records.items():
        _explain_record(defs, name, record, lang)
        entries = {key: one for key, one in defs[name]["properties"]["entries"].items() if key in ("items", "maxItems")}
        schema["properties"][name]["anyOf"].append({"type": "array", **entries})
        _accept_labels(defs[name], _parts(LIST_PARTS), lang)
    for name in ("Determination", *(f"{name}_determination" for name in vocabulary.scalars)):
        if name in defs:
            _accept_labels(defs[name], _parts(SOURCE_PARTS), lang)
    _accept_labels(schema, labels, lang)
    return schema


def _sharpen(schema: Any) -> None:
    """Say of every day and whole number what the reader takes: formats are seldom checked, and have no bounds."""
    if isinstance(schema, list):
        for one in schema:
            _sharpen(one)
    elif isinstance(schema, dict):
        if schema.get("format") == "date":
            schema["pattern"] = _DAY
        if schema.get("type") == "integer":
            schema.setdefault("minimum", -_MOST)
            schema.setdefault("maximum", _MOST)
        for inside in schema.values():
            _sharpen(inside)


def _bound(schema: _Schema, kind: Scalar | RecordField) -> None:
    """Say how the exact number of a fact or column is written, and its bounds where it is a whole one."""
    if kind.type != "fraction":
        return
    for branch in schema.get("anyOf", [schema]):
        if branch.get("type") == "string":
            branch |= {"pattern": _EXACT, "maxLength": 64}
        elif branch.get("type") == "integer":
            for name, most in (("minimum", kind.min), ("maximum", kind.max)):
                branch.pop(name)
                branch |= {} if most is None else {name: most}


def _explain_record(defs: dict[str, _Schema], name: str, record: Record, lang: Lang) -> None:
    entry = defs[f"{name}_entry"]
    for key, column in record.fields.items():
        _allow_labels(entry["properties"][key], column.options)
        _bound(entry["properties"][key], column)
    for key in ("complete", "entries"):
        defs[name]["properties"][key]["description"] = pick(*_PARTS[key], lang)
    for one in (defs[name], entry):
        one["title"] = pick(record.label, record.en, lang)
    _accept_labels(entry, {key: (column.label, column.en) for key, column in record.fields.items()}, lang)


def _parts(named: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    return {key: (label, key.replace("_", " ")) for label, key in named.items()}


def _accept_labels(schema: _Schema, labels: Mapping[str, tuple[str, str]], lang: Lang) -> None:
    """Accept every property of an object under its label as well as its id; one that is needed, under either."""
    properties: dict[str, _Schema] = schema["properties"]
    for name, (label, en) in labels.items():
        told = properties[name]
        told["title"] = pick(label, en, lang)
        if name in _PARTS:
            told.setdefault("description", pick(*_PARTS[name], lang))
        properties[label] = told
    needed = schema.pop("required", [])
    if needed:
        schema["allOf"] = [{"anyOf": [{"required": [name]}, {"required": [labels[name][0]]}]} for name in needed]


def _allow_labels(schema: Any, options: Mapping[str, Named]) -> None:
    """Allow the labels of options wherever their ids are allowed."""
    if isinstance(schema, list):
        for one in schema:
            _allow_labels(one, options)
    elif isinstance(schema, dict):
        if "const" in schema and schema["const"] in options:
            schema["enum"] = [schema.pop("const")]
        if set(schema.get("enum", ())) & set(options):
            schema["enum"] = [*schema["enum"], *(options[key].label for key in schema["enum"])]
            return
        for inside in schema.values():
            _allow_labels(inside, options)
