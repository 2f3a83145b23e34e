from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .fakes import TrialServer

STUDIES = Path(__file__).parent / "studies"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("MOHPO_", "SLURM_", "PMI_", "OMPI_")) or name in ("RANK", "WORLD_SIZE"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(sys, "argv", ["train.py"])


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder whose path is short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="mohpo-"))
    yield folder
    shutil.rmtree(folder)


Serve = Callable[..., TrialServer]


@pytest.fixture
def serve(short: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Start a server and set the environment as a child of mohpo-lua finds it."""
    servers: list[TrialServer] = []

    def start(args: dict[str, Any] | None = None, **more: int) -> TrialServer:
        path = short / f"s{len(servers)}"
        server = TrialServer(path, {"width": 64} if args is None else args, **more)
        servers.append(server)
        settings = {"SOCKET": path, "TRIAL": 7, "SECRET": "s3", "SLOT": 2, "DIR": short / "t7"}
        for name, value in settings.items():
            monkeypatch.setenv(f"MOHPO_{name}", str(value))
        return server

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The study of `studies/search.lua` as the program left it."""
    path = tmp_path / "search.db"
    database = sqlite3.connect(path)
    database.executescript((STUDIES / "search.sql").read_text())
    database.execute("PRAGMA application_id = 1836017776")
    database.execute("PRAGMA user_version = 2")
    database.execute("PRAGMA journal_mode = wal")
    database.close()
    return path
