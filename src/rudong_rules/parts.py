"""Policy folders → validated parts: every file against its schema, every clause it cites found in the text.

A part is a finding, rule, reading, duty … by its id.  Folders share one name space, so that the regulations can build
on each other; ``regulation.txt`` makes a folder a regulation, one without it only adds vocabulary or rules.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from . import corpus
from .bilingual import Hint, Text, say
from .case_model import CaseBase, taken
from .complaints import complain, keys_at, nearest
from .errors import MAX_PROBLEMS, PolicyError, Problem, Span, Wrong
from .ruleset import ChecksFile, DecisionsFile, NotEncoded, Reading, RegulationFile, RulesFile
from .source import Document, Loc, Report, read_document, read_text
from .vocabulary import TAGS, Vocabulary

FILES: dict[str, Any] = {
    "vocabulary": Vocabulary, "rules": RulesFile, "decisions": DecisionsFile,
    "readings": dict[str, Reading], "not_encoded": dict[str, NotEncoded],
    "checks": ChecksFile,
}  # fmt: skip
"""What a policy folder may hold, with its schema: a file of that name, or several in a folder of that name."""
_SCHEMAS = {"regulation": RegulationFile, **FILES}
_ID = re.compile(r"[a-z][a-z0-9_]*")
_ID_HINT = say("write_id")
_NAMED_IN_CONDITIONS = ("findings", "scalars", "records", "measures", "conclusions", "rules")
_FACTS = ("findings", "scalars", "records")
_WORDS = ("true", "false", "null", "unknown", "as_of")
"""What a condition or expression reads as something else than an id."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a part stands: its folder, document and location."""

    folder: str
    document: Document
    loc: Loc

    @property
    def span(self) -> Span:
        """The place of the part's id."""
        return self.document.key_span(self.loc)


