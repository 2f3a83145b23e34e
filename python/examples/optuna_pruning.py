"""Optuna's ask-and-tell example with pruning by Hyperband. Run it beside iris.lua."""

import numpy as np
from sklearn.datasets import load_iris
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import train_test_split

import mohpo

X, y = load_iris(return_X_y=True)
X_train, X_valid, y_train, y_valid = train_test_split(X, y)

with mohpo.open("iris.lua") as study:
    for trial in study:
        clf = SGDClassifier(alpha=trial.alpha)
        for epoch in range(1, 101):
            clf.partial_fit(X_train, y_train, classes=np.unique(y))
            if trial.report(epoch=epoch, accuracy=clf.score(X_valid, y_valid)) != "go":
                break
    print(f"Accuracy: {study.front()[0]['accuracy']}")
