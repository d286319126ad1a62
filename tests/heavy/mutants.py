"""Defences weakened one at a time: the tests of each must notice.

    python -m tests.heavy.mutants 300             goes on where it was stopped
    python -m tests.heavy.mutants 300 --survivors tries again those that survived, after new tests

A mutant is one module that defends with one small change in it: a comparison turned round, `and`
for `or`, a condition that always or never holds, a number one more, a text emptied. It is put into
a copy of the tree, and the tests of that module run there; a mutant that they do not notice
survives, and is listed, with the reason from survivors.toml where it does no harm. Before
anything is changed the tests have to pass, or else they would seem to notice everything.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.builds import ROOT
from tests.hostile.ledger import Ledger, publish, surroundings

_PROSE = (
    "tests/unit/test_prose_written.py",
    "tests/unit/test_prose.py",
    "tests/properties/test_prose.py",
)
DEFENCES: dict[str, tuple[str, ...]] = {
    "readout/text.py": ("tests/unit/test_text.py", "tests/properties/test_text.py"),
    "readout/addresses.py": ("tests/unit/test_addresses.py",),
    "readout/prose/html.py": _PROSE,
    "readout/prose/markdown.py": _PROSE,
    "readout/prose/links.py": _PROSE,
    "readout/content/characters.py": ("tests/unit/content/test_characters.py",),
    "readout/content/yaml_tree.py": (
        "tests/unit/content/test_yaml_refused.py",
        "tests/unit/content/test_reading_yaml.py",
        "tests/unit/content/test_told_cases.py",
        "tests/properties/test_yaml_tree.py",
    ),
    "readout/content/yaml_plain.py": (
        "tests/unit/content/test_reading_quickly.py",
        "tests/unit/content/test_yaml_refused.py",
        "tests/unit/content/test_reading_yaml.py",
        "tests/unit/content/test_told_cases.py",
    ),
    "readout/publish/swap.py": (
        "tests/unit/publish/test_swap.py",
        "tests/unit/publish/test_publish_site.py",
        "tests/unit/publish/test_faults.py",
    ),
    "readout/cache.py": ("tests/unit/test_cache_file.py", "tests/test_cache.py"),
}
_NOT_COPIED = (".git", ".venv", "build", "node_modules", "__pycache__", ".*_cache")
_WORK = 120
"""Seconds of a processor; a mutant that takes more has been noticed."""
_PATIENCE = 1200
"""Seconds by the clock; so has one that waits for longer, twice: the run may have been stopped."""
_MEMORY = 4 << 30
"""Bytes; so has one that asks for more."""
_SHOWN = 60
_REASONS = Path(__file__).with_name("survivors.toml")
_OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small change in one module."""

    module: str
    name: str
    """The function, what is changed and how, and no line: it stays when others move."""
    line: int
    node: int
    """Which one, in the order of `ast.walk`."""
    change: str

    def source(self) -> str:
        """The module with the change in it."""
        tree = ast.parse((ROOT / self.module).read_text(encoding="utf-8"))
        _change(next(one for n, one in enumerate(ast.walk(tree)) if n == self.node), self.change)
        return ast.unparse(ast.fix_missing_locations(tree))


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    passed_over = {id(node) for node in _not_code(tree)}
    inside = dict(_functions(tree, "module"))
    seen: Counter[str] = Counter()
    for number, node in enumerate(ast.walk(tree)):
        for change in () if id(node) in passed_over else _changes(node):
            name = f"{module} {inside[id(node)]}: {_written(node)}: {change}"
            seen[name] += 1
            if seen[name] > 1:
                name += f" ({seen[name]})"
            yield Mutant(module, name, getattr(node, "lineno", 0), number, change)


def _functions(node: ast.AST, name: str) -> Iterator[tuple[int, str]]:
    """In which function each node is."""
    yield id(node), name
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield from _functions(child, child.name)
        else:
            yield from _functions(child, name)


def _written(node: ast.AST) -> str:
    """What is changed, on one short line."""
    part = node.test if isinstance(node, ast.If | ast.IfExp | ast.While) else node
    text = ast.unparse(part)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _not_code(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings and annotations, and what a TypeAlias names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
            yield from ast.walk(node)
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


def copied(folder: Path) -> Path:
    """A copy of the tree, without what is built."""
    here = folder / "tree"
    shutil.copytree(ROOT, here, ignore=shutil.ignore_patterns(*_NOT_COPIED), symlinks=True)
    return here


def is_noticed(copy_of: Path, module: str, source: str, again: bool = True) -> bool:
    """Whether the tests of a module fail with this source in its place."""
    target = copy_of / module
    before = target.read_text(encoding="utf-8")
    target.write_text(source, encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider",
             *DEFENCES[module]],
            cwd=copy_of, capture_output=True, timeout=_PATIENCE, check=False,
            # With CI, hypothesis does not look at the clock: a run may be stopped at any moment.
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "CI": "1"}, preexec_fn=_limited,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return not again or is_noticed(copy_of, module, source, again=False)
    finally:
        target.write_text(before, encoding="utf-8")
    return done.returncode != 0


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_WORK, _WORK))


def main(arguments: list[str] | None = None) -> int:
    """Runs; always 0: survivors are for people to look at."""
    parser = argparse.ArgumentParser(prog="python -m tests.heavy.mutants", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=300)
    parser.add_argument("--survivors", action="store_true")
    chosen = parser.parse_args(arguments)
    every = [mutant for module in DEFENCES for mutant in mutants(module)]
    random.Random(0).shuffle(every)
    tried = every[: chosen.count]
    ledger = Ledger("mutants", f"{len(every)}")
    with tempfile.TemporaryDirectory() as folder:
        here = copied(Path(folder))
        sound: set[str] = set()
        for one in tried:
            noticed = ledger.steps.get(one.name)
            if noticed or (noticed is False and not chosen.survivors):
                continue
            if one.module not in sound:
                if is_noticed(here, one.module, (here / one.module).read_text(encoding="utf-8")):
                    raise SystemExit(f"the tests of {one.module} fail with nothing changed in it")
                sound.add(one.module)
            ledger.done(one.name, is_noticed(here, one.module, one.source()))
    _tell(tried, len(every), ledger)
    return 0


def reasons() -> dict[str, str]:
    """Why the mutants that survive do no harm, by name."""
    return tomllib.loads(_REASONS.read_text(encoding="utf-8"))


def _tell(tried: list[Mutant], of: int, ledger: Ledger) -> None:
    """The result, with each survivor and why it does no harm."""
    why = reasons()
    survivors = [one for one in tried if not ledger.steps[one.name]]
    noticed = len(tried) - len(survivors)
    explained = sum(one.name in why for one in survivors)
    publish(
        "mutants",
        [
            "Defences weakened one at a time",
            "",
            *surroundings(f"python -m tests.heavy.mutants {len(tried)}", ["pytest", "hypothesis"]),
            "",
            f"mutants     {len(tried)}, at random, of {of} in {len(DEFENCES)} modules",
            f"noticed     {noticed} ({100 * noticed / max(1, len(tried)):.1f} %)",
            f"survivors   {len(survivors)}, of which {explained} do no harm, for the reason below",
            *(
                line
                for one in survivors
                for line in (
                    "",
                    f"{one.name} (line {one.line})",
                    f"    {why.get(one.name, 'not explained: a test is missing')}",
                )
            ),
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
