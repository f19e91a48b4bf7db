"""Verdicts and opinions kept as JSON: read again they show themselves as they were; a schema says what they hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import rudong_rules
from commands import Command
from rudong_rules import OpinionData, VerdictData
from rudong_rules.source import read_document
from rudong_rules.wording import Lang

CASES = sorted((Path(__file__).parents[1] / "examples" / "cases").glob("*.yaml"))
POLICY = rudong_rules.load()


def case(number: int) -> Any:
    """A shipped case."""
    return read_document(CASES[number]).data


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_stored_verdict_shows_itself_as_the_verdict_did(lang: Lang) -> None:
    verdict = POLICY.decide(case(1), "tolerance")
    stored = VerdictData.model_validate_json(verdict.to_json())
    assert stored.to_text(lang) == verdict.to_text(lang)
    assert stored.to_text(lang, full=True) == verdict.to_text(lang, full=True)
    assert stored.to_markdown(lang) == verdict.to_markdown(lang)
    assert str(stored) == str(verdict)
    assert stored._repr_markdown_() == verdict._repr_markdown_()
    assert stored.to_json() == verdict.to_json()
    assert stored.to_html(lang).startswith("<!doctype html>")
    for page in (stored.to_html(lang), stored._repr_html_()):
        assert verdict.citations[0].text in page


def test_it_does_so_whatever_the_policy_says_by_now() -> None:
    """Labels, texts and reasons are those of the day on which it was decided."""
    written = POLICY.decide(case(1), "tolerance").to_json().replace("不予容错", "当日的说法")
    assert "当日的说法" in VerdictData.model_validate_json(written).to_text()


def test_a_stored_opinion_does_so_too() -> None:
    opinion = POLICY.decide(case(0))
    stored = OpinionData.model_validate_json(opinion.to_json())
    assert (stored.to_text(), stored.to_markdown("en")) == (opinion.to_text(), opinion.to_markdown("en"))
    assert stored.to_json() == opinion.to_json()
    assert "<title>" in stored.to_html()


def test_the_schema_of_verdicts_fits_what_decide_writes(command: Command, tmp_path: Path) -> None:
    schemas = {name: json.loads(command.done(f"schema {name}", tmp_path)) for name in ("verdict", "opinion")}
    for schema in schemas.values():
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        jsonschema.Draft202012Validator.check_schema(schema)
    one, every = (jsonschema.Draft202012Validator(schemas[name]) for name in ("verdict", "opinion"))
    for number in range(len(CASES)):
        opinion = POLICY.decide(case(number))
        every.validate(json.loads(opinion.to_json()))
        for verdict in opinion.values():
            one.validate(json.loads(verdict.to_json()))
    assert not one.is_valid({**json.loads(verdict.to_json()), "nonsense": 1})
    assert not one.is_valid({**json.loads(verdict.to_json()), "status": "other"})
