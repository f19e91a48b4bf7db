"""``rudong-rules schema``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from ..case_schema import case_schema
from ..parts import FILES
from ..policy import load
from ..ruleset import RegulationFile
from ..verdict_data import OpinionData, VerdictData
from .app import command
from .options import Language, LanguageOption, Output, Policies, as_lang
from .output import write_json


class SchemaName(StrEnum):
    """What a JSON Schema describes."""

    case = "case"
    rules = "rules"
    verdict = "verdict"
    opinion = "opinion"


@command("输出 JSON Schema：案件的（中文名称和编号均可），规则文件的，或结论的（decide -f json）。事实的列表见 facts。")
def schema(
    what: Annotated[
        SchemaName,
        typer.Argument(
            help="案件的事实、规则的文件、一项结论，或全部结论"
            " / the facts of a case, the files of a policy, a verdict, or the verdicts of all decisions"
        ),
    ] = (SchemaName.case),
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """Print the JSON Schema of a case, of the files of a policy, or of what decide writes as JSON.

    The command facts lists the facts to read.
    """
    if what is SchemaName.case:
        write_json(case_schema(load(policies).reader, as_lang(lang)), output)
    elif what is not SchemaName.rules:
        data = VerdictData if what is SchemaName.verdict else OpinionData
        write_json({"$schema": GenerateJsonSchema.schema_dialect, **data.model_json_schema()}, output)
    else:
        files = {"regulation": RegulationFile, **FILES}
        write_json({f"{stem}.yaml": TypeAdapter(kind).json_schema() for stem, kind in files.items()}, output)
