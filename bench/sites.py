"""One corpus, and the sites that Readout and Hugo make of it."""

from __future__ import annotations

import re
import shutil
import sys
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml

from bench.corpus import generate
from bench.cost import ROOT

HUGO = ROOT / "bench" / "hugo"
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

    def pages(self) -> int:
        """How many Readout has made."""
        return sum(1 for _ in (self.folder / "plain" / "site").rglob("*.html"))

    def clean(self, search: bool) -> None:
        shutil.rmtree(self.folder / ("search" if search else "plain"), ignore_errors=True)

    def edit(self, n: int) -> None:
        """One article's bottom line."""
        self._rewrite(self._article(n), "bottom_line", f"Edit {n}.")

    def edit_title(self, n: int) -> None:
        """One article's title, which stands wherever the article does."""
        self._rewrite(self._article(n), "title", f"Title of edit {n}")

    def edit_date(self, n: int) -> None:
        """The date of publication of one article, by which it stands in lists."""
        path = self._article(n)
        source = _load(path)["source"]
        self._rewrite(path, "source", {**source, "published": f"1987-04-{1 + n % 28:02}"})

    def edit_links(self, n: int) -> None:
        """One article refers to another actor, so that its links are others."""
        path = self._article(n)
        actors = sorted((self.folder / "content" / "actors").glob("*.yml"))
        actor = actors[n % len(actors)].stem
        data = _load(path)
        self._rewrite(path, "background", f"{data.get('background', '')} As [[{actor}]] said.")

    def add(self, n: int) -> None:
        """One article more."""
        like = self._article(n + 30)
        path, data = like.with_name(f"added-{n}.yml"), _load(like)
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
        """A state that a few articles name (of 1,000 three in a hundred, of 10,000 seven in a
        thousand) gets another name."""
        actors = self.folder / "content" / "actors"
        path = max(actors.glob("state-*.yml"), default=min(actors.glob("*.yml")))
        self._rewrite(path, "name", f"Renamed {n}")

    def change_template(self, n: int) -> None:
        """Every briefing gets another word."""
        path = self.folder / "readout" / "templates" / "pages" / "briefing.md.j2"
        text = path.read_text(encoding="utf-8")
        changed = re.sub('<p class="kicker[^"]*">', f'<p class="kicker k{n}">', text, count=1)
        path.write_text(changed, encoding="utf-8")

    def _article(self, n: int) -> Path:
        return self.folder / "content" / "articles" / f"article-{n}.yml"

    def _rewrite(self, path: Path, key: str, value: object) -> None:
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
