"""A basis for nothing

**What it does.** Finds keys under `basis` of a source that have no value in that source.

**Why it matters.** `basis` says why we state what the article does not print. Where nothing is
stated, a value was forgotten, or the reason is left over from one.

```yaml
source:
  basis: {outlet: the address is the outlet's}
```

Use instead:

```yaml
source:
  outlet: moscow-times
  basis: {outlet: the address is the outlet's}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("SOURCE002", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        source = article.source
        for key in source.basis:
            if not getattr(source, key):
                yield context.report(
                    RULE,
                    f'a basis is given for "{key}", which has no value',
                    f"articles/{id_}.yml",
                    "source",
                    "basis",
                    key,
                    hint=f"write {key}, or take this out",
                    key=True,
                )
