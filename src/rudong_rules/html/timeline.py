"""A time line of periods and dated events, as SVG: one row each, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree.ElementTree import Element

from ..verdict_data import Event, PeriodState
from .markup import Child, h
from .pieces import Reader

WIDTH, LEFT, RIGHT, ROW, TOP = 760, 96, 24, 26, 30
"""Measures of the drawing: its width, the column of dates, the margin, the height of a row, the room for the scale."""
STYLE = """
svg.rudong-line { font: 13px/1 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
svg.rudong-line text { fill: currentColor; } svg.rudong-line .quiet { opacity: .72; font-size: 11px; }
svg.rudong-line .grid { stroke: currentColor; opacity: .18; }
svg.rudong-line .today { stroke: #d55e00; stroke-width: 1.5; stroke-dasharray: 5 3; }
svg.rudong-line .period { fill: #56b4e9; fill-opacity: .45; stroke: #0072b2; stroke-width: 1.2; }
svg.rudong-line .open { stroke-dasharray: 4 3; } svg.rudong-line .event { fill: #009e73; }
"""


def time_line(
    periods: Sequence[PeriodState], events: Sequence[Event], as_of: str | None, reader: Reader
) -> Element | None:
    """Return the drawing; None where fewer than two days are known."""
    days = [date.fromisoformat(one) for one in _days(periods, events, as_of)]
    if len(set(days)) < 2:
        return None
    line = _Line(min(days), max(days), reader)
    rows: list[tuple[str, Child]] = [(one.day, line.event(one)) for one in events]
    rows += [(one.first or one.last, line.period(one)) for one in periods if one.first or one.last]
    rows.sort(key=lambda row: row[0])
    height = TOP + ROW * len(rows) + 12
    drawn = [
        h("g", h("text", day, x=0, y=4, class_="quiet"), marks, transform=f"translate(0 {TOP + ROW * n + ROW // 2})")
        for n, (day, marks) in enumerate(rows)
    ]
    return h(
        "svg", h("style", STYLE), h("title", reader.word("time_line")), line.scale(height, as_of), drawn,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}", role="img", class_="rudong-line",
    )  # fmt: skip


def _days(periods: Sequence[PeriodState], events: Sequence[Event], as_of: str | None) -> Iterator[str]:
    yield from (day for one in periods for day in (one.first, one.last) if day)
    yield from (one.day for one in events)
    if as_of:
        yield as_of


class _Line:
    """Places days between the first and the last."""

    def __init__(self, first: date, last: date, reader: Reader) -> None:
        self.first, self.last, self.reader = first, last, reader

    def x(self, day: date) -> float:
        """Return where a day stands."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def scale(self, height: int, as_of: str | None) -> Iterator[Element]:
        """Yield a line for every year, or every month of a short time, and one for the day of the case."""
        for day in self._ticks():
            x = self.x(day)
            yield h("line", x1=x, x2=x, y1=TOP - 8, y2=height, class_="grid")
            name = str(day.year) if day.month == 1 else f"{day.year}-{day.month:02}"
            yield h("text", name, x=x + 3, y=TOP - 2, class_="quiet")
        if as_of:
            x = self.x(date.fromisoformat(as_of))
            yield h("line", x1=x, x2=x, y1=14, y2=height, class_="today")
            anchor = "end" if x > WIDTH / 2 else "start"
            yield h("text", f"{self.reader.word('as_of')} {as_of}", x=x, y=10, text_anchor=anchor)

    def _ticks(self) -> Iterator[date]:
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        every = 1 if months <= 9 else 3 if months <= 18 else 12
        if months > 240:
            every = 12 * (months // 120)
        for month in range(self.first.year * 12 - self.first.year * 12 % every, self.last.year * 12 + 12, every):
            day = date(month // 12, month % 12 + 1, 1) if 12 <= month < 120_000 else self.first
            if self.first < day <= self.last:
                yield day

    def event(self, event: Event) -> list[Element]:
        """Return the sign and the words of an event."""
        x = self.x(date.fromisoformat(event.day))
        sign = h("path", d=f"M{x - 5} 0 L{x} -5 L{x + 5} 0 L{x} 5 Z", class_="event")
        return [sign, self._words(self.reader.pick(event.label, event.en), x - 9, x + 9)]

    def period(self, period: PeriodState) -> list[Element]:
        """Return the bar and the words of a period; an end that is open or not known is dashed."""
        known = bool(period.first and period.last)
        start = self.x(date.fromisoformat(period.first)) if period.first else float(LEFT)
        end = self.x(date.fromisoformat(period.last)) if period.last else float(WIDTH - 4)
        last = self.reader.word("open_ended") if period.open_ended else period.last or self.reader.word("day_unknown")
        bar = h(
            "rect",
            x=start,
            y=-10,
            width=max(3.0, end - start),
            height=20,
            rx=3,
            class_=f"period{'' if known else ' open'}",
        )
        name = f"{self.reader.pick(period.label, period.en)} → {last}"
        words = (
            h("text", name, x=start + 6, y=4)
            if end - start > _wide(name) + 8
            else self._words(name, start - 6, end + 6)
        )
        return [bar, words]

    def _words(self, words: str, before: float, after: float) -> Element:
        """Return words beside a sign, on the side where there is room; cut where there is none."""
        right = WIDTH - after >= min(_wide(words), before - LEFT)
        room = WIDTH - after if right else before - LEFT
        shown = words
        while len(shown) > 1 and _wide(shown) > room:
            shown = shown[:-2] + "…"
        title = h("title", words)
        return h("text", shown, title, x=after if right else before, y=4, text_anchor="start" if right else "end")


def _wide(words: str) -> float:
    """Return about how wide words are in 13 px: a Chinese character is a square."""
    return sum(13 if ord(one) > 0x2000 else 7 for one in words)
