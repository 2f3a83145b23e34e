"""Opens pages in a headless Chromium and tries every view: check.py PAGE…

check.py --changed PAGE tries the same study as it grows, without trials and without objectives;
check.py --large PAGE one of 100,000 reports.

Ends with 0 when all is as it should be, else says what is not. No page may log an error or ask a
network for anything, and no name in a study may run as a script.
"""

import csv
import io
import json
import os
import re
import sys
import tempfile

import check_views
from browser import Browser

VIEWS = ("front", "trials", "curves", "rungs", "hypervolume", "parallel", "importance", "slices",
         "contour", "edf", "ranks", "timeline")
DATA = re.compile(r'(<script type="application/json" id="data">)(.*?)(</script>)', re.S)
# The shares of pixels that a chart has drawn on, of each canvas.
MARKS = """[...document.querySelectorAll("#%s canvas")].map(canvas => {
  if (!canvas.width || !canvas.height) return 0;
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let count = 0;
  for (let index = 3; index < pixels.length; index += 4) if (pixels[index]) count++;
  return count;
}).reduce((a, b) => a + b, 0)"""
# Whether all of a view that is in the window is drawn.
DRAWN = """Page.drawing.isDone() && [...document.querySelectorAll("#%s .plot")].every(area => {
  const { top, bottom, width } = area.getBoundingClientRect();
  return width < 40 || bottom < 0 || top > innerHeight || area.chart.isDrawn();
})"""
FRAMES = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"


