"""Engines: program and known rails → least model.  All engines return the same set."""

from __future__ import annotations

from typing import Protocol

from ..bilingual import say
from ..errors import MisuseError, shown
from ..program import Program, Rails
from .fixpoint import least_model


class Engine(Protocol):
    """Computes the least set of rails that holds ``known`` and is closed under the gates of ``program``."""

    def __call__(self, program: Program, known: Rails) -> Rails:
        """Return the least model."""
        ...


NAMES = ("fixpoint", "durable")


def engine(name: str) -> Engine:
    """Return an engine by name.  Raises MisuseError for an unknown one, EngineUnavailableError where it cannot run."""
    if name == "fixpoint":
        return least_model
    if name == "durable":
        from .durable import least_model as durable_model

        return durable_model
    raise MisuseError(say("no_engine", word=shown(name), names=NAMES))
