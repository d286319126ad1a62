"""Redirects whose old addresses somebody else may want: a file of the site, a part of a list."""

from __future__ import annotations

import shutil
from pathlib import Path

from readout.content.rules.redirect_below_file import _BELOW_FILE
from readout.render.pages import beside
from tests.builds import SMALL, build
from tests.unit.render.figures.world import desk_in

MOVED = "This page has moved"


def test_every_file_of_a_site_is_known(tmp_path: Path) -> None:
    done = build(
        tmp_path, SMALL / "content", SMALL / "seeds", "--base-url", "https://example.org/desk"
    )
    assert done.returncode == 0, done.stderr
    files = [
        path.relative_to(tmp_path / "site").as_posix()
        for path in (tmp_path / "site").rglob("*.*")
        if path.is_file() and path.suffix != ".html" and not path.name.startswith(".")
    ]
    assert {"style.css", "sitemap.xml", "pagefind/pagefind.js"} <= set(files)
    assert [one for one in files if not _BELOW_FILE.match(f"{one}/x")] == []


def test_where_a_part_stands_it_goes_before_a_redirect(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SMALL / "content", content)
    flags = ("--no-search",)
    assert build(tmp_path, content, SMALL / "seeds", *flags).returncode == 0
    site = tmp_path / "site"
    parts = [path for path in (site / "chronology").iterdir() if path.stem != "index"]
    assert len(parts) > 1
    before = {path: path.read_bytes() for path in parts}
    with (content / "redirects.yml").open("a") as file:
        file.writelines(f"chronology/{path.stem}: index\n" for path in parts)
        file.write("chronology/9999: index\nactors/gone/1987: index\n")
    done = build(tmp_path, content, SMALL / "seeds", *flags)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path: path.read_bytes() for path in parts} == before
    assert MOVED in (site / "chronology/9999.html").read_text()
    assert MOVED in (site / "actors/gone/1987.html").read_text()

    desk = desk_in(content, SMALL / "seeds")
    for path in parts:
        address = f"chronology/{path.stem}"
        assert [one.kind for one in beside(desk, address) if one.address == address] == ["list"]
