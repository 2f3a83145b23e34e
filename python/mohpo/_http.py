"""Requests to `mohpo-lua serve --port`."""

from __future__ import annotations

import http.client
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ._lines import LONGEST_ANSWER
from ._values import decode, encode
from .errors import Disconnected, Error, ProtocolError, Refused

# A server that is silent for so many seconds is taken for dead.
PATIENCE = 300.0


# What the server answers where a decision takes longer than a request may.
_UNDECIDED = 504


class HTTPTransport:
    """Posts requests, on as many connections as there are requests at once."""

    def __init__(self, url: str, token: str | None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Error(f"a study's address: expected http://host:port, got {url!r}")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise Error("a study's address: expected http://host:port, got more; use token_file")
        https = parts.scheme == "https"
        self._kind = http.client.HTTPSConnection if https else http.client.HTTPConnection
        self._host, self._port = parts.hostname, parts.port
        self._address, self._path = f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")
        self._token = token
        self._idle: list[http.client.HTTPConnection] = []

    def request(self, verb: str, message: Mapping[str, object]) -> dict[str, Any]:
        """Send a message and return the answer."""
        while True:
            status, content = self._send(verb, message)
            if status != _UNDECIDED:
                return _answer(status, content)

    def close(self) -> None:
        """Close the connections that no request uses."""
        while self._idle:
            self._idle.pop().close()

    def _send(self, verb: str, message: Mapping[str, object]) -> tuple[int, bytes]:
        while self._idle:
            try:
                return self._exchange(self._idle.pop(), verb, message)
            except (Disconnected, IndexError):
                # The server has closed a connection that was idle, or a thread was faster.
                continue
        connection = self._kind(self._host, self._port, timeout=PATIENCE)
        return self._exchange(connection, verb, message)

    def _exchange(
        self, connection: http.client.HTTPConnection, verb: str, message: Mapping[str, object]
    ) -> tuple[int, bytes]:
        method = "GET" if verb in ("front", "study") else "POST"
        body = encode(message) if method == "POST" else None
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            connection.request(method, f"{self._path}/v1/{verb}", body, headers)
            response = connection.getresponse()
            content = response.read(LONGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            reason = str(error) or type(error).__name__
            raise Disconnected(f"{self._address}: cannot reach mohpo-lua: {reason}") from None
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        return response.status, content


def _answer(status: int, content: bytes) -> dict[str, Any]:
    try:
        found = decode(content)
    except ProtocolError:
        if status == 200:
            raise
        found = {}
    error = found.get("error")
    if status != 200 or error is not None:
        hint = "; is the token right?" if status in (401, 403) else ""
        said = error if isinstance(error, str) else http.client.responses.get(status, "refused")
        raise Refused(said + hint)
    return found


def read_token(path: str | os.PathLike[str]) -> str:
    """Read a token from a file that no other user can read."""
    try:
        with Path(path).open(encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & 0o077:
                raise Error(f"{path}: expected mode 0600, got {mode:04o}; chmod 600 it")
            token = file.read(4096).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Error(f"{path}: cannot read the token: {error}") from None
    if not token or not token.isprintable() or " " in token or not token.isascii():
        raise Error(f"{path}: expected a token on one line, got something else")
    return token
