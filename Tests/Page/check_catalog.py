"""Runs studies and watches their folder: check_catalog.py PROGRAM, in a folder with `s.lua` (which waits
for `go`), `one.lua` and `two.lua`.

Ends with 0 when all is as it should be, else says what is not. Requests go to loopback alone.
"""

import http.client
import os
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

from browser import Browser

FRAMES = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
NAMES = "[...document.querySelectorAll('#catalog tbody tr')].map(row => row.dataset.study)"
# A column to tick, seven of each study, and one for each objective of both scripts.
READ = ("document.querySelectorAll('#catalog th').length === 11"
        " && !document.querySelector('#catalog tbody input:disabled')")
READY = "document.documentElement?.dataset.ready === 'yes'"


def see(value, expected, what):
    """Fails where a value is not what is expected."""
    if value != expected:
        raise AssertionError(f"{what}: expected {expected!r}, got {value!r}")


def status(address, path="/", **headers):
    """The status of a request's answer."""
    connection = http.client.HTTPConnection(address, timeout=60)
    connection.putrequest("GET", path, skip_host=True)
    for name, value in {"Host": address, **headers}.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    result = connection.getresponse().status
    connection.close()
    return result


def watch(program, *options):
    """A process that watches, and the address that it prints."""
    process = subprocess.Popen(
        [program, "watch", "--port", "0", *options], stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


def cell(study, key):
    """The text of a cell, as an expression of the page."""
    return (f"(document.querySelector('#catalog tr[data-study=\"{study}\"] "
            f"td[data-key={key}]') || {{}}).textContent")


def strangers(address):
    """What no one should get: other files, other hosts."""
    for path in ("/studies/one.db/", "/compare?study=one.db&study=one-2.db"):
        see(status(address, path), 200, path)
        see(status(address, path, Host="evil.example"), 421, f"{path} under another name")
    for path in ("/studies/", "/studies/one.db", "/studies/none.db/", "/studies/none.db/events",
                 "/studies/..%2Fs.lua/", "/studies/../s.lua/", "/studies/%2e%2e/", "/one.db",
                 "/studies/one.db/x/", "/compare/", "/studies/text.db/", "/compare?study=none.db"):
        see(status(address, path), 404, path)
    for path in ("/compare", "/compare?study=one.db&study=two.db",
                 "/compare?" + "&".join(["study=one.db"] * 6)):
        see(status(address, path), 400, path)
    see(status(address, "/studies/one.db/events", Sec_Fetch_Site="cross-site"), 403, "events")


def listing(browser):
    """The list: what each study is, sorted, searched, ticked."""
    browser.wait(f"({NAMES}).length === 3")
    # The newest first, of one second the later number.
    see(sorted(browser.evaluate(NAMES)), ["one-2.db", "one.db", "two.db"], "the studies")
    see(browser.evaluate(cell("one.db", "state")), "finished", "the state")
    see(browser.evaluate(cell("one.db", "trials")), "9", "trials")
    see(browser.evaluate("typeof window.pwned"), "undefined", "a script in a name")
    browser.wait(READ)
    heads = browser.evaluate("[...document.querySelectorAll('#catalog th')].map(t => t.textContent)")
    assert "best loss ↓" in heads and "best a <b> ↑" in heads, heads
    browser.evaluate("(b => { b.focus(); b.click(); })([...document.querySelectorAll("
                     "'#catalog th button')].find(b => b.textContent.startsWith('study')))")
    see(browser.evaluate(NAMES)[-1], "two.db", "the last by name")
    see(browser.evaluate("document.activeElement.textContent.slice(0, 5)"), "study",
        "the keyboard's place after sorting")
    search(browser, "ONE finished")
    see(sorted(browser.evaluate(NAMES)), ["one-2.db", "one.db"], "found")
    search(browser, "")


def tick(browser, *studies):
    """Ticks studies, and gives whether they can be compared."""
    for study in studies:
        browser.evaluate(f"document.querySelector('#catalog tr[data-study=\"{study}\"] input').click()")
    return not browser.evaluate("document.querySelector('#catalog button.main').disabled")


def comparing(browser, url):
    """Studies of the same objectives can be compared, others cannot."""
    see(tick(browser, "one.db", "two.db"), False, "comparing other objectives")
    see(tick(browser, "two.db", "one-2.db"), True, "comparing the same objectives")
    browser.evaluate("document.querySelector('#catalog button.main').click()")
    browser.wait(f"{READY} && document.querySelector('#studies') !== null")
    see(browser.evaluate("document.querySelectorAll('#studies tbody tr').length"), 2, "compared")
    home(browser, url)


def home(browser, url):
    """The way back leads to the list."""
    browser.evaluate("document.querySelector('#home').click()")
    browser.wait(f"{READY} && document.querySelector('#catalog') !== null")
    see(browser.evaluate("location.href"), url.split("#")[0], "the list's address")


def opening(browser, url):
    """A link opens the page of a study, which may ask its run."""
    browser.evaluate("document.querySelector('#catalog tr[data-study=\"one.db\"] a').click()")
    browser.wait(f"{READY} && typeof Page.store === 'object'")
    see(browser.evaluate("Page.store.study.name"), "one", "the study that was opened")
    see(browser.evaluate("Page.store.trials.length"), 9, "its trials")
    see(browser.evaluate("location.hash"), "", "the key in the address")
    see(browser.evaluate("sessionStorage.getItem('mohpo-key') !== null"), True, "the key")
    home(browser, url)


def growing(browser, program):
    """A study that runs comes into the list, grows and ends there; one that is removed goes."""
    run = subprocess.Popen([program, "--quiet", "s.lua"])
    try:
        browser.wait(f"{cell('growing.db', 'state')} === 'running'")
        browser.wait(f"+{cell('growing.db', 'trials')} >= 15")
        open("go", "w", encoding="utf-8").close()
        see(run.wait(120), 0, "the run's exit code")
        browser.wait(f"{cell('growing.db', 'state')} === 'finished'")
        browser.wait(f"{cell('growing.db', 'trials')} === '40'")
    finally:
        run.kill()
        run.wait()
    os.remove("studies/growing.db")
    browser.wait(f"!({NAMES}).includes('growing.db')")


def search(browser, text):
    """Searches the list."""
    browser.evaluate("(() => { const box = document.querySelector('#catalog input[type=search]');"
                     f" box.value = '{text}'; box.dispatchEvent(new Event('input')); }})()")


def many(browser):
    """Hundreds of studies are shown a page at a time; a study that changes changes its own row alone."""
    pager = "document.querySelector('#catalog .pager span').textContent"
    rows = "document.querySelectorAll('#catalog tbody tr').length"
    for number in range(230):
        shutil.copy("studies/one.db", f"studies/many-{number}.db")
    with open("studies/one.db", "rb") as whole, open("studies/broken.db", "wb") as file:
        file.write(whole.read()[:5000])
    browser.wait("document.querySelector('#catalog .pager span') !== null"
                 f" && {pager} === '1–100 of 234'")
    see(browser.evaluate(rows), 100, "rows of the first page")
    for expected, count in (("101–200 of 234", 100), ("201–234 of 234", 34)):
        browser.evaluate("[...document.querySelectorAll('#catalog .pager button')][1].click()")
        see((browser.evaluate(pager), browser.evaluate(rows)), (expected, count), "a page")
    search(browser, "broken")
    see(browser.evaluate(cell("broken.db", "state")), "unreadable", "a file that is cut off")
    search(browser, "many-22")
    see(browser.evaluate(rows), 11, "studies that are found")
    # What was read of each has come.
    browser.wait("[...document.querySelectorAll('#catalog tbody tr')].every(row =>"
                 " [...row.querySelectorAll('td[data-key^=b]')].some(cell => cell.textContent))")
    browser.wait("Page.drawing.isDone()")
    browser.evaluate("document.querySelectorAll('#catalog tbody tr').forEach(row => { row.old = 1; });"
                     "document.querySelector('#catalog tr[data-study=\"many-222.db\"] a').focus()")
    os.utime("studies/many-222.db", (1e9, 1e9))
    browser.wait(f"{cell('many-222.db', 'changed')}.endsWith('days ago')")
    see(browser.evaluate("[...document.querySelectorAll('#catalog tbody tr')].every(row => row.old)"),
        True, "rows that stay")
    see(browser.evaluate("document.activeElement.closest('tr')?.dataset.study"), "many-222.db",
        "the keyboard's place after a change")
    search(browser, "")


def with_token(program):
    """On an address that others reach every page needs the token."""
    process, url = watch(program, "--address", "0.0.0.0")
    try:
        parts = urlsplit(url)
        address = f"127.0.0.1:{parts.port}"
        for path in ("/", "/events", "/studies/one.db/", "/studies/one.db/events", "/compare"):
            see(status(address, path), 403, f"{path} without a token")
    finally:
        process.kill()
        process.wait()


def main(program):
    for script in ("one.lua", "one.lua", "two.lua"):
        subprocess.run([program, "--quiet", script], check=True, stdout=subprocess.DEVNULL)
    with open("studies/text.db", "w", encoding="utf-8") as file:
        file.write("no study\n")
    process, url = watch(program)
    try:
        with Browser() as browser:
            browser.open(url)
            listing(browser)
            strangers(urlsplit(url).netloc)
            browser.errors.clear()
            opening(browser, url)
            browser.wait(READ)
            comparing(browser, url)
            growing(browser, program)
            many(browser)
            see(browser.errors, [], "errors")
            own = (url.split("#")[0], "data:")
            see([u for u in browser.requests if not u.startswith(own)], [], "requests")
            shutil.rmtree("studies")
            browser.wait("document.querySelectorAll('#catalog tbody tr').length === 0")
    finally:
        process.kill()
        process.wait()
    subprocess.run([program, "--quiet", "one.lua"], check=True, stdout=subprocess.DEVNULL)
    with_token(program)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except AssertionError as error:
        sys.exit(f"check_catalog.py: {error}")
