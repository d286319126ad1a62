"""Runs the cases in tests/rules/*.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout.content.rules import RULES
from tests.told import Case, cases_of, told, write

FILES = sorted((Path(__file__).parent / "rules").glob("*.md"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {case.title}")
    for file in FILES
    for case in cases_of(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case, tmp_path: Path) -> None:
    write(tmp_path, case.files)
    assert told(tmp_path) == case.expected


def test_every_rule_has_cases() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in FILES)
    assert [rule.RULE[0] for rule in RULES if rule.RULE[0] not in text] == []
