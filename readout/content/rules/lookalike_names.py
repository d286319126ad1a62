"""Names that look alike and are not the same

**What it does.** Compares the names and aliases of all actors by their look: letters of other
alphabets that look like Latin ones (Cyrillic `а`, Greek `ο`), capital `I` and small `l`, full-width
letters and invisible characters count as the same. Two actors whose names look the same and are
spelt differently are twins.

**Why it matters.** A name with one foreign letter passes for another's: readers see one person,
search finds two. It happens by copying from elsewhere, and on purpose.

```yaml
# actors/putin.yml
name: Putin
# actors/putin-2.yml
name: Рutin        # its first letter is Cyrillic
```

Use instead:

```yaml
# actors/putin.yml
name: Putin
```
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from readout.content.characters import BLANKS, IGNORABLE, shown
from readout.content.corpus import Corpus, Step
from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("NAME001", Severity.WARNING)

_LOOK: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԌԜԚ"
    "аеѕіјорсухһԁԛԝӏѵ"  # Cyrillic
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
    "ονρυιϲϳ"  # Greek
    "ıɑɡI|",  # dotless i, script a, script g; capital I and bar beside small l
    "ABESIJKMHOPCTYXGWQ".replace("I", "l") + "aesijopcyxhdqwlvABEZHlKMNOPTYXovpuicjiagll",
)
"""Look-alikes of Latin letters: a small part of Unicode's confusables (UTS 39), the one that can
deceive in names. Capitals are folded before case is, since Cyrillic В looks like B and
в does not."""
_INVISIBLE = re.compile(f"[{IGNORABLE}{BLANKS}]")
_BLANK = re.compile(f"[{BLANKS}]")


def look(name: str) -> str:
    """What two names have in common that look the same to a reader."""
    seen = unicodedata.normalize("NFKC", name)
    if not seen.isascii():
        seen = _INVISIBLE.sub("", seen)
    return " ".join(seen.translate(_LOOK).casefold().split())


def looks(name: str) -> tuple[str, ...]:
    """The looks that a name may have: some characters are nothing in one font, a space in
    another."""
    spaced = name if name.isascii() else _BLANK.sub(" ", name)
    return (look(name),) if spaced == name else (look(name), look(spaced))


def spelling(name: str) -> str:
    """What two spellings have in common that are the same but for case and width."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def spellings(corpus: Corpus) -> Iterator[tuple[str, str, tuple[Step, ...]]]:
    """Each name and alias of each actor: the actor's id, the name, where it stands in its file."""
    for id_, actor in corpus.actors.items():
        yield id_, actor.name, ("name",)
        for n, alias in enumerate(actor.aliases):
            yield id_, alias, ("aliases", n)


def run(context: Context) -> Iterator[Diagnostic]:
    seen: dict[str, tuple[str, str, tuple[Step, ...]]] = {}
    for id_, name, path in spellings(context.corpus):
        same = [seen.setdefault(one, (id_, name, path)) for one in looks(name)]
        other, other_name, other_path = next((one for one in same if one[0] != id_), same[0])
        if other != id_ and spelling(name) != spelling(other_name):
            place = context.locate(f"actors/{other}.yml", *other_path)
            called, like = shown(name), shown(other_name)
            yield context.report(
                RULE,
                f'"{called}" looks like "{like}" and is spelt differently{_strange(name)}',
                f"actors/{id_}.yml",
                *path,
                hint="write both in one alphabet; if they are one actor, keep one file",
                related=[(place, f'"{like}"{_strange(other_name)}')],
            )


def _strange(name: str) -> str:
    """The first letter that is not what it looks like, by its Unicode name."""
    for character in name:
        if not character.isascii() and look(character).isascii():
            code = f"U+{ord(character):04X}"
            return f" ({code} {unicodedata.name(character, 'unnamed').lower()})"
    return ""
