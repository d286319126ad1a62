"""`build.py verify`: what is compared, told and written."""

from __future__ import annotations

from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path

import pytest

from readout.cli import main
from readout.content.corpus import Folders
from readout.content.quotes import Quotation
from readout.content.verify import VerifyResult, nearest, verify, verify_content
from tests.told import inside, load_in, told, write

TEXT = (
    "He said: “The Russians were informed\u00a0prior to our attack”, and\n"
    "that they hadn’t replied.\n"
)
ARTICLE = """\
title: A
source: {{seed: text}}
bottom_line: b
claims:
  - {{id: x, text: X., quote: "{quote}"}}
"""


def run(folder: Path) -> VerifyResult:
    loaded = load_in(folder)
    with inside(folder):
        return verify(loaded, Path("texts"), Path("seeds"))


def make(folder: Path, text: str | None = TEXT, **articles: str) -> None:
    write(folder, {f"content/articles/{id_}.yml": one for id_, one in articles.items()})
    (folder / "texts").mkdir()
    if text is not None:
        (folder / "texts/text.txt").write_text(text, encoding="utf-8")


def messages(result: VerifyResult) -> list[str]:
    return [str(one) for one in result.diagnostics]


def test_a_verbatim_quotation_makes_a_record_that_check_accepts(tmp_path: Path) -> None:
    make(tmp_path, a=ARTICLE.format(quote="\\\"The Russians [...] they hadn't"))
    assert "QUOTE001" in told(tmp_path)
    result = run(tmp_path)
    assert messages(result) == []
    assert result.written == (Path("seeds/text.yml"),)
    quotation = Quotation("\"The Russians [...] they hadn't")
    assert (tmp_path / "seeds/text.yml").read_text() == (
        f"sha256: {sha256(TEXT.encode()).hexdigest()}\n"
        "words: 15\n"
        "quotes:\n"
        f"  - {{sha256: {quotation.sha256}, at: 9}}\n"
    )
    assert "QUOTE001" not in told(tmp_path)


def test_an_unchanged_record_is_not_written_again(tmp_path: Path) -> None:
    make(tmp_path, a=ARTICLE.format(quote="He said"))
    run(tmp_path)
    record = tmp_path / "seeds/text.yml"
    before = record.stat()
    result = run(tmp_path)
    assert result.written == ()
    assert record.stat().st_ino == before.st_ino
    assert sorted(path.name for path in record.parent.iterdir()) == ["text.yml"]


def test_a_paraphrase_is_told_with_the_nearest_passage(tmp_path: Path) -> None:
    make(tmp_path, a=ARTICLE.format(quote="The Russians were told prior to our attack"))
    assert messages(run(tmp_path)) == [
        "content/articles/a.yml:5:30: error VERIFY003 this quote is not in text.txt word for word\n"
        '    the text has: "The Russians were informed prior to our attack",'
    ]
    assert (tmp_path / "seeds/text.yml").read_text().endswith("quotes: []\n")


@pytest.mark.parametrize(
    ("quote", "hint"),
    [
        ("replied […] said", "its parts are there, but in another order"),
        ("[...]", "it has no words"),
        ("xyz", "no words of it follow each other there"),
        ("he said", "the text has: He said:"),
        ("He said … our attack", "write [...] where words are left out; ... alone is part of them"),
        ("He said ... your attack", 'the text has: He said: "The Russians were'),
    ],
)
def test_the_hint_says_why_it_is_not_verbatim(tmp_path: Path, quote: str, hint: str) -> None:
    make(tmp_path, a=ARTICLE.format(quote=quote))
    assert messages(run(tmp_path))[0].splitlines()[1].strip() == hint


def test_articles_that_share_a_text_share_its_record_and_drafts_count(tmp_path: Path) -> None:
    make(
        tmp_path,
        a=ARTICLE.format(quote="our attack"),
        b=ARTICLE.format(quote="He said") + "draft: true\n",
    )
    result = run(tmp_path)
    assert [quote.at for quote in result.records["text"].quotes] == [0, 46]


def test_a_missing_text_is_an_error_and_leaves_its_record(tmp_path: Path) -> None:
    make(tmp_path, text=None, a=ARTICLE.format(quote="He said"))
    record = tmp_path / "seeds/text.yml"
    record.write_text("sha256: " + "0" * 64 + "\nwords: 1\n")
    before = record.read_bytes()
    missing = [
        "content/articles/a.yml:2:16: error VERIFY001 the text texts/text.txt is not there\n"
        "    save the article's text there"
    ]
    assert messages(run(tmp_path)) == missing
    assert record.read_bytes() == before
    record.unlink()
    assert messages(run(tmp_path)) == missing


def test_a_text_is_not_missed_where_its_record_has_every_quotation(tmp_path: Path) -> None:
    """Nobody has the texts of everybody's articles."""
    make(
        tmp_path,
        a=ARTICLE.format(quote="He said"),
        b=ARTICLE.replace("text}", "other}").format(quote="our attack"),
        c=ARTICLE.replace("text}", "other}").format(quote="our attack"),
    )
    other = tmp_path / "texts/other.txt"
    other.write_text(TEXT, encoding="utf-8")
    run(tmp_path)
    record = (tmp_path / "seeds/other.yml").read_bytes()
    other.unlink()
    result = run(tmp_path)
    assert (messages(result), result.not_had, [*result.records]) == ([], ("other",), ["text"])
    assert (tmp_path / "seeds/other.yml").read_bytes() == record
    new = ARTICLE.replace("text}", "other}").format(quote="they hadn't replied")
    (tmp_path / "content/articles/c.yml").write_text(new, encoding="utf-8")
    result = run(tmp_path)
    assert [one.code for one in result.diagnostics] == ["VERIFY001"]
    assert result.not_had == ()


