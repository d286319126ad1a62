"""Import layers: each module imports only layers above its own, and there are no circles."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAYERS = (
    (
        "readout.diagnostic",
        "readout.cache",
        "readout.forks",
        "readout.libraries",
        "readout.version",
        "readout.stopwatch",
        "readout.stats",
        "readout.summed",
        "readout.remembered",
        "readout.template_fault",
        "readout.value",
    ),
    ("readout.words",),
    ("readout.dates",),
    ("readout.text", "readout.addresses"),
    ("readout.prose",),
    ("readout.content",),
    ("readout.site",),
    ("readout.render",),
    ("readout.publish",),
    ("readout.state",),
    ("readout.linking",),
    ("readout.pipeline", "readout.quick"),
    ("readout.serve", "readout.pdf"),
    ("readout.cli",),
)


def module_of(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    """Every module of ours that a file imports, in functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative imports hide the layer"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(module: str) -> int | None:
    for number, names in enumerate(LAYERS):
        if any(module == name or module.startswith(f"{name}.") for name in names):
            return number
    return None


FILES = sorted((ROOT / "readout").rglob("*.py"))


def test_every_module_has_a_layer() -> None:
    assert [m for p in FILES if layer_of(m := module_of(p)) is None and m != "readout"] == []


def test_no_import_goes_down() -> None:
    wrong = [
        f"{module_of(path)} imports {name}"
        for path in FILES
        for name in imports_of(path)
        if (here := layer_of(module_of(path))) is not None
        and (there := layer_of(name)) is not None
        and there > here
    ]
    assert wrong == []


def test_no_circles() -> None:
    modules = {module_of(path): path for path in FILES}
    graph = {
        name: {one for one in _at_top(path) if one in modules and one != name}
        for name, path in modules.items()
    }
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join([*way[way.index(name) :], name])
        if name not in done:
            for other in graph[name]:
                visit(other, (*way, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


def _at_top(path: Path) -> Iterator[str]:
    """What a file imports when it is imported itself. A package's own parts import the package's
    siblings, not the package: `from readout.dates import x` inside readout.dates is a circle."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_table_of_layers_is_the_documented_one() -> None:
    rows = (re.findall(r"`([^`]+)`", first) for first, _ in _table("Layers"))
    told = tuple(tuple(one.removesuffix(".py").strip("/") for one in row) for row in rows if row)
    assert told == tuple(tuple(name.replace(".", "/") for name in names) for names in LAYERS)


def test_the_libraries_are_the_documented_ones() -> None:
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    wanted = {re.split("[<>=!~]", line)[0] for line in lines if line and not line.startswith("#")}
    named = [name.lower() for name, _ in _table("Libraries")[1:]]
    assert sorted(named) == sorted(wanted)


def _table(heading: str) -> list[tuple[str, str]]:
    """The cells of the table of a section of docs/architecture.md, but for its rule."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [(one.strip(), other.strip()) for one, other in rows if not one.startswith("---")]


def test_templates_use_no_filter_that_could_look_things_up() -> None:
    """Templates have loops and macros; what they show is made for them."""
    for path in sorted((ROOT / "templates/pages").glob("*.j2")):
        text = path.read_text(encoding="utf-8")
        for word in ("|safe", "| safe", "|sort", "| sort", "|map", "| map", "selectattr"):
            assert word not in text, f"{path.name} uses {word}"
