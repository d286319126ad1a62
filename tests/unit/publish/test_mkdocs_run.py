"""mkdocs.yml works by itself: with MkDocs, with ProperDocs, and with Material as the theme."""

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.publish.docs_tree import CONFIG, make_pages, make_theme
from tests.unit.publish.sites import make_settings, publish
from tests.unit.publish.stock import write_pages


def project(folder: Path) -> Path:
    """mkdocs.yml as it is, with a docs tree and a theme where it says they are."""
    write_pages(make_pages(2), folder / "build" / "docs")
    make_theme(folder / "templates" / "site")
    (folder / "mkdocs.yml").write_bytes(CONFIG.read_bytes())
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ("mkdocs", "build", "--strict"),
        ("mkdocs", "build", "--strict", "--theme", "material"),
        ("properdocs", "build", "--strict", "-f", "mkdocs.yml"),
        ("properdocs", "build", "--strict", "-f", "mkdocs.yml", "--theme", "material"),
    ],
    ids=" ".join,
)
def test_others_build_the_docs_without_a_warning(tmp_path: Path, command: tuple[str, ...]) -> None:
    folder = project(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not re.search("^(WARNING|ERROR)", done.stderr, re.MULTILINE)
    built = folder / "build" / "mkdocs"
    assert "Moscow was told <em>before</em>" in (built / "briefings" / "b0.html").read_text()
    assert (built / "404.html").exists()


def test_the_menu_is_that_of_every_page(tmp_path: Path) -> None:
    settings = make_settings(
        tmp_path,
        site_name="<Name>",
        language="he",
        nav=(("Start & go", "index.md"), ("Actors", "actors/index.md")),
    )
    assert publish(make_pages(2), settings).problems == ()
    text = (tmp_path / "site" / "actors" / "index.html").read_text()
    assert '<html lang="he">' in text
    assert "&lt;Name&gt;" in text
    assert '<a href="../index.html">Start & go</a>' in text
    assert "Briefings</a>" not in text


def test_logging_and_environment_are_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    logger = logging.getLogger("mkdocs")
    monkeypatch.setattr(logger, "propagate", True)
    before = logger.level, logger.propagate, list(logger.handlers)
    pages = make_pages(1) | {"topics/x.md": b"[x](gone.md)\n"}
    problems = publish(pages, make_settings(tmp_path)).problems
    assert len(problems) == 1
    assert "topics/x.md" in problems[0]
    assert (logger.level, logger.propagate, list(logger.handlers)) == before
    assert "SOURCE_DATE_EPOCH" not in os.environ
    assert os.umask(0o022) == 0o022
    assert capfd.readouterr() == ("", "")


def test_mkdocs_yml_names_no_hook() -> None:
    assert "hook" not in CONFIG.read_text()
