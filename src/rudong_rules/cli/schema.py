"""``rudong-rules schema``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from pydantic import TypeAdapter

from ..case_schema import case_schema
from ..parts import FILES
from ..policy import load
from ..ruleset import RegulationFile
from .app import command
from .options import Language, LanguageOption, Output, Policies, as_lang
from .output import write_json


class SchemaName(StrEnum):
    """What a JSON Schema describes."""

    case = "case"
    rules = "rules"


@command("输出 JSON Schema：案件的（中文名称和编号均可），或规则文件的。事实的列表见 facts。")
def schema(
    what: Annotated[
        SchemaName, typer.Argument(help="案件的事实，或规则的文件 / the facts of a case, or the files of a policy")
    ] = (SchemaName.case),
    lang: LanguageOption = Language.zh,
    policies: Policies = None,
    output: Output = None,
) -> None:
    """Print the JSON Schema of a case, or of the files of a policy; the command facts lists the facts to read."""
    if what is SchemaName.case:
        write_json(case_schema(load(policies).reader, as_lang(lang)), output)
    else:
        files = {"regulation": RegulationFile, **FILES}
        write_json({f"{stem}.yaml": TypeAdapter(kind).json_schema() for stem, kind in files.items()}, output)
