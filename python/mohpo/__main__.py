"""The command line: `python -m mohpo export STUDY --to mlflow|tensorboard|wandb`."""

from __future__ import annotations

import argparse
import sys
from typing import Callable

from . import __version__
from ._stored import StoredStudy, load
from .errors import Error
from .exports import mlflow, tensorboard, wandb


def main(words: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    options = _parser().parse_args(words)
    exports: dict[str, Callable[[StoredStudy], str]] = {
        "mlflow": lambda study: mlflow.export(
            study, uri=options.tracking_uri, experiment=options.experiment
        ),
        "tensorboard": lambda study: tensorboard.export(study, folder=options.logdir),
        "wandb": lambda study: wandb.export(study, project=options.project),
    }
    try:
        print(exports[options.to](load(options.study)))
    except Error as error:
        print(f"mohpo: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mohpo", description=__doc__)
    parser.add_argument("--version", action="version", version=f"mohpo {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    export = commands.add_parser("export", help="write a stored study for another tool")
    export.add_argument("study", metavar="STUDY", help="a path, or a name in studies/")
    export.add_argument("--to", required=True, choices=["mlflow", "tensorboard", "wandb"])
    export.add_argument("--tracking-uri", help="where MLflow keeps runs (its own default)")
    export.add_argument("--experiment", help="MLflow's experiment (the study's name)")
    export.add_argument("--logdir", help="TensorBoard's folder (runs/NAME)")
    export.add_argument("--project", help="the project of Weights & Biases (the study's name)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
