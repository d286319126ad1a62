"""The codes of reading: files, characters, YAML, ids, keys, shapes and values.

docs/codes.md is made from this list and from the docstrings of the rules. An example is part of
an article unless its first line is a comment that names another file.
"""

from __future__ import annotations

from typing import Final

from readout.diagnostic import Severity
from readout.value import Value

ERROR: Final = Severity.ERROR


class Code(Value, frozen=True):
    """What a diagnostic's code means."""

    code: str
    """`YAML001`."""
    severity: Severity
    title: str
    """`Unquoted colon`."""
    meaning: str
    """Why it is a problem, and how to mend it: a few sentences."""
    bad: str
    """An example that has it."""
    good: str
    """The same, mended."""


_FILES: Final = (
    Code(
        "FILE001", ERROR, "Stray file",
        "Nothing reads this file or folder. Usually its name is slightly wrong, and what it says "
        "would be missing from the site without a word. README.md and dot files are passed over.",
        "content/articles/moscow-times.yaml", "content/articles/moscow-times.yml",
    ),
    Code(
        "FILE002", ERROR, "Not a regular file",
        "A symbolic link, a pipe or a device is never opened: it could lead out of the folder, or "
        "never end. Put the file itself there.",
        "content/actors/putin.yml -> /home/me/putin.yml", "content/actors/putin.yml",
    ),
    Code(
        "FILE003", ERROR, "Unreadable file",
        "The system refuses to open the file or the folder; its reason is in the message.",
        "-rw------- root content/actors/putin.yml", "-rw-r--r-- me content/actors/putin.yml",
    ),
    Code(
        "FILE004", ERROR, "File too large",
        "A content file has at most 1 MiB (1,048,576 bytes). A summary is far shorter; a larger "
        "file is usually something else with the wrong name.",
        "content/articles/whole-book.yml, 3 MB", "content/articles/chapter-1.yml, 9 kB",
    ),
    Code(
        "FILE005", ERROR, "No folder of articles",
        "The content folder must have a folder articles/. All else may be absent.",
        "content/site.yml alone", "content/site.yml and content/articles/moscow-times.yml",
    ),
    Code(
        "FILE006", ERROR, "Empty file",
        "A record's file holds nothing but white space and comments.",
        "# still to be written", "title: A title\nsource: {}\nbottom_line: What matters.",
    ),
    Code(
        "FILE007", ERROR, "Too many problems",
        "Of each kind of check, the first hundred problems of a file are listed. Mend those and "
        "check again.",
        "a file with 300 unknown keys", "a file with none",
    ),
    Code(
        "FILE008", ERROR, "File changes while it is read",
        "Some program writes to the file at this moment. Build again when it has finished.",
        "a file that a script still writes", "the same file, finished",
    ),
    Code(
        "FILE009", ERROR, "Too many values",
        "One record has more than 100,000 texts, lists and mappings. A summary has a hundred or "
        "two; this is usually another file, or one that a program made.",
        "an article with 200,000 claims", "an article with ten",
    ),
)  # fmt: skip

_TEXT: Final = (
    Code(
        "TEXT001", ERROR, "Not UTF-8",
        "Content files are UTF-8. The message names the first byte that is not; most editors have "
        "“save with encoding”. A UTF-8 byte order mark is passed over.",
        "a file saved as Windows-1252 or UTF-16", "the same file saved as UTF-8",
    ),
    Code(
        "TEXT002", ERROR, "Control character",
        "Control characters other than line ends and tabs are invisible, and no page may hold "
        "them. They come with text copied from a PDF or a terminal. Delete it.",
        'title: "Moscow\\x07 was told"', "title: Moscow was told",
    ),
    Code(
        "TEXT003", ERROR, "Bidi control",
        "U+202A–202E and U+2066–2069 change the order in which the text around them is shown, so "
        "that a reviewer reads something else than what is there. Hebrew and Arabic need none of "
        "them; the marks U+200E, U+200F and U+061C are allowed.",
        'title: "Moscow \\u202Eslaps\\u202C was told"', "title: Moscow was told",
    ),
    Code(
        "TEXT004", ERROR, "Invisible character",
        "Soft hyphens, zero-width spaces, tags and other format characters are invisible, and make "
        "two texts differ that look the same. Joiners (U+200C, U+200D) are allowed.",
        'title: "Mos\\u200Bcow was told"', "title: Moscow was told",
    ),
    Code(
        "TEXT005", ERROR, "Lone surrogate",
        "Half of a pair that stands for one character elsewhere; alone it is no character. Type "
        "the character itself.",
        'title: "Moscow was told \\uD83D"', 'title: "Moscow was told \\U0001F4DE"',
    ),
    Code(
        "TEXT006", ERROR, "Noncharacter",
        "A code point that Unicode never gives to a character, such as U+FFFF. Delete it.",
        'title: "Moscow was told\\uFFFF"', "title: Moscow was told",
    ),
)  # fmt: skip

