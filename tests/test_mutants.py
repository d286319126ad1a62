"""A weakened defence is noticed; `python -m tests.heavy.mutants` weakens hundreds."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.builds import ROOT
from tests.heavy.mutants import DEFENCES, copied, is_noticed, mutants, reasons

ADDRESSES = "readout/addresses.py"


def test_every_reason_is_that_of_a_mutant() -> None:
    names = [one.name for module in DEFENCES for one in mutants(module)]
    assert len(set(names)) == len(names)
    assert reasons().keys() - set(names) == set()


def test_mutants_are_other_programs() -> None:
    for module in DEFENCES:
        plain = ast.dump(ast.parse((ROOT / module).read_text(encoding="utf-8")))
        for one in list(mutants(module))[::20]:
            source = one.source()
            compile(source, module, "exec")
            assert ast.dump(ast.parse(source)) != plain, one.name


@pytest.mark.parametrize(
    ("name", "noticed"),
    [
        ("fault_of: not _SEGMENT.fullmatch(segment): condition never holds", True),
        ("claim: holder == (address, source): comparison turned round", True),
        ("claim: taken != address: condition never holds", False),
    ],
)
def test_a_weakened_registry_is_noticed(tmp_path: Path, name: str, noticed: bool) -> None:
    (one,) = (one for one in mutants(ADDRESSES) if one.name == f"{ADDRESSES} {name}")
    assert is_noticed(copied(tmp_path), ADDRESSES, one.source()) is noticed
