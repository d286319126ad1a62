"""Ways to break a file, each by chance and each repeatable."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Final

from tests.reliability.oddities import (
    BYTES,
    CHARACTERS,
    DATES,
    ENCODINGS,
    NUMBERS,
    PROSE,
    SYNTAX,
)

LARGE: Final = 64
"""One case in so many may grow large."""
_DATE = re.compile(rb"-?[0-9]{4}(?:-[0-9]{2}){0,2}")
_NUMBER = re.compile(rb"[0-9]+(?:\.[0-9]+)?")
_KEY = re.compile(rb"^([ \-]*)([a-z_]+):", re.MULTILINE)
_VALUE = re.compile(rb"(?<=: )[^\n]+")

Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]
"""Breaks a file's bytes; the last argument is other files to take from."""


def mutated(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A file with one to six things done to it, mostly few."""
    for _ in range(min(6, 1 + int(chance.expovariate(1.2)))):
        data = chance.choice(MUTATIONS)(chance, data, others)
    return data


def _place(chance: random.Random, data: bytes) -> int:
    """An offset; half the time where a value begins or a line ends, where syntax is decided."""
    if chance.random() < 0.5 and (
        found := [one.start() for one in re.finditer(rb"(?<=: )|\n|(?<=- )", data)]
    ):
        return chance.choice(found)
    return chance.randint(0, len(data))


def _insert(chance: random.Random, data: bytes, what: bytes) -> bytes:
    at = _place(chance, data)
    return data[:at] + what + data[at:]


def _put_for(chance: random.Random, data: bytes, pattern: re.Pattern[bytes], what: bytes) -> bytes:
    """Puts something in the place of one match of a pattern."""
    found = list(pattern.finditer(data))
    if not found:
        return _insert(chance, data, what)
    one = chance.choice(found)
    return data[: one.start()] + what + data[one.end() :]


def flip_bytes(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Some bits of some bytes."""
    changed = bytearray(data)
    for _time in range(min(len(data), chance.choice((1, 1, 2, 8)))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def truncate(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Without its end, its beginning, or a piece out of its middle."""
    start, end = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
    return chance.choice((data[:end], data[start:], data[:start] + data[end:]))


def repeat_lines(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Some lines again, there or elsewhere; rarely very often."""
    lines = data.splitlines(keepends=True) or [b"\n"]
    start = chance.randrange(len(lines))
    some = lines[start : start + chance.choice((1, 1, 2, 5, 20))]
    times = chance.choice((1, 1, 1, 2, 10)) if chance.randrange(LARGE) else 300
    at = chance.choice((start, chance.randint(0, len(lines))))
    return b"".join([*lines[:at], *some * times, *lines[at:]])


def move_lines(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Two lines in each other's place, or one taken away."""
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return data
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    if chance.random() < 0.3:
        del lines[one]
    else:
        lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def splice(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """The beginning of this file, and the end of another."""
    other = chance.choice(others)
    at = chance.randint(max(0, len(other) - 4000), len(other))
    return data[: _place(chance, data)] + other[at:]


def indent(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Some lines further in or out, with spaces, tabs or others."""
    lines = data.splitlines(keepends=True) or [b""]
    start = chance.randrange(len(lines))
    for number in range(start, min(len(lines), start + chance.choice((1, 1, 3, 10)))):
        if chance.random() < 0.5:
            lines[number] = (
                lines[number].lstrip(b" ")
                if chance.random() < 0.3
                else (lines[number].removeprefix(chance.choice((b" ", b"  ", b"    "))))
            )
        else:
            space = chance.choice((" ", "  ", "    ", "\t", " \t", "\u00a0", "\u3000", " " * 300))
            lines[number] = space.encode() + lines[number]
    return b"".join(lines)


def syntax(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Signs of YAML, once or in a row."""
    sign = chance.choice(SYNTAX) * chance.choice((1, 1, 1, 1, 2, 5))
    return _insert(chance, data, sign.encode("utf-8", "surrogatepass"))


def prose(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Signs of Markdown and references, in a value, few or very many."""
    times = chance.choice((1, 1, 1, 2, 8)) if chance.randrange(LARGE) else 800
    text = "".join(chance.choice(PROSE) for _ in range(1)) * times
    at = [one.end() for one in _VALUE.finditer(data)] or [len(data)]
    where = chance.choice(at)
    return data[:where] + text.encode() + data[where:]


def nest(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Lists and mappings in one another: just too deep, or far too deep."""
    deep = chance.choice((3, 15, 18, 19, 20, 21, 40))
    if not chance.randrange(LARGE):
        deep = chance.choice((1000, 10_000, 60_000))
    opened, closed = chance.choice(
        (("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("[{a: ", "}]"), ("[", ""), ("{", ""))
    )
    return _insert(chance, data, (opened * deep + "x" + closed * deep).encode())


def date(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """An odd date where a date was."""
    return _put_for(chance, data, _DATE, chance.choice(DATES).encode())


def number(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """An odd number where a number was, or for a whole value."""
    where = chance.choice((_NUMBER, _VALUE))
    return _put_for(chance, data, where, chance.choice(NUMBERS).encode())


def value(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Another value, of this file or of another, or none."""
    from_where = chance.choice((data, chance.choice(others)))
    found = _VALUE.findall(from_where) or [b"x"]
    new = chance.choice(
        (chance.choice(found), b"", b"''", b"[]", b"{}", b"|", b">", b"- x", b"x: y")
    )
    return _put_for(chance, data, _VALUE, new)


def key(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Another key: one misspelt, of another place, or written twice."""
    found = list(_KEY.finditer(data))
    if not found:
        return data
    one = chance.choice(found)
    name = one[2]
    at = chance.randrange(len(name))
    named = [found[2] for found in _KEY.finditer(chance.choice(others))] or [b"x"]
    new = chance.choice(
        (name[:at] + name[at + 1 :], name[:at] + b"e" + name[at:], name.upper(), b"<<", b"''",
         chance.choice(found)[2], chance.choice(named), b"[x]", b"1", b"~", name * 40, b"id", b"as")
    )  # fmt: skip
    return data[: one.start(2)] + new + data[one.end(2) :]


def anchors(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Anchors, aliases and merge keys as they are meant, the exploding ones among them."""
    if chance.random() < 0.3:
        bomb = "".join(
            f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9) if n else 'x'}]\n"
            for n in range(chance.choice((3, 9, 30)))
        )
        return bomb.encode() + data
    if chance.random() < 0.3:
        times = chance.choice((2, 40))
        merges = "".join(f"m{n}: &m{n}\n  <<: [*m{max(0, n - 1)}, *m0]\n" for n in range(times))
        return merges.encode() + data
    return _insert(chance, _put_for(chance, data, _VALUE, b"&a x"), b"*a")


def characters(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Controls, spaces, invisible signs and letters of many scripts."""
    for _time in range(chance.choice((1, 1, 2, 6))):
        odd = chance.choice(CHARACTERS)
        data = _insert(chance, data, odd.encode("utf-8", "surrogatepass"))
    return data


def not_utf8(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Bytes that are no text."""
    return _insert(chance, data, chance.choice(BYTES))


def encoding(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Another encoding, with or without its mark, or a mark where none should be."""
    text = data.decode("utf-8", "replace")
    if chance.random() < 0.3:
        mark = chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0"))
        return chance.choice((mark + data, mark * 2 + data, _insert(chance, data, mark)))
    return text.encode(chance.choice(ENCODINGS), "ignore")


def long_line(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A long word, line or key; rarely a very long one."""
    length = chance.choice((300, 1500)) if chance.randrange(LARGE) else 60_000
    part = chance.choice(
        ("x", "word ", "a: ", "- ", "[x] ", "*", "\u05d0", "x, ", "'", '\\"', "# ")
    )
    return _insert(chance, data, (part * (length // len(part))).encode())


def line_ends(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Line ends of other systems, in all of the file or in a part of it."""
    end = chance.choice((b"\r\n", b"\r", b"\n\n", b"\n\r", "\u2028".encode(), "\x85".encode()))
    at = chance.choice((0, chance.randint(0, len(data))))
    return data[:at] + data[at:].replace(b"\n", end)


def quotes(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A value in quotation marks, in one of them, in a block, or in brackets."""
    found = list(_VALUE.finditer(data))
    if not found:
        return data + b'"'
    one = chance.choice(found)
    before, after = chance.choice(
        ((b'"', b'"'), (b"'", b"'"), (b'"', b""), (b"'", b""), (b"|\n ", b""), (b">\n  ", b""),
         (b"[", b"]"), (b"{", b"}"), (b"[", b""), (b"|2\n ", b""), (b'"\\', b'"'), (b"", b' "x"'))
    )  # fmt: skip
    return data[: one.start()] + before + one[0] + after + data[one.end() :]


MUTATIONS: Final[tuple[Mutation, ...]] = (
    flip_bytes, truncate, repeat_lines, move_lines, splice, indent, syntax, syntax, prose, prose,
    nest, date, date, number, value, value, key, key, anchors, characters, characters, not_utf8,
    encoding, long_line, line_ends, quotes, quotes,
)  # fmt: skip
"""All of them; what finds more stands twice."""