_YAML: Final = (
    Code(
        "YAML001", ERROR, "Unquoted colon",
        "A colon and a space begin a new value in YAML, also in the middle of a sentence. Put the "
        "whole value in quotation marks.",
        "title: Netanyahu: Moscow was told", 'title: "Netanyahu: Moscow was told"',
    ),
    Code(
        "YAML002", ERROR, "Tab, or another space than that of the space bar",
        "YAML takes only spaces for indentation, and after a dash or a colon. Most editors can "
        "insert spaces for the tab key. A no-break space looks like a space, and comes with text "
        "that was copied.",
        "source:\n\toutlet: tass", "source:\n  outlet: tass",
    ),
    Code(
        "YAML003", ERROR, "Special character first",
        "A value cannot begin with @ ` % & * ! ? or with a bracket that is only the beginning of "
        "a text: YAML gives them a meaning. Put the whole value in quotation marks.",
        "summary: [[netanyahu]] was in Moscow.", 'summary: "[[netanyahu]] was in Moscow."',
    ),
    Code(
        "YAML004", ERROR, "Unclosed quotation mark",
        "A quotation mark at the beginning of a value is not closed at its end, so that the lines "
        "that follow are read as part of it.",
        'title: "Moscow was told\nreviewed: 2026-11-20', 'title: "Moscow was told"',
    ),
    Code(
        "YAML005", ERROR, "Text after the end of a value",
        "A value that begins with a quotation mark ends with the next one. Where the text goes on, "
        "quote the whole of it with the other kind. After | or > text begins on the next line.",
        'title: "Informed" before the strikes', "title: '\"Informed\" before the strikes'",
    ),
    Code(
        "YAML006", ERROR, "Wrong indentation",
        "The line begins neither where its neighbours begin nor where a value of theirs could. "
        "Keys of one mapping begin in the same column.",
        "source:\n  outlet: tass\n   language: en", "source:\n  outlet: tass\n  language: en",
    ),
    Code(
        "YAML007", ERROR, "No key, or no space after its colon",
        "Every line is a key, a colon and a space, then a value; or goes on with a text above it, "
        "indented further. The lines of a conflict that git leaves (<<<<<<<) are none.",
        "reviewed:2026-11-20\ndraft: false", "reviewed: 2026-11-20\ndraft: false",
    ),
    Code(
        "YAML008", ERROR, "Brackets that do not match",
        "Each [ is closed by a ] and each { by a }, with a comma between items.",
        "topics: [deconfliction, syria\ndraft: false",
        "topics: [deconfliction, syria]\ndraft: false",
    ),
    Code(
        "YAML009", ERROR, "Misplaced dash",
        "An item of a list is a dash, a space and the item, on a line of its own below the key. "
        "Where the key that begins an item comes again in it, the dash of the next is missing.",
        "topics: - deconfliction", "topics:\n  - deconfliction",
    ),
    Code(
        "YAML010", ERROR, "Key written twice",
        "Only one of the two values could be used. Keep one, or join them.",
        "topics: [syria]\ntopics: [russia]", "topics: [syria, russia]",
    ),
    Code(
        "YAML011", ERROR, "Anchor",
        "A value that begins with & names an anchor in YAML. They are not read: a summary is short "
        "enough to be written out. Where it is text, quote it.",
        "title: &Co is a firm", 'title: "&Co is a firm"',
    ),
    Code(
        "YAML012", ERROR, "Alias",
        "A value that begins with * repeats an anchor in YAML. They are not read. Where it is "
        "text, quote it.",
        "title: *Moscow", 'title: "*Moscow"',
    ),
    Code(
        "YAML013", ERROR, "Merge key",
        "The key << copies another mapping in YAML. It is not read: write the keys out.",
        "source:\n  <<: {outlet: tass}", "source:\n  outlet: tass",
    ),
    Code(
        "YAML014", ERROR, "Tag",
        "A value that begins with ! has a tag in YAML. Tags are not read: every value is text, and "
        "the key decides what it means. Where it is text, quote it.",
        "reviewed: !!str 2026-11-20", "reviewed: 2026-11-20",
    ),
    Code(
        "YAML015", ERROR, "More than one document",
        "A line --- begins another document. One file is one record.",
        "draft: false\n---\ntitle: Another", "draft: false",
    ),
    Code(
        "YAML016", ERROR, "A key that is no text",
        "A key is text. Brackets before a colon, or nothing before it, are usually text that wants "
        "quotation marks.",
        "summary: {{ text }}", 'summary: "{{ text }}"',
    ),
    Code(
        "YAML017", ERROR, "Nested too deeply",
        "At most 20 lists and mappings stand in one another; no key needs more than six.",
        "topics: [[[[[[[[[[[[[[[[[[[[syria]]]]]]]]]]]]]]]]]]]]", "topics: [syria]",
    ),
    Code(
        "YAML018", ERROR, "Directive",
        "A line that begins with % instructs the reader of YAML. Directives are not read.",
        "# topics.yml\n%YAML 1.2\n---\nsyria: {name: Syria}",
        "# topics.yml\nsyria: {name: Syria}",
    ),
    Code(
        "YAML019", Severity.WARNING, "Text read as a comment",
        "A # after a space begins a comment, and what follows is not part of the value: where the "
        "value begins with it, nothing is left. Quote the value; where a comment is meant, write a "
        "space after #.",
        "title: The desk is #1 again", 'title: "The desk is #1 again"',
    ),
    Code(
        "YAML020", ERROR, "Unknown escape",
        "Inside double quotation marks a backslash begins an escape such as \\n. Write it twice, "
        "or use single quotation marks.",
        'title: "C:\\data"', "title: 'C:\\data'",
    ),
    Code(
        "YAML099", ERROR, "Not YAML",
        "The file cannot be read as YAML, in a way that has no code of its own.",
        "a file that is something else", "title: A title",
    ),
)  # fmt: skip

