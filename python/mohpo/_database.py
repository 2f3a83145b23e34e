"""Opens a study's file without disturbing the program that writes it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Callable, TypeVar

from .errors import Error

APPLICATION = 0x6D6F6870  # "mohp"
NEWEST_FORMAT = 4

Result = TypeVar("Result")


def find(study: str, folder: Path) -> Path:
    """Return the path of a study that is given by path or by name, the newest of that name."""
    path = Path(study)
    if path.is_file():
        return path.resolve()
    if "/" not in study and not study.endswith(".db"):
        named = [(note, path) for path, note in _notes(folder, study)]
        if named:
            return max(named)[1].resolve()
    raise Error(f"{study}: there is no such file, nor a study of that name in {folder}/")


def _notes(folder: Path, name: str) -> Iterator[tuple[Path, tuple[str, int, int]]]:
    for path in sorted(folder.glob("*.db")):
        with contextlib.suppress(Error):
            found = read(path, _note)
            if found is not None and found[0] == name:
                yield path, (found[1], found[2], len(path.name))


def _note(database: sqlite3.Connection) -> tuple[str, str, int] | None:
    row = database.execute("SELECT name, created, ordinal FROM study").fetchone()
    return None if row is None else (str(row[0]), str(row[1]), int(row[2]))


def read(path: Path, body: Callable[[sqlite3.Connection], Result]) -> Result:
    """Return what `body` reads of one moment of a study.

    A study without a log is read as a file that does not change, so that SQLite makes no files
    beside it. When it has changed meanwhile it is read again.
    """
    for _ in range(10):
        stamp = _stamp(path)
        try:
            found = _read_once(path, body, is_still=stamp[1] == 0)
        except Error:
            if stamp == _stamp(path):
                raise
            continue
        if stamp[1] > 0 or stamp == _stamp(path):
            return found
    raise Error(f"{path}: it changes faster than it can be read")


def _stamp(path: Path) -> tuple[int, int, int]:
    """Return the file's size, its log's size and when it was changed."""
    try:
        status = path.stat()
    except OSError as error:
        raise Error(f"{path}: {error.strerror}") from None
    log = Path(f"{path}-wal")
    return status.st_size, log.stat().st_size if log.exists() else 0, status.st_mtime_ns


def _read_once(path: Path, body: Callable[[sqlite3.Connection], Result], is_still: bool) -> Result:
    try:
        with _connected(path, "immutable=1" if is_still else "mode=ro") as database:
            return _checked(path, database, body)
    except sqlite3.DatabaseError as error:
        if is_still or not _is_refused(error):
            raise _failure(path, error) from None
    # The log needs an index beside it, which cannot be made in a folder that cannot be written.
    with tempfile.TemporaryDirectory(prefix="mohpo-") as folder:
        copy = Path(folder) / "study.db"
        try:
            shutil.copyfile(f"{path}-wal", f"{copy}-wal")
            shutil.copyfile(path, copy)
            with _connected(copy, "mode=rw") as database:
                return _checked(path, database, body)
        except (OSError, sqlite3.DatabaseError) as error:
            raise _failure(path, error) from None


def _is_refused(error: sqlite3.DatabaseError) -> bool:
    text = str(error)
    return "unable to open" in text or "readonly" in text


def _failure(path: Path, error: Exception) -> Error:
    text = str(error)
    if "not a database" in text:
        return Error(f"{path}: expected a study, got another file")
    if "no such column" in text or "no such table" in text or "malformed" in text:
        return Error(f"{path}: damaged ({text}); `mohpo-lua report {path}` shows what is intact")
    return Error(f"{path}: cannot read it: {text}")


@contextlib.contextmanager
def _connected(path: Path, options: str) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True, timeout=30)
    try:
        database.execute("BEGIN")
        yield database
    finally:
        database.close()


def _checked(
    path: Path, database: sqlite3.Connection, body: Callable[[sqlite3.Connection], Result]
) -> Result:
    if database.execute("PRAGMA application_id").fetchone() != (APPLICATION,):
        raise Error(f"{path}: expected a study, got another SQLite file")
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > NEWEST_FORMAT:
        raise Error(f"{path}: format {version} is newer than this package reads; update mohpo")
    return body(database)


def is_written(path: Path) -> bool:
    """Whether a process holds the right to write the study."""
    try:
        file = os.open(f"{path}.lock", os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(file)
    return False
