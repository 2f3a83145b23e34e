"""The package with mohpo-lua itself, where that is built."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import mohpo

ROOT = Path(__file__).parents[2]


def program() -> str:
    """The program that `make` has built, or `$MOHPO_LUA_PROGRAM`; empty where there is none."""
    built = [ROOT / ".build" / kind / "mohpo-lua" for kind in ("release", "debug")]
    named = os.environ.get("MOHPO_LUA_PROGRAM")
    return named or next((str(path) for path in built if path.is_file()), "")


def can(*words: str) -> bool:
    """Whether the program is there and takes these words."""
    return bool(PROGRAM) and subprocess.run([PROGRAM, *words], capture_output=True).returncode == 0


PROGRAM = program()
runs_programs = pytest.mark.skipif(
    not can("-e", "assert(require('mohpo').command)"), reason="mohpo-lua is not built"
)
serves = pytest.mark.skipif(not can("serve", "--help"), reason="mohpo-lua is not built")

SPACE = """
local ag = require "mohpo"
ag.experiment {
  name = "s", seed = 1, num_trials = 8, parallel_trials = 2, retries = 0,
  space = { width = ag.Int(1, 64), rate = ag.Real(1e-4, 1, { log = true }),
    opt = ag.Choice { sgd = { momentum = ag.Real(0, 1) }, adam = {} } },
  objectives = { loss = "MIN", size = "MIN" },
  scheduler = ag.hyperband { max_t = 9, type = "TYPE" },
  TRAIN
}:run()
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a study whose trials are a Python script, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "python"))

    def start(code: str, kind: str = "stopping", *options: str) -> subprocess.CompletedProcess[str]:
        Path("train.py").write_text(code)
        command = f'ag.command {{ "{sys.executable}", "train.py", stop = {{ kill_after = 2 }} }}'
        script = SPACE.replace("TRAIN", f"train = {command},").replace("TYPE", kind)
        Path("s.lua").write_text(script)
        words = [PROGRAM, "--quiet", "--study", "s.db", *options, "s.lua"]
        return subprocess.run(words, capture_output=True, text=True, timeout=60)

    return start


SPEAKS = """
import mohpo, sys
trial = mohpo.trial(width=1, rate=0.1, opt={"name": "sgd"})
with open("starts.txt", "a") as file: print(trial.id, trial.resource, trial.slot, file=file)
for epoch in range(trial.resource + 1, 10):
    loss = (trial.width - 9) ** 2 + 1 / epoch
    trial.report(epoch=epoch, loss=loss, size=trial.width, branch=len(trial.opt.name))
    (trial.dir / f"{epoch}.txt").write_text(str(epoch))
    trial.checkpoint(epoch)
"""


@runs_programs
@pytest.mark.parametrize("kind", ["stopping", "promotion", "model"])
def test_a_script_that_speaks(run: Run, kind: str) -> None:
    done = run(SPEAKS, kind)
    assert done.returncode == 0, done.stderr
    study = mohpo.load("s.db")
    assert study.state == "finished" and len(study.trials) == 8
    assert {trial["state"] for trial in study.trials} <= {"completed", "stopped", "paused"}
    assert all(row["loss"] == (row["size"] - 9) ** 2 + 1 / row["epoch"] for row in study.reports)
    resources = [int(line.split()[1]) for line in Path("starts.txt").read_text().splitlines()]
    assert len(resources) >= 8 and resources[0] == 0
    slots = {line.split()[2] for line in Path("starts.txt").read_text().splitlines()}
    assert slots <= {"1", "2"}


@runs_programs
def test_a_script_that_fails(run: Run) -> None:
    assert run("import mohpo\ntrial = mohpo.trial()\ntrial.report(epoch=1, loss=1)").returncode == 1
    errors = [trial["error"] for trial in mohpo.load("s.db").trials]
    assert all("size: expected a number" in error for error in errors)


@runs_programs
def test_invalid_reports(run: Run) -> None:
    code = (
        "import mohpo\ntrial = mohpo.trial()\n"
        "for epoch in range(1, 10): trial.report(epoch=epoch, loss=float('nan'), size=float('inf'))"
    )
    assert run(code).returncode == 0
    assert {str(row["loss"]) for row in mohpo.load("s.db").reports} == {"nan"}
    assert {row["size"] for row in mohpo.load("s.db").reports} == {float("inf")}


