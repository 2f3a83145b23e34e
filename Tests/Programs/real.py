#!/usr/bin/env python3
"""Training scripts with scikit-learn and PyTorch as trials, four at a time: real.py PROGRAM [PART ...], run by
a Python that has both. A part is the begin of one's name, such as `kills`; without any all are run.

A search of them is stopped, paused (suspended and restarted), timed out, killed with SIGKILL at random moments
and resumed; the same seed gives the same events each time, and for one worker as for eight.
"""
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
SCRIPTS = pathlib.Path(__file__).resolve().parent / "scripts"
PACKAGE = SCRIPTS.parents[2] / "python"

# Where a report stands among those received depends on which program was faster, so not `report`.
QUERY = """SELECT row_number() OVER (ORDER BY number), kind, history.trial, time, detail, attempt, resource,
             accuracy, size
           FROM history LEFT JOIN reports ON history.report = reports.sequence ORDER BY number"""

SEARCH = """
local ag = require "mohpo"
local study = ag.experiment { name = "s", seed = 3, num_trials = TRIALS, parallel_trials = 4,
  space = { width = ag.Int(2, 64, { log = true }), rate = ag.Real(1e-4, 1, { log = true }) },
  objectives = { { "accuracy", "MAX" }, { "size", "MIN" } }, MORE
  scheduler = ag.hyperband { max_t = 9, type = "TYPE" },
  train = ag.command { WORDS, stop = { kill_after = 5 } } }:run()
local ends = {}
for _, t in ipairs(study.trials) do ends[t.state] = (ends[t.state] or 0) + 1 end
local words = {}
for state, count in pairs(ends) do words[#words + 1] = count .. " " .. state end
table.sort(words)
print(table.concat(words, ", "))
"""

WORDS = {
    "digits_plain": '"--width", "{width}", "--rate", "{rate}", '
    'reports = "epoch (?epoch) accuracy (?accuracy) size (?size)"',
    "digits_mohpo": "",
    "torch_plain": '"{width}", "{rate}"',
    "torch_mohpo": "",
}


class Search:
    """A search with one of the scripts."""

    def __init__(self, folder, name, kind, trials=8, more="", pause=None):
        self.path, self.name = folder / f"{name}.lua", name
        words = [f'"{sys.executable}"', f'"{SCRIPTS / name}.py"', WORDS[name]]
        if pause:
            words.append(f'pause = "{pause}"')
        text = SEARCH.replace("TRIALS", str(trials)).replace("MORE", more).replace("TYPE", kind)
        self.path.write_text(text.replace("WORDS", ", ".join(filter(None, words))))

    def start(self, study, *options):
        return subprocess.Popen(
            [PROGRAM, "--quiet", "--study", str(study), *options, str(self.path)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(PACKAGE)})

    def run(self, study, *options):
        process = self.start(study, *options)
        output, errors = process.communicate(timeout=600)
        if process.returncode != 0:
            sys.exit(f"{self.name}: exit code {process.returncode}: {errors}")
        return output.strip()

    def kill_and_resume(self, study, kills, longest):
        """Kills the program at random moments, resumes it each time, and runs the rest."""
        for _ in range(kills):
            process = self.start(study, *(["--resume"] if study.exists() else []))
            try:
                process.wait(random.uniform(0.3, longest))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            process.communicate()
        return self.run(study, *(["--resume"] if study.exists() else []))


def events(study):
    return list(sqlite3.connect(study).execute(QUERY))


def children():
    """Scripts that run, and dead ones."""
    found = subprocess.run(["ps", "-eo", "pid,args"], stdout=subprocess.PIPE, text=True).stdout
    return [line for line in found.splitlines() if str(SCRIPTS) in line]


def expect(name, wanted, got, errors=""):
    if wanted != got:
        sys.exit(f"{name}: expected {wanted}, got {got}\n{errors}")


def same_search(folder, name, kind, pause):
    """One worker and eight, and after kills: the same events."""
    search = Search(folder, name, kind, pause=pause)
    title = f"{name}, {kind}" + (f", {pause}" if pause else "")
    first, other, killed = (folder / f"{name}-{kind}-{pause}-{way}.db" for way in "abc")
    start = time.monotonic()
    ends = search.run(first, "--workers", "1")
    seconds = time.monotonic() - start
    expect(title, ends, search.run(other, "--workers", "8"))
    expect(f"{title}: events for 8 workers", events(first), events(other))
    search.kill_and_resume(killed, 4, 0.8 * seconds)
    wanted = [row[1:] for row in events(first) if row[1] != "resumed"]
    expect(f"{title}: events after kills", wanted, [row[1:] for row in events(killed) if row[1] != "resumed"])
    expect(f"{title}: scripts that are left", [], children())
    print(f"{title}: {ends}, {len(wanted)} events, the same for 1 and 8 workers and after 4 kills, "
          f"{seconds:.1f} s", flush=True)


def plain_and_changed(folder):
    """A script finds the same, whether it prints or speaks."""
    for pair in (("digits_plain", "digits_mohpo"), ("torch_plain", "torch_mohpo")):
        found = []
        for name in pair:
            study = folder / f"{name}-pair.db"
            Search(folder, name, "stopping").run(study)
            found.append(events(study))
        expect(f"{pair[1]} beside {pair[0]}", *found)
        print(f"{pair[0]} and {pair[1]}: the same {len(found[0])} events", flush=True)


def timed_out(folder):
    search = Search(folder, "torch_plain", "stopping", more="trial_time_out = 0.2, retries = 0,")
    process = search.start(folder / "time.db")
    output, _ = process.communicate(timeout=120)
    expect("trials that time out", ("8 failed", 1), (output.strip(), process.returncode))
    expect("trials that time out: scripts that are left", [], children())
    print("trials that time out: 8 failed, nothing left", flush=True)


def interrupted(folder):
    search = Search(folder, "torch_mohpo", "promotion", trials=30)
    process = search.start(folder / "interrupted.db")
    time.sleep(6)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    expect("Ctrl-C", 130, process.returncode, errors)
    expect("Ctrl-C: scripts that are left", [], children())
    print("Ctrl-C: nothing left", flush=True)


def parts(place):
    """What there is to try, by name."""
    yield "pairs", lambda: plain_and_changed(place)
    for name in WORDS:
        yield f"kills {name}", lambda: same_search(place, name, "stopping", None)
    for name, pause in (("digits_plain", "suspend"), ("torch_mohpo", "suspend"),
                        ("torch_mohpo", "restart"), ("digits_plain", "restart")):
        yield f"pauses {name} {pause}", lambda: same_search(place, name, "promotion", pause)
    yield "times", lambda: timed_out(place)
    yield "ctrl-c", lambda: interrupted(place)


random.seed(1)
with tempfile.TemporaryDirectory() as place:
    for title, part in parts(pathlib.Path(place)):
        if not sys.argv[2:] or any(title.startswith(word) for word in sys.argv[2:]):
            part()
