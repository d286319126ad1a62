"""Readout beside Hugo, in one run: `make bench` prints the table and writes bench/RESULTS.md.

Hugo builds the Markdown that Readout generated, with a skeleton of the same page around it. Both
run in turns, on tmpfs where there is one; ratios are pair by pair.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.corpus import generate

ROOT = Path(__file__).parents[1]
HUGO = ROOT / "bench" / "hugo"


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    wall: float
    cpu: float
    """Of it and its children, in seconds."""


def measured(command: list[str | Path]) -> Cost:
    """Runs a command, which has to succeed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout[-500:]}{done.stderr[-500:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu)


class Bench:
    """One corpus, one pair of sites."""

    def __init__(self, folder: Path, articles: int) -> None:
        self.folder = folder
        generate(folder, articles)

    def readout(self) -> list[str | Path]:
        return [
            sys.executable,
            ROOT / "build.py",
            "build",
            "--no-search",
            *(f"--{name}={self.folder / name}" for name in ("content", "seeds", "site", "work")),
        ]

    def hugo(self) -> list[str | Path]:
        source = self.folder / "hugo"
        return ["hugo", "--quiet", "--source", source, "--destination", self.folder / "public"]

    def prepare_hugo(self) -> None:
        """The generated Markdown, with the indexes named as Hugo wants them."""
        source = self.folder / "hugo"
        shutil.rmtree(source, ignore_errors=True)
        shutil.copytree(HUGO, source)
        shutil.copytree(self.folder / "work" / "docs", source / "content")
        for index in (source / "content").rglob("index.md"):
            index.rename(index.with_name("_index.md"))

    def clean(self) -> None:
        for name in ("site", "work"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def edit(self, n: int) -> None:
        """One article's bottom line."""
        file = self.folder / "content" / "articles" / f"article-{n}.yml"
        text = file.read_text(encoding="utf-8")
        edited = re.sub(r"^bottom_line: .*$", f'bottom_line: "Edit {n}."', text, flags=re.MULTILINE)
        file.write_text(edited, encoding="utf-8")

    def same_pages(self) -> tuple[int, int]:
        """How many pages each made, for the check that both made the same ones."""
        ours = {p.relative_to(self.folder / "site") for p in (self.folder / "site").rglob("*.html")}
        theirs = {
            p.relative_to(self.folder / "public") for p in (self.folder / "public").rglob("*.html")
        }
        return len(ours - {Path("404.html")}), len(theirs & ours)


def rows(articles: int, pairs: int, folder: Path) -> list[str]:
    """The table's rows for one size."""
    bench = Bench(folder, articles)
    measured(bench.readout())
    bench.prepare_hugo()
    shutil.rmtree(folder / "public", ignore_errors=True)
    found: dict[str, list[tuple[Cost, Cost]]] = {}
    for pair in range(pairs):
        shutil.rmtree(folder / "public", ignore_errors=True)
        peer = measured(bench.hugo())
        work: list[tuple[str, Callable[[], None]]] = [
            ("cold", bench.clean),
            ("nothing changed", lambda: None),
            ("one article edited", lambda pair=pair: bench.edit(pair + 1)),  # type: ignore[misc]
        ]
        for name, prepare in work:
            prepare()
            found.setdefault(name, []).append((measured(bench.readout()), peer))
    ours, shared = bench.same_pages()
    lines = []
    for name, costs in found.items():
        ratios = sorted(mine.wall / hugo.wall for mine, hugo in costs)
        lines.append(
            f"| {articles:,} | {name} | {median(c.wall for c, _ in costs):.2f} | "
            f"{median(c.cpu for c, _ in costs):.2f} | {median(h.wall for _, h in costs):.2f} | "
            f"{median(ratios):.2f} | {ratios[0]:.2f}–{ratios[-1]:.2f} | {shared:,} of {ours:,} |"
        )
        print(lines[-1], flush=True)
    return lines


def main() -> int:
    """Measures each size; writes bench/RESULTS.md."""
    parser = argparse.ArgumentParser(description="Readout beside Hugo.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--pairs", type=int, default=5)
    given = parser.parse_args()
    where = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - tmpfs
    lines = [
        "# Readout beside Hugo",
        "",
        f"`make bench` wrote this on {platform.system()} {platform.machine()}, {os.cpu_count()} "
        f"cores, Python {platform.python_version()}, MkDocs {version('mkdocs')}, "
        f"Hugo {version('hugo')}; without search; {given.pairs} pairs, in turns, on "
        f"{'tmpfs' if where else 'a disk'}.",
        "",
        "| articles | work | wall s | CPU s | Hugo, wall s | ratio | spread | pages in both |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for articles in given.sizes:
        with tempfile.TemporaryDirectory(dir=where) as folder:
            lines += rows(articles, given.pairs, Path(folder))
    (ROOT / "bench" / "RESULTS.md").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
