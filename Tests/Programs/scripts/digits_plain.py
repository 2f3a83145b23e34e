"""A training script with scikit-learn that knows nothing of mohpo-lua."""

import argparse

from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

parser = argparse.ArgumentParser()
parser.add_argument("--width", type=int, default=32)
parser.add_argument("--rate", type=float, default=1e-3)
args = parser.parse_args()

X, X_test, y, y_test = train_test_split(*load_digits(return_X_y=True), random_state=0)
model = MLPClassifier((args.width,), learning_rate_init=args.rate, random_state=0)
for epoch in range(1, 10):
    model.partial_fit(X, y, classes=range(10))
    accuracy = model.score(X_test, y_test)
    print(f"epoch {epoch} accuracy {accuracy:.4f} size {64 * args.width + 10 * args.width}")
