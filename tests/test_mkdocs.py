"""build/docs is ordinary Markdown: others build it too, strictly and without our hook."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from readout.prose.references import ID_PATTERN
from tests.builds import ROOT, tree
from tests.site_checks import broken_links

MATERIAL = """\
site_name: Readout
docs_dir: {docs}
site_dir: {out}
use_directory_urls: false
theme: {{name: material, font: false}}
nav: [{{Home: index.md}}, {{Actors: actors/index.md}}]
not_in_nav: /**
markdown_extensions: [tables]
plugins: []
"""


def strictly(command: str, config: Path, out: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", command, "build", "--strict", "-f", config, "-d", out],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )


class _Events(HTMLParser):
    """What a browser makes of a page: elements, attributes, text; white space as it is shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[object] = []
        self._text = ""

    def _end_text(self) -> None:
        text = " ".join(self._text.split())
        if text:
            self.seen.append(text)
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_text()
        self.seen.append((tag, sorted(attrs, key=str)))

    def handle_endtag(self, tag: str) -> None:
        self._end_text()
        self.seen.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self._text += data


def parsed(page: bytes) -> list[object]:
    reader = _Events()
    reader.feed(page.decode())
    reader.close()
    return reader.seen


def config_for(docs: Path, folder: Path) -> Path:
    """The repository's own mkdocs.yml, with its folders written out."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("docs_dir: build/docs", f"docs_dir: {docs}")
    text = text.replace("custom_dir: templates/site", f"custom_dir: {ROOT / 'templates/site'}")
    config = folder / "mkdocs.yml"
    config.write_text(text, encoding="utf-8")
    return config


@pytest.mark.parametrize("command", ["mkdocs", "properdocs"])
def test_the_same_docs_build_alone(command: str, real: Path, tmp_path: Path) -> None:
    config = config_for(real / "work" / "docs", tmp_path)
    done = strictly(command, config, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    alone, ours = tree(tmp_path / "out"), tree(real / "site")
    pages = {path for path in ours if path.endswith(".html")}
    assert pages <= alone.keys()
    differing = [path for path in sorted(pages) if parsed(alone[path]) != parsed(ours[path])]
    assert differing == []


def test_material_builds_them(real: Path, tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    out = tmp_path / "out"
    config.write_text(MATERIAL.format(docs=real / "work" / "docs", out=out), encoding="utf-8")
    done = strictly("mkdocs", config, out)
    assert done.returncode == 0, done.stderr
    broken = [one for one in broken_links(out) if "'.'" not in one and not one.startswith("404")]
    assert broken == []


@pytest.mark.parametrize("name", ["main.html", "404.html"])
def test_no_claim_can_have_an_id_of_the_theme(name: str) -> None:
    text = (ROOT / "templates/site" / name).read_text(encoding="utf-8")
    ids = re.findall(r'\bid="([^"]*)"', text)
    assert ids
    assert not [one for one in ids if re.fullmatch(ID_PATTERN, one)]
