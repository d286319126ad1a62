"""What each page was made from comes back as it was kept, whatever was kept before."""

from __future__ import annotations

import random
from array import array
from pathlib import Path

import pytest

from readout.remembered import Remembered
from readout.render.made import Made, MadePage, Reads, Rows


def page(address: str, marks: list[int], absent: tuple[tuple[str, str], ...] = ()) -> MadePage:
    reads = Reads(array("Q", marks).tobytes(), absent)
    return MadePage(address, reads, address.encode()[:8], f"source of {address}".encode())


def kept(path: Path) -> list[MadePage]:
    made = Made(path, "one")
    addresses, plans, _ = made.columns()
    assert plans == [made.plan(n) for n in range(len(made))]
    assert addresses == list(made.numbers)
    return [
        MadePage(address, made.reads(n), plan, source)
        for n, (address, plan, source) in enumerate(zip(*made.columns(), strict=True))
    ]


@pytest.mark.parametrize("seed", range(30))
def test_rows_are_those_that_were_kept(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "work" / "made"
    wanted: dict[str, MadePage] = {}
    for _ in range(12):
        addresses = [f"p{n}" for n in range(chance.randrange(30))]
        if chance.random() < 0.3:
            chance.shuffle(addresses)
        new = {
            one: page(
                one,
                [chance.randrange(2**64) for _ in range(chance.randrange(5))],
                (("events", one),) if chance.random() < 0.3 else (),
            )
            for one in addresses
            if one not in wanted or chance.random() < 0.2
        }
        if chance.random() < 0.2:
            new.pop(chance.choice(sorted(new)), None) if new else None
        assert Made(path, "one").keep(addresses, new.values())
        wanted = {
            one: new.get(one, wanted.get(one)) for one in addresses if one in new or one in wanted
        }  # type: ignore[misc]
        assert kept(path) == list(wanted.values())
        made = Made(path, "one")
        assert len(made) == len(wanted)
        made.forget()
        assert [*made.numbers] == [*wanted]
        assert dict(made.lacking) == {
            n: one.reads.absent for n, one in enumerate(wanted.values()) if one.reads.absent
        }


def test_pages_are_found_by_a_mark(tmp_path: Path) -> None:
    """One that stands across two marks is none."""
    mark = b"12345678"
    across = b"xxxx1234", b"5678xxxx"
    pages = [
        MadePage("a", Reads(mark + across[0] + across[1], ()), b"", b""),
        MadePage("b", Reads(b"".join(across), ()), b"", b""),
        MadePage("c", Reads(b"", ()), b"", b""),
        MadePage("d", Reads(across[0] + across[1] + mark, ()), b"", b""),
        MadePage("e", Reads(b"yyyyyyyy" + mark + mark, ()), b"", b""),
    ]
    Made(tmp_path / "made", "one").keep("abcde", pages)
    made = Made(tmp_path / "made", "one")
    assert list(made.having(mark)) == [0, 3, 4]
    assert list(made.having(b"87654321")) == []


def test_what_is_not_to_be_believed_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    path = tmp_path / "made"
    assert Made(path, "one").keep("a", [page("a", [1])])
    assert len(Made(path, "one")) == 1
    assert len(Made(path, "another")) == 0
    whole = path.read_bytes()
    for n in range(len(whole)):
        path.write_bytes(whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :])
        assert len(Made(path, "one")) == 0
    path.write_bytes(whole[:-1])
    assert len(Made(path, "one")) == 0


def test_it_says_where_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "made.new").mkdir()
    assert not Made(tmp_path / "made", "one").keep("a", [page("a", [1])])
    assert not (tmp_path / "made").exists()


def test_who_builds_again_need_not_read_again(tmp_path: Path) -> None:
    path, remembered = tmp_path / "made", Remembered[Rows]()
    assert Made(path, "one", remembered).keep("a", [page("a", [1])])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("readout.render.made.read_summed", None)
        assert list(Made(path, "one", remembered).numbers) == ["a"]
        with pytest.raises(TypeError):
            len(Made(path, "another", remembered))
    assert Made(path, "one").keep("b", [page("b", [1])])  # another process
    assert list(Made(path, "one", remembered).numbers) == ["b"]
