"""The authors' reference, written from the schema and the rules, so that it cannot drift.

`build.py schema` writes what these functions return: docs/content.md, docs/codes.md and
docs/schema/*.json. The words between the tables of keys are in guide.md beside this file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import Any, Final

from readout.content import schema
from readout.content.codes import CODES
from readout.content.json_schema import json_schemas
from readout.content.key_types import title, words
from readout.content.rules import RULES
from readout.content.schema import Record, Seed, SeedQuote, fields_of
from readout.content.verify_codes import VERIFY_CODES
from readout.diagnostic import Severity

__all__ = [
    "codes_reference",
    "content_reference",
    "documented_codes",
    "json_schemas",
    "reference_files",
]

_GUIDE: Final = Path(__file__).with_name("guide.md")
_MARK = re.compile(r"<!-- keys: (\w+) -->\n")
_GENERATED: Final = "<!-- Written by `python build.py schema`; changes here are lost. -->\n\n"


def reference_files() -> dict[str, str]:
    """Everything that `build.py schema` writes: path below docs/ -> text."""
    files = {"content.md": content_reference(), "codes.md": codes_reference()}
    for name, one in json_schemas().items():
        files[f"schema/{name}"] = json.dumps(one, indent=2, ensure_ascii=False) + "\n"
    return files


def content_reference() -> str:
    """docs/content.md: the guide, with a table of keys and an example at each mark."""
    guide = _GUIDE.read_text(encoding="utf-8")
    return _GENERATED + _MARK.sub(lambda mark: _keys(getattr(schema, mark[1])), guide)


def _keys(model: type[Record]) -> str:
    name = title(model).partition(" ")[2]
    lines = [
        f"### {name[0].upper()}{name[1:]}",
        "",
        (model.__doc__ or "").partition("\n\n")[0],
        "",
        "| key | takes | |",
        "|---|---|---|",
    ]
    for attribute, field in fields_of(model).items():
        key = f"`{field.alias or attribute}`"
        required = "**required.** " if field.required else ""
        takes = words(model, attribute).replace("|", "\\|")
        about = field.description.replace("<", "&lt;")
        lines.append(f"| {key} | {takes} | {required}{about} |")
    if model not in (Seed, SeedQuote):  # those are made, never typed
        lines += ["", "```yaml", *example_of(model), "```"]
    return "\n".join([*lines, ""])


def documented_codes() -> dict[str, Severity]:
    """Every code that docs/codes.md has, in its order, with its severity."""
    return {entry.code: entry.severity for entry in _entries()}


def codes_reference() -> str:
    """docs/codes.md: what each error and warning means, and how to mend it."""
    entries = sorted(_entries(), key=lambda entry: entry.code)
    lines = [
        "# Errors and warnings",
        "",
        "An error stops the build; a warning is advice, and fails only with `--strict`. Each is",
        "printed as `file:line:column: severity CODE message`, with what to do beneath.",
        "",
        "| code | | |",
        "|---|---|---|",
        *(
            f"| [{one.code}](#{one.code.lower()}) | {one.severity} | {one.title} |"
            for one in entries
        ),
    ]
    for one in entries:
        lines += ["", f"## {one.code}", "", f"**{one.title}** ({one.severity})", "", one.body]
    return _GENERATED + "\n".join([*lines, ""])


@dataclass(frozen=True)
class _Entry:
    code: str
    severity: Severity
    title: str
    body: str


def _entries() -> Iterator[_Entry]:
    for code in CODES.values():
        bad, good = (f"```yaml\n{text}\n```" for text in (code.bad, code.good))
        body = f"{fill(code.meaning, 100)}\n\n{bad}\n\nUse instead:\n\n{good}"
        yield _Entry(code.code, code.severity, code.title, body)
    for rule in RULES:
        code_name, severity = rule.RULE
        yield _entry(code_name, severity, rule.__doc__ or "")
    for code_name, text in VERIFY_CODES.items():
        yield _entry(code_name, Severity.ERROR, text)


def _entry(code: str, severity: Severity, text: str) -> _Entry:
    """An entry from a docstring: its first line is the title."""
    heading, _, body = text.strip().partition("\n")
    return _Entry(code, severity, heading, body.strip())


def example_of(model: type[Record]) -> list[str]:
    """A record with the example of each of its keys, as lines of YAML."""
    return [
        f"{field.alias or attribute}: {_flow([*field.examples, ''][0])}"
        for attribute, field in fields_of(model).items()
    ]


_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`])(?!.*(?:: | #|:$))[^\[\]{},?\n]+")


def _flow(value: Any) -> str:
    """A value in YAML's flow style; text is quoted where it has to be."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else '"' + text.replace('"', '\\"') + '"'
