"""Readout's command: arguments in, exit status out. `python build.py --help` tells the rest."""

import os
import sys

from readout.libraries import lacking, run_elsewhere, too_old


def run() -> int:
    """Runs the command; the exit status."""
    why = too_old()
    if why is not None:
        return run_elsewhere(why)
    from readout.quick import flushed, in_any_letters, look, say

    said, looked = look(sys.argv[1:])
    if said is not None:
        in_any_letters()
        return flushed(say(said))
    why = lacking()
    if why is not None:
        return run_elsewhere(why)
    from readout.cli import main

    return flushed(main(looked=looked))


if __name__ == "__main__":
    os._exit(run())  # what a build held in memory is not taken apart piece by piece
