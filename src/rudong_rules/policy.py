"""A policy: regulations, rules and program together; the way in for everyone who decides cases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from . import __version__, measures
from .corpus import Clause
from .engines import engine as engine_of
from .errors import CaseError, Problem, Span, did_you_mean
from .facts import CaseBase, Facts
from .loader import Loaded, load_rules
from .program import Rail, Rails, bits, false_rail, true_rail
from .source import Document
from .verdict import Digests, Fact, Verdict, outcome_rails, without_contradicted

RULE_LANGUAGE = "1"
Kind = Literal["fact", "reading", "rule", "outcome", "duty"]


class Description(NamedTuple):
    """How an atom is called, what to ask for it, and the clauses it embodies."""

    kind: Kind
    label: str
    en: str
    question: str
    clauses: tuple[str, ...]


def shipped_policies() -> Path:
    """Return the folder of the policies in this package, in a wheel or in a checkout."""
    inside = Path(__file__).parent / "policies"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "policies"


def load(path: str | Path | None = None) -> Policy:
    """Return the policy of the folders under ``path``; the shipped regulations by default.

    Raises PolicyError with every problem of all files.
    """
    return Policy(load_rules(Path(path) if path is not None else shipped_policies()))


class Policy:
    """Regulations, rule set and program.  Immutable, and safe to share between threads."""

    def __init__(self, loaded: Loaded) -> None:
        self.regulations = loaded.regulations
        self.headers = loaded.headers
        self.rules = rules = loaded.rules
        self.program = program = loaded.program
        self.facts = Facts(rules.vocabulary, rules.tests)
        self.true_rails: Rails = bits(true_rail(atom) for atom in range(len(program.atoms)))
        self.rungs = {
            name: outcome_rails((o, program.index[f"{name}={o}"]) for o in decision.ladder)
            for name, decision in rules.decisions.items()
        }
        self.programs = {name: program.slice(self._roots(name)) for name in rules.decisions}
        self.inputs = self._inputs()

    @property
    def Case(self) -> type[CaseBase]:  # noqa: N802  (a class, as users meet it)
        """The pydantic model of a case of this policy."""
        return self.facts.model

    def _roots(self, decision: str) -> list[Rail]:
        body = self.rules.decisions[decision]
        names = [f"{decision}={outcome}" for outcome in body.ladder] + body.profile
        names += [f"duty:{d}:{state}" for d in body.duties for state in ("due", "done", "breached", "owed")]
        return [rail for n in names for rail in (true_rail(self.program.index[n]), false_rail(self.program.index[n]))]

    def _inputs(self) -> tuple[str, ...]:
        """The names of the input atoms, in the order in which questions are asked."""
        vocabulary = self.rules.vocabulary
        choices = [f"{n}={o}" for n, s in vocabulary.scalars.items() if s.type == "choice" for o in s.options]
        return (*choices, *vocabulary.findings, *self.rules.tests)

    def clause(self, ref: str) -> Clause:
        """Return a clause by reference (``tolerance:3.1.2`` or ``tolerance:三（一）2``).  Raises KeyError."""
        regulation, _, name = ref.partition(":")
        found = self.regulations[regulation].find(name)
        if found is None:
            raise KeyError(ref)
        return found

    # --- deciding ----------------------------------------------------------------------------------------------------

    def decide(
        self,
        case: CaseBase | Mapping[str, Any],
        decision: str = "tolerance",
        *,
        as_of: date | None = None,
        readings: Mapping[str, str | None] | None = None,
        engine: str = "fixpoint",
        document: Document | None = None,
    ) -> Verdict:
        """Return the verdict of one decision.

        ``as_of`` decides for that day instead of the case's own: facts after it do not count.  ``readings`` maps a
        reading to an option, or to None to leave it open.  Raises CaseError with every problem of the input,
        EngineUnavailableError when the engine cannot run here.
        """
        program = self.programs.get(decision)
        if program is None:
            hint = did_you_mean(decision, self.programs) or f"there are {', '.join(self.programs)}"
            raise CaseError([Problem(Span("decision"), "unknown-decision", f"there is no decision {decision!r}", hint)])
        read = self.facts.read(case, document)
        known = self.facts.known(read, program, as_of) | self.reading_rails(readings)
        run = engine_of(engine)
        sound_known = without_contradicted(known, self.true_rails)
        model = run(program, known)
        sound = model if sound_known == known else run(program, sound_known)
        day = as_of or read.as_of
        return Verdict(self, decision, known, model, sound, read, day.isoformat() if day else None)

    def reading_rails(self, chosen: Mapping[str, str | None] | None = None) -> Rails:
        """Return the rails that a choice of readings makes known; those not named take their default."""
        if not chosen:
            return self._default_readings
        problems = []
        for name, option in chosen.items():
            if name not in self.rules.readings:
                hint = did_you_mean(name, self.rules.readings)
                problems.append(Problem(Span("reading"), "unknown-reading", f"there is no reading {name!r}", hint))
            elif option is not None and option not in self.rules.readings[name].options:
                options = self.rules.readings[name].options
                hint = did_you_mean(option, options) or f"its options are {', '.join(options)}"
                message = f"reading {name!r} has no option {option!r}"
                problems.append(Problem(Span("reading"), "unknown-option", message, hint))
        if problems:
            raise CaseError(problems)
        return self._reading_rails(chosen)

    @cached_property
    def _default_readings(self) -> Rails:
        return self._reading_rails({})

    def _reading_rails(self, chosen: Mapping[str, str | None]) -> Rails:
        rails: list[Rail] = []
        for name, reading in self.rules.readings.items():
            taken = chosen.get(name, reading.default)
            for option in reading.options:
                atom = self.program.index.get(f"reading:{name}={option}")
                if taken is not None and atom is not None:
                    rails.append(true_rail(atom) if option == taken else false_rail(atom))
        return bits(rails)

    # --- describing --------------------------------------------------------------------------------------------------

    def describe(self, name: str) -> Description:
        """Return how an atom is called and which clauses it embodies."""
        if name not in self._descriptions:
            self._descriptions[name] = self._describe(name)
        return self._descriptions[name]

    @cached_property
    def _descriptions(self) -> dict[str, Description]:
        return {}

    def _describe(self, name: str) -> Description:
        rules, clauses = self.rules, self.rules.clauses
        if name in rules.vocabulary.findings:
            finding = rules.vocabulary.findings[name]
            return Description("fact", finding.label, finding.en, finding.question, clauses[f"findings:{name}"])
        if name in rules.tests:
            return Description("fact", name, name, "", ())
        if name.startswith("reading:"):
            reading, _, option = name.removeprefix("reading:").partition("=")
            body = rules.readings[reading]
            taken = body.options[option]
            label, en = f"{body.question}：{taken.label}", f"{body.en}: {taken.en}"
            return Description("reading", label, en, body.question, clauses[f"readings:{reading}"])
        if name.startswith("duty:"):
            _, duty, state = name.split(":")
            named = rules.duties[duty]
            return Description("duty", named.label, named.en, state, clauses[f"duties:{duty}"])
        head, _, option = name.partition("=")
        if option and head in rules.decisions:
            rung = rules.decisions[head].ladder[option]
            return Description("outcome", rung.label, rung.en, "", clauses[f"outcome:{name}"])
        if option:
            scalar = rules.vocabulary.scalars[head]
            label, en = f"{scalar.label}：{scalar.options[option].label}", f"{scalar.en}: {scalar.options[option].en}"
            return Description("fact", label, en, scalar.question, clauses.get(f"scalars:{head}", ()))
        if name in rules.rules:
            rule = rules.rules[name]
            return Description("rule", rule.label, rule.en, "", clauses[f"rules:{name}"])
        conclusion = rules.conclusions[name]
        return Description("rule", conclusion.label, conclusion.en, "", ())

    def sources(self, atom: str) -> tuple[str, ...]:
        """Return the names of the facts that an input atom is computed from."""
        if atom in self.rules.tests:
            test = self.rules.tests[atom]
            named = {n: m.value for n, m in self.rules.vocabulary.measures.items()}
            found = measures.inputs(test.left, named) | measures.inputs(test.right, named)
            return tuple(name for name in (*self.facts.model.model_fields,) if name in found)
        return (atom.partition("=")[0],)

    def question(self, name: str, size: int = 0) -> Fact:
        """Return a fact of the vocabulary as a question to ask."""
        vocabulary = self.rules.vocabulary
        thing: Any = vocabulary.findings.get(name) or vocabulary.scalars.get(name) or vocabulary.records.get(name)
        if thing is None:
            return Fact(
                name=name, label="日期", en="Date", state="unknown", question="认定以哪一天为准？", settles_with=size
            )
        return Fact(
            name=name, label=thing.label, en=thing.en, state="unknown", question=thing.question, settles_with=size
        )

    # --- digests -----------------------------------------------------------------------------------------------------

    @cached_property
    def _rules_digest(self) -> tuple[str, str]:
        text = hashlib.sha256("".join(r.digest for r in self.regulations.values()).encode()).hexdigest()
        rules = hashlib.sha256((str(self.program) + repr(self.rules)).encode()).hexdigest()
        return text, rules

    def digests(self, case: CaseBase) -> Digests:
        """Return the digests that pin a verdict: texts, rules, case, versions."""
        text, rules = self._rules_digest
        written = json.dumps(case.model_dump(mode="json", exclude_unset=True), ensure_ascii=False, sort_keys=True)
        return Digests(
            text=text, rules=rules, case=hashlib.sha256(written.encode()).hexdigest(),
            library=__version__, rule_language=RULE_LANGUAGE,
        )  # fmt: skip
