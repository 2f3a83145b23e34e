#!/usr/bin/env python3
"""What programs as trials cost: bench.py PROGRAM. Prints each figure beside what it is to be."""
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
HERE = pathlib.Path(__file__).resolve().parent

SCRIPT = """
local ag = require "mohpo"
local command = ag.command {{ {words}, env = {{ OUT = "{{dir}}" }} }}
ag.experiment {{ name = "s", space = {{ x = ag.Real(0, 1) }}, objectives = {{ loss = "MIN" }}, seed = 1,
  num_trials = {trials}, parallel_trials = {slots},
  scheduler = ag.hyperband {{ max_t = {reports}, grace_period = {reports}, type = "stopping" }},
  train = command }}:run()
"""


def run(folder, study="memory", **values):
    """The seconds that a study takes, beside one of no program."""
    path = folder / "s.lua"
    path.write_text(SCRIPT.format(**values))
    start = time.monotonic()
    subprocess.run([PROGRAM, "--quiet", "--study", study, str(path)], check=True)
    return time.monotonic() - start


def words(*arguments):
    return ", ".join(f'"{word}"' for word in arguments)


def show(name, value, goal):
    print(f"{name:44} {value:>14}   ({goal})", flush=True)


def reports(folder, trial, study):
    times = folder / "times"
    times.unlink(missing_ok=True)
    run(folder, study, words=words(trial, "20000", times), trials=1, slots=1, reports=20000)
    found = sorted(map(float, times.read_text().split()))
    return statistics.median(found), found[int(0.99 * len(found))]


def main(folder):
    trial = folder / "trial"
    subprocess.run(["cc", "-O2", "-o", trial, HERE / "trial.c"], check=True)
    (folder / "empty.lua").write_text("")
    start = time.monotonic()
    for _ in range(5):
        subprocess.run([PROGRAM, str(folder / "empty.lua")], check=True)
    idle = (time.monotonic() - start) / 5

    for study, place in (("memory", "in memory"), (str(folder / "k.db"), "in a file")):
        median, most = reports(folder, trial, study)
        show(f"a report and its answer, {place}", f"{median:.0f} µs", "≤ 100 µs median")
        show("  99 % of them", f"{most:.0f} µs", "")
    for slots in (1, 4, 16):
        times = folder / f"times{slots}"
        count = 40000 // slots
        seconds = run(
            folder, words=words(trial, count, times), trials=slots, slots=slots, reports=count)
        show(f"reports over {slots} programs", f"{count * slots / (seconds - idle):.0f}/s",
             "≥ 10,000/s")
    count = 40000 // 4
    seconds = run(folder, words=words(trial, count), trials=4, slots=4, reports=count)
    show("printed reports over 4 programs", f"{count * 4 / (seconds - idle):.0f}/s", "≥ 10,000/s")

    start = time.monotonic()
    for _ in range(300):
        subprocess.run([trial, "1"], stdout=subprocess.DEVNULL, check=True)
    own = (time.monotonic() - start) / 300
    seconds = run(folder, words=words(trial, 1), trials=300, slots=1, reports=1)
    show("a start beside the program's own", f"{1000 * ((seconds - idle) / 300 - own):.2f} ms",
         f"≤ 5 ms; started from Python it takes {1000 * own:.2f} ms")

    echo = "echo '{{\\\"epoch\\\":'$i',\\\"loss\\\":1}'"
    loop = f"for i in 1 2 3 4 5 6 7 8; do sleep 0.4; {echo}; done"
    seconds = run(folder, words=words("sh", "-c", loop), trials=12, slots=4, reports=8)
    show("12 trials of 8 × 0.4 s in 4 slots", f"{seconds:.2f} s", "≤ 11.04 s, 1.15 × the ideal 9.6 s")


with tempfile.TemporaryDirectory() as folder:
    main(pathlib.Path(folder))
