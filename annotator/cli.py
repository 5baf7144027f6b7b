"""The program without its window: `annotator import`, `export` and the others, for scripts and for people.

Each command prints what it did, as sentences or, with `--json`, as one JSON object on standard output. What went
wrong is one line on standard error. Nothing here knows Qt: what needs the window is passed in.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from annotator import __version__
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, Header, ImportItem, ImportReport, Notice
from annotator.core.scheme import Scheme

if TYPE_CHECKING:
    from annotator.core.import_settings import ImportSettings
    from annotator.importers.base import Importer
    from annotator.importers.previewing import Preview
    from annotator.scheme_files.base import ReadScheme
    from annotator.store.replacing import Changed, Left
    from annotator.store.rereading import RereadPlan

DONE, PROBLEM, WRONG_USAGE = 0, 1, 2
STANDARD_INPUT = "-"
SHOWN = 20  # failures and warnings that are printed one by one


@dataclass(frozen=True, slots=True)
class Window:
    """What the commands need of the program's window."""

    run: Callable[[Path], int]  # opens a project; returns the exit status when the window is closed
    draw: Callable[[Path, str, Path], None]  # draws a document, given by id, of a project into a PNG file
    display: bool  # whether there is one to open it on


class ProblemFoundError(KnownError):
    """The command did what it could and said so, but not all went well: exit status 1, one line."""


def main(arguments: Sequence[str], window: Window) -> int:
    """Do what `arguments` say; returns the exit status. Errors are told in one line, unless `--debug` is among them."""
    debug, as_json = "--debug" in arguments, "--json" in arguments
    try:
        commands.main(list(arguments), prog_name="annotator", standalone_mode=False, obj=window)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except (KeyboardInterrupt, click.Abort):
        return _told("Cancelled.", as_json)
    except ProblemFoundError as error:
        return _told(str(error), as_json=False)  # its report stands on standard output already
    except BrokenPipeError:
        return _silenced()
    except Exception as error:
        if debug:
            raise
        return _told(str(error) if isinstance(error, KnownError) else _as_a_bug(error), as_json)
    return DONE


def _told(sentence: str, as_json: bool) -> int:
    if as_json:
        _print_json({"error": sentence})
    click.echo(" ".join(sentence.split("\n")), err=True)
    return PROBLEM


def _as_a_bug(error: Exception) -> str:
    return (
        f"This is a mistake in the program itself ({type(error).__name__}: {error}). Nothing more was done."
        " The same command with --debug shows the details to report."
    )


def _silenced() -> int:
    """Whoever read standard output has gone: nobody is left to be told."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PROBLEM


def _print_json(report: Any) -> None:
    import orjson

    stream = sys.stdout.buffer
    stream.write(orjson.dumps(report) + b"\n")
    stream.flush()


def _say(as_json: bool, report: dict[str, Any], lines: Iterable[str]) -> None:
    """The report, for a program or for a person."""
    if as_json:
        _print_json(report)
    else:
        for line in lines:
            click.echo(line)


# The commands


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="Annotator")
def commands() -> None:
    """Read news archives closely. Without a command, or with a project, the window opens."""


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command takes; `main` looks at --debug itself."""
    command = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")(command)
    return click.option("--debug", is_flag=True, expose_value=False, help="Show a mistake's details.")(command)


project_argument = click.argument("project", type=click.Path(path_type=Path))


@commands.command()
@project_argument
@click.option("--scheme", default="", help="A shipped scheme or a scheme file; news, if not given.")
@_common
def new(project: Path, scheme: str, as_json: bool) -> None:
    """Make an empty PROJECT file."""
    from annotator.store.project import Project

    found = _scheme(scheme)
    chosen = found.scheme
    with Project.create(project, chosen) as made:
        report = {"project": str(project), "id": made.id, "scheme": chosen.name, "warnings": list(found.notes)}
    if not as_json:
        _list(found.notes, "more remarks")
    _say(as_json, report, [f"Made {project} with the scheme {chosen.name or 'of that file'}."])


