"""Quotation marks within a quote

**What it does.** Finds a `quote` that begins and ends with quotation marks, and has no others.

**Why it matters.** The page sets a quote in quotation marks of its own; with those that were typed
there are two at each end. Marks inside, around words that the speaker quotes, stay.

```yaml
quote: '"The Russians were informed"'
```

Use instead:

```yaml
quote: The Russians were informed
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("QUOTE006", Severity.WARNING)

_IN_MARKS: Final = re.compile(r'\s*(?:"[^"]+"|“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|»[^«»]+«)\s*')


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        for n, claim in enumerate(article.claims):
            if claim.quote and _IN_MARKS.fullmatch(claim.quote):
                yield context.report(
                    RULE,
                    "this quote has its quotation marks within it",
                    f"articles/{id_}.yml",
                    "claims",
                    n,
                    "quote",
                    hint="leave them out, since the page has its own; then run build.py verify",
                )
