"""A policy: regulations, rules and program together; the way in for everyone who decides cases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, overload

from . import __version__
from .bilingual import called, say
from .case_model import CaseBase
from .cases import CaseReader
from .catalogue import clause_table, fact_table, reading_table
from .citing import clause_of
from .corpus import Clause, Regulation
from .engines import Engine
from .engines import engine as engine_of
from .engines.fixpoint import least_model
from .errors import CaseError, Problem, Span, shown
from .facts import Claimed, Facts
from .given import Given, day_asked, must_map
from .glossary import Glossary
from .loader import Loaded, load_rules
from .naming import Names
from .opinion import Opinion
from .program import Program
from .questions import Question, Questions
from .ruleset import RegulationFile, RuleSet
from .source import Document
from .table import Table
from .unchanging import Unchanging
from .verdict import Verdict
from .verdict_data import Digests

if TYPE_CHECKING:
    from .frame import Column
    from .scenario_grid import ScenarioGrid

RULE_LANGUAGE = "1"
"""The version of the language in which policies are written."""


def shipped_policies() -> Path:
    """Return the folder of the policies in this package, in a wheel or in a checkout."""
    inside = Path(__file__).parent / "policies"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "policies"


def load(path: str | Path | None = None) -> Policy:
    """Return the policy of the folders under ``path``; the shipped regulations by default.

    Raises PolicyError with every problem of all files.
    """
    return Policy(load_rules(Path(path) if path is not None else shipped_policies()))


class Policy(Unchanging):
    """Regulations, rule set and program.  Nothing is set anew, and it is safe to share between threads."""

    regulations: Mapping[str, Regulation]
    headers: Mapping[str, RegulationFile]
    rules: RuleSet
    program: Program
    glossary: Glossary
    reader: CaseReader
    rails: Facts
    questions: Questions
    _loaded: Loaded

    def __init__(self, loaded: Loaded) -> None:
        rules, program = loaded.rules, loaded.program
        glossary, rails = Glossary(loaded.regulations, rules), Facts(rules.vocabulary, rules.tests)
        vars(self).update(
            regulations=MappingProxyType(loaded.regulations), headers=MappingProxyType(loaded.headers), rules=rules,
            program=program, glossary=glossary, reader=CaseReader(rules.vocabulary), rails=rails,
            questions=Questions(rules, glossary, program, rails), _loaded=loaded,
        )  # fmt: skip

    def __repr__(self) -> str:
        return f"<Policy {', '.join(self.regulations)}: {len(self.rules.decisions)} decisions>"

    def __reduce__(self) -> tuple[type[Policy], tuple[Loaded]]:
        return type(self), (self._loaded,)

    @cached_property
    def places(self) -> Mapping[str, Span]:
        """Where each part stands in the files, by ``section:id``; an outcome by ``outcome:decision=id``."""
        return MappingProxyType(self._loaded.places())

    @property
    def Case(self) -> type[CaseBase]:  # noqa: N802  (a class, as users meet it)
        """The pydantic model of a case of this policy, made of facts by id or label.

        Its errors are pydantic's.  ``decide`` takes the mapping as well, and raises CaseError with every problem, each
        with its place and a hint, in Chinese and English.
        """
        return self.reader.model

    def clause(self, ref: str) -> Clause:
        """Return a clause by reference (``tolerance:3.1.2`` or ``tolerance:三（一）2``), or as verdicts cite it.

        Raises UnknownNameError, a KeyError that says what comes near.
        """
        with suppress(KeyError):
            if isinstance(ref, str):
                return self.glossary.clause(ref)
        return clause_of(self.regulations, ref)

    # --- deciding ----------------------------------------------------------------------------------------------------

    @overload
    def decide(
        self, case: CaseBase | Mapping[str, Any], decision: str, *, as_of: date | str | None = None,
        readings: Mapping[str, str | None] | None = None, engine: str = "fixpoint", document: Document | None = None,
    ) -> Verdict: ...  # fmt: skip

    @overload
    def decide(
        self, case: CaseBase | Mapping[str, Any], decision: None = None, *, as_of: date | str | None = None,
        readings: Mapping[str, str | None] | None = None, engine: str = "fixpoint", document: Document | None = None,
    ) -> Opinion: ...  # fmt: skip

    def decide(
        self,
        case: CaseBase | Mapping[str, Any],
        decision: str | None = None,
        *,
        as_of: date | str | None = None,
        readings: Mapping[str, str | None] | None = None,
        engine: str = "fixpoint",
        document: Document | None = None,
    ) -> Verdict | Opinion:
        """Return the verdict of one decision, or without ``decision`` the opinion: the verdicts of all.

        ``as_of``, a date or YYYY-MM-DD, decides for that day instead of the case's own: facts after it do not count.
        ``readings`` maps a reading to an option, or to None to leave it open.  Decisions, readings and options are
        named by id or label.  ``document`` is where the case was read from; problems are then placed in it.  Raises
        CaseError with every problem of the input, MisuseError for an engine that there is not, EngineUnavailableError
        when the engine cannot run here.
        """
        decision = self.decisions.the(decision) if decision is not None else None
        day = day_asked(as_of)
        chosen = self.readings(readings)
        run = engine_of(engine)
        given = Given(self.reader, self.rails, case, day, self.digests, document)
        if decision is not None:
            return self._verdict(self.questions[decision], given, chosen, run)
        return Opinion({name: self._verdict(one, given, chosen, run) for name, one in self.questions.items()})

    def _verdict(self, question: Question, given: Given, chosen: Mapping[str, str | None], run: Engine) -> Verdict:
        default = chosen is self._defaults
        quick = given.bare(question.bare) if default and run is least_model else None
        if quick is not None and not question.contradicted(quick):
            known, model = quick & question.default_input_rails, question.prepared.model(quick)
            return Verdict(self, question, given, chosen, Claimed(known, known), Claimed(model, model))
        readings = question.default_rails if default else question.reading_rails(chosen)
        claimed, sound = (rails | readings for rails in given.known(question))
        model = run(question.program, claimed)
        models = Claimed(model, model if sound == claimed else run(question.program, sound))
        return Verdict(self, question, given, chosen, Claimed(claimed, sound), models)

    def readings(self, chosen: Mapping[str, str | None] | None = None) -> Mapping[str, str | None]:
        """Return the option taken of every reading: the one chosen, or the default.

        Both are named by id or label.  Raises CaseError for a reading or an option that does not exist, for a
        reading that is given twice, by id and by label, and for what is no mapping.
        """
        if chosen is None:
            return self._defaults
        must_map("reading", chosen)
        if not chosen or chosen == self._defaults:
            return self._defaults
        taken, problems = dict[str, str | None](), list[Problem]()
        for name, option in chosen.items():
            reading = self.reading_names.find(name)
            found = reading if isinstance(reading, Problem) or option is None else self._options[reading].find(option)
            if isinstance(reading, Problem) or isinstance(found, Problem):
                problems += [one for one in {reading, found} if isinstance(one, Problem)]
            elif reading in taken:
                message = say("given_twice", name=shown(name))
                problems.append(Problem(Span("reading"), "bad-reading", message, say("write_reading")))
            else:
                taken[reading] = None if option is None else found
        if problems:
            raise CaseError(problems)
        return {**self._defaults, **taken}

    # --- names -------------------------------------------------------------------------------------------------------

    @cached_property
    def decisions(self) -> Names:
        """The names of the decisions."""
        return Names("decision", {name: (one.label, one.en) for name, one in self.rules.decisions.items()})

    def outcomes(self, decision: str) -> Names:
        """Return the names of the outcomes of a decision.  Raises UnknownNameError."""
        name = self.decisions.the(decision)
        body = self.rules.decisions[name]
        ladder = {rung: (one.label, one.en) for rung, one in body.ladder.items()}
        return Names("outcome", ladder, called(name, body.label))

    @cached_property
    def regulation_names(self) -> Names:
        """The names of the regulations: their ids, short labels and titles."""
        titles = {name: one.title for name, one in self.regulations.items()}
        return Names("regulation", {name: (one.label, one.en, titles[name]) for name, one in self.headers.items()})

    @cached_property
    def reading_names(self) -> Names:
        """The names of the readings: their ids and questions."""
        return Names("reading", {name: (one.question, one.en) for name, one in self.rules.readings.items()})

    @cached_property
    def _options(self) -> Mapping[str, Names]:
        """The names of the options of each reading."""
        return {
            reading: Names(
                "option", {name: (one.label, one.en) for name, one in body.options.items()},
                called(reading, body.question),
            )
            for reading, body in self.rules.readings.items()
        }  # fmt: skip

    @cached_property
    def _defaults(self) -> Mapping[str, str | None]:
        return MappingProxyType({name: reading.default for name, reading in self.rules.readings.items()})

    @property
    def versions(self) -> tuple[str, str]:
        """The versions of the library and of the rule language."""
        return __version__, RULE_LANGUAGE

    # --- looking through ---------------------------------------------------------------------------------------------

    @cached_property
    def facts(self) -> Table:
        """The facts that a case may give: names, questions, values, clauses, and the decisions that use each."""
        used: dict[str, list[str]] = {}
        for name, question in self.questions.items():
            for fact in question.facts:
                used.setdefault(fact, []).append(name)
        return fact_table(self.glossary, self.rules, used)

    @cached_property
    def reading_table(self) -> Table:
        """The readings with their questions, options, defaults, reasons and clauses."""
        return reading_table(self.glossary, self.rules)

    @cached_property
    def clauses(self) -> Table:
        """The clauses of all regulations with their text, and what embodies each or why nothing does."""
        return clause_table(self.rules, self.regulations)

    def scenarios(
        self,
        base: CaseBase | Mapping[str, Any],
        grid: Mapping[str, Any],
        decision: str,
        *,
        readings: Mapping[str, str | None] | None = None,
    ) -> ScenarioGrid:
        """Return what comes of a decision on the base case under every combination of the values of a grid.

        ``grid`` maps a fact (its id or its Chinese label), ``as_of`` or ``reading:ID`` (or ``reading:`` and its
        question) to values, which replace what the base case says; a single value may stand alone.  See
        :func:`~rudong_rules.grids.decide_grid`, which also says what is raised.
        """
        from .grids import decide_grid

        return decide_grid(self, base, grid, decision, readings)

    def decide_frame(
        self,
        frame: Any,
        decisions: str | Sequence[str] | None = None,
        *,
        show: Column | Iterable[Column] = (),
        readings: Mapping[str, str | None] | None = None,
        as_of: date | str | None = None,
        keep: str | Iterable[str] = (),
    ) -> Any:
        """Return a frame of cases, of the same kind, with what :meth:`decide` says of each row.

        ``decisions`` are all by default; ``show`` adds the columns ``modality``, ``cites``, ``missing`` and
        ``cautions``, and ``keep`` names columns that are no facts.  A single name may stand alone.  See
        :func:`rudong_rules.frame.decide_frame`, which also says what is raised.
        """
        from .frame import decide_frame

        return decide_frame(self, frame, decisions, show=show, readings=readings, as_of=as_of, keep=keep)

    def _repr_html_(self) -> str:
        return self._overview._repr_html_()

    def _repr_markdown_(self) -> str:
        return self._overview._repr_markdown_()

    @cached_property
    def _overview(self) -> Table:
        heads = {"decision": ("事项", "decision"), "label": ("名称", "name"), "outcomes": ("结论", "outcomes")}
        heads["question"] = ("问题", "question")
        rows = [
            {
                "decision": name, "label": one.label, "question": one.question,
                "outcomes": "；".join(rung.label for rung in one.ladder.values()),
            }
            for name, one in self.rules.decisions.items()
        ]  # fmt: skip
        return Table(heads, rows)

    # --- digests -----------------------------------------------------------------------------------------------------

    @cached_property
    def _policy_digests(self) -> tuple[str, str]:
        """The digests of the texts and of the rules."""
        text = hashlib.sha256("".join(r.digest for r in self.regulations.values()).encode()).hexdigest()
        rules = hashlib.sha256((str(self.program) + repr(self.rules)).encode()).hexdigest()
        return text, rules

    def digests(self, case: CaseBase) -> Digests:
        """Return the digests and versions that pin a verdict on a case."""
        text, rules = self._policy_digests
        written = json.dumps(case.model_dump(mode="json", exclude_unset=True), ensure_ascii=False, sort_keys=True)
        return Digests(
            text=text, rules=rules, case=hashlib.sha256(written.encode()).hexdigest(),
            library=__version__, rule_language=RULE_LANGUAGE,
        )  # fmt: skip
