"""Results as rows."""

from __future__ import annotations

from typing import Any

from .errors import Error


class Rows(list[dict[str, Any]]):
    """A list of dicts that pandas can take over."""

    def to_pandas(self) -> Any:
        """Return a `pandas.DataFrame` with a row for each. Arguments get columns of their own."""
        try:
            import pandas
        except ImportError:
            raise Error("to_pandas: needs pandas; install it with: pip install pandas") from None
        return pandas.DataFrame([flat(row) for row in self])


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its `args` as fields. A name that is taken is called `args.NAME`."""
    found = {name: value for name, value in row.items() if name != "args"}
    for name, value in row.get("args", {}).items():
        while name in found:
            name = f"args.{name}"
        found[name] = value
    return found
