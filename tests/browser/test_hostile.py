"""Nothing that strangers type runs in a browser, without any policy; and what would run is seen.

A sample of what `python -m tests.heavy.browser` does with thousands of strings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.hostile.browser import Watched, unprotected, watching
from tests.hostile.content import desk
from tests.hostile.expected import plain
from tests.hostile.fields import PAGE, PLAIN, Batch
from tests.hostile.run import build_batch, build_in, pages_of, title_of
from tests.hostile.strings import strings
from tests.hostile.weakened import WEAKENED
from tests.test_hostile import SAMPLE

SIZE = 16

Visit = Callable[[Path], Watched]


@pytest.fixture
def watched(browser: Browser) -> Iterator[Visit]:
    """Opens a site, unprotected, in a page of its own."""
    with ExitStack() as stack:

        def start(site: Path) -> Watched:
            root = stack.enter_context(unprotected(site))
            return stack.enter_context(watching(browser, root))

        yield start


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Batch]:
    """A site of the sample's strings and of the first of the long run."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = SAMPLE + [one.text for one in strings(SIZE - len(SAMPLE))]
    made, _, report = build_batch(texts, folder, SIZE, search=True)
    assert report.published is not None
    assert report.published.problems == ()
    return folder / "batch" / "site", made


def test_nothing_runs(batch: tuple[Path, Batch], watched: Visit) -> None:
    site, made = batch
    reader = watched(site)
    own = [path for number in range(SIZE) for path in pages_of(number)]
    paths = [*own, "index.html", "about.html", "actors/index.html"]
    together = dict(zip(paths, reader.visit_together(paths), strict=True))
    assert {path: told["found"] for path, told in together.items() if told["found"]} == {}
    assert reader.taken() == []
    for path in own:
        assert " ".join(together[path]["heading"].split()).startswith(title_of(made, path))
    for path in paths[::25]:
        alone = reader.visit(path)
        reader.by_hand()
        assert (path, reader.taken()) == (path, [])
        assert alone["title"] == together[path]["title"]
        assert alone["heading"] == together[path]["heading"]


def test_results_of_a_search_are_text(batch: tuple[Path, Batch], watched: Visit) -> None:
    site, made = batch
    reader = watched(site)
    reader.visit("search.html")
    known = {" ".join(plain(made.typed(n, PLAIN)).split()) for n in range(SIZE)}
    found: set[str] = set()
    for text in made.texts:
        found |= {" ".join(title.split()) for title in reader.search(text)}
        assert reader.taken() == []
    assert len(found & known) > SIZE / 2
    assert {title for title in found - known if not title.startswith("Zq")} == set()


def test_the_desks_own_texts_do_not_run(watched: Visit, tmp_path: Path) -> None:
    text = SAMPLE[1]
    made = Batch(["", text], frozenset((0, form) for form in "pwurinqelths"))
    assert build_in(tmp_path, desk(made, made.typed(1, PAGE))).published is not None
    reader = watched(tmp_path / "site")
    for path in ("index.html", "about.html", "404.html"):
        assert reader.visit(path)["title"].endswith(text)
    assert reader.taken() == []


CATCHES = {
    "no encoder": ("<img src=x onerror=alert(1)>", "briefings/a-0.html"),
    "HTML's escapes alone": ("[a](javascript:alert(1))", "briefings/a-0.html"),
    "prose not encoded": ("a\n\n- <img src=x onerror=alert(1)>", "briefings/a-0.html"),
    "links to any scheme": ("[a](javascript:alert(1))", "briefings/a-0.html"),
    "formal citations not encoded": ("<b onmouseover=alert(1)>a</b>", "briefings/a-0.html"),
    "labels of drawings not encoded": ("<a href=javascript:alert(1)>a</a>", "places/p-0.html"),
    "a theme that does not escape": (
        "</title><script>alert(1)</script>",
        "actors/n-0.html",
    ),
}


@pytest.mark.parametrize("name", sorted(CATCHES))
def test_what_would_run_is_seen(name: str, watched: Visit, tmp_path: Path) -> None:
    text, path = CATCHES[name]
    with WEAKENED[name]():
        build_batch([text], tmp_path, 2)
    reader = watched(tmp_path / "batch" / "site")
    reader.visit(path)
    seen = reader.taken()
    assert any("alert" in one or "javascript" in one or " on " in one for one in seen), seen
    _, told = reader.visit_together(["about.html", path])
    seen = told["found"]
    assert any("alert" in one or "javascript" in one or " on " in one for one in seen), seen


def test_a_page_that_leaves_is_seen(watched: Visit, tmp_path: Path) -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content="">'
    for name, script in (
        ("a", ""),
        ("itself", "location = 'a.html'"),
        ("all", "top.location = 'a.html'"),
        ("above", "parent.alert(1)"),
    ):
        page = f"<!DOCTYPE html>{policy}<title>a</title><h1>b</h1><script>{script}</script>"
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    reader = watched(tmp_path)
    assert reader.visit_together(["a.html"])[0]["found"] == ["an element script"]
    assert reader.taken() == []
    for name in ("itself", "all", "above"):
        told = reader.visit_together(["a.html", f"{name}.html"])
        found = [what for one in told for what in one["found"]] + reader.taken()
        assert [what for what in found if what != "an element script"], name


def test_markup_in_results_is_seen(watched: Visit, tmp_path: Path) -> None:
    weaker: AbstractContextManager[None] = WEAKENED["search results as markup"]()
    with weaker:
        build_batch(["<img src=x onerror=alert(1)> word"], tmp_path, 2, search=True)
    reader = watched(tmp_path / "batch" / "site")
    reader.visit("search.html")
    assert any("alert" in one for one in reader.taken())  # in the names of the filters
    reader.search("word")
    assert any("an element img" in one for one in reader.taken())
