"""Lines of JSON over a Unix socket, each answered by one line."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Mapping
from typing import Any, Callable

from ._values import decode, encode, shortened
from .errors import Disconnected, ProtocolError, Refused

# A longer answer is none of mohpo-lua's.
LONGEST_ANSWER = 64 * 1024 * 1024


def connect(path: str) -> socket.socket:
    """Connect to a Unix socket."""
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        channel.connect(path)
    except OSError as error:
        channel.close()
        raise Disconnected(f"{path}: cannot connect to mohpo-lua: {error}") from None
    return channel


class LineSocket:
    """A connection on which one request at a time waits for its answer."""

    def __init__(self, path: str) -> None:
        self._socket = connect(path)
        self._reader = self._socket.makefile("rb")

    def exchange(self, message: Mapping[str, object]) -> dict[str, Any]:
        """Send a message and return the answer."""
        try:
            self._socket.sendall(encode(message))
            line = self._reader.readline(LONGEST_ANSWER)
        except OSError as error:
            raise Disconnected(f"the connection to mohpo-lua is lost: {error}") from None
        return answer(line)

    def close(self) -> None:
        """Close the connection. A copy that another process holds stays open."""
        self._reader.close()
        self._socket.close()

    def __del__(self) -> None:
        # A script has no reason to close its trial.
        if "_reader" in self.__dict__:
            self.close()


def answer(line: bytes) -> dict[str, Any]:
    """Return the answer on a line."""
    if not line:
        raise Disconnected("mohpo-lua has closed the connection")
    if not line.endswith(b"\n"):
        if len(line) < LONGEST_ANSWER:
            raise Disconnected(f"mohpo-lua closed the connection within {shortened(line)}")
        raise ProtocolError(f"expected a shorter answer, got {shortened(line)}")
    return decode(line)


def accepted(found: dict[str, Any]) -> dict[str, Any]:
    """Return an answer that is no error."""
    error = found.get("error")
    if error is not None:
        raise Refused(error if isinstance(error, str) else repr(error))
    return found


class Session:
    """A connection that is made again when it is lost, and in a process that was forked.

    Every request is one that may be sent twice. A signal that raises while a request waits leaves
    an answer behind, so the connection is dropped and the next request makes another one.
    """

    def __init__(self, path: str, greet: Callable[[LineSocket], None]) -> None:
        """Connect, and have `greet` speak first on this connection and on every later one."""
        self._path, self._greet = path, greet
        self._line: LineSocket | None = None
        self._process = os.getpid()
        self._lock = threading.Lock()
        with self._lock:
            self._open()

    def request(self, message: Mapping[str, object]) -> dict[str, Any]:
        """Send a message, from any thread, and return the answer.

        Raises `Refused` where the answer is an error, and `Disconnected` where a new connection
        is lost as well.
        """
        if self._process != os.getpid():
            # Threads that held the lock exist in the parent alone.
            self._lock, self._process = threading.Lock(), os.getpid()
            self._drop()
        with self._lock:
            was_open = self._line is not None
            try:
                return accepted(self._exchange(message))
            except Disconnected:
                if not was_open:
                    raise
                return accepted(self._exchange(message))

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._drop()

    def _exchange(self, message: Mapping[str, object]) -> dict[str, Any]:
        try:
            return (self._line or self._open()).exchange(message)
        except BaseException:
            self._drop()
            raise

    def _open(self) -> LineSocket:
        line = LineSocket(self._path)
        try:
            self._greet(line)
        except BaseException:
            line.close()
            raise
        self._line = line
        return line

    def _drop(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()
