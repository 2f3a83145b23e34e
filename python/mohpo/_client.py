"""Ask a study for trials and tell it their results."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from ._arguments import Arguments, HasArguments
from ._leases import Leases
from ._rows import Rows
from ._server import Transport, transport
from ._values import described, metrics, plain, resource_number
from .errors import Error, ProtocolError


def open_study(
    target: str | os.PathLike[str],
    *,
    token_file: str | os.PathLike[str] | None = None,
    program: str | None = None,
    options: Sequence[str] = (),
) -> Study:
    """Open a study for asking and telling.

    The target is a script, which `mohpo-lua serve` is started with, the socket of a server, or
    `http://host:port`. `token_file` names the file with the token of an HTTP server; no other user
    may read it. `program` is the path of mohpo-lua, by default `$MOHPO_LUA` or what PATH finds.
    `options` are options of `mohpo-lua serve`, such as `["--study", "x.db", "--resume"]`.
    """
    file = None if token_file is None else os.fspath(token_file)
    return Study(transport(os.fspath(target), file, program, options))


class Study:
    """A study that is asked for trials. Iterate over it, or call `ask`, from any thread.

    Use it in a `with` statement: it ends the server that it started.
    """

    def __init__(self, server: Transport) -> None:
        self._server = server
        self._leases = Leases(self._beat)

    def __enter__(self) -> Study:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[AskedTrial]:
        """Ask for trials until there are no more.

        A trial that may continue when the next one is asked for is completed.
        """
        while True:
            trial = self.ask()
            if trial is None:
                return
            yield trial
            if not trial.has_ended:
                trial.done()

    def ask(self) -> AskedTrial | None:
        """Return a trial to run, or to continue, or None when there are no more."""
        while True:
            answer = self._request("ask", {"ask": 1})
            if "trial" in answer:
                trial = AskedTrial(self, answer)
                self._leases.hold(trial.id, trial.attempt, trial.lease)
                return trial
            wait = answer.get("wait")
            if not isinstance(wait, (int, float)) or isinstance(wait, bool):
                return None
            time.sleep(min(max(wait, 0.01), 10))

    def add(self, given: Mapping[str, object] | None = None, /, **more: object) -> None:
        """Have a configuration tried next. What is left out takes its default."""
        self._request("add", {"add": _configuration("", {**(given or {}), **more})})

    def stop(self, trial: int | None = None) -> None:
        """Stop a trial that runs or waits at a rung, or the study where none is named.

        What was reported is kept. A trial that was stopped does not continue; a study can be
        resumed.
        """
        self._request("stop", {"stop": "study" if trial is None else {"trial": trial}})

    def front(self) -> Rows:
        """Return the front's points as dicts; `front().to_pandas()` is a DataFrame."""
        points = self._request("front", {"front": 1}).get("front")
        if not isinstance(points, list) or not all(isinstance(point, dict) for point in points):
            raise ProtocolError(f"front: expected a list of points, got {described(points)}")
        return Rows(points)

    def info(self) -> dict[str, Any]:
        """Return what the server says about the study: its name, objectives and state."""
        return self._request("study", {"study": 1})

    def close(self) -> None:
        """Close the study. Trials that have not ended are given to the next who asks."""
        self._leases.close()
        self._server.close()

    def _request(self, verb: str, message: Mapping[str, object]) -> dict[str, Any]:
        return self._server.request(verb, message)

    def _beat(self, trial: int, attempt: int) -> None:
        self._request("heartbeat", {"heartbeat": 1, "trial": trial, "attempt": attempt})


def _configuration(prefix: str, given: Mapping[str, object]) -> dict[str, object]:
    """Return a configuration as JSON has it. Groups are dicts."""
    found: dict[str, object] = {}
    for name, value in given.items():
        path = prefix + name
        if isinstance(value, Mapping):
            found[name] = _configuration(f"{path}.", value)
        elif isinstance(value, (list, tuple)):
            found[name] = [plain(f"{path}.{place}", item) for place, item in enumerate(value, 1)]
        else:
            found[name] = plain(path, value)
    return found


#: What becomes of a trial after a report.
Verdict = Literal["go", "stop", "paused"]
_VERDICTS: tuple[Verdict, ...] = ("stop", "paused", "go")


class AskedTrial(HasArguments):
    """A trial that this client runs.

    Its arguments are attributes (`trial.width`). One that is named as a method or attribute of
    this class is in `trial.args` alone.
    """

    def __init__(self, study: Study, answer: Mapping[str, Any]) -> None:
        self._study = study
        #: The trial's number in the study.
        self.id: int = _number(answer, "trial", int)
        #: Which holder of the trial this is, from 1.
        self.attempt: int = _number(answer, "attempt", int, 1)
        #: The resource of the last acknowledged checkpoint: where to continue from.
        #: A float only where it is no whole number, which needs `resolution`.
        self.resource: int = _number(answer, "resource", (int, float), 0)
        #: How many seconds without a heartbeat the server waits before it gives the trial away.
        self.lease: float = _number(answer, "lease", (int, float), 60)
        directory = answer.get("dir")
        #: The trial's own directory, where the server gives one.
        self.dir: Path | None = Path(directory) if isinstance(directory, str) else None
        #: Why the last report was answered with "stop".
        self.why = ""
        #: Whether it was stopped, paused, completed or failed.
        self.has_ended = False
        arguments = answer.get("args") or {}
        if not isinstance(arguments, dict):
            raise ProtocolError(f"args: expected an object, got {described(arguments)}")
        #: All arguments by name.
        self.args = Arguments(arguments)

    def __repr__(self) -> str:
        return f"<mohpo.AskedTrial {self.id}: {dict(self.args)}>"

    def report(self, given: Mapping[str, object] | None = None, /, **more: object) -> Verdict:
        """Report the resource, the objectives and any other metrics.

        Returns "go" when the trial may continue, "stop" when it has ended, and "paused" when
        `ask` may give it again later.
        """
        answer = self._tell("report", metrics({**(given or {}), **more}))
        self.why = str(answer.get("why", ""))
        for verdict in _VERDICTS:
            if answer.get(verdict):
                if verdict != "go":
                    self._end()
                return verdict
        raise ProtocolError(f"a report: expected go, stop or paused, got {answer}")

    def checkpoint(self, resource: float) -> None:
        """Say that the trial can be continued from this resource, whose report was made."""
        self._tell("checkpoint", resource_number(resource))

    def done(self) -> None:
        """Complete the trial."""
        self._tell("done", True)
        self._end()

    def fail(self, message: str) -> None:
        """Fail the trial."""
        self._tell("fail", str(message))
        self._end()

    def _tell(self, verb: str, content: object) -> dict[str, Any]:
        if self.has_ended:
            raise Error(f"{verb}: trial {self.id} has ended for this client; ask for another one")
        message = {verb: content, "trial": self.id, "attempt": self.attempt}
        return self._study._request(verb, message)

    def _end(self) -> None:
        self.has_ended = True
        self._study._leases.release(self.id)


def _number(answer: Mapping[str, Any], name: str, kind: Any, default: Any = None) -> Any:
    value = answer.get(name, default)
    if isinstance(value, bool) or not isinstance(value, kind):
        raise ProtocolError(f"{name}: expected a number, got {described(value)}")
    return value
