"""The command line: `python build.py [build|check|serve|verify|pdf|schema] [flags]`.

Exit status 0: done; 1: errors in the content, or something that could not be written; 2: wrong
usage. Diagnostics go to standard output, one after another; what happens meanwhile to standard
error, and progress only to a terminal.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from readout.diagnostic import Diagnostic, Severity
from readout.forks import aside
from readout.libraries import run_elsewhere
from readout.quick import Beginning, Looked, in_any_letters
from readout.stopwatch import Stopwatch
from readout.summed import read_ahead

DEFAULT = "build"
_NOTES = 20
_NAMED = 5
Tell = Callable[[str], None]


def main(arguments: Sequence[str] | None = None, looked: Looked | None = None) -> int:
    """Runs one command; the exit status. Never raises, never shows a traceback. `looked` is what
    was seen already of what goes into a build."""
    in_any_letters()
    given = list(sys.argv[1:] if arguments is None else arguments)
    asked = tuple(given)
    if not given or (given[0].startswith("-") and given[0] not in ("--help", "-h")):
        given.insert(0, DEFAULT)
    try:
        status = commands.main(
            given, prog_name="build.py", standalone_mode=False, obj=(asked, looked)
        )
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; the site is as it was", err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # of our own files or the system; the site's are told before
        if isinstance(error, LookupError):  # Jinja2's, of a template that there is not
            return _confess(error)
        where = error.filename or getattr(error, "name", None) or "the system"
        click.echo(f"{where}: {error.strerror or error}; the site is as it was", err=True)
        return 1
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "readout":
            return _confess(error)
        return run_elsewhere(f"has a library that does not work: {error}")
    except Exception as error:  # noqa: BLE001 - a bug of ours, told in a line; never a traceback
        return _confess(error)
    return status if isinstance(status, int) else 0


def _told(error: Exception) -> str:
    """What it is, and where a template came upon it."""
    from readout.content.characters import shown
    from readout.template_fault import places_of

    words = shown(" ".join(str(error).split()), 200)
    return ", ".join(
        [f"{type(error).__name__}: {words}" if words else type(error).__name__, *places_of(error)]
    )


def _confess(error: Exception) -> int:
    """One line on a bug of our own, and where its details are."""
    log = Path("readout-error.log")
    try:
        log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        where = f"; details for a report are in {log}"
    except OSError:
        where = ""
    click.echo(
        f"This is a mistake in Readout, not in your content: {_told(error)}{where}. "
        "The site is as it was.",
        err=True,
    )
    return 1


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Readout makes a site of briefings from annotated summaries of articles.

    Without a command it builds. `python build.py build --help` tells the flags.
    """


