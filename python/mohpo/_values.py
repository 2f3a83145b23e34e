"""Values as JSON has them."""

from __future__ import annotations

import json
import math
import numbers
import os
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Union

from .errors import Error, ProtocolError

Plain = Union[bool, int, float, str]

_LARGEST = 2**63 - 1


def plain(name: str, value: object) -> Plain:
    """Return a metric or parameter as a plain Python value.

    Numbers of numpy, PyTorch and other libraries are taken without importing them: whatever holds
    one number has `item()`, or is registered with `numbers`.
    """
    value = _item(name, value)
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, numbers.Integral):
        number = int(value)
        return number if -_LARGEST - 1 <= number <= _LARGEST else _real(number)
    if isinstance(value, (numbers.Real, Decimal)):
        return _real(value)
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    raise Error(f"{name}: expected a number, a text or a boolean, got {described(value)}")


def _real(number: Any) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _item(name: str, value: object) -> object:
    item = getattr(value, "item", None)
    if isinstance(value, (bool, int, float, str)) or not callable(item):
        return value
    try:
        return item()
    except Exception as error:
        raise Error(f"{name}: expected one number, got {described(value)} ({error})") from None


def described(value: object) -> str:
    """Name a value in an error."""
    if value is None:
        return "None"
    text = repr(value)
    return f"{type(value).__name__} {text if len(text) <= 60 else text[:57] + '...'}"


def metrics(given: Mapping[str, object]) -> dict[str, Plain]:
    """Return the metrics of a report, each a plain value."""
    found: dict[str, Plain] = {}
    for name, value in given.items():
        if not isinstance(name, str):
            raise Error(f"a metric's name: expected a text, got {described(name)}")
        found[name] = plain(name, value)
    if not found:
        raise Error("a report: expected metrics by name, got none")
    return found


def resource_number(given: object) -> float:
    """Return a resource, an integer where it is whole."""
    found = plain("resource", given)
    if isinstance(found, (bool, str)) or not math.isfinite(found):
        raise Error(f"resource: expected a number, got {described(given)}")
    return int(found) if found == int(found) else found


def encode(message: Mapping[str, object]) -> bytes:
    r"""Return a message as one line of JSON, with its `\n`.

    JSON has neither NaN nor infinities. They are written as Python writes them (`NaN`, `Infinity`),
    which mohpo-lua reads.
    """
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"


def decode(line: bytes) -> dict[str, Any]:
    """Return the object that a line of JSON holds."""
    try:
        answer = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"expected an answer in JSON, got {shortened(line)}: {error}") from None
    if not isinstance(answer, dict):
        raise ProtocolError(f"expected a JSON object as answer, got {shortened(line)}")
    return answer


def shortened(line: bytes) -> str:
    """Show the start of a line."""
    text = line[:80].decode("utf-8", "replace").rstrip("\r\n")
    return repr(text + ("..." if len(line) > 80 else ""))
