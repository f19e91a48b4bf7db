"""What the commands that list facts and readings share: what is looked for, and how what is found is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ..bilingual import in_language
from ..errors import did_you_mean, visible
from ..layout import Line, Section
from ..table import Row, Table
from ..wording import Lang, word
from .options import Format
from .output import write_document, write_json

Sought = Annotated[
    str | None, typer.Argument(help="只列含此文字或编号的 / only those that contain these words or this id")
]


def write_table(
    table: Table, words: str | None, section: Callable[[Row], Section], count: str, format_: Format, lang: Lang,
    output: Path | None,
) -> None:  # fmt: skip
    """Write the rows that contain the words, each as a section, and how many they are by the word ``count``.

    Of words that none contains it is said so, and which name or label comes near.
    """
    found = table.find(words) if words else table
    if format_ is Format.json:
        write_json(found.records(), output)
        return
    total = Section(word(count, lang).format(len(found), len(table)), level=1)
    if words and not found:
        near = did_you_mean(words, (row[name] for row in table for name in ("name", "label") if name in row))
        said = word("none_contains", lang).format(visible(words)), in_language(near, lang)
        total = replace(total, lines=tuple(Line(one) for one in said if one))
    write_document([*map(section, found), total], format_.value, output, lang)
