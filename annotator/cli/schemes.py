"""`annotator new` and `annotator scheme`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.group import commands, common_options, project_argument
from annotator.cli.telling import counted, say, say_first
from annotator.core.scheme import Scheme

if TYPE_CHECKING:
    from annotator.scheme_files.base import ReadScheme


@commands.command()
@project_argument
@click.option("--scheme", default="", help="A shipped scheme or a scheme file; news, if not given.")
@common_options
def new(project: Path, scheme: str, as_json: bool) -> None:
    """Make an empty PROJECT file."""
    from annotator.store.project import Project

    found = scheme_named(scheme)
    chosen = found.scheme
    with Project.create(project, chosen) as made:
        report = {"project": str(project), "id": made.id, "scheme": chosen.name, "warnings": list(found.notes)}
    if not as_json:
        say_first(found.notes, "more remarks")
    say(as_json, report, [f"Made {project} with the scheme {chosen.name or 'of that file'}."])


def scheme_named(name: str) -> ReadScheme:
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
@common_options
def scheme(project: Path, import_: Path | None, export_: Path | None, format_: str, as_json: bool) -> None:
    """Show the scheme of PROJECT, add to it from a file, or write it to one."""
    if import_ is not None and export_ is not None:
        raise click.UsageError("Either --import or --export.")
    if import_ is not None:
        say(as_json, *_scheme_in(project, import_, format_))
    elif export_ is not None:
        say(as_json, *_scheme_out(project, export_, format_ or "json"))
    else:
        from annotator.core.scheme_json import scheme_to_json
        from annotator.store.reading import Reader

        with Reader(project) as reader:
            held = reader.scheme
        say(as_json, {"scheme": scheme_to_json(held)}, _scheme_lines(held))


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
        f"Added {counted(joining.labels, 'label')}, {counted(joining.links, 'link')} and"
        f" {counted(joining.attributes, 'attribute')}; {joining.there} labels and links were there already."
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