class Page:
    """A page in a browser, with what is expected of every page."""

    def __init__(self, browser, path):
        self.browser, self.path = browser, path
        with open(path, encoding="utf-8") as file:
            self.data = json.loads(DATA.search(file.read()).group(2))

    def see(self, value, expected, what):
        """Fails where a value is not what is expected."""
        if value != expected:
            raise AssertionError(f"{what}: expected {expected!r}, got {value!r}")

    def value(self, expression):
        return self.browser.evaluate(expression)

    def show(self, view):
        """Brings a view into the window and waits until it is drawn."""
        self.value(f"document.getElementById('{view}').scrollIntoView()")
        self.value(FRAMES)
        self.browser.wait(DRAWN % view)

    def drawn(self):
        """Waits until all that was asked for is drawn, which takes large charts some frames."""
        self.value(FRAMES)
        self.browser.wait("Page.drawing.isDone()")
        self.value(FRAMES)

    def check(self):
        self.seconds = self.browser.open("file://" + os.path.abspath(self.path))
        self.see(self.value("document.querySelector('h1').textContent"),
                 self.data["study"]["name"], "the heading")
        self.see(self.value("typeof window.pwned"), "undefined", "a script in a name")
        self.see(tuple(self.value("[...document.querySelectorAll('#views > section')].map("
                                  "s => s.id)")), VIEWS, "the views")
        self.table()
        self.charts()
        self.selection()
        check_views.lasso(self)
        self.copies()
        self.keyboard()
        check_views.contrast(self.browser)
        if len(self.reported()) < 1000:
            check_views.saves(self.browser, self.data["study"]["name"])
        self.dark()
        self.phone()
        self.see(self.browser.errors, [], "errors")
        self.see([url for url in self.browser.requests if not url.startswith(("file:", "data:"))],
                 [], "requests")

    @property
    def trials(self):
        return self.data["trials"]["id"]

    def reported(self):
        return set(self.data["reports"]["trial"])

    def table(self):
        rows = "document.querySelectorAll('#trials tr[data-trial]').length"
        self.see(self.value(rows), min(50, len(self.trials)), "rows of trials")
        head = self.value("[...document.querySelectorAll('#trials th')].map(t => t.textContent)")
        names = (self.data["metrics"] + [p["label"] for p in self.data["parameters"]])
        self.see(head[3:-2], names, "columns of trials")
        self.csv(names)
        for state in set(self.data["trials"]["state"]):
            count = self.data["trials"]["state"].count(state)
            self.value(f"""(() => {{ const menu = document.querySelector("#trials select");
              menu.value = {json.dumps(state)}; menu.dispatchEvent(new Event("change")); }})()""")
            self.see(self.value(rows), min(50, count), f"rows of {state} trials")
        self.value("""(() => { const menu = document.querySelector("#trials select");
          menu.value = "all"; menu.dispatchEvent(new Event("change")); })()""")

    def csv(self, names):
        """The trials can be saved, with all digits and whatever is in a name."""
        head, *rows = csv.reader(io.StringIO(self.value("Page.trialsAsCSV()"), newline=""))
        self.see(head[3:-2], names, "columns of the CSV")
        self.see([int(row[0]) for row in rows], self.trials, "trials of the CSV")
        for place, column in enumerate(self.data["trials"]["args"]):
            at = 3 + len(self.data["metrics"]) + place
            for row, value in zip(rows, column):
                if isinstance(value, float):
                    self.see(float(row[at]), value, f"{head[at]} in the CSV")

    def charts(self):
        has_reports = bool(self.reported()) and bool(self.data["metrics"])
        for view in ("front", "curves", "hypervolume", "parallel", "slices", "contour", "edf",
                     "timeline"):
            self.show(view)
            count = self.value(MARKS % view)
            if has_reports and view in ("front", "edf", "timeline"):
                assert count > 50, f"{view}: nothing is drawn"
            if has_reports and view == "curves" and self.data["study"]["objectives"]:
                assert count > 50, f"{view}: nothing is drawn"
        panels = self.value("document.querySelectorAll('#curves .plot').length")
        self.see(panels, len(self.data["study"]["objectives"]), "panels of curves")
        self.texts()
        self.axes()
        check_views.whole_ticks(self)
        self.importance()
        check_views.ranks(self)
        check_views.empty(self)
        self.show("rungs")
        self.browser.wait("document.querySelector('#rungs tbody') !== null")
        rungs = self.value("document.querySelectorAll('#rungs tbody tr:not(.last)').length")
        self.see(rungs, len(self.data["rungs"]), "rungs")

    def texts(self):
        """A metric that is a text is in the row, and on no axis."""
        columns = self.data["reports"]["metrics"]
        for index, (name, column) in enumerate(zip(self.data["metrics"], columns)):
            texts = [v for v in column if isinstance(v, str) and v not in ("inf", "-inf")]
            if not texts:
                continue
            last = {t: v for t, v in zip(self.data["reports"]["trial"], column)}
            shown = self.value(
                "[...document.querySelectorAll('#trials tbody tr')].slice(0, 5).map(row =>"
                f" [+row.dataset.trial, row.cells[{3 + index}].textContent])")
            self.see(shown, [[t, last.get(t) or ""] for t, _ in shown], f"texts of {name}")
            axes = self.value("[...document.querySelectorAll('#front option')].map(o => o.value)")
            assert f"m{index}" not in axes, f"{name}: a text is on an axis"

    def axes(self):
        """The front can stand over the trials' numbers and over a parameter."""
        if not self.reported() or not self.data["metrics"]:
            return
        self.show("front")
        first = self.value("document.querySelector('#front select').value")
        keys = self.value(
            "[...document.querySelector('#front select').options].map(option => option.value)")
        places = [key for key in keys if key == "trial" or key.startswith("p")][:2] + [first]
        for key in places:
            self.value(f"""(() => {{ const menu = document.querySelector("#front select");
              menu.value = {json.dumps(key)}; menu.dispatchEvent(new Event("change")); }})()""")
            self.drawn()
            assert self.value(MARKS % "front") > 50, f"front over {key}: nothing is drawn"

    def importance(self):
        """A row for each parameter, the one that matters most first; a click shows its slice."""
        known = self.data.get("importance")
        if not known or not self.data["study"]["objectives"]:
            return
        # It is made when it is seen.
        self.show("importance")
        self.browser.wait("document.querySelector('#importance tbody') !== null"
                          " || document.querySelector('#importance .why-empty').textContent !== ''")
        rows = self.value("[...document.querySelectorAll('#importance tbody th')].map("
                          "t => t.textContent)")
        labels = [self.data["parameters"][place]["label"] for place in known[0]]
        self.see(sorted(rows), sorted(labels[:24]), "parameters by importance")
        widths = self.value("[...document.querySelectorAll('#importance tbody tr')].map("
                            "row => parseFloat(row.querySelector('.share').style.width))")
        self.see(widths, sorted(widths, reverse=True), "the order of importance")

    def selection(self):
        """What is selected in one view is selected in all."""
        if not self.trials:
            return
        chosen = self.trials[-1]
        before = self.value("document.getElementById('selection').hidden")
        self.see(before, True, "a selection before there is one")
        self.value(f"Page.store.select([{chosen}])")
        self.drawn()
        self.browser.wait("document.querySelector('#trials tr.selected') !== null"
                          " && document.querySelector('#trials tr.details') !== null")
        self.see(self.value("document.querySelector('#trials tr.selected').dataset.trial"),
                 str(chosen), "the selected row")
        self.see(self.value("document.querySelectorAll('#trials tr.details').length"), 1,
                 "explanations beside a selected trial")
        for state in ("stopped", "paused", "completed"):
            ids = [i for i, s in zip(self.trials, self.data["trials"]["state"]) if s == state]
            if not ids:
                continue
            self.value(f"[...document.querySelectorAll('.keys button')].find(b =>"
                       f" b.textContent.endsWith(' {state}')).click()")
            self.see(sorted(self.value("[...Page.store.selected]")), ids, f"{state} selected")
        self.brush()
        self.value("Page.store.select([])")
        if self.reported() and self.data["front"]:
            self.click_on_front()

    def click_on_front(self):
        """A click on a point of the front selects its trial."""
        # A pointer that rests on the chart would have its own tip.
        self.browser.move(1, 1)
        self.value("window.scrollTo(0, 0)")
        self.show("front")
        self.value("document.querySelector('#front .plot').focus()")
        self.browser.press("ArrowRight")
        assert self.value("!document.getElementById('tip').hidden"), "no tip on the front"
        spoken = self.value("document.getElementById('spoken').textContent")
        trial = int(re.match(r"trial (\d+)", spoken).group(1))
        assert trial in [place[0] for place in self.data["front"]], "not on the front"
        self.browser.press("Enter")
        self.see(self.value("[...Page.store.selected]"), [trial], "the trial of the front")
        self.browser.press("Escape")
        self.see(self.value("Page.store.selected.size"), 0, "selected after Escape")

    def brush(self):
        self.show("parallel")
        box = self.value("""(() => { const area = document.querySelector("#parallel .brush .overlay");
          if (!area) return null; const b = area.getBoundingClientRect();
          return [b.x + b.width / 2, b.top, b.bottom]; })()""")
        if not box:
            return
        self.browser.drag(box[0], box[1] + 4, box[2] - 4)
        self.see(self.value("Page.store.selected.size"), len(self.trials), "brushed over all")
        # What the end of the drag still causes comes first.
        self.drawn()
        self.value("document.querySelector('#parallel .controls button').click()")
        self.browser.wait("Page.store.selected.size === 0")

    def copies(self):
        for row, trial in enumerate(self.trials[:20]):
            text = self.value(f"Page.asJSON(Page.store.configuration(Page.store.trial({trial})))")
            flat = flattened(json.loads(text))
            for parameter, column in zip(self.data["parameters"], self.data["trials"]["args"]):
                value = column[row]
                path = parameter["path"]
                if parameter["kind"] == "choice" and value is not None:
                    path += ".name"
                if isinstance(value, str) and parameter["kind"] in ("int", "real"):
                    value = int(value)
                if not isinstance(value, (list, dict)):
                    self.see(flat.get(path), value, f"trial {trial}: {path}")

    def keyboard(self):
        """Everything that can be clicked can be reached."""
        bare = self.value("""[...document.querySelectorAll("button, select, input")].filter(
          e => e.tabIndex < 0 || !(e.textContent || e.labels?.length || e.title
            || e.getAttribute("aria-label"))).length""")
        self.see(bare, 0, "controls without a name")

    def dark(self):
        """All is drawn again in other colours."""
        self.show("ranks")
        before = self.value("Page.color('card')")
        self.value("document.getElementById('theme').click()")
        self.drawn()
        assert self.value("Page.color('card')") != before, "the colours are as before"
        self.value("document.getElementById('theme').click()")
        self.drawn()

    def phone(self):
        self.browser.resize(390, 800)
        self.drawn()
        self.see(self.value("document.documentElement.scrollWidth"), 390, "the width on a phone")
        self.browser.resize(1280, 900)


