"""Results of tests as JUnit XML (the schema junit-10.xsd of the Jenkins xUnit plugin), as CI servers read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

_CONTROLS = {code: " " for code in (*range(32), *range(127, 160), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n"}
"""What XML 1.0 cannot hold, or a terminal would obey."""


@dataclass(frozen=True, slots=True)
class Result:
    """One test: ``problem`` is empty when it passed, ``detail`` says more of a failure."""

    suite: str
    name: str
    problem: str = ""
    detail: str = ""


def junit(name: str, results: Sequence[Result]) -> str:
    """Return the results as a JUnit document: one suite for each ``suite``, in the order in which they come."""
    suites: dict[str, list[Result]] = {}
    for result in results:
        suites.setdefault(result.suite, []).append(result)
    root = ElementTree.Element("testsuites", {"name": name, **_counts(results)})
    for suite, inside in suites.items():
        below = ElementTree.SubElement(root, "testsuite", {"name": _clean(suite), **_counts(inside)})
        for one in inside:
            case = ElementTree.SubElement(below, "testcase", {"classname": _clean(suite), "name": _clean(one.name)})
            if one.problem:
                failure = ElementTree.SubElement(case, "failure", {"type": "failure", "message": _clean(one.problem)})
                failure.text = _clean(one.detail)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _counts(results: Sequence[Result]) -> dict[str, str]:
    failures = sum(bool(one.problem) for one in results)
    return {"tests": str(len(results)), "failures": str(failures), "errors": "0"}


def _clean(text: str) -> str:
    return text.translate(_CONTROLS)
