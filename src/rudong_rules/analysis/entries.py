"""What questions about lists and numbers mean, as formulas over lists of a few entries; and the case of a model.

The meaning is that of ``measures`` for a case that gives every column: two formulas for each question, known true and
known false.  It only serves to find cases: a case that comes of it counts once the engine has decided it, so a word
that is not understood here (:class:`UnsupportedError`), or a bound on the lists, never makes a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import z3

from ..bounds import COMPARISONS, number
from ..policy import Policy
from ..ruleset import Test
from ..usage import words_in
from ..vocabulary import Record, RecordField, Scalar
from .arithmetic import ARITHMETIC, later, next_month
from .days import MONTH, YEAR, as_day, is_day, literal
from .figures import Figure, Pair, UnsupportedError, compared, either, negated, two_valued
from .terms import Term, at_least, conj, disj, variable
from .written import value_of, written, written_entry


class Slot:
    """A place for an entry of a record: whether it is taken, and its columns as far as somebody asked for them."""

    def __init__(self, name: str, record: Record, place: int) -> None:
        self.record, self.id = record, f"{name}[{place}]"
        self.taken = z3.Bool(self.id)
        self.columns: dict[str, Any] = {}


class Entries:
    """Questions about one policy's lists and numbers as formulas, over lists of at most ``size`` entries."""

    def __init__(self, policy: Policy, size: int) -> None:
        self.policy, self.size = policy, size
        self._vocabulary = policy.rules.vocabulary
        self._scalars: dict[str, Any] = {}
        self._slots: dict[str, list[Slot]] = {}
        self._kinds: list[Term] = []
        self._asked: dict[str, tuple[Pair, list[Term]]] = {}
        self._sound: list[Term] = []
        self._as_of: Any = None
        asked = (*policy.rules.tests.values(), *policy.rules.checks.tests.values())
        # The texts with which columns of text are compared.
        self._texts = list(dict.fromkeys(words_in([test.left for test in asked])))

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
        found = [term for test in tests for term in self._asked[repr(test)][1]]
        for slots in self._slots.values():
            record = slots[0].record
            found += [z3.Implies(after.taken, before.taken) for before, after in pairwise(slots)]
            for slot in slots:
                found += self._within(slot)
            for nth, slot in enumerate(slots):
                if self._as_of is not None and record.dated_by in slot.columns:
                    found.append(slot.columns[record.dated_by] <= self._as_of)
                for other in slots[:nth] if record.unique else ():
                    same = [self._column(slot, name) == self._column(other, name) for name in record.unique]
                    found.append(z3.Not(z3.And(slot.taken, other.taken, *same)))
        for name, term in self._scalars.items():
            limit = self._vocabulary.scalars[name].limit
            if limit is None:
                continue
            most = self._as_of if limit.at_most == "as_of" else self._scalars.get(limit.at_most)
            if most is not None:
                found.append(term <= (most / YEAR if limit.by == "year" else most))
        return self._kinds + found

    def _within(self, slot: Slot) -> Iterator[Term]:
        """Yield the limits between columns that were asked about: what a case leaves out breaks none."""
        for limit in slot.record.limits:
            if limit.field in slot.columns and limit.at_most in slot.columns:
                part, whole = slot.columns[limit.field], slot.columns[limit.at_most]
                yield part <= (whole / YEAR if limit.by == "year" else whole)
        if self._as_of is not None and slot.record.dated_by not in slot.columns:
            for limit in slot.record.limits:
                if limit.at_most == slot.record.dated_by and limit.field in slot.columns:
                    most = self._as_of / YEAR if limit.by == "year" else self._as_of
                    yield slot.columns[limit.field] <= most

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
            return self._column(slot, expression), True
        if expression == "as_of":
            return self._today(), True
        if expression in self._vocabulary.scalars:
            return self._scalar(expression), True
        if expression in self._vocabulary.measures:
            return self._figure(self._vocabulary.measures[expression].value, None)
        try:
            return literal(number(expression)), True
        except ValueError:
            raise UnsupportedError(str(expression)) from None

    def _today(self) -> Any:
        if self._as_of is None:
            self._as_of = z3.Int("as_of")
            self._kinds += is_day(self._as_of)
        return self._as_of

    def _scalar(self, name: str) -> Any:
        if name not in self._scalars:
            self._scalars[name] = self._made(name, self._vocabulary.scalars[name])
        return self._scalars[name]

    def _cell(self, slot: Slot, name: str) -> Figure:
        """Return the value of a column, computed or not, and whether it is known."""
        if name in slot.record.computed:
            return self._figure(slot.record.computed[name].value, slot)
        return self._column(slot, name), True

    def _column(self, slot: Slot, name: str) -> Any:
        if name not in slot.record.fields:
            raise UnsupportedError(f"computed column {name}")
        if name not in slot.columns:
            slot.columns[name] = self._made(f"{slot.id}.{name}", slot.record.fields[name])
        return slot.columns[name]

    def _made(self, name: str, kind: Scalar | RecordField) -> Any:
        """Return a new variable of a kind, and note what its values are."""
        if kind.type == "bool":
            return z3.Bool(name)
        if kind.type == "choices":
            return {option: z3.Bool(f"{name}∋{option}") for option in kind.options}
        found = z3.Real(name) if kind.type == "fraction" else z3.Int(name)
        if kind.type == "date":
            self._kinds += is_day(found)
        elif kind.type == "choice":
            self._kinds.append(z3.And(found >= 0, found < len(kind.options)))
        elif kind.type == "text":
            self._kinds.append(z3.And(found >= 0, found <= len(self._texts)))
        else:
            bounds = [found >= kind.min] if kind.min is not None else [found >= -1_000_000]
            self._kinds += [*bounds, found <= (kind.max if kind.max is not None else 1_000_000)]
        return found

    def _add(self, arguments: Mapping[str, Any], slot: Slot | None) -> Figure:
        figures = {key: self._figure(part, slot) for key, part in arguments.items()}
        return later(figures.pop("to"), figures)

    def _next_month(self, arguments: Mapping[str, Any], slot: Slot | None) -> Figure:
        return next_month(self._figure(arguments["to"], slot))

    def _lookup(self, arguments: Mapping[str, Any], slot: Slot | None) -> Figure:
        key, table = arguments["key"], self._vocabulary.tables[arguments["table"]]
        own = slot is not None and key in slot.record.fields
        kind = slot.record.fields[key] if slot is not None and own else self._vocabulary.scalars[key]
        options = list(kind.options)
        chosen = {
            row: self._column(slot, key) == options.index(row) if slot is not None and own else variable(f"{key}={row}")
            for row in table
        }
        value = literal(number(next(iter(table.values()))))
        for row, cell in table.items():
            value = z3.If(chosen[row], literal(number(cell)), value)
        return value, disj(list(chosen.values()))

    # --- entries -----------------------------------------------------------------------------------------------------

    def _slots_of(self, name: str) -> list[Slot]:
        if name not in self._slots:
            record = self._vocabulary.records[name]
            self._slots[name] = [Slot(name, record, place) for place in range(self.size)]
        return self._slots[name]

    def _selected(self, arguments: Mapping[str, Any], key: str = "where") -> list[tuple[Slot, Term, Term]]:
        """Return each place with when its entry is known to fit, and when it is known that none there does."""
        where, found = arguments.get(key, {}), []
        for slot in self._slots_of(arguments.get("of") or arguments["in"]):
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
        return conj([fits for fits, _ in pairs]), disj([fails for _, fails in pairs])

    def _fit(self, slot: Slot, name: str, wanted: Any) -> Pair:
        value, known = self._cell(slot, name)
        if isinstance(wanted, dict) and "all_of" not in wanted:
            pairs = [
                compared((value, known), COMPARISONS[sign], self._figure(right, None)) for sign, right in wanted.items()
            ]
            return conj([fits for fits, _ in pairs]), disj([fails for _, fails in pairs])
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
            return disj([value == self._texts.index(option) + 1 for option in options])
        return disj([value == option for option in options])

    def _count(self, arguments: Mapping[str, Any], _: Slot | None) -> Figure:
        chosen = self._selected(arguments)
        return z3.Sum([z3.If(fits, 1, 0) for _, fits, _ in chosen]), _settled(chosen)

    def _total(self, arguments: Mapping[str, Any], _: Slot | None) -> Figure:
        chosen = self._selected(arguments)
        return z3.Sum([z3.If(f, self._column(s, arguments["field"]), 0) for s, f, _ in chosen]), _settled(chosen)

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

    def _year(self, slot: Slot, name: str) -> Any:
        value = self._column(slot, name)
        return value / YEAR if slot.record.fields[name].type == "date" else value

    def _longest_run(self, arguments: Mapping[str, Any], _: Slot | None) -> Figure:
        if arguments.get("missing", "breaks") == "skips":
            raise UnsupportedError("longest_run that skips")
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
        for slot in self._slots_of(arguments["of"]):
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
        days = [(self._column(slot, name), fits) for slot, fits, _ in chosen]
        counted = [
            conj([fits, *(negated(conj([fit, d == day])) for d, fit in days[:nth] if arguments.get("distinct"))])
            for nth, (day, fits) in enumerate(days)
        ]
        best: Any = z3.IntVal(0)
        for first, fits in days:
            if window == "calendar_year":
                within = [day / YEAR == first / YEAR for day, _ in days]
            else:
                within = [z3.And(day >= first, day < first + MONTH * window) for day, _ in days]
            most = z3.Sum([z3.If(z3.And(w, c), 1, 0) for w, c in zip(within, counted, strict=True)])
            best = z3.If(z3.And(fits, most > best), most, best)
        return best, _settled(chosen)

    # --- yes or no ---------------------------------------------------------------------------------------------------

    def _question(self, expression: Any) -> Pair:
        if isinstance(expression, str):
            return self._question(self._vocabulary.measures[expression].value)
        ((operator, arguments),) = expression.items()
        if operator == "took_part":
            place = arguments.get("field", "participants")
            where = {**arguments.get("where", {}), place: arguments["who"]}
            operator, arguments = "happened", {"in": arguments["in"], "where": where}
        if operator == "happened":
            chosen = self._selected(arguments)
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
        every = []
        for n in range(self.size):
            some = [conj([inner[pair[1 - end]][1], before]) for pair, before in asked.items() if pair[end] == n]
            every.append(disj([negated(outer[n][1]), *some]))
        return two_valued(conj(every))

    def _between(
        self, pairs: Mapping[tuple[int, int], Term], chosen: Sequence[tuple[Slot, Term, Term]]
    ) -> Iterator[tuple[tuple[int, int], Term]]:
        """Yield for each pair, where any entries are asked for, when one of them lies between the two."""
        self._sound.append(_settled(chosen))
        for a, b in pairs if chosen else ():
            lies = [conj([chosen[n][1], pairs[a, n], pairs[n, b]]) for n in range(self.size) if n not in (a, b)]
            yield (a, b), disj(lies)

    def _before(self, first: Slot, then: Slot, name: str) -> Term:
        one, other, order = self._column(first, name), self._column(then, name), first.record.ordered_by
        if not order:
            return one < other
        return z3.Or(one < other, z3.And(one == other, self._column(first, order) < self._column(then, order)))

    def _in_order(self, record: str, name: str) -> None:
        """No two entries are of the same moment: their order would not be known."""
        slots = self._slots_of(record)
        for nth, slot in enumerate(slots):
            for other in slots[:nth]:
                columns = [name, *filter(None, [slot.record.ordered_by])]
                same = [self._column(slot, one) == self._column(other, one) for one in columns]
                self._sound.append(z3.Not(z3.And(slot.taken, other.taken, *same)))

    def at_most(self, count: int) -> list[Term]:
        """Return that no list has more than ``count`` entries."""
        return [z3.Not(slots[count].taken) for slots in self._slots.values() if count < self.size]

    # --- the case of a model -----------------------------------------------------------------------------------------

    def case(self, model: Any) -> dict[str, Any]:
        """Return the facts that a model gives to the lists and numbers that were asked about."""
        found: dict[str, Any] = {}
        if self._as_of is not None:
            found["as_of"] = as_day(value_of(model, self._as_of)).isoformat()
        for name, term in self._scalars.items():
            found[name] = written(model, term, self._vocabulary.scalars[name], self._texts)
        for name, slots in self._slots.items():
            entries = [
                written_entry(model, slot.record, slot.columns, self._texts)
                for slot in slots
                if model.eval(slot.taken, model_completion=True)
            ]
            found[name] = {"complete": True, "entries": entries}
        return found


def _settled(chosen: Iterable[tuple[Slot, Term, Term]]) -> Term:
    """Return that of each place it is known whether its entry fits."""
    return conj([at_least(1, [fits, fails]) for _, fits, fails in chosen])


_FIGURES: dict[str, Callable[[Entries, Any, Slot | None], Figure]] = {
    "add": Entries._add, "next_month": Entries._next_month, "lookup": Entries._lookup, "count": Entries._count,
    "total": Entries._total, "latest": Entries._latest, "earliest": Entries._earliest,
    "longest_run": Entries._longest_run, "run_ending": Entries._run_ending, "most_within": Entries._most_within,
}  # fmt: skip
"""The operators that are understood here besides arithmetic."""