def test_texts_that_are_not_missed_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = [ARTICLE.replace("text}", f"t{n}}}").format(quote="He") for n in range(7)]
    make(
        tmp_path,
        None,
        **{f"a{n}": one.replace("title: A", f"title: A{n}") for n, one in enumerate(articles)},
    )
    for n in range(7):
        (tmp_path / f"texts/t{n}.txt").write_text(TEXT, encoding="utf-8")
    with inside(tmp_path):
        assert main(["verify", "--texts", "texts"]) == 0
        capsys.readouterr()
        for n in range(6):
            (tmp_path / f"texts/t{n}.txt").unlink()
        assert main(["verify", "--texts", "texts", "--strict"]) == 0
    told = capsys.readouterr()
    assert told.out == "1 quotation verified in 1 text.\n"
    assert "note: 6 texts not in texts: t0, t1, t2, t3, t4 ... Every quotation" in told.err


def test_a_folder_that_has_no_text_at_all_is_not_the_right_one(tmp_path: Path) -> None:
    make(tmp_path, a=ARTICLE.format(quote="He said"))
    run(tmp_path)
    (tmp_path / "texts/text.txt").unlink()
    result = run(tmp_path)
    assert [one.code for one in result.diagnostics] == ["VERIFY001"]
    assert result.not_had == ()


def test_texts_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    make(tmp_path, text=None, a=ARTICLE.format(quote="He said"))
    text = tmp_path / "texts/text.txt"
    text.write_bytes(b"He said \xff")
    assert (
        "VERIFY002 the text texts/text.txt is not UTF-8: byte 9 is 0xff"
        in messages(run(tmp_path))[0]
    )
    text.write_bytes(b"a" * ((1 << 20) + 1))
    assert "larger than 1 MiB" in messages(run(tmp_path))[0]
    text.unlink()
    (tmp_path / "other.txt").write_text("He said")
    text.symlink_to(tmp_path / "other.txt")
    assert "VERIFY002" in messages(run(tmp_path))[0]
    assert not (tmp_path / "seeds/text.yml").exists()


def test_nothing_is_written_while_an_article_cannot_be_read(tmp_path: Path) -> None:
    make(tmp_path, a=ARTICLE.format(quote="He said"), b="title: [")
    result = run(tmp_path)
    assert result.written == ()
    assert "text" in result.records


def test_a_record_that_cannot_be_written_is_told_and_the_old_one_stays(tmp_path: Path) -> None:
    make(tmp_path, a=ARTICLE.format(quote="He said"))
    (tmp_path / "seeds/text.yml").mkdir()
    result = run(tmp_path)
    assert "seeds/text.yml: error VERIFY004 the record cannot be written" in messages(result)[0]
    assert sorted(path.name for path in (tmp_path / "seeds").iterdir()) == ["text.yml"]


def test_the_text_is_written_nowhere(tmp_path: Path) -> None:
    make(tmp_path, a=ARTICLE.format(quote="He said"))
    run(tmp_path)
    written = [
        path.read_text(encoding="utf-8")
        for path in tmp_path.rglob("*")
        if path.is_file() and path.parent.name != "texts"
    ]
    assert not any("Russians" in one for one in written)


def test_a_long_passage_is_shown_around_the_place_where_it_parts() -> None:
    words = [f"w{n}" for n in range(200)]
    wrong = [*words[20:120]]
    wrong[60] = "other"
    shown = nearest(" ".join(wrong), " ".join(words))
    assert shown is not None
    assert len(shown.split()) == 40
    assert "w80" in shown.split()


def test_of_a_very_long_quotation_only_a_stretch_is_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lengths = []

    class Counted(SequenceMatcher[str]):
        def __init__(self, junk: None, a: list[str], b: list[str], autojunk: bool) -> None:
            lengths.append(len(b))
            super().__init__(junk, a, b, autojunk)

    monkeypatch.setattr("readout.content.verify.SequenceMatcher", Counted)
    words = [f"w{n}" for n in range(2_000)]
    wrong = [*words[20:1_520]]
    wrong[1_150] = "other"
    shown = nearest(" ".join(wrong), " ".join(words))
    assert shown is not None
    assert "w1170" in shown.split()
    assert lengths == [200]


def test_the_command_tells_everything_once(tmp_path: Path) -> None:
    """A quotation that is not in its text is not told again as one that is not in its record."""
    claims = "".join(
        f'  - {{id: x{n}, text: X., quote: "{quote}"}}\n'
        for n, quote in enumerate(["The Russians were informed", "The Russians were asked"])
    )
    make(
        tmp_path,
        TEXT + "word " * 50,
        a=ARTICLE.partition("  - ")[0].replace("{{", "{").replace("}}", "}") + claims,
    )
    with inside(tmp_path):
        result = verify_content(Folders(Path("content"), Path("seeds")), Path("texts"))
        again = verify_content(Folders(Path("content"), Path("seeds")), Path("texts"))
    assert [(one.code, one.location.line) for one in result.diagnostics] == [("VERIFY003", 6)]
    assert result.written == (Path("seeds/text.yml"),)
    assert again.diagnostics == result.diagnostics
    assert again.written == ()
    assert "6:31: error QUOTE001" in told(tmp_path)  # what `check` goes on to say of it


def test_the_command_keeps_what_is_told_elsewhere(tmp_path: Path) -> None:
    """Where the text is missing, a quotation stays unverified; other problems are told, too."""
    make(tmp_path, None, a=ARTICLE.format(quote="The Russians") + "topics: [x]\n")
    with inside(tmp_path):
        result = verify_content(Folders(Path("content"), Path("seeds")), Path("texts"))
    assert [one.code for one in result.diagnostics] == ["VERIFY001", "QUOTE001", "REF001"]
