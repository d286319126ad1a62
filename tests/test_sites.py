"""Whole sites: links and anchors resolve, the HTML is valid, nothing is fetched from outside."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.builds import ROOT, SMALL, build, copy_small, run, tree
from tests.site_checks import broken_links, external_requests, html_problems, read_pages


@pytest.mark.parametrize(("name", "base"), [("real", "/"), ("small", "/file/")])
def test_a_site_is_sound(name: str, base: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(name) / "site"
    pages = read_pages(site)
    assert broken_links(site, pages, base) == []
    assert external_requests(site, pages) == []
    assert html_problems(site) == []


def test_a_second_build_writes_nothing_and_says_so(small: Path) -> None:
    before = {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in small.rglob("*")}
    done = build(small, SMALL / "content", SMALL / "seeds")
    assert done.returncode == 0
    assert "Nothing changed" in done.stdout
    changed = [
        path
        for path in small.rglob("*")
        if path.is_file() and (path.stat().st_mtime_ns, path.stat().st_ino) != before.get(path)
    ]
    # What the next build goes by is written anew: the first left files too young to be trusted.
    ours = ("lock", "unchanged")
    assert [path for path in changed if not any(one in path.name for one in ours)] == []


def test_errors_leave_the_last_good_site(small: Path, tmp_path: Path) -> None:
    content = tmp_path / "content" / "articles"
    content.mkdir(parents=True)
    (content / "a.yml").write_text("title: A\nsource: {}\nbottom_line: B.\nclaim: []\n")
    before = tree(small / "site")
    done = build(small, tmp_path / "content", SMALL / "seeds")
    assert done.returncode == 1
    assert f"{content}/a.yml:4:1: error KEY001 unknown key" in done.stdout
    assert tree(small / "site") == before


@pytest.mark.parametrize("dates", [(), ("2018-05-10",), ("2018-05-10", "2018-05-11")])
def test_a_site_of_few_dates(tmp_path: Path, dates: tuple[str, ...]) -> None:
    events = [f"{{id: e{n}, title: E{n}, date: {date}}}" for n, date in enumerate(dates)]
    events += ["{id: n, title: N}", "{id: x, title: X, date: XXXX-01-16, date_words: January 16}"]
    content = tmp_path / "content" / "articles"
    content.mkdir(parents=True)
    (content / "a.yml").write_text(
        f"title: A\nsource: {{}}\nbottom_line: B.\nevents: [{', '.join(events)}]\n"
    )
    done = build(tmp_path, tmp_path / "content", SMALL / "seeds", "--no-search")
    assert done.returncode == 0, done.stderr
    pages = read_pages(tmp_path / "site")
    assert broken_links(tmp_path / "site", pages) == []
    ways = {(f"events/e{n}.html", f"e{m}.html") for n, m in ((0, 1), (1, 0)) if len(dates) > 1}
    assert {
        (path, link)
        for path, page in pages.items()
        if path.startswith("events/e")
        for link in page.links
        if link.startswith("e")
    } == ways


def test_a_folder_of_others_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").write_text("mine")
    done = build(tmp_path, SMALL / "content", SMALL / "seeds")
    assert done.returncode == 1
    assert (tmp_path / "site" / "thesis.txt").read_text() == "mine"
    assert list((tmp_path / "site").iterdir()) == [tmp_path / "site" / "thesis.txt"]


@pytest.mark.parametrize(
    "arguments",
    [["--nonsense"], ["publish"], ["build", "--base-url", "ftp://x"], ["verify"], ["check", "x"]],
)
def test_wrong_usage_is_told_and_ends_with_2(arguments: list[str]) -> None:
    from tests.builds import run

    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_our_own_content_is_silent_under_strict() -> None:
    from tests.builds import run

    done = run("check", "--strict", f"--content={ROOT / 'content'}", f"--seeds={ROOT / 'seeds'}")
    assert (done.returncode, done.stdout) == (0, "")


def test_an_address_of_the_site_with_and_without_a_slash_is_one(tmp_path: Path) -> None:
    """As the command and as site.yml give it."""
    made = []
    for name, base in (("a", "https://x.example/desk"), ("b", "https://x.example/desk/")):
        content = tmp_path / name / "content"
        shutil.copytree(SMALL / "content", content)
        site = content / "site.yml"
        lines = site.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("base_url:")]
        site.write_text("\n".join([*kept, f"base_url: {base}", ""]), encoding="utf-8")
        assert build(tmp_path / name, content, SMALL / "seeds", "--no-search").returncode == 0
        made.append(tree(tmp_path / name / "site"))
        more = ("--no-search", f"--base-url={base}")
        out = tmp_path / f"flag-{name}"
        assert build(out, SMALL / "content", SMALL / "seeds", *more).returncode == 0
        made.append(tree(out / "site"))
    assert all(one == made[0] for one in made)
    assert b"https://x.example/desk/briefings/" in made[0]["briefings/second-report.html"]
    assert b"deskbriefings" not in b"".join(made[0].values())


@pytest.mark.parametrize(
    ("site", "work"),
    [("content/s", "w"), ("s", "content"), ("s", "content/articles/w"), ("seeds", "w"), ("s", "l")],
)
def test_nothing_is_built_among_content(tmp_path: Path, site: str, work: str) -> None:
    copy_small(tmp_path)
    (tmp_path / "l").symlink_to("content")
    before = tree(tmp_path)
    for command in ("build", "serve"):
        done = run(command, f"--site={site}", f"--work={work}", cwd=tmp_path)
        assert done.returncode == 2
        assert "give another folder" in done.stderr
    assert tree(tmp_path) == before


def test_a_note_is_one_line_with_nothing_hidden(tmp_path: Path) -> None:
    """A log is read by machines too, which take some lines for commands."""
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    for name, value in (("a", "7\\n\\n::error file=x::pwned\\u2028x"), ("b", "8")):
        (articles / f"{name}.yml").write_text(
            f"title: {name}\nsource: {{headline: H, published: 2020-01-01}}\nbottom_line: B.\n"
            "events:\n  - id: e-e\n    title: E\n    date: 2019-01-01\n    basis: told\n"
            f'    figures: [{{label: "kil\\nled", value: "{value}"}}]\n',
            encoding="utf-8",
        )
    done = build(tmp_path, tmp_path / "content", tmp_path / "seeds", "--no-search")
    assert done.returncode == 0, done.stdout
    (told,) = [line for line in done.stderr.splitlines() if "pwned" in line]
    assert told.startswith("note: accounts of event e-e differ on the figure (kil led): 7 ::error")
    assert "\u2028" not in told
