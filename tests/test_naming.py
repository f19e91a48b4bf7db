"""Names: ids and labels, what is near, and what is ambiguous."""

from __future__ import annotations

import pickle

import pytest

from rudong_rules.bilingual import Text, in_language, say
from rudong_rules.errors import CaseError, Problem, did_you_mean
from rudong_rules.naming import NamedKind, Names

NAMES = Names("outcome", {"granted": ("准假", "granted"), "held": ("待定", "held"), "open": ("待定", "open")}, "请假")


@pytest.mark.parametrize(("word", "name"), [("granted", "granted"), ("准假", "granted"), ("held", "held")])
def test_a_thing_is_named_by_id_or_label(word: str, name: str) -> None:
    assert NAMES.the(word) == NAMES.find(word) == name


def test_a_label_of_several_things_lists_them() -> None:
    found = NAMES.find("待定")
    assert isinstance(found, Problem)
    assert found.text("zh") == "outcome: ambiguous: “待定”可以指几项\n  提示：请写编号：待定（held）、待定（open）"
    assert found.text("en") == "outcome: ambiguous: '待定' may mean several\n  hint: write the id: held, open"


def test_what_a_word_begins_is_meant_before_what_looks_like_it() -> None:
    assert did_you_mean("予以容错", ["不予容错", "予以容错，免除相关责任"]) == "did you mean 予以容错，免除相关责任?"
    assert did_you_mean("予以容措", ["不予容错", "予以容错"]) == "did you mean 予以容错?"


@pytest.mark.parametrize("word", ["准价", "grantd", None, 3, "x" * 10_000])
def test_a_word_that_names_nothing_is_a_problem(word: object) -> None:
    with pytest.raises(CaseError, match="unknown-outcome: decision '请假' has no outcome"):
        NAMES.the(word)


@pytest.mark.parametrize(
    ("kind", "hint"),
    [("outcome", "there are none: this decision reports conclusions alone"), ("reading", "there are none here")],
)
def test_where_nothing_has_a_name_it_is_said_that_there_are_none(kind: NamedKind, hint: str) -> None:
    found = Names(kind, {}).find("granted")
    assert isinstance(found, Problem)
    assert found.hint == hint


def test_a_text_is_its_english_and_can_say_itself_in_chinese() -> None:
    text = say("near_and_all", near=say("did_you_mean", either=("a", "b")), every=say("give_it_once"))
    assert text == "did you mean a or b? give it once"
    assert in_language(text, "zh") == "是否指 a 或 b？只写一次"
    assert in_language(text, "en") is not None
    again = pickle.loads(pickle.dumps(text))
    assert isinstance(again, Text)
    assert (again, again.text("zh")) == (text, text.text("zh"))


def test_a_string_has_one_language() -> None:
    assert in_language("as it is", "zh") == "as it is"
