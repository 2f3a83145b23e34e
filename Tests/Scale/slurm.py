#!/usr/bin/env python3
"""Runs a study as an array of Slurm jobs under a real slurmctld and several slurmd on this machine, preempts a job and
fails a node, and compares the events with those of an undisturbed run. Needs root, and Debian's slurmctld, slurmd,
slurm-client and munge. Argument: the program."""
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from server import Server  # noqa: E402

PROGRAM, NODES = str(pathlib.Path(sys.argv[1]).resolve()), 3
TRIALS, LIMIT = 60, 180


class Cluster:
    """A cluster of one machine: a controller, and a daemon for each node."""

    def __init__(self, folder):
        self.folder, self.daemons = folder, []
        host = socket.gethostname().split(".")[0]
        key = folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o600)
        self.munge = folder / "munge.socket"
        conf = folder / "slurm.conf"
        ports = 17000 + os.getpid() % 1000
        nodes = "\n".join(
            f"NodeName=n{n} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports + n} CPUs=2 State=UNKNOWN"
            for n in range(1, NODES + 1))
        conf.write_text(f"""
ClusterName=mohpo
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports}
AuthType=auth/munge
AuthInfo=socket={self.munge},cred_expire=5
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
SlurmdParameters=config_overrides
SlurmdTimeout=10
KillWait=5
MessageTimeout=20
JobRequeue=1
MailProg=/bin/true
{nodes}
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
SlurmctldParameters=preempt_send_user_signal
PartitionName=low Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1 GraceTime=10
PartitionName=high Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=9 PreemptMode=OFF
""")
        (folder / "state").mkdir()
        self.environment = {**os.environ, "SLURM_CONF": str(conf)}
        self._start("munged", "--foreground", "--force", f"--key-file={key}", f"--socket={self.munge}",
                    f"--pid-file={folder}/munge.pid", f"--log-file={folder}/munge.log",
                    f"--seed-file={folder}/munge.seed")
        time.sleep(1)
        self._start("slurmctld", "-D", "-f", str(conf))
        self.nodes = [self._start("slurmd", "-D", "-f", str(conf), "-N", f"n{n}") for n in range(1, NODES + 1)]

    def _start(self, name, *words):
        path = shutil.which(name, path="/usr/sbin:/usr/bin:" + os.environ["PATH"])
        log = open(self.folder / f"{name}-{len(self.daemons)}.out", "w")
        daemon = subprocess.Popen([path, *words], env=self.environment, stdout=log, stderr=log)
        self.daemons.append(daemon)
        return daemon

    def run(self, *words, **others):
        done = subprocess.run(words, env={**self.environment, **others}, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()

    def wait_for(self, what, *words, found):
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            try:
                if found(self.run(*words)):
                    return
            except subprocess.CalledProcessError:
                pass  # The controller is not there yet.
            time.sleep(0.2)
        self.fail(f"{what} does not come: {self.run(*words)}")

    def fail(self, reason):
        for path in sorted(self.folder.glob("*.log")) + sorted(self.folder.glob("job-*")):
            print(f"--- {path.name}:\n{path.read_text()[-3000:]}", file=sys.stderr)
        sys.exit(f"slurm: {reason}")

    def close(self):
        end = time.monotonic() + 20
        while time.monotonic() < end and subprocess.run(
                ["squeue", "-h"], env=self.environment, stdout=subprocess.PIPE, check=False).stdout:
            time.sleep(0.2)
        time.sleep(1)  # What a job has started ends a little later.
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in self.daemons:
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()


def export(study, folder):
    return subprocess.run([PROGRAM, "export", study, "--format", "jsonl"], cwd=folder, text=True, check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.splitlines()


def main():
    with tempfile.TemporaryDirectory() as name, Server() as server:
        folder = pathlib.Path(name)
        reference = str(folder / "reference.db")
        subprocess.run([PROGRAM, "--quiet", "--study", reference, str(HERE / "search.lua"), "promotion", str(TRIALS)],
                       check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cluster = Cluster(folder)
        try:
            check(cluster, server, folder, reference)
        finally:
            cluster.close()


def check(cluster, server, folder, reference):
    database = server.database("slurm")

    def started():
        try:
            return int(server.query("SELECT count(*) FROM mohpo.events WHERE kind = 'started'", "slurm"))
        except subprocess.CalledProcessError:
            return 0

    cluster.wait_for("a node", "sinfo", "-h", "-o", "%T", found=lambda text: set(text.split()) == {"idle"})
    job = cluster.run(
        "sbatch", "--parsable", f"--array=1-{NODES}", "--cpus-per-task=2", f"--output={folder}/job-%a",
        str(HERE / "../../scripts/slurm/study.sbatch"), str(HERE / "search.lua"), "promotion", str(TRIALS), "0.05",
        MOHPO_STUDY=database, MOHPO_PROGRAM=PROGRAM)
    end = time.monotonic() + LIMIT
    while started() < 15:
        if time.monotonic() > end:
            cluster.fail("the study does not begin")
        time.sleep(0.1)
    # A job of more weight takes a node, for a moment.
    cluster.run("srun", "--partition=high", "--cpus-per-task=2", "sleep", "2")
    # A node fails: its daemon and all that it has started.
    cluster.run("scontrol", "update", "NodeName=n2", "State=DOWN", "Reason=test")
    while started() < 30:
        if time.monotonic() > end:
            cluster.fail("the study does not go on")
        time.sleep(0.1)
    try:
        cluster.run("scontrol", "update", "NodeName=n2", "State=RESUME")
    except subprocess.CalledProcessError:
        pass  # Its daemon has said that it is back.
    cluster.wait_for("the end", "squeue", "-h", "-j", job, "-o", "%T", found=lambda text: text == "")
    wanted, got = export(reference, folder), export(database, folder)
    if wanted != got:
        cluster.fail("other events than in an undisturbed run")
    if not any("interrupted" in path.read_text() for path in folder.glob("job-*")):
        cluster.fail("no job was told of its preemption")
    agents = int(server.query("SELECT count(*) FROM mohpo.agents", "slurm"))
    if agents <= NODES:
        cluster.fail(f"expected more than {NODES} agents, as jobs were started again, got {agents}")
    print(f"slurm: {len(got)} events as in an undisturbed run, by {agents} agents on {NODES} nodes")


if __name__ == "__main__":
    main()
