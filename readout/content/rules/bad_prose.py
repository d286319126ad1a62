"""Prose that cannot be read as it was meant

**What it does.** Finds references with the wrong form, such as `[[Putin]]` or `[[event: x]]`, and
prose that is too long (a whole book) or nested too deep (lists in lists in lists).

**Why it matters.** A reference that is not understood would stand on the page with its brackets,
and lead nowhere.

```yaml
summary: "[[Vladimir Putin]] received him."
```

Use instead:

```yaml
summary: "[[putin|Vladimir Putin]] received him."
```

Where two brackets are really meant, put a backslash before the first: `\\[[sic]]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import BadProse, Context
from readout.diagnostic import Diagnostic, Severity
from readout.prose.references import ID_PATTERN

RULE: Final = ("PROSE001", Severity.ERROR)


def run(context: Context) -> Iterator[Diagnostic]:
    for bad in context.bad_prose:
        problem, hint = bad.problem, _hint(context, bad)
        yield context.report_prose(RULE, problem.message, bad.file, bad.path, problem.offset, hint)


_CLAIM: Final = re.compile(rf"claim:\s*#?({ID_PATTERN})")


def _hint(context: Context, bad: BadProse) -> str | None:
    """The actor that a name in brackets means, else what the prose reader says."""
    message = bad.problem.message
    if message.startswith('"[[') and "]]" in message:
        target = message[3 : message.index("]]")]
        if found := _CLAIM.fullmatch(target):
            return f"did you mean [[#{found[1]}]]?"
        meant = None if set(target) & set(":#|") else context.suggest("actor", target)
        if meant:
            return f"did you mean [[{meant}]]?"
    return bad.problem.hint
