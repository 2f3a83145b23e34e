from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import mohpo

from .fakes import FakeStudy, HTTPStudy, LineServer

PROGRAM = Path(__file__).parent / "served.py"


class World:
    """A study that is served in one of three ways."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.study = kind, FakeStudy()
        self.token = folder / "token"
        self.token.write_text("t0ken\n")
        self.token.chmod(0o600)
        self.lines = LineServer(folder / "s", self.study.answer) if kind == "socket" else None
        self.http = HTTPStudy(self.study) if kind == "http" else None

    def open(self) -> mohpo.Study:
        if self.http is not None:
            return mohpo.open(self.http.url, token_file=self.token)
        assert self.lines is not None
        return mohpo.open(f"unix:{self.lines.path}")

    def close(self) -> None:
        for server in (self.lines, self.http):
            if server is not None:
                server.close()


@pytest.fixture(params=["socket", "http"])
def world(request: pytest.FixtureRequest, short: Path) -> Iterator[World]:
    world = World(request.param, short)
    yield world
    world.close()


def test_asking_and_telling(world: World) -> None:
    verdicts: list[str] = []
    with world.open() as study:
        study.add(width=64, optimizer={"rate": 1e-3}, layers=[1, 2])
        for trial in study:
            assert trial.resource == 0 and trial.width == trial.args["width"]
            for epoch in range(trial.resource + 1, 4):
                verdict = trial.report(epoch=epoch, accuracy=0.5)
                if verdict != "go":
                    verdicts.append(f"{trial.id} {verdict} {trial.why}".strip())
                    break
            else:
                trial.done()
                verdicts.append(f"{trial.id} done")
            assert trial.has_ended
    rung = "stop rung 2: rank 3 of 3, 1 continues"
    assert verdicts == ["1 done", f"2 {rung}", "3 paused", f"4 {rung}"]
    added = {"width": 64, "optimizer": {"rate": 0.001}, "layers": [1, 2]}
    assert world.study.said("add") == [added]
    assert world.study.said("done") == [True]
    assert all(message["attempt"] == 1 for message in world.study.messages if "report" in message)


def test_a_trial_that_was_left_is_completed_by_the_next(world: World) -> None:
    with world.open() as study:
        for trial in study:
            trial.report(epoch=1)
    assert len(world.study.said("done")) == 4


def test_what_went_wrong_ends_the_trial(world: World) -> None:
    with world.open() as study:
        trial = study.ask()
        assert trial is not None
        trial.fail("out of memory")
        with pytest.raises(mohpo.Error, match="report: trial 1 has ended for this client"):
            trial.report(epoch=1)
    assert world.study.said("fail") == ["out of memory"]


def test_a_refusal_names_the_field(world: World) -> None:
    with world.open() as study:
        trial = study.ask()
        assert trial is not None
        with pytest.raises(mohpo.Refused, match="epoch: expected a positive integer"):
            trial.report(accuracy=0.5)
        with pytest.raises(mohpo.Error, match=r"optimizer.rate: expected a number"):
            study.add(optimizer={"rate": None})
        assert trial.report(epoch=1) == "go"


def test_the_front_and_the_study(world: World) -> None:
    with world.open() as study:
        assert study.front() == [{"trial": 1, "accuracy": 0.9, "args": {"width": 8}}]
        assert study.info()["name"] == "circle"
        pandas = pytest.importorskip("pandas")
        frame = study.front().to_pandas()
        assert isinstance(frame, pandas.DataFrame)
        assert list(frame.columns) == ["trial", "accuracy", "width"]


def beats(world: World, trial: int) -> int:
    messages = list(world.study.messages)
    return sum("heartbeat" in message and message["trial"] == trial for message in messages)


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.01)


def test_heartbeats(world: World) -> None:
    world.study.lease = 0.15
    start = time.monotonic()
    with world.open() as study:
        first, second = study.ask(), study.ask()
        assert first is not None and second is not None
        wait_for(lambda: beats(world, 1) >= 4 and beats(world, 2) >= 4)
        assert beats(world, 1) <= (time.monotonic() - start) / 0.05 + 1
        first.done()
        before, other = beats(world, 1), beats(world, 2)
        wait_for(lambda: beats(world, 2) >= other + 3)
        # One may have been on its way.
        assert beats(world, 1) <= before + 1
    count = len(world.study.said("heartbeat"))
    time.sleep(0.2)
    assert len(world.study.said("heartbeat")) == count


def test_threads_ask_side_by_side(world: World) -> None:
    world.study.left = 40
    ids: list[int] = []

    def work(study: mohpo.Study) -> None:
        for trial in study:
            ids.append(trial.id)
            for epoch in range(1, 5):
                if trial.report(epoch=epoch) != "go":
                    break

    with world.open() as study:
        threads = [threading.Thread(target=work, args=(study,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(ids) == list(range(1, 41))


def test_waiting_for_a_trial(world: World) -> None:
    answer, waits = world.study._answer, [0.02, 0.01]

    def wait(message: dict[str, Any]) -> dict[str, Any]:
        return {"wait": waits.pop()} if "ask" in message and waits else answer(message)

    world.study._answer = wait  # type: ignore[method-assign]
    with world.open() as study:
        trial = study.ask()
        assert trial is not None and trial.id == 1 and not waits


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"trial": "7"}, "trial: expected a number, got str '7'"),
        ({"trial": 7, "args": [1]}, "args: expected an object"),
        ({"trial": 7, "lease": None}, "lease: expected a number, got None"),
    ],
)
def test_malformed_trials(world: World, answer: dict[str, Any], expected: str) -> None:
    world.study._answer = lambda message: answer  # type: ignore[method-assign]  # noqa: ARG005
    with world.open() as study, pytest.raises(mohpo.ProtocolError, match=expected):
        study.ask()


def test_malformed_verdicts_and_fronts(world: World) -> None:
    with world.open() as study:
        trial = study.ask()
        assert trial is not None
        world.study._answer = lambda message: {"maybe": 1}  # type: ignore[method-assign]  # noqa: ARG005
        with pytest.raises(mohpo.ProtocolError, match="expected go, stop or paused"):
            trial.report(epoch=1)
        with pytest.raises(mohpo.ProtocolError, match="front: expected a list of points"):
            study.front()


def test_a_line_that_is_no_json(short: Path) -> None:
    server = LineServer(short / "s", lambda _: b"<html>\n")
    with mohpo.open(server.path) as study, pytest.raises(mohpo.ProtocolError, match="<html>"):
        study.ask()
    server.close()


def test_an_answer_without_an_id_is_that_of_the_only_request(short: Path) -> None:
    server = LineServer(short / "s", lambda _: {"error": "a line: expected JSON"})
    with mohpo.open(server.path) as study, pytest.raises(mohpo.Refused, match="a line"):
        study.ask()
    server.close()


def test_a_server_that_vanishes(world: World) -> None:
    with world.open() as study:
        trial = study.ask()
        assert trial is not None
        world.close()
        if world.http is not None:
            study._server.close()
        with pytest.raises(mohpo.Disconnected):
            trial.report(epoch=1)


def test_an_idle_connection_that_the_server_closed(short: Path) -> None:
    world = World("http", short)
    with world.open() as study:
        assert study.info()["name"] == "circle"
        (connection,) = study._server._idle  # type: ignore[attr-defined]
        connection.sock.shutdown(2)
        assert study.info()["name"] == "circle"
    world.close()


def test_a_decision_that_takes_long(short: Path) -> None:
    world = World("http", short)
    assert world.http is not None
    with world.open() as study:
        trial = study.ask()
        assert trial is not None
        world.http.late = 2
        assert trial.report(epoch=1) == "go"
    assert len(world.study.said("report")) == 1 and not world.http.late
    world.close()


def _ask(token: Path | None, url: str) -> None:
    with mohpo.open(url, token_file=token) as study:
        study.ask()


def test_tokens(short: Path) -> None:
    world = World("http", short)
    assert world.http is not None
    world.token.chmod(0o644)
    with pytest.raises(mohpo.Error, match="token: expected mode 0600, got 0644"):
        world.open()
    world.token.write_text("two words")
    world.token.chmod(0o600)
    with pytest.raises(mohpo.Error, match="expected a token on one line"):
        world.open()
    world.token.write_text("wrong")
    with pytest.raises(mohpo.Refused, match="the token is wrong; is the token right"):
        _ask(world.token, world.http.url)
    with pytest.raises(mohpo.Refused, match="the token is wrong"):
        _ask(None, world.http.url)
    with pytest.raises(mohpo.Error, match="cannot read the token"):
        mohpo.open(world.http.url, token_file=short / "none")
    with pytest.raises(mohpo.Error, match="use token_file"):
        mohpo.open("http://user:secret@localhost:1")
    world.close()


@pytest.mark.parametrize("target", ["nothing.lua", "unix:/nowhere", "http://", "http:///x"])
def test_wrong_targets(target: str) -> None:
    with pytest.raises(mohpo.Error):
        mohpo.open(target)


def test_options_are_for_scripts_alone(short: Path) -> None:
    with pytest.raises(mohpo.Error, match="options: expected with a script alone"):
        mohpo.open("http://localhost:1", options=["--resume"])
    with pytest.raises(mohpo.Error, match="token_file: expected with http"):
        mohpo.open("circle.lua", token_file=short / "x")


@pytest.fixture
def script(short: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Make a script that `served.py` stands in for, and a program that runs it."""
    program = short / "mohpo-lua"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{PROGRAM}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("MOHPO_LUA", str(program))

    def make(name: str) -> Path:
        path = short / f"{name}.lua"
        path.write_text("")
        return path

    return make


