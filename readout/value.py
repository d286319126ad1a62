"""The base of small values, of which pages make thousands."""

from __future__ import annotations

import msgspec


class Value(msgspec.Struct, frozen=True, gc=False):
    """A value of named fields, equal to others of its type by them: as a frozen dataclass, made in
    a quarter of the time."""
