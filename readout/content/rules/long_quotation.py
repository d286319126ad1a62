"""A long quotation

**What it does.** Counts the words of each `quote` and `excerpt`: more than 40 is too long.

**Why it matters.** A briefing summarises. Readers skip long quotations, and the words belong to
their publisher. What is left out is marked with `[...]`.

```yaml
quote: "(forty-one words or more)"
```

Use instead:

```yaml
quote: "(the words that matter) [...] (and these)"
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.quotes import MOST_WORDS, Quotation, quotations_of
from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("QUOTE004", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        for n, key, text in quotations_of(article):
            if text.count(" ") < MOST_WORDS and len(text.split()) <= MOST_WORDS:
                continue
            words = Quotation.of(text).count
            if words > MOST_WORDS:
                yield context.report(
                    RULE,
                    f"this {key} has {words} words; {MOST_WORDS} are enough",
                    f"articles/{id_}.yml",
                    "claims",
                    n,
                    key,
                    hint="quote the words that matter, with [...] for what is left out",
                )
