"""Several processes that train one model together: torchrun, MPI, srun."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .errors import Stopped

# Which variables say the process's rank, and how many processes there are.
_VARIABLES = [
    ("RANK", "WORLD_SIZE"),
    ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"),
    ("PMI_RANK", "PMI_SIZE"),
    ("MV2_COMM_WORLD_RANK", "MV2_COMM_WORLD_SIZE"),
    ("SLURM_PROCID", "SLURM_STEP_NUM_TASKS"),
]


def rank() -> int:
    """Return this process's rank, 0 where it is alone."""
    torch = _torch()
    if torch is not None:
        return int(torch.get_rank())
    for name, size in _VARIABLES:
        found, count = _integer(name), _integer(size)
        if found is not None and count is not None and count > 1:
            return 0 if found and is_inherited(name, size, os.getpid()) else found
    return 0


@cache
def is_inherited(name: str, size: str, process: int) -> bool:
    """Whether mohpo-lua, above this process, has the same values in these variables.

    They then say which of several mohpo-lua that one is, as under `srun`, and not which of several
    processes of the trial this one is. Where the processes above cannot be seen, as on another
    machine, something else than mohpo-lua has started this one.
    """
    secret = os.environ.get("MOHPO_SECRET")
    while secret is not None:
        try:
            process = _parent(process)
            above = _environment(process)
        except (OSError, ValueError):
            return False
        if above.get("MOHPO_SECRET") != secret:
            return all(above.get(key) == os.environ.get(key) for key in (name, size))
    return False


def _parent(process: int) -> int:
    status = Path(f"/proc/{process}/stat").read_text(errors="replace")
    return int(status.rpartition(")")[2].split()[1])


def _environment(process: int) -> dict[str, str]:
    content = Path(f"/proc/{process}/environ").read_bytes().decode(errors="replace")
    return dict(entry.partition("=")[::2] for entry in content.split("\0") if entry)


def _integer(name: str) -> int | None:
    try:
        return int(os.environ[name])
    except (KeyError, ValueError):
        return None


def _torch() -> Any:
    """Return `torch.distributed` where the script uses it, else None."""
    torch = sys.modules.get("torch.distributed")
    if torch is None or not torch.is_available() or not torch.is_initialized():
        return None
    return torch


class Verdicts:
    """Tells the other ranks what rank 0 was answered, by the store that torch.distributed has.

    No collective operation is used: a script that reports on rank 0 alone works, too. Where there
    is no such store the others continue, and end with the signal that mohpo-lua sends to all.
    """

    def __init__(self) -> None:
        self._reports = 0

    def publish(self, verdict: str) -> None:
        """Tell the others about this report of rank 0."""
        self._reports += 1
        store = self._store()
        if store is not None:
            store.set(self._key(), verdict)

    def await_next(self) -> None:
        """Wait for rank 0's report of the same number. Raises `Stopped` with it."""
        self._reports += 1
        store = self._store()
        if store is None:
            return
        verdict = self._wait(store)
        if verdict != "go":
            raise Stopped(verdict)

    def _key(self) -> str:
        return f"mohpo/{self._reports}"

    def _wait(self, store: Any) -> str:
        key = self._key()
        while True:
            try:
                store.wait([key], timedelta(seconds=5))
                return str(store.get(key).decode())
            except Exception:
                # A trial that is paused is answered late.
                try:
                    store.check([key])
                except Exception:
                    raise Stopped("rank 0 has ended") from None

    @staticmethod
    def _store() -> Any:
        torch = _torch()
        if torch is None or torch.get_world_size() < 2:
            return None
        module = sys.modules.get("torch.distributed.distributed_c10d")
        find = getattr(module, "_get_default_store", None)
        return find() if callable(find) else None
