"""Python's side of mohpo-lua.

- `mohpo.trial` is for a training script that mohpo-lua starts.

Only the standard library is needed.
"""

from ._child import Trial, trial
from .errors import Disconnected, Error, ProtocolError, Refused, Stopped

__version__ = "0.1.0"

__all__ = [
    "Disconnected",
    "Error",
    "ProtocolError",
    "Refused",
    "Stopped",
    "Trial",
    "trial",
]
