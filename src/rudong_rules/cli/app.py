"""The command itself: what all of its parts hang on, and how it ends."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated, NoReturn

import typer

from .. import __version__
from ..errors import RudongRulesError
from ..wording import Lang
from .help import Group, command_of
from .output import write

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    cls=Group,
    help="按可执行的干部管理细则，对案件得出附有条文依据的结论。结论仅供参考，认定和决定由有权的人员和组织作出。\n\n"
    "Decide personnel cases under executable regulations, with the clauses that each verdict rests on.",
)  # fmt: skip

command = command_of(app)


def main() -> NoReturn:
    """Run the command; problems of the input go to standard error, never as a traceback."""
    # A command builds a policy and ends: to look for rubbish after every 700 objects would be a tenth of its time.
    gc.set_threshold(20_000)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show Chinese gets escapes instead of a crash.
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="rudong-rules")
    except RudongRulesError as error:
        print(error.text(_language(sys.argv)), file=sys.stderr)
        sys.exit(2)
    sys.exit(0)


def _language(words: Sequence[str]) -> Lang:
    """Return the language that a command line asks for, whether or not it can be read as a whole."""
    after = zip(words, [*words[1:], ""], strict=True)
    english = any(one == "--lang=en" or (one, other) == ("--lang", "en") for one, other in after)
    return "en" if english else "zh"


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="版本 / print the version")] = False) -> None:
    if version:
        write(f"rudong-rules {__version__}\n", None)
        raise typer.Exit
