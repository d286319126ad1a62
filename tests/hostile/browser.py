"""The second oracle: pages in a real browser, with no policy to protect them; nothing may run.

Pages are served without the policy in their head; a policy that only reports is sent instead, so
that the browser itself tells of every script, handler and address that ours would have stopped.
Then whatever can be hovered over, focused or clicked is.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Dialog, Error, Page, Request

from tests.browser.harness import PATIENCE, open_context
from tests.hostile.scripts import ALONE, SEARCH, TOGETHER, WATCH

_POLICY_META = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_REPORTED = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self' "
    "'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
_LOADED = re.compile(
    r"/(?:[a-z0-9/-]+\.html|style\.css|icon\.svg|search\.js|pagefind\S*)?(?:\?.*)?"
)

FORBIDDEN = [
    "applet", "area", "audio", "base", "embed", "frame", "frameset", "iframe", "img", "math",
    "object", "style", "template", "textarea", "video", "marquee", "animate", "set", "use", "image",
    "foreignObject",
]  # fmt: skip
ON_ORDINARY_PAGES = ["script", "form", "input", "button", "select"]
TOGETHER_AT = "together.html"
"""The address of the page that holds others in frames: no page of a site has it."""


class _Host(SimpleHTTPRequestHandler):
    """Files without their policy, and with one that only reports."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".wasm": "application/wasm",
        ".js": "text/javascript; charset=utf-8",
        ".html": "text/html; charset=utf-8",
    }

    def do_GET(self) -> None:
        if self.path == f"/{TOGETHER_AT}":
            self._answer(200, "text/html", b"<!DOCTYPE html><title>Frames</title><body>", ours=True)
            return
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            file /= "index.html"
        if not file.is_file():
            self._answer(404, "text/plain", b"")
            return
        data = file.read_bytes()
        if file.suffix == ".html":
            data, times = _POLICY_META.subn(b"", data)
            assert times == 1, f"{file} has no policy to take away"
        self._answer(200, self.guess_type(str(file)), data)

    def _answer(self, status: int, kind: str, data: bytes, ours: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        # Every page is asked for once; what all of them have need not be.
        self.send_header("Cache-Control", "no-store" if "html" in kind else "max-age=3600")
        if not ours:
            self.send_header("Content-Security-Policy-Report-Only", _REPORTED)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a browser that goes away in the middle of an answer is no news


@contextmanager
def unprotected(folder: Path) -> Iterator[str]:
    """Serves a site without its policy; yields the address of its root, with a `/`."""
    server = _Server(("127.0.0.1", 0), partial(_Host, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Watched:
    """A page that is watched while a reader would use it."""

    page: Page
    root: str
    """The address of the site."""
    seen: list[str] = field(default_factory=list)
    """What should not have been, since the last visit began."""
    _expected: str = ""

    def visit(self, path: str) -> dict[str, str]:
        """Opens a page and does to it all that a reader may; what went wrong is in `seen`."""
        self._expected = self.root + path
        self.page.goto(self._expected, wait_until="load")
        searches = path == "search.html"
        if searches:
            self.page.wait_for_selector("html[data-search=ready]", state="attached")
        forbidden = FORBIDDEN + ([] if searches else ON_ORDINARY_PAGES)
        try:
            told: dict[str, Any] = self.page.evaluate(ALONE, [forbidden, True])
        except Error as error:  # the page has gone elsewhere meanwhile
            told = {"found": [f"the page was left: {error!s:.100}"]}
        self.seen += told.pop("found")
        self._is_here()
        return told

    def visit_together(self, paths: Sequence[str]) -> list[dict[str, Any]]:
        """Opens several pages at once, each in a frame, and does the same to each; what was told
        of each has what was `found` on it. What else went wrong is in `seen`."""
        self._expected = self.root + TOGETHER_AT
        if self.page.url != self._expected:
            self.page.goto(self._expected, wait_until="load")
        given = [self.root, list(paths), FORBIDDEN + ON_ORDINARY_PAGES, 3 * PATIENCE]
        try:
            told: list[dict[str, Any]] = self.page.evaluate(TOGETHER, given)
        except Error as error:
            self.seen.append(f"one of these pages left all of them: {error!s:.100}")
            told = []
        self._is_here()
        return told

    def _collect(self) -> None:
        try:
            self.seen += self.page.evaluate("ranHere.splice(0)")
        except Error as error:
            self.seen.append(f"the page was left: {error!s:.100}")
        self._is_here()

    def _is_here(self) -> None:
        if urlsplit(self.page.url)._replace(query="", fragment="").geturl() != self._expected:
            self.seen.append(f"it went to {self.page.url}")

    def by_hand(self) -> None:
        """The same with the pointer and the keyboard themselves, as far as the window shows."""
        for y in range(10, 800, 26):
            self.page.mouse.move(400, y)
        for _ in range(30):
            self.page.keyboard.press("Tab")
        self._collect()

    def search(self, words: str) -> list[str]:
        """The titles that the search page (it is open) shows for words."""
        titles: list[str] = self.page.evaluate(SEARCH, words)
        self.page.evaluate("window.dispatchEvent(new Event('focus'))")
        self._collect()
        return titles

    def taken(self) -> list[str]:
        """What was seen, once."""
        seen, self.seen = list(dict.fromkeys(self.seen)), []
        return seen


@contextmanager
def watching(browser: Browser, root: str) -> Iterator[Watched]:
    """A page of a context of its own, in which everything is noted."""
    context = open_context(browser)
    context.add_init_script(WATCH)
    page = context.new_page()
    watched = Watched(page, root)

    def asked(request: Request) -> None:
        address = request.url
        ours = address.startswith(root) and _LOADED.fullmatch(address.removeprefix(root[:-1]))
        if not ours and not address.startswith(("data:image/", "blob:")):
            watched.seen.append(f"a request for {address:.100}")

    def answered(dialog: Dialog) -> None:
        watched.seen.append(f"a dialog: {dialog.message:.100}")
        dialog.dismiss()

    context.on("request", asked)
    context.on("page", lambda other: watched.seen.append(f"a window: {other.url:.100}"))
    page.on("dialog", answered)
    page.on("pageerror", lambda error: watched.seen.append(f"an error: {error!s:.100}"))
    page.on("download", lambda one: watched.seen.append(f"a download: {one.url:.100}"))
    page.on("websocket", lambda one: watched.seen.append(f"a socket: {one.url:.100}"))
    try:
        yield watched
    finally:
        context.close()
