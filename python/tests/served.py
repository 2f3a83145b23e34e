"""Stands in for `mohpo-lua serve --stdio`. The script's name says how it behaves."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.fakes import FakeStudy


def main() -> int:
    behaviour = Path(sys.argv[-1]).stem
    if behaviour == "broken":
        print("broken.lua:3: syntax error", file=sys.stderr)
        return 1
    study = FakeStudy()
    for line in sys.stdin:
        message = json.loads(line)
        if behaviour == "vanishing" and "report" in message:
            return 3
        if behaviour == "talkative":
            print("a line that is no answer", flush=True)
        print(json.dumps(study.answer(message)), flush=True)
    Path(sys.argv[-1]).with_suffix(".ended").write_text(" ".join(sys.argv[1:]))
    if behaviour == "stubborn":
        time.sleep(60)
    return 0


if __name__ == "__main__":
    sys.exit(main())
