"""`check`: whether what was read makes sense together. Pure: values in, diagnostics out."""

from __future__ import annotations

from collections.abc import Mapping

from readout.content.corpus import Corpus, Locator
from readout.content.rules import RULES, Context
from readout.diagnostic import Diagnostic, in_order


def check(
    corpus: Corpus, locate: Locator, defined: Mapping[str, frozenset[str]] | None = None
) -> tuple[Diagnostic, ...]:
    """Runs every rule over the corpus; all problems, sorted by file, line, column and code.

    `defined` has, per kind, every id that was seen, also of records that were left out of the
    corpus because their shape is wrong: what refers to them is not reported a second time.
    """
    context = Context(corpus, locate, defined or {})
    return in_order(diagnostic for rule in RULES for diagnostic in rule.run(context))