@runs_programs
def test_a_killed_study_continues_from_checkpoints(run: Run) -> None:
    code = SPEAKS.replace(
        "    trial.checkpoint(epoch)\n", "    trial.checkpoint(epoch)\n    KILL\n"
    )
    kill = (
        "if epoch == 4 and not Path('killed').exists():\n"
        "        Path('killed').touch(); os.kill(os.getppid(), 9); time.sleep(30)"
    )
    code = "import os, time\nfrom pathlib import Path\n" + code
    assert run(code.replace("KILL", kill)).returncode == -signal.SIGKILL
    before = mohpo.load("s.db")
    assert before.state == "abandoned"
    assert run(code.replace("KILL", ""), "stopping", "--resume").returncode == 0
    starts = [line.split() for line in Path("starts.txt").read_text().splitlines()]
    assert "4" in {resource for _, resource, _ in starts}
    after = mohpo.load("s.db")
    assert after.state == "finished" and len(after.trials) == 8
    seen = [(row["trial"], row["epoch"]) for row in after.reports]
    assert len(seen) == len(set(seen))


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script for clients."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOHPO_LUA", PROGRAM)
    path = tmp_path / "s.lua"
    path.write_text(SPACE.replace("TRAIN", "").replace("TYPE", "stopping"))
    return path


def work(study: mohpo.Study, ends: list[str]) -> None:
    for trial in study:
        for epoch in range(trial.resource + 1, 10):
            loss = (trial.width - 9) ** 2 + 1 / epoch
            if trial.report(epoch=epoch, loss=loss, size=trial.width) != "go":
                ends.append("stopped")
                break
        else:
            trial.done()
            ends.append("completed")


@serves
@pytest.mark.parametrize("threads", [1, 4])
def test_asking_and_telling(served: Path, threads: int) -> None:
    ends: list[str] = []
    with mohpo.open(served, options=["--study", "s.db"]) as study:
        study.add(width=9, opt="sgd")
        helpers = [threading.Thread(target=work, args=(study, ends)) for _ in range(threads)]
        for helper in helpers:
            helper.start()
        for helper in helpers:
            helper.join()
        front = study.front()
        assert front and all({"loss", "size", "args"} <= set(point) for point in front)
        assert study.info()["name"] == "s"
        with pytest.raises(mohpo.Refused):
            study.add(width=900)
    stored = mohpo.load("s.db")
    assert sorted(ends) == sorted(trial["state"] for trial in stored.trials)
    assert len(ends) == 8 and 9 in [trial["args"]["width"] for trial in stored.trials]
    assert [row["loss"] for row in stored.front] == [point["loss"] for point in front]


@serves
def test_wrong_reports_name_the_field(served: Path) -> None:
    with mohpo.open(served) as study:
        trial = study.ask()
        assert trial is not None and trial.dir is not None
        with pytest.raises(mohpo.Refused, match="size"):
            trial.report(epoch=1, loss=1)
        with pytest.raises(mohpo.Refused, match="epoch"):
            trial.report(loss=1, size=2)
        assert trial.report(epoch=1, loss=1, size=2) == "go"
        trial.checkpoint(1)
        with pytest.raises(mohpo.Refused, match="checkpoint"):
            trial.checkpoint(5)


@serves
def test_a_client_that_vanishes(served: Path) -> None:
    options = ["--study", "s.db", "--lease", "1"]
    with mohpo.open(served, options=options) as study:
        lost = [study.ask(), study.ask()]
        for trial in lost:
            assert trial is not None
            study._leases.release(trial.id)
        time.sleep(1.2)
        again = study.ask()
        assert again is not None and again.attempt == 2
        late = next(trial for trial in lost if trial and trial.id == again.id)
        assert late.report(epoch=1, loss=1, size=1) == "stop"
        assert again.report(epoch=1, loss=1, size=1) == "go"


@serves
def test_a_killed_server_is_resumed(served: Path) -> None:
    with mohpo.open(served, options=["--study", "s.db"]) as study:
        trial = study.ask()
        assert trial is not None
        trial.report(epoch=1, loss=1, size=1)
        study._server._process.kill()  # type: ignore[attr-defined]
        with pytest.raises(mohpo.Disconnected):
            trial.report(epoch=2, loss=1, size=1)
    ends: list[str] = []
    with mohpo.open(served, options=["--study", "s.db", "--resume"]) as study:
        work(study, ends)
    assert len(ends) == 8 and len(mohpo.load("s.db").trials) == 8


@runs_programs
def test_the_package_is_found_without_installing_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH")
    assert run(SPEAKS).returncode == 0
