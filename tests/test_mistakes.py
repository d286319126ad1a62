"""The mistakes of docs/mistakes.md: each is told in exactly the words printed there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.told import told

MISTAKES = Path(__file__).parent / "mistakes"
FOLDERS = sorted(path.name for path in MISTAKES.iterdir() if path.name[0].isdigit())
PAGE = (MISTAKES.parent.parent / "docs/mistakes.md").read_text(encoding="utf-8")


def told_with(article: Path, folder: Path) -> str:
    """What is told of an article beside the shared actors and topics."""
    shutil.copytree(MISTAKES / "shared", folder, dirs_exist_ok=True)
    (folder / "content/articles").mkdir()
    shutil.copy(article, folder / "content/articles" / article.name)
    return told(folder)


@pytest.mark.parametrize("name", FOLDERS)
def test_what_is_told(name: str, tmp_path: Path) -> None:
    expected = (MISTAKES / name / "expected.txt").read_text(encoding="utf-8")
    (article,) = (path for path in (MISTAKES / name).iterdir() if path.name != "expected.txt")
    assert told_with(article, tmp_path) == expected


def test_the_article_before_any_mistake_is_in_order(tmp_path: Path) -> None:
    assert told_with(MISTAKES / "good.yml", tmp_path) == ""


def test_the_page_has_every_mistake_in_order_and_no_other() -> None:
    printed = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    expected = [(MISTAKES / name / "expected.txt").read_text(encoding="utf-8") for name in FOLDERS]
    assert printed == expected


def test_the_page_shows_what_is_wrong_in_the_file() -> None:
    parts = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
    for name, part in zip(FOLDERS, parts, strict=True):
        (article,) = (path for path in (MISTAKES / name).iterdir() if path.name != "expected.txt")
        bad = re.search(r"^```yaml\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)
        assert bad is not None
        text = article.name + "\n" + article.read_text(encoding="utf-8")
        for line in bad[1].splitlines():
            assert line == "..." or line in text.splitlines(), (name, line)
