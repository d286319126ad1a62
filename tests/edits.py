"""Random edits of content, as authors make them (and of what was built, as nobody should).

What is done with them: tests/edit_chains.py.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from readout.pipeline import Memory, Settings, build, is_stopped, read, verify_all
from readout.publish.ahead import LookedAhead, looked, records
from readout.stats import trees_of
from readout.summed import read_ahead
from tests.builds import tree

Edit = Callable[["Desk"], str]


class Desk:
    """The content of one desk, and its site."""

    def __init__(self, folder: Path, seed: str, search: bool) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.chance = random.Random(seed)
        self.search = search
        self.most = 8
        """So many articles are enough."""
        self.memory = Memory() if self.chance.random() < 0.5 else None
        """Of a server; a command has none."""

    def settings(self, name: str) -> Settings:
        """A build of the content into a folder of this name."""
        out = self.folder / name
        return Settings(
            self.content, self.folder / "seeds", out / "site", out / "work", search=self.search
        )

    def articles(self) -> list[Path]:
        """The files of articles."""
        return sorted((self.content / "articles").glob("*.yml"))

    def build(self, leave_index: bool = False) -> bool:
        """Builds over what was built before; whether the content was fit for it. The search index
        may be left as it was, as servers do."""
        trees, memory = None, self.memory
        settings = replace(self.settings("kept"), leave_index=lambda: leave_index)
        if memory is None:  # a command looks before it builds
            trees = trees_of(str(self.content), str(self.folder / "seeds"))
            answer = looked(settings.site, settings.work)
            memory = Memory(record=LookedAhead(lambda: answer))
            read_ahead(settings.work / name for name in ("state", "made"))
            read_ahead(records(settings.site, settings.work))
        report = build(settings, trees=trees, memory=memory)
        if report.published is None:
            return False
        assert report.published.problems == (), report.published.problems
        return True

    def is_sound(self) -> bool:
        """Whether the content has no errors, found out without any cache."""
        return not is_stopped(read(self.settings("none"))[1], strict=False)

    def clean(self) -> dict[str, bytes]:
        """What a clean build makes: site and Markdown."""
        shutil.rmtree(self.folder / "clean", ignore_errors=True)
        report = build(self.settings("clean"))
        assert report.published is not None
        assert report.published.problems == ()
        return self.made("clean")

    def made(self, name: str) -> dict[str, bytes]:
        """Every file of a site, and of the Markdown that it was made from."""
        out = self.folder / name
        return {
            f"{part}/{path}": data
            for part in ("site", "work/docs")
            for path, data in tree(out / part).items()
        }


def load(path: Path) -> Any:
    """A content file as plain data: every value a text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506


def save(path: Path, data: Any) -> None:
    """Writes a content file."""
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _article(desk: Desk) -> tuple[Path, Any]:
    path = desk.chance.choice(desk.articles())
    return path, load(path)


def reword(desk: Desk) -> str:
    """Another text somewhere in an article."""
    path, data = _article(desk)
    key = desk.chance.choice(["title", "bottom_line", "summary", "background"])
    data[key] = f"{data.get(key, 'New')} and {desk.chance.randrange(1000)}"
    save(path, data)
    return f"{path.name}: {key}"


def redate(desk: Desk) -> str:
    """Another date of publication, or of an event."""
    path, data = _article(desk)
    date = f"19{desk.chance.randrange(70, 99)}-{desk.chance.randrange(1, 13):02}"
    accounts = [one for one in data.get("events", ()) if "date" in one]
    if accounts and desk.chance.random() < 0.6:
        desk.chance.choice(accounts).update(date=date, date_words="then")
    else:
        data.setdefault("source", {})["published"] = date
    save(path, data)
    return f"{path.name}: dated {date}"


