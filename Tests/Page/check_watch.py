"""Runs a study and watches it: check_watch.py PROGRAM, in a folder with `s.lua`.

Ends with 0 when all is as it should be, else says what is not. Requests go to loopback alone.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

from browser import Browser


def see(value, expected, what):
    """Fails where a value is not what is expected."""
    if value != expected:
        raise AssertionError(f"{what}: expected {expected!r}, got {value!r}")


def status(address, path="/", method="GET", **headers):
    """The status of a request's answer, and its headers."""
    connection = http.client.HTTPConnection(address, timeout=60)
    connection.putrequest(method, path, skip_host=True)
    for name, value in {"Host": address, **headers}.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    result = response.status, dict(response.getheaders())
    connection.close()
    return result


def watch(program, *options):
    """A process that watches, and the address that it prints."""
    process = subprocess.Popen(
        [program, "watch", "growing.db", "--port", "0", *options], stdout=subprocess.PIPE,
        text=True)
    return process, process.stdout.readline().strip()


def strangers(address):
    """What no one should get."""
    see(status(address)[0], 200, "the page")
    for host in ("evil.example", "evil.example:80", "localhost.evil.example"):
        see(status(address, Host=host)[0], 421, f"the page under the name {host}")
        see(status(address, "/events", Host=host)[0], 421, f"events under the name {host}")
    see(status(address, "/other")[0], 404, "another path")
    see(status(address, method="POST")[0], 405, "POST")
    for site in ("cross-site", "same-site"):
        see(status(address, "/events", Sec_Fetch_Site=site)[0], 403, f"events asked for {site}")
    headers = status(address)[1]
    see(headers.get("Cache-Control"), "no-store", "Cache-Control")
    assert "Access-Control-Allow-Origin" not in headers, "other origins may read"


def hanging(address, count):
    """Readers that ask for the events and never read them."""
    host, port = address.rsplit(":", 1)
    readers = []
    for _ in range(count):
        reader = socket.create_connection((host, int(port)), timeout=60)
        reader.sendall(f"GET /events HTTP/1.1\r\nHost: {address}\r\n\r\n".encode())
        readers.append(reader)
    return readers


def with_token(program):
    """On an address that others reach the token is needed."""
    process, url = watch(program, "--address", "0.0.0.0")
    try:
        parts = urlsplit(url)
        address = f"127.0.0.1:{parts.port}"
        assert len(parts.query) > 30, f"no token in {url}"
        see(status(address)[0], 403, "the page without a token")
        see(status(address, "/events")[0], 403, "the events without a token")
        see(status(address, "/?token=wrong")[0], 403, "the page with a wrong token")
        answer, headers = status(address, f"/?{parts.query}")
        see((answer, headers.get("Location")), (303, "/"), "the page with its token")
        cookie = headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie, cookie
        cookie = cookie.split(";")[0]
        for path in ("/", "/events"):
            see(status(address, path, Cookie=f"a=b; {cookie}")[0], 200, f"{path} with the cookie")
            see(status(address, path, Cookie=cookie + "0")[0], 403, f"{path} with a wrong one")
    finally:
        process.kill()
        process.wait()


def main(program):
    run = subprocess.Popen([program, "--study", "growing.db", "--quiet", "s.lua"])
    while not os.path.exists("growing.db"):
        see(run.poll(), None, "the run's end")
        time.sleep(0.02)
    process, url = watch(program)
    try:
        address = urlsplit(url).netloc
        strangers(address)
        readers = hanging(address, 100)
        with Browser() as browser:
            browser.open(url)
            browser.wait("Page.store.trials.length >= 15")
            see(browser.evaluate("Page.store.study.state"), "running", "the state")
            browser.evaluate("window.kept = Page.store; Page.store.select([1])")
            before = browser.evaluate("Page.store.reportCount")
            open("go", "w", encoding="utf-8").close()
            see(run.wait(120), 0, "the run's exit code")
            browser.wait("Page.store.study.state === 'finished'")
            see(browser.evaluate("Page.store.trials.length"), 40, "trials at the end")
            see(browser.evaluate("window.kept === Page.store"), True, "grown by increments")
            see(browser.evaluate("[...Page.store.selected]"), [1], "the selection")
            assert browser.evaluate("Page.store.reportCount") > before, "no report came"
            report(browser, program)
            see(browser.errors, [], "errors")
            own = (url.split("#")[0], "data:", "file:")
            others = [u for u in browser.requests if not u.startswith(own)]
            see(others, [], "requests")
        for reader in readers:
            reader.close()
        see(status(address)[0], 200, "the page at the end")
        with_token(program)
        beside(program)
    finally:
        for child in (process, run):
            child.kill()
            child.wait()


def beside(program):
    """`run --watch` serves the page while its run lasts, and says so to the page when it ends."""
    os.remove("go")
    run = subprocess.Popen(
        [program, "--watch", "--study", "beside.db", "--quiet", "s.lua"], stderr=subprocess.PIPE,
        text=True)
    try:
        line = run.stderr.readline()
        assert line.startswith("mohpo-lua: the page is at http://127.0.0.1:"), line
        address = urlsplit(line.split()[-1]).netloc
        connection = http.client.HTTPConnection(address, timeout=60)
        connection.request("GET", "/events")
        response = connection.getresponse()
        seen, state = [], None
        while "end" not in seen:
            line = response.readline().decode()
            assert line, f"the stream ended after {seen}"
            if line.startswith("event: "):
                seen.append(line[7:].strip())
            elif '"state":"finished"' in line:
                state = "finished"
            elif line.startswith("data: ") and not os.path.exists("go"):
                open("go", "w", encoding="utf-8").close()
        see((seen[0], state), ("study", "finished"), "the first event and the last state")
        assert "mohpo-lua watch beside.db" in response.readline().decode(), "no word of watch"
        see(run.wait(60), 0, "the run's exit code")
        host, port = address.split(":")
        for _ in range(1200):
            with socket.socket() as probe:
                if probe.connect_ex((host, int(port))) != 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the page is served after its run")
    finally:
        run.kill()
        run.wait()


def report(browser, program):
    """The page that grew shows what the report of the finished study shows."""
    shown = "[Page.store.reportCount, Page.store.front.length, Page.store.hypervolume[3].length," \
        " Page.store.trials.map(t => t.state + t.reports.length + t.why).join()]"
    grown = browser.evaluate(shown)
    subprocess.run([program, "report", "growing.db", "--output", "page.html"], check=True)
    browser.open("file://" + os.path.abspath("page.html"))
    see(grown, browser.evaluate(shown), "the page that grew")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except AssertionError as error:
        sys.exit(f"check_watch.py: {error}")
