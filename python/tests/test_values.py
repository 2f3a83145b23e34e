from __future__ import annotations

import contextlib
import json
import math
import random

import pytest

import mohpo
from mohpo._lines import answer
from mohpo._values import encode, metrics


def test_whatever_is_answered_is_an_object_or_an_error() -> None:
    source = random.Random(7)
    good = json.dumps({"ok": 1, "args": {"a": [1, 2.5, None, "\u00e9"]}, "resource": 27}).encode()
    for _ in range(20_000):
        line = bytearray(good)
        for _ in range(source.randint(1, 4)):
            place = source.randrange(len(line))
            action = source.randrange(3)
            if action == 0:
                line[place] = source.randrange(256)
            elif action == 1:
                del line[place]
            else:
                line.insert(place, source.randrange(256))
        with contextlib.suppress(mohpo.Error):
            assert isinstance(answer(bytes(line) + b"\n"), dict)


@pytest.mark.parametrize("line", [b"", b"{", b"9" * 5000 + b"\n", b'{"a":' * 100_000 + b"\n"])
def test_lines_that_are_no_answers(line: bytes) -> None:
    with pytest.raises(mohpo.Error):
        answer(line)


def test_reports_are_one_line_of_utf_8() -> None:
    line = encode(metrics({"epoch": 1, "note": "a\nb \udc80 é", "loss": -math.inf}))
    assert line.count(b"\n") == 1 and line.endswith(b"\n")
    assert json.loads(line) == {"epoch": 1, "note": "a\nb ? é", "loss": -math.inf}
