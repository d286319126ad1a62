"""Builds this repository's content twice, in different folders, and compares: `make reproduce`."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path

from tests.builds import ROOT, build, tree


def digest(site: Path) -> str:
    """One hash of all files and their names."""
    whole = hashlib.sha256()
    for path, data in tree(site).items():
        whole.update(f"{path}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()


def main() -> int:
    """0 where both builds are the same bytes."""
    digests = []
    for settings in ({"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}, {"LC_ALL": "C"}):
        with tempfile.TemporaryDirectory() as folder:
            done = build(Path(folder), ROOT / "content", ROOT / "seeds", env=settings)
            if done.returncode:
                print(done.stdout + done.stderr)
                return 1
            digests.append(digest(Path(folder) / "site"))
            print(digests[-1])
    return int(len(set(digests)) != 1)


if __name__ == "__main__":
    sys.exit(main())
