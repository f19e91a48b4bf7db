"""``rudong-rules record`` and ``rudong-rules redact``."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer

from ..bilingual import say
from ..errors import InputError, Problem, Span
from ..wording import word
from .app import command
from .asked import read_asked
from .options import (
    AsOf,
    CaseArgument,
    Decisions,
    Engine,
    EngineName,
    Language,
    LanguageOption,
    Policies,
    Reading,
    as_lang,
)
from .output import write

Records = Annotated[
    Path,
    typer.Option("--output", "-o", help="记录文件，续写，没有则新建 / file of records to append to; made when missing"),
]


@command("记录结论：把结论连同案情续写到文件，成为可以重演的链条。")
def record(
    case: CaseArgument,
    output: Records,
    decision: Decisions = None,
    as_of: AsOf = None,
    reading: Reading = None,
    engine: Engine = EngineName.fixpoint,
    sign: Annotated[
        Path | None, typer.Option("--sign", help="签名用的私钥 / Ed25519 private key, PEM, that signs the record")
    ] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="只存案情和结论的校验值 / keep digests of the case and its verdicts only")
    ] = False,
    policies: Policies = None,
    lang: LanguageOption = Language.zh,
) -> None:
    """Decide a case and append the record of it to a file: a chain that replay verifies."""
    from ..ledger import Ledger
    from ..record import SALT_BYTES
    from ..record import record as record_of
    from ..signing import load_private_key

    key = load_private_key(sign) if sign else None
    asked = read_asked(policies, case, decision or (), as_of, reading)
    salt = secrets.token_bytes(SALT_BYTES)
    made = record_of(asked.policy, asked.data, decision or None, salt=salt, engine=engine.value, **asked.how)
    done = Ledger(output).append(made.redacted() if redact else made, key)
    if done.set_aside:
        print(word("set_aside", as_lang(lang)).format(done.set_aside, f"{output}.torn"), file=sys.stderr)
    write(f"{done.line.content.sequence} {done.line.digest}\n", None)


@command("隐去记录中的个人情况：链条和签名仍可验证。")
def redact(
    file: Annotated[Path, typer.Argument(help="记录文件 / file of records")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="新文件，只含案情的校验值 / new file, with digests of the cases only")
    ],
    lang: LanguageOption = Language.zh,
) -> None:
    """Copy a file of records without what concerns persons; chain and signatures verify as before."""
    from ..ledger import Ledger, Torn

    if os.path.exists(output):
        raise InputError([Problem(Span(str(output)), "exists", say("file_exists"), say("name_new_file"))])
    kept = [line.redacted().written().decode() for line in Ledger(file).lines() if not isinstance(line, Torn)]
    write("".join(kept), output)
