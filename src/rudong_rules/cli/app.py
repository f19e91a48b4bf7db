"""The command itself: what all of its parts hang on, and how it ends."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from shutil import get_terminal_size
from typing import Annotated, NoReturn

import typer

from .. import __version__
from ..bilingual import say
from ..errors import RudongRulesError
from ..wording import Lang
from ..wrapping import folded
from .help import Group, command_of
from .mistakes import is_mistake, told
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
    lang = _language(sys.argv)
    try:
        code = app(prog_name="rudong-rules", standalone_mode=False)
    except RudongRulesError as error:
        _complain(error.text(lang), 2)
    except typer.Abort:
        _complain(say("ended").text(lang), 1)
    except Exception as error:
        if not is_mistake(error):
            raise
        _complain(told(error, lang), 2)
    sys.exit(code or 0)


def _complain(message: str, code: int) -> NoReturn:
    """End with a message on standard error, in lines of the terminal where that is one."""
    if sys.stderr is not None:
        width = get_terminal_size().columns if sys.stderr.isatty() else None
        print(message if width is None else folded(message, width), file=sys.stderr)
    sys.exit(code)


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
