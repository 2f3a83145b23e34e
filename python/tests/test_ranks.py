from __future__ import annotations

import os
import shlex
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

import mohpo

from .conftest import Serve


@pytest.mark.parametrize(
    ("rank", "size"),
    [
        ("RANK", "WORLD_SIZE"),
        ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"),
        ("PMI_RANK", "PMI_SIZE"),
        ("SLURM_PROCID", "SLURM_STEP_NUM_TASKS"),
    ],
)
def test_only_rank_0_reports(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, rank: str, size: str
) -> None:
    server = serve()
    monkeypatch.setenv(size, "2")
    monkeypatch.setenv("MOHPO_ARGS", '{"width": 64}')
    monkeypatch.setenv("MOHPO_RESOURCE", "3")
    for number in ("1", "0"):
        monkeypatch.setenv(rank, number)
        trial = mohpo.trial(width=32)
        assert trial.width == 64
        trial.report(epoch=4)
        trial.checkpoint(4)
        trial.done()
        assert len(server.reported) == len(server.said("done")) == (number == "0")


def test_any_rank_may_fail(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve()
    monkeypatch.setenv("RANK", "3")
    monkeypatch.setenv("WORLD_SIZE", "4")
    mohpo.trial().fail("out of memory")
    assert server.said("fail") == ["out of memory"]


def test_alone_rank_1_prints_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RANK", "1")
    monkeypatch.setenv("WORLD_SIZE", "2")
    mohpo.trial().report(epoch=1)
    assert capsys.readouterr().out == ""


def test_one_process_is_rank_0(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve()
    monkeypatch.setenv("RANK", "1")
    mohpo.trial().report(epoch=1)
    monkeypatch.setenv("WORLD_SIZE", "1")
    mohpo.trial().report(epoch=2)
    assert len(server.reported) == 2


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc")
@pytest.mark.parametrize(
    ("outside", "inside", "rank"),
    [
        # Of mohpo-lua, of its child, and what mohpo.trial takes for its rank.
        ({}, {}, 0),
        ({}, {"SLURM_PROCID": "3", "SLURM_STEP_NUM_TASKS": "4"}, 3),
        ({"SLURM_PROCID": "3", "SLURM_STEP_NUM_TASKS": "4"}, {}, 0),
        ({"SLURM_PROCID": "3", "SLURM_STEP_NUM_TASKS": "4"}, {"SLURM_PROCID": "1"}, 1),
        ({"RANK": "1", "WORLD_SIZE": "2"}, {"RANK": "1", "WORLD_SIZE": "8"}, 1),
        ({"MOHPO_SECRET": "outer", "RANK": "1", "WORLD_SIZE": "2"}, {}, 0),
    ],
)
def test_the_rank_of_mohpo_lua_is_not_that_of_its_trials(
    outside: dict[str, str], inside: dict[str, str], rank: int
) -> None:
    child = [sys.executable, "-c", "from mohpo import _ranks; print(_ranks.rank())"]
    words = [f"{name}={value}" for name, value in {"MOHPO_SECRET": "s3", **inside}.items()]
    # The first shell stands in for mohpo-lua, the second for a launcher.
    launcher = shlex.join(["env", *words, "sh", "-c", f"{shlex.join(child)}; true"])
    environment = {**os.environ, **outside, "PYTHONPATH": str(Path(mohpo.__file__).parents[1])}
    command = ["sh", "-c", f"{launcher}; true"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.stdout == f"{rank}\n", done.stderr


class Store:
    """As `torch.distributed.TCPStore`, in one process."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.is_lost = False

    def set(self, key: str, value: str) -> None:
        self.values[key] = value.encode()

    def get(self, key: str) -> bytes:
        return self.values[key]

    def check(self, keys: list[str]) -> bool:
        if self.is_lost:
            raise RuntimeError("Connection reset by peer")
        return all(key in self.values for key in keys)

    def wait(self, keys: list[str], timeout: timedelta) -> None:
        end = time.monotonic() + min(timeout.total_seconds(), 0.05)
        while not self.check(keys):
            if time.monotonic() > end:
                raise RuntimeError("wait timeout")
            time.sleep(0.001)


class Distributed:
    """As `torch.distributed` with two processes, which are threads here."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store, self.local = Store(), threading.local()
        module = SimpleNamespace(
            is_available=lambda: True,
            is_initialized=lambda: True,
            get_rank=lambda: getattr(self.local, "rank", 0),
            get_world_size=lambda: 2,
        )
        store = SimpleNamespace(_get_default_store=lambda: self.store)
        monkeypatch.setitem(sys.modules, "torch.distributed", module)
        monkeypatch.setitem(sys.modules, "torch.distributed.distributed_c10d", store)


def run_rank_1(world: Distributed, trial: mohpo.Trial, found: list[str]) -> threading.Thread:
    def run() -> None:
        world.local.rank = 1
        try:
            for epoch in range(1, 9):
                trial.report(epoch=epoch)
                found.append("go")
        except mohpo.Stopped as stop:
            found.append(stop.why)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_the_others_learn_of_the_stop(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(stop_at=3)
    world = Distributed(monkeypatch)
    first, second = mohpo.trial(), mohpo.trial()
    found: list[str] = []
    thread = run_rank_1(world, second, found)
    with pytest.raises(mohpo.Stopped):
        for epoch in range(1, 9):
            time.sleep(0.1)
            first.report(epoch=epoch)
    thread.join(5)
    assert found == ["go", "go", "rung 27: rank 7 of 12, 4 continue"]
    assert len(server.reported) == 3


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (0.5, "epoch: expected a positive integer, got nothing"),
        (None, "loss: expected a number, a text or a boolean, got None"),
    ],
)
def test_the_others_learn_of_an_error(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, loss: object, expected: str
) -> None:
    serve()
    world = Distributed(monkeypatch)
    first, second = mohpo.trial(), mohpo.trial()
    found: list[str] = []
    thread = run_rank_1(world, second, found)
    with pytest.raises(mohpo.Error):
        first.report(loss=loss)
    thread.join(5)
    assert found == [expected]


def test_the_others_notice_that_rank_0_is_gone(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve()
    world = Distributed(monkeypatch)
    found: list[str] = []
    thread = run_rank_1(world, mohpo.trial(), found)
    world.store.is_lost = True
    thread.join(5)
    assert found == ["rank 0 has ended"]
