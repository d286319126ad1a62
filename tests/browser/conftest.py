"""Sites in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.harness import Recorder, launch, open_context, serving


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker has the browser: it takes half the machine."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serves a folder (at a path, if one is given: `base="/norland/"`); the address of its root."""
    with ExitStack() as running:
        yield lambda folder, base="/": running.enter_context(serving(folder, base))


@pytest.fixture(scope="session")
def real_address(real: Path, serve: Callable[..., str]) -> str:
    return serve(real / "site")


@pytest.fixture
def recorder() -> Recorder:
    """What the pages that the test opened with `new_page` asked for."""
    return Recorder()


@pytest.fixture
def new_page(browser: Browser, recorder: Recorder) -> Iterator[Callable[..., Page]]:
    """Opens pages with the options of `open_context`. What a page asks of another host fails the
    test, unless the test has dealt with it (and cleared `recorder.requests`)."""
    contexts = []

    def start(**options: Any) -> Page:
        context = open_context(browser, **options)
        contexts.append(context)
        recorder.watch(context)
        return context.new_page()

    yield start
    for context in contexts:
        context.close()
    assert recorder.external == [], "pages asked other hosts for these"