def _web(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from readout.content.fields import is_web_address

    if not is_web_address(value):
        raise click.BadParameter("give an http or https address, like https://example.org/desk/")
    return value


_FOLDER = click.Path(path_type=Path, file_okay=False)


def _flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """The folders of every command, and --strict."""
    for option in reversed(
        (
            click.option("--content", type=_FOLDER, default="content", help="What authors write."),
            click.option("--seeds", type=_FOLDER, default="seeds", help="The records of texts."),
            click.option("--site", type=_FOLDER, default="site", help="Where the site goes."),
            click.option(
                "--work", type=_FOLDER, default="build", help="Markdown, cache and staging."
            ),
            click.option("--base-url", callback=_web, help="The address the site will have."),
            click.option("--no-search", is_flag=True, help="Leave out the search index."),
            click.option("--strict", is_flag=True, help="Warnings fail too."),
        )
    ):
        command = option(command)
    return command


def _settings(flags: dict[str, Any]) -> Any:
    from readout.pipeline import Settings

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    return Settings(
        content=flags["content"],
        seeds=flags["seeds"],
        site=flags["site"],
        work=flags["work"],
        base_url=flags["base_url"],
        search=not flags["no_search"],
        strict=flags["strict"],
        date=int(epoch) if epoch.isascii() and epoch.isdigit() and len(epoch) < 12 else 0,
    )


def _refuse_among_content(flags: dict[str, Any]) -> None:
    """What is built cannot stand among what authors write: the next build would take it for
    content."""
    for ours in ("site", "work"):
        for theirs in ("content", "seeds"):
            inner, outer = (Path(os.path.realpath(flags[one])) for one in (ours, theirs))
            if inner.is_relative_to(outer):
                raise click.UsageError(
                    f"--{ours} {flags[ours]} is in --{theirs} {flags[theirs]}, "
                    "where authors' files stand alone; give another folder"
                )


def _look_ahead(flags: dict[str, Any]) -> Callable[[], bytes]:
    """Looks at what stands in site and docs, and reads what the last build kept, while all that
    builds is imported."""

    def look() -> bytes:
        from readout.publish.ahead import looked

        return looked(flags["site"], flags["work"])

    ahead = aside(look)
    read_ahead(flags["work"] / name for name in ("state", "made"))
    return ahead


@commands.command()
@_flags
@click.option("--profile", is_flag=True, help="Print where the time went.")
def build(profile: bool, **flags: Any) -> int:
    """Builds the whole site (the default)."""
    gc.disable()  # nearly everything that is made, and imported, stays until the end
    _refuse_among_content(flags)
    ahead = _look_ahead(flags)
    settings = _settings(flags)
    watch = Stopwatch()
    folders = (settings.content, settings.seeds, settings.site, settings.work)
    beginning = Beginning([str(one) for one in folders], *click.get_current_context().obj)
    with _progress() as show:

        def tell(stage: str) -> None:
            watch.stage(stage)
            show(stage)

        tell("importing")
        from readout.pipeline import Memory
        from readout.pipeline import build as build_site
        from readout.publish.ahead import LookedAhead, records

        read_ahead(records(settings.site, settings.work))
        memory = Memory(record=LookedAhead(ahead))
        report = build_site(settings, tell, beginning.trees, memory)
    if profile:
        for line in watch.lines():
            click.echo(line, err=True)
    _print(report.diagnostics)
    notes = [*report.notes[:_NOTES]]
    if len(report.notes) > _NOTES:
        notes.append(f"note: and {len(report.notes) - _NOTES} more such differences")
    for note in notes:
        click.echo(note, err=True)
    if report.published is None:
        _summary(report.diagnostics, settings.strict)
        _untouched(settings.site)
        return 1
    if report.published.problems:
        for problem in report.published.problems:
            click.echo(problem, err=True)
        _untouched(settings.site)
        return 1
    done = report.published
    nothing = (
        f"Nothing changed: {report.pages} pages are as they were; no file of the site was written."
    )
    where = f"Open {settings.site / 'index.html'}"
    if done.nothing_changed:
        click.echo(nothing)
    else:
        click.echo(
            f"Built {report.pages} pages: {_count(done.changed, 'file')} written, "
            f"{done.removed} removed."
        )
    click.echo(where)
    beginning.keep(
        "\n".join([*map(str, report.diagnostics), nothing, where]),
        "\n".join(notes),
        *((done.site, done.docs) if done.site else ()),
    )
    return 0


@commands.command()
@_flags
def check(**flags: Any) -> int:
    """Says everything that is wrong with the content, and writes nothing."""
    from readout.pipeline import is_stopped, read

    settings = _settings(flags)
    with _progress() as tell:
        tell("reading and checking")
        _, diagnostics = read(settings)
    _print(diagnostics)
    _summary(diagnostics, settings.strict)
    return 1 if is_stopped(diagnostics, settings.strict) else 0


@commands.command()
@_flags
@click.option(
    "--texts",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    required=True,
    help="The folder of source texts, <seed>.txt each.",
)
def verify(texts: Path, **flags: Any) -> int:
    """Checks each quotation against its text, and writes the records."""
    from readout.pipeline import is_stopped, verify_all

    settings = _settings(flags)
    diagnostics, result = verify_all(settings, texts)
    _print(diagnostics)
    if result.not_had:
        click.echo(_not_had(result.not_had, texts), err=True)
    for path in result.written:
        click.echo(f"wrote {path.as_posix()}")
    found = sum(len(record.quotes) for record in result.records.values())
    click.echo(f"{_count(found, 'quotation')} verified in {_count(len(result.records), 'text')}.")
    _summary(diagnostics, settings.strict)
    return 1 if is_stopped(diagnostics, settings.strict) else 0


@commands.command()
@_flags
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Where to listen.")
def serve(port: int, **flags: Any) -> int:
    """Rebuilds at every save, and shows the site and what is wrong in the browser."""
    _refuse_among_content(flags)
    from readout.serve import serve as serve_site

    def tell(report: Any, state: Any, address: str) -> None:
        if state.of_index:
            told = (*state.of_index, f"the search at {address} finds older pages")
        elif report and report.published and not report.published.problems:
            told = (*report.diagnostics, f"{_count(report.pages, 'page')} at {address}")
        else:
            told = (*state.diagnostics, *state.problems, f"not published, as {address} shows")
        _print(told)
        sys.stdout.flush()

    try:
        serve_site(_settings(flags), port, tell)
    except OSError as error:
        click.echo(f"cannot listen on port {port}: {error.strerror}", err=True)
        return 1
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    return 0


@commands.command()
@click.option("--site", type=_FOLDER, default="site", help="The site, as built.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The PDF's name.")
@click.argument("address")
def pdf(address: str, site: Path, out: Path | None) -> int:
    """Makes a PDF of a briefing, or a dossier on an actor or topic: pdf actors/putin."""
    from readout.pdf import PdfProblem, make_pdf

    target = out or Path("pdf") / f"{address.replace('/', '-')}.pdf"
    try:
        parts = make_pdf(site, address, target)
    except PdfProblem as problem:
        click.echo(str(problem), err=True)
        return 1
    click.echo(f"wrote {target.as_posix()} ({_count(parts, 'part')})")
    return 0


@commands.command()
def schema() -> int:
    """Writes docs/content.md, docs/codes.md and docs/schema/: the authors' reference."""
    from readout.content.reference import reference_files

    for path, text in reference_files().items():
        file = Path("docs") / path
        data = text.encode()
        if not file.is_file() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            click.echo(f"wrote {file.as_posix()}")
    return 0


def _print(told: Sequence[Diagnostic | str]) -> None:
    for one in told:
        click.echo(str(one))


def _summary(diagnostics: Sequence[Diagnostic], strict: bool) -> None:
    errors = sum(one.severity is Severity.ERROR for one in diagnostics)
    warnings = len(diagnostics) - errors
    if not diagnostics:
        click.echo("No errors, no warnings.", err=True)
        return
    told = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    if strict and warnings and not errors:
        told += " (with --strict, warnings fail)"
    click.echo(f"{told}. What each code means: docs/codes.md", err=True)


def _not_had(seeds: Sequence[str], texts: Path) -> str:
    """A note on texts that were not compared, and need not be."""
    names = ", ".join(seeds[:_NAMED]) + (" ..." if len(seeds) > _NAMED else ".")
    return (
        f"note: {_count(len(seeds), 'text')} not in {texts}: {names} "
        "Every quotation is in the records already, which stay as they were."
    )


def _untouched(site: Path) -> None:
    if site.is_dir():
        click.echo(f"{site}/ is as it was.", err=True)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


@contextmanager
def _progress() -> Iterator[Tell]:
    """Says which stage runs, on a terminal alone."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda stage: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield lambda stage: status.update(f"{stage} …")
