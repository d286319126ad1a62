"""Said after the article was published

**What it does.** Compares `on` of each claim with `published` of its article, by the earliest and
latest days that the two may mean.

**Why it matters.** An article cannot report what had not yet been said. One of the dates is wrong,
often the year.

```yaml
source: {published: 2018-05-10}
claims:
  - {id: told, text: Russia was told., on: 2019-05-10}
```

Use instead:

```yaml
source: {published: 2018-05-10}
claims:
  - {id: told, text: Russia was told., on: 2018-05-10}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.dates import is_before
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("CLAIM003", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        published = article.source.published
        if published is None:
            continue
        for n, claim in enumerate(article.claims):
            said = claim.on
            if said is not None and is_before(published, said):
                file = f"articles/{id_}.yml"
                place = context.locate(file, "source", "published")
                yield context.report(
                    RULE,
                    f"said {said.text}, after the article was published ({published.text})",
                    file,
                    "claims",
                    n,
                    "on",
                    hint="mend the date that is wrong",
                    related=[(place, "published")],
                )
