"""A training script that mohpo-lua starts, or that is run by itself."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from . import _ranks
from ._arguments import Arguments, HasArguments, merged, warn_of_misspelt
from ._command_line import from_command_line
from ._lines import LineSocket, Session, accepted
from ._values import encode, metrics, resource_number
from .errors import Disconnected, Error, ProtocolError, Stopped


def trial(**defaults: Any) -> Trial:
    """Return the trial that this process is.

    The keywords are the parameters with their defaults. Under mohpo-lua the study's values replace
    them. Words of the command line (`--width 64`) replace what the study does not say.
    """
    given = from_command_line(defaults, sys.argv[1:])
    return Trial(merged(defaults, given), defaults)


class Trial(HasArguments):
    """The trial that this process is.

    Its arguments are attributes (`trial.width`). One that is named as a method or attribute of
    this class is in `trial.args` alone.
    """

    def __init__(self, arguments: Mapping[str, Any], defaults: Mapping[str, Any]) -> None:
        number = os.environ.get("MOHPO_TRIAL")
        #: The trial's number in the study; None where the script is run by itself.
        self.id: int | None = None if number is None else _integer("MOHPO_TRIAL")
        #: The slot, from 1. No two trials that run have the same one.
        self.slot: int = _integer("MOHPO_SLOT", 1)
        #: The resource of the last acknowledged checkpoint: where to continue from.
        #: A float only where it is no whole number, which needs `resolution`.
        self.resource: int = _resource("MOHPO_RESOURCE")
        self._verdicts = _ranks.Verdicts()
        self._session: Session | None = None
        given = _arguments()
        if "MOHPO_SOCKET" in os.environ and _ranks.rank() == 0:
            given = self._speak(given)
        warn_of_misspelt(defaults, given)
        #: All arguments by name.
        self.args = Arguments(merged(arguments, given))

    def __repr__(self) -> str:
        name = "alone" if self.id is None else str(self.id)
        return f"<mohpo.Trial {name}: {dict(self.args)}>"

    @property
    def dir(self) -> Path:
        """The trial's own directory, which stays when the trial is started again.

        It is the working directory where the script is run by itself.
        """
        path = Path(os.environ.get("MOHPO_DIR") or Path.cwd())
        path.mkdir(parents=True, exist_ok=True)
        return path

    def report(self, given: Mapping[str, object] | None = None, /, **more: object) -> None:
        """Report the resource, the objectives and any other metrics.

        Returns when the trial may continue and raises `Stopped` when it is to stop. Alone, it
        prints the report as a line of JSON. Of several processes rank 0 alone reports.
        """
        if _ranks.rank() != 0:
            self._verdicts.await_next()
            return
        try:
            self._report(metrics({**(given or {}), **more}))
        except BaseException as error:
            self._verdicts.publish(str(error) or type(error).__name__)
            raise
        self._verdicts.publish("go")

    def checkpoint(self, resource: float) -> None:
        """Say that `trial.dir` holds what the trial continues from after this resource.

        Call it behind the report of that resource. Write the files under another name first and
        rename them; keep those of the checkpoint before until this returns.
        """
        if self._session is not None and _ranks.rank() == 0:
            _expect(self._session.request({"checkpoint": resource_number(resource)}), "ok")

    def done(self) -> None:
        """Complete the trial. A script that ends with exit code 0 does so, too."""
        if self._session is not None and _ranks.rank() == 0:
            _expect(self._session.request({"done": True}), "ok")

    def fail(self, message: str) -> None:
        """Fail the trial. A script that ends with another exit code does so, too."""
        if self._session is None and "MOHPO_SOCKET" in os.environ:
            self._speak({})
        if self._session is None:
            print(f"mohpo: the trial failed: {message}", file=sys.stderr)
        else:
            _expect(self._session.request({"fail": str(message)}), "ok")

    def _report(self, found: Mapping[str, object]) -> None:
        if self._session is None:
            sys.stdout.write(encode(found).decode())
            sys.stdout.flush()
            return
        answer = self._session.request({"report": found})
        if answer.get("stop"):
            _stop(answer)
        _expect(answer, "go")

    def _speak(self, given: dict[str, Any]) -> dict[str, Any]:
        """Greet mohpo-lua and return the arguments."""
        arguments = given
        if self.id is None:
            raise Error("MOHPO_TRIAL: expected the trial's number, got nothing")
        hello = {"hello": 1, "trial": self.id, "secret": os.environ.get("MOHPO_SECRET", "")}

        def greet(line: LineSocket) -> None:
            nonlocal arguments
            answer = accepted(line.exchange(hello))
            if answer.get("stop"):
                _stop(answer)
            _expect(answer, "ok")
            arguments = _member(answer, "args", dict, given)
            if self._session is None:
                self.resource = _member(answer, "resource", (int, float), self.resource)

        try:
            self._session = Session(os.environ["MOHPO_SOCKET"], greet)
        except Disconnected as error:
            raise Disconnected(f"MOHPO_SOCKET: {error}") from None
        return arguments


def _stop(answer: Mapping[str, Any]) -> NoReturn:
    raise Stopped(str(answer.get("why", "")))


def _expect(answer: Mapping[str, Any], name: str) -> None:
    if not answer.get(name):
        raise ProtocolError(f"expected an answer with {name}, got {dict(answer)}")


def _member(answer: Mapping[str, Any], name: str, kind: Any, default: Any) -> Any:
    value = answer.get(name, default)
    if not isinstance(value, kind) or isinstance(value, bool):
        expected = getattr(kind, "__name__", "a number")
        raise ProtocolError(f"{name}: expected {expected}, got {value!r}")
    return value


def _resource(name: str) -> Any:
    text = os.environ.get(name, "0")
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        raise Error(f"{name}: expected an integer, got {text!r}") from None


def _integer(name: str, default: int | None = None) -> int:
    text = os.environ.get(name)
    if text is None and default is not None:
        return default
    try:
        return int(text or "")
    except ValueError:
        raise Error(f"{name}: expected an integer, got {text!r}") from None


def _arguments() -> dict[str, Any]:
    text = os.environ.get("MOHPO_ARGS")
    if text is None:
        return {}
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Error(f"MOHPO_ARGS: expected JSON, got {text[:60]!r}: {error}") from None
    if not isinstance(found, dict):
        raise Error(f"MOHPO_ARGS: expected an object, got {text[:60]!r}")
    return found
