"""A list asked for entry by entry and cell by cell: what was given stays, whatever is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from ..as_typed import whole, within
from ..bilingual import say
from ..case_model import MAX_ITEMS
from ..complaints import half_width_hint
from ..errors import InputError, Problem, Span, shown
from ..interview import Interview
from ..source import parse_document
from ..vocabulary import Record
from ..wording import Lang, colon, pick, word
from .output import write
from .typed import ask, option_of, options_of, refuse, value_of

Ending = Literal["done", "back", "end"]
"""How the questions about something end: answered, taken back, or the interview is to end."""
Save = Callable[[Mapping[str, Any]], None]
"""Saves a case so far; raises InputError."""
_NONE = ("无", "没有", "零", "〇", "none")
_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


class Listing:
    """The answers about one list: its entries, None for a cell that is not known, and whether they are all.

    ``listed`` is what the case gives of it already.
    """

    def __init__(
        self, interview: Interview, fact: str, record: Record, lang: Lang, save: Save,
        listed: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self._interview, self._fact, self._record, self._lang, self._save = interview, fact, record, lang, save
        self._entries: list[dict[str, Any]] = [dict(entry) for entry in (listed or {}).get("entries", ())]
        self._given = [frozenset(entry) for entry in self._entries]
        self._stated = "complete" in (listed or {})
        self._complete = bool((listed or {}).get("complete"))

    @property
    def value(self) -> dict[str, Any]:
        """The list so far, as a case holds it: without what is not known, and without an entry that is none yet."""
        needed = [name for name, column in self._record.fields.items() if column.required]
        known = ({name: cell for name, cell in entry.items() if cell is not None} for entry in self._entries)
        whole = [entry for entry in known if entry and all(name in entry for name in needed)]
        return {"complete": self._complete, "entries": whole}

    def ask(self, said: str) -> Ending:
        """Ask for the entries, of which ``said`` tells how many there are.

        Raises InputError for what is neither a number nor a list, and for more entries than a list can have.
        """
        count = _counted(said)
        if count is None and said[:1] not in ("[", "{"):
            message = say("no_count", value=shown(said))
            raise InputError(
                [Problem(Span("ask"), "wrong-type", message, half_width_hint(said) or say("count_or_list"))]
            )
        if count is None:
            return self._written(said)
        if count > MAX_ITEMS:
            message = say("too_many_items", most=MAX_ITEMS)
            raise InputError([Problem(Span("ask"), "too-large", message, say("count_entries"))])
        self._entries, self._given, self._stated = [], [], False
        return self._ask_entries(count)

    def fill(self) -> Ending:
        """Ask for what the entries lack that are given already, and whether they are all if nothing says so."""
        return self._ask_entries(len(self._entries))

    def _ask_entries(self, count: int) -> Ending:
        nth, ending = 0, "done"
        while True:
            again = ending == "back"
            if nth == count:
                ending = "done" if self._stated else self._ask_complete()
                if ending != "back":
                    return ending
            else:
                if nth >= len(self._given):
                    self._entries[nth:] = self._entries[nth : nth + 1] or [{}]
                ending = self._ask_entry(nth, count, again)
                if ending == "end":
                    return "end"
            if ending == "back" and nth == 0:
                return "back"
            nth += -1 if ending == "back" else 1

    def _written(self, said: str) -> Ending:
        """Take the entries as they stand in a case, in brackets."""
        found = within(parse_document(f"value: {said}\n", "ask").data["value"], self._record)
        case = {self._fact: found if isinstance(found, dict) else {"entries": found}}
        read = self._interview.policy.reader.read(case).model_dump(mode="json", exclude_unset=True)[self._fact]
        self._entries, self._complete = list(read.get("entries", ())), read.get("complete", False)
        return "done" if isinstance(found, dict) else self._ask_complete()

    def _ask_entry(self, nth: int, count: int, again: bool) -> Ending:
        """Ask for the cells of an entry, from its last one on when it is asked ``again``; nothing if it lacks none."""
        entry = self._entries[nth]
        given = self._given[nth] if nth < len(self._given) else frozenset()
        if given and not again and not self._interview.columns(self._fact, entry, self._entries[:nth]):
            return "done"
        if again and len(entry) == len(given) and given:
            return "back"
        write(f"  {word('nth_of', self._lang).format(nth + 1, count)}{self._named(nth)}\n", None)
        if again and entry:
            entry.popitem()
        while left := self._interview.columns(self._fact, entry, self._entries[:nth]):
            ending = self._ask_cell(nth, left[0])
            if ending == "end" or (ending == "back" and len(entry) == len(given)):
                return ending
            if ending == "back":
                entry.popitem()
        return "done"

    def _named(self, nth: int) -> str:
        """Return what an entry that is given says already, to know it by."""
        if nth >= len(self._given):
            return ""
        entry = {key: value for key, value in self._entries[nth].items() if key in self._given[nth]}
        return colon(self._lang) + pick(*self._interview.named(self._fact, entry), self._lang)

    def _ask_cell(self, nth: int, name: str) -> Ending:
        column, entry = self._record.fields[name], self._entries[nth]
        options = options_of(column.type, column.options, self._lang)
        write(f"  {pick(column.label, column.en, self._lang)}〔{name}〕\n", None)
        while (said := ask(options)) not in ("<", "."):
            try:
                if said == "!":
                    self._save({**self._interview.case, self._fact: self.value})
                    continue
                cell = value_of(said, column, options)
                if cell is not None or not column.required:
                    self._interview.check(self._fact, [*self._entries[:nth], {**entry, name: cell}])
                    entry[name] = cell
                    return "done"
                write(f"  ✗ {word('cell_needed', self._lang)}\n", None)
            except InputError as error:
                refuse(error, self._lang)
        return "back" if said == "<" else "end"

    def _ask_complete(self) -> Ending:
        write(f"{word('complete', self._lang)}\n", None)
        options = options_of("yes_no", {}, self._lang)
        while (said := ask(options)) not in ("<", "."):
            found = within({"complete": option_of(said, options)}, self._record).get("complete")
            if found is None or isinstance(found, bool):
                self._complete = bool(found)
                return "done"
            write(f"  ✗ {word('yes_or_no', self._lang)}\n", None)
        return "back" if said == "<" else "end"


def _counted(said: str) -> int | None:
    """Return the number that is said, with or without its measure word (项, 个, 条); None for anything else."""
    number = said.rstrip("项个条").strip()
    found = 0 if said.lower() in _NONE else _NUMBERS.get(number) or whole(number)
    return found if isinstance(found, int) and found >= 0 else None
