"""Finds or starts the server of a study."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Protocol

from ._http import HTTPTransport, read_token
from ._lines import connect
from ._multiplex import Multiplexer
from .errors import Disconnected, Error


class Transport(Protocol):
    """Carries requests to a server."""

    def request(self, verb: str, message: Mapping[str, object]) -> dict[str, Any]:
        """Send a message and return the answer."""

    def close(self) -> None:
        """End the connection."""


def transport(
    target: str, token_file: str | None, program: str | None, options: Sequence[str]
) -> Transport:
    """Return the way to a study: an address, a socket, or a script that is served from here."""
    if target.startswith(("http://", "https://")):
        _refuse(options, target)
        return HTTPTransport(target, None if token_file is None else read_token(token_file))
    if token_file is not None:
        raise Error("token_file: expected with http://host:port alone")
    if target.startswith("unix:") or Path(target).is_socket():
        _refuse(options, target)
        return _over_socket(target[5:] if target.startswith("unix:") else target)
    if not Path(target).is_file():
        raise Error(f"{target}: expected a script, a socket or http://host:port, got no such file")
    return _served(target, program, options)


def _refuse(options: Sequence[str], target: str) -> None:
    if options:
        raise Error(f"options: expected with a script alone, got {list(options)} for {target}")


def _over_socket(path: str) -> Transport:
    channel = connect(path)
    reader, writer = channel.makefile("rb"), channel.makefile("wb")

    def close() -> None:
        with contextlib.suppress(OSError):
            # Wakes the thread that reads.
            channel.shutdown(socket.SHUT_RDWR)
        for end in (writer, reader, channel):
            with contextlib.suppress(OSError):
                end.close()

    return Multiplexer(reader, writer, close)


def _served(script: str, program: str | None, options: Sequence[str]) -> Transport:
    name = program or os.environ.get("MOHPO_LUA") or "mohpo-lua"
    path = shutil.which(name)
    if path is None:
        raise Error(f"{name}: there is no such program; put it on PATH, or give program=")
    # A group of its own, so that Ctrl-C ends this program alone, which then closes the server.
    process = subprocess.Popen(
        [path, "serve", "--stdio", *options, script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin is not None and process.stdout is not None
    return _Served(process, process.stdout, process.stdin)


class _Served(Multiplexer):
    """A server that this process started, on its standard input and output."""

    def __init__(
        self, process: subprocess.Popen[bytes], reader: IO[bytes], writer: IO[bytes]
    ) -> None:
        self._process = process
        super().__init__(reader, writer, self._end_process)

    def request(self, verb: str, message: Mapping[str, object]) -> dict[str, Any]:
        try:
            return super().request(verb, message)
        except Disconnected as error:
            try:
                code = self._process.wait(2)
            except subprocess.TimeoutExpired:
                raise error from None
            raise Disconnected(
                f"mohpo-lua serve has ended with exit code {code}; "
                "its messages are on standard error"
            ) from None

    def _end_process(self) -> None:
        """End the server: it stores what it has when its input ends."""
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        process.stdout.close()
