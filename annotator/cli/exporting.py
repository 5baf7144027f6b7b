"""`annotator export` and `annotator formats`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.group import ProblemFoundError, Window, commands, common_options, project_argument
from annotator.cli.progress import progress_bar
from annotator.cli.splitting import Asked, split_asked_for, split_lines, split_options
from annotator.cli.telling import counted, say
from annotator.core.errors import KnownError

if TYPE_CHECKING:
    from annotator.exporters.options import Option


@commands.command()
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "format_", required=True, help="See annotator formats.")
@click.option("--annotator", default="", help="Only the marks of this annotator.")
@click.option("--status", default="", help="Only documents that are so far: new, in_progress or finished.")
@click.option("--layer", "layers", multiple=True, help="Only the marks of this layer; can be given several times.")
@click.option("--option", "-o", "options", multiple=True, metavar="NAME=VALUE", help="See annotator formats.")
@click.option("--without-text", is_flag=True, help="Positions and hashes alone, for texts that may not be passed on.")
@click.option("--pseudonyms", is_flag=True, help="Annotators are called A1, A2, … instead of by their names.")
@click.option("--no-bom", is_flag=True, help="Tables without a byte-order mark at their beginning.")
@split_options
@common_options
@click.pass_obj
def export(
    window: Window, /, project: Path, out: Path, format_: str, annotator: str, status: str, layers: tuple[str, ...],
    options: tuple[str, ...], without_text: bool, pseudonyms: bool, no_bom: bool, as_json: bool, **splitting: Any,
) -> None:  # fmt: skip
    """Write what PROJECT holds to OUT, a file or a new folder, and read it again to check."""
    from annotator.exporters import EXPORTERS, exporter_named
    from annotator.exporters.contents import contents_of
    from annotator.exporters.options import chosen
    from annotator.exporters.splitting import export_split
    from annotator.importers.walking import read_file
    from annotator.scheme_files.files import scheme_texts
    from annotator.store.reading import Reader

    exporter = exporter_named(format_)
    values = chosen(exporter.options, dict(_pair(option) for option in options))
    if without_text and not exporter.stands_off:
        able = ", ".join(each.name for each in EXPORTERS if each.stands_off)
        raise KnownError(f"{exporter.title} cannot leave the texts out. These can: {able}.")
    split = split_asked_for(Asked(**splitting))
    with Reader(project) as reader, progress_bar("Export") as (advance, _):
        total = reader.document_count()
        contents = contents_of(
            reader, annotator=annotator, status=status, layers=layers, read_back=read_file, scheme_texts=scheme_texts,
            print_pages=window.print_pages, byte_order_mark=not no_bom, with_text=not without_text, options=values,
            pseudonyms=pseudonyms,
        )  # fmt: skip
        if split is None:
            report = exporter.export(contents, out, lambda done: advance(done, total))
        else:
            report = export_split(exporter, contents, out, split, lambda done: advance(done, total))
    lines = [
        f"Wrote {counted(report.documents, 'document')}, {counted(report.annotations, 'mark')} and"
        f" {counted(report.relations, 'link')} to {', '.join(report.files)}.",
        *(split_lines(report.split) if report.split else ()),
        *(f"Left out: {loss.count} {loss.what}." for loss in report.lost),
        *([f"Not in this format: {exporter.loses}"] if exporter.loses else []),
    ]
    say(as_json, report.to_json(), lines)
    if not report.verified:
        raise ProblemFoundError(
            f"{out} was written, but reading it again does not give what the project holds. Keep the project: it is"
            " as it was."
        )


@commands.command()
@common_options
def formats(as_json: bool) -> None:
    """Every format that can be imported and exported, and what it cannot carry."""
    from annotator.exporters import EXPORTERS
    from annotator.importers import ANNOTATIONS, IMPORTERS
    from annotator.scheme_files import SCHEME_FORMATS
    from annotator.templates import templates

    carried = {each.name: {"carries": each.carries._asdict()} for each in ANNOTATIONS}
    read: list[dict[str, Any]] = [
        {"name": each.name, "title": each.title, "suffixes": list(each.suffixes), "loses": each.loses}
        | carried.get(each.name, {})
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
            "options": [_option(option) for option in each.options],
            "stands_off": each.stands_off,
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
    say(as_json, report, lines)


def _pair(option: str) -> tuple[str, str]:
    name, sign, value = option.partition("=")
    if not sign:
        raise KnownError(f"“{option}” is no option. Write its name and its value: NAME=VALUE.")
    return name, value


def _option(option: Option) -> dict[str, Any]:
    values = [value for value, _ in option.choices]
    return {"name": option.name, "title": option.title, "default": option.default, "values": values}


def _format_line(format_: dict[str, Any]) -> str:
    suffixes = " ".join(format_["suffixes"])
    line = f"  {format_['name']:<14} {suffixes:<20} {format_['loses'] or 'Carries everything.'}"
    return "\n".join([line, *(f"  {'':<14} {'':<20} {_told(option)}" for option in format_.get("options", ()))])


def _told(option: dict[str, Any]) -> str:
    values = "|".join(option["values"])
    return f"-o {option['name']}={values or '…'} ({option['title']}; {option['default'] or 'nothing'} if not given)"
