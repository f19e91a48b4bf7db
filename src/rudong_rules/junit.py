"""Results of tests as JUnit XML (the schema junit-10.xsd of the Jenkins xUnit plugin), as CI servers read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

_BEYOND_XML = (*range(32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_CONTROLS = {code: " " for code in _BEYOND_XML if chr(code) not in "\t\n"}
"""What XML 1.0 cannot hold, or a terminal would obey."""


@dataclass(frozen=True, slots=True)
class Result:
    """One test: ``problem`` is empty when it passed, ``detail`` says more.

    ``error`` tells a test that came to no answer from one that failed.
    """

    suite: str
    name: str
    problem: str = ""
    detail: str = ""
    error: bool = False


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
                kind = "error" if one.error else "failure"
                node = ElementTree.SubElement(case, kind, {"type": kind, "message": _clean(one.problem)})
                node.text = _clean(one.detail)
            elif one.detail:
                ElementTree.SubElement(case, "system-out").text = _clean(one.detail)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _counts(results: Sequence[Result]) -> dict[str, str]:
    problems = [one for one in results if one.problem]
    errors = sum(one.error for one in problems)
    return {"tests": str(len(results)), "failures": str(len(problems) - errors), "errors": str(errors)}


def _clean(text: str) -> str:
    return text.translate(_CONTROLS)
