"""Every code of reading is explained, with an example that has it and one that has it not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import readout.content
from readout.content.codes import CODES, Code
from readout.content.one_file import read_file

NEEDED = ("title: A", "source: {}", "bottom_line: B")
IN_WORDS = {"FILE", "TEXT001", "YAML099", "SHAPE005"}  # no content can be an example
MODULES = ("characters", "date_field", "encoding", "fields", "files", "load", "one_file", "shape",
           "yaml_comments", "yaml_slips", "yaml_tree")  # fmt: skip


def told(example: str) -> dict[str, str]:
    """Code -> severity of all that an example has."""
    named = re.match(r"# ([\w/]+[.]yml)\n", example)
    if named:
        file = named[1]
    else:
        file = "articles/x.yml"
        written = set(re.findall(r"^(\w+):", example, re.MULTILINE))
        lines = [line for line in NEEDED if line.split(":")[0] not in written]
        example = "\n".join([*lines, example])
    return {d.code: d.severity for d in read_file(file, example.encode(), file).diagnostics}


@pytest.mark.parametrize("one", CODES.values(), ids=CODES)
def test_the_examples_of_a_code(one: Code) -> None:
    if one.code in IN_WORDS or one.code[:4] in IN_WORDS:
        assert one.bad
        assert one.bad != one.good
        return
    assert told(one.bad) == {one.code: one.severity}
    assert told(one.good) == {}


def test_every_code_in_the_source_is_explained_and_the_other_way_round() -> None:
    folder = Path(readout.content.__file__).parent
    source = "".join((folder / f"{module}.py").read_text("utf-8") for module in MODULES)
    assert set(re.findall(r'"([A-Z]+[0-9]{3})"', source)) == set(CODES)
