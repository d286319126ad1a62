"""Builds by the thousand in one process: what is the same for all of them is done once.

Compiled templates are kept from build to build, by what they were compiled from; and no site that
is thrown away has to outlive a power cut (`os.fsync`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache


class _Compiled(BytecodeCache):
    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()
_PLAINLY = Environment.__init__


def _with_compiled(environment: Environment, *given: Any, **named: Any) -> None:
    _PLAINLY(environment, *given, **named)
    environment.bytecode_cache = _COMPILED


@contextmanager
def templates_kept() -> Iterator[None]:
    """Inside it a template is compiled once for all builds; it is read from its file each time."""
    with patch.object(Environment, "__init__", _with_compiled):
        yield


@contextmanager
def many_builds() -> Iterator[None]:
    """Inside it builds are quick."""
    with templates_kept(), patch.object(os, "fsync", lambda file: None):
        yield
