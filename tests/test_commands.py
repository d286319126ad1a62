"""The command line as documented: docs/commands.md, the README's tour, the theme's words."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import yaml

from readout.cli import commands
from readout.pipeline import theme_words
from readout.words import words_for
from tests.builds import ROOT, SMALL, run

REFERENCE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
MORE = re.compile(r"`make [a-z-]+`((?:, `[a-z-]+`)+)")
"""More targets after one that is named with its command."""


def test_every_command_and_flag_is_documented() -> None:
    missing = []
    for name, command in commands.commands.items():
        if f"| `{name}` |" not in REFERENCE:
            missing.append(name)
        for option in command.params:
            if isinstance(option, click.Argument):
                continue
            missing += [f"{name} {one}" for one in option.opts if f"`{one}" not in REFERENCE]
    assert missing == []


def test_no_command_is_documented_that_is_not_there() -> None:
    documented = re.findall(r"^\| `([a-z]+)` \|", REFERENCE, re.MULTILINE)
    assert set(documented) == set(commands.commands)


def test_the_five_minute_tour(tmp_path: Path) -> None:
    """What the README has authors type does what it says."""
    blocks = [
        re.sub(r"^   ", "", block, flags=re.MULTILINE)
        for block in re.findall(r"^   ```(?:yaml|text)\n(.*?)^   ```$", README, re.DOTALL | re.M)
    ]
    article, told, actor = blocks
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "content/articles/harbour-talks.yml").write_text(article, encoding="utf-8")
    flags = ["--content=content", f"--seeds={ROOT / 'seeds'}"]
    first = run("check", *flags, cwd=tmp_path)
    assert first.returncode == 1
    assert first.stdout == told
    (tmp_path / "content/actors/the-minister.yml").write_text(actor, encoding="utf-8")
    second = run("build", *flags, cwd=tmp_path)
    assert second.returncode == 0, second.stdout
    assert (tmp_path / "site/briefings/harbour-talks.html").is_file()


def test_the_words_of_the_theme_in_mkdocs_yml_are_the_english_ones() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["extra"]["words"] == theme_words(words_for("en"))


def test_make_has_a_rule_for_every_target_that_is_named() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == rules
    for page in (ROOT / "README.md", ROOT / "SECURITY.md", *(ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        named = re.findall(r"(?:`|^)make ([a-z][a-z-]*)", text, re.MULTILINE)
        named += [one for more in re.findall(MORE, text) for one in re.findall("[a-z-]+", more)]
        assert set(named) <= rules, page.name


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`make -n ...`: what it would run."""
    return subprocess.run(
        ["make", "-n", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_make_verify_is_told_where_the_texts_are() -> None:
    done = make("verify", "TEXTS=my texts")
    assert 'python build.py verify --texts "my texts"\n' in done.stdout
    assert "make verify TEXTS=FOLDER" in make("verify").stderr


def test_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    folder = os.fsdecode(b"con\xfftent")
    shutil.copytree(ROOT / "content", tmp_path / folder)
    one_point = "title: A\nsource: {}\nbottom_line: B\nkey_points: [{text: x}]\n"
    (tmp_path / folder / "articles" / "a.yml").write_text(one_point, encoding="utf-8")
    flags = [f"--content={folder}", f"--seeds={ROOT / 'seeds'}"]
    for command in ("build", "build", "check"):
        done = run(command, *flags, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(r"con\udcfftent/articles/a.yml:4:1: warning ADVICE003")


def test_a_site_below_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    flags = [f"--content={SMALL / 'content'}", f"--seeds={SMALL / 'seeds'}"]
    flags += ["--site=link/site", "--work=link/work", "--no-search"]
    first, second = (run("build", *flags, cwd=tmp_path) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert second.stdout.startswith("Nothing changed")
    assert (tmp_path / "real" / "site" / "index.html").is_file()
