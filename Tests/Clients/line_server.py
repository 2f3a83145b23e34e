"""A server of `s.lua` on a socket, for clients that send what they should not."""

import json
import os
import socket
import subprocess
import time


class Server:
    """Runs `mohpo-lua serve --socket s.sock s.lua`, and sees at its end that it still answers."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "serve", "--socket", "s.sock", "--study", "memory", "s.lua"],
            stdout=subprocess.DEVNULL)

    def __enter__(self):
        while not os.path.exists("s.sock"):
            time.sleep(0.01)
        return self

    def __exit__(self, kind, error, traceback):
        try:
            if kind is None:
                assert self.connect().ask(b'{"study":1,"id":9}')["id"] == 9
                self.process.terminate()
                print(self.process.wait(60))
        finally:
            self.process.kill()
            self.process.wait()

    def connect(self):
        line = Line(socket.AF_UNIX)
        while line.connect_ex("s.sock"):
            time.sleep(0.01)
        return line

    def memory(self):
        """The greatest number of MiB that the server has held."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return next(int(line.split()[1]) >> 10 for line in file if line.startswith("VmHWM"))


class Line(socket.socket):
    """A connection of lines."""

    def answer(self):
        if not hasattr(self, "reader"):
            self.reader = self.makefile("rb", 0)
        return json.loads(self.reader.readline())

    def ask(self, text):
        self.sendall(text + b"\n")
        return self.answer()
