"""Hostile inputs: the real files, broken at random in ways that parsers, numbers, dates and terminals dislike."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

TOKENS: tuple[bytes, ...] = (
    b"true", b"false", b"null", b"~", b"yes", b"0", b"-1", b"999999999999999999", b"9" * 19, b"9" * 5000,
    b"1e999", b"NaN", b"0x10", b"1/0", b'"1/3"', b"1_000", b"0001-01-01", b"9999-12-31", b"2024-02-30",
    b"2023-W01-1", b"10000-01-01", b": ", b"- ", b"\n", b"\r\n", b"\t", b"  ", b"{", b"}", b"[", b"]", b"[" * 60,
    b"{a: " * 60, b"? ", b"|\n", b">-\n", b"&a ", b"*a", b"!!python/object/apply:os.system [id]", b"!!binary ",
    b"<<: ", b"---\n", b"...\n", b"%YAML 1.1\n", b"#", b'"', b"'", b"\\ud800", b"\\u0000", b"\xed\xa0\x80",
    b"\x00", b"\x1b[31m", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\xff\xfe", "　".encode(), "一".encode(),
    b"(" * 200, b"a" * 400, b" and ", b" or ", b"not ", b"count(", b"as_of", b" + 9999999 years", b" - 1 days",
    b"any: [", b"all: [", b"at_least: {", b"unless: ", b"by_reading: ", b"clause: ", b"where: ",
    b"../../etc/passwd", b'{"$integer": "9007199254740993"}', b'{"$integer": 1}', b'"$integer"', b"1" * 40, b"-0",
    b"1.0", b"\\", b"//", b"__class__", b"{{7*7}}", b"model_dump", b"title: ", b"entries: ", b"complete: ",
)  # fmt: skip
"""What is put in between."""


def mutated(random: Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    """Return a seed with one to six things broken; bits of the other seeds may be put in."""
    data = bytearray(seed)
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        here = random.randrange(len(data) + 1)
        there = min(len(data), here + random.choice((1, 1, 2, 4, 16, 64, 256)))
        match random.randrange(9):
            case 0 if data:
                data[here % len(data)] ^= 1 << random.randrange(8)
            case 1:
                del data[here:there]
            case 2:
                data[here:here] = data[here:there] * random.choice((1, 1, 2, 30))
            case 3:
                data[here:here] = random.choice(TOKENS)
            case 4:
                data[here:there] = random.choice(TOKENS)
            case 5:
                other = random.choice(others)
                start = random.randrange(len(other) + 1)
                data[here:here] = other[start : start + random.choice((4, 16, 64, 256))]
            case 6:
                data[here:there] = random.randbytes(there - here)
            case 7:
                lines = data.split(b"\n")
                one, two = random.randrange(len(lines)), random.randrange(len(lines))
                lines[one], lines[two] = lines[two], lines[one]
                data = bytearray(b"\n").join(lines)
            case _:
                # A word in place of another: what a vocabulary, a schema and a condition must notice.
                words = data.split(b" ")
                words[random.randrange(len(words))] = bytearray(random.choice(TOKENS))
                data = bytearray(b" ").join(words)
    return bytes(data)
