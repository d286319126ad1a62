"""Readout's command: arguments in, exit status out. `python build.py --help` tells the rest."""

import os
import sys

from readout.quick import flushed, in_any_letters, look, say

if __name__ == "__main__":
    status = 0
    said, looked = look(sys.argv[1:])
    if said is None:
        from readout.cli import main

        status = main(looked=looked)
    else:
        in_any_letters()
        status = say(said)
    os._exit(flushed(status))  # what a build held in memory is not taken apart piece by piece
