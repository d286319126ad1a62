"""Read before it was published

**What it does.** Finds articles whose `retrieved` lies wholly before their `published`.

**Why it matters.** Nobody can have read the article before it was there. One date is wrong.

```yaml
source: {published: 2018-05-10, retrieved: 2018-04-20}
```

Use instead:

```yaml
source: {published: 2018-05-10, retrieved: 2026-11-20}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("SOURCE001", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        published, retrieved = article.source.published, article.source.retrieved
        if published is None or retrieved is None:
            continue
        if published.earliest is None or retrieved.latest is None:
            continue
        if retrieved.latest < published.earliest:
            file = f"articles/{id_}.yml"
            yield context.report(
                RULE,
                f"retrieved {retrieved.text}, before it was published ({published.text})",
                file,
                "source",
                "retrieved",
                hint="mend the date that is wrong",
                related=[(context.locate(file, "source", "published"), "published")],
            )