_SHAPE: Final = (
    Code(
        "ID001", ERROR, "Not an id",
        "An id is small letters a–z and digits, in groups joined by single hyphens, at most 80 "
        "characters, never digits alone, `index`, or a name that Windows reserves. A file's id is "
        "its name without .yml. Ids make the addresses of pages.",
        "claims:\n  - {id: Air Strikes, text: Aircraft struck.}",
        "claims:\n  - {id: air-strikes, text: Aircraft struck.}",
    ),
    Code(
        "KEY001", ERROR, "Unknown key",
        "Nothing reads this key here, so its value would be missing from the site without a word. "
        "Usually it is misspelt, or belongs elsewhere.",
        "sumary: Israel struck.", "summary: Israel struck.",
    ),
    Code(
        "KEY002", ERROR, "Missing key",
        "A key that every such record needs is absent, or has no value.",
        "claims:\n  - id: forewarned", "claims:\n  - id: forewarned\n    text: Russia was told.",
    ),
    Code(
        "SHAPE001", ERROR, "Keys with values expected",
        "Here stands a text or a list where keys with values are expected.",
        "key_points: [Russia was told.]", "key_points:\n  - text: Russia was told.",
    ),
    Code(
        "SHAPE002", ERROR, "List expected",
        "Here stands one value where a list is expected. One item is a list, too, in brackets.",
        "topics: syria", "topics: [syria]",
    ),
    Code(
        "SHAPE003", ERROR, "Text expected",
        "Here stands a list, or keys with values, where one text is expected.",
        "summary: [[syria]]", 'summary: "[[syria]]"',
    ),
    Code(
        "SHAPE004", ERROR, "Wrong number of values",
        "A place on the map is two numbers: latitude, then longitude.",
        "# places.yml\nmoscow: {name: Moscow, at: [55.75]}",
        "# places.yml\nmoscow: {name: Moscow, at: [55.75, 37.62]}",
    ),
    Code(
        "SHAPE005", ERROR, "Wrong shape",
        "The value does not fit its key, in a way that has no code of its own.",
        "a value of another kind", "a value of the kind that docs/content.md names",
    ),
)  # fmt: skip

