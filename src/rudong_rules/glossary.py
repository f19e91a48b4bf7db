"""Names for people: what each atom of a program is called, what to ask for it, and the clauses that it embodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, NamedTuple

from .bounds import COMPARISONS, literal
from .corpus import Clause, Regulation, clause_at
from .expressions import participants_of
from .logic import Test
from .ruleset import RuleSet
from .verdict_data import Citation, ClauseName, State
from .vocabulary import Named, Record
from .wording import Both, apart

ThingKind = Literal["fact", "reading", "rule", "outcome", "duty"]

_OPERATOR_WORDS: dict[str, Both] = {
    "sum": ("之和", "sum of "),
    "difference": ("之差", "difference of "),
    "product": ("之积", "product of "),
    "ratio": ("之比", "ratio of "),
    "min": ("中最小者", "smallest of "),
    "max": ("中最大者", "largest of "),
    "years_between": ("相隔年数", "years between "),
    "months_between": ("相隔月数", "months between "),
    "days_between": ("相隔天数", "days between "),
    "year_of": ("所在年", "year of "),
    "count": ("项数", "number of "),
    "total": ("合计", "total of "),
    "latest": ("最后", "latest of "),
    "earliest": ("最早", "earliest of "),
    "longest_run": ("最长连续年数", "longest run of "),
    "run_ending": ("截至该年连续年数", "consecutive years of "),
    "most_within": ("期间内最多项数", "most within a period of "),
    "next_month": ("次月首日", "first day of the month after "),
    "lookup": ("查表所得", "table entry for "),
    "happened": ("有", "there is an entry in "),
    "took_part": ("参加", "took part in "),
}
_ORDER_WORDS: dict[str, Both] = {
    "happened_before": ("有{0}先于{1}", "some {0} before some {1}"),
    "without": ("，其间没有{0}", ", with no {0} in between"),
    "with": ("，其间有{0}", ", with some {0} in between"),
    "preceded": ("每次{1}之前都有{0}", "{0} before every {1}"),
    "followed": ("每次{0}之后都有{1}", "{1} after every {0}"),
}
_STATES: dict[str, tuple[Both, Both, Both]] = {
    "due": (("义务已产生", "has arisen"), ("义务未产生", "has not arisen"), ("义务是否产生", "arisen or not")),
    "done": (("已办", "done"), ("未办", "not done"), ("是否已办", "done or not")),
    "breached": (("已违反", "violated"), ("未违反", "not violated"), ("是否违反", "violated or not")),
    "owed": (("待办", "owed"), ("没有待办", "not owed"), ("是否待办", "owed or not")),
}
"""A state of a duty that is known to hold, that is known not to, and that is open."""


_UNITS: dict[str, tuple[str, str]] = {"years": ("年", "year"), "months": ("个月", "month"), "days": ("日", "day")}
"""What is added to a day."""


class Description(NamedTuple):
    """How an atom is called, what to ask for it, and the references of the clauses that it embodies."""

    kind: ThingKind
    label: str
    en: str
    question: str
    clauses: tuple[str, ...]


class Glossary:
    """Describes the atoms and facts of one rule set.  Immutable."""

    def __init__(self, regulations: Mapping[str, Regulation], rules: RuleSet) -> None:
        self.regulations = regulations
        self.rules = rules
        self._known: dict[str, Description] = {}
        self._behind: dict[str, tuple[str, ...]] = {}

    def clause(self, ref: str) -> Clause:
        """Return a clause by reference (``tolerance:3.1.2`` or ``tolerance:三（一）2``).  Raises KeyError."""
        return clause_at(self.regulations, ref)

    def citation(self, ref: str) -> Citation:
        """Return a clause by reference with its full citation and text.  Raises KeyError."""
        one = self.clause(ref)
        return Citation(ref=one.ref, citation=one.citation, short=one.short_citation, text=one.text)

    def names(self, refs: Iterable[str]) -> tuple[ClauseName, ...]:
        """Return clauses by reference and short citation."""
        return tuple(ClauseName(ref=ref, short=self.clause(ref).short_citation) for ref in refs)

    @cached_property
    def _places(self) -> dict[str, int]:
        clauses = (clause.ref for regulation in self.regulations.values() for clause in regulation.clauses)
        return {ref: place for place, ref in enumerate(clauses)}

    def place(self, atom: str) -> int:
        """Return where an atom's first clause stands among all clauses; -1 for an atom without one."""
        return min((self._places[ref] for ref in self.describe(atom).clauses), default=-1)

    def describe(self, atom: str) -> Description:
        """Return how an atom is called and which clauses it embodies.  Raises KeyError for no atom."""
        if atom not in self._known:
            self._known[atom] = self._describe(atom)
        return self._known[atom]

    def step(self, atom: str, state: State) -> Description:
        """Return how an atom is called in a state: what is said of a duty agrees with it.  Raises KeyError."""
        thing = self.describe(atom)
        if thing.kind != "duty" or state == "true":
            return thing
        _, duty, asked = atom.split(":")
        zh, en = _STATES[asked][1 if state == "false" else 2]
        named = self.rules.duties[duty]
        return thing._replace(label=f"{named.label}（{zh}）", en=f"{named.en} ({en})")

    def _describe(self, atom: str) -> Description:
        rules, clauses = self.rules, self.rules.clauses
        if atom in rules.vocabulary.findings:
            finding = rules.vocabulary.findings[atom]
            return Description("fact", finding.label, finding.en, finding.question, clauses[f"findings:{atom}"])
        if atom in rules.tests:
            label, en = self._phrase_test(rules.tests[atom])
            return Description("fact", label, en, "", ())
        if atom.startswith("reading:"):
            reading, _, option = atom.removeprefix("reading:").partition("=")
            body = rules.readings[reading]
            taken = body.options[option]
            label, en = f"{body.question}——{taken.label}", f"{body.en} – {taken.en}"
            return Description("reading", label, en, body.question, clauses[f"readings:{reading}"])
        if atom.startswith("duty:"):
            _, duty, state = atom.split(":")
            named, (zh, word) = rules.duties[duty], _STATES[state][0]
            return Description("duty", f"{named.label}（{zh}）", f"{named.en} ({word})", "", clauses[f"duties:{duty}"])
        head, _, option = atom.partition("=")
        if option and head in rules.decisions:
            rung = rules.decisions[head].ladder[option]
            return Description("outcome", rung.label, rung.en, "", clauses[f"outcome:{atom}"])
        if option:
            scalar = rules.vocabulary.scalars[head]
            label, en = f"{scalar.label}：{scalar.options[option].label}", f"{scalar.en}: {scalar.options[option].en}"
            return Description("fact", label, en, scalar.question, clauses.get(f"scalars:{head}", ()))
        named_rule = rules.rules.get(atom) or rules.conclusions[atom]
        return Description("rule", named_rule.label, named_rule.en, "", clauses.get(f"rules:{atom}", ()))

    def facts_behind(self, atom: str) -> tuple[str, ...]:
        """Return the names of the facts that an input atom is computed from, in the order of the vocabulary."""
        test = self.rules.tests.get(atom)
        if test is None:
            return (atom.partition("=")[0],)
        if atom not in self._behind:
            found = test.reads(self.rules.vocabulary.defined())
            self._behind[atom] = tuple(name for name in self.facts if name in found)
        return self._behind[atom]

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The findings, scalars and records by name, and ``as_of``, in the order in which questions are asked."""
        vocabulary = self.rules.vocabulary
        day = Named(label="日期", en="date")
        return {**vocabulary.scalars, **vocabulary.findings, **vocabulary.records, "as_of": day}

    def question(self, fact: str) -> str:
        """Return what to ask for a fact."""
        return getattr(self.facts[fact], "question", "结论以哪一天为准？")

    # --- measures in words -------------------------------------------------------------------------------------------

    def _phrase_test(self, test: Test) -> Both:
        left = self.phrase(test.left)
        if not test.sign:
            return left
        right = self.phrase(test.right)
        return f"{left[0]} {test.sign} {right[0]}", f"{left[1]} {test.sign} {right[1]}"

    def phrase(self, expression: Any) -> Both:
        """Return a measure in words."""
        vocabulary = self.rules.vocabulary
        if isinstance(expression, str):
            named = vocabulary.measures.get(expression) or self.facts.get(expression)
            return (named.label, named.en) if named else (expression, expression)
        if not isinstance(expression, dict):
            return str(expression), str(expression)
        ((operator, arguments),) = expression.items()
        zh, en = _OPERATOR_WORDS.get(operator, ("", ""))
        if isinstance(arguments, list):
            parts = [self.phrase(part) for part in arguments]
            return "与".join(p[0] for p in parts) + zh, en + ", ".join(p[1] for p in parts)
        if operator == "add":
            return self._later(arguments)
        record = vocabulary.records.get(arguments.get("of") or arguments.get("in") or "")
        if record is None:
            about = self.phrase(arguments.get("to") or arguments.get("key"))
            return about[0] + zh, en + about[1]
        if "then" in arguments:
            first, then = (self._entries(record, arguments[key]) for key in ("first", "then"))
            zh, en = _ORDER_WORDS[operator]
            said = zh.format(first[0], then[0]), en.format(first[1], then[1])
            for key in ("without", "with"):
                if key in arguments:
                    between, (zh, en) = self._entries(record, arguments[key]), _ORDER_WORDS[key]
                    said = said[0] + zh.format(between[0]), said[1] + en.format(between[1])
            return said
        about = self._entries(record, arguments.get("where", {}))
        if operator == "took_part":
            who = self._options(record, participants_of(arguments), arguments["who"])
            return f"{who[0]}参加{about[0]}", f"{who[1]} took part in {about[1]}"
        return (zh + about[0], en + about[1]) if operator == "happened" else (about[0] + zh, en + about[1])

    def _later(self, arguments: Mapping[str, Any]) -> Both:
        """Return in words a day so many years, months and days after another, or before it."""
        to = ("日期", "the day of the case") if arguments["to"] == "as_of" else self.phrase(arguments["to"])
        zh, en = [], []
        for unit, (one, named) in _UNITS.items():
            if unit in arguments:
                amount = literal(arguments[unit])
                if isinstance(amount, int | Fraction):
                    count, back = abs(amount), amount < 0
                    zh.append(f"{'前' if back else '后'} {count} {one}")
                    en.append(f"{count} {named}{'' if count == 1 else 's'} {'before' if back else 'after'}")
                else:
                    told, told_en = self.phrase(arguments[unit])
                    zh.append(f"后“{told}”{one}")
                    en.append(f"“{told_en}” {named}s after")
        return to[0] + "、".join(zh), f"{' and '.join(en)} {to[1]}"

    def _entries(self, record: Record, where: Mapping[str, Any]) -> Both:
        """Return in words the entries of a record that fit: 程序记录「会商，会商意见一致」."""
        parts = [self._condition(record, name, wanted) for name, wanted in where.items()]
        if not parts:
            return record.label, record.en
        zh, en = "，".join(p[0] for p in parts), ", ".join(p[1] for p in parts)
        return f"{record.label}「{zh}」", f"{record.en} “{en}”"

    def _condition(self, record: Record, name: str, wanted: Any) -> Both:
        if name == "any_of" and not wanted:
            return "无", "none"
        if name == "any_of":
            each = [self._together(record, one, len(wanted) > 1) for one in wanted]
            return "或".join(zh for zh, _ in each), " or ".join(en for _, en in each)
        column = record.columns[name]
        if isinstance(wanted, dict) and "all_of" in wanted:
            every = [self._options(record, name, option) for option in wanted["all_of"]]
            return (
                f"{column.label}含{apart((e[0] for e in every), '、')}",
                f"{column.en}: {apart((e[1] for e in every), ', ')}",
            )
        if isinstance(wanted, dict):
            tests = [(COMPARISONS[sign], self.phrase(right)) for sign, right in wanted.items()]
            # The field is named anew for each bound: a ≥ b ≤ c would say that b is at most c.
            zh = "且".join(f"{column.label} {sign} {words[0]}" for sign, words in tests)
            return zh, " and ".join(f"{column.en} {sign} {words[1]}" for sign, words in tests)
        if isinstance(wanted, bool):
            return (column.label, column.en) if wanted else (f"非{column.label}", f"not {column.en}")
        return self._options(record, name, wanted)

    def _together(self, record: Record, where: Mapping[str, Any], beside: bool) -> Both:
        """Return what has to hold together: in brackets ``beside`` alternatives, as are alternatives inside it."""
        parts = []
        for name, wanted in where.items():
            words = self._condition(record, name, wanted)
            several = len(where) > 1 and (name == "any_of" or isinstance(wanted, list)) and len(wanted) > 1
            parts.append(_bracketed(words) if several else words)
        both = "且".join(zh for zh, _ in parts), " and ".join(en for _, en in parts)
        return _bracketed(both) if beside and len(parts) > 1 else both

    def _options(self, record: Record, name: str, wanted: Any) -> Both:
        column = record.columns[name]
        options = wanted if isinstance(wanted, list) else [wanted]
        named: Iterable[Both] = [
            (column.options[o].label, column.options[o].en) if o in column.options else (str(o), str(o))
            for o in options
        ]
        return "或".join(n[0] for n in named), " or ".join(n[1] for n in named)


def _bracketed(words: Both) -> Both:
    return f"（{words[0]}）", f"({words[1]})"
