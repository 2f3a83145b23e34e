"""A trial's arguments: the study's values in the place of the script's defaults."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any


class Arguments(dict[str, Any]):
    """Arguments by name. `args.width` is `args["width"]`; groups are such objects as well."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__((name, nested(value)) for name, value in values.items())

    def __getattr__(self, name: str) -> Any:
        if name in self:
            return self[name]
        raise AttributeError(missing(name, self))


class HasArguments:
    """An object whose arguments are attributes as well: `trial.width` is `trial.args.width`."""

    args: Arguments

    def __getattr__(self, name: str) -> Any:
        arguments: dict[str, Any] = self.__dict__.get("args", {})
        if name in arguments:
            return arguments[name]
        raise AttributeError(missing(name, arguments))


def nested(value: Any) -> Any:
    """Return groups and lists of groups as `Arguments`."""
    if isinstance(value, Mapping):
        return Arguments(value)
    if isinstance(value, list):
        return [nested(item) for item in value]
    return value


def missing(name: str, known: Iterable[str]) -> str:
    """Say that there is no such argument, and which was probably meant."""
    names = sorted(known)
    near = nearest(name, names)
    hint = f"; did you mean {near}?" if near else f"; there are {', '.join(names) or 'none'}"
    return f"the trial has no argument {name}{hint}"


def merged(defaults: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the defaults with what is given in their place, each of its default's type."""
    values = dict(defaults)
    for name, value in given.items():
        default = defaults.get(name)
        if isinstance(default, Mapping) and isinstance(value, Mapping):
            values[name] = merged(default, value)
        else:
            values[name] = like(default, value)
    return values


def like(default: Any, value: Any) -> Any:
    """Return a number as an integer or a float, as its default is. JSON has one kind of number."""
    if isinstance(value, bool) or isinstance(default, bool):
        return value
    if isinstance(default, float) and isinstance(value, int):
        return float(value)
    if isinstance(default, int) and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def warn_of_misspelt(defaults: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Say on standard error which default the study does not know under a similar name."""
    unused = [name for name in given if name not in defaults]
    for name in defaults:
        near = nearest(name, unused) if name not in given else None
        if near:
            print(
                f"mohpo: the study has no parameter {name}, so its default stays; "
                f"did you mean {near}?",
                file=sys.stderr,
            )


def nearest(name: str, names: list[str]) -> str | None:
    """Return the name that was probably meant."""
    if not names:
        return None
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, names, 1)), None)
