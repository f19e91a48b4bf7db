"""A file of records: one line of the chain each, appended whole or not at all, by as many processes as there are.

An append holds the file's lock, is written in one piece after the last whole line, and is acknowledged only once the
system says that it is on the disk.  What a crash leaves behind is a last line without its end: it is *torn*, was never
acknowledged and is never read as a record.  The next append sets its bytes aside in ``FILE.torn`` and goes on after
the last whole line.  Locks are those of POSIX (``flock``), which a network file system may not keep.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from .bilingual import Text, say
from .chain import GENESIS, MAX_LINE, FlawError, Line, follows, link, read_line
from .errors import InputError, Problem, Span, system_said
from .record import Record

_CHUNK = 65_536


class LedgerError(InputError):
    """A file of records of which a line is not what was appended; the problem names the first such line."""


@dataclass(frozen=True, slots=True)
class Torn:
    """A last line that was never finished: its number, and how many bytes it has."""

    number: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Appended:
    """An append that is on the disk: the line, and how many bytes of a torn one were set aside for it."""

    line: Line
    set_aside: int


class Ledger:
    """A file of records."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def __repr__(self) -> str:
        return f"<Ledger {self.path}>"

    def append(self, record: Record, key: Any = None) -> Appended:
        """Append a record, signed where there is a key, and return its line once it is on the disk.

        Raises InputError when the file cannot be written (nothing is appended then), LedgerError when its last line is
        not what was appended: a chain does not go on after such a line.
        """
        with _locked(self.path, write=True) as stream:
            set_aside = self._mend(stream)
            end = stream.seek(0, os.SEEK_END)
            before = self._last(stream, end)
            number = before.content.sequence + 1 if before else 1
            line = link(record, number, before.digest if before else GENESIS, key)
            written = line.written()
            if len(written) > MAX_LINE:
                message = say("record_too_large", most=MAX_LINE)
                raise InputError([Problem(Span(str(self.path)), "too-large", message, say("record_fewer"))])
            try:
                rest = memoryview(written)
                while rest:
                    rest = rest[stream.write(rest) :]
                os.fsync(stream.fileno())
            except OSError:
                os.ftruncate(stream.fileno(), end)
                raise
        return Appended(line, set_aside)

    def lines(self) -> Iterator[Line | Torn]:
        """Yield every line that stood whole in the file when this began, then a torn one if there is one.

        Raises InputError when the file cannot be read, LedgerError at the first line that is not what was appended.
        """
        with _locked(self.path, write=False) as stream:
            size = os.fstat(stream.fileno()).st_size
        with _opened(self.path, "rb") as stream:
            before: Line | None = None
            number = 1
            while size > 0 and (raw := stream.readline(min(size, MAX_LINE + 2))):
                size -= len(raw)
                if not raw.endswith(b"\n") and len(raw) <= MAX_LINE:
                    self._refuse_overwritten(raw, number)
                    self._refuse_no_record(raw, number)
                    yield Torn(number, len(raw))
                    return
                try:
                    line = read_line(raw.removesuffix(b"\n"))
                    follows(line, before)
                except FlawError as flaw:
                    raise self._error(number, flaw) from None
                yield line
                before, number = line, number + 1

    def _mend(self, stream: BinaryIO) -> int:
        """Set aside a torn last line, and return how many bytes it has."""
        size = stream.seek(0, os.SEEK_END)
        start = _line_start(stream, size)
        if start == size:
            return 0
        stream.seek(start)
        torn = stream.read(size - start)
        self._refuse_overwritten(torn, 0)
        self._refuse_no_record(torn, 0 if start else 1)
        with _opened(self.path.with_name(f"{self.path.name}.torn"), "ab") as aside:
            aside.write(torn + b"\n")
            os.fsync(aside.fileno())
        os.ftruncate(stream.fileno(), start)
        return len(torn)

    def _last(self, stream: BinaryIO, end: int) -> Line | None:
        if end == 0:
            return None
        start = _line_start(stream, end - 1)
        if end - start > MAX_LINE:
            raise self._error(0, FlawError("too-large", say("line_too_large", most=MAX_LINE)))
        stream.seek(start)
        try:
            return read_line(stream.read(end - start - 1))
        except FlawError as flaw:
            raise self._error(0, flaw) from None

    def _refuse_overwritten(self, tail: bytes, number: int) -> None:
        """Raise LedgerError for a last line that is whole but for its end: a crash cuts off, it does not replace."""
        try:
            _, end = json.JSONDecoder().raw_decode(tail.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return
        if end < len(tail.decode("utf-8", "replace")):
            raise self._error(number, FlawError("not-a-record", say("no_line_end")))

    def _refuse_no_record(self, tail: bytes, number: int) -> None:
        """Raise LedgerError for a first line that was cut off and is no record's: it is another file altogether."""
        if number == 1 and not tail.startswith(b"{"):
            raise self._error(number, FlawError("not-a-record", say("line_no_json")))

    def _error(self, number: int, flaw: FlawError) -> LedgerError:
        place = Span(str(self.path), number, 1 if number else 0)
        message = flaw.message if number else say("last_line", said=flaw.message)
        hint = "restore" if number else "replay_says_more"
        if number == 1 and flaw.code == "not-a-record":
            hint = "what_records_are"  # More likely another file than a record that was changed.
        return LedgerError([Problem(place, flaw.code, message, say(hint))])


def _line_start(stream: BinaryIO, end: int) -> int:
    """Return where the line begins whose last byte stands before ``end``: after the last line end before it.

    Looks back no further than a line may reach.
    """
    place = end
    while place > max(0, end - MAX_LINE - 1):
        step = min(_CHUNK, place)
        stream.seek(place - step)
        found = stream.read(step).rfind(b"\n")
        if found >= 0:
            return place - step + found + 1
        place -= step
    return place


@contextmanager
def _locked(path: Path, write: bool) -> Iterator[BinaryIO]:
    """Open a file and hold its lock: alone to write, with others to read.  Raises InputError."""
    import fcntl

    new = write and not os.path.exists(path)
    with _opened(path, "ab+" if write else "rb") as stream:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX if write else fcntl.LOCK_SH)
        if new:
            _sync_folder(path.parent)
        yield stream


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[BinaryIO]:
    """Open a regular file, to be written without a buffer of ours.  Raises InputError for what the system refuses."""

    def refused(message: Text) -> InputError:
        code = "cannot-read" if mode == "rb" else "cannot-write"
        return InputError([Problem(Span(str(path)), code, message, say("name_records"))])

    try:
        if path.exists() and not path.is_file():
            raise refused(say("no_regular_file"))
        with open(path, mode, buffering=-1 if mode == "rb" else 0) as stream:
            yield stream  # type: ignore[misc]
    except OSError as error:
        raise refused(system_said(error)) from None


def _sync_folder(folder: Path) -> None:
    """Make a new file's name as lasting as its content."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
