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
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urljoin

import yaml

from bench.corpus import generate
from bench.cost import ROOT, Cost, measured
from bench.serving import reloaded

HUGO = ROOT / "bench" / "hugo"
WEB = ROOT / "bench" / "web"
"""What comes from npm; `make bench` installs it."""
_HREF = re.compile(r'<a [^<>]*?\bhref="([^"#][^"]*)"')
_ELEMENT = re.compile("<[a-z][a-z0-9]*")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_ANCHOR = re.compile(r'<[a-z0-9]+ [^<>]*?\bid="([^"]*)"')
_EVENT = re.compile(r"^ *-? *id: (event-\d+)$", re.MULTILINE)
_ROOT = "https://desk.example/norland/"
"""Where the corpus's site will be found, as bench/hugo/hugo.toml has it."""


class Bench:
    """One corpus, and the sites that are made of it."""

    def __init__(self, folder: Path, articles: int) -> None:
        self.folder = folder
        generate(folder, articles)

    def readout(self, search: bool = False) -> list[str | Path]:
        out = "search" if search else "plain"
        return [
            sys.executable,
            self.folder / "readout" / "build.py",
            "build",
            *([] if search else ["--no-search"]),
            *(f"--{name}={self.folder / name}" for name in ("content", "seeds")),
            *(f"--{name}={self.folder / out / name}" for name in ("site", "work")),
        ]

    def hugo(self) -> list[str | Path]:
        source = self.folder / "hugo"
        shutil.rmtree(self.folder / "public", ignore_errors=True)
        return ["hugo", "--quiet", "--source", source, "--destination", self.folder / "public"]

    def prepare(self) -> None:
        """A copy of Readout whose templates may be changed."""
        self.event, self._head, self.accounts = self._most_told()
        for name in ("readout", "templates"):
            shutil.copytree(ROOT / name, self.folder / "readout" / name)
        for name in ("build.py", "mkdocs.yml"):
            shutil.copy(ROOT / name, self.folder / "readout")

    def prepare_hugo(self) -> None:
        """The generated Markdown, with the indexes named as Hugo wants them."""
        source = self.folder / "hugo"
        shutil.rmtree(source, ignore_errors=True)
        shutil.copytree(HUGO, source)
        shutil.copytree(self.folder / "plain" / "work" / "docs", source / "content")
        for index in (source / "content").rglob("index.md"):
            index.rename(index.with_name("_index.md"))

    def clean(self, search: bool) -> None:
        shutil.rmtree(self.folder / ("search" if search else "plain"), ignore_errors=True)

    def edit(self, n: int) -> None:
        """One article's bottom line."""
        self._rewrite(
            self.folder / "content" / "articles" / f"article-{n}.yml", "bottom_line", f"Edit {n}."
        )

    def edit_links(self, n: int) -> None:
        """One article refers to another actor, so that its links are others."""
        path = self.folder / "content" / "articles" / f"article-{n}.yml"
        actors = sorted((self.folder / "content" / "actors").glob("*.yml"))
        actor = actors[n % len(actors)].stem
        data = _load(path)
        self._rewrite(path, "background", f"{data.get('background', '')} As [[{actor}]] said.")

    def add(self, n: int) -> None:
        """One article more."""
        articles = self.folder / "content" / "articles"
        path = articles / f"added-{n}.yml"
        data = _load(articles / f"article-{n + 30}.yml")
        wanted = ("title", "source", "bottom_line", "topics", "places")
        made = {key: data[key] for key in wanted if key in data}
        made["source"].pop("seed", None)
        if "url" in made["source"]:
            made["source"]["url"] += f"&added={n}"
        _dump(path, made)

    def _most_told(self) -> tuple[str, Path, int]:
        """The event with most accounts; the one article that gives it its title from now on, in
        place of events.yml; how many accounts it has."""
        told: dict[str, list[Path]] = {}
        for path in sorted((self.folder / "content" / "articles").glob("*.yml")):
            text = path.read_text("utf-8")
            if "\ndraft: true" not in text:
                for one in _EVENT.findall(text):
                    told.setdefault(one, []).append(path)
        event, paths = max(told.items(), key=lambda item: (len(item[1]), item[0]))
        entries = self.folder / "content" / "events.yml"
        data = _load(entries)
        data.get(event, {}).pop("title", None)
        _dump(entries, data)
        for path in paths:
            if any(one["id"] == event and "title" in one for one in _load(path)["events"]):
                _set_title(event, path, None)
        _set_title(event, paths[0], "The event")
        return event, paths[0], len(paths)

    def edit_head(self, n: int) -> None:
        """The title of the event with most accounts, in the article that gives it."""
        _set_title(self.event, self._head, f"The event of edit {n}")

    def rename_actor(self, n: int) -> None:
        """A state that some three articles in a hundred name gets another name."""
        actors = self.folder / "content" / "actors"
        path = max(actors.glob("state-*.yml"), default=min(actors.glob("*.yml")))
        self._rewrite(path, "name", f"Renamed {n}")

    def change_template(self, n: int) -> None:
        """Every briefing gets another word."""
        path = self.folder / "readout" / "templates" / "pages" / "briefing.md.j2"
        text = path.read_text(encoding="utf-8")
        changed = re.sub('<p class="kicker[^"]*">', f'<p class="kicker k{n}">', text, count=1)
        path.write_text(changed, encoding="utf-8")

    def _rewrite(self, path: Path, key: str, value: str) -> None:
        data = _load(path)
        data[key] = value
        _dump(path, data)

    def compared(self) -> str:
        """That Readout and Hugo made the same pages, with the same title, elements and links in
        their order, and as many anchors. (Anchors of headings differ where letters are not Latin:
        each tool has its own rule.) Raises where they did not: then no figure counts."""
        site, public = self.folder / "plain" / "site", self.folder / "public"
        ours = {p.relative_to(site) for p in site.rglob("*.html")} - {Path("404.html")}
        for one in sorted(ours):
            mine, peers = (_points(folder, one) for folder in (site, public))
            if mine != peers:
                raise RuntimeError(f"{one} is another page: {mine} is not {peers}")
        if len(ours) != sum(1 for _ in public.rglob("*.html")):
            raise RuntimeError("Hugo has made other pages too")
        return (
            f"{len(ours):,} pages, each with the same elements and links in the same order, and as "
            "many anchors, from Hugo"
        )


