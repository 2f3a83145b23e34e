"""Measures a page with many reports in a headless Chromium: measure.py PAGE [REPORTS…].

PAGE is one that `mohpo-lua report` wrote; its study is repeated until it has so many reports (100,000
and 1,000,000). Prints seconds to the first view, milliseconds of an update, and frames a second while
the pointer moves, the front is zoomed, and another trial is selected in every frame.
"""

import json
import sys
import tempfile

from browser import Browser
from check import DATA, FRAMES, large, written

# Two more trials of 50 reports each, as an increment brings them.
UPDATE = """(async () => {
  const store = Page.store, first = store.trials.length + 1, copy = store.trials[0];
  const ids = [first, first + 1], rows = ids.flatMap(id => d3.range(1, 51).map(step => [id, step]));
  const column = value => ids.map(() => value);
  const place = index => [store.report.trial.values[index], store.report.resource.values[index]];
  const data = JSON.stringify({
    study: store.study, rungs: store.rungs, hypervolume: store.hypervolume,
    front: store.front.map(place), trial_front: store.trialFront.map(place),
    knee: store.knee < 0 ? null : place(store.knee),
    trials: { id: ids, state: column("running"), bracket: column(0), origin: column("random"),
      start: column(0), error: column(null), why: column(""), decisions: column([]),
      promotions: column([]), failures: column([]), args: copy.args.map(value => column(value)) },
    reports: { trial: rows.map(row => row[0]), resource: rows.map(row => row[1]),
      time: rows.map(() => 1), metrics: store.metrics.map(() => rows.map(() => Math.random())) },
  });
  const start = performance.now();
  store.take(JSON.parse(data));
  store.events.call("data");
  await new Promise(r => requestAnimationFrame(() => setTimeout(r)));
  return performance.now() - start;
})()"""

# Frames in two seconds in which something happens in each.
RATE = """(async () => {
  const area = document.querySelector("#front .plot"), box = area.getBoundingClientRect();
  const at = step => ({ clientX: box.x + 80 + step * 7 % (box.width - 100),
    clientY: box.y + 30 + step * 5 % (box.height - 80), bubbles: true, view: window });
  const act = { pointer: step => {
      for (const kind of ["pointermove", "mousemove"]) {
        const type = kind === "mousemove" ? MouseEvent : PointerEvent;
        area.dispatchEvent(new type(kind, at(step)));
      } },
    zoom: step => area.dispatchEvent(new WheelEvent("wheel", {
      ...at(0), deltaY: step % 20 < 10 ? -40 : 40, ctrlKey: true, cancelable: true })),
    select: step => Page.store.select([1 + step % Page.store.trials.length]) }["%s"];
  let frames = 0;
  const start = performance.now();
  while (performance.now() - start < 2000) {
    act(frames++);
    await new Promise(requestAnimationFrame);
  }
  return 1000 * frames / (performance.now() - start);
})()"""


def main(path, counts):
    with open(path, encoding="utf-8") as file:
        html = file.read()
    data = json.loads(DATA.search(html).group(2))
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        for count in counts:
            page = written(html, large(data, count), folder, "large.html")
            print(f"{count} reports: {browser.open('file://' + page):.2f} s to the first view")
            times = [browser.evaluate(UPDATE) for _ in range(5)]
            print("  updates:", ", ".join(f"{time:.0f}" for time in times), "ms")
            browser.evaluate("document.getElementById('front').scrollIntoView()")
            browser.evaluate(FRAMES)
            for kind in ("pointer", "zoom", "select"):
                print(f"  {kind}: {browser.evaluate(RATE % kind):.0f} frames a second")
            print(f"  errors: {browser.errors}")


if __name__ == "__main__":
    main(sys.argv[1], [int(count) for count in sys.argv[2:]] or [100_000, 1_000_000])
