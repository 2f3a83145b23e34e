#!/usr/bin/env python3
"""Runs programs that do what they should not as trials, and counts what is left of them.

faults.py PROGRAM [--long] [CASE ...]. A case is the begin of the name of one, or `kills`; without any all are
run. Ends with 0 when nothing is left: no orphan, no zombie, no descriptor. Linux alone, as it looks into /proc.
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import uuid

PROGRAM, LONG = str(pathlib.Path(sys.argv[1]).resolve()), "--long" in sys.argv
CHOSEN = [word for word in sys.argv[2:] if word != "--long"]

# Every program and all that it starts have this in their environment.
MARK = f"faults-{uuid.uuid4().hex}"

REPORT = """echo '{{"epoch":1,"loss":'{x}'}'"""

MANY = 16 if LONG else 4

# Trials, slots, seconds to SIGKILL, what becomes of the trials, and the program, as `sh -c` takes it.
CASES = {
    "many slots": (640 if LONG else 64, 64, 5, "completed", REPORT),
    "short children": (1000 if LONG else 50, 8, 5, "completed", REPORT),
    "ignores SIGTERM": (MANY, 4, 1, "failed", f"trap '' TERM INT HUP; {REPORT}; while :; do sleep 0.2; done"),
    "forks daemons": (
        MANY, 4, 1, "completed", f"(sleep 600 & sleep 600 & (sleep 600 &)) >/dev/null 2>&1; {REPORT}"),
    "ignores SIGTERM in daemons": (
        MANY, 4, 1, "completed", f"(trap '' TERM; sleep 600 &) >/dev/null 2>&1; {REPORT}"),
    "closes its pipes": (MANY, 4, 1, "completed", f"{REPORT}; exec >&- 2>&- <&-; sleep 0.1"),
    "prints much": (
        2, 2, 5, "completed",
        f"{REPORT}; yes | head -c {1 << 30 if LONG else 1 << 22}; head -c {1 << 23} /dev/zero >&2"),
    "leaves a grandchild with its pipes": (MANY, 4, 1, "completed", f"sleep 600 & {REPORT}"),
    "stops itself": (4, 2, 1, "failed", f"{REPORT}; kill -STOP $$"),
    "dies of a signal": (MANY, 4, 1, "failed", f"{REPORT}; kill -SEGV $$"),
    "is not there": (MANY, 4, 1, "failed", None),
}

SCRIPT = """
local ag = require "mohpo"
local function run(trials, slots, after, command)
  local study = ag.experiment { name = "s", space = { x = ag.Real(0, 1) }, seed = 1,
    objectives = { loss = "MIN" }, num_trials = trials, parallel_trials = slots, retries = 0,
    scheduler = ag.hyperband { max_t = 2, grace_period = 2, type = "stopping" }, trial_time_out = TIMEOUT,
    train = ag.command { command[1], command[2], command[3], env = { FAULTS = "MARK" },
      stop = { kill_after = after } } }:run()
  local ends = {}
  for _, t in ipairs(study.trials) do ends[t.state] = (ends[t.state] or 0) + 1 end
  return ends
