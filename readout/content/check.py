"""`check`: whether what was read makes sense together. Pure: values in, diagnostics out."""

from __future__ import annotations

from collections.abc import Mapping

from readout.content.corpus import Corpus, Locator
from readout.content.facts import Facts
from readout.content.rules import OF_ONE_ARTICLE, RULES, Context
from readout.content.schema import Article
from readout.diagnostic import Diagnostic, in_order


def check(
    corpus: Corpus,
    locate: Locator,
    defined: Mapping[str, frozenset[str]] | None = None,
    facts: Mapping[str, Facts] | None = None,
) -> tuple[Diagnostic, ...]:
    """Runs every rule over the corpus; all problems, sorted by file, line, column and code.

    `defined` has, per kind, every id that was seen, also of records that were left out of the
    corpus because their shape is wrong: what refers to them is not reported a second time. Where
    `facts` are given, the rules of one article have been run already, on each (`check_article`).
    """
    context = Context(corpus, locate, defined or {}, facts)
    rules = RULES if facts is None else [one for one in RULES if one not in OF_ONE_ARTICLE]
    return in_order(diagnostic for rule in rules for diagnostic in rule.run(context))


def check_article(id_: str, article: Article, locate: Locator) -> tuple[Diagnostic, ...]:
    """What the rules of one article find in it."""
    context = Context(Corpus(articles={id_: article}), locate)
    return tuple(one for rule in OF_ONE_ARTICLE for one in rule.run(context))
