"""One trial-epoch in scikit-learn and PyTorch, beside this project's.

A trial-epoch is what the example experiment does each epoch: train on the 60,000 images once, score
them, score the 10,000, and time a prediction of the 60,000. One thread everywhere. The programs take
turns, so that whatever else the machine does falls on all of them alike; the figures are medians.
"""

import os

for name in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = "1"

import argparse
import gzip
import pathlib
import statistics
import subprocess
import time
import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier


def read_idx(folder, name):
    """The elements of an IDX file, gzipped or not."""
    plain = folder / name
    data = plain.read_bytes() if plain.exists() else gzip.open(f"{plain}.gz").read()
    rank = data[3]
    sizes = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(rank)]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(sizes[0], -1)


def load(folder):
    images = {part: read_idx(folder, f"{part}-images-idx3-ubyte") for part in ["train", "t10k"]}
    labels = {part: read_idx(folder, f"{part}-labels-idx1-ubyte")[:, 0] for part in images}
    return images, labels


class ScikitLearn:
    """`partial_fit` with the defaults, in the precision of the features."""

    def __init__(self, images, labels, layers, dtype):
        self.x = {part: (x / 255).astype(dtype) for part, x in images.items()}
        self.y = labels
        self.model = MLPClassifier(hidden_layer_sizes=layers, random_state=1)

    def trial_epoch(self):
        self.model.partial_fit(self.x["train"], self.y["train"], classes=np.arange(10))
        self.model.score(self.x["train"], self.y["train"])
        self.model.score(self.x["t10k"], self.y["t10k"])
        self.model.predict(self.x["train"])


class PyTorch:
    """The same network, batches of 200, fused Adam."""

    def __init__(self, images, labels, layers):
        import torch

        torch.set_num_threads(1)
        torch.manual_seed(1)
        self.torch = torch
        self.x = {part: torch.tensor(x / 255, dtype=torch.float32) for part, x in images.items()}
        self.y = {part: torch.tensor(y.astype(np.int64)) for part, y in labels.items()}
        widths = [self.x["train"].shape[1], *layers]
        modules = []
        for fan_in, fan_out in zip(widths, widths[1:]):
            modules += [torch.nn.Linear(fan_in, fan_out), torch.nn.ReLU()]
        self.model = torch.nn.Sequential(*modules, torch.nn.Linear(widths[-1], 10))
        self.optimizer = torch.optim.Adam(self.model.parameters(), fused=True)
        self.loss = torch.nn.CrossEntropyLoss()

    def trial_epoch(self):
        x, y = self.x["train"], self.y["train"]
        for rows in self.torch.randperm(len(x)).split(200):
            self.optimizer.zero_grad()
            self.loss(self.model(x[rows]), y[rows]).backward()
            self.optimizer.step()
        self.score("train")
        self.score("t10k")
        self.predict(x)

    def predict(self, x):
        with self.torch.no_grad():
            return self.model(x).argmax(1)

    def score(self, part):
        return (self.predict(self.x[part]) == self.y[part]).float().mean().item()


class Ours:
    """The program in this folder, kept running and told to do one trial-epoch at a time."""

    def __init__(self, program, folder, layers):
        arguments = [program, str(folder), ",".join(map(str, layers))]
        self.process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def trial_epoch(self):
        self.start()
        self.wait()

    def start(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def wait(self):
        if not self.process.stdout.readline():
            raise SystemExit("trial-epoch ended early")


def compare(folder, layers, program, rounds, with_torch):
    images, labels = load(folder)
    contestants = {"mohpo-lua": Ours(program, folder, layers)}
    contestants["scikit-learn float64"] = ScikitLearn(images, labels, layers, np.float64)
    contestants["scikit-learn float32"] = ScikitLearn(images, labels, layers, np.float32)
    if with_torch:
        contestants["PyTorch float32"] = PyTorch(images, labels, layers)
    times = {name: [] for name in contestants}
    for lap in range(rounds + 1):
        for name, contestant in contestants.items():
            start = time.perf_counter()
            contestant.trial_epoch()
            if lap > 0:
                times[name].append(time.perf_counter() - start)
    ours = statistics.median(times["mohpo-lua"])
    for name, seconds in times.items():
        median = statistics.median(seconds)
        ratio = "" if median == ours else f", {median / ours:.1f} times as long"
        print(f"{folder.name} {list(layers)} {name}: {median:.4f} s{ratio}", flush=True)
    side_by_side(folder, layers, contestants["mohpo-lua"], program, rounds)


def side_by_side(folder, layers, one, program, rounds):
    """How much more two programs do at once than one does alone, lap by lap."""
    two = Ours(program, folder, layers)
    two.trial_epoch()
    gains = []
    for _ in range(rounds):
        start = time.perf_counter()
        one.trial_epoch()
        alone = time.perf_counter() - start
        start = time.perf_counter()
        one.start()
        two.start()
        one.wait()
        two.wait()
        gains.append(2 * alone / (time.perf_counter() - start))
    gain = statistics.median(gains)
    print(f"{folder.name} {list(layers)} two side by side: {gain:.2f} times the work", flush=True)


def main():
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", help="the built trial-epoch")
    known = [cache / "mohpo-lua/datasets" / name for name in ["mnist", "fashion-mnist"]]
    parser.add_argument(
        "--data", type=pathlib.Path, nargs="*", default=[path for path in known if path.is_dir()],
        help="folders of IDX files; by default those that `mohpo-lua data fetch` brought",
    )
    parser.add_argument("--layers", nargs="*", default=["32", "32,32,32,32", "8", "128,128"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-torch", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    for folder in options.data:
        for layers in options.layers:
            sizes = tuple(int(size) for size in layers.split(","))
            compare(folder, sizes, options.program, options.rounds, not options.no_torch)


main()
