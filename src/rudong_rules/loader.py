"""Policy folders → regulations and one rule set, with every problem of all files at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from . import conditions, corpus, measures
from .compiler import CycleError, compile_rules, names_in
from .errors import InputError, PolicyError, Problem, Span, did_you_mean
from .program import Program
from .ruleset import Constant, Decision, DecisionsFile, Duty, Named, NotEncoded, Reading, RegulationFile, Rule, RuleSet, RulesFile
from .source import Document, Loc, read_document, read_text
from .vocabulary import Finding, Scalar, Vocabulary

T = TypeVar("T")
_FILES: dict[str, Any] = {
    "vocabulary": Vocabulary, "rules": RulesFile, "decisions": DecisionsFile,
    "readings": dict[str, Reading], "not_encoded": dict[str, NotEncoded],
}  # fmt: skip


class _Loader:
    """Gathers the parts of all folders; ``origin`` remembers which document and place each id came from."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.regulations: dict[str, corpus.Regulation] = {}
        self.headers: dict[str, RegulationFile] = {}
        self.parts: dict[str, dict[str, Any]] = {}
        self.origin: dict[str, tuple[str, Document, Loc]] = {}
        self.clauses: dict[str, tuple[str, ...]] = {}
        self.encoded: set[str] = set()

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        folders = sorted(path for path in self.root.iterdir() if path.is_dir()) if self.root.is_dir() else []
        if not folders:
            self._problem(Span(str(self.root)), "no-policy", "there are no policy folders here", "one folder a regulation")
        for folder in folders:
            if (folder / "regulation.txt").exists():
                self._regulation(folder)
            for stem, schema in _FILES.items():
                path = folder / f"{stem}.yaml"
                if path.exists():
                    self._file(folder.name, path, stem, schema)

    def _regulation(self, folder: Path) -> None:
        document = self._document(folder / "regulation.yaml")
        header = self._validated(document, RegulationFile) if document else None
        try:
            text = read_text(folder / "regulation.txt", self._name(folder / "regulation.txt"))
        except InputError as error:
            self.problems.extend(error.problems)
            return
        label = header.label if header else folder.name
        self.regulations[folder.name] = corpus.cut(folder.name, label, text)
        if document and header:
            found = corpus.digest(text)
            if found != header.sha256:
                self._problem(document.span(("sha256",)), "text-changed",
                              f"the text's SHA-256 is {found}", "restore regulation.txt, or pin the new text on purpose")  # fmt: skip
            self.headers[folder.name] = header
            self._cite(folder.name, document, f"regulation:{folder.name}", header.clause, ("clause",))

    def _file(self, folder: str, path: Path, stem: str, schema: Any) -> None:
        document = self._document(path)
        content = self._validated(document, schema) if document else None
        if document is None or content is None:
            return
        if stem in ("readings", "not_encoded"):
            self._take(folder, document, stem, content, ())
        else:
            for section in type(content).model_fields:
                self._take(folder, document, section, getattr(content, section), (section,))

    def _take(self, folder: str, document: Document, section: str, things: Mapping[str, Any], loc: Loc) -> None:
        """Add the things of one section, refusing an id that stands elsewhere, and resolve the clauses they cite."""
        kept = self.parts.setdefault(section, {})
        for name, thing in things.items():
            here = (*loc, name)
            if section == "not_encoded":
                self._not_encoded(folder, document, name, thing)
                continue
            key = f"{section}:{name}"
            space = "name" if section in ("findings", "scalars", "records", "measures", "conclusions", "rules") else section
            if f"{space}:{name}" in self.origin and not (section == "rules" and name in self.parts.get("conclusions", {})):
                first = self.origin[f"{space}:{name}"]
                self._problem(document.key_span(here), "id-twice", f"{name!r} already stands at {first[1].key_span(first[2])}")
                continue
            self.origin[f"{space}:{name}"] = self.origin[key] = (folder, document, here)
            kept[name] = thing
            clause = getattr(thing, "clause", "")
            if clause:
                cited = self._cite(folder, document, key, clause, (*here, "clause"))
                self._quote(document, here, getattr(thing, "quote", ""), cited[:1])
            for rung, step in getattr(thing, "ladder", {}).items():
                self._cite(folder, document, f"outcome:{name}={rung}", step.clause, (*here, "ladder", rung, "clause"))

    def _not_encoded(self, folder: str, document: Document, name: str, thing: NotEncoded) -> None:
        for ref in self._cite(folder, document, f"not_encoded:{folder}:{name}", name, (name,)):
            self.parts["not_encoded"][ref] = thing
            self.origin[f"not_encoded:{ref}"] = (folder, document, (name,))
            self._quote(document, (name,), thing.quote, (ref,))

    def _cite(self, folder: str, document: Document, key: str, clause: str | list[str], loc: Loc) -> tuple[str, ...]:
        """Resolve clause names ("三（一）2", or "mobility:11" for another regulation) to references."""
        found = []
        for name in [clause] if isinstance(clause, str) else clause:
            regulation, _, label = name.rpartition(":") if ":" in name else (folder, "", name)
            text = self.regulations.get(regulation)
            hit = text.find(label) if text else None
            if hit is None:
                known = text.names() if text else self.regulations
                self._problem(document.span(loc), "unknown-clause", f"{regulation} has no clause {label!r}", did_you_mean(label, known))
            else:
                found.append(hit.ref)
        self.clauses[key] = tuple(found)
        if not key.startswith("not_encoded"):
            self.encoded.update(found)
        return tuple(found)

    def _quote(self, document: Document, here: Loc, quote: str, cited: tuple[str, ...]) -> None:
        for ref in cited:
            clause = self.clause(ref)
            if quote and quote not in clause.text:
                self._problem(document.span((*here, "quote")), "not-in-text",
                              f"{quote!r} does not stand in {clause.short_citation}", "quote the text word for word")  # fmt: skip

    def clause(self, ref: str) -> corpus.Clause:
        regulation, _, name = ref.partition(":")
        found = self.regulations[regulation].find(name)
        assert found is not None, ref
        return found

    def _name(self, path: Path) -> str:
        return f"{path.parent.name}/{path.name}"

    def _document(self, path: Path) -> Document | None:
        try:
            return read_document(path, self._name(path))
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def _validated(self, document: Document, schema: type[T]) -> T | None:
        try:
            return TypeAdapter(schema).validate_python(document.data)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                self._schema_problem(document, schema, one)
            return None

    def _schema_problem(self, document: Document, schema: Any, error: Any) -> None:
        loc: Loc = tuple(part for part in error["loc"] if part not in ("str", "list[str]"))
        kind, last = error["type"], str(error["loc"][-1]) if error["loc"] else ""
        if kind == "extra_forbidden":
            self._problem(document.key_span(loc), "unknown-key", f"{last!r} does not belong here", _sibling_hint(schema, loc, last))
        elif kind == "missing":
            self._problem(document.key_span(loc[:-1]), "missing", f"{last!r} is missing", f"add {last}:")
        else:
            self._problem(document.span(loc), "wrong-type", error["msg"])

    def _problem(self, span: Span, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(span, code, message, hint))

    # --- linking -----------------------------------------------------------------------------------------------------

    def _reporter(self, document: Document) -> Callable[[Loc, str, str, str], None]:
        def report(loc: Loc, code: str, message: str, hint: str) -> None:
            span = document.key_span(loc) if code.startswith("unknown-") else document.span(loc)
            self._problem(span, code, message, hint)

        return report

    def link(self) -> RuleSet:
        part = lambda name: self.parts.get(name, {})  # noqa: E731
        vocabulary = Vocabulary.model_construct(
            **{name: part(name) for name in ("findings", "scalars", "records", "measures", "tables")}
        )
        rules: dict[str, Rule] = part("rules")
        decisions: dict[str, Decision] = part("decisions")
        duties: dict[str, Duty] = part("duties")
        conclusions: dict[str, Named] = {r.concludes or n: r for n, r in rules.items()} | part("conclusions")
        kinds = {n: "number" for n, s in vocabulary.scalars.items() if s.type != "choice"} | {"as_of": "number"}
        kinds |= {n: "record" for n in vocabulary.records} | {n: "measure" for n in vocabulary.measures}
        scope = conditions.Scope(
            questions=[*vocabulary.findings, *conclusions, *rules],
            choices={n: list(s.options) for n, s in vocabulary.scalars.items() if s.type == "choice"},
            readings={n: list(r.options) for n, r in part("readings").items()},
            outcomes={n: list(d.ladder) for n, d in decisions.items()},
            duties=list(duties),
            measures={n: m.value for n, m in vocabulary.measures.items()},
            kinds=kinds,
        )
        parsed: dict[str, Any] = {}
        for name, rule in rules.items():
            parsed[f"rule:{name}"] = self._body(name, rule, scope)
            self._declared(name, rule, part("conclusions"))
        for name, decision in decisions.items():
            _, document, loc = self.origin[f"decisions:{name}"]
            for rung, step in decision.ladder.items():
                parsed[f"rung:{name}={rung}"] = conditions.parse(
                    step.when, (*loc, "ladder", rung, "when"), scope, self._reporter(document)
                )
            self._references(document, (*loc, "profile"), decision.profile, scope.questions)
            self._references(document, (*loc, "duties"), decision.duties, scope.duties)
            self._unreachable(document, loc, decision)
        for name, duty in duties.items():
            _, document, loc = self.origin[f"duties:{name}"]
            for state, silent in (("due", None), ("done", None), ("breached", False)):
                written = getattr(duty, state)
                key = f"duty:{name}:{state}"
                parsed[key] = Constant(silent) if written is None else conditions.parse(
                    written, (*loc, state), scope, self._reporter(document)
                )  # fmt: skip
        self._check_names(vocabulary, part("readings"), kinds)
        return RuleSet(
            vocabulary, rules, conclusions, part("readings"), decisions, duties,
            part("not_encoded"), self.clauses, parsed, dict(scope.tests),
        )  # fmt: skip

    def _body(self, name: str, rule: Rule, scope: conditions.Scope) -> Any:
        """Return the condition of a rule: ``when`` holds and ``unless`` is known not to."""
        _, document, loc = self.origin[f"rules:{name}"]
        report = self._reporter(document)
        when = conditions.parse(rule.when, (*loc, "when"), scope, report)
        if rule.unless is None:
            return when
        exception = conditions.parse(rule.unless, (*loc, "unless"), scope, report)
        return conditions.AtLeast(2, (when, conditions.Not(exception)))

    def _declared(self, name: str, rule: Rule, declared: Mapping[str, Named]) -> None:
        if rule.concludes and rule.concludes not in declared:
            _, document, loc = self.origin[f"rules:{name}"]
            self._problem(document.span((*loc, "concludes")), "unknown-conclusion",
                          f"{rule.concludes!r} is not declared under conclusions", did_you_mean(rule.concludes, declared))  # fmt: skip

    def _references(self, document: Document, loc: Loc, names: list[str], known: Any) -> None:
        for place, name in enumerate(names):
            if name not in known:
                self._problem(document.span((*loc, place)), "unknown-atom", f"there is no {name!r}", did_you_mean(name, known))

    def _unreachable(self, document: Document, loc: Loc, decision: Decision) -> None:
        certain = ""
        for rung, step in decision.ladder.items():
            if certain or step.when is False:
                why = f"{certain!r} above it always holds" if certain else "its condition is false"
                self._problem(document.key_span((*loc, "ladder", rung)), "unreachable", f"outcome {rung!r} cannot come out: {why}")
            if step.when is True:
                certain = rung

    def _check_names(self, vocabulary: Vocabulary, readings: Mapping[str, Reading], kinds: Mapping[str, str]) -> None:
        labels: dict[str, str] = {}
        things: dict[str, Any] = {**vocabulary.findings, **vocabulary.scalars, **vocabulary.records}
        for name, thing in things.items():
            section = "findings" if isinstance(thing, Finding) else "scalars" if isinstance(thing, Scalar) else "records"
            _, document, loc = self.origin[f"{section}:{name}"]
            if thing.label in labels:
                self._problem(document.span((*loc, "label")), "label-twice", f"{thing.label!r} is the label of {labels[thing.label]!r} too")
            labels[thing.label] = name
        for name, reading in readings.items():
            _, document, loc = self.origin[f"readings:{name}"]
            if reading.default not in reading.options:
                self._problem(document.span((*loc, "default")), "unknown-option", f"{reading.default!r} is none of its options",
                              f"its options are {', '.join(reading.options)}")  # fmt: skip
        for name, measure in vocabulary.measures.items():
            _, document, loc = self.origin[f"measures:{name}"]
            try:
                measures.check(measure.value, kinds)
            except measures.MeasureError as error:
                self._problem(document.span((*loc, "value")), "bad-measure", str(error))

    # --- checking the whole --------------------------------------------------------------------------------------------

    def compiled(self, rules: RuleSet) -> Program | None:
        try:
            return compile_rules(rules)
        except CycleError as error:
            first = next((n for n in error.cycle if f"name:{n}" in self.origin), None)
            where = self.origin[f"name:{first}"] if first else None
            span = where[1].key_span(where[2]) if where else Span(str(self.root))
            self._problem(span, "cycle", f"conclusions depend on each other: {' → '.join(error.cycle)}",
                          "let one of them rest on facts alone")  # fmt: skip
            return None

    def check_use(self, rules: RuleSet) -> None:
        """Report conclusions, findings and readings that nothing uses, and leaf clauses unaccounted for."""
        used = {name for condition in rules.conditions.values() for name in names_in(condition)}
        used |= {name.split("=")[0] for name in used} | {name.removeprefix("reading:").split("=")[0] for name in used}
        used |= {name for decision in rules.decisions.values() for name in decision.profile}
        for name, test in rules.tests.items():
            if name in used:
                sources = {n: m.value for n, m in rules.vocabulary.measures.items()}
                used |= measures.inputs(test.left, sources) | measures.inputs(test.right, sources)
        sections: dict[str, Any] = {
            "conclusions": rules.conclusions, "findings": rules.vocabulary.findings, "readings": rules.readings,
            "scalars": rules.vocabulary.scalars, "records": rules.vocabulary.records,
        }  # fmt: skip
        for section, things in sections.items():
            for name in things:
                origin = self.origin.get(f"{section}:{name}") or self.origin.get(f"name:{name}")
                if name not in used and origin and self.root.joinpath(origin[0]).name != "shared":
                    what = section[:-1]
                    self._problem(origin[1].key_span(origin[2]), f"unused-{what}", f"{what} {name!r} is used nowhere", "use it or delete it")
        for regulation in self.regulations.values():
            self._account(regulation, rules)

    def _account(self, regulation: corpus.Regulation, rules: RuleSet) -> None:
        listed = {ref for ref in rules.not_encoded if ref.startswith(f"{regulation.id}:")}
        if not listed and not any(ref.startswith(f"{regulation.id}:") and key[:10] != "regulation" for key, refs in self.clauses.items() for ref in refs):
            return
        for clause in regulation.clauses:
            entry = rules.not_encoded.get(clause.ref)
            encoded = clause.ref in self.encoded
            if clause.leaf and clause.id != "title" and not encoded and entry is None:
                self._problem(Span(f"{regulation.id}/regulation.txt"), "unaccounted",
                              f"{clause.citation} is neither cited nor listed as not encoded", "cite it, or list it in not_encoded.yaml")  # fmt: skip
            if entry is not None and encoded and not entry.quote:
                _, document, loc = self.origin[f"not_encoded:{clause.ref}"]
                self._problem(document.key_span(loc), "encoded-and-not",
                              f"{clause.label} is cited by something executable and listed as not encoded", "quote the part that is not encoded")  # fmt: skip


def _sibling_hint(schema: Any, loc: Loc, word: str) -> str:
    """Return a hint naming the field closest to a mistyped one."""
    known: set[str] = set()
    for model in (Rule, Decision, Duty, Reading, Finding, Scalar, RegulationFile, NotEncoded, Vocabulary, RulesFile, DecisionsFile):
        known |= set(model.model_fields)
    return did_you_mean(word, known)


def load_rules(root: Path) -> tuple[dict[str, corpus.Regulation], dict[str, RegulationFile], RuleSet, Program]:
    """Return the regulations, their headers, the rule set and the program of the policy folders under ``root``.

    Raises PolicyError with every problem found.
    """
    loader = _Loader(root)
    loader.read()
    if loader.problems:
        raise PolicyError(loader.problems)
    rules = loader.link()
    program = loader.compiled(rules) if not loader.problems else None
    if program is not None:
        loader.check_use(rules)
    if loader.problems or program is None:
        raise PolicyError(loader.problems)
    return loader.regulations, loader.headers, rules, program
