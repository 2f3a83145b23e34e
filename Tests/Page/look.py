"""Takes pictures of a page: look.py PAGE FOLDER."""

import os
import sys

from browser import Browser

page, folder = sys.argv[1:]
name = os.path.basename(page).removesuffix(".html")
url = page if "://" in page else "file://" + os.path.abspath(page)
for kind, width, dark in (("light", 1280, False), ("dark", 1280, True), ("phone", 390, False)):
    with Browser(width, 900, dark) as browser:
        seconds = browser.open(url)
        print(f"{kind}: {seconds:.2f} s, errors {browser.errors}, requests {browser.requests[:3]}")
        tall = browser.evaluate("document.documentElement.scrollHeight")
        wide = browser.evaluate("document.documentElement.scrollWidth")
        print(f"  {wide} x {tall}")
        browser.resize(width, min(tall, 6000))
        browser.evaluate("new Promise(r => setTimeout(r, 500))")
        browser.wait("Page.drawing.isDone()")
        browser.screenshot(f"{folder}/{name or 'page'}-{kind}.png")
