"""A PostgreSQL server of a check's own, in a temporary folder. As root it runs as the user postgres."""
import glob
import os
import pathlib
import shutil
import subprocess
import tempfile


def programs():
    """Where the server's programs are; None where PostgreSQL is not installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True)
    if found:
        return str(pathlib.Path(found[0]).parent)
    other = shutil.which("initdb")
    return str(pathlib.Path(other).parent) if other else None


class Server:
    def __init__(self, options="-c fsync=off"):
        self.bin, self.options = programs(), options
        self.folder = tempfile.mkdtemp(prefix="mohpo-pg-", dir="/tmp")
        os.chmod(self.folder, 0o755)
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C",
                  "-D", f"{self.folder}/data")
        self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.stop()
        except subprocess.CalledProcessError:
            pass  # It was stopped before.
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program, *arguments):
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        subprocess.run([*user, f"{self.bin}/{program}", *arguments], check=True, cwd="/",
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def start(self):
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-w", "-o",
                  f"-k {self.folder} -c listen_addresses= {self.options}", "start")

    def stop(self):
        """Stops it at once, as a crash would."""
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-m", "immediate", "stop")

    def query(self, statement, database="postgres"):
        """The first value that a statement gives, as text; empty where it gives none."""
        done = subprocess.run(
            [f"{self.bin}/psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder,
             "-U", "postgres", "-d", database, "-c", statement],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
        return done.stdout.strip()

    def database(self, name):
        self.query(f"CREATE DATABASE {name}")
        return f"postgres://postgres@/{name}?host={self.folder}"
