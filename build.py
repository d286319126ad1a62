"""Readout's command: arguments in, exit status out. `python build.py --help` tells the rest."""

import sys

from readout.cli import main

if __name__ == "__main__":
    sys.exit(main())
