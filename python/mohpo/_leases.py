"""Keeps the leases of trials while their client computes."""

from __future__ import annotations

import threading
import time
from typing import Callable

from .errors import Error


class Leases:
    """Sends a heartbeat for every trial that is held, at every third of the lease."""

    def __init__(self, beat: Callable[[int, int], None]) -> None:
        """Have `beat` called with a trial and its attempt, in a thread."""
        self._beat = beat
        self._held: dict[int, int] = {}
        self._interval = float("inf")
        self._due = float("inf")
        self._changed = threading.Condition()
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="mohpo heartbeats", daemon=True)

    def hold(self, trial: int, attempt: int, lease: float) -> None:
        """Begin to keep a trial's lease of so many seconds."""
        with self._changed:
            self._held[trial] = attempt
            self._interval = min(self._interval, max(lease / 3, 0.01))
            self._due = min(self._due, time.monotonic() + self._interval)
            if self._thread.ident is None:
                self._thread.start()
            self._changed.notify()

    def release(self, trial: int) -> None:
        """No longer keep a trial's lease."""
        with self._changed:
            self._held.pop(trial, None)

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread.ident is not None and threading.current_thread() is not self._thread:
            self._thread.join(5)

    def _run(self) -> None:
        while self._wait():
            with self._changed:
                held = dict(self._held)
            for trial, attempt in held.items():
                try:
                    self._beat(trial, attempt)
                except Error:
                    # The trial's next report says what is wrong.
                    continue

    def _wait(self) -> bool:
        """Wait until heartbeats are due; false when there are to be no more."""
        with self._changed:
            while not self._is_closed:
                left = self._due - time.monotonic()
                if left <= 0:
                    self._due = time.monotonic() + self._interval
                    return True
                self._changed.wait(left if left < threading.TIMEOUT_MAX else None)
            return False
