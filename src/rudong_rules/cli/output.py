"""Where results go: a terminal, a pipe or a file."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from .. import layout
from ..bilingual import say
from ..errors import InputError, Problem, Span, system_said
from ..wording import CONTROLS, Lang

_ESCAPES = {code: f"\\u{code:04x}" for code in CONTROLS if code != ord("\n")}
"""Only a string of JSON can hold these, and there an escape says the same."""


def write_document(sections: list[layout.Section], form: str, output: Path | None, lang: Lang = "zh") -> None:
    """Write sections as Markdown (``md``), as a page (``html``) or as text, in colour on a terminal.

    ``lang`` is the language of a page.  Raises InputError as :func:`write`.
    """
    if form == "md":
        write(layout.markdown(sections), output)
    elif form == "html":
        from .. import html  # few look at pages, and everybody waits for an import

        write(html.document(sections, lang), output)
    elif output is None and sys.stdout is not None and sys.stdout.isatty():
        from rich.console import Console

        layout.show(sections, Console(highlight=False))
    else:
        write(layout.text(sections), output)


def write_json(data: Any, output: Path | None) -> None:
    """Write plain data as JSON with sorted keys.  Raises InputError as :func:`write`."""
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
    write(text.translate(_ESCAPES) + "\n", output)


def show_page(text: str, output: Path | None, open_: bool) -> None:
    """Write a page; with ``open_`` show it in the browser, from a temporary file unless ``output`` names one."""
    import webbrowser  # few look at pages, and everybody waits for an import
    from tempfile import NamedTemporaryFile

    if open_ and output is None:
        with NamedTemporaryFile("w", encoding="utf-8", prefix="rudong-", suffix=".html", delete=False) as kept:
            kept.write(text)
        output = Path(kept.name)
    else:
        write(text, output)
    if open_ and output is not None and not webbrowser.open(output.resolve().as_uri()):
        raise InputError([Problem(Span("--open"), "no-browser", say("no_browser"), say("open_it", file=str(output)))])


def must_be_writable(output: Path) -> None:
    """Raise InputError for a file that cannot be written; what is there stays, what is not there is not made."""
    try:
        there = output.exists()
        with output.open("ab"):
            pass
        if not there:
            output.unlink()
    except OSError as error:
        raise _cannot_write(str(output), error, "name_file_to_make") from None


def _cannot_write(name: str, error: OSError, hint: str) -> InputError:
    return InputError([Problem(Span(name), "cannot-write", system_said(error), say(hint))])


def write(text: str, output: Path | None) -> None:
    """Write text to a file, or to standard output without one.  Raises InputError when it cannot be written."""
    try:
        if output is not None:
            # As on standard output: the name of a file may hold bytes that are no text.
            output.write_text(text, encoding="utf-8", errors="backslashreplace")
        elif sys.stdout is not None:
            sys.stdout.write(text)
            sys.stdout.flush()
    except OSError as error:
        if output is None:
            # What is left in the buffer has nowhere to go: Python must not try once more when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return  # The reader of our output has what it wanted.
        name = say("standard_output") if output is None else str(output)
        raise _cannot_write(name, error, "write_elsewhere" if output is None else "name_file_to_make") from None
