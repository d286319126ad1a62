"""How heavy pages are: `make weights` builds 20,000 articles and writes docs/weights.md."""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.corpus import generate
from bench.cost import commit
from readout.pipeline import ROOT, Settings, build

HTML = 50_000
GZIP = 15_000


def weights(site: Path) -> Iterator[tuple[str, int, int]]:
    """Each page but search: its path, bytes, and bytes as gzip."""
    for page in sorted(site.rglob("*.html")):
        data = page.read_bytes()
        if page.name != "search.html":
            yield page.relative_to(site).as_posix(), len(data), len(gzip.compress(data, 6))


def kind_of(path: str) -> str:
    """The type of a page, by its place."""
    parts = path.split("/")
    if len(parts) == 1:
        return parts[0]
    if parts[-1] == "index.html":
        return f"{parts[0]}/index"
    return f"{parts[0]}: part" if len(parts) > 2 else parts[0]


def main(articles: int) -> int:
    """Builds, measures, writes; 1 where a page is too heavy."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        generate(root, articles)
        report = build(
            Settings(root / "content", root / "seeds", root / "site", root / "work", search=False)
        )
        if report.published is None or report.published.problems:
            print(report.published or report.diagnostics[:5])
            return 1
        kinds: dict[str, tuple[int, int, int, str]] = {}
        for path, html, packed in weights(root / "site"):
            count, most, most_packed, heaviest = kinds.get(kind_of(path), (0, 0, 0, ""))
            heaviest = path if html > most else heaviest
            kinds[kind_of(path)] = (
                count + 1,
                max(most, html),
                max(most_packed, packed),
                heaviest,
            )
    lines = [
        "# Weights",
        "",
        f"Every page of {articles:,} generated articles, by type; `make weights` wrote this on "
        f"{time.strftime('%Y-%m-%d')}, of commit {commit()}.",
        f"The budget: {HTML:,} bytes of HTML, {GZIP:,} as gzip.",
        "",
        "| type | pages | heaviest, bytes | heaviest as gzip | which |",
        "|---|---|---|---|---|",
        *(
            f"| {kind} | {count:,} | {html:,} | {packed:,} | {path} |"
            for kind, (count, html, packed, path) in sorted(kinds.items())
        ),
    ]
    (ROOT / "docs" / "weights.md").write_text("\n".join([*lines, ""]), encoding="utf-8")
    print("\n".join(lines))
    return int(any(h > HTML or p > GZIP for _, h, p, _ in kinds.values()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
