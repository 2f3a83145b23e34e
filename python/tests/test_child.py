from __future__ import annotations

import json
import math
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import mohpo

from .conftest import Serve

SOURCE = Path(mohpo.__file__).parent.parent


def test_arguments_come_from_the_study(serve: Serve) -> None:
    serve({"width": 64, "rate": 1, "optimizer": {"name": "adam", "beta": 0.9}}, resource=27)
    trial = mohpo.trial(width=32, rate=0.5, depth=2)
    assert (trial.width, trial.rate, trial.depth) == (64, 1.0, 2)
    assert isinstance(trial.rate, float)
    assert trial.optimizer.name == trial.args["optimizer"]["name"] == "adam"
    assert (trial.id, trial.slot, trial.resource) == (7, 2, 27)
    assert trial.dir.name == "t7" and trial.dir.is_dir()
    assert "64" in repr(trial)


def test_a_resource_may_be_no_whole_number(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(resource=2)
    trial = mohpo.trial()
    for seconds in (2.25, 3.0):
        trial.report(epoch=seconds, accuracy=0.5)
        trial.checkpoint(seconds)
    assert server.said("checkpoint") == [2.25, 3]
    assert "3.0" not in repr(server.said("checkpoint"))
    with pytest.raises(mohpo.Error, match="resource: expected a number, got float nan"):
        trial.checkpoint(float("nan"))
    for name in ("MOHPO_TRIAL", "MOHPO_SOCKET"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("MOHPO_RESOURCE", "0.75")
    assert mohpo.trial().resource == 0.75


def test_members_of_groups_have_the_types_of_their_defaults(serve: Serve) -> None:
    serve({"optimizer": {"rate": 1, "steps": 3.0}})
    trial = mohpo.trial(optimizer={"rate": 0.1, "steps": 1, "name": "sgd"})
    assert repr(dict(trial.optimizer)) == "{'rate': 1.0, 'steps': 3, 'name': 'sgd'}"


def test_an_unknown_argument_names_the_nearest(serve: Serve) -> None:
    serve()
    with pytest.raises(AttributeError, match="no argument widht; did you mean width"):
        _ = mohpo.trial(width=32).widht
    assert not hasattr(mohpo.trial(), "zzz")


def test_a_misspelt_default_is_said(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    serve({"learning_rate": 0.1})
    trial = mohpo.trial(learning_rates=0.5, depth=1)
    assert trial.learning_rates == 0.5
    assert "no parameter learning_rates" in capsys.readouterr().err


def test_reports_until_the_stop(serve: Serve) -> None:
    server = serve(stop_at=3)
    trial = mohpo.trial(width=32)
    with pytest.raises(mohpo.Stopped) as stop:
        for epoch in range(trial.resource + 1, 82):
            trial.report({"epoch": epoch}, accuracy=0.5, path=Path("a/b"), good=True)
    assert stop.value.why == "rung 27: rank 7 of 12, 4 continue" == str(stop.value)
    assert stop.value.code == 0 and isinstance(stop.value, SystemExit)
    assert server.reported == [
        {"epoch": epoch, "accuracy": 0.5, "path": "a/b", "good": True} for epoch in (1, 2, 3)
    ]
    assert server.messages[0] == {"hello": 1, "trial": 7, "secret": "s3"}


def test_a_stop_is_kept_by_pickle() -> None:
    assert pickle.loads(pickle.dumps(mohpo.Stopped("rung 3"))).why == "rung 3"


def test_a_stopped_script_exits_with_0(serve: Serve) -> None:
    serve(stop_at=2)
    script = (
        "import mohpo\ntrial = mohpo.trial()\ntry:\n"
        "  for epoch in range(1, 9):\n"
        "    try: trial.report(epoch=epoch)\n"
        "    except Exception: print('caught')\n"
        "finally: print('cleaned up')"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "cleaned up\n", "")


def test_checkpoint_done_and_fail(serve: Serve) -> None:
    server = serve()
    trial = mohpo.trial()
    with pytest.raises(mohpo.Refused, match="checkpoint: no report 1"):
        trial.checkpoint(1)
    trial.report(epoch=1)
    trial.checkpoint(1)
    trial.done()
    trial.fail("out of memory")
    assert server.said("done") == [True] and server.said("fail") == ["out of memory"]


def test_a_script_imports_what_it_needs() -> None:
    code = (
        "import sys, mohpo\nassert callable(mohpo.trial)\n"
        "print([name for name in ('sqlite3', 'subprocess', 'ssl') if name in sys.modules])\n"
        "assert callable(mohpo.load) and callable(mohpo.open) and 'load' in dir(mohpo)\n"
        "try: mohpo.lode\nexcept AttributeError as error: print(error)"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.stdout == "[]\nmodule 'mohpo' has no attribute 'lode'\n"


class Tensor:
    """One number, as numpy and PyTorch hold it."""

    def __init__(self, *values: float) -> None:
        self.values = values

    def item(self) -> float:
        if len(self.values) != 1:
            raise ValueError("can only convert an array of size 1")
        return self.values[0]


def test_numbers_of_all_kinds(serve: Serve) -> None:
    server = serve()
    mohpo.trial().report(
        epoch=Tensor(3), a=Decimal("0.5"), b=math.nan, c=-math.inf, d=2**70, e=True, f=Tensor(0.25)
    )
    (report,) = server.reported
    assert math.isnan(report.pop("b")) and isinstance(report["epoch"], int)
    expected = {"epoch": 3, "a": 0.5, "c": -math.inf, "d": 2.0**70, "e": True, "f": 0.25}
    assert report == expected


def test_numbers_of_numpy(serve: Serve) -> None:
    numpy = pytest.importorskip("numpy")
    server = serve()
    mohpo.trial().report(
        epoch=numpy.int64(3), a=numpy.float32(0.5), b=numpy.bool_(True), c=numpy.array([0.25])
    )
    assert server.reported == [{"epoch": 3, "a": 0.5, "b": True, "c": 0.25}]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "loss: expected a number, a text or a boolean, got None"),
        ([1, 2], r"loss: expected a number, a text or a boolean, got list \[1, 2\]"),
        (1j, "got complex 1j"),
        (Tensor(1, 2), r"loss: expected one number, got Tensor .*size 1"),
    ],
)
def test_what_is_no_metric(serve: Serve, value: object, expected: str) -> None:
    server = serve()
    trial = mohpo.trial()
    with pytest.raises(mohpo.Error, match=expected):
        trial.report(epoch=1, loss=value)
    with pytest.raises(mohpo.Error, match="expected metrics by name"):
        trial.report()
    assert server.said("report") == []


def test_a_refused_report_leaves_the_connection(serve: Serve) -> None:
    server = serve()
    trial = mohpo.trial()
    with pytest.raises(mohpo.Refused, match="epoch: expected a positive integer"):
        trial.report(accuracy=0.5)
    trial.report(epoch=1)
    assert len(server.connections) == 1


def test_a_wrong_secret(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    serve()
    monkeypatch.setenv("MOHPO_SECRET", "other")
    with pytest.raises(mohpo.Refused, match="secret: expected that of trial 7"):
        mohpo.trial()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"yes\n", "expected an answer in JSON, got 'yes'"),
        (b"[1]\n", "expected a JSON object as answer"),
        (b"\xff\xfe\n", "expected an answer in JSON"),
        (b"[" * 5000 + b"\n", "expected an answer in JSON"),
        ({}, "expected an answer with go, got {}"),
        ({"go": False}, "expected an answer with go"),
        (b'{"go":tr', "closed the connection within"),
    ],
)
def test_malformed_answers(serve: Serve, answer: Any, expected: str) -> None:
    server = serve()
    trial = mohpo.trial()
    well = server.respond

    def respond(message: dict[str, Any]) -> Any:
        if "report" not in message:
            return well(message)
        if answer == b'{"go":tr':
            server.connections[-1].sendall(answer)
            return None
        return answer

    server.respond = respond
    with pytest.raises(mohpo.Error, match=expected):
        trial.report(epoch=1)
    server.respond = well
    trial.report(epoch=1)


