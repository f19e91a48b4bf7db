"""Runs of consecutive years whose entries fit: the longest one, and the one that ends in a given year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from . import periods
from .bounds import UNKNOWN, Bounds
from .selecting import Entries, Entry, Seen, known_in, matches, select


def longest_run(arguments: Mapping[str, Any], view: Seen) -> Bounds:
    """Return the longest run of consecutive years whose entries fit; an unlisted year breaks the run or is skipped."""
    fitting, possible, complete = select(arguments, view)
    name, entries = arguments["year"], view.records.get(arguments["of"], Entries()).items
    skips = arguments.get("missing", "breaks") == "skips"
    dated = [entry.get(name) is not None for entry in (entries if skips else (*fitting, *possible))]
    closed = complete and all(dated)
    years = _years(fitting, name)
    may = years + _years(possible, name)
    if closed and skips:
        listed = sorted(set(_years(list(entries), name)))
        place = {year: index for index, year in enumerate(listed)}
        years, may = [place[year] for year in years], [place[year] for year in may]
    low = max(periods.longest_run(years), min(len(fitting), 1))
    if closed:
        return Bounds(low, periods.longest_run(may))
    # An entry of an unknown year may close any gap.
    return Bounds(low, len(set(may)) + dated.count(False) if complete else None)


def run_ending(arguments: Mapping[str, Any], view: Seen) -> Bounds:
    """Return how many consecutive years up to the year ``at`` fit; years that are not ``among`` count as missing.

    A missing year before ``at`` breaks the run or is skipped; while the list may be incomplete it is not known to be
    missing.  Years are those from 1 to 9999.
    """
    at = view.bounds(arguments["at"])
    entries = view.records.get(arguments["of"], Entries())
    name, skips = arguments["year"], arguments.get("missing", "breaks") == "skips"
    if at.low is None or at.low != at.high or not MINYEAR <= at.low <= MAXYEAR:
        return UNKNOWN
    closed = entries.complete and all(entry.get(name) is not None for entry in entries.items)
    fits, missing = _fit_by_year(arguments, view, at.low, final=closed or entries.unique == (name,))
    first = max(MINYEAR, min((*fits, *missing), default=at.low))
    where = arguments.get("where", {})

    def unlisted(year: int) -> bool | None:
        """Whether an entry of this year would fit, were there one."""
        return matches({name: year}, where, view) if name in where else None

    def length(hopeful: bool) -> int | None:
        """Count back from the year; an open question counts when ``hopeful``.  None when nothing ends the count."""
        run, year = 0, at.low
        while year >= first:
            absent = year not in fits and (closed or year in missing)
            fit = False if absent else fits[year] if year in fits else unlisted(year)
            if absent and skips and year != at.low:
                year -= 1
                continue
            if fit is False or (fit is None and not hopeful):
                return run
            run, year = run + 1, year - 1
        if closed or not hopeful:
            return run
        while year >= MINYEAR and unlisted(1) is False and unlisted(year) is not False:
            run, year = run + 1, year - 1
        return run if year >= MINYEAR and unlisted(year) is False else None

    return Bounds(length(False), length(True))


def _fit_by_year(
    arguments: Mapping[str, Any], view: Seen, at: int, final: bool
) -> tuple[dict[int, bool | None], set[int]]:
    """Return whether each year that counts, or may, has an entry that fits; and the listed years that do not count.

    Unless the years are ``final`` another entry may still be added to one of them.
    """
    entries, name = view.records.get(arguments["of"], Entries()), arguments["year"]
    among, where = arguments.get("among", {}), arguments.get("where", {})
    found: dict[int, list[bool | None]] = {}
    missing: set[int] = set()
    for entry in entries.items:
        if entry.get(name) is None:
            continue
        counts = matches(entry, among, view)
        if counts is False:
            missing.add(_year(entry[name]))
        else:
            fit = matches(entry, where, view)
            # Whether it does not fit or does not count, the year breaks the run; a skipped year would not.
            breaks = arguments.get("missing", "breaks") == "breaks" or _year(entry[name]) == at
            certain = counts or (fit is False and breaks)
            found.setdefault(_year(entry[name]), []).append(fit if certain else None)
    open_end: list[bool | None] = [] if final else [None]
    fits = {
        year: True if True in answers else None if None in answers + open_end else False
        for year, answers in found.items()
    }
    return fits, (missing - set(fits)) if final else set()


def _year(value: date | int) -> int:
    return value.year if isinstance(value, date) else value


def _years(entries: list[Entry], name: str) -> list[int]:
    return [_year(value) for value in known_in(entries, name)]