def _scheme(name: str) -> ReadScheme:
    """The shipped scheme of that name, else the one in the file of that name; the default one for no name."""
    from annotator import templates
    from annotator.scheme_files.base import ReadScheme
    from annotator.scheme_files.files import read_scheme_file

    if not name or name in templates.names() or not Path(name).exists():
        return ReadScheme(templates.template(name or templates.DEFAULT))
    return read_scheme_file(Path(name))


@commands.command()
@project_argument
@click.option(
    "--import", "import_", type=click.Path(path_type=Path), help="Add what a scheme file has and PROJECT lacks."
)
@click.option("--export", "export_", type=click.Path(path_type=Path), help="Write the scheme to a file.")
@click.option("--format", "format_", default="", help="The format of that file: see annotator formats.")
@_common
def scheme(project: Path, import_: Path | None, export_: Path | None, format_: str, as_json: bool) -> None:
    """Show the scheme of PROJECT, add to it from a file, or write it to one."""
    if import_ is not None and export_ is not None:
        raise click.UsageError("Either --import or --export.")
    if import_ is not None:
        _say(as_json, *_scheme_in(project, import_, format_))
    elif export_ is not None:
        _say(as_json, *_scheme_out(project, export_, format_ or "json"))
    else:
        from annotator.core.scheme_json import scheme_to_json
        from annotator.store.reading import Reader

        with Reader(project) as reader:
            held = reader.scheme
        _say(as_json, {"scheme": scheme_to_json(held)}, _scheme_lines(held))


def _scheme_lines(held: Scheme) -> Iterator[str]:
    for layer in held.layers:
        yield layer.shown
        for label in held.labels_of(layer.name):
            asked = ", ".join(attribute.name for attribute in label.attributes)
            yield f"  {label.shortcut or ' '} {label.name:<16} {asked}".rstrip()
    if held.relations:
        yield f"links: {', '.join(kind.name for kind in held.relations)}"
    if held.form:
        yield f"form: {', '.join(attribute.name for attribute in held.form)}"


def _scheme_in(project: Path, path: Path, format_: str) -> tuple[dict[str, Any], list[str]]:
    """Take a scheme file into a project; returns the report and its lines."""
    from annotator.core.scheme_joining import joined
    from annotator.scheme_files.files import read_scheme_file
    from annotator.store.project import Project, login_name

    found = read_scheme_file(path, format_)
    with Project.open(project) as opened:
        opened.work_as(login_name())
        joining = joined(opened.scheme, opened.scheme_tables(), found.scheme, "Import scheme")
        if joining.change.rows:
            opened.apply(joining.change)
    notes = [*found.notes, *joining.notes]
    counts = {
        "labels": joining.labels,
        "links": joining.links,
        "attributes": joining.attributes,
        "there": joining.there,
    }
    line = (
        f"Added {_count(joining.labels, 'label')}, {_count(joining.links, 'link')} and"
        f" {_count(joining.attributes, 'attribute')}; {joining.there} labels and links were there already."
    )
    return {"added": counts, "warnings": notes}, [*notes, line]


def _scheme_out(project: Path, path: Path, format_: str) -> tuple[dict[str, Any], list[str]]:
    """Write a project's scheme to a file; returns the report and its lines."""
    from annotator.scheme_files import scheme_format
    from annotator.scheme_files.files import write_scheme_file
    from annotator.store.reading import Reader

    chosen = scheme_format(format_)
    with Reader(project) as reader:
        held = reader.scheme
    written, files = write_scheme_file(path, held, chosen)
    names = [str(file) for file in files]
    return {"files": names, "lost": list(written.lost)}, [f"Wrote {', '.join(names)}.", *written.lost]