@dataclass
class Parts:
    """What the files of all folders say, and every problem met so far.

    ``clauses`` maps ``section:id`` to the references of the clauses cited there; ``origins`` maps it to its place;
    ``unread`` names the regulations whose text could not be read, so that nobody misses their clauses too.
    """

    root: Path
    problems: list[Problem] = field(default_factory=list)
    regulations: dict[str, corpus.Regulation] = field(default_factory=dict)
    headers: dict[str, RegulationFile] = field(default_factory=dict)
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    clauses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def section(self, name: str) -> dict[str, Any]:
        """Return the parts of one section by id."""
        return self.sections.setdefault(name, {})

    def vocabulary(self) -> Vocabulary:
        """Return what can be known of a case."""
        return Vocabulary(**{name: self.section(name) for name in Vocabulary.model_fields})

    def problem(self, span: Span, code: str, message: Text, hint: Hint = "") -> None:
        """Add a problem.  Raises PolicyError once there are too many to go on."""
        self.problems.append(Problem(span, code, message, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise PolicyError(self.problems)

    def reporter(self, document: Document) -> Report:
        """Return the function by which a reader of ``document`` reports problems."""

        def report(loc: Loc, code: str, message: Text, hint: Hint = "") -> None:
            self.problem(document.span(loc), code, message, hint)

        return report


def read_parts(root: Path) -> Parts:
    """Return the parts of every folder below ``root``, in the order of the folders' names."""
    parts = Parts(root)
    folders = _folders(root)
    if not any(_stands(folder / "regulation.yaml") or any(_files(folder)) for folder in folders):
        parts.problem(Span(str(root)), "no-policy", say("no_policy_folders"), say("one_folder_each"))
    for folder in folders:
        if _stands(folder / "regulation.txt") or _stands(folder / "regulation.yaml"):
            if not _ID.fullmatch(folder.name):
                parts.problem(Span(folder.name), "bad-id", say("no_regulation_id", name=folder.name), _ID_HINT)
                parts.unread.add(folder.name)
            else:
                _read_regulation(parts, folder)
    for folder in folders:
        for stem, path in _files(folder):
            _read_file(parts, folder.name, stem, path)
        if _stands(folder / "regulation.yaml") or any(_files(folder)):
            _report_strays(parts, folder)
    return parts


def _folders(root: Path) -> list[Path]:
    try:
        return sorted(path for path in root.iterdir() if path.is_dir())
    except OSError:
        return []


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a policy folder and what they hold: ``rules.yaml``, those in ``rules/`` by name, and so on."""
    for stem in FILES:
        if _stands(folder / f"{stem}.yaml"):
            yield stem, folder / f"{stem}.yaml"
        for path in sorted((folder / stem).glob("*.yaml")):
            yield stem, path


def _report_strays(parts: Parts, folder: Path) -> None:
    """Report each YAML file that nobody would read, as one whose name is misspelled."""
    known = [f"{stem}.yaml" for stem in _SCHEMAS]
    for inside in (folder, *(folder / stem for stem in FILES)):
        for path in sorted(inside.glob("*.y*ml")):
            if path.suffix == ".yml" or (inside == folder and path.suffix == ".yaml" and path.name not in known):
                name = path.with_suffix(".yaml").name
                hint = say("name_file_so", name=name) if inside != folder or name in known else nearest(name, known)
                span = Span(path.relative_to(parts.root).as_posix())
                parts.problem(span, "unknown-file", say("file_unread", name=path.name), hint)


def _stands(path: Path) -> bool:
    """Return whether something has that name; a link that leads nowhere is reported when it is read."""
    return os.path.lexists(path)


def _read_regulation(parts: Parts, folder: Path) -> None:
    document = _document(parts, folder / "regulation.yaml")
    header: RegulationFile | None = _validated(parts, document, "regulation") if document else None
    name = f"{folder.name}/regulation.txt"
    text = Wrong(parts.problems).take(read_text, folder / "regulation.txt", name)
    if text is None or not text.strip():
        parts.unread.add(folder.name)
        if text is not None:
            parts.problem(Span(name, 1, 1), "empty", say("empty_file"), say("put_text"))
        return
    regulation = corpus.cut(folder.name, header.label if header else folder.name, text)
    parts.regulations[folder.name] = regulation
    if document and header:
        parts.headers[folder.name] = header
        if regulation.digest != header.sha256:
            message = say("text_changed", digest=regulation.digest)
            parts.problem(document.span(("sha256",)), "text-changed", message, say("restore_text"))
        _cite(parts, Origin(folder.name, document, ()), f"regulation:{folder.name}", header.clause, ("clause",))


def _read_file(parts: Parts, folder: str, stem: str, path: Path) -> None:
    document = _document(parts, path)
    content = _validated(parts, document, stem) if document else None
    if document is None or content is None:
        return
    if stem == "not_encoded":
        for clause, entry in content.items():
            _take_not_encoded(parts, Origin(folder, document, (clause,)), clause, entry)
    elif stem == "readings":
        _take(parts, folder, document, stem, content, ())
    else:
        for section in type(content).model_fields:
            _take(parts, folder, document, section, getattr(content, section), (section,))


def _take(parts: Parts, folder: str, document: Document, section: str, things: Mapping[str, Any], loc: Loc) -> None:
    """Add the parts of one section, refusing an id that stands elsewhere, and resolve the clauses they cite."""
    space = "name" if section in _NAMED_IN_CONDITIONS else section
    for name, thing in things.items():
        origin = Origin(folder, document, (*loc, name))
        said = _said(thing)
        for id_, where in _ids(name, thing):
            if not _ID.fullmatch(id_):
                parts.problem(document.key_span((*origin.loc, *where)), "bad-id", say("no_id", name=id_), _ID_HINT)
            elif _reserved(section, id_, where):
                place = document.key_span((*origin.loc, *where))
                parts.problem(place, "bad-id", say("id_taken", name=id_), say("other_id"))
        first = parts.origins.setdefault(f"{space}:{name}", origin)
        if first is not origin:
            message = say("stands_already", name=name, place=str(first.span))
            parts.problem(origin.span, "id-twice", message, say("other_id"))
            continue
        parts.origins[f"{section}:{name}"] = origin
        parts.section(section)[name] = thing
        if clause := said.get("clause"):
            cited = _cite(parts, origin, f"{section}:{name}", clause, ("clause",))
            _quote(parts, origin, said.get("quote", ""), cited[:1])
        elif clause is not None and (section != "scalars" or thing.quote):
            parts.problem(origin.span, "missing", say("cites_none", name=name), say("name_clause"))
        for rung, step in said.get("ladder", {}).items():
            _cite(parts, origin, f"outcome:{name}={rung}", step.clause, ("ladder", rung, "clause"))


def _ids(name: str, thing: Any) -> Iterator[tuple[str, Loc]]:
    """Yield the ids that a part defines, with their place below it."""
    yield name, ()
    said = _said(thing)
    for section in ("options", "ladder", "fields", "computed", "named"):
        for id_, body in said.get(section, {}).items():
            yield id_, (section, id_)
            for option in _said(body).get("options", {}):
                yield option, (section, id_, "options", option)


def _said(thing: Any) -> dict[str, Any]:
    """Return what a part says by field, nothing for one that is a bare value."""
    return vars(thing) if isinstance(thing, BaseModel) else {}


def _reserved(section: str, name: str, where: Loc) -> bool:
    """Return whether an id would hide a word of conditions, or a name that every case or entry has already."""
    if where[:1] == ("fields",) and len(where) == 2:
        return taken(name, BaseModel)
    if where:
        return False
    return (section in _NAMED_IN_CONDITIONS and name in _WORDS) or (section in _FACTS and taken(name, CaseBase))


def _take_not_encoded(parts: Parts, origin: Origin, clause: str, entry: NotEncoded) -> None:
    for ref in _cite(parts, origin, f"not_encoded:{origin.folder}:{clause}", clause, ()):
        if ref in parts.section("not_encoded"):
            first = parts.origins[f"not_encoded:{ref}"]
            message = say("stands_already", name=clause, place=str(first.span))
            parts.problem(origin.span, "clause-twice", message, say("list_once"))
        parts.section("not_encoded")[ref] = entry
        parts.origins[f"not_encoded:{ref}"] = origin
        _quote(parts, origin, entry.quote, (ref,))


def _cite(parts: Parts, origin: Origin, key: str, clause: str | list[str], loc: Loc) -> tuple[str, ...]:
    """Resolve clause names ("三（一）2", or "mobility:11" for another regulation) to references."""
    found = []
    for name in [clause] if isinstance(clause, str) else clause:
        regulation, _, label = name.rpartition(":") if ":" in name else (origin.folder, "", name)
        if regulation in parts.unread:
            continue
        text = parts.regulations.get(regulation)
        hit = text.find(label) if text else None
        if hit is None:
            meant = text.meant(label) if text else None
            near = nearest(label, text.names()) if text else nearest(regulation, parts.regulations)
            hint = say("write_so", form=meant.label) if meant else near
            span = origin.document.span((*origin.loc, *loc)) if loc else origin.span
            absent = say("no_clause", regulation=regulation, label=label)
            message = absent if text else say("regulation_absent", name=regulation)
            parts.problem(span, "unknown-clause", message, hint)
        else:
            found.append(hit.ref)
    parts.clauses[key] = tuple(found)
    return tuple(found)


def _quote(parts: Parts, origin: Origin, quote: str, cited: tuple[str, ...]) -> None:
    for ref in cited:
        clause = corpus.clause_at(parts.regulations, ref)
        if quote and quote not in clause.text:
            message = say("not_in_text", quote=quote, clause=clause.short_citation)
            span = origin.document.span((*origin.loc, "quote"))
            parts.problem(span, "not-in-text", message, say("quote_text"))


def _document(parts: Parts, path: Path) -> Document | None:
    return Wrong(parts.problems).take(read_document, path, path.relative_to(parts.root).as_posix())


@cache
def _adapter(stem: str) -> TypeAdapter[Any]:
    """Return what validates the files of a name."""
    return TypeAdapter(_SCHEMAS[stem])


def _validated(parts: Parts, document: Document, stem: str) -> Any:
    """Return what a file says, or None after reporting what breaks its schema."""
    try:
        return _adapter(stem).validate_python(document.data)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            _schema_problem(parts, document, stem, one)
        return None


def _schema_problem(parts: Parts, document: Document, stem: str, error: Any) -> None:
    loc: Loc = tuple(part for part in error["loc"] if part not in TAGS)
    code, message, hint = complain(error, keys_at(_SCHEMAS[stem], loc[:-1]))
    if code == "missing":
        loc = loc[:-1]
    span = document.key_span(loc) if code in ("missing", "unknown-key") else document.span(loc)
    parts.problem(span, code, message, hint)
