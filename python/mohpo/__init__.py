"""Python's side of mohpo-lua.

- `mohpo.trial` is for a training script that mohpo-lua starts.
- `mohpo.open` asks a study for trials and tells it their results.
- `mohpo.load` reads a stored study.

Only the standard library is needed.
"""

from ._child import Trial, trial
from ._client import AskedTrial, Study
from ._client import open_study as open
from ._stored import StoredStudy, load
from .errors import Disconnected, Error, ProtocolError, Refused, Stopped

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
