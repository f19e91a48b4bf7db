"""激励 第六条（一） in plain Python: which years were excellent, whether they are three running, and what uses them up."""

from __future__ import annotations

from oracle.careers import Career, Honour, is_one
from oracle.logic import Truth, all_of, any_of, no


def excellent_this_year(c: Career) -> Truth:
    """研究确定优秀等次干警。"""
    return c.assessed(c.year, lambda one: is_one(one.grade, ["excellent"]))


def three_excellent_years_running(c: Career) -> Truth:
    """连续三年确定为优秀等次的，whether a merit rests on them already or not."""
    if c.year is None:
        return None
    return c.read("gap_in_three_years", breaks=_adjacent(c, c.year), skips=_gaps_skipped(c, c.year, after=0))


def excellent_three_years(c: Career) -> Truth:
    """连续三年确定为优秀等次的。Only a merit for such years, 报县委县政府同意后记, uses them up, be they earlier or later ones."""
    last = c.year
    if last is None:
        return None

    def merit(one: Honour) -> Truth:
        return all_of(one.kind == "third_merit", with_consent(one), one.for_three_years)

    def used(one: Honour) -> Truth:
        return all_of(merit(one), is_one(one.for_year, [last - 2, last - 1, last + 1, last + 2]))

    def used_across_gaps(one: Honour) -> Truth:
        """Whether the three years of the later of the two reach back to the last one of the earlier."""
        if one.for_year is None or one.for_year == last:
            reach: Truth = None if one.for_year is None else False
        else:
            earlier, later = sorted((one.for_year, last))
            reach = no(_gaps_skipped(c, later, after=earlier))
        return all_of(merit(one), reach)

    adjacent = all_of(_adjacent(c, last), no(c.honours.some(used)))
    skipped = all_of(_gaps_skipped(c, last, after=0), no(c.honours.some(used_across_gaps)))
    new_run = c.read("gap_in_three_years", breaks=adjacent, skips=skipped)
    return c.read("fourth_excellent_year", new_run=new_run, every_window=three_excellent_years_running(c))


def _adjacent(c: Career, last: int) -> Truth:
    return all_of(*(c.graded(year, ["excellent"]) for year in range(last - 2, last + 1)))


def _gaps_skipped(c: Career, last: int, after: int) -> Truth:
    """Whether the year was excellent, and so were the graded ones before it, three in all, none as early as ``after``.

    Of a year of which it is not sure whether it was assessed by the day nothing is concluded.
    """
    grades = {one.year: one for one in c.assessments.entries}
    found: list[Truth] = []
    for year in range(last, min(after or last, *grades, last) - 1, -1):
        listed = grades.get(year)
        ungraded = listed.grade == "ungraded" if listed else c.assessments.complete
        if ungraded and year < last:
            continue
        unsure = listed is not None and listed.sure is None and year < last
        excellent = False if ungraded or year <= after else None if unsure else c.graded(year, ["excellent"])
        found.append(excellent)
        if len(found) == 3:
            return all_of(*found)
    return all_of(*found, False if c.assessments.complete else None)


def with_consent(one: Honour) -> Truth:
    """报县委县政府同意后：given by the county itself, or by the procuratorate with its consent."""
    return any_of(is_one(one.giver, ["county"]), all_of(is_one(one.giver, ["own"]), one.county_consented))