end
-- What is opened once, and stays, is there after this.
run(2, 2, 1, { "sh", "-c", "true" })
print "begun"
io.read()
local ends = run(TRIALS, SLOTS, AFTER, COMMAND)
local words = {}
for state, count in pairs(ends) do words[#words + 1] = state .. " " .. count end
print(table.concat(words, ", "))
io.read()
"""


def lua(text):
    """A text as Lua writes it."""
    level = "=" * 3
    return f"[{level}[{text}]{level}]"


def processes():
    """Every process: its parent, its state, and whether it has the mark."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            marked = MARK.encode() in (entry / "environ").read_bytes()
        except OSError:
            continue
        found[int(entry.name)] = (int(fields[1]), fields[0], marked)
    return found


def left(process):
    """What is left of the programs, as words: nothing where all is well."""
    found = processes()
    marked = [f"process {pid}" for pid, (_, _, marked) in found.items() if marked]
    dead = [
        f"zombie {pid}"
        for pid, (parent, state, _) in found.items()
        if parent == process.pid and state == "Z"
    ]
    return marked + dead


def descriptors(process):
    return len(os.listdir(f"/proc/{process.pid}/fd"))


def memory(process):
    """The greatest number of bytes that the program has held."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) << 10
    return 0


def wait_for_nothing(process, seconds):
    """What is left after so many seconds at most."""
    end = time.monotonic() + seconds
    while left(process) and time.monotonic() < end:
        time.sleep(0.02)
    return left(process)


def check(name, folder):
    trials, slots, after, state, program = CASES[name]
    command = ["no-such-program", "-c", ""] if program is None else ["sh", "-c", program]
    values = {
        "TIMEOUT": "1" if state == "failed" else "600", "MARK": MARK, "TRIALS": str(trials),
        "SLOTS": str(slots), "AFTER": str(after),
        "COMMAND": "{" + ", ".join(lua(word) for word in command) + "}",
    }
    script = SCRIPT
    for word, value in values.items():
        script = script.replace(word, value)
    path = folder / "s.lua"
    path.write_text(script)
    start = time.monotonic()
    process = subprocess.Popen(
        [PROGRAM, "--quiet", "--study", "memory", str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout.readline() == "begun\n", f"{name}: it did not begin"
        wait_for_nothing(process, 10)
        before = descriptors(process)
        process.stdin.write("\n")
        process.stdin.flush()
        ends = process.stdout.readline().strip()
        rest = wait_for_nothing(process, after + 5)
        assert not rest, f"{name}: left are {', '.join(rest)}"
        # A connection or a pipe is closed by the thread that reads it, a moment later.
        end = time.monotonic() + 5
        while descriptors(process) != before and time.monotonic() < end:
            time.sleep(0.02)
        assert descriptors(process) == before, (
            f"{name}: {before} descriptors before, {descriptors(process)} after")
        assert ends == f"{state} {trials}", f"{name}: expected {state} {trials}, got {ends}"
        held = memory(process) >> 20
        assert held < 400, f"{name}: the program held {held} MiB"
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.wait(60) in (0, 1), f"{name}: exit code {process.returncode}"
    finally:
        process.kill()
        process.wait()
    print(f"{name}: {ends}, {before} descriptors before and after, nothing left, {held} MiB, "
          f"{time.monotonic() - start:.1f} s", flush=True)


def check_kills(count, folder):
    """SIGKILL of the program itself at random moments, with programs that ignore SIGTERM."""
    program = f"trap '' TERM; (sleep 600 &); {REPORT}; sleep 600"
    script = SCRIPT.replace("print \"begun\"", "").replace("io.read()", "")
    values = {
        "TIMEOUT": "600", "MARK": MARK, "TRIALS": "64", "SLOTS": "8", "AFTER": "1",
        "COMMAND": "{" + ", ".join(lua(word) for word in ["sh", "-c", program]) + "}",
    }
    for word, value in values.items():
        script = script.replace(word, value)
    path = folder / "k.lua"
    path.write_text(script)
    for kill in range(count):
        process = subprocess.Popen(
            [PROGRAM, "--quiet", "--study", "memory", str(path)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.02 + 0.4 * (kill * 37 % count) / count)
        process.send_signal(signal.SIGKILL)
        process.wait()
    end = time.monotonic() + 20
    while any(marked for _, _, marked in processes().values()) and time.monotonic() < end:
        time.sleep(0.05)
    rest = [pid for pid, (_, _, marked) in processes().items() if marked]
    assert not rest, f"kills: left are {rest}"
    print(f"kills: {count}, nothing left", flush=True)


try:
    with tempfile.TemporaryDirectory() as folder:
        for name in [*CASES, "kills"]:
            if CHOSEN and not any(name.startswith(word) for word in CHOSEN):
                continue
            if name == "kills":
                check_kills(200 if LONG else 10, pathlib.Path(folder))
            else:
                check(name, pathlib.Path(folder))
except AssertionError as error:
    sys.exit(f"faults.py: {error}")
finally:
    for pid, (_, _, marked) in processes().items():
        if marked:
            os.kill(pid, signal.SIGKILL)
