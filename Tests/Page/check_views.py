"""What check.py tries of single views: ranks, selecting by a drag, saving charts, contrast.

Each function takes a `Page` of check.py, or a browser, and fails with an AssertionError.
"""

import json

# Notes what a page would have the browser save.
KEEP = "Page.save = (name, type, content) => { window.saved = { name, type, content }; }"
# What an SVG that was saved has in it.
SVG = """(() => {
  const { name, type, content } = window.saved;
  const root = new DOMParser().parseFromString(content, "image/svg+xml");
  return {
    name, type, isBroken: root.querySelector("parsererror") !== null,
    active: root.querySelectorAll("script, foreignObject, a").length,
    links: [...root.querySelectorAll("[href]")].filter(
      e => !e.getAttribute("href").startsWith("data:image/png;base64,")).length,
    title: [...root.querySelectorAll(".title")].map(line => line.textContent).join(" "),
    charts: root.querySelectorAll("svg.axes-of").length / 2,
    wide: +root.documentElement.getAttribute("width"),
    marks: root.querySelectorAll("path, line, image").length,
    texts: [...root.querySelectorAll("text")].map(text => text.textContent).join(" "),
  };
})()"""
# What a PNG that was saved shows: its size, and how many pixels are not of the background.
PNG = """(async () => {
  const { name, type, content } = window.saved;
  const bitmap = await createImageBitmap(content);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
  return { name, type, wide: bitmap.width, drawn: pixels.filter(pixel => pixel !== pixels[0]).length };
})()"""
# The least contrast of texts on what is behind them, in one theme (WCAG 2.1, §1.4.3).
CONTRAST = """(theme => {
  document.documentElement.dataset.theme = theme;
  const style = getComputedStyle(document.documentElement);
  const light = name => {
    const { r, g, b } = d3.rgb(style.getPropertyValue(`--${name}`).trim());
    const [x, y, z] = [r, g, b].map(c => c / 255).map(
      c => c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const all = ["text", "muted", "accent", "warning"].flatMap(text => ["card", "bg", "hover", "chosen"].map(
    ground => ratio(light(text), light(ground))));
  delete document.documentElement.dataset.theme;
  return Math.min(...all);
})"""


def choose(page, menu, value):
    """Chooses in the menu with a label."""
    page.value(f"""(() => {{
      const menu = [...document.querySelectorAll({json.dumps(menu[0] + ' label')})].find(
        label => label.firstChild.textContent === {json.dumps(menu[1])}).querySelector("select");
      menu.value = {json.dumps(value)}; menu.dispatchEvent(new Event("change")); }})()""")


def varying(page):
    """How many parameters have more than one value."""
    return sum(len({json.dumps(value) for value in column}) > 1
               for column in page.data["trials"]["args"])


def finite(page, metric):
    """The trials whose last report has a number of a metric."""
    last = dict(zip(page.data["reports"]["trial"], page.data["reports"]["metrics"][metric]))
    return {trial for trial, value in last.items()
            if isinstance(value, (int, float)) and not isinstance(value, bool)}


def whole_ticks(page):
    """An axis of whole numbers has no ticks between them."""
    for index, parameter in enumerate(page.data["parameters"]):
        if parameter["kind"] != "int":
            continue
        ticks = page.value(
            f"[...document.querySelectorAll('#slices [data-parameter=\"{index}\"] .axes > g:first-child"
            " .tick text')].map(text => text.textContent)")
        assert all(float(tick).is_integer() for tick in ticks), f"{parameter}: {ticks}"


def ranks(page):
    """A panel for each pair of the parameters that matter most, with a mark for each trial."""
    page.value("document.getElementById('ranks').scrollIntoView()")
    # They are worked out when they are seen.
    page.browser.wait("document.querySelector('#ranks .plot') !== null"
                      " || document.querySelector('#ranks .why-empty').textContent !== ''")
    page.show("ranks")
    why = page.value("document.querySelector('#ranks .why-empty').textContent")
    has_marks = page.data["metrics"] and finite(page, 0) and varying(page) > 1
    page.see(why == "", bool(has_marks), f"ranks are shown or empty: {why}")
    shown = min(4, varying(page)) if page.data["metrics"] else 0
    page.see(page.value("document.querySelectorAll('#ranks .plot').length"),
             shown * (shown - 1) // 2, "panels of ranks")
    if not has_marks:
        return
    key = page.value("document.querySelector('#ranks .key').textContent")
    assert "worst" in key and "best" in key, f"the key of ranks: {key}"
    marks = page.value("""(() => {
      const chart = document.querySelector("#ranks .plot").chart, found = new Set();
      for (let x = 0; x < chart.width; x += 3) for (let y = 0; y < chart.height; y += 3) {
        const trial = chart.found(x, y);
        if (trial) found.add(trial.id);
      }
      return [...found];
    })()""")
    assert marks and set(marks) <= finite(page, 0), f"marks of ranks: {marks}"
    if shown < 3:
        return
    choose(page, ("#ranks", "parameters"), "2")
    page.drawn()
    page.see(page.value("document.querySelectorAll('#ranks .plot').length"), 1, "panels of two")
    choose(page, ("#ranks", "parameters"), str(shown))
    page.drawn()


def empty(page):
    """A chart without anything to show has a sentence that says why, and no axes."""
    wrong = page.value("""[...document.querySelectorAll("section")].filter(section => {
      const why = section.querySelector(".why-empty");
      return why && Boolean(why.textContent) !== section.classList.contains("is-empty")
        || section.classList.contains("is-empty") && section.querySelector(".body").offsetHeight;
    }).map(section => section.id)""")
    page.see(wrong, [], "cards that are empty without a reason")
    if not page.reported():
        shown = page.value("[...document.querySelectorAll('section:not(.is-empty) .plot')].map("
                           "plot => plot.closest('section').id)")
        assert set(shown) <= {"parallel"}, f"charts of no reports: {shown}"


def drawn_on_front(page):
    """The trials that have a report with a place on the front's chart at first."""
    reports = page.data["reports"]
    many = len(page.data["study"]["objectives"]) != 1
    columns = [reports["metrics"][0]]
    if many and len(page.data["metrics"]) > 1:
        columns.append(reports["metrics"][1])
    return sorted({trial for trial, *values in zip(reports["trial"], *columns)
                   if all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values)})


