"""The README's pictures of the built site: `make pictures` writes docs/images."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.harness import launch, open_context, serving

PICTURES = (
    ("event.png", "events/israel-iran-messages-via-putin.html", 1100, 760, "light"),
    ("briefing-phone-dark.png", "briefings/moscow-times-2018-05-10.html", 390, 760, "dark"),
)


def main(site: Path, out: Path) -> None:
    """Takes them."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, serving(site) as address:
        browser = launch(playwright)
        for name, path, width, height, scheme in PICTURES:
            context = open_context(browser, width=width, height=height, color_scheme=scheme)
            page = context.new_page()
            page.goto(address + path)
            page.screenshot(path=out / name)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
