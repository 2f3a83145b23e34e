"""Stops and adds trials from the page of a run: check_control.py PROGRAM, in a folder with `held.lua`.

Ends with 0 when all is as it should be, else says what is not. Requests go to loopback alone.
"""

import http.client
import json
import os
import stat
import subprocess
import sys
import time
from urllib.parse import urlsplit

from browser import Browser


def see(value, expected, what):
    """Fails where a value is not what is expected."""
    if value != expected:
        raise AssertionError(f"{what}: expected {expected!r}, got {value!r}")


class Forger:
    """Requests that are like the page's, but for what is changed in them."""

    def __init__(self, address, key):
        self.address, self.key = address, key

    def status(self, method="POST", path="/v1/stop", body=None, **changed):
        headers = {
            "Host": self.address, "Origin": f"http://{self.address}",
            "Sec-Fetch-Site": "same-origin", "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/json",
        }
        headers.update({name.replace("_", "-"): value for name, value in changed.items()})
        data = (body or '{"stop":"study"}').encode()
        connection = http.client.HTTPConnection(self.address, timeout=60)
        connection.putrequest(method, path, skip_host=True)
        for name, value in headers.items():
            if value is not None:
                connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status


def strangers(forger):
    """What no other page and no other user can do."""
    see(forger.status(Authorization=None), 401, "a request without a key")
    see(forger.status(Authorization="Bearer " + "0" * 32), 401, "a request with another key")
    for origin in ("http://evil.example", "null", "https://" + forger.address):
        see(forger.status(Origin=origin), 403, f"a request from {origin}")
    for site in ("cross-site", "same-site"):
        see(forger.status(Sec_Fetch_Site=site), 403, f"a request of a page that is {site}")
    see(forger.status(Host="evil.example"), 421, "a request to another name")
    for kind in (None, "text/plain", "application/x-www-form-urlencoded"):
        see(forger.status(Content_Type=kind), 415, f"a request of type {kind}")
    see(forger.status(method="GET"), 405, "GET")
    see(forger.status(path="/v1/report"), 405, "a request that pages do not have")
    for body in ('{"ask":1}', '{"stop":1,"ask":1}', "stop", '{"stop":1}', '{"stop":{"trial":99}}'):
        see(forger.status(body=body), 400, f"the request {body}")
    see(forger.status(body='{"add":"' + "x" * 70000 + '"}', path="/v1/add"), 413, "a long request")


class Window:
    """The page in a browser."""

    def __init__(self, browser):
        self.browser = browser

    def press(self, text):
        """Presses the button with a text, when it is there and all that was asked for is drawn."""
        self.browser.wait(
            "Page.drawing.isDone() && (button => { button?.click(); return button !== undefined; })("
            "[...document.querySelectorAll('button')].find(button =>"
            f" button.textContent === {json.dumps(text)}))")

    def labels(self):
        self.browser.wait("Page.drawing.isDone()")
        return self.browser.evaluate("[...document.querySelectorAll('.requests button')].map("
                                     "button => button.textContent)")

    def until_closed(self):
        self.browser.wait("!document.querySelector('dialog')")

    def add(self, text):
        self.press("Add a configuration …")
        self.browser.evaluate(
            f"document.querySelector('dialog textarea').value = {json.dumps(text)}")
        self.press("Add")


def stop_and_add(window):
    """A trial is stopped, another added, with a mistake in between."""
    browser = window.browser
    browser.evaluate("Page.store.select([1])")
    browser.wait("document.querySelector('#trials tr.details .requests') !== null")
    window.press("Stop trial 1 …")
    window.press("Stop trial 1")
    window.until_closed()
    browser.wait("Page.store.trial(1).state === 'stopped'")
    why = browser.evaluate("Page.store.trial(1).why")
    assert "it was stopped by a user, after step 1" in why, why
    # The slot of trial 1 has another trial.
    browser.wait("Page.store.trials.length === 3")
    window.add('{"y": 1}')
    browser.wait("document.querySelector('dialog .error').textContent.includes('y')")
    window.press("Cancel")
    window.until_closed()
    window.add('{"x": 0.125, "n": 3}')
    window.until_closed()
    browser.evaluate("Page.store.select([2])")
    browser.wait("document.querySelector('#trials tr.details .requests') !== null")
    window.press("Stop trial 2 …")
    window.press("Stop trial 2")
    window.until_closed()
    browser.wait("Page.store.trials.length === 4")
    see(browser.evaluate("[Page.store.trial(4).origin, ...Page.store.trial(4).args]"),
        ["added", 3, 0.125], "the configuration that was added, in the order of names")


def socket_is_own(study):
    """Only this user reaches the run."""
    link = study.removesuffix(".db") + ".socket"
    place = os.path.realpath(link)
    see(stat.S_IMODE(os.stat(place).st_mode), 0o600, "the mode of the socket")
    see(stat.S_IMODE(os.stat(os.path.dirname(place)).st_mode), 0o700, "the mode of its folder")
    return link


def main(program):
    run = subprocess.Popen(
        [program, "run", "--watch", "--study", "held.db", "--quiet", "held.lua"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        url = run.stderr.readline().split()[-1]
        address, key = urlsplit(url).netloc, urlsplit(url).fragment.removeprefix("key=")
        see(len(key), 32, f"the length of the key in {url}")
        while not os.path.exists("held.db"):
            see(run.poll(), None, "the run's end")
            time.sleep(0.02)
        with Browser() as browser:
            window = Window(browser)
            browser.open(f"http://{address}/")
            browser.wait("Page.store.reportCount >= 2 && Page.store.study.control")
            see(window.labels(), [], "what a page without the key offers")
            link = socket_is_own("held.db")
            strangers(Forger(address, key))
            see(browser.evaluate("Page.store.study.state"), "running", "after all that")
            browser.call("Page.navigate", url="about:blank")
            browser.open(url)
            browser.wait("Page.store.reportCount >= 2 && Page.store.study.control")
            see(browser.evaluate("location.hash"), "", "the key in the address")
            see(window.labels()[:2], ["Add a configuration …", "Stop the study …"], "the header")
            browser.errors.clear()
            stop_and_add(window)
            window.press("Stop the study …")
            window.press("Stop the study")
            window.until_closed()
            see(run.wait(60), 0, "the run's exit code")
            browser.wait("Page.store.study.state !== 'running'")
            see(window.labels(), [], "what is offered when the run has ended")
            # The refused configuration is an error of the browser's log.
            others = [error for error in browser.errors if "400" not in error]
            see(others, [], "errors")
        see(run.stdout.read(), "4 trials\n", "the script behind its study")
        see(os.path.lexists(link), False, "the link to the socket at the end")
    finally:
        run.kill()
        run.wait()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except AssertionError as error:
        sys.exit(f"check_control.py: {error}")
