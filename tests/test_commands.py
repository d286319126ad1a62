"""The command line as documented: docs/commands.md, the README's tour, the theme's words."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import click
import yaml

from readout.cli import commands
from readout.pipeline import theme_words
from readout.words import words_for
from tests.builds import ROOT, SMALL, run

REFERENCE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


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
    assert told.strip() in first.stdout
    (tmp_path / "content/actors/the-minister.yml").write_text(actor, encoding="utf-8")
    second = run("build", *flags, cwd=tmp_path)
    assert second.returncode == 0, second.stdout
    assert (tmp_path / "site/briefings/harbour-talks.html").is_file()


def test_the_words_of_the_theme_in_mkdocs_yml_are_the_english_ones() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["extra"]["words"] == theme_words(words_for("en"))


def test_make_has_the_targets_that_the_readme_names() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:`|^)make ([a-z]+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


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
