"""A headless Chromium, driven over a pipe with the DevTools protocol. Standard library alone."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time


# So many seconds what is waited for may take: no machine is too slow for it, and what never comes fails.
PATIENCE = 120


class BrowserError(Exception):
    """What went wrong in the browser, in one line."""


class Browser:
    """One browser with one page. What the page logs, throws and asks a network for is kept."""

    def __init__(self, width=1280, height=900, dark=False):
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if not program:
            raise BrowserError("chromium is not installed: run make setup")
        self.folder = tempfile.mkdtemp(prefix="mohpo-browser-")
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()

        def descriptors():
            # The browser reads 3 and writes 4.
            first, second = os.dup(to_browser), os.dup(from_browser)
            os.dup2(first, 3)
            os.dup2(second, 4)

        arguments = [
            program, "--headless=new", "--remote-debugging-pipe", "--no-sandbox",
            "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", "--disable-component-update",
            f"--user-data-dir={self.folder}", f"--window-size={width},{height}", "about:blank",
        ]
        self._process = subprocess.Popen(
            arguments, preexec_fn=descriptors, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self._buffer = b""
        self._number = 0
        self._session = None
        self.errors = []
        self.requests = []
        self._trace = None
        page = self._page()
        self._session = self.call(
            "Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.resize(width, height)
        self.call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def _page(self):
        """The browser's page, which it may have yet to open."""
        end = time.monotonic() + PATIENCE
        while True:
            targets = self.call("Target.getTargets")["targetInfos"]
            pages = [target for target in targets if target["type"] == "page"]
            if pages:
                return pages[0]
            if time.monotonic() > end:
                raise BrowserError("the browser opens no page")
            time.sleep(0.02)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        os.close(self._out)
        os.close(self._in)
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, seconds=PATIENCE, **parameters):
        """Calls a method and returns its result; events that come meanwhile are noted."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data):]
        end = time.monotonic() + seconds
        while True:
            answer = self._next(end, method)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self._note(answer)

    def _next(self, end, method):
        while b"\0" not in self._buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._in], [], [], left)[0]:
                raise BrowserError(f"{method}: the browser did not answer in time")
            chunk = os.read(self._in, 1 << 20)
            if not chunk:
                raise BrowserError(f"{method}: the browser has ended")
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(line)

    def _note(self, event):
        method, parameters = event.get("method"), event.get("params", {})
        if method == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            text = details.get("exception", {}).get("description", details["text"])
            self.errors.append(text)
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning"):
            self.errors.append(str([a.get("value") for a in parameters["args"]]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.errors.append(parameters["entry"]["text"])
        elif method == "Tracing.dataCollected":
            self._trace += parameters["value"]
        elif method == "Tracing.tracingComplete":
            self._is_traced = True
        elif method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])

    def resize(self, width, height):
        """Sets the size of the page in CSS pixels; below 600 it is a phone's."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height,
            deviceScaleFactor=1, mobile=width < 600)

    def open(self, url):
        """Opens a page, and waits until its script has run; returns the seconds that took."""
        self.requests.clear()
        start = time.monotonic()
        # The answer may come while the page before is still there.
        self.evaluate("document.documentElement.dataset.left = 'yes'")
        self.call("Page.navigate", url=url)
        self.wait("document.documentElement?.dataset.ready === 'yes'"
                  " && document.documentElement.dataset.left === undefined")
        # Two frames later what was asked for is drawn.
        self.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
        return time.monotonic() - start

    def evaluate(self, expression):
        """The value of an expression of the page; promises are awaited."""
        result = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            text = details.get("exception", {}).get("description", details["text"])
            raise BrowserError(f"{expression}: {text}")
        return result["result"].get("value")

    def wait(self, expression, seconds=PATIENCE):
        """Waits until an expression is true. While a page makes way for another there is nothing to ask."""
        end = time.monotonic() + seconds
        problem = None
        while True:
            try:
                if self.evaluate(expression):
                    return
                problem = None
            except BrowserError as error:
                problem = error
            if time.monotonic() > end:
                raise BrowserError(
                    f"not true after {seconds} s: {expression}; {problem}; {self.errors}")
            time.sleep(0.02)

    def trace(self):
        """Notes the tasks of all threads from now on."""
        self._trace, self._is_traced = [], False
        self.call("Tracing.start", transferMode="ReportEvents",
                  traceConfig={"includedCategories": ["toplevel"]})

    def slowest_task(self):
        """The most milliseconds of the processor that a task of the page's main thread took."""
        self.call("Tracing.end")
        end = time.monotonic() + 60
        while not self._is_traced:
            self._note(self._next(end, "Tracing.end"))
        threads = {(e["pid"], e["tid"]) for e in self._trace
                   if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"}
        return max((e["tdur"] / 1000 for e in self._trace
                    if "tdur" in e and (e["pid"], e["tid"]) in threads), default=0)

    def press(self, key):
        """Presses and releases a key."""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key)

    def move(self, x, y):
        """Moves the pointer to a place of the window."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click(self, x, y):
        """Clicks at a place of the window."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y,
                button="none" if kind == "mouseMoved" else "left", clickCount=1)

    def drag(self, x, from_y, to_y):
        """Drags vertically."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=from_y)
        self.call("Input.dispatchMouseEvent", type="mousePressed", x=x, y=from_y, button="left",
                  clickCount=1)
        for step in range(1, 6):
            y = from_y + (to_y - from_y) * step / 5
            self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, button="left",
                      buttons=1)
        self.call("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=to_y, button="left",
                  clickCount=1)

    def sweep(self, places, shift=False, escape=False):
        """Drags over places, with Shift or without; with `escape` that key is pressed before the end."""
        modifiers = 8 if shift else 0
        (x, y), *others = places
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, modifiers=modifiers)
        self.call("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, button="left",
                  clickCount=1, modifiers=modifiers)
        for next_x, next_y in others:
            for step in range(1, 5):
                self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x + (next_x - x) * step / 4,
                          y=y + (next_y - y) * step / 4, button="left", buttons=1,
                          modifiers=modifiers)
            x, y = next_x, next_y
        if escape:
            self.press("Escape")
        self.call("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y, button="left",
                  clickCount=1, modifiers=modifiers)

    def screenshot(self, path):
        """Writes a picture of all of the page."""
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
