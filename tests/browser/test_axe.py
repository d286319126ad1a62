"""axe finds nothing, on every type of page, light and dark, narrow and wide."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.pages import TYPES
from tests.tools import WEB

AXE = (WEB / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run({resultTypes: ["violations"]})).violations
    .map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | "))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(
    scheme: str, width: int, new_page: Callable[..., Page], real_address: str
) -> None:
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    found = {}
    for name, path in TYPES.items():
        page.goto(real_address + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        page.evaluate(AXE)
        violations = page.evaluate(RUN)
        if violations:
            found[name] = violations
    assert found == {}


def test_axe_would_find_something(new_page: Callable[..., Page], real_address: str) -> None:
    page = new_page(bypass_csp=True)
    page.goto(real_address)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x><a href=y></a>')")
    page.evaluate(AXE)
    assert len(page.evaluate(RUN)) >= 2
