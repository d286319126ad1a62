"""A claim that denies or confirms itself

**What it does.** Finds claims that stand under their own `denies`, `confirms`, `supports`,
`disputes` or `repeats`.

**Why it matters.** These keys relate one statement to another. A claim that denies itself is a
slip, mostly of copying. Of two claims with one id (CLAIM001) another may be meant: nothing is said.

```yaml
claims:
  - {id: not-told, text: Russia was not told., denies: ["#not-told"]}
```

Use instead:

```yaml
claims:
  - {id: not-told, text: Russia was not told., denies: ["#told"]}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.content.schema import RELATIONS
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("CLAIM002", Severity.ERROR)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        for n, claim in enumerate(article.claims):
            for key in RELATIONS:
                for m, other in enumerate(getattr(claim, key)):
                    is_itself = other in (f"#{claim.id}", f"{id_}#{claim.id}")
                    if is_itself and sum(one.id == claim.id for one in article.claims) == 1:
                        yield context.report(
                            RULE,
                            f'claim "{claim.id}" {key} itself',
                            f"articles/{id_}.yml",
                            "claims",
                            n,
                            key,
                            m,
                            hint="name the other claim",
                        )
