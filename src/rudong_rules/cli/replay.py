"""``rudong-rules replay``."""

from __future__ import annotations

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

_MARKS = {"identical": "✓", "same": "✓", "changed": "⚠", "tampered": "✗", "redacted": "?", "torn": "⚠"}
_LONGEST = 200


@command(
    "验证记录并重演：逐条重新得出结论，与记录对照。"
    "退出码：0 全部相同；1 在这些规则下结论不同，或末行残缺；2 记录被改动。"
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
    """Verify a file of records and decide each again.

    Exit code 0: all came out the same; 1: verdicts differ under these rules, or the last line is torn; 2: tampered.
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
        write_document([layout.Section(str(file), tuple(_lines(rows, as_lang(lang))), 1)], format_, output)
    if broken:
        raise broken
    fates = {row["fate"] for row in rows}
    raise typer.Exit(2 if "tampered" in fates else 1 if fates & {"changed", "torn"} else 0)


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
        for one in row.get("differences", ()):
            part = one["part"]
            was, now = (pick(one[f"{side}_zh"], one[side], lang) for side in ("recorded", "now"))
            change = f"{_short(was)} → {_short(now)}"
            said = word("wording", lang) if part == "wording" else f"{word(f'part_{part}', lang)}{colon(lang)}{change}"
            lines.append(layout.Line(f"{visible(pick(one['label'], one['decision'], lang))}　{said}", 1))
        if "digest" in row:
            lines.append(layout.Line(row["digest"], 1))
    return lines


def _short(text: str) -> str:
    shown = visible(text) or "∅"
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