@commands.command("import")
@project_argument
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "format_", default="", help="Read everything as this format: see annotator formats.")
@click.option("--annotator", default="", help="Whose the marks are that name nobody.")
@click.option("--mapping", type=click.Path(path_type=Path), help="What the columns of tables are: a JSON file.")
@click.option("--patterns", type=click.Path(path_type=Path), help="How texts with many articles are split: JSON.")
@click.option("--preview", is_flag=True, help="Only say what would come in.")
@_common
def import_(
    project: Path,
    paths: tuple[str, ...],
    format_: str,
    annotator: str,
    mapping: Path | None,
    patterns: Path | None,
    preview: bool,
    as_json: bool,
) -> None:
    """Take files, folders or standard input (-) into PROJECT, which is made if it does not exist."""
    how = _how(project, format_, mapping, patterns)
    if preview:
        _say(as_json, *_previewed(paths, *how))
        return
    report = _imported(project, paths, annotator, *how)
    lines = [
        f"{_count(report.documents, 'document')} came in, {_count(report.duplicates, 'duplicate')},"
        f" {_count(report.annotations, 'mark')}, {_count(report.relations, 'link')}.",
    ]
    if not as_json:
        _list([f"{failure.path}: {failure.reason}" for failure in report.failed], "files or records did not come in")
        _list(report.warnings, "more remarks")
    _say(as_json, report.to_json(), lines)
    if report.cancelled:
        raise ProblemFoundError("Cancelled. What had come in until then was kept.")
    if not report.documents and not report.duplicates:
        raise ProblemFoundError(f"No document came in{_first_reason(report)}.")


def _how(
    project: Path, format_: str, mapping: Path | None, patterns: Path | None
) -> tuple[Importer | None, ImportSettings]:
    """The importer for everything, if one was named, and what else is known of how files are to be read."""
    from annotator.core.import_settings import ImportSettings
    from annotator.importers import importer_named
    from annotator.importers.adapting import with_mapping, with_patterns
    from annotator.importers.preview_json import read_mapping, read_patterns
    from annotator.store.import_settings import import_settings
    from annotator.store.reading import Reader

    settings = ImportSettings()
    if project.exists():
        with Reader(project) as reader:
            settings = import_settings(reader)
    importer = importer_named(format_) if format_ else None
    if mapping is not None:
        columns = read_mapping(mapping)
        settings = settings.with_mapping(columns)
        importer = importer and with_mapping(importer, columns)
    if patterns is not None:
        lines = read_patterns(patterns)
        settings = settings.with_patterns(lines)
        importer = with_patterns(lines) if format_ == "splitter" else importer
    return importer, settings


def _previewed(
    paths: Sequence[str], importer: Importer | None, settings: ImportSettings
) -> tuple[dict[str, Any], list[str]]:
    """What an import would bring; returns the report and its lines."""
    from annotator.importers.preview_json import preview_json
    from annotator.importers.previewing import previews

    if STANDARD_INPUT in paths:
        raise KnownError("Standard input can be read only once: write it to a file to have a preview of it.")
    missing = next((path for path in paths if not Path(path).exists()), None)
    if missing is not None:
        raise KnownError(f"{missing}: There is no such file or folder.")
    with _interrupts() as interrupted:
        found = list(previews(paths, lambda source: importer, interrupted, settings=settings))
    report = {"sources": [preview_json(each) for each in found], "documents": sum(each.documents for each in found)}
    return report, [line for each in found for line in _preview_lines(each)] or ["There is nothing to import."]


def _preview_lines(preview: Preview) -> Iterator[str]:
    yield preview.source
    taken = f"{preview.title} ({preview.format}), {preview.sureness:.0%} sure" if preview.format else "not one format"
    counted = _count(preview.documents, "document")
    claimed = f"; the file says {preview.claimed}" if preview.claimed is not None else ""
    yield f"  {taken}: {counted}{claimed}{'' if preview.whole else ' and more'}"
    for name, document in (("first", preview.first), ("last", preview.last)):
        if document is not None:
            told = (document.metadata.get("published", ""), document.metadata.get("publication", ""))
            yield f"  {name}: {', '.join(filter(None, (document.title, *told)))}"
    if preview.table is not None:
        yield "  columns: " + ", ".join(
            f"{name} = {preview.table.mapping.target(name)}" for name in preview.table.columns
        )
    for sentence in [*(f"{each.path}: {each.reason}" for each in preview.failures), *preview.notices][:SHOWN]:
        yield f"  {sentence}"
    for suspect in preview.suspects[:SHOWN]:
        yield f"  {suspect.text}"


def _first_reason(report: ImportReport) -> str:
    if not report.failed:
        return ""
    first = report.failed[0]
    return f" ({first.path}: {first.reason.rstrip('.')})"


