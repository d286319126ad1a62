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
_NEXT_LINE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?\r?\n)+([ ]*)([^\s#])")
"""From the end of a line, the next one that is no comment: its indentation, its first character.
Each line can be taken in one way alone. (Python 3.11.2 loses its way in `(?:...)++`.)"""
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
        before = text[text.rfind("\n", 0, offset) + 1 : offset]
        if not before.strip() or not HASH_AND_WORD.match(text, offset):
            continue
        lost = _lost(before, _NEXT_LINE.match(text, comment_end))
        yield Slip(
            "YAML019",
            f'"{shown(text[offset:comment_end], 40)}" is read as a comment{lost}',
            lines.at(offset),
            "where it belongs to the value, put the whole value in quotes; "
            "where it is a comment, write a space after #",
        )


def _lost(before: str, below: re.Match[str] | None) -> str:
    """What is said where the comment is all that stands in place of a value or an item: where no
    lines below belong to it."""
    is_item = not before.strip("- ")
    if not is_item and not before.rstrip().endswith(":"):
        return ""
    column = before.rindex("-") if is_item else len(before) - len(before.lstrip("- "))
    if below is not None:
        indent = len(below[1])
        if indent > column or (indent == column and not is_item and below[2] == "-"):
            return ""
    return f": nothing is left of this {'item' if is_item else 'value'}"


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
