"""Pictures of a built site: `python -m tests.browser.screenshots SITE OUT [--pages p1,p2,...]`.

Of each page (given by its path in SITE, such as briefings/one.html; if none is given, those at the
top and one of each folder) OUT gets

    NAME.wide.png    1280 px wide, the whole page     NAME.dark.png    the same, dark
    NAME.phone.png   390 px wide, the whole page      NAME.fold.png    390 x 844: before scrolling
    NAME.print.png   as it is printed, 794 px (A4)    NAME.pdf         printed on A4

NAME is the path with `-` for `/` and without `.html`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.harness import launch, open_context, serving

_A4 = 794
"""The width of A4 in CSS pixels: 210 mm at 96 to the inch."""


def sample(site: Path) -> list[str]:
    """The pages at the top, and of each folder its index and its first other page."""
    chosen = sorted(page.name for page in site.glob("*.html"))
    for folder in sorted(path for path in site.iterdir() if path.is_dir()):
        pages = sorted(folder.glob("*.html"))
        others = [page for page in pages if page.name != "index.html"]
        both = [page for page in pages if page.name == "index.html"] + others[:1]
        chosen += [page.relative_to(site).as_posix() for page in both]
    return chosen


def shoot(browser: Browser, address: str, pages: Sequence[str], out: Path) -> list[Path]:
    """Takes every picture of the pages; the files written."""
    written = []
    views = [
        ("wide", {"width": 1280, "height": 800}),
        ("dark", {"width": 1280, "height": 800, "color_scheme": "dark"}),
        ("phone", {"width": 390, "height": 844}),
        ("print", {"width": _A4, "height": 1123}),
    ]
    for view, options in views:
        with open_context(browser, **options) as context:  # type: ignore[arg-type]
            page = context.new_page()
            for path in pages:
                name = path.removesuffix(".html").replace("/", "-")
                page.emulate_media(media="print" if view == "print" else "screen")
                page.goto(address + path, wait_until="networkidle")
                if view == "phone":
                    written.append(out / f"{name}.fold.png")
                    page.screenshot(path=written[-1])
                if view == "print":
                    written.append(out / f"{name}.pdf")
                    page.pdf(path=written[-1], format="A4", print_background=True)
                written.append(out / f"{name}.{view}.png")
                page.screenshot(path=written[-1], full_page=True)
    return written


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 2 where a page is not in the site."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots")
    parser.add_argument("site", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", default="", help="paths in SITE, with commas between them")
    given = parser.parse_args(arguments)
    pages = [page for page in given.pages.split(",") if page] or sample(given.site)
    absent = [page for page in pages if not (given.site / page).is_file()]
    if absent or not pages:
        parser.error(f"not in {given.site}: {', '.join(absent) or 'any page'}")
    given.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, serving(given.site) as address:
        browser = launch(playwright)
        for file in shoot(browser, address, pages, given.out):
            print(file)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
