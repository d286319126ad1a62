"""What the search index says of each page: Pagefind's fragments, gzipped JSON after a mark."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_MARK = b"pagefind_dcd"


def fragments(site: Path) -> Mapping[str, Mapping[str, Any]]:
    """Address -> its record in the index; none where the site has no search."""
    found = {}
    for file in sorted(site.glob("pagefind*/fragment/*.pf_fragment")):
        data = gzip.decompress(file.read_bytes())
        assert data.startswith(_MARK), f"{file} is no fragment of Pagefind's"
        record = json.loads(data.removeprefix(_MARK))
        found[record["url"]] = record
    return found
