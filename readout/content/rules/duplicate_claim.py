"""Two claims with one id

**What it does.** Finds two claims of one article that have the same id.

**Why it matters.** A claim's id is its anchor on the page and the name by which others deny or
confirm it; of two, nobody knows which is meant.

```yaml
claims:
  - {id: told, text: Russia was told.}
  - {id: told, text: Russia was not told.}
```

Use instead:

```yaml
claims:
  - {id: told, text: Russia was told.}
  - {id: not-told, text: Russia was not told.}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("CLAIM001", Severity.ERROR)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        if len({claim.id for claim in article.claims}) == len(article.claims):
            continue
        file = f"articles/{id_}.yml"
        first: dict[str, int] = {}
        for n, claim in enumerate(article.claims):
            if first.setdefault(claim.id, n) != n:
                place = context.locate(file, "claims", first[claim.id], "id")
                yield context.report(
                    RULE,
                    f'this article already has a claim "{claim.id}"',
                    file,
                    "claims",
                    n,
                    "id",
                    hint="give one of them another id",
                    related=[(place, "the first")],
                )
