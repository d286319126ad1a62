"""The front matter of a page, read as MkDocs reads it.

What `readout.text.front_matter` wrote is one line a value and the same in YAML as in JSON: it is
read here directly. For anything else the answer is None, and MkDocs' own reader does it.
"""

from __future__ import annotations

import json
import re

_LINE = re.compile(
    r"(?!(?:y|n|yes|no|on|off|true|false|null):)([a-z][a-z0-9_-]*+): "
    # Nothing that YAML refuses, folds or trims; nothing that it escapes otherwise than JSON.
    r'(?:"((?:[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]++'
    r'|\\(?:["\\bfnrt]|u(?!d[89a-f])[0-9a-f]{4}))*)"|(0|[1-9][0-9]{0,17}))\n'
)
_EDGE = "---\n"


def read_front_matter(text: str) -> tuple[dict[str, str | int], str] | None:
    """The values and the Markdown after them; None where MkDocs should read them."""
    if not text.startswith(_EDGE):
        return None
    found: dict[str, str | int] = {}
    at = len(_EDGE)
    while line := _LINE.match(text, at):
        key, quoted, number = line.groups()
        if quoted is None:
            found[key] = int(number)
        else:
            found[key] = json.loads(f'"{quoted}"') if "\\" in quoted else quoted
        at = line.end()
    if not found or not text.startswith(_EDGE, at):
        return None
    return found, text[at + len(_EDGE) :].lstrip("\n")
