"""Every message of the interface, found in the code and the templates that say it.

A message is the first argument of `say`, `words` or their `count` (with the second: the plural), or
stands in a table of words whose name is one of `TABLES`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
TEMPLATES = PACKAGE.parent / "templates" / "pages"
CALLS = frozenset({"say", "words", "_"})
TABLES = frozenset(
    {
        "STATUS", "STANCE", "ROLES", "KINDS", "FORMS", "CHANNEL_WORDS", "RELATION_OUT",
        "RELATION_IN", "MATTERS", "CATEGORIES", "GRADE_SOURCE", "GRADE_INFORMATION", "LIKELIHOODS",
        "CONFIDENCES", "MENU", "_GROUPINGS", "_NOTES",
    }
)  # fmt: skip
_SAID = re.compile(r"""say(?:\.count)?\(\s*"((?:[^"\\]|\\.)*)"(?:\s*,\s*"((?:[^"\\]|\\.)*)")?""")

Message = tuple[str, str | None]
"""A message, and its plural where it has one."""


def messages() -> tuple[Message, ...]:
    """All messages, sorted."""
    found: set[Message] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        found |= set(_in_code(ast.parse(path.read_text(encoding="utf-8"))))
    for path in sorted(TEMPLATES.glob("*.j2")):
        text = path.read_text(encoding="utf-8")
        found |= {(match[1], match[2]) for match in _SAID.finditer(text)}
    plurals = {single for single, plural in found if plural}
    return tuple(sorted((s, p) for s, p in found if p or s not in plurals))


def _in_code(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _said(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {one.id for one in targets if isinstance(one, ast.Name)}
            if names & TABLES and node.value is not None:
                yield from ((text, None) for text in _values(node.value))


def _said(call: ast.Call) -> Iterator[Message]:
    function = call.func
    counts = isinstance(function, ast.Attribute) and function.attr == "count"
    if isinstance(function, ast.Attribute):
        owner = function.value if counts else function
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    else:
        name = getattr(function, "id", "")
    if name not in CALLS or not call.args:
        return
    texts = [one.value for one in call.args[:2] if isinstance(one, ast.Constant)]
    if counts and len(texts) == 2:
        yield str(texts[0]), str(texts[1])
    elif not counts and isinstance(call.args[0], ast.Constant) and isinstance(texts[0], str):
        yield texts[0], None


def _values(node: ast.expr) -> Iterator[str]:
    """The texts of a table: a dictionary's values, or all texts of tuples and lists."""
    if isinstance(node, ast.Dict):
        for value in node.values:
            yield from _values(value)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for one in node.elts:
            yield from _values(one)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
