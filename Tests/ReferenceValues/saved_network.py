"""saved_network.py PROGRAM: what Python's safetensors reads of a network that PROGRAM saved.

Computes by NumPy, from the arrays in the files alone, what the networks predicted.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file


def outputs(path, features):
    arrays = load_file(path)
    depth = sum(name.startswith("layers.") for name in arrays) // 2
    for layer in range(depth):
        features = features @ arrays[f"layers.{layer}.weight"] + arrays[f"layers.{layer}.bias"]
        if layer < depth - 1:
            features = np.tanh(features)
    return features


def softmax(sums):
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


script = pathlib.Path(__file__).with_suffix(".lua")
with tempfile.TemporaryDirectory() as folder:
    shown = subprocess.run([sys.argv[1], script, folder], check=True, stdout=subprocess.PIPE, text=True)
    rows = np.array([line.split() for line in shown.stdout.splitlines()], dtype=float)
    features, probabilities, values = rows[:, :3], rows[:, 3:6], rows[:, 6:]
    folder = pathlib.Path(folder)
    differences = [
        np.abs(softmax(outputs(folder / "classifier.safetensors", features)) - probabilities).max(),
        np.abs(outputs(folder / "regressor.safetensors", features) - values).max(),
    ]
    with safe_open(folder / "classifier.safetensors", framework="numpy") as file:
        state = json.loads(file.metadata()["mohpo"])
        names = sorted(file.keys())
        epochs = file.get_tensor("loss_curve").shape
print(f"{len(names)} arrays: {', '.join(names)}")
print(f"version {state['version']}, widths {state['widths']}, {epochs[0]} epochs")
print(f"greatest differences of what is predicted: {differences[0]:.1e}, {differences[1]:.1e}")
assert state["widths"] == [3, 8, 5, 3] and epochs == (20,) and max(differences) < 1e-5
