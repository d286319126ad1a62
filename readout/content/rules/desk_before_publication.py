"""Read, reviewed or corrected before it was published

**What it does.** Finds articles whose `retrieved`, whose `reviewed` or one of whose `corrections`
lies wholly before their `published`.

**Why it matters.** Nobody can have read the article, or worked on its summary, before it was there.
One date is wrong, often the year.

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

from readout.content.corpus import Step
from readout.content.rules.context import Context
from readout.content.schema import Article
from readout.dates import Edtf, is_before
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("SOURCE001", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        published = article.source.published
        if published is None:
            continue
        file = f"articles/{id_}.yml"
        for done, date, path in _dates_of_desk(article):
            if is_before(date, published):
                yield context.report(
                    RULE,
                    f"{done} {date.text}, before it was published ({published.text})",
                    file,
                    *path,
                    hint="mend the date that is wrong",
                    related=[(context.locate(file, "source", "published"), "published")],
                )


def _dates_of_desk(article: Article) -> Iterator[tuple[str, Edtf, tuple[Step, ...]]]:
    """When the desk had to do with the article: what it did, the date, where that stands."""
    if article.source.retrieved is not None:
        yield "retrieved", article.source.retrieved, ("source", "retrieved")
    for n, correction in enumerate(article.corrections):
        yield "corrected", correction.date, ("corrections", n, "date")
    if article.reviewed is not None:
        yield "reviewed", article.reviewed, ("reviewed",)
