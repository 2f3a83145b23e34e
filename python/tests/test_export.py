from __future__ import annotations

import builtins
import shutil
from pathlib import Path
from typing import Any

import pytest

from mohpo.__main__ import main


@pytest.mark.parametrize("target", ["mlflow", "tensorboard", "wandb"])
def test_a_missing_library_says_what_to_install(
    study: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    target: str,
) -> None:
    load = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == target and rest:
            raise ModuleNotFoundError(f"No module named {target!r}", name=target)
        return load(name, *rest)

    monkeypatch.setattr("importlib.import_module", lambda name: refuse(name, None, None, (), 0))
    assert main(["export", str(study), "--to", target]) == 1
    expected = f"mohpo: --to {target}: needs {target}; pip install {target}\n"
    assert capsys.readouterr().err == expected


def test_wrong_command_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "nothing", "--to", "mlflow"]) == 1
    assert "nothing: there is no such file" in capsys.readouterr().err
    for words in ([], ["export", "x"], ["export", "x", "--to", "paper"]):
        with pytest.raises(SystemExit) as end:
            main(words)
        assert end.value.code == 2


def test_mlflow(study: Path, tmp_path: Path) -> None:
    mlflow = pytest.importorskip("mlflow")
    uri = f"sqlite:///{tmp_path}/mlflow.db"
    assert main(["export", str(study), "--to", "mlflow", "--tracking-uri", uri]) == 0
    client = mlflow.tracking.MlflowClient(uri)
    place = client.get_experiment_by_name("search").experiment_id
    runs = client.search_runs([place], max_results=100)
    assert len(runs) == 21
    (eighth,) = [run for run in runs if run.data.tags.get("mohpo.trial") == "8"]
    assert eighth.data.params["width"] == "11" and eighth.data.tags["mohpo.on_front"] == "true"
    history = client.get_metric_history(eighth.info.run_id, "accuracy")
    assert [entry.step for entry in history] == list(range(1, 10))


def test_tensorboard(study: Path, tmp_path: Path) -> None:
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    folder = tmp_path / "runs"
    assert main(["export", str(study), "--to", "tensorboard", "--logdir", str(folder)]) == 0
    assert len(list(folder.iterdir())) == 20
    found = EventAccumulator(str(folder / "trial-08"))
    found.Reload()
    assert [entry.step for entry in found.Scalars("accuracy")] == list(range(1, 10))
    assert "latency" in found.Tags()["scalars"]


def test_wandb(
    study: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("wandb")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WANDB_MODE", "offline")
    monkeypatch.setenv("WANDB_SILENT", "true")
    assert main(["export", str(study), "--to", "wandb"]) == 0
    assert len(list((tmp_path / "wandb").glob("offline-run-*"))) == 20
    shutil.rmtree(tmp_path / "wandb")
