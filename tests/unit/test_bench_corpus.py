"""The generator of content: every key, several scripts, no mistakes, the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import get_args

import pytest
import yaml

from bench.corpus import generate
from readout.content import schema
from readout.content.check import check
from readout.content.corpus import Folders
from readout.content.load import load
from readout.content.schema import Record
from tests.builds import ROOT, tree


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("corpus")
    generate(made, 60, texts=True)
    return made


def test_it_has_no_mistakes(folder: Path) -> None:
    loaded = load(Folders(folder / "content", folder / "seeds"))
    found = (*loaded.diagnostics, *check(loaded.corpus, loaded.locate, loaded.defined))
    assert [str(one) for one in found] == []


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(key for one in value.values() for key in _keys(one))}
    return {key for one in value for key in _keys(one)} if isinstance(value, list) else set()


def test_it_uses_every_key(folder: Path) -> None:
    used = set()
    for file in folder.rglob("*.yml"):
        used |= _keys(yaml.load(file.read_text(encoding="utf-8"), yaml.CBaseLoader))  # noqa: S506 - texts alone
    records = [
        one
        for one in vars(schema).values()
        if isinstance(one, type) and issubclass(one, Record) and one is not Record
    ]
    keys = {field.alias or name for one in records for name, field in one.model_fields.items()}
    assert len(keys) > 60
    assert keys - used == set()


def test_it_has_four_scripts_and_odd_dates(folder: Path) -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.yml"))
    scripts = {unicodedata.name(char, "?").split()[0] for char in set(text)}
    assert scripts >= {"LATIN", "HEBREW", "ARABIC", "CYRILLIC"}
    for date in ("-0043", "XXXX-01-16", "/..", "[..", "~", "T03:30:00Z"):
        assert date in text


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_arguments_give_the_same_bytes(seed: str, folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.corpus", "--articles", "60", "--texts", tmp_path]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert tree(tmp_path) == tree(folder)


def test_annotations_are_walked() -> None:
    assert schema.Claim in get_args(schema.Article.model_fields["claims"].annotation)
