"""Measures pages in a headless Chromium: measure.py [--limits] PAGE…

All figures are of the page's main thread: milliseconds of its processor time, so that other programs on
the machine do not count. A frame of 33 ms is 30 frames a second; the figure is the mean of all frames
in which something was drawn, and the slowest task is the longest that the page did not answer. With
--limits the end is 1 where a page misses what is promised: 2 s to the first view, 33 ms a frame of an
interaction, 100 ms an update.
"""

import os
import sys
import time

from browser import Browser

LIMITS = {"first view": 2000, "hover": 33, "zoom": 33, "select": 33, "brush": 33, "scroll": 33,
          "update": 100}
FRAMES = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
# Draws until all is shown.
SETTLED = """new Promise(done => {
  let frames = 0;
  const next = () => { frames++; if (frames > 1 && Page.drawing.isDone()) done();
    else requestAnimationFrame(next); };
  requestAnimationFrame(next);
})"""

# What a server sends when a trial of the study has made four further reports.
UPDATE = """(() => {
  const store = Page.store, report = store.report, id = store.lastID;
  const trial = store.trial(id), last = store.last(trial);
  if (last < 0) return false;
  const rows = [1, 2, 3, 4].map(step => report.resource.values[last] + step / 1000);
  const fill = value => rows.map(() => value);
  const place = index => [report.trial.values[index], report.resource.values[index]];
  window.more = {
    study: store.study, front: store.front.map(place), trial_front: store.trialFront.map(place),
    knee: store.knee < 0 ? null : place(store.knee), rungs: store.rungs,
    hypervolume: store.hypervolume, kept: [],
    trials: { id: [id], state: ["running"], bracket: [trial.bracket], origin: [trial.origin],
      start: [trial.start], error: [null], why: [""], args: trial.args.map(value => [value]),
      decisions: [[]], promotions: [[]], failures: [[]] },
    reports: { trial: fill(id), resource: rows, time: fill(report.time.values[last]),
      seconds: fill(report.seconds.values[last]),
      metrics: store.values.map(column => fill(column.values[last])) },
  };
  return true;
})()"""


class Meter:
    """One page, opened, with what its main thread has computed so far."""

    def __init__(self, browser, path):
        self.browser = browser
        browser.call("Performance.disable")
        browser.call("Performance.enable", timeDomain="threadTicks")
        before, start = self.spent(), time.monotonic()
        browser.open("file://" + os.path.abspath(path))
        browser.evaluate(FRAMES)
        self.figures, self.slowest = {"first view": self.spent() - before}, {}
        self.wall = 1000 * (time.monotonic() - start)

    def spent(self):
        """Milliseconds that the main thread has computed."""
        metrics = self.browser.call("Performance.getMetrics")["metrics"]
        return 1000 * next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    def each(self, name, count, act):
        """Notes the mean of what a frame costs while `act` is shown; of an update, of all its frames."""
        act(0)
        self.browser.evaluate(SETTLED)
        self.browser.trace()
        before, first = self.spent(), self.browser.evaluate("Page.drawing.frames()")
        for number in range(1, count + 1):
            act(number)
            self.browser.evaluate(SETTLED)
        frames = max(count, self.browser.evaluate("Page.drawing.frames()") - first)
        self.figures[name] = (self.spent() - before) / (count if name == "update" else frames)
        self.slowest[name] = self.browser.slowest_task()

    def measure(self):
        browser = self.browser
        x, y, width, height = browser.evaluate(
            "(r => [r.x, r.y, r.width, r.height])(document.querySelector('#front .plot')"
            ".getBoundingClientRect())")
        self.each("hover", 20, lambda n: browser.call(
            "Input.dispatchMouseEvent", type="mouseMoved", x=x + width * (0.2 + n * 0.03),
            y=y + height * (0.2 + n * 0.03)))
        zoom = "document.querySelector('#front .zoom button:nth-child(%d)').click()"
        self.each("zoom", 10, lambda n: browser.evaluate(zoom % (1 if n % 2 else 2)))
        self.each("select", 10, lambda n: browser.evaluate(f"Page.store.select([{n + 1}])"))
        # As a brush on an axis selects, in each view that follows it.
        for view in ("front", "curves", "parallel", "slices", "timeline"):
            browser.evaluate(f"document.getElementById('{view}').scrollIntoView()")
            for _ in range(3):
                browser.evaluate(FRAMES)
            self.each(f"brush {view}", 6, lambda n: browser.evaluate(
                f"Page.store.select(d3.range({n}, Page.store.trials.length / 4))"))
        browser.evaluate("Page.store.select([]), scrollTo(0, 0)")
        browser.evaluate(FRAMES)
        self.each("scroll", 20, lambda n: browser.evaluate(
            f"scrollTo(0, {n} * document.documentElement.scrollHeight / 20)"))
        browser.evaluate("scrollTo(0, 0)")
        browser.evaluate(FRAMES)
        if browser.evaluate(UPDATE):
            self.each("update", 5, lambda n: browser.evaluate(
                f"more.reports.resource = more.reports.resource.map(r => r + 0.1);"
                "Page.store.take(more); Page.store.events.call('data')"))


def main(arguments):
    status = 0
    for path in [argument for argument in arguments if argument != "--limits"]:
        with Browser() as browser:
            meter = Meter(browser, path)
            meter.measure()
            reports = browser.evaluate("Page.store.reportCount")
            heap = browser.call("Runtime.getHeapUsage")["usedSize"] / 1e6
            print(f"{os.path.basename(path)}: {reports} reports, "
                  f"{os.path.getsize(path) / 1e6:.1f} MB, heap {heap:.0f} MB, "
                  f"open in {meter.wall:.0f} ms of the clock")
            for name, figure in meter.figures.items():
                is_over = figure > LIMITS[name.split()[0] if name.startswith("brush") else name]
                status |= is_over and "--limits" in arguments
                slowest = meter.slowest.get(name)
                print(f"  {name:<15}{figure:8.1f} ms"
                      + (f", the slowest task {slowest:6.1f} ms" if slowest else "")
                      + ("  over the limit" if is_over else ""))
            if browser.errors:
                print(f"  errors: {browser.errors}")
                status = 1
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
