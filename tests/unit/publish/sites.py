"""Publishing small sites in tests: settings, and whether a site is whole."""

import hashlib
import os
import re
from pathlib import Path

from readout.publish import PublishSettings
from readout.publish.tree import MARKER, MARKER_TEXT
from tests.unit.publish.docs_tree import make_config, make_pages, make_theme, page


def make_settings(folder: Path, **changes: object) -> PublishSettings:
    """A project in `folder`, with a theme of its own; the site is `folder/site`."""
    theme = folder / "theme"
    if not theme.exists():
        make_config(folder, make_theme(theme))
    given: dict[str, object] = {
        "site": folder / "site",
        "work": folder / "work",
        "config": folder / "mkdocs.yml",
        "theme": theme,
        "site_name": "A site",
    }
    return PublishSettings(**(given | changes))  # type: ignore[arg-type]


def site_pages(mark: str, count: int = 2) -> dict[str, bytes]:
    """A site that says `mark` on its home page, and has a page that only this one has."""
    return make_pages(count, mark) | {f"topics/only-{mark}.md": page("Only", mark)}


def tree(root: Path) -> dict[str, bytes]:
    """Every file below `root` with its bytes; a symlink fails."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = Path(folder) / name
            assert not path.is_symlink(), path
            if name in files:
                found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def fingerprint(root: Path) -> str:
    """Of paths and bytes; not of the marker, which must be there."""
    files = tree(root)
    assert files.pop(MARKER) == MARKER_TEXT
    digest = hashlib.sha256()
    for path, data in sorted(files.items()):
        digest.update(repr((path, hashlib.sha256(data).hexdigest())).encode())
    return digest.hexdigest()


def mark_of(site: Path) -> str:
    """The `mark` on a site's home page."""
    found = re.search(r"Bottom line, (\w+):", (site / "index.html").read_text())
    assert found is not None
    return found.group(1)
