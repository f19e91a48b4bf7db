"""Verdict data → HTML and SVG that need nothing else: no script, no network, no font of their own.

Whatever comes from a case is text in a tree (``markup``), and the page forbids scripts and requests to itself.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from ..bilingual import say
from ..errors import MisuseError
from ..render import cited_by, outcome, title
from ..robustness_data import RobustnessData
from ..verdict_data import Citation, Event, OpinionData, VerdictData
from ..wording import Lang
from . import folded, markup
from .graph import STYLE as GRAPH_STYLE
from .graph import graph
from .markup import Child, as_html, as_svg, h
from .pieces import STATUS_SIGNS, Reader, fold, heading, legend, mark, table, texts
from .readings import robustness
from .sections import verdict_sections
from .timeline import STYLE as LINE_STYLE
from .timeline import time_line

__all__ = [
    "Child",
    "Data",
    "document",
    "fragment",
    "framed",
    "graph_svg",
    "h",
    "markup",
    "page",
    "table",
    "time_line_svg",
    "whole",
]

if TYPE_CHECKING:
    from ..layout import Section

Data = VerdictData | OpinionData


@cache
def style() -> str:
    """Return the style sheet of pages."""
    return (files(__package__) / "page.css").read_text(encoding="utf-8")


def page(
    data: Data, lang: Lang = "zh", clauses: Iterable[Citation] = (), events: Sequence[Event] = (),
    robust: RobustnessData | None = None,
) -> str:  # fmt: skip
    """Return a whole page about a verdict or an opinion.

    ``clauses`` are texts to show beside those that the data cites, ``events`` what the time line shows beside periods,
    ``robust`` what comes of the verdict under other readings.
    """
    reader = _reader(data, lang, (*clauses, *(robust.citations if robust else ())))
    return whole(_title(data, reader), _content(data, events, reader, robust=robust), lang)


def fragment(data: Data, lang: Lang = "zh", clauses: Iterable[Citation] = (), events: Sequence[Event] = ()) -> str:
    """Return the same as :func:`page`, to stand inside another page: a notebook."""
    return framed(_content(data, events, _reader(data, lang, clauses), folded=True), lang)


def graph_svg(data: VerdictData, lang: Lang = "zh") -> str:
    """Return the graph of the derivation as an SVG file.  Raises MisuseError for a verdict without one."""
    if not data.derivation:
        raise MisuseError(say("no_derivation"))
    return as_svg(graph(data.derivation, Reader(lang)))


def time_line_svg(data: Data, lang: Lang = "zh", events: Sequence[Event] = ()) -> str:
    """Return the time line as an SVG file.  Raises MisuseError where fewer than two days are known."""
    verdicts = _verdicts(data)
    found = time_line(data.periods, events, verdicts[0].as_of if verdicts else None, Reader(lang))
    if found is None:
        raise MisuseError(say("too_few_days"))
    return as_svg(found)


def whole(title: str, content: Child, lang: Lang) -> str:
    """Return content as a page that forbids itself scripts and requests."""
    sheets = "".join(f" 'sha256-{_digest(one)}'" for one in (style(), GRAPH_STYLE, LINE_STYLE))
    head = h(
        "head", h("meta", charset="utf-8"),
        h("meta", http_equiv="Content-Security-Policy", content=f"default-src 'none'; style-src{sheets}"),
        h("meta", name="viewport", content="width=device-width, initial-scale=1"),
        h("title", title), h("style", style()),
    )  # fmt: skip
    body = h("body", h("main", content, class_="rudong"))
    return "<!doctype html>\n" + as_html(h("html", head, body, lang="zh-CN" if lang == "zh" else "en")) + "\n"


def framed(content: Child, lang: Lang = "zh") -> str:
    """Return content with its style, to stand inside another page."""
    return as_html(
        h("div", h("style", style()), content, class_="rudong inside", lang="zh-CN" if lang == "zh" else "en")
    )


def document(sections: Iterable[Section], lang: Lang = "zh") -> str:
    """Return sections of lines, as ``render`` lays them out, as a page on which they fold."""
    kept = list(sections)
    return whole(kept[0].title if kept else "", folded.sections(kept, lang), lang)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _verdicts(data: Data) -> tuple[VerdictData, ...]:
    return (data,) if isinstance(data, VerdictData) else data.verdicts


def _touched(data: Data) -> list[VerdictData]:
    """Return the verdicts that are told in full: of an opinion those that the facts touch."""
    return [one for one in _verdicts(data) if one.facts_known or data is one]


def _reader(data: Data, lang: Lang, clauses: Iterable[Citation]) -> Reader:
    cited = [one for verdict in _touched(data) for one in cited_by(verdict)]
    return Reader(lang, {one.ref: one for one in (*cited, *clauses)})


def _title(data: Data, reader: Reader) -> str:
    if isinstance(data, VerdictData):
        return title(data, reader.lang)
    return (data.verdicts[0].title if data.verdicts else "") or reader.word("opinion")


def _content(
    data: Data, events: Sequence[Event], reader: Reader, folded: bool = False, robust: RobustnessData | None = None
) -> list[Child]:
    verdicts = _verdicts(data)
    day = next((one.as_of for one in verdicts if one.as_of), None)
    line = time_line(data.periods, events, day, reader)
    header = heading(_title(data, reader), day, reader)
    parts: list[Child] = [header, _overview(verdicts, reader) if isinstance(data, OpinionData) else None]
    times = None
    if line is not None:
        drawing = h("div", line, class_="wide", tabindex="0")
        times = h("section", h("h2", reader.word("time_line")), drawing, class_="time")
    if isinstance(data, OpinionData):
        parts.append(times)
    for one in _touched(data):
        prefix = _prefix(one)
        head = h("h2", reader.pick(one.label, one.en)) if isinstance(data, OpinionData) else None
        parts.append(h("article", head, verdict_sections(one, prefix, reader), id=prefix))
    parts.append(robustness(robust, reader) if robust else None)
    if isinstance(data, VerdictData):
        parts.append(times)
    parts.append(texts(reader, folded))
    return [*parts, _foot(parts, verdicts, reader)]


def _prefix(data: VerdictData) -> str:
    """Return what ids begin with: unlike for other cases, which a notebook may show beside this one."""
    return f"{data.decision}-{data.digests.case[:8]}-"


def _overview(verdicts: Sequence[VerdictData], reader: Reader) -> list[Element]:
    """Return what came out of each decision; those that no fact touches fold away."""
    heads = [reader.word("decision"), reader.word("outcome"), reader.word("modality")]

    def row(one: VerdictData) -> list[Child]:
        name = reader.pick(one.label, one.en)
        linked = h("a", name, href=f"#{_prefix(one)}") if one.facts_known else name
        sign = "caution" if one.cautions else STATUS_SIGNS.get(one.status)
        came = [mark(sign, reader) if sign else None, " ", outcome(one, reader.lang)]
        return [linked, came, reader.word(one.modality)]

    touched = [row(one) for one in verdicts if one.facts_known]
    others = [row(one) for one in verdicts if not one.facts_known]
    found = [h("section", h("h2", reader.word("opinion")), table(heads, touched), class_="overview")]
    if others:
        found.append(fold(reader.word("untouched").format(len(others)), table(heads, others)))
    return found


def _foot(parts: Iterable[Child], verdicts: Sequence[VerdictData], reader: Reader) -> Element | None:
    if not verdicts:
        return None
    d = verdicts[0].digests
    rows = [
        (reader.word("digest_text"), d.text), (reader.word("digest_rules"), d.rules),
        (reader.word("digest_case"), d.case),
        ("rudong-rules", f"{d.library} / {d.rule_language}"),
    ]  # fmt: skip
    digests = h("dl", [[h("dt", name), h("dd", h("code", value))] for name, value in rows])
    return h("footer", legend(parts, reader), fold(reader.word("digests"), digests))
