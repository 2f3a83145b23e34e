"""A server of `s.lua` over HTTP, asked well and badly. Requests go to loopback alone."""

import http.client
import json
import re
import socket
import subprocess
import threading


class Server:
    """Runs `mohpo-lua serve --port 0 OPTIONS s.lua`."""

    def __init__(self, program, *options):
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0", *options, "s.lua"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        said, found = "", None
        while found is None:
            line = self.process.stderr.readline()
            assert line, f"no address: {said}"
            said += line
            found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        self.url, self.port = found.group(0), int(found.group(1))
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()

    def ask(self, method, path, body, headers):
        """The status and the JSON of a request's answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, json.loads(content)

    def connect(self, text=b""):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection.sendall(text)
        return connection

    def hostile(self):
        """Broken requests, half requests, and readers that never read: none may end the server."""
        for text in (b"\r\n\r\n", b"GET\r\n\r\n", b"\0" * 1000, b"GET / HTTP/9\r\n\r\n",
                     b"POST /v1/ask HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                     b"POST /v1/ask HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                     b"POST /v1/ask HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                     b"GET /v1/front HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n"):
            with self.connect(text) as connection:
                try:
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(1 << 16):
                        pass
                except OSError:
                    # What was sent and not read makes an end of the other side a reset.
                    pass
        line = b"GET /v1/study HTTP/1.1\r\nHost: localhost\r\n\r\n"
        # More than there may be connections: those that never end a request, or never read.
        kept = [self.connect(line[:20]) for _ in range(150)]
        kept += [self.connect(line * 50) for _ in range(50)]
        assert self.ask("GET", "/v1/study", None, {})[0] == 200
        for connection in kept:
            connection.close()
