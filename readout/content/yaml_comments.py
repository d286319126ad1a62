"""Text that YAML takes for a comment, and its author did not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import yaml
from yaml import ScalarEvent
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from readout.content.characters import shown
from readout.content.encoding import Lines
from readout.content.yaml_slips import HASH_AND_WORD, Slip

_COMMENT = re.compile(r"#(?<![^\s,\[{]#)")
_REST_OF_LINE = re.compile(r"[^\r\n]*")


def hidden_by_comments(text: str) -> Iterator[Slip]:
    """Each `#word` after other text on its line: YAML reads a comment, an author often meant it.

    The text must be YAML that libyaml reads. `# word`, with a space, is a comment meant as one.
    """
    if not HASH_AND_WORD.search(text):
        return
    starts, ends = _scalar_spans(text)
    comment_end = 0
    lines = Lines(text)
    for found in _COMMENT.finditer(text):
        offset = found.start()
        scalar = bisect_right(starts, offset) - 1
        if offset < comment_end or (scalar >= 0 and offset < ends[scalar]):
            continue  # inside a comment, or inside a value
        row = _REST_OF_LINE.match(text, offset)
        comment_end = row.end() if row else len(text)
        before = text[text.rfind("\n", 0, offset) + 1 : offset].strip()
        if not before or not HASH_AND_WORD.match(text, offset):
            continue
        lost = ""
        if not before.strip("- "):
            lost = ": nothing is left of this item"
        elif before.endswith(":"):
            lost = ": nothing is left of this value"
        yield Slip(
            "YAML019",
            f'"{shown(text[offset:comment_end], 40)}" is read as a comment{lost}',
            lines.at(offset),
            "where it belongs to the value, put the whole value in quotes; "
            "where it is a comment, write a space after #",
        )


def _scalar_spans(text: str) -> tuple[list[int], list[int]]:
    """The offsets at which the scalars begin, and those at which they end."""
    parser = CParser(text)
    starts: list[int] = []
    ends: list[int] = []
    try:
        while (event := parser.get_event()) is not None:
            if isinstance(event, ScalarEvent):
                starts.append(_index(event.start_mark))
                ends.append(_index(event.end_mark))
    except yaml.YAMLError:
        pass
    return starts, ends


def _index(mark: Any) -> int:
    return int(mark.index)
