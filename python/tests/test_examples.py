"""The examples with mohpo-lua itself, where that is built."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .test_program import PROGRAM, ROOT, serves

EXAMPLES = ROOT / "python" / "examples"

# Lines of code of the originals, without comments, docstrings and blank lines: Optuna's tutorial
# 009_ask_and_tell at 0239e17 (the block with the pruner, and the batched one with its import of
# optuna), and SMAC's examples/1_basics/3_ask_and_tell.py at 0121f6b.
CASES = [
    ("optuna_pruning.py", "iris.lua", 32, ["sklearn"], "Accuracy: "),
    ("optuna_batch.py", "square.lua", 18, ["numpy"], "Value: "),
    ("smac.py", "rosenbrock.lua", 42, [], "Default cost: 16916.0\nIncumbent cost: "),
]


def code_lines(path: Path) -> int:
    """Count the lines that are no comment, no docstring and not blank."""
    text = path.read_text()
    if path.suffix == ".lua":
        return sum(
            bool(line.strip()) and not line.strip().startswith("--") for line in text.split("\n")
        )
    documentation = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, (node.end_lineno or 0) + 1)
    }
    return sum(
        bool(line.strip()) and not line.strip().startswith("#") and number not in documentation
        for number, line in enumerate(text.split("\n"), 1)
    )


@pytest.mark.parametrize(("script", "space", "lines", "needs", "said"), CASES)
def test_no_example_is_longer_than_its_original(
    script: str, space: str, lines: int, needs: list[str], said: str
) -> None:
    assert needs is not None and said
    assert code_lines(EXAMPLES / script) + code_lines(EXAMPLES / space) <= lines


@serves
@pytest.mark.parametrize(("script", "space", "lines", "needs", "said"), CASES)
def test_examples(
    tmp_path: Path, script: str, space: str, lines: int, needs: list[str], said: str
) -> None:
    assert lines
    for module in needs:
        pytest.importorskip(module)
    for name in (script, space):
        shutil.copy(EXAMPLES / name, tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "python"), "MOHPO_LUA": PROGRAM}
    # Threads that wait for each other make the small model of the example slower.
    environment.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    run = subprocess.run(
        [sys.executable, script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(said), run.stdout
    assert float(run.stdout.split()[-1]) < 16916.0
