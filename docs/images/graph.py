# ruff: noqa: INP001 - a script, not a package
"""Draw the picture in the README from a page: a contested line, chosen, with those who say so and those who deny it.

kg build data/articles --store data/out/picture && kg view --store data/out/picture -o data/out/picture.html
python docs/images/graph.py data/out/picture.html
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SIZE = {"width": 1280, "height": 800}
CHOSEN = "#line=iran+supports.material-cooperation+russia"


def draw(page: Path, picture: Path) -> None:
    """Open the page at a place in it and keep what is seen."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport=SIZE)
        tab.goto(page.resolve().as_uri() + CHOSEN)
        tab.wait_for_timeout(500)
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(__file__).with_name("graph.png"))
