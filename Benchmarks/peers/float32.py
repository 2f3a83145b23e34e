"""float32.py PROGRAM: what single precision costs in accuracy.

Trains the same networks by PROGRAM, in single precision, and by scikit-learn, in double: from the same
weights, on the same rows in the same order, so that nothing but the precision differs. Five seeds, which
choose weights, test rows and the order, on three data sets.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import warnings

import numpy as np
from sklearn import datasets
from sklearn.neural_network import MLPClassifier

EPOCHS = 30
WIDTH = 32


def mnist(folder):
    """Every tenth of the 60,000 images."""
    images = np.frombuffer((folder / "train-images-idx3-ubyte").read_bytes(), np.uint8, offset=16)
    labels = np.frombuffer((folder / "train-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)
    return images.reshape(-1, 784)[::10] / 255, labels[::10].astype(np.int64)


def scaled(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)


def load():
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    digits_x, digits_y = datasets.load_digits(return_X_y=True)
    cancer_x, cancer_y = datasets.load_breast_cancer(return_X_y=True)
    return {
        "digits": (digits_x / 16, digits_y),
        "breast cancer": (scaled(cancer_x), cancer_y),
        "MNIST, 6,000 images": mnist(cache / "mohpo-lua/datasets/mnist"),
    }


def initial(inputs, outputs, random):
    """Weights and biases as scikit-learn draws them, in single precision."""
    layers = []
    for fan_in, fan_out in [(inputs, WIDTH), (WIDTH, outputs)]:
        bound = (6 / (fan_in + fan_out)) ** 0.5
        layers.append(random.uniform(-bound, bound, (fan_in + 1, fan_out)).astype(np.float32))
    return layers


class GivenWeights(MLPClassifier):
    """Starts from `layers`, each with its biases as the last row."""

    def _init_coef(self, fan_in, fan_out, dtype):
        layer = self.layers.pop(0).astype(dtype)
        return layer[:-1].copy(), layer[-1].copy()


def by_scikit_learn(parts, layers):
    (x, y), (test_x, _) = parts
    model = GivenWeights(hidden_layer_sizes=(WIDTH,), batch_size=50, shuffle=False)
    model.layers = list(layers)
    for _ in range(EPOCHS):
        model.partial_fit(x, y, classes=np.unique(y))
    return model.loss_curve_[-1], model.predict(test_x)


def by_program(program, folder, parts, layers):
    for name, (x, y) in zip(["train", "test"], parts):
        np.save(folder / f"{name}_x.npy", x.astype(np.float32))
        np.save(folder / f"{name}_y.npy", y)
    script = pathlib.Path(__file__).with_suffix(".lua")

    def run(what):
        command = [program, script, folder, what]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()

    run("start")
    begin_at(folder / "start.safetensors", layers)
    loss, *labels = run(str(EPOCHS))
    return float(loss), np.array(labels, dtype=float)


def begin_at(path, layers):
    """Puts weights into a saved network, and clears what its optimizer remembers."""
    content = path.read_bytes()
    length = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:length])
    state = json.loads(header["__metadata__"]["mohpo"])
    state["steps"] = 0
    arrays = bytearray(content[length:])
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        begin, end = entry["data_offsets"]
        kind, index, part = name.rsplit(".", 2)
        layer = layers[int(index)]
        values = layer[:-1] if part == "weight" else layer[-1]
        arrays[begin:end] = values.tobytes() if kind == "layers" else bytes(end - begin)
    header["__metadata__"]["mohpo"] = json.dumps(state)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + arrays)


def compare(name, x, y, program, folder, seeds):
    x = x.astype(np.float32).astype(np.float64)
    double, differences, changed, losses = [], [], [], []
    for seed in range(seeds):
        random = np.random.default_rng(seed)
        order = random.permutation(len(x))
        test, train = np.split(order, [len(x) // 4])
        parts = [(x[rows], y[rows]) for rows in [train, test]]
        outputs = len(np.unique(y)) if len(np.unique(y)) > 2 else 1
        layers = initial(x.shape[1], outputs, random)
        loss_64, labels_64 = by_scikit_learn(parts, layers)
        loss_32, labels_32 = by_program(program, folder, parts, layers)
        accuracy_64, accuracy_32 = [(labels == y[test]).mean() for labels in [labels_64, labels_32]]
        double.append(accuracy_64)
        differences.append(accuracy_32 - accuracy_64)
        changed.append((labels_64 != labels_32).mean())
        losses.append(abs(loss_32 / loss_64 - 1))
    print(
        f"| {name} | {statistics.mean(double):.4f} ± {statistics.stdev(double):.4f} "
        f"| {statistics.mean(differences):+.4f} | {max(map(abs, differences)):.4f} "
        f"| {statistics.mean(changed):.4f} | {max(losses):.1e} |",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", help="the built mohpo-lua")
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    print("| data | accuracy in float64 | float32: mean difference | greatest | other class | loss |")
    print("|---|---|---|---|---|---|")
    program = pathlib.Path(options.program).resolve()
    with tempfile.TemporaryDirectory() as folder:
        for name, (x, y) in load().items():
            compare(name, x, y, program, pathlib.Path(folder), options.seeds)


main()
