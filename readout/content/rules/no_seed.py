"""A quotation that cannot be verified

**What it does.** Finds quotations in articles that name no `seed`.

**Why it matters.** Without the text at hand nobody can tell whether the words are the article's.

```yaml
source: {outlet: moscow-times}
claims:
  - {id: told, text: Russia was told., quote: "The Russians were informed"}
```

Use instead:

```yaml
source: {outlet: moscow-times, seed: 001_38393c7eca97659f}
claims:
  - {id: told, text: Russia was told., quote: "The Russians were informed"}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.quotes import quotations_of
from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("QUOTE002", Severity.WARNING)
_HINT: Final = "save the article's text as DIR/NAME.txt, write seed: NAME, and run verify"


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        if article.source.seed is None:
            for n, key, _ in quotations_of(article):
                message = f"this {key} cannot be verified: the article names no seed"
                file = f"articles/{id_}.yml"
                yield context.report(RULE, message, file, "claims", n, key, hint=_HINT)
