#!/usr/bin/env python3
"""What one process decides for many agents: bench.py PROGRAM [--type T] [--slots N] [--seconds S] [--think S].

A process decides about a study on a server of the benchmark's own. Simulated agents have so many slots in all; each
trial reports after a random time with the mean --think. Prints reports a second, and how long a trial waits for a
decision at a rung."""
import argparse
import heapq
import multiprocessing
import pathlib
import random
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE), str(HERE / "../../Tests/Scale")]
from libpq import Connection  # noqa: E402
from server import Server  # noqa: E402

# Where trials wait for a decision, by type, with the `max_t` of search.lua.
RUNGS = {"stopping": {1, 3, 9}, "promotion": {1, 3, 9}, "model": {2, 6, 18}}
END = 27
SLOTS_OF_AGENT = 250

SEND = """
INSERT INTO mohpo.messages (study, agent, serial, trial, attempt, kind, waits, content)
SELECT 1, $1::bigint, serial, trial, 1, 'reported', waits = 1, content::json
FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[]) WITH ORDINALITY
  AS message(serial, trial, waits, content, place)
WHERE EXISTS (SELECT FROM mohpo.assignments
  WHERE study = 1 AND assignments.trial = message.trial AND agent = $1::bigint OFFSET 0)
ORDER BY place ON CONFLICT (agent, serial) DO NOTHING"""
CLAIM = """
WITH free AS (SELECT trial FROM mohpo.assignments WHERE study = 1 AND agent IS NULL AND action = 'start'
  ORDER BY trial LIMIT $2::bigint FOR UPDATE SKIP LOCKED)
UPDATE mohpo.assignments AS known SET agent = $1::bigint FROM free
WHERE known.study = 1 AND known.trial = free.trial RETURNING known.trial"""
ORDERS = """
SELECT trial, action, serial FROM mohpo.assignments WHERE agent = $1::bigint AND serial > $2::bigint
ORDER BY serial"""


class Agent:
    """An agent's connection and its trials."""

    def __init__(self, address, number, slots, options):
        self.connection, self.slots, self.think = Connection(address), slots, options.think
        self.rungs = RUNGS[options.type]
        self.random = random.Random(number)
        self.connection.run("LISTEN mohpo_1")
        self.id = self.connection.run(
            """INSERT INTO mohpo.agents (study, holder, slots, program, directory, owner, until)
               VALUES (1, $1, $2::integer, $3, '', false, clock_timestamp() + interval '1 h')
               RETURNING id""", f"simulated {number}", slots, options.version)[0][0]
        self.due, self.resource, self.paused, self.since, self.waits = [], {}, {}, {}, []
        self.serial, self.seen, self.looked = 0, 0, 0.0

    def turn(self):
        now = time.monotonic()
        self._send(now)
        if self.connection.was_notified() or now - self.looked > 0.5:
            self.looked = now
            self._take_orders()
            free = self.slots - len(self.resource)
            if free > 0:
                for row in self.connection.run(CLAIM, self.id, free):
                    self.resource[row[0]] = 0
                    self._compute(row[0])

    def _compute(self, trial):
        heapq.heappush(self.due, (time.monotonic() + self.random.expovariate(1 / self.think), trial))

    def _send(self, now):
        serials, trials, waits, contents = [], [], [], []
        while self.due and self.due[0][0] <= now:
            trial = heapq.heappop(self.due)[1]
            if trial not in self.resource:
                continue
            resource = self.resource[trial] + 1
            self.serial += 1
            serials.append(str(self.serial))
            trials.append(trial)
            waits.append("1" if resource in self.rungs else "0")
            a, b = self.random.random(), self.random.random()
            contents.append('"{\\"a\\":{\\"real\\":%.6f},\\"b\\":{\\"real\\":%.6f},\\"epoch\\":%d}"' % (a, b, resource))
            if resource in self.rungs:
                self.since[trial] = now
            elif resource < END:
                self._compute(trial)
            self.resource[trial] = resource
            if resource >= END:
                del self.resource[trial]
        if serials:
            self.connection.run(SEND, self.id, *("{%s}" % ",".join(column) for column in (
                serials, trials, waits, contents)))

    def _take_orders(self):
        now = time.monotonic()
        for trial, action, serial in self.connection.run(ORDERS, self.id, self.seen):
            self.seen = max(self.seen, int(serial))
            began = self.since.pop(trial, None)
            if began is not None:
                self.waits.append((now, now - began))
            if action == "continue" and trial in self.paused:
                self.resource[trial] = self.paused.pop(trial)
            if trial not in self.resource:
                continue
            if action == "continue":
                self._compute(trial)
            elif action == "pause":
                self.paused[trial] = self.resource.pop(trial)
            elif action in ("stop", "complete"):
                del self.resource[trial]


def simulate(address, numbers, slots, options, begin, queue):
    agents = [Agent(address, number, slots, options) for number in numbers]
    while time.monotonic() < begin + options.seconds:
        for agent in agents:
            agent.turn()
        time.sleep(0.002)
    # The first third only fills the slots.
    queue.put([wait for agent in agents for moment, wait in agent.waits if moment > begin + options.seconds / 3])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--type", default="stopping")
    parser.add_argument("--slots", type=int, default=10000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=2)
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    options.version = subprocess.run([program, "--version"], capture_output=True, check=True, text=True).stdout.strip()
    count = max(1, options.slots // SLOTS_OF_AGENT)
    slots = -(-options.slots // count)
    with Server("-c fsync=off -c max_connections=200 -c shared_buffers=256MB") as server, \
            tempfile.TemporaryDirectory() as folder:
        address = server.database("bench")
        decider = subprocess.Popen(
            [program, "--quiet", "--study", address, "--slots", "0", str(HERE / "search.lua"), options.type,
             str(options.slots), "10000000"], cwd=folder)
        try:
            while True:
                time.sleep(0.2)
                try:
                    if server.query("SELECT count(*) FROM mohpo.assignments", "bench") != "0":
                        break
                except subprocess.CalledProcessError:
                    pass  # There are no tables yet.
            measure(server, address, count, slots, options)
        finally:
            decider.kill()
            decider.wait()


def measure(server, address, count, slots, options):
    def numbers():
        rows = server.query("""SELECT reports, (SELECT count(*) FROM mohpo.events WHERE kind IN
            ('started', 'decided', 'promoted')), (SELECT count(*) FROM mohpo.messages) FROM mohpo.leases""", "bench")
        return [int(word) for word in rows.split("|")]

    begin, queue = time.monotonic(), multiprocessing.Queue()
    processes = [multiprocessing.Process(
        target=simulate, args=(address, range(first, count, 2), slots, options, begin, queue)) for first in range(2)]
    for process in processes:
        process.start()
    time.sleep(options.seconds / 3)
    start, first = time.monotonic(), numbers()
    time.sleep(options.seconds / 3)
    last = numbers()
    seconds = time.monotonic() - start
    waits = sorted(wait for _ in processes for wait in queue.get())
    for process in processes:
        process.join()
    reports, decisions = ((b - a) / seconds for a, b in zip(first[:2], last[:2]))
    print(f"{options.type}, {options.slots} slots of {count} agents: {reports:.0f} reports/s, "
          f"{decisions:.0f} decisions/s; {last[2]} messages wait")
    if waits:
        print(f"a decision: median {1000 * waits[len(waits) // 2]:.0f} ms, "
              f"p99 {1000 * waits[int(0.99 * (len(waits) - 1))]:.0f} ms, from the report to its order")


if __name__ == "__main__":
    main()