def swap_accounts(desk: Desk) -> str:
    """Another status, place or figure of an account, or one account less."""
    path, data = _article(desk)
    accounts = data.get("events") or []
    if not accounts:
        return "nothing"
    one = desk.chance.choice(accounts)
    what = desk.chance.choice(["status", "title", "drop", "place", "figures"])
    if what == "drop":
        accounts.remove(one)
    elif what == "place":
        one["place"] = desk.chance.choice(sorted(load(desk.content / "places.yml")))
    elif what == "figures":
        one["figures"] = [{"label": "killed", "value": str(desk.chance.randrange(99))}]
    elif what == "status":
        one["status"] = desk.chance.choice(["happened", "planned", "alleged", "denied"])
    else:
        one["title"] = f"Event of {desk.chance.randrange(1000)}"
    save(path, data)
    return f"{path.name}: account's {what}"


def refer(desk: Desk) -> str:
    """A reference from one article to another, or to an actor."""
    path, data = _article(desk)
    actors = sorted(one.stem for one in (desk.content / "actors").glob("*.yml"))
    other = desk.chance.choice([one.stem for one in desk.articles()])
    target = desk.chance.choice([f"article:{other}", desk.chance.choice(actors)])
    data["summary"] = f"{data.get('summary', '')} As in [[{target}]] it was said."
    save(path, data)
    return f"{path.name}: refers to {target}"


def add(desk: Desk) -> str:
    """A copy of an article, under another name; of too many, one less."""
    if len(desk.articles()) > desk.most:
        return delete(desk)
    path, data = _article(desk)
    name = f"added-{desk.chance.randrange(10**6)}"
    data["title"] = f"Added {name}"
    if desk.chance.random() < 0.7:
        data["source"] = {**data.get("source", {}), "url": f"https://a.example/{name}"}
        data["source"].pop("seed", None)
    for claim in data.get("claims", ()):
        for relation in ("denies", "confirms", "supports", "disputes", "repeats"):
            claim.pop(relation, None)
    save(path.with_name(f"{name}.yml"), data)
    return f"added {name}"


def readdress(desk: Desk) -> str:
    """Another address of an article, perhaps another's."""
    path, data = _article(desk)
    number = desk.chance.randrange(10)
    data.setdefault("source", {})["url"] = f"https://b.example/{number}"
    save(path, data)
    return f"{path.name}: at {number}"


def delete(desk: Desk) -> str:
    """An article less; refused where others refer to it."""
    articles = desk.articles()
    if len(articles) < 3:
        return "nothing"
    path = desk.chance.choice(articles)
    path.unlink()
    return f"deleted {path.name}"


def rename(desk: Desk) -> str:
    """An article under another name; refused where others refer to it."""
    path = desk.chance.choice(desk.articles())
    path.rename(path.with_name(f"renamed-{desk.chance.randrange(10**6)}.yml"))
    return f"renamed {path.name}"


def rename_actor(desk: Desk) -> str:
    """Another name of an actor."""
    path = desk.chance.choice(sorted((desk.content / "actors").glob("*.yml")))
    data = load(path)
    data["name"] = f"{desk.chance.choice('ABMZ')}{data['name']}"
    if desk.chance.random() < 0.5:
        data["description"] = f"Described {desk.chance.randrange(1000)} times. And more."
    save(path, data)
    return f"{path.name}: another name"


def draft(desk: Desk) -> str:
    """A draft published, or an article made a draft."""
    path, data = _article(desk)
    data["draft"] = "false" if data.get("draft") == "true" else "true"
    save(path, data)
    return f"{path.name}: draft {data['draft']}"


def keyed(desk: Desk) -> str:
    """An entry of places.yml, topics.yml or events.yml."""
    name = desk.chance.choice(["places.yml", "topics.yml", "events.yml", "event_kinds.yml"])
    data = load(desk.content / name)
    one = data[desk.chance.choice(sorted(data))]
    key = "title" if name == "events.yml" else "name"
    one[key] = f"Other {one.get(key, '')} {desk.chance.randrange(100)}"
    if name == "places.yml" and desk.chance.random() < 0.4:
        one.pop("in", None)
    save(desk.content / name, data)
    return f"{name}: an entry"


