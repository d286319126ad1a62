"""A publication: a whole site of these pages and of nothing else, or the old one untouched."""

import os
import stat
from pathlib import Path

import pytest

from readout.publish import PublishResult
from readout.publish.tree import MARKER, remove
from tests.unit.publish.docs_tree import page
from tests.unit.publish.sites import fingerprint, make_settings, mark_of, publish, site_pages, tree


def stamps(root: Path) -> dict[str, tuple[int, int, int]]:
    """Inode and times of every file and folder below `root`."""
    found = {}
    for path in (root, *root.rglob("*")):
        status = path.lstat()
        found[str(path)] = (status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
    return found


def test_first_build(tmp_path: Path) -> None:
    result = publish(site_pages("one"), make_settings(tmp_path))
    site = tree(tmp_path / "site")
    assert result == PublishResult(changed=len(site), removed=0)
    assert {"index.html", "404.html", "site.css", "briefings/b0.html"} <= set(site)
    assert not {path for path in site if path.endswith((".md", ".gz"))}
    assert "sitemap.xml" not in site


def test_nothing_changed_writes_nothing(tmp_path: Path) -> None:
    publish(site_pages("one"), make_settings(tmp_path))
    before = stamps(tmp_path / "site"), stamps(tmp_path / "work" / "docs")
    assert publish(site_pages("one"), make_settings(tmp_path)) == PublishResult(
        nothing_changed=True
    )
    assert (stamps(tmp_path / "site"), stamps(tmp_path / "work" / "docs")) == before


def test_a_lost_record_rebuilds_and_writes_nothing(tmp_path: Path) -> None:
    publish(site_pages("one"), make_settings(tmp_path))
    before = stamps(tmp_path / "site")
    record = tmp_path / "work" / "publish" / "record"
    good = record.read_bytes()
    for damage in (b"", b"[]", good[:-1], good[:40], good + b"x", good[:70] + b"x" + good[71:]):
        record.write_bytes(damage)
        result = publish(site_pages("one"), make_settings(tmp_path))
        assert result == PublishResult(nothing_changed=True)
    assert stamps(tmp_path / "site") == before


def test_who_waits_hears_of_the_site_before_it_is_written_down(tmp_path: Path) -> None:
    record = tmp_path / "work" / "publish" / "record"
    publish(site_pages("one"), make_settings(tmp_path))
    before, heard = record.read_bytes(), []

    def shown() -> None:
        heard.append((mark_of(tmp_path / "site"), record.read_bytes() == before))

    settings = make_settings(tmp_path, shown=shown)
    publish(site_pages("two"), settings)
    assert heard == [("two", True)]
    assert record.read_bytes() != before
    publish(site_pages("two"), settings)
    assert heard[1:] == [("two", False)]
    broken = site_pages("three") | {"topics/index.md": page("Topics", "[x](no.md#x)")}
    assert publish(broken, settings).problems
    assert len(heard) == 2


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    for mark in ("one", "two", "three"):
        publish(site_pages(mark), settings)
    pages = site_pages("three")
    before = {p: s[1] for p, s in stamps(tmp_path / "site").items() if Path(p).is_file()}
    pages["topics/index.md"] = page("Topics", "changed")
    assert publish(pages, settings) == PublishResult(changed=1)
    after = {p: s[1] for p, s in stamps(tmp_path / "site").items() if Path(p).is_file()}
    assert {p for p in after if after[p] != before[p]} == {str(tmp_path / "site/topics/index.html")}
    assert tree(tmp_path / "site") == tree(tmp_path / "work/publish/twin")


def test_pages_that_go_are_removed(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    publish(site_pages("one") | {"events/lone/page.md": page("x", "y")}, settings)
    result = publish(site_pages("one"), settings)
    assert (result.changed, result.removed) == (0, 1)
    assert not (tmp_path / "site" / "events").exists()
    assert not (tmp_path / "work" / "docs" / "events").exists()


@pytest.mark.parametrize("harm", ["edit", "delete", "add", "link", "mode", "folder"])
def test_a_damaged_site_is_mended(tmp_path: Path, harm: str) -> None:
    settings = make_settings(tmp_path)
    publish(site_pages("zero"), settings)
    publish(site_pages("one"), settings)
    good = fingerprint(tmp_path / "site")
    target = tmp_path / "site" / "index.html"
    if harm == "edit":
        status = target.stat()
        target.write_bytes(target.read_bytes().replace(b"Bottom", b"Wotton"))
        os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
    elif harm == "delete":
        target.unlink()
    elif harm == "add":
        (tmp_path / "site" / "added.html").write_text("x")
    elif harm == "link":
        (tmp_path / "site" / "link.html").symlink_to("/etc/hostname")
    elif harm == "mode":
        target.chmod(0o600)
    else:
        (tmp_path / "site" / "folder").mkdir()
    assert not publish(site_pages("one"), settings).nothing_changed
    assert fingerprint(tmp_path / "site") == good
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert not (tmp_path / "site" / "folder").exists()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_modes_are_set_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    settings = make_settings(tmp_path)
    before = os.umask(umask)
    try:
        assert publish(site_pages("one"), settings).problems == ()
        assert publish(site_pages("two"), settings).problems == ()
        assert publish(site_pages("three"), settings).problems == ()
    finally:
        os.umask(before)
    for root in (tmp_path / "site", tmp_path / "work" / "docs"):
        for path in (root, *root.rglob("*")):
            expected = 0o755 if path.is_dir() else 0o644
            assert stat.S_IMODE(path.stat().st_mode) == expected, path


def test_a_warning_of_mkdocs_leaves_the_old_site(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    publish(site_pages("one"), settings)
    before = stamps(tmp_path / "site")
    bad = site_pages("two") | {"topics/bad.md": page("Bad", "[x](gone.md) and [y](index.md#gone)")}
    result = publish(bad, settings)
    assert len(result.problems) == 2
    assert all("topics/bad.md" in problem for problem in result.problems)
    assert stamps(tmp_path / "site") == before
    assert publish(bad, settings).problems == result.problems
    assert publish(site_pages("two"), settings).problems == ()
    assert mark_of(tmp_path / "site") == "two"


def test_a_page_that_comes_out_empty_is_a_problem(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    (tmp_path / "theme" / "empty.html").write_text(" ")
    pages = site_pages("one") | {"topics/e.md": b"---\ntemplate: empty.html\n---\n\n# E\n"}
    result = publish(pages, settings)
    assert result.problems == (f"{tmp_path / 'work/docs/topics/e.md'}: comes out empty",)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "template", ["{% if %}", "{{ nothing.at.all }}", "{% include 'gone.html' %}"]
)
def test_an_error_in_the_theme_is_one_line(tmp_path: Path, template: str) -> None:
    settings = make_settings(tmp_path)
    (tmp_path / "theme" / "main.html").write_text(template)
    problems = publish(site_pages("one"), settings).problems
    assert len(problems) == 1
    assert not (tmp_path / "site").exists()


def test_a_broken_configuration_is_one_line(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    settings.config.write_text(settings.config.read_text() + "\nunknown_key: 1\nplugins: [gone]\n")
    assert publish(site_pages("one"), settings).problems != ()
    settings.config.write_text("a: [")
    assert publish(site_pages("one"), settings).problems != ()
    settings.config.unlink()
    (problem,) = publish(site_pages("one"), settings).problems
    assert problem.startswith(str(settings.config))


@pytest.mark.parametrize("change", ["theme", "config", "name", "url", "nav", "extra", "language"])
def test_what_else_goes_into_a_site_rebuilds_it(tmp_path: Path, change: str) -> None:
    settings = make_settings(tmp_path)
    publish(site_pages("one"), settings)
    if change == "theme":
        (tmp_path / "theme" / "site.css").write_text("body { margin: 1px }")
    elif change == "config":
        settings.config.write_text(settings.config.read_text().replace("  - About: about.md\n", ""))
    else:
        settings = make_settings(
            tmp_path,
            **{
                "name": {"site_name": "Another"},
                "url": {"site_url": "https://example.org/x/"},
                "nav": {"nav": (("Start", "index.md"),)},
                "extra": {"extra": {"word": "x"}},
                "language": {"language": "he"},
            }[change],
        )
    if change == "extra":
        main = tmp_path / "theme" / "main.html"
        main.write_text(main.read_text() + "{{ config.extra.word }}")
        publish(site_pages("one"), make_settings(tmp_path))
    assert publish(site_pages("one"), settings).changed > 0
    assert publish(site_pages("one"), settings).nothing_changed


def test_the_sitemap_lists_addresses_and_dates_that_pages_say(tmp_path: Path) -> None:
    pages = site_pages("one", 1)
    pages["topics/dated.md"] = b"---\ntitle: D\nchanged: 2026-11-21\n---\n\n# D\n"
    publish(pages, make_settings(tmp_path, site_url="https://example.org/x"))
    sitemap = (tmp_path / "site" / "sitemap.xml").read_text()
    assert (
        "<loc>https://example.org/x/topics/dated.html</loc><lastmod>2026-11-21</lastmod>" in sitemap
    )
    assert sitemap.count("<lastmod>") == 1
    assert sitemap.count("<loc>") == len([p for p in pages if p.endswith(".md")])
    assert not (tmp_path / "site" / "sitemap.xml.gz").exists()


def test_the_same_pages_make_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = site_pages("one")
    prints = set()
    for number, (zone, order) in enumerate([("UTC", 1), ("Asia/Jerusalem", -1)]):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(10**9 * (number + 1)))
        settings = make_settings(folder, site_url="https://example.org/")
        main = folder / "theme" / "main.html"
        main.write_text(main.read_text() + "{{ build_date_utc }} {{ page.update_date }}")
        publish(dict(list(pages.items())[::order]), settings)
        prints.add(fingerprint(folder / "site"))
        assert os.environ["SOURCE_DATE_EPOCH"] == str(10**9 * (number + 1))
    assert len(prints) == 1


def test_the_incremental_site_is_the_clean_one(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    for mark in ("one", "two", "one", "three"):
        publish(site_pages(mark, len(mark)), make_settings(tmp_path / "a"))
    publish(site_pages("three", 5), make_settings(tmp_path / "b"))
    assert tree(tmp_path / "a" / "site") == tree(tmp_path / "b" / "site")


def test_folders_of_others_are_never_replaced(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    settings.site.mkdir()
    (settings.site / "thesis.doc").write_text("years of work")
    (problem,) = publish(site_pages("one"), settings).problems
    assert problem.startswith(f"{settings.site}: has files in it that Readout did not make")
    assert tree(settings.site) == {"thesis.doc": b"years of work"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    settings.site.mkdir(mode=0o700)
    assert publish(site_pages("one"), settings).problems == ()
    assert stat.S_IMODE(settings.site.stat().st_mode) == 0o755


def test_docs_of_others_are_never_touched(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    for name in ("docs", "publish"):
        folder = settings.work / name
        remove(folder)
        folder.mkdir(parents=True)
        (folder / "mine.md").write_text("mine")
        assert str(folder) in publish(site_pages("one"), settings).problems[0]
        assert tree(folder) == {"mine.md": b"mine"}
        remove(folder)


def test_a_site_that_is_a_link_or_a_file_is_refused(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    real = tmp_path / "real"
    publish(site_pages("one"), make_settings(tmp_path, site=real))
    settings.site.symlink_to(real)
    assert "symbolic link" in publish(site_pages("two"), settings).problems[0]
    settings.site.unlink()
    settings.site.write_text("x")
    assert "not a folder" in publish(site_pages("two"), settings).problems[0]
    assert mark_of(real) == "one"


def test_site_and_work_do_not_hold_each_other(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    for changes in (
        {"site": tmp_path / "work"},
        {"work": tmp_path / "site" / "work"},
        {"site": tmp_path / "work" / "docs" / "site"},
        {"site": tmp_path / "work" / "publish" / "twin"},
        {"site": tmp_path / "x" / ".." / "work" / "docs"},
    ):
        assert publish(site_pages("one"), make_settings(tmp_path, **changes)).problems != (), (
            changes
        )
    assert not settings.site.exists()
    assert (
        publish(site_pages("one"), make_settings(tmp_path, site=tmp_path / "work/site")).problems
        == ()
    )


def test_links_planted_in_our_folders_lead_nowhere(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.md").write_text("# secret")
    (secret / "index.html").write_text("secret")
    publish(site_pages("one"), settings)
    publish(site_pages("two"), settings)
    docs, twin = settings.work / "docs", settings.work / "publish" / "twin"
    (docs / "leak.md").symlink_to(secret / "key.md")
    (docs / "leaks").symlink_to(secret)
    (docs / "index.md").unlink()
    (docs / "index.md").symlink_to(secret / "key.md")
    os.mkfifo(docs / "pipe.md")
    (twin / "index.html").unlink()
    (twin / "index.html").symlink_to(secret / "index.html")
    (twin / "leaks").symlink_to(secret)
    (settings.work / "publish" / "staging").symlink_to(secret)
    assert publish(site_pages("three"), settings).problems == ()
    assert tree(secret) == {"key.md": b"# secret", "index.html": b"secret"}
    assert b"secret" not in b"".join(tree(settings.site).values())
    assert mark_of(settings.site) == "three"
    assert not (docs / "leaks").is_symlink()


def test_a_twin_that_is_a_link_is_not_written_to(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    publish(site_pages("one"), settings)
    publish(site_pages("two"), settings)
    twin, elsewhere = settings.work / "publish" / "twin", tmp_path / "elsewhere"
    twin.rename(elsewhere)
    twin.symlink_to(elsewhere)
    before = tree(elsewhere)
    assert publish(site_pages("three"), settings).problems == ()
    assert tree(elsewhere) == before
    assert mark_of(settings.site) == "three"


def test_hard_links_are_not_written_through(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    publish(site_pages("one"), settings)
    publish(site_pages("two"), settings)
    for number, root in enumerate(
        (settings.site, settings.work / "publish/twin", settings.work / "docs")
    ):
        for path in root.rglob("index.*"):
            os.link(path, tmp_path / f"kept{number}-{path.parent.name}")
    kept = {p.name: p.read_bytes() for p in tmp_path.glob("kept*")}
    publish(site_pages("three"), settings)
    assert {p.name: p.read_bytes() for p in tmp_path.glob("kept*")} == kept


def test_the_marker_is_hidden_and_survives(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    for mark in ("one", "two", "three"):
        publish(site_pages(mark), settings)
        assert [p.name for p in settings.site.iterdir() if p.name.startswith(".")] == [MARKER]
    assert {p.name for p in tmp_path.iterdir()} == {"site", "work", "theme", "mkdocs.yml"}
