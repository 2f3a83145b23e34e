"""Looks at what a run and `top` show in a terminal: check_terminal.py PROGRAM, in a folder with `t.lua`.

Ends with 0 when all is as it should be, else says what is not.
"""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time

COLUMNS, ROWS = 80, 24


class Terminal:
    """A program in a terminal of 80 by 24, and what it has written."""

    def __init__(self, *arguments):
        self.text = ""
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.environ["TERM"] = "xterm"
            os.environ["NO_COLOR"] = "1"
            os.execv(arguments[0], arguments)

    def read(self, seconds):
        """Takes what comes within a time; false at the end."""
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.descriptor, 1 << 16)
        except OSError:
            return False
        self.text += data.decode(errors="replace")
        return bool(data)

    def wait(self, pattern, seconds=60):
        """Waits until a pattern was written; returns the match."""
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.text)):
            if time.monotonic() > end or not self.read(0.1):
                raise AssertionError(f"expected {pattern!r}, got {self.text[-2000:]!r}")
        return found

    def end(self):
        """Waits for the end; returns the exit code."""
        while self.read(60):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def write(self, keys):
        """Presses keys."""
        os.write(self.descriptor, keys.encode())


def see(value, expected, what):
    """Fails where a value is not what is expected."""
    if value != expected:
        raise AssertionError(f"{what}: expected {expected!r}, got {value!r}")


def main(program):
    run = Terminal(program, "--study", "t.db", "t.lua")
    # Trials wait for programs, and the line is drawn all the same.
    number = r"-?[0-9.]+(?:e[-+][0-9]+)?"
    best = rf"\| front \d+ \| best a_long_name {number} #\d+, b {number} #\d+"
    run.wait(rf"\r[^\r\n]*{best}[^\r\n\x1b]*\x1b\[K")
    lines = re.findall(r"\r([^\r\n\x1b]+)\x1b\[K", run.text)
    assert lines and all(len(line) < COLUMNS for line in lines), lines
    assert not any("epochs/s" in line and "b " not in line for line in lines[1:]), lines

    top = Terminal(program, "top", "t.db", "--interval", "0.1")
    top.wait(r"running \(2\)[^$]*rungs[^$]*front \(")
    top.write("q")
    see(top.end(), 0, "the exit code of top")
    screen, after = top.text.split("\x1b[?1049l")
    assert "\x1b[?1049h" in screen and "front (" in after, top.text
    for frame in screen.split("\x1b[H")[1:]:
        rows = [re.sub(r"\x1b\[[?0-9]*[A-Za-z]", "", row) for row in frame.split("\r\n")]
        assert len(rows) <= ROWS and all(len(row) <= COLUMNS for row in rows), rows

    once = subprocess.run(
        [program, "top", "t.db"], stdout=subprocess.PIPE, text=True, timeout=60, check=True)
    assert once.stdout.startswith("t: running, ") and "\x1b" not in once.stdout, once.stdout

    follower = Terminal(program, "top", "t.db", "--interval", "0.1")
    follower.wait(r"running \(2\)")
    open("go", "w", encoding="utf-8").close()
    see(run.end(), 0, "the exit code of the run")
    run.wait(r"kept in t.db: mohpo-lua front t.db shows its front")
    see(follower.end(), 0, "the exit code of top at the end of the study")
    assert "t: finished, 6 of 6 trials" in follower.text, follower.text[-2000:]


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except AssertionError as error:
        sys.exit(f"check_terminal.py: {error}")