def _list(sentences: Sequence[str], more: str) -> None:
    for sentence in sentences[:SHOWN]:
        click.echo(sentence, err=True)
    if len(sentences) > SHOWN:
        click.echo(f"{len(sentences) - SHOWN} {more}; --json lists all.", err=True)


def _imported(
    project: Path, paths: Sequence[str], annotator: str, importer: Importer | None, settings: ImportSettings
) -> ImportReport:
    from annotator.importers.walking import items
    from annotator.store.project import Project

    with _bar("Import") as (advance, on_line), _interrupts() as interrupted:
        found = items(paths, importer, advance, sys.stdin.buffer, settings=settings)
        if project.exists():
            opened = Project.open(project)
        else:
            waiting, scheme = _beginning(found)
            if scheme is None:  # nothing came: no project is made for it
                return _report_of(waiting)
            found = chain(waiting, found)
            opened = Project.create(project, scheme)
        with opened:
            if annotator:
                opened.work_as(annotator)
            report = opened.import_documents(found, stop=interrupted)
            on_line("Index")
            opened.index_documents(stop=interrupted)
    return report


def _beginning(found: Iterator[ImportItem]) -> tuple[list[ImportItem], Scheme | None]:
    """The items up to the first document, and the scheme of the project to make: None when there is no document.

    A file of a whole project brings its own scheme, and the new project is then that one.
    """
    waiting: list[ImportItem] = []
    for item in found:
        waiting.append(item)
        if isinstance(item, Header) and item.scheme.layers:
            return waiting, Scheme()
        if not isinstance(item, Failure | Notice | Header):
            return waiting, _scheme("").scheme
    return waiting, None


def _report_of(items: Sequence[ImportItem]) -> ImportReport:
    report = ImportReport()
    report.failed += [item for item in items if isinstance(item, Failure)]
    report.warnings += [item.text for item in items if isinstance(item, Notice)]
    return report