def lasso(page):
    """A drag selects what is in a box or in a line around it, in all views; Escape ends it."""
    if not page.data["metrics"] or not page.reported():
        return
    page.value("window.scrollTo(0, 0)")
    page.show("front")
    selected = "[...Page.store.selected].sort((a, b) => a - b)"
    left, top, right, bottom = page.value(
        "(r => [r.left, r.top, r.right, r.bottom])("
        "document.querySelector('#front .plot').getBoundingClientRect())")
    box = [(left + 2, top + 2), (right - 2, bottom - 2)]
    half = [(left + 2, top + 2), ((left + right) / 2, bottom - 2)]
    everything = drawn_on_front(page)
    choose(page, ("#front", "drag"), "box")
    page.browser.sweep(box)
    page.see(page.value(selected), everything, "trials in a box around all")
    page.browser.wait("document.querySelectorAll('#trials tr.selected').length === Math.min("
                      f"50, {len(everything)})")
    page.browser.sweep(half)
    some = page.value(selected)
    page.browser.sweep([(left + 1, top + 1), (left + 20, top + 8)])
    page.see(page.value(selected), [], "trials in a box beside all")
    page.browser.sweep(half, shift=True)
    page.see(page.value(selected), some, "trials added by a box")
    choose(page, ("#front", "drag"), "lasso")
    page.value("Page.store.select([])")
    (x, y), (end, low) = half
    page.browser.sweep([(x, y), (end, y), (end, low), (x, low)])
    page.see(page.value(selected), some, "trials in a line around a box")
    page.browser.sweep([(x, y), (end, y), (end, low), (x, low)], escape=True)
    page.see(page.value(selected), some, "trials after a drag that was given up")
    choose(page, ("#front", "drag"), "move")
    page.value("Page.store.select([])")
    page.value("[...document.querySelectorAll('#front button')].find("
               "b => b.textContent === 'select shown').click()")
    page.see(page.value(selected), everything, "trials that are seen")
    page.value("Page.store.select([])")


def saves(browser, heading):
    """Every card with charts is saved as SVG and as PNG, with its title and its charts."""
    browser.evaluate(KEEP)
    cards = browser.evaluate("[...document.querySelectorAll('.saves')].map(span => {"
                             " const card = span.closest('section');"
                             " return [card.id, card.querySelector('h2').textContent,"
                             " card.classList.contains('is-empty') ? 0"
                             " : card.querySelectorAll('.plot').length]; })")
    assert cards, "no chart can be saved"
    for card, title, charts in cards:
        if charts:
            saved_svg(browser, card, {"title": f"{heading}: {title}", "charts": charts})
            saved_png(browser, card)
    return [card for card, _, _ in cards]


def press_save(browser, card, number):
    browser.evaluate(f"window.saved = null; document.querySelectorAll("
                     f"'#{card} .saves button')[{number}].click()")
    browser.wait("window.saved !== null")


def saved_svg(browser, card, expected):
    press_save(browser, card, 1)
    svg = browser.evaluate(SVG)
    assert not svg["isBroken"], f"{card}: the SVG is not well formed"
    for name, value in {**expected, "active": 0, "links": 0, "type": "image/svg+xml"}.items():
        assert svg[name] == value, f"{card}: {name} of the SVG: expected {value!r}, got {svg[name]!r}"
    assert svg["name"].endswith(".svg"), svg["name"]
    return svg


def saved_png(browser, card):
    wide = browser.evaluate(SVG)["wide"]
    press_save(browser, card, 0)
    png = browser.evaluate(PNG)
    assert png["type"] == "image/png" and png["name"].endswith(".png"), png
    assert png["wide"] == round(2 * wide), f"{card}: the PNG is {png['wide']} wide, the SVG {wide}"
    assert png["drawn"] > 200, f"{card}: the PNG is empty"


def contrast(browser):
    """Texts stand out from whatever is behind them, light and dark."""
    for theme in ("light", "dark"):
        least = browser.evaluate(f"{CONTRAST}({json.dumps(theme)})")
        assert least >= 4.5, f"contrast of the {theme} theme: {least:.2f}"