def _load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506


def _dump(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def _set_title(event: str, path: Path, title: str | None) -> None:
    """Sets or takes out the title that an article gives an event."""
    data = _load(path)
    for account in data["events"]:
        if account["id"] == event:
            account.pop("title", None)
            if title is not None:
                account["title"] = title
    _dump(path, data)


def _points(folder: Path, page: Path) -> tuple[object, ...]:
    """A page's title, its elements, what it leads to, and the number of its anchors."""
    text = (folder / page).read_text(encoding="utf-8")
    links = [urljoin(_ROOT + page.as_posix(), unescape(one)) for one in _HREF.findall(text)]
    title = [unescape(one) for one in _TITLE.findall(text)]
    return title, _ELEMENT.findall(text), links, len(set(_ANCHOR.findall(text)))


def rows(articles: int, pairs: int, folder: Path, is_short: bool) -> list[str]:
    """The table's rows for one size; a short one has no search, and the commonest works alone."""
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
            ("one article more", lambda n: bench.add(n)),
            (f"head of an event with {bench.accounts} accounts", bench.edit_head),
            ("an actor renamed", bench.rename_actor),
            ("a template changed", bench.change_template),
        ]
        work = work[:3] if is_short else work
        found: dict[str, list[tuple[Cost, Cost]]] = {}
        for pair in range(pairs):
            peers.append(peer := measured(bench.hugo()))
            for name, prepare in work:
                prepare(pair + 10 * search)
                found.setdefault(name, []).append((measured(bench.readout(search)), peer))
        if not search:
            cold = [mine for mine, _ in found["cold"]]
        for name, costs in found.items():
            lines.append(_row(f"{name}{', with search' if search else ''}", costs))
            print(lines[-1], flush=True)
    lines.append(_row("Hugo itself", [(peer, peer) for peer in peers]))
    lines.append(_per_page(cold, sum(1 for _ in (folder / "plain" / "site").rglob("*.html"))))
    edits = {"an article": bench.edit, "one that names another": bench.edit_links}
    lines += reloaded(bench.readout()[:2], edits, folder)
    print(*lines[-4:], sep="\n", flush=True)
    return lines


def _per_page(cold: Sequence[Cost], pages: int) -> str:
    wall, cpu = (1000 * median(getattr(one, name) for one in cold) for name in ("wall", "cpu"))
    return (
        f"\nCold, a page of {pages:,}, without search: {wall / pages:.2f} ms wall, "
        f"{cpu / pages:.2f} ms CPU."
    )


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


def _commit() -> str:
    """What was measured."""

    def git(*asked: str) -> str:
        return subprocess.run(["git", *asked], cwd=ROOT, capture_output=True, text=True).stdout

    changed = " and changes to it" if git("status", "--porcelain", "--", "readout") else ""
    return git("rev-parse", "--short", "HEAD").strip() + changed


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
        f"commit {_commit()}. Medians of the pairs; memory is the most of all of them, over all "
        "processes (PSS).",
    ]
    file = ROOT / "bench" / "RESULTS.md"
    for articles, times in zip(given.sizes, pairs, strict=True):
        with tempfile.TemporaryDirectory(dir=where) as folder:
            lines += rows(articles, times, Path(folder), articles >= given.short)
        file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=where) as folder:
        for line in others(min(given.sizes), Path(folder)):
            lines += ["", line]
            print(line, flush=True)
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
