"""The texts are the pinned ones, cut without losing a byte, and every clause can be found and cited."""

from __future__ import annotations

import hashlib
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rudong_rules
from rudong_rules.corpus import Regulation, cut, digest
from rudong_rules.errors import PolicyError
from rudong_rules.source import read_document

POLICIES = Path(__file__).parents[1] / "policies"
DIGESTS = {
    "incentives": "e0b099acab088b0835cb33121253efe414533ed7da8e4de08cecd12a23d67f83",
    "mobility": "3b8fbdd3017cc597da1ef632d57674f2ac2a8e67c014a3d643b3aaac7bd5431b",
    "tolerance": "19f83a6e95c23e6944daa5a1ca6b2c16c66dca2b16018dbcad2c0ee951f5275d",
}


@cache
def shipped(name: str) -> Regulation:
    header = read_document(POLICIES / name / "regulation.yaml").data
    return cut(name, header["label"], (POLICIES / name / "regulation.txt").read_bytes().decode())


def labels(*lines: str) -> list[str]:
    """The labels of the clauses below the title."""
    return [clause.label for clause in cut("r", "规", "\n".join(["标题行", *lines])).clauses[1:]]


def joined(regulation: Regulation) -> str:
    """The clauses and the white space between them, put together again."""
    pieces, at = [], 0
    for clause in regulation.clauses:
        assert not regulation.text[at : clause.start].strip()
        pieces += [regulation.text[at : clause.start], clause.text]
        at = clause.end
    assert not regulation.text[at:].strip()
    return "".join([*pieces, regulation.text[at:]])


# --- the shipped texts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DIGESTS)
def test_the_text_is_the_pinned_one(name: str) -> None:
    raw = (POLICIES / name / "regulation.txt").read_bytes()
    header = read_document(POLICIES / name / "regulation.yaml").data
    assert hashlib.sha256(raw).hexdigest() == shipped(name).digest == header["sha256"] == DIGESTS[name]


@pytest.mark.parametrize("name", DIGESTS)
def test_the_pieces_joined_give_the_text_back_byte_for_byte(name: str) -> None:
    assert joined(shipped(name)).encode() == (POLICIES / name / "regulation.txt").read_bytes()


@pytest.mark.parametrize("name", DIGESTS)
def test_every_clause_is_found_by_its_id_and_by_its_label_and_by_nothing_else(name: str) -> None:
    regulation = shipped(name)
    names = [word for clause in regulation.clauses for word in {clause.id, clause.label}]
    assert len(names) == len(set(names))
    for clause in regulation.clauses:
        half_width = clause.label.replace("（", "(").replace("）", ")")
        assert regulation.find(clause.id) is regulation.find(clause.label) is regulation.find(half_width) is clause
    assert regulation.names() == [clause.label for clause in regulation.clauses]


@pytest.mark.parametrize("name", DIGESTS)
def test_a_clause_is_a_leaf_unless_another_lies_below_it(name: str) -> None:
    clauses = shipped(name).clauses[1:]
    for clause in clauses:
        assert clause.leaf is not any(other.id.startswith(f"{clause.id}.") for other in clauses)


@pytest.mark.parametrize(
    ("name", "clauses", "leaves"), [("incentives", 25, 20), ("mobility", 41, 35), ("tolerance", 67, 55)]
)
def test_no_clause_is_added_or_lost(name: str, clauses: int, leaves: int) -> None:
    found = shipped(name).clauses
    assert (len(found), sum(clause.leaf for clause in found)) == (clauses, leaves)


