"""Import layers: each module imports only layers above its own, and there are no circles."""

from __future__ import annotations

import ast
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
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    missing = [
        name
        for names in LAYERS
        for name in names
        if not any(f"`{name.replace('.', '/')}{end}`" in text for end in ("/", ".py"))
    ]
    assert missing == []


def test_templates_use_no_filter_that_could_look_things_up() -> None:
    """Templates have loops and macros; what they show is made for them."""
    for path in sorted((ROOT / "templates/pages").glob("*.j2")):
        text = path.read_text(encoding="utf-8")
        for word in ("|safe", "| safe", "|sort", "| sort", "|map", "| map", "selectattr"):
            assert word not in text, f"{path.name} uses {word}"
