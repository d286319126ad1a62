"""A redirect that is not an address

**What it does.** Checks how both sides of each line of redirects.yml are written: folder and id,
small letters, without a slash in front and without `.html`.

**Why it matters.** The left side becomes a page at just that address, the right side a link to
one.

```yaml
/briefings/old-id.html: briefings/new-id
```

Use instead:

```yaml
briefings/old-id: briefings/new-id
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.addresses import Registry
from readout.content.characters import shown
from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("REDIRECT001", Severity.ERROR)
FILE: Final = "redirects.yml"


def is_address(text: str) -> bool:
    """Whether an address is written as one."""
    return Registry().claim(text, FILE) is None


def run(context: Context) -> Iterator[Diagnostic]:
    for old, new in context.corpus.redirects.items():
        for address, key in ((old, True), (new, False)):
            if not is_address(address):
                yield context.report(
                    RULE,
                    f'"{shown(address)}" is not an address of this site',
                    FILE,
                    old,
                    hint=_hint(address),
                    key=key,
                )


def _hint(address: str) -> str:
    path = address.partition("#")[0].removeprefix("./").strip("/").removesuffix(".html")
    if path != address and is_address(path):
        return f'did you mean "{path}"?'
    return "write the folder and the id, such as briefings/moscow-times-2018-05-10"
