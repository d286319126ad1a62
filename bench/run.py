"""Readout beside Hugo, in one run: `make bench` prints the tables and writes bench/RESULTS.md.

Hugo builds the Markdown that Readout generated, with a skeleton of the same page around it. Both
run in turns, on tmpfs where there is one; ratios are pair by pair: one run of Hugo begins each
pair, and all works of the pair are divided by it. No figure counts before the pages and links of
both have been compared.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.cost import ROOT, Cost, commit, measured
from bench.growth import growth
from bench.serving import reloaded
from bench.sites import Bench

WEB = ROOT / "bench" / "web"
"""What comes from npm; `make bench` installs it."""


def rows(articles: int, pairs: int, folder: Path, is_short: bool, wanted: str = "") -> list[str]:
    """The table's rows for one size; a short one has no search, and the commonest works alone. Of
    all works those alone whose names have what is wanted in them, and those that come before."""
    bench = Bench(folder, articles)
    bench.prepare()
    measured(bench.readout())
    bench.prepare_hugo()
    measured(bench.hugo())
    lines = [f"\n{articles:,} articles: {bench.compared()}.\n", *_HEAD]
    print(*lines, sep="\n", flush=True)
    peers: list[Cost] = []
    for search in (False,) if is_short else (False, True):
        work: list[tuple[str, Callable[[int], None]]] = [
            ("cold", lambda n, search=search: bench.clean(search)),  # type: ignore[misc]
            ("nothing changed", lambda n: None),
            ("one article edited", lambda n: bench.edit(n + 1)),
            ("one article edited, and whom it names", lambda n: bench.edit_links(n + 50)),
            ("one article edited: its title", lambda n: bench.edit_title(n + 100)),
            ("one article edited: its date of publication", lambda n: bench.edit_date(n + 150)),
            ("one article more", lambda n: bench.add(n)),
            (f"head of an event with {bench.accounts} accounts", bench.edit_head),
            ("an actor renamed", bench.rename_actor),
            ("a template changed", bench.change_template),
        ]
        work = work[:3] if is_short else work
        work = [one for n, one in enumerate(work) if n < 2 or wanted in one[0]]
        found: dict[str, list[tuple[Cost, Cost]]] = {}
        for pair in range(pairs):
            peers.append(peer := measured(bench.hugo()))
            for name, prepare in work:
                prepare(pair + 10 * search)
                found.setdefault(name, []).append((measured(bench.readout(search)), peer))
        for name, costs in found.items():
            lines.append(_row(f"{name}{', with search' if search else ''}", costs))
            print(lines[-1], flush=True)
    lines.append(_row("Hugo itself", [(peer, peer) for peer in peers]))
    if not wanted:
        edits = {"an article": bench.edit, "one that names another": bench.edit_links}
        lines += reloaded(bench.readout()[:2], edits, folder)
        print(*lines[-3:], sep="\n", flush=True)
    return lines


_HEAD = (
    "| work | wall s | CPU s | memory MB | ratio to Hugo's wall | spread |",
    "|---|---|---|---|---|---|",
)


def _row(name: str, costs: list[tuple[Cost, Cost]]) -> str:
    ratios = sorted(mine.wall / peer.wall for mine, peer in costs)
    mine = [one for one, _ in costs]
    return (
        f"| {name} | {median(c.wall for c in mine):.2f} | {median(c.cpu for c in mine):.2f} | "
        f"{max(c.memory for c in mine):.0f} | {median(ratios):.3f} | "
        f"{ratios[0]:.3f} to {ratios[-1]:.3f} |"
    )


def others(articles: int, folder: Path) -> Iterator[str]:
    """MkDocs with Material, and Eleventy, once each over the same Markdown."""
    bench = Bench(folder, articles)
    bench.prepare()
    measured(bench.readout())
    docs = folder / "plain" / "work" / "docs"
    config = folder / "material.yml"
    config.write_text(
        f"site_name: m\ndocs_dir: {docs}\nsite_dir: {folder}/material\n"
        "use_directory_urls: false\ntheme: {name: material}\nplugins: []\n"
        "nav: [{Home: index.md}]\nnot_in_nav: /**\n",
        encoding="utf-8",
    )
    material = f"MkDocs {version('mkdocs')} with Material {version('mkdocs-material')}"
    cost = measured([sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", config])
    yield _once(material, articles, cost)
    place = folder / "eleventy"
    shutil.copytree(ROOT / "bench" / "eleventy", place)
    shutil.copytree(docs, place / "docs")
    packages = json.loads((WEB / "package-lock.json").read_text("utf-8"))["packages"]
    name = f"Eleventy {packages['node_modules/@11ty/eleventy']['version']}"
    tool = WEB / "node_modules" / ".bin" / "eleventy"
    cost = measured([tool, "--config=eleventy.config.mjs", "--quiet"], place)
    made = sum(1 for _ in (place / "eleventy").rglob("*.html"))
    wanted = sum(1 for _ in docs.rglob("*.md"))
    if made != wanted:
        raise RuntimeError(f"Eleventy made {made} pages of {wanted}")
    yield _once(name, articles, cost)


def _once(name: str, articles: int, cost: Cost) -> str:
    return (
        f"{name}, once, on the Markdown of {articles:,} articles: {cost.wall:.1f} s wall, "
        f"{cost.cpu:.1f} s CPU, {cost.memory:.0f} MB."
    )


def _told(file: str, key: str) -> str:
    """What the system says of itself (Linux, proc(5))."""
    for line in Path(file).read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == key:
            return value.strip()
    return "not stated"


def main() -> int:
    """Measures each size; writes bench/RESULTS.md."""
    parser = argparse.ArgumentParser(description="Readout beside Hugo.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 20_000])
    parser.add_argument(
        "--pairs", type=int, nargs="+", default=[5], help="for each size; one for all"
    )
    parser.add_argument(
        "--short",
        type=int,
        default=20_001,
        help="so many articles and more: no search, three works",
    )
    parser.add_argument(
        "--works", default="", help="those alone with this in their names; nothing is written"
    )
    given = parser.parse_args()
    pairs = given.pairs * (len(given.sizes) if len(given.pairs) == 1 else 1)
    where = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - tmpfs
    lines = [
        "# Readout beside Hugo",
        "",
        f"`python -m bench.run --sizes {' '.join(map(str, given.sizes))} "
        f"--pairs {' '.join(map(str, given.pairs))} --short {given.short}` "
        f"wrote this on {time.strftime('%Y-%m-%d')}, on {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores ({_told('/proc/cpuinfo', 'model name')}), "
        f"{_told('/proc/meminfo', 'MemTotal')} of memory, Python {platform.python_version()}, "
        f"MkDocs {version('mkdocs')}, Hugo {version('hugo')}, on {'tmpfs' if where else 'a disk'}; "
        f"commit {commit()}. Medians of the pairs; memory is the most of all of them, over all "
        "processes (PSS), looked at every 0.1 to 0.5 s.",
    ]
    file = ROOT / "bench" / "RESULTS.md"
    for articles, times in zip(given.sizes, pairs, strict=True):
        with tempfile.TemporaryDirectory(dir=where) as folder:
            is_short = articles >= given.short
            lines += rows(articles, times, Path(folder), is_short, given.works)
        if not given.works:
            file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    if given.works:
        return 0
    lines += growth(given.sizes, min(pairs), where)
    with tempfile.TemporaryDirectory(dir=where) as folder:
        for line in others(min(given.sizes), Path(folder)):
            lines += ["", line]
            print(line, flush=True)
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
