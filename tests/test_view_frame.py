"""The page in a notebook, in a real browser: whatever policy stands around its frame, it works and reaches nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import view_samples as samples
from browsers import chromium

from kg.graph import build
from kg.notebook import Page as Shown
from kg.view import page as write_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Frame, Page

pytestmark = pytest.mark.system

HOST = "http://notebook.test/"
NOTEBOOK = "frame-ancestors 'self'"  # as Jupyter's servers send it
EDITOR = (  # as VS Code writes it around the outputs of cells
    "default-src 'none'; script-src https://editor.test 'unsafe-inline' 'unsafe-eval'; "
    "style-src https://editor.test 'unsafe-inline'; "
    "img-src https: http: data:; font-src https:; connect-src https:; child-src https: data:"
)
HOSTS = [pytest.param(NOTEBOOK, id="JupyterLab and classic"), pytest.param(EDITOR, id="VS Code")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def output() -> str:
    return Shown(write_page(build(samples.realistic())))._repr_html_()


def _opened(browser: Browser, output: str, policy: str) -> tuple[Page, Frame, list[str]]:
    """Open an output in a notebook whose pages have a policy; give what is complained of too."""
    tab = browser.new_page(viewport={"width": 1000, "height": 800})
    faults: list[str] = []
    tab.on("console", lambda message: faults.append(message.text))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    answer = f"<!DOCTYPE html><title>notebook</title><script>window.token = 'secret'</script>{output}"
    tab.route("**/*", lambda route: route.fulfill(
        body=answer, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy}
    ))  # fmt: skip
    tab.goto(HOST)
    frame = tab.frames[1]
    frame.wait_for_selector("#canvas canvas")
    return tab, frame, faults


@pytest.mark.parametrize("policy", HOSTS)
def test_the_page_works_in_its_frame(browser: Browser, output: str, policy: str) -> None:
    tab, frame, faults = _opened(browser, output, policy)
    frame.fill("#search", "kremlin")
    frame.press("#search", "Enter")
    assert frame.inner_text("#panel h2") == "Russia"
    frame.click("[data-lang=fr]")
    assert frame.inner_text("h1") == "Qui dit quoi de qui"
    with tab.expect_download() as saved:
        frame.click("#export summary")
        frame.click("[data-export=svg]")
    assert saved.value.suggested_filename.endswith(".svg")
    assert faults == []
    tab.close()


@pytest.mark.parametrize("policy", HOSTS)
def test_the_frame_cannot_reach_the_notebook(browser: Browser, output: str, policy: str) -> None:
    tab, frame, _ = _opened(browser, output, policy)
    tried = "(() => { try { return parent.token } catch (error) { return error.name } })()"
    assert frame.evaluate(tried) == "SecurityError"
    assert frame.evaluate("origin") == "null"
    tab.close()
