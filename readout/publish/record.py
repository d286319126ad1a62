"""What the last publication was made from and what it made, so that the next may do nothing."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from readout.publish.swap import Content
from readout.publish.tree import list_tree, read_file, write_file

_LIBRARIES = ("mkdocs", "jinja2", "markdown", "markupsafe", "pyromark", "pyyaml")
"""What can change the HTML that is made of the same pages."""


@dataclass(frozen=True, slots=True)
class Record:
    """Two SHA-256 in hexadecimal."""

    inputs: str
    outputs: str


def read_record(path: Path) -> Record | None:
    """The last record; None when there is none or it is damaged."""
    try:
        told = json.loads(read_file(path))
        record = Record(told["inputs"], told["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return record if isinstance(record.inputs, str) and isinstance(record.outputs, str) else None


def write_record(path: Path, record: Record) -> None:
    """Writes the record whole or not at all; raises OSError."""
    told = {"inputs": record.inputs, "outputs": record.outputs}
    write_file(path, json.dumps(told).encode("ascii"))


def fingerprint_inputs(pages: Mapping[str, bytes], config: Path, theme: Path, settings: str) -> str:
    """Of all that goes into a site: pages, MkDocs' configuration, theme, settings, our code.

    Raises OSError when one of these cannot be read.
    """
    here = Path(__file__).parent
    digest = hashlib.sha256()
    _add(digest, "settings", settings.encode("utf-8", "surrogatepass"))
    _add(digest, "python", platform.python_version().encode("ascii"))
    for library in _LIBRARIES:
        _add(digest, library, version(library).encode("ascii"))
    _add(digest, "mkdocs.yml", read_file(config))
    for name, root in (("code", here), ("theme", theme)):
        for path in sorted(list_tree(root).files):
            if "__pycache__" not in path:
                _add(digest, f"{name}/{path}", read_file(root / path))
    for path, data in sorted(pages.items()):
        _add(digest, f"pages/{path}", data)
    return digest.hexdigest()


def fingerprint_outputs(tree: Mapping[str, Content]) -> str:
    """Of every file of a site: its path, bytes and mode."""
    digest = hashlib.sha256()
    for path, content in sorted(tree.items()):
        _add(digest, path, content.digest)
    return digest.hexdigest()


def _add(digest: hashlib._Hash, name: str, data: bytes) -> None:
    """Each part with its length, so that no two lists of parts read the same."""
    for part in (name.encode("utf-8", "surrogateescape"), data):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