@pytest.mark.parametrize(
    ("name", "id_", "label", "body"),
    [
        ("incentives", "title", "标题", "如东县人民检察院党员干警鼓励激励实施细则"),
        ("incentives", "1", "第一条", "为深入贯彻落实"),
        ("incentives", "8a", "第八条〔其一〕", "提拔重用方面"),
        ("incentives", "8a.2", "第八条〔其一〕（二）", "对在加强党的建设"),
        ("incentives", "8b", "第八条〔其二〕", "考核奖励方面"),
        ("incentives", "8b.2", "第八条〔其二〕（二）", "院党组研究制定绩效考核"),
        ("incentives", "12", "第十二条", "本实施细则自印发之日起施行。"),
        ("mobility", "8.3", "第八条（三）", "脱贫攻坚工作不力"),
        ("mobility", "8.4a", "第八条（四）〔其一〕", "落实党组确定的"),
        ("mobility", "8.4b", "第八条（四）〔其二〕", "其他不担当不作为问题"),
        ("mobility", "10.5", "第十条（5）", "按照有关规定履行任免程序。"),
        ("mobility", "10.end1", "第十条末段1", "干部本人对调整决定不服的"),
        ("mobility", "11", "第十一条", "因不适宜担任现职调离岗位"),
        ("tolerance", "0", "序言", "为深入学习贯彻"),
        ("tolerance", "1.0", "一首段", "实施容错纠错机制就是"),
        ("tolerance", "2.6", "二（六）", "看纠错表现"),
        ("tolerance", "3.1.2", "三（一）2", "出于公心、担当尽责"),
        ("tolerance", "3.2.9", "三（二）9", "其他符合容错情形的。"),
        ("tolerance", "3.3", "三（三）", "干部有下列情形之一的，不予容错:"),
        ("tolerance", "3.3.6", "三（三）6", "其他不符合容错情形的，"),
        ("tolerance", "end1", "文末1", "政治部要对实施容错纠错机制情况"),
        ("tolerance", "end2", "文末2", "本细则由院党组负责解释"),
    ],
)
def test_the_shipped_clauses_bear_the_printed_numbers(name: str, id_: str, label: str, body: str) -> None:
    clause = shipped(name).find(id_)
    assert clause is not None
    assert (clause.id, clause.label, clause.ref) == (id_, label, f"{name}:{id_}")
    assert clause.body.startswith(body)
    assert clause.text.endswith(clause.body)


@pytest.mark.parametrize(
    ("name", "absent"),
    [
        ("incentives", "第七条"), ("incentives", "第八条"), ("mobility", "8.4"), ("mobility", "第八条（四）"),
        ("tolerance", ""),
    ],
)  # fmt: skip
def test_a_number_that_is_not_printed_or_printed_twice_names_no_clause(name: str, absent: str) -> None:
    assert shipped(name).find(absent) is None


def test_an_arabic_number_of_an_article_is_no_label_but_says_which_clause_is_meant() -> None:
    regulation = shipped("mobility")
    wanted = regulation.find("第十一条")
    assert wanted is not None
    assert regulation.find("第11条") is None
    assert regulation.meant("第11条") is wanted
    assert regulation.meant("十一") is regulation.meant("能上能下 11") is wanted
    assert regulation.meant("第9条(二)") is regulation.find("第九条（二）")
    assert regulation.meant("第99条") is None
    assert regulation.named("能上能下 第11条") == regulation.named("第十一条") != ()


def test_a_policy_that_cites_an_article_by_an_arabic_number_is_told_its_label(tmp_path: Path) -> None:
    shutil.copytree(POLICIES, tmp_path / "policies")
    file = tmp_path / "policies" / "mobility" / "decisions" / "1_decisions.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("clause: 第十二条", "clause: 第12条", 1), encoding="utf-8")
    with pytest.raises(PolicyError) as raised:
        rudong_rules.load(tmp_path / "policies")
    (problem,) = [one for one in raised.value.problems if one.code == "unknown-clause"]
    assert problem.hint == "write 第十二条"


@pytest.mark.parametrize(
    ("ref", "citation", "short"),
    [
        ("tolerance:三(一)2", "《如东县人民检察院进一步健全容错纠错机制实施细则》三（一）2", "容错 三（一）2"),
        ("incentives:8b", "《如东县人民检察院党员干警鼓励激励实施细则》第八条〔其二〕", "激励 第八条〔其二〕"),
        ("mobility:第十条（3）", "《如东县人民检察院推进党员干部能上能下实施细则》第十条（3）", "能上能下 第十条（3）"),
    ],
)  # fmt: skip
def test_a_citation_is_printed_in_full_and_in_short(ref: str, citation: str, short: str) -> None:
    regulation, _, name = ref.partition(":")
    clause = shipped(regulation).find(name)
    assert clause is not None
    assert (clause.citation, clause.short_citation) == (citation, short)
    assert shipped(regulation).title in citation


