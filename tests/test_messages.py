"""The catalogue of messages: each is in both languages, stands once, and is said somewhere."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import rudong_rules
from rudong_rules.messages import KINDS, MESSAGES
from rudong_rules.tool_words import TOOL_WORDS
from rudong_rules.verdict_words import VERDICT_WORDS

SOURCE = Path(rudong_rules.__file__).parent
TREES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(SOURCE.rglob("*.py"))
    if path.parent.name != "messages"
]


def keys() -> Iterator[ast.expr]:
    """Yield what stands for a key where something is said."""
    for node in (node for tree in TREES for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            first = node.args[0]
            yield from (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)


def said() -> set[str]:
    """Return the keys that are written out."""
    return {str(key.value) for key in keys() if isinstance(key, ast.Constant)}


def put_together() -> Iterator[str]:
    """Yield a pattern for each key that has a part which is not written out."""
    for key in keys():
        if isinstance(key, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "[a-zA-Z_]+" for part in key.values)
            yield "".join(map(str, parts))


def test_no_key_stands_twice() -> None:
    counted = Counter(key for kind in KINDS for key in kind.MESSAGES)
    assert [key for key, count in counted.items() if count > 1] == []
    assert counted.keys() == MESSAGES.keys()


def test_every_file_of_the_catalogue_is_read() -> None:
    files = {path.stem for path in (SOURCE / "messages").glob("*.py")} - {"__init__"}
    assert files == {kind.__name__.rpartition(".")[2] for kind in KINDS}


def test_every_key_that_is_said_is_there() -> None:
    assert len(said()) > 300
    assert said() - MESSAGES.keys() == set()


def test_no_key_is_there_for_nothing() -> None:
    """A key may stand in a table before it is said, and those of the system's errors are made of their names."""
    strings = {node.value for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    made = re.compile("|".join({*put_together(), "errno_[A-Z]+"}))
    assert [key for key in MESSAGES if key not in strings and not made.fullmatch(key)] == []


def test_no_word_is_there_for_nothing() -> None:
    """A word may stand in a table of keys before it is looked up, or its key be put together."""
    tables = [node for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    listed = [list(map(repr, words)) for words in (VERDICT_WORDS, TOOL_WORDS)]
    words = [node for node in tables if [ast.unparse(key) for key in node.keys if key] in listed]
    assert len(words) == len(listed)
    own = {inner for node in words for inner in ast.walk(node)}
    nodes = [node for tree in TREES for node in ast.walk(tree) if node not in own]
    strings = {node.value for node in nodes if isinstance(node, ast.Constant)}
    joined = [
        "".join(str(part.value) if isinstance(part, ast.Constant) else "[a-z0-9_]+" for part in node.args[0].values)
        for node in nodes
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.JoinedStr)
        if ast.unparse(node.func).endswith("word")
    ]
    made = re.compile("|".join(joined))
    assert [key for key in (*VERDICT_WORDS, *TOOL_WORDS) if key not in strings and not made.fullmatch(key)] == []


def test_a_word_stands_in_one_table() -> None:
    assert VERDICT_WORDS.keys() & TOOL_WORDS.keys() == set()


def test_every_message_takes_the_same_values_in_both_languages() -> None:
    def fields(template: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(template) if name}

    # What others say in English (the system, the parsers of YAML and JSON) is put into Chinese by what it means.
    own = {key: both for key, both in MESSAGES.items() if not key.startswith(("errno_", "yaml_", "json_at"))}
    differing = {key for key, (zh, en) in own.items() if fields(zh) != fields(en)}
    assert differing == {"called", "labelled", "listed", "in_both", "begins_at", "in_case", "cell"}
