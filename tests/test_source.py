"""YAML and JSON are read as plain data with places; whatever is ambiguous, hidden or too large is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import at_once
from rudong_rules.errors import MAX_PROBLEMS, InputError, Problem, Span
from rudong_rules.plain import MAX_DEPTH, MAX_VALUES
from rudong_rules.source import (
    MAX_BYTES,
    decode_text,
    parse_document,
    read_document,
    read_text,
)


def read(text: str) -> Any:
    return parse_document(text, "f").data


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        parse_document(text, "f")
    return caught.value.problems


# --- what is read ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        "yes", "no", "on", "off", "y", "n", "Yes", "True", "FALSE", "Null", "NULL", "010", "0x10", "0o7", "1_000",
        "12:30", "1.5", "1e3", ".inf", ".nan", "2024-01-31", "1234567890123456789", "<<", "=", "1/3",
    ],
)  # fmt: skip
def test_a_word_that_yaml_1_1_would_guess_at_stays_the_string_it_is(word: str) -> None:
    assert read(f"a: {word}") == {"a": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("0", 0), ("-7", -7), ("+7", 7),
        ("123456789012345678", 123456789012345678), ("'true'", "true"), ('"7"', "7"), ("'~'", "~"), ("''", ""),
        ("[1, a, ~]", [1, "a", None]), ("{b: {c: 1}}", {"b": {"c": 1}}), ("[]", []), ("{}", {}),
        ("|\n  x\n  y\n", "x\ny\n"), (">\n  x\n  y\n", "x y\n"), ("如东 # 注", "如东"),
    ],
)  # fmt: skip
def test_the_few_plain_values_are_read(text: str, value: Any) -> None:
    assert read(f"a: {text}") == {"a": value}
    assert type(read(f"a: {text}")["a"]) is type(value)


def test_every_key_is_a_string() -> None:
    assert read("1: a\ntrue: b\n~: c\n<<: d") == {"1": "a", "true": "b", "~": "c", "<<": "d"}


def test_every_value_and_key_remembers_its_place() -> None:
    document = parse_document("a:\n  - 甲: 1\n    c: [x, {y: z}]\n", "f.yaml")
    values = {("a",): (2, 3), ("a", 0, "甲"): (2, 8), ("a", 0, "c", 1): (3, 12), ("a", 0, "c", 1, "y"): (3, 16)}
    for loc, place in values.items():
        assert document.span(loc) == Span("f.yaml", *place)
    assert document.key_span(("a", 0, "c")) == Span("f.yaml", 3, 5)
    assert document.key_span(("a", 0)) == document.span(("a", 0)) == Span("f.yaml", 2, 5)
    assert document.span(("a", 0, "c", 7, "nowhere")) == document.span(("a", 0, "c"))
    assert str(document.span(("a",))) == "f.yaml:2:3"


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3", "duplicate-key", 3, 1), ("1: a\n'1': b", "duplicate-key", 2, 1),
        ("{x: {a: 1, a: 2}}", "duplicate-key", 1, 12), ('{"a": 1,\n "a": 2}', "duplicate-key", 2, 2),
        ("a: *x", "alias", 1, 4), ("*x", "alias", 1, 1), ("a: &x 1", "anchor", 1, 4), ("&x [1]", "anchor", 1, 1),
        ("a: !!int '1'", "tag", 1, 4), ("a: !other 1", "tag", 1, 4), ("!!python/object:os.system {}", "tag", 1, 1),
        ("[" * 41 + "]" * 41, "too-deep", 1, 41), ("a: 1\n---\nb: 2", "many-documents", 2, 1),
        ("? [a]\n: b", "bad-key", 1, 3), ("{[a]: b}", "bad-key", 1, 2), ("? {a: b}\n: c", "bad-key", 1, 3),
        ("", "empty", 1, 1), ("# nothing", "empty", 1, 1), ("a: [1", "syntax", 2, 1), ("a: 'x", "syntax", 1, 6),
        ("a: b: c", "syntax", 1, 5), ("\ta: 1", "syntax", 1, 1), ("a:\n\t- 1", "syntax", 2, 1),
        ("a: \x07", "syntax", 1, 4),
        ('{"a": 1', "syntax", 2, 1), ('{"a": 1} x', "syntax", 1, 10), ('{"a": "\\ud83d"}', "syntax", 1, 10),
    ],
)  # fmt: skip
def test_what_is_refused_is_named_with_its_place(text: str, code: str, line: int, column: int) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.span.file, problem.span.line, problem.span.column) == (code, "f", line, column)


def test_a_hint_says_how_to_mend_it() -> None:
    assert [str(one) for one in problems("a: 1\na: &x 2\nb: *x\n")] == [
        "f:2:1: duplicate-key: 'a' stands twice\n  hint: it stands first at line 1",
        "f:2:4: anchor: anchors (&x) are not allowed\n  hint: write the value out",
        "f:3:4: alias: aliases (*name) are not allowed\n  hint: write the value out",
    ]


@pytest.mark.parametrize("opening", ["[", '{"a":', "a: ["])
def test_depth_is_bounded_long_before_the_stack_is(opening: str) -> None:
    assert "too-deep" in [one.code for one in problems(opening * 100_000)][:1]
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None


def test_no_more_problems_are_looked_for_than_anyone_reads() -> None:
    assert len(problems("a: 1\n" * 1_000)) == MAX_PROBLEMS
    assert str(InputError(problems("a: 1\n" * 1_000))).endswith("\nthere may be more problems: mend these first")


def test_the_number_of_values_is_bounded() -> None:
    assert len(read("- 1\n" * (MAX_VALUES - 1))) == MAX_VALUES - 1
    assert [one.code for one in problems("- 1\n" * MAX_VALUES)] == ["too-many-values"]


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"),
    [
        (b"\xff", "not-utf8", 1, 1), (b"a: 1\nb: \xe4\xb8", "not-utf8", 2, 4), ("如东".encode("gbk"), "not-utf8", 1, 1),
        (b"x" * (MAX_BYTES + 1), "too-large", 0, 0),
    ],
    ids=["lone byte", "cut character", "GBK", "one byte too many"],
)  # fmt: skip
def test_bytes_that_are_not_utf8_or_too_many_are_refused(raw: bytes, code: str, line: int, column: int) -> None:
    with pytest.raises(InputError) as caught:
        decode_text(raw, "f")
    (problem,) = caught.value.problems
    assert (problem.code, problem.span) == (code, Span("f", line, column))


def test_a_file_is_read_with_or_without_a_byte_order_mark_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1")
    assert read_document(path, "named").data == {"a": 1}
    assert read_document(path, "named").span(("a",)) == Span("named", 1, 4)
    assert read_text(path) == "a: 1"
    path.write_bytes(b"#" * MAX_BYTES)
    assert len(read_text(path)) == MAX_BYTES
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(InputError, match=r"too-large: the file is larger than 1,048,576 bytes"):
        read_text(path)


@pytest.mark.parametrize("name", ["nowhere.yaml", "."])
def test_a_file_that_cannot_be_read_is_a_problem_too(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document(tmp_path / name, "f")
    assert [(one.code, one.span) for one in caught.value.problems] == [("cannot-read", Span("f"))]


# --- JSON, and any text ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a":"\\ud83d\\ude00"}', {"a": "😀"}), ('{"a":"\\uD83D\\uDE00\\u5982"}', {"a": "😀如"}),
        ('{"\\ud83d\\ude00":1}', {"😀": 1}), ('{"a":"\\\\ud83d\\\\ude00"}', {"a": "\\ud83d\\ude00"}),
        ('{"a":\t1,\n\t"b":\t[\t2\t]\t}\t', {"a": 1, "b": [2]}), ('\t{"a": "x\\ty\\/z"}', {"a": "x\ty/z"}),
        ('\ufeff{"a": 1}', {"a": 1}), ('{"a":-1,"b":true,"c":null,"d":""}', {"a": -1, "b": True, "c": None, "d": ""}),
    ],
)  # fmt: skip
def test_json_is_read_as_json_reads_it(text: str, value: Any) -> None:
    assert read(text) == value


words = st.text(max_size=20)
data = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)


@given(data.map(lambda inner: {"case": inner}), st.sampled_from([None, 2, "\t"]))
def test_json_that_a_program_writes_comes_back_the_same(value: Any, indent: int | str | None) -> None:
    assert read(json.dumps(value, indent=indent)) == value


@given(st.text(st.sampled_from("ab1:-?,[]{}#&*!|>'\"%@` \n\t\\~如\x00\ufeff"), max_size=40))
def test_any_text_is_a_document_or_a_list_of_problems(text: str) -> None:
    try:
        outcome = parse_document(text, "f").span(()).line
    except InputError as error:
        outcome = len(error.problems)
    assert outcome > 0


@pytest.mark.parametrize(
    "text",
    ['{"a":"x\x85y"}', '{"a":"\x7f"}', '{"a"\n:1}', '{"' + "k" * 1100 + '":1}'],
    ids=["U+0085", "U+007F", "a colon on its own line", "a long key"],
)
def test_unusual_json_is_read_as_json_reads_it(text: str) -> None:
    assert read(text) == json.loads(text)


def test_half_a_surrogate_pair_after_a_backslash_is_refused() -> None:
    assert [one.code for one in problems('{"a": "\\\\ud83d\\ude00"}')] == ["syntax"]


def test_a_lone_surrogate_is_a_problem_and_no_crash() -> None:
    assert [one.code for one in problems("a: \ud800")] == ["syntax"]


def test_an_unclosed_json_string_is_refused_at_once() -> None:
    with at_once():
        problems('["' + '\\"' * 400_000)
