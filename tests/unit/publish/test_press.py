"""The press says what MkDocs says: byte for byte with our hook, page by page without."""

import errno
import os
import shutil
from pathlib import Path

import pytest
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation

from bench.corpus import generate
from readout.publish import PublishResult, publication
from readout.publish.mkdocs_run import configured, listening
from readout.publish.tree import MARKER
from tests.builds import ROOT, build
from tests.builds import tree as visible
from tests.unit.publish.docs_tree import make_pages
from tests.unit.publish.sites import make_settings, publish, tree
from tests.unit.publish.stock import stock, write_pages

OURS = {"config": ROOT / "mkdocs.yml", "theme": ROOT / "templates" / "site"}


def assert_as_mkdocs(pages: dict[str, bytes], folder: Path, **changes: object) -> None:
    """Publishes pages, and has MkDocs build what stands in the docs tree then."""
    settings = make_settings(folder, **changes)
    assert publish(pages, settings).problems == ()
    assert stock(settings, settings.work / "docs", folder / "stock", hook=True) == []
    ours, theirs = tree(settings.site), tree(folder / "stock")
    del ours[MARKER]
    assert ours.keys() == theirs.keys()
    assert [path for path in ours if ours[path] != theirs[path]] == []


@pytest.mark.parametrize("url", [None, "https://example.org/x"])
def test_the_golden_pages(tmp_path: Path, url: str | None) -> None:
    pages = visible(ROOT / "tests" / "golden")
    assert len(pages) > 20
    assert_as_mkdocs(pages, tmp_path, **OURS, site_url=url)


def test_a_generated_corpus(tmp_path: Path) -> None:
    generate(tmp_path, 60)
    done = build(tmp_path, tmp_path / "content", tmp_path / "seeds", "--no-search")
    assert done.returncode == 0, done.stdout + done.stderr
    pages = visible(tmp_path / "work" / "docs")
    assert len(pages) > 200
    (tmp_path / "again").mkdir()
    assert_as_mkdocs(pages, tmp_path / "again", **OURS, site_url="https://example.org/")


def test_another_theme_and_pages_left_to_mkdocs(tmp_path: Path) -> None:
    pages = make_pages(3) | {
        "topics/slow.md": b"---\ntitle: 'Slow'\nchanged: 2026-11-20\n---\n\n# A\n\n> `b`\n\n## C\n",
        "topics/lines.md": b"---\r\ntitle: x\r\n---\r\n\r\n# Lines\r\n\r\ntext\r\n",
        "topics/mark.md": b"\xef\xbb\xbf# Mark\n\ntext\n",
        "topics/none.md": b"# None\n\n[a](slow.md#c)\n",
        "topics/old.md": b"Title: of old\n\n# Old\n",
        "topics/site.md": b"# S\n\n[style](../site.css)\n",
        "topics/listed.md": b"---\ntitle: [a, b]\n---\n\ntext\n",
    }
    assert_as_mkdocs(pages, tmp_path, site_url="https://example.org/")


def test_a_template_that_lists_pages(tmp_path: Path) -> None:
    """It may ask for all that MkDocs knows of a page before its text."""
    settings = make_settings(tmp_path)
    (settings.theme / "sitemap.xml").write_text(
        "{% for file in pages %}{{ file.url }} {{ file.page.canonical_url }} {{ file.src_uri }}"
        " {{ file.page.is_homepage }} {{ file.page.update_date }} {{ file.page.abs_url }}"
        " {{ file.name }} {{ file.page.meta.changed }}\n{% endfor %}"
    )
    assert_as_mkdocs(make_pages(3), tmp_path, site_url="https://example.org/")


