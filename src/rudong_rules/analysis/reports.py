"""What a check found, in the forms that machines read: SARIF 2.1.0, JUnit XML, annotations of GitHub, JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any

from .. import __version__
from ..bilingual import in_language
from ..junit import Result, junit
from ..wording import Lang, colon, pick, word
from .check import LEVELS, Checked, Finding

_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}
_CODES = (*LEVELS, "accepted_not_found", "scenario", "not_exercised")


def message(finding: Finding, lang: Lang) -> str:
    """Return in one line what is found."""
    said = word(f"found_{finding.code}", lang).format(finding.subject)
    if finding.status == "unknown":
        said = word("found_unknown", lang).format(word(f"claim_{finding.code}", lang).format(finding.subject))
    return f"{said}{colon(lang)}{in_language(finding.why, lang)}" if finding.why else said


def file_of(finding: Finding, root: str) -> str:
    """Return the file of a finding with forward slashes; all but scenarios stand below the folder of the policies."""
    file = finding.place.file.replace("\\", "/")
    return file if finding.code == "scenario" else str(PurePosixPath(root.replace("\\", "/")) / file)


def as_json(checked: Checked) -> dict[str, Any]:
    """Return a check as plain data."""
    return {
        "version": __version__,
        "claims": len(checked.proofs),
        "looked_up": checked.again,
        "scenarios": checked.scenarios,
        "coverage": None if checked.covered is None else round(checked.covered.percent, 2),
        "counts": checked.counts(),
        "findings": [asdict(finding) for finding in checked.findings],
        "proofs": [
            {"property": claim.property, "subject": claim.subject, **asdict(proof)} for claim, proof in checked.proofs
        ],
    }


def as_sarif(checked: Checked, root: str, lang: Lang) -> dict[str, Any]:
    """Return the findings as SARIF 2.1.0; what is accepted is there, suppressed with its reason."""
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "rudong-rules",
                        "version": __version__,
                        "rules": [_sarif_rule(code, lang) for code in _CODES],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(finding, root, lang) for finding in checked.findings],
            }
        ],
    }


def _sarif_rule(code: str, lang: Lang) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": word(f"claim_{code}", lang).format("…")},
        "defaultConfiguration": {"level": LEVELS.get(code, "warning")},
    }


def _sarif_result(finding: Finding, root: str, lang: Lang) -> dict[str, Any]:
    region = {"startLine": max(finding.place.line, 1), "startColumn": max(finding.place.column, 1)}
    location = {"artifactLocation": {"uri": file_of(finding, root)}, "region": region}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": _CODES.index(finding.code),
        "level": finding.level,
        "message": {"text": message(finding, lang)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"claim/v1": f"{finding.code} {finding.subject}"},
    }
    if finding.case is not None:
        shown = {"decision": finding.decision, "readings": finding.readings, "case": finding.case}
        result["properties"] = {"witness": shown}
    if finding.accepted:
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": pick(finding.accepted, finding.accepted_en, lang),
            }
        ]
    return result


def as_junit(checked: Checked, lang: Lang) -> str:
    """Return every claim and every failed scenario as a test case of JUnit XML."""
    found = {(finding.code, finding.subject): finding for finding in checked.findings}
    proven = [
        (claim.property, claim.subject, found.get((claim.property, claim.subject))) for claim, _ in checked.proofs
    ]
    others = [(finding.code, finding.subject, finding) for finding in checked.findings if finding.code not in LEVELS]
    return junit("rudong-rules check", [_result(*one, lang) for one in (*proven, *others)])


def _result(code: str, subject: str, finding: Finding | None, lang: Lang) -> Result:
    if finding is None:
        return Result(code, subject)
    text = message(finding, lang)
    if finding.accepted or finding.level == "note":
        return Result(code, subject, detail=f"{text}\n{pick(finding.accepted, finding.accepted_en, lang)}")
    detail = f"{finding.place}\n{text}\n{json.dumps(finding.case, ensure_ascii=False)}"
    return Result(code, subject, text, detail, error=finding.status == "unknown")


def as_github(checked: Checked, root: str, lang: Lang) -> str:
    """Return the findings that are not accepted as workflow commands of GitHub Actions."""
    lines = []
    for finding in checked.findings:
        if not finding.accepted:
            place = finding.place
            where = f"file={_property(file_of(finding, root))},line={place.line},col={place.column}"
            text = message(finding, lang).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
            lines.append(f"::{_GITHUB[finding.level]} {where},title={finding.code}::{text}")
    return "".join(f"{line}\n" for line in lines)


def _property(text: str) -> str:
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(char, code)
    return text
