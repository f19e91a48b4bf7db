"""A small vocabulary with one thing of every kind, for tests that need no regulation."""

from __future__ import annotations

from datetime import date
from typing import Any

from programs import shown
from rudong_rules.cases import CaseReader
from rudong_rules.facts import Facts
from rudong_rules.logic import Test
from rudong_rules.program import Program
from rudong_rules.source import parse_document
from rudong_rules.vocabulary import Vocabulary

VOCABULARY = Vocabulary.model_validate(
    parse_document(
        """
findings:
  honest: {label: 诚实, en: honest, question: 是否诚实？, clause: 一, quote: 诚实}
  paid: {label: 已付, en: paid, question: 是否已付？, clause: 一, quote: 已付}
scalars:
  rank:
    {label: 职级, en: rank, type: choice, question: 何职级？,
     options: {low: {label: 低, en: low}, high: {label: 高, en: high}}}
  votes: {label: 不称职票, en: unfit votes, type: int, question: 几票？, min: 0, max: 500}
  cast: {label: 总票数, en: votes cast, type: int, question: 共几票？, min: 1}
  share: {label: 比例, en: share, type: fraction, question: 比例多少？}
  appointed: {label: 任职日, en: appointed, type: date, question: 何日任职？}
records:
  log:
    label: 记录
    en: log
    question: 有何记录？
    dated_by: day
    ordered_by: nth
    fields:
      year: {label: 年度, en: year, type: int, required: true, min: 1990}
      kind:
        {label: 等次, en: kind, type: choice,
         options: {good: {label: 优秀, en: good}, bad: {label: 不称职, en: bad}}}
      who:
        {label: 参加人, en: who, type: choices,
         options: {organ: {label: 党组, en: organ}, other: {label: 其他, en: other}}}
      day: {label: 日期, en: day, type: date}
      nth: {label: 次序, en: nth, type: int}
      points: {label: 分数, en: points, type: fraction}
      urgent: {label: 紧急, en: urgent, type: bool}
      note: {label: 备注, en: note, type: text}
    computed:
      until: {label: 截止, en: until, type: date, value: {add: {to: day, months: 6}}}
  ballots:
    label: 测评
    en: ballots
    question: 历次测评如何？
    unique: [year, round]
    limits: [{field: unfit, at_most: cast}]
    fields:
      year: {label: 年度, en: year, type: int}
      round: {label: 轮次, en: round, type: int}
      unfit: {label: 不称职得票, en: unfit, type: int}
      cast: {label: 有效票, en: cast, type: int}
measures:
  part: {label: 得票率, en: part, value: {ratio: [votes, cast]}}
  bad: {label: 有不称职, en: bad, value: {happened: {in: log, where: {kind: bad}}}}
tables:
  months: {low: 6, high: 12}
""",
        "vocabulary.yaml",
    ).data
)
TESTS = {
    "part>third": Test("part", ">", "1/3"),
    "bad": Test("bad"),
    "good≥2": Test({"count": {"of": "log", "where": {"kind": "good"}}}, "≥", 2),
    "year-since": Test({"years_between": ["appointed", "as_of"]}, "≥", 1),
    "long": Test({"lookup": {"table": "months", "key": "rank"}}, ">", 6),
    "over": Test({"latest": {"of": "log", "field": "until"}}, "<", "as_of"),
}
READER = CaseReader(VOCABULARY)
FACTS = Facts(VOCABULARY, TESTS)
_ATOMS = ("honest", "paid", "rank=low", "rank=high", *TESTS)
PROGRAM = Program(_ATOMS, (), {name: atom for atom, name in enumerate(_ATOMS)})


ASKED = FACTS.asked(PROGRAM)


def known(data: Any, as_of: str = "") -> set[str]:
    """The rails that a case makes known on a day."""
    return shown(PROGRAM, FACTS.known(READER.read(data), ASKED, date.fromisoformat(as_of) if as_of else None).claimed)
