"""A perceptron that learns which points lie in a circle: PyTorch where it is installed, on a GPU
where there is one. Without PyTorch the same network trains in plain Python.

By itself, `python gpu_train.py --width 8` trains with the defaults and prints its reports.
"""

import json
import math
import random

import mohpo

try:
    import torch
except ImportError:
    torch = None


def examples(count, seed):
    """Points of a square, and whether they lie in the circle."""
    draw = random.Random(seed)
    points = [(draw.uniform(-1, 1), draw.uniform(-1, 1)) for _ in range(count)]
    return points, [float(x * x + y * y < 0.64) for x, y in points]


class TorchNetwork:
    """The network in PyTorch."""

    def __init__(self, width, rate):
        torch.manual_seed(1)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.model = torch.nn.Sequential(
            torch.nn.Linear(2, width), torch.nn.Tanh(), torch.nn.Linear(width, 1)
        ).to(self.device)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=rate)

    def train_epoch(self, points, labels):
        xs = torch.tensor(points, device=self.device)
        ys = torch.tensor(labels, device=self.device)
        for batch in torch.randperm(len(xs), device=self.device).split(8):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                self.model(xs[batch]).squeeze(1), ys[batch]
            )
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()

    def outputs(self, points):
        with torch.no_grad():
            return self.model(torch.tensor(points, device=self.device)).squeeze(1).tolist()

    def state(self):
        return {name: value.tolist() for name, value in self.model.state_dict().items()}

    def load(self, state):
        self.model.load_state_dict({name: torch.tensor(value) for name, value in state.items()})


class PlainNetwork:
    """The network in plain Python: hidden weights and biases, then those of the output."""

    device = "cpu"

    def __init__(self, width, rate):
        draw = random.Random(1)
        self.rate = rate
        self.hidden = [[draw.uniform(-1, 1) for _ in range(3)] for _ in range(width)]
        self.output = [draw.uniform(-1, 1) for _ in range(width + 1)]

    def activations(self, point):
        x, y = point
        return [math.tanh(a * x + b * y + c) for a, b, c in self.hidden]

    def outputs(self, points):
        return [self.logit(self.activations(point)) for point in points]

    def logit(self, active):
        return self.output[-1] + sum(w * h for w, h in zip(self.output, active))

    def train_epoch(self, points, labels):
        for (x, y), label in zip(points, labels):
            active = self.activations((x, y))
            slope = 1 / (1 + math.exp(-self.logit(active))) - label
            for unit, (weights, h) in enumerate(zip(self.hidden, active)):
                inner = self.rate * slope * self.output[unit] * (1 - h * h)
                self.output[unit] -= self.rate * slope * h
                for place, factor in enumerate((x, y, 1)):
                    weights[place] -= inner * factor
            self.output[-1] -= self.rate * slope

    def state(self):
        return {"hidden": self.hidden, "output": self.output}

    def load(self, state):
        self.hidden, self.output = state["hidden"], state["output"]


trial = mohpo.trial(width=8, rate=0.1)
network = (TorchNetwork if torch else PlainNetwork)(trial.width, trial.rate)
if trial.resource:                            # the trial continues
    network.load(json.loads((trial.dir / f"{trial.resource}.json").read_text()))

train, test = examples(400, seed=1), examples(400, seed=2)
for epoch in range(trial.resource + 1, 10):
    network.train_epoch(*train)
    right = [(out > 0) == bool(label) for out, label in zip(network.outputs(test[0]), test[1])]
    trial.report(
        epoch=epoch,
        accuracy=sum(right) / len(right),
        parameters=4 * trial.width + 1,
        device=network.device,
    )
    (trial.dir / "new.json").write_text(json.dumps(network.state()))
    (trial.dir / "new.json").rename(trial.dir / f"{epoch}.json")
    trial.checkpoint(epoch)
