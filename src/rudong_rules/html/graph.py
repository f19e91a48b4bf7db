"""The graph of a derivation, as SVG: the outcome at the left, facts to the right, each step once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from ..verdict_data import DerivationStep
from ..wording import FURTHER_MARKS, MARKS, stands
from .markup import h
from .pieces import Reader

ROW, HEIGHT, GAP, LONGEST = 30, 22, 46, 22
"""The height of a row and of a box, the room between columns, the most characters of a label."""
STYLE = """
svg.rudong-graph { font: 12px/1 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
svg.rudong-graph text { fill: currentColor; } svg.rudong-graph rect { fill: none; stroke: currentColor; }
svg.rudong-graph .outcome rect { stroke-width: 2.5; } svg.rudong-graph .fact rect { stroke: #0072b2; }
svg.rudong-graph .reading rect { stroke: #e69f00; stroke-dasharray: 4 3; }
svg.rudong-graph .no rect { stroke: #d55e00; } svg.rudong-graph path { fill: none; stroke: currentColor; opacity: .45; }
svg.rudong-graph path.no { stroke-dasharray: 4 3; }
"""


def graph(steps: Sequence[DerivationStep], reader: Reader) -> Element:
    """Return the drawing.  A box with a thick edge is an outcome, a dashed one a reading; ✗ is known not to hold."""
    columns, rows = _columns(steps), _rows(steps)
    labels = [_label(step, reader) for step in steps]
    wide = [
        max(_wide(labels[n]) for n, one in enumerate(columns) if one == column) for column in range(max(columns) + 1)
    ]
    lefts = [8 + sum(wide[:column]) + GAP * column for column in range(len(wide))]
    place = [(lefts[columns[n]], round(rows[n] * ROW + ROW / 2, 1)) for n in range(len(steps))]
    boxes = [
        _box(step, reader.pick(step.label, step.en), label, *xy)
        for step, label, xy in zip(steps, labels, place, strict=True)
    ]
    width, height = lefts[-1] + wide[-1] + 8, (max(rows) + 1) * ROW
    return h(
        "svg", h("style", STYLE), h("title", reader.word("graph")), _edges(steps, labels, place), boxes,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:g} {height:g}", width=width, height=height, role="img",
        class_="rudong-graph",
    )  # fmt: skip


def _columns(steps: Sequence[DerivationStep]) -> list[int]:
    """Return the column of each step: how far it is at most from what nothing rests on.  Premises come first."""
    columns = [0] * len(steps)
    for n in reversed(range(len(steps))):
        for premise in steps[n].because:
            columns[premise] = max(columns[premise], columns[n] + 1)
    return columns


def _rows(steps: Sequence[DerivationStep]) -> list[float]:
    """Return the row of each step: a leaf takes the next free one, others stand amid what is new below."""
    rows: dict[int, float] = {}
    used = {n for step in steps for n in step.because}
    free = 0

    def settle(n: int) -> None:
        nonlocal free
        below = [one for one in dict.fromkeys(steps[n].because) if one not in rows]
        for one in below:
            if one not in rows:
                settle(one)
        if below:
            rows[n] = (rows[below[0]] + rows[below[-1]]) / 2
        else:
            rows[n], free = free, free + 1

    for root in range(len(steps)):
        if root not in used:
            settle(root)
    return [rows[n] for n in range(len(steps))]


def _label(step: DerivationStep, reader: Reader) -> str:
    words = reader.pick(step.label, step.en)
    most = LONGEST if reader.lang == "zh" else 2 * LONGEST
    sign = {**MARKS, **FURTHER_MARKS}[stands(step.name, "true" if step.value else "false")]
    return f"{sign} {words if len(words) <= most else words[: most - 1] + '…'}"


def _wide(label: str) -> float:
    return 14 + sum(12 if ord(one) > 0x2000 else 6.8 for one in label)


def _box(step: DerivationStep, whole: str, label: str, x: float, y: float) -> Element:
    return h(
        "g", h("title", whole), h("rect", x=x, y=y - HEIGHT / 2, width=_wide(label), height=HEIGHT, rx=4),
        h("text", label, x=x + 7, y=y + 4), class_=f"{step.kind}{'' if step.value else ' no'}",
    )  # fmt: skip


def _edges(
    steps: Sequence[DerivationStep], labels: Sequence[str], place: Sequence[tuple[float, float]]
) -> Iterator[Element]:
    for n, step in enumerate(steps):
        for premise in dict.fromkeys(step.because):
            (x1, y1), (x2, y2) = place[n], place[premise]
            x1 += _wide(labels[n])
            bend = x2 - GAP / 2
            yield h(
                "path", d=f"M{x1:g} {y1:g} H{bend - 12:g} C{bend:g} {y1:g} {bend - 6:g} {y2:g} {x2:g} {y2:g}",
                class_=None if steps[premise].value else "no",
            )  # fmt: skip
