"""`build.py pdf`: a briefing, or a dossier on an actor or topic, as a tagged PDF (PDF/UA-1).

It is made from the site as it was built, with the print part of its stylesheet, by WeasyPrint, an
optional extra (`make pdf-tools`). A dossier is the actor's or topic's page and, after it, every
briefing that the page leads to, each starting on a new page.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from readout.content.fields import problem_of_id

_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_HEAD = re.compile(r"<html\b[^>]*>")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_BRIEFING = re.compile(r'href="\.\./briefings/([a-z0-9-]+)\.html')
_ID = re.compile(r'(\bid="|\bhref="#|\baria-labelledby=")([^"]+)"')


class PdfProblem(Exception):  # noqa: N818 - a problem of the caller's, told in one line
    """Why no PDF can be made; the message is for the author."""


def make_pdf(site: Path, address: str, out: Path) -> int:
    """Writes the PDF of an address (`briefings/x`, `actors/y`, `topics/z`); how many parts it has.

    Raises PdfProblem where there is no such page, no site yet, or no WeasyPrint.
    """
    folder, _, identity = address.partition("/")
    if folder not in ("briefings", "actors", "topics") or problem_of_id(identity):
        raise PdfProblem("give a briefing, an actor or a topic: briefings/<id>, actors/<id>")
    if importlib.util.find_spec("weasyprint") is None:
        raise PdfProblem("PDFs need WeasyPrint: run make pdf-tools")
    page = site / f"{address}.html"
    if not page.is_file():
        raise PdfProblem(f"there is no page {page}: build the site first, and check the id")
    text = page.read_text(encoding="utf-8")
    parts = [_part(text, 0)]
    if folder != "briefings":
        for n, briefing in enumerate(dict.fromkeys(_BRIEFING.findall(text)), 1):
            parts.append(_part((site / "briefings" / f"{briefing}.html").read_text("utf-8"), n))
    html = _HEAD.search(text)
    title = _TITLE.search(text)
    assert html is not None
    assert title is not None
    document = (
        f"<!doctype html>{html[0]}<head><meta charset=utf-8><title>{title[1]}</title>"
        f'<link rel="stylesheet" href="../style.css"></head><body>{"".join(parts)}</body></html>'
    )
    _write(document, page, out)
    return len(parts)


def _part(page: str, number: int) -> str:
    """The text of a page, its ids made different from those of the other parts."""
    found = _MAIN.search(page)
    assert found is not None
    text = _ID.sub(
        lambda m: f'{m[1]}{" ".join(f"p{number}-{one}" for one in m[2].split())}"', found[1]
    )
    return f'<main class="page dossier">{text}</main>'


def _write(document: str, page: Path, out: Path) -> None:
    from weasyprint import HTML

    out.parent.mkdir(parents=True, exist_ok=True)
    made = HTML(string=document, base_url=page.resolve().as_uri())
    made.write_pdf(out, pdf_variant="pdf/ua-1", pdf_tags=True)
