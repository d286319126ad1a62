"""Defences weakened one at a time: the tests of each must notice.

    python -m tests.heavy.mutants 300          goes on where it was stopped

A mutant is one module that defends with one small change in it: a comparison turned round, `and`
for `or`, a condition that always or never holds, a number one more, a text emptied. It is put into
a copy of the tree, and the tests of that module run there; a mutant that they do not notice
survives, and is listed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.builds import ROOT
from tests.hostile.ledger import Ledger, publish, surroundings

DEFENCES: dict[str, tuple[str, ...]] = {
    "readout/text.py": ("tests/unit/test_text.py", "tests/properties/test_text.py"),
    "readout/addresses.py": ("tests/unit/test_addresses.py",),
    "readout/prose/html.py": ("tests/unit/test_prose.py", "tests/properties/test_prose.py"),
    "readout/prose/markdown.py": ("tests/unit/test_prose.py", "tests/properties/test_prose.py"),
    "readout/prose/links.py": ("tests/unit/test_prose.py", "tests/properties/test_prose.py"),
    "readout/content/characters.py": ("tests/unit/content/test_characters.py",),
    "readout/content/yaml_tree.py": (
        "tests/unit/content/test_reading_yaml.py",
        "tests/unit/content/test_told_cases.py",
        "tests/properties/test_yaml_tree.py",
    ),
    "readout/publish/swap.py": (
        "tests/unit/publish/test_swap.py",
        "tests/unit/publish/test_publish_site.py",
        "tests/unit/publish/test_faults.py",
    ),
    "readout/cache.py": ("tests/test_cache.py",),
}
_NOT_COPIED = (".git", ".venv", "build", "node_modules", "__pycache__", ".*_cache")
_PATIENCE = 240
"""Seconds; a mutant that runs for longer has been noticed."""
_OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


def mutants(path: Path) -> Iterator[tuple[str, str]]:
    """Every mutant of a module: what was changed, and the source."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed_over = {id(node) for node in _not_code(tree)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in passed_over:
            continue
        for name in _changes(node):
            mutated = copy.deepcopy(tree)
            target = next(one for n, one in enumerate(ast.walk(mutated)) if n == number)
            _change(target, name)
            line = getattr(node, "lineno", 0)
            yield (
                f"{path.relative_to(ROOT)}:{line}: {name}",
                ast.unparse(ast.fix_missing_locations(mutated)),
            )


def _not_code(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings and annotations."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        for name in ("annotation", "returns"):
            inner = getattr(node, name, None)
            if inner is not None:
                yield from ast.walk(inner)


def _changes(node: ast.AST) -> Iterator[str]:
    """The names of the changes that can be made to a node."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _OPPOSITES:
        yield "comparison turned round"
    elif isinstance(node, ast.BoolOp):
        yield "and for or, or for and"
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "condition always holds"
        if not isinstance(node, ast.While):
            yield "condition never holds"
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield "number one more"
    elif isinstance(node, ast.Constant) and type(node.value) is str and node.value:
        yield "text emptied"
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield "truth turned round"


def _change(node: ast.AST, name: str) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = _OPPOSITES[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        node.test = ast.Constant("always" in name)
    elif isinstance(node, ast.Constant):
        value = node.value
        if type(value) is bool:
            node.value = not value
        else:
            node.value = value + 1 if isinstance(value, int) else ""


def _is_noticed(copy_of: Path, module: str, source: str) -> bool:
    """Whether the tests of a module fail with this source in its place."""
    target = copy_of / module
    before = target.read_text(encoding="utf-8")
    target.write_text(source, encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider",
             *DEFENCES[module]],
            cwd=copy_of, capture_output=True, timeout=_PATIENCE, check=False,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(before, encoding="utf-8")
    return done.returncode != 0


def main(arguments: list[str] | None = None) -> int:
    """Runs; always 0: survivors are for people to look at."""
    parser = argparse.ArgumentParser(prog="python -m tests.heavy.mutants", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=300)
    count = parser.parse_args(arguments).count
    every = [(m, what, source) for m in DEFENCES for what, source in mutants(ROOT / m)]
    random.Random(0).shuffle(every)
    ledger = Ledger("mutants", f"{len(every)}")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "tree"
        shutil.copytree(ROOT, here, ignore=shutil.ignore_patterns(*_NOT_COPIED), symlinks=True)
        for module, what, source in every[:count]:
            if what not in ledger.steps:
                ledger.done(what, _is_noticed(here, module, source))
    tried = [what for _, what, _ in every[:count]]
    survivors = [what for what in tried if not ledger.steps[what]]
    share = 100 * (len(tried) - len(survivors)) / max(1, len(tried))
    publish(
        "mutants",
        [
            "Defences weakened one at a time",
            "",
            *surroundings(f"python -m tests.heavy.mutants {count}", ["pytest", "hypothesis"]),
            "",
            f"mutants     {len(tried)}, at random, of {len(every)} in {len(DEFENCES)} modules",
            f"noticed     {len(tried) - len(survivors)} ({share:.1f} %)",
            f"survivors   {len(survivors)}",
            *survivors,
        ],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
