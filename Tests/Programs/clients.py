#!/usr/bin/env python3
"""Ten clients that ask and tell at once and are killed at random: clients.py PROGRAM [--long].

Every configuration that was handed out is reported once, or handed out again. Ends with 0 where that is so.
"""
import collections
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve()
PACKAGE = HERE.parents[2] / "python"
sys.path.insert(0, str(PACKAGE))

import mohpo  # noqa: E402

CLIENTS = 10
LEASE = 0.5

SCRIPT = """
local ag = require "mohpo"
ag.experiment { name = "s", seed = 4, num_trials = TRIALS, parallel_trials = 10,
  space = { x = ag.Real(0, 1), n = ag.Int(1, 1000) }, objectives = { loss = "MIN" },
  scheduler = ag.hyperband { max_t = 9, type = "TYPE" } }:run()
"""


def client(socket, diary):
    """Runs trials, and keeps a diary: what it was given, and what became of it."""
    random.seed(os.getpid())
    book = os.open(diary, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(*what):
        os.write(book, (json.dumps(what) + "\n").encode())

    try:
        with mohpo.open(f"unix:{socket}") as study:
            for trial in study:
                note("given", trial.id, trial.resource, trial.args)
                word = "go"
                for epoch in range(trial.resource + 1, 10):
                    time.sleep(random.uniform(0, 0.02))
                    word = trial.report(epoch=epoch, loss=trial.x + 1 / epoch)
                    if word != "go":
                        break
                    if epoch % 2 == 0:
                        trial.checkpoint(epoch)
                else:
                    trial.done()
                note("left", trial.id, word)
    except (mohpo.Disconnected, mohpo.Refused):
        pass


def diary_of(path):
    try:
        return [json.loads(line) for line in path.read_text().splitlines()]
    except OSError:
        return []


def has_trial(book):
    """Whether the last word of a diary is a trial that was given."""
    return bool(book) and book[-1][0] == "given"


def check(kind, trials, kills, folder, program):
    script, socket, study = folder / "s.lua", folder / "s.sock", folder / f"{kind}.db"
    script.write_text(SCRIPT.replace("TRIALS", str(trials)).replace("TYPE", kind))
    server = subprocess.Popen(
        [program, "serve", "--socket", socket, "--lease", str(LEASE), "--study", study, script],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    running, diaries, killed = {}, [], []

    def start():
        diary = folder / f"{kind}-{len(diaries)}.txt"
        diaries.append(diary)
        process = subprocess.Popen(
            [sys.executable, HERE, "--client", socket, diary],
            env={**os.environ, "PYTHONPATH": str(PACKAGE)})
        running[process] = diary

    begin = time.monotonic()
    try:
        while not socket.exists():
            assert server.poll() is None, "the server has not begun"
            time.sleep(0.01)
        for _ in range(CLIENTS):
            start()
        while running:
            time.sleep(random.uniform(0.01, 0.08))
            for process in [process for process in running if process.poll() is not None]:
                assert process.returncode == 0, f"a client ended with {process.returncode}"
                del running[process]
            # Most of those that are killed have a trial; some die while they start or ask.
            held = [one for one, diary in running.items() if has_trial(diary_of(diary))]
            if len(killed) == kills or not held:
                continue
            victim = random.choice(held if random.random() < 0.9 else list(running))
            victim.send_signal(signal.SIGKILL)
            if victim.wait() == -signal.SIGKILL:
                killed.append(running[victim])
                start()
            del running[victim]
        assert server.wait(60) == 0, f"the server ended with {server.returncode}"
    finally:
        for process in [*running, server]:
            process.kill()
            process.wait()
    tell(kind, study, diaries, killed, time.monotonic() - begin)


def tell(kind, path, diaries, killed, seconds):
    """Compares what clients were given with what the study has, and shows the counts."""
    study = mohpo.load(path)
    ends = {trial["id"]: trial["state"] for trial in study.trials}
    books = {diary: diary_of(diary) for diary in diaries}
    given = collections.Counter(entry[1] for book in books.values() for entry in book if entry[0] == "given")
    arguments = collections.defaultdict(set)
    for book in books.values():
        for entry in book:
            if entry[0] == "given":
                arguments[entry[1]].add(json.dumps(entry[3], sort_keys=True))
    assert set(given) <= set(ends), "a trial was given that the study has not"
    for trial, found in arguments.items():
        assert len(found) == 1, f"trial {trial}: given with {found}"
    # A paused trial waits at a rung for a promotion that never came.
    over = {"completed", "stopped", *(["paused"] if kind == "promotion" else [])}
    for trial, state in ends.items():
        assert state in over, f"trial {trial} is {state}"
        assert given[trial] > 0, f"trial {trial}: {state}, and given to no one"
        epochs = [row["resource"] for row in study.reports if row["trial"] == trial]
        assert epochs == list(range(1, len(epochs) + 1)), f"trial {trial}: reported {epochs}"
    held = [diary for diary in killed if has_trial(books[diary])]
    again = 0
    for diary in held:
        trial = books[diary][-1][1]
        again += given[trial] > sum(entry[:2] == ["given", trial] for entry in books[diary])
    print(
        f"{kind}: {len(ends)} trials, {len(study.reports)} reports, {len(diaries)} clients of which "
        f"{len(killed)} were killed, {len(held)} with a trial: {again} given again, the others "
        f"were at their last report; {sum(given.values())} times given; none lost, none reported twice, "
        f"{seconds:.1f} s",
        flush=True)


def main():
    is_long = "--long" in sys.argv
    program = str(pathlib.Path(sys.argv[1]).resolve())
    try:
        with tempfile.TemporaryDirectory() as folder:
            for kind in ("stopping", "promotion"):
                check(kind, 200 if is_long else 40, 200 if is_long else 20, pathlib.Path(folder), program)
    except AssertionError as error:
        sys.exit(f"clients.py: {error}")


if sys.argv[1] == "--client":
    client(sys.argv[2], sys.argv[3])
else:
    main()