def flattened(value, path=""):
    """The leaves of a tree by their paths; the elements of lists are counted from 1."""
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value, 1)
    else:
        return {path: value}
    result = {}
    for key, member in pairs:
        result.update(flattened(member, f"{path}.{key}" if path else str(key)))
    return result


def written(html, data, folder, name):
    """A page like `html` with another document; its path."""
    text = json.dumps(data).replace("<", "\\u003c").replace("&", "\\u0026")
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(DATA.sub(lambda match: match.group(1) + text + match.group(3), html))
    return path


def without_trials(data):
    """The same study before its first trial."""
    copy = json.loads(json.dumps(data))
    copy["study"].update(trials=0, reports=0, states={})
    empty(copy["trials"])
    empty(copy["reports"])
    copy.update(front=[], trial_front=[], knee=None, hypervolume=[[], [], [], []])
    for rung in copy["rungs"]:
        rung[2:] = [0] * 5
    return copy


def empty(columns):
    for name, column in columns.items():
        columns[name] = [[] for _ in column] if name in ("args", "metrics") else []


def without_objectives(data):
    """The same study without anything to optimize."""
    copy = without_trials(data)
    copy["metrics"] = copy["reports"]["metrics"] = []
    copy["study"]["objectives"] = []
    return copy


def large(data, reports):
    """A study of so many reports: every trial reports 50 times."""
    copy = without_trials(data)
    trials, own = copy["trials"], data["trials"]
    count = reports // 50
    copy["study"].update(trials=count, reports=reports)
    for name, column in own.items():
        if name == "args":
            trials[name] = [[part[i % len(part)] for i in range(count)] for part in column]
        else:
            trials[name] = [column[i % len(column)] for i in range(count)]
    trials["id"] = list(range(1, count + 1))
    trials["decisions"] = trials["promotions"] = trials["failures"] = [[]] * count
    columns = copy["reports"]
    columns["trial"] = [i // 50 + 1 for i in range(reports)]
    columns["resource"] = [i % 50 + 1 for i in range(reports)]
    columns["time"] = [i // 200 + 1 for i in range(reports)]
    for name in ("seconds", "feasible"):
        if name in columns:
            columns[name] = [1] * reports
    columns["metrics"] = [[(i * 7919 % 10007 + m) / 10007 for i in range(reports)]
                          for m in range(len(data["metrics"]))]
    return copy


def half(data):
    """The first half of a study's trials, and what comes after it."""
    count = len(data["trials"]["id"]) // 2
    first, rest = json.loads(json.dumps(data)), json.loads(json.dumps(data))
    in_first = [trial <= count for trial in data["reports"]["trial"]]

    def kept(columns, keep):
        for name, column in columns.items():
            if name in ("args", "metrics"):
                columns[name] = [[v for v, k in zip(part, keep) if k] for part in column]
            else:
                columns[name] = [v for v, k in zip(column, keep) if k]

    for part, keeps in ((first, lambda flag: flag), (rest, lambda flag: not flag)):
        kept(part["trials"], [keeps(trial <= count) for trial in data["trials"]["id"]])
        kept(part["reports"], [keeps(flag) for flag in in_first])
    return first, rest


def check_growth(browser, html, data, folder):
    """A page that is given a study in two parts shows what one shows that is given it at once."""
    first, rest = half(data)
    for part in (first, rest):
        # What is held of a study that is not thinned is all of it.
        part["study"]["trials"] = len(part["trials"]["id"])
    rest["study"]["trials"] += first["study"]["trials"]
    page = written(html, first, folder, "growing.html")
    browser.open("file://" + page)
    browser.evaluate("Page.store.select([1])")
    browser.evaluate(f"Page.store.take({json.dumps(rest)}); Page.store.events.call('data')")
    browser.evaluate(FRAMES)
    shown = browser.evaluate(
        "[Page.store.reportCount, Page.store.trials.length, Page.store.front.length,"
        " [...Page.store.selected]]")
    expected = [len(data["reports"]["trial"]), len(data["trials"]["id"]), len(data["front"]), [1]]
    if shown != expected:
        raise AssertionError(f"a study that grew: expected {expected}, got {shown}")
    if browser.errors:
        raise AssertionError(f"a study that grew: {browser.errors}")


def check_comparison(browser, path):
    """Several studies over one another: a row for each, and both charts drawn."""
    with open(path, encoding="utf-8") as file:
        data = json.loads(DATA.search(file.read()).group(2))["compare"]
    browser.open("file://" + os.path.abspath(path))
    names = browser.evaluate("[...document.querySelectorAll('#studies tbody th')].map("
                             "t => t.textContent)")
    views = browser.evaluate("[...document.querySelectorAll('#views > section')].map(s => s.id)")
    fronts = ["fronts"] if len(data["objectives"]) > 1 else []
    if names != [study["name"] for study in data["studies"]]:
        raise AssertionError(f"the studies compared: {names}")
    if views != ["studies", *fronts, "progress"]:
        raise AssertionError(f"the views of a comparison: {views}")
    for view in views[1:]:
        browser.evaluate(f"document.getElementById('{view}').scrollIntoView()")
        browser.evaluate(FRAMES)
        browser.wait("Page.drawing.isDone()")
        if browser.evaluate(MARKS % view) < 50:
            raise AssertionError(f"a comparison's {view}: nothing is drawn")
    heading = browser.evaluate("document.querySelector('h1').textContent")
    saved = check_views.saves(browser, heading)
    if saved != views[1:]:
        raise AssertionError(f"what of a comparison is saved: {saved}")
    browser.evaluate("document.querySelector('#studies input').click()")
    browser.evaluate(FRAMES)
    if browser.errors or browser.evaluate("typeof window.pwned") != "undefined":
        raise AssertionError(f"a comparison: {browser.errors}")


def is_comparison(path):
    with open(path, encoding="utf-8") as file:
        return '"compare":' in file.read()


def check_pages(browser, paths):
    """Pages as they are."""
    for path in paths:
        if is_comparison(path):
            check_comparison(browser, path)
            continue
        page = Page(browser, path)
        page.check()
        print(f"{path}: {len(page.data['reports']['trial'])} reports in {page.seconds:.2f} s")


def check_changed(browser, path, folder):
    """The page of a study that grows, of one without trials, and of one without objectives."""
    with open(path, encoding="utf-8") as file:
        html = file.read()
    data = json.loads(DATA.search(html).group(2))
    check_growth(browser, html, data, folder)
    for name, changed in (("no-trials", without_trials(data)),
                          ("no-objectives", without_objectives(data))):
        Page(browser, written(html, changed, folder, f"{name}.html")).check()


def check_large(browser, path, folder):
    """The page of 100,000 reports, and of more than are drawn."""
    with open(path, encoding="utf-8") as file:
        html = file.read()
    data = json.loads(DATA.search(html).group(2))
    page = Page(browser, written(html, large(data, 100_000), folder, "large.html"))
    page.check()
    print(f"100000 reports: {page.seconds:.2f} s")
    larger = written(html, large(data, 120_000), folder, "larger.html")
    print(f"120000 reports: {browser.open('file://' + larger):.2f} s")
    browser.wait("document.querySelector('#front .note').textContent.includes("
                 "'100000 of 120000 are drawn')")


def main(arguments):
    options = {"--changed": check_changed, "--large": check_large}
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        if arguments[0] in options:
            options[arguments[0]](browser, arguments[1], folder)
        else:
            check_pages(browser, arguments)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except AssertionError as error:
        sys.exit(f"check.py: {error}")
