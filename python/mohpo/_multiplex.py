"""Requests of several threads over one stream of lines. Each answer is known by its id."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Mapping
from typing import IO, Any, Callable

from ._lines import LONGEST_ANSWER, accepted, answer
from ._values import encode
from .errors import Disconnected, Error


class _Pending:
    """A request that waits for its answer."""

    def __init__(self) -> None:
        self.answered = threading.Event()
        self.answer: dict[str, Any] = {}
        self.error: Error | None = None

    def settle(self, answer: dict[str, Any], error: Error | None = None) -> None:
        self.answer, self.error = answer, error
        self.answered.set()


class Multiplexer:
    """Sends requests, and has a thread that hands out the answers."""

    def __init__(self, reader: IO[bytes], writer: IO[bytes], close: Callable[[], None]) -> None:
        self._reader, self._writer, self._close = reader, writer, close
        self._ids = itertools.count(1)
        self._pending: dict[int, _Pending] = {}
        self._end: Error | None = None
        self._lock = threading.Lock()
        self._write_lock = threading.Lock()
        self._thread = threading.Thread(target=self._read, name="mohpo answers", daemon=True)
        self._thread.start()

    def request(self, verb: str, message: Mapping[str, object]) -> dict[str, Any]:
        """Send a message and return its answer. The verb is one of the message's names."""
        assert verb in message
        pending = _Pending()
        with self._lock:
            if self._end is not None:
                raise self._end
            number = next(self._ids)
            self._pending[number] = pending
        try:
            self._write(encode({**message, "id": number}))
            pending.answered.wait()
        finally:
            with self._lock:
                self._pending.pop(number, None)
        if pending.error is not None:
            raise pending.error
        return accepted(pending.answer)

    def close(self) -> None:
        """Close the stream and wait for the end of its thread."""
        self._fail(Disconnected("the study is closed"))
        self._close()
        if threading.current_thread() is not self._thread:
            self._thread.join(5)

    def _write(self, line: bytes) -> None:
        try:
            with self._write_lock:
                self._writer.write(line)
                self._writer.flush()
        except (OSError, ValueError) as error:
            raise self._end or Disconnected(
                f"the connection to mohpo-lua is lost: {error}"
            ) from None

    def _read(self) -> None:
        try:
            while True:
                self._hand_out(answer(self._reader.readline(LONGEST_ANSWER)))
        except Error as error:
            self._fail(error)
        except (OSError, ValueError) as error:
            self._fail(Disconnected(f"the connection to mohpo-lua is lost: {error}"))

    def _hand_out(self, found: dict[str, Any]) -> None:
        number = found.pop("id", None)
        with self._lock:
            if number is None and len(self._pending) == 1:
                # What could not be read as a request has no id.
                number = next(iter(self._pending))
            pending = self._pending.get(number) if isinstance(number, int) else None
        if pending is not None:
            pending.settle(found)

    def _fail(self, error: Error) -> None:
        with self._lock:
            self._end = self._end or error
            waiting = list(self._pending.values())
        for pending in waiting:
            pending.settle({}, error)
