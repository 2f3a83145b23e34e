"""Python's side of mohpo-lua.

- `mohpo.trial` is for a training script that mohpo-lua starts.
- `mohpo.open` asks a study for trials and tells it their results.
- `mohpo.load` reads a stored study.

Only the standard library is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._child import Trial, trial
from .errors import Disconnected, Error, ProtocolError, Refused, Stopped

if TYPE_CHECKING:
    from ._client import AskedTrial, Study
    from ._client import open_study as open
    from ._stored import StoredStudy, load

__version__ = "0.1.0"

__all__ = [
    "AskedTrial",
    "Disconnected",
    "Error",
    "ProtocolError",
    "Refused",
    "Stopped",
    "StoredStudy",
    "Study",
    "Trial",
    "load",
    "open",
    "trial",
]

_LAZY = {
    "AskedTrial": ("_client", "AskedTrial"),
    "Study": ("_client", "Study"),
    "open": ("_client", "open_study"),
    "StoredStudy": ("_stored", "StoredStudy"),
    "load": ("_stored", "load"),
}


def __getattr__(name: str) -> Any:
    """Import what a training script does not need when it is asked for: it starts sooner."""
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _LAZY[name]
    found = getattr(import_module(f".{module}", __name__), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
