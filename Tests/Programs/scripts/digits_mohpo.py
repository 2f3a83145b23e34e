"""The same with three lines changed."""

import mohpo
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

args = mohpo.trial(width=32, rate=1e-3)

X, X_test, y, y_test = train_test_split(*load_digits(return_X_y=True), random_state=0)
model = MLPClassifier((args.width,), learning_rate_init=args.rate, random_state=0)
for epoch in range(1, 10):
    model.partial_fit(X, y, classes=range(10))
    accuracy = round(model.score(X_test, y_test), 4)
    args.report(epoch=epoch, accuracy=accuracy, size=64 * args.width + 10 * args.width)
