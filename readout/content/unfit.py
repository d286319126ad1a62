"""What is said of a value that does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString


class UnfitError(Exception):
    """Raised by what reads one kind of value, for what asks it (`checked`, `quick_fit`)."""

    def __init__(
        self, code: LiteralString, message: LiteralString, context: Mapping[str, str]
    ) -> None:
        """`code` is the diagnostic's (docs/codes.md); `message` has places in braces, for which
        `context` has the words, and may have a `hint`."""
        super().__init__(code)
        self.code: LiteralString = code
        self.message: LiteralString = message
        self.context = context
