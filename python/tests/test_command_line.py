from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import mohpo

from .conftest import Serve

DEFAULTS: dict[str, Any] = {
    "width": 32,
    "rate": 1e-3,
    "name": "adam",
    "fast": False,
    "slow": True,
    "layers": [4, 4],
    "pair": (1, 2),
    "seed": None,
    "folder": Path("x"),
    "hidden_size": 3,
    "optimizer": {"rate": 0.1, "name": "sgd"},
}


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        (["--width", "64"], "width", 64),
        (["--width=64"], "width", 64),
        (["--width", "1e3"], "width", 1000),
        (["--width", "-1"], "width", -1),
        (["--rate", "1"], "rate", 1.0),
        (["--name", "sgd"], "name", "sgd"),
        (["--name="], "name", ""),
        (["--fast"], "fast", True),
        (["--fast", "data.csv"], "fast", True),
        (["--fast", "--width", "3"], "fast", True),
        (["--fast", "yes"], "fast", True),
        (["--slow", "false"], "slow", False),
        (["--no-slow"], "slow", False),
        (["--layers", "[8]"], "layers", [8]),
        (["--pair", "[3, 4]"], "pair", (3, 4)),
        (["--seed", "3"], "seed", 3),
        (["--seed", "three"], "seed", "three"),
        (["--folder", "a/b"], "folder", Path("a/b")),
        (["--hidden-size", "9"], "hidden_size", 9),
        (["--other", "x", "--width", "5"], "width", 5),
        (["--", "--width", "5"], "width", 32),
        (["positional", "-v", "--width", "5"], "width", 5),
    ],
)
def test_words(monkeypatch: pytest.MonkeyPatch, words: list[str], name: str, value: Any) -> None:
    monkeypatch.setattr(sys, "argv", ["train.py", *words])
    found = mohpo.trial(**DEFAULTS).args[name]
    assert found == value and type(found) is type(value)


def test_members_of_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["train.py", "--optimizer.rate", "1"])
    trial = mohpo.trial(**DEFAULTS)
    assert trial.optimizer == {"rate": 1.0, "name": "sgd"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--width", "abc"], "train.py: --width: expected an integer, got 'abc'\n"),
        (["--width", "1.5"], "train.py: --width: expected an integer, got '1.5'\n"),
        (["--width", "inf"], "train.py: --width: expected an integer, got 'inf'\n"),
        (["--width"], "train.py: --width: expected a value, got none\n"),
        (["--width", "--rate", "1"], "train.py: --width: expected a value, got none\n"),
        (["--rate=x"], "train.py: --rate: expected a number, got 'x'\n"),
        (["--fast=maybe"], "train.py: --fast: expected true or false, got 'maybe'\n"),
        (["--layers", "8"], "train.py: --layers: expected a JSON array, got '8'\n"),
    ],
)
def test_wrong_words(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    message: str,
) -> None:
    monkeypatch.setattr(sys, "argv", ["train.py", *words])
    with pytest.raises(SystemExit) as end:
        mohpo.trial(**DEFAULTS)
    assert end.value.code == 2 and capsys.readouterr().err == message


def test_the_study_comes_before_the_command_line(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve({"width": 64})
    monkeypatch.setattr(sys, "argv", ["train.py", "--width", "8", "--rate", "0.5"])
    trial = mohpo.trial(**DEFAULTS)
    assert (trial.width, trial.rate) == (64, 0.5)
