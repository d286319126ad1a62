"""One report in two articles

**What it does.** Finds articles with the same `url` or the same `seed` under `source`, and copies:
the same title, outlet, date, claims and events. Drafts are left out.

**Why it matters.** Each file counts as a report of its own: what one article says would stand there
as what two say. Often a file was copied under another name, or two people summarised one article.
Where they are two reports indeed, such as entries of a live blog, each has an address of its own
(`#entry-7`), and a text of its own.

```yaml
# articles/strikes.yml
source: {url: "https://example.org/a"}
# articles/israel-strikes.yml
source: {url: "https://example.org/a"}
```

Use instead:

```yaml
# articles/strikes.yml
source: {url: "https://example.org/a"}
# articles/israel-strikes.yml
source: {url: "https://example.org/b"}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from readout.content.facts import Facts
from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("SOURCE003", Severity.WARNING)
Mark = tuple[str, Any]
"""What an article should have alone: which thing, and its value."""
_URL, _SEED, _COPY = "url", "seed", "copy"
_TOLD: Final[dict[str, tuple[tuple[str, ...], str, str]]] = {
    _URL: (("source", "url"), "has this address too", "give each its own address"),
    _SEED: (("source", "seed"), "is about this text too", "give each its own text"),
    _COPY: (("title",), "has the same title, outlet, date, claims and events", "tell them apart"),
}
"""Of each thing, where it stands, what is said of the other article, and what to do."""


def marks_of(facts: Facts) -> Iterator[Mark]:
    """What an article should have alone, the plainest first; nothing of a draft."""
    if facts.draft:
        return
    if facts.url is not None:
        yield _URL, facts.url
    if facts.seed is not None:
        yield _SEED, facts.seed
    claims = tuple(claim.id for claim in facts.claims)
    accounts = tuple(account.id for account in facts.accounts)
    yield _COPY, (facts.head, claims, facts.quotes, accounts)


def run(context: Context) -> Iterator[Diagnostic]:
    first: dict[Mark, str] = {}
    for id_, facts in context.facts.items():
        others = {mark[0]: first.setdefault(mark, id_) for mark in marks_of(facts)}
        which = next((which for which, other in others.items() if other != id_), None)
        if which is not None:
            other, (path, words, remedy) = others[which], _TOLD[which]
            yield context.report(
                RULE,
                f'article "{other}" {words}',
                f"articles/{id_}.yml",
                *path,
                hint=f"if they are one report, keep one file; else {remedy}",
                related=[(context.locate(f"articles/{other}.yml", *path), "the other")],
            )
