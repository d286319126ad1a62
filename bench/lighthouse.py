"""Lighthouse on a built site: `make lighthouse` prints and writes bench/LIGHTHOUSE.md.

Each page is measured as a phone five times; the table has the medians.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from tests.tools import NODE, chromium

ROOT = Path(__file__).parents[1]
WEB = ROOT / "bench" / "web"
PAGES = {
    "home": "index.html",
    "briefing": "briefings/moscow-times-2018-05-10.html",
    "event": "events/israel-iran-messages-via-putin.html",
    "actor": "actors/putin.html",
    "chronology": "chronology/index.html",
}
KINDS = ("performance", "accessibility", "best-practices", "seo")
RUNS = 5
_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def measure(address: str) -> tuple[dict[str, float], list[str]]:
    """The scores of one run, 0 to 100, and the audits that are not passed."""
    done = subprocess.run(
        [
            NODE,
            WEB / "node_modules/lighthouse/cli/index.js",
            address,
            "--output=json",
            "--quiet",
            f"--chrome-flags={_FLAGS}",
            f"--only-categories={','.join(KINDS)}",
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "CHROME_PATH": chromium() or ""},
    )
    report = json.loads(done.stdout)
    scores = {kind: 100.0 * float(report["categories"][kind]["score"] or 0) for kind in KINDS}
    failed = [
        name
        for kind in KINDS
        for ref in report["categories"][kind]["auditRefs"]
        if ref["weight"]
        and (report["audits"][(name := ref["id"])].get("score") or 0) < 1
        and report["audits"][name]["scoreDisplayMode"] not in ("notApplicable", "manual")
    ]
    return scores, failed


def main(site: Path) -> int:
    """Measures every page; 1 where a median is below 100."""
    handler = partial(_Quiet, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_address[1]}/"
    lines = [
        "| page | " + " | ".join(KINDS) + " | audits below 1 in some run |",
        "|---|" + "---|" * 5,
    ]
    worst = 100.0
    for name, path in PAGES.items():
        runs = [measure(root + path) for _ in range(RUNS)]
        medians = [median(scores[kind] for scores, _ in runs) for kind in KINDS]
        worst = min(worst, *medians)
        failed = sorted({audit for _, audits in runs for audit in audits})
        cells = " | ".join(f"{value:.0f}" for value in medians)
        lines.append(f"| {name} | {cells} | {', '.join(failed)} |")
        print(lines[-1], flush=True)
    head = (
        "# Lighthouse\n\nMedians of five runs, as a phone; `make lighthouse` writes this file.\n\n"
    )
    (ROOT / "bench" / "LIGHTHOUSE.md").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    server.shutdown()
    return 0 if worst == 100 else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
