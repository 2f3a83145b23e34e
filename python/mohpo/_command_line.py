"""Reads a trial's arguments from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any


def from_command_line(defaults: Mapping[str, Any], words: list[str]) -> dict[str, Any]:
    """Return the defaults that the command line changes: `--width 64`, `--width=64`, `--no-flag`.

    A member of a group is `--optimizer.rate`. Words that name no default are left to the script.
    """
    known = dict(_paths(defaults))
    found: dict[str, Any] = {}
    index = 0
    while index < len(words) and words[index] != "--":
        word, index = words[index], index + 1
        name, equals, text = word[2:].partition("=")
        name = name.replace("-", "_")
        if not word.startswith("--"):
            continue
        if name not in known:
            if name.startswith("no_") and isinstance(known.get(name[3:]), bool) and not equals:
                _put(found, name[3:], False)
            continue
        if not equals:
            has_value = index < len(words) and not words[index].startswith("--")
            if has_value and not (isinstance(known[name], bool) and not _is_boolean(words[index])):
                text, index = words[index], index + 1
            elif isinstance(known[name], bool):
                text = "true"
            else:
                raise _usage(f"--{name}: expected a value, got none")
        _put(found, name, converted(name, known[name], text))
    return found


def _paths(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _paths(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _put(values: dict[str, Any], path: str, value: Any) -> None:
    *groups, name = path.split(".")
    for group in groups:
        values = values.setdefault(group, {})
    values[name] = value


_BOOLEANS = {"true": True, "yes": True, "on": True, "1": True}
_BOOLEANS.update({"false": False, "no": False, "off": False, "0": False})


def _is_boolean(text: str) -> bool:
    return text.lower() in _BOOLEANS


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        number = float(text)
        if number.is_integer():
            return int(number)
        raise


def _unknown(text: str) -> Any:
    """Read a value whose default says nothing: JSON where it is some, else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _array(text: str) -> list[Any]:
    value = json.loads(text)
    if not isinstance(value, list):
        raise ValueError(text)
    return value


#: By the default's type: what a word is to be, and how it is read.
_KINDS: dict[type, tuple[str, Callable[[str], Any]]] = {
    bool: ("true or false", lambda text: _BOOLEANS[text.lower()]),
    int: ("an integer", _integer),
    float: ("a number", float),
    str: ("a text", str),
    type(None): ("a value", _unknown),
    list: ("a JSON array", _array),
    tuple: ("a JSON array", lambda text: tuple(_array(text))),
}


def converted(name: str, default: Any, text: str) -> Any:
    """Return a word of the command line as a value of its default's type."""
    kind = type(default)
    expected, convert = _KINDS.get(kind, (f"a {kind.__name__}", kind))
    try:
        return convert(text)
    except (ValueError, KeyError, TypeError, OverflowError):
        raise _usage(f"--{name}: expected {expected}, got {text!r}") from None


def _usage(message: str) -> SystemExit:
    """Report a wrong command line as argparse does."""
    print(f"{sys.argv[0] or 'python'}: {message}", file=sys.stderr)
    return SystemExit(2)
