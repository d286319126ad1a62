"""`build.py` for which there is no network: what asks for one is told of, and gets none.

Run as a program; its arguments are those of `build.py`. Python's own sockets are watched, whatever
the system; where this user may have a namespace without a network, the process and all that it
starts (the indexer is a program of its own) have none at all. The last line of standard error says
which: `network: none in this namespace` or `network: none for Python`.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Final

from tests.reliability.namespaces import available, without_network

ASKED: Final = 77
"""The exit status of a process that asked for a network."""
_ASKING: Final = frozenset(
    {
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "socket.sendmsg",
        "socket.sendto",
    }
)
"""Python's audit events; a pair of sockets that are each other's is none of them."""


def watch() -> None:
    """From here on this process, and what is forked from it, ends where it asks for a network."""

    def heard(event: str, args: tuple[Any, ...]) -> None:
        if event in _ASKING:
            os.write(2, f"{event} {args[-1]!r}\n".encode("utf-8", "replace"))
            os._exit(ASKED)

    sys.addaudithook(heard)


def main() -> int:
    """The exit status of the build, or `ASKED`."""
    alone = available(without_network)
    if alone:
        without_network()
    watch()
    from readout.cli import main as build

    status = build(sys.argv[1:])
    where = "in this namespace" if alone else "for Python"
    sys.stderr.write(f"network: none {where}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