# --- any text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "id_", "label", "body"),
    [
        ("第十条 甲", "10", "第十条", "甲"), ("第二十一条　甲", "21", "第二十一条", "甲"),
        ("二十、甲", "20", "二十", "甲"), ("十二、甲", "12", "十二", "甲"),
        ("（三）甲", "3", "（三）", "甲"), ("(三)甲", "3", "（三）", "甲"),
        ("(十)甲", "10", "（十）", "甲"), ("1．甲", "1", "1", "甲"), ("12. 甲", "12", "12", "甲"),
        ("（1）甲", "1", "（1）", "甲"), ("(1)甲", "1", "（1）", "甲"), ("甲一、乙", "0", "序言", "甲一、乙"),
    ],
)  # fmt: skip
def test_each_way_of_numbering_is_read(line: str, id_: str, label: str, body: str) -> None:
    clause = cut("r", "规", f"题\n{line}\n").clauses[1]
    assert (clause.id, clause.label, clause.body) == (id_, label, body)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["甲", "一、乙"], ["序言", "一"]),
        (["一、乙", "丙", "（一）丁"], ["一", "一首段", "一（一）"]),
        (["一、乙", "（一）丁", "丙", "戊"], ["一", "一（一）", "文末1", "文末2"]),
        (["第一条 乙", "丙", "（1）丁"], ["第一条", "第一条第二款", "第一条（1）"]),
        (["第一条 乙", "（1）丁", "丙", "戊"], ["第一条", "第一条（1）", "第一条末段1", "第一条末段2"]),
        (["第一条 乙", "（1）丁", "丙", "第二条 戊"], ["第一条", "第一条（1）", "第一条末段1", "第二条"]),
        (["第一条 乙", "丙", "丁", "第二条 戊"], ["第一条", "第一条第二款", "第一条第三款", "第二条"]),
        (
            ["第一章 总则", "第一条 乙", "第二章 处分", "第一节 种类", "第二条 丙", "第二节 适用", "第三条 丁"],
            ["第一章", "第一条", "第二章", "第二章第一节", "第二条", "第二章第二节", "第三条"],
        ),
        (["第一编 甲", "第一章 乙", "第二编 丙", "第一节 丁"], ["第一编", "第一编第一章", "第二编", "第二编第一节"]),
        (["第一编 甲", "第一章 乙", "第二编 丙", "第一章 丁"], ["第一编", "第一编第一章", "第二编", "第二编第一章"]),
        (["一、乙", "1．丙", "（二）丁", "1．戊"], ["一", "一1", "一（二）", "一（二）1"]),
        (["一、乙", "一、丙", "（一）丁"], ["一〔其一〕", "一〔其二〕", "一〔其二〕（一）"]),
    ],
)
def test_a_loose_line_and_a_deeper_number_belong_where_they_stand(lines: list[str], expected: list[str]) -> None:
    assert labels(*lines) == expected


def test_only_what_says_something_itself_is_a_leaf() -> None:
    clauses = cut("r", "规", "题\n第一章 总则\n第一条 甲\n乙\n第二条 丙\n（一）丁\n戊\n").clauses
    leaves = [clause.label for clause in clauses if clause.leaf]
    assert leaves == [
        "第一条",
        "第一条第二款",
        "第二条（一）",
        "第二条末段1",
    ]


def test_a_digest_is_the_sha256_of_the_utf8_text() -> None:
    assert digest("如东") == hashlib.sha256("如东".encode()).hexdigest()


LINES = [
    "甲乙",
    "第一章 甲",
    "第二节 甲",
    "一、甲",
    "二、甲",
    "第一条 甲",
    "第二条甲",
    "（一）甲",
    "(二)甲",
    "1．甲 　",
    "2.甲",
    "（1）甲",
    "(2)甲",
]


@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\r\n", "\n\n", "\n　\n"])), max_size=9))
def test_any_text_is_cut_without_loss_into_clauses_of_unique_names(lines: list[tuple[str, str]]) -> None:
    regulation = cut("r", "规", "题\n" + "".join(line + end for line, end in lines))
    assert joined(regulation) == regulation.text
    assert [clause.text for clause in regulation.clauses] == ["题", *(line for line, _ in lines)]
    for names in ([clause.id for clause in regulation.clauses], regulation.names()):
        assert len(names) == len(set(names))
    assert all(regulation.find(clause.id) is regulation.find(clause.label) is clause for clause in regulation.clauses)


@pytest.mark.parametrize("times", [10, 30, 120])
def test_a_number_printed_many_times_is_told_apart_too(times: int) -> None:
    clauses = cut("r", "规", "\n".join(["题", *["一、甲"] * times])).clauses[1:]
    assert len({clause.id for clause in clauses}) == len({clause.label for clause in clauses}) == times
    assert [clause.label for clause in clauses[8:12]] == ["一〔其九〕", "一〔其十〕", "一〔其十一〕", "一〔其十二〕"][
        : times - 8
    ]


@pytest.mark.parametrize("line", ["一二、甲", "第十十条 甲", "（十二十）甲", "二三十、甲"])
def test_numerals_that_are_no_number_make_a_loose_line(line: str) -> None:
    assert labels(line) == ["序言"]


def test_an_opening_of_two_paragraphs_keeps_the_items_in_their_section() -> None:
    assert labels("一、乙", "丙", "丁", "（一）戊", "（二）己")[-2:] == ["一（一）", "一（二）"]


def test_a_preamble_of_three_paragraphs_is_no_end_of_the_text() -> None:
    assert not any(label.startswith("文末") for label in labels("甲", "乙", "丙", "一、丁"))
