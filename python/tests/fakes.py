"""Servers that speak mohpo-lua's protocol, well or badly."""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Union

Message = dict[str, Any]
# Bytes are sent as they are, and nothing at all for b""; None closes the connection.
Answer = Union[Message, bytes, None]


class LineServer:
    """Answers each line on a Unix socket by a function."""

    def __init__(self, path: Path, respond: Callable[[Message], Answer]) -> None:
        self.path, self.respond = path, respond
        self.messages: list[Message] = []
        self.connections: list[socket.socket] = []
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                outer.connections.append(self.request)
                for line in self.rfile:
                    message = json.loads(line)
                    outer.messages.append(message)
                    answer = outer.respond(message)
                    if answer is None:
                        return
                    if isinstance(answer, dict):
                        answer = json.dumps(answer).encode() + b"\n"
                    self.wfile.write(answer)

        class Server(socketserver.ThreadingUnixStreamServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request: object, client_address: object) -> None:
                """Tests break connections on purpose."""

        self._server = Server(str(path), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def said(self, name: str) -> list[Any]:
        """What was sent under a name."""
        return [message[name] for message in self.messages if name in message]


class TrialServer(LineServer):
    """Answers a child as mohpo-lua does: a trial stops at `stop_at`."""

    def __init__(self, path: Path, args: Message, resource: int = 0, stop_at: int = 1000) -> None:
        super().__init__(path, self.answer)
        self.args, self.resource, self.stop_at = args, resource, stop_at
        self.reported: list[Message] = []

    def answer(self, message: Message) -> Answer:
        if "hello" in message:
            if message["secret"] != "s3":
                return {"error": "secret: expected that of trial 7"}
            return {"ok": 1, "args": self.args, "resource": self.resource}
        if "report" in message:
            report = message["report"]
            if "epoch" not in report:
                return {"error": "epoch: expected a positive integer, got nothing"}
            if all(report["epoch"] != old["epoch"] for old in self.reported):
                self.reported.append(report)
            if report["epoch"] >= self.stop_at:
                return {"stop": True, "why": "rung 27: rank 7 of 12, 4 continue"}
            return {"go": True}
        resource = message.get("checkpoint")
        if resource and all(report["epoch"] != resource for report in self.reported):
            return {"error": f"checkpoint: no report {resource}"}
        return {"ok": 1}


class FakeStudy:
    """A study that gives out trials and stops every second one at its second report."""

    def __init__(self, trials: int = 4, lease: float = 60) -> None:
        self.left, self.lease = trials, lease
        self.next = 1
        self.queue: list[Message] = []
        self.messages: list[Message] = []
        self.lock = threading.Lock()

    def answer(self, message: Message) -> Message:
        with self.lock:
            self.messages.append(message)
            found = self._answer(message)
        return {**found, "id": message["id"]} if "id" in message else found

    def _answer(self, message: Message) -> Message:
        if "ask" in message:
            if self.next > self.left:
                return {"none": True}
            number, self.next = self.next, self.next + 1
            args = self.queue.pop(0) if self.queue else {"width": 8 * number}
            return {
                "ok": 1,
                "trial": number,
                "attempt": 1,
                "args": args,
                "resource": 0,
                "lease": self.lease,
            }
        if "report" in message:
            epoch, trial = message["report"].get("epoch"), message["trial"]
            if not isinstance(epoch, int):
                return {"error": "epoch: expected a positive integer, got nothing"}
            if trial % 2 == 0 and epoch == 2:
                return {"stop": True, "why": "rung 2: rank 3 of 3, 1 continues"}
            if trial % 3 == 0 and epoch == 2:
                return {"paused": True}
            return {"go": True}
        if "add" in message:
            self.queue.append(message["add"])
        if "front" in message:
            return {"ok": 1, "front": [{"trial": 1, "accuracy": 0.9, "args": {"width": 8}}]}
        if "study" in message:
            return {"ok": 1, "name": "circle", "objectives": {"accuracy": "MAX"}}
        return {"ok": 1}

    def said(self, name: str) -> list[Any]:
        return [message[name] for message in self.messages if name in message]


class HTTPStudy:
    """A study behind HTTP, as `mohpo-lua serve --port` is."""

    def __init__(self, study: FakeStudy, token: str = "t0ken") -> None:
        self.requests: list[tuple[str, str]] = []
        #: How many requests are answered that they take too long.
        self.late = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                self.reply({self.path.rsplit("/", 1)[1]: 1})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers["Content-Type"] != "application/json":
                    self.send(415, {"error": "Content-Type: expected application/json"})
                elif self.headers["Authorization"] != f"Bearer {token}":
                    self.send(401, {"error": "the token is wrong"})
                else:
                    self.reply(json.loads(body))

            def reply(self, message: Message) -> None:
                outer.requests.append((self.command, self.path))
                if outer.late:
                    outer.late -= 1
                    self.send(504, {"error": "not decided yet; send it again"})
                    return
                found = study.answer(message)
                self.send(400 if "error" in found else 200, found)

            def send(self, status: int, found: Message) -> None:
                content = json.dumps(found).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: object) -> None:
                """Keep the tests' output clean."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
