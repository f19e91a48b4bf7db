"""Help in Chinese and English: wrapped as Chinese is, and with the decisions that ``-d`` may name."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from typing import Any

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from ..wrapping import wrapped

INDENT = 4
"""How far an explanation stands in from what it explains."""


class _Told:
    """What is told alike of a command and of the whole."""

    help: str | None

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how it is called."""
        _write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write what it does."""
        _write_text(self.help or "", formatter)


class Command(_Told, TyperCommand):
    """A command whose help lists its parameters, and the shipped decisions where one may be named."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, the options and, with ``-d``, the decisions."""
        for title, kind in (("参数 / Arguments", "argument"), ("选项 / Options", "option")):
            _write_list(title, _records(self.get_params(ctx), ctx, kind), formatter)
        if any("--decision" in one.opts for one in self.get_params(ctx)):
            _write_list("事项 / Decisions", _decisions(), formatter, short=True)


class Group(_Told, TyperGroup):
    """The command itself: its help lists what it can do."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, and each command in a line."""
        _write_list("选项 / Options", _records(self.get_params(ctx), ctx, "option"), formatter)
        named = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        told = [(name, found.short_help or "") for name, found in named if found is not None]
        _write_list("命令 / Commands", told, formatter, short=True)


def command_of(app: typer.Typer) -> Callable[..., Callable[[Callable[..., Any]], Callable[..., Any]]]:
    """Return the decorator that makes a function a command of ``app``, with its help in Chinese before the English.

    The decorator takes the Chinese, of which what stands before the colon is its line in the list of commands, and the
    name of the command where it is not the function's.  The English is the function's docstring.
    """

    def command(chinese: str, name: str | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            english = inspect.getdoc(function) or ""
            short = f"{re.split('[：。]', chinese)[0]} / {re.split('[:;,.]', english)[0]}"
            app.command(name, cls=Command, help=f"{chinese}\n\n{english}", short_help=short)(function)
            return function

        return register

    return command


def _records(parameters: Iterable[Any], ctx: Any, kind: str) -> list[tuple[str, str]]:
    """Return the parameters of a kind, each with what it means; the library's own words are English."""
    found = [one.get_help_record(ctx) for one in parameters if one.param_type_name == kind]
    return [
        (_LIST.sub(lambda kind: f"<{kind[1].lower()}>", name), _HELP if "--help" in name else _NOTE.sub(_in_both, said))
        for name, said in filter(None, found)
    ]


_HELP = "显示帮助 / show this help"
_LIST = re.compile(r"<list\[(.*)\]>")
"""The type of what may be repeated; its meaning says that it may."""
_NOTE = re.compile(r"(?<=\[)(required|default(?=: ))")
_NOTES = {"required": "必填 / required", "default": "默认 / default"}


def _in_both(note: re.Match[str]) -> str:
    return _NOTES[note[0]]


def _decisions() -> list[tuple[str, str]]:
    """Return the shipped decisions with their labels: other policies have their own."""
    from ..policy import load

    return [(name, f"{one.label} / {one.en}") for name, one in load().rules.decisions.items()]


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix="用法 / Usage: ")


def _write_text(text: str, formatter: Any) -> None:
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        formatter.write("\n")
        for line in wrapped(" ".join(paragraph.split()), formatter.width - 2):
            formatter.write(f"  {line}\n")


def _write_list(title: str, rows: Iterable[tuple[str, str]], formatter: Any, short: bool = False) -> None:
    """Write names with what they mean: beside them when ``short``, else below."""
    kept = list(rows)
    if not kept:
        return
    formatter.write(f"\n{title}:\n")
    wide = max(cell_len(name) for name, _ in kept) + 2 if short else INDENT
    for name, said in kept:
        first, *others = wrapped(said, formatter.width - 2 - wide)
        beside = " " * (wide - cell_len(name)) if short else f"\n{' ' * (2 + wide)}"
        formatter.write(f"  {name}{beside}{first}\n")
        for line in others:
            formatter.write(f"{' ' * (2 + wide)}{line}\n")