def belong(desk: Desk) -> str:
    """An actor, event, topic or place that belongs to another, or to another one than before."""
    name, key = desk.chance.choice(
        [("events", "part_of"), ("topics", "broader"), ("places", "in"), ("actors", "of")]
    )
    if name == "actors":
        paths = sorted((desk.content / "actors").glob("*.yml"))
        path = desk.chance.choice(paths)
        other = desk.chance.choice(paths).stem
        save(path, {**load(path), "of": [other]})
        return f"{path.name}: of {other}"
    path = desk.content / f"{name}.yml"
    data = load(path)
    one, other = desk.chance.choice(sorted(data)), desk.chance.choice(sorted(data))
    data[one][key] = other
    save(path, data)
    return f"{name}: {one} {key} {other}"


def define(desk: Desk) -> str:
    """A new actor, place, topic or entry of events.yml, and an article that names it."""
    new = f"new-{desk.chance.randrange(10**6)}"
    path, data = _article(desk)
    name = desk.chance.choice(["actors", "places", "topics", "events"])
    if name == "actors":
        save(desk.content / "actors" / f"{new}.yml", {"name": new.title(), "kind": "person"})
        data["background"] = f"As [[{new}]] knows."
    else:
        keyed = load(desk.content / f"{name}.yml")
        keyed[new] = {"title" if name == "events" else "name": new.title()}
        save(desk.content / f"{name}.yml", keyed)
        if name == "events":
            data["background"] = f"As in [[event:{new}]]."
        else:
            data[name] = [*data.get(name, ()), new]
    save(path, data)
    return f"{path.name}: names {new}"


def relate(desk: Desk) -> str:
    """A claim that stands to another of any article, or an event that may be another."""
    path, data = _article(desk)
    other = load(desk.chance.choice(desk.articles()))
    accounts, others = data.get("events") or [], other.get("events") or []
    if accounts and others and desk.chance.random() < 0.4:
        target = desk.chance.choice(others)["id"]
        account = desk.chance.choice(accounts)
        account["may_be"] = [{"event": target, "why": f"of {desk.chance.randrange(3)} kinds"}]
        save(path, data)
        return f"{path.name}: {account['id']} may be {target}"
    claims = data.get("claims") or []
    target_path = desk.chance.choice(desk.articles())
    targets = load(target_path).get("claims") or []
    if not claims or not targets:
        return "nothing"
    claim, target = desk.chance.choice(claims), desk.chance.choice(targets)["id"]
    kind = desk.chance.choice(["denies", "confirms", "supports", "disputes", "repeats"])
    claim[kind] = [f"{target_path.stem}#{target}"]
    save(path, data)
    return f"{path.name}: {claim['id']} {kind} {claim[kind]}"


def retract(desk: Desk) -> str:
    """A claim less, and mostly without what rested on it in the article."""
    path, data = _article(desk)
    claims = data.get("claims") or []
    if not claims:
        return "nothing"
    gone = claims.pop(desk.chance.randrange(len(claims)))["id"]
    if desk.chance.random() < 0.8:
        for point in data.get("key_points") or []:
            point.pop("claims", None)
    save(path, data)
    return f"{path.name}: no {gone}"


def quote(desk: Desk) -> str:
    """Another quotation of a text, in an article about it or in a new one; mostly verified."""
    path, data = _article(desk)
    claims = data.get("claims") or []
    if not claims:
        return "nothing"
    number = desk.chance.randrange(10**6)
    seed = data.get("source", {}).get("seed", f"seed-{desk.chance.randrange(4)}")
    words = f"quoted words number {number}"
    data.setdefault("source", {})["seed"] = seed
    desk.chance.choice(claims)["quote"] = words
    save(path, data)
    texts = desk.folder / "texts"
    texts.mkdir(exist_ok=True)
    text = texts / f"{seed}.txt"
    if not text.is_file():
        text.write_text("Many other words. " * 400, encoding="utf-8")
    with text.open("a", encoding="utf-8") as file:
        file.write(f"Then: {words}. ")
    if desk.chance.random() < 0.8:
        verify_all(desk.settings("none"), texts)
    return f"{path.name}: quotes {seed}"


