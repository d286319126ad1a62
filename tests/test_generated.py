"""A thousand generated articles: every key, four scripts, dates BC and open; all of it links."""

from __future__ import annotations

from pathlib import Path

from bench.corpus import generate
from tests.builds import build
from tests.site_checks import broken_links, external_requests, html_problems, read_pages

HEAVIEST = 50_000
"""Bytes of HTML that no page may pass."""


def test_a_thousand_articles(tmp_path: Path) -> None:
    generate(tmp_path, 1000)
    done = build(tmp_path, tmp_path / "content", tmp_path / "seeds")
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    assert "warning" not in done.stdout
    site = tmp_path / "site"
    pages = read_pages(site)
    assert len(pages) > 1000
    assert broken_links(site, pages, "/norland/") == []
    assert external_requests(site, pages) == []
    sample = sorted(pages)[::23]
    assert html_problems(site, sample) == []
    heavy = [path for path in pages if (site / path).stat().st_size > HEAVIEST]
    assert heavy == []