@commands.command()
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "format_", required=True, help="See annotator formats.")
@click.option("--annotator", default="", help="Only the marks of this annotator.")
@click.option("--status", default="", help="Only documents that are so far: new, in_progress or finished.")
@click.option("--layer", "layers", multiple=True, help="Only the marks of this layer; can be given several times.")
@click.option("--no-bom", is_flag=True, help="Tables without a byte-order mark at their beginning.")
@_common
def export(
    project: Path, out: Path, format_: str, annotator: str, status: str, layers: tuple[str, ...], no_bom: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Write what PROJECT holds to OUT, a file or a new folder, and read it again to check."""
    from annotator.exporters import exporter_named
    from annotator.exporters.contents import contents_of
    from annotator.importers.walking import read_file
    from annotator.scheme_files.files import scheme_texts
    from annotator.store.reading import Reader

    exporter = exporter_named(format_)
    with Reader(project) as reader, _bar("Export") as (advance, _):
        total = len(reader.document_numbers())
        contents = contents_of(
            reader, annotator=annotator, status=status, layers=layers, read_back=read_file, scheme_texts=scheme_texts,
            byte_order_mark=not no_bom,
        )  # fmt: skip
        report = exporter.export(contents, out, lambda done: advance(done, total))
    lines = [
        f"Wrote {_count(report.documents, 'document')}, {_count(report.annotations, 'mark')} and"
        f" {_count(report.relations, 'link')} to {', '.join(report.files)}.",
        *(f"Left out: {loss.count} {loss.what}." for loss in report.lost),
        *([f"Not in this format: {exporter.loses}"] if exporter.loses else []),
    ]
    _say(as_json, report.to_json(), lines)
    if not report.verified:
        raise ProblemFoundError(
            f"{out} was written, but reading it again does not give what the project holds. Keep the project: it is"
            " as it was."
        )


@commands.command()
@project_argument
@click.option("--document", default="", metavar="ID", help="Only the article with that id.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
@_common
def reread(project: Path, document: str, dry_run: bool, as_json: bool) -> None:
    """Read the pages that PROJECT keeps again, and move every mark to where its words are now."""
    from annotator.importers.rereading import read_again
    from annotator.store.project import Project, login_name
    from annotator.store.reading import Reader
    from annotator.store.rereading import apply_rereading, documents_with_pages, plan_rereading

    with _bar("Read") as (advance, on_line), _interrupts() as interrupted:
        with Reader(project) as reader:
            total = 1 if document else len(documents_with_pages(reader))
            plan = plan_rereading(reader, read_again, document, lambda done: advance(done, total), interrupted)
        if not dry_run and not plan.changes_nothing:
            with Project.open(project) as opened:
                opened.work_as(login_name())
                apply_rereading(opened, plan)
                on_line("Index")
                opened.index_documents(stop=interrupted)
    if not as_json:
        _list([f"{page.title}: {page.reason}" for page in plan.failed], "pages could not be read")
        _list(list(map(_left_line, plan.left)), "more could not be moved")
        _list(list(map(_changed_line, plan.changed)), "more words that differ")
    _say(as_json, {"dry_run": dry_run} | plan.to_json(), _reread_lines(plan, dry_run))
    if plan.cancelled:
        raise ProblemFoundError("Cancelled. Nothing was changed.")


def _reread_lines(plan: RereadPlan, dry_run: bool) -> Iterator[str]:
    if not plan.pages:
        yield "No article has a page that was kept."
        return
    yield f"{_count(plan.pages, 'page')} read again, {plan.same:,} as before."
    if plan.described:
        yield f"Of {_count(plan.described, 'article')}, zones or data differ; the text does not."
    if plan.renewed:
        context = f", {plan.context:,} of them by what stands around them" if plan.context else ""
        yield f"Of {_count(plan.renewed, 'article')}, the text differs. Marks moved: {plan.moved:,}{context}."
    if plan.kept:
        yield f"{_count(plan.kept, 'old article')} kept, for what could not be moved."
    if dry_run:
        yield "Nothing was changed."


def _left_line(left: Left) -> str:
    return f"{left.title}: {left.label} “{left.words}” {_LEFT[left.why]}."


def _changed_line(changed: Changed) -> str:
    return f"{changed.title}: {changed.label} “{changed.before}” is now “{changed.after}”."


_LEFT = {
    "gone": "was not found any more",
    "ambiguous": "could be at several places",
    "torn": "has its fragments in another order now",
    "linked": "is linked to a mark that could not be moved",
    "answered": "is answered otherwise in the article that has this text",
    "zone": "was a zone set by hand, and was not found any more",
}


@commands.command()
@_common
def formats(as_json: bool) -> None:
    """Every format that can be imported and exported, and what it cannot carry."""
    from annotator.exporters import EXPORTERS
    from annotator.importers import IMPORTERS
    from annotator.scheme_files import SCHEME_FORMATS
    from annotator.templates import templates

    read = [
        {"name": each.name, "title": each.title, "suffixes": list(each.suffixes), "loses": each.loses}
        for each in IMPORTERS
    ]
    written = [
        {
            "name": each.name,
            "title": each.title,
            "suffixes": [each.suffix] if each.suffix else [],
            "loses": each.loses,
            "carries": each.carries._asdict(),
            "positions": each.unit,
        }
        for each in EXPORTERS
    ]
    schemes = [
        {"name": each.name, "title": each.title, "suffixes": list(each.suffixes), "loses": each.loses}
        for each in SCHEME_FORMATS
    ]
    shipped = [{"name": each.name, "title": each.title, "description": each.description} for each in templates()]
    report = {"importers": read, "exporters": written, "schemes": schemes, "templates": shipped}
    lines = ["import", *map(_format_line, read), "export", *map(_format_line, written)]
    lines += ["schemes", *map(_format_line, schemes)]
    lines += ["templates", *(f"  {each['name']:<17} {each['title']}" for each in shipped)]
    _say(as_json, report, lines)


def _format_line(format_: dict[str, Any]) -> str:
    suffixes = " ".join(format_["suffixes"])
    return f"  {format_['name']:<14} {suffixes:<20} {format_['loses'] or 'Carries everything.'}"


@commands.command()
@project_argument
@_common
def stats(project: Path, as_json: bool) -> None:
    """How much there is of everything in PROJECT."""
    from annotator.store.reading import Reader
    from annotator.store.statistics import statistics

    with Reader(project) as reader:
        found = statistics(reader)
    _say(as_json, found, _table(found))


def _table(counts: dict[str, Any]) -> Iterator[str]:
    for name, value in counts.items():
        if isinstance(value, dict):
            yield name.replace("_", " ")
            yield from (f"  {inner:<22} {count:>12,}" for inner, count in value.items())
        else:
            yield f"{name.replace('_', ' '):<24} {value:>12,}"


@commands.command()
@project_argument
@click.argument("query")
@click.option("--limit", default=50, show_default=True, help="How many hits are shown.")
@_common
def search(project: Path, query: str, limit: int, as_json: bool) -> None:
    """Documents of PROJECT that hold the words of QUERY; "words in quotes" side by side, word* for its beginning."""
    from annotator.store.reading import Reader
    from annotator.store.search import search as found_in

    with Reader(project) as reader:
        total, hits = found_in(reader, query, limit)
    places = [(hit.span.start, hit.span.end) if hit.span else (None, None) for hit in hits]
    found = [
        {"document": hit.document, "title": hit.title, "start": start, "end": end, "snippet": hit.snippet}
        for hit, (start, end) in zip(hits, places, strict=True)
    ]
    lines = [f"{_count(total, 'document')}", *(f"{hit.title}\n    … {hit.snippet} …" for hit in hits)]
    _say(as_json, {"query": query, "total": total, "hits": found}, lines)


@commands.command()
@project_argument
@_common
def check(project: Path, as_json: bool) -> None:
    """Whether PROJECT is whole: the file, every text and every span."""
    from annotator.store.checking import check as problems_of
    from annotator.store.reading import Reader

    with Reader(project) as reader:
        problems = problems_of(reader)
    _say(as_json, {"ok": not problems, "problems": problems}, problems or [f"{project} is whole."])
    if problems:
        raise ProblemFoundError(f"{project} has {_count(len(problems), 'problem')}. Keep a copy before you go on.")


@commands.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@_common
@click.pass_obj
def demo(window: Window, folder: Path | None, as_json: bool) -> None:
    """Make a project of the sample archive in DIR, or in your data folder, and open it.

    Where there is no display, write the project's JSON and a picture of an article instead.
    """
    from annotator.sample import NAME, make_sample, sample_path

    project = make_sample(_made(folder) / NAME if folder else sample_path())
    if window.display:
        if as_json:
            _print_json({"project": str(project), "files": []})
        if window.run(project) != DONE:
            raise ProblemFoundError("The window ended with an error.")
        return
    files = _without_display(project, window)
    click.echo("There is no display: the sample was written to files instead of being opened.", err=True)
    _say(as_json, {"project": str(project), "files": [str(path) for path in files]}, map(str, files))


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return folder


def _without_display(project: Path, window: Window) -> list[Path]:
    from annotator.exporters.contents import contents_of
    from annotator.exporters.json import JsonExporter
    from annotator.importers.walking import read_file
    from annotator.store.reading import Reader

    data, picture = project.with_name("sample.json"), project.with_name("sample.png")
    with Reader(project) as reader:
        JsonExporter().export(contents_of(reader, read_back=read_file), data)
        annotated = next((d.id for d in reader.annotated_documents() if d.annotations), reader.document_ids()[0])
    window.draw(project, annotated, picture)
    return [data, picture]


# What a person sees while it runs

Advance = Callable[[int, int], None]


@contextmanager
def _bar(label: str) -> Iterator[tuple[Advance, Callable[[str], None]]]:
    """A progress bar on standard error where that is a terminal: how to advance it, and how to name what follows it."""
    if not sys.stderr.isatty():
        yield (lambda done, total: None), (lambda name: None)
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        def name(text: str) -> None:
            bar.label = text
            bar.render_progress()

        yield advance, name


@contextmanager
def _interrupts() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl+C was pressed: once ends the work at the next document; twice, at once."""
    pressed: list[int] = []

    def note(number: int, frame: object) -> None:
        if pressed:
            _give_up()
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _give_up() -> NoReturn:
    raise KeyboardInterrupt


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