_VALUES: Final = (
    Code(
        "DATE001", ERROR, "Not a date",
        "Dates are EDTF (ISO 8601-2:2019): year, month, day, joined by hyphens, with signs for "
        "what is uncertain.",
        "reviewed: 20/11/2026", "reviewed: 2026-11-20",
    ),
    Code(
        "REF010", ERROR, "Not a reference to a claim",
        "A claim is referred to as “#claim” in the same article, or “article-id#claim” in "
        "another; in quotation marks, because # begins a comment.",
        "claims:\n  - {id: no, text: It was not so., denies: [forewarned]}",
        'claims:\n  - {id: no, text: It was not so., denies: ["#forewarned"]}',
    ),
    Code(
        "VAL001", ERROR, "Not one of the values",
        "The key takes one of a few values, named in the hint.",
        "claims:\n  - {id: told, text: They were told., stance: asserted}",
        "claims:\n  - {id: told, text: They were told., stance: asserts}",
    ),
    Code(
        "VAL002", ERROR, "Neither true nor false", "The key takes true or false, nothing else.",
        "draft: yes", "draft: true",
    ),
    Code(
        "VAL003", ERROR, "Not a web address",
        "An address is written whole, from http:// or https://, without spaces, and without a name "
        "and @ before its host, which would deceive readers.",
        "source: {url: www.example.org/a}", "source: {url: https://www.example.org/a}",
    ),
    Code(
        "VAL004", ERROR, "Not a language",
        "A language is a BCP 47 tag: en, he, fa, zh-Hant.",
        "source: {language: English (UK)}", "source: {language: en-GB}",
    ),
    Code(
        "VAL005", ERROR, "Not a latitude or longitude",
        "Decimal degrees, latitude (-90 to 90) first, then longitude (-180 to 180).",
        "# places.yml\nmoscow: {name: Moscow, at: [155.75, 37.62]}",
        "# places.yml\nmoscow: {name: Moscow, at: [55.75, 37.62]}",
    ),
    Code(
        "VAL006", ERROR, "A party that is nobody",
        "A party needs the id of an actor, or the words in which the article speaks of it.",
        "actors: [{role: host}]", "actors: [{as: an Iranian political source, role: host}]",
    ),
    Code(
        "VAL007", ERROR, "Not a whole number", "The key takes digits alone.",
        f"# seeds/x.yml\nsha256: {'0' * 64}\nwords: many",
        f"# seeds/x.yml\nsha256: {'0' * 64}\nwords: 468",
    ),
    Code(
        "VAL008", ERROR, "Not an Admiralty grade",
        "A letter A–F for the source, then a digit 1–6 for the information.",
        "source: {grade: good}", "source: {grade: B2}",
    ),
    Code(
        "VAL009", ERROR, "Not the name of a seed",
        "The name of a file in seeds/ without .yml: like an id, but it may hold _.",
        "source: {seed: 001_ab.yml}", "source: {seed: 001_ab}",
    ),
    Code(
        "VAL010", ERROR, "Not a Wikidata id", "Q and a number, as in the item's address.",
        "# actors/x.yml\nname: X\nkind: state\nwikidata: 43723",
        "# actors/x.yml\nname: X\nkind: state\nwikidata: Q43723",
    ),
    Code(
        "VAL011", ERROR, "Not a SHA-256 sum",
        "64 hexadecimal digits. The records of seeds are made by `build.py verify`.",
        "# seeds/x.yml\nsha256: b3e46f05\nwords: 468",
        f"# seeds/x.yml\nsha256: {'0' * 64}\nwords: 468",
    ),
)  # fmt: skip

CODES: Final[dict[str, Code]] = {
    one.code: one for one in (*_FILES, *_TEXT, *_YAML, *_SHAPE, *_VALUES)
}
"""Every code of reading, by its name."""
