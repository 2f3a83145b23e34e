"""What can go wrong, and the stop of a trial, which is no error."""

from __future__ import annotations


class Error(Exception):
    """The base of all errors of this package."""


class Refused(Error):
    """mohpo-lua refused a request and said why."""


class ProtocolError(Error):
    """An answer is none that mohpo-lua gives."""


class Disconnected(Error, ConnectionError):
    """The connection to mohpo-lua is lost, or there never was one."""


class Stopped(SystemExit):
    """The trial is to stop.

    It ends the script with exit code 0 unless it is caught. `finally` and `with` blocks run.
    """

    def __init__(self, why: str = "") -> None:
        super().__init__(0)
        self.why = why

    def __str__(self) -> str:
        return self.why or "the trial is stopped"

    def __reduce__(self) -> tuple[type[Stopped], tuple[str]]:
        return (type(self), (self.why,))
