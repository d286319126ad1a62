"""Loading: which files are read, what each says, and what is known of those that are broken."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from readout.content import files
from readout.content.articles import Articles
from readout.content.check import check
from readout.content.corpus import Folders
from readout.content.encoding import LARGEST, MOST_PROBLEMS
from readout.content.files import Unreadable, find_files, read_bytes
from readout.content.load import Loaded, load
from readout.content.one_file import read_file

ARTICLE = "title: A\nsource: {}\nbottom_line: B\n"


def put(root: Path, written: Mapping[str, str | bytes]) -> Folders:
    """The folders `content` and `seeds` below a root, with files in them."""
    (root / "content" / "articles").mkdir(parents=True)
    for name, text in written.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Folders(root / "content", root / "seeds")


def told(loaded: Loaded, root: Path) -> list[str]:
    return [
        f"{d.location} {d.code}".removeprefix(f"{root.as_posix()}/") for d in loaded.diagnostics
    ]


def test_a_corpus_is_read_whole(tmp_path: Path) -> None:
    folders = put(
        tmp_path,
        {
            "content/site.yml": "title: Desk\n",
            "content/articles/b.yml": ARTICLE,
            "content/articles/a.yml": ARTICLE + "claims: [{id: x, text: y, by: putin}]\n",
            "content/actors/putin.yml": "name: Putin\nkind: person\n",
            "content/events.yml": "z: {title: Z}\ny: {title: Y}\n",
            "content/places.yml": "moscow: {name: Moscow, in: russia, at: [55.75, 37.62]}\n",
            "content/topics.yml": "war: {name: War}\n",
            "content/event_kinds.yml": "visit: {name: Visit, category: CONSULT}\n",
            "content/redirects.yml": "briefings/old: briefings/a\n",
            "content/about.md": "\ufeff# Method\r\ncafe\u0301\n",
            "seeds/001_ab.yml": f"sha256: {'0' * 64}\nwords: 3\n",
            "content/README.md": "not content",
            "content/articles/README.md": "not content",
            "content/.hidden/x": "not content",
            "seeds/.x.swp": "not content",
        },
    )
    loaded = load(folders)
    assert loaded.diagnostics == ()
    corpus = loaded.corpus
    assert list(corpus.articles) == ["a", "b"]
    assert corpus.articles["a"].claims[0].by[0].id == "putin"
    assert corpus.site.title == "Desk"
    assert list(corpus.actors) == ["putin"]
    assert list(corpus.events) == ["y", "z"]
    assert (corpus.places["moscow"].within, corpus.places["moscow"].at) == (
        "russia",
        (55.75, 37.62),
    )
    assert list(corpus.topics) == ["war"]
    assert list(corpus.event_kinds) == ["visit"]
    assert corpus.redirects == {"briefings/old": "briefings/a"}
    assert corpus.about == "# Method\ncaf\u00e9\n"
    assert corpus.seeds["001_ab"].words == 3
    assert str(loaded.locate("articles/a.yml", "claims", 0, "by", 0, "id")).endswith(
        "/content/articles/a.yml:4:31"
    )
    assert str(loaded.locate("seeds/001_ab.yml", "words", key=True)).endswith(
        "/seeds/001_ab.yml:2:1"
    )
    assert str(loaded.locate("about.md")).endswith("/content/about.md")
    assert str(loaded.locate("actors/nobody.yml", "name")).endswith("/content/actors/nobody.yml")


def test_all_but_articles_may_be_absent(tmp_path: Path) -> None:
    assert load(put(tmp_path, {})).diagnostics == ()
    nothing = load(Folders(tmp_path / "no", tmp_path / "seeds"))
    assert told(nothing, tmp_path) == ["no/articles FILE005"]


def test_without_a_folder_of_articles_nothing_else_is_told(tmp_path: Path) -> None:
    folders = put(tmp_path, {"content/events.yml": 'a: {summary: "[[article:b]]"}'})
    (tmp_path / "content/articles").rmdir()
    loaded = load(folders)
    assert told(loaded, tmp_path) == ["content/articles FILE005"]
    assert check(loaded.corpus, loaded.locate, loaded.defined, loaded.facts) == ()


def test_what_is_missing_is_noted(tmp_path: Path) -> None:
    folders = put(tmp_path, {"content/topics.yml": "", "content/events.yml": "a: b: c"})
    (tmp_path / "content/places.yml").symlink_to("topics.yml")
    assert load(folders).defined["missing"] == {"event_kinds.yml"}


def test_files_are_named_as_the_author_gave_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"content/x.yml": "", "seeds/x.txt": ""})
    monkeypatch.chdir(tmp_path)
    loaded = load(Folders(Path("content"), Path("seeds")))
    assert [str(d.location) for d in loaded.diagnostics] == ["content/x.yml", "seeds/x.txt"]


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("content/event.yml", "FILE001", 'did you mean "events.yml"?'),
        ("content/places.yaml", "FILE001", 'did you mean "places.yml"?'),
        ("content/Site.yml", "FILE001", 'did you mean "site.yml"?'),
        ("content/actor/x.yml", "FILE001", 'did you mean "actors/"?'),
        ("content/putin.yml", "FILE001", "the record of an article stands in articles/"),
        ("content/notes.docx", "FILE001", "only these are read: site.yml"),
        ("content/articles/x.yaml", "FILE001", 'did you mean "x.yml"?'),
        ("content/articles/x.yml.txt", "FILE001", 'did you mean "x.yml"?'),
        ("content/articles/x.md", "FILE001", "ends in .yml"),
        ("content/articles/2018/x.yml", "FILE001", "articles/ holds files alone"),
        ("content/articles/readme.md", "FILE001", "ends in .yml"),
        ("content/articles/X.yml", "ID001", '"x"'),
        ("content/articles/2018.yml", "ID001", "add a word"),
        ("content/articles/index.yml", "ID001", "reserved"),
        ("content/articles/con.yml", "ID001", "reserved"),
        ("content/articles/a_b.yml", "ID001", '"a-b"'),
        (f"content/articles/{'a' * 81}.yml", "ID001", "at most 80"),
        ("content/actors/a\u202eb.yml", "ID001", "small letters"),
        ("content/articles/a b\nc.yaml", "FILE001", 'did you mean "a b c.yml"?'),
        ("seeds/001_x.txt", "FILE001", "texts stay with their publishers"),
        ("seeds/_x.yml", "ID001", "small letters"),
    ],
)
def test_a_stray_file_is_an_error_with_a_hint(
    tmp_path: Path, name: str, code: str, hint: str
) -> None:
    (only,) = load(put(tmp_path, {name: ARTICLE})).diagnostics
    assert only.code == code
    assert hint in (only.hint or "")
    assert "\n" not in str(only.location)
    assert "\u202e" not in str(only)


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    folders = put(tmp_path, {})
    (tmp_path / "content" / os.fsdecode(b"\xff.yml")).write_text("x")
    (only,) = load(folders).diagnostics
    assert str(only).encode()
    assert only.code == "FILE001"


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    folders = put(tmp_path, {"content/articles/a.yml": ARTICLE, "elsewhere/x.yml": ARTICLE})
    articles = tmp_path / "content" / "articles"
    (articles / "link.yml").symlink_to("a.yml")
    (articles / "broken.yml").symlink_to("nowhere.yml")
    os.mkfifo(articles / "pipe.yml")
    (tmp_path / "content" / "actors").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "content" / "about.md").symlink_to("/etc/passwd")
    loaded = load(folders)
    assert told(loaded, tmp_path) == [
        "content/about.md FILE002",
        "content/actors FILE002",
        "content/articles/broken.yml FILE002",
        "content/articles/link.yml FILE002",
        "content/articles/pipe.yml FILE002",
    ]
    assert list(loaded.corpus.articles) == ["a"]
    assert [found.file for found in find_files(folders)[0]] == ["articles/a.yml"]


def test_what_was_swapped_after_the_walk_is_not_opened(tmp_path: Path) -> None:
    folders = put(tmp_path, {"content/articles/a.yml": ARTICLE})
    (found,), _ = find_files(folders)
    path = Path(found.path)
    for make in (lambda: path.symlink_to("/etc/passwd"), lambda: os.mkfifo(path), path.mkdir):
        path.unlink()
        make()
        swapped = read_bytes(found.path)
        assert isinstance(swapped, Unreadable)
        assert swapped.code == "FILE002"
    path.rmdir()
    gone = read_bytes(found.path)
    assert isinstance(gone, Unreadable)
    assert gone.code == "FILE003"


def test_no_more_is_read_than_the_limit(tmp_path: Path) -> None:
    folders = put(tmp_path, {"content/articles/a.yml": b"#" * (2 * LARGEST)})
    data = read_bytes(str(folders.content / "articles" / "a.yml"))
    assert isinstance(data, bytes)
    assert len(data) == LARGEST + 1
    assert told(load(folders), tmp_path) == ["content/articles/a.yml FILE004"]


def test_a_file_that_changes_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(b"old")
    changes = [b"new", b"newest"]
    read = files._read_all

    def read_and_change(descriptor: int) -> bytes:
        data = read(descriptor)
        if changes:
            path.write_bytes(changes.pop(0))
            os.utime(path, ns=(0, len(changes)))  # a clock may tick too slowly to show it
        return data

    monkeypatch.setattr(files, "_read_all", read_and_change)
    assert read_bytes(str(path)) == b"newest"
    changes[:] = [b"aaaaaa", b"bbbbbb", b"cccccc", b"dddddd"]
    always = read_bytes(str(path))
    assert isinstance(always, Unreadable)
    assert always.code == "FILE008"


def test_an_unreadable_file_is_told_and_still_defines_its_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = put(tmp_path, {"content/actors/putin.yml": "name: Putin\nkind: person\n"})

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "open", refuse)
    loaded = load(folders)
    assert told(loaded, tmp_path) == ["content/actors/putin.yml FILE003"]
    assert loaded.defined["actor"] == {"putin"}


def test_broken_records_are_left_out_and_their_ids_known(tmp_path: Path) -> None:
    loaded = load(
        put(
            tmp_path,
            {
                "content/articles/good.yml": ARTICLE + "events: [{id: visit, title: V}]\n",
                "content/articles/shape.yml": ARTICLE + "titel: x\nevents: [{id: call}]\n",
                "content/articles/syntax.yml": ARTICLE + 'events:\n  - id: strike\n    title: "x\n',
                "content/articles/colon.yml": ARTICLE + "summary: He said: x\n",
                "content/articles/empty.yml": "# later\n",
                "content/actors/putin.yml": "name: Putin\n",
                "content/places.yml": "moscow: {nam: Moscow}\nkyiv: {name: Kyiv}\nBad: {name: B}\n",
                "content/topics.yml": 'war: {name: "War}\nsyria:\n  name: Syria\n',
                "content/events.yml": "- a\n",
                "content/redirects.yml": "a: [b]\nc: d\n",
                "content/site.yml": "titel: x\n",
                "seeds/s.yml": "words: x\n",
            },
        )
    )
    assert told(loaded, tmp_path) == [
        "content/actors/putin.yml:1:1 KEY002",
        "content/articles/colon.yml:4:17 YAML001",
        "content/articles/empty.yml FILE006",
        "content/articles/shape.yml:4:1 KEY001",
        "content/articles/syntax.yml:6:12 YAML004",
        "content/events.yml:1:1 SHAPE001",
        "content/places.yml:1:10 KEY001",
        "content/places.yml:3:1 ID001",
        "content/redirects.yml:1:4 SHAPE003",
        "content/site.yml:1:1 KEY001",
        "content/topics.yml:1:13 YAML004",
        "seeds/s.yml:1:1 KEY002",
        "seeds/s.yml:1:8 VAL007",
    ]
    assert list(loaded.corpus.articles) == ["good"]
    assert list(loaded.corpus.places) == ["kyiv"]
    assert loaded.corpus.redirects == {"c": "d"}
    assert loaded.defined == {
        "article": {"good", "shape", "syntax", "colon", "empty"},
        "actor": {"putin"},
        "place": {"moscow", "kyiv", "Bad"},
        "topic": {"war", "syria"},
        "event_entry": set(),
        "event_kind": set(),
        "seed": {"s"},
        "account": {"visit", "call", "strike"},
        "missing": {"event_kinds.yml"},
    }


def test_optional_files_may_be_empty(tmp_path: Path) -> None:
    written = {f"content/{name}": "# nothing yet\n" for name in files.SINGLE_FILES}
    assert load(put(tmp_path, written)).diagnostics == ()


HEAD = ARTICLE.encode()
MANY = {
    "items of the wrong shape": ("articles/x.yml", HEAD + b"claims: [" + b"a," * 520_000 + b"]"),
    "wrong ids": ("articles/x.yml", HEAD + b"topics: [" + b"A," * 520_000 + b"]"),
    "unknown keys": ("articles/x.yml", HEAD + b"".join(b"k%d: v\n" % n for n in range(90_000))),
    "empty keys": ("articles/x.yml", HEAD + b"".join(b"k%d:\n" % n for n in range(110_000))),
    "places": ("places.yml", b"".join(b"a%d: {n: x}\n" % n for n in range(70_000))),
    "redirects": ("redirects.yml", b"".join(b"a%d: [x]\n" % n for n in range(80_000))),
}


@pytest.mark.parametrize("case", MANY)
def test_a_file_of_mistakes_alone_has_a_bounded_number_of_diagnostics(case: str) -> None:
    file, data = MANY[case]
    found = read_file(file, data, "x.yml").diagnostics
    assert 1 <= len(found) <= MOST_PROBLEMS + 2
    most = "FILE009" if b"," in data else "FILE007"
    assert found[-1].code == most


def test_a_claim_and_an_account_are_those_of_the_article(tmp_path: Path) -> None:
    more = (
        "summary: S\nclaims: [{id: x, text: y, by: putin}, {id: z, text: w, on: 2018-05-10}]\n"
        "events:\n- {id: e, title: E, date: 2018}\n"
        "- {id: f, title: F, figures: [{label: a, value: 3}]}\n"
        "background: B\n"
    )
    actors = {"content/actors/putin.yml": "name: Putin\nkind: person\n"}
    loaded = load(put(tmp_path, {"content/articles/a.yml": ARTICLE + more, **actors}))
    articles = loaded.corpus.articles
    assert isinstance(articles, Articles)
    whole = articles["a"]
    assert [articles.claim("a", one.id) for one in whole.claims] == list(whole.claims)
    assert [articles.account("a", n) for n in (0, 1)] == list(whole.events)
    assert articles.claim("a", "z").on == whole.claims[1].on
    with pytest.raises(KeyError):
        articles.claim("a", "never")
