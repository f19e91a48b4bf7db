"""What is said to Chinese readers holds no English but what they typed themselves."""

from __future__ import annotations

import re

from rudong_rules.bilingual import Text, in_language

_TYPED = re.compile("“.*?”|《.*?》|rudong-rules [a-z]+")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_ENGLISH = re.compile("[A-Za-z]+ [a-z]+")
"""Two words in a row: words of the rule language stand alone, or with the punctuation of YAML."""


def in_chinese(text: str) -> str:
    """Return a text in Chinese.  Raises AssertionError where that is not said in Chinese, or not all of it."""
    assert isinstance(text, Text), text
    told = in_language(text, "zh")
    without = _TYPED.sub("", told)
    assert _CHINESE.search(without), told
    assert not _ENGLISH.search(without), told
    return told
