#!/usr/bin/env python3
"""Runs studies in several processes while processes, connections and the server fail, and compares their events
with those of an undisturbed run on one machine: in the short form some faults in one study, with --long 2,000 trials
for each fault and each type of scheduler."""
import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from server import Server, programs  # noqa: E402

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("program")
parser.add_argument("--long", action="store_true")
parser.add_argument("--trials", type=int, help="how many")
parser.add_argument("--only", help="the fault of that name, decider_killed say")
ARGUMENTS = parser.parse_args()
PROGRAM = str(pathlib.Path(ARGUMENTS.program).resolve())
LONG = ARGUMENTS.long
SCRIPT = str(pathlib.Path(__file__).resolve().parent / "search.lua")
PACE = "0.005" if LONG else "0.02"
LIMIT = 1200 if LONG else 200


class Run:
    """A study that several processes run."""

    def __init__(self, server, folder, kind, trials):
        self.server, self.folder, self.kind, self.trials = server, folder, kind, trials
        self.name = f"f{time.monotonic_ns()}"
        self.address = server.database(self.name)
        self.processes, self.gone, self.count = [], [], 0

    def start(self, *words, address=None, before=()):
        """Starts a process; words: the command, and its options."""
        self.count += 1
        log = open(self.folder / f"{self.name}-{self.count}", "w+")
        process = subprocess.Popen(
            [*before, PROGRAM, *words, "--study", address or self.address, SCRIPT, self.kind, str(self.trials),
             PACE], cwd=self.folder, stdout=subprocess.PIPE, stderr=log, text=True)
        process.log = log
        self.processes.append(process)
        return process

    def value(self, statement):
        return self.server.query(statement, self.name)

    def wait_for(self, share):
        """Waits until that share of the trials has started."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            try:
                count = self.value("SELECT count(*) FROM mohpo.events WHERE kind = 'started'")
            except subprocess.CalledProcessError:
                count = "0"  # There are no tables yet.
            if int(count) >= share * self.trials:
                return
            time.sleep(0.05)
        self.fail("the study does not come forward")

    def decider(self):
        """The process that decides."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            holder = self.value("SELECT holder FROM mohpo.leases WHERE until > clock_timestamp()")
            found = re.match(r"process (\d+) on", holder)
            for process in self.processes:
                if found and process.pid == int(found[1]):
                    return process
            time.sleep(0.1)
        self.fail("no process decides")

    def kill(self, process):
        process.kill()
        process.wait()
        self.processes.remove(process)
        self.gone.append(process)

    def agents(self):
        decider = self.decider()
        return [process for process in self.processes if process is not decider]

    def fail(self, reason):
        for process in self.processes + self.gone:
            process.kill()
            process.log.seek(0)
            print(f"--- process {process.pid}:\n{process.log.read()}", file=sys.stderr)
        sys.exit(f"{self.kind}, {self.title}: {reason}")

    def finish(self, title, reference):
        """Waits for the end, and compares."""
        self.title = title
        for process in self.processes:
            try:
                output, _ = process.communicate(timeout=LIMIT)
            except subprocess.TimeoutExpired:
                self.fail(f"process {process.pid} does not end")
            if process.returncode != 0:
                self.fail(f"process {process.pid}: exit code {process.returncode}")
            if output != reference.output:
                self.fail(f"process {process.pid}: another front: {output}")
        events = export(self.address, self.folder)
        for number, (expected, got) in enumerate(zip(reference.events, events)):
            if expected != got:
                self.fail(f"event {number}: expected {expected}, got {got}")
        if len(events) != len(reference.events):
            self.fail(f"expected {len(reference.events)} events, got {len(events)}")
        left = self.value("SELECT count(*) FROM mohpo.messages")
        reports = self.value("SELECT count(*) - count(DISTINCT (trial, attempt, resource)) FROM mohpo.reports")
        if reports != "0":
            self.fail(f"{reports} reports are there twice")
        print(f"{self.kind}, {title}: {len(events)} events as in an undisturbed run, {left} messages left",
              flush=True)