def correct(desk: Desk) -> str:
    """A review, or a correction."""
    path, data = _article(desk)
    day = f"2026-10-{desk.chance.randrange(1, 29):02}"
    if desk.chance.random() < 0.5:
        data["reviewed"] = day
    else:
        data["corrections"] = [{"date": day, "text": "One name was wrong."}]
    save(path, data)
    return f"{path.name}: corrected {day}"


def site_file(desk: Desk) -> str:
    """The desk's own texts."""
    if desk.chance.random() < 0.5:
        save(
            desk.content / "site.yml",
            {**load(desk.content / "site.yml"), "title": f"Desk {desk.chance.randrange(100)}"},
        )
        return "site.yml"
    text = f"# About {desk.chance.randrange(100)}\n\nWords.\n"
    (desk.content / "about.md").write_text(text, encoding="utf-8")
    return "about.md"


def redirect(desk: Desk) -> str:
    """An old address, of a page or of a part of a list, where there may be one now."""
    path = desk.content / "redirects.yml"
    data = load(path) or {}
    new = desk.chance.choice(desk.articles())
    article = load(new)
    year = str(article.get("source", {}).get("published") or "1990")[:4]
    old = [f"briefings/old-{desk.chance.randrange(1000)}", f"briefings/index/{year}"]
    old += [
        f"{kind}/{one}/{year}" for kind in ("topics", "places") for one in article.get(kind, ())
    ]
    data[desk.chance.choice([*old, f"chronology/{year}"])] = f"briefings/{new.stem}"
    save(path, data)
    return "redirects.yml"


def touch(desk: Desk) -> str:
    """A file that looks changed and is not."""
    path = desk.chance.choice(desk.articles())
    os.utime(path, ns=(desk.chance.randrange(10**18), desk.chance.randrange(10**18)))
    return f"touched {path.name}"


def spoil(desk: Desk) -> str:
    """Somebody's hand in what was built; in a server's own folders before it starts again."""
    desk.memory = Memory() if desk.memory else None
    kept = desk.folder / "kept"
    roots = [one for one in (kept / "site", kept / "work" / "docs") if one.is_dir()]
    if not roots:
        return "nothing"
    root = desk.chance.choice(roots)
    path = desk.chance.choice([one for one in sorted(root.rglob("*.*")) if one.is_file()])
    if path.name.startswith("."):
        return "nothing"
    how = desk.chance.choice(["deleted", "edited", "added"])
    if how == "deleted":
        path.unlink()
    elif how == "edited":
        path.write_bytes(path.read_bytes() + b" ")
    else:
        path.with_name("foreign.html").write_text("mine", encoding="utf-8")
    return f"{how} {path.relative_to(kept)}"


def lose_cache(desk: Desk) -> str:
    """What was kept is gone, or damaged."""
    path = desk.folder / "kept" / "work" / desk.chance.choice(("cache.sqlite", "made", "state"))
    if not path.is_file():
        return "nothing"
    data = bytearray(path.read_bytes())
    if desk.chance.random() < 0.3:
        path.unlink()
        return "cache deleted"
    for _ in range(desk.chance.randrange(1, 40)):
        data[desk.chance.randrange(len(data))] ^= 1 << desk.chance.randrange(8)
    path.write_bytes(data)
    return "cache damaged"


EDITS: tuple[Edit, ...] = (
    reword, reword, reword, redate, redate, swap_accounts, swap_accounts, swap_accounts,
    refer, refer, relate, relate, retract, retract, quote, belong, define, correct, add, delete,
    rename, rename_actor, readdress, draft, keyed, site_file, redirect, touch, spoil, lose_cache,
)  # fmt: skip
