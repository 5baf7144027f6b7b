"""`annotator demo`."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import DONE, ProblemFoundError, Window, commands, common_options
from annotator.cli.telling import print_json, say
from annotator.core.errors import KnownError


@commands.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@common_options
@click.pass_obj
def demo(window: Window, folder: Path | None, as_json: bool) -> None:
    """Make a project of the sample archive in DIR, or in your data folder, and open it.

    Where there is no display, write the project's JSON and a picture of an article instead.
    """
    from annotator.sample import NAME, make_sample, sample_path

    project = make_sample(_made(folder) / NAME if folder else sample_path())
    if window.display:
        if as_json:
            print_json({"project": str(project), "files": []})
        if window.run(project) != DONE:
            raise ProblemFoundError("The window ended with an error.")
        return
    files = _without_display(project, window)
    click.echo("There is no display: the sample was written to files instead of being opened.", err=True)
    say(as_json, {"project": str(project), "files": [str(path) for path in files]}, map(str, files))


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
