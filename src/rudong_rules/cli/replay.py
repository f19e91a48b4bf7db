"""``rudong-rules replay``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from .. import layout
from ..bilingual import say
from ..errors import InputError, Problem, Span, visible
from ..policy import load
from ..wording import Lang, colon, pick, word
from .app import command
from .options import Format, FormatOption, Language, LanguageOption, Output, as_lang
from .output import write_document, write_json

_MARKS = {
    "identical": "✓",
    "same": "✓",
    "reworded": "✓",
    "read_otherwise": "⚠",
    "changed": "⚠",
    "tampered": "✗",
    "redacted": "?",
    "torn": "⚠",
}
_LONGEST = 200


@command(
    "验证记录并重演：逐条按所记的解释重新得出结论，与记录对照；默认解释已改的，另按现行默认得出。"
    "退出码：0 全部相同，或仅文字不同；1 在这些规则下或按现行默认结论不同，或末行残缺；2 记录被改动。"
)
def replay(
    file: Annotated[Path, typer.Argument(help="记录文件 / file of records")],
    policies: Annotated[
        str | None,
        typer.Option(
            "--policies",
            help="规则文件夹，或当日的 git 版本 / folder of policies, or the git revision of that day (REV[:FOLDER])",
        ),
    ] = None,
    verify: Annotated[
        Path | None,
        typer.Option(
            "--verify", help="各记录须以其签名的公钥 / Ed25519 public key, PEM, that every record must be signed with"
        ),
    ] = None,
    format_: FormatOption = Format.text,
    lang: LanguageOption = Language.zh,
    output: Output = None,
) -> None:
    """Verify a file of records and decide each again, under the readings that are recorded.

    Where the default of a reading is another now, each is decided under the present defaults as well.

    Exit code 0: all came out the same, be it in other words; 1: verdicts differ under these rules or their defaults, or
    the last line is torn; 2: tampered.
    """
    from ..ledger import Ledger, LedgerError, Torn
    from ..replay import replay as replay_of
    from ..revisions import policies_at
    from ..signing import load_public_key

    signer = load_public_key(verify) if verify else None
    if policies is None:
        policy = load()
    else:
        with policies_at(policies) as folder:
            policy = load(folder)
    rows: list[dict[str, Any]] = []
    broken: LedgerError | None = None
    try:
        for nth, line in enumerate(Ledger(file).lines(), 1):
            if isinstance(line, Torn):
                rows.append({"line": nth, "fate": "torn", "bytes": line.bytes})
                continue
            result = replay_of(policy, line.record).model_dump()
            if signer is not None and line.content.signer != signer:
                result |= {"fate": "tampered", "signer": line.content.signer or None}
            rows.append({"line": nth, "digest": line.digest, "verdicts": _outcomes(line), **result})
    except LedgerError as error:
        broken = error
    if not rows and broken is None:
        raise InputError([Problem(Span(str(file)), "no-records", say("no_records"), say("name_records"))])
    if format_ is Format.json:
        write_json(rows, output)
    else:
        section = layout.Section(str(file), tuple(_lines(rows, as_lang(lang))), 1)
        write_document([section], format_, output, lang=as_lang(lang))
    if broken:
        raise broken
    fates = {row["fate"] for row in rows}
    raise typer.Exit(2 if "tampered" in fates else 1 if fates & {"changed", "read_otherwise", "torn"} else 0)


def _outcomes(line: Any) -> dict[str, str]:
    return {one.decision: one.outcome or one.status for one in line.content.record.verdicts}


def _lines(rows: list[dict[str, Any]], lang: Lang) -> list[layout.Line]:
    lines = []
    for row in rows:
        fate = row["fate"]
        said = word(f"replay_{fate}", lang).format(row.get("bytes"))
        if "signer" in row:
            said = word("replay_signer", lang)
        lines.append(layout.Line(f"{row['line']}　{said}", 0, _MARKS[fate]))
        differences = row.get("differences", ())
        lines += [_difference(one, lang) for one in differences if not one["by_defaults"]]
        for moved in row.get("defaults", ()):
            was, now = (pick(moved[f"{side}_label"], moved[f"{side}_en"], lang) for side in ("recorded", "now"))
            question = f"{visible(pick(moved['question'], moved['en'], lang))}〔{moved['reading']}〕"
            lines.append(layout.Line(word("default_moved", lang).format(question, visible(was), visible(now)), 1))
        by_defaults = [_difference(one, lang) for one in differences if one["by_defaults"]]
        if by_defaults or row.get("defaults"):
            lines.append(layout.Line(word("by_defaults" if by_defaults else "by_defaults_same", lang), 1))
        lines += [replace(one, depth=2) for one in by_defaults]
        if "digest" in row:
            lines.append(layout.Line(row["digest"], 1))
    return lines


def _difference(one: dict[str, Any], lang: Lang) -> layout.Line:
    was, now = (pick(one[f"{side}_zh"], one[side], lang) for side in ("recorded", "now"))
    part = one["part"]
    said = f"{word(f'part_{part}', lang)}{colon(lang)}{_short(was)} → {_short(now)}"
    return layout.Line(f"{visible(pick(one['label'], one['decision'], lang))}　{said}", 1)


def _short(text: str) -> str:
    shown = visible(text) or "∅"
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
