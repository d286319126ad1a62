"""One report in two articles

**What it does.** Finds articles with the same `url` or the same `seed` under `source`. Drafts are
left out.

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
from typing import Final

from readout.content.facts import Facts
from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("SOURCE003", Severity.WARNING)
Mark = tuple[str, str]
"""What an article should have alone: the key under `source`, and its value."""
_TOLD: Final = {
    "url": ("has this address too", "give each its own address"),
    "seed": ("is about this text too", "give each its own text"),
}
"""Of each key, what is said of the other article, and what to do."""


def marks_of(facts: Facts) -> Iterator[Mark]:
    """What an article should have alone, the plainest first; nothing of a draft."""
    if facts.draft:
        return
    if facts.url is not None:
        yield "url", facts.url
    if facts.seed is not None:
        yield "seed", facts.seed


def run(context: Context) -> Iterator[Diagnostic]:
    first: dict[Mark, str] = {}
    for id_, facts in context.facts.items():
        others = {mark[0]: first.setdefault(mark, id_) for mark in marks_of(facts)}
        key = next((key for key, other in others.items() if other != id_), None)
        if key is not None:
            other, (words, remedy) = others[key], _TOLD[key]
            yield context.report(
                RULE,
                f'article "{other}" {words}',
                f"articles/{id_}.yml",
                "source",
                key,
                hint=f"if they are one report, keep one file; else {remedy}",
                related=[(context.locate(f"articles/{other}.yml", "source", key), "the other")],
            )