def test_what_is_told_of_a_page_is_what_mkdocs_knows(tmp_path: Path) -> None:
    """Anchors, links with fragments and the pages reached, as Python-Markdown finds them."""
    pages = visible(ROOT / "tests" / "golden") | make_pages(2)
    settings = make_settings(tmp_path, **OURS)
    write_pages(pages, tmp_path / "docs")
    with listening():
        config = configured(settings, tmp_path / "docs", tmp_path / "out")
        files = get_files(config)
        files.add_files_from_theme(config.theme.get_env(), config)
        set_exclusions(files, config)
        get_navigation(files, config)
        with publication(settings, pages) as opened:
            assert not isinstance(opened, PublishResult)
            press = opened.press()
            for file in files.documentation_pages():
                assert file.page is not None
                file.page.read_source(config)
                file.page.render(config, files)
                ours = press.page(file.src_uri, pages[file.src_uri])
                assert set(filter(None, ours.anchors.split("\0"))) == file.page.present_anchor_ids
                assert set(ours.links) == {
                    (target.src_uri, fragment, link)
                    for target, links in (file.page.links_to_anchors or {}).items()
                    for fragment, link in links.items()
                }
                assert ours.changed == file.page.meta.get("changed", "")


@pytest.mark.parametrize(
    "line",
    [
        *("plugins: [search]", "use_directory_urls: true", "extra_templates: [x.html]"),
        *("exclude_docs: /x", "draft_docs: /x", "not_in_nav: /x", "nav: [index.md]"),
        "theme: {name: mkdocs}",
    ],
)
def test_what_is_not_done_is_refused(tmp_path: Path, line: str) -> None:
    settings = make_settings(tmp_path)
    key = line.partition(":")[0]
    text = settings.config.read_text()
    lines = text.split("\n")
    start = next((n for n, one in enumerate(lines) if one.startswith(f"{key}:")), len(lines))
    end = start + 1
    while end < len(lines) and lines[end].startswith((" ", "-")):
        end += 1
    settings.config.write_text("\n".join([*lines[:start], line, *lines[end:]]))
    problems = publish(make_pages(1), settings).problems
    assert problems
    assert key.partition("_")[0] in problems[0]
    assert not settings.site.exists()


@pytest.mark.parametrize("line", ["INHERIT: base.yml", "extra: {x: !ENV [NAME, y]}"])
def test_what_is_written_elsewhere_is_refused(tmp_path: Path, line: str) -> None:
    """It could change without its being noticed."""
    settings = make_settings(tmp_path)
    settings.config.with_name("base.yml").write_text("site_author: A\n")
    text = settings.config.read_text()
    settings.config.write_text(f"{text}\n# INHERIT and !ENV in a comment\n")
    assert publish(make_pages(1), settings).problems == ()
    settings.config.write_text(f"{text}\n{line}\n")
    (problem,) = publish(make_pages(2), settings).problems
    assert ("INHERIT" if "INHERIT" in line else "!ENV") in problem


def test_another_theme_is_refused(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    shutil.copytree(settings.theme, tmp_path / "other")
    text = settings.config.read_text()
    settings.config.write_text(text.replace(str(settings.theme), str(tmp_path / "other")))
    (problem,) = publish(make_pages(1), settings).problems
    assert "theme.custom_dir" in problem


@pytest.mark.parametrize("wrong", ["{{ 1 / 0 }}", "{{ nonesuch.x }}", "{{ 'a' | nonesuch }}"])
def test_a_fault_of_the_theme_is_told_with_its_line(tmp_path: Path, wrong: str) -> None:
    settings = make_settings(tmp_path)
    main = settings.theme / "main.html"
    main.write_text(f"\n\n{wrong}\n{main.read_text()}")
    problems = publish(make_pages(1), settings).problems
    assert problems
    assert all(f"{main}:3: " in one for one in problems), problems


@pytest.mark.parametrize("call", ["scandir", "stat"])
def test_a_theme_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """MkDocs and Jinja2 pass over what the system refuses."""
    settings = make_settings(tmp_path)
    (settings.theme / "fonts").mkdir()
    (settings.theme / "fonts" / "a.woff2").write_bytes(b"x")
    assert publish(make_pages(1), settings).problems == ()
    publish(make_pages(2), settings)
    real = getattr(os, call)

    def refusing(path: object, *args: object, **kwargs: object) -> object:
        if "theme/fonts" in str(path):
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return real(path, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refusing)
        with publication(settings, make_pages(3)) as opened:
            told = opened if isinstance(opened, PublishResult) else None
            if told is None:
                assert not isinstance(opened, PublishResult)
                told = opened.finish([opened.put(*one) for one in make_pages(3).items()], ())
    (problem,) = told.problems
    assert str(settings.theme / "fonts") in problem