@pytest.mark.parametrize(
    "answer", [{"ok": 1, "args": [1]}, {"ok": 1, "args": {}, "resource": "x"}, {"args": {}}]
)
def test_malformed_greetings(serve: Serve, answer: dict[str, Any]) -> None:
    serve().respond = lambda _: answer
    with pytest.raises(mohpo.ProtocolError):
        mohpo.trial()


def test_a_lost_connection_is_made_again_once(serve: Serve) -> None:
    server = serve()
    trial = mohpo.trial()
    server.connections[0].shutdown(2)
    trial.report(epoch=1)
    assert len(server.said("hello")) == 2 and server.reported == [{"epoch": 1}]


def test_a_server_that_vanishes(serve: Serve) -> None:
    server = serve()
    trial = mohpo.trial()
    server.close()
    server.path.unlink()
    for _ in range(2):
        with pytest.raises(mohpo.Disconnected, match="cannot connect to mohpo-lua"):
            trial.report(epoch=1)


def test_no_server_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOHPO_SOCKET", "/nowhere/socket")
    monkeypatch.setenv("MOHPO_TRIAL", "7")
    with pytest.raises(mohpo.Disconnected, match="MOHPO_SOCKET: /nowhere/socket: cannot connect"):
        mohpo.trial()
    monkeypatch.setenv("MOHPO_SOCKET", "/" + "x" * 200)
    with pytest.raises(mohpo.Disconnected, match="too long"):
        mohpo.trial()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("MOHPO_TRIAL", "x", "MOHPO_TRIAL: expected an integer, got 'x'"),
        ("MOHPO_RESOURCE", "", "MOHPO_RESOURCE: expected an integer, got ''"),
        ("MOHPO_ARGS", "{", "MOHPO_ARGS: expected JSON"),
        ("MOHPO_ARGS", "3", "MOHPO_ARGS: expected an object"),
    ],
)
def test_a_wrong_environment(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(mohpo.Error, match=expected):
        mohpo.trial()


def test_threads_share_a_trial(serve: Serve) -> None:
    server = serve()
    trial = mohpo.trial()

    def work(first: int) -> None:
        for epoch in range(first, 400, 8):
            trial.report(epoch=epoch)

    threads = [threading.Thread(target=work, args=(first,)) for first in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(report["epoch"] for report in server.reported) == list(range(1, 400))
    assert len(server.connections) == 1


def test_a_signal_within_a_report(serve: Serve) -> None:
    server = serve()
    trial = mohpo.trial()
    well, slow = server.respond, threading.Event()

    def respond(message: dict[str, Any]) -> Any:
        if message.get("report", {}).get("epoch") == 1 and not slow.is_set():
            slow.set()
            time.sleep(0.3)
            return {"stop": True, "why": "an old answer"}
        return well(message)

    class Alarm(Exception):
        pass

    def ring(*_: object) -> None:
        raise Alarm

    server.respond = respond
    old = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(Alarm):
            trial.report(epoch=1)
    finally:
        signal.signal(signal.SIGALRM, old)
    # The old answer is not taken for that of the next report.
    trial.report(epoch=1)
    trial.report(epoch=2)


def test_a_signal_that_returns_disturbs_nothing(serve: Serve) -> None:
    server = serve()
    trial = mohpo.trial()
    rings: list[int] = []
    old = signal.signal(signal.SIGALRM, lambda *_: rings.append(1))
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    try:
        for epoch in range(1, 300):
            trial.report(epoch=epoch)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    assert len(server.reported) == 299 and len(server.connections) == 1 and rings


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_has_a_connection_of_its_own(serve: Serve) -> None:
    server = serve()
    trial = mohpo.trial()
    child = os.fork()
    if child == 0:
        try:
            trial.report(epoch=1)
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    trial.report(epoch=2)
    assert [report["epoch"] for report in server.reported] == [1, 2]
    assert len(server.connections) == 2


def test_alone_it_prints(capsys: pytest.CaptureFixture[str]) -> None:
    trial = mohpo.trial(width=32, rate=1e-3)
    assert (trial.id, trial.slot, trial.resource, trial.width) == (None, 1, 0, 32)
    trial.report(epoch=1, accuracy=math.nan, name="é")
    trial.checkpoint(1)
    trial.done()
    trial.fail("bad")
    out, err = capsys.readouterr()
    assert out == '{"epoch":1,"accuracy":NaN,"name":"é"}\n'
    assert err == "mohpo: the trial failed: bad\n"
    assert trial.dir == Path.cwd()


def test_without_a_socket_it_prints(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MOHPO_TRIAL", "7")
    monkeypatch.setenv("MOHPO_ARGS", '{"width": 64}')
    monkeypatch.setenv("MOHPO_RESOURCE", "9")
    trial = mohpo.trial(width=32)
    assert (trial.width, trial.resource) == (64, 9)
    trial.report(epoch=10)
    assert json.loads(capsys.readouterr().out) == {"epoch": 10}
