"""Readout's command: arguments in, exit status out. `python build.py --help` tells the rest."""

import sys

from readout.quick import repeated

if __name__ == "__main__":
    said = repeated(sys.argv[1:])
    if said is None:
        from readout.cli import main

        sys.exit(main())
    for stream, text in zip((sys.stdout, sys.stderr), said, strict=True):
        stream.write(f"{text}\n" if text else "")