def export(study, folder):
    done = subprocess.run([PROGRAM, "export", study, "--format", "jsonl"], cwd=folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return done.stdout.splitlines()


class Reference:
    """The study of an undisturbed run on one machine."""

    def __init__(self, folder, kind, trials):
        path = folder / f"{kind}.db"
        done = subprocess.run(
            [PROGRAM, "--quiet", "--study", str(path), SCRIPT, kind, str(trials)], cwd=folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            sys.exit(f"{kind}: exit code {done.returncode}: {done.stderr}")
        self.output, self.events = done.stdout, export(path, folder)


def three(run):
    run.title = "start"
    run.start("run", "--quiet", "--slots", "2")
    run.wait_for(0.01)
    run.start("worker", "--slots", "2")
    run.start("worker", "--slots", "2")


def decider_killed(run):
    three(run)
    run.wait_for(0.3)
    began = time.monotonic()
    run.kill(run.decider())
    run.decider()
    return f"decider killed, the next one decides after {time.monotonic() - began:.1f} s"


def decider_frozen(run):
    three(run)
    run.wait_for(0.3)
    frozen = run.decider()
    frozen.send_signal(signal.SIGSTOP)
    time.sleep(4)
    other = run.decider()
    if other is frozen:
        run.fail("nothing has taken over")
    run.wait_for(0.5)
    frozen.send_signal(signal.SIGCONT)
    return "decider frozen and woken"


def agents_killed(run):
    three(run)
    run.wait_for(0.3)
    for process in run.agents():
        run.kill(process)
    run.wait_for(0.5)
    run.start("worker", "--slots", "3")
    return "agents killed, another comes"


def server_restarted(run):
    three(run)
    run.wait_for(0.3)
    run.server.stop()
    time.sleep(2)
    run.server.start()
    return "server stopped and started"


def all_killed(run):
    three(run)
    run.wait_for(0.3)
    for process in list(run.processes):
        run.kill(process)
    run.start("run", "--quiet", "--resume", "--slots", "6")
    return "all processes killed, one resumes"


def everything(run):
    three(run)
    run.wait_for(0.2)
    run.kill(run.agents()[0])
    run.kill(run.decider())
    run.start("worker", "--slots", "3")
    run.wait_for(0.5)
    run.server.stop()
    time.sleep(0.5)
    run.server.start()
    return "an agent and the decider killed, the server stopped and started"


class Network:
    """A namespace with a network of its own, whose cable can be pulled."""
    SPACE, INSIDE, OUTSIDE = "mohpo-test", "mohpo-in", "mohpo-out"

    def __enter__(self):
        # One that was killed may have left its own.
        for words in [("netns", "del", self.SPACE), ("link", "del", self.OUTSIDE)]:
            subprocess.run(["ip", *words], check=False, stderr=subprocess.DEVNULL)
        self._ip("netns", "add", self.SPACE)
        self._ip("link", "add", self.OUTSIDE, "type", "veth", "peer", "name", self.INSIDE, "netns", self.SPACE)
        self._ip("addr", "add", "10.213.77.1/30", "dev", self.OUTSIDE)
        self._ip("link", "set", self.OUTSIDE, "up")
        self._ip("-n", self.SPACE, "addr", "add", "10.213.77.2/30", "dev", self.INSIDE)
        self._ip("-n", self.SPACE, "link", "set", self.INSIDE, "up")
        return self

    def __exit__(self, *_):
        subprocess.run(["ip", "netns", "del", self.SPACE], check=False)

    def _ip(self, *words):
        subprocess.run(["ip", *words], check=True)

    def cut(self):
        self._ip("link", "set", self.OUTSIDE, "down")

    def repair(self):
        self._ip("link", "set", self.OUTSIDE, "up")


def network_cut(network):
    def fault(run):
        run.title = "start"
        run.start("run", "--quiet", "--slots", "2")
        run.wait_for(0.01)
        address = f"postgres://postgres@10.213.77.1/{run.name}"
        run.start("worker", "--slots", "3", address=address, before=["ip", "netns", "exec", network.SPACE])
        run.wait_for(0.2)
        network.cut()
        time.sleep(14)
        run.wait_for(0.6)
        network.repair()
        return "network of an agent cut for 14 s"
    return fault


def networks_work():
    if os.getuid() != 0 or not shutil.which("ip"):
        return False
    try:
        with Network():
            return True
    except subprocess.CalledProcessError:
        subprocess.run(["ip", "link", "del", Network.OUTSIDE], check=False, stderr=subprocess.DEVNULL)
        return False


def check(server, folder, kind, trials, fault, reference):
    run = Run(server, folder, kind, trials)
    run.finish(fault(run), reference)


def main():
    if not programs():
        print("PostgreSQL is not installed")
        return
    trials = ARGUMENTS.trials or (2000 if LONG else 100)
    faults = [decider_killed, decider_frozen, agents_killed, server_restarted, all_killed]
    if ARGUMENTS.only:
        faults = [fault for fault in faults if fault.__name__ == ARGUMENTS.only]
    elif not LONG:
        faults = [everything]
    with tempfile.TemporaryDirectory() as name, Server() as server:
        folder = pathlib.Path(name)
        for kind in ["stopping", "promotion", "model"] if LONG else ["promotion"]:
            reference = Reference(folder, kind, trials)
            for fault in faults:
                check(server, folder, kind, trials, fault, reference)
    if ARGUMENTS.only != "network_cut" and (ARGUMENTS.only or not LONG):
        return
    if not networks_work():
        print("no network namespaces here: the cut network was not tried")
        return
    with tempfile.TemporaryDirectory() as name, Network() as network, \
            Server("-c fsync=off -c listen_addresses=10.213.77.1") as server:
        with open(f"{server.folder}/data/pg_hba.conf", "a") as rules:
            rules.write("host all all 10.213.77.0/30 trust\n")
        server.query("SELECT pg_reload_conf()")
        folder = pathlib.Path(name)
        check(server, folder, "stopping", trials, network_cut(network), Reference(folder, "stopping", trials))


if __name__ == "__main__":
    main()
