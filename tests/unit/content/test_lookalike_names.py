"""Twins of names that differ in what no reader sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.told import told, write

UNSEEN = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180f\u200e\u2800\u3164\ufe00\ufe0f\uffa0\U000e0100"
)


def named(folder: Path, one: str, other: str) -> str:
    """What is told of two actors of these names."""
    files = {"a": one, "b": other}
    write(
        folder,
        {
            f"content/actors/{id_}.yml": f"name: {name}\nkind: person\n"
            for id_, name in files.items()
        }
        | {"content/articles/x.yml": "title: X\nsource: {}\nbottom_line: b\n"},
    )
    return told(folder)


@pytest.mark.parametrize("character", UNSEEN, ids=lambda one: f"U+{ord(one):04X}")
def test_a_character_that_is_not_seen_makes_a_twin(character: str, tmp_path: Path) -> None:
    assert "b.yml:1:7: warning NAME001" in named(tmp_path, "Putin", f"Put{character}in")


@pytest.mark.parametrize("character", "\u2800\u3164\uffa0", ids=lambda one: f"U+{ord(one):04X}")
def test_so_does_one_that_is_seen_as_a_space(character: str, tmp_path: Path) -> None:
    assert "b.yml:1:7: warning NAME001" in named(tmp_path, "V Putin", f"V{character}Putin")
    assert "b.yml:1:7: warning NAME001" in named(
        tmp_path / "turned", f"V{character}Putin", "V Putin"
    )


def test_other_names_are_no_twins(tmp_path: Path) -> None:
    assert named(tmp_path, "V Putin", "VPutin") == ""


def test_long_names_are_told_in_short(tmp_path: Path) -> None:
    long = "Putin " * 10_000
    text = named(tmp_path, long, long.replace("P", "\u0420"))  # Cyrillic
    assert "NAME001" in text
    assert len(text) < 1_000
