"""Hooks of mkdocs: pages from outside docs/, and links that hold in the repository and on the site."""

import posixpath
import re
from pathlib import Path

from mkdocs.structure.files import File, InclusionLevel

ROOT = Path(__file__).resolve().parents[2]

# Where a file of the repository is on the site.
PAGES = {"README.md": "index.md", "CHANGELOG.md": "changelog.md", "python/README.md": "python.md"}
MODULES = ("Engine", "NN", "LuaBridge")
LINK = re.compile(r"(?<!!)(\[[^\]]*\]\()([^)#\s]+)((?:#[^)]*)?\))")
IMAGE = re.compile(r"(!\[[^\]]*\]\()([^)#\s]+)(\))")


def examples():
    """The files that pages link to."""
    folder = ROOT / "scripts"
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def generated(config, name, text):
    """A page that is in no menu."""
    page = File.generated(config, name, content=text)
    page.inclusion = InclusionLevel.NOT_IN_NAV
    return page


def on_files(files, config):
    """Adds the pages and the examples."""
    for source, page in PAGES.items():
        text = (ROOT / source).read_text()
        files.append(File.generated(config, page, content=text))
    text = f"# Licence\n\n```text\n{(ROOT / 'LICENSE').read_text()}```\n"
    files.append(generated(config, "license.md", text))
    for path in examples():
        name = path.relative_to(ROOT).as_posix()
        text = f"# {path.name}\n\n```{path.suffix[1:]}\n{path.read_text()}```\n"
        files.append(generated(config, name + ".md", text))
    links = "".join(
        f'- <a href="swift/{name}/documentation/{name}/">{module}</a>\n'
        for module in MODULES
        for name in [module.lower()])
    text = (
        "# Swift API\n\nThe modules that other Swift programs may use:\n\n" + links
        + "\nThese pages need a server, as they load their text: "
        "`python3 -m http.server --directory dist/site`.\n")
    files.append(File.generated(config, "swift.md", content=text))
    return files


def on_page_markdown(markdown, page, config, files):
    """Makes links of the repository links of the site."""
    source = next((s for s, p in PAGES.items() if p == page.file.src_uri), None)
    folder = posixpath.dirname(source or "docs/" + page.file.src_uri)

    def moved(match):
        start, target, end = match.groups()
        if ":" in target:
            return match.group(0)
        path = posixpath.normpath(posixpath.join(folder, target))
        place = PAGES.get(path) or place_of(path)
        return start + relative(place, page.file.src_uri) + end if place else match.group(0)

    text = LINK.sub(moved, markdown)
    return IMAGE.sub(moved, text)


def place_of(path):
    """The page or file of the site for a path of the repository; none where it has none."""
    if path == "LICENSE":
        return "license.md"
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    if path == "scripts":
        return "scripts/circle.lua.md"
    if path.startswith("scripts/"):
        return path + ".md" if (ROOT / path).is_file() else None
    return None


def relative(place, page):
    """A link from a page to a place of the site."""
    return posixpath.relpath(place, posixpath.dirname(page) or ".")
