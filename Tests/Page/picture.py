"""Takes the picture of a page that the README shows: picture.py PAGE FILE.webp."""

import base64
import os
import sys

from browser import Browser

page, file = sys.argv[1:]
with Browser(1280, 1000) as browser:
    browser.open("file://" + os.path.abspath(page))
    browser.evaluate("new Promise(r => setTimeout(r, 500))")
    picture = browser.call("Page.captureScreenshot", format="webp", quality=70)["data"]
    with open(file, "wb") as output:
        output.write(base64.b64decode(picture))
