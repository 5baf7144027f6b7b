"""`annotator stats`, `annotator search` and `annotator check`: they read a project and change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from annotator.cli.group import ProblemFoundError, commands, common_options, project_argument
from annotator.cli.progress import interrupts, progress_bar
from annotator.cli.telling import counted, say


@commands.command()
@project_argument
@common_options
def stats(project: Path, as_json: bool) -> None:
    """How much there is of everything in PROJECT."""
    from annotator.store.reading import Reader
    from annotator.store.statistics import statistics

    with Reader(project) as reader:
        found = statistics(reader)
    say(as_json, found, _table(found))


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
@common_options
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
    lines = [f"{counted(total, 'document')}", *(f"{hit.title}\n    … {hit.snippet} …" for hit in hits)]
    say(as_json, {"query": query, "total": total, "hits": found}, lines)


@commands.command()
@project_argument
@common_options
def check(project: Path, as_json: bool) -> None:
    """Whether PROJECT is whole: the file, every text and every span."""
    from annotator.store.checking import check as problems_of
    from annotator.store.reading import Reader

    with Reader(project) as reader, progress_bar("Check") as (advance, _), interrupts() as interrupted:
        problems = problems_of(reader, advance, interrupted)
    say(as_json, {"ok": not problems, "problems": problems}, problems or [f"{project} is whole."])
    if problems:
        raise ProblemFoundError(
            f"{project} has {counted(len(problems), 'problem')}. Keep a copy before you go on; `annotator backups` and"
            " `annotator repair` help."
        )
