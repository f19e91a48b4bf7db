"""What questions about lists and numbers mean, as formulas over lists of a few entries.

The meaning is that of ``measures`` for a case that gives every column: two formulas for each question, known true and
known false.  It only serves to find cases: a case that comes of it counts once the engine has decided it, so a word
that is not understood here (:class:`UnsupportedError`), or a bound on the lists, never makes a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import z3

from ..bilingual import say
from ..bounds import COMPARISONS, number
from ..expressions import as_where, words_in
from ..logic import Test
from ..policy import Policy
from ..vocabulary import RecordField
from .arithmetic import ARITHMETIC, later, next_month
from .days import MONTH, constant, year_of
from .figures import Figure, Pair, UnsupportedError, compared, either, every, negated, two_valued
from .symbolic_case import Slot, SymbolicCase
from .terms import Term, at_least, conj, disj, variable


class SymbolicEntries(SymbolicCase):
    """A symbolic case of one policy, and what questions about it mean."""

    def __init__(self, policy: Policy, size: int) -> None:
        asked = (*policy.rules.tests.values(), *policy.rules.checks.tests.values())
        texts = list(dict.fromkeys(words_in([test.left for test in asked])))
        super().__init__(policy.rules.vocabulary, size, texts)
        self._asked: dict[str, tuple[Pair, list[Term]]] = {}
        self._sound: list[Term] = []

    def test(self, test: Test) -> Pair:
        """Return when a question is known to be true, and when false.  Raises UnsupportedError."""
        key = repr(test)
        if key not in self._asked:
            self._sound = []
            if test.sign:
                pair = compared(self._figure(test.left, None), test.sign, self._figure(test.right, None))
            else:
                pair = self._question(test.left)
            self._asked[key] = pair, self._sound
        return self._asked[key][0]

    def sound(self, tests: Iterable[Test]) -> list[Term]:
        """Return what must be true of lists and numbers when these questions, asked before, are."""
        asked = [term for test in tests for term in self._asked[repr(test)][1]]
        limits = list(self.limits())  # which may ask for further columns
        return [*self.kinds, *asked, *limits]

    # --- numbers and days --------------------------------------------------------------------------------------------

    def _figure(self, expression: Any, slot: Slot | None) -> Figure:
        if isinstance(expression, dict):
            ((operator, arguments),) = expression.items()
            if operator in ARITHMETIC:
                return ARITHMETIC[operator]([self._figure(part, slot) for part in arguments])
            if operator not in _FIGURES:
                raise UnsupportedError(operator)
            found: Figure = _FIGURES[operator](self, arguments, slot)
            return found
        if slot is not None and expression in slot.record.fields:
            return self.column(slot, expression), True
        if expression == "as_of":
            return self.today(), True
        if expression in self.vocabulary.scalars:
            return self.scalar(expression), True
        if expression in self.vocabulary.measures:
            return self._figure(self.vocabulary.measures[expression].value, None)
        try:
            return constant(number(expression)), True
        except ValueError:
            raise UnsupportedError(str(expression)) from None

    def _cell(self, slot: Slot, name: str) -> Figure:
        """Return the value of a column, computed or not, and whether it is known."""
        if name in slot.record.computed:
            return self._figure(slot.record.computed[name].value, slot)
        return self.column(slot, name), True

    def _add(self, arguments: Mapping[str, Any], slot: Slot | None) -> Figure:
        figures = {key: self._figure(part, slot) for key, part in arguments.items()}
        return later(figures.pop("to"), figures)

    def _next_month(self, arguments: Mapping[str, Any], slot: Slot | None) -> Figure:
        return next_month(self._figure(arguments["to"], slot))

    def _lookup(self, arguments: Mapping[str, Any], slot: Slot | None) -> Figure:
        key, table = arguments["key"], self.vocabulary.tables[arguments["table"]]
        own = slot is not None and key in slot.record.fields
        kind = slot.record.fields[key] if slot is not None and own else self.vocabulary.scalars[key]
        options = list(kind.options)
        chosen = {
            row: self.column(slot, key) == options.index(row) if slot is not None and own else variable(f"{key}={row}")
            for row in table
        }
        value = constant(number(next(iter(table.values()))))
        for row, cell in table.items():
            value = z3.If(chosen[row], constant(number(cell)), value)
        return value, disj(list(chosen.values()))

    # --- entries -----------------------------------------------------------------------------------------------------

    def _selected(self, arguments: Mapping[str, Any], key: str = "where") -> list[tuple[Slot, Term, Term]]:
        """Return each place with when its entry is known to fit, and when it is known that none there does."""
        where, found = arguments.get(key, {}), []
        for slot in self.slots_of(arguments.get("of") or arguments["in"]):
            fits, fails = self._fits(slot, where)
            found.append((slot, conj([slot.taken, fits]), disj([z3.Not(slot.taken), fails])))
        return found

    def _fits(self, slot: Slot, where: Mapping[str, Any]) -> Pair:
        pairs = []
        for name, wanted in where.items():
            if name == "any_of":
                pairs.append(either([self._fits(slot, one) for one in wanted]))
            else:
                pairs.append(self._fit(slot, name, wanted))
        return every(pairs)

    def _fit(self, slot: Slot, name: str, wanted: Any) -> Pair:
        value, known = self._cell(slot, name)
        if isinstance(wanted, dict) and "all_of" not in wanted:
            pairs = [
                compared((value, known), COMPARISONS[sign], self._figure(right, None)) for sign, right in wanted.items()
            ]
            return every(pairs)
        return two_valued(self._equal(slot.record.fields[name], value, wanted))

    def _equal(self, kind: RecordField, value: Any, wanted: Any) -> Term:
        if isinstance(wanted, dict):
            return conj([value[option] for option in wanted["all_of"]])
        options = wanted if isinstance(wanted, list) else [wanted]
        if kind.type == "choices":
            return disj([value[option] for option in options])
        if kind.type == "bool":
            return disj([value if option else z3.Not(value) for option in options])
        if kind.type == "choice":
            places = list(kind.options)
            return disj([value == places.index(option) for option in options])
        if kind.type == "text":
            return disj([value == self.texts.index(option) + 1 for option in options])
        return disj([value == option for option in options])

    def _count(self, arguments: Mapping[str, Any], _: Slot | None) -> Figure:
        chosen = self._selected(arguments)
        return z3.Sum([z3.If(fits, 1, 0) for _, fits, _ in chosen]), _settled(chosen)

    def _total(self, arguments: Mapping[str, Any], _: Slot | None) -> Figure:
        chosen = self._selected(arguments)
        return z3.Sum([z3.If(f, self._sure(s, arguments["field"]), 0) for s, f, _ in chosen]), _settled(chosen)

    def _latest(self, arguments: Mapping[str, Any], _: Slot | None, sign: int = 1) -> Figure:
        chosen = self._selected(arguments)
        some = disj([fits for _, fits, _ in chosen])
        best, known = self._figure(arguments["none"], None) if "none" in arguments else (z3.IntVal(0), some)
        found: Term = False
        for slot, fits, _ in chosen:
            value, told = self._cell(slot, arguments["field"])
            known = conj([known, disj([negated(fits), told])])
            better = z3.And(fits, z3.Or(negated(found), sign * value > sign * best))
            best, found = z3.If(better, value, best), disj([found, fits])
        return best, conj([known, _settled(chosen)])

    def _earliest(self, arguments: Mapping[str, Any], _: Slot | None) -> Figure:
        return self._latest(arguments, None, -1)

    def _sure(self, slot: Slot, name: str) -> Any:
        """Return the value of a column, computed or not, which is known of every entry that is there."""
        value, known = self._cell(slot, name)
        self._sound.append(disj([negated(slot.taken), known]))
        return value

    def _year(self, slot: Slot, name: str) -> Any:
        value = self._sure(slot, name)
        return year_of(value) if slot.record.columns[name].type == "date" else value

    def _longest_run(self, arguments: Mapping[str, Any], _: Slot | None) -> Figure:
        if arguments.get("missing", "breaks") == "skips":
            raise UnsupportedError(say("run_that_skips"))
        chosen, name = self._selected(arguments), arguments["year"]
        years = [(self._year(slot, name), fits) for slot, fits, _ in chosen]
        best: Any = z3.IntVal(0)
        for year, fits in years:
            before: Any = z3.IntVal(0)
            for back in range(self.size - 1, 0, -1):
                there = z3.Or([z3.And(other == year - back, fit) for other, fit in years])
                before = z3.If(there, before + 1, z3.IntVal(0))
            best = z3.If(z3.And(fits, before + 1 > best), before + 1, best)
        return best, _settled(chosen)

    def _run_ending(self, arguments: Mapping[str, Any], _: Slot | None) -> Figure:
        at, known = self._figure(arguments["at"], None)
        name, skips = arguments["year"], arguments.get("missing", "breaks") == "skips"
        among = self._selected({"of": arguments["of"], "where": arguments.get("among", {})})
        chosen = self._selected(arguments)
        depth = self.size + 2
        for slot in self.slots_of(arguments["of"]):
            year = self._year(slot, name)
            self._sound.append(z3.Or(z3.Not(slot.taken), year > at, year > at - depth))
        run: Any = z3.IntVal(0)
        for back in range(depth - 1, -1, -1):
            here = [self._year(slot, name) == at - back for slot, _, _ in among]
            counts = z3.Or([z3.And(place, fits) for place, (_, fits, _) in zip(here, among, strict=True)])
            fit = z3.Or(
                [
                    z3.And(place, conj([fits, there]))
                    for place, (_, fits, _), (_, there, _) in zip(here, chosen, among, strict=True)
                ]
            )
            run = z3.If(counts, z3.If(fit, run + 1, z3.IntVal(0)), run if skips else z3.IntVal(0))
        return run, conj([known, _settled(among), _settled(chosen)])

    def _most_within(self, arguments: Mapping[str, Any], _: Slot | None) -> Figure:
        chosen, name, window = self._selected(arguments), arguments["date"], arguments["window"]
        days = [(self._sure(slot, name), fits) for slot, fits, _ in chosen]
        counted = [
            conj([fits, *(negated(conj([fit, d == day])) for d, fit in days[:nth] if arguments.get("distinct"))])
            for nth, (day, fits) in enumerate(days)
        ]
        best: Any = z3.IntVal(0)
        for first, fits in days:
            if window == "calendar_year":
                within = [year_of(day) == year_of(first) for day, _ in days]
            else:
                within = [z3.And(day >= first, day < first + MONTH * window) for day, _ in days]
            most = z3.Sum([z3.If(z3.And(w, c), 1, 0) for w, c in zip(within, counted, strict=True)])
            best = z3.If(z3.And(fits, most > best), most, best)
        return best, _settled(chosen)

    # --- yes or no ---------------------------------------------------------------------------------------------------

    def _question(self, expression: Any) -> Pair:
        if isinstance(expression, str):
            return self._question(self.vocabulary.measures[expression].value)
        ((operator, arguments),) = expression.items()
        if operator in ("happened", "took_part"):
            chosen = self._selected(as_where(arguments))
            return disj([fits for _, fits, _ in chosen]), conj([fails for _, _, fails in chosen])
        return self._ordered(operator, arguments)

    def _ordered(self, operator: str, arguments: Mapping[str, Any]) -> Pair:
        firsts, thens = self._selected(arguments, "first"), self._selected(arguments, "then")
        self._sound.append(_settled(firsts))
        self._sound.append(_settled(thens))
        self._in_order(arguments["in"], arguments.get("date", "date"))
        name = arguments.get("date", "date")
        pairs = {
            (a, b): self._before(firsts[a][0], thens[b][0], name)
            for a in range(self.size) for b in range(self.size) if a != b
        }  # fmt: skip
        asked = dict(pairs)
        for key in ("without", "with"):
            for pair, lies in self._between(pairs, self._selected(arguments, key) if key in arguments else ()):
                asked[pair] = conj([asked[pair], lies if key == "with" else negated(lies)])
        if operator == "happened_before":
            each = [conj([firsts[a][1], thens[b][1], before]) for (a, b), before in asked.items()]
            return two_valued(disj(each))
        outer, inner, end = (thens, firsts, 1) if operator == "preceded" else (firsts, thens, 0)
        answers = []
        for n in range(self.size):
            some = [conj([inner[pair[1 - end]][1], before]) for pair, before in asked.items() if pair[end] == n]
            answers.append(disj([negated(outer[n][1]), *some]))
        return two_valued(conj(answers))

    def _between(
        self, pairs: Mapping[tuple[int, int], Term], chosen: Sequence[tuple[Slot, Term, Term]]
    ) -> Iterator[tuple[tuple[int, int], Term]]:
        """Yield for each pair, where any entries are asked for, when one of them lies between the two."""
        self._sound.append(_settled(chosen))
        for a, b in pairs if chosen else ():
            lies = [conj([chosen[n][1], pairs[a, n], pairs[n, b]]) for n in range(self.size) if n not in (a, b)]
            yield (a, b), disj(lies)

    def _before(self, first: Slot, then: Slot, name: str) -> Term:
        one, other, order = self.column(first, name), self.column(then, name), first.record.ordered_by
        if not order:
            return one < other
        return z3.Or(one < other, z3.And(one == other, self.column(first, order) < self.column(then, order)))

    def _in_order(self, record: str, name: str) -> None:
        """No two entries are of the same moment: their order would not be known."""
        slots = self.slots_of(record)
        for nth, slot in enumerate(slots):
            for other in slots[:nth]:
                columns = [name, *filter(None, [slot.record.ordered_by])]
                same = [self.column(slot, one) == self.column(other, one) for one in columns]
                self._sound.append(z3.Not(z3.And(slot.taken, other.taken, *same)))


def _settled(chosen: Iterable[tuple[Slot, Term, Term]]) -> Term:
    """Return that of each place it is known whether its entry fits."""
    return conj([at_least(1, [fits, fails]) for _, fits, fails in chosen])


_FIGURES: dict[str, Callable[[SymbolicEntries, Any, Slot | None], Figure]] = {
    "add": SymbolicEntries._add, "next_month": SymbolicEntries._next_month, "lookup": SymbolicEntries._lookup,
    "count": SymbolicEntries._count, "total": SymbolicEntries._total,
    "latest": SymbolicEntries._latest, "earliest": SymbolicEntries._earliest,
    "longest_run": SymbolicEntries._longest_run, "run_ending": SymbolicEntries._run_ending,
    "most_within": SymbolicEntries._most_within,
}  # fmt: skip
"""The operators that are understood here besides arithmetic."""