def test_a_script_is_served(script: Callable[[str], Path]) -> None:
    path = script("circle")
    with mohpo.open(path, options=["--resume"]) as study:
        assert [trial.id for trial in study] == [1, 2, 3, 4]
    assert path.with_suffix(".ended").read_text() == f"serve --stdio --resume {path}"


def test_a_script_that_is_broken(
    script: Callable[[str], Path], capfd: pytest.CaptureFixture[str]
) -> None:
    with (
        mohpo.open(script("broken")) as study,
        pytest.raises(mohpo.Disconnected, match="serve has ended with exit code 1"),
    ):
        study.ask()
    assert "syntax error" in capfd.readouterr().err


def test_a_served_script_that_vanishes(script: Callable[[str], Path]) -> None:
    with mohpo.open(script("vanishing")) as study:
        trial = study.ask()
        assert trial is not None
        for _ in range(2):
            with pytest.raises(mohpo.Disconnected, match="exit code 3"):
                trial.report(epoch=1)


def test_a_script_that_prints_to_standard_output(script: Callable[[str], Path]) -> None:
    with (
        mohpo.open(script("talkative")) as study,
        pytest.raises(mohpo.ProtocolError, match="a line that is no answer"),
    ):
        study.ask()


def test_a_missing_program(script: Callable[[str], Path]) -> None:
    with pytest.raises(mohpo.Error, match="no-such-program: there is no such program"):
        mohpo.open(script("circle"), program="no-such-program")


def test_ctrl_c_reaches_the_client_alone(script: Callable[[str], Path]) -> None:
    path = script("circle")
    code = (
        "import mohpo, signal, time\n"
        # A shell's background jobs ignore Ctrl-C, and what they start inherits that.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"with mohpo.open({str(path)!r}) as study:\n"
        "  study.ask()\n  print('asked', flush=True)\n  time.sleep(30)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM.parent.parent)}
    client = subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert client.stdout is not None
    assert client.stdout.readline() == b"asked\n"
    os.killpg(client.pid, signal.SIGINT)
    _, err = client.communicate(timeout=10)
    assert b"KeyboardInterrupt" in err
    assert path.with_suffix(".ended").exists()


def test_a_killed_client_leaves_no_server(script: Callable[[str], Path]) -> None:
    path = script("circle")
    code = (
        f"import mohpo, os\nstudy = mohpo.open({str(path)!r})\nstudy.ask()\nos.kill(os.getpid(), 9)"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM.parent.parent)}
    subprocess.run([sys.executable, "-c", code], env=environment)
    for _ in range(200):
        if path.with_suffix(".ended").exists():
            return
        time.sleep(0.02)
    raise AssertionError("the server runs on")
