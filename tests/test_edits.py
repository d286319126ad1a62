"""After any edits the site is the one that a clean build makes; `python -m tests.heavy.edits` runs
thousands of sequences of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bench.corpus import generate
from readout.pipeline import Settings
from readout.pipeline import build as build_again
from readout.render.track import Marks, MarksOfEdited, _mark
from tests.builds import ROOT, SMALL, build, tree
from tests.edit_chains import run_chain
from tests.edits import load, save


@pytest.mark.parametrize("seed", range(5))
def test_the_site_after_edits_is_the_clean_one(seed: int, tmp_path: Path) -> None:
    assert run_chain(tmp_path, f"sample {seed}", 6, 3, search=seed == 0)


def test_a_large_site_after_edits_is_the_clean_one(tmp_path: Path) -> None:
    assert run_chain(tmp_path, "large sample", 1, 4, large=True)


def test_it_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that never looks at what a page was made from is found out."""
    for kind in (Marks, MarksOfEdited):
        monkeypatch.setattr(kind, "hold", lambda self, marks, absent: True)
    with pytest.raises(AssertionError):
        run_chain(tmp_path, "blind", 20, 3)


def test_equal_articles_change_places(tmp_path: Path) -> None:
    """Six articles that differ in their words alone, of which the home page shows five: the last
    gets the id that stands first."""
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    (tmp_path / "seeds").mkdir()
    for n in range(1, 7):
        words = f"title: Digest\nsource: {{published: 2020-01-01}}\nbottom_line: Number {n}.\n"
        (articles / f"p{n}.yml").write_text(words, encoding="utf-8")
    folders = tmp_path / "content", tmp_path / "seeds"
    for step in ("before", "after"):
        if step == "after":
            (articles / "p6.yml").rename(articles / "p0.yml")
        done = build(tmp_path / "kept", *folders, "--no-search")
        assert done.returncode == 0, done.stdout + done.stderr
    build(tmp_path / "clean", *folders, "--no-search")
    assert tree(tmp_path / "kept" / "site") == tree(tmp_path / "clean" / "site")


@pytest.mark.parametrize("what", ["titles", "dates"])
def test_pages_are_made_for_what_they_show(tmp_path: Path, what: str) -> None:
    """Those that show an article's title, and no others; of its date hardly others."""
    generate(tmp_path, 150)
    folders = tmp_path / "content", tmp_path / "seeds", tmp_path / "site", tmp_path / "work"
    settings = Settings(*folders, search=False)
    assert build_again(settings).published
    made = changed = 0
    for n in range(20, 32):
        path = folders[0] / "articles" / f"article-{n}.yml"
        data = load(path)
        if what == "titles":
            data["title"] = f"Title {n} alone"
        else:
            data["source"]["published"] = f"1991-05-{n - 10}"
        save(path, data)
        before = tree(folders[3] / "docs")
        made += build_again(settings).made
        after = tree(folders[3] / "docs")
        changed += sum(before.get(page) != data for page, data in after.items())
    assert changed > 60
    assert made == changed if what == "titles" else made < 1.5 * changed


def test_marks_tell_long_ids_apart() -> None:
    """Two things with one value have two marks, however much of their ids is the same."""
    same = "a" * 80
    assert _mark("events", f"{same}-1", b"x") != _mark("events", f"{same}-2", b"x")


OUR_OWN = {
    "templates/pages/briefing.md.j2": (' class="kicker"', ' class="kicker other"'),
    "templates/pages/macros.md.j2": (' class="facts"', ' class="facts other"'),
    "templates/site/main.html": (' class="masthead"', ' class="masthead other"'),
    "templates/site/404.html": (' class="masthead"', ' class="masthead other"'),
    "templates/site/style.css": (":root {", ":root{"),
    "templates/site/robots.txt": ("Allow: /", "Allow: /other"),
    "readout/render/views/front.py": ("\nNEW = 5\n", "\nNEW = 1\n"),
}
"""Files of ours, and an edit of each that is seen on the site."""


def test_after_an_edit_of_our_own_files_the_site_is_the_clean_one(tmp_path: Path) -> None:
    """Over the site that stood there, one after another."""
    root = tmp_path / "copy"
    for name in ("readout", "templates"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("build.py", "mkdocs.yml"):
        shutil.copy(ROOT / name, root)

    def made(folder: str) -> dict[str, bytes]:
        done = build(
            tmp_path / folder, SMALL / "content", SMALL / "seeds", "--no-search", root=root
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return tree(tmp_path / folder / "site")

    before = made("kept")
    for name, (old, new) in OUR_OWN.items():
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), encoding="utf-8")
        after = made("kept")
        assert after != before, name
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        assert after == made("clean"), name
        before = after
